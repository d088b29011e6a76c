"""The rows of the table of times: what is measured, by whom, and what was aimed at."""

LOANS = [f"w1_c{columns}_n{rules}_{state}" for columns in (3, 5, 7) for rules in (500, 1000, 1500) for state in ("clean", "dirty")]
LARGEST = ["w1_c7_n1500_clean", "w1_c7_n1500_dirty"]
MUNICIPALITIES = [f"w2_m{number:02}" for number in range(98)]


def seconds(value):
    if value is None:
        return "–"
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value * 1e9:.3g} ns"


class Measured:
    def __init__(self, records):
        self.all = {}
        for record in records:
            self.all.setdefault(record["who"].split()[0], {})[record["question"], record["case"]] = record

    def time(self, who, question, case):
        record = self.all.get(who, {}).get((question, case))
        return record and record["seconds"]

    def solved(self, who, question, case):
        """The time, or none where no answer came."""
        record = self.all.get(who, {}).get((question, case))
        return record["seconds"] if record and record["answer"] is not None else None

    def record(self, who, question, case):
        return self.all.get(who, {}).get((question, case))

    def sum(self, who, questions, cases):
        times = [self.solved(who, question, case) for question in questions for case in cases]
        return None if None in times or not times else sum(times)

    def max(self, who, question, cases):
        times = [self.solved(who, question, case) for case in cases]
        return None if None in times or not times else max(times)

    def limit(self, who, question, case):
        """What stands where a peer gave no answer."""
        record = self.record(who, question, case)
        if record is None:
            return "not run"
        return f"over {record['limit']:.0f} s" if record.get("limit") else "no answer"


def line(name, ours, peer, ratio, aim, met, note="", by=None):
    """`by` is how many times an aim is missed."""
    times = ratio if isinstance(ratio, str) else "" if ratio is None else f"{ratio:.3g}"
    missed = "**missed**" if by is None else f"**missed by {by:.2g} x**"
    verdict = "" if met is None else "met" if met else missed
    return f"| {name} | {ours}{note} | {peer} | {times} | {aim} | {verdict} |"


def versus(name, ours, who, theirs, aim, factor=None, within=None, note="", otherwise="not run"):
    """A row of one time and one peer's. The aim is a factor on the peer, or a time. Of a peer that was stopped the limit counts."""
    stopped = float(otherwise.removeprefix("over ").removesuffix(" s")) if otherwise.startswith("over") and not theirs else None
    ratio = (theirs or stopped) / ours if ours and (theirs or stopped) else None
    peer = f"{who} {seconds(theirs)}" if theirs else f"{who} {otherwise}"
    shown = f"over {ratio:.3g}" if ratio and stopped else ratio
    if ours is None:
        return line(name, "no answer", peer, shown, aim, None, note)
    short = within and ours / within or factor and ratio and factor / ratio
    met = None if not short else short <= 1
    return line(name, seconds(ours), peer, shown, aim, met, note, short)


def rows(records):
    measured = Measured(records)
    return [*loans(measured), *municipalities(measured), *large(measured), *adversarial(measured), *batch(measured), *text(measured)]


def loans(m):
    name = "W1 loan tables, 7 columns x 1,500"
    for peer in ("z3", "cvc5"):
        yield versus(f"{name}: is there a gap", m.max("hjemmel", "gap", LARGEST), peer, m.max(peer, "gap", LARGEST), "10 x", factor=10)
    spoilt = [case for case in LOANS if case.endswith("dirty")]
    found = [m.record("hjemmel", "regions", case) for case in spoilt]
    lengths = [r["answer"]["regions"] / max(1, r["answer"]["at_least"]) for r in found if r and r["answer"]["all"]]
    zen = [m.record("zen-engine", "regions", case) for case in LOANS]
    gave_up = sum(1 for record in zen if record and record["answer"] is None)
    small = m.solved("zen-engine", "regions", "w1_c3_n500_dirty")
    theirs = f"zen-engine {seconds(small)} at 3 x 500; gives up on {gave_up} of {len(LOANS)}" if any(zen) else "zen-engine not run"
    ours, slowest = m.max("hjemmel", "regions", spoilt), max(lengths, default=None)
    all_found = len(lengths) == len(spoilt)
    yield line("W1 all regions of the gaps, slowest of 9 tables", seconds(ours), theirs,
               None, "0.1 s", ours is not None and ours <= 0.1 and all_found)
    yield line("W1 length of these lists, by the least it can be", "–" if slowest is None else f"at most {slowest:.3g}", "–", None,
               "1.25", slowest is not None and slowest <= 1.25 and all_found)
    yield versus("W1 pairs that overlap, 7 x 1,500", m.max("hjemmel", "pairs", LARGEST), "plain loop",
                 m.max("hjemmel", "plain-pairs", LARGEST), "5 ms", within=0.005)
    yield versus("W1 shadowed rules, 7 x 1,500", m.max("hjemmel", "shadowed", LARGEST), "z3", m.max("z3", "shadowed", LARGEST),
                 "20 ms", within=0.02)


