"""Shows a report, a job or a transcript in a notebook: records in, small HTML out; all text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ..errors import InvalidParameterError
from ..records import FORCES, Job, Quote, Segment, SentenceTags, Transcript
from ..story import WANT, WHEN, lead_of
from .belonging import counted_quotes, n_places, nearby, sure, told
from .telling import n_of
from .times import clock

if TYPE_CHECKING:
    from .report import JobReport

_COLOURS = {"situation": "#1f6f8b", "motivation": "#8a4fff", "outcome": "#2e7d32", "solution": "#a65a00"}
_MAX_ROWS = 50
_FEW = 8  # quotes shown before the rest folds away
_LEFT = "text-align:left"  # notebooks put table cells to the right
_WORD = re.compile(r"(\w[\w'’-]*)")


def report_html(report: JobReport) -> str:
    """Return a table of the jobs."""
    rows = [_report_row(job) for job in report.jobs[:_MAX_ROWS]]
    head = Markup("<tr><th>id</th>{}<th>people</th><th>quotes</th><th>confidence</th></tr>").format(
        Markup('<th style="{}">job</th>').format(_LEFT)
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
    return row.format(job.job_id, _LEFT, job.name, edited, statement_html(job), *facts)


def statement_html(job: Job) -> Markup:
    """Return the statement with each filled slot in its colour and the inferred words underlined by dots."""
    lead = lead_of(job.statement.outcome)
    parts = ((WHEN, "situation"), (f", {WANT}", "motivation"), (f", {lead}", "outcome"))
    inferred = {word.casefold() for word in job.statement.inferred}
    pieces = []
    for words, slot in parts:
        text = getattr(job.statement, slot)
        if text is None:
            pieces.append(Markup("{}<i>[{}?]</i>").format(words, slot))
        else:
            shown = Markup('{}<span style="color:{}">{}</span>')
            pieces.append(shown.format(words, _COLOURS[slot], _dotted(text, inferred)))
    return Markup("").join(pieces)


def _dotted(text: str, inferred: set[str]) -> Markup:
    mark = Markup('<span style="text-decoration:underline dotted" title="not found in the quotes">{}</span>')
    pieces = _WORD.split(text)  # words at odd places
    shown = (mark.format(p) if n % 2 and p.casefold() in inferred else escape(p) for n, p in enumerate(pieces))
    return Markup("").join(shown)


def job_html(job: Job) -> str:
    """Return one job: statement, gaps, quotes with the slot they bear, forces."""
    forces = Markup("").join(
        Markup('<tr><th style="{}">{}</th><td style="{}">{}</td></tr>').format(
            _LEFT, force, _LEFT, _items((q, "") for q in job.forces.get(force, ())) or "none found"
        )
        for force in FORCES
    )
    box = Markup("<div><h4>{} <code>{}</code></h4><p>{}</p><p><small>{}</small></p>{}{}<table>{}</table></div>")
    people = f"{len(job.participants)} {'person' if len(job.participants) == 1 else 'people'}"
    facts = f"{job.confidence} confidence, {people}, {counted_quotes(job.quotes)}"
    quotes = (*told(job, weak=False), *told(job, weak=True))
    gaps = Markup("").join(Markup("<p><i>No {} found. Ask next: {}</i></p>").format(g.slot, g.ask) for g in job.gaps)
    return str(box.format(job.name, job.job_id, statement_html(job), facts, gaps, _items(quotes), forces))


def _items(quotes: Iterable[tuple[Quote, str]]) -> Markup:
    """Return quotes as a list, each with a bar in the colour of its slot; those beyond the first eight fold away."""
    items = [_item(quote, mark) for quote, mark in quotes]
    if not items:
        return Markup("")
    shown = Markup('<ul style="list-style:none;padding:0;margin:0">{}</ul>')
    first = shown.format(Markup("").join(items[:_FEW]))
    if len(items) <= _FEW:
        return first
    rest = shown.format(Markup("").join(items[_FEW:]))
    return Markup("{}<details><summary>{} more</summary>{}</details>").format(first, len(items) - _FEW, rest)


def _item(quote: Quote, mark: str) -> Markup:
    item = Markup('<li style="border-left:3px solid {};padding-left:.6em;margin:.35em 0">“{}” <small>{}</small></li>')
    facts = (quote.participant_id, quote.slot, clock(quote.start_s), mark)
    return item.format(
        _COLOURS.get((quote.slot or "").partition(",")[0], "#bbb"), quote.text, " ".join(f for f in facts if f)
    )


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


def transcript_html(
    transcript: Transcript, segments: Iterable[Segment] = (), tags: Mapping[str, SentenceTags] | None = None
) -> str:
    """Return a transcript by turns, with the tags of each of its segments where they are given; all text is escaped."""
    by_turn: dict[int, list[Segment]] = {}
    for segment in segments:
        by_turn.setdefault(segment.turn_index, []).append(segment)
    rows = []
    for turn in transcript.turns:
        pieces = [_segment_html(s, (tags or {}).get(s.segment_id)) for s in by_turn.get(turn.turn_index, ())]
        words = Markup(" ").join(pieces) if pieces else escape(transcript.words(turn))
        row = Markup('<p style="opacity:.65"><b>{}</b> <small>{}</small> {}</p>')
        row = row if turn.role == "interviewer" else Markup("<p><b>{}</b> <small>{}</small> {}</p>")
        rows.append(row.format(turn.speaker or "?", clock(turn.start_s), words))
    return str(Markup("<div><h4>{}</h4>{}</div>").format(transcript.transcript_id, Markup("").join(rows)))


def _segment_html(segment: Segment, tags: SentenceTags | None) -> Markup:
    if tags is None or not tags.labels:
        return escape(segment.text)
    names = [*sorted(tags.labels - {"emotion"}), *(t for t in (tags.emotion, tags.force) if t)]
    mark = Markup(
        '<mark style="padding:0 .2em;border-radius:.2em;background:#fdf2c8;color:#1c1d20">{} <small><b>{}</b></small></mark>'
    )
    return mark.format(_spans_html(segment.text, tags.spans), ", ".join(names))


def _spans_html(text: str, spans: Mapping[str, tuple[int, int]]) -> Markup:
    """Underline spans; one that begins inside another is left out of the drawing."""
    pieces, at = [], 0
    for name, (start, end) in sorted(spans.items(), key=lambda item: (item[1], item[0])):
        if start < at:
            continue
        underlined = Markup('<span title="{}" style="border-bottom:2px solid {}">{}</span>')
        pieces += [escape(text[at:start]), underlined.format(name, _COLOURS.get(name, "#555"), text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])
