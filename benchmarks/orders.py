"""Mine random subsets of the sample transcripts, each in several random orders: the same set must give the same bytes.

Run: ``python benchmarks/orders.py [--sets 250] [--orders 4] [--first 0] [--processes 2] [--keep FOLDER]``. Analyses of single transcripts
are kept (each depends on its transcript alone), so that a run is grouping, drafting and the whole of report.json; what the
parser and the encoder gave for a text is kept too, since both are functions of the text. The first sets are run again in
other processes, which keep nothing of the first, with other hash seeds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from jtbd_nlp import mine
from jtbd_nlp.config import Config
from jtbd_nlp.embedding import MiniLmEmbedder
from jtbd_nlp.reporting.codec import dumps
from jtbd_nlp.study import FolderCache

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
NO_TALKS = {"README.md", "participants.csv"}
IN_PROCESSES = 3  # sets that are run in other processes as well


class Kept:
    """A cache of analyses in memory."""

    def __init__(self) -> None:
        self.values: dict[str, Mapping[str, Any]] = {}

    def get(self, key: str) -> Mapping[str, Any] | None:
        """Return what was put."""
        return self.values.get(key)

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Keep a value."""
        self.values[key] = value


def keep_texts() -> None:
    """Let parser and encoder remember what they gave for a text, for the life of the process."""
    embed, parse = MiniLmEmbedder.embed, Language.__call__
    vectors: dict[str, np.ndarray] = {}
    parses: dict[tuple[int, str], Any] = {}

    def embed_once(self: MiniLmEmbedder, texts: Sequence[str]) -> np.ndarray:
        new = sorted(set(texts) - vectors.keys())
        if new:
            vectors.update(zip(new, embed(self, new), strict=True))
        return np.stack([vectors[t] for t in texts]) if len(texts) else embed(self, [])

    def parse_once(self: Language, text: Any, **more: Any) -> Any:
        if not isinstance(text, str) or more:
            return parse(self, text, **more)
        if (id(self), text) not in parses:
            parses[id(self), text] = parse(self, text)
        return parses[id(self), text]

    MiniLmEmbedder.embed = embed_once  # type: ignore[method-assign]
    Language.__call__ = parse_once  # type: ignore[method-assign]


def sample_files() -> list[Path]:
    return sorted(p for p in SAMPLES.iterdir() if p.is_file() and p.name not in NO_TALKS)


def subsets(files: Sequence[Path], first: int, n: int) -> Iterator[tuple[int, tuple[Path, ...]]]:
    """Give out numbered random subsets of two files and more, small ones more often; number k is always the same."""
    for number in range(first, first + n):
        drawn = random.Random(number)
        size = min(len(files), 2 + int(drawn.expovariate(0.35)))
        yield number, tuple(sorted(drawn.sample(list(files), size)))


def run(paths: Sequence[Path], cache: Any, config: Config) -> str:
    """Mine the files in the order given and return the sha256 of the whole report."""
    report = mine(list(paths), config=config, progress=False, cache=cache)
    return hashlib.sha256(dumps(report.to_dict()).encode()).hexdigest()


def orders(number: int, paths: tuple[Path, ...], n: int) -> Iterator[list[Path]]:
    """Give out n shuffles of a set."""
    drawn = random.Random(10_000 + number)
    for _ in range(n):
        yield drawn.sample(list(paths), len(paths))


def elsewhere(number: int, seed: int) -> str:
    """Return the digest of a set that another process mines, with another hash seed and number of threads."""
    command = [sys.executable, __file__, "--sets", "1", "--orders", "1", "--first", str(number), "--digests"]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "OMP_NUM_THREADS": str(1 + seed % 2)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    found: str = json.loads(done.stdout.splitlines()[-1])["digests"][str(number)]
    return found


def check(first: int, n_sets: int, n_orders: int, n_processes: int, keep: Path | None = None) -> dict[str, Any]:
    """Run everything; ``differing`` names the sets that gave more than one digest."""
    keep_texts()
    cache: Any = Kept() if keep is None else FolderCache(keep)
    config = Config.from_dict({"clustering": {"resamples": 2}}, origin="benchmark")
    digests: dict[int, set[str]] = {}
    for number, paths in subsets(sample_files(), first, n_sets):
        digests[number] = {run(order, cache, config) for order in orders(number, paths, n_orders)}
    for number in list(digests)[:IN_PROCESSES] if n_processes else []:
        digests[number] |= {elsewhere(number, seed) for seed in range(1, n_processes + 1)}
    return {
        "first": first, "sets": n_sets, "runs": n_sets * n_orders,
        "runs_in_other_processes": min(n_sets, IN_PROCESSES) * n_processes,
        "differing": [number for number, found in digests.items() if len(found) > 1],
        "digests": {number: min(found) for number, found in digests.items()},
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=250)
    parser.add_argument("--orders", type=int, default=4)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder that keeps the analyses between calls")
    parser.add_argument("--digests", action="store_true", help="print the digest of every set")
    options = parser.parse_args()
    result = check(options.first, options.sets, options.orders, options.processes, options.keep)
    if not options.digests:
        del result["digests"]
    print(json.dumps(result))
    if result["differing"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
