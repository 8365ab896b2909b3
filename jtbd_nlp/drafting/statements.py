"""Candidates in, a statement out: the clearest central words for each slot, gaps with the question to ask next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..linting.words import untraced_words
from ..records import SLOTS, Gap, Statement
from .candidates import Candidate
from .choice import Embed, Said, choose
from .wording import DANGLING

# words beside the function words at which a new phrase begins
_NAME_BORDERS = frozenset(
    "without before after while regarding using during between through over within instead where".split()
)
_CLAUSES = frozenset("that which who because when so".split())
_JOINING = frozenset("and or".split())

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

    Returns
    -------
    Draft
        Slots without a candidate are None.
    """
    found = choose(candidates, embed, taken, said)
    chosen = {} if found is None else found.chosen
    return Draft(statement=_compose(chosen), chosen=chosen)


def find_gaps(statement: Statement) -> tuple[Gap, ...]:
    """Return the empty slots with the question that an interviewer should ask next."""
    goal = _to_you(statement.motivation) if statement.motivation else None
    when = _to_you(statement.situation) if statement.situation else None
    asks = {
        "situation": f"Think of the last time you wanted to {goal}: what was going on, and what set it off?"
        if goal else "Think of the last time this came up: what was going on, and what set it off?",
        "motivation": f"When {when}, what were you trying to get done?" if when else "What were you trying to get done?",
        "outcome": f"Suppose you could {goal}: what would be different for you then?"
        if goal else "If that went well, what would be different for you?",
    }  # fmt: skip
    return tuple(Gap(slot=slot, ask=asks[slot]) for slot in SLOTS if getattr(statement, slot) is None)


def compose_text(situation: str | None, motivation: str | None, outcome: str | None) -> str:
    """Join slots as a job story; an empty slot shows as an ellipsis."""
    end = "so I can …" if not outcome else f"so {outcome}" if outcome.startswith("that ") else f"so I can {outcome}"
    return f"When {situation or '…'}, I want to {motivation or '…'}, {end}."


def name_of(statement: Statement, taken: Iterable[str] = ()) -> str:
    """Return a name of three to six words, taken from the motivation, else from another slot; unique among ``taken``."""
    source = statement.motivation or statement.outcome or statement.situation or "Unworded job"
    source = source.removeprefix("that ")
    used = set(taken)
    for limit in (6, 7, 8, 9):
        name = _short(source, limit)
        if name not in used:
            return name
    return next(f"{_short(source, 6)} ({n})" for n in range(2, 1000) if f"{_short(source, 6)} ({n})" not in used)


def _short(source: str, limit: int) -> str:
    """Cut to a number of words, at the last border between phrases where there is one."""
    words = re.split(r"\s+", re.split(r"[,;:(]", source)[0].strip())
    cut = len(words)
    if cut > limit:
        borders = [n for n in range(3, limit + 1) if _is_border(words, n)]
        clauses = [n for n in borders if words[n].lower() in _CLAUSES]
        cut = clauses[0] if clauses else borders[-1] if borders else limit
    kept = words[:cut]
    while len(kept) > 2 and kept[-1].lower() in DANGLING:
        kept.pop()
    text = " ".join(kept)
    return text[:1].upper() + text[1:]


def _is_border(words: list[str], n: int) -> bool:
    """Tell whether a name can end before a word: a phrase begins there, and the word before does not call for it."""
    here, before = words[n].lower(), words[n - 1].lower()
    going_on = here in {"to", "of"} and before.endswith("ing")
    if here in _JOINING and n < 4:
        return False  # "write a difficult | or complicated email"
    return here in DANGLING | _NAME_BORDERS and before not in DANGLING and not going_on


def _compose(chosen: Mapping[str, Candidate]) -> Statement:
    slots = {slot: chosen[slot].wording.text if slot in chosen else None for slot in SLOTS}
    inferred = [
        word
        for slot, text in slots.items()
        if text is not None
        for word in untraced_words(text, [chosen[slot].segment.text])
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
