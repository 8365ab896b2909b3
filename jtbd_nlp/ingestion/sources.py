"""Walks a source and reads all of it: finds files, names duplicates, gives ids, collects warnings and participants.

In: a file, a folder, a list of paths, a DataFrame or transcripts. Out: `IngestionResult`, or transcripts one at a time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..config import IngestionConfig
from ..errors import IngestionError, InvalidParameterError
from ..records import Row, Transcript, Warn
from .building import Built, Origin, build_transcript
from .files import Found, Listing, list_files, transcript_ids
from .labels import label_key
from .limits import read_bounded
from .participants import People, read_participants
from .reading import Given, read_data


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestionResult:
    """All that was read.

    ``transcripts`` are sorted by id; ``warnings`` name every refused, partly read, duplicate or ignored file and every
    doubtful role; ``participants`` has one row per participant and transcript (participant_id, transcript_id, speaker,
    and the further columns of the participants file).
    """

    transcripts: tuple[Transcript, ...]
    warnings: tuple[Warn, ...] = ()
    participants: tuple[Row, ...] = ()


@dataclass(slots=True)
class Notes:
    """What a run of reading collects beside the transcripts; pass one to `iter_transcripts` to receive it."""

    warnings: list[Warn] = field(default_factory=list)
    participants: list[Row] = field(default_factory=list)


def read_transcripts(
    source: Any, *, participants: Any = None, config: IngestionConfig | None = None
) -> tuple[Transcript, ...]:
    """Read transcripts from files, tables or records.

    Parameters
    ----------
    source : path, sequence of paths, DataFrame, Transcript or iterable of Transcripts
        A folder is read with all below it; hidden files and outputs of earlier runs are left out.
    participants : path, DataFrame or rows, default=None
        Columns transcript, speaker, participant and further ones; None: ``participants.csv`` in the folder, if any.
    config : IngestionConfig or None, default=None
        Limits, names of interviewers, text columns.

    Returns
    -------
    tuple[Transcript, ...]
        Sorted by transcript id.

    Raises
    ------
    IngestionError
        If nothing at all could be read; the message lists each file with the reason.
    InvalidParameterError
        If the source is of a kind that cannot be read.
    """
    result = read_sources(source, participants=participants, config=config)
    return result.transcripts


def read_sources(source: Any, *, participants: Any = None, config: IngestionConfig | None = None) -> IngestionResult:
    """Read like `read_transcripts` and return the warnings and participants as well.

    Raises
    ------
    IngestionError
        If nothing at all could be read.
    InvalidParameterError
        If the source is of a kind that cannot be read.
    """
    notes = Notes()
    found = iter_transcripts(source, participants=participants, config=config, notes=notes)
    transcripts = tuple(sorted(found, key=lambda transcript: transcript.transcript_id))
    if not transcripts:
        raise IngestionError(_nothing(source, notes))
    order = {transcript.transcript_id: i for i, transcript in enumerate(transcripts)}
    rows = sorted(notes.participants, key=lambda row: order[row["transcript_id"]])
    warnings = sorted(notes.warnings, key=lambda warn: (warn.source or "", warn.code, warn.message))
    return IngestionResult(transcripts=transcripts, warnings=tuple(warnings), participants=tuple(rows))


def _nothing(source: Any, notes: Notes) -> str:
    refused = [warn.message for warn in notes.warnings if warn.code == "refused"]
    shown = source if isinstance(source, (str, Path)) else type(source).__name__
    if not refused:
        return f"nothing to read in {shown}: it must hold at least one transcript, got none. Give a file or a folder with some."
    more = f"\n- and {len(refused) - 50} more" if len(refused) > 50 else ""
    return f"nothing could be read in {shown}, {len(refused)} refused:\n- " + "\n- ".join(refused[:50]) + more


def iter_transcripts(
    source: Any, *, participants: Any = None, config: IngestionConfig | None = None, notes: Notes | None = None
) -> Iterator[Transcript]:
    """Yield transcripts one at a time, in the order of their paths.

    Parameters
    ----------
    source, participants, config
        As for `read_transcripts`.
    notes : Notes or None, default=None
        Receives the warnings and participants while the transcripts are read.

    Yields
    ------
    Transcript
    """
    config = config or IngestionConfig()
    notes = notes if notes is not None else Notes()
    paths, given = _split(source)
    people = read_participants(_participants_of(participants, paths), config)
    for transcript in given:
        yield transcript
    if paths:
        yield from _from_files(paths, people, config, notes)
    _unused(people, notes)


def _split(source: Any) -> tuple[list[Path], list[Transcript]]:
    """Sort a source into paths and ready transcripts."""
    if isinstance(source, Transcript):
        return [], [source]
    if isinstance(source, (str, Path)):
        return [Path(source)], []
    if isinstance(source, Iterable) and not isinstance(source, (bytes, dict)):
        items = list(source)
        paths = [Path(item) for item in items if isinstance(item, (str, Path))]
        ready = [item for item in items if isinstance(item, Transcript)]
        if len(paths) + len(ready) == len(items):
            return list(dict.fromkeys(paths)), ready
    raise InvalidParameterError(
        f"source must be a path, a list of paths, a DataFrame or transcripts, got {type(source).__name__}. "
        "Give the folder of transcripts, say."
    )


def _participants_of(participants: Any, paths: Sequence[Path]) -> Any:
    if participants is not None or len(paths) != 1:
        return participants
    beside = paths[0] / "participants.csv"
    return beside if beside.is_file() else None


def _unused(people: People, notes: Notes) -> None:
    unused = [row for i, row in enumerate(people.rows) if i not in people.used and row["participant"]]
    if unused:
        named = ", ".join(f"{row['transcript']}/{row['speaker']}".rstrip("/") for row in unused[:5])
        message = f"{len(unused)} rows of the participants file match no participant that speaks: {named}"
        notes.warnings.append(Warn(code="participants_unused", message=message, count=len(unused)))


def _from_files(paths: Sequence[Path], people: People, config: IngestionConfig, notes: Notes) -> Iterator[Transcript]:
    listing = list_files(paths)
    notes.warnings += listing.warnings
    if listing.ignored:
        shown = ", ".join(listing.ignored[:10]) + (" ..." if len(listing.ignored) > 10 else "")
        message = f"{len(listing.ignored)} files ignored by rule: {shown}"
        notes.warnings.append(Warn(code="ignored", message=message, count=len(listing.ignored)))
    files = _without_duplicates(listing, config, notes)
    ids = transcript_ids([found.source for found in files])
    known = people.speakers() | {label_key(name) for name in (*config.interviewer, *config.observer)}
    for found, transcript_id in zip(files, ids, strict=True):
        given = Given(name=found.source, config=config, known=known)
        yield from _from_file(found, transcript_id, given, people, notes)


def _from_file(
    found: Found, transcript_id: str, given: Given, people: People, notes: Notes
) -> Iterator[Transcript]:
    try:
        data, changed = read_bounded(found.path, given.config)
        sha256 = hashlib.sha256(data).hexdigest()
        for raw in read_data(data, given):
            name = raw.name or transcript_id
            origin = Origin(transcript_id=name, source=found.source, sha256=sha256)
            built = build_transcript(raw, origin, people, given.config)
            _collect(built, changed, notes)
            yield built.transcript
    except IngestionError as error:
        notes.warnings.append(Warn(code="refused", message=f"{found.source}: {error.reason}", source=found.source))


def _collect(built: Built, changed: Sequence[str], notes: Notes) -> None:
    transcript = built.transcript
    notes.participants += built.people
    for message in (*changed, *transcript.warnings):
        text = f"{transcript.transcript_id}: {message}"
        notes.warnings.append(Warn(code="read_with_care", message=text, source=transcript.source))


def _without_duplicates(listing: Listing, config: IngestionConfig, notes: Notes) -> list[Found]:
    """Leave out files with the same bytes as one before them, by hash; only files of one size are compared."""
    sizes: dict[int, list[Found]] = defaultdict(list)
    for found in listing.files:
        try:
            size = os.stat(found.path).st_size  # noqa: PTH116
        except OSError:
            size = -1
        sizes[size].append(found)
    copies: set[str] = set()
    for size, group in sizes.items():
        if len(group) > 1 and 0 < size <= config.max_file_mb * 1_000_000:
            copies |= _copies(group, notes)
    return [found for found in listing.files if found.source not in copies]


def _copies(group: Sequence[Found], notes: Notes) -> set[str]:
    first: dict[str, str] = {}
    copies: set[str] = set()
    for found in group:
        try:
            with found.path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            continue
        original = first.setdefault(digest, found.source)
        if original != found.source:
            copies.add(found.source)
            message = f"{found.source}: has the same bytes as {original} and was read once"
            notes.warnings.append(Warn(code="duplicate", message=message, source=found.source))
    return copies
