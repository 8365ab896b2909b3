"""The list of finds that a person reviews: finds in, ``personal_data.csv`` out, and its decisions back.

Columns: accept, kind, special, text, context, transcript_id, start_char, end_char, score, source. In ``accept`` a
person writes yes (hide it) or no (leave it); empty leaves it to the mode. Own rows may be added: ``text`` and
``accept`` = yes hide a text wherever it stands (``transcript_id`` narrows that to one transcript).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import StudyError
from ..records import Transcript
from ..reporting.tables import guard_cell, unguard_cell
from .finds import Find
from .hiding.private_files import read_private, write_private

COLUMNS = ("accept", "kind", "special", "text", "context", "transcript_id", "start_char", "end_char", "score", "source")
_YES = frozenset(("yes", "y", "x", "1", "true", "accept", "accepted", "hide"))
_NO = frozenset(("no", "n", "0", "false", "reject", "rejected", "keep"))
_CONTEXT = 40
Where = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided: by place, by text within a transcript, and the rows that the person added."""

    by_place: Mapping[tuple[str, int, int, str], bool]
    by_text: Mapping[Where, bool]
    added: tuple[tuple[str, str, str], ...] = ()  # text, kind, transcript id or ""
    rows: tuple[dict[str, str], ...] = ()

    def decision(self, find: Find, words: str) -> bool | None:
        """Return True to hide, False to leave, None where nobody decided.

        The same place decides; where a transcript changed, the same text of the same kind in it, if all its rows agree.
        """
        place = (find.transcript_id, find.start_char, find.end_char, find.kind)
        if place in self.by_place:
            return self.by_place[place]
        return self.by_text.get((find.transcript_id, find.kind, words))


def read_review(path: Path) -> Review:
    """Read the decisions; an absent file holds none.

    Raises
    ------
    StudyError
        If the file cannot be read, a column is missing, or ``accept`` is neither yes, no nor empty.
    """
    text = read_private(path)
    if text is None:
        return Review({}, {})
    return parse_review(text, str(path))


def parse_review(text: str, origin: str) -> Review:
    """Read the decisions from the text of a file that ``origin`` names in errors."""
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""))
        rows = [{k: str(unguard_cell(v or "")) for k, v in row.items() if isinstance(k, str)} for row in reader]
        missing = {"accept", "text"} - set(reader.fieldnames or ())
    except csv.Error as error:
        raise StudyError(f"{origin} must be a table with commas, got {error}. Save it as CSV again.") from error
    if missing:
        raise StudyError(f"{origin} must have the columns accept and text, got {reader.fieldnames}. Restore them.")
    by_place: dict[tuple[str, int, int, str], bool] = {}
    by_text: dict[Where, set[bool]] = {}
    added: list[tuple[str, str, str]] = []
    for line, row in enumerate(rows, 2):
        decided = _decided(row["accept"], f"{origin}:{line}")
        start, end = row.get("start_char", ""), row.get("end_char", "")
        if start.isdecimal() and end.isdecimal() and len(start + end) < 30:
            if decided is not None:
                by_place[row.get("transcript_id", ""), int(start), int(end), row.get("kind", "")] = decided
                by_text.setdefault((row.get("transcript_id", ""), row.get("kind", ""), row["text"]), set()).add(decided)
        elif row["text"].strip() and decided:
            added.append(
                (row["text"].strip(), row.get("kind", "").strip().upper() or "OTHER", row.get("transcript_id", ""))
            )
    agreed = {where: said.pop() for where, said in by_text.items() if len(said) == 1}
    return Review(by_place, agreed, tuple(added), tuple(rows))


def _decided(cell: str, where: str) -> bool | None:
    word = cell.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    if word:
        raise StudyError(f"{where}: accept must be yes, no or empty, got {cell!r:.40}. Change that cell.")
    return None


def write_review(path: Path, transcripts: Iterable[Transcript], finds: Sequence[Find], review: Review) -> Path:
    """Write all finds with the decisions so far, for their reader alone; rows that a person added stay at the end.

    Parameters
    ----------
    path : Path
        ``personal_data.csv``; it holds the personal data itself, so it is kept apart from the report.
    transcripts : Iterable[Transcript]
        The originals.
    finds : Sequence[Find]
        Of them, special ones too.
    review : Review
        What was decided before.
    """
    by_id = {t.transcript_id: t for t in transcripts}
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for find in finds:
        writer.writerow([guard_cell(cell) for cell in _row(find, by_id[find.transcript_id].text, review)])
    current = {(f.transcript_id, f.kind, by_id[f.transcript_id].text[f.start_char : f.end_char]) for f in finds}
    for row in review.rows:
        lost = row["accept"].strip() and (row.get("transcript_id", ""), row.get("kind", ""), row["text"]) not in current
        if lost or not row.get("start_char", "").strip():  # a decision is kept though its transcript is gone for now
            writer.writerow([guard_cell(row.get(column, "")) for column in COLUMNS])
    return write_private(path, stream.getvalue())


def _row(find: Find, text: str, review: Review) -> list[str]:
    words = text[find.start_char : find.end_char]
    decided = review.decision(find, words)
    context = text[max(0, find.start_char - _CONTEXT) : find.end_char + _CONTEXT]
    return [
        {True: "yes", False: "no", None: ""}[decided], find.kind, "yes" if find.special else "", words,
        " ".join(context.split()), find.transcript_id, str(find.start_char), str(find.end_char), f"{find.score:.2f}",
        find.source,
    ]  # fmt: skip
