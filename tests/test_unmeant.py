"""What is said, but not as what the speaker is after."""

from __future__ import annotations

import pytest
from builders import word, worded_goals

from jtbd_nlp.drafting.frames.rules import frames_of
from jtbd_nlp.drafting.slots.situations import circumstances_of
from jtbd_nlp.language import load_parser


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("On quiet days I tend to have more energy for tasks.", "have more energy for tasks"),
        ("We tend to serve whoever waves first, to be honest.", "serve whoever waves first"),
        ("I'd rather miss a train than miss the wedding.", "miss a train"),
        ("I wanted somebody to say, Ann, that's fine for you.", "say, Ann"),
        ("You want to see the garden, I've a picture of it.", "see the garden"),
        ("I got to know the nurses on that ward.", "know the nurses on that ward"),
        ("I'd almost rather mow it than hear him moan.", "mow it"),
        ("I have been known to say loudly that it should leave me alone.", "say loudly that it should leave me alone"),
        ("I can tell you the price of a box of gloves in three sizes.", "tell you the price of a box of gloves"),
        (
            "I'm with a child that is struggling to regain the ability to swallow.",
            "regain the ability to swallow",
        ),
        ("I'd like the money part to be taken care of without me.", "be taken care of without me"),
    ],
)
def test_what_is_said_in_passing_or_of_another_is_no_goal(sentence: str, span: str) -> None:
    assert word("motivation", sentence, span) is None


@pytest.mark.parametrize(
    ("sentence", "span", "expected"),
    [
        ("I've got to know by noon who is coming.", "know by noon who is coming", "know by noon who is coming"),
        ("I tend to use it to draft the monthly letter.", "draft the monthly letter", "draft the monthly letter"),
        ("I want a tool that helps me regain my place.", "regain my place", "regain my place"),
        ("I use the notes from the meeting to write the report.", "write the report", "write the report"),
        (
            "I want to tell the parents what it costs.",
            "tell the parents what it costs",
            "tell the parents what it costs",
        ),
    ],
)
def test_what_only_looks_like_it_is_one(sentence: str, span: str, expected: str) -> None:
    assert word("motivation", sentence, span) == expected


def test_a_sentence_that_runs_on_is_no_relative_clause() -> None:
    found = word(
        "motivation", "When I saw a tool that could help me find the right words I was happy.", "find the right words"
    )
    assert found == "find the right words"
    kept = word(
        "motivation", "I want to find the words that are right for her.", "find the words that are right for her"
    )
    assert kept == "find the words that are right for her"


def test_to_wonder_at_oneself_is_no_wish_to_know() -> None:
    assert not list(frames_of(load_parser()("I don't know what I was thinking.")))
    assert list(frames_of(load_parser()("I don't know who has it.")))
    assert list(frames_of(load_parser()("I never know what I expect from them.")))


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        (
            "I want somebody else to be able to step in for two weeks without the house standing still.",
            "make sure somebody else can step in for two weeks without the house standing still",
        ),
        (
            "I need to hear about a rejected claim the day it's rejected, not when I happen to go digging.",
            "hear about a rejected claim the day it's rejected",
        ),
        ("I want my clients to be able to book online.", "make sure my clients can book online"),
        ("I want Nobody to see it.", "have nobody see it"),
    ],
)
def test_who_is_to_be_able_and_what_is_only_contrasted(sentence: str, goal: str) -> None:
    assert goal in worded_goals(sentence)
    assert not any(g.startswith(("avoid", "step", "book")) for g in worded_goals(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "And I don't know which frog.",
        "I'd rather have paid a couple of quid more.",
        "I didn't know if I wanted to laugh or cry.",
    ],
)
def test_what_is_unfinished_or_over_is_no_goal(sentence: str) -> None:
    assert worded_goals(sentence) == []


def test_what_trouble_was_taken_for_is_no_goal() -> None:
    assert "look at my own work" not in worded_goals(
        "So I had to drive out there, forty minutes, just to look at my own work."
    )


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("AI helps with my work with no real chance of taking over my position.", "take over my position"),
        ("We are not at the point where we want to eliminate the comparison.", "eliminate the comparison"),
        (
            "I know how to assist a child I work with that is struggling to regain the ability to eat.",
            "regain the ability",
        ),
        ("I would like to see you evolving better in the future.", "see"),
        ("That sounds good, I'm eager to read your questions.", "read"),
        ("It asks if I would like to set up a rule.", "set up a rule"),
        ("I've been known to let a dirty joke slip out at classes.", "slip out"),
    ],
)
def test_what_another_asks_does_or_is_not_yet_wanted_is_no_goal(sentence: str, never: str) -> None:
    assert not [g for g in worded_goals(sentence) if g.startswith(never)]


