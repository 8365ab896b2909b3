"""What stands around a job comes from tagged passages alone, as exact slices, and "none found" where there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtbd_nlp.context import (
    STAGES,
    Material,
    confidence_of,
    counter_quotes_of,
    dimensions_of,
    effective_voices,
    emotions_of,
    episodic_share,
    forces_of,
    phrase_quotes_of,
    phrases_of,
    solutions_of,
    stage_of,
    struggle_coverage,
    tells_episode,
    wishes_of,
)
from jtbd_nlp.context.forces import force_of
from jtbd_nlp.context.opposites import contradiction
from jtbd_nlp.context.solutions import DOING_NOTHING, does_nothing, is_fired, is_unused, solution_names
from jtbd_nlp.records import FORCES, Job, Quote, Segment, SentenceTags, Statement, Transcript, Turn

Line = tuple[str, str, str, dict[str, Any]]  # transcript, role, words, tags


def material(*lines: Line) -> Material:
    texts: dict[str, str] = {}
    turns: dict[str, list[Turn]] = {}
    segments, tags = [], {}
    for number, (name, role, words, given_marks) in enumerate(lines):
        marks = dict(given_marks)
        start = len(texts.setdefault(name, ""))
        texts[name] += words + "\n"
        who = f"P{name[1:]}" if role == "participant" else None
        turn = Turn(
            turn_index=len(turns.setdefault(name, [])), speaker=role, role=role, participant_id=who,  # type: ignore[arg-type]
            start_char=start, end_char=start + len(words),
        )  # fmt: skip
        turns[name].append(turn)
        segment = Segment(
            segment_id=f"s{number}", transcript_id=name, turn_index=turn.turn_index, speaker=role, participant_id=who,
            role=turn.role, text=words, start_char=start, end_char=turn.end_char,
        )  # fmt: skip
        segments.append(segment)
        spans = {k: (words.index(v), words.index(v) + len(v)) for k, v in marks.pop("spans", {}).items()}
        labels = frozenset(marks.pop("labels", ())) | spans.keys() - {"motivation"}
        tags[segment.segment_id] = SentenceTags(labels=frozenset(labels), spans=spans, **marks)
    transcripts = [Transcript(transcript_id=n, source=n, text=texts[n], turns=tuple(turns[n])) for n in texts]
    return Material.of(transcripts, segments, tags)


def said(name: str, words: str, **tags: Any) -> Line:
    return name, "participant", words, tags


def asked(name: str, words: str) -> Line:
    return name, "interviewer", words, {}


def everything(m: Material) -> list[str]:
    return list(m.segments)


def exact(m: Material, quote: Quote) -> bool:
    return m.transcripts[quote.transcript_id].text[quote.start_char : quote.end_char] == quote.text


@pytest.mark.parametrize(
    ("text", "force", "tags", "expected"),
    [
        ("I sat there with my hands in my lap.", "anxiety", {"labels": {"struggle"}}, None),
        ("I had no idea how to finish the wall.", "anxiety", {"labels": {"struggle"}}, "push"),
        ("That was such a satisfying afternoon.", "anxiety", {"labels": {"emotion"}, "emotion": "joy"}, None),
        ("The app could sell my address to anyone.", "anxiety", {"labels": {"struggle"}}, "anxiety"),
        ("I am afraid of losing my own hand.", "anxiety", {"labels": {"emotion"}}, "anxiety"),
        ("And it takes me the whole evening.", "pull", {"labels": {"struggle"}}, "push"),
        ("It makes my mornings easier.", "pull", {"labels": {"outcome"}}, "pull"),
        ("I keep the paper list by the door.", "habit", {"labels": {"solution"}}, "habit"),
    ],
)
def test_a_force_of_the_tagger_must_be_borne_out(text: str, force: str, tags: dict, expected: str | None) -> None:
    given = {**tags, "labels": frozenset(tags["labels"])}
    assert force_of(text, SentenceTags(force=force, **given)) == expected


def test_forces_are_quoted_with_every_participant_heard_first() -> None:
    m = material(
        said("t1", "The old till ate my evenings.", force="push"),
        said("t1", "And it ate my weekends.", force="push"),
        asked("t1", "It pushed you?"),
        said("t2", "I was afraid to lose the books.", force="anxiety"),
        said("t2", "Every month it broke.", force="push"),
    )
    found = forces_of(m, everything(m))
    assert list(found) == list(FORCES)
    assert [q.text for q in found["push"]] == [
        "The old till ate my evenings.", "Every month it broke.", "And it ate my weekends.",
    ]  # fmt: skip
    assert [q.force for q in found["anxiety"]] == ["anxiety"]
    assert found["pull"] == found["habit"] == ()
    assert all(exact(m, q) for quotes in found.values() for q in quotes)


@pytest.mark.parametrize(
    ("text", "labels", "force"),
    [
        ("I worry that it loses the books.", {"struggle"}, "anxiety"),
        ("I am not worried about that.", {"struggle"}, None),
        ("I prefer to write those letters myself.", {"desire"}, "habit"),
        ("It took me a whole evening every week.", {"struggle"}, "push"),
        ("It took me a whole evening every week.", {"situation"}, None),
        ("It saves me an hour a day.", {"outcome"}, "pull"),
        ("It saves me an hour a day.", {"outcome", "struggle"}, None),
        ("The app keeps making up street names.", {"struggle"}, None),
        ("The app never gets the street names right.", {"struggle"}, "anxiety"),
        ("I can't reach the top shelf without help.", {"struggle"}, "push"),
        ("I struggle to plan a menu for the whole week, so an app does it.", {"struggle"}, "push"),
        ("The spreadsheet is wrong every single month.", {"struggle"}, "push"),
        ("It helps me see the week at a glance.", {"outcome"}, "pull"),
        ("Would it help me plan the week?", {"outcome"}, None),
        ("It really doesn't bother me that it is slow.", {"struggle"}, None),
        ("We worry.", set(), None),
    ],
)
def test_wording_shows_a_force_where_the_tagger_leaves_it_open(text: str, labels: set[str], force: str | None) -> None:
    assert force_of(text, SentenceTags(labels=frozenset(labels))) == force
    if force != "anxiety":
        assert force_of(text, SentenceTags(labels=frozenset(labels), stance="reported")) is None


def test_back_channels_and_strangers_are_never_evidence() -> None:
    m = material(asked("t1", "That was hard."), said("t1", "mhm", force="push"))
    m = replace(m, segments={k: replace(s, backchannel=True) for k, s in m.segments.items()})
    assert forces_of(m, [*everything(m), "unknown"])["push"] == ()


def test_emotions_are_counted_most_frequent_first() -> None:
    m = material(
        said("t1", "a b c", emotion="relief"), said("t1", "d e f", emotion="anxiety"),
        said("t2", "g h i", emotion="relief"), said("t2", "j k l"),
    )  # fmt: skip
    assert list(emotions_of(m, everything(m)).items()) == [("relief", 2), ("anxiety", 1)]


def test_dimensions_need_more_than_a_lone_remark() -> None:
    plain = [said("t1", f"Then I count box number {i}.", labels=["desire"]) for i in range(9)]
    lone = material(*plain, said("t2", "I do not want to look unprofessional to my boss."))
    assert dimensions_of(lone, everything(lone)) == ("functional",)
    two = material(
        *plain, said("t2", "I do not want to look unprofessional."), said("t3", "What clients think of me counts."),
        said("t2", "It is a worry.", emotion="anxiety"), said("t3", "I love it.", emotion="joy"),
    )  # fmt: skip
    assert dimensions_of(two, everything(two)) == ("functional", "emotional", "social")
    assert dimensions_of(two, []) == ()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("the Excel spreadsheet", ["Excel"]),
        ("ChatGPT and Grammarly", ["ChatGPT", "Grammarly"]),
        ("ask the AI", ["AI"]),
        ("googling", ["Google search"]),
        ("my paper notebook", ["notebook"]),
        ("write it myself", ["doing it myself"]),
        ("a shared calendar", ["shared calendar"]),
        ("it", []),
        ("going back and forth", []),
        ("write presentation decks", []),
        ("hand him the red notebook", []),
        ("the tool I am using", []),
        ("Ledgerwren", ["Ledgerwren"]),
        ("Photoshop", ["Photoshop"]),
        ("search Etsy", ["Etsy"]),
        ("adding a colour to the sheet", []),
        ("label being printed", []),
        ("Notebooks", ["notebook"]),
        ("", []),
        ("!!", []),
    ],
)
def test_solutions_get_one_name_each(words: str, names: list[str]) -> None:
    assert solution_names(words) == names


@pytest.mark.parametrize(
    ("text", "fired"),
    [
        ("I stopped using the spreadsheet in May.", True),
        ("We switched from the spreadsheet to a bookkeeper.", True),
        ("I gave up on the spreadsheet.", True),
        ("I gave up and made a spreadsheet.", False),
        ("I went back to the spreadsheet.", False),
        ("I use the spreadsheet every day.", False),
        ("If I could I would stop using the spreadsheet.", False),
        ("I do it instead of the spreadsheet now.", True),
    ],
)
def test_giving_up_is_told_from_using(text: str, fired: bool) -> None:
    at = text.index("spreadsheet")
    assert is_fired(text, (at, at + len("spreadsheet"))) is fired


def test_what_is_not_used_is_no_solution() -> None:
    m = material(said("t1", "I don't use the calendar.", spans={"solution": "the calendar"}))
    assert is_unused("I don't use the calendar.", (12, 24))
    assert solutions_of(m, everything(m)) == ()


def test_what_others_use_and_what_one_would_use_is_hired_by_nobody() -> None:
    m = material(
        said("t1", "My cousins use a planner for it.", spans={"solution": "a planner"}, stance="others"),
        said("t2", "I would use a planner if it was cheap.", spans={"solution": "a planner"}),
    )
    assert solutions_of(m, everything(m)) == ()


def test_solutions_say_who_hired_and_who_fired_them() -> None:
    m = material(
        said("t1", "I keep it all in a spreadsheet.", spans={"solution": "a spreadsheet"}),
        said("t2", "I stopped using the spreadsheet last year.", spans={"solution": "the spreadsheet"}),
        said("t2", "My sister does the books, and I trust it.", spans={"solution": "My sister"}),
        said("t3", "Honestly, I just live with it."),
        said("t3", "The spreadsheets are fine.", spans={"solution": "The spreadsheets"}),
    )
    found = {s.name: s for s in solutions_of(m, everything(m))}
    assert list(found) == ["spreadsheet", DOING_NOTHING, "sister"]
    assert found["spreadsheet"].hired_by == ("P1", "P3")
    assert found["spreadsheet"].fired_by == ("P2",)
    assert found[DOING_NOTHING].hired_by == ("P3",)
    assert all(exact(m, q) for s in found.values() for q in s.quotes)


def test_doing_nothing_can_be_denied() -> None:
    assert does_nothing("So we just put up with it.")
    assert not does_nothing("I could not put up with it.")


@pytest.mark.parametrize(
    ("sentence", "stage"),
    [
        ("That's when I realised the shoebox had to go.", "first thought"),
        ("A friend told me about an app for that.", "passive looking"),
        ("So I started looking for something else.", "active looking"),
        ("We decided to switch in spring.", "deciding"),
        ("Then I bought the small one.", "buying"),
        ("I have been using it for a year.", "using"),
        ("I've never looked back.", "satisfied"),
        ("I cancelled after two months.", "unsatisfied"),
        ("I would buy it if I could.", None),
        ("I keep the receipts in a box.", None),
        ("So I bought wine.", None),
        ("I explained what I was looking for.", None),
        ("", None),
    ],
)
def test_stage_of_the_switch(sentence: str, stage: str | None) -> None:
    assert stage_of(sentence) == stage
    assert stage is None or stage in STAGES


def test_wishes_answer_the_closing_questions_only() -> None:
    m = material(
        asked("t1", "How do you plan?"),
        said("t1", "I wish I had more hands."),
        asked("t1", "Thanks. If you had a magic wand, what would you want?"),
        said("t1", "I wish the numbers checked themselves."),
        asked("t1", "Is there anything that we did not talk about?"),
        said("t1", "No, I think that's all, thank you."),
        said("t1", "Well, parking near the shop is a struggle.", labels=["struggle"]),
    )
    found = wishes_of(m)
    assert [q.text for q in found] == [
        "I wish the numbers checked themselves.", "Well, parking near the shop is a struggle.",
    ]  # fmt: skip
    assert {q.slot for q in found} == {"wish"}
    assert wishes_of(m, ["s1"]) == ()


def opposed(one: str, other: str, **tags: Any) -> str | None:
    m = material(said("t1", one), said("t2", other, **tags))
    # a word is worth comparing only where it is rare in the study
    filler = {f"x{i}": replace(m.segments["s0"], segment_id=f"x{i}", text=f"filler{i} word{i}") for i in range(60)}
    m = replace(m, segments={**m.segments, **filler})
    first, second = m.segments["s0"], m.segments["s1"]
    forth, back = contradiction(m, first, second), contradiction(m, second, first)
    assert (forth is None) == (back is None)
    return forth


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I always check the invoices twice.", "I never check the invoices twice."),
        ("Checking the invoices is easy for us.", "Checking those invoices is hard."),
        ("I trust the translations of contracts.", "I don't trust the translations of contracts."),
        ("The night bus is cheap.", "That night bus is expensive."),
    ],
)
def test_contradictions_are_found(one: str, other: str) -> None:
    assert opposed(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I always check the invoices twice.", "I always check the invoices twice."),
        ("I always check the invoices.", "I never water the plants."),
        ("I never check the invoices.", "We never check the invoices either."),
        ("Checking the invoices is easy.", "My knee was hard after the run."),
    ],
)
def test_what_only_looks_opposed_is_left_alone(one: str, other: str) -> None:
    assert opposed(one, other) is None


def test_hypothetical_talk_contradicts_nobody() -> None:
    assert opposed("I always check the invoices.", "I never check the invoices.", stance="hypothetical") is None


def test_counter_quotes_come_from_other_participants() -> None:
    lines = [
        said("t1", "I always check the invoices twice."),
        said("t1", "I never check the invoices twice."),
        said("t2", "I never check the invoices twice."),
        *(said("t3", f"Thing{i} stands beside thing{i + 1}.") for i in range(60)),
    ]
    m = material(*lines)
    ids = everything(m)
    vectors = np.zeros((len(ids), 4), dtype=np.float32)
    vectors[:3, 0] = 1.0
    vectors[3:, 1] = 1.0
    found = counter_quotes_of(m, ["s0"], row_ids=ids, vectors=vectors)
    assert [(q.participant_id, q.role) for q in found] == [("P2", "counter")]
    assert counter_quotes_of(m, [], row_ids=ids, vectors=vectors) == ()
    vectors[2] = [0, 0, 1, 0]
    assert counter_quotes_of(m, ["s0"], row_ids=ids, vectors=vectors) == ()


def test_phrases_are_exact_and_distinct() -> None:
    m = material(
        said("t1", "I spend whole evenings chasing receipts, and that hurts.", labels=["struggle"]),
        said("t2", "It is whole evenings of chasing lost receipts.", labels=["struggle"]),
        said("t2", "Then it is off my plate.", spans={"outcome": "off my plate"}),
        said("t3", "We like the weather and the weather likes us."),
        *(said("t4", f"Common words number {i} are here.") for i in range(20)),
    )
    quotes = phrase_quotes_of(m, everything(m), limit=4)
    assert 1 <= len(quotes) <= 4
    assert all(exact(m, q) and q.slot in {"struggle", "outcome"} for q in quotes)
    assert any("receipts" in q.text for q in quotes)
    assert not any("weather" in q.text for q in quotes)
    assert phrases_of(m, everything(m), limit=4) == tuple(q.text for q in quotes)
    assert phrases_of(m, ["s3"]) == ()


@given(st.lists(st.text(alphabet="abc ,.'I", max_size=40), max_size=6))
def test_any_words_make_exact_phrases(texts: list[str]) -> None:
    m = material(*(said(f"t{i}", t or "x", labels=["struggle"]) for i, t in enumerate(texts)))
    assert all(exact(m, q) for q in phrase_quotes_of(m, everything(m)))


def test_order_of_ids_changes_nothing() -> None:
    m = material(
        said("t2", "The till broke my evenings.", force="push", labels=["struggle"], spans={"solution": "The till"}),
        said("t1", "My notebook is lost again.", force="push", labels=["struggle"], spans={"solution": "My notebook"}),
        said("t1", "I could sleep again.", force="pull", spans={"outcome": "sleep again"}),
    )  # fmt: skip
    ids = everything(m)
    for f in (forces_of, solutions_of, phrases_of, dimensions_of, emotions_of, wishes_of):
        assert f(m, ids) == f(m, ids[::-1])


@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=30))
def test_effective_voices_lie_between_one_and_the_number_of_people(people: list[str]) -> None:
    voices = effective_voices(people)
    assert 0.9999 <= voices <= len(set(people)) + 1e-4
    assert effective_voices(sorted(people) * 3) == voices


def test_effective_voices_of_known_shares() -> None:
    assert effective_voices([]) == 0
    assert effective_voices(["a"] * 7) == 1
    assert effective_voices(list("abcd") * 2) == 4
    assert effective_voices(["a"] * 3 + ["b"]) == 1.6


@pytest.mark.parametrize(
    ("n", "counter", "confidence"),
    [(0, 0, "low"), (1, 0, "low"), (1, 3, "low"), (2, 0, "medium"), (3, 1, "medium"), (4, 0, "high"), (9, 1, "medium")],
)
def test_confidence_follows_the_rule(n: int, counter: int, confidence: str) -> None:
    assert confidence_of(n, counter) == confidence


@pytest.mark.parametrize(
    ("text", "episode"),
    [
        ("Last Tuesday I sat there until midnight.", True),
        ("I remember one client who sent everything back.", True),
        ("Two weeks ago we lost an order.", True),
        ("I went to the bank and they said no.", True),
        ("I usually went to the bank.", False),
        ("Every week I go to the bank.", False),
        ("I would have gone to the bank.", False),
        ("I use a list.", False),
        ("I need to feed the hens.", False),
    ],
)
def test_episodes_are_told_from_habits_and_hypotheses(text: str, episode: bool) -> None:
    assert tells_episode(text) is episode


def test_episodic_share() -> None:
    assert episodic_share([]) == 0
    assert episodic_share(["Last week I lost it.", "I always lose it.", "It is blue."]) == 0.3333


def test_struggles_that_no_job_quotes_are_listed() -> None:
    m = material(
        said("t1", "The till ate my evenings.", labels=["struggle"]),
        said("t1", "The bank lost my letter.", labels=["struggle"]),
        said("t1", "I like tea."),
    )
    quote = m.quote(m.segments["s0"], (4, 8), slot="struggle")
    empty = Statement(situation=None, motivation=None, outcome=None, text="")
    job = Job(
        job_id="J", name="n", statement=empty, confidence="low", participants=("P1",), n_transcripts=1, quotes=(quote,)
    )
    segments = list(m.segments.values())
    assert struggle_coverage([job], segments, m.tags) == (0.5, ("s1",))
    assert struggle_coverage([], segments, m.tags) == (0.0, ("s0", "s1"))
    assert struggle_coverage([job], [], {}) == (None, ())


def test_curly_apostrophes_are_read_as_straight_ones() -> None:
    for text in ("I've never looked back.", "I wasn't really looking.", "It's when I realised I needed help."):
        assert stage_of(text.replace("'", "’")) == stage_of(text) is not None
    for text in ("I'd lose it.", "I didn't find it last week.", "I couldn't find it."):
        assert tells_episode(text.replace("'", "’")) is tells_episode(text)
    m = material(
        asked("t1", "What’s on your mind, is there anything we haven’t talked about?"),
        said("t1", "That’s it, I think we’ve covered it.", labels=["struggle"]),
        said("t1", "I’d love it to be quicker next year."),
    )
    assert [q.text for q in wishes_of(m)] == ["I’d love it to be quicker next year."]


@pytest.mark.parametrize(
    "text",
    [
        "We returned home.",
        "I returned that evening.",
        "I have returned to work.",
        "It's not a waste of money.",
        "It wasn't a waste of money.",
    ],
)
def test_coming_home_is_no_step_of_a_switch(text: str) -> None:
    assert stage_of(text) is None


@pytest.mark.parametrize("what", ["it", "those shoes", "our order", "everything", "two of them", "this phone"])
def test_what_was_sent_back_is_a_step_of_a_switch(what: str) -> None:
    assert stage_of(f"I returned {what}.") == "unsatisfied"


def test_who_does_not_ignore_it_does_something() -> None:
    assert does_nothing("I just ignore it.") and does_nothing("We don’t do anything about it.")
    assert not does_nothing("I don't ignore it.") and not does_nothing("We didn’t just live with it.")
