"""Products of all pairs of passages in, cosines out: beyond what all share, and beyond each speaker's way of talking.

Resamples group parts of the same passages again and again. What centring does to vectors can be done to their products,
which have as many numbers as there are passages in a part, and not as many as a vector has.
"""

from __future__ import annotations

import numpy as np

from ..similarity import shared_share

_VOICE = 0.4  # how much of each speaker's own mean is taken away: a way of talking is no job


def centred(products: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the cosines of the vectors that `jtbd_nlp.similarity.centre` would make.

    Parameters
    ----------
    products : ndarray of shape (n, n)
        Of unit vectors.
    weights : ndarray of shape (n,)

    Returns
    -------
    ndarray of shape (n, n)
    """
    mass = float(weights.sum())
    along = products @ (weights * (shared_share(mass) / mass))  # of each with what all share
    length = float(along @ weights) * (shared_share(mass) / mass)
    beyond = products - along[:, None]
    beyond -= along
    beyond += length
    return _unit(beyond)


def without_voices(cosines: np.ndarray, voices: np.ndarray | None, weights: np.ndarray) -> np.ndarray:
    """Take away part of what each speaker's passages share, and return cosines.

    Parameters
    ----------
    cosines : ndarray of shape (n, n)
    voices : ndarray of shape (n,) or None
        Who speaks; "" for several, of whom nothing is taken away.
    weights : ndarray of shape (n,)
    """
    if voices is None:
        return cosines
    names, who = np.unique(voices, return_inverse=True)
    if len(names) < 2:
        return cosines
    share = np.zeros((len(names), len(cosines)))  # of each passage in the mean of its speaker
    share[who, np.arange(len(cosines))] = weights / np.bincount(who, weights=weights)[who]
    share *= np.where(names == "", 0.0, _VOICE)[:, None]
    along = (share @ cosines)[who]  # row i: products of what is taken from i with each
    beyond = cosines - along
    beyond -= along.T
    beyond += (share @ along.T)[who]
    return _unit(beyond)


def _unit(products: np.ndarray) -> np.ndarray:
    """Make products of unit vectors of these, in place; the rows of a vector of zeros become zeros."""
    norms = np.sqrt(np.clip(np.diagonal(products), 0.0, None))
    scale = 1.0 / np.where(norms > 1e-7, norms, np.inf)
    products *= scale[:, None]
    products *= scale
    return products
