"""Wording of slots: words are cut whole, no meaning is turned, and what the sentence leaves open is not used."""

from __future__ import annotations

import pytest

from jtbd_nlp.drafting.names import name_of
from jtbd_nlp.drafting.slots import WORDERS
from jtbd_nlp.language import load_parser
from jtbd_nlp.records import Statement


def word(slot: str, sentence: str, span: str) -> str | None:
    """Word a span of a sentence."""
    start = sentence.index(span)
    found = WORDERS[slot](load_parser()(sentence).char_span(start, start + len(span), alignment_mode="expand"))
    return None if found is None else found.text


def cost(slot: str, sentence: str, span: str) -> float:
    """Return what the words of a span cost in clarity."""
    start = sentence.index(span)
    found = WORDERS[slot](load_parser()(sentence).char_span(start, start + len(span), alignment_mode="expand"))
    assert found is not None
    return found.cost


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        (
            "motivation",
            "I used it to guess what the best price for a boat would be, and where to ask.",
            "guess what the best price for a boat would be",
            "guess what the best price for a boat would be",
        ),
        (
            "motivation",
            "I'm trying to find the seat that's for me, because it is cold.",
            "find the seat that's for me",
            "find the seat that's for me",
        ),
        (
            "motivation",
            "I'd get the roof looked at by a proper builder.",
            "get the roof looked at by a proper builder",
            "get the roof looked at by a proper builder",
        ),
        (
            "motivation",
            "I want to finish the time-consuming lists.",
            "finish the time-consuming lists",
            "finish the time-consuming lists",
        ),
        (
            "motivation",
            "I use it to sort already-labelled jars.",
            "sort already-labelled jars",
            "sort already-labelled jars",
        ),
        (
            "motivation",
            "I prefer to write the long letters myself.",
            "write the long letters myself",
            "write the long letters myself",
        ),
        (
            "motivation",
            "I use it a lot to help me scaffold questions for young readers.",
            "help me scaffold questions for young readers",
            "scaffold questions for young readers",
        ),
        (
            "motivation",
            "I want to find new ways to streamline the parts of the work that take me the most time and nerve.",
            "find new ways",
            "find new ways to streamline the parts of the work",
        ),
        ("situation", "When I'm given a vague map to work from, I ask.", "I'm given a vague map to work from",
         "I'm given a vague map to work from"),
        ("situation", "The research is so time-consuming and dear.", "The research is so time-consuming and dear",
         "the research is so time-consuming and dear"),
        ("situation", "When I couldn't find out, I rang.", "When I couldn't find out", "I can't find out"),
    ],
)  # fmt: skip
def test_no_end_and_no_half_of_a_word_is_lost(slot: str, sentence: str, span: str, expected: str) -> None:
    assert word(slot, sentence, span) == expected


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        ("motivation", "I don't care about maps or tables.", "care about maps or tables", None),
        ("motivation", "We do not have an approved budget yet.", "have an approved budget yet", None),
        ("motivation", "The tool can't read my scans.", "read my scans", None),
        ("motivation", "I would not need to keep the tests to myself.", "keep the tests to myself", None),
        ("motivation", "I prefer to write my own songs, I don't like using tools for that.", "write my own songs",
         "write my own songs"),
        ("motivation", "I don't want to get caught in an old lie.", "get caught in an old lie",
         "avoid being caught in an old lie"),
        ("motivation", "I need to be careful not to reveal a name to anybody.", "reveal a name", "avoid revealing a name to anybody"),
        ("motivation", "We want that the nurse does not think about the gloves at all.",
         "the nurse does not think about the gloves at all", "have the nurse not think about the gloves at all"),
        ("motivation", "It makes me sound like a robot.", "sound like a robot", None),
        ("motivation", "Do I want to be sat doing sums at night?", "be sat doing sums at night", None),
        ("motivation", "I used to only make hats and scarves.", "make hats and scarves", None),
        ("motivation", "He wanted to be able to play the song.", "play the song", None),
        ("outcome", "I wasn't posting letters often.", "I wasn't posting letters often", None),
    ],
)  # fmt: skip
def test_no_meaning_is_turned(slot: str, sentence: str, span: str, expected: str | None) -> None:
    assert word(slot, sentence, span) == expected


def test_phrases_that_break_off_cost_more() -> None:
    known = cost("motivation", "I was able to find new wool.", "find new wool")
    assert cost("motivation", "I was able to find new ways.", "find new ways") > known + 0.25
    assert (
        cost("motivation", "I want to grow it into a very profitable, turn key business.", "grow it into a very") > 0.5
    )


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("there was the launch", "And then there was the launch."),
        ("the reality is that we are buried in paper", "Well, the reality is that we are buried in paper."),
        ("the problem is something", "When the problem is something, I ask."),
        ("the notes allow me", "And the notes allow me"),
        ("After two hours of cooling", "After two hours of cooling, it is done."),
        ("with my emails", "I use it a lot with my emails."),
    ],
)
def test_what_names_a_thing_or_belongs_elsewhere_is_no_circumstance(span: str, sentence: str) -> None:
    assert word("situation", sentence, span) is None


@pytest.mark.parametrize(
    ("slot", "sentence", "span", "expected"),
    [
        ("situation", "I use it for talks when wanting to cheer up my helpers.", "when wanting to cheer up my helpers",
         "I want to cheer up my helpers"),
        ("situation", "Any task that requires a steady hand I do alone.", "Any task that requires a steady hand",
         "there is a task that requires a steady hand"),
        ("situation", "We rang them, with the customer standing there.", "with the customer standing there",
         "I have the customer standing there"),
        ("outcome", "I work for myself, so I don't have a boss.", "I don't have a boss", None),
        ("outcome", "It is under contract, so I can't say more.", "I can't say more", None),
        ("outcome", "I file it, so that I don't lose track of it.", "I don't lose track of it",
         "that I don't lose track of it"),
        ("outcome", "I found that the charts were right for the job.", "the charts were right for the job", None),
        ("outcome", "I like it, it is faster.", "faster", None),
        ("motivation", "It is about ensuring the letter made sense.", "ensuring the letter made sense",
         "ensure the letter makes sense"),
        ("motivation", "I revise my plan based on the AI response.", "revise my plan based on the AI response",
         "revise my plan"),
    ],
)  # fmt: skip
def test_clauses_are_said_as_they_are_meant(slot: str, sentence: str, span: str, expected: str | None) -> None:
    assert word(slot, sentence, span) == expected


@pytest.mark.parametrize(
    ("goal", "name"),
    [
        ("avoid being the man who chases people", "Avoid being the man who chases people"),
        ("carry my old books along bit by bit", "Carry my old books along bit by bit"),
    ],
)
def test_a_name_keeps_what_its_last_word_calls_for(goal: str, name: str) -> None:
    assert name_of(Statement(situation=None, motivation=goal, outcome=None, text="")) == name
