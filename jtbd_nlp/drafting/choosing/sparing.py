"""Picks the circumstances and outcomes that are worth a grade: those that can stand beside a goal that is still in question.

A grade is the dearest thing that drafting asks for, and most of what was told in other turns is about something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..finding.candidates import Candidate
from .choice import Embed, Said, Weighed, can_stand, goals_in_question, ranked_goals, told_around
from .grading import Grade, graded

SURE = 0.001  # of a cosine: a product of other rows may round another way, and what is left out here never comes back


def graded_goals(
    candidates: Mapping[str, Sequence[Candidate]],
    grade: Grade | None,
    taken: Iterable[str] = (),
    said: Said | None = None,
) -> Weighed:
    """Return the goals that a statement may have, best first; see `jtbd_nlp.drafting.choosing.choice.ranked_goals`."""
    goals = {"motivation": candidates.get("motivation", ())}
    return ranked_goals((goals if grade is None else graded(goals, grade))["motivation"], taken, said)


def worth_grading(
    candidates: Mapping[str, Sequence[Candidate]], ranked: Weighed, embed: Embed, *, judged: bool
) -> dict[str, list[Candidate]]:
    """Leave out what no grade could bring into the statement; what is chosen does not depend on it.

    Parameters
    ----------
    candidates : Mapping[str, Sequence[Candidate]]
        By slot, not graded.
    ranked : list of (float, Candidate)
        From `graded_goals`.
    embed : callable
        Texts to unit vectors.
    judged : bool
        Whether a judge reads what stands beside a goal, as in `jtbd_nlp.drafting.choosing.choice.choose`.

    Returns
    -------
    dict of str to list of Candidate
        Circumstances and outcomes, in the same order.
    """
    return {
        slot: list(_worth(candidates.get(slot, ()), ranked, embed, judged=judged)) for slot in ("situation", "outcome")
    }


def _worth(found: Sequence[Candidate], ranked: Weighed, embed: Embed, *, judged: bool) -> Iterator[Candidate]:
    asked = [goal for _, goal in goals_in_question(ranked, judged=judged)]
    kept: set[int] = set()
    for told, most in told_around(found, [goal for _, goal in ranked]) if asked else ():
        # where there are too many, grades say which are looked at: what cannot stand takes others' places
        kept.update(map(id, told if len(told) > most else _standing(told, asked, embed, loosely=judged)))
    return (c for c in found if id(c) in kept)


def _standing(told: Sequence[Candidate], goals: Sequence[Candidate], embed: Embed, *, loosely: bool) -> list[Candidate]:
    if not told:
        return []
    vectors, wanted = embed([c.wording.text for c in told]), embed([g.wording.text for g in goals])
    return [
        c
        for c, cosines in zip(told, (vectors @ wanted.T + SURE).tolist(), strict=True)
        if any(can_stand(c, goal, cosine, loosely=loosely) for goal, cosine in zip(goals, cosines, strict=True))
    ]
