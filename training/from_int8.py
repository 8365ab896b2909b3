"""Reads an int8 graph of `int8.to_int8` back into float weights, to go on training from what ships.

What int8 rounded away stays lost (weights have 7 bits); a few steps of training make up for it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from jtbd_nlp.records import SPANS

PRODUCTS = 4  # a layer: query, key and value in one; attention's output; the inner layer; its output
_KEPT = (
    "attention.output.dense.bias", "attention.output.LayerNorm.weight", "attention.output.LayerNorm.bias",
    "intermediate.dense.bias", "output.dense.bias", "output.LayerNorm.weight", "output.LayerNorm.bias",
)  # fmt: skip
_HEADS = ("head.weight", "head.bias", "sentence.weight", "sentence.bias")


def float_weights(path: Path) -> dict[str, Tensor]:
    """Return the weights of the encoder's layers, and of the float heads if there are any, by their names in the net.

    Parameters
    ----------
    path : Path
        A ``model.onnx`` of ``models/``.
    """
    model = onnx.load(str(path))
    known = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    made = {name: node for node in model.graph.node for name in node.output}
    products = [_product(node, made, known) for node in model.graph.node if node.op_type == "MatMulIntegerToFloat"]
    found = {name: known[name] for name in _HEADS if name in known}
    if "token.bias" in known:  # of the tagger: behind the spans' columns stand those that only the export adds
        weights = next(known[n.input[1]] for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in known)
        n_spans = 3 * len(SPANS)
        found |= {"token.weight": weights.T[:n_spans], "token.bias": known["token.bias"][:n_spans]}
    for layer in range(len(products) // PRODUCTS):
        found |= _layer(layer, products[PRODUCTS * layer : PRODUCTS * (layer + 1)], known)
    return {name: torch.tensor(np.array(value), dtype=torch.float32) for name, value in found.items()}


def _product(node: onnx.NodeProto, made: dict[str, onnx.NodeProto], known: dict[str, np.ndarray]) -> np.ndarray:
    """Return a product's weights with what was moved to them from the activations (``smooth``)."""
    smooth = known[made[made[node.input[0]].input[0]].input[1]]
    weights: np.ndarray = known[node.input[1]].astype(np.float64) * known[node.input[3]] * smooth[:, None]
    return weights


def _layer(number: int, products: list[np.ndarray], known: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    attention, out, inner, last = products
    at = f"encoder.encoder.layer.{number}."
    found = {at + name: known[at + name] for name in _KEPT}
    sides = zip(np.split(attention, 3, axis=1), np.split(known[f"Attention_{number}_qkv_bias"], 3), strict=True)
    for name, (weights, bias) in zip(("query", "key", "value"), sides, strict=True):
        found[f"{at}attention.self.{name}.weight"], found[f"{at}attention.self.{name}.bias"] = weights.T, bias
    for name, weights in (("attention.output", out), ("intermediate", inner), ("output", last)):
        found[f"{at}{name}.dense.weight"] = weights.T
    return found
