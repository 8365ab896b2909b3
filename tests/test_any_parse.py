"""Wording rules on sentences as they come: whatever a parse looks like, no rule may fail, and one that does costs its sentence."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from jtbd_nlp.drafting.finding.worded import Worded
from jtbd_nlp.drafting.frames.answers import BEGINNINGS, answer_frames, completed, is_wish
from jtbd_nlp.drafting.frames.purposes import purposes_of
from jtbd_nlp.drafting.frames.rules import _OF_ONE_WORD, _RULES, frames_of
from jtbd_nlp.drafting.frames.seeking import clauses_of_time, each_time, infinitives
from jtbd_nlp.drafting.names import verb_phrases_of
from jtbd_nlp.drafting.slots.framed import word_frame
from jtbd_nlp.drafting.slots.gains import gained_clauses, gains_of
from jtbd_nlp.drafting.slots.situations import circumstances_of
from jtbd_nlp.drafting.slots.turned import turned_of
from jtbd_nlp.drafting.slots.worders import WORDERS
from jtbd_nlp.language import load_parser
from jtbd_nlp.records import Segment, SentenceTags

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
N = 300


def misheard(seed: int) -> Iterator[str]:
    """Yield sentences of the samples as a poor recording gives them: words lost, said twice, cut off."""
    draw = random.Random(seed)
    told = " ".join(path.read_text(encoding="utf8") for path in sorted(SAMPLES.glob("*.txt")))
    sentences = [s for s in re.split(r"(?<=[.?!])\s+", told) if 3 <= len(s.split()) <= 60]
    while True:
        words = draw.choice(sentences).split()
        start, end = sorted((draw.randrange(len(words)), draw.randrange(len(words)) + 1))
        cut = words[start : end + 1] if draw.random() < 0.4 else words
        twice = [w for w in cut for _ in range(1 + (draw.random() < 0.05))]
        yield " ".join(w for w in twice if draw.random() > 0.1) or "um"


def test_no_rule_fails_on_a_sentence_as_a_poor_recording_gives_it() -> None:
    draw = random.Random(3)
    for doc in load_parser().pipe(islice(misheard(7), N)):
        worded = [word_frame(frame) for frame in (*frames_of(doc), *answer_frames(doc))]
        for whole in filter(None, (completed(doc, beginning) for beginning in BEGINNINGS)):
            said = load_parser()(whole[0])
            worded += [word_frame(frame) for frame in frames_of(said) if is_wish(frame)]
        worded += [*gains_of(doc), *circumstances_of(doc), *turned_of(doc)]
        worded += [WORDERS["motivation"](span) for span in infinitives(doc)]
        worded += [WORDERS["outcome"](span) for span in (*purposes_of(doc), *gained_clauses(doc))]
        worded += [WORDERS["situation"](span) for span in (*clauses_of_time(doc), *each_time(doc))]
        start = draw.randrange(len(doc))
        worded += [rule(part) for rule in WORDERS.values() for part in (doc[:], doc[start : start + 9])]
        for goal in islice((w.text for w in worded if w is not None), 2):
            verb_phrases_of(goal)


def test_no_rule_that_looks_below_a_word_finds_a_frame_where_nothing_is_below() -> None:
    below = [rule for rule in _RULES if rule not in _OF_ONE_WORD]
    assert len(below) == len(_RULES) - len(_OF_ONE_WORD)
    bare = [t for doc in load_parser().pipe(islice(misheard(11), N)) for t in doc if not (t.n_lefts or t.n_rights)]
    assert len(bare) > N
    assert not [rule.__name__ for token in bare for rule in below for _ in rule(token)]


@pytest.mark.parametrize(
    "sentence",
    [
        "When I know I have one of these coming up, I coming up, I try to get the AI to generate ideas for me.",
        "I don't to see all the rest of it, there's a there with graphs.",
    ],
)
def test_a_parse_that_leads_back_to_itself_ends(sentence: str) -> None:
    doc = load_parser()(sentence)
    assert all(rule(doc[:]) is None or rule(doc[:]).text for rule in WORDERS.values())


def test_a_rule_that_fails_costs_its_sentence_and_is_told_of_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def failing() -> Iterator[str]:
        yield "found before"
        raise KeyError("private")

    segment = Segment(
        segment_id="a:0001", transcript_id="a", turn_index=0, speaker="P", participant_id="P", role="participant",
        text="My private words.", start_char=0, end_char=17, context="",
    )  # fmt: skip
    worded = Worded()
    assert worded.once(segment, SentenceTags(), "sought", failing) == []
    assert "sought" not in worded.of(segment, SentenceTags())  # the next run tells of it again
    assert worded.once(segment, SentenceTags(), "timed", lambda: [1]) == [1]
    assert "a:0001" in caplog.text and "private" not in caplog.text
