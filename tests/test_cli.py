"""The command line, whole output and exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import builders
import pytest
from click.testing import Result
from typer.testing import CliRunner

from jtbd_nlp import language
from jtbd_nlp.cli.main import app, main
from jtbd_nlp.cli.output import private_beside
from jtbd_nlp.errors import InvalidParameterError, JtbdError
from jtbd_nlp.linting import lint_report


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jtbd_nlp", *words], capture_output=True, text=True, check=False, cwd=cwd
    )


def here(*words: str) -> Result:
    """Run a command in this process, where what it loads is loaded once for all tests."""
    return CliRunner().invoke(app, words)


@pytest.fixture
def few(samples: Path, tmp_path: Path) -> Path:
    return put(samples, tmp_path / "few")


def put(samples: Path, folder: Path) -> Path:
    folder.mkdir()
    for name in ("01_plumber", "03_photographer", "06_groomer"):
        path = next(p for p in samples.iterdir() if p.stem == name)
        shutil.copy(path, folder / path.name)
    return folder


@pytest.fixture(scope="module")
def reported(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of those few, made once by a process of its own as a user starts it."""
    folder = tmp_path_factory.mktemp("reported")
    done = run("mine", str(put(samples, folder / "few")), "--out", str(folder / "out"))
    assert done.returncode == 0, done.stderr
    assert "3 transcripts" in done.stdout
    return folder / "out"


def test_mine_verify_reproduce_and_export(reported: Path, few: Path, tmp_path: Path) -> None:
    assert {"report.json", "report.html", "report.md", "jobs.csv", "quotes.csv"} <= {p.name for p in reported.iterdir()}
    checked = here("verify", str(reported / "report.json"), str(few), "--json")
    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["wrong"] == []
    assert here("reproduce", str(reported), str(few)).stdout.strip() == "same bytes"
    assert here("export", str(reported), "backlog", "--out", str(tmp_path / "b.csv")).exit_code == 0
    assert (tmp_path / "b.csv").stat().st_size > 0


def test_a_changed_transcript_is_noticed(reported: Path, few: Path) -> None:
    changed = next(p for p in few.iterdir() if p.suffix == ".txt")
    words = changed.read_text(encoding="utf-8")
    changed.write_text(words.replace("I ", "We "), encoding="utf-8")
    checked = run("verify", str(reported), str(few))
    assert checked.returncode == 1
    assert here("reproduce", str(reported), str(few)).exit_code == 3


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
    assert here("init", str(study)).exit_code == 0
    for path in few.iterdir():
        shutil.copy(path, study / "transcripts")
    assert here("mine", str(study)).exit_code == 0
    report = json.loads((study / "results" / "report.json").read_text(encoding="utf-8"))
    job = report["jobs"][0]["job_id"]
    assert here("edit", "rename", str(study), job, "Get paid").exit_code == 0
    assert here("mine", str(study)).exit_code == 0
    renamed = json.loads((study / "results" / "report.json").read_text(encoding="utf-8"))
    assert next(j for j in renamed["jobs"] if j["job_id"] == job)["name"] == "Get paid"
    assert "rename" in here("history", str(study)).stdout
    assert "magic wand" in here("guide", str(study)).stdout
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
    warned = CliRunner().invoke(
        app, ["lint", "When I cook, I want to find what was agreed, so I can settle it on the spot."]
    )
    assert (warned.exit_code, "warning specific" in warned.output) == (0, True)


def test_json_is_a_line_for_each_input() -> None:
    for words in (["tag", "--json"], ["lint", "--json"]):
        found = CliRunner().invoke(app, [*words, "I lose hours.", "I am happy."])
        rows = [json.loads(line) for line in found.stdout.splitlines()]
        assert [row.get("text", row.get("statement")) for row in rows] == ["I lose hours.", "I am happy."]


def test_an_empty_statement_is_a_statement_and_not_the_folder_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(app, ["lint", "--json", ""])
    assert json.loads(found.stdout)["statement"] == ""


def test_lint_of_a_report_shows_its_jobs_and_the_whole(tmp_path: Path) -> None:
    report = builders.small_report()
    report.save(tmp_path)
    for path in (tmp_path, tmp_path / "report.json"):
        rows = [json.loads(line) for line in CliRunner().invoke(app, ["lint", str(path), "--json"]).stdout.splitlines()]
        assert [row.get("job_id") for row in rows] == [*(j.job_id for j in report.jobs), None]
        assert rows[0]["statement"] == report.jobs[0].statement.text
        assert [f["rule"] for f in rows[-1]["findings"]] == [f.rule for f in lint_report(report)[""]] == ["coverage"]
    other = {"jobs": [{"job_id": "A", "statement": "When I cook, I want to eat.", "quotes": []}]}
    (tmp_path / "other.json").write_text(json.dumps(other), encoding="utf-8")
    found = CliRunner().invoke(app, ["lint", str(tmp_path / "other.json")])
    assert found.exit_code == 1 and found.stdout.startswith("A  When I cook")


def test_tag_prints_labels() -> None:
    found = CliRunner().invoke(app, ["tag", "--json", "I lose hours every week on chasing invoices."])
    assert "struggle" in json.loads(found.stdout)["labels"]


def test_wrong_usage_is_two_and_bad_settings_one(tmp_path: Path) -> None:
    assert run("mine").returncode == 2
    (tmp_path / "bad.toml").write_text("[clustering]\ngranulrity = 1\n", encoding="utf-8")
    done = run("mine", str(tmp_path), "--config", str(tmp_path / "bad.toml"))
    assert done.returncode == 1
    assert "Did you mean 'granularity'" in done.stderr


