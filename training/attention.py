"""Writes out attention in single steps whose results are the same bits on every x86 processor.

onnxruntime's fused attention adds up a softmax in as many lanes as the processor has: with AVX2 and with AVX-512 the last
digit differs, and where that digit decides how an activation is rounded to a whole number, a passage gets another vector.
The steps below add in one order everywhere (docs/decisions.md has the figures). They take inputs of equal lengths, no mask.

    python training/attention.py passages tagger     rewrites models/<name>/model.onnx that still hold fused attention
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import onnx
from index import MODELS, record
from onnx import NodeProto, helper, numpy_helper

FUSED = "MultiHeadAttention"


def write_out(model: onnx.ModelProto) -> int:
    """Replace each fused attention in place; return how many there were."""
    graph = model.graph
    fused = [n for n in graph.node if n.op_type == FUSED]
    if not fused:
        return 0
    heads = next(a.i for a in fused[0].attribute if a.name == "num_heads")
    width = _width(graph, fused[0].input[0])
    constants = {
        "heads_apart": np.array([0, 0, heads, width // heads]),
        "heads_joined": np.array([0, 0, width]),
        "heads_scale": np.float32(1 / np.sqrt(width // heads)),
        "last_axis": np.array([-1]),
    }
    nodes = [step for n in graph.node for step in (_steps(n) if n.op_type == FUSED else [n])]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items())
    return len(fused)


def _width(graph: onnx.GraphProto, part: str) -> int:
    """Return the width of queries, keys and values: the sizes that they are split by."""
    sizes = next(n.input[1] for n in graph.node if part in n.output)
    return int(numpy_helper.to_array(next(i for i in graph.initializer if i.name == sizes))[0])


def _steps(node: NodeProto) -> Iterator[NodeProto]:
    query, key, value = node.input[:3]
    base = node.output[0]
    for source, name, order in ((query, "q", (0, 2, 1, 3)), (key, "k", (0, 2, 3, 1)), (value, "v", (0, 2, 1, 3))):
        yield helper.make_node("Reshape", [source, "heads_apart"], [f"{base}_{name}_heads"])
        yield helper.make_node("Transpose", [f"{base}_{name}_heads"], [f"{base}_{name}"], perm=order)
    plain: tuple[tuple[str, list[str], str], ...] = (
        ("MatMul", ["q", "k"], "products"),
        ("Mul", ["products", "heads_scale"], "scores"),
        ("ReduceMax", ["scores"], "most"),
        ("Sub", ["scores", "most"], "below"),
        ("Exp", ["below"], "weights"),
        ("ReduceSum", ["weights", "last_axis"], "sum"),
        ("MatMul", ["weights", "v"], "mixed"),
        ("Div", ["mixed", "sum"], "mean"),
    )
    shared = {"heads_scale", "last_axis"}
    extra = {"ReduceMax": {"axes": [-1], "keepdims": 1}, "ReduceSum": {"keepdims": 1}}
    for kind, inputs, result in plain:
        names = [i if i in shared else f"{base}_{i}" for i in inputs]
        yield helper.make_node(kind, names, [f"{base}_{result}"], **extra.get(kind, {}))
    yield helper.make_node("Transpose", [f"{base}_mean"], [f"{base}_back"], perm=(0, 2, 1, 3))
    yield helper.make_node("Reshape", [f"{base}_back", "heads_joined"], [base])


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+")
    for name in parser.parse_args().models:
        path = MODELS / name / "model.onnx"
        model = onnx.load(str(path))
        print(name, write_out(model), "attentions written out")
        onnx.checker.check_model(model)
        onnx.save(model, str(path))
        print(record(f"{name}/model.onnx"))


if __name__ == "__main__":
    main()
