"""Writes a report as a folder of Markdown notes for Obsidian or Notion: one a job, one a participant, and an index.

Notes link to each other by name, jobs carry their facts as front matter (Obsidian's properties), and quotes are block
quotes with their place. In Notion, import the folder as Markdown: front matter shows as text, links work. Each note
ends in a heading below which a person may write: that part is kept when the notes are written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from ..records import FORCES, Job, Quote, Solution, Wish
from ..reporting.belonging import NEARBY, is_reviewed, n_places, sure, told
from ..reporting.files import safe_names, write_text
from ..reporting.frames import counted
from ..reporting.listings import advice, told_forces, told_wishes
from ..reporting.markdown_study import asked_for
from ..reporting.markdown_text import escape_markdown, listed
from ..reporting.telling import circumstances, reasons

if TYPE_CHECKING:
    from ..reporting import JobReport

MINE = "## My notes"
_FRONT = "---\njob_id: "  # how a note of a job begins; a person's own notes beside ours are left alone


def write_notes(report: JobReport, folder: Path | str) -> Path:
    """Write the notes.

    Parameters
    ----------
    report : JobReport
        Any.
    folder : Path or str
        Made where absent; notes of an earlier report with the same names are replaced, but for what stands below
        their line ``## My notes``.

    Returns
    -------
    Path
        The folder, which holds ``Jobs to be done.md``, ``What moves people.md``, ``What people hire.md``, ``Wishes.md``,
        ``Left out.md``, ``jobs/`` and ``participants/``.
        Notes of jobs that are no longer there stay; `lone_notes` names them.

    Raises
    ------
    StudyError
        If it cannot be written.
    """
    root = Path(folder)
    people = sorted({person for job in report.jobs for person in job.participants})
    files = {job.job_id: f"jobs/{job.job_id}" for job in report.jobs}
    stems = safe_names(people)
    files |= {person: f"participants/{stems[person]}" for person in people}
    for job in report.jobs:
        _put(root / f"{files[job.job_id]}.md", _job(job, files))
    for person in people:
        held = [job for job in report.jobs if person in job.participants]
        _put(root / f"{files[person]}.md", _participant(person, held, files))
    _put(root / "What moves people.md", _moving(report, files))
    _put(root / "What people hire.md", _hired(report))
    _put(root / "Wishes.md", _wishes(report, files))
    _put(root / "Left out.md", _left_out(report))
    _put(root / "Jobs to be done.md", _index(report, files))
    return root


def lone_notes(report: JobReport, folder: Path | str) -> tuple[str, ...]:
    """Return the notes of earlier exports whose jobs the report does not have, as names below the folder.

    Parameters
    ----------
    report : JobReport
        The one whose notes were written.
    folder : Path or str
        Where they were written.

    Returns
    -------
    tuple[str, ...]
        Sorted. They are left as they are, since a person may have written into them.
    """
    here = {f"{job.job_id}.md" for job in report.jobs}
    others = (file for file in sorted((Path(folder) / "jobs").glob("*.md")) if file.name not in here)
    return tuple(f"jobs/{file.name}" for file in others if _read(file).startswith(_FRONT))


def _put(file: Path, text: str) -> None:
    """Write a note with the part that a person wrote below it before."""
    old = _read(file).splitlines(keepends=True) if file.is_file() else []
    at = next((i for i, line in enumerate(old) if line.rstrip() == MINE), len(old))
    write_text(file, f"{text.rstrip()}\n\n{MINE}\n" + "".join(old[at + 1 :]))


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig", "replace")


def _job(job: Job, files: Mapping[str, str]) -> str:
    front = {
        "job_id": job.job_id, "confidence": job.confidence, "participants": len(job.participants),
        "transcripts": job.n_transcripts, "quotes": n_places(sure(job.quotes)), "dimensions": list(job.dimensions),
        "edited": bool(job.edits), "reviewed": is_reviewed(job), "aliases": [job.name], "tags": ["job"],
    }  # fmt: skip
    blocks = [f"# {escape_markdown(job.name)}", f"**{escape_markdown(job.statement.text)}**", *_parts(job)]
    blocks.append("## Participants\n\n" + "\n".join(f"- {_link(p, p, files)}" for p in job.participants))
    if job.edits:
        blocks.append("## Edited by a person\n\n" + "\n".join(f"- {escape_markdown(mark)}" for mark in job.edits))
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, default_flow_style=False)
    return f"---\n{text}---\n\n" + "\n\n".join(blocks)


def _parts(job: Job) -> Iterator[str]:
    if job.note:
        yield f"Note: {escape_markdown(job.note)}"
    yield from (f"Gap, {gap.slot}: none found. Ask next: {escape_markdown(gap.ask)}" for gap in job.gaps)
    yield _quoted("Quotes", told(job, weak=False))
    if weak := told(job, weak=True):
        yield _quoted(NEARBY, weak)
    for force in FORCES:
        yield _quoted(f"Force: {force}", _unmarked(job.forces.get(force, ())))
    for solution in job.solutions:
        used = f"hired by {len(solution.hired_by)}, fired by {len(solution.fired_by)}"
        yield _quoted(f"Solution: {escape_markdown(solution.name)} ({used})", _unmarked(solution.quotes))
        yield from _reasons(solution)
    yield _quoted("Counter-evidence", _unmarked(job.counter_quotes))
    if job.wishes:
        yield _quoted("Wishes", _unmarked(job.wishes))
    if job.phrases:
        yield "## In their words\n\n" + "\n".join(f"- {escape_markdown(words)}" for words in job.phrases)
    if job.emotions:
        yield f"## Emotions\n\n{escape_markdown(counted(job.emotions))}"
    if job.lint:
        lines = (f"- {escape_markdown(f.rule)}: {escape_markdown(advice(f))}" for f in job.lint)
        yield "## To check\n\n" + "\n".join(lines)


def _reasons(solution: Solution) -> Iterator[str]:
    """Yield why a solution was given up and why it is used, where anybody says so."""
    for why in reasons(solution):
        blocks = [f"### {why.title}", *_block_quotes(_unmarked(why.quotes))]
        blocks += [f"None told: {', '.join(map(escape_markdown, why.silent))}"] if why.silent else []
        yield "\n\n".join(blocks)


def _unmarked(quotes: Iterable[Quote]) -> list[tuple[Quote, str]]:
    return [(quote, "") for quote in quotes]


def _quoted(title: str, quotes: Sequence[tuple[Quote, str]]) -> str:
    return f"## {title}\n\n" + ("\n\n".join(_block_quotes(quotes)) or "None found.")


def _block_quotes(quotes: Sequence[tuple[Quote, str]]) -> list[str]:
    return [f"> {escape_markdown(q.text)}\n>\n> {_place(q)}" + (f", {mark}" if mark else "") for q, mark in quotes]


def _place(quote: Quote) -> str:
    where = f"{escape_markdown(quote.transcript_id)}:{quote.start_char}-{quote.end_char}"
    return f"{escape_markdown(quote.participant_id)}, {where}"


def _participant(person: str, jobs: Sequence[Job], files: Mapping[str, str]) -> str:
    blocks = [f"# {escape_markdown(person)}"]
    for job in jobs:
        said = [quote for quote, _ in told(job, weak=False) if quote.participant_id == person]
        blocks += [f"## {_link(job.job_id, job.name, files)}"]
        blocks += [f"> {escape_markdown(quote.text)}" for quote in said]
    return "\n\n".join(blocks)


def _index(report: JobReport, files: Mapping[str, str]) -> str:
    rows = [
        f"- {_link(job.job_id, job.name, files, up='')} ({escape_markdown(job.confidence)}, "
        f"{len(job.participants)} participants): {escape_markdown(job.statement.text)}"
        for job in report.jobs
    ]
    blocks = ["# Jobs to be done", "\n".join(rows) if rows else "No jobs found."]
    blocks.append(
        "Of the whole study: [what moves people](What%20moves%20people.md), [what people hire](What%20people%20hire.md)."
    )
    if n := len(told_wishes(report)):
        blocks.append(f"[{n} wish{'es' * (n != 1)} of the whole study](Wishes.md).")
    if report.unclustered:
        blocks.append(f"[{len(report.unclustered)} passages support no job](Left%20out.md).")
    if report.warnings:
        lines = (f"{w.source}: {w.message}" if w.source else w.message for w in report.warnings)
        blocks.append("## Warnings\n\n" + "\n".join(f"- {escape_markdown(line)}" for line in lines))
    return "\n\n".join(blocks)


def _moving(report: JobReport, files: Mapping[str, str]) -> str:
    """Return what moves people, force by force, over the whole study: with the job that each is in, or none."""
    names = {job.job_id: job.name for job in report.jobs}
    transcripts = {t.transcript_id: t for t in report.transcripts}
    found: dict[str, list[tuple[Quote, str]]] = {force: [] for force in FORCES}
    for one in told_forces(report):
        job = one.job_id if one.job_id in names else None
        where = f"in {_link(job, names[job], files, up='')}" if job else "in no job"
        asked = f"{asked_for(transcripts, one.quote)}, " if one.asked else ""
        found[str(one.quote.force)].append((one.quote, asked + where))
    return "\n\n".join(
        ["# What moves people", *(_quoted(force.capitalize(), quotes) for force, quotes in found.items())]
    )


def _hired(report: JobReport) -> str:
    """Return what people hire today, over the whole study: who, who gave it up, what they say of it, and why."""
    blocks = ["# What people hire"]
    for solution in report.solutions:
        used, left = (listed(who) or "nobody named" for who in (solution.hired_by, solution.fired_by))
        gone = f"; given up by {left}" if solution.fired_by else ""
        title = f"## {escape_markdown(solution.name)}"
        blocks += [title, f"Used by {used}{gone}.", *_block_quotes(_unmarked(solution.quotes)), *_reasons(solution)]
    return "\n\n".join(blocks if report.solutions else [*blocks, "None."])


def _wishes(report: JobReport, files: Mapping[str, str]) -> str:
    """Return what people of the whole study wished for, by the job that it is in, those in none last."""
    names = {job.job_id: job.name for job in report.jobs}
    by_job: dict[str, list[Wish]] = {}
    for wish in told_wishes(report):
        by_job.setdefault(wish.job_id if wish.job_id in names else "", []).append(wish)
    blocks = [
        _quoted(
            _link(key, names[key], files, up="") if key else "In no job", [(w.quote, circumstances(w)) for w in told]
        )
        for key, told in sorted(by_job.items(), key=lambda pair: not pair[0])
    ]
    return "\n\n".join(["# Wishes", *(blocks or ["None."])])


def _left_out(report: JobReport) -> str:
    """Return the passages that support no job, by the reason."""
    reasons: dict[str, list[tuple[Quote, str]]] = {}
    for quote in report.unclustered:
        reasons.setdefault(quote.reason or "no reason given", []).append((quote, ""))
    blocks = [_quoted(f"Why: {escape_markdown(why)}", quotes) for why, quotes in reasons.items()]
    return "\n\n".join(["# Passages that support no job", *(blocks or ["None."])])


def _link(key: str, label: str, files: Mapping[str, str], up: str = "../") -> str:
    from urllib.parse import quote

    return f"[{escape_markdown(label)}]({up}{quote(files[key])}.md)"
