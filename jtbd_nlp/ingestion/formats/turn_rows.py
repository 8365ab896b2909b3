"""Reads tables with a turn a row: records in, a transcript for each value of the column that names them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..turns.raw import RawTranscript, RawTurn
from ..turns.times import number
from .cells import column_of
from .json_turns import END, START

TRANSCRIPT = (
    "transcript_id",
    "transcript",
    "interview",
    "interview_id",
    "session",
    "session_id",
    "file",
    "filename",
    "document",
)
_PLACE = ("turn_index", "turn_number", "turn_no", "turn_id", "turn")

Record = Mapping[str, str]


def read_turn_rows(
    records: Sequence[Record], columns: Sequence[str], speaker: str, text: str
) -> Iterator[RawTranscript]:
    """Yield the transcripts of a table; rows that name none are one of their own, and it is told."""
    rest = [column for column in columns if column not in (speaker, text)]
    group, place = column_of(rest, TRANSCRIPT), column_of(rest, _PLACE)
    start, end = column_of(rest, START), column_of(rest, END)
    transcripts: dict[str, list[Record]] = {}
    for record in records:
        transcripts.setdefault(record.get(group or "", ""), []).append(record)
    for value, rows in transcripts.items():
        ordered = _in_order(rows, place)
        notes = [f"its rows were put in the order of {place}"] if ordered != rows else []
        if group and not value and any(record.get(text) for record in rows):
            notes.append(f"{len(rows)} rows of the table have no {group} and were read as one transcript; fill it in")
        turns = tuple(
            RawTurn(
                speaker=record.get(speaker) or None,
                text=record.get(text, ""),
                start_s=number(record.get(start or "")),
                end_s=number(record.get(end or "")),
            )
            for record in ordered
        )
        yield RawTranscript(turns=turns, format="table:turns", name=value[:200] or None, warnings=tuple(notes))


def _in_order(rows: list[Record], place: str | None) -> list[Record]:
    """Return rows by their place where each has one of its own: stores such as Spark's keep rows in no order."""
    places = [record.get(place or "", "") for record in rows]
    if not all(value.isdecimal() for value in places) or len(set(places)) < len(places):
        return rows
    return sorted(rows, key=lambda record: int(record[place or ""]))
