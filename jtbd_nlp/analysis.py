"""One transcript in, its analysis out: segments, tags, and vectors of the passages that can be evidence.

An analysis depends on its transcript and the settings alone. So it can be kept by content hash, made on any thread,
process or worker, and put together in any order.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

import numpy as np

from .config import Config
from .embedding import load_embedder
from .errors import JtbdError
from .records import Segment, SentenceTags, Transcript
from .segmentation import build_segments, cut_transcript
from .tagging import load_tagger

VERSION = 2  # raised when the same transcript and settings would give another analysis
EVIDENCE = frozenset({"struggle", "desire", "outcome", "emotion"})
SETTING = frozenset({"situation", "solution"})  # together they tell how something is done today; one alone tells little
WINDOW_WORDS = 14  # a shorter passage is encoded with its neighbours of the same turn
LEAST_WORDS = 4  # a shorter sentence says too little to stand alone

_spacy = threading.Lock()  # spaCy's vocabulary is shared: one thread cuts while the others run the models


class Cache(Protocol):
    """Keeps values by key; see `jtbd_nlp.study.cache.FolderCache`."""

    def get(self, key: str) -> Mapping[str, Any] | None:
        """Return what was put, or None."""
        ...

    def put(self, key: str, value: Mapping[str, Any]) -> None:
        """Keep named bytes and arrays."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysis:
    """What the models say of one transcript.

    Attributes
    ----------
    segments : tuple of Segment
        In reading order.
    tags : Mapping of str to SentenceTags
        By segment id; participants' segments that are no back-channel.
    passages : tuple of int
        Positions in ``segments`` of what can be evidence.
    vectors : ndarray of shape (n_passages, n_dims), float32
        Plain embeddings of the passages, unit L2 norm.
    """

    segments: tuple[Segment, ...]
    tags: Mapping[str, SentenceTags]
    passages: tuple[int, ...]
    vectors: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Failure:
    """A transcript that could not be analysed: an empty analysis in its place, and why."""

    analysis: Analysis
    reason: str
    source: str


def empty_analysis() -> Analysis:
    """Return the analysis of nothing."""
    return Analysis(segments=(), tags={}, passages=(), vectors=np.zeros((0, 384), dtype=np.float32))


def analyse(transcript: Transcript, config: Config, cache: Cache | None = None) -> Analysis:
    """Segment, tag and encode one transcript, or take the analysis from the cache.

    Parameters
    ----------
    transcript : Transcript
        With roles; only participants' words are tagged.
    config : Config
        ``tagging`` and ``embedding`` count.
    cache : Cache or None, default=None
        Where analyses are kept between runs.

    Returns
    -------
    Analysis
    """
    key = "" if cache is None else _key(transcript, config)
    kept = None if cache is None else cache.get(key)
    if kept is not None:
        return _from_entry(transcript, kept)
    with _spacy:
        cuts = cut_transcript(transcript)
    found = _run_models(build_segments(transcript, cuts), config)
    if cache is not None:
        cache.put(key, _to_entry(found, cuts))
    return found


def analyse_all(
    transcripts: Iterable[Transcript],
    config: Config,
    *,
    cache: Cache | None = None,
    threads: int = 2,
    done: Callable[[], None] | None = None,
) -> Iterator[Analysis | Failure]:
    """Analyse transcripts in order, some at the same time.

    Parameters
    ----------
    transcripts : Iterable of Transcript
        May be a generator: only a few are held.
    config : Config
        Settings.
    cache : Cache or None, default=None
        Where analyses are kept between runs.
    threads : int, default=2
        The result does not depend on it.
    done : callable or None, default=None
        Called after each.

    Yields
    ------
    Analysis or Failure
        In the order of the transcripts; one that cannot be analysed stops nothing.
    """
    with ThreadPoolExecutor(threads) as pool:
        rest = iter(transcripts)
        while batch := list(islice(rest, 8 * threads)):
            for analysis in pool.map(lambda t: _tried(t, config, cache), batch):
                if done is not None:
                    done()
                yield analysis


def _tried(transcript: Transcript, config: Config, cache: Cache | None) -> Analysis | Failure:
    try:
        return analyse(transcript, config, cache)
    except JtbdError:
        raise  # a missing model concerns every transcript
    except Exception as error:  # noqa: BLE001 - one transcript that breaks a library must not lose the others
        reason = f"{type(error).__name__}: {error}"[:300]
        return Failure(analysis=empty_analysis(), reason=reason, source=transcript.source)


