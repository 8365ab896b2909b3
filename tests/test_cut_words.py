"""Words that carry the sense stay: what is left, a not, and who or what is to be so."""

from __future__ import annotations

import pytest

from jtbd_nlp.drafting.frames.seeking import infinitives
from jtbd_nlp.drafting.slots.situations import word_situation
from jtbd_nlp.drafting.slots.worders import WORDERS
from jtbd_nlp.language import load_parser


def goals(sentence: str) -> list[str]:
    words = (WORDERS["motivation"](span) for span in infinitives(load_parser()(sentence)))
    return [w.text for w in words if w is not None]


@pytest.mark.parametrize(
    ("sentence", "clause", "words"),
    [
        ("Being in delivery means that I do it all.", "Being in delivery", "I am in delivery"),
        ("While being stuck in the lift I want a phone.", "being stuck in the lift", "I am stuck in the lift"),
        (
            "It said my trial had twenty-nine days left, and I thought, oh.",
            "my trial had twenty-nine days left",
            "my trial has twenty-nine days left",
        ),
        ("We had no money left when the invoice came.", "We had no money left", "we have no money left"),
        (
            "I had ketchup packets in the console so deep I couldn't find my sunglasses.",
            "I had ketchup packets in the console so deep",
            "I have ketchup packets in the console",
        ),
        (
            "Mind you, when Maureen's handed over I've never been caught out.",
            "when Maureen's handed over",
            "Maureen's handed over",
        ),
    ],
)
def test_a_circumstance_is_not_cut_where_it_says_something_else(sentence: str, clause: str, words: str) -> None:
    start = sentence.index(clause)
    span = load_parser()(sentence).char_span(start, start + len(clause))
    found = word_situation(span)
    assert found is not None
    assert found.text == words


@pytest.mark.parametrize("clause", ["As I laid out earlier", "As I mentioned in the survey", "Like I told the others"])
def test_that_something_was_told_before_is_no_occasion(clause: str) -> None:
    doc = load_parser()(f"{clause}, I hope to be done early.")
    span = next(doc[:n] for n in range(len(doc)) if doc[:n].text == clause)
    assert WORDERS["situation"](span) is None


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("I have to prepare slide decks for meetings very often.", "prepare slide decks for meetings"),
        ("I want to see my children often.", "see my children often"),
        ("I use it to post pictures more often.", "post pictures more often"),
        ("I was trying to find the leak in the roof with no success.", "find the leak in the roof"),
        ("I was trying to find the leak without any luck.", "find the leak"),
        ("I want to run the shop with success.", "run the shop with success"),
    ],
)
def test_how_often_and_in_vain_are_no_part_of_a_goal(sentence: str, goal: str) -> None:
    assert goals(sentence) == [goal]


def test_what_is_said_twice_is_no_part_of_the_words() -> None:
    told_twice = "They'd forget and I don't like to say I really don't like to say"
    assert goals(told_twice) == ["avoid saying"]


def test_what_only_begins_with_the_same_word_is_not_said_twice() -> None:
    assert goals("I have to check I have enough money for the rent") == ["check I have enough money for the rent"]


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("I want the house not to be cold when I get in.", "have the house not be cold when I get in"),
        ("I'd like the bill to be ready by six.", "have the bill ready by six"),
        ("I'd like one evening not to be on call.", "avoid being on call"),
    ],
)
def test_what_a_thing_is_to_be_keeps_the_thing_and_the_not(sentence: str, goal: str) -> None:
    assert goal in goals(sentence)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("I wanted that the old customer cannot be inside of the new paper.", "have the old customer"),
        (
            "I'd like to see one number, because before I know this I can't write the letter to the parents.",
            "avoid writing the letter to the parents",
        ),
        ("I don't like to have one more bill coming in.", "have one more bill coming in"),
        ("I'd like one evening not to be on call.", "have one evening on call"),
    ],
)
def test_a_goal_is_not_turned_round(sentence: str, wrong: str) -> None:
    assert wrong not in goals(sentence)


@pytest.mark.parametrize("slot", ["motivation", "outcome"])
def test_the_next_thought_is_no_part_of_the_words(slot: str) -> None:
    doc = load_parser()("I wanted it so I could do it stood there in the kitchen, before I've even left.")
    words = WORDERS[slot](doc[6:13])
    assert doc[6:13].text == "do it stood there in the kitchen"
    assert words is None


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("I want to make you laugh.", "make them laugh"),
        ("I need to switch it back on at night.", "switch it back on at night"),
        ("I wish I couldn't smell the bins from my desk.", "avoid smelling the bins from my desk"),
    ],
)
def test_who_is_told_and_which_way_it_goes_stay(sentence: str, goal: str) -> None:
    assert goal in goals(sentence)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("I can't bear being told what to eat.", "I can't bear being told what to eat"),
        ("I had hoped the dentist would call me back.", "I hope the dentist would call me back"),
    ],
)
def test_verb_forms_that_the_parser_takes_for_others_are_mended(sentence: str, words: str) -> None:
    found = word_situation(load_parser()(sentence)[:])
    assert found is not None
    assert found.text == words


def test_what_somebody_would_hate_is_no_goal() -> None:
    doc = load_parser()("I'd hate the food to be cold.")
    assert WORDERS["motivation"](doc[:]) is None


def test_what_there_is_needs_the_clause_that_says_what_of_it() -> None:
    doc = load_parser()("Last year there were forty-one parts invoices that we hadn't got.")
    assert word_situation(doc[2:-1]) is None
    plain = word_situation(load_parser()("There are too many invoices on my desk.")[:-1])
    assert plain is not None
    assert plain.text == "there are too many invoices on my desk"


def test_a_promise_that_is_told_again_is_no_goal() -> None:
    doc = load_parser()("She was frightened, so I said I'd keep the account on for bad weather.")
    assert WORDERS["motivation"](doc.char_span(doc.text.index("keep"), len(doc.text) - 1)) is None
