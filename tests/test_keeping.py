"""What grouping and drafting keep between runs: the same bytes as from nothing, nothing done twice, gone when unused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import jtbd_nlp
from jtbd_nlp import Config, keys
from jtbd_nlp.clustering import keeping as grouping
from jtbd_nlp.drafting import names
from jtbd_nlp.drafting.choosing.pairs import MAX_TOKENS
from jtbd_nlp.drafting.finding import parses
from jtbd_nlp.drafting.finding.worded import Worded, Words, key_of
from jtbd_nlp.drafting.grammar.wording import Wording
from jtbd_nlp.drafting.keeping import KnownRows
from jtbd_nlp.inference import OnnxModel
from jtbd_nlp.records import Segment, SentenceTags
from jtbd_nlp.study import FolderCache

SOME = ("01_plumber", "02_physio", "03_photographer")
QUICK = Config.from_dict({"embedding": {"threads": 1}})


def segment(text: str, segment_id: str = "a:0001") -> Segment:
    return Segment(
        segment_id=segment_id, transcript_id="a", turn_index=0, speaker="P", participant_id="a", role="participant",
        text=text, start_char=0, end_char=len(text),
    )  # fmt: skip


def put(samples: Path, folder: Path, names: Sequence[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for path in sorted(samples.iterdir()):
        if path.stem in names:
            shutil.copy(path, folder)
    return folder


def saved(folder: Path, target: Path, cache: FolderCache | None = None) -> dict[str, bytes]:
    out = jtbd_nlp.mine(folder, config=QUICK, progress=False, cache=cache).save(target)
    return {f.name: f.read_bytes() for f in sorted(Path(out).rglob("*")) if f.is_file()}


def test_an_added_interview_gives_the_bytes_of_a_run_from_nothing_and_a_second_run_parses_nothing(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = FolderCache(tmp_path / "cache")
    folder = put(samples, tmp_path / "in", SOME[:2])
    saved(folder, tmp_path / "first", cache)
    put(samples, folder, SOME)
    added = saved(folder, tmp_path / "added", cache)
    assert added == saved(folder, tmp_path / "nothing")

    def refused(*_: object) -> None:
        raise AssertionError("nothing is left to be asked")

    monkeypatch.setattr(parses, "load_parser", refused)
    monkeypatch.setattr(names, "load_parser", refused)
    names.verb_phrases_of.cache_clear()
    monkeypatch.setattr(OnnxModel, "run_each", refused)
    monkeypatch.setattr(grouping, "cluster_vectors", refused)
    assert saved(folder, tmp_path / "again", cache) == added


def test_other_rules_word_everything_anew(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = FolderCache(tmp_path / "cache")
    folder = put(samples, tmp_path / "in", SOME[:1])
    saved(folder, tmp_path / "a", cache)
    before = cache.misses
    monkeypatch.setattr(keys, "code_sha256", lambda: "other")
    saved(folder, tmp_path / "b", cache)
    assert cache.misses == before + 5 + len(MAX_TOKENS)


def test_words_come_back_from_json_as_they_were() -> None:
    said, tags = segment("When it rains, I want to work."), SentenceTags(spans={"motivation": (15, 29)})
    wording = Wording("work", 0.1 + 0.2, ("with it",), ("it",), (15, 29), sure=True)
    first = Worded()
    first.once(said, tags, "motivation", lambda: [Words("motivation", (15, 29), wording)])
    first.once(said, tags, "places", lambda: [(0, 13)])
    first.once(said, tags, "timed", list)
    later = Worded(json.loads(json.dumps(first.plain())))
    assert later.of(said, tags) == first.of(said, tags)
    assert later.of(segment("Other words.", "a:0002"), tags) == {}
    assert later.plain() == first.plain()
    assert Worded(first.plain()).plain() == {}  # what no run asks for is not kept


def test_the_hash_of_a_sentence_holds_all_that_its_wording_depends_on() -> None:
    said = [
        ("Hm.", SentenceTags()), ("Ah.", SentenceTags()), ("Hm.", SentenceTags(labels=frozenset({"struggle"}))),
        ("Hm.", SentenceTags(stance="others")), ("Hm.", SentenceTags(emotion="joy")),
        ("Hm.", SentenceTags(spans={"outcome": (0, 2)})), ("Hm.", SentenceTags(spans={"outcome": (0, 3)})),
    ]  # fmt: skip
    assert len({key_of(*one) for one in said}) == len(said)


def test_a_known_text_is_not_encoded_again_and_an_unused_one_is_dropped() -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return np.array([[len(t), 1.0] for t in texts], dtype=np.float32).reshape(-1, 2)

    first = KnownRows(embed)
    assert first(["a", "bb", "a"]).tolist() == [[1, 1], [2, 1], [1, 1]]
    later = KnownRows(embed, first.entry())
    assert later(["bb", "ccc"]).tolist() == [[2, 1], [3, 1]]
    assert asked == ["a", "bb", "ccc"]
    assert json.loads(later.entry()["texts"]) == ["bb", "ccc"]
    assert later([]).shape == (0, 2)


def test_a_known_pair_is_not_scored_again_in_the_run_or_in_the_next_one(tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def scores(pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        asked.extend(pairs)
        return np.array([[len(a) / 3, len(b)] for a, b in pairs], dtype=np.float32).reshape(-1, 2)

    first = KnownRows(scores)
    told = first([("a", "b c"), ("a", "b"), ("a", "b c")])
    assert np.array_equal(first([("a", "b c")])[0], told[0])
    assert not np.array_equal(told[0], told[1])
    cache = FolderCache(tmp_path)
    cache.put("k", first.entry())
    later = KnownRows(scores, cache.get("k"))
    assert np.array_equal(later([("a", "b c"), ("a", "b"), ("a b", "c")])[:2], told[:2])
    assert asked == [("a", "b c"), ("a", "b"), ("a b", "c")]
