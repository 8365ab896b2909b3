"""Segments: exact slices, in order, of a sensible size, with times and context."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jtbd_nlp.records import Transcript, Turn
from jtbd_nlp.segmentation import MAX_BARE_WORDS, SentenceSegmenter, is_backchannel


def transcript(
    *turns: tuple[str, str], times: tuple[tuple[int, float], ...] = (), end_s: float | None = None
) -> Transcript:
    """Build a transcript of (role, words) turns."""
    text, built = "", []
    for i, (role, words) in enumerate(turns):
        text += f"{role.title()}: "
        start = len(text)
        text += words
        made = Turn(
            turn_index=i,
            speaker=role.title(),
            role=role,  # type: ignore[arg-type]
            start_char=start,
            end_char=len(text),
            start_s=None if end_s is None else 0.0,
            end_s=end_s,
        )
        built.append(made)
        text += "\n\n"
    return Transcript(transcript_id="t", source="t.txt", text=text, turns=tuple(built), times=times)


def cut(*turns: tuple[str, str]) -> list[str]:
    return [s.text for s in SentenceSegmenter().segment(transcript(*turns))]


def test_sentences_are_cut_and_the_question_is_their_context() -> None:
    made = transcript(("interviewer", "How do you bill?"), ("participant", "By hand. It takes me all of Sunday."))
    segments = SentenceSegmenter().segment(made)
    assert [s.text for s in segments] == ["How do you bill?", "By hand.", "It takes me all of Sunday."]
    assert segments[2].context == "How do you bill? By hand."
    assert segments[0].context == ""


def test_a_wrapped_line_is_one_sentence_and_a_list_is_not() -> None:
    found = cut(("participant", "I do the books\nat night when it is quiet.\n- chase the bills\n- file the slips"))
    assert found == ["I do the books\nat night when it is quiet.", "chase the bills", "file the slips"]


def test_an_answer_no_is_no_abbreviation() -> None:
    found = cut(("participant", "No. You have to see it. Hull no. Leeds yes. We sold no. 5 and no. 7."))
    assert found == ["No.", "You have to see it.", "Hull no.", "Leeds yes.", "We sold no. 5 and no. 7."]


def test_speech_without_punctuation_is_cut_at_new_thoughts() -> None:
    words = " ".join(["so i go home and i write it down because nobody tells me who has paid"] * 8)
    found = cut(("participant", words))
    assert len(found) > 3
    assert max(len(f.split()) for f in found) <= MAX_BARE_WORDS
    assert " ".join(found) == words


def test_a_long_pause_is_where_unpunctuated_speech_is_cut() -> None:
    words = ["alpha"] * 40
    text = " ".join(words)
    made = transcript(("participant", text), end_s=40.0)
    start = made.turns[0].start_char
    times = tuple((start + 6 * i, 0.4 * i + (5.0 if i >= 15 else 0.0)) for i in range(40))
    timed = transcript(("participant", text), times=times, end_s=40.0)
    first = SentenceSegmenter().segment(timed)[0]
    assert len(first.text.split()) == 15


def test_stage_directions_and_lone_punctuation_never_stand_alone() -> None:
    found = cut(("participant", "[laughs] Really. No . I mean it costs me two hours (pause) every week."))
    assert found[0] == "Really."
    assert all(any(c.isalnum() for c in f) for f in found)


def test_times_grow_within_a_turn() -> None:
    made = transcript(("participant", "First I wait. Then I call them. Then I give up."), end_s=30.0)
    starts = [s.start_s for s in SentenceSegmenter().segment(made)]
    assert starts == sorted(starts)  # type: ignore[type-var]
    assert starts[0] == 0.0


def test_backchannels_are_known() -> None:
    assert all(map(is_backchannel, ["mhm", "Yeah, exactly.", "OK. Great, thank you!", "...", "Right, right, I see."]))
    assert not any(map(is_backchannel, ["Yeah, it breaks every week.", "No invoices.", "I hate it"]))


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=4))
def test_segments_are_exact_ordered_disjoint_slices(turns: list[str]) -> None:
    made = transcript(*(("participant", words) for words in turns))
    segments = SentenceSegmenter().segment(made)
    at = 0
    for s in segments:
        assert made.text[s.start_char : s.end_char] == s.text
        assert s.text == s.text.strip()
        assert s.text
        assert s.start_char >= at
        at = s.end_char
    spoken = {i for i, words in enumerate(turns) if any(c.isalnum() for c in words)}
    assert spoken <= {s.turn_index for s in segments}


def test_a_line_of_60_000_words_is_cut() -> None:
    found = SentenceSegmenter().segment(transcript(("participant", "word " * 60_000)))
    assert len(found) > 1000
