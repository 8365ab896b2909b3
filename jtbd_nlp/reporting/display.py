"""Shows a report, or a transcript with its tags, in a notebook: a `JobReport` in, small HTML out; all text is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..errors import InvalidParameterError
from ..records import Job, Segment, SentenceTags, Transcript
from .belonging import n_places, nearby, sure
from .display_records import LEFT, statement_html, transcript_html
from .telling import n_of

if TYPE_CHECKING:
    from .report import JobReport

_MAX_ROWS = 50


def report_html(report: JobReport) -> str:
    """Return a table of the jobs."""
    rows = [_report_row(job) for job in report.jobs[:_MAX_ROWS]]
    head = Markup("<tr><th>id</th>{}<th>people</th><th>quotes</th><th>confidence</th></tr>").format(
        Markup('<th style="{}">job</th>').format(LEFT)
    )
    caption = f"{n_of(len(report.jobs), 'job')} from {n_of(len(report.transcripts), 'transcript')}"
    more = f", the first {_MAX_ROWS} are shown" if len(report.jobs) > _MAX_ROWS else ""
    table = Markup("<table><caption>{}{}</caption><thead>{}</thead><tbody>{}</tbody></table>")
    return str(table.format(caption, more, head, Markup("").join(rows)))


def _report_row(job: Job) -> Markup:
    row = Markup(
        '<tr><td style="white-space:nowrap"><code>{}</code></td><td style="{}"><b>{}</b>{}<br>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>'
    )
    edited = Markup(" <small>edited</small>") if job.edits else ""
    near = n_places(nearby(job.quotes))
    quotes = f"{n_places(sure(job.quotes))}" + (f" +{near} nearby" if near else "")
    facts = (len(job.participants), quotes, job.confidence)
    return row.format(job.job_id, LEFT, job.name, edited, statement_html(job), *facts)


@dataclass(frozen=True, slots=True)
class TaggedTranscript:
    """A transcript with its segments and their tags, for display."""

    transcript: Transcript
    segments: tuple[Segment, ...]
    tags: Mapping[str, SentenceTags]

    def _repr_html_(self) -> str:
        return transcript_html(self.transcript, self.segments, self.tags)


def tagged_transcript(report: JobReport, transcript_id: str) -> TaggedTranscript:
    """Return one transcript of a report with its tags; see `JobReport.tagged`."""
    known = {t.transcript_id: t for t in report.transcripts}
    if transcript_id not in known:
        some = ", ".join(sorted(known)[:_MAX_ROWS]) or "none"
        raise InvalidParameterError(f"transcript_id must be one of {some}, got {transcript_id!r}. Choose one of them.")
    segments = tuple(s for s in report.segments if s.transcript_id == transcript_id)
    return TaggedTranscript(known[transcript_id], segments, report.tags)
