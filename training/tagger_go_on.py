"""Trains the tagger on from what ships: ``python training/tagger_go_on.py OUT.pt``; prints average precision before and after.

Each epoch sees the made-up interviews and what was labelled of reviews whole, with the shared sets and ``talks``, and a fresh
sample of the interviews that were read, of comments and of needs, so that it forgets nothing. What is written lies
between the weights before and after (``--share`` of the way): it keeps more of what the larger net had taught. Seeded.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from from_int8 import float_weights
from sklearn.metrics import average_precision_score, roc_auc_score
from tagger import batches, load_tokenizer, train
from tagger_data import (
    FOR_STEP,
    HELD_OUT,
    MAX_CONTEXT,
    TAGS,
    Row,
    encode,
    other_tool,
    read_goemotions,
    read_needs,
    read_silver,
    read_tags,
)
from tagger_net import WEIGHINGS, TaggerNet, collate, load_encoder, split_heads
from tokenizers import Tokenizer
from torch import Tensor

from jtbd_nlp.tagging.encoding import ENOUGH

SHIPPED = Path(__file__).resolve().parents[1] / "models" / "tagger" / "model.onnx"
WHOLE = ("invented", "others", "train", "train_other", "talks")  # sets that every epoch sees whole
SHARES = (0.0, 0.3, 0.5, 0.7, 1.0)  # of the new weights, tried


def shipped_weights() -> dict[str, Tensor]:
    """Return the weights that ship, as floats."""
    return TaggerNet(load_encoder()).state_dict() | float_weights(SHIPPED)


def mean_of(before: dict[str, Tensor], after: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Return weights between two nets, ``share`` of the way to the second."""
    return {name: (1 - share) * value + share * after[name] for name, value in before.items()}


@torch.no_grad()
def logits_of(net: TaggerNet, rows: list[Row]) -> np.ndarray:
    """Return the logit of each tag."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    said = np.zeros((len(rows), len(TAGS)))
    for at in range(0, len(order), 64):
        part = order[at : at + 64]
        said[part] = split_heads(net(**collate([rows[i] for i in part]))[0])["tags"].numpy()
    return said


def average_precisions(net: TaggerNet, rows: list[Row]) -> np.ndarray:
    """Return the average precision of each tag's own logit; the first six are the labels that are shown."""
    said, gold = logits_of(net, rows), np.array([r.targets["tags"] for r in rows])
    return np.array([average_precision_score(gold[:, k], said[:, k]) for k in range(len(TAGS))])


def auc_of_needs(net: TaggerNet, rows: list[Row]) -> float:
    """Return how well the likelier of struggle and desire tells sentences of reviews that state a need from others."""
    said = logits_of(net, rows)[:, [TAGS.index("struggle"), TAGS.index("desire")]].max(1)
    return float(roc_auc_score([r.targets["need"][0] for r in rows], said))


def say(when: str, net: TaggerNet, tests: dict[str, list[Row]], needs: list[Row]) -> None:
    """Print what a net is worth on rows that it did not learn from: labelled sentences, and ones that state a need or not."""
    for name, rows in tests.items():
        found = average_precisions(net.eval(), rows)
        each = "  ".join(f"{tag} {value:.3f}" for tag, value in zip(TAGS, found, strict=True))
        print(f"{when} {name}: mean of six {found[:6].mean():.4f}  {each}", flush=True)
    print(f"{when} needs: AUC {auc_of_needs(net.eval(), needs):.3f}", flush=True)


def fitting(rows: list[Row]) -> list[Row]:
    """Leave out rows of which the teacher read other tokens than stand here: it cuts long sentences."""
    return [r for r in rows if r.soft is None or len(r.soft[1]) == r.n_own]


def epochs_of(tokenizer: Tokenizer, args: argparse.Namespace, rng: random.Random) -> list[list[list[Row]]]:
    """Return the batches of each epoch."""
    whole = [row for name in WHOLE for row in read_tags(name) if not FOR_STEP.fullmatch(row.group)]
    read, comments = read_tags("read"), read_goemotions("train")
    needs = [r for n, r in enumerate(read_needs()) if n % HELD_OUT]
    taught = read_silver(*args.silver) if args.silver else []
    epochs = []
    for _ in range(args.epochs):
        mine = [other_tool(r, rng) if rng.random() < args.swap else r for r in whole + rng.sample(read, args.read)]
        mine += taught
        others = rng.sample(comments, args.comments) + rng.sample(needs, args.needs)
        epoch = batches(fitting(encode(mine, tokenizer, enough=args.enough, max_context=args.context)), args.batch, rng)
        epoch += batches(encode(others, tokenizer, max_own=48), 32, rng)
        rng.shuffle(epoch)
        epochs.append(epoch)
    return epochs


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", help="file of weights to write, for tagger_export.py")
    parser.add_argument("--share", type=float, default=0.7, help="how far from the old weights to the new")
    parser.add_argument(
        "--start", default="", help="weights to go on from (OUT.pt.all of a run before); default: what ships"
    )
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--read", type=int, default=2500, help="sentences of `read` in an epoch")
    parser.add_argument("--comments", type=int, default=800, help="GoEmotions comments in an epoch")
    parser.add_argument("--needs", type=int, default=300, help="sentences of reviews in an epoch")
    parser.add_argument(
        "--enough", type=int, default=ENOUGH, help="tokens that a sentence is filled up to with context"
    )
    parser.add_argument("--context", type=int, default=MAX_CONTEXT, help="tokens of context at most")
    parser.add_argument("--loss", choices=WEIGHINGS, default="plain", help="what each answer on a tag counts")
    parser.add_argument("--silver", nargs=2, type=Path, default=None, help="texts and what the teacher says of them")
    parser.add_argument("--bf16", action="store_true", help="matrix products in bfloat16: faster where built in")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--lr", type=float, default=8e-5)
    parser.add_argument("--head-lr", type=float, default=3e-4)
    parser.add_argument("--swap", type=float, default=0.3, help="share of named AI replaced by another tool")
    parser.add_argument("--seed", type=int, default=0)
    parser.set_defaults(decay=0.9, ema=0.99, freeze=2)
    return parser.parse_args()


def main() -> None:
    args = parse()
    torch.set_num_threads(1)  # sums in one order
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    tokenizer = load_tokenizer()
    before = shipped_weights()
    net = TaggerNet(load_encoder())
    net.load_state_dict(torch.load(args.start, weights_only=True) if args.start else before)
    tests = {
        name: encode(read_tags(name), tokenizer, enough=args.enough, max_context=args.context)
        for name in ("dev", "talk_test")
    }
    needs = encode(read_needs()[::HELD_OUT], tokenizer, max_own=48)
    say("start", net, tests, needs)
    epochs = epochs_of(tokenizer, args, random.Random(args.seed))
    print(vars(args), sum(len(b) for e in epochs for b in e), "rows", flush=True)
    after = {name: value.clone() for name, value in train(net, epochs, args).state_dict().items()}
    torch.save(after, f"{args.out}.all")
    for share in SHARES[1:]:
        net.load_state_dict(mean_of(before, after, share))
        say(f"share {share}", net, tests, needs)
    torch.save(mean_of(before, after, args.share), args.out)


if __name__ == "__main__":
    main()
