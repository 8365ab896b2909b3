"""Every file of the folder of horrors is read, partly read with a warning, refused by name, a duplicate or ignored."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.errors import IngestionError
from jtbd_nlp.ingestion import IngestionResult, read_sources
from jtbd_nlp.ingestion.access import limits

from . import horrors

CONFIG = IngestionConfig(max_file_mb=60, max_unpacked_mb=20, max_chars=5_000_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, tuple[str, ...]]]:
    root = tmp_path_factory.mktemp("horrors")
    return root, horrors.build(root)


@pytest.fixture(scope="module")
def result(folder: tuple[Path, dict[str, tuple[str, ...]]]) -> IngestionResult:
    started = time.process_time()
    found = read_sources(folder[0], config=CONFIG)
    assert time.process_time() - started < 40
    return found


def fate(name: str, result: IngestionResult) -> set[str]:
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name)
    found = {"read" for t in result.transcripts if t.source == shown}
    codes = {w.code for w in result.warnings if w.source == shown}
    if found and codes & {"read_with_care", "refused"}:
        found = {"partly"}
    elif "refused" in codes:
        found = {"refused"}
    if "duplicate" in codes:
        found.add("duplicate")
    if any(w.code == "ignored" and shown in w.message for w in result.warnings) and not found:
        found.add("ignored")
    return found


def test_there_are_enough_horrors() -> None:
    assert len(horrors.HORRORS) >= 80


@pytest.mark.parametrize("name", horrors.HORRORS, ids=lambda name: name[:40].encode("unicode_escape").decode())
def test_a_horror_has_the_fate_it_must(
    name: str, folder: tuple[Path, dict[str, tuple[str, ...]]], result: IngestionResult
) -> None:
    allowed = folder[1][name]
    if name == "unreadable.txt" and os.geteuid() == 0:
        allowed = ("read", "partly")  # root may read everything
    found = fate(name, result)
    messages = [w.message for w in result.warnings if w.source and w.source in (name, name.replace("\n", "\ufffd"))]
    assert len(found) == 1 and found <= set(allowed), (found, allowed, messages)


def test_what_was_read_is_sound(result: IngestionResult) -> None:
    ids = [t.transcript_id.casefold() for t in result.transcripts]
    assert len(ids) == len(set(ids))
    for transcript in result.transcripts:
        json.dumps([transcript.text, transcript.transcript_id, transcript.source, dict(transcript.metadata)]).encode(
            "utf-8"
        )
        transcript.text.encode("utf-8")
        end = 0
        for turn in transcript.turns:
            assert end <= turn.start_char < turn.end_char <= len(transcript.text)
            assert transcript.words(turn) == transcript.words(turn).strip() != ""
            end = turn.end_char


def test_every_refusal_is_one_line_that_names_file_and_reason(result: IngestionResult) -> None:
    for warn in result.warnings:
        assert "\n" not in warn.message and len(warn.message) < 1_500
        assert warn.source is None or warn.code == "ignored" or ":" in warn.message or "link" in warn.message


def test_the_same_folder_gives_the_same_result(
    folder: tuple[Path, dict[str, tuple[str, ...]]], result: IngestionResult
) -> None:
    assert read_sources(folder[0], config=CONFIG) == result


def test_memory_stays_bounded(folder: tuple[Path, dict[str, tuple[str, ...]]]) -> None:
    script = (
        "import re, resource, sys\n"
        "from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2_500_000_000, 2_500_000_000))\n"
        "from jtbd_nlp.config import IngestionConfig\n"
        "from jtbd_nlp.ingestion import read_sources\n"
        f"found = read_sources(sys.argv[1], config={CONFIG!r})\n"
        # not ru_maxrss: a program that is started takes over the peak of the one that starts it
        "status = Path('/proc/self/status').read_text()\n"
        "print(len(found.transcripts), re.search(r'VmHWM:\\s+([0-9]+) kB', status)[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder[0])], capture_output=True, text=True, timeout=1_800, check=False
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    assert int(done.stdout.split()[1]) < 1_200_000  # kB


def test_a_file_that_changes_while_it_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "growing.txt"
    path.write_text(horrors.talk("growing"), encoding="utf-8")
    real, calls = os.fstat, []

    def grow(handle: int) -> os.stat_result:
        calls.append(handle)
        if len(calls) == 2:
            with path.open("a", encoding="utf-8") as stream:
                stream.write("And more.")
        return real(handle)

    monkeypatch.setattr(limits.os, "fstat", grow)
    found = read_sources(path)
    assert len(found.transcripts) == 1
    assert any("changed while it was read" in w.message for w in found.warnings)


def test_fifty_megabytes_on_one_line_are_refused_in_little_time(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"It was slow and " * 3_200_000)
    started = time.process_time()
    with pytest.raises(IngestionError, match="must be at most 20,000,000 characters"):
        read_sources(path)
    assert time.process_time() - started < 30


def test_a_folder_with_nothing_readable_lists_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with pytest.raises(IngestionError) as caught:
        read_sources(tmp_path)
    assert (
        "2 refused" in str(caught.value)
        and "a.txt: must hold a transcript, got an empty file" in str(caught.value)
        and "b.png: is a PNG" in str(caught.value)
    )
    (tmp_path / "empty").mkdir()
    with pytest.raises(IngestionError, match="got none"):
        read_sources(tmp_path / "empty")
