"""The hand-marked expectations of data/samples hold for the words as the readers give them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import jtbd_nlp
from jtbd_nlp.records import FORCES, SLOTS, Transcript

MARKED_SLOTS = (*SLOTS, "struggle", "solution", "emotion")


@pytest.fixture(scope="module")
def transcripts() -> dict[str, Transcript]:
    folder = Path(__file__).resolve().parent.parent / "data" / "samples"
    found = jtbd_nlp.read_transcripts(folder, participants=folder / "participants.csv")
    return {t.transcript_id: t for t in found}


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    folder = Path(__file__).resolve().parent.parent / "data" / "expected"
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def in_one_turn(transcript: Transcript, quote: str) -> bool:
    """Tell whether a participant says these very words within one turn."""
    return any(quote in transcript.words(t) for t in transcript.turns if t.role == "participant")


def switch_quotes(story: dict[str, Any]) -> Iterator[str]:
    yield from (step["quote"] for step in story["timeline"])
    for force in FORCES:
        yield from story["forces"][force]


def test_every_sample_is_read_and_nothing_else(transcripts: dict[str, Transcript], expected: dict[str, Any]) -> None:
    assert sorted(transcripts) == expected["jobs"]["transcripts"]


def test_roles_are_as_marked(transcripts: dict[str, Transcript], expected: dict[str, Any]) -> None:
    found = {
        name: {turn.speaker: turn.role for turn in transcript.turns} for name, transcript in sorted(transcripts.items())
    }
    assert found == expected["roles"]


def test_roles_need_no_participants_file(samples: Path, expected: dict[str, Any]) -> None:
    found = jtbd_nlp.read_transcripts(samples)
    assert {t.transcript_id: {turn.speaker: turn.role for turn in t.turns} for t in found} == expected["roles"]


def test_evidence_is_word_for_word(transcripts: dict[str, Transcript], expected: dict[str, Any]) -> None:
    missing = [
        (job["job_id"], item["transcript"], item["quote"])
        for job in expected["jobs"]["jobs"]
        for item in job["evidence"]
        if item["slot"] not in MARKED_SLOTS or not in_one_turn(transcripts[item["transcript"]], item["quote"])
    ]
    assert missing == []


def test_forces_are_word_for_word(transcripts: dict[str, Transcript], expected: dict[str, Any]) -> None:
    missing = [
        (job["job_id"], force, quote)
        for job in expected["jobs"]["jobs"]
        for force in FORCES
        for quote in job["forces"][force]
        if not any(in_one_turn(transcript, quote) for transcript in transcripts.values())
    ]
    assert missing == []


def test_switch_stories_are_word_for_word(transcripts: dict[str, Transcript], expected: dict[str, Any]) -> None:
    for name, story in expected["switch"].items():
        assert [quote for quote in switch_quotes(story) if not in_one_turn(transcripts[name], quote)] == []
    assert all(expected["switch"]["02_physio"]["forces"][force] for force in FORCES)


def test_wishes_are_word_for_word(transcripts: dict[str, Transcript], expected: dict[str, Any]) -> None:
    assert sorted(expected["wishes"]) == sorted(transcripts)
    assert [name for name, quote in expected["wishes"].items() if not in_one_turn(transcripts[name], quote)] == []


def test_jobs_recur_across_people(expected: dict[str, Any]) -> None:
    voices = {
        job["job_id"]: len({item["transcript"] for item in job["evidence"]})
        for job in expected["jobs"]["jobs"]
        if not job["single_voice"]
    }
    assert len(voices) >= 6
    assert min(voices.values()) >= 3


def test_summary_of_the_meeting_tool_is_nobodys_words(transcripts: dict[str, Transcript]) -> None:
    meet = transcripts["09_speech_therapist"]
    spoken = " ".join(meet.words(turn) for turn in meet.turns)
    assert "dashboard" not in spoken
    assert "pricing sheet" not in spoken
    assert any("left out" in warning for warning in meet.warnings)


def test_every_participant_is_in_the_participants_file(samples: Path, transcripts: dict[str, Transcript]) -> None:
    ids = {turn.participant_id for t in transcripts.values() for turn in t.turns if turn.role == "participant"}
    assert ids == {f"P{number:02}" for number in range(1, 16)}
    assert (samples / "participants.csv").read_text(encoding="utf-8").count("churned") == 1
