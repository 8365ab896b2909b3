"""Builds the tables of a report: records in, one `pandas.DataFrame` a name out, always with the same columns."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import InvalidParameterError
from ..records import FORCES, LABELS, SPANS, Job, Quote, Row
from . import listings
from .belonging import is_reviewed, n_places, nearby, sure

if TYPE_CHECKING:
    import pandas as pd

    from .report import JobReport

_KEYS = ("transcript_id", "speaker", "participant_id")
PERSON = ("participant_id", "transcript_id", "speaker")  # the order in which a run notes them
_WHOLE = frozenset({"start_char", "end_char", "turn_index", "intensity", "count"})
_SHARES = frozenset({"start_s", "end_s", "support", "stability", "effective_voices", "episodic_share"})
_MARKS = frozenset({"single_voice", "reviewed", "is_weak", "backchannel", "asked"})
_SEGMENT = (
    "segment_id", "transcript_id", "turn_index", "speaker", "participant_id", "role", "text", "start_char", "end_char",
    "start_s", "end_s", "backchannel",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "jobs": (
        "job_id", "name", "statement", "situation", "motivation", "outcome", "inferred", "confidence", "n_participants",
        "n_transcripts", "participants", "dimensions", "n_quotes", "n_nearby", "n_counter_quotes", *FORCES, "solutions",
        "emotions", "phrases", "lint", "gaps", "single_voice", "stability", "effective_voices", "episodic_share",
        "big_job", "edits", "note", "reviewed",
    ),
    "quotes": ("job_id", "job_name", *listings.QUOTED, "support", "is_weak", "reviewed"),
    "tags": (
        "segment_id", "transcript_id", "speaker", "participant_id", "text", "labels", "uncertain", "emotion",
        "intensity", "force", "stance", "language", *SPANS, *(f"score_{label}" for label in LABELS),
    ),
    "segments": _SEGMENT,
    "forces": ("job_id", "job_name", *listings.QUOTED, "asked"),
    "solutions": ("job_id", "job_name", "solution", "hired_by", "fired_by", "n_quotes", "quotes", "hired_why", "fired_why"),
    "participants": (*_KEYS, "n_quotes", "n_nearby", "n_jobs", "jobs", *FORCES),
    **listings.COLUMNS,
}  # fmt: skip


def build_frame(report: JobReport, name: str) -> pd.DataFrame:
    """Return one table; see `JobReport.to_frame`."""
    import pandas as pd

    columns, rows = build_rows(report, name)
    frame = pd.DataFrame(rows, columns=columns)
    kinds = {column: _kind_of(column) for column in COLUMNS[name]}
    words = pd.Series([""]).dtype  # object, or str from pandas 3 on
    unknown = {column: words for column in columns if not kinds.get(column) and frame[column].isna().all()}
    return frame.astype({**{column: kind for column, kind in kinds.items() if kind}, **unknown})


def build_rows(report: JobReport, name: str) -> tuple[list[str], list[Row]]:
    """Return the columns of one table and its rows, without pandas."""
    if not isinstance(name, str) or name not in COLUMNS:
        near = difflib.get_close_matches(str(name), COLUMNS, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "Choose one of them."
        raise InvalidParameterError(f"name must be one of {', '.join(COLUMNS)}, got {name!r}. {hint}")
    rows = list(_BUILDERS[name](report))
    grouped = name in ("jobs", "solutions")
    of_people = grouped or "participant_id" in COLUMNS[name]
    extra = extra_names(report.participants, name) if of_people else {}
    if name == "participants":
        columns = [*_KEYS, *extra.values(), *COLUMNS[name][len(_KEYS) :]]
    else:
        _join_participants(rows, _Lookup(report.participants), extra, grouped=grouped)
        columns = [*COLUMNS[name], *extra.values()]
    return columns, rows


def _kind_of(column: str) -> str | None:
    """Return the type of a column, whether or not there are rows; None for texts."""
    if column in FORCES or column.startswith("n_") or column in _WHOLE:
        return "int64"
    if column.startswith("score_") or column in _SHARES:
        return "float64"
    return "bool" if column in _MARKS else None


def joined(items: Iterable[Any]) -> str:
    """Join texts for one cell."""
    return "; ".join(str(item) for item in items)


def extra_columns(participants: Iterable[Row]) -> list[str]:
    """Return the further columns of the participants file, in the order in which they first come."""
    return list(dict.fromkeys(key for row in participants for key in row if key not in _KEYS))


def extra_names(participants: Iterable[Row], table: str) -> dict[str, str]:
    """Return how a table names each further column: ``participant_NAME`` where the name is taken."""
    further = extra_columns(participants)
    names: dict[str, str] = {}
    for key in further:
        names[key] = f"participant_{key}" if key in COLUMNS[table] else key
        while names[key] != key and names[key] in further:
            names[key] = f"participant_{names[key]}"
    return names


class _Lookup:
    """Finds what the participants file says of the person behind a row."""

    def __init__(self, participants: Iterable[Row]) -> None:
        self.by_speaker: dict[tuple[Any, Any], Row] = {}
        self.by_id: dict[Any, Row] = {}
        for row in participants:
            self.by_speaker.setdefault((row.get("transcript_id"), row.get("speaker")), row)
            self.by_id.setdefault(row.get("participant_id"), row)

    def find(self, row: Mapping[str, Any]) -> Row:
        key = (row.get("transcript_id"), row.get("speaker"))
        return self.by_speaker.get(key) or self.by_id.get(row.get("participant_id")) or {}


def _join_participants(rows: list[Row], lookup: _Lookup, extra: Mapping[str, str], *, grouped: bool) -> None:
    for row in rows if extra else ():
        people = row.pop("_people", None)
        for key, column in extra.items():
            if grouped:
                row[column] = counted(Counter(str(lookup.by_id.get(p, {}).get(key, "")) for p in people or ()))
            else:
                row[column] = lookup.find(row).get(key)


def counted(counts: Mapping[str, int]) -> str:
    """Return "value count" pairs for one cell, most frequent first, without the empty value."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return joined(f"{value} {n}" for value, n in ordered if value)


