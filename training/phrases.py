"""Trains models/phrases, the grader of worded clauses: ``python training/phrases.py [--folds]``.

Its inputs are clauses that the drafter cut and worded, with their slot and the sentence that they come from, and goals with
a circumstance or an outcome; its targets are grades that were given by reading: 2 good as it stands, 1 the right idea or
fit, 0 not to be used (``data/phrases.tsv``, ``data/fits.tsv``).
``--folds`` prints what a net says of cohorts that it never saw, and writes nothing. ``--go-on n_`` goes on from what ships with
the grades of cohorts whose names start so, and some of the others, and prints before and after what it says of clauses and
pairs that nothing was trained on (``benchmarks/talk_clauses.tsv``, ``benchmarks/pair_marks.tsv``). ``--say`` prints what the
int8 model that ships says of them, and trains nothing. Seeded.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from from_int8 import float_weights
from int8 import to_int8
from phrase_data import Phrase, read_phrases, read_unseen
from sklearn.metrics import roc_auc_score
from tagger import load_tokenizer
from tagger_export import record
from tagger_net import load_encoder
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from jtbd_nlp.drafting.choosing.grading import TASKS
from jtbd_nlp.drafting.choosing.pairs import MAX_TOKENS, load_pairs

MODELS = Path(__file__).resolve().parents[1] / "models"
BATCH, RATE, HEAD_RATE, EMA, FROZEN = 32, 1e-4, 1e-3, 0.98, 1
# new grades are seen so often, so many old ones once, and those of the times that it went on all once
GO_ON_RATE, GO_ON_HEAD_RATE, TIMES, AGAIN, LAST = 8e-5, 3e-4, 4, 4000, ("n_", "h_")
SMOOTHING = 0.06
N_TYPICAL = 300  # inputs that the int8 scales are measured on


class PhraseNet(nn.Module):
    """MiniLM with two logits a task, usable and good, on [CLS] and the mean of the worded text."""

    def __init__(self, attention: str = "sdpa") -> None:
        super().__init__()
        self.encoder = load_encoder(attention)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(2 * self.encoder.config.hidden_size, 2 * len(TASKS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Return logits of shape (batch, 2 * slots)."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        own = (attention_mask * (1 - token_type_ids)).unsqueeze(1).to(hidden.dtype)
        mean = torch.matmul(own, hidden).squeeze(1) / own.sum(2)
        both = self.dropout(torch.cat([hidden[:, 0], mean], -1))
        # twice: a product of one row is rounded otherwise than one of several
        logits: Tensor = self.head(torch.cat([both, both]))[: both.shape[0]]
        return logits


def encoded(phrases: list[Phrase], tokenizer: Tokenizer) -> list[tuple[list[int], list[int]]]:
    """Return token ids and types of each, as the library reads them."""
    tokenizer.enable_truncation(MAX_TOKENS["phrases"])
    found = tokenizer.encode_batch([(p.words, p.source) for p in phrases])
    return [(e.ids, e.type_ids) for e in found]


def collate(rows: list[tuple[list[int], list[int]]]) -> dict[str, Tensor]:
    """Pad a batch; padding has token type 1, so that only the clause is averaged."""
    length = max(len(ids) for ids, _ in rows)
    ids = np.zeros((len(rows), length), np.int64)
    mask, types = np.zeros_like(ids), np.ones_like(ids)
    for i, (mine, kinds) in enumerate(rows):
        ids[i, : len(mine)], mask[i, : len(mine)], types[i, : len(mine)] = mine, 1, kinds
    named = (("input_ids", ids), ("attention_mask", mask), ("token_type_ids", types))
    return {name: torch.from_numpy(value) for name, value in named}


def batches(lengths: list[int], rng: random.Random) -> list[list[int]]:
    """Shuffle, then sort within pools by length, so that little is padded."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    pools = [sorted(order[i : i + 20 * BATCH], key=lengths.__getitem__) for i in range(0, len(order), 20 * BATCH)]
    found = [pool[i : i + BATCH] for pool in pools for i in range(0, len(pool), BATCH)]
    rng.shuffle(found)
    return found


