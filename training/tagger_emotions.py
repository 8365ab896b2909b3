"""Fits the GoEmotions head anew on the finished encoder: ``python training/tagger_emotions.py IN.pt OUT.pt``.

The encoder and all other heads stay as they are, so this costs the tags nothing. A logistic regression per emotion on
comments drawn from the training file; its weight decay is the best of `DECAYS` on the last fifth of them, then it is fitted on all.
"""

from __future__ import annotations

import argparse
import random

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from tagger import load_tokenizer
from tagger_data import Row, encode, read_goemotions
from tagger_net import HEADS, TaggerNet, collate, load_net
from torch import Tensor
from torch.nn import functional as F

DECAYS = (1e-4, 3e-4, 1e-3)
COMMENTS = 20_000  # drawn from the training file
FIRST = sum(width for _, width in list(HEADS.items())[: list(HEADS).index("goemotions")])
PLACE = slice(FIRST, FIRST + HEADS["goemotions"])


@torch.no_grad()
def features(net: TaggerNet, rows: list[Row], size: int = 64) -> Tensor:
    """Return what the sentence heads see of each row."""
    rows = encode(rows, load_tokenizer(), max_own=64)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    out = torch.zeros(len(rows), net.sentence.in_features)
    seen: list[Tensor] = []
    hook = net.sentence.register_forward_pre_hook(lambda _, given: seen.append(given[0].float()))
    for at in range(0, len(order), size):
        part = order[at : at + size]
        with torch.autocast("cpu", torch.bfloat16):
            net(**collate([rows[i] for i in part]))
        out[part] = seen.pop()
    hook.remove()
    return out


def fit_head(x: Tensor, y: Tensor, decay: float, steps: int = 80) -> tuple[Tensor, Tensor]:
    """Return weight and bias of the regressions; inputs are standardised meanwhile, so that the decay is fair to all."""
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = (x - mean) / scale
    weight = torch.zeros(y.shape[1], x.shape[1], requires_grad=True)
    bias = torch.logit(y.mean(0).clamp(1e-4, 1 - 1e-4)).requires_grad_()
    opt = torch.optim.LBFGS([weight, bias], max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        opt.zero_grad()
        loss = F.binary_cross_entropy_with_logits(z @ weight.T + bias, y) + decay * weight.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    opt.step(closure)  # type: ignore[arg-type]
    with torch.no_grad():
        plain = weight / scale
        return plain, bias - plain @ mean


def precision(x: Tensor, y: Tensor, head: tuple[Tensor, Tensor]) -> float:
    """Return the mean average precision over the emotions."""
    scores = (x @ head[0].T + head[1]).numpy()
    return float(np.mean([average_precision_score(y[:, k], scores[:, k]) for k in range(y.shape[1])]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("start")
    parser.add_argument("out")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    weights = torch.load(args.start, weights_only=True)
    rows = random.Random(0).sample(read_goemotions("train"), COMMENTS)
    x = features(load_net(weights), rows)
    y = torch.from_numpy(np.stack([r.targets["goemotions"] for r in rows]))
    cut = len(rows) * 4 // 5
    now = (weights["sentence.weight"][PLACE], weights["sentence.bias"][PLACE])
    print(
        f"average precision on the last fifth: the head as it is, which saw them, {precision(x[cut:], y[cut:], now):.4f}"
    )
    scores = {d: precision(x[cut:], y[cut:], fit_head(x[:cut], y[:cut], d)) for d in DECAYS}
    print("by decay:", {d: round(s, 4) for d, s in scores.items()}, flush=True)
    head = fit_head(x, y, max(scores, key=lambda d: scores[d]))
    weights["sentence.weight"][PLACE], weights["sentence.bias"][PLACE] = head
    torch.save(weights, args.out)


if __name__ == "__main__":
    main()
