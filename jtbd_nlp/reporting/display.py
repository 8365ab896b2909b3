"""Shows a report, a job or a transcript in a notebook: records in, small HTML out; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ..errors import InvalidParameterError
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
    box = Markup("<div><h4>{} <code>{}</code></h4><p>{}</p><p>{}</p>{}<ul>{}</ul></div>")
    facts = f"{job.confidence} confidence, {len(job.participants)} people"
    return str(box.format(job.name, job.job_id, statement_html(job), facts, _items(job.quotes), forces))


def _items(quotes: Iterable[Quote]) -> Markup:
    items = [
        Markup("<li>“{}” <small>{} {}</small></li>").format(q.text, q.participant_id, clock(q.start_s)) for q in quotes
    ]
    return Markup("<ul>{}</ul>").format(Markup("").join(items)) if items else Markup("")


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
        some = ", ".join(sorted(known)[:_MAX_ROWS])
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
        row = Markup("<p><b>{}</b> <small>{}</small> {}</p>")
        rows.append(row.format(turn.speaker or "?", clock(turn.start_s), words))
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
