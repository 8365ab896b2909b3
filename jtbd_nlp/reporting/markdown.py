"""Writes a report for reading as Markdown: a table of jobs, then a section a job; no quote can act as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..records import FORCES, Finding, Job, Quote, Solution
from .belonging import NEARBY, expected_voices, n_places, nearby, sure, told
from .frames import counted
from .listings import advice
from .markdown_study import hired, left_out, moving, stories, told_switches, wishes
from .markdown_text import escape_markdown, listed, quote_line
from .telling import n_of, reasons

if TYPE_CHECKING:
    from .report import JobReport

_POINTS = 20  # of the saturation curve: a study may have a thousand interviews


def to_markdown(report: JobReport) -> str:
    """Return the whole report; see `JobReport.to_markdown`."""
    blocks = ["# Jobs to be done", _summary(report), *_saturation(report), *_table(report)]
    for job in report.jobs:
        blocks.extend(_section(job))
    blocks.extend(moving(report))
    blocks.extend(hired(report))
    blocks.extend(wishes(report))
    blocks.extend(told_switches(report))
    blocks.extend(stories(report))
    blocks.extend(left_out(report))
    blocks.extend(_warnings(report))
    return "\n\n".join(blocks) + "\n"


def _summary(report: JobReport) -> str:
    coverage = report.coverage()
    people = {turn.participant_id for t in report.transcripts for turn in t.turns if turn.role == "participant"}
    n_used = coverage["n_used"]
    used = f"{n_used} of {n_of(coverage['n_struggles'], 'struggle')} {'is' if n_used == 1 else 'are'} used"
    share = "" if coverage["share"] is None else f" ({coverage['share']:.0%})"
    n_near, n_left = coverage["n_nearby"], len(report.unclustered)
    near = f", {n_near} more {'was' if n_near == 1 else 'were'} told near one" if n_near else ""
    return (
        f"Drafts for review: {n_of(len(report.jobs), 'job')} from {n_of(len(report.transcripts), 'transcript')} and "
        f"{n_of(len(people), 'participant')}. {used}{share}{near}; {n_of(n_left, 'passage')} {'supports' if n_left == 1 else 'support'} "
        "no job. Every quote is the exact wording of a participant."
    )


def _table(report: JobReport) -> Iterator[str]:
    if not report.jobs:
        return
    rows = ["| Job | Statement | People | Quotes | Confidence |", "| --- | --- | ---: | ---: | --- |"]
    rows += [
        f"| {escape_markdown(job.job_id)} {escape_markdown(job.name)} | {escape_markdown(job.statement.text)} "
        f"| {len(job.participants)} | {_n_quotes(job)} | {escape_markdown(job.confidence)} |"
        for job in report.jobs
    ]
    yield "\n".join(rows)


def _n_quotes(job: Job) -> str:
    near = n_places(nearby(job.quotes))
    return f"{n_places(sure(job.quotes))}" + (f" (+{near} nearby)" if near else "")


def _saturation(report: JobReport) -> Iterator[str]:
    heard = report.saturation
    if len(heard) > 1:
        n = min(len(heard), _POINTS)
        shown = [round(i * (len(heard) - 1) / (n - 1)) for i in range(n)]
        points = ", ".join(f"{heard[i]:.1f} after {i + 1}" for i in shown)
        last = heard[-1] - heard[-2]
        yield f"Jobs heard of, on average over the order of interviews: {points}. The last one added {last:.1f}."


def _section(job: Job) -> Iterator[str]:
    yield f"## {escape_markdown(job.name)} ({escape_markdown(job.job_id)})"
    yield f"**{escape_markdown(job.statement.text)}**"
    yield "\n".join(_facts(job))
    for gap in job.gaps:
        yield f"Gap, {escape_markdown(gap.slot)}: none found. Ask next: *{escape_markdown(gap.ask)}*"
    yield from _quotes("Quotes", told(job, weak=False))
    yield from _quotes(NEARBY, told(job, weak=True))
    yield from _forces(job)
    yield from _solutions(job)
    yield from _quotes("Counter-evidence", _unmarked(job.counter_quotes), none="Searched, none found.")
    yield from _quotes("Wishes", _unmarked(job.wishes))
    if job.lint:
        yield "### To check\n\n" + "\n".join(map(_finding, job.lint))


def _finding(finding: Finding) -> str:
    return f"- {escape_markdown(finding.rule)} ({finding.severity}): {escape_markdown(advice(finding))}"


def _facts(job: Job) -> Iterator[str]:
    voices = " Single voice." if job.single_voice else ""
    yield f"- Confidence: {escape_markdown(job.confidence)}.{voices}"
    likely = expected_voices(job)
    expected = (
        f"; some may mean something near it: about {likely:.1f} of these {len(job.participants)} are likely to mean this very job"
        if likely < len(job.participants) > 1
        else ""
    )
    yield f"- Participants quoted: {listed(job.participants)} in {n_of(job.n_transcripts, 'transcript')}{expected}"
    if job.statement.inferred:
        yield f"- Words not found in the quotes: {listed(job.statement.inferred)}"
    if job.statement.removed:
        yield f"- Tools taken out of the statement: {listed(job.statement.removed)}"
    yield from _told_of(job)
    if job.edits:
        yield f"- Edited by a person: {listed(job.edits)}"
    if job.note:
        yield f"- Note: {escape_markdown(job.note)}"


def _told_of(job: Job) -> Iterator[str]:
    if job.dimensions:
        yield f"- Dimensions: {listed(job.dimensions)}"
    if job.big_job and job.big_job != job.name:
        yield f"- Part of: {escape_markdown(job.big_job)}"
    if job.phrases:
        yield "- In their words: " + ", ".join(f"“{escape_markdown(words)}”" for words in job.phrases)
    if job.emotions:
        yield f"- Emotions: {escape_markdown(counted(job.emotions))}"
    if job.stability is not None:
        yield f"- Stability: {job.stability:.2f} of 1 (how far its group is the same where a quarter of the passages is left out)"
    if job.episodic_share:
        yield f"- About a particular past episode: {job.episodic_share:.0%} of the quotes"


def _unmarked(quotes: Iterable[Quote]) -> Iterator[tuple[Quote, str]]:
    return ((quote, "") for quote in quotes)


def _quotes(title: str, quotes: Iterable[tuple[Quote, str]], none: str = "") -> Iterator[str]:
    lines = [quote_line(quote, mark) for quote, mark in quotes]
    if lines or none:
        yield f"### {title}\n\n" + ("\n".join(lines) or none)


def _forces(job: Job) -> Iterator[str]:
    yield "### Forces"
    for force in FORCES:
        lines = [quote_line(quote) for quote in job.forces.get(force, ())]
        yield f"{force.capitalize()}:" + ("\n\n" + "\n".join(lines) if lines else " none found.")


def _solutions(job: Job) -> Iterator[str]:
    if not job.solutions:
        return
    lines = []
    for solution in job.solutions:
        fired = f"; given up by {listed(solution.fired_by)}" if solution.fired_by else ""
        lines.append(
            f"- {escape_markdown(solution.name)}: used by {listed(solution.hired_by) or 'nobody named'}{fired}"
        )
        lines.extend(_reasons(solution))
    yield "### Current solutions\n\n" + "\n".join(lines)


def _reasons(solution: Solution) -> Iterator[str]:
    for why in reasons(solution):
        yield from (f"  - {why.title}: {quote_line(quote).removeprefix('- ')}" for quote in why.quotes)
        if why.silent:
            yield f"  - {why.title}: none told by {listed(why.silent)}"


def _warnings(report: JobReport) -> Iterator[str]:
    if report.warnings:
        lines = []
        for warn in report.warnings:
            source = f"{escape_markdown(warn.source)}: " if warn.source else ""
            lines.append(f"- {source}{escape_markdown(warn.message)}" + (f" ({warn.count}×)" if warn.count > 1 else ""))
        yield "## Warnings\n\n" + "\n".join(lines)
