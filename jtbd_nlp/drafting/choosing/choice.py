"""Candidates of a job in, the situation, motivation and outcome that make the best sentence together out.

Whole triples are weighed: how central the goal is, how clear each slot is, and how well they belong together. Rules say
which words may: those of one sentence or one turn by themselves, those told elsewhere if they are about the same thing,
another person's circumstance never.
Of these a learned judge of pairs says which do; without it the rules decide alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...linting.words import overlap
from ...story import lead_of
from ..finding.candidates import Candidate
from ..grammar.wording import LOOSE_COST
from .grading import Fit
from .nearness import nearness

Embed = Callable[[Sequence[str]], np.ndarray]
Weighed = list[tuple[float, Candidate]]  # with what each is worth, best first

CLARITY = 0.8  # weight of what unclear wording costs beside the goal ...
GOAL_CLARITY = 1.2  # ... and in it
CENTRAL = 0.5  # weight of the passage's closeness to the middle of the job
BACKED = 2.0  # weight of the share of passages that back the worded goal
SHARED = 0.12  # weight of each further person who backs it, up to three
FILLED = 0.5  # what a filled slot is worth: a poor fit or unclear words cost more
LEAST = 0.0  # worth that a slot must have to be filled ...
LEAST_JUDGED = {"situation": 0.0, "outcome": 0.2}  # ... where the judge reads it, who errs more with outcomes
BESIDE = 0.9  # weight of the other two slots in the choice of the goal
CLEAR = 0.45  # cost up to which a goal is clear; the others count only where there is none
BACKS = 0.5  # chance from which a person backs a goal
REPEAT = 0.6  # share of words from which one slot only repeats another
MOST = 20  # candidates of a slot that are embedded
WHOLE = 1.0  # weight of the share of passages that back the whole sentence
FINALISTS = 6  # sentences for which that is weighed
TOP = 12  # goals for which triples are weighed
JUDGED_GOALS = 5  # goals whose circumstances and outcomes the judge reads ...
JUDGED = 4  # ... and how many of each
LOOSER = 0.2  # how much less alike words told elsewhere may be where the judge reads them
# what a slot is worth that fits well, after an edit, or not at all: a gap is honest, what has to be mended is not yet ...
GOOD, EDIT, BAD = 1.0, 0.0, -1.0
NEVER = 9.0  # no cosine reaches it: what another is in is not one's own circumstance
WORDED = 0.6  # ... and weight of how clear it is by itself, against a cost of one half
_WANTED = ("i want to", "i need to", "i try to", "we want to", "we need to", "we try to")
# by how near two slots were told: what the nearness is worth, and the least cosine of the words. An outcome such as
# saving time goes with much of what was said beside it; a circumstance must be about the goal.
_NEARNESS = {"sentence": 0.3, "next": 0.2, "turn": 0.1, "near": -0.1, "person": -0.1, "other": -0.15}
_AROUND = frozenset({"sentence", "next", "turn"})
_LEAST = {
    "situation": {"sentence": -1.0, "next": 0.08, "turn": 0.2, "near": 0.42, "person": 0.42, "other": NEVER},
    "outcome": {"sentence": -1.0, "next": 0.0, "turn": 0.1, "near": 0.38, "person": 0.38, "other": 0.5},
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """Who says each of a job's passages, and how likely each backs a goal or a whole sentence.

    Attributes
    ----------
    voices : Sequence[str]
        One a passage.
    chances : callable
        Texts, and the goal that each is of, to an array of shape (n_texts, n_passages).
    """

    voices: Sequence[str]
    chances: Callable[[Sequence[str], Sequence[Candidate]], np.ndarray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The chosen candidates by slot, and the sum that chose them."""

    chosen: Mapping[str, Candidate]
    score: float


def ranked_goals(found: Sequence[Candidate], taken: Iterable[str] = (), said: Said | None = None) -> Weighed:
    """Return the goals that a statement may have, best first.

    Parameters
    ----------
    found : Sequence of Candidate
        Motivations.
    taken : Iterable[str]
        Motivations of other jobs, in lower case; the same is not given twice.
    said : Said or None, default=None
        The job's passages: a goal that many of them back is preferred.

    Returns
    -------
    list of (float, Candidate)
        With what each is worth by itself.
    """
    used = set(taken)
    goals = [c for c in found if c.wording.text.lower() not in used]
    goals = [c for c in goals if c.wording.cost <= CLEAR] or goals
    goals = sorted(goals, key=lambda c: (_cheap(c), c.segment.segment_id, c.span))[:MOST]
    return _by_worth(goals, said) if goals else []


