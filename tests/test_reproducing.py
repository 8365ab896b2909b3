"""Running a report again: what is the same, what differs by name, redacted reports, studies with edits; quotes of both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from jtbd_nlp import JobReport, mine, verify_quotes
from jtbd_nlp.config import Config
from jtbd_nlp.errors import MissingModelError, StudyError
from jtbd_nlp.reproducing import reproduce, reproduce_study
from jtbd_nlp.study import Study

CHEAP = {"tagging": {"model": "lexicon"}, "clustering": {"resamples": 0, "min_passages": 2}}
TALK = """Interviewer: Hi {name}, what is hard about it?
{name}: When the month ends I spend hours on invoices and I hate it. I want to get paid by Halvorsen Trading on time so I can sleep.
Interviewer: And then?
{name}: Last week {friend} told me to {what} and I felt stupid. I work at Halvorsen Trading. I wish {what} was easier.
Interviewer: Anything else?
{name}: When a client calls Halvorsen Trading at night I struggle to {what}. I need to know who owes me money so that I can plan.
"""


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    folder = tmp_path / "talks"
    folder.mkdir()
    people = (("anna_meyer", "Anna Meyer", "Priya Raman"), ("two", "Oskar Leverton", "Anna Meyer"))
    for (stem, name, friend), what in zip(people, ("send them", "write them down"), strict=True):
        (folder / f"{stem}.txt").write_text(TALK.format(name=name, friend=friend, what=what), encoding="utf-8")
    return folder


def run(talks: Path, out: Path, private: Path | None = None, **privacy: object) -> JobReport:
    config = Config.from_dict({**CHEAP, "privacy": privacy}, origin="test")
    mine(talks, config=config, progress=False, private=private).save(out)
    return JobReport.load(out)


def test_the_same_again_from_originals_and_from_saved_texts(talks: Path, tmp_path: Path) -> None:
    report = run(talks, tmp_path / "out")
    assert report.jobs
    assert reproduce(report, talks).differences == ()
    assert reproduce(report).differences == ()
    bare = tmp_path / "bare"
    bare.mkdir()
    shutil.copy(tmp_path / "out" / "report.json", bare)
    assert reproduce(JobReport.load(bare / "report.json"), talks).differences == ()
    with pytest.raises(StudyError, match="transcripts must be given"):
        reproduce(JobReport.load(bare / "report.json"))


def test_a_changed_input_model_and_library_are_named(talks: Path, tmp_path: Path) -> None:
    run(talks, tmp_path / "out")
    file = tmp_path / "out" / "report.json"
    data = json.loads(file.read_bytes())
    data["provenance"]["models"]["tagger/model.onnx"] = "0" * 64
    data["provenance"]["libraries"]["numpy"] = "1.0"
    file.write_text(json.dumps(data), encoding="utf-8")
    found = reproduce(JobReport.load(file), talks)
    assert [d for d in found.differences if d.startswith("model tagger/model.onnx was 000000000000, is ")]
    assert len(found.differences) == 1 and found.notes[0].startswith("library numpy was 1.0, is ")
    changed = talks / "two.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("client", "customer"), encoding="utf-8")
    found = reproduce(JobReport.load(file), talks)
    assert any(d.startswith("input two was ") for d in found.differences) and not found.same


def test_a_changed_model_file_is_refused(
    talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    from jtbd_nlp import models
    from jtbd_nlp.embedding import load_embedder

    report = run(talks, tmp_path / "out")
    root = next(r for r in models._roots() if (r / "index.json").is_file())
    copy = tmp_path / "models"
    shutil.copytree(root, copy)
    weights = next(copy.rglob("*.onnx"))
    for file in copy.rglob("*.onnx"):
        file.write_bytes(file.read_bytes() + b"\0")
    assert weights.is_file()
    monkeypatch.setenv("JTBD_NLP_MODELS", str(copy))
    load_embedder.cache_clear()
    request.addfinalizer(load_embedder.cache_clear)
    with pytest.raises(MissingModelError, match="must have sha256"):
        reproduce(report, talks)


def test_a_redacted_report_is_run_again_with_its_key_decisions_and_settings(talks: Path, tmp_path: Path) -> None:
    pytest.importorskip("presidio_analyzer", reason="the extra privacy is not installed")
    private = tmp_path / "private"
    report = run(talks, tmp_path / "out", private, redact="on", pseudonymise=True, hide=["month ends"])
    assert "month ends" not in (tmp_path / "out" / "report.json").read_text(encoding="utf-8")
    before = {f.name: f.read_bytes() for f in private.iterdir()}
    assert reproduce(report, talks, private=private).differences == ()
    assert {f.name: f.read_bytes() for f in private.iterdir()} == before
    assert reproduce(report).differences == ()
    without = reproduce(
        report, talks
    )  # the report does not show what was to be hidden, so it cannot be run from it alone
    assert not without.same


def test_quotes_of_a_redacted_report_stand_in_the_originals_and_in_the_saved_texts(talks: Path, tmp_path: Path) -> None:
    pytest.importorskip("presidio_analyzer", reason="the extra privacy is not installed")
    report = run(talks, tmp_path / "out", redact="on", pseudonymise=True)
    quotes = [q for job in report.jobs for q in job.quotes]
    assert any("[EMPLOYER]" in q.text or "[NAME]" in q.text or "[P" in q.text for q in quotes)
    assert {q.transcript_id for q in quotes} == {"T1", "two"}
    for source in (talks, tmp_path / "out" / "transcripts", None):
        checks = verify_quotes(report, source)
        assert len(checks) >= len(quotes)
        assert [c.reason for c in checks if not c.ok] == []
    originals = {t.stem: t.read_text(encoding="utf-8") for t in talks.iterdir()}
    hidden = next(q for q in quotes if "[EMPLOYER]" in q.text)
    text = originals["anna_meyer" if hidden.transcript_id == "T1" else "two"]
    assert hidden.original_start_char is not None
    assert "Halvorsen Trading" in text[hidden.original_start_char : hidden.original_end_char]
    name = "two.txt"
    (talks / name).write_text((talks / name).read_text(encoding="utf-8").replace("night", "noon"), encoding="utf-8")
    assert [c for c in verify_quotes(report, talks) if not c.ok and c.transcript_id == "two"]


def test_a_study_is_run_again_with_its_edits(talks: Path, tmp_path: Path) -> None:
    study = Study.init(tmp_path / "study")
    settings = study.folder / "study.toml"
    text = settings.read_text(encoding="utf-8").replace('# model = "tagger"', 'model = "lexicon"')
    text = text.replace("# resamples = 20", "resamples = 0").replace("# min_passages = 3", "min_passages = 2")
    settings.write_text(text, encoding="utf-8")
    for file in talks.iterdir():
        shutil.copy(file, study.folder / "transcripts")
    with pytest.raises(StudyError, match="must hold a report"):
        reproduce_study(study.folder)
    study.mine(progress=False)
    study.rename(study.report.jobs[0].job_id, "Named by a person")
    study.mine(progress=False)
    before = {f: f.read_bytes() for f in study.folder.rglob("*") if f.is_file()}
    assert reproduce_study(study.folder).differences == ()
    assert {f: f.read_bytes() for f in study.folder.rglob("*") if f.is_file()} == before
    changed = talks / "two.txt"
    changed.write_text(changed.read_text(encoding="utf-8").replace("client", "customer"), encoding="utf-8")
    assert not reproduce_study(study.folder, talks).same
