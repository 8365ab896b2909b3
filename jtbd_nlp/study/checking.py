"""Checks the values of one edit: plain values of TOML or JSON in, checked ones out, or a `StudyError`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from ..errors import StudyError
from ..records import SLOTS

FORMAT = 1
_JOB = re.compile(r"J-[0-9a-f]{6,64}", re.ASCII)
_EDIT = re.compile(r"E-[0-9a-z]{6,64}", re.ASCII)
MAX_TEXT = 20_000  # characters of one text in an edit; a person's note is far below
MAX_EDITS = 50_000

# op: (keys that must be there, keys that may be)
OPERATIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "rename": (("job", "name"), ()),
    "reword": (("job", "slot", "text"), ()),
    "merge": (("jobs",), ()),
    "split": (("job", "quotes"), ("name", "into")),
    "create": (("quotes",), ("name", *SLOTS, "into")),
    "move": (("quotes", "to"), ("job",)),
    "pin": (("job", "quotes"), ()),
    "exclude": ((), ("job", "quotes")),
    "must_link": (("quotes",), ()),
    "cannot_link": (("quotes",), ()),
    "review": (("job",), ("reviewed",)),
    "note": (("job", "text"), ()),
    "undo": (("edit",), ()),
}
_COMMON = ("id", "at", "by", "why", "op")


@dataclass(frozen=True, slots=True, order=True)
class QuoteKey:
    """The stable name of a quote: its place, half-open in characters of the transcript, and its exact words."""

    transcript_id: str
    start_char: int
    end_char: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the keys as report.json names them."""
        return {
            "transcript_id": self.transcript_id,
            "start_char": self.start_char,
            "end_char": self.end_char,
            "text": self.text,
        }


def short(value: Any) -> str:
    """Return the value as a message shows it, cut at 60 characters."""
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def table(data: Any, origin: str) -> dict[str, Any]:
    """Return the mapping as a dict, or refuse."""
    if not isinstance(data, Mapping):
        raise StudyError(f"{origin} must be a table of keys, got {short(data)}. See docs/studies.md for the format.")
    return {str(key): value for key, value in data.items()}


