"""When models are loaded, and whether they are kept, changes how long a run takes and what it holds, never what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import jtbd_nlp
from jtbd_nlp import loading
from jtbd_nlp.language import load_parser, load_splitter
from jtbd_nlp.reporting.codec import dumps
from jtbd_nlp.tagging.model import load_model_tagger


def test_a_large_study_gives_back_its_tagger_and_says_the_same(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(next(samples.glob("01_plumber.*")), tmp_path)
    small = dumps(jtbd_nlp.mine(tmp_path, progress=False).to_dict())
    assert load_model_tagger.cache_info().currsize
    monkeypatch.setattr(loading, "MOST_FOR_CURVE", 0)
    assert dumps(jtbd_nlp.mine(tmp_path, progress=False).to_dict()) == small
    assert not load_model_tagger.cache_info().currsize


def test_splitter_and_parser_have_one_vocabulary() -> None:
    splitter, parser = load_splitter(), load_parser()
    assert splitter.vocab is parser.vocab
    assert splitter.tokenizer is parser.tokenizer
    assert [t.text for t in parser("It rains, I can't go.")] == [t.text for t in splitter("It rains, I can't go.")]
