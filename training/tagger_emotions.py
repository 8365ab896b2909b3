"""Fits the tagger's GoEmotions head anew on what the frozen int8 encoder gives: ``python training/tagger_emotions.py ROOT``.

In: a models root with ``tagger/``; out: the head's rows in its ``model.onnx`` and the thresholds in its ``config.json``.
All other weights stay as they are, and the other heads give the same bits, which is checked. While the net is trained, the
head sees a part of the comments and follows an encoder that moves; here it sees all of them and the encoder as it ships.
Strength of regularisation and thresholds come from folds over the training file; the dev file is only scored.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tagger_data import Row, read_goemotions
from tagger_export import record
from tagger_fit import RARE_GRID, best_threshold, f1, save
from torch import Tensor
from torch.nn import functional as F

from jtbd_nlp.inference import OnnxModel
from jtbd_nlp.tagging.encoding import encode_pairs
from jtbd_nlp.tagging.model import ModelTagger

FOLDS = 3
STRENGTHS = (1000.0, 300.0, 100.0)  # of L2 on weights of scaled features, strongest first: each goes on from the last
STEPS = 60  # of L-BFGS; more change no digit that is printed
CHECKED = 500  # comments on which the other heads must give the same bits


def sentence_head(model: onnx.ModelProto) -> onnx.NodeProto:
    """Return the product that holds all sentence heads."""
    return next(n for n in model.graph.node if "sentence.weight" in n.input)


def pooled(root: Path, rows: list[Row]) -> np.ndarray:
    """Return what the sentence heads of the shipped graph see of each text: [CLS] and the mean of its tokens."""
    model = onnx.load(str(root / "tagger" / "model.onnx"))
    seen = helper.make_tensor_value_info(sentence_head(model).input[0], TensorProto.FLOAT, None)
    model.graph.output.append(seen)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        (copy / "tagger").mkdir()
        onnx.save(model, str(copy / "tagger" / "model.onnx"))
        (copy / "tagger" / "tokenizer.json").write_bytes((root / "tagger" / "tokenizer.json").read_bytes())
        for name in ("tagger/model.onnx", "tagger/tokenizer.json"):
            record(copy, name)
        os.environ["JTBD_NLP_MODELS"] = folder
        runner = OnnxModel("tagger")
        runner.tokenizer.no_truncation()
        windows = encode_pairs(runner.tokenizer, [r.text for r in rows], [""] * len(rows))
        found = np.stack([outputs[2] for outputs in runner.run_each([w[0] for w in windows])])
    os.environ["JTBD_NLP_MODELS"] = str(root)
    return found


def fit_head(
    x: Tensor, y: Tensor, strength: float, start: tuple[Tensor, Tensor] | None = None
) -> tuple[Tensor, Tensor]:
    """Return weights and biases of one logistic regression a label, all fitted together."""
    weight = (start[0].clone() if start else torch.zeros(x.shape[1], y.shape[1])).requires_grad_()
    bias = (start[1].clone() if start else torch.logit(y.mean(0).clamp(1e-4, 1 - 1e-4))).requires_grad_()
    search = torch.optim.LBFGS([weight, bias], max_iter=STEPS, line_search_fn="strong_wolfe", tolerance_change=1e-9)

    def loss() -> Tensor:
        search.zero_grad()
        wrong = F.binary_cross_entropy_with_logits(x @ weight + bias, y, reduction="sum")
        total = (wrong + strength / 2 * (weight**2).sum()) / len(x)
        total.backward()
        return total

    search.step(loss)
    return weight.detach(), bias.detach()


def held_out(x: Tensor, y: Tensor, fold: np.ndarray) -> dict[float, np.ndarray]:
    """Return by strength what heads fitted on the other folds say of each text, in probabilities."""
    chance = {strength: np.zeros(tuple(y.shape)) for strength in STRENGTHS}
    for k in range(FOLDS):
        rest, own = torch.from_numpy(fold != k), torch.from_numpy(fold == k)
        head = None
        for strength in STRENGTHS:
            head = fit_head(x[rest], y[rest], strength, head)
            chance[strength][fold == k] = torch.sigmoid(x[own] @ head[0] + head[1]).numpy()
    return chance


def log_loss(gold: np.ndarray, chance: np.ndarray) -> float:
    """Return the summed log loss of a text; mean over texts."""
    right = np.where(gold, chance, 1 - chance).clip(1e-9)
    return float(-np.log(right).sum(1).mean())


def thresholds(chance: np.ndarray) -> list[float]:
    """Return the threshold of each label with the best expected F1, see `tagger_fit.best_threshold`."""
    return [best_threshold(column, RARE_GRID) for column in chance.T]


def scores(gold: np.ndarray, chance: np.ndarray, bars: list[float]) -> list[float]:
    """Return the F1 of each label."""
    return [f1(gold[:, k], chance[:, k] >= bar) for k, bar in enumerate(bars)]


def fit(root: Path) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """Return weights (labels, features), biases and thresholds; prints what the folds say."""
    rows = read_goemotions("train")
    features, y = pooled(root, rows), torch.from_numpy(np.stack([r.targets["goemotions"] for r in rows]))
    middle, spread = features.mean(0, dtype=np.float64), features.std(0, dtype=np.float64) + 1e-3
    x = torch.from_numpy(((features - middle) / spread).astype(np.float32))
    fold, gold = np.random.default_rng(0).permutation(len(rows)) % FOLDS, y.numpy() > 0
    chance = held_out(x, y, fold)
    worth = {strength: _crossed(gold, chance[strength], fold) for strength in STRENGTHS}
    for strength, score in worth.items():
        print(f"strength {strength:.0f}: log loss {log_loss(gold, chance[strength]):.4f}, macro F1 {score:.4f}")
    strength = max(worth, key=lambda s: worth[s])  # by what is asked for; the log loss is least at another one
    weight, bias = (part.numpy().astype(np.float64) for part in fit_head(x, y, strength))
    scaled = weight / spread[:, None]
    return scaled.T, bias - middle @ scaled, thresholds(chance[strength])


def _crossed(gold: np.ndarray, chance: np.ndarray, fold: np.ndarray) -> float:
    """Return the macro F1 of folds, each with thresholds from the others."""
    means = []
    for k in range(FOLDS):
        bars = thresholds(chance[fold != k])
        means.append(np.mean(scores(gold[fold == k], chance[fold == k], bars)))
    return float(np.mean(means))


def write_head(path: Path, place: tuple[int, int], weight: np.ndarray, bias: np.ndarray) -> None:
    """Put a head's weights and biases at its rows of all sentence heads."""
    model = onnx.load(str(path))
    known = {i.name: i for i in model.graph.initializer}
    for name, values in zip(sentence_head(model).input[1:], (weight, bias), strict=True):
        array = numpy_helper.to_array(known[name]).copy()
        array[slice(*place)] = values
        known[name].CopyFrom(numpy_helper.from_array(array, name))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def other_heads(texts: list[str]) -> list[bytes]:
    """Return the bits of all that the tagger says of texts but of the 28 emotions."""
    found = []
    for reading in ModelTagger("tagger").read(texts, [""] * len(texts)):
        heads = [logits.tobytes() for name, logits in sorted(reading.heads.items()) if name != "goemotions"]
        found.append(b"".join([*heads, reading.tokens.tobytes()]))
    return found


