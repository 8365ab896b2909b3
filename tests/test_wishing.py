"""Wishes that are no "I want to do it": what is to be so, to be had, to be found; and what only sounds like one."""

from __future__ import annotations

import pytest
from builders import worded_goals

from jtbd_nlp.drafting.frames.rules import frames_of
from jtbd_nlp.drafting.grammar.inflection import gerund, participle
from jtbd_nlp.drafting.slots.framed import word_frame
from jtbd_nlp.language import load_parser


def goals(sentence: str) -> list[str]:
    """Word the frames of a sentence."""
    found = (word_frame(f) for f in frames_of(load_parser()(sentence)))
    return [w.text for w in found if w is not None]


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("I want it written down before we start.", "have it written down before we start"),
        ("I just want it to feel like a family dinner.", "have it feel like a family dinner"),
        ("I need them to be able to find the door.", "make sure they can find the door"),
        ("We wanted her back in the garden.", "have her back in the garden"),
        ("I wish he'd take the bins down.", "have him take the bins down"),
        ("I wish there was a tray that hooks on the rail.", "have a tray that hooks on the rail"),
        ("I wish there was a way to lock it from upstairs.", "lock it from upstairs"),
        ("Is there any way to see the total before I pay?", "see the total before I pay"),
        ("I need a way to reach the top shelf.", "reach the top shelf"),
        ("I had to have some way of knowing who was in the building.", "know who is in the building"),
        ("I'd rather it was on the wall.", "have it on the wall"),
        ("I'd sooner ring the shop.", "ring the shop"),
        ("I'd rather have the late shift than the early one.", "have the late shift"),
        ("It'd be great if I could book the late bus.", "book the late bus"),
        ("It would be nice to be able to show my brother the receipts.", "show my brother the receipts"),
        ("I'd love it if they put a bench on that path.", "have them put a bench on that path"),
        ("It'd be good if they told you when the water goes off.", "know when the water goes off"),
        ("If I could trust the scales, I wouldn't have to weigh it twice.", "trust the scales"),
        ("If I could see the rota, that'd save me a phone call.", "see the rota"),
        ("I'd give a lot for two hours of quiet.", "have two hours of quiet"),
        ("I'm looking for a shelf that holds the big jars.", "find a shelf that holds the big jars"),
        ("I'm still looking for somebody who can mend the gate.", "find somebody who can mend the gate"),
        ("I'm trying to get away by eight on Fridays.", "get away by eight on Fridays"),
        ("I want to wake up and not feel stiff all morning.", "avoid feeling stiff all morning"),
        ("I don't want to sit and watch the pot for an hour.", "avoid watching the pot for an hour"),
        ("I'm trying to get back in my profession.", "get back in my profession"),
        ("Ideally I'd have a list on the wall.", "have a list on the wall"),
        ("I'd be happy if they rang first.", "have them ring first"),
        ("I wouldn't mind if they rang first.", "have them ring first"),
        ("I would prefer if it goes on the wall.", "have it go on the wall"),
        ("I'd want them to all be in one room.", "have them in one room"),
        ("I'd like one time not to be the one who pays.", "avoid being the one who pays"),
        ("I was hoping we could meet the teacher on Mondays.", "meet the teacher on Mondays"),
        ("I only hoped it'd tell me when the ferry is full.", "know when the ferry is full"),
        ("I was hoping the clinic would let you choose the day.", "have the clinic let me choose the day"),
        ("If somebody would just tell me which bin goes out.", "know which bin goes out"),
        ("If I could read the meter from my bed.", "read the meter from my bed"),
        ("There has to be a way to lock it from upstairs.", "lock it from upstairs"),
        ("There's got to be a way to lock it from upstairs.", "lock it from upstairs"),
        ("There must be some way of stopping the leak.", "stop the leak"),
        ("I can't stand asking the neighbours for lifts.", "avoid asking the neighbours for lifts"),
        ("It'd save me driving to the depot.", "avoid driving to the depot"),
        ("I was after something that fits under the sink.", "have something that fits under the sink"),
        ("I want that the parcels go to the porter.", "make sure the parcels go to the porter"),
        ("I don't dare to walk over the bridge at night.", "walk over the bridge at night"),
        ("I want to get the boy to write it down.", "get the boy to write it down"),
    ],
)
def test_what_is_to_be_so_is_a_goal(sentence: str, goal: str) -> None:
    assert goal in goals(sentence)


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("What I'm after is four hours in one go.", "have four hours in one go"),
        ("What I need is the surname and the year.", "have the surname and the year"),
        ("What I'd like is for the gap to be filled without a phone call.", "have the gap filled without a phone call"),
        ("What I'd like is one person per family that we speak to.", "have one person per family that we speak to"),
        ("All I ask is that they ring the day before.", "make sure they ring the day before"),
        ("What matters is that they've understood the drawing.", "make sure they understand the drawing"),
        ("The most important thing is that nobody gets lost on the way.", "make sure nobody gets lost on the way"),
        ("The main thing for me is not to be a burden on the children.", "avoid being a burden on the children"),
        ("That's the main thing for me, having the same people every week.", "have the same people every week"),
        ("The whole point for me is being able to walk to the shops.", "walk to the shops"),
        ("The main thing's getting the dog home before it's dark.", "get the dog home"),
        ("It's important to me that the kids eat at the table.", "make sure the kids eat at the table"),
        ("As long as I can carry on reading, I'm happy.", "carry on reading"),
        ("As long as I keep my licence, that's all.", "keep my licence"),
        ("So that I can answer the door from upstairs.", "answer the door from upstairs"),
        ("So that I can go home and not have to think about the till.", "avoid having to think about the till"),
        (
            "What I'm after is having the receipt within a week of them spending it.",
            "have the receipt within a week of them spending it",
        ),
        ("It's so I can be at home in the evenings.", "be at home in the evenings"),
        ("I have to be careful not to wake the baby.", "avoid waking the baby"),
        ("So I make sure that everyone has a copy.", "make sure that everyone has a copy"),
        ("That's all I was after, to know who came.", "know who came"),
        ("That she can stay in the house.", "make sure she can stay in the house"),
    ],
)
def test_what_is_called_the_main_thing_is_a_goal(sentence: str, goal: str) -> None:
    assert goal in goals(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "She wanted me to sign up for some pass.",
        "Do you want it wrapped up?",
        "I didn't want it written down.",
        "I'd sooner dig a pond than ask for money.",
        "It was good if they rang on a Friday.",
        "If I could afford a horse I'd still live here.",
        "I'm looking for the button that says save.",
        "He was looking for a shelf that holds jars.",
        "He's trying to get away by eight.",
        "There was a tray that hooks on the rail.",
        "There's no way I'd pay that much.",
        "My sister's main thing is getting there first.",
        "The main thing was the price of the flat.",
        "What she wants is to go home at night.",
        "The point is that they never ring.",
        "As long as it rains, nobody comes.",
        "As long as I lived there, the roof leaked.",
        "So I can't tell you.",
        "I wish I'd never bought the thing.",
        "I wish it was better at Excel.",
        "She makes sure that everyone has a copy.",
        "It's so cold I can see my breath.",
        "It would be wonderful if AI could take over more of my tasks.",
        "I wanted it to analyse the answers.",
        "It is important that people learn to cook.",
        "I'd be on the road after a long shift with the van.",
        "I was hoping they'd gone.",
        "If I could afford it I'd go.",
        "If somebody rang, I never heard it.",
        "There must be a way that leads to the pond.",
        "I can't stand my uncle.",
        "She can't stand asking the neighbours.",
        "It saved me driving to the depot.",
        "He was after something that fits under the sink.",
        "Don't you dare to touch it.",
        "I don't mind if they ring first.",
    ],
)
def test_what_only_sounds_like_a_wish_is_none(sentence: str) -> None:
    assert goals(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "My sister-in-law says I want to get myself on one of those programmes.",
        "We used to joke you needed a rope to get over it.",
        "If you ever want to know how to get to the airport, I'm your man.",
        "If you want to see the garden, I'll show you the pictures.",
        "It was like being nine again at the back of the class.",
        "It's like finding out your best friend is a spy.",
        "I'd like to fly to the moon, love.",
        "I'm going to be a soap millionaire by Easter.",
        "If you'd give me a year for free, I would still have her typing.",
        "I'm not trying to fiddle anything.",
        "I had to put a loaf of bread back once.",
        "Last month I had to cancel the Wednesday club.",
        "I've got to go and hold a torch now.",
        "I tap it and say I'll ring you back in twenty minutes.",
        "And I didn't like it, to be fair.",
    ],
)
def test_advice_offers_likenesses_jokes_and_events_are_no_goals(sentence: str) -> None:
    assert worded_goals(sentence) == []


