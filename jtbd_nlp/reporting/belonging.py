"""Says how well the quotes of a job belong to it, for every form of a report: a `Job` in, counts and short marks out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from ..records import SLOTS, Job, Quote

Origin = Literal["worded", "placed"]
NEARBY = "Told nearby, more likely of something else"
WORDED, PLACED = "worded from this", "put here by a person"
# as `Job.edits` tells it
_PLACING = re.compile(r"pin\b|(move|must_link)\b.*\bin$|split\b.*: from |create\b.*: \d+ quotes?(,|$)")
_REWORDED = re.compile(r"reword\b.*: (situation|motivation|outcome)$")
_CREATED = re.compile(r"create\b.*: \d+ quotes?, ([a-z, ]+)$")  # what the person worded of a new job
_REVIEW = re.compile(r"review\b")


def sure(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotes that count as evidence: all but those that more likely tell of something else."""
    return tuple(quote for quote in quotes if not quote.is_weak)


def nearby(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotes that were only told nearby."""
    return tuple(quote for quote in quotes if quote.is_weak)


def n_places(quotes: Iterable[Quote]) -> int:
    """Return how many quotes there are, as a reader counts them: words that bear two slots are one quote."""
    return len({_place(quote) for quote in quotes})


def _place(quote: Quote) -> tuple[str, int, int]:
    return quote.transcript_id, quote.start_char, quote.end_char


def counted_quotes(quotes: Sequence[Quote]) -> str:
    """Return how many quotes there are, those told nearby apart: "3 quotes, +2 nearby"."""
    n, near = n_places(sure(quotes)), n_places(nearby(quotes))
    return f"{n} quote{'' if n == 1 else 's'}" + (f", +{near} nearby" if near else "")


def expected_voices(job: Job) -> float:
    """Return how many of a job's participants are to be expected to tell of it, by how well their quotes belong.

    The sum over people of the chance that one of their quotes belongs, quotes told nearby left out; rounded to one digit.
    """
    missing: dict[str, float] = {}
    chances = {
        q.segment_id: (q.participant_id, 1.0 if q.support is None else q.support) for q in reversed(sure(job.quotes))
    }
    for person, chance in chances.values():
        missing[person] = missing.get(person, 1.0) * (1 - chance)
    return round(sum(1 - m for m in missing.values()), 1)


def origins(job: Job) -> tuple[Origin | None, ...]:
    """Say of each quote of a job whether its statement was worded from it, or a person placed it; else None.

    The passage that fills a slot is quoted first of that slot and has no `Quote.support`; what a person placed has none
    either. Where a person wrote the slot, or the report does not tell, nothing is claimed.
    """
    filled = {slot for slot in SLOTS if getattr(job.statement, slot)} - _reworded(job)
    placed = any(_PLACING.match(mark) for mark in job.edits)
    found: list[Origin | None] = []
    seen: set[str | None] = set()
    for quote in job.quotes:
        worded = quote.support is None and quote.slot in filled and quote.slot not in seen
        seen |= {quote.slot} if quote.support is None else set()
        found.append("worded" if worded else "placed" if placed and quote.support is None else None)
    return tuple(found)


def _reworded(job: Job) -> set[str]:
    slots = {match[1] for match in map(_REWORDED.match, job.edits) if match}
    given = (match[1].split(", ") for match in map(_CREATED.match, job.edits) if match)
    return slots.union(*given)


def belonging(job: Job) -> tuple[str, ...]:
    """Return a short mark for each quote of a job: "worded from this", "belongs: 62 %", or nothing where none is known."""
    words = {"worded": WORDED, "placed": PLACED, None: ""}
    return tuple(
        words[origin] if quote.support is None else f"belongs: {quote.support:.0%}".replace("%", " %")
        for quote, origin in zip(job.quotes, origins(job), strict=True)
    )


def told(job: Job, *, weak: bool) -> tuple[tuple[Quote, str], ...]:
    """Return the quotes of a job that count, or those told nearby, each with its mark.

    Words that bear two slots come once, with both: ``slot`` is then "motivation, outcome".
    """
    found: dict[tuple[str, int, int], tuple[Quote, str]] = {}
    for quote, mark in zip(job.quotes, belonging(job), strict=True):
        if quote.is_weak is not weak:
            continue
        first, marked = found.setdefault(_place(quote), (quote, mark))
        slots = dict.fromkeys(filter(None, (*(first.slot or "").split(", "), quote.slot)))
        found[_place(quote)] = (replace(first, slot=", ".join(slots) or None), marked or mark)
    return tuple(found.values())


def is_reviewed(job: Job) -> bool:
    """Tell whether a person marked the job as reviewed and did not take the mark back."""
    marks = [mark for mark in job.edits if _REVIEW.match(mark)]
    return bool(marks) and not marks[-1].endswith("taken back")
