"""Writes a report for reading as Markdown: a table of jobs, then a section a job; no quote can act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..records import FORCES, Job, Quote
from .files import clean_text
from .frames import counted
from .times import clock

if TYPE_CHECKING:
    from .report import JobReport

# All that opens markup in CommonMark, GFM, Obsidian or Notion, and template braces of site generators.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&#$^=%])|(?<=[A-Za-z])(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_START = re.compile(r"^(\d+)([.)])|^([-+:])")


def escape_markdown(text: str) -> str:
    """Return text on one line that every Markdown reader shows as it is: nothing in it becomes markup or a link.

    Parameters
    ----------
    text : str
        Anything; line ends become spaces, invisible controls and direction overrides go.

    Returns
    -------
    str
    """
    line = " ".join(_INVISIBLE.sub("", clean_text(text)).split())
    escaped = _MARKUP.sub(lambda m: "\\" + m.group(), line)
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def to_markdown(report: JobReport) -> str:
    """Return the whole report; see `JobReport.to_markdown`."""
    blocks = ["# Jobs to be done", _summary(report), *_table(report)]
    for job in report.jobs:
        blocks.extend(_section(job))
    blocks.extend(_left_out(report))
    blocks.extend(_warnings(report))
    return "\n\n".join(blocks) + "\n"


def _summary(report: JobReport) -> str:
    coverage = report.coverage()
    people = {turn.participant_id for t in report.transcripts for turn in t.turns if turn.role == "participant"}
    used = f"{coverage['n_used']} of {coverage['n_struggles']} struggles are used"
    share = "" if coverage["share"] is None else f" ({coverage['share']:.0%})"
    return (
        f"Drafts for review: {len(report.jobs)} jobs from {len(report.transcripts)} transcripts and {len(people)} "
        f"participants. {used}{share}; {len(report.unclustered)} passages support no job. Every quote is the exact "
        "wording of a participant."
    )


def _table(report: JobReport) -> Iterator[str]:
    if not report.jobs:
        return
    rows = ["| Job | Statement | People | Quotes | Confidence |", "| --- | --- | ---: | ---: | --- |"]
    rows += [
        f"| {escape_markdown(job.job_id)} {escape_markdown(job.name)} | {escape_markdown(job.statement.text)} "
        f"| {len(job.participants)} | {len(job.quotes)} | {escape_markdown(job.confidence)} |"
        for job in report.jobs
    ]
    yield "\n".join(rows)


def _section(job: Job) -> Iterator[str]:
    yield f"## {escape_markdown(job.name)} ({escape_markdown(job.job_id)})"
    yield f"**{escape_markdown(job.statement.text)}**"
    yield "\n".join(_facts(job))
    for gap in job.gaps:
        yield f"Gap, {escape_markdown(gap.slot)}: none found. Ask next: *{escape_markdown(gap.ask)}*"
    yield from _quotes("Quotes", (q for q in job.quotes if not q.is_weak))
    yield from _quotes("Told nearby, more likely of something else", (q for q in job.quotes if q.is_weak))
    yield from _forces(job)
    yield from _solutions(job)
    yield from _quotes("Counter-evidence", job.counter_quotes, none="Searched, none found.")
    if job.lint:
        findings = [f"- {escape_markdown(f.rule)} ({f.severity}): {escape_markdown(f.message)}" for f in job.lint]
        yield "### To check\n\n" + "\n".join(findings)


def _facts(job: Job) -> Iterator[str]:
    voices = " Single voice." if job.single_voice else ""
    yield f"- Confidence: {escape_markdown(job.confidence)}.{voices}"
    yield f"- Participants: {_list(job.participants)} in {job.n_transcripts} transcripts"
    if job.statement.inferred:
        yield f"- Words not found in the quotes: {_list(job.statement.inferred)}"
    if job.statement.removed:
        yield f"- Tools taken out of the statement: {_list(job.statement.removed)}"
    if job.emotions:
        yield f"- Emotions: {escape_markdown(counted(job.emotions))}"
    if job.stability is not None:
        yield f"- Stability when voices are left out: {job.stability:.2f} of 1"
    if job.edits:
        yield f"- Edited by a person: {_list(job.edits)}"
    if job.note:
        yield f"- Note: {escape_markdown(job.note)}"


def _list(items: Iterable[str]) -> str:
    return ", ".join(escape_markdown(item) for item in items)


def _quotes(title: str, quotes: Iterable[Quote], none: str = "") -> Iterator[str]:
    lines = [_quote_line(quote) for quote in quotes]
    if lines or none:
        yield f"### {title}\n\n" + ("\n".join(lines) or none)


def _quote_line(quote: Quote) -> str:
    where = ", ".join(
        part
        for part in (
            escape_markdown(quote.participant_id),
            escape_markdown(quote.transcript_id),
            clock(quote.start_s),
            escape_markdown(quote.slot or ""),
        )
        if part
    )
    return f"- “{escape_markdown(quote.text)}” ({where})"


def _forces(job: Job) -> Iterator[str]:
    yield "### Forces"
    for force in FORCES:
        lines = [_quote_line(quote) for quote in job.forces.get(force, ())]
        yield f"{force.capitalize()}:" + ("\n\n" + "\n".join(lines) if lines else " none found.")


def _solutions(job: Job) -> Iterator[str]:
    if not job.solutions:
        return
    lines = []
    for solution in job.solutions:
        fired = f"; given up by {_list(solution.fired_by)}" if solution.fired_by else ""
        lines.append(f"- {escape_markdown(solution.name)}: used by {_list(solution.hired_by) or 'nobody named'}{fired}")
    yield "### Current solutions\n\n" + "\n".join(lines)


def _left_out(report: JobReport) -> Iterator[str]:
    if report.unclustered:
        lines = [f"{_quote_line(q)}: {escape_markdown(q.reason or 'no reason given')}" for q in report.unclustered]
        yield "## Passages that support no job\n\n" + "\n".join(lines)


def _warnings(report: JobReport) -> Iterator[str]:
    if report.warnings:
        lines = []
        for warn in report.warnings:
            source = f"{escape_markdown(warn.source)}: " if warn.source else ""
            lines.append(f"- {source}{escape_markdown(warn.message)}" + (f" ({warn.count}×)" if warn.count > 1 else ""))
        yield "## Warnings\n\n" + "\n".join(lines)
