"""`report.py RECORDS MISSING PAGE`: the page of figures, from what was measured. Ends with 1 where an answer differs.

What stands on the page between the marks of `WHY` is written by hand and kept.
"""
import datetime
import json
import pathlib
import platform
import re
import subprocess
import sys

from answers import compare
from rows import rows

ROOT = pathlib.Path(__file__).parents[3]
WHY = ("<!-- written by hand: begin -->", "<!-- written by hand: end -->")


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def machine():
    name = "a processor that does not tell its name"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            name = line.split(":", 1)[1].strip()
            break
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 2**20
    import os
    load = f"{os.getloadavg()[2]:.1f}"
    return f"{name}, {os.cpu_count()} threads, {memory:.0f} GB, {platform.system()}; load over the last 15 minutes {load}"


def versions(records):
    lock = "".join((ROOT / folder / "Cargo.lock").read_text() for folder in ("bench/peers", "bench/peers/zen"))
    crates = dict(re.findall(r'name = "(cedar-policy|regorus|zen-engine)"\nversion = "([^"]+)"', lock))
    named = {who if " " in who else f"{who} {crates[who]}" for who in {r["who"] for r in records} - {"hjemmel"}}
    rust = output("rustc", "--version").split(" (")[0]
    return ", ".join(sorted(named) + [rust, f"Python {platform.python_version()}"])


def by_hand(page):
    if page.exists() and WHY[0] in (text := page.read_text()):
        return text.split(WHY[0])[1].split(WHY[1])[0]
    return "\n\n"


def main():
    records = [json.loads(line) for line in pathlib.Path(sys.argv[1]).read_text().splitlines()]
    missing = pathlib.Path(sys.argv[2]).read_text().splitlines()
    page = pathlib.Path(sys.argv[3])
    comparison = compare(records)
    kept = by_hand(page)
    lines = [
        "# Performance",
        "",
        "Made by `bench/peers/run`, which runs hjemmel and its peers on the same cases one after the other, and compares every answer.",
        "[`bench/peers/README.md`](../bench/peers/README.md) says how each peer is asked; [`benches/`](../benches/README.md) has the",
        "cases, their right answers, and `cargo bench`.",
        "",
        "| | |",
        "|---|---|",
        f"| Date | {datetime.date.today().isoformat()} |",
        f"| Commit | {output('git', 'rev-parse', '--short', 'HEAD')} |",
        f"| Machine | {machine()} |",
        f"| Versions | {versions(records)} |",
        "| Command | `bench/peers/run` |",
        "",
        "## Answers",
        "",
        f"{comparison.total()} answers were compared, {len(comparison.different)} differ, {len(comparison.open)} were left open.",
        "",
        "| Compared with | Answers |",
        "|---|---|",
        *[f"| {who} | {count} |" for who, count in sorted(comparison.counts.items())],
        "",
        *[f"- differs: {line}" for line in comparison.different],
        *[f"- open: {line}" for line in comparison.open],
        *([""] if comparison.different or comparison.open else []),
        "## Times",
        "",
        "A peer's time is only its solving: reading the case and making its formulas is not counted. Ours has everything in it that",
        "happens after the case is in memory. \"Times\" is the peer's time by ours; an aim is met where it says so.",
        "",
        "| Workload | hjemmel | The peer | Times | Aim | |",
        "|---|---|---|---|---|---|",
        *rows(records),
        "",
        *(["## Not run", "", *[f"- {line}" for line in missing], ""] if missing else []),
        "## Where an aim is missed",
        "",
        WHY[0] + kept + WHY[1],
    ]
    page.write_text("\n".join(lines) + "\n")
    print(f"{comparison.total()} answers compared, {len(comparison.different)} differ, {len(comparison.open)} left open")
    for line in comparison.different:
        print(f"DIFFERS: {line}")
    for line in missing:
        print(f"NOT RUN: {line}")
    sys.exit(1 if comparison.different else 0)


main()
