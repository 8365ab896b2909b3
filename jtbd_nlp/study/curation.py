"""What a person decided, as a plain file: ``curation.toml`` in, `Edit` records out, and back with its comments kept.

One file for the whole study, append-only and in order of time: git shows an edit as a few added lines, two people's
edits merge as text (the writer begins and ends each with its id), and undoing is one more line rather than a lost one.
Edits of one job lie apart in it, which is why every edit names its job.

The format, version 1 (the report page writes the same list as JSON: ``{"format": 1, "edit": [{...}, ...]}``)::

    format = 1

    [[edit]]
    id = "E-7c1d20f4"                # unique; a hash or random hex; made of the content when absent
    at = "2026-11-24T23:10:00Z"      # optional, UTC
    by = "Ada"                       # optional, who
    op = "rename"
    job = "J-3f9a1c"
    name = "Check what the tool says"

Every operation, with the keys that it must have (those in brackets may be left out; ``at``, ``by`` and ``why`` may
stand in all)::

    rename       job, name
    reword       job, slot, text          slot: situation, motivation or outcome; text "" empties the slot
    merge        jobs                     two or more; the first keeps its id and its name
    split        job, quotes, [name], [into]   the quotes leave the job and become a new one; into: its id, else derived
    create       quotes, [name], [situation], [motivation], [outcome], [into]   a job that the machine missed: the
                                          quotes leave the jobs that they are in; into: its id, else derived
    move         quotes, to, [job]        to: the job that gets them; job: where they are now
    pin          job, quotes              the quotes stay together in this job, whatever a later run finds
    exclude      quotes, [job]            not evidence any more, in this job or anywhere
    exclude      job                      without quotes: the whole job is left out
    must_link    quotes                   two or more passages that tell of one job
    cannot_link  quotes                   two or more passages, no two of which may be in one job
    review       job, [reviewed]          reviewed = false takes the mark away
    note         job, text                text "" takes the note away
    undo         edit                     the id of an earlier edit, which no longer counts

A quote is named by its place and its exact words, so that a changed transcript is noticed (same keys as report.json)::

    quotes = [
      { transcript_id = "work_0134", start_char = 120, end_char = 180, text = "exact words" },
    ]
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..checking import conflict_line
from ..errors import StudyError
from . import checking
from .checking import FORMAT, MAX_EDITS, QuoteKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One thing that a person did; see the module for which fields an ``op`` uses.

    ``text`` holds the words of rename (the name), reword and note; ``into`` is the new job of a split or a create and the
    receiving job of a move; ``words`` are those that a create gives to slots; ``edit`` is what an undo takes back.
    """

    edit_id: str
    op: str
    jobs: tuple[str, ...] = ()
    quotes: tuple[QuoteKey, ...] = ()
    slot: str | None = None
    text: str | None = None
    words: tuple[tuple[str, str], ...] = ()
    into: str | None = None
    edit: str | None = None
    reviewed: bool = True
    at: str | None = None
    by: str | None = None
    why: str | None = None

    @property
    def id(self) -> str:
        """Return the id of the edit, as the file names it."""
        return self.edit_id

    @property
    def job(self) -> str | None:
        """Return the job that the edit is about, if it names one."""
        return self.jobs[0] if self.jobs else None

    @property
    def made(self) -> str | None:
        """Return the id of the job that a split or a create makes."""
        return (self.into or made_id(self)) if self.op in ("split", "create") else None

    def to_dict(self) -> dict[str, Any]:
        """Return the keys of the file, in the order in which they are written."""
        words = "name" if self.op in ("rename", "split", "create") else "text"
        values: dict[str, Any] = {"id": self.edit_id, "at": self.at, "by": self.by, "op": self.op}
        values["jobs" if self.op == "merge" else "job"] = list(self.jobs) if self.op == "merge" else self.job
        values |= {"edit": self.edit, "slot": self.slot, words: self.text, **dict(self.words)}
        values["to" if self.op == "move" else "into"] = self.into
        values["reviewed"] = None if self.reviewed else False
        values["quotes"] = [quote.to_dict() for quote in self.quotes] or None
        values["why"] = self.why
        return {key: value for key, value in values.items() if value is not None}


def edit_from_dict(data: Any, *, origin: str = "edit") -> Edit:
    """Check one edit as the file or the page gives it and return its record.

    Parameters
    ----------
    data : Any
        A mapping with the keys of the format; anything else is refused.
    origin : str, default="edit"
        Named in errors.

    Returns
    -------
    Edit
        With an id derived from its content when it has none.

    Raises
    ------
    StudyError
        If the operation or a key is unknown, a key is missing, or a value breaks its rule.
    """
    plain = checking.table(data, origin)
    op = checking.operation(plain, origin)
    words = "name" if "name" in plain else "text"
    edit = Edit(
        edit_id=checking.edit_id(plain.get("id"), f"{origin} id") or "",
        op=op,
        jobs=checking.jobs(plain, origin),
        quotes=checking.quotes(plain, op, origin),
        slot=checking.slot(plain.get("slot"), origin),
        text=checking.text(plain.get(words), f"{origin} {words}", empty=op in ("reword", "note")),
        words=checking.words(plain, origin),
        into=checking.job_id(plain.get("to", plain.get("into")), f"{origin} job id"),
        edit=checking.edit_id(plain.get("edit"), f"{origin} edit"),
        reviewed=checking.flag(plain.get("reviewed", True), f"{origin} reviewed"),
        at=checking.moment(plain.get("at"), f"{origin} at"),
        by=checking.text(plain.get("by"), f"{origin} by"),
        why=checking.text(plain.get("why"), f"{origin} why"),
    )
    return edit if edit.edit_id else replace(edit, edit_id=content_id(edit.to_dict()))