def operation(plain: Mapping[str, Any], origin: str) -> str:
    """Return the name of the operation after checking that its keys are those it must have."""
    op = plain.get("op")
    if not isinstance(op, str) or op not in OPERATIONS:
        near = difflib.get_close_matches(str(op), OPERATIONS, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "Choose one of them."
        raise StudyError(f"{origin}: op must be one of {', '.join(OPERATIONS)}, got {short(op)}. {hint}")
    needed, optional = OPERATIONS[op]
    for key in plain:
        if key not in (*_COMMON, *needed, *optional):
            near = difflib.get_close_matches(key, (*_COMMON, *needed, *optional), n=1)
            hint = f"Did you mean {near[0]!r}?" if near else "Take it out."
            known = ", ".join((*needed, *optional))
            raise StudyError(f"{origin}: key of {op} must be one of {known}, got {key!r}. {hint}")
    for key in needed:
        if key not in plain:
            raise StudyError(f"{origin}: {op} must have the key {key}, got none. Add it, or take the edit out.")
    if op == "exclude" and not plain.get("quotes") and "job" not in plain:
        raise StudyError(f"{origin}: exclude must name quotes or a job, got neither. Add one of them.")
    return op


def text(value: Any, what: str, *, empty: bool = False) -> str | None:
    """Return the words, or None where there are none; control characters and endless texts are refused."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise StudyError(f"{what} must be text, got {short(value)}. Put it in quotation marks.")
    if len(value) > MAX_TEXT:
        raise StudyError(f"{what} must have at most {MAX_TEXT} characters, got {len(value)}. Shorten it.")
    if not value.strip() and not empty:
        raise StudyError(f"{what} must not be empty, got {short(value)}. Write it, or take the edit out.")
    if any((ord(char) < 32 and char not in "\n\t") or 0xD800 <= ord(char) < 0xE000 for char in value):
        raise StudyError(f"{what} must be plain text, got {short(value)}. Take the control characters out.")
    return value.strip()


def moment(value: Any, what: str) -> str | None:
    """Return a time as text; TOML's own times are taken as well."""
    return text(value.isoformat() if isinstance(value, date | time) else value, what)


def flag(value: Any, what: str) -> bool:
    """Return a truth value."""
    if not isinstance(value, bool):
        raise StudyError(f"{what} must be true or false, got {short(value)}. Change it.")
    return value


def slot(value: Any, origin: str) -> str | None:
    """Return the slot's name."""
    if value is not None and value not in SLOTS:
        raise StudyError(f"{origin}: slot must be one of {', '.join(SLOTS)}, got {short(value)}. Change it.")
    return str(value) if value is not None else None


def words(plain: Mapping[str, Any], origin: str) -> tuple[tuple[str, str], ...]:
    """Return the words that an edit gives to slots, in the order of the slots."""
    given = ((name, text(plain.get(name), f"{origin} {name}")) for name in SLOTS)
    return tuple((name, value) for name, value in given if value is not None)


def job_id(value: Any, what: str) -> str | None:
    """Return a job id."""
    return _matching(value, _JOB, what, "J- and 6 or more of 0-9 a-f")


def edit_id(value: Any, what: str) -> str | None:
    """Return an edit's id."""
    return _matching(value, _EDIT, what, "E- and 6 or more of 0-9 a-z")


def jobs(plain: Mapping[str, Any], origin: str) -> tuple[str, ...]:
    """Return the jobs that the edit names: one, or those of a merge."""
    listed = plain.get("jobs", [plain["job"]] if "job" in plain else [])
    if not isinstance(listed, list | tuple):
        raise StudyError(f'{origin}: jobs must be a list of job ids, got {short(listed)}. Write ["J-..", "J-.."].')
    found = tuple(dict.fromkeys(str(job_id(value, f"{origin} job")) for value in listed))
    if "jobs" in plain and len(found) < 2:
        raise StudyError(f"{origin}: merge must name two different jobs or more, got {short(listed)}. Add the other.")
    return found


def quotes(plain: Mapping[str, Any], op: str, origin: str) -> tuple[QuoteKey, ...]:
    """Return the quotes that the edit names, without doubles, in their order."""
    listed = plain.get("quotes", [])
    if not isinstance(listed, list | tuple):
        raise StudyError(f"{origin}: quotes must be a list of tables, got {short(listed)}. See docs/studies.md.")
    found = tuple(dict.fromkeys(_quote(value, origin) for value in listed))
    least = {"must_link": 2, "cannot_link": 2, "split": 1, "create": 1, "move": 1, "pin": 1}.get(op, 0)
    if len(found) < least:
        raise StudyError(f"{origin}: {op} must name {least} different quotes or more, got {len(found)}. Add one.")
    return found


def _quote(value: Any, origin: str) -> QuoteKey:
    plain = table(value, f"{origin}: quote")
    if set(plain) != {"transcript_id", "start_char", "end_char", "text"}:
        raise StudyError(
            f"{origin}: quote must have transcript_id, start_char, end_char and text, got {short(sorted(plain))}. "
            "Copy the quote from report.json."
        )
    start, end = plain["start_char"], plain["end_char"]
    for place in (start, end):
        if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < 2**40:
            raise StudyError(f"{origin}: place of a quote must be a whole number, got {short(place)}. Change it.")
    words = plain["text"]
    if not isinstance(words, str) or not isinstance(plain["transcript_id"], str):
        raise StudyError(f"{origin}: transcript_id and text of a quote must be text, got {short(value)}. Change them.")
    if end - start != len(words) or not words:
        raise StudyError(
            f"{origin}: quote must be as long as its place, got {len(words)} characters at {start}-{end}. "
            "Copy the quote from report.json."
        )
    return QuoteKey(plain["transcript_id"], int(start), int(end), words)


def _matching(value: Any, pattern: re.Pattern[str], what: str, rule: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise StudyError(f"{what} must be {rule}, got {short(value)}. Copy it from the report.")
    return value
