"""Sections of the Markdown report that are about the whole study: what moves people, what they hire, wish and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ..context import question_before
from ..records import FORCES, Quote, Transcript
from .listings import n_unsure, told_forces, told_wishes
from .markdown_text import escape_markdown, listed, quote_line
from .people import find_stories
from .telling import circumstances, n_of, switches

if TYPE_CHECKING:
    from .report import JobReport


def moving(report: JobReport) -> Iterator[str]:
    """Yield what moves people, force by force, over the whole study: with the job that each is in, or none."""
    names = {job.job_id: job.name for job in report.jobs}
    transcripts = {t.transcript_id: t for t in report.transcripts}
    told = told_forces(report)
    rest = n_unsure(report)
    unsure = (
        f" {n_of(rest, 'further sentence')} labelled with a force {'is' if rest == 1 else 'are'} left out as too unsure."
        if rest
        else ""
    )
    if not told:
        return
    yield (
        "## What moves people\n\nWhat drives people away from the present (push), draws them to the new (pull), worries them "
        f"about it (anxiety) or ties them to the old (habit): in a job or in none.{unsure}"
    )
    for force in FORCES:
        theirs = [t for t in told if t.quote.force == force]
        lines = [
            f"{quote_line(replace(t.quote, slot=None), asked_for(transcripts, t.quote) if t.asked else '')}: "
            + escape_markdown(f"in {names[t.job_id]} ({t.job_id})" if t.job_id in names else "in no job")
            for t in theirs
        ]
        yield f"### {force.capitalize()}\n\n" + ("\n".join(lines) or "None found.")


def asked_for(transcripts: Mapping[str, Transcript], quote: Quote) -> str:
    """Return the question that a quote answers: "November." says little without it."""
    transcript = transcripts.get(quote.transcript_id)
    question = None if transcript is None else question_before(transcript, quote)
    return f"asked “{escape_markdown(question)}”" if question else "asked for it"


def hired(report: JobReport) -> Iterator[str]:
    """Yield what people hire today, over the whole study."""
    lines = []
    for solution in report.solutions:
        fired = f"; given up by {listed(solution.fired_by)}" if solution.fired_by else ""
        lines.append(
            f"- {escape_markdown(solution.name)}: used by {listed(solution.hired_by) or 'nobody named'}{fired}"
        )
    if lines:
        yield "## What people hire today\n\n" + "\n".join(lines)


def wishes(report: JobReport) -> Iterator[str]:
    """Yield what people of the whole study wished for, with the job that each is in."""
    names = {job.job_id: job.name for job in report.jobs}
    lines = []
    for wish in told_wishes(report):
        job = f"in {names[wish.job_id]} ({wish.job_id})" if wish.job_id in names else "in no job"
        lines.append(f"{quote_line(wish.quote, circumstances(wish))}: {escape_markdown(job)}")
    if lines:
        yield "## Wishes of the whole study\n\n" + "\n".join(lines)


def told_switches(report: JobReport) -> Iterator[str]:
    """Yield the switch of each person who tells of one, a line a step."""
    told = list(switches(report))
    if not told:
        return
    yield (
        "## The switch of each person\n\nThe first sentence that tells of each step, by its wording or since it answers a "
        "question for it. A step that is not found may still have been taken: ask about it."
    )
    for person, steps in told:
        lines = [
            f"- {(first.stage or '').capitalize()}: “{escape_markdown(first.text)}”"
            + (f" (+{more} more)" if more else "")
            for first, more in steps
        ]
        yield f"### {escape_markdown(person)}\n\n" + "\n".join(lines)


def stories(report: JobReport) -> Iterator[str]:
    """Yield the participants who were moved by the same forces in the same jobs, or why there are none."""
    found, why_none = find_stories(report)
    if found is None:
        yield f"## Stories of participants\n\n{why_none}"
        return
    names = {job.job_id: job.name for job in report.jobs}
    lines = []
    for members, marks, stability in zip(found.members, found.marks, found.stability, strict=True):
        moved = [f"{force} in {names.get(job_id, job_id)}" for job_id, _, force in (m.partition(" ") for m in marks)]
        why = listed(moved) or "no single force sets them apart"
        lines.append(f"- {listed(members)} (stability {stability:.2f}): {why}")
    lines += [f"- In no story: {listed(found.ungrouped)}"] if found.ungrouped else []
    yield "## Stories of participants\n\n" + "\n".join(lines)


def left_out(report: JobReport) -> Iterator[str]:
    """Yield the passages that support no job, each with the reason."""
    if report.unclustered:
        lines = [f"{quote_line(q)}: {escape_markdown(q.reason or 'no reason given')}" for q in report.unclustered]
        yield "## Passages that support no job\n\n" + "\n".join(lines)
