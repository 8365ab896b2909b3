"""Statements and passages in, how far each passage backs each statement out; each passage goes where it is borne out.

A group of passages is about one thing, but only some of them tell of the job that its statement states: of 6,631
passages that were read beside the statement they were grouped with, one in four did (docs/decisions.md). The chance was
fitted with the shipped encoder, on studies that it never saw; with another one it only orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..similarity import told_vectors
from .choosing.choice import Embed

AROUND = 0.8  # weight of what else was said in a passage's answer
GOAL = 0.4  # weight of the passage that the goal was cut from, beside the words of the statement
SHARED = 0.5  # share of what all passages have in common that is taken from the words of a statement
MOVE = 0.15  # how much better a passage must back another job's statement than its own group's to go there
LEAST = 0.0  # below, it backs no statement
# logistic curve through what was read of unseen studies: the chance that a reader files it there
_SLOPE, _LEVEL = 5.41, -3.72
# a steeper one, by which goals are weighed: through what the encoder learned from
_GOAL_SLOPE, _GOAL_LEVEL = 9.9, -4.35
_BLOCK = 4096  # passages weighed at a time


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backing:
    """What the passages of a study tell, and statements beside them.

    Attributes
    ----------
    told : ndarray of shape (n_passages, n_dims), float32
        What each passage tells together with its answer, beyond what the whole study shares; unit rows.
    shared : ndarray of shape (n_dims,)
        What the passages share.
    embed : callable
        Texts to vectors of the same space.
    """

    told: np.ndarray
    shared: np.ndarray
    embed: Embed

    @classmethod
    def of(cls, vectors: np.ndarray, contexts: Sequence[str], embed: Embed) -> Backing:
        """Read the vectors of all passages; ``contexts`` are as for `jtbd_nlp.similarity.job_vectors`."""
        if not len(vectors):
            return cls(told=vectors, shared=np.zeros(vectors.shape[1]), embed=embed)
        told = told_vectors(vectors, contexts, AROUND)
        return cls(told=told, shared=vectors.mean(axis=0), embed=embed)

    def wanted(self, texts: Sequence[str], goals: Sequence[int | None]) -> np.ndarray:
        """Return a unit row for each statement, from its words and the passage that its goal was cut from, if any."""
        wanted = self.embed(texts) - SHARED * self.shared
        wanted = wanted / np.linalg.norm(wanted, axis=1, keepdims=True).clip(1e-9)
        for i, goal in enumerate(goals):
            if goal is not None:
                wanted[i] += GOAL * self.told[goal]
        unit = wanted / np.linalg.norm(wanted, axis=1, keepdims=True).clip(1e-9)
        return np.asarray(unit, dtype=np.float32)

    def cosines(self, wanted: np.ndarray, rows: Sequence[int] | slice) -> np.ndarray:
        """Return how far some passages back statements, shape (n_passages, n_statements); rounded to 4 digits."""
        found: np.ndarray = np.round(self.told[rows] @ wanted.T, 4)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a job claims: the words of its statement, the row of the passage its goal was cut from, and its rows.

    Attributes
    ----------
    text : str
        The filled slots, as a sentence.
    goal : int or None
        Row of the passage that the goal was cut from.
    rows : frozenset of int
        Its group's passages.
    fixed : frozenset of int
        Rows that stay with it: what its slots were filled from, and what a person put there.
    """

    text: str
    goal: int | None
    rows: frozenset[int]
    fixed: frozenset[int]


def assign(claims: Sequence[Claim], backing: Backing, kept_out: frozenset[int]) -> list[dict[int, float]]:
    """Give each passage to the statement that it backs best.

    Parameters
    ----------
    claims : Sequence of Claim
        One a job.
    backing : Backing
        The passages.
    kept_out : frozenset of int
        Rows that are in no group and shall come into none.

    Returns
    -------
    list of dict of int to float
        For each job its rows, with how far they back it (a cosine). A passage is in one job at most. It stays with its
        group unless another statement is borne out clearly better, and is left out where it backs none.
    """
    if not claims:
        return []
    wanted = backing.wanted([c.text for c in claims], [c.goal for c in claims])
    n = len(backing.told)
    own, fixed = np.full(n, -1), np.zeros(n, dtype=bool)
    for i, claim in enumerate(claims):
        own[sorted(claim.rows)] = i
    for i, claim in enumerate(claims):  # what fills a slot belongs there, whatever group it came from
        own[sorted(claim.fixed)], fixed[sorted(claim.fixed)] = i, True
    found: list[dict[int, float]] = [{} for _ in claims]
    for start in range(0, n, _BLOCK):
        part = slice(start, start + _BLOCK)
        for row, cosines in enumerate(backing.cosines(wanted, part).astype(np.float64), start):
            job = _job_of(cosines, int(own[row]), fixed=bool(fixed[row]), free=row not in kept_out)
            if job is not None:
                found[job][row] = float(cosines[job])
    return found


def _job_of(cosines: np.ndarray, own: int, *, fixed: bool, free: bool) -> int | None:
    if fixed or not free:
        return own if own >= 0 else None
    weighed = cosines - MOVE
    if own >= 0:
        weighed[own] += MOVE
    best = int(weighed.argmax())
    return best if weighed[best] >= LEAST else None


def chance_of(cosines: np.ndarray) -> np.ndarray:
    """Return the chances, in [0, 1], that a reader files passages under a job; rounded to two digits."""
    return _curve(cosines, _SLOPE, _LEVEL)


def weight_of(cosines: np.ndarray) -> np.ndarray:
    """Return how far passages speak for a goal when goals are weighed, in [0, 1]; rounded to two digits."""
    return _curve(cosines, _GOAL_SLOPE, _GOAL_LEVEL)


def _curve(cosines: np.ndarray, slope: float, level: float) -> np.ndarray:
    found: np.ndarray = np.round(1 / (1 + np.exp(-(slope * cosines + level))), 2)
    return found
