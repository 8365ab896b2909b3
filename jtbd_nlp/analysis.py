"""One transcript in, its analysis out: segments, tags, and vectors of the passages that can be evidence.

An analysis depends on its transcript and the settings alone. So it can be kept by content hash, made on any thread,
process or worker, and put together in any order.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Protocol

import numpy as np

from .config import Config
from .embedding import load_passage_embedder
from .errors import JtbdError
from .language import spacy_lock
from .records import Segment, SentenceTags, Transcript
from .segmentation import build_segments, cut_transcript
from .stages import Embedder, Tagger
from .tagging import load_tagger

VERSION = 4  # raised when the same transcript and settings would give another analysis
EVIDENCE = frozenset({"struggle", "desire", "outcome", "emotion"})
SETTING = frozenset({"situation", "solution"})  # together they tell how something is done today; one alone tells little
PART = 12  # transcripts analysed together, so that the models' runs are full
LEAST_WORDS = 4  # a shorter sentence says too little to stand alone

_loading = threading.Lock()  # who comes second waits for what the first loads


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
        Embeddings of the passages, unit L2 norm.
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
    transcript_id: str


def failure_of(transcript: Transcript, error: Exception) -> Failure:
    """Return what stands in place of the analysis of a transcript that broke something."""
    reason = f"{type(error).__name__}: {next(iter(str(error).splitlines()), 'no message')}"[:300]
    return Failure(
        analysis=empty_analysis(), reason=reason, source=transcript.source, transcript_id=transcript.transcript_id
    )


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
    return analyse_part([transcript], config, cache)[0]


def analyse_part(part: Sequence[Transcript], config: Config, cache: Cache | None = None) -> list[Analysis]:
    """Analyse several transcripts together: their sentences share runs of the models; see `analyse`."""
    keys = ["" if cache is None else _key(t, config) for t in part]
    kept = [None if cache is None else cache.get(key) for key in keys]
    new = [i for i, entry in enumerate(kept) if entry is None]
    with spacy_lock:  # a whole part by one thread, while the others run the models
        cuts = {i: cut_transcript(part[i]) for i in new}
    fresh = dict(zip(new, _run_models([build_segments(part[i], cuts[i]) for i in new], config), strict=True))
    if cache is not None:
        for i in new:
            cache.put(keys[i], _to_entry(fresh[i], cuts[i]))
    return [fresh[i] if entry is None else _from_entry(part[i], entry) for i, entry in enumerate(kept)]


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
    waiting: deque[Future[list[Analysis | Failure]]] = deque()
    with ThreadPoolExecutor(threads) as pool, ThreadPoolExecutor(1) as ahead:
        if cache is None and config.embedding.model == "minilm":  # with a cache it may be that no model is needed, and
            ahead.submit(_models, config)  # others import torch, which spaCy must not see while it is loaded beside
        try:
            for part in _parts(iter(transcripts), threads):
                waiting.append(pool.submit(_tried, part, config, cache))
                while len(waiting) > threads + 1:
                    yield from _told(waiting.popleft().result(), done)
            for rest in waiting:
                yield from _told(rest.result(), done)
        finally:
            pool.shutdown(cancel_futures=True)  # whoever stops a run waits for no more than the parts in work


def _parts(rest: Iterator[Transcript], threads: int) -> Iterator[list[Transcript]]:
    """Yield transcripts `PART` at a time, or fewer where there are too few to keep all threads busy."""
    size = PART
    first = list(islice(rest, 2 * threads * PART))
    if len(first) < 2 * threads * PART:
        size = max(1, -(-len(first) // (2 * threads)))
    stream = chain(first, rest)
    while part := list(islice(stream, size)):
        yield part


def _told(results: list[Analysis | Failure], done: Callable[[], None] | None) -> Iterator[Analysis | Failure]:
    for result in results:
        if done is not None:
            done()
        yield result


def _tried(part: list[Transcript], config: Config, cache: Cache | None) -> list[Analysis | Failure]:
    """Analyse a part; one that breaks is taken apart, so that only the transcripts at fault are given up."""
    try:
        return [*analyse_part(part, config, cache)]
    except JtbdError:
        raise  # a missing model concerns every transcript
    except Exception as error:  # noqa: BLE001 - one transcript that breaks a library must not lose the others
        if len(part) > 1:
            return [result for t in part for result in _tried([t], config, cache)]
        return [failure_of(part[0], error)]


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


def _run_models(transcripts: Sequence[tuple[Segment, ...]], config: Config) -> list[Analysis]:
    """Tag and encode the segments of several transcripts, all sentences in one call and all passages in another."""
    if not transcripts:
        return []
    spoken = [s for segments in transcripts for s in segments if s.role == "participant" and not s.backchannel]
    tagger, embedder = _models(config)
    found = tagger.tag([s.text for s in spoken], [s.context for s in spoken])
    tags = {id(s): t for s, t in zip(spoken, found, strict=True)}
    passages = [
        tuple(i for i, s in enumerate(segments) if id(s) in tags and is_evidence(s, tags[id(s)]))
        for segments in transcripts
    ]
    told = [segments[i].text for segments, at in zip(transcripts, passages, strict=True) for i in at]
    vectors = embedder.embed(told)
    borders = np.cumsum([len(at) for at in passages])[:-1]
    return [
        Analysis(
            segments=segments,
            tags={s.segment_id: tags[id(s)] for s in segments if id(s) in tags},
            passages=at,
            vectors=rows.copy(),  # a view would keep the vectors of the whole part alive
        )
        for segments, at, rows in zip(transcripts, passages, np.split(vectors, borders), strict=True)
    ]


def _models(config: Config) -> tuple[Tagger, Embedder]:
    with _loading:
        return load_tagger(config.tagging, threads=config.embedding.threads), load_passage_embedder(config.embedding)


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
