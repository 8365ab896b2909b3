"""Shows a report, a job or a transcript in a notebook: records in, small HTML out; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ..records import Job, Quote, Segment, SentenceTags, Transcript
from .times import clock

if TYPE_CHECKING:
    from .report import JobReport

_COLOURS = {"situation": "#1f6f8b", "motivation": "#8a4fff", "outcome": "#2e7d32", "solution": "#a65a00"}
_MAX_ROWS = 50


def report_html(report: JobReport) -> str:
    """Return a table of the jobs."""
    rows = [
        Markup("<tr><td><code>{}</code></td><td><b>{}</b><br>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            j.job_id, j.name, statement_html(j), len(j.participants), len(j.quotes), j.confidence
        )
        for j in report.jobs[:_MAX_ROWS]
    ]
    head = Markup("<tr><th>id</th><th>job</th><th>people</th><th>quotes</th><th>confidence</th></tr>")
    caption = f"{len(report.jobs)} jobs from {len(report.transcripts)} transcripts"
    more = f", the first {_MAX_ROWS} are shown" if len(report.jobs) > _MAX_ROWS else ""
    table = Markup("<table><caption>{}{}</caption><thead>{}</thead><tbody>{}</tbody></table>")
    return str(table.format(caption, more, head, Markup("").join(rows)))


def statement_html(job: Job) -> Markup:
    """Return the statement with each filled slot in its colour and the inferred words underlined by dots."""
    parts = (("When ", "situation"), (", I want to ", "motivation"), (", so I can ", "outcome"))
    pieces = []
    for words, slot in parts:
        text = getattr(job.statement, slot)
        if text is None:
            pieces.append(Markup("{}<i>[{}?]</i>").format(words, slot))
        else:
            pieces.append(Markup('{}<span style="color:{}">{}</span>').format(words, _COLOURS[slot], text))
    return Markup("").join(pieces)


def job_html(job: Job) -> str:
    """Return one job: statement, quotes, forces."""
    forces = Markup("").join(
        Markup("<li>{}: {}</li>").format(force, _items(job.forces.get(force, ())) or "none found")
        for force in ("push", "pull", "anxiety", "habit")
    )
    box = Markup("<div><h4>{} <code>{}</code></h4><p>{}</p><p>{} confidence, {} people</p>{}<ul>{}</ul></div>")
    people = len(job.participants)
    return str(box.format(job.name, job.job_id, statement_html(job), job.confidence, people, _items(job.quotes), forces))


def _items(quotes: Iterable[Quote]) -> Markup:
    items = [
        Markup("<li>“{}” <small>{} {}</small></li>").format(q.text, q.participant_id, clock(q.start_s)) for q in quotes
    ]
    return Markup("<ul>{}</ul>").format(Markup("").join(items)) if items else Markup("")


def transcript_html(
    transcript: Transcript, segments: Iterable[Segment] = (), tags: Mapping[str, SentenceTags] | None = None
) -> str:
    """Return a transcript by turns, with the tags of each sentence where they are given.

    Parameters
    ----------
    transcript : Transcript
        What was said.
    segments : Iterable[Segment], default=()
        Its segments; those of other transcripts are passed over.
    tags : Mapping[str, SentenceTags] or None, default=None
        By segment id.

    Returns
    -------
    str
        HTML in which every piece of text is escaped.
    """
    by_turn: dict[int, list[Segment]] = {}
    for segment in segments:
        if segment.transcript_id == transcript.transcript_id:
            by_turn.setdefault(segment.turn_index, []).append(segment)
    rows = []
    for turn in transcript.turns:
        pieces = [_segment_html(s, (tags or {}).get(s.segment_id)) for s in by_turn.get(turn.turn_index, ())]
        words = Markup(" ").join(pieces) if pieces else escape(transcript.words(turn))
        rows.append(Markup("<p><b>{}</b> <small>{}</small> {}</p>").format(turn.speaker or "?", clock(turn.start_s), words))
    return str(Markup("<div><h4>{}</h4>{}</div>").format(transcript.transcript_id, Markup("").join(rows)))


def _segment_html(segment: Segment, tags: SentenceTags | None) -> Markup:
    if tags is None or not tags.labels:
        return escape(segment.text)
    names = [*sorted(tags.labels - {"emotion"}), *(t for t in (tags.emotion, tags.force) if t)]
    mark = Markup('<mark style="padding:0 .2em;border-radius:.2em">{} <small><b>{}</b></small></mark>')
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