def test_time_that_a_tool_saves_is_saved() -> None:
    assert "save lots of time entering data" in worded_goals("I would love AI to save me lots of time entering data.")


def test_a_burden_is_no_goal() -> None:
    assert "run after the ten pounds" not in worded_goals(
        "But then I've to run after the ten pounds as well, so I stopped it."
    )
    assert "get the kids" not in worded_goals("I've got to get the kids.")
    assert "know what I do not know" not in worded_goals("I understand that I do not know what I do not know.")


def test_relief_is_no_circumstance_and_what_could_have_been_stays_so() -> None:
    assert word("situation", "I feel lighter.", "I feel lighter") is None
    for sentence in ("When the client is happy, I ask for a review.", "When I'm happy with the draft, I send it."):
        span = sentence.partition(",")[0]
        assert word("situation", sentence, span) == span.removeprefix("When ")
    assert word(
        "situation", "I send a message the evening before, by hand.", "I send a message the evening before"
    ) == ("I send a message the evening before by hand")
    sentence = "So I'm not wasting an hour I could've given to someone else."
    assert word("outcome", sentence, sentence[:-1]) == "that I'm not wasting an hour I could've given to someone else"
    assert (
        word("outcome", "I ask for a format that I can then fill in with my own words.", "that I can then fill in")
        is None
    )
    forced = "So I had to drive out there, forty minutes, just to look at my own work."
    assert word("outcome", forced, "to look at my own work") is None


@pytest.mark.parametrize(
    ("sentence", "goals"),
    [
        # what would be put up with is the price; what is worse is to be avoided
        ("I'd rather miss a train than miss the wedding.", ["avoid missing the wedding"]),
        ("I'd rather eat late than cook for two tables.", ["avoid cooking for two tables"]),
        ("I'd rather have the late shift than the early one.", ["have the late shift"]),
        # advice that follows without a mark is another thought
        ("If you want to keep hens mend the fence.", ["keep hens"]),
    ],
)
def test_of_two_things_the_one_that_is_wanted_is_the_goal(sentence: str, goals: list[str]) -> None:
    assert worded_goals(sentence) == goals


@pytest.mark.parametrize(
    ("sentence", "span", "expected"),
    [
        ("If you want to keep your hens mend the fence.", "keep your hens mend the fence", "keep my hens"),
        ("I want to make the hall look tidy.", "make the hall look tidy", "make the hall look tidy"),
        ("I want to know that he's up and then I can go.", "know that he's up", "know that he's up"),
        ("I want to see that it's on and working.", "see that it's on and working", "see that it's on and working"),
        (
            "I need to know what can I do about the damp.",
            "know what can I do about the damp",
            "know what I can do about the damp",
        ),
        (
            "I'm thinking what colour do I need to order.",
            "thinking what colour do I need to order",
            "think what colour I need to order",
        ),
    ],
)
def test_phrases_are_cut_where_the_thought_ends_and_nothing_is_left_out(
    sentence: str, span: str, expected: str
) -> None:
    assert word("motivation", sentence, span) == expected


def test_what_is_known_is_said_in_whole() -> None:
    assert worded_goals("I don't know if a clerk is reading it or it's in some, some cellar.") == [
        "know if a clerk is reading it or it's in some cellar"
    ]
    assert worded_goals("I never know who is in the, the office.") == ["know who is in the office"]
    assert worded_goals("I want to find the, the key.") == ["find the key"]
    found = worded_goals("I just want to know at nine that she's up and then I could go.")
    assert found == ["know at nine that she's up"]


def test_what_somebody_never_did_in_a_lifetime_is_no_occasion() -> None:
    parse = load_parser()
    assert not list(circumstances_of(parse("My aunt never went to a dentist in her life.")))
    assert not list(circumstances_of(parse("My aunt never went abroad till she was dead.")))
    told = [w.text for w in circumstances_of(parse("My manager never told me the rota."))]
    assert told == ["my manager never tells me the rota"]