class StudyAnalysis:
    """The analyses of all transcripts, put together: segments, tags, and passages with their vectors."""

    def __init__(self, results: Sequence[Analysis | Failure]) -> None:
        analyses = [r.analysis if isinstance(r, Failure) else r for r in results]
        self.failures = [r for r in results if isinstance(r, Failure)]
        self.segments: tuple[Segment, ...] = tuple(s for a in analyses for s in a.segments)
        self.tags: dict[str, SentenceTags] = {k: v for a in analyses for k, v in a.tags.items()}
        self.passages: tuple[Segment, ...] = tuple(a.segments[i] for a in analyses for i in a.passages)
        rows = [a.vectors for a in analyses if len(a.vectors)]
        self.vectors: np.ndarray = np.concatenate(rows) if rows else np.zeros((0, 384), dtype=np.float32)


def is_evidence(segment: Segment, tags: SentenceTags) -> bool:
    """Tell whether a passage can support a job: a participant's, long enough, and saying something of one."""
    return (
        segment.role == "participant"
        and not segment.backchannel
        and len(segment.text.split()) >= LEAST_WORDS
        and (not EVIDENCE.isdisjoint(tags.labels) or tags.labels >= SETTING)
        and tags.language == "en"
    )


def _run_models(segments: tuple[Segment, ...], config: Config) -> Analysis:
    spoken = [s for s in segments if s.role == "participant" and not s.backchannel]
    found = load_tagger(config.tagging).tag([s.text for s in spoken], [s.context for s in spoken])
    tags = {s.segment_id: t for s, t in zip(spoken, found, strict=True)}
    passages = tuple(i for i, s in enumerate(segments) if s.segment_id in tags and is_evidence(s, tags[s.segment_id]))
    vectors = load_embedder(config.embedding).embed([window_of(segments, i) for i in passages])
    return Analysis(segments=segments, tags=tags, passages=passages, vectors=vectors)


def window_of(segments: tuple[Segment, ...], at: int) -> str:
    """Return a passage's words with those around it in the same turn, while they are few.

    Spoken sentences are short ("And then he rings.") and get their meaning from their neighbours.
    """
    low = high = at
    words = len(segments[at].text.split())
    while words < WINDOW_WORDS:
        before = low > 0 and segments[low - 1].turn_index == segments[at].turn_index
        after = high + 1 < len(segments) and segments[high + 1].turn_index == segments[at].turn_index
        if not before and not after:
            break
        if before and (at - low <= high - at or not after):
            low -= 1
            words += len(segments[low].text.split())
        else:
            high += 1
            words += len(segments[high].text.split())
    return " ".join(s.text for s in segments[low : high + 1])


def _key(transcript: Transcript, config: Config) -> str:
    from .models import named_model, shipped

    parts = [
        VERSION,
        transcript.text,
        [[t.role, t.start_char, t.end_char] for t in transcript.turns],
        [list(a) for a in transcript.times],
        config.to_dict()["tagging"],
        named_model(config.embedding.model) or "minilm",
        shipped(),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _to_entry(found: Analysis, cuts: list[list[tuple[int, int]]]) -> dict[str, Any]:
    tags = [None if (t := found.tags.get(s.segment_id)) is None else _plain_tags(t) for s in found.segments]
    rows = [(turn, a, b) for turn, pieces in enumerate(cuts) for a, b in pieces]
    return {
        "cuts": np.asarray(rows, dtype=np.int64).reshape(-1, 3),
        "tags": json.dumps(tags, ensure_ascii=False, allow_nan=False).encode(),
        "passages": np.asarray(found.passages, dtype=np.int64),
        "vectors": found.vectors,
    }


def _plain_tags(tags: SentenceTags) -> dict[str, Any]:
    """Return plain values with every digit of the scores: a cached analysis must give the same bytes as a fresh one."""
    plain = dataclasses.asdict(tags)
    return {
        **plain,
        "labels": sorted(tags.labels),
        "uncertain": sorted(tags.uncertain),
        "scores": {label: float(score) for label, score in sorted(tags.scores.items())},
    }


def _from_entry(transcript: Transcript, entry: Mapping[str, Any]) -> Analysis:
    from .reporting.codec import from_plain

    cuts: list[list[tuple[int, int]]] = [[] for _ in transcript.turns]
    for turn, start, end in entry["cuts"].tolist():
        cuts[turn].append((start, end))
    segments = build_segments(transcript, cuts)
    listed = from_plain(tuple[SentenceTags | None, ...], json.loads(entry["tags"]), "cached tags")
    tags = {s.segment_id: t for s, t in zip(segments, listed, strict=True) if t is not None}
    passages = tuple(int(i) for i in entry["passages"])
    return Analysis(segments=segments, tags=tags, passages=passages, vectors=entry["vectors"])
