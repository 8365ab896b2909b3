"""Plain text and Markdown in every layout that tools and people write, and what must not pass for a speaker."""

# ruff: noqa: E501 - the data reads best a case a line

from __future__ import annotations

from pathlib import Path

import pytest

from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.records import Transcript

ASK = "Thanks for joining. Could you tell me how you plan the week?"
TELL = "Well, I mostly use a spreadsheet: it has everything.\nBut it breaks every Monday."
ASK2 = "What happens on Mondays?"
TELL2 = "The numbers are gone, and I have to call the warehouse again."


def read(tmp_path: Path, text: str, name: str = "one.txt") -> Transcript:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8"))
    (transcript,) = read_sources(path).transcripts
    for turn in transcript.turns:
        assert transcript.words(turn) in text.replace("\r\n", "\n")
    return transcript


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, transcript.words(turn)) for turn in transcript.turns]


LAYOUTS = {
    "colon": "Anna Berg: {a}\n\nTom: {b}\n\nAnna Berg: {c}\n\nTom: {d}\n",
    "one line each": "Anna Berg: {a}\nTom: {b}\nAnna Berg: {c}\nTom: {d}\n",
    "capitals": "ANNA BERG: {a}\n\nTOM: {b}\n\nANNA BERG: {c}\n\nTOM: {d}\n",
    "bold": "**Anna Berg:** {a}\n\n**Tom:** {b}\n\n**Anna Berg:** {c}\n\n**Tom:** {d}\n",
    "bold, colon outside": "**Anna Berg**: {a}\n\n**Tom**: {b}\n\n**Anna Berg**: {c}\n\n**Tom**: {d}\n",
    "time before": "[00:01:02] Anna Berg: {a}\n\n[00:01:20] Tom: {b}\n\n[00:02:00] Anna Berg: {c}\n\n[01:00:00] Tom: {d}\n",
    "bare time before": "00:01:02 Anna Berg: {a}\n00:01:20 Tom: {b}\n00:02:00 Anna Berg: {c}\n01:00:00 Tom: {d}\n",
    "time after": "Anna Berg (00:01:02): {a}\n\nTom (00:01:20): {b}\n\nAnna Berg (00:02:00): {c}\n\nTom (01:00:00): {d}\n",
    "time after, words below": "Anna Berg (00:01:02):\n{a}\n\nTom (00:01:20):\n{b}\n\nAnna Berg (00:02:00):\n{c}\n\nTom (01:00:00):\n{d}\n",
    "otter": "Anna Berg  1:02\n{a}\n\nTom  1:20\n{b}\n\nAnna Berg  2:00\n{c}\n\nTom  1:00:00\n{d}\n",
    "zoom chat": "[Anna Berg] 00:01:02\n{a}\n\n[Tom] 00:01:20\n{b}\n\n[Anna Berg] 00:02:00\n{c}\n\n[Tom] 01:00:00\n{d}\n",
    "rev": "Anna Berg: (01:02)\n{a}\n\nTom: (01:20)\n{b}\n\nAnna Berg: (02:00)\n{c}\n\nTom: (01:00:00)\n{d}\n",
    "teams": "00:01:02 --> 00:01:19\nAnna Berg\n{a}\n\n00:01:20 --> 00:01:59\nTom\n{b}\n\n00:02:00 --> 00:02:10\nAnna Berg\n{c}\n\n01:00:00 --> 01:00:09\nTom\n{d}\n",
    "teams, name first": "Anna Berg\n0:01:02\n{a}\n\nTom\n0:01:20\n{b}\n\nAnna Berg\n0:02:00\n{c}\n\nTom\n1:00:00\n{d}\n",
    "happy scribe": "[00:01:02] - Anna Berg\n{a}\n\n[00:01:20] - Tom\n{b}\n\n[00:02:00] - Anna Berg\n{c}\n\n[01:00:00] - Tom\n{d}\n",
    "windows": "Anna Berg: {a}\r\n\r\nTom: {b}\r\n\r\nAnna Berg: {c}\r\n\r\nTom: {d}\r\n",
    "full width colon": "Anna Berg：{a}\n\nTom：{b}\n\nAnna Berg：{c}\n\nTom：{d}\n",
    "yaml head": "---\ntitle: Stock\nparticipants:\n  - Tom\nplan: pro\n---\n\nAnna Berg: {a}\n\nTom: {b}\n\nAnna Berg: {c}\n\nTom: {d}\n",
    "key lines": "Interview with Tom\nDate: 2024-03-01\nInterviewer: Anna Berg\nParticipant: Tom\n\nAnna Berg: {a}\n\nTom: {b}\n\nAnna Berg: {c}\n\nTom: {d}\n",
}  # fmt: skip
TIMED = {"time before", "bare time before", "time after", "time after, words below", "otter", "zoom chat", "rev", "teams",
         "teams, name first", "happy scribe"}  # fmt: skip


