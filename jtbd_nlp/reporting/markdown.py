"""Writes a report for reading as Markdown: a table of jobs, then a section a job; no quote can act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..checking import clean_text
from ..records import FORCES, Finding, Job, Quote, Solution
from .belonging import NEARBY, expected_voices, n_places, nearby, sure, told
from .frames import counted
from .listings import advice, n_unsure, told_forces, told_wishes
from .people import find_stories
from .telling import circumstances, n_of, reasons, switches
from .times import clock

if TYPE_CHECKING:
    from .report import JobReport

# All that opens markup in CommonMark, GFM, Obsidian or Notion, and template braces of site generators.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&#$^=%])|(?<=[A-Za-z])(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_START = re.compile(r"^(\d+)([.)])|^([-+:])")
_POINTS = 20  # of the saturation curve: a study may have a thousand interviews


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
    blocks = ["# Jobs to be done", _summary(report), *_saturation(report), *_table(report)]
    for job in report.jobs:
        blocks.extend(_section(job))
    blocks.extend(_moving(report))
    blocks.extend(_hired(report))
    blocks.extend(_wishes(report))
    blocks.extend(_switches(report))
    blocks.extend(_stories(report))
    blocks.extend(_left_out(report))
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


def _wishes(report: JobReport) -> Iterator[str]:
    """Yield what people of the whole study wished for, with the job that each is in."""
    names = {job.job_id: job.name for job in report.jobs}
    lines = []
    for wish in told_wishes(report):
        job = f"in {names[wish.job_id]} ({wish.job_id})" if wish.job_id in names else "in no job"
        lines.append(f"{_quote_line(wish.quote, circumstances(wish))}: {escape_markdown(job)}")
    if lines:
        yield "## Wishes of the whole study\n\n" + "\n".join(lines)


def _moving(report: JobReport) -> Iterator[str]:
    """Yield what moves people, force by force, over the whole study: with the job that each is in, or none."""
    names = {job.job_id: job.name for job in report.jobs}
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
            f"{_quote_line(replace(t.quote, slot=None), 'asked for it' if t.asked else '')}: "
            + escape_markdown(f"in {names[t.job_id]} ({t.job_id})" if t.job_id in names else "in no job")
            for t in theirs
        ]
        yield f"### {force.capitalize()}\n\n" + ("\n".join(lines) or "None found.")


def _hired(report: JobReport) -> Iterator[str]:
    """Yield what people hire today, over the whole study."""
    lines = []
    for solution in report.solutions:
        fired = f"; given up by {_list(solution.fired_by)}" if solution.fired_by else ""
        lines.append(f"- {escape_markdown(solution.name)}: used by {_list(solution.hired_by) or 'nobody named'}{fired}")
    if lines:
        yield "## What people hire today\n\n" + "\n".join(lines)


def _switches(report: JobReport) -> Iterator[str]:
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


def _stories(report: JobReport) -> Iterator[str]:
    """Yield the participants who were moved by the same forces in the same jobs, or why there are none."""
    found, why_none = find_stories(report)
    if found is None:
        yield f"## Stories of participants\n\n{why_none}"
        return
    names = {job.job_id: job.name for job in report.jobs}
    lines = []
    for members, marks, stability in zip(found.members, found.marks, found.stability, strict=True):
        moved = [f"{force} in {names.get(job_id, job_id)}" for job_id, _, force in (m.partition(" ") for m in marks)]
        why = _list(moved) or "no single force sets them apart"
        lines.append(f"- {_list(members)} (stability {stability:.2f}): {why}")
    lines += [f"- In no story: {_list(found.ungrouped)}"] if found.ungrouped else []
    yield "## Stories of participants\n\n" + "\n".join(lines)


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
    yield f"- Participants quoted: {_list(job.participants)} in {n_of(job.n_transcripts, 'transcript')}{expected}"
    if job.statement.inferred:
        yield f"- Words not found in the quotes: {_list(job.statement.inferred)}"
    if job.statement.removed:
        yield f"- Tools taken out of the statement: {_list(job.statement.removed)}"
    yield from _told_of(job)
    if job.edits:
        yield f"- Edited by a person: {_list(job.edits)}"
    if job.note:
        yield f"- Note: {escape_markdown(job.note)}"


def _told_of(job: Job) -> Iterator[str]:
    if job.dimensions:
        yield f"- Dimensions: {_list(job.dimensions)}"
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


def _list(items: Iterable[str]) -> str:
    return ", ".join(escape_markdown(item) for item in items)


def _unmarked(quotes: Iterable[Quote]) -> Iterator[tuple[Quote, str]]:
    return ((quote, "") for quote in quotes)


def _quotes(title: str, quotes: Iterable[tuple[Quote, str]], none: str = "") -> Iterator[str]:
    lines = [_quote_line(quote, mark) for quote, mark in quotes]
    if lines or none:
        yield f"### {title}\n\n" + ("\n".join(lines) or none)


def _quote_line(quote: Quote, mark: str = "") -> str:
    where = ", ".join(
        part
        for part in (
            escape_markdown(quote.participant_id),
            "" if quote.transcript_id == quote.participant_id else escape_markdown(quote.transcript_id),
            clock(quote.start_s),
            escape_markdown(quote.slot or ""),
            mark,
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
        lines.extend(_reasons(solution))
    yield "### Current solutions\n\n" + "\n".join(lines)


def _reasons(solution: Solution) -> Iterator[str]:
    for why in reasons(solution):
        yield from (f"  - {why.title}: {_quote_line(quote).removeprefix('- ')}" for quote in why.quotes)
        if why.silent:
            yield f"  - {why.title}: none told by {_list(why.silent)}"


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
