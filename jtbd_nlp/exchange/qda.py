"""A coding project as tools for qualitative analysis see it, and ours as such a one: a report in, a `QdaProject` out.

Jobs and tags are codes, a person who spoke is a case, a quote is a stretch of a source that carries codes, and who gave
a code is one of two users: the machine or the person.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..records import EMOTIONS, FORCES, LABELS, Job

if TYPE_CHECKING:
    from ..reporting import JobReport
    from ..study.curation import Edit

_NAMESPACE = uuid.UUID("0d5b2f52-9a41-5e8c-8d2e-3f1f6c1b7a10")  # of this library: equal content, equal GUIDs
MACHINE = "jtbd_nlp (machine)"
PERSON = "Researcher (person)"


@dataclass(frozen=True, slots=True)
class QdaUser:
    """Somebody, or something, that codes."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class QdaCode:
    """A code of the codebook; ``parent`` is the guid of the one above."""

    guid: str
    name: str
    parent: str | None = None
    description: str = ""
    codable: bool = True


@dataclass(frozen=True, slots=True)
class QdaSource:
    """A transcript."""

    guid: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class QdaCoding:
    """A stretch of a source, half-open in characters (Unicode code points), that a user gave a code; guids all."""

    source: str
    start_char: int
    end_char: int
    code: str
    user: str | None = None


@dataclass(frozen=True, slots=True)
class QdaCase:
    """A participant: the sources in which they speak, and what is known of them."""

    guid: str
    name: str
    sources: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class QdaProject:
    """Everything that is exchanged; ``ignored`` counts what a file held that has no place here."""

    name: str
    origin: str = ""
    users: tuple[QdaUser, ...] = ()
    codes: tuple[QdaCode, ...] = ()
    sources: tuple[QdaSource, ...] = ()
    codings: tuple[QdaCoding, ...] = ()
    cases: tuple[QdaCase, ...] = ()
    ignored: Mapping[str, int] = field(default_factory=dict)


def guid_of(kind: str, *parts: str) -> str:
    """Return a GUID that depends on the content alone."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((kind, *parts)))).upper()


def project_of(report: JobReport, edits: Sequence[Edit] = (), *, name: str = "Jobs to be done") -> QdaProject:
    """Return a report as a coding project.

    Parameters
    ----------
    report : JobReport
        With its transcripts.
    edits : Sequence[Edit], default=()
        The curation: what it moved, pinned or split off is the person's coding, the rest is the machine's.
    name : str, default="Jobs to be done"
        Of the project.

    Returns
    -------
    QdaProject
        Codes below Jobs, Tags, Forces, Emotions and Solutions; codings for every quote of every job, for every tag, and for
        what people say of every solution of the study.
    """
    from .. import __version__

    machine, person = QdaUser(guid_of("user", MACHINE), MACHINE), QdaUser(guid_of("user", PERSON), PERSON)
    sources = tuple(
        QdaSource(guid_of("source", t.transcript_id), t.transcript_id, t.text)
        for t in sorted(report.transcripts, key=lambda t: t.transcript_id)
    )
    placed = {
        (q.transcript_id, q.start_char) for e in edits if e.op in ("move", "pin", "split", "create") for q in e.quotes
    }
    codings = {
        QdaCoding(guid_of("source", transcript), start, end, code, (person if by_person else machine).guid)
        for transcript, start, end, code, by_person in _all_codings(report, placed)
    }
    known = {source.guid for source in sources}
    return QdaProject(
        name=name,
        origin=f"jtbd_nlp {__version__}",
        users=(machine, person),
        codes=tuple(_codes(report)),
        sources=sources,
        codings=tuple(sorted(coding for coding in codings if coding.source in known)),
        cases=tuple(_cases(report)),
    )


def job_code(job_id: str) -> str:
    """Return the guid of a job's code."""
    return guid_of("job", job_id)


def tag_code(kind: str, name: str) -> str:
    """Return the guid of the code of a tag: kind is label, force, emotion or solution."""
    return guid_of(kind, name)


def _codes(report: JobReport) -> Iterator[QdaCode]:
    heads = {"job": "Jobs", "label": "Tags", "force": "Forces", "emotion": "Emotions", "solution": "Solutions"}
    for kind, title in heads.items():
        yield QdaCode(guid_of("head", kind), title, codable=False)
    for job in sorted(report.jobs, key=lambda j: j.job_id):
        told = [f"{job.job_id}: {job.statement.text}", *([job.note] if job.note else []), *job.edits]
        yield QdaCode(job_code(job.job_id), job.name, guid_of("head", "job"), "\n".join(told))
    hired = sorted({solution.name for solution in report.solutions})
    for kind, names in (("label", LABELS), ("force", FORCES), ("emotion", EMOTIONS), ("solution", hired)):
        yield from (QdaCode(tag_code(kind, name), name, guid_of("head", kind)) for name in names)


_Row = tuple[str, int, int, str, bool]


def _all_codings(report: JobReport, placed: set[tuple[str, int]]) -> Iterator[_Row]:
    yield from _job_codings(report.jobs, placed)
    yield from _tag_codings(report)
    for solution in report.solutions:
        for q in (*solution.quotes, *solution.hired_why, *solution.fired_why):
            yield q.transcript_id, q.start_char, q.end_char, tag_code("solution", solution.name), False


def _job_codings(jobs: Iterable[Job], placed: set[tuple[str, int]]) -> Iterator[_Row]:
    for job in jobs:
        for quote in job.quotes:
            by_person = (quote.transcript_id, quote.start_char) in placed
            yield quote.transcript_id, quote.start_char, quote.end_char, job_code(job.job_id), by_person


def _tag_codings(report: JobReport) -> Iterator[_Row]:
    for segment in report.segments:
        tags = report.tags.get(segment.segment_id)
        if tags is None:
            continue
        codes = [tag_code("label", label) for label in sorted(tags.labels)]
        codes += [tag_code("force", tags.force)] if tags.force else []
        codes += [tag_code("emotion", tags.emotion)] if tags.emotion else []
        for code in codes:
            yield segment.transcript_id, segment.start_char, segment.end_char, code, False


def _cases(report: JobReport) -> Iterator[QdaCase]:
    spoken: dict[str, set[str]] = {}
    for transcript in report.transcripts:
        for turn in transcript.turns:
            if turn.role == "participant" and turn.participant_id:
                spoken.setdefault(turn.participant_id, set()).add(guid_of("source", transcript.transcript_id))
    known = {str(row.get("participant_id")): row for row in reversed(report.participants)}
    skip = {"transcript", "speaker", "participant_id"}
    for person in sorted(spoken):
        row = known.get(person, {})
        values = {str(k): str(v) for k, v in sorted(row.items()) if k not in skip and v not in (None, "")}
        yield QdaCase(guid_of("case", person), person, tuple(sorted(spoken[person])), values)