def content_id(data: Mapping[str, Any], salt: int = 0) -> str:
    """Return ``E-`` and eight hex digits of the content; ``salt`` tells equal edits apart."""
    body = json.dumps([{k: v for k, v in data.items() if k != "id"}, salt], sort_keys=True, ensure_ascii=False)
    return "E-" + hashlib.sha256(body.encode()).hexdigest()[:8]


def made_id(edit: Edit) -> str:
    """Return the id of the job that an edit makes, where it names none: a hash of the edit and its quotes.

    Eight digits, where found jobs have six, so that the two cannot meet.
    """
    body = json.dumps([edit.edit_id, sorted([*q.to_dict().values()] for q in edit.quotes)], ensure_ascii=False)
    return "J-" + hashlib.sha256(body.encode()).hexdigest()[:8]


def unique_ids(edits: Sequence[Edit], taken: Sequence[str] = ()) -> tuple[Edit, ...]:
    """Give a fresh id to each edit whose id is taken by another one before it."""
    seen, result = set(taken), []
    for edit in edits:
        salt, fresh = 0, edit.edit_id
        while fresh in seen:
            salt += 1
            fresh = content_id(edit.to_dict(), salt)
        seen.add(fresh)
        result.append(replace(edit, edit_id=fresh))
    return tuple(result)


def parse_curation(text: str, *, origin: str = "curation.toml") -> tuple[Edit, ...]:
    """Read the text of a curation file.

    Parameters
    ----------
    text : str
        TOML of format 1; empty text is an empty list.
    origin : str, default="curation.toml"
        Named in errors.

    Returns
    -------
    tuple[Edit, ...]
        In the order of the file; an edit that stands in it twice, id and all, counts once.

    Raises
    ------
    StudyError
        If it is not TOML, is of a newer format, or an edit breaks the format; the message names the edit.
    """
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        line = conflict_line(text)
        if line is not None:
            raise StudyError(
                f"{origin} must be TOML, got a conflict of git at line {line}. Keep the edits of both sides, each below "
                "an [[edit]] of its own, and take out the lines <<<<<<<, ======= and >>>>>>>; no edit was lost."
            ) from error
        raise StudyError(f"{origin} must be TOML, got: {error}. Mend that line; no edit was lost.") from error
    return edits_from_dict(data, origin=origin)


def edits_from_dict(data: Any, *, origin: str) -> tuple[Edit, ...]:
    """Check ``{"format": 1, "edit": [...]}`` as TOML or the page's JSON gives it; raises as `parse_curation`."""
    if not isinstance(data, Mapping) or not isinstance(data.get("edit", []), list):
        raise StudyError(f"{origin} must hold a list of [[edit]] tables, got {checking.short(data)}.")
    version = data.get("format", FORMAT)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise StudyError(f"{origin}: format must be a whole number from 1, got {checking.short(version)}.")
    if version > FORMAT:
        raise StudyError(f"{origin}: format must be {FORMAT} or less, got {version}. Install a newer jtbd_nlp.")
    for key in data:
        if key not in ("format", "edit"):
            raise StudyError(f"{origin}: key must be format or edit, got {key!r:.60}. Begin edits with [[edit]].")
    listed = data.get("edit", [])
    if len(listed) > MAX_EDITS:
        raise StudyError(f"{origin} must hold at most {MAX_EDITS} edits, got {len(listed)}. Start a new study.")
    found = [edit_from_dict(edit, origin=f"{origin}: edit {n}") for n, edit in enumerate(listed, start=1)]
    seen: set[Edit] = set()
    kept = []
    for edit, table in zip(found, listed, strict=True):
        said = replace(edit, by=None)
        if said not in seen or not table.get("id"):  # one that came in on two ways, by a merge say, is one edit
            kept.append(edit)
        seen.add(said)
    return unique_ids(kept)


def undone(edits: Sequence[Edit]) -> frozenset[str]:
    """Return the ids of the edits that a later undo takes back; an undo that is itself taken back does nothing."""
    gone: set[str] = set()
    for edit in reversed(edits):
        if edit.op == "undo" and edit.edit_id not in gone and edit.edit is not None:
            gone.add(edit.edit)
    return frozenset(gone)


def lone_undos(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the undos that count and name an edit that is not there: what they were to take back still counts."""
    known, gone = {edit.edit_id for edit in edits}, undone(edits)
    return tuple(e for e in edits if e.op == "undo" and e.edit not in known and e.edit_id not in gone)


def active_edits(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that count: no undo, and none that an undo takes back."""
    gone = undone(edits)
    return tuple(edit for edit in edits if edit.op != "undo" and edit.edit_id not in gone)
