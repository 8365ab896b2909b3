"""Writes the job backlog: a report in, a CSV of backlog items out; each asks of its job whether a solution serves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import Job
from ..reporting.belonging import is_reviewed, told
from ..reporting.tables import to_csv

if TYPE_CHECKING:
    from ..reporting import JobReport

QUESTION = "Does this help them do it better, faster or cheaper?"
COLUMNS = (
    "Title", "Description", "Labels", "Acceptance", "Open questions", "External ID", "Confidence", "Reviewed",
    "Participants", "Transcripts", "Note",
)  # fmt: skip
_QUOTES = 3


def to_backlog(report: JobReport) -> str:
    """Return the jobs as backlog items.

    Parameters
    ----------
    report : JobReport
        Any.

    Returns
    -------
    str
        CSV with the columns `COLUMNS`. Trackers that import CSV ask which column goes into which field; we have not
        tried it with any of them. Cells that a spreadsheet would run are guarded. There is no priority: that would
        need a survey.
    """
    import pandas as pd

    return to_csv(pd.DataFrame([_item(job) for job in report.jobs], columns=list(COLUMNS)))


def _item(job: Job) -> tuple[str, ...]:
    labels = ["job", f"confidence-{job.confidence}", *(f"job-{d}" for d in job.dimensions)]
    labels += ["single-voice"] if job.single_voice else []
    labels += ["reviewed"] if is_reviewed(job) else []
    return (
        job.name,
        _description(job),
        " ".join(labels),
        acceptance(job),
        "\n".join(gap.ask for gap in job.gaps),
        job.job_id,
        job.confidence,
        "yes" if is_reviewed(job) else "no",
        str(len(job.participants)),
        str(job.n_transcripts),
        job.note or "",
    )


def acceptance(job: Job) -> str:
    """Return the question that a solution must answer with yes, in the words of the job where it has them."""
    aim, gain = job.statement.motivation, (job.statement.outcome or "").removeprefix("that ")
    lines = [f"“{aim}”: does this help them do it better, faster or cheaper?" if aim else QUESTION]
    lines += [f"What they hope to gain: “{gain}”. Do they get it?"] if gain else []
    return "\n".join(lines)


def _description(job: Job) -> str:
    lines = [job.statement.text, "", "In their words:"]
    lines += [f"- “{q.text}” ({q.participant_id}, {q.transcript_id})" for q, _ in told(job, weak=False)[:_QUOTES]]
    hired = [solution.name for solution in job.solutions]
    lines += ["", f"They use today: {', '.join(hired)}"] if hired else []
    lines += [f"Counter-evidence: {len(job.counter_quotes)} quotes"] if job.counter_quotes else []
    return "\n".join(lines)
