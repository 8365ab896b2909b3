"""The record that clustering returns: one label a passage, and what is known of each cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clustering:
    """Groups of passages; every tuple has one entry per cluster, in the order of the cluster numbers.

    Clusters are numbered from 0 by falling number of passages; ties break on content, never on the order of input.

    Attributes
    ----------
    labels : ndarray of shape (n_passages,), int64
        Cluster number of each passage, -1 for unclustered.
    stability : tuple of (float or None)
        Mean Jaccard overlap in [0, 1] of each cluster with its best match over resamples; None where not measured.
    parents : tuple of (int or None)
        Number of the big job that each cluster belongs to; None for a cluster that stands alone.
    exemplars : tuple of tuple of int
        Passage indices of each cluster, most central first.
    single_voice : frozenset of int
        Clusters that fewer participants than required speak of.
    warnings : tuple of str
        What the user must know, such as why a result is empty.
    """

    labels: np.ndarray
    stability: tuple[float | None, ...] = ()
    parents: tuple[int | None, ...] = ()
    exemplars: tuple[tuple[int, ...], ...] = ()
    single_voice: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()

    @property
    def n_clusters(self) -> int:
        """Number of clusters."""
        return len(self.exemplars)
