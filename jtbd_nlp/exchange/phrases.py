"""Collects the language of each job: a report in, the participants' own words for struggle and outcome out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..records import Job
from ..reporting.belonging import sure

if TYPE_CHECKING:
    from ..reporting import JobReport

_KINDS = ("struggle", "situation", "motivation", "outcome", "emotion", "solution")


def phrase_bank(report: JobReport) -> list[dict[str, Any]]:
    """Return the words that people use for each job, for writing that speaks of outcomes and not of features.

    Parameters
    ----------
    report : JobReport
        Any.

    Returns
    -------
    list[dict[str, Any]]
        A row a phrase: job_id, job_name, kind (what it shows, or "phrase" for recurring words), text (exact words),
        n_participants who said it, transcript_id and start_char of its first place (None for recurring words). Jobs
        in the report's order; within one, by kind and then by how many said it. What was only told nearby is left out.
    """
    return [row for job in report.jobs for row in (*_quoted(job), *_recurring(job))]


def _quoted(job: Job) -> list[dict[str, Any]]:
    said: dict[tuple[str, str], list[Any]] = {}
    for quote in sure(job.quotes):
        if quote.slot in _KINDS:
            said.setdefault((str(quote.slot), quote.text), []).append(quote)
    rows = [
        _row(job, kind, text, len({q.participant_id for q in quotes})) | {
            "transcript_id": quotes[0].transcript_id, "start_char": quotes[0].start_char,
        }
        for (kind, text), quotes in said.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (_KINDS.index(row["kind"]), -row["n_participants"], row["text"]))


def _recurring(job: Job) -> list[dict[str, Any]]:
    said = [(q.participant_id, q.text.lower()) for q in sure(job.quotes)]
    voices = {phrase: {person for person, text in said if phrase.lower() in text} for phrase in job.phrases}
    return [_row(job, "phrase", phrase, len(voices[phrase])) for phrase in job.phrases]


def _row(job: Job, kind: str, text: str, people: int) -> dict[str, Any]:
    return {
        "job_id": job.job_id, "job_name": job.name, "kind": kind, "text": text, "n_participants": people,
        "transcript_id": None, "start_char": None,
    }  # fmt: skip