def choose(
    ranked: Weighed,
    candidates: Mapping[str, Sequence[Candidate]],
    embed: Embed,
    said: Said | None = None,
    fit: Fit | None = None,
) -> Choice | None:
    """Choose the triple that makes the best statement.

    Parameters
    ----------
    ranked : list of (float, Candidate)
        From `ranked_goals`.
    candidates : Mapping[str, Sequence[Candidate]]
        Circumstances and outcomes by slot.
    embed : callable
        Texts to unit vectors.
    said : Said or None, default=None
        The job's passages.
    fit : callable or None, default=None
        Goals and what may stand beside them to the chances of fitting at all, and well; None leaves it to the rules.

    Returns
    -------
    Choice or None
        None where no motivation can be used: words of two people make no sentence without the goal that joins them.
    """
    if not ranked:
        return None
    others = {slot: _promising(candidates.get(slot, ()), [g for _, g in ranked]) for slot in ("situation", "outcome")}
    vectors = {slot: embed([c.wording.text for c in found]) if found else None for slot, found in others.items()}
    ranked = goals_in_question(ranked, judged=fit is not None)
    own = embed([c.wording.text for _, c in ranked])
    beside = []
    for (_, goal), vector in zip(ranked, own, strict=True):
        cosines = {slot: (vectors[slot] @ vector).round(4) for slot, found in others.items() if found}
        beside.append({slot: _fits(goal, others[slot], near, fit is not None) for slot, near in cosines.items()})
    if fit is not None:
        beside = _judged([goal for _, goal in ranked], beside, fit)
    weighed = [
        _best_triple(goal, worth, fits.get("situation", []), fits.get("outcome", []))
        for (worth, goal), fits in zip(ranked, beside, strict=True)
    ]
    return _most_typical(weighed, said)


def story_text(motivation: str, situation: str | None = None, outcome: str | None = None) -> str:
    """Return filled slots as one sentence, for a model to read."""
    when = f"when {situation}, " if situation else ""
    return f"{when}i want to {motivation}" + (f", {lead_of(outcome).lower()}{outcome}" if outcome else "")


def goals_in_question(ranked: Weighed, *, judged: bool) -> Weighed:
    """Return the goals, best first, that a statement can still have; a judge reads what stands beside the best alone."""
    return ranked[:JUDGED_GOALS] if judged else ranked


