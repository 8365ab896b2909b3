"""Goals that are told as a wish or a struggle: what progress each frame stands for, and what is none."""

from __future__ import annotations

import pytest

from jtbd_nlp.drafting.finding.candidates import Evidence
from jtbd_nlp.drafting.finding.finder import Finder
from jtbd_nlp.drafting.frames.rules import frames_of
from jtbd_nlp.drafting.slots.framed import word_frame
from jtbd_nlp.language import load_parser
from jtbd_nlp.records import Segment, SentenceTags


def goals(sentence: str) -> list[str]:
    """Word the frames of a sentence."""
    found = (word_frame(f) for f in frames_of(load_parser()(sentence)))
    return [w.text for w in found if w is not None]


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("I want to know when people are really arriving.", "know when people are arriving"),
        ("I'd like not to be the clock for one afternoon.", "avoid being the clock for one afternoon"),
        ("I want one time everyone agrees on, so that I'm not arguing.", "have one time everyone agrees on"),
        ("What I wanted was to not have to tell the story.", "avoid having to tell the story"),
        ("My dream is to work from the garden.", "work from the garden"),
        ("I wish I could see the whole week.", "see the whole week"),
        ("I'd rather be told about the delay on Monday.", "be told about the delay on Monday"),
        ("I want somebody who'll actually tell me what I'm doing wrong.", "know what I'm doing wrong"),
        ("I can never remember the order of the tablets.", "remember the order of the tablets"),
        ("I couldn't find the right form.", "find the right form"),
        ("I struggle to read the labels.", "read the labels"),
        ("There's no way to change the address.", "change the address"),
        ("It won't let me change the date.", "change the date"),
        ("I always forget to send the invoice.", "remember to send the invoice"),
        ("I never know which day the gas comes out.", "know which day the gas comes out"),
        ("I don't know what half the words are.", "know what half the words are"),
        ("They don't tell you whether the parcel left.", "know whether the parcel left"),
        ("I've no idea who has the keys.", "know who has the keys"),
        ("I had no idea whether we were earning until the accountant told me.", "know whether we are earning"),
        ("I end up ringing three people.", "avoid ringing three people"),
        ("I have to keep checking the tracker.", "avoid checking the tracker"),
        ("I end up not knowing who has paid.", "know who has paid"),
        ("I shouldn't have to keep my own list.", "avoid keeping my own list"),
        ("I was fed up of asking the neighbours.", "stop asking the neighbours"),
        ("I was scared of losing the deposit.", "avoid losing the deposit"),
        ("I don't know what is the green light.", "know what the green light is"),
        ("I didn't understand if the lamp was broken.", "know if the lamp is broken"),
        ("All I'm trying to do is show you my ticket.", "show them my ticket"),
        ("I want my uncle to be able to read the chart.", "make sure my uncle can read the chart"),
        ("I want to say no with a smile to the manager.", "say no with a smile to the manager"),
        ("I always forget to turn the boiler back on.", "remember to turn the boiler back on"),
        ("I want to see me daughter.", "see my daughter"),
        ("I want to be in me own kitchen by four.", "be in my own kitchen by four"),
        ("I want to get us out of this flat.", "get us out of this flat"),
    ],
)
def test_a_wish_or_a_struggle_stands_for_a_goal(sentence: str, goal: str) -> None:
    assert goal in goals(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "I can't complain about the service.",
        "I couldn't eat my tea.",
        "I end up fixing that myself.",
        "It should ask if I want to create the lists.",
        "I'm struggling to give an example.",
        "Do you want to see the carrier bag?",
        "I'd like it to tell them the difference.",
        "You can't not see a chain.",
        "I couldn't make head nor tail of the letter.",
        "He told me to come back in three months.",
        "I didn't know if I wanted to laugh or cry.",
        "I don't know what I'd do without the neighbours.",
        "I'm not scared of losing the deposit.",
        "I'd like the lads to say at the counter which machine it is for.",
    ],
)
def test_manners_of_speaking_and_what_others_do_are_no_goals(sentence: str) -> None:
    assert goals(sentence) == []


def test_toil_is_a_goal_only_where_it_is_told_as_a_struggle() -> None:
    text = "I end up ringing three people."
    segment = Segment(
        segment_id="a", transcript_id="t", turn_index=0, speaker="P", participant_id="t", role="participant",
        start_char=0, end_char=len(text), text=text,
    )  # fmt: skip

    def found(labels: frozenset[str]) -> list[str]:
        evidence = Evidence(segment=segment, tags=SentenceTags(labels=labels), centrality=1.0)
        return [c.wording.text for c in Finder([evidence]).find()["motivation"]]

    assert "avoid ringing three people" in found(frozenset({"struggle"}))
    assert "avoid ringing three people" not in found(frozenset())


def test_what_is_denied_behind_a_verb_is_the_other_thing() -> None:
    said = "I need to hear about a rejected claim today, not when I happen to look."
    assert not any("avoid" in g for g in goals(said))
