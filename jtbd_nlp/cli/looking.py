"""The commands ``jobs`` and ``people``: what a report found, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import AsJson, ReportPath, load_report, say, say_json

if TYPE_CHECKING:
    from ..participants import Profile
    from ..records import Job, Quote, Solution
    from ..reporting import JobReport


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(jobs)
    app.command()(people)


def jobs(
    report: ReportPath,
    job: Annotated[str | None, typer.Argument(help="Id of one job: all that is known of it.")] = None,
    left_out: Annotated[
        bool, typer.Option("--left-out", help="The passages that support no job, with the reason.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the jobs of a report, show one with its evidence, or list what was left out of all.

    \b
    Examples:
      jtbd-nlp jobs my-study
      jtbd-nlp jobs my-study J-3f9a1c --json
      jtbd-nlp jobs my-study --left-out
    """
    from ..reporting.codec import to_plain

    found = load_report(report)
    if left_out:
        _show_left_out(found, job, as_json=as_json)
        return
    chosen = _chosen(found, job)
    if as_json:
        say_json([to_plain(j) for j in chosen] if job is None else to_plain(chosen[0]))
        return
    if not chosen:
        say("no jobs: see what was left out (--left-out), and the warnings, in report.md")
    for j in chosen:
        for line in job_lines(j, whole=job is not None):
            say(line)


def _chosen(report: JobReport, job: str | None) -> list[Job]:
    from ..errors import InvalidParameterError

    chosen = [j for j in report.jobs if job in (None, j.job_id)]
    if job is not None and not chosen:
        known = ", ".join(j.job_id for j in report.jobs)
        raise InvalidParameterError(f"job must be one of {known or 'none'}, got {job!r}. Copy it from the list.")
    return chosen


def _show_left_out(report: JobReport, job: str | None, *, as_json: bool) -> None:
    from ..errors import InvalidParameterError
    from ..reporting.codec import to_plain

    if job is not None:
        raise InvalidParameterError(f"job must be left out with --left-out, got {job!r}. These passages are of no job.")
    if as_json:
        say_json(to_plain(report.unclustered))
        return
    reasons: dict[str, list[Quote]] = {}
    for quote in report.unclustered:
        reasons.setdefault(quote.reason or "no reason given", []).append(quote)
    for why, quotes in reasons.items():
        say(f"{why} ({len(quotes)})")
        for quote in quotes:
            say(f"  {quote.participant_id}, {quote.transcript_id}: {quote.text}")
    if not reasons:
        say("nothing was left out")


def job_lines(job: Job, *, whole: bool = False) -> Iterator[str]:
    """Yield two lines of a job, and with ``whole`` all that is known of it."""
    from ..reporting.belonging import counted_quotes

    voices = f"{len(job.participants)} voice{'s' * (len(job.participants) != 1)}"
    mark = ", edited" if job.edits else ""
    yield f"{job.job_id}  {job.name}  ({voices}, {counted_quotes(job.quotes)}, {job.confidence}{mark})"
    yield f"          {job.statement.text}"
    if whole:
        yield from _evidence_lines(job)
        yield from _context_lines(job)
        yield from _work_lines(job)


def _evidence_lines(job: Job) -> Iterator[str]:
    from ..reporting.belonging import NEARBY, told

    for title, weak in (("", False), (f"  {NEARBY[0].lower()}{NEARBY[1:]}:", True)):
        pairs = told(job, weak=weak)
        yield from [title] if title and pairs else []
        for quote, mark in pairs:
            yield _line(quote.slot or "-", quote) + (f"  [{mark}]" if mark else "")


def _context_lines(job: Job) -> Iterator[str]:
    for force, quotes in job.forces.items():
        yield from (_line(force, quote) for quote in quotes)
    for solution in job.solutions:
        fired = f"; given up by {', '.join(solution.fired_by)}" if solution.fired_by else ""
        yield f"  {'uses today':10s} {solution.name}: {', '.join(solution.hired_by) or 'nobody named'}{fired}"
        yield from _reason_lines(solution)
    yield from (_line("against it", quote) for quote in job.counter_quotes)
    yield from (_line("wish", quote) for quote in job.wishes)


def _reason_lines(solution: Solution) -> Iterator[str]:
    from ..reporting.telling import LEFT_WHY, reasons

    for why in reasons(solution):
        kind = "why left" if why.title == LEFT_WHY else "why used"
        yield from (_line(kind, quote) for quote in why.quotes)
        if why.silent:
            yield f"  {kind:10s} none told by {', '.join(why.silent)}"


def _work_lines(job: Job) -> Iterator[str]:
    """Yield what there is to do: questions, findings, notes and edits."""
    from ..reporting.listings import advice

    yield from (f"  ask next   {gap.ask}" for gap in job.gaps)
    yield from (f"  {'check':10s} {f.rule} ({f.severity}): {advice(f)}" for f in job.lint)
    yield from (f"  {'note':10s} {line}" for line in (job.note or "").splitlines())
    yield from (f"  by a person: {words}" for words in job.edits)


def _line(kind: str, quote: Quote) -> str:
    return f"  {kind:10s} {quote.participant_id}: {quote.text}"


def people(
    report: ReportPath,
    column: Annotated[str | None, typer.Option("--by", help="Column of the participants file to compare.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show participants: what moves whom, in a job or in none, stories of people alike, and who has which job by a column.

    \b
    Examples:
      jtbd-nlp people my-study
      jtbd-nlp people my-study --by plan
    """
    from ..participants import profile
    from ..reporting.listings import told_forces
    from ..reporting.people import find_stories, forces_of_people

    found = load_report(report)
    rows = [] if column is None else profile(found.jobs, found.participants, column)
    forces = forces_of_people(found)
    stories, why_none = find_stories(found)
    if as_json:
        from ..reporting.codec import to_plain

        told = [to_plain(t) for t in told_forces(found)]
        plain = {"forces": forces.to_dict("index"), "told": told, "stories": to_plain(stories), "why_none": why_none}
        say_json(plain if column is None else {**plain, "column": column, "profile": to_plain(rows)})
        return
    say(forces.to_string() if len(forces) else "no participants")
    for t in told_forces(found):
        say(_line(t.quote.force or "", t.quote) + (f"  [{t.job_id}]" if t.job_id else ""))
    say()
    for line in _story_lines(stories, why_none, found):
        say(line)
    for line in _profile_lines(rows, found):
        say(line)


def _story_lines(stories: Any, why_none: str, report: JobReport) -> Iterator[str]:
    if stories is None:
        yield why_none
        return
    names = {job.job_id: job.name for job in report.jobs}
    for n, (members, marks, stability) in enumerate(
        zip(stories.members, stories.marks, stories.stability, strict=True), start=1
    ):
        yield f"story {n}: {', '.join(members)} (stability {stability:.2f})"
        for mark in marks:
            job_id, _, force = mark.partition(" ")
            yield f"  {force} in {names.get(job_id, job_id)}"
    if stories.ungrouped:
        yield f"in no story: {', '.join(stories.ungrouped)}"


def _profile_lines(rows: Iterable[Profile], report: JobReport) -> Iterator[str]:
    names = {job.job_id: job.name for job in report.jobs}
    last = None
    for row in rows:
        if row.job_id != last:
            yield f"\n{names[row.job_id]} ({row.job_id})"
            last = row.job_id
        test = f"  p {row.p_adjusted:.3f} (corrected)" if row.p_adjusted is not None else f"  {row.note}"
        yield f"  {row.group:20s} {row.n_with} of {row.n_group}{test}"
