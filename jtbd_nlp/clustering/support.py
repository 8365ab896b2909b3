"""Labels in, labels out: a group that one person speaks of joins the nearest group of others, where one is near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..similarity import centre
from .atoms import unit_rows
from .grouping import Points

_NEAR = 0.1  # cosine of the middles of two groups, 0 being "no more alike than any two passages of the study"


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of the points, their summed vectors and weight, and who speaks."""

    rows: np.ndarray
    total: np.ndarray
    mass: float
    voices: frozenset[str]

    def joined(self, other: _Group) -> _Group:
        return _Group(
            np.sort(np.concatenate([self.rows, other.rows])),
            self.total + other.total,
            self.mass + other.mass,
            self.voices | other.voices,
        )


def join_voices(labels: np.ndarray, points: Points, cap: float, least: int) -> np.ndarray:
    """Join groups that too few people speak of to the nearest group that others speak of too.

    A way of talking, or one long answer, makes a group that looks like a job of its own; what nobody else is near to stays
    one, as a deviant case.

    Parameters
    ----------
    labels : ndarray of shape (n,)
        Group of each point, -1 for none.
    points : Points
        With the voice of each; points of several voices count as enough.
    cap : float
        Largest total weight that joining may make.
    least : int
        Participants that a group must have to be left as it is.

    Returns
    -------
    ndarray of shape (n,)
        Joined groups bear the label of the one that was near.
    """
    if points.voices is None or len(set(points.voices.tolist())) < 2:
        return labels
    groups = _groups_of(labels, points)
    waiting = sorted(label for label, group in groups.items() if _few(group, least))
    joined = labels.copy()
    while waiting:
        found = [(near, -label, into) for label in waiting for near, into in [_nearest(label, groups, points, cap)]]
        near, label, into = max(found)
        if near < _NEAR:
            break
        groups[into] = groups[into].joined(groups.pop(-label))
        joined[groups[into].rows] = into
        waiting = [w for w in waiting if w in groups and _few(groups[w], least)]
    return joined


def _few(group: _Group, least: int) -> bool:
    return "" not in group.voices and len(group.voices) < least


def _groups_of(labels: np.ndarray, points: Points) -> dict[int, _Group]:
    vectors = centre(points.vectors, points.weights) * points.weights[:, None]
    assert points.voices is not None
    found = {}
    for label in np.unique(labels[labels >= 0]).tolist():
        rows = np.flatnonzero(labels == label)
        voices = frozenset(points.voices[rows].tolist())
        found[int(label)] = _Group(rows, vectors[rows].sum(axis=0), float(points.weights[rows].sum()), voices)
    return found


def _nearest(label: int, groups: dict[int, _Group], points: Points, cap: float) -> tuple[float, int]:
    """Return the closeness and label of the nearest group that adds a voice and may be joined; -1 without one."""
    group = groups[label]
    fits = [
        (other, into)
        for into, other in sorted(groups.items())
        if into != label and not other.voices <= group.voices and group.mass + other.mass <= cap
    ]
    fits = [(other, into) for other, into in fits if not _kept_apart(group, other, points)]
    if not fits:
        return -1.0, -1
    middles = unit_rows(np.array([other.total for other, _ in fits]))
    near = np.round(middles @ unit_rows(group.total[None])[0], 6)
    best = int(near.argmax())
    return float(near[best]), fits[best][1]


def _kept_apart(group: _Group, other: _Group, points: Points) -> bool:
    one, two = set(group.rows.tolist()), set(other.rows.tolist())
    return any((a in one and b in two) or (a in two and b in one) for a, b in points.cannot)
