"""Print how well mined jobs agree with six gold lists of jobs, cohort by cohort and on average.

    python benchmarks/leave_one_cohort_out.py ../shared                   # the table
    python benchmarks/leave_one_cohort_out.py ../shared --ours            # twelve more cohorts, by our own lists
    python benchmarks/leave_one_cohort_out.py ../shared --unseen          # 54 more, which no model or constant was made from
    python benchmarks/leave_one_cohort_out.py ../shared --talks           # switch interviews, usability sessions, customer calls
    python benchmarks/leave_one_cohort_out.py ../shared --drop marketing  # what leaving out any one interview changes

In: a folder with ``data/interviews`` (a folder of transcripts and a ``*_jobs.json`` per cohort) and the scoring scripts
in ``bench``. The encoder of passages and the grader of clauses that ship learned from the lists of the six cohorts and of
the twelve, and constants were chosen by looking at them; from ``--unseen`` and ``--talks`` nothing did. To leave cohorts
out of the encoder as well: ``training/passage_encoder.py --without ... --out FOLDER``, then this with
``JTBD_NLP_MODELS=FOLDER``. Out: a table, and a line of means.
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
from our_lists import NAMES, written, written_talks, written_unseen

import jtbd_nlp
from jtbd_nlp.analysis import StudyAnalysis, analyse_all
from jtbd_nlp.config import Config
from jtbd_nlp.groups import group_passages
from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.study.applying import Curator

COHORTS = ("marketing", "writers", "scientists", "office", "sales", "designers")
MEASURES = ("jobs", "recall", "precision", "grouping", "coverage", "complete", "verbatim")


def score_cohort(talks: Path, gold: Path) -> dict[str, float]:
    """Mine one cohort, save the report as a user would, and score the saved file."""
    scorer: Any = importlib.import_module("score_jobs")
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        jtbd_nlp.mine(talks, progress=False).save(Path(folder))
        found: dict[str, float] = scorer.main(f"{folder}/report.json", str(gold), str(talks))
    return found


def leave_one_out(folder: Path) -> list[float]:
    """Return the ARI between the groups of all interviews and those of all but one, on the passages that both hold.

    Each interview is analysed once: an analysis depends on its transcript alone.
    """
    from sklearn.metrics import adjusted_rand_score

    config = Config()
    transcripts = read_sources(folder, participants=None, config=config.ingestion).transcripts
    analyses = list(analyse_all(transcripts, config))

    def groups(left_out: int | None) -> dict[str, int]:
        study = StudyAnalysis([a for i, a in enumerate(analyses) if i != left_out])
        kept = [t for i, t in enumerate(transcripts) if i != left_out]
        labels = group_passages(study, kept, config, Curator())[0].labels.tolist()
        return {p.segment_id: k for p, k in zip(study.passages, labels, strict=True) if k >= 0}

    whole = groups(None)
    scores = []
    for left_out in range(len(transcripts)):
        part = groups(left_out)
        shared = sorted(whole.keys() & part.keys())
        scores.append(float(adjusted_rand_score([whole[s] for s in shared], [part[s] for s in shared])))
    return scores


def places(options: argparse.Namespace, folder: Path) -> dict[str, tuple[Path, Path]]:
    """Return by cohort its transcripts and its gold jobs."""
    if options.unseen:
        return written_unseen(options.shared, folder)
    if options.talks:
        return written_talks(folder)
    names = options.cohorts or (NAMES if options.ours else COHORTS)
    given = options.shared / "data" / "interviews"
    shared = {name: (given / name, given / f"{name}_jobs.json") for name in names if name in COHORTS}
    return shared | written(options.shared, tuple(n for n in names if n in NAMES), folder)


def main() -> None:
    """Print the table or the effect of leaving out interviews."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path, help="folder with data/interviews and bench")
    parser.add_argument("--drop", metavar="COHORT", help="leave out each interview of this cohort in turn")
    parser.add_argument("--ours", action="store_true", help="score twelve other cohorts by our own lists")
    parser.add_argument(
        "--unseen", action="store_true", help="score 54 cohorts by lists that nothing was trained or chosen on"
    )
    parser.add_argument("--talks", action="store_true", help="score 24 made-up conversations of three other kinds")
    parser.add_argument("--cohorts", nargs="+", default=None, choices=(*COHORTS, *NAMES))
    options = parser.parse_args()
    if options.drop:
        scores = leave_one_out(options.shared / "data" / "interviews" / options.drop)
        print(f"{options.drop}: ARI on shared passages, mean {np.mean(scores):.3f}, least {min(scores):.3f}")
        return
    sys.path.insert(0, str(options.shared / "bench"))
    print(f"{'cohort':<16}" + "".join(f"{m:>11}" for m in MEASURES))
    table = []
    with tempfile.TemporaryDirectory() as folder:
        for cohort, (talks, gold) in places(options, Path(folder)).items():
            table.append(score_cohort(talks, gold))
            print(f"{cohort:<16}" + "".join(f"{table[-1][m]:>11.3f}" for m in MEASURES), flush=True)
    print(f"{'mean':<16}" + "".join(f"{np.mean([row[m] for row in table]):>11.3f}" for m in MEASURES))


if __name__ == "__main__":
    main()
