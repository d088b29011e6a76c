"""z3 on gaps, shadowed rules and differences: `solve_z3.py CASES RECORDS SECONDS [PREFIX]`.

One query a question. Reading the case and making its formulas is not counted, only the solving. Gaps and differences are asked in
both encodings and the faster one counts; shadowed rules are asked of one solver that keeps what it has learnt.
"""
import pathlib
import sys

import z3

import smt_text
from records import Records, load, timed


def solver(bits, limit):
    made = z3.SolverFor("QF_FD") if bits else z3.Solver()
    made.set("timeout", int(limit * 1000))
    return made


def ask(text, bits, limit):
    asked = solver(bits, limit)
    asked.from_string(text)
    seconds, answer = timed(asked.check)
    return seconds, None if answer == z3.unknown else answer == z3.sat


def best(write, case, limit):
    """The faster of the two encodings. The second gets no more time than the first took, or the limit."""
    first, answer = ask(write(case, False), False, limit)
    second, again = ask(write(case, True), True, limit if answer is None else max(first, 0.1))
    if answer is None:
        return second, again
    assert again in (None, answer), f"{case['name']}: z3 contradicts itself"
    return (first if again is None else min(first, second)), answer


def shadowed(case, limit):
    """Whole numbers, and an assumption for each rule: of what was tried, the fastest on all families."""
    formulas = z3.parse_smt2_string(smt_text.rules(case, False))
    domains, rules = formulas[: len(case["dims"])], formulas[len(case["dims"]):]
    asked = solver(False, limit)
    asked.add(domains)
    hidden, spent = [], 0.0
    for place, rule in enumerate(rules):
        holds = z3.Bool(f"holds!{place}")

        def one():
            asked.add(z3.Implies(holds, rule))
            answer = asked.check(holds)
            asked.add(z3.Not(rule))
            return answer

        seconds, answer = timed(one)
        spent += seconds
        if answer == z3.unknown or spent > limit:
            return spent, None
        if answer == z3.unsat:
            hidden.append(place)
    return spent, hidden


def main():
    folder, limit = pathlib.Path(sys.argv[1]), float(sys.argv[3])
    records = Records(sys.argv[2], f"z3 {z3.get_version_string()}")
    prefix = sys.argv[4] if len(sys.argv) > 4 else ""
    # the largest last: whoever is stopped has answered the others
    for path in sorted(folder.glob("w*.json"), key=lambda path: ("n100000" in path.stem, path.stem)):
        case = load(folder, path.stem)
        name, size = prefix + case["name"], len(case["rules"])
        seconds, answer = best(smt_text.gap, case, limit) if size < 50_000 else ask(smt_text.gap(case, True), True, limit)
        records.write("gap", name, seconds, answer, limit=limit)
        if case["family"] in ("w1", "w2") or case["family"] == "w3" and size < 50_000:
            seconds, answer = shadowed(case, limit)
            records.write("shadowed", name, seconds, answer, limit=limit)
        if "rules_v2" in case:
            seconds, answer = best(smt_text.difference, case, limit)
            records.write("difference", name, seconds, answer, limit=limit)


main()