def _jobs(report: JobReport) -> Iterator[Row]:
    for job in report.jobs:
        yield {
            **{key: getattr(job, key) for key in COLUMNS["jobs"] if hasattr(job, key)},
            **{key: getattr(job.statement, key) for key in ("situation", "motivation", "outcome")},
            **{key: joined(getattr(job, key)) for key in ("participants", "dimensions", "phrases", "edits")},
            **{force: len(job.forces.get(force, ())) for force in FORCES},
            "statement": job.statement.text,
            "inferred": joined(job.statement.inferred),
            "n_participants": len(job.participants),
            "n_quotes": n_places(sure(job.quotes)),
            "n_nearby": n_places(nearby(job.quotes)),
            "n_counter_quotes": len(job.counter_quotes),
            "solutions": joined(s.name for s in job.solutions),
            "emotions": counted(job.emotions),
            "lint": joined(f.rule for f in job.lint),
            "gaps": joined(g.ask for g in job.gaps),
            "reviewed": is_reviewed(job),
            "_people": job.participants,
        }


def _quote_row(job: Job, quote: Quote) -> Row:
    return {"job_id": job.job_id, "job_name": job.name, **{key: getattr(quote, key) for key in listings.QUOTED}}


def _quotes(report: JobReport) -> Iterator[Row]:
    for job in report.jobs:
        reviewed = is_reviewed(job)
        for quote in (*job.quotes, *job.counter_quotes):
            marks = {"support": quote.support, "is_weak": quote.is_weak, "reviewed": reviewed}
            yield {**_quote_row(job, quote), **marks}


def _forces(report: JobReport) -> Iterator[Row]:
    asked = {told.quote.segment_id: told.asked for told in report.forces}
    for job in report.jobs:
        for force in FORCES:
            for quote in job.forces.get(force, ()):
                yield {**_quote_row(job, quote), "force": force, "asked": asked.get(quote.segment_id, False)}
    for told in listings.told_outside(report):
        row = {key: getattr(told.quote, key) for key in listings.QUOTED}
        yield {"job_id": None, "job_name": None, **row, "asked": told.asked}


