"""Whole processes, from their start to their end: `processes.py RECORDS HJEMMEL CEDAR WORK`."""
import os
import pathlib
import statistics
import subprocess
import sys
import time

from records import Records

SMALL = """lov Lov "Lov om støtte" {
    udgave "Lov nr. 1" gyldig fra 2015-01-01
    paragraf § 1 "Mentorstøtte"
}
oplysning alder "Borgerens alder": tal 0-120 år
art støtter "Støtter"
støtte mentor "Mentor": støtter
regel ung { hjemmel Lov § 1   når alder under 30   skal give mentor }
regel ældre { hjemmel Lov § 1   når alder mindst 30   kan give mentor }
"""
SMALL_CEDAR = """permit(principal, action == Action::"mentor", resource) when { context.age < 30 };
permit(principal, action == Action::"mentor", resource) when { context.age >= 30 && context.assessed };
"""


def once(command):
    """How long a process takes, what it ends with, and the most memory it has had."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    return time.perf_counter() - start, os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024


def median(command, times):
    runs = [once(command) for _ in range(times)]
    return statistics.median(run[0] for run in runs), runs[0][1], max(run[2] for run in runs)


def main():
    path, hjemmel, cedar, work = sys.argv[1:]
    work = pathlib.Path(work)
    small = work / "small"
    small.mkdir(exist_ok=True)
    (small / "small.hjemmel").write_text(SMALL)
    (small / "small.cedar").write_text(SMALL_CEDAR)
    ours = Records(path, "hjemmel")
    if not os.access(hjemmel, os.X_OK):
        sys.exit(f"{hjemmel} is not built")
    seconds, code, memory = median([hjemmel, "check", small / "small.hjemmel"], 21)
    ours.write("cold", "small file", seconds, code, megabytes=memory)
    if os.access(cedar, os.X_OK):
        seconds, code, memory = median([cedar, "parse", small / "small.cedar"], 21)
        Records(path, "cedar-policy").write("cold", "small file", seconds, code, megabytes=memory)
    country = work / "country"
    if country.is_dir():
        for threads in (4, 1):
            seconds, code, memory = median([hjemmel, "check", "--jobs", str(threads), country], 3 if threads == 4 else 1)
            ours.write("country", f"{threads} threads", seconds, code, megabytes=memory)
    large = work / "large-country"
    if large.is_dir():
        texts = [path.read_bytes() for path in large.rglob("*.hjemmel")]
        # a place that nobody knows is told once everything is read and resolved, and before anything is decided
        asked = [hjemmel, "decide", large, "--in", "nowhere", "--support", "none", "--date", "2016-01-01"]
        seconds, code, memory = median(asked, 3)
        ours.write("large", "country", seconds, code, megabytes=memory, lines=sum(text.count(b"\n") for text in texts),
                   bytes=sum(map(len, texts)))


main()
