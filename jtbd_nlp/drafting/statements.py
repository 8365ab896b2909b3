"""Candidates in, a statement out: the clearest central words for each slot, gaps with the question to ask next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..linting.words import untraced_words
from ..records import SLOTS, Gap, Statement
from ..story import WANT, WHEN, lead_of
from .choosing.choice import Embed, Said, choose
from .choosing.grading import Fit, Grade, graded
from .choosing.sparing import graded_goals, worth_grading
from .finding.candidates import Candidate

_TURNED = {"i": "you", "i'm": "you're", "i've": "you've", "i'd": "you'd", "me": "you", "my": "your", "am": "are",
           "myself": "yourself", "mine": "yours", "we": "you", "our": "your", "us": "you"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A statement with the candidates that filled it, by slot."""

    statement: Statement
    chosen: Mapping[str, Candidate]


def draft_statement(
    candidates: Mapping[str, Sequence[Candidate]],
    embed: Embed,
    taken: Iterable[str] = (),
    said: Said | None = None,
    fit: Fit | None = None,
    grade: Grade | None = None,
) -> Draft:
    """Choose words for each slot.

    Parameters
    ----------
    candidates : Mapping[str, Sequence[Candidate]]
        By slot, as `find_candidates` gives them.
    embed : callable
        Texts to unit vectors, to find the words that most others of the slot agree with.
    taken : Iterable[str]
        Motivations of jobs drafted before; the same one is not given twice.
    said : Said or None, default=None
        The job's passages.
    fit : callable or None, default=None
        See `choose`.
    grade : callable or None, default=None
        See `jtbd_nlp.drafting.choosing.grading.graded`; None takes the candidates as they are.

    Returns
    -------
    Draft
        Slots without a candidate are None.
    """
    goals = graded_goals(candidates, grade, taken, said)
    if grade is not None:
        candidates = graded(worth_grading(candidates, goals, embed, judged=fit is not None), grade)
    found = choose(goals, candidates, embed, said, fit)
    chosen = {} if found is None else found.chosen
    return Draft(statement=_compose(chosen), chosen=chosen)


def find_gaps(statement: Statement) -> tuple[Gap, ...]:
    """Return the empty slots with the question that an interviewer should ask next.

    A goal is named as the topic and stands in no sentence of the question: drafts hold fears and things to avoid as well,
    and nobody is asked to suppose that they could do these.
    """
    about = f"About “{statement.motivation}”: " if statement.motivation else ""
    when = _to_you(statement.situation) if statement.situation else None
    asks = {
        "situation": f"{about}think of the last time this came up: what was going on, and what set it off?",
        "motivation": f"When {when}, what were you trying to get done?" if when else "What were you trying to get done?",
        "outcome": f"{about}if that went as you want, what would be different for you then?",
    }  # fmt: skip
    return tuple(
        Gap(slot=slot, ask=asks[slot][0].upper() + asks[slot][1:]) for slot in SLOTS if getattr(statement, slot) is None
    )


def compose_text(situation: str | None, motivation: str | None, outcome: str | None) -> str:
    """Join slots as a job story; an empty slot shows as an ellipsis."""
    return f"{WHEN}{situation or '…'}, {WANT}{motivation or '…'}, {lead_of(outcome)}{outcome or '…'}."


def _compose(chosen: Mapping[str, Candidate]) -> Statement:
    slots = {slot: chosen[slot].wording.text if slot in chosen else None for slot in SLOTS}
    inferred = [
        word
        for slot, text in slots.items()
        if text is not None
        for word in (*untraced_words(text, [chosen[slot].segment.text]), *chosen[slot].wording.added)
    ]
    removed = tuple(phrase for slot in SLOTS if slot in chosen for phrase in chosen[slot].wording.removed)
    return Statement(
        **slots,
        text=compose_text(**slots),
        inferred=tuple(dict.fromkeys(inferred)),
        removed=tuple(dict.fromkeys(removed)),
    )


def _to_you(text: str) -> str:
    return " ".join(_TURNED.get(word.lower(), word) for word in text.split())
