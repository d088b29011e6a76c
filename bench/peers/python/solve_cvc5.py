"""cvc5 on gaps, in the same encodings as z3: `solve_cvc5.py CASES RECORDS SECONDS`. Only the solving is counted."""
import pathlib
import sys

import cvc5

import smt_text
from records import Records, load, timed


def ask(text, bits, limit):
    solver = cvc5.Solver()
    solver.setOption("tlimit-per", str(max(1, int(limit * 1000))))
    parser = cvc5.InputParser(solver)
    logic = "QF_BV" if bits else "QF_LIA"
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic {logic})\n{text}", "case")
    symbols = parser.getSymbolManager()
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, symbols)
    seconds, answer = timed(solver.checkSat)
    return seconds, None if answer.isUnknown() else answer.isSat()


def main():
    folder, limit = pathlib.Path(sys.argv[1]), float(sys.argv[3])
    records = Records(sys.argv[2], f"cvc5 {cvc5.__version__}")
    for path in sorted(folder.glob("w[124]*.json")):
        case = load(folder, path.stem)
        first, answer = ask(smt_text.gap(case, True), True, limit)
        second, again = ask(smt_text.gap(case, False), False, limit if answer is None else max(first, 0.1))
        if answer is None:
            first, answer = second, again
        elif again is not None:
            assert again == answer, f"{case['name']}: cvc5 contradicts itself"
            first = min(first, second)
        records.write("gap", case["name"], first, answer, limit=limit)


main()