def test_a_duty_that_lasts_is_not_taken_for_an_event() -> None:
    assert "keep that number going for his sister" in worded_goals(
        "So we had to keep that number going for his sister."
    )


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("I don't want to be the late one anymore.", "stop being the late one"),
        ("I don't want to wait any nine days.", "avoid waiting nine days"),
        ("I don't want to be the one phoning a garage in, I don't know, Hull.", "avoid being the one phoning a garage"),
        ("I don't want to ring a person who has already paid.", "avoid ringing a person who has already paid"),
        ("I need to get her hip looked at.", "get her hip looked at"),
        ("I want to give her her ticket back.", "give her her ticket back"),
        ("I looked just to see what bus.", "see what bus"),
    ],
)
def test_what_is_unwanted_or_short_is_said_in_whole_words(sentence: str, goal: str) -> None:
    assert goal in worded_goals(sentence)


def test_what_a_robot_is_to_be_is_not_what_the_speaker_is_to_be() -> None:
    assert "be the referee" not in worded_goals("I wanted a robot to be the referee.")


@pytest.mark.parametrize(
    ("lemma", "doing", "done"),
    [("slide", "sliding", "slid"), ("sit", "sitting", "seated"), ("submit", "submitting", "submitted")],
)
def test_forms_of_verbs(lemma: str, doing: str, done: str) -> None:
    assert (gerund(lemma), participle(lemma)) == (doing, done)


@pytest.mark.parametrize(
    "sentence",
    [
        "I wish I couldn't hear the neighbours.",
        "I wouldn't dare to touch the settings.",
        "I was after a long day at work.",
        "I was after my sister in the queue.",
    ],
)
def test_what_only_sounds_like_a_further_wish_is_no_goal(sentence: str) -> None:
    assert not goals(sentence)
