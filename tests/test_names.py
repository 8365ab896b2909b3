"""Names of jobs: short, whole, with what tells most, and each its own."""

from __future__ import annotations

import pytest

from jtbd_nlp.drafting.names import name_of, verb_phrases_of
from jtbd_nlp.records import Statement


def named(goal: str, *taken: str) -> str:
    return name_of(Statement(situation=None, motivation=goal, outcome=None, text=""), taken)


@pytest.mark.parametrize(
    ("goal", "name"),
    [
        # what says most stays, though it comes last
        ("have a shop that deals more directly with farmers", "Have a shop that deals with farmers"),
        ("spend more time on the old boats that need a new hull", "Spend more time on the old boats"),
        ("have a map a child can read", "Have a map a child can read"),
        ("get a better picture of how much the bees eat in winter", "Get a better picture of how much the bees eat"),
        ("have the true list of what they swallow not what somebody once prescribed", "Have the true list of what they swallow"),
        # what says least goes, though it stands in the middle
        ("avoid finding out by accident that a lease is ending", "Avoid finding out a lease is ending"),
        ("know for certain that someone's got their eye on the hens", "Know someone's got their eye on the hens"),
        ("avoid being the only one in the village who knows what we can sell", "Avoid being the only one who knows"),
        ("write a page somewhat similar to a recipe", "Write a page similar to a recipe"),
        ("be paid without ever having to hint at it", "Be paid without having to hint at it"),
        # long ones get shorter
        ("inform future plans of both our own farm and other public farms", "Inform future plans"),
        ("have it clear who's doing what with a name on it", "Have it clear who's doing what"),
        # nothing is cut through
        ("check with somebody before I say yes", "Check with somebody before I say yes"),
        ("see what I'd pay over a year", "See what I'd pay over a year"),
        ("tell the baker how things are without doing it behind Ron's back", "Tell the baker how things are"),
        ("know which old method this is (I had that with rye)", "Know which old method this is"),
        ("have it say the weight so people'd stop asking", "Have it say the weight so people'd stop asking"),
        ("make sure I am not immediately walking into a dead end", "Make sure I am not walking into a dead end"),
        ("plug the lamp into the wall socket behind the big green sofa", "Plug the lamp into the wall socket"),
    ],
)  # fmt: skip
def test_a_name_keeps_what_tells_most(goal: str, name: str) -> None:
    assert named(goal) == name


@pytest.mark.parametrize(
    "goal",
    ["know that nobody leaves the gate open unless I said so", "have no wrong hat sent out in the last week of June"],
)
def test_a_name_keeps_what_is_denied(goal: str) -> None:
    assert {"nobody", "no"} & {*named(goal).lower().split()}


def test_every_word_of_a_name_was_said() -> None:
    goal = "make sure that everyone who comes in late still gets a hot dinner before we close the kitchen"
    for name in verb_phrases_of(goal):
        words = iter(goal.split())
        assert all(word in words for word in name.split())  # in the order in which they were said


def test_a_name_that_is_taken_gets_another_of_the_goal() -> None:
    goal = "prepare a short talk on the river for the children of my sister's school"
    first = named(goal)
    second = named(goal, first)
    assert first != second
    assert "(" not in second
    assert len(first.split()) <= 8
