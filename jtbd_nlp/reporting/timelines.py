"""Puts what people tell of a switch in order: a report in; a person's sentences with their steps, first thought first, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from ..context import Material
from ..context.timeline import STAGES, stage_told
from ..errors import InvalidParameterError
from ..evidence import cut_quote
from ..records import Quote
from .people import MOST_PEOPLE, participants_of

if TYPE_CHECKING:
    from .report import JobReport

_RANK = {stage: n for n, stage in enumerate(STAGES)}


def timeline_of(report: JobReport, participant_id: str) -> tuple[Quote, ...]:
    """Return the steps that one participant tells; see `JobReport.timeline`."""
    known = participants_of(report)
    if participant_id not in known:
        some = ", ".join(known[:MOST_PEOPLE]) or "none"
        raise InvalidParameterError(
            f"participant_id must be one of {some}, got {participant_id!r}. Choose one of them."
        )
    return _in_order(q for q in _staged(report, participant_id) if q.participant_id == participant_id)


def timelines(report: JobReport) -> dict[str, tuple[Quote, ...]]:
    """Return the steps of every participant who tells any, by participant; empty for many people: see `MOST_PEOPLE`."""
    people = participants_of(report)
    if len(people) > MOST_PEOPLE:
        return {}
    told = list(_staged(report))
    found = {person: _in_order(q for q in told if q.participant_id == person) for person in people}
    return {person: quotes for person, quotes in found.items() if quotes}


def _in_order(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    once = {(q.transcript_id, q.start_char, q.end_char): q for q in quotes}
    return tuple(sorted(once.values(), key=lambda q: (_RANK[q.stage or ""], q.transcript_id, q.start_char)))


def _staged(report: JobReport, person: str | None = None) -> Iterator[Quote]:
    """Yield each sentence that tells of a step, of one person or all; without texts, the quotes of jobs that do."""
    texts = {t.transcript_id: t for t in report.transcripts if t.text}
    if not report.segments:
        yield from (q for job in report.jobs for q in job.quotes if q.stage in _RANK)
    material = Material.of(report.transcripts, report.segments, report.tags)
    for segment in report.segments:
        telling = segment.role == "participant" and not segment.backchannel and segment.transcript_id in texts
        asked = person is None or segment.participant_id in (None, person)
        stage = stage_told(material, segment) if telling and asked else None
        if stage is not None:
            with suppress(InvalidParameterError):  # a report that was put together by hand may not fit its transcripts
                cut = cut_quote(texts[segment.transcript_id], segment, tags=report.tags.get(segment.segment_id))
                yield replace(cut, stage=stage)
