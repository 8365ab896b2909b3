"""Labels in, labels out: a group that one person speaks of joins the nearest group of others, where one is near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .grouping import Points

_NEAR = 0.1  # cosine of the middles of two groups, 0 being "no more alike than any two passages of the study"


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of the points, their weight, and who speaks."""

    rows: np.ndarray
    mass: float
    voices: frozenset[str]

    def joined(self, other: _Group) -> _Group:
        return _Group(
            np.sort(np.concatenate([self.rows, other.rows])), self.mass + other.mass, self.voices | other.voices
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
    names, inside = np.unique(labels, return_inverse=True)
    groups = _groups_of(inside, points)
    if names[0] < 0:
        del groups[0]
    alike = _products_of(inside, points)
    into_of = np.arange(len(names))
    while waiting := [number for number, group in groups.items() if _few(group, least)]:
        near, number, into = max(
            (near, -number, into) for number in waiting for near, into in [_nearest(number, groups, alike, points, cap)]
        )
        if near < _NEAR:
            break
        groups[into] = groups[into].joined(groups.pop(-number))
        alike[into] += alike[-number]
        alike[:, into] += alike[:, -number]
        into_of[into_of == -number] = into
    joined: np.ndarray = names[into_of[inside]]
    return joined


def _few(group: _Group, least: int) -> bool:
    return "" not in group.voices and len(group.voices) < least


def _groups_of(inside: np.ndarray, points: Points) -> dict[int, _Group]:
    assert points.voices is not None
    heard = points.voices.tolist()
    in_order = np.split(np.argsort(inside, kind="stable"), np.cumsum(np.bincount(inside))[:-1])
    masses = np.bincount(inside, weights=points.weights).tolist()
    return {
        number: _Group(rows, masses[number], frozenset(heard[r] for r in rows.tolist()))
        for number, rows in enumerate(in_order)
    }


def _products_of(inside: np.ndarray, points: Points) -> np.ndarray:
    """Return the products of the groups' summed vectors, beyond what all points share."""
    member = np.zeros((int(inside.max()) + 1, len(inside)))
    member[inside, np.arange(len(inside))] = points.weights
    products: np.ndarray = member @ points.centred() @ member.T
    return products


def _nearest(
    number: int, groups: dict[int, _Group], alike: np.ndarray, points: Points, cap: float
) -> tuple[float, int]:
    """Return the closeness and number of the nearest group that adds a voice and may be joined; -1 without one."""
    group = groups[number]
    fits = [
        into
        for into, other in groups.items()
        if into != number
        and not other.voices <= group.voices
        and group.mass + other.mass <= cap
        and not _kept_apart(group, other, points)
    ]
    if not fits:
        return -1.0, -1
    lengths = np.sqrt((np.diagonal(alike)[fits] * alike[number, number]).clip(1e-18))
    near = np.round(alike[number, fits] / lengths, 6)
    best = int(near.argmax())
    return float(near[best]), fits[best]


def _kept_apart(group: _Group, other: _Group, points: Points) -> bool:
    if not points.cannot:
        return False
    one, two = set(group.rows.tolist()), set(other.rows.tolist())
    return any((a in one and b in two) or (a in two and b in one) for a, b in points.cannot)
