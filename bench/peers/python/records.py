"""Answers and times as lines of JSON, the same form for every engine."""
import json
import time


class Records:
    def __init__(self, path, who):
        self.file, self.who = open(path, "a"), who

    def write(self, question, case, seconds, answer, **more):
        """`answer` is None where the engine gave none within `limit` seconds."""
        line = dict(who=self.who, question=question, case=case, seconds=seconds, answer=answer, **more)
        self.file.write(json.dumps(line, separators=(",", ":")) + "\n")
        self.file.flush()


def timed(work):
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def load(folder, case):
    with open(folder / f"{case}.json") as file:
        return json.load(file)


def sums(case, winners, matches):
    """What the answers for W5 are compared by. A winner past the last rule is none."""
    outs = [rule["out"] for rule in case["rules"]] + [0]
    by_out = [0] * 5
    for place, out in enumerate(outs):
        by_out[out] += int((winners == place).sum())
    decided = winners[winners < len(case["rules"])]
    return dict(by_out=by_out, matches=int(matches.sum(dtype="int64")), rows=len(winners),
                winner_sum=int(decided.sum(dtype="int64")))
