"""The two calls that group passages; everything that users may rely on is said here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..blas import one_thread
from ..checking import check_texts
from ..config import ClusteringConfig, Config, section_of
from ..errors import InvalidParameterError
from .atoms import Atoms, Pairs, make_atoms, unit_rows
from .grouping import Points, condense, consensus, group
from .looking import big_jobs, resample, single_voices, stability
from .result import Clustering
from .support import join_voices

SWITCH = 3000  # distinct passages above which micro-clusters are grouped instead
MICRO = 1500  # micro-clusters
CONSENSUS = 1500  # points up to which interviews are grouped by the consensus of resamples ...
MOST_DRAWS, LEAST_DRAWS = 12, 3  # ... of which there are so many times ``resamples``, the most up to ...
MANY = 500  # ... as many points, then fewer, since the cost of each grows with the square of the points


def cluster_texts(texts: Iterable[str], *, config: Config | ClusteringConfig | None = None) -> Clustering:
    """Group texts by what they want to get done.

    Parameters
    ----------
    texts : iterable of str
        Sentences or short passages: a list, or a column of a data frame; may be empty.
    config : Config or ClusteringConfig or None, default=None
        None: the defaults. Only ``clustering`` counts: texts are encoded by the shipped encoder tuned to jobs, whatever
        ``embedding`` says.

    Returns
    -------
    Clustering
        ``labels`` is an int array of shape (n_texts,), -1 for unclustered.

    Raises
    ------
    InvalidParameterError
        If an item is not a text, or ``config`` is no settings.

    Examples
    --------
    >>> import jtbd_nlp
    >>> jtbd_nlp.cluster_texts([]).labels.shape
    (0,)
    """
    from ..embedding import load_job_embedder

    settings = section_of(config, ClusteringConfig)
    checked = check_texts(texts, "texts")
    vectors = load_job_embedder().embed(checked) if checked else np.zeros((0, 1))
    return cluster_vectors(vectors, names=checked, config=settings)


def cluster_vectors(
    vectors: np.ndarray,
    *,
    voices: Sequence[str] | None = None,
    names: Sequence[str] | None = None,
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
    names : sequence of str or None, default=None
        What each passage is known by, such as its words; None: its vector. Resamples are drawn by it, so that a study keeps
        its draws when passages come or go; vectors that are centred on the study change with it.
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
        If vectors are not finite numbers in two dimensions, voices or names have another length, or a pair is out of
        range.

    Notes
    -----
    Neither the order of the passages nor the number of threads changes which passages are grouped. Up to `SWITCH`
    distinct passages a full tree is built; above, `MICRO` micro-clusters are, and the cost grows with n alone.
    """
    settings = config or ClusteringConfig()
    for what, given in (("voices", voices), ("names", names)):
        if given is not None and len(given) != len(vectors):
            raise InvalidParameterError(
                f"{what} must be one for each of {len(vectors)} passages, got {len(given)}. Pass one name a row."
            )
    with one_thread():
        return _cluster(make_atoms(vectors, must_link, cannot_link, names), voices, settings)


def _cluster(atoms: Atoms, voices: Sequence[str] | None, settings: ClusteringConfig) -> Clustering:
    n = sum(map(len, atoms.members))
    if len(atoms.weights) < settings.min_passages and not atoms.pinned:
        return _nothing(n, atoms)
    points = Points(atoms.vectors, atoms.weights, atoms.keys, _voices_of(atoms, voices), atoms.cannot)
    cap = max(settings.max_share * float(atoms.weights.sum()), 2.0 * settings.min_passages)
    micro = np.arange(len(atoms.weights)) if len(atoms.weights) <= SWITCH else _micro(points)
    coarse = points if len(atoms.weights) <= SWITCH else _merged(points, micro)
    if voices is not None and len(coarse.weights) <= SWITCH:
        coarse = replace(coarse, products=coarse.vectors @ coarse.vectors.T)
    regroup = _regrouper(cap, settings)
    draws = resample(coarse, regroup, _times(coarse, settings), settings.seed)
    agreed = voices is not None and len(coarse.weights) <= CONSENSUS
    raw = consensus(coarse, cap, settings.granularity, draws) if agreed else regroup(coarse)
    held = _pinned_kept(raw[micro], atoms)
    chosen = _chosen(held, atoms, settings)
    labels = np.full(n, -1, dtype=np.int64)
    labels[[row for members in atoms.members for row in members]] = np.repeat(chosen, [len(m) for m in atoms.members])
    at_coarse = np.full(len(coarse.weights), -1)
    at_coarse[micro] = np.where(held >= 0, chosen, -1)
    stable = stability(at_coarse, coarse.weights, draws)
    return Clustering(
        labels=labels,
        stability=tuple(stable),
        parents=tuple(big_jobs(coarse, at_coarse)),
        exemplars=tuple(_exemplars(atoms, np.flatnonzero(chosen == k)) for k in range(int(chosen.max(initial=-1)) + 1)),
        single_voice=single_voices(labels, voices, settings.min_participants),
        warnings=(*atoms.warnings, *_warnings(labels, voices, settings)),
    )


