"""Vectors or texts in, groups of passages out: `cluster_vectors` and `cluster_texts`."""

from .api import cluster_texts, cluster_vectors
from .result import Clustering

__all__ = ["Clustering", "cluster_texts", "cluster_vectors"]
