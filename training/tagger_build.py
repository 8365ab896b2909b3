"""Rebuilds models/tagger from ../shared/data: ``python training/tagger_build.py``; about an hour on 2 free cores.

Runs the steps that the shipped weights come from, one after the other, each as the command that it prints; weights in
between go to the folder given (default: a temporary one). Ends with the figures of held-out
interviews of tags/dev and of GoEmotions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODELS = HERE.parent / "models"
STEPS = [
    ["tagger.py", "warmup", "--out", "{w}/warm.pt", "--epochs", "1", "--mix", "0.5", "--lr", "3e-4", "--ema", "0.995"],
    ["tagger.py", "tags", "--start", "{w}/warm.pt", "--out", "{w}/tags.pt", "--sets", "train,train_other",
     "--epochs", "5", "--lr", "2e-4", "--mix", "0.3", "--swap", "0.35", "--seed", "2"],
    ["tagger_export.py", "{w}/tags.pt", str(MODELS)],
    ["tagger_fit.py", str(MODELS), "--emotions"],
]  # fmt: skip


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="tagger"))
    folder.mkdir(parents=True, exist_ok=True)
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(HERE.parent)}
    for step in STEPS:
        command = [sys.executable, str(HERE / step[0]), *(part.format(w=folder) for part in step[1:])]
        print("$", *command, flush=True)
        subprocess.run(command, check=True, env=settings)


if __name__ == "__main__":
    main()
