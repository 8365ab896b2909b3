"""Quotes are slices of a participant's turn, and every other kind of quote is found out and explained."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jtbd_nlp import Config, read_transcripts
from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.errors import InvalidParameterError, StudyError
from jtbd_nlp.evidence import cut_quote, cut_span
from jtbd_nlp.records import Job, Quote, Segment, SentenceTags, Solution, Statement, Transcript, Turn
from jtbd_nlp.verification import verify_quotes

TALK = (
    ("interviewer", "Ada", "What was hard about closing the month?"),
    ("participant", "Bo", "Honestly, I spent whole evenings chasing receipts. It's “never” done before midnight."),
    ("interviewer", "Ada", "So you spent whole evenings on it. And then?"),
    ("observer", "Cy", "Note: she keeps a shoebox."),
    ("participant", "Bo", "Then I stopped using the spreadsheet and I just gave everything to my sister."),
    ("unknown", None, "Somebody in the room said that the tax office called."),
)


def transcript(talk: tuple[tuple[str, str | None, str], ...] = TALK, name: str = "t1") -> Transcript:
    text, turns = "AI summary: everybody was happy with the new tool.\n", []
    for index, (role, speaker, words) in enumerate(talk):
        text += f"{speaker}: "
        turns.append(
            Turn(
                turn_index=index,
                speaker=speaker,
                role=role,  # type: ignore[arg-type]
                participant_id="P1" if role == "participant" else None,
                start_char=len(text),
                end_char=len(text) + len(words),
                start_s=10.0 * index,
            )
        )
        text += words + "\n"
    return Transcript(transcript_id=name, source=f"{name}.txt", text=text, turns=tuple(turns))


def segment(of: Transcript, words: str) -> Segment:
    start = of.text.index(words)
    turn = next(t for t in of.turns if t.start_char <= start < t.end_char)
    return Segment(
        segment_id=f"{of.transcript_id}:{start}",
        transcript_id=of.transcript_id,
        turn_index=turn.turn_index,
        speaker=turn.speaker,
        participant_id=turn.participant_id,
        role=turn.role,
        text=words,
        start_char=start,
        end_char=start + len(words),
        start_s=11.5,
    )


def claim(text: str, **more: object) -> dict[str, object]:
    return {"jobs": [{"job_id": "J-1", "quotes": [{"text": text, "transcript_id": "t1", **more}]}]}


def kind_of(text: str, **more: object) -> str:
    (check,) = verify_quotes(claim(text, **more), [transcript(), transcript(name="t2")])
    assert check.ok == (check.kind == "exact")
    assert check.reason
    return check.kind


def test_cut_quote_carries_the_segment_and_its_tags() -> None:
    words = "I spent whole evenings chasing receipts."
    quote = cut_quote(transcript(), segment(transcript(), words), slot="struggle", tags=SentenceTags(force="push"))
    assert quote.text == words == transcript().text[quote.start_char : quote.end_char]
    assert (quote.participant_id, quote.slot, quote.force, quote.start_s) == ("P1", "struggle", "push", 11.5)


def test_cut_quote_takes_part_of_a_segment_without_its_white_space() -> None:
    quote = cut_quote(transcript(), segment(transcript(), "I spent whole evenings chasing receipts."), (7, 22))
    assert quote.text == "whole evenings"


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (-1, 4), (0, 10_000)])
def test_cut_quote_refuses_spans_outside_the_segment(span: tuple[int, int]) -> None:
    with pytest.raises(InvalidParameterError, match="span must lie within"):
        cut_quote(transcript(), segment(transcript(), "I spent whole evenings"), span)


@pytest.mark.parametrize("words", ["whole evenings on it", "she keeps a shoebox", "the tax office called"])
def test_cut_quote_refuses_all_who_are_not_participants(words: str) -> None:
    with pytest.raises(InvalidParameterError, match="participant's turn"):
        cut_quote(transcript(), segment(transcript(), words))


def test_cut_quote_refuses_a_segment_of_another_transcript() -> None:
    with pytest.raises(InvalidParameterError, match="'t2'"):
        cut_quote(transcript(name="t2"), segment(transcript(), "I spent"))


@given(st.integers(-5, 600), st.integers(-5, 600))
def test_cut_span_is_a_participants_slice_or_an_error(start: int, end: int) -> None:
    source = transcript()
    try:
        quote = cut_span(source, start, end)
    except InvalidParameterError:
        return
    assert quote.text == source.text[quote.start_char : quote.end_char] == quote.text.strip() != ""
    assert start <= quote.start_char < quote.end_char <= end
    assert any(
        t.role == "participant" and t.start_char <= quote.start_char and quote.end_char <= t.end_char
        for t in source.turns
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I spent whole evenings chasing receipts", "exact"),
        ("It's “never” done before midnight.", "exact"),
        ('It\'s "never" done before midnight.', "edited"),
        ("i spent whole evenings chasing receipts", "edited"),
        ("I spent all my evenings chasing receipts", "edited"),
        ("I spent whole evenings ... done before midnight.", "shortened"),
        ("So you spent whole evenings on it.", "interviewer"),
        ("Note: she keeps a shoebox.", "interviewer"),
        ("the tax office called", "interviewer"),
        ("done before midnight.\nAda: So you", "joined"),
        ("everybody was happy with the new tool", "joined"),
        ("I would pay any price for a better pension plan", "not found"),
        ("  ", "not found"),
    ],
)
def test_quotes_of_other_tools_are_sorted_by_what_is_wrong(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_an_edited_quote_is_shown_beside_the_words_that_were_said() -> None:
    (check,) = verify_quotes(claim("I spent all my evenings chasing receipts"), [transcript()])
    assert check.nearest == "I spent whole evenings chasing receipts"
    assert "'all my'" in check.reason
    assert "'whole'" in check.reason


def test_a_quote_filed_under_the_wrong_transcript_is_found_in_the_right_one() -> None:
    other = transcript((("participant", "Di", "We moved house in the middle of the audit, of all weeks."),), "t2")
    (check,) = verify_quotes(claim("We moved house in the middle of the audit"), [transcript(), other])
    assert (check.ok, check.kind) == (False, "other transcript")
    assert "t2" in check.reason


def test_an_unknown_transcript_is_named_with_the_nearest() -> None:
    (check,) = verify_quotes({"jobs": [{"quotes": [{"text": "x", "transcript_id": "t1x"}]}]}, [transcript()])
    assert (check.ok, check.kind) == (False, "no transcript")
    assert "did the report mean t1" in check.reason


def test_a_quote_without_a_transcript_is_not_passed_over() -> None:
    talk = [transcript()]
    quotes = ["I stopped using the spreadsheet", {"text": "I stopped using the spreadsheet"}]
    checks = verify_quotes({"jobs": [{"quotes": quotes, "phrases": ["no quote"]}, {"evidence": quotes[:1]}]}, talk)
    assert [(c.kind, c.ok) for c in checks] == [("no transcript", False)] * 3
    assert "names no transcript" in checks[0].reason


def test_a_quote_that_is_no_text_is_not_found_whatever_was_said() -> None:
    source = transcript((("participant", "Di", "None of the 5 came."),))
    for text in (None, 5):
        (check,) = verify_quotes({"jobs": [{"quotes": [{"text": text, "transcript_id": "t1"}]}]}, [source])
        assert (check.ok, check.kind, check.reason) == (False, "not found", "the quote is empty")


@pytest.mark.parametrize(
    "text", ["It’s a “mess” at the cafe\u0301.", 'it\'s a "mess" at the café', "IT'S A MESS AT THE CAFÉ"]
)
def test_marks_and_accents_written_otherwise_are_the_same_words(text: str) -> None:
    source = transcript((("participant", "Di", "Well, it’s a “mess” at the café, most days."),))
    (check,) = verify_quotes({"jobs": [{"quotes": [{"text": text, "transcript_id": "t1"}]}]}, [source])
    assert check.kind == "edited" and check.reason.startswith("the same words")
    assert check.nearest == "it’s a “mess” at the café"


def test_only_the_words_that_differ_are_named() -> None:
    source = transcript((("participant", "Di", "Well, it’s a “mess” at the café, most days."),))
    (check,) = verify_quotes(claim("It's a mess in the cafe\u0301"), [source])
    assert check.reason == "edited: 'mess in' where the transcript has '“mess” at'"


def test_moved_words_are_shown_where_a_participant_says_them() -> None:
    said = "it is fine"
    source = transcript(
        (("interviewer", "Ada", "So it is fine?"), ("participant", "Bo", "Oh, it is fine. Trust me, it is fine."))
    )
    last = source.text.rindex(said)
    (check,) = verify_quotes({"schema_version": 1, **claim(said, start_char=last - 2, end_char=last + 8)}, [source])
    assert check.kind == "moved" and f"[{last}, {last + len(said)})" in check.reason


def ours(text: str, start: int, end: int) -> str:
    (check,) = verify_quotes({"schema_version": 1, **claim(text, start_char=start, end_char=end)}, [transcript()])
    return check.kind


def test_offsets_of_our_reports_must_point_at_the_words() -> None:
    words = "I stopped using the spreadsheet"
    at = transcript().text.index(words)
    assert ours(words, at, at + len(words)) == "exact"
    assert ours(words, at + 1, at + 1 + len(words)) == "moved"
    assert ours(words, -5, -1) == "moved"
    summary = transcript().text[:20]
    assert ours(summary, 0, 20) == "not found"
    asked = transcript().text.index("So you spent")
    assert ours("So you spent", asked, asked + 12) == "interviewer"


def test_offsets_of_other_tools_are_not_held_against_them() -> None:
    assert kind_of("I stopped using the spreadsheet", start_char=3, end_char=9) == "exact"


def test_redacted_words_are_exact_and_longer_gaps_are_not() -> None:
    source = transcript().text
    at = source.index("I just gave")
    end = source.index("sister.") + 7
    assert ours("I just gave everything to my [NAME].", at, end) == "exact"
    assert ours("[NAME]", at, end) != "exact"
    assert ours("Honestly, [NAME] sister.", source.index("Honestly"), end) != "exact"


def test_all_quotes_of_a_job_are_checked_wherever_it_keeps_them() -> None:
    source = transcript()
    good = cut_quote(source, segment(source, "I stopped using the spreadsheet"))
    made_up = Quote(transcript_id="t1", speaker="Bo", participant_id="P1", text="never said", start_char=0, end_char=10)
    job = Job(
        job_id="J-9",
        name="n",
        statement=Statement(situation=None, motivation=None, outcome=None, text="not a quote"),
        confidence="low",
        participants=("P1",),
        n_transcripts=1,
        quotes=(good,),
        forces={"push": (good,), "pull": (made_up,)},
        solutions=(Solution(name="spreadsheet", quotes=(good,)),),
        counter_quotes=(made_up,),
        wishes=(good,),
    )

    class Report:
        jobs = (job,)
        transcripts = (source,)

    assert [c.ok for c in verify_quotes(Report())] == [True, True, False, True, False, True]
    assert {c.job_id for c in verify_quotes(Report(), [source])} == {"J-9"}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"jobs": 3}', "\x00\x01"])
def test_a_broken_report_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StudyError):
        verify_quotes(path, [transcript()])
    with pytest.raises(StudyError, match=r"report\.json"):
        verify_quotes(tmp_path / "absent" / "report.json", [transcript()])


def test_a_folder_stands_for_its_report(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(json.dumps(claim("whole evenings")), encoding="utf-8")
    assert [c.ok for c in verify_quotes(tmp_path, [transcript()])] == [True]


@given(st.text(max_size=60))
def test_any_text_gets_a_verdict(text: str) -> None:
    (check,) = verify_quotes(claim(text), [transcript()])
    said = any(text in transcript().words(t) for t in transcript().turns if t.role == "participant")
    assert check.ok == (said and bool(text.strip()))


def test_gold_quotes_stand_in_their_interviews(shared: Path) -> None:
    transcripts = []
    for path in sorted((shared / "data/interviews/marketing").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        starts = list(re.finditer(r"(?m)^(Interviewer|Participant): ", text))
        ends = [m.start() for m in starts[1:]] + [len(text)]
        turns = tuple(
            Turn(turn_index=i, speaker=m[1], role=m[1].lower(), start_char=m.end(), end_char=e)  # type: ignore[arg-type]
            for i, (m, e) in enumerate(zip(starts, ends, strict=True))
        )
        transcripts.append(Transcript(transcript_id=path.stem, source=path.name, text=text, turns=turns))
    gold = json.loads((shared / "data/interviews/marketing_jobs.json").read_text(encoding="utf-8"))
    jobs = [{"job_id": j["job_id"], "quotes": j["evidence"]} for j in gold["jobs"]]
    checks = verify_quotes({"jobs": jobs}, transcripts)
    assert len(checks) > 100
    assert [c for c in checks if not c.ok] == []
    said = [e for j in gold["jobs"] for e in j["evidence"] if e["quote"].count(" the ") == 1]
    damaged = [{"quotes": [{**e, "quote": e["quote"].replace(" the ", " that very ")}]} for e in said]
    kinds = [c.kind for c in verify_quotes({"jobs": damaged}, transcripts)]
    assert kinds.count("edited") >= 0.95 * len(kinds) > 20


def test_a_source_is_read_as_the_report_says_that_it_was(tmp_path: Path) -> None:
    """With the defaults the roles would be the other way round, and another column would be the text."""
    talk = (
        "Ann: Why is it so slow?\n\nBob: I lose whole evenings.\n\nAnn: Why do you stay?\n\nBob: It is what I know.\n"
    )
    (tmp_path / "t1.txt").write_text(talk, encoding="utf-8")
    report = {**claim("Why is it so slow?"), "schema_version": 1}
    (found,) = read_transcripts(tmp_path, config=IngestionConfig(interviewer=("Bob",)))
    at = found.text.index("Why is it so slow?")
    report["jobs"][0]["quotes"][0] |= {"start_char": at, "end_char": at + 18}  # type: ignore[index]
    assert [c.kind for c in verify_quotes(report, tmp_path)] == ["interviewer"]
    told = {**report, "config": {"ingestion": {"interviewer": ["Bob"], "of_a_later_version": 1}}}
    assert [c.kind for c in verify_quotes(told, tmp_path)] == ["exact"]
    config = Config.from_dict({"ingestion": {"interviewer": ["Bob"]}})
    assert [c.kind for c in verify_quotes(report, tmp_path, config=config)] == ["exact"]
    rows = [{"transcript": "t1", "speaker": "Bob", "participant": "", "role": "interviewer"}]
    assert [c.kind for c in verify_quotes(report, tmp_path, participants=rows)] == ["exact"]


def test_what_a_report_quotes_outside_of_jobs_is_checked_once() -> None:
    words = {"transcript_id": "t1", "text": "I spent all my evenings chasing receipts"}
    other = {**words, "text": "Nobody said this at all"}
    report = {
        "jobs": [{"job_id": "J-1", "quotes": [words]}],
        "forces": [{"quote": words, "job_id": "J-1", "asked": False}, {"quote": other, "job_id": None, "asked": True}],
        "solutions": [{"name": "ledger", "quotes": [other]}],
        "unclustered": [{**words, "text": "nor this"}],
    }
    checks = verify_quotes(report, [transcript()])
    assert [(c.job_id, c.ok) for c in checks[1:]] == [("", False), ("", False)]
    assert checks[0].job_id == "J-1"
