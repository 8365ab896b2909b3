"""The command line, whole output and exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jtbd_nlp.cli.main import app


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jtbd_nlp", *words], capture_output=True, text=True, check=False, cwd=cwd
    )


@pytest.fixture
def few(samples: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "few"
    folder.mkdir()
    for name in ("01_plumber", "03_photographer", "06_groomer"):
        path = next(p for p in samples.iterdir() if p.stem == name)
        shutil.copy(path, folder / path.name)
    return folder


def test_mine_verify_reproduce_and_export(few: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("mine", str(few), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "3 transcripts" in done.stdout
    assert {"report.json", "report.html", "report.md", "jobs.csv", "quotes.csv"} <= {p.name for p in out.iterdir()}
    checked = run("verify", str(out / "report.json"), str(few), "--json")
    assert checked.returncode == 0
    assert json.loads(checked.stdout)["wrong"] == []
    assert run("reproduce", str(out), str(few)).stdout.strip() == "same bytes"
    assert run("export", str(out), "backlog", "--out", str(tmp_path / "b.csv")).returncode == 0
    assert (tmp_path / "b.csv").stat().st_size > 0


def test_a_changed_transcript_is_noticed(few: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("mine", str(few), "--out", str(out))
    changed = next(p for p in few.iterdir() if p.suffix == ".txt")
    words = changed.read_text(encoding="utf-8")
    changed.write_text(words.replace("I ", "We "), encoding="utf-8")
    checked = run("verify", str(out), str(few))
    assert checked.returncode == 1
    assert run("reproduce", str(out), str(few)).returncode == 3


def test_nothing_readable_ends_with_one_and_a_list(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    done = run("mine", str(tmp_path), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert "photo.png" in done.stderr
    assert "Traceback" not in done.stderr


def test_study_story(few: Path, tmp_path: Path) -> None:
    study = tmp_path / "study"
    assert run("init", str(study)).returncode == 0
    for path in few.iterdir():
        shutil.copy(path, study / "transcripts")
    assert run("mine", str(study)).returncode == 0
    report = json.loads((study / "results" / "report.json").read_text(encoding="utf-8"))
    job = report["jobs"][0]["job_id"]
    assert run("edit", "rename", str(study), job, "Get paid").returncode == 0
    assert run("mine", str(study)).returncode == 0
    renamed = json.loads((study / "results" / "report.json").read_text(encoding="utf-8"))
    assert next(j for j in renamed["jobs"] if j["job_id"] == job)["name"] == "Get paid"
    assert "rename" in run("history", str(study)).stdout
    assert "magic wand" in run("guide", str(study)).stdout
    assert run("edit", "rename", str(study), "J-000000", "x").returncode == 1


def test_lint_exit_codes_and_json() -> None:
    good = CliRunner().invoke(
        app,
        ["lint", "When a customer disputes a bill, I want to find what was agreed, so I can settle it on the spot."],
    )
    assert good.exit_code == 0
    bad = CliRunner().invoke(app, ["lint", "--json", "As a manager, I want a dashboard."])
    assert bad.exit_code == 1
    assert {f["rule"] for f in json.loads(bad.stdout)["findings"]} >= {"slots", "persona"}


def test_tag_prints_labels() -> None:
    found = CliRunner().invoke(app, ["tag", "--json", "I lose hours every week on chasing invoices."])
    assert "struggle" in json.loads(found.stdout)["labels"]


def test_wrong_usage_is_two_and_bad_settings_one(tmp_path: Path) -> None:
    assert run("mine").returncode == 2
    (tmp_path / "bad.toml").write_text("[clustering]\ngranulrity = 1\n", encoding="utf-8")
    done = run("mine", str(tmp_path), "--config", str(tmp_path / "bad.toml"))
    assert done.returncode == 1
    assert "Did you mean 'granularity'" in done.stderr


def test_a_scheduler_that_does_not_answer_is_told_in_seconds(few: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    words = ["mine", str(few), "--out", str(tmp_path / "o"), "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"]
    done = run(*words)
    assert done.returncode == 1
    assert "the Dask scheduler must answer" in done.stderr


def test_config_prints_settings_that_can_be_read_back(tmp_path: Path) -> None:
    from jtbd_nlp import Config

    printed = CliRunner().invoke(app, ["config"])
    file = tmp_path / "settings.toml"
    file.write_text(printed.stdout, encoding="utf-8")
    sections = {k: v for k, v in __import__("tomllib").loads(printed.stdout).items() if isinstance(v, dict)}
    assert Config.from_dict({k: v for k, v in sections.items() if k in Config().to_dict()}) == Config()


def test_every_command_has_help_with_a_first_line() -> None:
    import typer

    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert command.help, name


def test_a_transcript_that_failed_ends_with_three_and_is_named(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jtbd_nlp import JobReport, pipeline
    from jtbd_nlp.records import Warn

    told = Warn(code="failed", message="b.txt: MemoryError: too long", source="b.txt")
    monkeypatch.setattr(pipeline, "mine", lambda *args, **kwargs: JobReport(warnings=(told,)))
    done = CliRunner().invoke(app, ["mine", str(few), "--out", str(tmp_path / "out"), "--quiet"])
    assert done.exit_code == 3
    assert "b.txt: MemoryError" in done.output


def test_parquet_without_pyarrow_is_refused_before_the_work(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jtbd_nlp import pipeline

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr(pipeline, "mine", lambda *args, **kwargs: pytest.fail("the work began"))
    done = CliRunner().invoke(app, ["mine", str(few), "--out", str(tmp_path / "out"), "--parquet"])
    assert done.exit_code == 1
    assert "pip install 'jtbd_nlp[parquet]'" in str(done.exception) + done.output
