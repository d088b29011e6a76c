"""A million citizens from Parquet to Parquet: `population.py RECORDS HJEMMEL POLICIES WORK`.

hjemmel is timed as a whole process, which reads, decides and writes. polars, in a process of its own, reads the same citizens and writes
the very decisions, which it has in memory, in the same codec and groups of the same size: what reading and writing take where nothing is
decided. The processor's time is told too, because it says less of what else the machine does.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import time

from records import Records

ROWS, RUNS = 1_000_000, 3
PLACE = "Slagelse"


def ours(hjemmel, policies, *more):
    """How long it takes, of the clock and of the processor, and the most memory it has had."""
    command = [hjemmel, "decide", policies, "--in", PLACE, "--date", "2016-01-01", *more]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit("a population was not decided")
    return dict(seconds=time.perf_counter() - start, processor=used.ru_utime + used.ru_stime, megabytes=used.ru_maxrss / 1024)


def floor(citizens, decisions, out):
    """The same of polars, and what it read and wrote."""
    import polars as pl

    frame = pl.read_parquet(decisions)
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    read = pl.read_parquet(citizens)
    frame.write_parquet(out, compression="zstd", compression_level=1, row_group_size=1 << 16)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps(dict(who=f"polars {pl.__version__}", seconds=seconds, processor=processor, read=read.height,
                          written=frame.height, columns=frame.width)))


def main(path, hjemmel, policies, work):
    work = pathlib.Path(work)
    citizens, out, other = (work / f"{name}.parquet" for name in ("citizens", "decisions", "others"))
    ours(hjemmel, policies, "--generate", str(ROWS), "--save", citizens)
    many = ["--population", citizens, "--out"]
    ours(hjemmel, policies, *many, other, "--jobs", "1")
    runs, floors = [], []
    # in turns, so that both meet the same machine
    for _ in range(RUNS):
        runs.append(ours(hjemmel, policies, *many, out))
        peer = [sys.executable, __file__, "floor", citizens, out, work / "floor.parquet"]
        floors.append(json.loads(subprocess.run(peer, check=True, capture_output=True, text=True).stdout))
    if out.read_bytes() != other.read_bytes():
        sys.exit("one thread writes other bytes than many")
    best, least = (min(all, key=lambda run: run["seconds"]) for all in (runs, floors))
    Records(path, "hjemmel").write("population", "parquet", answer=least.pop("written"), columns=least.pop("columns"), **best)
    Records(path, least.pop("who")).write("population", "parquet", answer=least.pop("read"), **least)


if sys.argv[1] == "floor":
    floor(*sys.argv[2:])
else:
    main(*sys.argv[1:])
