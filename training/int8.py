"""Turns an exported BERT-like encoder into an int8 ONNX graph whose rows do not depend on one another.

``to_int8(plain, target, feeds)``: fuse, measure activations on calibration inputs, smooth, quantize. Used by encoder.py
and tagger_export.py.

Why not onnxruntime's dynamic quantization: it takes its scales from the whole input, so texts could only be run one by
one, and every run fetched all weights anew. Here each activation has one fixed scale, integer products are exact, and
texts of equal length share a run without changing a bit of each other's result. Channels with large activations are
scaled down and their weights up (SmoothQuant, Xiao et al. 2023), which makes fixed scales as close to float32 as
dynamic ones were. Add + LayerNormalization stay apart: onnxruntime's fused SkipLayerNormalization is five times slower.
Attention is written out (attention.py), so that every x86 processor gives the same bits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime
from attention import write_out
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

CONTRIB = "com.microsoft"
LEVELS = 63  # 7-bit weights: processors without VNNI saturate on the sums of 8-bit products
SMOOTHING = (0.5, 0.6, 0.7, 0.8, 0.9)  # tried: how much of a channel's range moves from activations to weights
SHRINK = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)  # tried: share of the range seen that the scale covers
ROWS = 400  # that each try is measured on
KEPT_FLOAT = 128  # output columns up to which a product stays in float32: heads, which cost nothing


def to_int8(plain: Path, target: Path, feeds: Sequence[Mapping[str, np.ndarray]]) -> None:
    """Write the int8 graph of a float32 export.

    Parameters
    ----------
    plain : Path
        Exported by torch.onnx.export, opset 17, eager attention, no fusing.
    target : Path
        File to write. Its metadata says ``rows = independent``, which lets the library share runs.
    feeds : sequence of mappings
        Inputs of a few hundred typical texts: the scales come from them.
    """
    model = fuse(plain)
    seen = activations(model, feeds)
    quantize(model, seen)
    write_out(model)
    helper.set_model_props(model, {"rows": "independent"})
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def fuse(plain: Path) -> onnx.ModelProto:
    """Fuse attention, Gelu, LayerNormalization and the input embedding, nothing else."""
    first = onnx.load(str(plain))
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = options.enable_bias_gelu = False
    width = next(n for n in first.graph.initializer if "word_embeddings" in n.name).dims[1]
    fused = optimizer.optimize_model(
        str(plain), model_type="bert", num_heads=_heads(width), hidden_size=width, opt_level=0,
        optimization_options=options,
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "fused.onnx")
        fused.save_model_to_file(path)
        return onnx.load(path)


def _heads(width: int) -> int:
    return {384: 12, 768: 12, 312: 12, 256: 4, 512: 8, 1024: 16}[width]


def activations(model: onnx.ModelProto, feeds: Sequence[Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Return the rows that enter each product, by the name of the tensor."""
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    names = list(dict.fromkeys(n.input[0] for n in products(model)))
    given = {o.name for o in probe.graph.output}
    probe.graph.output.extend(
        helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in names if n not in given
    )
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(probe.SerializeToString(), options, providers=["CPUExecutionProvider"])
    wanted = {i.name for i in session.get_inputs()}
    rows: dict[str, list[np.ndarray]] = defaultdict(list)
    for feed in feeds:
        for name, value in zip(names, session.run(names, {k: v for k, v in feed.items() if k in wanted}), strict=True):
            rows[name].append(value.reshape(-1, value.shape[-1]))
    return {name: np.concatenate(parts) for name, parts in rows.items()}


def products(model: onnx.ModelProto) -> list[Any]:
    """Return the nodes that multiply by weights of an encoder layer."""
    wide = {i.name for i in model.graph.initializer if len(i.dims) == 2 and i.dims[1] > KEPT_FLOAT}
    return [n for n in model.graph.node if n.op_type in {"Attention", "MatMul"} and n.input[1] in wide]


