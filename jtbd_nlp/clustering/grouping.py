"""Atoms in, labels out: a tree over centred vectors, cut at a height that grows with the study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..similarity import centre
from .atoms import unit_rows
from .cosines import centred, without_voices
from .linkage import FORBIDDEN, distances, merge_tree, tree_of

_NEAREST, _CUT = 8, 0.53  # texts that a text is smoothed with, and mean cosine distance of smoothed texts
_NEAREST_MICRO, _CUT_MICRO = 4, 0.45  # the same where points are micro-clusters
_WARD_CUT = 2.0  # Ward height at 300 passages, where 12 interviews give 20 to 28 jobs ...
_WARD_GROWTH = 0.12  # ... and its power: twice as many jobs for four times as many passages ...
_WARD_SMALL = 0.2  # ... and below: what is unrelated merges at 1.41, and few passages show little else
_HELD = 0.33  # least share of the draws in which a passage is with the rest of its cluster ...
_MOST_LOOSE = 0.2  # ... and the most passages that may be left out for it


@dataclass(frozen=True, slots=True)
class Points:
    """What is grouped: unit vectors (n, n_dims), weights (n,), keys (n,) for lots, voices ("" for several), pairs to keep apart.

    ``voices`` is None where nobody said who speaks. ``products``, of all pairs of vectors, are made once where many parts
    of the points are to be grouped, ``cosines`` once where `centred` is asked for again and again.
    """

    vectors: np.ndarray
    weights: np.ndarray
    keys: np.ndarray
    voices: np.ndarray | None = None
    cannot: tuple[tuple[int, int], ...] = ()
    products: np.ndarray | None = None
    cosines: np.ndarray | None = None

    def take(self, rows: np.ndarray) -> Points:
        """Return the points of some rows, with the pairs that both are among them."""
        place = {int(row): i for i, row in enumerate(rows)} if self.cannot else {}
        pairs = tuple((place[a], place[b]) for a, b in self.cannot if a in place and b in place)
        voices = None if self.voices is None else self.voices[rows]
        products = None if self.products is None else self.products[np.ix_(rows, rows)]
        return Points(self.vectors[rows], self.weights[rows], self.keys[rows], voices, pairs, products)

    def centred(self) -> np.ndarray:
        """Return the cosines of all pairs beyond what all points share."""
        if self.cosines is not None:
            return self.cosines
        return centred(self.vectors @ self.vectors.T if self.products is None else self.products, self.weights)


@dataclass(frozen=True, slots=True)
class Draw:
    """One resample: the rows that were drawn, in order, and the label of each."""

    rows: np.ndarray
    labels: np.ndarray


def consensus(points: Points, cap: float, granularity: float, draws: Sequence[Draw]) -> np.ndarray:
    """Return one label per point from how often two points share a cluster over the draws.

    A single tree turns over when one interview is left out; what most draws agree on does not. There are as many
    clusters as the draws have on average, for the whole study. A passage that its cluster holds in too few draws
    belongs to none: it is what would go elsewhere with the next interview.

    Parameters
    ----------
    points : Points
        With voices.
    cap : float
        Largest total weight of a cluster of several points.
    granularity : float
        Used where the draws are too few to speak of.
    draws : sequence of Draw
    """
    n = len(points.weights)
    if not draws or n < 2:
        return group(points, cap, granularity)
    together, times = _counted(draws, n)
    shared = np.round(together / np.maximum(times, 1), 6).astype(np.float64)
    apart = 1.0 - shared
    np.fill_diagonal(apart, np.inf)
    for a, b in points.cannot:
        apart[a, b] = apart[b, a] = FORBIDDEN
    tree = tree_of(apart, points.weights, "average")
    share = np.mean([len(draw.rows) for draw in draws]) / n
    wanted = np.mean([len(np.unique(draw.labels)) for draw in draws]) / np.sqrt(share)
    height = tree[max(0, n - 1 - int(np.clip(round(float(wanted)), 1, n - 1))), 2]
    labels = cut_tree(tree, points.weights, cap, min(float(height), 1.0 - 1e-6))
    return hold(labels, shared, points.weights)


def _counted(draws: Sequence[Draw], n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return how often each two points were drawn into one cluster, and drawn at all: whole numbers, exact in float32."""
    drawn = np.zeros((n, len(draws)), dtype=np.float32)
    together = np.zeros((n, n), dtype=np.float32)
    for d, draw in enumerate(draws):
        drawn[draw.rows, d] = 1
        inside = draw.labels >= 0
        names, column = np.unique(draw.labels[inside], return_inverse=True)
        member = np.zeros((n, len(names)), dtype=np.float32)
        member[draw.rows[inside], column.reshape(-1)] = 1
        together += member @ member.T
    return together, drawn @ drawn.T


