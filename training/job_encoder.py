"""Tunes the upper half of all-MiniLM-L6-v2 to jobs, for `cluster_texts`: ``python training/job_encoder.py``.

    python training/job_encoder.py                                                 rebuild models/jobs
    python training/job_encoder.py --out build/A --without sales designers pets    leave domains out, print AUC on them

Writes ``jobs/model.onnx`` and its tokenizer below the folder, with their sha256 in its index.json.
Few steps, a low rate, the lower half frozen, batches of one domain each, and a penalty on moving similarities of
unlabelled sentences: what is learnt must be what a job is, and not which jobs these interviews tell of.
"""

from __future__ import annotations

import argparse
import copy
import os
import random
import shutil
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import index
import job_data
import numpy as np
import torch
from encoder import NAMES, ROOT, SEEN, SOURCE, MeanPooled, feeds_of, texts_of
from int8 import to_int8
from sklearn.metrics import roc_auc_score
from transformers import AutoModel, AutoTokenizer

FROZEN = 3  # layers
STEPS = 60
RATE = 4e-5
WARM = 15  # steps
TEMPERATURE = 0.1
KEEP = 5.0  # weight of the penalty
N_KEPT = 24  # unlabelled sentences a step
MAX_TOKENS = 48
MIX = {"cohorts": 6.0, "needs": 2.0, "intents": 1.0}


class JobNet:
    """The encoder in two halves; texts in, unit vectors out."""

    def __init__(self, max_tokens: int = MAX_TOKENS) -> None:
        self.max_tokens = max_tokens
        self.tokenizer = AutoTokenizer.from_pretrained(SOURCE)
        self.base = AutoModel.from_pretrained(SOURCE, attn_implementation="sdpa").eval()
        self.upper = copy.deepcopy(self.base.encoder.layer[FROZEN:])
        self.plain = copy.deepcopy(self.upper).eval()

    def encode(self, texts: list[str], half: torch.nn.Module | None = None) -> torch.Tensor:
        """Return (n_texts, 384) with the tuned upper half, or with another one; texts of like length side by side."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        parts = np.array_split(order, 1 + len(texts) // 32)
        rows = torch.cat([self._run([texts[i] for i in part], half) for part in parts])
        return rows[torch.from_numpy(np.argsort(order))]

    def _run(self, texts: list[str], half: torch.nn.Module | None) -> torch.Tensor:
        feed = self.tokenizer(texts, padding=True, truncation=True, max_length=self.max_tokens, return_tensors="pt")
        weights = feed["attention_mask"].float()
        mask = torch.zeros_like(weights).masked_fill(weights == 0, -1e9)[:, None, None, :]
        with torch.no_grad():
            states = self.base.embeddings(input_ids=feed["input_ids"], token_type_ids=feed["token_type_ids"])
            for layer in self.base.encoder.layer[:FROZEN]:
                states = _first(layer(states, mask))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.is_grad_enabled()):
            for layer in self.upper if half is None else half:
                states = _first(layer(states, mask))
        states = states.float()
        return torch.nn.functional.normalize((states * weights[..., None]).sum(1) / weights.sum(1, keepdim=True), dim=1)

    def vectors(self, texts: list[str]) -> np.ndarray:
        """Return the vectors of many texts, without gradients."""
        self.upper.eval()
        with torch.no_grad():
            return self.encode(texts).numpy()


def _first(output: object) -> torch.Tensor:
    return output[0] if isinstance(output, tuple) else output


def _similarities(vectors: torch.Tensor) -> torch.Tensor:
    """Return cosines after centring on the batch, as the library centres on the study."""
    centred = torch.nn.functional.normalize(vectors - vectors.mean(0), dim=1)
    return centred @ centred.T


def contrast(vectors: torch.Tensor, groups: list[int]) -> torch.Tensor:
    """Return the supervised contrastive loss of one batch."""
    labels = torch.tensor(groups)
    alone = torch.eye(len(labels), dtype=torch.bool)
    logits = (_similarities(vectors) / TEMPERATURE).masked_fill(alone, -1e9)
    chances = logits - torch.logsumexp(logits, 1, keepdim=True)
    same = (labels[:, None] == labels) & ~alone
    n_same = same.sum(1)
    return -(chances.masked_fill(~same, 0).sum(1)[n_same > 0] / n_same[n_same > 0]).mean()


def train(net: JobNet, domains: dict[str, list[job_data.Domain]], sentences: list[str], seed: int = 0) -> None:
    """Tune the upper half in place."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(net.upper.parameters(), lr=RATE, weight_decay=0.01)
    net.upper.train()
    kinds = [kind for kind in MIX if domains[kind]]
    for step in range(STEPS):
        rate = RATE * min(1.0, (step + 1) / WARM) * (1 - step / STEPS) ** 0.5
        for group in optimiser.param_groups:
            group["lr"] = rate
        kind = rng.choices(kinds, [MIX[k] for k in kinds])[0]
        texts, labels = rng.choice(domains[kind]).draw(rng)
        kept = rng.sample(sentences, N_KEPT)
        vectors = net.encode(texts + kept)
        with torch.no_grad():
            before = _similarities(net.encode(kept, net.plain))
        moved = ((_similarities(vectors[len(texts) :]) - before) ** 2).mean()
        loss = contrast(vectors[: len(texts)], labels) + KEEP * moved
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.upper.parameters(), 1.0)
        optimiser.step()
        if (step + 1) % 20 == 0:
            print(f"step {step + 1}  loss {loss.item():.3f}  moved {moved.item():.4f}", flush=True)