def score(tagger: ModelTagger) -> None:
    """Print the macro F1 of the 28 labels on the dev file, and each label's."""
    rows, told = read_goemotions("dev"), tagger.settings["goemotions"]
    readings = tagger.read([r.text for r in rows], [""] * len(rows))
    chance = 1 / (1 + np.exp(-np.array([r.heads["goemotions"] for r in readings], np.float64)))
    found = scores(np.array([r.targets["goemotions"] > 0 for r in rows]), chance, told["thresholds"])
    print(f"GoEmotions dev, {len(rows)} comments: macro F1 {np.mean(found):.3f}")
    for name, value in zip(told["labels"], found, strict=True):
        print(f"  {name:15s} {value:.3f}")


def main() -> None:
    """``--score`` prints the figure of what stands there and changes nothing."""
    root = Path(sys.argv[1]).resolve()
    os.environ["JTBD_NLP_MODELS"] = str(root)
    torch.set_num_threads(1)
    if "--score" not in sys.argv:
        texts = [r.text for r in read_goemotions("dev")[:CHECKED]]
        before, settings = other_heads(texts), ModelTagger("tagger").settings
        weight, bias, settings["goemotions"]["thresholds"] = fit(root)
        write_head(root / "tagger" / "model.onnx", settings["heads"]["goemotions"], weight, bias)
        print(record(root, "tagger/model.onnx"))
        save(root, settings)
        refresh()
        if other_heads(texts) != before:
            raise SystemExit("the other heads must give the same bits as before; they do not")
    score(ModelTagger("tagger"))


def refresh() -> None:
    """Forget which files were checked, since they were written anew."""
    from jtbd_nlp import models

    models._checked.cache_clear()


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
