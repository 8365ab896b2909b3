"""The main job on the sample transcripts: evidence by construction, nothing dropped, same input same bytes."""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import jtbd_nlp
from jtbd_nlp import Config, JobReport
from jtbd_nlp.errors import IngestionError, InvalidParameterError
from jtbd_nlp.records import FORCES, SLOTS
from jtbd_nlp.study import FolderCache

QUICK = Config()
SOME = ("01_plumber", "02_physio", "03_photographer", "06_groomer")


@pytest.fixture
def few(samples: Path, tmp_path: Path) -> Path:
    """Return a folder with four of the samples."""
    return put(samples, tmp_path / "few")


def put(samples: Path, folder: Path) -> Path:
    folder.mkdir()
    for path in sorted(samples.iterdir()):
        if path.stem in SOME:
            shutil.copy(path, folder / path.name)
    return folder


def saved(report: JobReport, folder: Path) -> bytes:
    return (report.save(folder) / "report.json").read_bytes()


@pytest.fixture(scope="module")
def plain(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[str]]:
    """Return the report of the four as it is saved, mined once without a cache, and the stages that were told."""
    stages: list[str] = []
    folder = tmp_path_factory.mktemp("plain")
    few = put(samples, folder / "few")
    report = jtbd_nlp.mine(few, config=QUICK, progress=lambda stage, _done, _total: stages.append(stage))
    return saved(report, folder / "out"), stages


def test_every_quote_is_a_slice_of_a_participants_turn(mined: JobReport) -> None:
    transcripts = {t.transcript_id: t for t in mined.transcripts}
    quotes = [q for j in mined.jobs for q in (*j.quotes, *j.counter_quotes, *(q for f in FORCES for q in j.forces[f]))]
    assert quotes
    for quote in (*quotes, *mined.unclustered):
        transcript = transcripts[quote.transcript_id]
        assert transcript.text[quote.start_char : quote.end_char] == quote.text
        turn = next(t for t in transcript.turns if t.start_char <= quote.start_char < t.end_char)
        assert turn.role == "participant"
        assert quote.end_char <= turn.end_char


def test_every_filled_slot_has_its_quote_and_every_empty_one_its_question(mined: JobReport) -> None:
    for job in mined.jobs:
        for slot in SLOTS:
            filled = getattr(job.statement, slot) is not None
            assert not filled or any(q.slot == slot for q in job.quotes[:3])
            assert filled != any(g.slot == slot for g in job.gaps)
        assert job.statement.motivation or job.edits


def test_every_passage_is_in_one_job_or_listed_with_a_reason(mined: JobReport) -> None:
    used = [s for j in mined.jobs for s in {q.segment_id for q in j.quotes}]
    left = [q.segment_id for q in mined.unclustered]
    assert len(used) == len(set(used))
    assert not set(used) & set(left)
    assert all(q.reason for q in mined.unclustered)


def test_no_job_swallows_the_study(mined: JobReport) -> None:
    assert len(mined.jobs) >= 5
    passages = sum(len(j.quotes) for j in mined.jobs) + len(mined.unclustered)
    assert max(len(j.quotes) for j in mined.jobs) <= 0.25 * passages


def test_ai_summaries_and_interviewers_are_never_quoted(mined: JobReport) -> None:
    words = " ".join(q.text for j in mined.jobs for q in j.quotes)
    assert "Suggested next steps" not in words
    assert "Gemini" not in words


def test_report_survives_saving(mined: JobReport, tmp_path: Path) -> None:
    again = JobReport.load(mined.save(tmp_path / "out"))
    assert [j.job_id for j in again.jobs] == [j.job_id for j in mined.jobs]
    assert again.jobs[0].quotes == mined.jobs[0].quotes
    keys = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert {"schema_version", "jobs", "unclustered", "transcripts", "warnings", "config", "provenance"} <= keys.keys()


def test_same_bytes_in_any_order_and_on_any_number_of_threads(
    few: Path, tmp_path: Path, plain: tuple[bytes, list[str]]
) -> None:
    paths = sorted(few.iterdir())
    random.Random(3).shuffle(paths)
    one = Config.from_dict({"embedding": {"threads": 1}})
    again = json.loads(saved(jtbd_nlp.mine(paths, config=one, progress=False), tmp_path / "b"))
    before = json.loads(plain[0])
    again["config"] = before["config"]
    assert again == before
    assert [t.transcript_id for t in jtbd_nlp.read_transcripts(paths)] == [
        t["transcript_id"] for t in before["transcripts"]
    ]


def test_a_cache_changes_nothing_and_saves_the_models_work(
    few: Path, tmp_path: Path, plain: tuple[bytes, list[str]]
) -> None:
    cache = FolderCache(tmp_path / "cache")
    first = saved(jtbd_nlp.mine(few, config=QUICK, progress=False, cache=cache), tmp_path / "b")
    kept = len(SOME) + 6  # an analysis each; words, vectors of words and passages, grades, names, grouping of the study
    assert (cache.hits, cache.misses) == (0, kept)
    second = saved(jtbd_nlp.mine(few, config=QUICK, progress=False, cache=cache), tmp_path / "c")
    assert cache.hits == kept
    assert plain[0] == first == second