def municipalities(m):
    name = "W2 98 municipalities"
    for title, question, peer in (("gap", "gap", "z3"), ("gap", "gap", "cvc5"), ("shadowed rules", "shadowed", "z3")):
        yield versus(f"{name}: {title}", m.sum("hjemmel", [question], MUNICIPALITIES), peer, m.sum(peer, [question], MUNICIPALITIES), "")
    yield line(f"{name}: how many are left out, exactly", seconds(m.sum("hjemmel", ["count"], MUNICIPALITIES)), "–", None, "", None)
    yield versus(f"{name}: pairs", m.sum("hjemmel", ["pairs"], MUNICIPALITIES), "plain loop",
                 m.sum("hjemmel", ["plain-pairs"], MUNICIPALITIES), "")
    everything = m.sum("hjemmel", ["gap", "count", "shadowed", "pairs"], MUNICIPALITIES)
    yield line(f"{name}: all of these together", seconds(everything), "–", None, "0.25 s", everything is not None and everything <= 0.25,
               by=everything and everything / 0.25)
    found = [m.record("hjemmel", "difference-all", case) for case in MUNICIPALITIES]
    complete = all(record and record["answer"] for record in found)
    many = sum(record["answer"]["regions"] for record in found) if complete else 0
    ours = m.sum("hjemmel", ["difference-all"], MUNICIPALITIES)
    yield versus(f"{name}: what the later version changes, all regions ({many:,} boxes that share nobody)", ours,
                 "z3, whether anything:", m.sum("z3", ["difference"], MUNICIPALITIES), "0.25 s", within=0.25)
    yield versus(f"{name}: the same for people: how many citizens, and 16 maximal regions", m.sum("hjemmel", ["difference"], MUNICIPALITIES),
                 "z3, whether anything:", m.sum("z3", ["difference"], MUNICIPALITIES), "0.25 s", within=0.25)


def large(m):
    for letter, kind in (("t", "tree"), ("r", "random boxes")):
        for size in (1000, 10000, 100000):
            case = f"w3{letter}_n{size}"
            for title, question, peer, of in (("gap", "gap", "z3", "z3"), ("pairs", "plain-pairs", "plain loop", "hjemmel"),
                                              ("shadowed", "shadowed", "z3", "z3")):
                own = "pairs" if question == "plain-pairs" else question
                ours, theirs = m.solved("hjemmel", own, case), m.solved(of, question, case)
                within = 5 if question == "shadowed" and size == 100000 and letter == "t" else None
                aim = ("5 s" if within else "10 x") if letter == "t" else ""
                yield versus(f"W3 {kind}, {size:,} rules: {title}", ours, peer, theirs, aim, within=within,
                             factor=10 if letter == "t" and not within else None, otherwise=m.limit(of, question, case))


def adversarial(m):
    names = {"k3": "cubes of 3 at the threshold", "k4": "cubes of 4 at the threshold", "box": "half-open ranges",
             "pairs": "pairs in a bad order", "php": "pigeons and holes"}
    cases = sorted({case for (question, case) in m.all.get("hjemmel", {}) if question == "gap" and case.startswith("w4")})
    for family, title in names.items():
        worst = None
        for case in (case for case in cases if case.split("_")[1] == family):
            ours = m.solved("hjemmel", "gap", case)
            peers = [(m.solved(peer, "gap", case), peer) for peer in ("z3", "cvc5") if m.solved(peer, "gap", case)]
            if not peers:
                continue
            best = min(peers)
            factor = float("inf") if ours is None else ours / best[0]
            if worst is None or factor > worst[0]:
                worst = (factor, ours, best)
        if worst:
            factor, ours, (theirs, peer) = worst
            yield line(f"W4 {title}: gap, the case that compares worst", seconds(ours), f"{peer} {seconds(theirs)}",
                       ours and theirs / ours, "at most 5 times slower", factor <= 5)


