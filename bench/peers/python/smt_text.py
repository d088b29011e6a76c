"""A case as SMT-LIB: one constant for each dimension, one formula for each rule.

Two encodings, because neither is always the faster one: whole numbers, and bit-vectors as wide as they must be.
"""


class Encoding:
    def __init__(self, case, bits):
        self.dims = {dim["name"]: dim for dim in case["dims"]}
        self.bits = bits
        self.declarations = "".join(self._declare(dim) for dim in case["dims"])

    def _width(self, dim):
        return max(1, dim["hi"].bit_length())

    def _declare(self, dim):
        name = dim["name"]
        if not self.bits:
            return (f"(declare-const {name} Int)"
                    f"(assert (and (<= {dim['lo']} {name}) (<= {name} {dim['hi']})))\n")
        low, high = self._value(dim, dim["lo"]), self._value(dim, dim["hi"])
        return (f"(declare-const {name} (_ BitVec {self._width(dim)}))"
                f"(assert (and (bvule {low} {name}) (bvule {name} {high})))\n")

    def _value(self, dim, value):
        return f"(_ bv{value} {self._width(dim)})" if self.bits else str(value)

    def _interval(self, dim, low, high):
        name, below = dim["name"], "bvule" if self.bits else "<="
        if low == high:
            return f"(= {name} {self._value(dim, low)})"
        bounds = []
        if low > dim["lo"]:
            bounds.append(f"({below} {self._value(dim, low)} {name})")
        if high < dim["hi"]:
            bounds.append(f"({below} {name} {self._value(dim, high)})")
        return _joined("and", "true", bounds)

    def rule(self, rule):
        """The citizens a rule speaks of."""
        return _joined("and", "true", [
            _joined("or", "false", [self._interval(self.dims[name], low, high) for low, high in intervals])
            for name, intervals in rule["when"].items()
        ])

    def outcome(self, rules):
        """What the first rule that holds decides, 0 where none does."""
        text = "0"
        for rule in reversed(rules):
            text = f"(ite {self.rule(rule)} {rule['out'] + 1} {text})"
        return text


def _joined(word, empty, parts):
    if len(parts) == 1:
        return parts[0]
    return f"({word} {' '.join(parts)})" if parts else empty


def gap(case, bits):
    encoding = Encoding(case, bits)
    rules = "".join(f"(assert (not {encoding.rule(rule)}))\n" for rule in case["rules"])
    return encoding.declarations + rules


def difference(case, bits):
    encoding = Encoding(case, bits)
    before, after = encoding.outcome(case["rules"]), encoding.outcome(case["rules_v2"])
    return encoding.declarations + f"(assert (not (= {before} {after})))\n"


def rules(case, bits):
    """The domains, and then each rule as an assertion of its own."""
    encoding = Encoding(case, bits)
    return encoding.declarations + "".join(f"(assert {encoding.rule(rule)})\n" for rule in case["rules"])
