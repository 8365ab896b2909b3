"""Reads tables: an interview, a turn or a respondent a row (surveys, reviews), from CSV, XLSX, Parquet or a DataFrame.

In: rows. Out: `RawTranscript`s. Of a turn table: one per value of its transcript column. Of cells that hold whole
interviews, each with two speakers or more, or that list turns: one a row. Of a survey: one per table,
one turn per answer, the respondent as speaker and participant; a column heading that asks something stands before its
answers as the interviewer's words, so that answers keep their context and the question is never evidence. Other
columns become columns of the participants.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...config import IngestionConfig
from ...errors import IngestionError
from ...records import Row
from ..turns.labels import clean_label
from ..turns.raw import RawTranscript, RawTurn
from .cells import cell_text, column_of
from .json_turns import SPEAKER
from .plain_text import read_plain_text
from .turn_lists import read_turn_lists, turn_list_column
from .turn_rows import TRANSCRIPT, read_turn_rows
from .workbooks import sheets

_TEXT = (
    "text",
    "utterance",
    "transcript",
    "content",
    "sentence",
    "words",
    "message",
    "body",
    "transcription",
    "line",
    "quote",
)
_TURN_SPEAKER = (*SPEAKER, "speaker name", "speaker label", "sprecher")
_RESPONDENT = (
    "participant", "participant_id", "respondent", "respondent_id", "respondent id", "response id", "response_id",
    "responseid", "user_id", "userid", "user", "customer_id", "customer", "reviewer", "reviewerid", "author", "email",
    "id", "name", "username",
)  # fmt: skip
_LOOKED_AT = 5  # cells that are read to tell whether a column holds whole interviews
_MIN_WORDS = 5.0  # a column whose filled cells have more on average holds what people wrote


def read_csv(text: str, config: IngestionConfig, name: str) -> Iterator[RawTranscript]:
    """Read a CSV or TSV text; the delimiter is the one that the first line uses most.

    Raises
    ------
    IngestionError
        If there is no heading or no column of text.
    """
    head = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(",;\t|", key=lambda mark: (head.count(mark), mark == ","))
    csv.field_size_limit(max(csv.field_size_limit(), config.max_chars))
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\n"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise IngestionError(f"must be a readable table, got: {error}. Save it again as CSV in UTF-8.") from error
    yield from read_rows(rows, config, name)


def read_xlsx(data: bytes, config: IngestionConfig, name: str) -> Iterator[RawTranscript]:
    """Read every sheet of a workbook that holds a table with text.

    Raises
    ------
    IngestionError
        If no sheet does; the reason of the first is given.
    """
    faults: list[str] = []
    found = 0
    for title, alone, rows, told in sheets(data, config):
        left = told
        try:
            for raw in read_rows(rows, config, name if alone else f"{name}/{title}"):
                found += 1
                yield replace(raw, warnings=(*raw.warnings, *left))
                left = []  # told once
        except IngestionError as error:
            faults.append(f"sheet {title!r} {error.reason}")
    if not found:
        raise IngestionError(
            faults[0] if faults else "must hold a sheet with a table, got none. Check that it was saved completely."
        )
    if faults:
        yield RawTranscript(turns=(), format="xlsx", name="other sheets", warnings=tuple(faults))


def read_frame(frame: Any, config: IngestionConfig) -> Iterator[RawTranscript]:
    """Read a pandas DataFrame (or anything with ``columns`` and ``itertuples``); an index that has names is read too."""
    if any(name is not None for name in getattr(getattr(frame, "index", None), "names", ())):
        frame = frame.reset_index(allow_duplicates=True)  # who speaks may stand there
    rows = [list(map(str, frame.columns)), *(list(row) for row in frame.itertuples(index=False, name=None))]
    yield from read_rows(rows, config, "table")


def read_rows(rows: Sequence[Sequence[Any]], config: IngestionConfig, name: str) -> Iterator[RawTranscript]:
    """Read rows, of which the first filled one is the heading.

    Raises
    ------
    IngestionError
        If there is no row below the heading, or no column of text.
    """
    filled = [row for row in rows if any(cell_text(cell) for cell in row)]
    if len(filled) < 2:
        raise IngestionError("must hold rows below its heading, got none. Check that it was saved completely.")
    columns = _headings(filled[0])
    left = _beyond(rows, len(columns))
    for raw in _read_filled(columns, filled[1:], config, name):
        yield replace(raw, warnings=(*raw.warnings, *left))
        left = []  # told once


def _beyond(rows: Sequence[Sequence[Any]], width: int) -> list[str]:
    """Say which rows have more than the heading: a text in which the separator stands, and which is not in quotes."""
    longer = [place for place, row in enumerate(rows, 1) if len(row) > width and any(map(cell_text, row[width:]))]
    if not longer:
        return []
    shown = ", ".join(map(str, longer[:5])) + (" ..." if len(longer) > 5 else "")
    return [
        f"{len(longer)} rows of the table have more cells than its heading, and what stands there was left out (row "
        f"{shown}); put texts that hold the separator in quotes"
    ]


def _read_filled(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], config: IngestionConfig, name: str
) -> Iterator[RawTranscript]:
    listed = None if config.text_columns else turn_list_column(columns, rows)
    if listed:
        yield from read_turn_lists(columns, rows, listed, form="table:interviews")
        return
    records = [{c: cell_text(v) for c, v in zip(columns, row, strict=False)} for row in rows]
    speaker, text = column_of(columns, _TURN_SPEAKER), column_of(columns, _TEXT)
    if speaker and text and not config.text_columns and _repeats(records, speaker):
        yield from read_turn_rows(records, columns, speaker, text)
    elif text and not config.text_columns and _hold_interviews(records, text):
        yield from _interviews(records, columns, text)
    else:
        yield _survey(records, columns, config, name)


def _headings(row: Sequence[Any]) -> list[str]:
    """Return unique headings; a missing one is named by its place."""
    found: list[str] = []
    seen: set[str] = set()
    for index, cell in enumerate(row, 1):
        heading = cell_text(cell) or f"column {index}"
        found.append(heading if heading not in seen else f"{heading} ({index})")
        seen.add(heading)
    return found


def _repeats(records: Sequence[Mapping[str, str]], speaker: str) -> bool:
    """Tell turns from respondents: speakers take turns again and again, respondents answer once."""
    values = [record.get(speaker, "") for record in records if record.get(speaker)]
    return bool(values) and (len(set(values)) <= 0.6 * len(values) or len(values) <= 4)


def _hold_interviews(records: Sequence[Mapping[str, str]], text: str) -> bool:
    """Tell whether the first cells of a column are each an interview of two speakers or more, labelled turn by turn."""
    cells = [record[text] for record in records if record.get(text)][:_LOOKED_AT]
    found = [read_plain_text(cell).turns if "\n" in cell else () for cell in cells]
    return bool(cells) and all(len({turn.speaker for turn in turns} - {None}) >= 2 for turns in found)


def _interviews(records: Sequence[Mapping[str, str]], columns: Sequence[str], text: str) -> Iterator[RawTranscript]:
    rest = [column for column in columns if column != text]
    named = column_of(rest, (*TRANSCRIPT, "id", "name", "title"))
    for place, record in enumerate(records, 1):
        if record.get(text):
            raw = read_plain_text(record[text])
            kept = {c[:60]: record[c][:500] for c in rest if c != named and record.get(c)}
            name = (record.get(named or "") or f"row {place}")[:200]
            yield replace(raw, format="table:interviews", name=name, metadata={**kept, **raw.metadata})


def _survey(
    records: Sequence[Mapping[str, str]], columns: Sequence[str], config: IngestionConfig, name: str
) -> RawTranscript:
    texts = _text_columns(records, columns, config)
    rest = [column for column in columns if column not in texts]
    respondent = column_of(rest, _RESPONDENT)
    turns: list[RawTurn] = []
    people: dict[str, Row] = {}
    for index, record in enumerate(records, 1):
        who = clean_label(record.get(respondent or "", "")) or f"Row {index}"
        answers = [(column, record[column]) for column in texts if record.get(column)]
        for column, answer in answers:
            if _asks(column):
                turns.append(RawTurn(speaker=None, text=column, role="interviewer"))
            turns.append(RawTurn(speaker=who, text=answer, role="participant"))
        if answers:
            people.setdefault(who, {"speaker": who, **{c: record.get(c, "") for c in rest if c != respondent}})
    silent = len(records) - sum(any(record.get(c) for c in texts) for record in records)
    warnings = [f"{silent} rows have no text in {', '.join(texts)}"] if silent else []
    return RawTranscript(
        turns=tuple(turns), format="table:answers", metadata={"text_columns": ", ".join(texts)},
        warnings=tuple(warnings), people=tuple(people.values()), name=name if "/" in name else None,
    )  # fmt: skip


def _asks(heading: str) -> bool:
    return heading.rstrip().endswith("?") or len(heading.split()) >= 4


def _text_columns(records: Sequence[Mapping[str, str]], columns: Sequence[str], config: IngestionConfig) -> list[str]:
    if config.text_columns:
        found = [column for column in columns if column in config.text_columns]
        if not found:
            raise IngestionError(
                f"must have one of the text columns {', '.join(config.text_columns)}, got {', '.join(columns)[:300]}. "
                "Name one of these in text_columns of [ingestion]."
            )
        return found
    found = [column for column in columns if _mean_words([record.get(column, "") for record in records]) >= _MIN_WORDS]
    if not found:
        named = column_of(columns, ("comment", "comments", "review", "answer", "feedback", *_TEXT))
        found = [named] if named else []
    if not found:
        raise IngestionError(
            f"must have a column of free text, got {', '.join(columns)[:300]}. Name those in text_columns of [ingestion]."
        )
    return found


def _mean_words(cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if cell]
    wordy = [cell for cell in filled if not cell.startswith(("http://", "https://"))]
    return sum(len(cell.split()) for cell in wordy) / len(filled) if filled else 0.0
