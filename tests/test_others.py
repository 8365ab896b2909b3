"""Wishes that concern other people, or that a sentence tells beside what others do; and the "I" that talk leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from jtbd_nlp.drafting.choosing.grading import graded
from jtbd_nlp.drafting.finding.candidates import Candidate, Evidence
from jtbd_nlp.drafting.finding.finder import Finder
from jtbd_nlp.drafting.frames.seeking import with_subject
from jtbd_nlp.records import Segment, SentenceTags


def found(text: str, stance: str = "own", *, wished: bool = False) -> list[Candidate]:
    """Return the goals of a passage."""
    segment = Segment(
        segment_id="a", transcript_id="t", turn_index=0, speaker="P", participant_id="t", role="participant",
        start_char=0, end_char=len(text), text=text,
    )  # fmt: skip
    tags = SentenceTags(labels=frozenset({"desire"}), stance=stance)  # type: ignore[arg-type]
    return Finder([Evidence(segment=segment, tags=tags, centrality=1.0, wished=wished)]).find()["motivation"]


def goals(text: str, stance: str = "own") -> list[str]:
    return [c.wording.text for c in found(text, stance)]


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("I'd love for my nephew to be able to lock up.", "make sure my nephew can lock up"),
        ("I'd love for the baker to have her own key.", "make sure the baker has her own key"),
        (
            "I'd like somebody to check the roof before the winter.",
            "have somebody check the roof before the winter",
        ),
        ("I want my name on the other side of the door.", "have my name on the other side of the door"),
        ("I want the keys by noon.", "have the keys by noon"),
        ("I keep thinking somebody should be looking at the roof.", "have somebody look at the roof"),
        ("I'd have something that just tells me she's in.", "know she's in"),
        ("I'd rather ring them before they complain.", "ring them before they complain"),
    ],
)
def test_what_others_are_to_do_and_where_things_are_to_be_are_goals(sentence: str, goal: str) -> None:
    assert goal in goals(sentence)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("I'd like somebody to check the roof before the winter.", "check the roof before the winter"),
        ("I need someone to talk to about the roof.", "have someone talk to"),
        ("If I'd given her them a month before, we'd have been paid.", "give her them"),
        ("Somebody should have been looking at the roof.", "have somebody look at the roof"),
        ("I just need one thing in this week that I don't have to carry two bags to.", "have one thing in this week"),
    ],
)
def test_anothers_doing_and_half_a_thing_are_none(sentence: str, wrong: str) -> None:
    assert not any(goal.startswith(wrong) for goal in goals(sentence))


@pytest.mark.parametrize("stance", ["others", "negated"])
def test_a_wish_counts_beside_what_others_do_or_what_is_denied(stance: str) -> None:
    assert "avoid taking up somebody's bench" in goals("I don't want to take up somebody's bench if it rains.", stance)
    assert goals("She said I want to see the garden.", stance) == []
    assert goals("He struggles to find the gate.", stance) == []


def test_the_subject_that_talk_leaves_out_is_read_as_the_speakers() -> None:
    text = "Just wanted to walk in on my own two feet."
    (goal,) = [c for c in found(text) if c.wording.text.startswith("walk in")]
    assert text[slice(*goal.span)].startswith("walk in on my own")
    assert goals("Trying to get the boxes out by eight.")[0] == "get the boxes out by eight"
    assert with_subject("Wanted to go?") is None
    assert with_subject("Wanted posters hung there.") is None


def test_where_others_are_told_of_the_subject_that_is_left_out_is_not_the_speaker() -> None:
    assert goals("Wanted to stay in her own house.", "others") == []


def test_the_grader_is_told_that_a_question_asked_for_it() -> None:
    def grade(candidates: Sequence[Candidate]) -> np.ndarray:
        return np.full((len(candidates), 2), (0.3, 0.05))

    asked = found("Same nurse at every visit.", wished=True)
    assert graded({"motivation": asked}, grade)["motivation"]
    assert not graded({"motivation": [replace(c, wished=False) for c in asked]}, grade)["motivation"]
