"""Writes a report as a folder of Markdown notes for Obsidian or Notion: one a job, one a participant, and an index.

Notes link to each other by name, jobs carry their facts as front matter (Obsidian's properties), and quotes are block
quotes with their place. In Notion, import the folder as Markdown: front matter shows as text, links work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from ..records import FORCES, Job, Quote
from ..reporting.files import safe_names, write_text
from ..reporting.markdown import escape_markdown

if TYPE_CHECKING:
    from ..reporting import JobReport


def write_notes(report: JobReport, folder: Path | str) -> Path:
    """Write the notes.

    Parameters
    ----------
    report : JobReport
        Any.
    folder : Path or str
        Made where absent; notes of an earlier report with the same names are replaced.

    Returns
    -------
    Path
        The folder, which holds ``Jobs to be done.md``, ``jobs/`` and ``participants/``.

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
        write_text(root / f"{files[job.job_id]}.md", _job(job, files))
    for person in people:
        held = [job for job in report.jobs if person in job.participants]
        write_text(root / f"{files[person]}.md", _participant(person, held, files))
    write_text(root / "Jobs to be done.md", _index(report, files))
    return root


def _job(job: Job, files: Mapping[str, str]) -> str:
    front = {
        "job_id": job.job_id, "confidence": job.confidence, "participants": len(job.participants),
        "transcripts": job.n_transcripts, "dimensions": list(job.dimensions), "edited": bool(job.edits),
        "aliases": [job.name], "tags": ["job"],
    }  # fmt: skip
    blocks = [f"# {escape_markdown(job.name)}", f"**{escape_markdown(job.statement.text)}**", *_parts(job)]
    blocks.append("## Participants\n\n" + "\n".join(f"- {_link(p, p, files)}" for p in job.participants))
    if job.edits:
        blocks.append("## Edited by a person\n\n" + "\n".join(f"- {escape_markdown(mark)}" for mark in job.edits))
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, default_flow_style=False)
    return f"---\n{text}---\n\n" + "\n\n".join(blocks) + "\n"


def _parts(job: Job) -> Iterator[str]:
    if job.note:
        yield f"Note: {escape_markdown(job.note)}"
    yield from (f"Gap, {gap.slot}: none found. Ask next: {escape_markdown(gap.ask)}" for gap in job.gaps)
    yield _quoted("Quotes", [q for q in job.quotes if not q.is_weak])
    if weak := [q for q in job.quotes if q.is_weak]:
        yield _quoted("Told nearby, more likely of something else", weak)
    for force in FORCES:
        yield _quoted(f"Force: {force}", job.forces.get(force, ()))
    for solution in job.solutions:
        told = f"hired by {len(solution.hired_by)}, fired by {len(solution.fired_by)}"
        yield _quoted(f"Solution: {escape_markdown(solution.name)} ({told})", solution.quotes)
    yield _quoted("Counter-evidence", job.counter_quotes)


def _quoted(title: str, quotes: Sequence[Quote]) -> str:
    lines = [
        f"> {escape_markdown(q.text)}\n>\n> {escape_markdown(q.participant_id)}, "
        f"{escape_markdown(q.transcript_id)}:{q.start_char}-{q.end_char}"
        for q in quotes
    ]
    return f"## {title}\n\n" + ("\n\n".join(lines) if lines else "None found.")


def _participant(person: str, jobs: Sequence[Job], files: Mapping[str, str]) -> str:
    blocks = [f"# {escape_markdown(person)}"]
    for job in jobs:
        said = [quote for quote in job.quotes if quote.participant_id == person and not quote.is_weak]
        blocks += [f"## {_link(job.job_id, job.name, files, up='../')}"]
        blocks += [f"> {escape_markdown(quote.text)}" for quote in said]
    return "\n\n".join(blocks) + "\n"


def _index(report: JobReport, files: Mapping[str, str]) -> str:
    rows = [
        f"- {_link(job.job_id, job.name, files, up='')} ({escape_markdown(job.confidence)}, "
        f"{len(job.participants)} participants): {escape_markdown(job.statement.text)}"
        for job in report.jobs
    ]
    return "# Jobs to be done\n\n" + ("\n".join(rows) if rows else "No jobs found.") + "\n"


def _link(key: str, label: str, files: Mapping[str, str], up: str = "../") -> str:
    from urllib.parse import quote

    return f"[{escape_markdown(label)}]({up}{quote(files[key])}.md)"
