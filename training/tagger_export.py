"""Exports trained tagger weights to int8 ONNX: ``python training/tagger_export.py weights.pt ROOT``.

Writes ROOT/tagger/model.onnx, tokenizer.json and a config.json with neutral decisions (tagger_fit.py fits them), and
their entries in ROOT/index.json.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from int8 import to_int8
from tagger import load_tokenizer
from tagger_data import SHARED, TAGS, read_goemotions, read_reviews, read_tags
from tagger_net import HEADS, TaggerNet, load_net
from torch import Tensor, nn

from jtbd_nlp.tagging.encoding import encode_pairs


class Exported(nn.Module):
    """The net without dropout; the token output also has what each token adds to every tag's logit through the mean."""

    def __init__(self, net: TaggerNet) -> None:
        super().__init__()
        self.encoder, width = net.encoder, net.encoder.config.hidden_size
        self.sentence = net.sentence
        self.token = nn.Linear(width, net.token.out_features + len(TAGS))
        with torch.no_grad():
            self.token.weight.copy_(torch.cat([net.token.weight, net.sentence.weight[: len(TAGS), width:]]))
            self.token.bias.copy_(torch.cat([net.token.bias, torch.zeros(len(TAGS))]))

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Return sentence logits (batch, heads) and token columns (batch, tokens, 12 + tags)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        own = (mask * (1 - types)).unsqueeze(1).to(hidden.dtype)
        mean = torch.matmul(own, hidden).squeeze(1) / own.sum(2)
        both = torch.cat([hidden[:, 0], mean], -1)
        # twice: a product of one row is rounded otherwise than one of several
        return self.sentence(torch.cat([both, both]))[: ids.shape[0]], self.token(hidden)


def typical_inputs() -> list[dict[str, np.ndarray]]:
    """Return the inputs that the int8 scales are measured on: training sentences of several kinds, as the tagger reads them."""
    rng = random.Random(0)
    rows = rng.sample(read_tags("train"), 250) + rng.sample(read_tags("train_other"), 150)
    rows += rng.sample(read_goemotions("train"), 100) + rng.sample(read_reviews(), 100)
    rows += rng.sample(read_tags("invented"), 150)
    windows = encode_pairs(load_tokenizer(), [r.text for r in rows], [r.context for r in rows])
    return [
        {
            "input_ids": np.array([w.ids]),
            "attention_mask": np.ones((1, len(w.ids)), np.int64),
            "token_type_ids": np.array([w.type_ids]),
        }
        for w, *_ in windows
    ]


def export(net: TaggerNet, target: Path) -> None:
    """Write the int8 graph."""
    model = Exported(net).eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {0: "batch", 1: "tokens"} for name in [*names, "tokens"]} | {"sentence": {0: "batch"}}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            model, (ids, ids, ids * 0), str(plain), input_names=names, output_names=["sentence", "tokens"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        to_int8(plain, target, typical_inputs())


def settings() -> dict[str, object]:
    """Return decisions before any fitting."""
    heads, at = {}, 0
    for name, width in HEADS.items():
        heads[name] = [at, at + width]
        at += width
    names = (SHARED / "emotion" / "goemotions_labels.txt").read_text(encoding="utf8").split()
    return {
        "version": 1, "tags": list(TAGS), "heads": heads, "edge_weight": 0.02, "force_threshold": 0.5,
        "stack": {t: {"bias": 0.0, f"tags.{i}": 1.0} for i, t in enumerate(TAGS)}, "stances": {},
        "thresholds": dict.fromkeys(TAGS, 0.5), "doubt": dict.fromkeys(TAGS, 0.15),
        "goemotions": {"labels": [n for n in names if not n.isdigit()], "thresholds": [0.3] * 28},
    }  # fmt: skip


def record(root: Path, name: str) -> str:
    """Write the entry of a file in the index of its models root; return a line to print."""
    data, path = (root / name).read_bytes(), root / "index.json"
    index = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    index[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(dict(sorted(index.items())), indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)
    return f"{name}  {index[name]['sha256']}  {len(data)} bytes"


def main() -> None:
    weights, root = sys.argv[1], Path(sys.argv[2])
    folder = root / "tagger"
    folder.mkdir(parents=True, exist_ok=True)
    export(load_net(torch.load(weights, weights_only=True), "eager"), folder / "model.onnx")
    load_tokenizer().save(str(folder / "tokenizer.json"))
    (folder / "config.json").write_text(json.dumps(settings(), indent=1) + "\n", encoding="utf8")
    for name in ("model.onnx", "tokenizer.json", "config.json"):
        print(record(root, f"tagger/{name}"))


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