def _solutions(report: JobReport) -> Iterator[Row]:
    named = {solution.name.casefold() for job in report.jobs for solution in job.solutions}
    outside = (solution for solution in report.solutions if solution.name.casefold() not in named)
    for job_id, job_name, solutions in [*((j.job_id, j.name, j.solutions) for j in report.jobs), (None, None, outside)]:
        for solution in solutions:
            yield {
                "job_id": job_id,
                "job_name": job_name,
                "solution": solution.name,
                "hired_by": joined(solution.hired_by),
                "fired_by": joined(solution.fired_by),
                "n_quotes": len(solution.quotes),
                **{key: joined(q.text for q in getattr(solution, key)) for key in ("quotes", "hired_why", "fired_why")},
                "_people": tuple(dict.fromkeys((*solution.hired_by, *solution.fired_by))),
            }


def _segments(report: JobReport) -> Iterator[Row]:
    for segment in report.segments:
        yield {key: getattr(segment, key) for key in _SEGMENT}


def _tags(report: JobReport) -> Iterator[Row]:
    for segment in report.segments:
        tags = report.tags.get(segment.segment_id)
        if tags is None:
            continue
        yield {
            **{key: getattr(segment, key) for key in COLUMNS["tags"][:5]},
            **{key: getattr(tags, key) for key in ("emotion", "intensity", "force", "stance", "language")},
            **{name: segment.text[slice(*tags.spans[name])] if name in tags.spans else None for name in SPANS},
            **{f"score_{label}": tags.scores.get(label) for label in LABELS},
            "labels": joined(sorted(tags.labels)),
            "uncertain": joined(sorted(tags.uncertain)),
        }


def _participants(report: JobReport) -> Iterator[Row]:
    quotes, near, jobs, forces = _participant_counts(report)
    names = extra_names(report.participants, "participants")
    for row in report.participants or _speakers(report):
        person = row.get("participant_id")
        yield {
            **{names.get(key, key): value for key, value in row.items()},
            "speaker": row.get("speaker") or None,  # as their quotes have it, so that the tables can be joined
            "n_quotes": quotes[person],
            "n_nearby": near[person],
            "n_jobs": len(jobs.get(person, ())),
            "jobs": joined(jobs.get(person, ())),
            **{force: forces[person, force] for force in FORCES},
        }


def _participant_counts(report: JobReport) -> tuple[Counter[Any], Counter[Any], dict[Any, list[str]], Counter[Any]]:
    quotes: Counter[Any] = Counter()
    near: Counter[Any] = Counter()
    jobs: dict[Any, list[str]] = {}
    for job in report.jobs:
        for person in {q.participant_id for q in job.quotes}:
            theirs = [q for q in job.quotes if q.participant_id == person]
            quotes[person] += n_places(sure(theirs))
            near[person] += n_places(nearby(theirs))
        for person in job.participants:
            jobs.setdefault(person, []).append(job.job_id)
    moving: list[tuple[str, Quote]] = [
        (force, q) for job in report.jobs for force in FORCES for q in job.forces.get(force, ())
    ]
    moving += [(told.quote.force or "", told.quote) for told in listings.told_outside(report)]
    said = {(q.participant_id, force, q.transcript_id, q.start_char) for force, q in moving}  # of two jobs once
    forces = Counter((person, force) for person, force, _, _ in said)
    return quotes, near, jobs, forces


def _speakers(report: JobReport) -> list[Row]:
    """Return the participants as the transcripts show them, where no participants file was given."""
    seen = {
        (t.transcript_id, turn.speaker, turn.participant_id)
        for t in report.transcripts
        for turn in t.turns
        if turn.role == "participant"
    }
    return [dict(zip(_KEYS, key, strict=True)) for key in sorted(seen, key=str)]


_BUILDERS: dict[str, Callable[[JobReport], Iterator[Row]]] = {
    "jobs": _jobs,
    "quotes": _quotes,
    "tags": _tags,
    "segments": _segments,
    "forces": _forces,
    "solutions": _solutions,
    "participants": _participants,
    "wishes": listings.wishes,
    "gaps": listings.gaps,
    "lint": listings.lint,
    "left_out": listings.left_out,
    "warnings": listings.warnings,
}
