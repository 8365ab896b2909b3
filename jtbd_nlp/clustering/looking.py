"""Labels in, what is known of each cluster out: stability over resamples, big jobs, exemplars, single voices."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .atoms import unit_rows
from .grouping import Draw, Points
from .linkage import merge_tree

_SHARE = 0.72  # of the points in a resample: with fewer, groups of chance stay together less often
_PER_BIG_JOB = 4  # jobs that a big job holds on average
_LEAST_FOR_LEVELS = 6  # clusters below which a second level says nothing

Grouper = Callable[[Points], np.ndarray]


def resample(points: Points, regroup: Grouper, times: int, seed: int) -> list[Draw]:
    """Group again and again with more than a quarter of the points left out.

    Which draws a point is in depends on its key, and hardly on the other points: with an interview more or less, draws
    differ by its passages and little else.

    Parameters
    ----------
    points : Points
        In content order, which parts points of equal keys.
    regroup : callable
        Gives the labels of some of the points.
    times : int
        Number of draws.
    seed : int
        Of the draws.
    """
    n = len(points.weights)
    size = max(2, round(_SHARE * n))
    draws = [
        np.sort(np.argsort(lots(points.keys, seed, i), kind="stable")[:size]) for i in range(times if n > 1 else 0)
    ]
    return [Draw(rows, regroup(points.take(rows))) for rows in draws]


def lots(keys: np.ndarray, seed: int, draw: int) -> np.ndarray:
    """Return a number for each key that looks random: one key gets others in other draws.

    The last step of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"), taken of the
    key and of where the draw stands.
    """
    place = np.array([((seed << 20) + draw + 1) % 2**64], dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return _mixed(keys ^ _mixed(place))


def _mixed(numbers: np.ndarray) -> np.ndarray:
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: np.ndarray = numbers ^ (numbers >> np.uint64(31))
    return mixed


def stability(labels: np.ndarray, weights: np.ndarray, draws: Sequence[Draw]) -> list[float | None]:
    """Return the mean Jaccard overlap of each cluster with its best match in each draw; None without draws.

    Parameters
    ----------
    labels : ndarray of shape (n,)
        Cluster of each point from 0, -1 for none.
    weights : ndarray of shape (n,)
        Passages per point.
    draws : sequence of Draw
    """
    n_clusters = int(labels.max(initial=-1)) + 1
    total, times = np.zeros(n_clusters), np.zeros(n_clusters)
    for draw in draws:
        here = labels[draw.rows]
        drawn = np.bincount(here[here >= 0], minlength=n_clusters) > 0
        total += np.where(drawn, _overlaps(here, draw.labels, weights[draw.rows], n_clusters), 0.0)
        times += drawn
    return [round(float(t / k), 3) if k else None for t, k in zip(total, times, strict=True)]


def _overlaps(labels: np.ndarray, other: np.ndarray, weights: np.ndarray, n_clusters: int) -> np.ndarray:
    """Return each cluster's best weighted Jaccard overlap with a cluster of another grouping of the same rows."""
    names, column = np.unique(other, return_inverse=True)
    table = np.zeros((n_clusters + 1, len(names)))
    np.add.at(table, (labels, column.reshape(-1)), weights)  # -1 falls into the last row
    union = table.sum(1, keepdims=True) + table.sum(0) - table
    overlap = np.where(union > 0, table / np.maximum(union, 1e-9), 0.0)
    best: np.ndarray = np.where(names >= 0, overlap, 0.0)[:n_clusters].max(axis=1, initial=0.0)
    return best


def big_jobs(points: Points, labels: np.ndarray) -> list[int | None]:
    """Return the big job of each cluster, numbered by first cluster; None for a cluster that stands alone."""
    n_clusters = int(labels.max(initial=-1)) + 1
    if n_clusters < _LEAST_FOR_LEVELS:
        return [None] * n_clusters
    table = np.zeros((n_clusters, points.vectors.shape[1]))
    inside = labels >= 0
    np.add.at(table, labels[inside], points.vectors[inside] * points.weights[inside, None])
    middles = unit_rows(np.round(table - table.mean(axis=0), 8))
    tree = merge_tree(middles, np.ones(n_clusters), "ward")
    owner = list(range(n_clusters))
    for a, b in _first_merges(tree, n_clusters):
        owner = [a if o == b else o for o in owner]
    shared = [o for o in dict.fromkeys(owner) if owner.count(o) > 1]
    return [shared.index(o) if o in shared else None for o in owner]


def _first_merges(tree: np.ndarray, n: int) -> list[tuple[int, int]]:
    first = list(range(n)) + [0] * len(tree)
    merges = []
    for step, (a, b) in enumerate(tree[:, :2].astype(int)):
        low, high = sorted((first[a], first[b]))
        first[n + step] = low
        merges.append((low, high))
    return merges[: n - max(2, round(n / _PER_BIG_JOB))]


def single_voices(labels: np.ndarray, voices: Sequence[str] | None, least: int) -> frozenset[int]:
    """Return the clusters that fewer than ``least`` participants speak of."""
    if voices is None:
        return frozenset()
    heard: list[set[str]] = [set() for _ in range(int(labels.max(initial=-1)) + 1)]
    for label, voice in zip(labels.tolist(), voices, strict=True):
        if label >= 0:
            heard[label].add(voice)
    return frozenset(number for number, who in enumerate(heard) if len(who) < least)
