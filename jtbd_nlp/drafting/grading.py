"""Candidates in, the usable ones out: a small model says how good their words are in their slot, as they stand.

The rules that cut and word a clause see grammar; whether words are a goal that somebody has, a circumstance, or a gain,
and can be understood by themselves, was learnt from several thousand worded clauses that were read and graded
(models/phrases/README.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from .candidates import Candidate
from .pairs import Scores, load_pairs

LEADS = {"situation": "when", "motivation": "i want to", "outcome": "so i can"}
MAX_CHARS = 2_000  # of the sentence given to the tokenizer
LEAST_USABLE = {"situation": 0.2, "motivation": 0.05, "outcome": 0.2}  # chance of being usable, below which words are dropped
_RULES = 0.3  # weight of what the rules say unclear words cost, beside the grade

Grade = Callable[[Sequence[Candidate]], np.ndarray]


class PhraseGrader:
    """Grades by a model of clause and sentence.

    Parameters
    ----------
    scores : callable
        Pairs of clause, led by `LEADS`, and sentence to their rows: two numbers for each slot.
    """

    def __init__(self, scores: Scores) -> None:
        self._scores = scores

    def __call__(self, candidates: Sequence[Candidate]) -> np.ndarray:
        """Return an array of shape (n_candidates, 2): the chances of being usable, and of being good as it stands."""
        if not candidates:
            return np.zeros((0, 2))
        pairs = [(f"{LEADS[c.slot]} {c.wording.text}", c.segment.text[:MAX_CHARS]) for c in candidates]
        logits = self._scores(pairs).astype(np.float64).reshape(-1, len(LEADS), 2)
        slots = [list(LEADS).index(c.slot) for c in candidates]
        chances = np.round(1 / (1 + np.exp(-logits[np.arange(len(slots)), slots])), 4)
        found: np.ndarray = np.minimum.accumulate(chances, axis=1)  # what is good is usable
        return found


def graded(candidates: Mapping[str, Sequence[Candidate]], grade: Grade) -> dict[str, list[Candidate]]:
    """Drop candidates that are hardly usable; what the others cost follows their grade.

    Parameters
    ----------
    candidates : Mapping[str, Sequence[Candidate]]
        By slot.
    grade : callable
        Candidates to their chances of being usable, and of being good; see `PhraseGrader`.

    Returns
    -------
    dict of str to list of Candidate
        In the same order.
    """
    every = [c for found in candidates.values() for c in found]
    chances = iter(grade(every).tolist())
    kept: dict[str, list[Candidate]] = {}
    for slot, found in candidates.items():
        kept[slot] = []
        for c in found:
            usable, good = next(chances)
            if usable >= LEAST_USABLE[slot]:
                cost = (1 - _RULES) * (1 - (usable + 2 * good) / 3) + _RULES * c.wording.cost
                kept[slot].append(replace(c, wording=replace(c.wording, cost=round(cost, 4))))
    return kept


def load_grader() -> PhraseGrader:
    """Return the shipped model, loaded once per process, when it is first asked."""
    return PhraseGrader(load_pairs("phrases"))
