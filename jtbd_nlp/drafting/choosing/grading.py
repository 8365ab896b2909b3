"""Candidates in, the usable ones out: a small model says how good their words are in their slot, and how they go together.

The rules that cut and word a clause see grammar; whether words are a goal that somebody has, a circumstance, or a gain,
and can be understood by themselves, was learnt from several thousand worded clauses that were read and graded, and
whether a circumstance or an outcome belongs to a goal from pairs that were (models/phrases/README.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..finding.candidates import Candidate
from .nearness import nearness
from .pairs import Scores

LEADS = {"situation": "when", "motivation": "i want to", "outcome": "so i can"}
TASKS = (*LEADS, "situation fits", "outcome fits")  # what the model is asked, in the order of its outputs, two for each
MAX_CHARS = 2_000  # of the sentence given to the tokenizer
# chance of being usable, below which words are dropped
LEAST_USABLE = {"situation": 0.2, "motivation": 0.3, "outcome": 0.2}
MOST_COST = {"situation": 0.8, "motivation": 0.62, "outcome": 0.8}  # by grade and rules together, above which they are
ANSWERED = 0.15  # what a goal costs less that answers a question for a wish: the wanting, which the model does not see, was said
_RULES = 0.3  # weight of what the rules say unclear words cost, beside the grade

Grade = Callable[[Sequence[Candidate]], np.ndarray]
Fit = Callable[[Sequence[tuple[Candidate, Candidate]]], np.ndarray]


def clause_texts(c: Candidate) -> tuple[str, str]:
    """Return what the model reads of a clause: its words as they stand in the statement, and its sentence."""
    return f"{LEADS[c.slot]} {c.wording.text}", c.segment.text[:MAX_CHARS]


def fit_texts(goal: Candidate, other: Candidate) -> tuple[str, str]:
    """Return what the model reads of a goal and a circumstance or an outcome: their words together, and where the other was told."""
    words, wanted = other.wording.text, f"i want to {goal.wording.text}"
    led = words if words.startswith("that ") else f"i can {words}"
    both = f"when {words}, {wanted}" if other.slot == "situation" else f"{wanted}, so {led}"
    how = nearness(other, goal)
    return both, f"{'turn' if how == 'near' else how}. {other.segment.text[:MAX_CHARS]}"


class PhraseGrader:
    """Grades by a model of clause and sentence.

    Parameters
    ----------
    scores : callable
        Pairs of texts to their rows: two numbers for each of `TASKS`.
    """

    def __init__(self, scores: Scores) -> None:
        self._scores = scores

    def __call__(self, candidates: Sequence[Candidate]) -> np.ndarray:
        """Return an array of shape (n_candidates, 2): the chances of being usable, and of being good as it stands."""
        return self._chances([clause_texts(c) for c in candidates], [c.slot for c in candidates])

    def fits(self, pairs: Sequence[tuple[Candidate, Candidate]]) -> np.ndarray:
        """Return an array of shape (n_pairs, 2) for goals and what may stand beside them: the chances of fitting at all, and well."""
        return self._chances([fit_texts(goal, c) for goal, c in pairs], [f"{c.slot} fits" for _, c in pairs])

    def _chances(self, texts: Sequence[tuple[str, str]], tasks: Sequence[str]) -> np.ndarray:
        if not texts:
            return np.zeros((0, 2))
        logits = self._scores(texts).astype(np.float64).reshape(-1, len(TASKS), 2)
        chances = np.round(1 / (1 + np.exp(-logits[np.arange(len(tasks)), [TASKS.index(t) for t in tasks]])), 4)
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
            asked = ANSWERED * (c.wished and slot == "motivation")
            cost = round((1 - _RULES) * (1 - (usable + 2 * good) / 3) + _RULES * c.wording.cost - asked, 4)
            if usable >= LEAST_USABLE[slot] and cost <= MOST_COST[slot]:
                kept[slot].append(replace(c, wording=replace(c.wording, cost=cost)))
    return kept
