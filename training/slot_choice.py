"""Prints what filling slots by the judge of pairs gives on graded pairs that it never saw: ``python training/slot_choice.py``.

Of each goal of ``benchmarks/pair_marks.tsv`` the circumstance and the outcome that are worth most are taken, if they are worth more
than a gap, and their grades counted. It shows what the weights in `jtbd_nlp.drafting.choosing.choice` buy. A simulation: each slot
is chosen by itself, and the pairs are those that earlier versions had held best.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from phrase_data import Pair, read_unseen_pairs

from jtbd_nlp.drafting.choosing.choice import BAD, EDIT, LEAST_JUDGED, worth_beside
from jtbd_nlp.drafting.choosing.grading import PhraseGrader, graded
from jtbd_nlp.drafting.choosing.pairs import load_pairs
from jtbd_nlp.drafting.finding.candidates import Candidate

BESIDE = ("situation", "outcome")  # slots that the judge reads
# what a slot is worth that fits after an edit, and that does not, and what it must be worth to be filled
TRIED = {
    "as it ships": (EDIT, BAD, LEAST_JUDGED),
    "0.10.0": (0.45, BAD, dict.fromkeys(BESIDE, 0.0)),
    "a wrong one costs less": (EDIT, -0.45, LEAST_JUDGED),
    "a wrong one costs more": (EDIT, -2.0, LEAST_JUDGED),
}

Judged = tuple[float, float, float, int]  # chance of being usable, of being good, what the words cost, grade
Goal = tuple[str, str]  # interview, words


def judged(pairs: Sequence[Pair]) -> dict[str, dict[Goal, list[Judged]]]:
    """Return by slot, for each goal, what the judge says of what may stand beside it; without what the grader drops."""
    grader = PhraseGrader(load_pairs("phrases"))
    fits = grader.fits([(p.goal, p.other) for p in pairs]).tolist()
    kept = graded({slot: [p.other for p in pairs if p.other.slot == slot] for slot in BESIDE}, grader)
    costs = {_place(c): c.wording.cost for found in kept.values() for c in found}
    told: dict[str, dict[Goal, list[Judged]]] = {slot: defaultdict(list) for slot in BESIDE}
    for pair, (usable, good) in zip(pairs, fits, strict=True):
        if _place(pair.other) in costs:
            goal = (pair.goal.segment.transcript_id, pair.goal.wording.text)
            told[pair.other.slot][goal].append((usable, good, costs[_place(pair.other)], pair.grade))
    return told


def _place(c: Candidate) -> tuple[str, str, tuple[int, int], str]:
    return c.slot, c.segment.segment_id, c.span, c.wording.text


def chosen(beside: Sequence[Judged], edit: float, bad: float, least: float) -> int | None:
    """Return the grade of what would fill a slot; None for a gap."""
    worth = [worth_beside(usable, good, cost, edit=edit, bad=bad) for usable, good, cost, _ in beside]
    best = int(np.argmax(worth))
    return beside[best][3] if worth[best] > least else None


def main() -> None:
    pairs = read_unseen_pairs()
    goals = {(p.goal.segment.transcript_id, p.goal.wording.text) for p in pairs}
    print(f"{len(pairs)} pairs, {len(goals)} goals")
    for slot, told in judged(pairs).items():
        for name, (edit, bad, least) in TRIED.items():
            grades = [g for beside in told.values() if (g := chosen(beside, edit, bad, least[slot])) is not None]
            shares = [sum(g == wanted for g in grades) / max(1, len(grades)) for wanted in (2, 1, 0)]
            print(
                f"{slot:10} {name:24} edit {edit:.2f} wrong {bad:.2f}: filled {len(grades) / len(goals):.2f} of goals; "
                f"of these good {shares[0]:.2f}, to edit {shares[1]:.2f}, wrong {shares[2]:.2f}"
            )


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main()