def test_progress_tells_the_stages(plain: tuple[bytes, list[str]]) -> None:
    assert list(dict.fromkeys(plain[1])) == ["reading", "analysing", "grouping", "drafting"]


def test_one_broken_transcript_is_named_and_the_rest_goes_on(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jtbd_nlp import analysis

    real = analysis.cut_transcript

    def breaking(transcript: object) -> object:
        if getattr(transcript, "transcript_id", "") == SOME[0]:
            raise RuntimeError("out of luck")
        return real(transcript)  # type: ignore[arg-type]

    monkeypatch.setattr(analysis, "cut_transcript", breaking)
    report = jtbd_nlp.mine(few, config=QUICK, progress=False)
    failed = [w for w in report.warnings if w.code == "failed"]
    assert len(failed) == 1
    assert "out of luck" in failed[0].message
    assert report.jobs


def test_too_little_memory_for_many_at_once_is_enough_for_one_by_one(
    few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jtbd_nlp import analysis

    real, sizes = analysis.analyse_part, []

    def cramped(part: list[object], *rest: object) -> object:
        sizes.append(len(part))
        if len(part) > 1:
            raise MemoryError
        return real(part, *rest)  # type: ignore[arg-type]

    transcripts = jtbd_nlp.read_transcripts(few)
    expected = [a.tags for a in analysis.analyse_all(transcripts, QUICK, threads=1)]  # type: ignore[union-attr]
    monkeypatch.setattr(analysis, "analyse_part", cramped)
    found = list(analysis.analyse_all(transcripts, QUICK, threads=1))
    assert [a.tags for a in found] == expected  # type: ignore[union-attr]
    assert max(sizes) > 1
    assert sizes.count(1) == len(transcripts)


def test_who_stops_waits_for_no_more_than_what_is_in_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from jtbd_nlp import analysis

    begun: list[object] = []
    monkeypatch.setattr(analysis, "PART", 1)
    monkeypatch.setattr(analysis, "_models", lambda config: None)

    def tried(part: list[object], *rest: object) -> list[object]:
        begun.extend(part)
        time.sleep(0.2)
        return [*part]

    monkeypatch.setattr(analysis, "_tried", tried)
    found = analysis.analyse_all(list(range(20)), QUICK, threads=1)  # type: ignore[arg-type]
    assert next(found) == 0
    found.close()  # type: ignore[attr-defined]
    assert len(begun) <= 2  # of the three that were handed out


def test_nothing_readable_is_an_error_that_lists_the_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(IngestionError, match=r"a\.txt"):
        jtbd_nlp.mine(tmp_path, progress=False)


@pytest.mark.parametrize(
    "text",
    [
        "Interviewer: How are you?\n\nInterviewer: Hello?",
        "Interviewer: How are you?\n\nParticipant: Fine.",
        "Interviewer: And?\n\nParticipant: " + "I want to get paid on time. " * 500,
    ],
)
def test_thin_transcripts_give_an_honest_small_result(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    report = jtbd_nlp.mine(tmp_path, progress=False, config=QUICK)
    assert len(report.jobs) <= 1
    assert report.warnings


def test_config_must_be_a_config(few: Path) -> None:
    with pytest.raises(InvalidParameterError, match="config must be a Config"):
        jtbd_nlp.mine(few, config={"a": 1})  # type: ignore[arg-type]


def test_redaction_leaves_no_name_in_any_file(few: Path, tmp_path: Path) -> None:
    pytest.importorskip("presidio_analyzer")
    config = Config.from_dict({"privacy": {"pseudonymise": True, "redact": "on"}})
    report = jtbd_nlp.mine(few, config=config, progress=False, private=tmp_path / "private")
    report.save(tmp_path / "out")
    originals = jtbd_nlp.read_transcripts(few)
    names = {
        t.speaker for o in originals for t in o.turns if t.role == "participant" and t.speaker and " " not in t.speaker
    }
    assert {n for n in names if n.isalpha()}
    texts = "\n".join(p.read_text(encoding="utf-8") for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert not [n for n in names if n.isalpha() and n != "Participant" and f'"{n}"' in texts]
    assert {w.code for w in report.warnings} & {"personal_data_hidden", "special_category"}
    slices = {t.transcript_id: t.text for t in report.transcripts}
    assert all(slices[q.transcript_id][q.start_char : q.end_char] == q.text for j in report.jobs for q in j.quotes)


def test_jobs_beyond_the_most_are_listed_and_told(few: Path, known: Callable[[], FolderCache]) -> None:
    config = Config.from_dict({"drafting": {"max_jobs": 1}})
    report = jtbd_nlp.mine(few, config=config, progress=False, cache=known())
    assert len(report.jobs) <= 1
    assert any(w.code == "max_jobs" for w in report.warnings)
    assert any("max_jobs" in (q.reason or "") for q in report.unclustered)