def batch(m):
    rows = 1_000_000

    def rate(value, count=rows):
        return "no answer" if not value else f"{count / value / 1e6:.3g} M rows/s"

    for threads in (4, 1):
        case = f"{threads} threads"
        ours = m.solved("hjemmel", "batch", case)
        for peer in ("polars", "duckdb"):
            theirs = m.solved(peer, "batch", case)
            met = rows / ours >= 50e6 if ours and threads == 4 else None
            yield line(f"W5 a million citizens, the decision and how many rules hold, {case.replace('1 threads', '1 thread')}", rate(ours),
                       f"{peer} {rate(theirs)}", theirs / ours if ours and theirs else None, "50 M rows/s" if threads == 4 else "", met)
        grades = m.solved("hjemmel", "grades", case)
        if grades:
            yield line(f"W5 from the policy's text, the grade alone, {case.replace('1 threads', '1 thread')}", rate(grades), "–", None,
                       "50 M rows/s" if threads == 4 else "", rows / grades >= 50e6 if threads == 4 else None)
        reasons = m.solved("hjemmel", "reasons", case)
        if reasons:
            yield line(f"W5 from the policy's text, the decision with the rules behind it, {case.replace('1 threads', '1 thread')}",
                       rate(reasons), "–", None, "1 M rows/s", rows / reasons >= 1e6, by=1e6 * reasons / rows)
    zen = m.record("zen-engine", "batch", "4 threads")
    if zen:
        ours = m.solved("hjemmel", "batch", "4 threads")
        theirs = zen["seconds"] / zen["answer"]["rows"] * rows
        yield line("W5 row by row, 4 threads", rate(ours), f"zen-engine {rate(theirs)}", ours and theirs / ours, "", None)
    ours, theirs = m.record("hjemmel", "population", "parquet"), m.record("polars", "population", "parquet")
    if ours and theirs:
        def told(record):
            return f"{seconds(record['seconds'])}, {seconds(record['processor'])} of the processor"

        ratio = theirs["seconds"] / ours["seconds"]
        yield line(f"A million citizens from Parquet to Parquet, {ours['columns']} columns of decisions, whole process",
                   f"{told(ours)}, {ours['megabytes']:.0f} MB", f"polars, reads and writes the same and decides nothing: {told(theirs)}", ratio,
                   "no slower", ratio >= 1, by=1 / ratio)
    one = m.time("hjemmel", "decide-one", "1000 rules")
    for peer in ("cedar-policy", "regorus"):
        yield versus("One decision of 1,000 rules, warm", one, peer, m.time(peer, "decide-one", "1000 rules"), "0.2 µs", within=2e-7)
    traced = m.time("hjemmel", "decide-traced", "1000 rules")
    yield line("The same with every rule that holds", seconds(traced), "–", None, "1 µs", traced is not None and traced <= 1e-6)


def text(m):
    edit = m.time("hjemmel", "recheck", "1000 rules")
    if edit:
        yield line("Check again after one edit in 1,000 rules", seconds(edit), "–", None, "2.5 ms", edit <= 0.0025, by=edit / 0.0025)
    since = m.record("hjemmel", "since", "98 x 40")
    if since:
        told = since["answer"]
        proven = "" if told["proven"] else ", not all proven"
        yield line(f"What changes for citizens, 98 municipalities x 40 rules, {told['edited']} files edited, from text ({told['changes']} "
                   "changes, all regions)", seconds(since["seconds"]) + proven, "–", None, "0.25 s", since["seconds"] <= 0.25,
                   by=since["seconds"] / 0.25)
    ranked = m.record("hjemmel", "since", "w2")
    if ranked:
        proven = "" if ranked["answer"]["proven"] else ", not all proven"
        yield line(f"The same of W2 as text, where each municipality is one long ranked list ({ranked['answer']['changes']} changes)",
                   seconds(ranked["seconds"]) + proven, "–", None, "", None)
    country = m.record("hjemmel", "country", "4 threads")
    if country:
        yield line("`check` of 98 municipalities x 200 rules, from text, whole process", f"{seconds(country['seconds'])}, "
                   f"{country['megabytes']:.0f} MB", "–", None, "1 s, 300 MB", country["seconds"] <= 1 and country["megabytes"] <= 300)
    large = m.record("hjemmel", "large", "country")
    if large:
        taken, memory = large["seconds"], large["megabytes"]
        yield line(f"{large['bytes'] / 1e6:.0f} MB of text, {large['lines']:,} lines, read and resolved, whole process",
                   f"{seconds(taken)}, {memory:.0f} MB", "–", None, "5 s, 500 MB", taken <= 5 and memory <= 500, by=max(taken / 5, memory / 500))
    yield versus("`check` of one small file, cold process", m.time("hjemmel", "cold", "small file"), "Cedar, only parsing",
                 m.time("cedar-policy", "cold", "small file"), "5 ms", within=0.005)
    for rules, within in ((1000, 0.01), (10000, 0.1)):
        case = f"{rules} rules"
        yield versus(f"`fmt`, {rules:,} rules", m.time("hjemmel", "fmt", case), "Cedar", m.solved("cedar-policy", "fmt", case),
                     seconds(within), within=within, otherwise=m.limit("cedar-policy", "fmt", case))
    resolved = m.record("hjemmel", "resolve", "w2")
    if resolved:
        rate = resolved["answer"]["lines"] / resolved["seconds"]
        yield line("Parse and resolve, W2 as text", f"{rate / 1000:.3g} k lines/s", "–", None, "500 k lines/s", rate >= 500_000, by=500_000 / rate)
    for case in [*LARGEST, "w3t_n1000", "w2"]:
        record = m.record("hjemmel", "check", case)
        if record:
            proven = "" if record["answer"]["proven"] else ", not all proven"
            yield line(f"`check` of {case} as text, every check", seconds(record["seconds"]) + proven, "–", None, "", None)
