"""What is left ungraded changes no statement, however the candidates lie and whatever the grades would have said."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from jtbd_nlp.drafting.choosing.choice import MOST, choose
from jtbd_nlp.drafting.choosing.grading import graded
from jtbd_nlp.drafting.choosing.sparing import graded_goals, worth_grading
from jtbd_nlp.drafting.finding.candidates import Candidate
from jtbd_nlp.drafting.grammar.wording import Wording
from jtbd_nlp.drafting.statements import draft_statement
from jtbd_nlp.records import Segment

WORDS = "bill plan call drive clean order paint write check meet learn cook sort ship print track share build".split()


def candidate(rng: random.Random, slot: str) -> Candidate:
    who, turn, at = rng.choice("abc"), rng.randrange(4), 100 * rng.randrange(4)
    text = " ".join(rng.sample(WORDS, 3))
    segment = Segment(
        segment_id=f"{who}:{turn}:{at}", transcript_id=who, turn_index=turn, speaker=who, participant_id=who,
        role="participant", text=text, start_char=at, end_char=at + 70,
    )  # fmt: skip
    return Candidate(
        slot=slot,
        segment=segment,
        span=(0, len(text)),
        wording=Wording(text, rng.random()),
        centrality=round(rng.random(), 4),
    )


def embed(texts: Sequence[str]) -> np.ndarray:
    rows = np.array([[w in t.split() for w in WORDS] for t in texts], dtype=np.float32).reshape(-1, len(WORDS))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-9)


def chance(text: str, salt: int) -> float:
    return random.Random(f"{salt} {text}").random()


def grade(candidates: Sequence[Candidate]) -> np.ndarray:
    usable = [chance(c.wording.text, 1) for c in candidates]
    return np.array([(u, u * chance(c.wording.text, 2)) for c, u in zip(candidates, usable, strict=True)]).reshape(
        -1, 2
    )


def fit(pairs: Sequence[tuple[Candidate, Candidate]]) -> np.ndarray:
    return np.array([(0.5 + chance(c.wording.text, 3) / 2, 0.4) for _, c in pairs]).reshape(-1, 2)


@pytest.mark.parametrize("judged", [True, False])
@pytest.mark.parametrize("most", [3, 12, 4 * MOST])  # few, and so many that not all are looked at
def test_a_statement_is_that_of_all_candidates_graded(most: int, judged: bool) -> None:
    spared = 0
    for seed in range(60):
        rng = random.Random(seed)
        found = {
            slot: [candidate(rng, slot) for _ in range(rng.randint(1, most))]
            for slot in ("situation", "motivation", "outcome")
        }
        judge = fit if judged else None
        everything = graded(found, grade)
        whole = choose(graded_goals(everything, None), everything, embed, None, judge)
        asked: list[Candidate] = []

        def noted(candidates: Sequence[Candidate], asked: list[Candidate] = asked) -> np.ndarray:
            asked.extend(candidates)
            return grade(candidates)

        part = draft_statement(found, embed, (), None, judge, noted)
        assert part.chosen == ({} if whole is None else whole.chosen)
        spared += sum(map(len, found.values())) - len(asked)
    assert spared > 0


def test_without_a_goal_nothing_is_worth_a_grade() -> None:
    rng = random.Random(0)
    found = {"situation": [candidate(rng, "situation")], "outcome": [candidate(rng, "outcome")]}
    assert worth_grading(found, [], embed, judged=True) == {"situation": [], "outcome": []}
