"""Talk without marks, words said again and again, a turn of a thousand sentences: the work stays bounded."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from typing import Any

import pytest
from test_context import asked, material, said

from jtbd_nlp.context import Material, asked_wishes
from jtbd_nlp.context.answering import place_in_answer, questions_in, short_questions
from jtbd_nlp.context.moving import asked_force, forces_told
from jtbd_nlp.context.timeline import asked_stage
from jtbd_nlp.context.wishes import question_kinds

WORK_S = 2.0  # of processor time: each takes some hundredths


def works(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("word", ["word", "a", "anything", "rather", "something you would", "what did you"])
def test_a_long_turn_without_marks_is_read_once(word: str) -> None:
    spoken = f"{word} " * 30_000
    m = material(asked("t1", spoken), said("t1", spoken, force="habit"))
    for read in (short_questions, asked_force, asked_stage):
        assert works(lambda read=read: read(spoken)) < WORK_S  # type: ignore[misc]
    assert works(lambda: question_kinds(m.transcripts["t1"])) < WORK_S
    assert works(lambda: list(forces_told(m))) < WORK_S


def test_an_opening_said_again_and_again_is_read_once() -> None:
    m = material(said("t1", "there was a lot " * 40 + "of it"))
    assert works(lambda: place_in_answer([m.segments["s0"]], m.segments["s0"])) < WORK_S


def test_a_turn_of_many_sentences_is_read_once() -> None:
    m = material(asked("t1", "If you had a magic wand?"), said("t1", "A bench at every stop, and no stairs."))
    first = m.segments["s1"]
    many = [dataclasses.replace(first, segment_id=f"s{n}", start_char=first.start_char + n) for n in range(1, 2001)]
    long = Material.of(m.transcripts.values(), many, {})
    assert works(lambda: list(asked_wishes(long))) < WORK_S


def test_questions_are_found_as_before() -> None:
    spoken = "So. You left? Why, and when?! Hm\nWho else? And then."
    assert questions_in(spoken) == [" You left?", " Why, and when?", "Who else?"]
