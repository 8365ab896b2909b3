"""Replays edits over groups of passages: one `Edit` at a time in, the groups and the wishes for their words kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ..records import Warn
from .checking import QuoteKey
from .curation import Edit
from .linking import Links
from .locating import Locator

_LONGEST_NAME = 10  # words, as of the names that drafting gives


@dataclass(slots=True)
class Wishes:
    """What a person wants of the words of one job; ``marks`` say what was done, as ``Job.edits`` shows it."""

    name: str | None = None
    slots: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    reviewed: str | None = None


class Replay:
    """The state while edits are applied in order of time.

    ``parts`` are the groups as they have lasting ids: what the machine found, less what splits and moves took away.
    Merged jobs are parts with one root, so that undoing the merge gives each its own passages back. ``unseen`` are those
    that no report has shown: who takes a passage out of one has not worked on it.
    """

    def __init__(
        self,
        parts: dict[str, set[str]],
        absorbed: Mapping[str, str | None],
        locator: Locator,
        links: Links,
        unseen: Collection[str] = (),
    ) -> None:
        self.parts = parts
        self.locator = locator
        self.excluded: set[str] = set()
        self._pinned: set[str] = set()
        self._struck: set[QuoteKey] = set()
        self.warnings: list[Warn] = []
        self._absorbed = absorbed
        self._unseen = frozenset(unseen)
        self._must, self._cannot = set(links.must), set(links.cannot)
        self._merged: dict[str, str] = {}
        self._dropped: set[str] = set()
        self._wishes: dict[str, Wishes] = {}

    def apply(self, edit: Edit) -> None:
        """Apply one edit, or say in ``warnings`` why it could not be."""
        getattr(self, f"_{edit.op}")(edit)

    def wishes(self, job_id: str) -> Wishes:
        """Return the wishes for a job."""
        return self._wishes.setdefault(job_id, Wishes())

    @property
    def pinned(self) -> set[str]:
        """Return the jobs that a person pinned, by the id that they have now."""
        return {self._root(job) for job in self._pinned}

    @property
    def struck(self) -> list[QuoteKey]:
        """Return the quotes that are no evidence anywhere."""
        return sorted(q for q in self._struck if self.locator.segment_id(q) in self.excluded)

    def result(self) -> dict[str, set[str]]:
        """Return the groups that are jobs now: merged ones united, excluded ones and empty ones left out."""
        united: dict[str, set[str]] = {}
        for part in sorted(self.parts):
            united.setdefault(self._root(part), set()).update(self.parts[part] - self.excluded)
        for job_id, members in united.items():
            if not members and self.wishes(job_id).marks:
                self._warn("curation_job_empty", f"Job {job_id} has no passages left and is not shown any more.")
        for job_id in sorted(self._dropped & united.keys()):
            self.excluded |= united.pop(job_id)
        return {job_id: members for job_id, members in united.items() if members}

    def _root(self, job_id: str) -> str:
        while job_id in self._merged:
            job_id = self._merged[job_id]
        return job_id

    def _target(self, job_id: str | None, edit: Edit) -> str | None:
        """Return the job as it stands now; None, with a warning, where it is gone."""
        if job_id is not None and job_id in self.parts:
            return self._root(job_id)
        heir = self._absorbed.get(job_id or "")
        where = f" Most of its passages are in {self._root(heir)} now." if heir else ""
        self._warn(
            "curation_job_gone",
            f"Edit {edit.edit_id} ({edit.op}) names job {job_id}, which this run does not have.{where} "
            "The edit is kept and waits.",
        )
        return None

    def _rename(self, edit: Edit) -> None:
        if job := self._target(edit.job, edit):
            self.wishes(job).name = edit.text
            self._mark(job, edit, "")

    def _reword(self, edit: Edit) -> None:
        if job := self._target(edit.job, edit):
            self.wishes(job).slots[edit.slot or ""] = edit.text or ""
            self._mark(job, edit, edit.slot or "")

    def _review(self, edit: Edit) -> None:
        if job := self._target(edit.job, edit):
            self.wishes(job).reviewed = edit.edit_id if edit.reviewed else None
            self._mark(job, edit, "" if edit.reviewed else "taken back")

    def _note(self, edit: Edit) -> None:
        if job := self._target(edit.job, edit):
            self.wishes(job).notes = [edit.text] if edit.text else []
            self._mark(job, edit, "" if edit.text else "taken away")

    def _merge(self, edit: Edit) -> None:
        first = self._first_of_merge(edit)
        if first is None:
            return
        for other in edit.jobs[1:]:
            root = self._target(other, edit)
            if root is None or root == first:
                continue
            self._merged[root] = first
            lost = self.wishes(root)  # words that a person gave to a job that joins another are told, though not used
            words = [repr(lost.name)] if lost.name else []
            words += [f"{slot} {text!r}" for slot, text in lost.slots.items() if text]
            self.wishes(first).notes += lost.notes
            self._mark(first, edit, f"with {root}" + (f" ({', '.join(words)})" if words else ""))

    def _first_of_merge(self, edit: Edit) -> str | None:
        """Return the job that the others join; it may have no passages of its own left as long as another has."""
        first = edit.jobs[0]
        if first in self.parts:
            return self._root(first)
        here = [job for job in edit.jobs[1:] if job in self.parts]
        if not here:
            self._target(first, edit)
            return None
        self.parts[first] = set()
        return first

    def _split(self, edit: Edit) -> None:
        source = self._target(edit.job, edit)
        found = self._found(edit)
        if source is None or not found:
            return
        new = str(edit.made)
        self.parts.setdefault(new, set())
        self._place(found, new)
        self.wishes(new).name = edit.text
        self._mark(source, edit, f"{_count(found)} to {new}")
        self._mark(new, edit, f"from {source}")

    def _create(self, edit: Edit) -> None:
        found = self._found(edit)
        if not found:
            return
        new = str(edit.made)
        for holder, passages in sorted(self._holders(found).items()):
            if holder != new:
                self._mark_taken(holder, edit, f"{_count(passages)} to {new}")
        self.parts.setdefault(new, set())
        self._pinned.add(new)
        self._place(found, new)
        words = dict(edit.words)
        wishes = self.wishes(new)
        wishes.name = edit.text or _as_name(words.get("motivation"))
        wishes.slots.update(words)
        self._mark(new, edit, ", ".join([_count(found), *(["name"] if edit.text else []), *words]))

    def _move(self, edit: Edit) -> None:
        target = self._target(edit.into, edit)
        found = self._found(edit)
        if target is None or not found:
            return
        for job, passages in sorted(self._holders(found).items()):
            if job != target:
                self._mark_taken(job, edit, f"{_count(passages)} to {target}")
        self._place(found, target)
        self._mark(target, edit, f"{_count(found)} in")

    def _pin(self, edit: Edit) -> None:
        found = self._found(edit)
        job = str(edit.job)
        if not found:
            return
        self.parts.setdefault(job, set())
        root = self._root(job)
        self._pinned.add(job)
        self._place({s for s in found if self._holder(s) != root}, root)
        self._mark(root, edit, _count(found))

    def _exclude(self, edit: Edit) -> None:
        if not edit.quotes:
            if job := self._target(edit.job, edit):
                self._dropped.add(job)
                self._warn("curation_job_excluded", f"Job {job} is left out, as edit {edit.edit_id} asks.")
            return
        found = self._found(edit)
        job = self._target(edit.job, edit) if edit.job else None
        if edit.job and job is None:
            return
        for holder, passages in sorted(self._holders(found).items()):
            if job in (None, holder):
                self._place(passages, None)
                self._mark_taken(holder, edit, _count(passages))
        if job is None:
            self.excluded |= found
            self._struck |= set(edit.quotes)

    def _must_link(self, edit: Edit) -> None:
        for a, b in sorted(self._pairs(edit, self._must)):
            first, second = self._holder(a), self._holder(b)
            target = first or second
            if target is None:
                self._warn("curation_link_idle", f"Edit {edit.edit_id} links passages of which none is in a job.")
            elif first != second:
                self._place({b if first else a}, target)
                self._mark(target, edit, "1 passage in")

    def _cannot_link(self, edit: Edit) -> None:
        for a, b in sorted(self._pairs(edit, self._cannot)):
            job = self._holder(a)
            if job is not None and job == self._holder(b):
                self._place({b}, None)
                self._mark_taken(job, edit, "1 passage out")

    def _pairs(self, edit: Edit, standing: set[tuple[str, str]]) -> set[tuple[str, str]]:
        found = self._found(edit)
        return {pair for pair in standing if pair[0] in found and pair[1] in found}

    def _found(self, edit: Edit) -> set[str]:
        """Return the passages that the edit names; one that is excluded stays so until that edit is undone."""
        found = {s for quote in edit.quotes if (s := self.locator.segment_id(quote)) is not None}
        if found & self.excluded and edit.op in ("split", "create", "move"):
            self._warn(
                "curation_contradiction",
                f"Edit {edit.edit_id} ({edit.op}) names a quote that an earlier edit excludes: it stays out. "
                "Undo one of them.",
            )
        return found - self.excluded

    def _holder(self, segment_id: str) -> str | None:
        return next((self._root(part) for part, members in self.parts.items() if segment_id in members), None)

    def _holders(self, found: set[str]) -> dict[str, set[str]]:
        held: dict[str, set[str]] = {}
        for segment_id in found:
            if (job := self._holder(segment_id)) is not None:
                held.setdefault(job, set()).add(segment_id)
        return held

    def _place(self, found: set[str], part: str | None) -> None:
        """Take the passages from where they are and put them into a part, or nowhere."""
        for members in self.parts.values():
            members -= found
        if part is not None:
            self.parts[part] |= found

    def _mark(self, job_id: str, edit: Edit, detail: str) -> None:
        who = f" by {edit.by}" if edit.by else ""
        self.wishes(job_id).marks.append(f"{edit.op} {edit.edit_id}{who}" + (f": {detail}" if detail else ""))

    def _mark_taken(self, job_id: str, edit: Edit, detail: str) -> None:
        if job_id not in self._unseen or self.wishes(job_id).marks:
            self._mark(job_id, edit, detail)

    def _warn(self, code: str, message: str) -> None:
        self.warnings.append(Warn(code=code, message=message))


def _as_name(motivation: str | None) -> str | None:
    """Return the goal that a person wrote as the name of the job, where it is short enough to be one."""
    short = motivation is not None and len(motivation.split()) <= _LONGEST_NAME
    return motivation[:1].upper() + motivation[1:].rstrip(" .") if motivation and short else None


def _count(passages: set[str]) -> str:
    return f"{len(passages)} quote{'' if len(passages) == 1 else 's'}"
