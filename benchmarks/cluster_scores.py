"""Print how well `cluster_texts` finds groups that people made.

    python benchmarks/cluster_scores.py ../shared                           # intents: small draws, and a whole set
    python benchmarks/cluster_scores.py ../shared --first 100               # other draws, for choosing settings
    python benchmarks/cluster_scores.py ../shared --needs electronics baby pets

In: a folder with ``data`` and the scoring scripts in ``bench``. Unclustered texts count as groups of one. Out: one line
a set.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

import jtbd_nlp

N_DRAWS = 8


def read(path: Path) -> list[tuple[str, str]]:
    """Return texts with their groups."""
    with path.open(encoding="utf8") as stream:
        rows = [json.loads(line) for line in stream]
    return [(row["text"], row.get("intent", row.get("group"))) for row in rows]


def show(name: str, sets: list[tuple[list[str], list[str]]]) -> None:
    """Print the mean scores of some sets."""
    metrics: Any = importlib.import_module("metrics")
    scores = [metrics.clustering(groups, jtbd_nlp.cluster_texts(texts).labels) for texts, groups in sets]
    means = "".join(f"{key:>12} {np.mean([s[key] for s in scores]):6.3f}" for key in scores[0])
    print(f"{name:<20}{means}", flush=True)


def whole(path: Path) -> list[tuple[list[str], list[str]]]:
    """Return one set: all texts of a file."""
    rows = read(path)
    return [([text for text, _ in rows], [group for _, group in rows])]


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path, help="folder with data and bench")
    parser.add_argument("--first", type=int, default=0, help="seed of the first small draw")
    parser.add_argument("--needs", nargs="+", default=[], help="domains of product needs instead of intents")
    options = parser.parse_args()
    sys.path.insert(0, str(options.shared / "bench"))
    scorer: Any = importlib.import_module("score_clusters")
    data = options.shared / "data"
    for domain in options.needs:
        show(f"needs {domain}", whole(data / "needs" / f"jobs_{domain}.jsonl"))
    if options.needs:
        return
    rows = read(data / "intents" / "clinc150.jsonl")
    draws = [scorer.draw(rows, seed) for seed in range(options.first, options.first + N_DRAWS)]
    show(f"CLINC150, {N_DRAWS} draws", draws)
    show("insurance", whole(data / "intents" / "dstc11_insurance.jsonl"))


if __name__ == "__main__":
    main()
