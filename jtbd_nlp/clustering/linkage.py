"""Weighted points in, a merge tree out: average linkage or Ward by nearest-neighbour chains, ties by row.

scipy's trees know no weights, and weights are what copies of one sentence and micro-clusters are made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

Method = Literal["average", "ward"]
FORBIDDEN = 1e9  # distance of what may not be merged
_DECIMALS = 8  # distances are compared at this precision: above the noise of float64 sums in another order


def merge_tree(
    vectors: np.ndarray, weights: np.ndarray, method: Method, cannot: Sequence[tuple[int, int]] = ()
) -> np.ndarray:
    """Merge the nearest clusters until one is left.

    Parameters
    ----------
    vectors : ndarray of shape (n, n_dims), unit L2 norm
    weights : ndarray of shape (n,)
        Passages per point.
    method : {"average", "ward"}
        Average: mean cosine distance. Ward: root of the growth of the squared error, times the square root of two.
    cannot : sequence of (int, int)
        Points that may not be in one cluster; such merges have height `FORBIDDEN` or more.

    Returns
    -------
    ndarray of shape (n - 1, 3)
        Rows of two nodes and their height, lowest first; node ``n + i`` is what row i makes.
    """
    return tree_of(distances(vectors @ vectors.T, weights, method, cannot), weights, method)


def tree_of(apart: np.ndarray, weights: np.ndarray, method: Method) -> np.ndarray:
    """Merge points by a square matrix of distances (squared for Ward) with an infinite diagonal; see `merge_tree`.

    The matrix is used up. Points of equal weight go through scipy, which does the same faster.
    """
    if len(weights) > 1 and (weights == 1.0).all():
        return _by_scipy(apart, method)
    kept_apart = bool(((apart >= FORBIDDEN) & np.isfinite(apart)).any())
    with np.errstate(invalid="ignore"):  # inf - inf, where one of the two is gone
        merges = _merges(apart, weights.astype(float), method, kept_apart=kept_apart)
    return _in_order(merges, len(weights), method)


def _merges(
    apart: np.ndarray, weights: np.ndarray, method: Method, *, kept_apart: bool
) -> list[tuple[int, int, float]]:
    mass = weights.copy()
    merges: list[tuple[int, int, float]] = []
    gone_by = np.zeros(len(mass))  # infinite for what was merged into another: added to a row, it is never nearest
    near = np.empty(len(mass))
    chain: list[int] = []
    while len(merges) < len(mass) - 1:
        if not chain:
            chain.append(int(gone_by.argmin()))
        a = chain[-1]
        b = int(np.add(apart[a], gone_by, out=near).argmin())
        if len(chain) > 1 and apart[a, chain[-2]] <= apart[a, b]:
            b = chain[-2]  # a tie must lead back, or the chain would not end
            del chain[-2:]
            keep, gone = min(a, b), max(a, b)
            merges.append((keep, gone, float(apart[a, b])))
            row = _joined(apart, mass, (keep, gone), method)
            if kept_apart:
                row[np.maximum(apart[keep], apart[gone]) >= FORBIDDEN] = FORBIDDEN
            row[keep] = np.inf
            apart[keep], apart[:, keep] = row, row
            mass[keep] += mass[gone]
            gone_by[gone] = np.inf
        else:
            chain.append(b)
    return merges


def distances(
    cosines: np.ndarray, weights: np.ndarray, method: Method, cannot: Sequence[tuple[int, int]] = ()
) -> np.ndarray:
    """Return cosine distances, for Ward the squared distances of weighted points; infinite on the diagonal."""
    apart = np.round(1.0 - cosines, _DECIMALS)
    np.clip(apart, 0.0, 2.0, out=apart)
    if method == "ward":  # squared: the update is linear in squares
        apart *= 2.0
        if (weights != 1.0).any():
            factor = 2.0 * np.outer(weights, weights)
            factor /= np.add.outer(weights, weights)
            apart *= factor
    apart = np.minimum(apart, apart.T)
    np.fill_diagonal(apart, np.inf)
    for a, b in cannot:
        apart[a, b] = apart[b, a] = FORBIDDEN
    return np.asarray(apart)


def _by_scipy(apart: np.ndarray, method: Method) -> np.ndarray:
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    np.fill_diagonal(apart, 0.0)
    near = squareform(np.sqrt(apart) if method == "ward" else apart, checks=False)
    tree: np.ndarray = linkage(near, method)[:, :3]
    tree[:, 2] = np.round(tree[:, 2], _DECIMALS)
    return tree


def _joined(apart: np.ndarray, mass: np.ndarray, pair: tuple[int, int], method: Method) -> np.ndarray:
    """Return the distances of a merged pair to all; in place where it can be, since it is done for each merge."""
    keep, gone = pair
    a, b = mass[keep], mass[gone]
    if method == "ward":
        row, part = a + mass, b + mass
        row *= apart[keep]
        part *= apart[gone]
        row += part
        np.multiply(mass, apart[keep, gone], out=part)
        row -= part
        np.add(a + b, mass, out=part)
        row /= part
    else:
        row = (a * apart[keep] + b * apart[gone]) / (a + b)
    row.round(_DECIMALS, out=row)
    found: np.ndarray = row
    return found


def _in_order(merges: Sequence[tuple[int, int, float]], n: int, method: Method) -> np.ndarray:
    """Sort merges by height and name nodes as scipy does; a merge never comes before those it is made of."""
    order = sorted(range(len(merges)), key=lambda i: (merges[i][2], i))
    node = list(range(n))
    tree = np.zeros((len(merges), 3))
    for step, i in enumerate(order):
        keep, gone, height = merges[i]
        tree[step] = (node[keep], node[gone], np.sqrt(height) if method == "ward" and height < FORBIDDEN else height)
        node[keep] = n + step
    return tree
