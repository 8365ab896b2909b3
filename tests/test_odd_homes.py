"""Odd places to run in: no standard input, full disks, nobody who reads on; one line each, and no traceback."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import builders
import pytest
from filelock import FileLock

from jtbd_nlp import language
from jtbd_nlp.cli.main import main
from jtbd_nlp.errors import JtbdError, StudyError

FULL = Path("/dev/full")


def run(words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a shell, which can close and lead away what it reads and writes."""
    return subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m jtbd_nlp {words}"], capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes standard input")
def test_a_closed_standard_input_is_wrong_usage() -> None:
    done = run("tag <&-")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("jtbd-nlp: sentences must be given, got none and a standard input that is closed.")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_standard_output_is_told_in_one_line() -> None:
    done = run(f"config >{FULL}")
    assert done.returncode == 1
    assert done.stderr.startswith("jtbd-nlp: standard output and files must be writable, got [Errno 28]")
    assert len(done.stderr.splitlines()) == 1


def test_an_error_of_the_disk_that_nothing_else_tells_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing() -> None:
        raise OSError(5, "Input/output error", "x.txt")

    monkeypatch.setattr(sys.modules[main.__module__], "app", failing)
    monkeypatch.setattr(language, "own_process", False)  # which the command sets, and the tests after this one are not
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    assert "got [Errno 5] Input/output error: 'x.txt'" in capsys.readouterr().err


@pytest.mark.parametrize("error", [FileNotFoundError(2, "No such file or directory", "x"), OSError("no number")])
def test_an_error_that_is_not_of_the_disk_is_not_hidden(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def failing() -> None:
        raise error

    monkeypatch.setattr(sys.modules[main.__module__], "app", failing)
    monkeypatch.setattr(language, "own_process", False)
    with pytest.raises(OSError) as raised:
        main()
    assert raised.value is error


HOLDS = """
import sys, time
from pathlib import Path
from jtbd_nlp import pipeline
from jtbd_nlp.cli.main import main
from jtbd_nlp.ingestion import sources

def read_slowly(paths):
    Path(sys.argv[-1], "lies_at").write_text(str(paths[0]))
    time.sleep(600)

sources.list_files = read_slowly
sys.argv[1:1] = ["mine", "memory://talks", "--quiet", "--out"]
import fsspec
fsspec.filesystem("memory").pipe("/talks/one.txt", b"Q: Why?\\nA: It broke.")
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without telling it")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_who_is_told_to_end_leaves_no_copies_of_interviews_behind(number: int, code: int, tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    started = subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stderr=subprocess.PIPE, text=True)
    told = tmp_path / "lies_at"
    while not (told.exists() and told.read_text()) and started.poll() is None:
        time.sleep(0.05)
    copy = Path(told.read_text())
    assert copy.exists()
    started.send_signal(number)
    _, err = started.communicate(timeout=120)
    assert started.returncode == code
    assert err.splitlines()[-1] == "jtbd-nlp: stopped; finished work is kept"
    assert not copy.exists()


def test_two_runs_into_one_folder_write_one_after_the_other(tmp_path: Path) -> None:
    report, folder = builders.small_report(), tmp_path / "out"
    folder.mkdir()
    saving = threading.Thread(target=report.save, args=(folder,))
    with FileLock(folder / ".saving"):
        saving.start()
        saving.join(0.5)
        assert [file.name for file in folder.iterdir()] == [".saving"], "nothing is written beside another run"
    saving.join()
    assert (folder / "report.json").is_file()
    assert not (folder / ".saving").exists()


def test_a_folder_that_another_run_never_leaves_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jtbd_nlp.reporting.files._WAIT_S", 0.01)
    with FileLock(tmp_path / ".saving"), pytest.raises(StudyError, match="must be free, got one that another run"):
        builders.small_report().save(tmp_path)


def test_a_scheduler_that_goes_away_is_told_by_one_line_and_by_no_traceback_of_its_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    theirs = logging.getLogger("distributed.client")

    def gone(*_: object, **__: object) -> object:
        theirs.error("", exc_info=ConnectionRefusedError("no answer"))
        raise JtbdError("the Dask scheduler must stay until the run ends, got: nothing. Start it, and run again.")

    monkeypatch.setattr("jtbd_nlp.distributed.connect", lambda _address: object())
    monkeypatch.setattr("jtbd_nlp.pipeline.mine", gone)
    monkeypatch.setattr(language, "own_process", False)
    monkeypatch.setattr(sys, "argv", ["jtbd-nlp", "mine", "talks", "--engine", "dask", "--out", "gone-report"])
    monkeypatch.setattr("jtbd_nlp.cli.mining._check_target", lambda _folder: None)
    before = theirs.level
    try:
        with pytest.raises(SystemExit):
            main()
    finally:
        theirs.setLevel(before)
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not caplog.records