@pytest.mark.parametrize("layout", ["colon", "one line each", "bold", "time before"])
def test_an_emoji_behind_a_name_is_part_of_the_label(tmp_path: Path, layout: str) -> None:
    text = LAYOUTS[layout].replace("Anna Berg", "Anna Berg ❤️").replace("Tom", "Tom 👍🏽")
    transcript = read(tmp_path, text.format(a=ASK, b=TELL, c=ASK2, d=TELL2))
    assert [words for _, words in said(transcript)] == [ASK, TELL, ASK2, TELL2]
    assert [turn.role for turn in transcript.turns] == ["interviewer", "participant"] * 2


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_gives_speakers_words_times_and_roles(layout: str, tmp_path: Path) -> None:
    transcript = read(tmp_path, LAYOUTS[layout].format(a=ASK, b=TELL, c=ASK2, d=TELL2))
    first, second = ("ANNA BERG", "TOM") if layout == "capitals" else ("Anna Berg", "Tom")
    assert said(transcript) == [(first, ASK), (second, TELL), (first, ASK2), (second, TELL2)]
    assert [turn.role for turn in transcript.turns] == ["interviewer", "participant"] * 2
    if layout in TIMED:
        assert [turn.start_s for turn in transcript.turns] == [62.0, 80.0, 120.0, 3600.0]


def test_normalised_text_is_labels_and_words_joined_by_blank_lines(tmp_path: Path) -> None:
    transcript = read(tmp_path, LAYOUTS["otter"].format(a=ASK, b=TELL, c=ASK2, d=TELL2))
    assert transcript.text == f"Anna Berg: {ASK}\n\nTom: {TELL}\n\nAnna Berg: {ASK2}\n\nTom: {TELL2}"


def test_paragraphs_belong_to_the_turn_until_the_next_label(tmp_path: Path) -> None:
    text = "Interviewer: Hi.\n\nReady?\n\nParticipant: Yes.\n\nOne thing is this: it is slow.\n\nInterviewer: Why?\n"
    assert said(read(tmp_path, text)) == [
        ("Interviewer", "Hi.\n\nReady?"),
        ("Participant", "Yes.\n\nOne thing is this: it is slow."),
        ("Interviewer", "Why?"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "One thing is this: it is slow.",
        "Note: we never do that.",
        "See https://example.org/a: it is there.",
        "At 10:30 we stop.",
        "Honestly: no. Honestly: never.",
        "Pros: quick.\nCons: dear.\nPros: small.\nCons: loud.",
        "Customer: 'Where is it?' That is what they ask.",
        "http://example.org",
        "- Slack: for talk\n- Notion: for notes\n- Slack: again",
        "My three rules are: ask, wait, write.",
        "Lunch was at 12:30",
    ],
)
def test_what_is_no_label_stays_in_the_words(line: str, tmp_path: Path) -> None:
    text = f"Interviewer: Hi?\n\nParticipant: Yes.\n\n{line}\n\nInterviewer: Why?\n\nParticipant: Because.\n"
    turns = said(read(tmp_path, text))
    assert [speaker for speaker, _ in turns] == ["Interviewer", "Participant"] * 2
    assert turns[1][1] == f"Yes.\n\n{line}"


def test_a_rare_label_is_named_in_a_warning(tmp_path: Path) -> None:
    text = "Interviewer: Hi?\n\nParticipant: Yes.\n\nBob Stone: Can I add to that?\n\nInterviewer: Sure?\n\nParticipant: Ok.\n"
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf-8")
    assert any("Bob Stone" in warn.message for warn in read_sources(path).warnings)


def test_a_participant_named_in_the_head_may_speak_once(tmp_path: Path) -> None:
    text = "---\nparticipants: [Bob Stone, Eve]\n---\nEve: I like it.\n\nBob Stone: I do not.\n\nEve: Fine.\n"
    assert [speaker for speaker, _ in said(read(tmp_path, text))] == ["Eve", "Bob Stone", "Eve"]


def test_q_and_a_are_roles(tmp_path: Path) -> None:
    transcript = read(tmp_path, "Q: Why did you switch?\nA: It was slow.\nQ: And now?\nA: Better.\n")
    assert [turn.role for turn in transcript.turns] == ["interviewer", "participant"] * 2
    assert transcript.role_confidence == 1.0


def test_question_headings_are_the_interviewers(tmp_path: Path) -> None:
    text = "# Interview 4\n\n## Why did you switch?\n\nIt was slow.\n\nVery slow.\n\n## What do you use now?\n\nA notebook.\n"
    transcript = read(tmp_path, text, "four.md")
    asked = [transcript.words(turn) for turn in transcript.turns if turn.role == "interviewer"]
    assert asked == ["Why did you switch?", "What do you use now?"]
    answers = [transcript.words(turn) for turn in transcript.turns if turn.role == "participant"]
    assert answers == ["It was slow.", "Very slow.", "A notebook."]


