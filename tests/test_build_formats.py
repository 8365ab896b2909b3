"""A talk written in any tool's format reads back with the same speakers and words."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import jtbd_nlp

TALK = """\
Judith: Okay, so how do you, um, how do you do it today?
Gareth: I had one of them carbon books, you know, and at the weekend I'd put it all in a spreadsheet that my \
sister-in-law made for me, and honestly I dreaded it: every single Sunday, 7 o'clock, the kitchen table.
Judith: Right. And what did—
Gareth: It meant I was skint, didn't it. "Skint skint", no. But still.
Judith: Was there anything that nearly stopped you?
Gareth: What if I lose the phone? That was my worry <laughs> & it still is.
"""
STYLES = [
    ("talk.txt", "otter"), ("talk.txt", "clock"), ("talk.txt", "speaker"), ("talk.vtt", "zoom"), ("talk.vtt", "teams"),
    ("talk.srt", ""), ("talk.csv", ""), ("talk.docx", "teams"), ("talk.docx", "meet"),
]  # fmt: skip


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    path = Path(__file__).resolve().parent.parent / "data" / "build_formats.py"
    spec = importlib.util.spec_from_file_location("build_formats", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "style"), STYLES, ids=lambda value: value or "plain")
def test_a_talk_survives_its_format(builder: ModuleType, tmp_path: Path, name: str, style: str) -> None:
    source = tmp_path / "source" / "talk.txt"
    source.parent.mkdir()
    source.write_text(TALK, encoding="utf-8")
    builder.main(str(source), str(tmp_path / name), style)
    (transcript,) = jtbd_nlp.read_transcripts(tmp_path / name)
    said = [(turn.speaker, transcript.words(turn)) for turn in transcript.turns]
    assert said == [tuple(line.split(": ", 1)) for line in TALK.splitlines()]
    assert {turn.speaker: turn.role for turn in transcript.turns} == {"Judith": "interviewer", "Gareth": "participant"}


def test_an_unknown_ending_is_refused(builder: ModuleType, tmp_path: Path) -> None:
    source = tmp_path / "talk.txt"
    source.write_text(TALK, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"must end in \.docx"):
        builder.main(str(source), str(tmp_path / "talk.xls"))
