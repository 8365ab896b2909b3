"""When models are loaded, and whether they are kept, changes how long a run takes and what it holds, never what it says."""

from __future__ import annotations

import os
import shutil
import threading
import time
import types
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

import jtbd_nlp
from jtbd_nlp import language, loading, pipeline
from jtbd_nlp.drafting.choosing.pairs import load_pairs
from jtbd_nlp.language import load_parser, load_splitter
from jtbd_nlp.reporting.codec import dumps
from jtbd_nlp.tagging import load_tagger, model


def test_a_large_study_gives_back_its_tagger_and_says_the_same(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(next(samples.glob("01_plumber.*")), tmp_path)
    small = dumps(jtbd_nlp.mine(tmp_path, progress=False).to_dict())
    assert model._loaded.cache_info().currsize
    monkeypatch.setattr(loading, "MOST_FOR_CURVE", 0)
    assert dumps(jtbd_nlp.mine(tmp_path, progress=False).to_dict()) == small
    assert not model._loaded.cache_info().currsize


def test_as_many_threads_as_cores_and_none_named_are_one_model() -> None:
    cores = os.cpu_count() or 1
    assert load_pairs("phrases") is load_pairs("phrases", 0) is load_pairs("phrases", threads=cores)
    assert load_tagger() is load_tagger(threads=cores)
    assert load_tagger(threads=cores + 1) is not load_tagger()


def test_splitter_and_parser_have_one_vocabulary() -> None:
    splitter, parser = load_splitter(), load_parser()
    assert splitter.vocab is parser.vocab
    assert splitter.tokenizer is parser.tokenizer
    assert [t.text for t in parser("It rains, I can't go.")] == [t.text for t in splitter("It rains, I can't go.")]


def test_threads_that_ask_at_once_get_one_splitter_and_one_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    at_once = threading.Barrier(4)

    def slowly(exclude: list[str], beside: object = None) -> object:
        asked.append(beside)
        time.sleep(0.05)
        return types.SimpleNamespace(enable_pipe=lambda name: None)

    def ask(number: int) -> object:
        at_once.wait(10)
        return (load_splitter, load_parser)[number % 2]()

    for name in ("_splitter", "_parser"):
        monkeypatch.setattr(language, name, cache(getattr(language, name).__wrapped__))
    monkeypatch.setattr(language, "load_package", slowly)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(4)))
    assert found[0] is found[2] and found[1] is found[3]
    assert len(asked) == 2 and asked[0] is None and asked[1] in found  # the second is loaded beside the first


def test_who_cuts_has_the_words_alone_and_may_load_the_splitter() -> None:
    with language.spacy_lock, ThreadPoolExecutor(1) as pool:
        assert load_splitter() is not None
        other = pool.submit(load_parser)
        assert not other.done()
        with pytest.raises(TimeoutError):
            other.result(timeout=0.1)
        language.spacy_lock.release()  # else the pool would wait for it
        assert other.result(timeout=60) is load_parser()
        language.spacy_lock.acquire()


def test_who_stops_waits_for_what_is_being_loaded_and_no_more(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(next(samples.glob("01_plumber.*")), tmp_path)
    begun, stopped, loaded = threading.Event(), threading.Event(), []

    def first() -> None:
        begun.set()
        stopped.wait(10)
        loaded.append("first")

    def stop(*args: object) -> None:
        assert begun.wait(10)
        threading.Timer(0.2, stopped.set).start()
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "_loads", lambda settings: [first, lambda: loaded.append("second")])
    monkeypatch.setattr(pipeline, "group_passages", stop)
    with pytest.raises(KeyboardInterrupt):
        jtbd_nlp.mine(tmp_path, progress=False)
    assert loaded == ["first"]


def test_nothing_is_loaded_for_transcripts_without_a_passage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Interviewer: How are you?\n\nAnna: Fine, thank you.\n", encoding="utf-8")
    monkeypatch.setattr(loading, "_loads", lambda settings: pytest.fail("it began to load"))
    jtbd_nlp.mine(tmp_path, progress=False)
