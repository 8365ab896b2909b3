"""The learned grade of worded clauses: what it prefers, what it drops, and that no clause's grade depends on others."""

from __future__ import annotations

import numpy as np
import pytest

from jtbd_nlp.drafting.choosing.grading import LEAST_USABLE, PhraseGrader, graded
from jtbd_nlp.drafting.choosing.pairs import load_pairs
from jtbd_nlp.drafting.finding.candidates import Candidate
from jtbd_nlp.drafting.grammar.wording import Wording
from jtbd_nlp.records import Segment


def candidate(slot: str, words: str, source: str, cost: float = 0.1) -> Candidate:
    segment = Segment(
        segment_id="a:0", transcript_id="a", turn_index=0, speaker="P", participant_id="P", role="participant",
        text=source, start_char=0, end_char=len(source),
    )  # fmt: skip
    return Candidate(slot=slot, segment=segment, span=(0, len(words)), wording=Wording(words, cost), centrality=0.5)


@pytest.fixture(scope="module")
def grader() -> PhraseGrader:
    return PhraseGrader(load_pairs("phrases"))


PAIRS = [
    ("motivation", "plan the week's meals for my family", "I want to plan the week's meals for my family.",
     "get help meals", "I get help with meals."),
    ("motivation", "keep track of what each client owes me", "I just want to keep track of what each client owes me.",
     "do it", "I was going to do it."),
    ("situation", "a customer calls while I am with somebody else", "When a customer calls while I am with somebody else, I panic.",
     "the app is good", "I would say the app is good."),
    ("outcome", "go home on time", "So I can go home on time.",
     "give a wrong answer all the time", "It gives a wrong answer all the time."),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "good", "good_source", "bad", "bad_source"), PAIRS)
def test_prefers_words_that_stand_by_themselves(
    grader: PhraseGrader, slot: str, good: str, good_source: str, bad: str, bad_source: str
) -> None:
    usable = grader([candidate(slot, good, good_source), candidate(slot, bad, bad_source)])[:, 0]
    assert usable[0] > usable[1] + 0.2


FITS = [
    ("plan the week's meals for my family", "outcome", "spend less on food", "print the report for my boss"),
    ("keep track of what each client owes me", "outcome", "get paid on time", "learn the guitar"),
    ("find out why my flight was cancelled", "situation", "my flight is cancelled", "I like cheese"),
]  # fmt: skip


@pytest.mark.parametrize(("goal", "slot", "near", "far"), FITS)
def test_prefers_what_belongs_to_the_goal(grader: PhraseGrader, goal: str, slot: str, near: str, far: str) -> None:
    wanted = candidate("motivation", goal, f"I want to {goal}.")
    pairs = [(wanted, candidate(slot, words, f"And {words}.")) for words in (near, far)]
    usable = grader.fits(pairs)[:, 0]
    assert usable[0] > usable[1] + 0.1
    assert np.array_equal(usable, np.concatenate([grader.fits([pair])[:, 0] for pair in pairs]))


def test_gives_chances_and_good_is_never_likelier_than_usable(grader: PhraseGrader) -> None:
    found = grader([candidate(slot, a, s) for slot, a, s, _, _ in PAIRS] * 3)
    assert found.shape == (12, 2)
    assert ((found >= 0) & (found <= 1)).all()
    assert (found[:, 1] <= found[:, 0]).all()


def test_grade_of_one_does_not_depend_on_the_others(grader: PhraseGrader) -> None:
    many = [candidate(slot, words, source) for slot, a, s, b, t in PAIRS for words, source in ((a, s), (b, t))]
    together = grader(many)
    alone = np.concatenate([grader([c]) for c in many])
    assert np.array_equal(together, alone)


def test_nothing_gives_nothing(grader: PhraseGrader) -> None:
    assert grader([]).shape == (0, 2)
    assert grader.fits([]).shape == (0, 2)
    assert graded({"motivation": []}, grader) == {"motivation": []}


def test_a_source_of_ten_thousand_words_is_cut(grader: PhraseGrader) -> None:
    assert grader([candidate("outcome", "sleep well", "and then it went on " * 10_000)]).shape == (1, 2)


def test_drops_what_is_hardly_usable_and_orders_the_rest_by_grade() -> None:
    chances = {"a": (0.9, 0.8), "b": (0.9, 0.1), "c": (LEAST_USABLE["motivation"] - 0.01, 0.0)}
    found = graded(
        {"motivation": [candidate("motivation", w, w) for w in "cba"]},
        lambda cs: np.array([chances[c.wording.text] for c in cs]),
    )["motivation"]
    assert [c.wording.text for c in found] == ["b", "a"]
    assert found[1].wording.cost < found[0].wording.cost


def test_what_the_rules_say_still_counts() -> None:
    clear, unclear = candidate("outcome", "a", "a", cost=0.0), candidate("outcome", "b", "b", cost=0.8)
    found = graded({"outcome": [unclear, clear]}, lambda cs: np.full((len(cs), 2), 0.8))["outcome"]
    assert found[1].wording.cost < found[0].wording.cost
