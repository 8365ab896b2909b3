"""Atoms in, labels out: average linkage on centred cosine, cut where no cluster is a catch-all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .atoms import unit_rows

_CUT = 0.86  # centred cosine distance at granularity 1
_APART = 1e6  # a distance that no average of others can hide
_DECIMALS = 9  # heights are compared at this precision


def group(
    vectors: np.ndarray, weights: np.ndarray, cannot: Sequence[tuple[int, int]], cap: float, granularity: float
) -> np.ndarray:
    """Return one label per atom; every atom has one, clusters of a single atom included.

    Parameters
    ----------
    vectors : ndarray of shape (n_atoms, n_dims), unit L2 norm
    weights : ndarray of shape (n_atoms,)
        Passages per atom.
    cannot : sequence of (int, int)
        Pairs of atoms that may not share a label.
    cap : float
        Largest total weight of a cluster of several atoms.
    granularity : float
        Above 1: broader, below 1: narrower.
    """
    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=int)
    tree = merge_tree(distances(centre(vectors, weights), cannot))
    return cut_tree(tree, weights, cap, min(_CUT * granularity, 1.5))


def centre(vectors: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Take away what all passages of the study share, so that its subject does not pass for likeness."""
    return unit_rows(vectors - np.average(vectors, axis=0, weights=weights))


def distances(vectors: np.ndarray, cannot: Sequence[tuple[int, int]] = ()) -> np.ndarray:
    """Return the condensed cosine distances, with forbidden pairs far apart."""
    from scipy.spatial.distance import squareform

    square = np.clip(np.round(1.0 - vectors @ vectors.T, _DECIMALS), 0.0, 2.0)
    for a, b in cannot:
        square[a, b] = square[b, a] = _APART
    np.fill_diagonal(square, 0.0)
    condensed: np.ndarray = squareform(square, checks=False)
    return condensed


def merge_tree(condensed: np.ndarray) -> np.ndarray:
    """Return the average-linkage tree (scipy format) with rounded heights."""
    from scipy.cluster.hierarchy import linkage

    tree: np.ndarray = linkage(condensed, "average")
    tree[:, 2] = np.round(tree[:, 2], _DECIMALS)
    return tree


def cut_tree(tree: np.ndarray, weights: np.ndarray, cap: float, height: float) -> np.ndarray:
    """Cut at a height; a branch heavier than the cap is opened until its parts are light enough."""
    n = len(weights)
    mass = np.concatenate([weights, np.zeros(n - 1)])
    for step, (a, b) in enumerate(tree[:, :2].astype(int)):
        mass[n + step] = mass[a] + mass[b]
    labels = np.full(2 * n - 1, -1)
    for node in range(2 * n - 2, -1, -1):
        if labels[node] < 0:
            closed = node < n or (tree[node - n, 2] <= height and mass[node] <= cap)
            if not closed:
                continue
            labels[node] = node
        if node >= n:
            labels[tree[node - n, :2].astype(int)] = labels[node]
    return labels[:n]