def group(points: Points, cap: float, granularity: float) -> np.ndarray:
    """Return one label per point, clusters of a single point included.

    With voices, passages of interviews are meant: they overlap in words more than in jobs, and Ward keeps groups of
    one size. Without, texts are meant that come in clear groups of any size: average linkage.

    Parameters
    ----------
    points : Points
    cap : float
        Largest total weight of a cluster of several points.
    granularity : float
        Above 1: broader, below 1: narrower.
    """
    if len(points.weights) < 2:
        return np.zeros(len(points.weights), dtype=int)
    mass = float(points.weights.sum())
    if points.voices is None:
        vectors = centre(points.vectors, points.weights)
        micro = mass >= 2.0 * len(points.weights)
        smoothed = smooth(vectors, points.weights, _NEAREST_MICRO if micro else _NEAREST)
        tree = merge_tree(smoothed, points.weights, "average", points.cannot)
        return cut_tree(tree, points.weights, cap, min((_CUT_MICRO if micro else _CUT) * granularity, 1.2))
    cosines = without_voices(points.centred(), points.voices, points.weights)
    tree = tree_of(distances(cosines, points.weights, "ward", points.cannot), points.weights, "ward")
    height = _WARD_CUT * (mass / 300.0) ** (_WARD_GROWTH if mass > 300.0 else _WARD_SMALL) * granularity
    return cut_tree(tree, points.weights, cap, min(height, FORBIDDEN / 2))


def smooth(vectors: np.ndarray, weights: np.ndarray, nearest: int = _NEAREST) -> np.ndarray:
    """Move each text halfway to the mean of its nearest others, and return unit rows.

    Texts of one group then lie closer together than those that only share a word; the more texts, the more it helps.
    """
    near = np.round(vectors @ vectors.T, 6)
    np.fill_diagonal(near, -1.0)
    k = min(nearest, len(vectors) - 1)
    least = np.partition(near, -k, axis=1)[:, -k]
    pull = np.where(near >= least[:, None], np.maximum(near, 0.0), 0.0) * weights
    total = pull.sum(axis=1, keepdims=True)
    return unit_rows(np.round(vectors + (pull @ vectors) / np.where(total > 0, total, 1.0), 8))


def cut_tree(tree: np.ndarray, weights: np.ndarray, cap: float, height: float) -> np.ndarray:
    """Cut at a height; a branch heavier than the cap is opened until its parts are light enough."""
    n = len(weights)
    merged: list[list[int]] = tree[:, :2].astype(int).tolist()  # lists: single numbers of an array are slow to reach
    heights: list[float] = tree[:, 2].tolist()
    mass: list[float] = weights.tolist()
    for a, b in merged:
        mass.append(mass[a] + mass[b])
    labels = [-1] * (2 * n - 1)
    for node in range(2 * n - 2, -1, -1):
        if labels[node] < 0 and (node < n or (heights[node - n] <= height and mass[node] <= cap)):
            labels[node] = node
        if node >= n and labels[node] >= 0:
            a, b = merged[node - n]
            labels[a] = labels[b] = labels[node]
    return np.array(labels[:n])


def hold(labels: np.ndarray, shared: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Take out what shares a cluster with the rest of its own in too few draws, at most the loosest fifth of all."""
    held = np.ones(len(labels))
    for label in np.unique(labels[labels >= 0]):
        rows = np.flatnonzero(labels == label)
        if len(rows) > 1:
            inside = shared[np.ix_(rows, rows)] * weights[rows]
            np.fill_diagonal(inside, 0.0)
            held[rows] = np.round(inside.sum(axis=1) / (weights[rows].sum() - weights[rows]), 6)
    return np.where(held < min(_HELD, float(np.quantile(held, _MOST_LOOSE))), -1, labels)


def condense(points: Points, size: int) -> np.ndarray:
    """Return the micro-cluster of each point, for studies too large for a tree: spherical k-means, four rounds.

    Seeds are the points with the lowest keys: neither order nor chance plays a part, and with some points more or less
    nearly all seeds are the same. Time grows with the number of points alone, since ``size`` is fixed.
    """
    rows, weights = points.vectors.astype(np.float32), points.weights
    middle = rows[np.sort(np.argsort(points.keys, kind="stable")[:size])]
    for _ in range(4):
        nearest = _nearest(rows, middle)
        sums = np.zeros_like(middle)
        np.add.at(sums, nearest, rows * weights[:, None].astype(np.float32))
        filled = np.bincount(nearest, minlength=size) > 0
        middle = np.where(filled[:, None], unit_rows(sums), middle).astype(np.float32)
    found = _nearest(rows, middle)
    micro: np.ndarray = np.unique(found, return_inverse=True)[1].reshape(-1)
    return micro


def _nearest(rows: np.ndarray, middle: np.ndarray) -> np.ndarray:
    parts = [np.round(rows[i : i + 4096] @ middle.T, 5).argmax(axis=1) for i in range(0, len(rows), 4096)]
    return np.concatenate(parts)
