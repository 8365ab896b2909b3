"""Reads ``participants.csv``, or a workbook, and gives every participant's turn the id of a person.

In: rows of transcript, speaker, participant and any further columns. Out: ids per speaker, roles that the file states,
and one row per participant with its further columns. People are joined across transcripts by this file alone.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ...checking import conflict_line
from ...config import IngestionConfig
from ...errors import IngestionError, InvalidParameterError
from ...records import Role, Row
from ..access.decoding import decode
from ..access.limits import read_bounded
from ..formats.cells import cell_text
from ..formats.frames import as_frame, is_frame
from ..formats.workbooks import sheets
from ..turns.labels import is_generic, label_key, label_role

UNUSED = "participants_unused"  # code of the warning that names rows which match nobody
_TRANSCRIPT = ("transcript", "transcript_id", "file", "filename", "interview", "recording", "session")
_SPEAKER = ("speaker", "speaker_name", "label", "name in transcript")
_PARTICIPANT = ("participant", "participant_id", "participant id", "person", "id", "pid")


@dataclass(frozen=True, slots=True)
class People:
    """The participants file: rows by transcript, in the order of the file; which ones were used is noted by index.

    Where several files were found, each beside transcripts, ``folders`` says for each row where its file lies: it speaks
    of the transcripts below alone. ``n_nameless`` counts rows that name no transcript and so can say nothing. ``passed_over``
    are workbooks that lie beside a CSV of their name, which is the one that was read. ``left_out`` says which rows and
    columns of a workbook are beyond the bounds.
    """

    rows: tuple[Row, ...] = ()
    used: set[int] = field(default_factory=set)
    folders: tuple[Path, ...] = ()
    n_nameless: int = 0
    passed_over: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()
    named: dict[str, list[int]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for i, row in enumerate(self.rows):  # else each transcript would be sought in all rows
            self.named.setdefault(_plain_path(row["transcript"]), []).append(i)

    def of(self, transcript_id: str, source: str, path: Path | None = None) -> list[tuple[int, Row]]:
        """Return the rows of one transcript, found by id, relative path or stem in any case."""
        if path is None or not self.folders:
            return [(i, self.rows[i]) for i in self._found(_names(transcript_id, source))]
        found: set[int] = set()
        folders = set(self.folders)
        for folder in path.parents:
            if folder in folders:
                own = path.relative_to(folder).as_posix()
                names = _names(transcript_id, source) | _names(transcript_id, own)
                found |= {i for i in self._found(names) if self.folders[i] == folder}
        return [(i, self.rows[i]) for i in sorted(found)]

    def _found(self, names: Iterable[str]) -> list[int]:
        return sorted({i for name in names for i in self.named.get(name, ())})

    def speakers(self) -> set[str]:
        """Return the keys of all speakers that the file names."""
        return {label_key(row["speaker"]) for row in self.rows if row["speaker"]}


def _names(transcript_id: str, source: str) -> set[str]:
    path = PurePosixPath(_plain_path(source))
    named = {str(path), path.name, path.stem, str(path.with_suffix(""))} if path.name else set()  # none: made in Python
    return {_plain_path(transcript_id), *named}


def _plain_path(text: str) -> str:
    plain = unicodedata.normalize("NFC", text)  # some systems write an accent apart from its letter
    return plain.strip().replace("\\", "/").removeprefix("./").casefold()


def read_participants(source: Any, config: IngestionConfig) -> People:
    """Read a participants table.

    Parameters
    ----------
    source : path, DataFrame or iterable of mappings, or None
        Columns transcript, speaker, participant (in any case) and further ones.
    config : IngestionConfig
        For the limits.

    Raises
    ------
    IngestionError
        If the file cannot be read.
    InvalidParameterError
        If a column is missing or the source is of another kind.
    """
    if source is None:
        return People()
    if isinstance(source, People):
        return source
    if isinstance(source, (str, Path)):
        return _from_file(Path(source), config)
    source = as_frame(source)
    if is_frame(source):
        return _from_rows(source.to_dict("records"), "participants")
    if isinstance(source, Iterable):
        return _from_rows(list(source), "participants")
    raise InvalidParameterError(
        f"participants must be a path, a DataFrame or rows, got {type(source).__name__}. "
        "Give the path of participants.csv."
    )


def _from_file(path: Path, config: IngestionConfig) -> People:
    try:
        data, _ = read_bounded(path, config)
        if path.suffix.casefold() == ".xlsx":
            return _from_workbook(data, path.name, config)
        if data.startswith(b"PK\x03\x04"):
            raise IngestionError("must be a CSV, got a workbook. Save it from the spreadsheet as CSV in UTF-8.")
        text, _ = decode(data)
    except IngestionError as error:
        raise IngestionError(error.reason, path=path) from error
    line = conflict_line(text)
    if line is not None:
        raise IngestionError(
            f"must be a CSV, got a conflict of git at line {line}. Keep the rows that hold, and take out the lines "
            "<<<<<<<, ======= and >>>>>>>.",
            path=path,
        )
    text = text.lstrip("\n")  # a heading may stand below blank lines
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter, restkey="_rest", restval=""))
    except csv.Error as error:
        raise IngestionError(
            f"must be a readable CSV, got: {error}. Save it again as CSV in UTF-8.", path=path
        ) from error
    people = _from_rows(rows, path.name) if head.strip() else People()
    return replace(people, passed_over=tuple(book for book in [path.with_suffix(".xlsx")] if book.is_file()))


def _from_workbook(data: bytes, name: str, config: IngestionConfig) -> People:
    """Read the first sheet that has the columns; of one that has none, the reason why the first has not."""
    reasons: list[InvalidParameterError] = []
    for rows, left_out in _readable(data, config):
        head, *rest = [row for row in rows if any(cell is not None for cell in row)] or [[]]
        if not rest:
            continue
        names = [cell_text(cell) for cell in head]
        try:
            people = _from_rows([dict(zip(names, row, strict=False)) for row in rest], name)
            return replace(people, left_out=tuple(f"{name}: {words}" for words in left_out))
        except InvalidParameterError as error:
            reasons.append(error)
    if reasons:
        raise reasons[0]
    return People()


def _readable(data: bytes, config: IngestionConfig) -> list[tuple[list[list[Any]], list[str]]]:
    """Return the rows of every sheet and what is said of the rest; a fault of a damaged workbook is one of the file."""
    try:
        return [(rows, left_out) for _, _, rows, left_out in sheets(data, config)]
    except IngestionError:
        raise
    except Exception as error:
        raise IngestionError(
            f"must be a readable workbook, got {type(error).__name__}: {error}. Save it again, or as CSV in UTF-8."
        ) from error


def _from_rows(rows: Sequence[Mapping[Any, Any]], origin: str) -> People:
    wrong = next((row for row in rows if not isinstance(row, Mapping)), None)
    if wrong is not None:
        raise InvalidParameterError(
            f"{origin} must be a path, a DataFrame or rows, got a row of {type(wrong).__name__}. "
            "Give mappings with the keys transcript, speaker and participant."
        )
    cleaned = [{str(k).strip(): cell_text(v) for k, v in row.items() if k not in (None, "_rest")} for row in rows]
    if not cleaned:
        return People()
    columns = list(cleaned[0])
    transcript, speaker, participant = (_column(columns, names) for names in (_TRANSCRIPT, _SPEAKER, _PARTICIPANT))
    if transcript is None or participant is None:
        raise InvalidParameterError(
            f"{origin} must have the columns transcript, speaker and participant, got {', '.join(columns)[:200]}. "
            "Rename the columns; speaker may be left blank."
        )
    named = tuple(_row(row, transcript, speaker, participant) for row in cleaned if row.get(transcript))
    nameless = sum(any(row.values()) and not row.get(transcript) for row in cleaned)
    return People(named, n_nameless=nameless)


def _row(row: Mapping[str, str], transcript: str, speaker: str | None, participant: str) -> Row:
    rest = {key: value for key, value in row.items() if key not in (transcript, speaker, participant)}
    named = {
        "transcript": row[transcript],
        "speaker": row.get(speaker or "", ""),
        "participant": row.get(participant, ""),
    }
    return named | {key: value for key, value in rest.items() if key}


def _column(columns: Sequence[str], names: Sequence[str]) -> str | None:
    folded = {column.casefold(): column for column in reversed(columns)}
    return next((folded[name] for name in names if name in folded), None)


def row_role(row: Row) -> Role | None:
    """Return the role that a participants row states in its column ``role``, if it is one of ours."""
    role = label_role(next((str(v) for k, v in row.items() if k.casefold() in ("speaker_role", "role")), ""))
    return role if role in ("interviewer", "observer") else None


def participant_ids(
    transcript_id: str, speakers: Mapping[str, str], rows: Sequence[tuple[int, Row]]
) -> tuple[dict[str, str], dict[str, int]]:
    """Return the participant id of each participant speaker, and the row of the file that gave it.

    Parameters
    ----------
    transcript_id : str
        Of the transcript.
    speakers : Mapping[str, str]
        `label_key` to shown label of the speakers that are participants, in order of appearance.
    rows : Sequence[tuple[int, Row]]
        Rows of the participants file for this transcript, with their indices.
    """
    by_speaker = {label_key(row["speaker"]): i for i, row in rows if row["speaker"]}
    blank = [i for i, row in rows if not row["speaker"]]
    values = dict(rows)
    ids: dict[str, str] = {}
    given: dict[str, int] = {}
    for key, shown in speakers.items():
        index = by_speaker.get(key, blank[0] if len(speakers) == 1 and blank else None)
        if index is not None and values[index]["participant"]:
            ids[key], given[key] = values[index]["participant"], index
        else:
            alone = len(speakers) == 1
            ids[key] = transcript_id if alone else f"{transcript_id}/{shown}"
    return ids, given


def is_personal(label: str) -> bool:
    """Tell whether a label may be a person's name, so that outputs can be careful with it."""
    return bool(label) and not is_generic(label) and label_role(label) is None
