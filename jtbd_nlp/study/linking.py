"""What a person's edits ask of the clustering: edits in, pairs of passages to keep together and apart out.

Of two edits that contradict each other, the later one holds, and a warning names both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from ..records import Segment, Transcript, Warn
from .curation import Edit, active_edits
from .locating import Locator

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Pairs of segment ids that stand, and the ids of edits of which a part does not."""

    must: tuple[Pair, ...] = ()
    cannot: tuple[Pair, ...] = ()
    overruled: Mapping[str, str] | None = None


def constraints_of(
    edits: Sequence[Edit],
    passages: Sequence[Segment],
    transcripts: Iterable[Transcript],
    members: Mapping[str, Sequence[str]] | None = None,
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return what the clustering must keep together and apart.

    Parameters
    ----------
    edits : Sequence[Edit]
        All of the curation; undone ones are left aside here.
    passages : Sequence[Segment]
        The rows to be clustered, in their order.
    transcripts : Iterable[Transcript]
        All of the run.
    members : Mapping[str, Sequence[str]] or None, default=None
        Job id to the segment ids that it held in the last run: what a split keeps apart from.

    Returns
    -------
    tuple[list[tuple[int, int]], list[tuple[int, int]]]
        must, cannot: pairs ``(i, j)``, ``i < j``, of row numbers; sorted. A passage that is not among the rows takes
        no part.
    """
    row = {segment.segment_id: i for i, segment in enumerate(passages)}
    links = standing_links(edits, Locator(passages, transcripts), members or {})

    def rows(pairs: Iterable[Pair]) -> list[tuple[int, int]]:
        found = {tuple(sorted((row[a], row[b]))) for a, b in pairs if a in row and b in row}
        return sorted((int(a), int(b)) for a, b in found)

    return rows(links.must), rows(links.cannot)


def standing_links(edits: Sequence[Edit], locator: Locator, members: Mapping[str, Sequence[str]]) -> Links:
    """Return the links that hold after later edits have overruled earlier ones."""
    held = _Held()
    overruled: dict[str, str] = {}
    for edit in reversed(active_edits(edits)):
        found = [s for s in dict.fromkeys(locator.segment_id(q) for q in edit.quotes) if s is not None]
        for together, pair in _asked(edit, found, members):
            against = held.add(pair, edit.edit_id, together=together)
            if against is not None and edit.op in ("must_link", "cannot_link", "pin"):
                overruled.setdefault(edit.edit_id, against)
    for pair in _kept_together(edits, locator, members):
        held.add(pair, "", together=True)  # weakest of all: refused where an edit says otherwise
    return Links(must=tuple(held.must), cannot=tuple(held.cannot), overruled=overruled)


def _kept_together(edits: Sequence[Edit], locator: Locator, members: Mapping[str, Sequence[str]]) -> Iterator[Pair]:
    """Yield the links of jobs that a person worked on: the machine does not take apart what a person has looked at.

    Without them new interviews could scatter the passages of a job, and a name or a merge would stand for others.
    """
    active = active_edits(edits)
    touched = {job for edit in active for job in _worked_on(edit)}
    parted = [(edit.made, {locator.segment_id(q) for q in edit.quotes}) for edit in active if edit.op in _PARTING]
    for job in sorted(touched):
        apart = {s for made, named in parted if made != job for s in named}
        yield from pairwise(s for s in members.get(job, ()) if s not in apart)


def lone_passages(edits: Sequence[Edit], members: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the passages that are all of a job which a person worked on: no pair of passages keeps such a job."""
    touched = sorted({job for edit in active_edits(edits) for job in _worked_on(edit)})
    return [held[0] for job in touched if len(held := members.get(job, ())) == 1]


def _worked_on(edit: Edit) -> tuple[str, ...]:
    """Return the jobs that the edit shows a person to have looked at, and to want."""
    if edit.op == "move" and edit.into is not None:
        return (edit.into,)
    if edit.op == "create":
        return (str(edit.made),)
    looked_at = edit.op in _TOUCHING or (edit.op == "exclude" and edit.quotes)
    return edit.jobs if looked_at else ()


_TOUCHING = frozenset({"rename", "reword", "merge", "split", "pin", "review", "note"})
_PARTING = frozenset({"split", "create", "move", "exclude", "cannot_link"})


def contradictions(links: Links, edits: Sequence[Edit]) -> Iterator[Warn]:
    """Return a warning for each edit that a later one overrules in part."""
    ops = {edit.edit_id: edit.op for edit in edits}
    for edit_id, against in sorted((links.overruled or {}).items()):
        yield Warn(
            code="curation_contradiction",
            message=f"Edit {edit_id} ({ops[edit_id]}) contradicts the later {against} ({ops.get(against, '')}), "
            "which holds. Undo one of them.",
        )


def _asked(edit: Edit, found: Sequence[str], members: Mapping[str, Sequence[str]]) -> Iterator[tuple[bool, Pair]]:
    """Return what one edit asks: (together or apart, pair)."""
    if edit.op in ("must_link", "pin", "split", "create"):
        yield from ((True, pair) for pair in pairwise(found))
    if edit.op == "cannot_link":
        yield from ((False, pair) for pair in combinations(found, 2))
    if edit.op in ("split", "move") and edit.job is not None and found:
        rest = [other for other in members.get(edit.job, ()) if other not in found]
        named = found[:1] if edit.op == "split" else found  # the others of a split are linked to its first
        yield from ((False, (one, other)) for one in named for other in rest)


class _Held:
    """Links accepted so far, with who asked; refuses a pair that they already decide the other way."""

    def __init__(self) -> None:
        self.must: dict[Pair, str] = {}
        self.cannot: dict[Pair, str] = {}
        self._root: dict[str, str] = {}
        self._asker: dict[str, str] = {}

    def add(self, pair: Pair, edit_id: str, *, together: bool) -> str | None:
        """Accept the pair and return None, or return the id of the edit that stands against it."""
        a, b = (self._find(s) for s in pair)
        if together:
            against = self._apart(a, b)
            if against is None and a != b:
                self._root[max(a, b)] = min(a, b)
            if against is None:
                self.must[pair] = edit_id
                self._asker.setdefault(min(a, b), edit_id)
            return against
        if a == b:
            return self._asker.get(a)
        self.cannot[pair] = edit_id
        return None

    def _find(self, segment_id: str) -> str:
        while segment_id in self._root:
            segment_id = self._root[segment_id]
        return segment_id

    def _apart(self, a: str, b: str) -> str | None:
        for (left, right), edit_id in self.cannot.items():
            if {self._find(left), self._find(right)} == {a, b} and a != b:
                return edit_id
        return None
