"""Redaction, pseudonyms, review and the whole protection of a report: what is hidden must not come out anywhere."""

from __future__ import annotations

import csv
import dataclasses
import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jtbd_nlp.config import IngestionConfig, PrivacyConfig
from jtbd_nlp.errors import InvalidParameterError, StudyError
from jtbd_nlp.evidence import cut_span
from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.privacy import Find, Pseudonymiser, Redactor, apply_privacy, protect, redact
from jtbd_nlp.privacy.hiding.offsets import OffsetMap, Piece
from jtbd_nlp.privacy.hiding.private_files import write_private
from jtbd_nlp.privacy.protection import KEY_FILE, REVIEW_FILE
from jtbd_nlp.privacy.review import parse_review
from jtbd_nlp.records import Gap, Job, Quote, Row, Segment, Solution, Statement, Transcript, Turn, Warn
from jtbd_nlp.reporting import JobReport

SECRETS = (
    "Anna", "Meyer", "anna_meyer", "Brightwell", "Priya", "Raman", "7700 900123", "anna.meyer@example.com", "Karen",
    "Blake", "Oskar", "12/03/1984", "@oskar_draws", "Leverton", "EMP-4582",
)  # fmt: skip


def make(transcript_id: str, *turns: tuple[str, str, str]) -> Transcript:
    text, placed = "", []
    for index, (role, speaker, words) in enumerate(turns):
        text += ("\n\n" if text else "") + f"{speaker}: "
        person = transcript_id if role == "participant" else None
        start = len(text)
        text += words
        placed.append(
            Turn(
                turn_index=index,
                speaker=speaker,
                role=role,
                participant_id=person,
                start_char=start,
                end_char=len(text),
            )  # type: ignore[arg-type]
        )
    return Transcript(
        transcript_id=transcript_id,
        source=f"in/{transcript_id}.txt",
        text=text,
        turns=tuple(placed),
        metadata={"title": "Talk with Anna Meyer"},
        warnings=("the speaker Anna Meyer spoke twice",),
        times=((0, 0.0), (len(text) // 2, 5.0)),
    )


def study() -> tuple[Transcript, ...]:
    first = make(
        "anna_meyer",
        ("interviewer", "Karen Blake", "Hi Anna, where do you work?"),
        ("participant", "Anna Meyer", "At Brightwell Foods, I work at Brightwell Foods. My boss Oskar hates invoices."),
        ("interviewer", "Karen Blake", "And Priya Raman?"),
        ("participant", "Anna Meyer", "Priya has diabetes. Call me on +44 7700 900123 or anna.meyer@example.com."),
    )
    second = make(
        "s2",
        ("interviewer", "Karen Blake", "Tell me, Oskar."),
        (
            "participant",
            "Oskar Leverton",
            "I know Anna from school. Born on 12/03/1984. I am @oskar_draws, staff id EMP-4582.",
        ),
    )
    return first, second


ROWS: tuple[Row, ...] = (
    {"participant_id": "anna_meyer", "transcript_id": "anna_meyer", "speaker": "Anna Meyer", "name": "Anna Meyer",
     "plan": "pro"},
    {"participant_id": "s2", "transcript_id": "s2", "speaker": "Oskar Leverton", "email": "oskar.leverton@example.com"},
)  # fmt: skip
WARNINGS = (Warn(code="refused", message="in/karen_blake.docx: broken", source="in/karen_blake.docx"),)


def report_of(transcripts: tuple[Transcript, ...], rows: tuple[Row, ...], warnings: tuple[Warn, ...]) -> JobReport:
    """Build a report that uses every text there is, with what a person may type on top."""
    quotes = [
        cut_span(t, turn.start_char, turn.end_char, slot="struggle")
        for t in transcripts
        for turn in t.turns
        if turn.role == "participant"
    ]
    segments = [
        Segment(
            segment_id=f"{t.transcript_id}:{turn.turn_index}", transcript_id=t.transcript_id,
            turn_index=turn.turn_index, speaker=turn.speaker, participant_id=turn.participant_id,
            role=turn.role, text=t.words(turn),
            start_char=turn.start_char, end_char=turn.end_char,
        )
        for t in transcripts for turn in t.turns
    ]  # fmt: skip
    words = quotes[0].text
    job = Job(
        job_id="J-1", name="Help Anna Meyer and Priya with invoices", confidence="low",
        participants=(quotes[0].participant_id,),
        statement=Statement(situation=words, motivation="pay", outcome=None, text=f"When {words}, I want to pay"),
        n_transcripts=1, quotes=tuple(quotes), forces={"push": (quotes[1],)}, phrases=(words,),
        solutions=(Solution(name="Oskar Leverton", hired_by=(quotes[0].participant_id,), quotes=(quotes[0],)),),
        gaps=(Gap(slot="outcome", ask="Ask Karen Blake"),), note="seen by karen blake, call +44 7700 900123",
    )  # fmt: skip
    return JobReport(
        jobs=(job,), unclustered=(dataclasses.replace(quotes[-1], reason="short"),), transcripts=transcripts,
        warnings=warnings,
        config={"ingestion": {"interviewer": ["Karen Blake"]}, "drafting": {"brief": "What Oskar Leverton needs"}},
        provenance={"inputs": {"in/anna_meyer.txt": "ab12", "in/s2.txt": "cd34"}},
        segments=tuple(segments), participants=rows,
    )  # fmt: skip


def written(folder: Path) -> dict[str, str]:
    return {str(f.relative_to(folder)): f.read_text(encoding="utf-8") for f in sorted(folder.rglob("*")) if f.is_file()}


needs_presidio = pytest.mark.skipif(
    __import__("importlib.util").util.find_spec("presidio_analyzer") is None,
    reason="the extra privacy is not installed",
)


@needs_presidio
@pytest.mark.parametrize("pseudonymise", [False, True])
def test_no_secret_in_any_output_file(tmp_path: Path, pseudonymise: bool) -> None:
    config = PrivacyConfig(redact="on", pseudonymise=pseudonymise)
    safe = protect(study(), config, participants=ROWS, warnings=WARNINGS, private=tmp_path / "private")
    report = apply_privacy(report_of(safe.transcripts, safe.participants, safe.warnings), safe)
    report.save(tmp_path / "out")
    files = written(tmp_path / "out")
    assert len(files) >= 8
    for name, text in files.items():
        leaked = [s for s in SECRETS if s.casefold() in (name + text).casefold()]
        assert not leaked, (name, leaked)
    assert all(s in "".join(written(tmp_path / "private").values()) for s in ("Anna Meyer", "Oskar Leverton"))


@needs_presidio
def test_quotes_are_slices_and_know_their_place_in_the_original() -> None:
    originals = {t.transcript_id: t for t in study()}
    safe = protect(study(), PrivacyConfig(redact="on"), participants=ROWS)
    report = apply_privacy(report_of(safe.transcripts, safe.participants, safe.warnings), safe)
    shown = {t.transcript_id: t for t in report.transcripts}
    assert {t.transcript_id for t in report.transcripts} == {"T1", "s2"}
    for quote in (
        *report.jobs[0].quotes,
        *report.unclustered,
        *report.jobs[0].forces["push"],
        *report.jobs[0].solutions[0].quotes,
    ):
        assert shown[quote.transcript_id].text[quote.start_char : quote.end_char] == quote.text
        own = originals[safe.origins[quote.transcript_id][0]]
        turn = next(t for t in own.turns if t.start_char == quote.original_start_char)
        assert quote.original_end_char == turn.end_char and turn.role == "participant"
    assert (
        JobReport.from_dict(report.to_dict()).jobs[0].quotes[0].original_start_char
        == report.jobs[0].quotes[0].original_start_char
    )


@needs_presidio
def test_special_categories_are_flagged_and_hidden_only_when_accepted(tmp_path: Path) -> None:
    safe = protect(study(), PrivacyConfig(redact="on"), private=tmp_path)
    assert any("diabetes" in t.text for t in safe.transcripts)
    assert [w.count for w in safe.warnings if w.code == "special_category"] == [1]
    answer(tmp_path / REVIEW_FILE, {"diabetes": "yes"})
    again = protect(study(), PrivacyConfig(redact="on"), private=tmp_path)
    assert not any("diabetes" in t.text for t in again.transcripts)
    assert any("[HEALTH]" in t.text for t in again.transcripts)


def answer(path: Path, decisions: dict[str, str], added: tuple[dict[str, str], ...] = ()) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["accept"] = decisions.get(row["text"].lstrip("'"), row["accept"])
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows([*rows, *({**dict.fromkeys(rows[0], ""), **row} for row in added)])


@needs_presidio
def test_suggest_shows_all_until_a_person_accepts(tmp_path: Path) -> None:
    suggest = PrivacyConfig(redact="suggest")
    first = protect(study(), suggest, private=tmp_path)
    assert [t.text for t in first.transcripts] == [t.text for t in study()]
    listed = parse_review((tmp_path / REVIEW_FILE).read_text(encoding="utf-8"), "x").rows
    assert {"anna.meyer@example.com", "+44 7700 900123", "Brightwell Foods", "diabetes"} <= {
        row["text"] for row in listed
    }
    assert all(row["text"] in " ".join(row["context"].split()) or row["kind"] for row in listed)
    answer(
        tmp_path / REVIEW_FILE,
        {"anna.meyer@example.com": "yes", "Brightwell Foods": "no"},
        ({"accept": "yes", "text": "invoices"},),
    )
    second = protect(study(), suggest, private=tmp_path)
    text = "".join(t.text for t in second.transcripts)
    assert "anna.meyer@" not in text and "+44 7700 900123" in text and "Brightwell" in text and "invoices" not in text
    third = protect(study(), PrivacyConfig(redact="on"), private=tmp_path)
    text = "".join(t.text for t in third.transcripts)
    assert "anna.meyer@" not in text and "+44 7700 900123" not in text and "Brightwell" in text and "[OTHER]" in text
    before = (tmp_path / REVIEW_FILE).read_bytes()
    protect(study(), PrivacyConfig(redact="on"), private=tmp_path)
    assert (tmp_path / REVIEW_FILE).read_bytes() == before


def test_review_refuses_what_it_cannot_read() -> None:
    with pytest.raises(StudyError, match="x:2: accept must be yes, no or empty, got 'perhaps'"):
        parse_review("accept,text\nperhaps,Anna\n", "x")
    with pytest.raises(StudyError, match="columns accept and text"):
        parse_review("a,b\n1,2\n", "x")
    assert parse_review("accept,text\nYES,Anna\nno,Bob\n,Eve\n", "x").added == (("Anna", "OTHER", ""),)


def test_review_cells_that_would_be_formulas_are_guarded(tmp_path: Path) -> None:
    pytest.importorskip("presidio_analyzer")
    one = make("t", ("participant", "Participant", "My handle is =cmd, call me on +44 7700 900123."))
    protect([one], PrivacyConfig(redact="suggest"), private=tmp_path)
    raw = (tmp_path / REVIEW_FILE).read_text(encoding="utf-8")
    assert '"\'+44 7700 900123"' in raw and '"+44' not in raw
    assert "+44 7700 900123" in {row["text"] for row in parse_review(raw, "x").rows}


def test_pseudonyms_alone_need_no_presidio_and_hide_every_name_of_a_participant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "presidio_analyzer", None)
    safe = protect(study(), PrivacyConfig(pseudonymise=True), participants=ROWS, warnings=WARNINGS)
    text = repr(([dataclasses.asdict(t) for t in safe.transcripts], safe.participants, safe.warnings))
    assert not re.findall(r"(?i)\b(?:anna|meyer|karen|blake|oskar|leverton)\b", text)
    assert "Brightwell" in text and "+44 7700 900123" in text
    first = safe.transcripts[0]
    assert first.turns[1].speaker == first.turns[1].participant_id == "P1" and first.turns[0].speaker == "I1"
    assert "My boss [P2]" in safe.transcripts[0].text + safe.transcripts[1].text


@pytest.mark.parametrize("role", ["participant", "interviewer"])
def test_who_are_called_alike_are_hidden_and_told_apart(tmp_path: Path, role: str) -> None:
    asks, tells = ("Anna", "Tom {0}") if role == "interviewer" else ("Interviewer", "Anna")
    for name in ("one", "two"):
        who = tells.format(name.title())
        lines = (
            f"{asks}: How is {name}?",
            f"{who}: I am Anna's neighbour.",
            f"{asks}: And?",
            f"{who}: It is slow, Anna.",
        )
        (tmp_path / f"{name}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    if role == "interviewer":  # one person under two labels
        path = tmp_path / "two.txt"
        path.write_text(path.read_text(encoding="utf-8").replace("Anna: ", "Anna Berg: "), encoding="utf-8")
    read = read_sources(
        tmp_path, config=IngestionConfig(interviewer=("Anna", "Anna Berg") if role == "interviewer" else ())
    )
    hidden = protect(read.transcripts, PrivacyConfig(pseudonymise=True), participants=read.participants)
    for one in hidden.transcripts:
        assert "Anna" not in one.text
        spoken = {(turn.speaker, turn.participant_id) for turn in one.turns if turn.role == "participant"}
        assert len(spoken) == 1
        assert all(speaker == own for speaker, own in spoken)
    assert {row["speaker"] for row in hidden.participants} == {"P1", "P2"}


def test_what_was_not_read_is_told_without_names(tmp_path: Path) -> None:
    for name in ("broken Hieronymus Castellane.docx", "~$inevere Montague.docx"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "README.md").write_text("Read me.", encoding="utf-8")
    (tmp_path / "one.txt").write_text(
        "Interviewer: Why?\n\nTom: It is slow.\n\nInterviewer: And?\n\nTom: No.", encoding="utf-8"
    )
    rows = [{"transcript": "gone", "speaker": "Lysander Pemberton", "participant": "P9"}]
    read = read_sources(tmp_path, participants=rows)
    hidden = protect(read.transcripts, PrivacyConfig(pseudonymise=True), warnings=read.warnings)
    told = " ".join(f"{w.message} {w.source}" for w in hidden.warnings)
    assert {w.code for w in hidden.warnings} == {"refused", "ignored", "participants_unused"}
    assert not [word for word in ("Castellane", "Montague", "Pemberton") if word in told]


@needs_presidio
def test_a_file_that_is_called_by_a_number_or_an_address_becomes_a_pseudonym(tmp_path: Path) -> None:
    for name in ("+44 7700 900456", "tom.berg@example.com", "GMT20260301-140322_Recording"):
        talk = f"Interviewer: Why?\n\nTom: It is slow, {len(name)}.\n\nInterviewer: And?\n\nTom: No."
        (tmp_path / f"{name}.txt").write_text(talk, encoding="utf-8")
    read = read_sources(tmp_path)
    hidden = protect(read.transcripts, PrivacyConfig(redact="on"))
    assert [t.transcript_id for t in hidden.transcripts] == ["GMT20260301-140322_Recording", "T1", "T2"]


def test_off_changes_nothing() -> None:
    safe = protect(study(), PrivacyConfig(), participants=ROWS, warnings=WARNINGS)
    assert safe.transcripts == tuple(sorted(study(), key=lambda t: t.transcript_id))
    assert safe.participants == ROWS and safe.warnings == WARNINGS
    report = report_of(safe.transcripts, safe.participants, safe.warnings)
    assert apply_privacy(report, safe) is report


def test_pseudonyms_last_while_a_study_grows(tmp_path: Path) -> None:
    key = Pseudonymiser(tmp_path / KEY_FILE)
    assert key.assign("participant", ["zoe", "adam", "P7"]) == {"P7": "P7", "adam": "P8", "zoe": "P9"}
    key.remember("P8", ["Adam Smith"])
    key.save()
    later = Pseudonymiser(tmp_path / KEY_FILE)
    assert (
        later.assign("participant", ["aaron", "zoe", "P9"]) == {"P9": "P11", "aaron": "P10", "zoe": "P9"}
        or later.who("P9") == "zoe"
    )
    assert later.assign("participant", ["adam"]) == {"adam": "P8"}
    assert later.who("P8") == "adam" and later.reveal("[P8] told P9, not P90 or XP9") == "adam told zoe, not P90 or XP9"
    with pytest.raises(StudyError, match="P99"):
        later.who("P99")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.text(max_size=8), max_size=8), st.sets(st.text(max_size=8), max_size=8))
