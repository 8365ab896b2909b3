"""The commands ``jobs`` and ``people``: what a report found, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import AsJson, ReportPath, load_report, say, say_json

if TYPE_CHECKING:
    from ..participants import Profile
    from ..records import Job
    from ..reporting import JobReport


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(jobs)
    app.command()(people)


def jobs(
    report: ReportPath,
    job: Annotated[str | None, typer.Argument(help="Id of one job: its quotes too.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the jobs of a report, or show one with its quotes and gaps.

    \b
    Examples:
      jtbd-nlp jobs my-study
      jtbd-nlp jobs my-study J-3f9a1c --json
    """
    from ..errors import InvalidParameterError
    from ..reporting.codec import to_plain

    found = load_report(report)
    chosen = [j for j in found.jobs if job in (None, j.job_id)]
    if job is not None and not chosen:
        known = ", ".join(j.job_id for j in found.jobs)
        raise InvalidParameterError(f"job must be one of {known}, got {job!r}. Copy it from the list.")
    if as_json:
        say_json([to_plain(j) for j in chosen] if job is None else to_plain(chosen[0]))
        return
    if not chosen:
        say("no jobs: see what was left out, and the warnings, in report.md")
    for j in chosen:
        for line in job_lines(j, whole=job is not None):
            say(line)


def job_lines(job: Job, *, whole: bool = False) -> Iterator[str]:
    """Yield two lines of a job, and with ``whole`` its quotes, gaps and edits."""
    voices = f"{len(job.participants)} voice{'s' * (len(job.participants) != 1)}"
    mark = ", edited" if job.edits else ""
    yield f"{job.job_id}  {job.name}  ({voices}, {len(job.quotes)} quotes, {job.confidence}{mark})"
    yield f"          {job.statement.text}"
    if not whole:
        return
    for title, weak in (("", False), ("  told nearby, more likely of something else:", True)):
        told = [q for q in job.quotes if q.is_weak is weak]
        yield from [title] if title and told else []
        yield from (f"  {q.slot or '-':10s} {q.participant_id}: {q.text}" for q in told)
    for force, quotes in job.forces.items():
        yield from (f"  {force:10s} {q.participant_id}: {q.text}" for q in quotes)
    yield from (f"  ask next   {gap.ask}" for gap in job.gaps)
    yield from (f"  by a person: {words}" for words in job.edits)


def people(
    report: ReportPath,
    column: Annotated[str | None, typer.Option("--by", help="Column of the participants file to compare.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show participants: what moved whom, stories of people alike, and who has which job by a column.

    \b
    Examples:
      jtbd-nlp people my-study
      jtbd-nlp people my-study --by plan
    """
    from ..participants import forces_matrix, profile
    from ..reporting.people import find_stories, participants_of

    found = load_report(report)
    rows = [] if column is None else profile(found.jobs, found.participants, column)
    forces = forces_matrix(found.jobs, participants_of(found))
    stories, why_none = find_stories(found)
    if as_json:
        from ..reporting.codec import to_plain

        plain = {"forces": forces.to_dict("index"), "stories": to_plain(stories), "why_none": why_none}
        say_json(plain if column is None else {**plain, "column": column, "profile": to_plain(rows)})
        return
    say(forces.to_string() if len(forces) else "no participants")
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
