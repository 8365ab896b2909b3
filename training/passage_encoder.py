"""Tunes all-MiniLM-L6-v2 to say which passages tell of which job: ``python training/passage_encoder.py``.

    python training/passage_encoder.py                                              rebuild models/passages
    python training/passage_encoder.py --out build/A --without marketing writers    leave cohorts out, print AUC on them

A statement and a passage are encoded apart, so that the nearness of any two costs no more than their vectors. First come the
jobs that people wrote down with their quotes, then what was marked by reading (`passage_data`). Seeded.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from encoder import ROOT
from job_encoder import JobNet, ship
from passage_data import Pair, read_lists, read_marks
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional as F

BATCH, RATE, SCALE_RATE, EPOCHS, EMA, WARM = 32, 5e-5, 1e-2, 2, 0.98, 0.08
SMOOTHING = 0.06
POOL = 20  # batches shuffled together, then sorted by length
MAX_TOKENS = 72


class Nearness(nn.Module):
    """A cosine to two logits: that a passage is near a job at all, and that it tells of it."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor([8.0, 8.0]))
        self.level = nn.Parameter(torch.tensor([-3.0, -4.0]))

    def forward(self, cosines: Tensor) -> Tensor:
        """Return (n, 2)."""
        logits: Tensor = cosines[:, None] * self.scale + self.level
        return logits


def cosines_of(net: JobNet, pairs: Sequence[Pair]) -> Tensor:
    """Return the cosine of each pair; a text that stands in several is encoded once."""
    texts = list(dict.fromkeys(t for p in pairs for t in (p.wanted, p.told)))
    row = {t: i for i, t in enumerate(texts)}
    vectors = net.encode(texts)
    return (vectors[[row[p.wanted] for p in pairs]] * vectors[[row[p.told] for p in pairs]]).sum(1)


def batches(pairs: Sequence[Pair], rng: random.Random) -> list[list[Pair]]:
    """Shuffle, then sort within pools by length, so that little is padded."""
    order = list(pairs)
    rng.shuffle(order)
    size = POOL * BATCH
    pools = [sorted(order[i : i + size], key=lambda p: len(p.wanted) + len(p.told)) for i in range(0, len(order), size)]
    found = [pool[i : i + BATCH] for pool in pools for i in range(0, len(pool), BATCH)]
    rng.shuffle(found)
    return found


def train(net: JobNet, lists: Sequence[Pair], marks: Sequence[Pair], seed: int = 0) -> None:
    """Tune the upper half in place: the moving average of its weights."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    near = Nearness()
    groups = [
        {"params": list(net.upper.parameters()), "peak": RATE},
        {"params": list(near.parameters()), "peak": SCALE_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01)
    plan = [*batches(lists, rng), *(b for _ in range(EPOCHS) for b in batches(marks, rng))]
    average = torch.optim.swa_utils.AveragedModel(
        net.upper, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(EMA)
    )
    net.upper.train()
    for step, batch in enumerate(plan):
        share = min(1.0, (step + 1) / (WARM * len(plan))) * 0.5 * (1 + math.cos(math.pi * step / len(plan)))
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * share
        target = torch.tensor([[float(p.grade >= 1), float(p.grade == 2)] for p in batch])
        logits = near(cosines_of(net, batch))
        loss = F.binary_cross_entropy_with_logits(logits, target * (1 - SMOOTHING) + SMOOTHING / 2)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.upper.parameters(), 1.0)
        optimiser.step()
        average.update_parameters(net.upper)
        if (step + 1) % 50 == 0:
            print(f"step {step + 1}/{len(plan)}  loss {loss.item():.3f}", flush=True)
    net.upper.load_state_dict(average.module.state_dict())


@torch.no_grad()
def auc(net: JobNet, pairs: Sequence[Pair]) -> float:
    """Return how well the cosines tell what belongs, mean of the cohorts."""
    net.upper.eval()
    found = []
    for name in sorted({p.cohort for p in pairs}):
        mine = [p for p in pairs if p.cohort == name]
        found.append(roc_auc_score([p.grade == 2 for p in mine], cosines_of(net, mine).numpy()))
    return float(np.mean(found))


def main() -> None:
    """Train, and either measure on what was left out or ship."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--without", nargs="*", default=[], help="cohorts left out of training")
    parser.add_argument("--out", type=Path, default=ROOT / "models", help="JTBD_NLP_MODELS can name it")
    options = parser.parse_args()
    torch.set_num_threads(1)  # sums in one order
    torch.set_flush_denormal(True)
    lists, marks, left_out = read_lists(), read_marks(), set(options.without)
    net = JobNet(MAX_TOKENS)
    before = {
        what: auc(net, tested) for what, pairs in (("lists", lists), ("marks", marks))
        if (tested := [p for p in pairs if p.cohort in left_out])
    }  # fmt: skip
    train(net, *([p for p in pairs if p.cohort not in left_out] for pairs in (lists, marks)))
    for what, pairs in (("lists", lists), ("marks", marks)):
        if what in before:
            after = auc(net, [p for p in pairs if p.cohort in left_out])
            print(f"{what}: AUC on cohorts left out, plain {before[what]:.3f}, tuned {after:.3f}", flush=True)
    ship(net, options.out, "passages")


if __name__ == "__main__":
    main()