def optimiser(net: PhraseNet, rate: float = RATE, head_rate: float = HEAD_RATE) -> torch.optim.AdamW:
    """AdamW; word vectors and the lowest layer stay as they are."""
    for part in (net.encoder.embeddings, *net.encoder.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    upper = [p for p in net.encoder.parameters() if p.requires_grad]
    groups = [{"params": upper, "peak": rate}, {"params": list(net.head.parameters()), "peak": head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def train(phrases: list[Phrase], args: argparse.Namespace, seed: int = 0) -> PhraseNet:
    """Return a net trained on the phrases: the moving average of its weights."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    net = PhraseNet()
    rows = encoded(phrases, load_tokenizer())
    plan = [b for _ in range(args.epochs) for b in batches([len(ids) for ids, _ in rows], rng)]
    return fit(net, optimiser(net), phrases, rows, plan, bf16=args.bf16)


def go_on(phrases: list[Phrase], start: str, seed: int = 0) -> PhraseNet:
    """Return what ships, trained on with the grades of some cohorts, and a part of the others so that it forgets nothing."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    net = PhraseNet()
    net.load_state_dict(net.state_dict() | float_weights(MODELS / "phrases" / "model.onnx"))
    unseen = read_unseen()
    say("before", chances(net.eval(), unseen), unseen)
    new = [i for i, p in enumerate(phrases) if p.cohort.startswith(start)]
    last = [i for i, p in enumerate(phrases) if p.cohort.startswith(LAST) and not p.cohort.startswith(start)]
    old = last + rng.sample(sorted(set(range(len(phrases))) - {*new, *last}), AGAIN)
    rng.shuffle(old)
    rows = encoded(phrases, load_tokenizer())
    plan = []
    for turn in range(TIMES):
        seen = new + old[turn::TIMES]
        plan += [[seen[i] for i in batch] for batch in batches([len(rows[i][0]) for i in seen], rng)]
    net = fit(net, optimiser(net, GO_ON_RATE, GO_ON_HEAD_RATE), phrases, rows, plan)
    say("after", chances(net, unseen), unseen)
    return net


def fit(
    net: PhraseNet,
    opt: torch.optim.AdamW,
    phrases: list[Phrase],
    rows: list[tuple[list[int], list[int]]],
    plan: list[list[int]],
    *,
    bf16: bool = False,
) -> PhraseNet:
    """Train along a plan of batches; return the moving average of the weights."""
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(EMA))
    net.train()
    for step, batch in enumerate(plan):
        for group in opt.param_groups:
            warm = min(1.0, (step + 1) / (0.1 * len(plan)))
            group["lr"] = group["peak"] * warm * 0.5 * (1 + math.cos(math.pi * step / len(plan)))
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            logits = net(**collate([rows[i] for i in batch])).float()
        loss = loss_of(logits, [phrases[i] for i in batch])
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        opt.zero_grad()
        average.update_parameters(net)
        if (step + 1) % 100 == 0:
            print(f"step {step + 1}/{len(plan)} loss {loss.item():.3f}", flush=True)
    net.load_state_dict(average.module.state_dict())
    return net.eval()


def of_task(logits: Tensor, phrases: list[Phrase]) -> Tensor:
    """Return (batch, 2): the two logits of each phrase's own task."""
    at = torch.tensor([TASKS.index(p.task) for p in phrases])
    return logits.view(len(phrases), len(TASKS), 2)[torch.arange(len(phrases)), at]


def loss_of(logits: Tensor, phrases: list[Phrase]) -> Tensor:
    """Binary cross entropy of usable (grade 1 and 2) and good (grade 2)."""
    target = torch.tensor([[float(p.grade >= 1), float(p.grade == 2)] for p in phrases])
    return F.binary_cross_entropy_with_logits(of_task(logits, phrases), target * (1 - SMOOTHING) + SMOOTHING / 2)


@torch.no_grad()
def chances(net: PhraseNet, phrases: list[Phrase]) -> np.ndarray:
    """Return (n, 2): the chances of usable and good."""
    rows = encoded(phrases, load_tokenizer())
    order, found = sorted(range(len(rows)), key=lambda i: len(rows[i][0])), np.zeros((len(rows), 2))
    for at in range(0, len(order), 64):
        part = order[at : at + 64]
        found[part] = torch.sigmoid(of_task(net(**collate([rows[i] for i in part])), [phrases[i] for i in part]))
    return found


def shipped_chances(phrases: list[Phrase]) -> np.ndarray:
    """Return what `chances` does, of the int8 model that ships: rounding its weights costs something."""
    logits = load_pairs("phrases")([(p.words, p.source) for p in phrases])
    with torch.no_grad():
        found: np.ndarray = torch.sigmoid(of_task(torch.from_numpy(logits), phrases)).numpy()
    return found


def say(when: str, found: np.ndarray, phrases: list[Phrase]) -> None:
    """Print what a net says of graded clauses and pairs."""
    for task in TASKS:
        at = [i for i, p in enumerate(phrases) if p.task == task]
        for k, name in enumerate(("usable", "good")):
            gold = [phrases[i].grade > k for i in at]
            print(f"{when}: {task} of unseen talk, n {len(at)}, {name} {np.mean(gold):.2f}, said {found[at, k].mean():.2f}, "
                  f"AUC {roc_auc_score(gold, found[at, k]):.3f}", flush=True)  # fmt: skip


def folds(phrases: list[Phrase], args: argparse.Namespace, n: int = 4) -> None:
    """Print AUC and calibration on cohorts left out."""
    names = sorted({p.cohort for p in phrases})
    found = np.zeros((len(phrases), 2))
    for fold in range(n):
        held = [i for i, p in enumerate(phrases) if names.index(p.cohort) % n == fold]
        net = train([p for i, p in enumerate(phrases) if i not in set(held)], args, fold)
        found[held] = chances(net, [phrases[i] for i in held])
    for task in TASKS:
        at = [i for i, p in enumerate(phrases) if p.task == task]
        for k, (name, least) in enumerate((("usable", 1), ("good", 2))):
            gold = np.array([phrases[i].grade >= least for i in at])
            rules = roc_auc_score(gold, [-phrases[i].cost for i in at])
            told = found[at, k]
            print(f"{task:14s} {name:6s} n {len(at)} share {gold.mean():.2f} said {told.mean():.2f} "
                  f"AUC {roc_auc_score(gold, told):.3f}, of the rules' cost {rules:.3f}", flush=True)  # fmt: skip


def export(weights: dict[str, Any], phrases: list[Phrase]) -> None:
    """Write int8 ONNX and the tokenizer, and their entries in the index."""
    net = PhraseNet("eager")
    net.load_state_dict(weights)
    ids, names = torch.ones(2, 8, dtype=torch.long), ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "tokens"} for name in names} | {"logits": {0: "batch"}}
    target, rows = MODELS / "phrases", encoded(random.Random(0).sample(phrases, N_TYPICAL), load_tokenizer())
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            net.eval(), (ids, ids, ids * 0), str(plain), input_names=names, output_names=["logits"], dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        to_int8(plain, target / "model.onnx", [{k: v.numpy() for k, v in collate([row]).items()} for row in rows])
    tokenizer = load_tokenizer()
    tokenizer.save(str(target / "tokenizer.json"))
    for name in ("model.onnx", "tokenizer.json"):
        print(record(MODELS, f"phrases/{name}"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--folds", action="store_true", help="print figures on cohorts left out, write nothing")
    parser.add_argument("--go-on", metavar="START", help="go on from what ships with the cohorts whose names start so")
    parser.add_argument(
        "--say", action="store_true", help="print what ships says of unseen clauses and pairs, train nothing"
    )
    parser.add_argument("--bf16", action="store_true", help="matrix products in bfloat16: twice as fast where built in")
    args = parser.parse_args()
    torch.set_num_threads(1)  # sums in one order
    torch.set_flush_denormal(True)
    if args.say:
        unseen = read_unseen()
        say("shipped", shipped_chances(unseen), unseen)
        return
    phrases = read_phrases()
    print(len(phrases), "graded phrases")
    if args.folds:
        folds(phrases, args)
    else:
        net = go_on(phrases, args.go_on) if args.go_on else train(phrases, args)
        export(net.state_dict(), phrases)


if __name__ == "__main__":
    main()
