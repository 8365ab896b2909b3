"""The contrast set is made of minimal pairs: the same words but for what makes one true and the other not."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from jtbd_nlp.records import LABELS

KINDS = {"negation", "hypothetical", "others", "reported"}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    path = Path(__file__).parent / "data" / "contrast.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_pair_has_a_true_and_a_false_side(rows: list[dict[str, Any]]) -> None:
    pairs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        pairs[row["pair"]].append(row)
    assert len(pairs) >= 150
    for pair in pairs.values():
        assert sorted(row["expect"] for row in pair) == [False, True]
        assert len({(row["label"], row["kind"], row["context"]) for row in pair}) == 1


def test_kinds_and_labels_are_known_and_all_there(rows: list[dict[str, Any]]) -> None:
    assert {row["kind"] for row in rows} == KINDS
    assert min(Counter(row["kind"] for row in rows).values()) >= 60
    assert {row["label"] for row in rows} <= set(LABELS)


def test_ids_and_texts_are_unique(rows: list[dict[str, Any]]) -> None:
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["text"] for row in rows}) == len(rows)
