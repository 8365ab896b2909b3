"""Saves a `JobReport` to a folder and reads it back: report.json, segments.jsonl, transcripts and tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..checking import clean_text
from ..errors import StudyError
from ..records import FORCES, ForceTold, Job, Quote, Segment, SentenceTags, Solution, Transcript, Warn, Wish
from .codec import chunks, dumps, from_plain, to_plain
from .earlier import remove_earlier
from .files import only_writer, safe_names, write_lines, write_text
from .frames import PERSON, build_rows, extra_names
from .report import SCHEMA_VERSION, JobReport
from .tables import read_header, rows_to_csv

HEAVY = ("text", "turns", "times")  # of a transcript; kept out of report.json
_RARE = ("reason", "support", "original_start_char", "original_end_char")  # of a quote; left out where they say nothing
NO_TEXTS = "report_without_texts"


def to_dict(report: JobReport) -> dict[str, Any]:
    """Return the whole report as plain values."""
    plain = _without_segments(report, map(to_plain, report.transcripts))
    return {k: list(v) if isinstance(v, Iterator) else v for k, v in plain.items()} | {
        "participants": [{key: to_plain(value) for key, value in row.items()} for row in report.participants],
        "segments": list(_segment_rows(report)),
    }


def _without_segments(report: JobReport, transcripts: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """Return the keys of report.json; the long lists are iterators, since as plain values they are much larger."""
    return {
        "schema_version": SCHEMA_VERSION,
        "jobs": map(_job, report.jobs),
        "unclustered": map(_quote, report.unclustered),
        "transcripts": transcripts,
        "warnings": to_plain(report.warnings),
        "config": to_plain(report.config),
        "provenance": to_plain(report.provenance),
        "participants": to_plain(report.participants),
        "coverage": to_plain(report.coverage()),
        "saturation": to_plain(report.saturation),
        "coordinates": to_plain(report.coordinates),
        "wishes": [{**to_plain(wish), "quote": _quote(wish.quote)} for wish in report.wishes],
        "forces": [{**to_plain(told), "quote": _quote(told.quote)} for told in report.forces],
        "solutions": [_solution(solution) for solution in report.solutions],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(quote)
    return {key: value for key, value in plain.items() if value is not None or key not in _RARE}


def _job(job: Job) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(job)
    for key in ("quotes", "counter_quotes", "wishes"):
        plain[key] = [_quote(q) for q in getattr(job, key)]
    plain["forces"] = {force: [_quote(q) for q in job.forces.get(force, ())] for force in FORCES}
    plain["solutions"] = [_solution(solution) for solution in job.solutions]
    return plain


def _solution(solution: Solution) -> dict[str, Any]:
    quotes = {key: [_quote(q) for q in getattr(solution, key)] for key in ("quotes", "hired_why", "fired_why")}
    return {**to_plain(solution), **quotes}


def _segment_rows(report: JobReport) -> Iterator[dict[str, Any]]:
    for segment in report.segments:
        row = to_plain(segment)
        tags = report.tags.get(segment.segment_id)
        yield row if tags is None else {**row, "tags": to_plain(tags)}


def from_dict(data: Mapping[str, Any], origin: str) -> JobReport:
    """Build a report from plain values."""
    _check_schema(data, origin)
    transcripts = [{"text": "", "turns": [], **t} for t in _objects(data, "transcripts", origin)]
    segments = _objects(data, "segments", origin)
    tagged = {str(s.get("segment_id")): s["tags"] for s in segments if "tags" in s}
    get = data.get

    def read(hint: Any, key: str, value: Any) -> Any:
        return from_plain(hint, value, f"{origin}: {key}")

    return JobReport(
        jobs=read(tuple[Job, ...], "jobs", _objects(data, "jobs", origin)),
        unclustered=read(tuple[Quote, ...], "unclustered", get("unclustered", [])),
        transcripts=read(tuple[Transcript, ...], "transcripts", transcripts),
        warnings=read(tuple[Warn, ...], "warnings", get("warnings", [])),
        config=read(Mapping[str, Any], "config", get("config", {})),
        provenance=read(Mapping[str, Any], "provenance", get("provenance", {})),
        segments=read(tuple[Segment, ...], "segments", segments),
        tags=read(Mapping[str, SentenceTags], "tags", tagged),
        participants=tuple(_objects(data, "participants", origin)),
        coordinates=read(Mapping[str, tuple[float, float]], "coordinates", get("coordinates", {})),
        saturation=read(tuple[float, ...], "saturation", get("saturation", [])),
        wishes=read(tuple[Wish, ...], "wishes", get("wishes", [])),
        forces=read(tuple[ForceTold, ...], "forces", get("forces", [])),
        solutions=read(tuple[Solution, ...], "solutions", get("solutions", [])),
    )


def _check_schema(data: Mapping[str, Any], origin: str) -> None:
    version = data.get("schema_version") if isinstance(data, Mapping) else None
    if not isinstance(version, int) or "jobs" not in data:
        raise StudyError(f"{origin} must be a report with schema_version and jobs, got none. Name a saved report.json.")
    if version > SCHEMA_VERSION:
        raise StudyError(
            f"{origin} must have schema_version {SCHEMA_VERSION} or lower, got {version}. "
            "It was made by a newer jtbd_nlp: update this one."
        )


def _objects(data: Mapping[str, Any], key: str, origin: str) -> list[dict[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise StudyError(f"{origin}: {key} must be a list of objects, got {repr(found)[:80]}. Mend the file.")
    return found


def save(report: JobReport, folder: Path, *, parquet: bool = False) -> Path:
    """Write all files of a report; report.json last, and what an earlier report left goes first."""
    with only_writer(folder):
        return _save(report, folder, parquet=parquet)


def _save(report: JobReport, folder: Path, *, parquet: bool) -> Path:
    from .page import html_pieces

    files = safe_names(t.transcript_id for t in report.transcripts)
    _refuse_foreign(folder, files)
    remove_earlier(folder, set(files.values()), tables=not parquet)
    write_lines(folder / "transcripts.json", chunks(_turns_by_file(report, files)))
    for transcript in report.transcripts:
        write_text(folder / "transcripts" / f"{files[transcript.transcript_id]}.txt", transcript.text)
    # a row at a time: as plain values, the segments of a large study would be most of the run's memory
    write_lines(folder / "segments.jsonl", (dumps(row, indent=None) for row in _segment_rows(report)))
    for name in ("jobs", "quotes"):
        columns, rows = build_rows(report, name)
        write_text(folder / f"{name}.csv", rows_to_csv(columns, ([row.get(c) for c in columns] for row in rows)))
    write_text(folder / "report.md", report.to_markdown())
    write_lines(folder / "report.html", html_pieces(report))
    if parquet:
        from ..exchange.tables import write_parquet_tables

        write_parquet_tables(report, folder / "tables")
    light = (_light(to_plain(t), files) for t in report.transcripts)
    write_lines(folder / "report.json", chunks(_without_segments(report, light)))
    return folder


def _turns_by_file(report: JobReport, files: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for t in map(to_plain, report.transcripts):
        yield {"transcript_id": t["transcript_id"], "file": _file(t, files), "turns": t["turns"], "times": t["times"]}


def _light(transcript: dict[str, Any], files: Mapping[str, str]) -> dict[str, Any]:
    kept = {k: v for k, v in transcript.items() if k not in HEAVY}
    return {**kept, "file": _file(transcript, files), "n_turns": len(transcript["turns"])}


def _file(transcript: dict[str, Any], files: Mapping[str, str]) -> str:
    return f"transcripts/{files[transcript['transcript_id']]}.txt"


def _refuse_foreign(folder: Path, files: Mapping[str, str]) -> None:
    """Refuse to overwrite a person's own transcripts/ by normalised copies."""
    if (folder / "transcripts.json").exists():
        return
    clash = next((s for s in sorted(files.values()) if (folder / "transcripts" / f"{s}.txt").exists()), None)
    if clash is not None:
        raise StudyError(
            f"{folder} must not hold transcripts of yours, got transcripts/{clash}.txt. "
            "Choose another output folder: the report writes its own copies there."
        )


