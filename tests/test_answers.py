"""What is wished for in an answer to a question for a wish: the wanting stands in the question, the answer holds the rest."""

from __future__ import annotations

import pytest
from test_context import asked, material, said

from jtbd_nlp.context import Material, asked_wishes, wished_in
from jtbd_nlp.drafting.finding.candidates import Evidence
from jtbd_nlp.drafting.finding.finder import Finder
from jtbd_nlp.records import Segment, SentenceTags, Transcript, Turn
from jtbd_nlp.segmentation import SentenceSegmenter

WAND = "If you had a magic wand?"


def goals(text: str, *, wished: bool = True) -> list[str]:
    """Word the goals of a sentence that answers a question for a wish."""
    segment = Segment(
        segment_id="a", transcript_id="t", turn_index=0, speaker="P", participant_id="t", role="participant",
        start_char=0, end_char=len(text), text=text,
    )  # fmt: skip
    tags = SentenceTags(labels=frozenset({"struggle"}))
    found = Finder([Evidence(segment=segment, tags=tags, centrality=1.0, wished=wished)]).find()["motivation"]
    for c in found:
        start, end = c.span
        assert 0 <= start < end <= len(text)
    return [c.wording.text for c in found]


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        # that it be so
        ("That I'd be rung the same day.", "be rung the same day"),
        ("That my sister gets her own key.", "make sure my sister gets her own key"),
        ("And that I never run out of paper.", "avoid running out of paper"),
        ("That I don't have to ring three people.", "avoid ringing three people"),
        ("That when the kiln is ready I know.", "know when the kiln is ready"),
        ("That when the bus is late I'm told the new time.", "be told the new time when the bus is late"),
        ("If the doctor rang my mother back.", "make sure the doctor rings my mother back"),
        ("For my dad to have a bit of company.", "make sure my dad has a bit of company"),
        # a thing
        ("Three shelves by the window.", "have three shelves by the window"),
        ("Then a bench under the tree, I suppose.", "have a bench under the tree"),
        ("Same nurse at every visit.", "have the same nurse at every visit"),
        ("Honestly, a door that locks.", "have a door that locks"),
        # to do
        ("To know who's on the late shift.", "know who's on the late shift"),
        ("Just when it rains, to see which road is open.", "see which road is open"),
        ("Not having to ring three people.", "avoid ringing three people"),
        ("So I stop losing the slips.", "stop losing the slips"),
        # I would
        ("I'd have the bins emptied twice a week.", "have the bins emptied twice a week"),
        ("I'd have a bench at every stop.", "have a bench at every stop"),
        ("I'd hire two more cooks.", "hire two more cooks"),
        # asked of the other side
        ("Let me choose the day.", "choose the day"),
        ("Don't make me wait in the hall again.", "avoid waiting in the hall again"),
        ("Send me the bill by post.", "get the bill by post"),
    ],
)
def test_what_answers_a_question_for_a_wish_is_a_goal(sentence: str, goal: str) -> None:
    assert goal in goals(sentence)
    assert goal not in goals(sentence, wished=False)


@pytest.mark.parametrize(
    "sentence",
    [
        "That's a good question for my husband.",
        "That somebody had told me in the first year.",
        "A million pounds.",
        "The queue at the desk.",
        "I'd be happy with that.",
        "I'd have a look at it.",
        "I'd have kept the corner shop.",
        "Let me think about that.",
        "Don't get me wrong about the school.",
        "Ask me what I need before you write it down.",
        "Why would the desk be shut?",
        "The rent going up is my trouble.",
        "One thing that would be a start.",
        "That I'd stand at the gate, and on the wall it says who is in.",
    ],
)
def test_what_only_stands_in_such_an_answer_is_none(sentence: str) -> None:
    assert goals(sentence) == []


@pytest.mark.parametrize("word", ["Send", "Tell", "Show", "Pay", "Ask", "Warn", "Let", "To", "If", "That", "I'd have"])
def test_an_answer_of_one_word_fails_no_rule(word: str, caplog: pytest.LogCaptureFixture) -> None:
    assert goals(word) == []
    assert not caplog.records


def test_the_answer_ends_where_it_turns_to_something_else() -> None:
    answer = (
        "A house by the sea. No, joking, a shelf by the door. With a hook. So I stop losing the keys. "
        "My brother lost his in June. A long story."
    )
    text = f"{WAND}\n{answer}"
    turns = (
        Turn(turn_index=0, speaker="I", role="interviewer", start_char=0, end_char=len(WAND)),
        Turn(
            turn_index=1,
            speaker="P",
            role="participant",
            participant_id="P",
            start_char=len(WAND) + 1,
            end_char=len(text),
        ),
    )
    transcript = Transcript(transcript_id="t", source="t", text=text, turns=turns)
    m = Material.of([transcript], SentenceSegmenter().segment(transcript), {})
    told = [m.segments[i].text for i in sorted(wished_in(m))]
    assert told == ["No, joking, a shelf by the door.", "With a hook.", "So I stop losing the keys."]
    assert [w.quote.text for w in asked_wishes(m)] == told


@pytest.mark.parametrize("joke", ["Joking.", "Kidding.", "No, only joking."])
def test_a_joke_that_is_taken_back_is_no_wish(joke: str) -> None:
    first = material(asked("t1", WAND), said("t1", f"A house by the sea. {joke} A shelf by the door."))
    m = Material.of(first.transcripts.values(), SentenceSegmenter().segment(first.transcripts["t1"]), {})
    assert [w.quote.text for w in asked_wishes(m)] == ["A shelf by the door."]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        (WAND, True),
        ("Last one, magic wand.", True),
        ("The magic wand, Ann. What would you want?", True),
        ("What would have helped?", True),
        ("What would be ideal?", True),
        ("Is there anything you'd still like?", True),
        ("Is there anything you'd want to change on that?", True),
        ("And is there anything we haven't talked about?", True),
        ("Anything I should've asked?", True),
        ("Is there anything else about the way you bake at home that we haven't touched on?", True),
        ("Anything else?", True),
        ("Is there anything you like about the till?", False),
        ("Is there anything that's worse than before?", False),
        ("Anything else about booking?", False),
        ("Do you use anything else, beside the till?", False),
        ("Is there anything you miss?", False),
        ("Anything you'd love to keep, or that you'd want a friend to know?", False),
    ],
)
def test_which_questions_ask_for_a_wish_or_for_the_rest(question: str, asks: bool) -> None:
    m = material(asked("t1", question), said("t1", "The queue is a struggle for us.", labels=["struggle"]))
    assert bool(list(asked_wishes(m))) is asks


def test_anything_else_counts_at_the_end_of_the_talk() -> None:
    talk = [asked("t1", "Anything else?"), said("t1", "The queue is a struggle for us.", labels=["struggle"])]
    more = [line for n in range(8) for line in (asked("t1", f"And then {n}?"), said("t1", f"Then it was {n} again."))]
    assert list(asked_wishes(material(*talk)))
    assert not list(asked_wishes(material(*talk, *more)))