def test_pseudonyms_are_one_to_one_and_stable(first: set[str], second: set[str]) -> None:
    key = Pseudonymiser()
    before = key.assign("participant", first)
    after = key.assign("participant", first | second)
    assert {i: after[i] for i in first} == before
    assert len(set(after.values())) == len(after)
    assert all(key.who(p) == i for i, p in after.items())


def test_key_file_is_for_its_owner_and_whole(tmp_path: Path) -> None:
    key = Pseudonymiser(tmp_path / "deep" / KEY_FILE)
    key.assign("participant", ["anna"])
    key.save()
    file = tmp_path / "deep" / KEY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert os.listdir(file.parent) == [KEY_FILE]  # noqa: PTH208
    before = file.stat().st_mtime_ns
    again = Pseudonymiser(file)
    again.assign("participant", ["anna"])
    again.save()
    assert file.stat().st_mtime_ns == before


def test_private_file_does_not_follow_a_planted_link(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("safe", encoding="utf-8")
    (tmp_path / ".key.json.part").symlink_to(victim)
    write_private(tmp_path / "key.json", "secret")
    assert (
        victim.read_text(encoding="utf-8") == "safe" and (tmp_path / "key.json").read_text(encoding="utf-8") == "secret"
    )


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"schema_version": 2, "pseudonyms": {}}', '{"schema_version": 1, "pseudonyms": {"x": 1}}', "[" * 9999],
)
def test_broken_key_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / KEY_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match="key file that jtbd_nlp wrote"):
        Pseudonymiser(tmp_path / KEY_FILE)


