"""Print how well mined jobs agree with six gold lists of jobs, cohort by cohort and on average.

    python benchmarks/leave_one_cohort_out.py ../shared                   # the table
    python benchmarks/leave_one_cohort_out.py ../shared --drop marketing  # what leaving out any one interview changes

In: a folder with ``data/interviews`` (a folder of transcripts and a ``*_jobs.json`` per cohort) and the scoring scripts
in ``bench``. Nothing in the grouping is trained on gold jobs, so each cohort is one that the grouping has never seen;
its handful of constants was chosen by looking at all six. Out: a table, and a line of means.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

import jtbd_nlp

COHORTS = ("marketing", "writers", "scientists", "office", "sales", "designers")
MEASURES = ("jobs", "recall", "precision", "grouping", "coverage", "complete", "verbatim")


def score_cohort(shared: Path, cohort: str) -> dict[str, float]:
    """Mine one cohort, save the report as a user would, and score the saved file."""
    interviews = shared / "data" / "interviews"
    scorer: Any = importlib.import_module("score_jobs")
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        jtbd_nlp.mine(interviews / cohort, progress=False).save(Path(folder))
        found: dict[str, float] = scorer.main(
            f"{folder}/report.json", str(interviews / f"{cohort}_jobs.json"), str(interviews / cohort)
        )
    return found


def job_of_segments(report: Any) -> dict[tuple[str, int], str]:
    """Return the first job that quotes each place of each transcript."""
    owner: dict[tuple[str, int], str] = {}
    for job in report.jobs:
        for quote in job.quotes:
            owner.setdefault((quote.transcript_id, quote.start_char), job.job_id)
    return owner


def leave_one_out(folder: Path) -> list[float]:
    """Return the ARI between the jobs of all interviews and those of all but one, on the quotes that both hold."""
    from sklearn.metrics import adjusted_rand_score

    files = sorted(folder.glob("*.txt"))
    whole = job_of_segments(jtbd_nlp.mine(files, progress=False))
    scores = []
    for left_out in files:
        part = job_of_segments(jtbd_nlp.mine([f for f in files if f != left_out], progress=False))
        shared = sorted(whole.keys() & part.keys())
        scores.append(float(adjusted_rand_score([whole[s] for s in shared], [part[s] for s in shared])))
    return scores


def main() -> None:
    """Print the table or the effect of leaving out interviews."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path, help="folder with data/interviews and bench")
    parser.add_argument("--drop", metavar="COHORT", help="leave out each interview of this cohort in turn")
    parser.add_argument("--cohorts", nargs="+", default=COHORTS, choices=COHORTS)
    options = parser.parse_args()
    if options.drop:
        scores = leave_one_out(options.shared / "data" / "interviews" / options.drop)
        print(f"{options.drop}: ARI on shared quotes, mean {np.mean(scores):.3f}, least {min(scores):.3f}")
        return
    sys.path.insert(0, str(options.shared / "bench"))
    print(f"{'cohort':<12}" + "".join(f"{m:>11}" for m in MEASURES))
    table = []
    for cohort in options.cohorts:
        table.append(score_cohort(options.shared, cohort))
        print(f"{cohort:<12}" + "".join(f"{table[-1][m]:>11.3f}" for m in MEASURES), flush=True)
    print(f"{'mean':<12}" + "".join(f"{np.mean([row[m] for row in table]):>11.3f}" for m in MEASURES))


if __name__ == "__main__":
    main()
