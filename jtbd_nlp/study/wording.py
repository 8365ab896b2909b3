"""Applies a person's words to drafted jobs: a `Job` and the wishes for it in, the `Job` with them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..records import SLOTS, Gap, Job, Quote, Solution, Statement
from ..story import WANT, WHEN, lead_of, without_lead
from .checking import QuoteKey
from .replaying import Wishes

_WORD = re.compile(r"\w+", re.UNICODE)


def reworded(job: Job, wishes: Wishes) -> Job:
    """Return the job with a person's name, slots, note and marks; without any, the job as it is."""
    statement = _statement(job.statement, wishes.slots)
    return replace(
        job,
        name=wishes.name or job.name,
        statement=statement,
        gaps=_gaps(job.gaps, statement, wishes.slots),
        note="\n".join(wishes.notes) or job.note,
        edits=(*job.edits, *(mark for mark in wishes.marks if mark not in job.edits)),
    )


def without_quotes(job: Job, places: Sequence[QuoteKey]) -> Job:
    """Return the job without any quote that overlaps the places; its words were drafted without them already."""
    if not places:
        return job
    return replace(
        job,
        quotes=_kept(job.quotes, places),
        counter_quotes=_kept(job.counter_quotes, places),
        wishes=_kept(job.wishes, places),
        forces={force: _kept(quotes, places) for force, quotes in job.forces.items()},
        solutions=tuple(_solution(solution, places) for solution in job.solutions),
    )


def _solution(solution: Solution, places: Sequence[QuoteKey]) -> Solution:
    return replace(
        solution,
        quotes=_kept(solution.quotes, places),
        hired_why=_kept(solution.hired_why, places),
        fired_why=_kept(solution.fired_why, places),
    )


def story(situation: str | None, motivation: str | None, outcome: str | None) -> str:
    """Return the sentence of a job story, with the slots that are there."""
    parts = [(WHEN, situation), (WANT, motivation), (lead_of(outcome), outcome)]
    sentence = ", ".join(start + words.rstrip(" .") for start, words in parts if words)
    return sentence[:1].upper() + sentence[1:] + "." if sentence else ""


def _statement(statement: Statement, slots: Mapping[str, str]) -> Statement:
    if not slots:
        return statement
    given = {slot: without_lead(slot, words) for slot, words in slots.items()}
    words = {slot: given.get(slot, getattr(statement, slot)) or None for slot in SLOTS}
    text = story(**words)
    left = {word.lower() for slot in SLOTS if slot not in slots for word in _WORD.findall(words[slot] or "")}
    inferred = tuple(word for word in statement.inferred if set(_WORD.findall(word.lower())) <= left)
    return replace(
        statement,
        situation=words["situation"],
        motivation=words["motivation"],
        outcome=words["outcome"],
        text=text,
        inferred=inferred,
    )


def _gaps(gaps: Iterable[Gap], statement: Statement, slots: Mapping[str, str]) -> tuple[Gap, ...]:
    """Return the gaps that a person's words did not fill; a slot that a person emptied is one."""
    kept = [gap for gap in gaps if gap.slot not in slots or getattr(statement, gap.slot) is None]
    known = {gap.slot for gap in kept}
    asks = {
        "situation": "When did this last come up? What was going on just before?",
        "motivation": "What were you trying to get done at that moment?",
        "outcome": "If that had gone well, what would it have let you do?",
    }
    emptied = [slot for slot in SLOTS if slot in slots and getattr(statement, slot) is None and slot not in known]
    return (*kept, *(Gap(slot=slot, ask=asks[slot]) for slot in emptied))


def _kept(quotes: Iterable[Quote], places: Sequence[QuoteKey]) -> tuple[Quote, ...]:
    return tuple(quote for quote in quotes if not any(_overlap(quote, place) for place in places))


def _overlap(quote: Quote, place: QuoteKey) -> bool:
    same = quote.transcript_id == place.transcript_id
    return same and quote.start_char < place.end_char and place.start_char < quote.end_char
