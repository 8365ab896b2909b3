"""Random subsets of the samples in random orders, and in another process: one set, one report. The long run is a benchmark."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from jtbd_nlp.embedding import MiniLmEmbedder
from jtbd_nlp.study import FolderCache


@pytest.mark.slow
def test_a_set_gives_the_same_bytes_in_any_order_and_process(
    monkeypatch: pytest.MonkeyPatch, known: Callable[[], FolderCache]
) -> None:
    file = Path(__file__).resolve().parent.parent / "benchmarks" / "orders.py"
    spec = importlib.util.spec_from_file_location("orders", file)
    assert spec and spec.loader
    orders = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(orders)
    for owner, name in ((MiniLmEmbedder, "embed"), (Language, "__call__")):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back what the benchmark wraps
    monkeypatch.setattr(orders, "IN_PROCESSES", 1)
    # the other process knows nothing
    result = orders.check(first=1_000, n_sets=3, n_orders=4, n_processes=1, keep=known().folder)
    assert result["runs"] == 12 and result["runs_in_other_processes"] == 1
    assert result["differing"] == []
    assert len(set(result["digests"].values())) > 1  # else the sets were one
