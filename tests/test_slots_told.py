"""What circumstances and gains are found where a word of time but no "when", or no "so", leads to them, and how they are worded."""

from __future__ import annotations

import pytest

from jtbd_nlp.drafting.finding.candidates import Evidence
from jtbd_nlp.drafting.finding.finder import Finder
from jtbd_nlp.drafting.frames.seeking import clauses_of_time, each_time
from jtbd_nlp.drafting.slots.gains import gained_clauses, gains_of
from jtbd_nlp.drafting.slots.worders import WORDERS
from jtbd_nlp.language import load_parser
from jtbd_nlp.records import Segment, SentenceTags


def gains(sentence: str) -> list[str]:
    doc = load_parser()(sentence)
    clauses = filter(None, map(WORDERS["outcome"], gained_clauses(doc)))
    return [*(w.text for w in gains_of(doc)), *(w.text for w in clauses)]


def circumstances(sentence: str) -> set[str]:
    doc = load_parser()(sentence)
    clauses = filter(None, map(WORDERS["situation"], (*clauses_of_time(doc), *each_time(doc))))
    return {w.text for w in clauses}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("I'd like to see the price without having to ring anybody.", "that I don't have to ring anybody"),
        ("I want to see the list instead of chasing people.", "that I don't have to chase people"),
        ("I want the chair filled without me ringing half the city.", "that I don't have to ring half the city"),
        ("I want them to know it without having to say it every time.", "that I don't have to say it every time"),
        ("I'm sick of chasing people for money.", "that I don't have to chase people for money"),
        ("I'm fed up with ringing the bank.", "that I don't have to ring the bank"),
        ("I shouldn't have to keep my own list.", "that I don't have to keep my own list"),
        ("Then nobody has to ring the surgery.", "that nobody has to ring the surgery"),
        ("I want it on paper because I don't want to lose the money.", "that I don't lose the money"),
        ("I don't want to be the only one who knows.", "that I am not the only one who knows"),
        ("I want to say no without sounding mean to them.", "that I don't sound mean to them"),
        ("Otherwise I forget to pay the rent.", "that I don't forget to pay the rent"),
        ("I do it for my own peace of mind.", "have peace of mind"),
        ("And then I'd know where I stand.", "know where I stand"),
        ("At least I'd sleep at night.", "sleep at night"),
        ("If I had the list, I could leave the office at five.", "leave the office at five"),
        ("The whole point is that I can leave the office at five.", "leave the office at five"),
    ],
)
def test_what_is_gained_or_spared(sentence: str, expected: str) -> None:
    assert expected in gains(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I don't want him to see the list.",  # somebody else's doing
        "I didn't want to go to the meeting.",  # one past refusal
        "Do I not have to ring the bank?",
        "He doesn't have to ring the bank.",
        "She left without being paid.",
        "I left without my coat.",
        "If I have the time, I'll wash the van.",  # a plan, nothing that is lacking
        "I would buy the blue one.",
        "I could not say it plainly without sounding mean.",  # what it takes, not what is spared
        "It is hard to find without ringing the council.",
        "He pays somebody else rather than writing his own letters.",
        "I don't want to use the list.",  # no reason for anything
        "And not because I want to spy.",
        "Otherwise, I will pay with the card.",  # another course
        "Then I will type the answer.",  # the next step
        "If Lorraine left I'd want to know the number.",
        "My aim is to bring the work home.",  # a goal
    ],
)
def test_what_is_neither_gained_nor_spared(sentence: str) -> None:
    assert gains(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("I check it as soon as I get home from work.", "I get home from work"),
        ("By the time I leave the barn, I want the list done.", "I leave the barn"),
        ("Every time I open the letter I feel sick.", "I open the letter"),
        ("I want to see the engine before I sign the contract.", "I am about to sign the contract"),
        ("I want to know it before it's too late to sell.", "it is about to be too late to sell"),
    ],
)
def test_clauses_of_time(sentence: str, expected: str) -> None:
    assert expected in circumstances(sentence)


def test_what_is_only_likened_is_no_circumstance() -> None:
    assert circumstances("It's as if I didn't know the way.") == set()
    assert circumstances("It is kind of like if I was trading jars with a neighbour.") == set()


def test_at_the_moment_is_no_clause_of_time() -> None:
    assert circumstances("At the moment I ring them with a list on paper.") == set()


def test_what_a_thing_is_to_do_can_be_an_outcome() -> None:
    doc = load_parser()("I want a stamp on the card so it feels like it counts.")
    found = WORDERS["outcome"](doc[7:-1])
    assert found is not None
    assert found.text == "that it feels like it counts"
    follows = load_parser()("I type it all in and so it guides my work.")
    assert WORDERS["outcome"](follows[6:-1]) is None


def test_candidates_hold_what_is_spared() -> None:
    text = "My mother broke her hip. So I want to see her care plan without having to ring the ward."
    first, goal = (
        Segment(
            segment_id=f"a:0:{start}", transcript_id="a", turn_index=0, speaker="P", participant_id="a",
            role="participant", start_char=start, end_char=end, text=text[start:end],
        )
        for start, end in ((0, 24), (25, len(text)))
    )  # fmt: skip
    told = [Evidence(segment=s, tags=SentenceTags(), centrality=0.5) for s in (first, goal)]
    found = {slot: {c.wording.text for c in cs} for slot, cs in Finder(told).find().items()}
    assert "that I don't have to ring the ward" in found["outcome"]
