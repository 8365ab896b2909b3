"""Counts how much of what people struggle with is used: a `JobReport` in, a few numbers out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..records import FORCES, Job, Quote
from .belonging import nearby, sure

if TYPE_CHECKING:
    from .report import JobReport


def count_coverage(report: JobReport) -> dict[str, Any]:
    """Count struggles, those that some job uses, and those only told near one; see `JobReport.coverage`."""
    passages = [s for s in report.segments if s.role == "participant" and not s.backchannel]
    struggles = {s.segment_id for s in passages if _struggles(report, s.segment_id)}
    used = {q.segment_id for job in report.jobs for q in sure(_evidence(job))} & struggles
    near = {q.segment_id for job in report.jobs for q in nearby(job.quotes)} & struggles
    return {
        "n_struggles": len(struggles),
        "n_used": len(used),
        "n_nearby": len(near - used),
        "share": round(len(used) / len(struggles), 4) if struggles else None,
        "n_passages": len(passages),
        "n_unclustered": len(report.unclustered),
    }


def _evidence(job: Job) -> Iterator[Quote]:
    yield from (*job.quotes, *job.counter_quotes)
    for force in FORCES:
        yield from job.forces.get(force, ())


def _struggles(report: JobReport, segment_id: str) -> bool:
    tags = report.tags.get(segment_id)
    return tags is not None and "struggle" in tags.labels
