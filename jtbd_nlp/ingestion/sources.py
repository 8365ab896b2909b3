"""Walks a source and reads all of it: finds files, names duplicates, gives ids, collects warnings and participants.

In: a file, a folder, a list of paths, a DataFrame or transcripts. Out: `IngestionResult`, or transcripts one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..config import Config, IngestionConfig, section_of
from ..errors import IngestionError
from ..records import Row, Transcript, Warn
from .access.listing import Found, list_files, transcript_ids, without_duplicates
from .access.remote import is_address, local_copies, shown_address
from .building import Origin, build_transcript
from .formats.frames import as_frame, is_frame
from .formats.tables import read_frame
from .given import split_source
from .partitions import Read, read_file, read_on
from .reading import Given
from .ready import check_distinct, refuse_double, take_in
from .run import Notes, Run
from .speakers.alike import same_labels
from .speakers.beside import people_beside
from .speakers.participants import UNUSED, People, read_participants
from .turns.labels import label_key
from .turns.raw import RawTranscript

if TYPE_CHECKING:
    from distributed import Client


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


def read_transcripts(
    source: Any, *, participants: Any = None, config: Config | IngestionConfig | None = None
) -> tuple[Transcript, ...]:
    """Read transcripts from files, tables or records.

    Parameters
    ----------
    source : path, sequence of paths, DataFrame (pandas, or what has ``to_pandas``), Transcript or iterable of Transcripts
        A folder is read with all below it; hidden files and outputs of earlier runs are left out. A text such as
        ``"s3://bucket/interviews"`` is an address that fsspec knows (extra ``remote``).
    participants : path, DataFrame or rows, default=None
        Columns transcript, speaker, participant and further ones; None: ``participants.csv`` (or
        ``participants.xlsx``) in each folder of the source, and in that of each single file. A transcript keeps who is
        who and not the further columns (plan, status): give the file to `jtbd_nlp.mine` as well to have these in the
        report.
    config : Config or IngestionConfig or None, default=None
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
        If the source is of a kind that cannot be read, or two transcripts given as such have one id.
    """
    result = read_sources(source, participants=participants, config=config)
    return result.transcripts


def read_sources(
    source: Any,
    *,
    participants: Any = None,
    config: Config | IngestionConfig | None = None,
    engine: Client | None = None,
) -> IngestionResult:
    """Read like `read_transcripts` and return the warnings and participants as well.

    Parameters
    ----------
    source, participants, config, engine
        As for `iter_transcripts`.

    Raises
    ------
    IngestionError
        If nothing at all could be read.
    InvalidParameterError
        If the source is of a kind that cannot be read.
    """
    notes = Notes()
    found = iter_transcripts(source, participants=participants, config=config, notes=notes, engine=engine)
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
    shown = shown_address(source) if is_address(source) else shown
    if not refused:
        return f"nothing to read in {shown}: it must hold a transcript, got none. Give a file or a folder with some."
    more = f"\n- and {len(refused) - 50} more" if len(refused) > 50 else ""
    return f"nothing could be read in {shown}, {len(refused)} refused:\n- " + "\n- ".join(refused[:50]) + more


def iter_transcripts(
    source: Any,
    *,
    participants: Any = None,
    config: Config | IngestionConfig | None = None,
    notes: Notes | None = None,
    engine: Client | None = None,
) -> Iterator[Transcript]:
    """Yield transcripts one at a time, in the order of their paths.

    Parameters
    ----------
    source, participants, config
        As for `read_transcripts`.
    notes : Notes or None, default=None
        Receives the warnings and participants while the transcripts are read.
    engine : distributed.Client or None, default=None
        Dask workers that read and parse the files; what they do not see, and all else, is read here.

    Yields
    ------
    Transcript
    """
    config = section_of(config, IngestionConfig)
    notes = notes if notes is not None else Notes()
    given_items = [source] if isinstance(source, str) else source if isinstance(source, (list, tuple)) else []
    if any(map(is_address, given_items)):
        with local_copies(given_items, config, notes.warnings) as local:
            found = local[0] if len(local) == 1 else local
            yield from iter_transcripts(found, participants=participants, config=config, notes=notes, engine=engine)
        return
    source = as_frame(source)
    paths, given = split_source(source)
    people = people_beside(paths, config) if participants is None else read_participants(participants, config)
    taken = check_distinct(given)
    yield from _from_ready(given, Run(people, config, notes, {}))
    if paths:
        for transcript in _from_files(paths, people, config, notes, engine):
            refuse_double(transcript, taken)
            yield transcript
    elif is_frame(source):
        yield from _from_frame(source, Run(people, config, notes, {"table": "table"}))
    _unused(people, notes)
    notes.warnings += same_labels(notes.participants, (row["participant"] for row in people.rows))


def _from_frame(frame: Any, run: Run) -> Iterator[Transcript]:
    try:
        for raw in read_frame(frame, run.config):
            yield from _built(raw, Found(Path(), "table"), "", run)
    except IngestionError as error:
        run.refuse("table", error.reason)


def _from_ready(given: Sequence[Transcript], run: Run) -> Iterator[Transcript]:
    for transcript in given:
        yield run.note(take_in(transcript, run.people, run.config))


def _unused(people: People, notes: Notes) -> None:
    for book in people.passed_over:
        message = (
            f"{book.name} lies beside a CSV of that name and was not read. Put what it says into the CSV, or take the CSV "
            "away: then the workbook is read."
        )
        notes.warnings.append(Warn(code="participants_double", message=message, source=book.name))
    notes.warnings += [
        Warn(code="participants_left_out", message=words, source=words.partition(": ")[0]) for words in people.left_out
    ]
    unused = [row for i, row in enumerate(people.rows) if i not in people.used and row["participant"]]
    if people.n_nameless:
        message = (
            f"{people.n_nameless} rows of the participants file name no transcript and were left out. Fill them in."
        )
        notes.warnings.append(Warn(code=UNUSED, message=message, count=people.n_nameless))
    if unused:
        named = ", ".join(f"{row['transcript']}/{row['speaker']}".rstrip("/") for row in unused[:5])
        message = f"{len(unused)} rows of the participants file match no participant that speaks: {named}"
        notes.warnings.append(Warn(code=UNUSED, message=message, count=len(unused)))


def _from_files(
    paths: Sequence[Path], people: People, config: IngestionConfig, notes: Notes, engine: Client | None
) -> Iterator[Transcript]:
    listing = list_files(paths)
    notes.warnings += listing.warnings
    if listing.ignored:
        shown = ", ".join(listing.ignored[:10]) + (" ..." if len(listing.ignored) > 10 else "")
        message = f"{len(listing.ignored)} files ignored by rule: {shown}"
        notes.warnings.append(Warn(code="ignored", message=message, count=len(listing.ignored)))
    files = without_duplicates(listing, config.max_file_mb, notes.warnings)
    sources = [found.source for found in files]
    run = Run(people, config, notes, dict(zip(sources, transcript_ids(sources), strict=True)))
    run.seen.update(name.casefold() for name in run.ids.values())
    known = people.speakers() | {label_key(name) for name in (*config.interviewer, *config.observer)}
    given = [Given(name=found.source, config=config, known=known) for found in files]
    paths = [found.path for found in files]
    reads = repeat(None) if engine is None else read_on(engine, zip(paths, given, strict=True))
    for found, own, read in zip(files, given, reads, strict=False):  # what is read here has no end of its own
        yield from _from_file(found, own, run, read)


def _from_file(found: Found, given: Given, run: Run, read: Read | None) -> Iterator[Transcript]:
    """Read one file, unless a worker did; whatever goes wrong with it becomes a warning and the run goes on."""
    try:
        read = read or read_file(found.path, given)
        for raw in read.raws:
            yield from _built(raw, found, read.sha256, run)
    except IngestionError as error:
        run.refuse(found.source, error.reason)


def _built(raw: RawTranscript, found: Found, sha256: str, run: Run) -> Iterator[Transcript]:
    source = found.source
    transcript_id = run.unique_id(raw.name, source)
    if raw.name is not None:
        raw = replace(raw, warnings=(*raw.warnings, *run.shared_name(raw.name, source)))
    origin = Origin(transcript_id=transcript_id, source=source, sha256=sha256, path=found.path)
    try:
        built = build_transcript(raw, origin, run.people, run.config)
    except IngestionError as error:
        run.refuse(f"{source} ({raw.name})" if raw.name else source, " ".join((error.reason, *raw.warnings)), source)
        return
    except Exception as error:  # noqa: BLE001 - a fault of ours must cost this transcript alone, and be seen
        run.refuse(source, f"cannot be used ({type(error).__name__}: {str(error)[:200]}). Please report this.", source)
        return
    yield run.note(built)
