"""Brings codes made elsewhere in: a `QdaProject` and our report in, a person's codings on our transcripts out.

A source is one of our transcripts if its text is the same, or else if it bears the same name; then each coded stretch
is looked for by its words. What finds no place is counted, never guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..records import Transcript
from ..study.checking import QuoteKey
from ..study.curation import Edit, edit_from_dict
from .qda import MACHINE, QdaProject, QdaSource, job_code

if TYPE_CHECKING:
    from ..reporting import JobReport


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCodings:
    """What people coded, on our transcripts.

    ``by_code`` maps the guid of a code to its passages, sorted; ``names`` maps guids to names. ``lost`` counts
    codings by why they have no place: their source is none of our transcripts, or the words are not in it.
    """

    by_code: Mapping[str, tuple[QuoteKey, ...]]
    names: Mapping[str, str] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)


def person_codings(
    project: QdaProject, transcripts: Sequence[Transcript], *, include_machine: bool = False
) -> PersonCodings:
    """Place the codings of a project on our transcripts.

    Parameters
    ----------
    project : QdaProject
        As `read_qdpx` gives it.
    transcripts : Sequence[Transcript]
        Of the report, with their texts.
    include_machine : bool, default=False
        Take also what our own machine coded before the project went out and came back.

    Returns
    -------
    PersonCodings
    """
    machine = {user.guid for user in project.users if user.name == MACHINE}
    ours = _matched(project.sources, transcripts)
    sources = {source.guid: source for source in project.sources}
    placed: defaultdict[str, set[QuoteKey]] = defaultdict(set)
    lost: Counter[str] = Counter()
    for coding in project.codings:
        if coding.user in machine and not include_machine:
            continue
        transcript = ours.get(coding.source)
        if transcript is None:
            lost["source is none of the transcripts"] += 1
            continue
        quote = _place(sources[coding.source].text[coding.start_char : coding.end_char], coding.start_char, transcript)
        if quote is None:
            lost["words are not in the transcript"] += 1
        else:
            placed[coding.code].add(quote)
    return PersonCodings(
        by_code={code: tuple(sorted(quotes)) for code, quotes in sorted(placed.items())},
        names={code.guid: code.name for code in project.codes},
        lost=dict(sorted(lost.items())),
    )


def codes_to_edits(codings: PersonCodings, report: JobReport, *, by: str | None = None) -> tuple[Edit, ...]:
    """Return a person's codes as edits for `Study.record`: groups that every later run keeps.

    Parameters
    ----------
    codings : PersonCodings
        Of `person_codings`.
    report : JobReport
        Of the study: what its jobs hold already asks for no edit.
    by : str or None, default=None
        Who coded.

    Returns
    -------
    tuple[Edit, ...]
        For a code that is one of our jobs: a move of what the person added, and a rename where the name differs. For
        any other code: a pin that makes a job of its passages, and a rename to the code's name.

    Notes
    -----
    A passage with several codes ends in the last one, in the order of the codes' guids: a passage belongs to one job.
    """
    jobs = {job_code(job.job_id): job for job in report.jobs}
    tables: list[dict[str, object]] = []
    for code, quotes in codings.by_code.items():
        name, job = codings.names.get(code, ""), jobs.get(code)
        held = {(q.transcript_id, q.start_char) for q in job.quotes} if job else set()
        fresh = [quote.to_dict() for quote in quotes if (quote.transcript_id, quote.start_char) not in held]
        job_id = job.job_id if job else f"J-{code.replace('-', '').lower()[:8]}"
        if fresh:
            tables.append({"op": "pin", "job": job_id, "quotes": fresh})
        if name.strip() and name != (job.name if job else None):
            tables.append({"op": "rename", "job": job_id, "name": name})
    return tuple(edit_from_dict(table | ({"by": by} if by else {})) for table in tables)


def _matched(sources: Sequence[QdaSource], transcripts: Sequence[Transcript]) -> dict[str, Transcript]:
    by_text = _telling((t.text, t) for t in transcripts)
    by_name = _telling((PurePosixPath(t.source).name.casefold(), t) for t in transcripts)
    by_name |= _telling((t.source.casefold(), t) for t in transcripts)
    by_name |= _telling((t.transcript_id.casefold(), t) for t in transcripts)
    found = {}
    for source in sources:
        name = source.name.casefold()
        named = by_name.get(name) or by_name.get(PurePosixPath(name).stem)
        match = named if named and named.text == source.text else by_text.get(source.text) or named
        if match is not None:
            found[source.guid] = match
    return found


def _telling(pairs: Iterable[tuple[str, Transcript]]) -> dict[str, Transcript]:
    """Return what a name or a text stands for, where it stands for one transcript alone: of two none is guessed."""
    found: defaultdict[str, list[Transcript]] = defaultdict(list)
    for key, transcript in pairs:
        found[key].append(transcript)
    return {key: those[0] for key, those in found.items() if len(those) == 1}


def _place(words: str, start: int, transcript: Transcript) -> QuoteKey | None:
    """Return the place of the words that is nearest to where they were; None where they are not."""
    text = transcript.text
    if not words.strip():
        return None
    if text[start : start + len(words)] != words:
        before, after = text.rfind(words, 0, start + len(words)), text.find(words, start)
        near = [at for at in (before, after) if at >= 0]
        if not near:
            return None
        start = min(near, key=lambda at: (abs(at - start), at))
    return QuoteKey(transcript.transcript_id, start, start + len(words), words)