def quantize(model: onnx.ModelProto, seen: Mapping[str, np.ndarray]) -> None:
    """Replace each product by an integer one with a fixed scale, in place."""
    graph = model.graph
    weights = {i.name: i for i in graph.initializer}
    chosen = {n.output[0]: n for n in products(model)}
    sharing: dict[str, list[str]] = defaultdict(list)
    for node in chosen.values():
        sharing[node.input[0]].append(node.input[1])
    new = _Nodes()
    merged: set[str] = set()
    for node in graph.node:
        if node.output[0] in merged:
            continue
        if node.op_type == "EmbedLayerNormalization":
            new.embedding(node, numpy_helper.to_array(weights[node.input[2]]))
            continue
        if node.output[0] not in chosen:
            new.nodes.append(node)
            continue
        source = node.input[0]
        matrices = {w: numpy_helper.to_array(weights[w]).astype(np.float32) for w in sharing[source]}
        scaled = new.entry(source, seen[source], list(matrices.values()))
        matrix = matrices[node.input[1]] * scaled[:, None]
        if node.op_type == "Attention":
            new.attention(node, matrix)
        else:
            bias, result = _bias_after(graph, node, weights)
            merged.add(result)
            new.product(source, matrix, bias, result)
    del graph.node[:]
    graph.node.extend(new.nodes)
    used = {name for node in graph.node for name in node.input}
    kept = [i for i in (*graph.initializer, *new.constants) if i.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def _bias_after(graph: Any, node: Any, weights: Mapping[str, Any]) -> tuple[str, str]:
    """Return the bias that is added to a product and the name of the sum, or no bias and the product's own name."""
    users = [n for n in graph.node if node.output[0] in n.input]
    if len(users) == 1 and users[0].op_type == "Add":
        other = next(i for i in users[0].input if i != node.output[0])
        if other in weights:
            return other, users[0].output[0]
    return "", node.output[0]


class _Nodes:
    """Collects the nodes and constants of the new graph."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._scales: dict[str, np.ndarray] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def embedding(self, node: Any, table: np.ndarray) -> None:
        """Look words up in a table of bytes with a scale a word, add place and segment, and normalise."""
        ids, segments, _, places, kinds, gamma, beta = node.input[:7]
        base = node.output[0]
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-9).astype(np.float32)
        words = self.constant(f"{base}_words", np.round(table / scale).astype(np.int8))
        scales = self.constant(f"{base}_scales", scale)
        start = self.constant(f"{base}_start", np.array([0]))
        epsilon = next((a.f for a in node.attribute if a.name == "epsilon"), 1e-12)
        steps = [
            ("Gather", [words, ids], "bytes", {}),
            ("Cast", ["bytes"], "floats", {"to": TensorProto.FLOAT}),
            ("Gather", [scales, ids], "sizes", {}),
            ("Mul", ["floats", "sizes"], "word", {}),
            ("Gather", [kinds, segments], "kind", {}),
            ("Shape", [ids], "length", {"start": 1, "end": 2}),
            ("Slice", [places, start, "length", start], "place", {}),
            ("Add", ["word", "kind"], "sum", {}),
            ("Add", ["sum", "place"], "all", {}),
            ("LayerNormalization", ["all", gamma, beta], base, {"axis": -1, "epsilon": epsilon}),
        ]
        own = {name for _, _, name, _ in steps if name != base}
        for kind, inputs, result, extra in steps:
            names = [f"{base}_{i}" if i in own else i for i in inputs]
            self.nodes.append(helper.make_node(kind, names, [f"{base}_{result}" if result in own else result], **extra))

    def entry(self, source: str, rows: np.ndarray, matrices: list[np.ndarray]) -> np.ndarray:
        """Quantize a tensor once for all products that take it; return what its channels were divided by."""
        if source in self._scales:
            return self._scales[source]
        divisor, scale, zero = best_scales(rows, np.concatenate(matrices, axis=1))
        self._scales[source] = divisor
        inverse = self.constant(f"{source}_smooth", (1 / divisor).astype(np.float32))
        self.nodes += [
            helper.make_node("Mul", [source, inverse], [f"{source}_even"]),
            helper.make_node(
                "QuantizeLinear",
                [
                    f"{source}_even",
                    self.constant(f"{source}_scale", np.float32(scale)),
                    self.constant(f"{source}_zero", np.uint8(zero)),
                ],
                [f"{source}_int8"],
            ),
        ]
        return divisor

    def product(self, source: str, matrix: np.ndarray, bias: str, result: str) -> None:
        """Add the integer product of a quantized tensor with a matrix."""
        whole, scale = whole_numbers(matrix)
        names = [
            f"{source}_int8", self.constant(f"{result}_weight", whole), f"{source}_scale",
            self.constant(f"{result}_columns", scale), f"{source}_zero", "", bias,
        ]  # fmt: skip
        self.nodes.append(helper.make_node("MatMulIntegerToFloat", names, [result], domain=CONTRIB))

    def attention(self, node: Any, matrix: np.ndarray) -> None:
        """Add the three projections as one product, and attention in float32; inputs have equal lengths, no mask."""
        heads = next(a.i for a in node.attribute if a.name == "num_heads")
        base = node.output[0]
        self.product(node.input[0], matrix, node.input[2], f"{base}_all")
        parts = [f"{base}_{name}" for name in ("query", "key", "value")]
        sizes = self.constant(f"{base}_sizes", np.array([matrix.shape[1] // 3] * 3))
        self.nodes += [
            helper.make_node("Split", [f"{base}_all", sizes], parts, axis=2),
            helper.make_node("MultiHeadAttention", parts, [base], domain=CONTRIB, num_heads=heads),
        ]


def whole_numbers(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights as whole numbers and the scale of each column."""
    scale = np.maximum(np.abs(matrix).max(axis=0) / LEVELS, 1e-9).astype(np.float32)
    return np.round(matrix / scale).clip(-LEVELS, LEVELS).astype(np.int8), scale


def best_scales(rows: np.ndarray, matrix: np.ndarray) -> tuple[np.ndarray, float, int]:
    """Return what to divide the channels by, and scale and zero point, for the least error of the product.

    The error is that of the integer product against the float one on some rows; every pair of `SMOOTHING` and `SHRINK`
    is tried, since what is best differs from layer to layer and one wrong range spoils all layers above.
    """
    some = rows[:: max(1, len(rows) // ROWS)]
    true = some @ matrix
    of_rows = np.percentile(np.abs(rows), 99.9, axis=0) + 1e-5
    of_weights = np.abs(matrix).max(axis=1) + 1e-5
    best: tuple[float, np.ndarray, float, int] | None = None
    for strength in SMOOTHING:
        divisor = of_rows**strength / of_weights ** (1 - strength)
        divisor = (divisor / np.exp(np.log(divisor).mean())).astype(np.float32)
        whole, columns = whole_numbers(matrix * divisor[:, None])
        weights, even = whole * columns, rows / divisor
        low, high = min(0.0, float(even.min())), max(0.0, float(even.max()))
        for share in SHRINK:
            scale = (high - low) * share / 255
            zero = round(-low * share / scale)
            back = (np.clip(np.round(some / divisor / scale) + zero, 0, 255) - zero) * np.float32(scale)
            error = float(((back @ weights - true) ** 2).mean())
            if best is None or error < best[0]:
                best = error, divisor, scale, zero
    if best is None:
        raise ValueError(f"rows must hold a number at least, got shape {rows.shape}. Give more texts.")
    return best[1:]
