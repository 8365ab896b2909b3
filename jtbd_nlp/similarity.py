"""Vectors of passages in, job vectors out: their cosine says how likely two passages tell of one job.

Nothing is trained here: the trained maps that were tried remembered their domains (docs/decisions.md has the table).
What carries over is to take away what the whole study shares, and to let passages of one answer borrow from each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .errors import InvalidParameterError

if TYPE_CHECKING:
    from .records import SentenceTags

_NEIGHBOURS = 0.3  # weight of what was said around a passage in the same answer
_DECAY = 0.5  # of that weight with every passage in between
_PRIOR = 8.0  # passages that a study must have before its own mean counts half
_LEAST_FOR_THEME = 30  # passages; of fewer, one direction outweighs the others by chance
_OUTWEIGHS = 1.1  # times the power of the second direction, from which it is taken away ...
_UNTIL = 0.3  # ... and how much more until it is wholly
_BLOCK = 2048  # rows worked on at a time
_SAME_QUESTION = 40  # characters of context in which two passages of one answer agree


def job_vectors(
    vectors: np.ndarray,
    texts: Sequence[str],
    *,
    contexts: Sequence[str] | None = None,
    tags: Sequence[SentenceTags] | None = None,
) -> np.ndarray:
    """Turn plain vectors into vectors whose cosine says "same job".

    Parameters
    ----------
    vectors : ndarray of shape (n_passages, n_dims)
        Embeddings, unit L2 norm.
    texts : sequence of str
        The passages, those of one answer next to each other in reading order.
    contexts : sequence of str or None, default=None
        What was asked and said just before each. Passages in a row whose contexts begin alike answer one question:
        a struggle, the way out and its result are often told there one after the other, in different words.
    tags : sequence of SentenceTags or None, default=None
        Checked for length; kept for models that tell slots apart.

    Returns
    -------
    ndarray of shape (n_passages, n_dims), float32
        Unit L2 norm. Centred on the study: 0 means "no more alike than any two passages of this study".

    Raises
    ------
    InvalidParameterError
        If texts, contexts or tags have another length than vectors.
    """
    for name, rows in (("texts", texts), ("contexts", contexts), ("tags", tags)):
        if rows is not None and len(rows) != len(vectors):
            raise InvalidParameterError(
                f"{name} must be one for each of {len(vectors)} vectors, got {len(rows)}. Pass one a row."
            )
    plain = np.array(vectors, dtype=np.float64)  # ours to change: copies of it would be most of a large run's memory
    if not len(plain):
        return np.asarray(plain, dtype=np.float32)
    around = np.zeros_like(plain) if contexts is None else _around(plain, contexts)
    around -= around.mean(axis=0)
    around *= _NEIGHBOURS
    mixed = _centred(plain)
    mixed += around
    del around
    return _without_theme(_made_unit(mixed)).astype(np.float32)


def told_vectors(vectors: np.ndarray, contexts: Sequence[str], weight: float) -> np.ndarray:
    """Return what each passage tells together with its answer, beyond what all passages share; unit rows.

    Parameters
    ----------
    vectors : ndarray of shape (n_passages, n_dims)
        Unit L2 norm.
    contexts : sequence of str
        What was asked and said just before each, in reading order; see `job_vectors`.
    weight : float
        Of what was said around a passage in its answer, beside its own words.

    Returns
    -------
    ndarray of shape (n_passages, n_dims), float32
    """
    if not len(vectors):
        return np.asarray(vectors, dtype=np.float32)
    shared = _shared(vectors)
    told = np.empty(vectors.shape, dtype=np.float32)
    for part in _whole_answers(contexts):  # of a large study each copy in double precision is a tenth of all its memory
        rows = _made_unit(vectors[part] - shared)
        told[part] = _made_unit(rows + weight * _around(rows, contexts[part]))
    return told


def centre(vectors: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Take away what all passages share, less so where there are few; return unit rows of the same shape.

    The subject of a study makes all its passages alike, and so hides which of them are alike beyond it.
    """
    return _centred(np.array(vectors, dtype=np.float64), weights)


def _centred(rows: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    rows -= _shared(rows, weights)
    return _made_unit(rows)


def _shared(rows: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return what all rows share, less where there are few."""
    mass = float(len(rows) if weights is None else weights.sum())
    mean = rows.mean(axis=0, dtype=np.float64) if weights is None else np.average(rows, axis=0, weights=weights)
    shared: np.ndarray = mean * shared_share(mass)
    return shared


def shared_share(mass: float) -> float:
    """Return how much of the mean of so many passages is taken for what they share: all of it where they are many."""
    return mass / (mass + _PRIOR)


def without_theme(vectors: np.ndarray) -> np.ndarray:
    """Take away the one direction that outweighs all others, the more the more it does; return unit rows.

    It is what a study is about: in interviews about a tool, how much a passage is about the tool at all. Nearness along
    it hides nearness of jobs.
    """
    return _without_theme(np.array(vectors, dtype=np.float64))


def _without_theme(rows: np.ndarray) -> np.ndarray:
    if len(rows) < _LEAST_FOR_THEME:
        return rows
    rows -= rows.mean(axis=0)
    power, directions = np.linalg.eigh(np.round(rows.T @ rows, 8))
    share = float(np.clip((power[-1] / max(power[-2], 1e-9) - _OUTWEIGHS) / _UNTIL, 0.0, 1.0))
    theme = directions[:, -1]
    along = rows @ theme
    for part in _parts(len(rows)):
        rows[part] -= share * np.outer(along[part], theme)
    return _made_unit(rows)


def _made_unit(rows: np.ndarray) -> np.ndarray:
    """Give rows unit length in place."""
    for part in _parts(len(rows)):
        norms = np.linalg.norm(rows[part], axis=1, keepdims=True)
        rows[part] /= np.where(norms > 1e-9, norms, 1.0)
    return rows


def _parts(n: int) -> Iterator[slice]:
    return (slice(i, i + _BLOCK) for i in range(0, n, _BLOCK))


def _around(vectors: np.ndarray, contexts: Sequence[str]) -> np.ndarray:
    """Return for each passage the weighted sum of the others of its answer, at most of unit length."""
    sums = np.zeros_like(vectors)
    for first, end in _answers(contexts):
        places = np.arange(end - first)
        gaps = np.abs(places[:, None] - places)
        weights = np.where(gaps > 0, _DECAY ** np.maximum(gaps - 1, 0), 0.0)
        sums[first:end] = weights @ vectors[first:end]
    for part in _parts(len(sums)):
        sums[part] /= np.maximum(np.linalg.norm(sums[part], axis=1, keepdims=True), 1.0)
    return sums


def _answers(contexts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield half-open runs of passages that answer the same question."""
    first = 0
    for i in range(1, len(contexts) + 1):
        if i == len(contexts) or not _same_question(contexts[i - 1], contexts[i]):
            yield first, i
            first = i


def _whole_answers(contexts: Sequence[str]) -> Iterator[slice]:
    """Yield parts of about `_BLOCK` rows that cut no answer."""
    start = 0
    for _, end in _answers(contexts):
        if end - start >= _BLOCK or end == len(contexts):
            yield slice(start, end)
            start = end


def _same_question(a: str, b: str) -> bool:
    return bool(a) and a[:_SAME_QUESTION] == b[:_SAME_QUESTION]
