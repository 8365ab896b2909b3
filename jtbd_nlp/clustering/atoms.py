"""Passages in, atoms out: what cannot be told apart or must not be parted becomes one weighted point.

Atoms stand in an order that depends on content alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np

from ..errors import InvalidParameterError

_DECIMALS = 5  # vectors are compared at this precision: far above float noise, far below any meaning
_BLOCK = 2048  # rows worked on at a time
_SORTED_BY = 8  # numbers of a row that are looked at first

Pairs = Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Atoms:
    """Weighted points: ``members[i]`` are the passages of atom i, ``cannot`` pairs of atoms to keep apart.

    ``keys`` (n,) are whole numbers by which lots are drawn: a point's lot does not depend on which others there are.
    """

    vectors: np.ndarray
    weights: np.ndarray
    keys: np.ndarray
    members: tuple[tuple[int, ...], ...]
    cannot: tuple[tuple[int, int], ...]
    pinned: frozenset[int]
    warnings: tuple[str, ...]


def make_atoms(vectors: np.ndarray, must_link: Pairs, cannot_link: Pairs, names: Sequence[str] | None = None) -> Atoms:
    """Merge equal and must-linked passages and sort what remains by content.

    Parameters
    ----------
    vectors : ndarray of shape (n_passages, n_dims)
        One row a passage; rows that are equal to five decimals become one atom.
    must_link, cannot_link : iterable of (int, int)
        Passages to keep together and apart. Where they contradict each other, must-link wins and a warning says so.
    names : sequence of str or None, default=None
        What each passage is known by, such as its words; None: its vector.

    Returns
    -------
    Atoms
        In an order that does not depend on the order of the passages.
    """
    rows = check_vectors(vectors)
    must, cannot = _check_pairs(must_link, len(rows), "must_link"), _check_pairs(cannot_link, len(rows), "cannot_link")
    owner, linked = _unite(_equal_rows(rows), must, len(rows))
    groups: dict[int, list[int]] = {}
    for row, root in enumerate(owner):
        groups.setdefault(root, []).append(row)
    roots = list(groups)
    lots = (
        _row_keys(rows)
        if names is None
        else np.array([_key(name.encode("utf-8", "surrogatepass")) for name in names], dtype=np.uint64)
    )
    means = rows[roots]
    for i, root in enumerate(roots):
        if len(groups[root]) > 1:
            means[i] = rows[groups[root]].mean(0)
    del rows
    by_content = _content_order(means)
    points = means[by_content]
    del means  # of a large study each copy is a tenth of all its memory
    for i in range(0, len(points), _BLOCK):
        points[i : i + _BLOCK] = unit_rows(points[i : i + _BLOCK])
    order = [roots[i] for i in by_content]
    place = {root: index for index, root in enumerate(order)}
    pairs, warnings = _parted(cannot, owner, place)
    return Atoms(
        vectors=points,
        weights=np.array([len(groups[root]) for root in order], dtype=float),
        keys=np.array([lots[groups[root]].min() for root in order], dtype=np.uint64),
        members=tuple(tuple(groups[root]) for root in order),
        cannot=pairs,
        pinned=frozenset(place[owner[row]] for row in linked),
        warnings=warnings,
    )


def check_vectors(vectors: Any) -> np.ndarray:
    """Return finite unit rows in float64, rounded below the float noise of encoders; raise where there are none."""
    rows = np.array(vectors, dtype=float)
    if rows.ndim != 2 or not np.isfinite(rows).all():
        raise InvalidParameterError(
            f"vectors must be finite numbers of shape (n_passages, n_dims), got shape {rows.shape}. "
            "Pass what jtbd_nlp.embed_texts returns."
        )
    for i in range(0, len(rows), _BLOCK):
        rows[i : i + _BLOCK] = np.round(unit_rows(rows[i : i + _BLOCK]), _DECIMALS)
    return rows


def _row_keys(rows: np.ndarray) -> np.ndarray:
    return np.array([_key((row + 0.0).tobytes()) for row in rows], dtype=np.uint64)  # + 0.0, since -0.0 equals 0.0


def _key(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little")


def _content_order(rows: np.ndarray) -> np.ndarray:
    """Return the order of rows by their numbers from the first on, equal ones as they stand."""
    few = np.round(rows[:, :_SORTED_BY], _DECIMALS + 1)
    order = np.lexsort(few.T[::-1])
    borders = np.flatnonzero((few[order][1:] != few[order][:-1]).any(axis=1)) + 1
    for run in np.split(np.arange(len(order)), borders):
        if len(run) > 1:  # seldom: the first numbers tell nearly all apart
            tied = sorted(order[run].tolist(), key=lambda i: tuple(np.round(rows[i], _DECIMALS + 1)))
            order[run] = tied
    return order


def unit_rows(rows: np.ndarray) -> np.ndarray:
    """Return rows of unit L2 norm; rows of zeros stay zeros."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: np.ndarray = rows / np.where(norms > 0, norms, 1.0)
    return unit


def _check_pairs(pairs: Pairs, n: int, name: str) -> list[tuple[int, int]]:
    checked = []
    for a, b in pairs:
        if not (0 <= a < n and 0 <= b < n):
            raise InvalidParameterError(
                f"{name} must hold pairs of passage numbers from 0 to {n - 1}, got {(a, b)!r}. Count from 0."
            )
        if a != b:
            checked.append((min(a, b), max(a, b)))
    return sorted(set(checked))


def _equal_rows(rows: np.ndarray) -> list[tuple[int, int]]:
    """Link each row to the first one that equals it."""
    first: dict[bytes, int] = {}
    found = []
    for i, row in enumerate(rows):
        key = blake2b((row + 0.0).tobytes(), digest_size=16).digest()  # + 0.0, since -0.0 equals 0.0
        if first.setdefault(key, i) != i:
            found.append((first[key], i))
    return found


def _unite(equal: Sequence[tuple[int, int]], must: Sequence[tuple[int, int]], n: int) -> tuple[list[int], set[int]]:
    """Return the root of each passage, and the passages that a must-link names."""
    root = list(range(n))

    def find(a: int) -> int:
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        return a

    for a, b in [*equal, *must]:
        low, high = sorted((find(a), find(b)))
        root[high] = low
    return [find(a) for a in range(n)], {a for pair in must for a in pair}


def _parted(
    cannot: Sequence[tuple[int, int]], owner: Sequence[int], place: dict[int, int]
) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    kept, lost = set(), []
    for a, b in cannot:
        first, second = sorted((place[owner[a]], place[owner[b]]))
        if first == second:
            lost.append((a, b))
        else:
            kept.add((first, second))
    if not lost:
        return tuple(sorted(kept)), ()
    return tuple(sorted(kept)), (
        f"{len(lost)} cannot-link pairs join passages that are equal or must-linked, such as {lost[0]}; "
        "they stay together.",
    )
