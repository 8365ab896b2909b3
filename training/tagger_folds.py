"""Scores the tagger's recipe on text that it never saw: ``python training/tagger_folds.py interviews|other|needs``.

All with a net trained on labels alone: the teacher saw every labelled sentence, so that what it taught would give the
answer away. The shipped net, taught as well, is better by what docs/tagging.md says.

interviews
    Five folds over the interviews of tags/train and tags/dev. Logistic step and thresholds of a fold come from what the
    other four nets said of their own left-out interviews.
other
    Trained on tags/train, scored on tags/train_other (first-time managers, game developers); step and thresholds of dev.
needs
    Trained on tags/train, scored on needs/needs_train, a source that neither it nor its step saw:
    does struggle or desire tell the reviews' sentences that state a need?
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score
from tagger import fold_of, load_tokenizer, tags_epochs, train
from tagger_data import TAGS, Row, encode, read_needs, read_tags
from tagger_export import Exported
from tagger_fit import best_threshold, chance_of, columns, f1, fit_step, held_out
from tagger_net import TaggerNet, collate, load_encoder, split_heads

from jtbd_nlp.records import LABELS
from jtbd_nlp.tagging.cues import find_cues
from jtbd_nlp.tagging.deciding import Reading
from jtbd_nlp.tagging.encoding import ENOUGH

RECIPE = {
    "batch": 16, "lr": 2e-4, "head_lr": 1e-3, "decay": 0.9, "ema": 0.99, "mix": 0.0, "silver": None,
    "silver_share": 0.0, "swap": 0.3, "freeze": 2, "bf16": True, "enough": ENOUGH, "loss": "plain",
}  # fmt: skip


def trained(sets: str, fold: tuple[int, int] | None, args: argparse.Namespace) -> TaggerNet:
    """Train a net, or read it from ``--keep`` if an earlier run left it there."""
    name = "_".join([*sets.split(","), *map(str, fold or ())])
    path = args.keep / f"{name}.pt" if args.keep else None
    net = TaggerNet(load_encoder())
    if path and path.exists():
        net.load_state_dict(torch.load(path, weights_only=True))
        return net.eval()
    torch.manual_seed(1)
    settings = argparse.Namespace(**RECIPE, epochs=args.epochs, sets=sets, fold=fold, out=name)
    train(net, tags_epochs(load_tokenizer(), settings, random.Random(1)), settings)
    if path:
        torch.save(net.state_dict(), path)
    return net


@torch.no_grad()
def read(net: TaggerNet, rows: list[Row], size: int = 32) -> list[Reading]:
    """Return what a net says of rows, as the shipped graph would."""
    model = Exported(net).eval()
    rows = encode(rows, load_tokenizer(), enough=ENOUGH)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    out: dict[int, Reading] = {}
    for at in range(0, len(order), size):
        part = order[at : at + size]
        given = collate([rows[i] for i in part])
        sentence, tokens = model(given["input_ids"], given["attention_mask"], given["token_type_ids"])
        for k, i in enumerate(part):
            heads = {name: value.numpy() for name, value in split_heads(sentence[k]).items()}
            own = tokens[k, 1 : rows[i].n_own + 1].numpy()
            out[i] = Reading(rows[i].text, heads, own, rows[i].offsets)
    return [out[i] for i in range(len(rows))]


def gold_of(rows: list[Row], label: str) -> np.ndarray:
    return np.array([bool(r.targets["tags"][TAGS.index(label)]) for r in rows])


def told(fit: tuple[np.ndarray, np.ndarray], x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return probabilities and decisions by a step and threshold fitted on other rows."""
    step = fit_step(*fit)
    chance = chance_of(step, x)
    return chance, chance >= best_threshold(chance_of(step, fit[0]))


def line(name: str, scores: list[float]) -> str:
    return f"{name:24s} " + " ".join(f"{s:.3f}" for s in scores) + f"  mean {np.mean(scores):.3f}"


def interviews(args: argparse.Namespace) -> None:
    parts = []
    for fold in range(args.folds):
        net = trained("train,dev,train_other", (fold, args.folds), args)
        rows = [r for name in ("train", "dev") for r in read_tags(name) if fold_of(r.group, args.folds) == fold]
        readings = read(net, rows)
        parts.append({label: (columns(rows, readings, label), gold_of(rows, label)) for label in LABELS})
        print(f"fold {fold}: {len(rows)} sentences of {len({r.group for r in rows})} interviews", flush=True)
    print(" " * 24, *LABELS)
    table = np.zeros((args.folds, len(LABELS)))
    for fold in range(args.folds):
        others = [p for i, p in enumerate(parts) if i != fold]
        for k, label in enumerate(LABELS):
            fit = tuple(np.concatenate([p[label][i] for p in others]) for i in (0, 1))
            x, y = parts[fold][label]
            table[fold, k] = f1(y, told((fit[0], fit[1]), x)[1])
        print(line(f"fold {fold}", table[fold].tolist()))
    print(line("mean of folds", table.mean(0).tolist()))
    print(line("standard deviation", table.std(0, ddof=1).tolist()), f"; of the means {table.mean(1).std(ddof=1):.3f}")


def other(args: argparse.Namespace) -> None:
    net = trained("train", None, args)
    dev, far = read_tags("dev"), read_tags("train_other")
    on_dev, on_far = read(net, dev), read(net, far)
    scores: dict[str, list[float]] = {"dev, held-out folds": [], "train_other": [], "train_other, own step": []}
    for label in LABELS:
        x, y = columns(dev, on_dev, label), gold_of(dev, label)
        a, b = columns(far, on_far, label), gold_of(far, label)
        found = [held_out(x, y, [r.group for r in dev])[1], told((x, y), a)[1]]
        own = held_out(a, b, [r.group for r in far])[1]
        for name, gold, hits in zip(scores, (y, b, b), (*found, own), strict=True):
            scores[name].append(f1(gold, hits))
    print(" " * 24, *LABELS)
    for name, values in scores.items():
        print(line(name, values))


def needs(args: argparse.Namespace) -> None:
    net = trained("train", None, args)
    dev, rows = read_tags("dev"), read_needs()
    on_dev, on_rows = read(net, dev), read(net, rows)
    gold = np.array([r.targets["need"][0] > 0 for r in rows])
    chances, hits = [], np.zeros(len(rows), bool)
    for label in ("struggle", "desire"):
        chance, found = told((columns(dev, on_dev, label), gold_of(dev, label)), columns(rows, on_rows, label))
        chances.append(chance)
        hits |= found
        print(f"{label:20s} {scored(gold, chance, found)}")
    print(f"{'either':20s} {scored(gold, 1 - np.prod([1 - c for c in chances], axis=0), hits)}")
    cues = np.array([bool({"struggle", "desire"} & {c.label for c in find_cues(r.text)}) for r in rows])
    print(f"{'cue words':20s} {scored(gold, cues, cues)}")
    print(f"{len(rows)} sentences, {gold.mean():.3f} state a need")


def scored(gold: np.ndarray, chance: np.ndarray, found: np.ndarray) -> str:
    macro = f1_score(gold, found, average="macro")
    return (
        f"AUC {roc_auc_score(gold, chance):.3f} average precision {average_precision_score(gold, chance):.3f} "
        f"macro F1 {macro:.3f}, F1 of needs {f1(gold, found):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("interviews", "other", "needs"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--keep", type=Path, default=None, help="folder that keeps the nets from run to run")
    args = parser.parse_args()
    if args.keep:
        args.keep.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    {"interviews": interviews, "other": other, "needs": needs}[args.what](args)


if __name__ == "__main__":
    main()