def test_a_scheduler_that_does_not_answer_is_told_in_seconds(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    from jtbd_nlp import distributed

    assert distributed.CONNECT_S <= 10
    monkeypatch.setattr(distributed, "CONNECT_S", 1)
    words = ["mine", str(few), "--out", str(tmp_path / "o"), "--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"]
    monkeypatch.setattr(sys, "argv", ["jtbd-nlp", *words])
    monkeypatch.setattr(language, "own_process", False)  # which the command sets, and the tests after this one are not
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err.splitlines()
    assert ended.value.code == 1
    assert [line for line in told if line.startswith("jtbd-nlp: the Dask scheduler must answer within 1 s")] == told[
        -1:
    ]
    assert "Traceback" not in "".join(told)


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


@pytest.mark.parametrize(
    ("code", "options", "exit_code"),
    [
        ("refused", [], 0), ("refused", ["--strict"], 3), ("read_with_care", [], 0), ("read_with_care", ["--strict"], 3),
        ("ignored", ["--strict"], 0), ("failed", [], 3),
    ],
)  # fmt: skip
def test_strict_ends_with_three_where_a_file_was_left_out_or_read_with_care(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, options: list[str], exit_code: int
) -> None:
    from jtbd_nlp import JobReport, pipeline
    from jtbd_nlp.records import Warn

    told = Warn(code=code, message="b.txt: 3 captions have a damaged time", source="b.txt")
    monkeypatch.setattr(pipeline, "mine", lambda *args, **kwargs: JobReport(warnings=(told,)))
    words = ["mine", str(tmp_path), "--out", str(tmp_path / "out"), *options]
    assert CliRunner().invoke(app, words).exit_code == exit_code


def test_the_folder_where_one_stands_is_named_and_never_meant_by_an_empty_word(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(few)
    refused = here("mine", "")
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 1)
    assert "source must be a folder or file, got ''" in refused.stderr
    (tmp_path / "report").mkdir()
    monkeypatch.chdir(tmp_path / "report")
    assert here("mine", str(few), "--out", ".", "--pseudonymise", "--quiet").exit_code == 0
    assert (tmp_path / "report-private" / "pseudonyms.json").is_file()
    assert here("reproduce", ".", str(few)).stdout.strip() == "same bytes"
    assert here("reproduce", "report.json").exit_code == 0


def test_errors_of_an_export_end_in_what_to_do(reported: Path) -> None:
    for words, said in (
        (["foo", "--out", "x"], "got 'foo'. Choose one of them."),
        (["csv", "--table", "zzz", "--out", "x"], "got 'zzz'. Choose one of them."),
        (["csv", "--out", "."], ". must be the name of a file, got a folder. Name a file in it."),
    ):
        done = here("export", str(reported), *words)
        assert done.exit_code == 1 and isinstance(done.exception, JtbdError), words
        assert str(done.exception).endswith(said)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("command", ["tag", "lint"])
def test_standard_input_is_read_in_any_encoding_and_with_any_line_ends(command: str, codec: str) -> None:
    said = "I hate waiting at the café.\r\n\r\nWhen it’s late, I want to go home, so I can sleep.\r\n".encode(codec)
    found = CliRunner().invoke(app, [command, "--json"], input=said)
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [row.get("text", row.get("statement")) for row in rows] == [
        "I hate waiting at the café.", "When it’s late, I want to go home, so I can sleep.",
    ]  # fmt: skip


def test_wrong_usage_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jtbd_nlp import pipeline

    monkeypatch.setattr(pipeline, "mine", lambda *args, **kwargs: pytest.fail("the work began"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    for words, said in (
        (["--config", str(tmp_path / "absent.toml")], "--config must be a TOML file"),
        (["--config", str(tmp_path)], "--config must be a TOML file"),
        (["--out", str(tmp_path / "file")], "--out must be a folder, got the file"),
        (["--out", str(tmp_path / "file" / "below")], "--out must be a folder that can be written"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler must come with --engine dask"),
        (["--engine", "spark"], "--engine must be local or dask"),
        (["--redact", "maybe"], "redact must be one of 'off', 'suggest', 'on', got 'maybe'"),
        (["--granularity", "0"], "granularity must be above 0, got 0.0"),
        (["--out", "/"], "--out must be a folder inside another one, got '/'"),
    ):
        done = CliRunner().invoke(app, ["mine", str(tmp_path), "--out", str(tmp_path / "out"), *words])
        assert done.exit_code == 2, words
        assert said in done.stderr and len(done.stderr.splitlines()) == 1


def test_out_may_be_the_folder_where_one_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (".", "", "../out"):
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        monkeypatch.chdir(folder)
        assert private_beside(Path(name)).resolve() == tmp_path / "out-private"
    assert private_beside(Path("a/report")) == Path("a/report-private")
    found = here("mine", "absent" * 60, "--out", ".")
    assert isinstance(found.exception, InvalidParameterError)
    assert here("mine", str(tmp_path), "--out", "/").exit_code == 2


STOPPED = """
import signal, sys, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
from jtbd_nlp.cli.main import main

def app():
    threading.Thread(target=time.sleep, args=({busy},)).start()
    for _ in range({presses}):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            pass
    sys.exit(130)  # as typer ends

sys.modules["jtbd_nlp.cli.main"].app = app
main()
"""


@pytest.mark.parametrize(("presses", "busy"), [(1, 0), (2, 300)])
def test_ctrl_c_is_told_and_a_second_one_does_not_wait(presses: int, busy: int) -> None:
    script = STOPPED.format(presses=presses, busy=busy)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 130
    assert "stopping" in done.stderr
    assert ("finished work is kept" in done.stderr) == (presses == 1)
    assert "Traceback" not in done.stderr
