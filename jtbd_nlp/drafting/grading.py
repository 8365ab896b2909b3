"""Candidates in, the usable ones out: a small model says how good their words are in their slot, as they stand.

The rules that cut and word a clause see grammar; whether words are a goal that somebody has, a circumstance, or a gain,
and can be understood by themselves, was learnt from several thousand worded clauses that were read and graded
(models/phrases/README.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from ..inference import OnnxModel
from .candidates import Candidate

LEADS = {"situation": "when", "motivation": "i want to", "outcome": "so i can"}
MAX_TOKENS = 112  # word pieces of a worded clause and the sentence that it was cut from
MAX_CHARS = 2_000  # of the sentence given to the tokenizer
LEAST_USABLE = {"situation": 0.2, "motivation": 0.05, "outcome": 0.2}  # chance of being usable, below which words are dropped
_RULES = 0.3  # weight of what the rules say unclear words cost, beside the grade

Grade = Callable[[Sequence[Candidate]], np.ndarray]


class PhraseGrader:
    """The shipped model.

    Parameters
    ----------
    folder : str, default="phrases"
        Folder below ``models/``.

    Raises
    ------
    MissingModelError
        If a file is absent or changed.
    """

    def __init__(self, folder: str = "phrases") -> None:
        self._model = OnnxModel(folder, max_tokens=MAX_TOKENS)

    def __call__(self, candidates: Sequence[Candidate]) -> np.ndarray:
        """Return an array of shape (n_candidates, 2): the chances of being usable, and of being good as it stands."""
        if not candidates:
            return np.zeros((0, 2))
        pairs = [(f"{LEADS[c.slot]} {c.wording.text}", c.segment.text[:MAX_CHARS]) for c in candidates]
        rows = {pair: row for row, pair in enumerate(dict.fromkeys(pairs))}
        outputs = self._model.run_each(self._model.tokenizer.encode_batch(list(rows)))
        logits = np.array([outputs[rows[pair]][0] for pair in pairs], dtype=np.float64).reshape(-1, len(LEADS), 2)
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


@lru_cache(maxsize=1)
def load_grader() -> PhraseGrader:
    """Return the shipped model, loaded once per process."""
    return PhraseGrader()