def _regrouper(cap: float, config: ClusteringConfig) -> Callable[[Points], np.ndarray]:
    def regroup(points: Points) -> np.ndarray:
        if points.voices is not None:
            points = replace(points, cosines=points.centred())
        return join_voices(group(points, cap, config.granularity), points, cap, config.min_participants)

    return regroup


def _times(points: Points, config: ClusteringConfig) -> int:
    """Return how many resamples to draw: many more where the groups themselves rest on them, as long as they are small."""
    n = len(points.weights)
    if points.voices is None or n > CONSENSUS:
        return config.resamples
    times = min(MOST_DRAWS, max(LEAST_DRAWS, MOST_DRAWS * (MANY / max(n, 1)) ** 2))
    return round(config.resamples * times)


def _voices_of(atoms: Atoms, voices: Sequence[str] | None) -> np.ndarray | None:
    if voices is None:
        return None
    heard = [{voices[row] for row in members} for members in atoms.members]
    return np.array([next(iter(who)) if len(who) == 1 else "" for who in heard])


def _micro(points: Points) -> np.ndarray:
    """Condense, and give each point with a cannot-link a micro-cluster of its own: averages may not hide it."""
    micro = condense(points, MICRO)
    for i in sorted({row for pair in points.cannot for row in pair}):
        micro[i] = micro.max() + 1
    renumbered: np.ndarray = np.unique(micro, return_inverse=True)[1].reshape(-1)
    return renumbered


def _merged(points: Points, micro: np.ndarray) -> Points:
    """Return one weighted point per micro-cluster; its key is the lowest, most often that of its seed."""
    sums = np.zeros((int(micro.max()) + 1, points.vectors.shape[1]))
    np.add.at(sums, micro, points.vectors * points.weights[:, None])
    keys = np.full(len(sums), np.iinfo(np.uint64).max)
    np.minimum.at(keys, micro, points.keys)
    weights = np.bincount(micro, weights=points.weights)
    voices = None if points.voices is None else np.full(len(weights), "")
    pairs = tuple(sorted({(int(micro[a]), int(micro[b])) for a, b in points.cannot}))
    return Points(unit_rows(np.round(sums, 8)), weights, keys, voices, pairs)


def _nothing(n: int, atoms: Atoms) -> Clustering:
    copies = n > len(atoms.weights)
    why = f"{n} passages, of which {len(atoms.weights)} differ" if copies else f"{n} passages"
    warnings = (*atoms.warnings, f"Nothing to group: {why}; a job needs several passages that say it differently.")
    return Clustering(labels=np.full(n, -1, dtype=np.int64), warnings=warnings)


def _chosen(raw: np.ndarray, atoms: Atoms, config: ClusteringConfig) -> np.ndarray:
    """Drop clusters that are too small, and number the rest by size, ties by content."""
    clusters = []
    for label in np.unique(raw[raw >= 0]):
        inside = np.flatnonzero(raw == label)
        if atoms.weights[inside].sum() >= config.min_passages or any(int(i) in atoms.pinned for i in inside):
            clusters.append(inside)
    clusters.sort(key=lambda inside: (-atoms.weights[inside].sum(), int(inside[0])))
    chosen = np.full(len(raw), -1, dtype=np.int64)
    for number, inside in enumerate(clusters):
        chosen[inside] = number
    return chosen


def _pinned_kept(raw: np.ndarray, atoms: Atoms) -> np.ndarray:
    """Give a must-linked atom that no cluster holds one of its own: a person wants it together."""
    kept = raw.copy()
    for i in sorted(atoms.pinned):
        if kept[i] < 0:
            kept[i] = kept.max() + 1
    return kept


def _exemplars(atoms: Atoms, inside: np.ndarray) -> tuple[int, ...]:
    """Passages from the centre outwards; equal ones in the order of input, which is all that tells them apart."""
    middle = (atoms.vectors[inside] * atoms.weights[inside, None]).sum(0)
    closeness = np.round(atoms.vectors[inside] @ middle, 6)
    order = inside[np.lexsort((inside, -closeness))]
    return tuple(row for i in order for row in atoms.members[i])


def _warnings(labels: np.ndarray, voices: Sequence[str] | None, config: ClusteringConfig) -> Iterator[str]:
    sizes = np.bincount(labels[labels >= 0])
    if not len(sizes):
        yield f"No job found: no {config.min_passages} of {len(labels)} passages are alike enough to be one."
    elif sizes[0] > max(config.max_share * len(labels), 2 * config.min_passages):
        yield f"The largest group holds {sizes[0]} of {len(labels)} passages: copies or links that may not be parted."
    if voices is not None and len(labels) and len(set(voices)) < config.min_participants:
        yield f"{len(set(voices))} participant speaks here: no job is shared, every one is a single voice."