def blend(net: JobNet, share: float) -> None:
    """Put the tuned weights a share of the way from the plain ones."""
    with torch.no_grad():
        for tuned, plain in zip(net.upper.parameters(), net.plain.parameters(), strict=True):
            tuned.copy_(plain + share * (tuned - plain))


def auc(net: JobNet, domain: job_data.Domain) -> tuple[float, float]:
    """Return the same-job AUC of the first text of every voice, with the plain and the tuned encoder."""
    told = [(voice[-1], number) for number, group in enumerate(domain.groups) for voice in group.told]
    labels = np.array([number for _, number in told])
    above = np.triu_indices(len(told), 1)
    same = (labels[:, None] == labels)[above]
    tuned, scores = net.upper, []
    for half in (net.plain, tuned):
        net.upper = half
        rows = net.vectors([text for text, _ in told])
        scores.append(float(roc_auc_score(same, _similarities(torch.from_numpy(rows)).numpy()[above])))
    net.upper = tuned
    return scores[0], scores[1]


def export(net: JobNet, target: Path) -> None:
    """Write int8 ONNX and the tokenizer."""
    whole = AutoModel.from_pretrained(SOURCE, attn_implementation="eager")
    for layer, tuned in zip(whole.encoder.layer[FROZEN:], net.upper, strict=True):
        layer.load_state_dict(tuned.state_dict())
    ids = torch.ones(2, 8, dtype=torch.long)
    axes = {name: {0: "batch", 1: "tokens"} for name in NAMES} | {"vectors": {0: "batch"}}
    target.mkdir(parents=True, exist_ok=True)
    typical = [text for texts in texts_of(job_data.SHARED).values() for text in texts[:SEEN]]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            MeanPooled(whole).eval(), (ids, ids, ids * 0), str(plain), input_names=NAMES, output_names=["vectors"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        to_int8(plain, target / "model.onnx", feeds_of(typical))
    shutil.copyfile(ROOT / "models" / "minilm" / "tokenizer.json", target / "tokenizer.json")


def ship(net: JobNet, models: Path, name: str) -> None:
    """Export into a folder of models, and record and print the sha256 of the files."""
    index.MODELS = models
    export(net, models / name)
    for file in ("model.onnx", "tokenizer.json"):
        print(index.record(f"{name}/{file}"))


def main() -> None:
    """Train, and either measure on what was left out or ship."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--without", nargs="*", default=[], choices=(*job_data.COHORTS, *job_data.NEEDS))
    parser.add_argument(
        "--out", type=Path, default=ROOT / "models", help="folder of models; JTBD_NLP_MODELS can name it"
    )
    parser.add_argument("--blend", type=float, default=0.5, help="how far from the plain weights to the tuned ones")
    options = parser.parse_args()
    torch.set_num_threads(1)  # sums in one order
    domains = {
        "cohorts": [job_data.cohort(name) for name in job_data.COHORTS if name not in options.without],
        "needs": [job_data.needs(name) for name in job_data.NEEDS if name not in options.without],
        "intents": [job_data.intents(name) for name in job_data.INTENTS],
    }
    net = JobNet()
    train(net, domains, job_data.unlabelled(job_data.in_cohorts()))
    blend(net, options.blend)
    for name in options.without:
        before, after = auc(net, job_data.needs(name) if name in job_data.NEEDS else job_data.cohort(name))
        print(f"{name:<12} same-job AUC, left out: plain {before:.3f}, tuned {after:.3f}")
    ship(net, options.out, "jobs")


if __name__ == "__main__":
    main()
