"""Candidates of a job in, the situation, motivation and outcome that make the best sentence together out.

Whole triples are weighed: how central the goal is, how clear each slot is, and how well they belong together. Words of
one sentence or one turn belong together by themselves; words told elsewhere must be about the same thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..linting.words import overlap
from ..records import SLOTS
from .candidates import Candidate
from .wording import LOOSE_COST

Embed = Callable[[Sequence[str]], np.ndarray]

CLARITY = 0.8  # weight of what unclear wording costs beside the goal ...
GOAL_CLARITY = 1.2  # ... and in it
CENTRAL = 0.5  # weight of the passage's closeness to the middle of the job
TYPICAL = 1.2  # weight of how near the worded goal is to all the job says
SHARED = 0.12  # weight of each further person who says something near to the goal, up to three
FILLED = 0.5  # what a filled slot is worth: a poor fit or unclear words cost more
LEAST = 0.0  # worth that a slot must have to be filled
BESIDE = 0.9  # weight of the other two slots in the choice of the goal
CLEAR = 0.45  # cost up to which a goal is clear; the others count only where there is none
NEAR = 0.45  # cosine from which a passage says something near to a goal
NEXT = 60  # characters between two things said one after the other: a short sentence may stand between
REPEAT = 0.6  # share of words from which one slot only repeats another
MOST = 20  # candidates of a slot that are embedded
WHOLE = 0.6  # weight of how near the whole sentence is to all the job says
FINALISTS = 6  # sentences for which that is weighed
TOP = 12  # goals for which triples are weighed
_WANTED = ("i want to", "i need to", "i try to", "we want to", "we need to", "we try to")
# by how near two slots were told: what the nearness is worth, and the least cosine of the words. An outcome such as
# saving time goes with much of what was said beside it; a circumstance must be about the goal.
_NEARNESS = {"sentence": 0.3, "next": 0.2, "turn": 0.1, "person": -0.1, "other": -0.15}
_LEAST = {
    "situation": {"sentence": -1.0, "next": 0.08, "turn": 0.2, "person": 0.42, "other": 0.55},
    "outcome": {"sentence": -1.0, "next": 0.0, "turn": 0.1, "person": 0.38, "other": 0.5},
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """Who says each of a job's passages, and their plain vectors, one a row."""

    voices: Sequence[str]
    vectors: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The chosen candidates by slot, and the sum that chose them."""

    chosen: Mapping[str, Candidate]
    score: float


def choose(
    candidates: Mapping[str, Sequence[Candidate]], embed: Embed, taken: Iterable[str] = (), said: Said | None = None
) -> Choice | None:
    """Choose the triple that makes the best statement.

    Parameters
    ----------
    candidates : Mapping[str, Sequence[Candidate]]
        By slot.
    embed : callable
        Texts to unit vectors.
    taken : Iterable[str]
        Motivations of other jobs, in lower case; the same is not given twice.
    said : Said or None, default=None
        The job's passages: a goal near to what several say is preferred.

    Returns
    -------
    Choice or None
        None where no motivation can be used: words of two people make no sentence without the goal that joins them.
    """
    used = set(taken)
    goals = [c for c in candidates.get("motivation", ()) if c.wording.text.lower() not in used]
    goals = [c for c in goals if c.wording.cost <= CLEAR] or goals
    goals = sorted(goals, key=lambda c: (_cheap(c), c.segment.segment_id, c.span))[:MOST]
    if not goals:
        return None
    ranked = _ranked_goals(goals, embed, said)
    others = {slot: _promising(candidates.get(slot, ()), [g for _, g in ranked]) for slot in ("situation", "outcome")}
    vectors = {slot: embed([c.wording.text for c in found]) if found else None for slot, found in others.items()}
    own = embed([c.wording.text for _, c in ranked])
    found_choices = []
    for (worth, goal), vector in zip(ranked, own, strict=True):
        fits = {slot: _fits(goal, found, (vectors[slot] @ vector).round(4)) for slot, found in others.items() if found}
        found_choices.append(_best_triple(goal, worth, fits.get("situation", []), fits.get("outcome", [])))
    return _most_typical(found_choices, embed, said)


def _most_typical(choices: Sequence[Choice], embed: Embed, said: Said | None) -> Choice:
    """Return the best of the best few, when how near the whole sentence is to the job counts as well."""
    best = sorted(choices, key=lambda c: -c.score)[:FINALISTS]  # stable: goals come in a fixed order
    if said is None:
        return best[0]
    texts = [" ".join(c.chosen[slot].wording.text for slot in SLOTS if slot in c.chosen) for c in best]
    near = embed(texts) @ _middle(said.vectors)
    return max(zip(best, near.tolist(), strict=True), key=lambda cn: round(cn[0].score + WHOLE * cn[1], 4))[0]


def _middle(vectors: np.ndarray) -> np.ndarray:
    middle = vectors.mean(axis=0)
    scaled: np.ndarray = middle / max(float(np.linalg.norm(middle)), 1e-9)
    return scaled


def _cheap(c: Candidate) -> float:
    return round(c.wording.cost - CENTRAL * c.centrality, 4)


def _promising(found: Sequence[Candidate], goals: Sequence[Candidate]) -> list[Candidate]:
    """Return the clearest candidates told in one turn with a goal, and the clearest of the others."""
    turns = {(g.segment.transcript_id, g.segment.turn_index) for g in goals}
    order = sorted(found, key=lambda c: (_cheap(c), c.segment.segment_id, c.span))
    near = [c for c in order if (c.segment.transcript_id, c.segment.turn_index) in turns]
    rest = [c for c in order if (c.segment.transcript_id, c.segment.turn_index) not in turns]
    return [*near[:MOST], *rest[: MOST // 2]]


def _ranked_goals(goals: Sequence[Candidate], embed: Embed, said: Said | None) -> list[tuple[float, Candidate]]:
    vectors = embed([c.wording.text for c in goals])
    who = said.voices if said else [c.segment.participant_id or c.segment.transcript_id for c in goals]
    passages = said.vectors if said else vectors
    typical = vectors @ _middle(passages)
    near = (vectors @ passages.T).round(4) >= NEAR
    worth = []
    for i, goal in enumerate(goals):
        people = {w for w, close in zip(who, near[i], strict=True) if close}
        shared = SHARED * min(max(len(people) - 1, 0), 3)
        worth.append(
            round(TYPICAL * float(typical[i]) + CENTRAL * goal.centrality + shared - GOAL_CLARITY * goal.wording.cost, 4)
        )
    order = sorted(range(len(goals)), key=lambda i: (-worth[i], goals[i].segment.segment_id, goals[i].span))
    return [(worth[i], goals[i]) for i in order[:TOP]]


def _fits(goal: Candidate, found: Sequence[Candidate], cosines: np.ndarray) -> list[tuple[float, Candidate]]:
    """Return the candidates of a slot that can stand beside a goal, with what each adds, best first."""
    kept = []
    for c, cosine in zip(found, cosines.tolist(), strict=True):
        near = nearness(c, goal)
        if cosine < _LEAST[c.slot][near] or _clash(c, goal):
            continue
        bonus = _NEARNESS[near]
        worth = FILLED + bonus + 0.6 * cosine - CLARITY * _cost_beside(c, goal) + 0.1 * c.centrality
        if worth > LEAST:
            kept.append((round(worth, 4), c))
    return sorted(kept, key=lambda w: (-w[0], w[1].segment.segment_id, w[1].span))


def _best_triple(
    goal: Candidate,
    worth: float,
    situations: Sequence[tuple[float, Candidate]],
    outcomes: Sequence[tuple[float, Candidate]],
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


def nearness(one: Candidate, other: Candidate) -> str:
    """Say how near two candidates were told: in one sentence, the next, one turn, by one person, or by others."""
    a, b = one.segment, other.segment
    if a.transcript_id != b.transcript_id:
        return "other"
    if a.segment_id == b.segment_id:
        return "sentence"
    if a.turn_index != b.turn_index:
        return "person" if a.participant_id == b.participant_id else "other"
    gap = max(a.start_char, b.start_char) - min(a.end_char, b.end_char)
    return "next" if gap <= NEXT else "turn"


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