def load(path: Path) -> JobReport:
    """Read a saved report from its folder or its report.json."""
    file = path / "report.json" if path.is_dir() else path
    data = _read_json(file)
    if not isinstance(data, dict):
        raise StudyError(f"{file} must hold a JSON object, got {type(data).__name__}. Name a saved report.json.")
    _check_schema(data, str(file))
    folder = file.parent
    missing: list[str] = []
    _add_texts(data, folder, missing)
    data["participants"] = _in_order_of_columns(_objects(data, "participants", str(file)), folder / "jobs.csv")
    if (folder / "segments.jsonl").is_file():
        data["segments"] = list(_read_lines(folder / "segments.jsonl"))
    elif "segments" not in data and data.get("transcripts"):
        missing.append("segments.jsonl")
    if missing:
        data["warnings"] = [*data.get("warnings", []), _missing_warning(missing)]
    return from_dict(data, str(file))


def _add_texts(data: dict[str, Any], folder: Path, missing: list[str]) -> None:
    transcripts = _objects(data, "transcripts", "report.json")
    names = safe_names(str(t.get("transcript_id")) for t in transcripts)  # never a path that a file names
    turns = {}
    if (folder / "transcripts.json").is_file():
        rows = _objects({"turns": _read_json(folder / "transcripts.json")}, "turns", "transcripts.json")
        turns = {row.get("transcript_id"): row for row in rows}
    for transcript in transcripts:
        stem = names[str(transcript.get("transcript_id"))]
        file = folder / "transcripts" / f"{stem}.txt"
        if "text" not in transcript and file.is_file():
            transcript["text"] = file.read_bytes().decode("utf-8")
            spoken = turns.get(transcript.get("transcript_id"), {})
            transcript |= {key: spoken[key] for key in ("turns", "times") if key in spoken}
        elif "text" not in transcript:
            missing.append(f"transcripts/{stem}.txt")


