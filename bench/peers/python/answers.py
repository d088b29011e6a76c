"""Compares what hjemmel answered with the published right answers, and with what the peers answered."""
import gzip
import json
import pathlib

ORACLES = pathlib.Path(__file__).parents[3] / "benches" / "oracles"


def oracle(name):
    with gzip.open(ORACLES / f"{name}.json.gz", "rt") as file:
        return json.load(file)


class Comparison:
    def __init__(self):
        self.counts, self.different, self.open = {}, [], []

    def compare(self, against, question, case, ours, theirs):
        if theirs is None:
            return
        if ours is None:
            self.open.append(f"{question} of {case}")
            return
        self.counts[against] = self.counts.get(against, 0) + 1
        if ours != theirs:
            self.different.append(f"{question} of {case}: hjemmel says {short(ours)}, {against} says {short(theirs)}")

    def total(self):
        return sum(self.counts.values())


def short(answer):
    text = json.dumps(answer)
    return text if len(text) < 80 else text[:77] + "..."


def compare(records):
    comparison = Comparison()
    ours = {(r["question"], r["case"]): r["answer"] for r in records if r["who"] == "hjemmel"}
    gaps, pairs, shadowed = oracle("gaps"), oracle("pairs"), oracle("shadow")
    differences, batch = oracle("diff"), oracle("batch")
    for (question, case), answer in ours.items():
        def published(right):
            comparison.compare("the published answer", question, case, answer, right)
        if question == "gap" and case in gaps:
            published(gaps[case]["gap"] == "sat")
        elif question == "count" and case in gaps:
            published(gaps[case]["count"])
        elif question == "pairs" and case in pairs:
            published({key: pairs[case][key] for key in ("n", "conflicts", "sha256")})
        elif question == "shadowed" and case in shadowed:
            published(shadowed[case])
        elif question in ("difference", "difference-all") and case in differences:
            exists = None if answer is None else answer["exists"]
            comparison.compare("the published answer", question, case, exists, differences[case]["changed"] == "sat")
        elif question == "regions":
            # that the regions meet no rule and leave nobody out was confirmed when they were found
            some = None if answer is None or not answer["all"] else answer["regions"] > 0
            comparison.compare("the gap's own answer", question, case, some, ours.get(("gap", case)))
        elif question == "plain-pairs":
            comparison.compare("a plain loop", question, case, (ours.get(("pairs", case)) or {}).get("n"), answer)
        elif question == "batch":
            published(batch["checksums"]["1000000"])
        elif question in ("grades", "reasons"):
            published(batch["checksums"]["1000000"]["by_out"])
        elif question in ("decide-one", "decide-traced"):
            published({"right": answer["of"], "of": answer["of"]})
    for record in records:
        peer, question, case, answer = record["who"], record["question"], record["case"], record["answer"]
        if peer == "hjemmel" or answer is None or (question, case) not in ours and question != "decide-one":
            continue
        mine = ours.get((question, case))
        if question == "difference":
            mine = mine and mine["exists"]
        if question == "regions":
            mine = mine and mine["regions"] > 0
        if question in ("gap", "shadowed", "difference", "regions"):
            comparison.compare(peer, question, case, mine, answer)
        elif question == "population" or question == "batch" and "by_out" in answer:
            comparison.compare(peer, question, case, mine, answer)
        elif question == "decide-one":
            # a peer that decides otherwise is asked wrongly
            comparison.compare(peer, question, case, {"right": answer["of"], "of": answer["of"]}, answer)
    return comparison