def told_around(
    found: Sequence[Candidate], goals: Sequence[Candidate]
) -> tuple[tuple[list[Candidate], int], tuple[list[Candidate], int]]:
    """Return what was told around a goal, and what else may stand beside one; each with how many are looked at."""
    nearest = [_nearest(c, goals) for c in found]
    near = [c for c, how in zip(found, nearest, strict=True) if how in _AROUND]
    others = [(c, how) for c, how in zip(found, nearest, strict=True) if how not in _AROUND]
    return (near, MOST), ([c for c, how in others if c.slot != "situation" or how != "other"], MOST // 2)


def _nearest(c: Candidate, goals: Sequence[Candidate]) -> str:
    return min((nearness(c, goal) for goal in goals), key=list(_NEARNESS).index, default="other")


def can_stand(c: Candidate, goal: Candidate, cosine: float, *, loosely: bool) -> bool:
    """Tell whether a circumstance or an outcome can stand beside a goal; loosely: where a judge has to read it first."""
    return cosine >= _LEAST[c.slot][nearness(c, goal)] - LOOSER * loosely and not _clash(c, goal)


def _judged(goals: Sequence[Candidate], beside: Sequence[Mapping[str, Weighed]], fit: Fit) -> list[dict[str, Weighed]]:
    """Weigh anew, by the learned judge, what the rules hold best beside each goal."""
    asked = [(n, slot, c) for n, fits in enumerate(beside) for slot, found in fits.items() for _, c in found[:JUDGED]]
    judged: list[dict[str, Weighed]] = [{"situation": [], "outcome": []} for _ in goals]
    for (n, slot, c), (usable, good) in zip(asked, fit([(goals[n], c) for n, _, c in asked]).tolist(), strict=True):
        worth = worth_beside(usable, good, c.wording.cost)
        if worth > LEAST_JUDGED[slot]:
            judged[n][slot].append((worth, c))
    return [{slot: sorted(found, key=_best_first) for slot, found in fits.items()} for fits in judged]


def worth_beside(usable: float, good: float, cost: float, *, edit: float = EDIT, bad: float = BAD) -> float:
    """Return what words are worth in a slot by the judge's chances and what they cost; a gap is worth `LEAST_JUDGED`."""
    fits = GOOD * good + edit * (usable - good) + bad * (1 - usable)
    return round(fits + WORDED * (0.5 - cost), 4)


def _best_first(weighed: tuple[float, Candidate]) -> tuple[float, str, tuple[int, int]]:
    worth, c = weighed
    return -worth, c.segment.segment_id, c.span


def _most_typical(choices: Sequence[Choice], said: Said | None) -> Choice:
    """Return the best of the best few, when how many passages back the whole sentence counts as well."""
    best = sorted(choices, key=lambda c: -c.score)[:FINALISTS]  # stable: goals come in a fixed order
    if said is None:
        return best[0]
    texts = [story_text(**{slot: c.wording.text for slot, c in choice.chosen.items()}) for choice in best]
    backed = said.chances(texts, [c.chosen["motivation"] for c in best]).mean(axis=1)
    return max(zip(best, backed.tolist(), strict=True), key=lambda cb: round(cb[0].score + WHOLE * cb[1], 4))[0]


def _cheap(c: Candidate) -> float:
    return round(c.wording.cost - CENTRAL * c.centrality, 4)


def _promising(found: Sequence[Candidate], goals: Sequence[Candidate]) -> list[Candidate]:
    """Return the clearest candidates told around a goal, and the clearest of the others that may stand there."""
    return [
        c
        for told, most in told_around(found, goals)
        for c in sorted(told, key=lambda c: (_cheap(c), c.segment.segment_id, c.span))[:most]
    ]


def _by_worth(goals: Sequence[Candidate], said: Said | None) -> Weighed:
    n = len(goals)
    backed = said.chances([story_text(g.wording.text) for g in goals], goals) if said else np.zeros((n, 1))
    worth = []
    for goal, chances in zip(goals, backed, strict=True):
        people = {w for w, c in zip(said.voices, chances.tolist(), strict=True) if c >= BACKS} if said else set()
        shared = SHARED * min(max(len(people) - 1, 0), 3) + BACKED * float(chances.mean())
        worth.append(round(shared + CENTRAL * goal.centrality - GOAL_CLARITY * goal.wording.cost, 4))
    order = sorted(range(n), key=lambda i: (-worth[i], goals[i].segment.segment_id, goals[i].span))
    return [(worth[i], goals[i]) for i in order[:TOP]]


def _fits(goal: Candidate, found: Sequence[Candidate], cosines: np.ndarray, loosely: bool = False) -> Weighed:
    """Return the candidates of a slot that can stand beside a goal, with what each adds, best first.

    Loosely: those too that a judge has to read first.
    """
    kept = []
    for c, cosine in zip(found, cosines.tolist(), strict=True):
        if not can_stand(c, goal, cosine, loosely=loosely):
            continue
        bonus = _NEARNESS[nearness(c, goal)]
        worth = FILLED + bonus + 0.6 * cosine - CLARITY * _cost_beside(c, goal) + 0.1 * c.centrality
        if loosely or worth > LEAST:
            kept.append((round(worth, 4), c))
    return sorted(kept, key=_best_first)


def _best_triple(
    goal: Candidate,
    worth: float,
    situations: Weighed,
    outcomes: Weighed,
) -> Choice:
    best = Choice(chosen={"motivation": goal}, score=worth)
    for s_worth, situation in [(0.0, None), *situations[:6]]:
        for o_worth, outcome in [(0.0, None), *outcomes[:6]]:
            if situation is not None and outcome is not None:
                if _clash(situation, outcome):
                    continue
                o_worth += 0.1 * (nearness(situation, outcome) in {"sentence", "next", "turn"})
            score = round(worth + BESIDE * (s_worth + o_worth), 4)
            if score > best.score:
                chosen = {"situation": situation, "motivation": goal, "outcome": outcome}
                best = Choice(chosen={k: c for k, c in chosen.items() if c is not None}, score=score)
    return best


def _cost_beside(c: Candidate, goal: Candidate) -> float:
    """Return what unclear words cost; pronouns of the same or the next sentence can mean what the goal names."""
    if c.slot == "outcome" and c.wording.loose and nearness(c, goal) in {"sentence", "next"}:
        return c.wording.cost - LOOSE_COST * 0.7 * min(len(c.wording.loose), 1)
    return c.wording.cost


def _clash(a: Candidate, b: Candidate) -> bool:
    crossing = a.segment.segment_id == b.segment.segment_id and min(a.span[1], b.span[1]) > max(a.span[0], b.span[0])
    texts = (a.wording.text, b.wording.text)
    if "situation" in {a.slot, b.slot}:  # the same thing may be named in both: what is said of it must differ
        repeats = overlap(texts, symmetric=True) >= REPEAT
    else:
        repeats = max(overlap(texts, symmetric=False), overlap(texts[::-1], symmetric=False)) >= REPEAT
    wanted = any(t.lower().startswith(_WANTED) for t in texts) and overlap(texts, symmetric=False) > 0
    return crossing or repeats or wanted
