"""DuckDB on the citizens of W5: `columns_duckdb.py CASES RECORDS THREADS`. One query over a table in memory, into a table in memory."""
import pathlib
import sys

import duckdb
import numpy as np

from records import Records, load, sums, timed


def holds(rule):
    def some(name, intervals):
        parts = [f"{name} = {low}" if low == high else f"{name} BETWEEN {low} AND {high}" for low, high in intervals]
        return f"({' OR '.join(parts)})"
    return " AND ".join(some(f'"{name}"', intervals) for name, intervals in rule["when"].items()) or "true"


def main():
    folder = pathlib.Path(sys.argv[1])
    case = load(folder, "w2_m00")
    names = [dim["name"] for dim in case["dims"]]
    values = np.fromfile(folder / "w5_citizens.i32", dtype="<i4").reshape(len(names), -1)
    columns = dict(zip(names, values))
    database = duckdb.connect(config={"threads": int(sys.argv[3])})
    database.execute("CREATE TABLE citizens AS SELECT * FROM columns")
    winner = " ".join(f"WHEN {holds(rule)} THEN {place}" for place, rule in enumerate(case["rules"]))
    matches = " + ".join(f"({holds(rule)})::UTINYINT" for rule in case["rules"])
    query = (f"CREATE OR REPLACE TEMP TABLE decided AS SELECT (CASE {winner} ELSE {len(case['rules'])} END)::UTINYINT AS winner, "
             f"({matches})::UTINYINT AS matches FROM citizens")
    best = min(timed(lambda: database.execute(query))[0] for _ in range(3))
    result = database.execute("SELECT winner, matches FROM decided").fetchnumpy()
    records = Records(sys.argv[2], f"duckdb {duckdb.__version__}")
    records.write("batch", f"{sys.argv[3]} threads", best, sums(case, result["winner"], result["matches"]))


main()
