"""Lists what a report holds beside its jobs: left-out passages, gaps, findings, wishes, warnings; a `JobReport` in, rows out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..records import FORCES, Finding, ForceTold, Row, Wish

if TYPE_CHECKING:
    from .report import JobReport

QUOTED = (
    "transcript_id", "speaker", "participant_id", "text", "start_char", "end_char", "start_s", "slot", "role",
    "emotion", "force", "stage", "segment_id",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "wishes": ("job_id", "job_name", "question", *QUOTED),
    "gaps": ("job_id", "job_name", "slot", "question"),
    "lint": ("job_id", "job_name", "rule", "severity", "slot", "message", "fix"),
    "left_out": (*QUOTED, "reason"),
    "warnings": ("code", "message", "source", "count"),
}


def told_wishes(report: JobReport) -> tuple[Wish, ...]:
    """Return the wishes of the whole study; of a report that was saved without them, those of its jobs."""
    of_jobs = (Wish(quote=quote, question="", job_id=job.job_id) for job in report.jobs for quote in job.wishes)
    return report.wishes or tuple(of_jobs)


def told_forces(report: JobReport) -> tuple[ForceTold, ...]:
    """Return what moves people, over the whole study; of a report that was saved without it, the forces of its jobs."""
    of_jobs = (
        ForceTold(quote=replace(quote, force=force), job_id=job.job_id)
        for job in report.jobs
        for force in FORCES
        for quote in job.forces.get(force, ())
    )
    return report.forces or tuple(of_jobs)


def told_outside(report: JobReport) -> tuple[ForceTold, ...]:
    """Return what moves people and stands among the forces of no job."""
    return tuple(told for told in report.forces if told.job_id is None)


def n_unsure(report: JobReport) -> int:
    """Return how many sentences the tagger labelled with a force that are not shown: too unsure outside of a job."""
    shown = {told.quote.segment_id for told in told_forces(report)}
    return sum(tags.force is not None and segment_id not in shown for segment_id, tags in report.tags.items())


def wishes(report: JobReport) -> Iterator[Row]:
    """Yield what people of the whole study wished for; ``job_id`` and ``job_name`` are None of what is in no job."""
    names = {job.job_id: job.name for job in report.jobs}
    for wish in told_wishes(report):
        of_job = {"job_id": wish.job_id, "job_name": names.get(wish.job_id or ""), "question": wish.question or None}
        yield {**of_job, **{key: getattr(wish.quote, key) for key in QUOTED}}


def gaps(report: JobReport) -> Iterator[Row]:
    """Yield the empty slots with the question to ask next."""
    for job in report.jobs:
        for gap in job.gaps:
            yield {"job_id": job.job_id, "job_name": job.name, "slot": gap.slot, "question": gap.ask}


def lint(report: JobReport) -> Iterator[Row]:
    """Yield the rules that statements break."""
    for job in report.jobs:
        for finding in job.lint:
            told = {key: getattr(finding, key) for key in COLUMNS["lint"][2:]}
            yield {"job_id": job.job_id, "job_name": job.name, **told}


def advice(finding: Finding) -> str:
    """Return what is wrong and what to do, as sentences: "only one participant told of it. Ask others about it."."""
    stop = "" if not finding.fix or finding.message.endswith((".", "?", "!")) else "."
    return f"{finding.message}{stop} {finding.fix}".rstrip()


def left_out(report: JobReport) -> Iterator[Row]:
    """Yield the passages that support no job, with the reason."""
    for quote in report.unclustered:
        yield {key: getattr(quote, key) for key in COLUMNS["left_out"]}


def warnings(report: JobReport) -> Iterator[Row]:
    """Yield what the user must know of the run."""
    for warn in report.warnings:
        yield {key: getattr(warn, key) for key in COLUMNS["warnings"]}
