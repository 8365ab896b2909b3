"""Says what stands beside the jobs, for every written form: wishes, reasons and switches of a `JobReport` in, words out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..context.timeline import STAGES
from ..records import Quote, Solution, Wish
from .timelines import timelines

if TYPE_CHECKING:
    from .report import JobReport

_ASKED = {
    "magic_wand": "asked what they would want with a magic wand",
    "anything_else": "asked whether there was anything else",
    "looking_ahead": "asked what they see coming",
}
LEFT_WHY, USED_WHY = "Why it was given up", "Why it is used"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why people gave up or use a solution; ``silent`` are those who gave it up and tell no reason."""

    title: str
    quotes: tuple[Quote, ...]
    silent: tuple[str, ...] = ()


def n_of(n: int, what: str) -> str:
    """Return a number of things in words: "1 job", "2 jobs"."""
    return f"{n} {what}{'' if n == 1 else 's'}"


def circumstances(wish: Wish) -> str:
    """Return what was asked before a wish, in a few words; nothing where that is not known."""
    return _ASKED.get(wish.question, "")


def reasons(solution: Solution) -> Iterator[Reasons]:
    """Yield the reasons of a solution, why it was given up first; nothing where nobody used it or nobody tells."""
    told = {quote.participant_id for quote in solution.fired_why}
    silent = tuple(person for person in solution.fired_by if person not in told)
    if solution.fired_why or silent:
        yield Reasons(LEFT_WHY, solution.fired_why, silent)
    if solution.hired_why:
        yield Reasons(USED_WHY, solution.hired_why)


def switches(report: JobReport) -> Iterator[tuple[str, tuple[tuple[Quote, int], ...]]]:
    """Yield each person who tells of a switch: the first sentence of each step, and how many more tell of it."""
    for person, told in timelines(report).items():
        steps = [[quote for quote in told if quote.stage == stage] for stage in STAGES]
        yield person, tuple((step[0], len(step) - 1) for step in steps if step)