def _in_order_of_columns(people: list[dict[str, Any]], table: Path) -> list[dict[str, Any]]:
    """Give the columns of the participants file their order back: report.json has its keys sorted, a table has not."""
    names = extra_names(people, "jobs")
    place = {name: i for i, name in enumerate(read_header(table))}
    order = sorted(names, key=lambda key: place.get(names[key], len(place)))
    return [{key: row[key] for key in (*PERSON, *order) if key in row} for row in people]


def _missing_warning(missing: list[str]) -> dict[str, Any]:
    names = ", ".join(missing[:3]) + (" ..." if len(missing) > 3 else "")
    message = f"Files of this report are missing beside report.json: {names}. Quotes cannot be shown in their context."
    return {"code": NO_TEXTS, "message": message, "count": len(missing)}


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (OSError, ValueError, RecursionError) as error:
        raise StudyError(f"{file} must be a JSON file of a saved report, got {_why(error)}. Save it again.") from error


def _read_lines(file: Path) -> Iterator[Any]:
    try:
        for line in file.read_bytes().decode("utf-8-sig").split("\n"):
            if line:
                yield json.loads(line, parse_constant=_refuse_constant)
    except (OSError, ValueError, RecursionError) as error:
        raise StudyError(f"{file} must be JSON Lines of a saved report, got {_why(error)}. Save it again.") from error


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name}, which JSON does not have")


def _why(error: Exception) -> str:
    return clean_text(str(getattr(error, "strerror", None) or error))[:200]
