"""Scores "does this sentence state a customer need?" on unseen text: ``python training/tagger_needs.py folds|domains``.

Five folds of ``needs/needs_train`` (texts that are the same but for case and marks stay in one fold), or one product
domain left out at a time; each time MiniLM is tuned anew on the rest alone. Prints the macro F1 of the two classes.
"""

from __future__ import annotations

import argparse
import random
import re
import sys

import numpy as np
import torch
from sklearn.metrics import f1_score
from tagger import batches, fold_of, load_tokenizer, train
from tagger_data import Row, encode, read_needs
from tagger_net import TaggerNet, collate, load_encoder, split_heads

SETTINGS = argparse.Namespace(lr=3e-4, head_lr=1e-3, decay=0.9, freeze=2, ema=0.99, loss="plain", out="needs")
EPOCHS = 2


def plain(text: str) -> str:
    """Return the words alone, so that near-duplicates fall into one fold."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


@torch.no_grad()
def predict(net: TaggerNet, rows: list[Row]) -> np.ndarray:
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    chance = np.zeros(len(rows))
    for at in range(0, len(order), 64):
        part = order[at : at + 64]
        sentence, _ = net(**collate([rows[i] for i in part]))
        chance[part] = torch.sigmoid(split_heads(sentence)["need"][:, 0]).numpy()
    return chance


def run(fit: list[Row], rest: list[Row]) -> float:
    """Tune MiniLM on some rows and return the macro F1 on the others."""
    torch.manual_seed(0)
    rng = random.Random(0)
    net = train(TaggerNet(load_encoder()), [batches(fit, 32, rng) for _ in range(EPOCHS)], SETTINGS)
    gold = np.array([r.targets["need"][0] > 0 for r in rest])
    return float(f1_score(gold, predict(net, rest) >= 0.5, average="macro"))


def main() -> None:
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    rows = encode(read_needs(), load_tokenizer(), max_own=64)
    part = {"folds": lambda r: fold_of(plain(r.text), 5), "domains": lambda r: r.group}[sys.argv[1]]
    scores = []
    for name in sorted({part(r) for r in rows}):
        rest = [r for r in rows if part(r) == name]
        scores.append(run([r for r in rows if part(r) != name], rest))
        print(f"left out {name} ({len(rest)} sentences): macro F1 {scores[-1]:.3f}", flush=True)
    print(f"mean {np.mean(scores):.3f}, sd {np.std(scores, ddof=1):.3f}")


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
