"""Writes the job backlog: a report in, a CSV that issue trackers import out; each item asks one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import Job
from ..reporting.tables import to_csv

if TYPE_CHECKING:
    from ..reporting import JobReport

QUESTION = "Does this help them do it better, faster or cheaper?"
COLUMNS = ("Title", "Description", "Labels", "Acceptance", "External ID", "Confidence", "Participants", "Transcripts")
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
        CSV with the columns `COLUMNS`, which Jira, Linear, GitHub Projects and Azure Boards map on import. Cells that
        a spreadsheet would run are guarded. There is no priority: that would need a survey.
    """
    import pandas as pd

    return to_csv(pd.DataFrame([_item(job) for job in report.jobs], columns=list(COLUMNS)))


def _item(job: Job) -> tuple[str, ...]:
    labels = ["job", f"confidence-{job.confidence}", *(f"job-{d}" for d in job.dimensions)]
    return (
        job.name,
        _description(job),
        " ".join(labels + (["single-voice"] if job.single_voice else [])),
        QUESTION,
        job.job_id,
        job.confidence,
        str(len(job.participants)),
        str(job.n_transcripts),
    )


def _description(job: Job) -> str:
    lines = [job.statement.text, "", QUESTION, "", "In their words:"]
    told = [q for q in job.quotes if not q.is_weak][:_QUOTES]
    lines += [f"- “{q.text}” ({q.participant_id}, {q.transcript_id})" for q in told]
    hired = [solution.name for solution in job.solutions]
    lines += ["", f"They use today: {', '.join(hired)}"] if hired else []
    lines += [f"Open: {gap.slot}. {gap.ask}" for gap in job.gaps]
    lines += [f"Counter-evidence: {len(job.counter_quotes)} quotes"] if job.counter_quotes else []
    return "\n".join(lines)
