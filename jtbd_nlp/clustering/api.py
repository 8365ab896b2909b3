"""The two calls that group passages; everything that users may rely on is said here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..config import ClusteringConfig
from ..errors import InvalidParameterError
from .atoms import Atoms, Pairs, make_atoms
from .grouping import group
from .result import Clustering


def cluster_texts(texts: Sequence[str], *, config: ClusteringConfig | None = None) -> Clustering:
    """Group texts by what they want to get done.

    Parameters
    ----------
    texts : sequence of str
        Sentences or short passages; may be empty.
    config : ClusteringConfig or None, default=None
        None: the defaults.

    Returns
    -------
    Clustering
        ``labels`` is an int array of shape (n_texts,), -1 for unclustered.

    Examples
    --------
    >>> import jtbd_nlp
    >>> jtbd_nlp.cluster_texts([]).labels.shape
    (0,)
    """
    from ..embedding import embed_texts

    vectors = embed_texts(texts) if len(texts) else np.zeros((0, 1))
    return cluster_vectors(vectors, config=config or ClusteringConfig())


def cluster_vectors(
    vectors: np.ndarray,
    *,
    voices: Sequence[str] | None = None,
    must_link: Pairs = (),
    cannot_link: Pairs = (),
    config: ClusteringConfig | None = None,
) -> Clustering:
    """Group passages by the cosine of their vectors.

    Parameters
    ----------
    vectors : ndarray of shape (n_passages, n_dims)
        Such as `jtbd_nlp.similarity.job_vectors` returns.
    voices : sequence of str or None, default=None
        Who said each passage; None: support is not counted.
    must_link, cannot_link : iterable of (int, int)
        Pairs of passage numbers that a person wants together or apart.
    config : ClusteringConfig or None, default=None
        None: the defaults.

    Returns
    -------
    Clustering

    Raises
    ------
    InvalidParameterError
        If vectors are not finite numbers in two dimensions, voices have another length, or a pair is out of range.

    Notes
    -----
    Neither the order of the passages nor the number of threads changes which passages are grouped.
    """
    settings = config or ClusteringConfig()
    if voices is not None and len(voices) != len(vectors):
        raise InvalidParameterError(
            f"voices must be one for each of {len(vectors)} passages, got {len(voices)}. Pass one name a row."
        )
    atoms = make_atoms(vectors, must_link, cannot_link)
    if atoms.weights.size < 2 and not atoms.pinned:
        return _nothing(len(vectors), atoms)
    raw = group(atoms.vectors, atoms.weights, atoms.cannot, _cap(atoms, settings), settings.granularity)
    return _settle(atoms, raw, voices, settings)


def _cap(atoms: Atoms, config: ClusteringConfig) -> float:
    return max(config.max_share * float(atoms.weights.sum()), 2.0 * config.min_passages)


def _nothing(n: int, atoms: Atoms) -> Clustering:
    why = f"all {n} passages are copies of one text" if n > 1 else f"{n} passages"
    warnings = (*atoms.warnings, f"Nothing to group: {why}.")
    return Clustering(labels=np.full(n, -1, dtype=np.int64), warnings=warnings)


def _settle(atoms: Atoms, raw: np.ndarray, voices: Sequence[str] | None, config: ClusteringConfig) -> Clustering:
    """Drop what is too small, number what remains, and look at each cluster."""
    clusters = []
    for label in np.unique(raw):
        inside = np.flatnonzero(raw == label)
        if atoms.weights[inside].sum() >= config.min_passages or any(int(i) in atoms.pinned for i in inside):
            clusters.append(inside)
    clusters.sort(key=lambda inside: (-atoms.weights[inside].sum(), int(inside[0])))
    labels = np.full(sum(map(len, atoms.members)), -1, dtype=np.int64)
    for number, inside in enumerate(clusters):
        labels[[row for i in inside for row in atoms.members[i]]] = number
    single = _single_voices(labels, len(clusters), voices, config.min_participants)
    return Clustering(
        labels=labels,
        stability=(None,) * len(clusters),
        parents=(None,) * len(clusters),
        exemplars=tuple(_exemplars(atoms, inside) for inside in clusters),
        single_voice=single,
        warnings=atoms.warnings + (() if clusters else ("No group of passages is coherent and large enough.",)),
    )


def _single_voices(labels: np.ndarray, n: int, voices: Sequence[str] | None, least: int) -> frozenset[int]:
    if voices is None:
        return frozenset()
    heard: list[set[str]] = [set() for _ in range(n)]
    for label, voice in zip(labels.tolist(), voices, strict=True):
        if label >= 0:
            heard[label].add(voice)
    return frozenset(number for number, who in enumerate(heard) if len(who) < least)


def _exemplars(atoms: Atoms, inside: np.ndarray) -> tuple[int, ...]:
    """Passages from the centre outwards; equal ones in the order of input, which is all that tells them apart."""
    middle = (atoms.vectors[inside] * atoms.weights[inside, None]).sum(0)
    closeness = np.round(atoms.vectors[inside] @ middle, 6)
    order = inside[np.lexsort((inside, -closeness))]
    return tuple(row for i in order for row in atoms.members[i])
