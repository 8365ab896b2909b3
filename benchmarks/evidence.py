"""Print how much of the evidence shown with jobs belongs there, by marks that were given by reading.

    python benchmarks/evidence.py ../shared
    JTBD_NLP_MODELS=build/A python benchmarks/evidence.py ../shared   # with models that never saw these cohorts

A passage beside a job was marked 2 where a researcher would file it there, 1 where it is of a neighbouring job or too general,
0 else (``training/data/backing.tsv``, hashes only). Only jobs count whose goal comes from the sentence that it came from when
they were read, and of their quotes only those that were marked. The shipped models/passages was trained on these marks.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from our_lists import mark_of

from jtbd_nlp import mine
from jtbd_nlp.records import Job

ROOT = Path(__file__).resolve().parents[1]
COHORTS = ("marketing", "writers", "scientists", "office", "sales", "designers")
FIRST = (3, 5, 10_000)
BORDERS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.01)

Marks = dict[tuple[str, str, str], int]  # cohort, goal's sentence, passage


def read_marks() -> Marks:
    """Return the grades of the shared cohorts."""
    with (ROOT / "training" / "data" / "backing.tsv").open(encoding="utf8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream, delimiter="\t") if r["cohort"] in COHORTS]
    return {(r["cohort"], r["goal_sentence"], r["sentence"]): int(r["grade"]) for r in rows}


def marked(cohort: str, job: Job, texts: dict[str, str], marks: Marks) -> Iterator[tuple[int, float | None, int]]:
    """Yield place, support and grade of a job's quotes that were marked."""
    goal = next((texts[q.segment_id] for q in job.quotes if q.slot == "motivation"), "")
    told = {q.segment_id: q.support for q in reversed(job.quotes)}
    # those that the statement was not worded from
    beside = [i for i, support in told.items() if support is not None][::-1]
    for place, segment_id in enumerate(beside):
        grade = marks.get((cohort, mark_of(goal), mark_of(texts[segment_id])))
        if grade is not None:
            yield place, told[segment_id], grade


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    options = parser.parse_args()
    marks, found = read_marks(), []
    for cohort in COHORTS:
        report = mine(options.shared / "data" / "interviews" / cohort, progress=False)
        texts = {s.segment_id: s.text for s in report.segments}
        found += [row for job in report.jobs for row in marked(cohort, job, texts, marks)]
    for first in FIRST:
        grades = np.array([grade for place, _, grade in found if place < first])
        what = f"first {first} passages" if first < max(FIRST) else "all passages"
        print(f"{what:18s} n {len(grades):4d}  belong {(grades == 2).mean():.2f}  or near {(grades >= 1).mean():.2f}")
    weighed = np.array([(support, grade == 2) for _, support, grade in found if support is not None])
    for low, high in pairwise(BORDERS):
        part = weighed[(weighed[:, 0] >= low) & (weighed[:, 0] < high)]
        if len(part):
            said, true = part.mean(axis=0)
            print(f"support {low:.2f}-{min(high, 1):.2f}  n {len(part):4d}  said {said:.2f}  belong {true:.2f}")


if __name__ == "__main__":
    main()
