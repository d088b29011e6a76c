"""polars on the citizens of W5: `columns_polars.py CASES RECORDS THREADS`.

For each citizen the rule that decides and how many hold, as one lazy query over columns in memory. The rules are one expression each;
both of polars' engines are tried and the faster one counts.
"""
import os
import pathlib
import sys

os.environ["POLARS_MAX_THREADS"] = sys.argv[3]
import numpy as np
import polars as pl

from records import Records, load, sums, timed


def holds(dims, rule):
    expression = pl.lit(True)
    for name, intervals in rule["when"].items():
        parts = [pl.col(name) == low if low == high else pl.col(name).is_between(low, high) for low, high in intervals]
        some = parts[0]
        for part in parts[1:]:
            some = some | part
        expression = expression & some
    return expression


def main():
    folder = pathlib.Path(sys.argv[1])
    case = load(folder, "w2_m00")
    names = [dim["name"] for dim in case["dims"]]
    columns = np.fromfile(folder / "w5_citizens.i32", dtype="<i4").reshape(len(names), -1)
    frame = pl.DataFrame(dict(zip(names, columns)))
    rules = [holds(case["dims"], rule) for rule in case["rules"]]
    winner = pl.lit(len(rules), dtype=pl.UInt8)
    for place in reversed(range(len(rules))):
        winner = pl.when(rules[place]).then(pl.lit(place, dtype=pl.UInt8)).otherwise(winner)
    matches = pl.sum_horizontal([rule.cast(pl.UInt8) for rule in rules])
    query = frame.lazy().select(winner=winner, matches=matches.cast(pl.UInt8))
    best, answer = None, None
    for engine in ("in-memory", "streaming"):
        for _ in range(3):
            seconds, result = timed(lambda: query.collect(engine=engine))
            best = min(best or seconds, seconds)
            answer = sums(case, result["winner"].to_numpy(), result["matches"].to_numpy())
    records = Records(sys.argv[2], f"polars {pl.__version__}")
    records.write("batch", f"{sys.argv[3]} threads", best, answer)


main()
