"""Keeps a grouping between runs: the same passages, voices and links are grouped once, whatever else was edited."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from ..keys import key_of_run
from .api import cluster_vectors
from .result import Clustering

if TYPE_CHECKING:
    from ..analysis import Cache
    from ..config import ClusteringConfig

_COMPUTING = ("numpy", "scipy")


def kept_grouping(cache: Cache | None, vectors: np.ndarray, *, config: ClusteringConfig, **asked: Any) -> Clustering:
    """Return what these very passages gave in an earlier run, or group them.

    Parameters
    ----------
    cache : Cache or None
        None keeps nothing.
    vectors : ndarray of shape (n_passages, n_dims)
        As for `cluster_vectors`.
    config : ClusteringConfig
        Settings.
    **asked
        The other parameters of `cluster_vectors`.

    Returns
    -------
    Clustering
    """
    if cache is None:
        return cluster_vectors(vectors, config=config, **asked)
    digest = hashlib.sha256(np.ascontiguousarray(vectors).tobytes()).hexdigest()
    basis = [digest, vectors.shape, asdict(config), asked, [version(name) for name in _COMPUTING]]
    key = key_of_run("grouping", basis)
    entry = cache.get(key)
    if entry is not None:
        return _from_entry(entry)
    found = cluster_vectors(vectors, config=config, **asked)
    cache.put(key, _to_entry(found))
    return found


def _to_entry(found: Clustering) -> dict[str, Any]:
    rest = {
        "stability": found.stability,
        "parents": found.parents,
        "exemplars": found.exemplars,
        "single_voice": sorted(found.single_voice),
        "warnings": found.warnings,
    }
    return {"labels": found.labels, "rest": json.dumps(rest).encode()}


def _from_entry(entry: Any) -> Clustering:
    rest = json.loads(entry["rest"])
    return Clustering(
        labels=entry["labels"],
        stability=tuple(rest["stability"]),
        parents=tuple(rest["parents"]),
        exemplars=tuple(map(tuple, rest["exemplars"])),
        single_voice=frozenset(rest["single_voice"]),
        warnings=tuple(rest["warnings"]),
    )
