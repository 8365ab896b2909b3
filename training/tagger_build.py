"""Rebuilds models/tagger from ../shared/data: ``python training/tagger_build.py TEACHER [WORK]``; about an hour and a half on a core.

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
SETS = ["--sets", "train,train_other,read,talks", "--swap", "0.3", "--bf16"]
STUDENT = ["tagger.py", *SETS]
STEPS = [
    ["tagger_texts.py", "{w}/texts.jsonl", "--interviews", "600", "--sentences", "10000", "--unread",
     "--most", "7400"],
    ["tagger_teacher.py", "train", *SETS, "--base", "{t}", "--out", "{w}/teacher.pt"],
    ["tagger_teacher.py", "label", "--base", "{t}", "--start", "{w}/teacher.pt", "--texts", "{w}/texts.jsonl",
     "--out", "{w}/teacher.npz"],
    [*STUDENT, "--out", "{w}/first.pt", "--mix", "0.7", "--epochs", "3", "--lr", "2e-4", "--seed", "1"],
    [*STUDENT, "--out", "{w}/tags.pt", "--mix", "0.5", "--epochs", "1", "--lr", "1.2e-4", "--head-lr", "4e-4",
     "--start", "{w}/first.pt", "--silver", "{w}/texts.jsonl", "{w}/teacher.npz", "--silver-share", "1.0", "--seed", "2"],
    ["tagger_export.py", "{w}/tags.pt", str(MODELS)],
    ["tagger_go_on.py", "{w}/on.pt"],
    ["tagger_export.py", "{w}/on.pt", str(MODELS)],
    ["tagger_fit.py", str(MODELS)],
    ["tagger_emotions.py", str(MODELS)],
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
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