def test_headings_between_turns_are_nobodys_words(tmp_path: Path) -> None:
    text = "**Interviewer:** Hi?\n\n**Participant:** Yes.\n\n## Part 2: prices\n\n**Interviewer:** Why?\n\n**Participant:** So.\n"
    transcript = read(tmp_path, text, "x.md")
    assert "prices" not in transcript.text
    assert transcript.metadata["headings"] == "Part 2: prices"


def test_metadata_of_the_head_is_kept_as_text(tmp_path: Path) -> None:
    transcript = read(tmp_path, LAYOUTS["yaml head"].format(a=ASK, b=TELL, c=ASK2, d=TELL2))
    assert dict(transcript.metadata) == {"title": "Stock", "participants": "Tom", "plan": "pro"}


def test_paragraphs_without_labels_alternate_and_are_flagged(tmp_path: Path) -> None:
    text = f"{ASK}\n\nI use a spreadsheet, it has everything I need.\n\n{ASK2}\n\n{TELL2}\n\nHow do you feel then?\n\nI hate it.\n"
    path = tmp_path / "bare.txt"
    path.write_text(text, encoding="utf-8")
    result = read_sources(path)
    (transcript,) = result.transcripts
    assert [turn.role for turn in transcript.turns] == ["interviewer", "participant"] * 3
    assert transcript.role_confidence < 0.8
    assert any("no speaker is named" in warn.message for warn in result.warnings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = "Interviewer: What\u2019s a caf\u00e9?\n\nParticipant: It\u2019s \u201cnice\u201d \u2013 5 \u20ac.\n"
    path = tmp_path / "x.txt"
    path.write_bytes(text.encode(encoding))
    (transcript,) = read_sources(path).transcripts
    assert said(transcript)[1] == ("Participant", "It\u2019s \u201cnice\u201d \u2013 5 \u20ac.")


def test_half_a_utf8_sequence_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("Interviewer: Why?\n\nParticipant: It was a café".encode()[:-1])
    result = read_sources(path)
    assert any("not valid utf-8" in warn.message for warn in result.warnings)
    assert result.transcripts[0].text.endswith("It was a caf\ufffd")


OTTER = """Stock call
Fri, Mar 1

SUMMARY KEYWORDS
stock, numbers

SPEAKERS
Anna Berg, Tom

Anna Berg  0:00
{a}

Tom  0:16
{b}

Anna Berg  0:20
{c}

Tom  0:40
{d}

Transcribed by https://otter.ai
"""
ZOOM = """Meeting summary
Quick recap
Tom complained that the numbers are wrong.
Next steps
Tom: send the sheet.
Anna Berg: call the warehouse.

Transcript

[00:00:00] Anna Berg: {a}
[00:00:16] Tom: {b}
[00:00:20] Anna Berg: {c}
[00:00:40] Tom: {d}
"""
AFTER = """Anna Berg  0:00
{a}

Tom  0:16
{b}

Anna Berg  0:20
{c}

Tom  0:40
{d}

Suggested next steps
Tom: send the sheet, since Tom said it was wrong.
"""


@pytest.mark.parametrize("text", [OTTER, ZOOM, AFTER], ids=["otter", "zoom", "after"])
def test_what_a_meeting_tool_wrote_is_left_out_and_named(text: str, tmp_path: Path) -> None:
    filled = text.format(a=ASK, b=TELL, c=ASK2, d=TELL2)
    path = tmp_path / "x.txt"
    path.write_text(filled, encoding="utf-8")
    result = read_sources(path)
    spoken = [words.removesuffix("\n\nTranscribed by https://otter.ai") for _, words in said(result.transcripts[0])]
    assert spoken == [ASK, TELL, ASK2, TELL2]
    for word in ("complained", "send the sheet", "SUMMARY", "otter.ai"):
        assert word not in result.transcripts[0].text
    assert any("meeting tool" in warn.message for warn in result.warnings)


def test_two_people_who_speak_once_each_are_told_apart(tmp_path: Path) -> None:
    assert said(read(tmp_path, "Anna: Why did you leave?\n\nTom: It was too slow.\n")) == [
        ("Anna", "Why did you leave?"),
        ("Tom", "It was too slow."),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Then somebody started transcription",
        "I pressed it and I started transcription.",
        "My phone never stopped transcription.",
    ],
)
def test_who_speaks_of_transcription_is_heard(tmp_path: Path, words: str) -> None:
    labelled = f"Anna: What came then?\n\nTom: {words}\n\nAnna: And then?\n\nTom: I went home.\n"
    assert ("Tom", words) in said(read(tmp_path, labelled))
    timed = f"Anna  0:01\nWhat came then?\n\nTom  0:05\nI {words}\n\nAnna  0:09\nAnd then?\n\nTom  0:12\nI went home.\n"
    assert ("Tom", f"I {words}") in said(read(tmp_path, timed))


def test_what_a_diary_has_under_its_dates_is_read(tmp_path: Path) -> None:
    days = [f"March {day}, 2026: I waited {what}." for day in (4, 5) for what in ("in the morning", "at noon")]
    heard = " ".join(words for _, words in said(read(tmp_path, "\n\n".join(days))))
    assert heard.count("I waited") == 4