def test_redactor_shows_spans_whole_and_offsets_stay() -> None:
    one = make("t", ("participant", "Participant", "I asked Anna Meyer twice."))
    start = one.text.index("Anna")
    find = Find(
        transcript_id="t", start_char=start, end_char=start + 10, kind="NAME", score=1, special=False, source="x"
    )
    shower = Redactor([one], [find])
    assert shower.display(one, one.turns[0].start_char, len(one.text)) == "I asked [NAME] twice."
    assert shower.display(one, start + 5, len(one.text)) == "[NAME] twice."
    assert shower.display(one, one.turns[0].start_char, start + 2) == "I asked [NAME]"
    assert redact(one.text, [find]) == "Participant: I asked [NAME] twice."
    with pytest.raises(InvalidParameterError, match="find must lie in"):
        redact("short", [find])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=60), st.data())
def test_offsets_map_both_ways(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pieces = [Piece(a, b, "[X]") for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    offsets = OffsetMap(pieces)
    shown = offsets.apply(text)
    hidden = {i for p in pieces for i in range(p.start_char, p.end_char)}
    for i, letter in enumerate(text):
        if i not in hidden:
            there = offsets.to_redacted(i)
            assert shown[there] == letter and offsets.to_original(there) == i
            assert offsets.to_redacted(i + 1, is_end=True) == there + 1
    assert offsets.to_redacted(len(text), is_end=True) == len(shown)
    assert offsets.to_original(len(shown), is_end=True) == len(text)


def test_times_and_turns_move_along() -> None:
    pytest.importorskip("presidio_analyzer")
    safe = protect(study(), PrivacyConfig(redact="on"))
    for shown in safe.transcripts:
        assert [at for at, _ in shown.times] == sorted(at for at, _ in shown.times)
        assert all(0 <= t.start_char < t.end_char <= len(shown.text) for t in shown.turns)
        assert all(a.end_char <= b.start_char for a, b in zip(shown.turns, shown.turns[1:], strict=False))


def test_quotes_stay_out_of_the_scrubber() -> None:
    quote = Quote(transcript_id="t", speaker=None, participant_id="P1", text="Anna", start_char=0, end_char=4)
    from jtbd_nlp.privacy.hiding.scrubbing import Scrubber

    scrubber = Scrubber({"Anna Meyer": "[P1]"}, {"anna": "[P1]", "will": "[P2]"})
    assert scrubber.value({"a": [quote, "ANNA  meyer's, Anna will", None, 3]}) == {
        "a": [quote, "[P1]'s, [P1] will", None, 3]
    }


@pytest.mark.parametrize(
    ("privacy", "hides"),
    [
        (PrivacyConfig(), False),
        (PrivacyConfig(redact="suggest"), False),
        (PrivacyConfig(pseudonymise=True), True),
        (PrivacyConfig(redact="on"), True),
    ],
)
def test_people_of_the_table_who_are_in_no_transcript_are_not_named(privacy: PrivacyConfig, hides: bool) -> None:
    rows = [{"transcript": "s9", "speaker": "Zebediah Quillfeather", "participant": "P9"}]
    read = read_sources(study(), participants=rows)
    (told,) = (w for w in read.warnings if w.code == "participants_unused")
    assert told.message.endswith(": s9/Zebediah Quillfeather")
    shown = protect(read.transcripts, privacy, participants=read.participants, warnings=read.warnings).warnings
    (told,) = (w for w in shown if w.code == "participants_unused")
    assert told.message.startswith("1 rows of the participants file match no participant that speaks")
    assert ("Zebediah" in told.message, told.count) == (not hides, 1)
