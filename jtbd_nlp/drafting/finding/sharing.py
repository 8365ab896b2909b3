"""Which passages a job may take in from other groups, so that every passage stands in one job at most.

A circumstance told right before a goal can lie in another group, or in none. A job that uses it takes it in; what a
person has put somewhere, what a finished job quotes, and what a small group needs is closed to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LEAST_LEFT = 4  # passages that a group keeps


class Shares:
    """Keeps count of the passages of all groups while their jobs are drafted one after the other.

    Parameters
    ----------
    groups : Sequence of Sequence[str]
        Segment ids of each group.
    edited : Sequence of bool
        Which groups a person has worked on: they neither give nor take.
    excluded : Iterable[str], default=()
        Segments that a person took out of all jobs.
    """

    def __init__(self, groups: Sequence[Sequence[str]], edited: Sequence[bool], excluded: Iterable[str] = ()) -> None:
        self._left = [set(ids) for ids in groups]
        self._owner = {segment_id: n for n, ids in enumerate(groups) for segment_id in ids}
        self._edited = list(edited)
        self._closed = set(excluded)
        self._closed |= {s for ids, by_person in zip(groups, edited, strict=True) if by_person for s in ids}

    def members(self, group: int) -> frozenset[str]:
        """Return the passages that a group still has."""
        return frozenset(self._left[group])

    def is_open(self, segment_id: str, group: int) -> bool:
        """Tell whether a group may take in a segment."""
        if segment_id in self._closed or self._edited[group]:
            return False
        owner = self._owner.get(segment_id)
        return owner is None or owner == group or len(self._left[owner]) > LEAST_LEFT

    def will_be_open(self, segment_id: str, group: int, now: int) -> bool:
        """Tell whether a segment will be open once the groups from ``now`` on that come before this one are drafted.

        They will quote all that they have; what they take in from elsewhere cannot be foretold.
        """
        owner = self._owner.get(segment_id)
        return self.is_open(segment_id, group) and (owner is None or not now <= owner < group)

    def close(self, group: int, quoted: Iterable[str]) -> None:
        """Note what a finished job quotes: it is taken from the groups that had it."""
        for segment_id in quoted:
            owner = self._owner.get(segment_id, group)
            if owner != group:
                self._left[owner].discard(segment_id)
            self._closed.add(segment_id)
