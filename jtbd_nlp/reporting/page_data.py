"""Builds what the report page shows: a `JobReport` in, one JSON-ready object out; each passage is stored once.

Keys: ``quotes`` is the list of all passages that anything refers to; jobs name them by index, with the slot they fill;
``weak`` lists those that more likely tell of something else, ``support`` the chance of each that has one, ``worded`` and
``placed`` those that the statement was worded from and those that a person put there. ``wishes`` are pairs of
passage and kind of question, ``forces`` of passage, force, whether it was asked for, and whether a job has it, ``unsure`` the
number of sentences labelled with a force that are not shown, ``hired`` the solutions of the whole study, ``timelines`` the
passages of each participant that tell of a switch, in its order.
Texts are cut by turn, so that the page can show a passage in its context. Offsets count code points, as in Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..context.timeline import STAGES
from ..records import FORCES, Job, Quote, Solution, Transcript, Warn
from .belonging import Origin, origins
from .codec import to_plain
from .frames import PERSON, extra_columns
from .listings import n_unsure, told_forces
from .people import participants_of, people_of
from .timelines import timelines

if TYPE_CHECKING:
    from .report import JobReport

_QUOTE_KEYS = ("participant_id", "speaker", "text", "start_char", "end_char", "start_s", "emotion", "stage", "reason")
_PLAIN_KEYS = (
    "job_id", "name", "confidence", "participants", "n_transcripts", "dimensions", "emotions", "lint", "gaps",
    "single_voice", "stability", "effective_voices", "episodic_share", "phrases", "big_job", "edits", "note",
)  # fmt: skip


PAGE_CHARS = 15_000_000  # of all transcripts; a page with more would be slow to open or not open at all


class _Passages:
    """Numbers passages, each once."""

    def __init__(self, transcripts: Iterable[Transcript]) -> None:
        self.transcripts = {t.transcript_id: i for i, t in enumerate(transcripts)}
        self.index: dict[tuple[str, int, int], int] = {}
        self.rows: list[dict[str, Any]] = []
        self.segments: list[str] = []

    def number(self, quote: Quote) -> int:
        key = (quote.transcript_id, quote.start_char, quote.end_char)
        if key not in self.index:
            self.index[key] = len(self.rows)
            self.rows.append(self._row(quote))
            self.segments.append(quote.segment_id)
        number = self.index[key]
        if quote.stage is not None:
            self.rows[number]["stage"] = quote.stage  # of a passage that was named before, where its step was not asked
        return number

    def _row(self, quote: Quote) -> dict[str, Any]:
        row = {key: to_plain(getattr(quote, key)) for key in _QUOTE_KEYS}
        row = {key: value for key, value in row.items() if value is not None}
        place = self.transcripts.get(quote.transcript_id, -1)
        return {"transcript": place, **({"transcript_id": quote.transcript_id} if place < 0 else {}), **row}

    def numbers(self, quotes: Iterable[Quote]) -> list[int]:
        return [self.number(quote) for quote in quotes]


def page_data(report: JobReport) -> dict[str, Any]:
    """Return the object that the page embeds; see the module for its keys."""
    passages = _Passages(report.transcripts)
    jobs = [_job(job, passages) for job in report.jobs]
    unclustered = passages.numbers(report.unclustered)
    whole = sum(len(t.text) for t in report.transcripts) <= PAGE_CHARS
    return {
        "jobs": jobs,
        "unclustered": unclustered,
        "quotes": passages.rows,
        "transcripts": [_transcript(t, whole=whole) for t in report.transcripts],
        "participants": _people(report),
        "columns": extra_columns(report.participants),
        "people": _level(report, passages),
        "wishes": [[passages.number(wish.quote), wish.question] for wish in report.wishes],
        "forces": [
            [passages.number(told.quote), told.quote.force, told.asked, told.job_id is not None]
            for told in told_forces(report)
        ],
        "unsure": n_unsure(report),
        "hired": [_solution(s, passages) for s in report.solutions],
        "stages": list(STAGES),
        "timelines": {person: passages.numbers(told) for person, told in timelines(report).items()},
        "points": _points(report, passages),
        "coverage": to_plain(report.coverage()),
        "saturation": to_plain(report.saturation),
        "warnings": to_plain((*report.warnings, *(() if whole else (_left_out(report),)))),
        "provenance": to_plain(report.provenance),
    }


def _job(job: Job, passages: _Passages) -> dict[str, Any]:
    return {
        **{key: to_plain(getattr(job, key)) for key in _PLAIN_KEYS},
        "statement": to_plain(job.statement),
        "quotes": [[passages.number(q), q.slot or ""] for q in job.quotes],
        "weak": sorted({passages.number(q) for q in job.quotes if q.is_weak}),
        "support": [[passages.number(q), to_plain(q.support)] for q in job.quotes if q.support is not None],
        "worded": _of_origin(job, passages, "worded"),
        "placed": _of_origin(job, passages, "placed"),
        "counter": passages.numbers(job.counter_quotes),
        "wishes": passages.numbers(job.wishes),
        "forces": {force: passages.numbers(job.forces.get(force, ())) for force in FORCES},
        "solutions": [_solution(s, passages) for s in job.solutions],
    }


def _solution(solution: Solution, passages: _Passages) -> dict[str, Any]:
    return {
        "name": solution.name,
        "hired_by": list(solution.hired_by),
        "fired_by": list(solution.fired_by),
        "quotes": passages.numbers(solution.quotes),
        "hired_why": passages.numbers(solution.hired_why),
        "fired_why": passages.numbers(solution.fired_why),
    }


def _of_origin(job: Job, passages: _Passages, origin: Origin) -> list[int]:
    return [passages.number(q) for q, found in zip(job.quotes, origins(job), strict=True) if found == origin]


def _left_out(report: JobReport) -> Warn:
    """Say in the page what it does not hold."""
    n = len(report.transcripts)
    message = f"this page shows passages without their interviews: {n} are too much for one page; see transcripts/"
    return Warn(code="page_without_transcripts", message=message)


def _transcript(transcript: Transcript, *, whole: bool) -> dict[str, Any]:
    """Return a transcript with its turns, or without any where the study is too large; the page then names the file."""
    turns = (
        []
        if not whole
        else [
            {
                "speaker": turn.speaker or "",
                "role": turn.role,
                "start_char": turn.start_char,
                "text": transcript.words(turn),
                **({} if turn.start_s is None else {"start_s": to_plain(turn.start_s)}),
            }
            for turn in transcript.turns
        ]
    )
    return {"transcript_id": transcript.transcript_id, "source": transcript.source, "turns": turns}


def _people(report: JobReport) -> list[dict[str, Any]]:
    """Return each participant once, with the columns of the participants file."""
    people: dict[str, dict[str, Any]] = {}
    keys = (*PERSON, *extra_columns(report.participants))
    for row in report.participants:
        people.setdefault(str(row.get("participant_id")), {k: to_plain(row[k]) for k in keys if k in row})
    for person in participants_of(report):
        people.setdefault(person, {"participant_id": person})
    return list(people.values())


def _level(report: JobReport, passages: _Passages) -> dict[str, Any]:
    """Return what the page shows of people beside counts, which it makes itself: stories, tests, people who left."""
    found = people_of(report)
    stories = found.stories
    rows = () if stories is None else zip(stories.members, stories.marks, stories.stability, strict=True)
    return {
        "stories": [{"members": list(m), "marks": [mark.split(" ") for mark in s], "stability": n} for m, s, n in rows],
        "ungrouped": [] if stories is None else list(stories.ungrouped),
        "why_none": found.why_none,
        "tests": {k: {"n_tests": t.n_tests, "found": to_plain(t.found)} for k, t in found.tests.items()},
        "left": [
            {"status": a.status, "participants": list(a.participants), "quotes": passages.numbers(a.quotes)}
            for a in found.left
        ],
    }


def _points(report: JobReport, passages: _Passages) -> list[list[float]]:
    """Return ``[x, y, passage]`` of each passage whose segment has a place on the map."""
    places = ((report.coordinates.get(segment_id), n) for n, segment_id in enumerate(passages.segments))
    return [[to_plain(place[0]), to_plain(place[1]), n] for place, n in places if place is not None]
