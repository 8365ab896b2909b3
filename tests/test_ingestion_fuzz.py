"""Readers on generated and mutated input: sound or refused, never another exception; patterns linear on hostile text."""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jtbd_nlp.config import IngestionConfig
from jtbd_nlp.errors import IngestionError
from jtbd_nlp.ingestion.building import Origin, build_transcript
from jtbd_nlp.ingestion.formats.plain_text import read_plain_text
from jtbd_nlp.ingestion.speakers.participants import People
from jtbd_nlp.ingestion.turns.raw import RawTranscript, RawTurn


def load_targets() -> ModuleType:
    path = Path(__file__).resolve().parent.parent / "fuzz" / "targets.py"
    spec = importlib.util.spec_from_file_location("fuzz_targets", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_targets"] = module
    spec.loader.exec_module(module)
    return module


targets = load_targets()
FAST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PARTS = [
    "Interviewer: ", "Participant: ", "Ann:", "**Bob:** ", "[00:01:02] ", "(1:00)", "Ann  0:16\n", "\n", "\n\n", "# ", "---\n", "key: v\n",
    "Summary\n", "Transcript\n", "?", ">> ", "- ", "00:01.000 --> 00:02.000\n", "WEBVTT\n\n", "<v Ann>", "</v>", "&amp;", "1\n", '"', ",",
    "\t", "It was slow.", "\u202e", "\ufeff", "\x00", "：", "é", "\ud83d\ude00",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(PARTS) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "results items segments words text speaker start end alternatives content type utterances channels monologues "
                "elements value ts turns transcript speakers name time duration offsets timestamp chunks transcription phrases "
                "startTime seconds nanos speakerTag speaker_labels speaker_label recognizedPhrases nBest display audio_url".split()
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
def test_seeds_of_the_fuzz_targets_are_read(name: str) -> None:
    assert sum(targets.TARGETS[name](seed) for seed in targets.seeds(name)) > 0 or name == "pdf"


@pytest.mark.parametrize("name", ["any", "text", "captions", "table", "jsonl"])
@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=12), max_size=25).map("".join))
@FAST
def test_text_formats_are_sound_or_refused(name: str, text: str) -> None:
    targets.TARGETS[name](text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", sorted(set(targets.TARGETS) - {"decode"}))
@given(data=st.data())
@FAST
def test_mutated_seeds_are_sound_or_refused(name: str, data: st.DataObject) -> None:
    seed = bytearray(data.draw(st.sampled_from(targets.seeds(name))))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(seed)))
        seed[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    targets.TARGETS[name](bytes(seed))


@given(JSON)
@FAST
def test_any_json_is_sound_or_refused(value: Any) -> None:
    targets.TARGETS["json"](json.dumps(value).encode())


@given(st.binary(max_size=300))
@FAST
def test_any_bytes_are_sound_or_refused(data: bytes) -> None:
    targets.TARGETS["any"](data)
    targets.TARGETS["decode"](data) if data else None


@given(
    st.lists(
        st.builds(
            RawTurn,
            speaker=st.none() | st.text(max_size=20),
            text=st.text(max_size=50),
            start_s=st.none() | st.floats(0, 9e5),
        ),
        min_size=1,
        max_size=8,
    )
)
@FAST
def test_words_of_any_turns_are_kept_exactly(turns: list[RawTurn]) -> None:
    raw = RawTranscript(turns=tuple(turns), format="test")
    try:
        transcript = build_transcript(
            raw, Origin(transcript_id="t", source="t"), People(), IngestionConfig()
        ).transcript
    except IngestionError:
        assert not any(c.isalpha() for turn in turns for c in turn.text)
        return
    kept = [turn.text.strip() for turn in turns if turn.text.strip()]
    assert [transcript.words(turn) for turn in transcript.turns] == kept


UNITS = [
    "a", " ", ":", "[", "(", "*", "_", "<", "00:", "A b ", "- ", "# ", "?", "\n", "\t", "you ", "that's a ", "1:1 --> ", "&", "{\\",
    "<v ", "a:\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_patterns_are_linear_on_hostile_text(unit: str) -> None:
    def cost(size: int) -> float:
        text = unit * (size // len(unit)) + "x"
        started = time.process_time()
        read_plain_text(text)
        for name in ("captions", "any"):
            targets.TARGETS[name](text.encode())
        return time.process_time() - started

    cost(1_000)
    assert cost(100_000) < 3.0
