"""Who asks and who answers: labels, talk, settings, focus groups, observers, and no labels at all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.ingestion.speakers.roles import assign_roles
from jtbd_nlp.ingestion.turns.labels import is_generic, is_name_shaped, label_role
from jtbd_nlp.ingestion.turns.raw import RawTurn

Talk = list[tuple[str, str]]
INTERVIEWS: Talk = [
    ("I", "Thanks for making the time today. Could you tell me how you plan your week?"),
    ("P", "So I, uh, I sit down on Sunday with my notebook and I write everything down that I have to do for work."),
    ("I", "And what happens on Monday?"),
    ("P", "Well, my boss calls and then I throw half of it away, which I hate, you know? It makes me feel stupid."),
    ("I", "Mm. Why do you hate it?"),
    ("P", "Because I spent my Sunday evening on it and we never even use it."),
]


def turns(talk: Talk, names: dict[str, str | None]) -> list[RawTurn]:
    return [RawTurn(speaker=names[who], text=text) for who, text in talk]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Interviewer", "interviewer"), ("INTERVIEWER 2", "interviewer"), ("Moderator", "interviewer"), ("Q", "interviewer"),
        ("Jane Doe (Interviewer)", "interviewer"), ("Researcher - Jane", "interviewer"), ("UX Researcher", "interviewer"),
        ("Participant", "participant"), ("Participant 3", "participant"), ("P1", "participant"), ("R2", "participant"),
        ("Interviewee", "participant"), ("Customer", "participant"), ("A", "participant"), ("Observer", "observer"),
        ("Note taker", "observer"), ("Anna", None), ("Speaker 1", None), ("Tom Host", None), ("Pat", None), ("Ann A", None),
        ("Interviewer ✨", "interviewer"), ("P1 👍🏽", "participant"), ("Anna 🙂", None),
    ],
)  # fmt: skip
def test_labels_say_roles(label: str, role: str | None) -> None:
    assert label_role(label) == role


@pytest.mark.parametrize(("label", "generic"), [("Speaker 2", True), ("SPEAKER_00", True), ("spk_1", True), ("P3", True),
                                                ("User", True), ("Tom", False), ("Anna Berg", False)])  # fmt: skip
def test_generic_labels_name_nobody(label: str, generic: bool) -> None:
    assert is_generic(label) is generic


@pytest.mark.parametrize(("label", "shaped"), [("Anna Berg", True), ("Dr. O'Neill", True), ("Ludwig van Beethoven", True), ("王芳", True),
                                               ("One thing", False), ("Note", False), ("https", False), ("12", False),
                                               ("Anna 🙂", True), ("Anna 👩\u200d💻", True), ("🙂", False),
                                               ("Note ✅", False)])  # fmt: skip
def test_names_have_a_shape(label: str, shaped: bool) -> None:
    assert is_name_shaped(label) is shaped


@pytest.mark.parametrize(
    "names", [{"I": "Speaker 1", "P": "Speaker 2"}, {"I": "Speaker 2", "P": "Speaker 1"}, {"I": "B", "P": "A"}]
)
@pytest.mark.parametrize("start", [0, 1, 2])
def test_talk_alone_tells_who_asks(names: dict[str, str | None], start: int) -> None:
    talk = INTERVIEWS[start:]
    found = assign_roles(turns(talk, names), {})
    assert found.turns == tuple("interviewer" if who == "I" else "participant" for who, _ in talk)


def test_a_focus_group_has_one_moderator_and_an_observer() -> None:
    talk = [
        *INTERVIEWS,
        ("N", "Recording is on."),
        ("X", "For me it is different, I never plan at all and I like my life that way."),
    ]
    names: dict[str, str | None] = {"I": "Kim", "P": "Lee", "X": "Max", "N": "Sam"}
    found = assign_roles(turns(talk, names), {})
    assert found.turns == (*(["interviewer", "participant"] * 3), "observer", "participant")


def test_a_person_has_the_last_word(tmp_path: Path) -> None:
    text = "Interviewer: Why?\n\nParticipant: So.\n\nInterviewer: How?\n\nParticipant: Thus.\n\nKim: Hi.\n\nKim: Bye.\n\nKim: Oh.\n"
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    config = IngestionConfig(interviewer=("participant",), observer=("KIM",))
    (transcript,) = read_sources(tmp_path, config=config).transcripts
    roles = {turn.speaker: turn.role for turn in transcript.turns}
    assert roles["Participant"] == "interviewer"
    assert roles["Kim"] == "observer"


def test_a_first_name_in_the_settings_is_enough() -> None:
    talk = turns([("X", "I think so."), ("Y", "Why though?")], {"X": "Jane Doe", "Y": "Bob Ray"})
    assert assign_roles(talk, {"jane": "interviewer"}).turns == ("interviewer", "participant")


def test_a_talk_without_questions_is_flagged() -> None:
    talk = turns(
        [("X", "I like it a lot."), ("Y", "I do not, I hate my plan."), ("X", "Well, I do.")], {"X": "Jo", "Y": "Al"}
    )
    found = assign_roles(talk, {})
    assert set(found.turns) == {"participant"}
    assert found.confidence <= 0.5 and found.notes


def test_only_an_interviewer_speaks(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Interviewer: Hello?\n\nInterviewer: Are you there?\n", encoding="utf-8")
    result = read_sources(tmp_path)
    assert result.participants == ()
    assert any("no participant speaks" in w.message for w in result.warnings)


def real(folder: Path) -> list[Talk]:
    with gzip.open(folder / "data" / "interviews" / "corpus.jsonl.gz", "rt", encoding="utf-8") as stream:
        every = {row["transcript_id"]: row["turns"] for row in map(json.loads, stream)}
    chosen = sorted(path.stem for path in (folder / "data" / "interviews").glob("*/*.txt"))
    return [[(turn["speaker"][0], turn["text"]) for turn in every[name]] for name in chosen]


def paragraphs(talk: Talk) -> Talk:
    return [(who, part) for who, text in talk for part in text.split("\n\n") if part.strip()]


@pytest.mark.parametrize(
    ("names", "change", "share"),
    [
        ({"I": "Speaker 1", "P": "Speaker 2"}, list, 1.0),
        ({"I": "Speaker 2", "P": "Speaker 1"}, list, 1.0),
        ({"I": "B", "P": "A"}, lambda talk: talk[3:-2] or talk, 1.0),
        ({"I": None, "P": None}, list, 0.98),
        ({"I": None, "P": None}, paragraphs, 0.96),
    ],
    ids=["renamed", "swapped", "middle of the talk", "no labels", "no labels, paragraphs"],
)
def test_real_interviews(
    names: dict[str, str | None], change: Callable[[Talk], Talk], share: float, shared: Path
) -> None:
    right = total = 0
    for talk in map(change, real(shared)):
        found = assign_roles(turns(talk, names), {})
        right += sum((role == "interviewer") == (who == "I") for role, (who, _) in zip(found.turns, talk, strict=True))
        total += len(talk)
    assert right >= share * total


@given(
    st.lists(
        st.tuples(st.sampled_from(["Ann", "Bob", "P1", "Q", "", "Interviewer"]), st.text(max_size=80)),
        min_size=1,
        max_size=12,
    )
)
def test_every_turn_gets_a_role_and_the_confidence_is_a_share(talk: Talk) -> None:
    found = assign_roles([RawTurn(speaker=who or None, text=text) for who, text in talk], {})
    assert len(found.turns) == len(talk)
    assert 0.0 <= found.confidence <= 1.0
