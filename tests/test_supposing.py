"""Whose wish it is, what it is of, and which way round: other people's wishes, talk to the listener, past events and jokes are none."""

from __future__ import annotations

import pytest
from builders import worded_goals


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        # what would be welcome
        ("I'd love it if somebody else did the bookings.", "have somebody else do the bookings"),
        ("I'd prefer it if the invoices came in on the first.", "have the invoices come in on the first"),
        ("It'd help if they told us what the delay was.", "know what the delay is"),
        ("It'd be easier if the forms were all in one place.", "have the forms all in one place"),
        ("What would be useful is a list of who's been paid.", "have a list of who's been paid"),
        ("I wish I had a list of who's coming.", "have a list of who's coming"),
        ("I wish I knew who to ring when the boiler packs up.", "know who to ring when the boiler packs up"),
        ("Isn't there a way to turn off the lights at night?", "turn off the lights at night"),
        # what is to be there, to be had, to be done
        ("I'd like there to be a record of what was said.", "have a record of what was said"),
        ("I'd rather the kids had their own room.", "make sure the kids have their own room"),
        ("I'd love for my dad to have somebody to talk to.", "make sure my dad has somebody to talk to"),
        ("I want nobody else touching the accounts.", "have nobody else touch the accounts"),
        ("The one thing I'm after is a bit of peace.", "have a bit of peace"),
        ("What I'm hoping for is a bit of notice.", "have a bit of notice"),
        ("What we're trying to do is get the waiting time down.", "get the waiting time down"),
        ("I'd rather pay a bit more and have it done right.", "pay a bit more"),
        ("So I can get to my mum's before she goes to bed.", "get to my mum's"),
        # not to be
        ("I'm trying not to spend so much on lunches.", "avoid spending so much on lunches"),
        ("What matters to me is not losing the receipts.", "avoid losing the receipts"),
        ("I need a way of not losing the receipts.", "avoid losing the receipts"),
        ("What I want to avoid is going back to the old system.", "avoid going back to the old system"),
        ("I don't want to wake up and find the pipes frozen.", "avoid finding the pipes frozen"),
        ("What I don't want is to pay twice.", "avoid paying twice"),
        ("I want her to have the same chances I had.", "make sure she has the same chances I had"),
        ("It would help if there was a sign by the lift.", "have a sign by the lift"),
        ("I'd like them to have had their tea before I get in.", "make sure they have their tea before I get in"),
        # a word that would refuse another sentence
        ("We joke about it, but I want to get the shed sorted by winter.", "get the shed sorted by winter"),
        ("People say I'm fussy because I want the seams to line up.", "have the seams line up"),
        ("I want to get the patient to the helicopter in one go.", "get the patient to the helicopter in one go"),
        ("I want to apply for lottery funding for the hall.", "apply for lottery funding for the hall"),
        ("If I want to see my kids at bedtime, I still have to leave at four.", "see my kids at bedtime"),
        ("We had to make the money last all month.", "make the money last all month"),
        ("I'm not trying to be difficult, I want to know where my parcel is.", "know where my parcel is"),
        ("I want you to remind me of the visit.", "be reminded of the visit"),
    ],
)
def test_a_wish_is_worded_the_right_way_round(sentence: str, goal: str) -> None:
    assert goal in worded_goals(sentence)


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("I'm trying not to spend so much on lunches.", "spend so much on lunches"),
        ("I need a way of not losing the receipts.", "lose the receipts"),
        ("What I want to avoid is going back to the old system.", "go back to the old system"),
        ("What I don't want is to pay twice.", "pay twice"),
        ("What I'm trying to avoid is having to ring them twice.", "ring them twice"),
        ("I'm not asking for the world, I just want to be told when it's late.", "avoid asking for the world"),
        ("I'd like there to be a record of what was said.", "be a record of what was said"),
        ("I don't want to wake up and find the pipes frozen.", "avoid waking up"),
    ],
)
def test_the_opposite_or_a_part_is_not_said(sentence: str, goal: str) -> None:
    assert goal not in worded_goals(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        # other people's
        "She'd love it if I moved back home.",
        "My mum would be happy if I came home at weekends.",
        "He'd be happy to see the back of it.",
        "What matters to my brother is winning the argument.",
        # to the listener
        "I'd love to help you but I'm off at five.",
        "It'd be good to talk to you again.",
        "I wanted to ask you how long this takes.",
        "It'd be great to get your thoughts on the homepage.",
        "I want to be able to let you know if I'm late.",
        "I need you to click on the blue icon.",
        "I don't want you to get the wrong idea.",
        "It would be better if you asked my husband.",
        "I'd be happy to answer any other questions.",
        "If I were you I'd want to check the date first.",
        "What I want to say is that it's complicated.",
        "I'd like all of you to have a copy before the meeting.",
        # past, likings, likenesses, jokes
        "I hope he got home all right.",
        "I looked for the keys with the red tag.",
        "I had to stand in the rain for an hour once.",
        "The important thing is that nobody was hurt.",
        "What I love is the smell of the place.",
        "So I could hear them arguing through the wall.",
        "That you can see from the road.",
        "It's like trying to nail jelly to the wall.",
        "It'd be nice if it stopped raining.",
        "I want to cry every time I open it.",
        "I'd sooner stick pins in my eyes.",
        "I wish I had a pound for every time I've heard that.",
        "I wanted something lighter that I could carry up the stairs.",
    ],
)
def test_nobodys_goal(sentence: str) -> None:
    assert worded_goals(sentence) == []
