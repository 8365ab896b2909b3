"""Counter-evidence: passages of other participants that say the opposite of what a job's passages say.

In: the job's passages, all passages with their vectors. Out: quotes with the role ``"counter"``. The search is strict:
a pair must be about the same thing (similar vectors and shared words) and differ in a way that can be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..linting.words import content_words, stem, words_of
from ..records import NEGATIVE_EMOTIONS, Quote, Segment, SentenceTags
from .lexicon import cue_list
from .material import Material, by_turns, voice

if TYPE_CHECKING:
    import numpy as np

MIN_SIMILARITY = 0.55  # cosine from which two passages may be about the same thing
_SHARED = 2  # content words that both must have beside those that differ
_BLOCK = 4_000  # pairs whose vectors are compared at a time
_CELLS = 1_000_000  # pairs that can share a word, in memory at a time
_RARE = 2.0**20  # what a rare word adds beside 1, so that one sum counts both
_SAME_TOPIC = 0.4  # share of the shorter passage's content words that both must have
_NEAR = 4  # words that a negation reaches


class Opposite(NamedTuple):
    """A pair of passages that contradict each other, with the words that show it."""

    said: str
    against: str
    similarity: float
    reason: str


def counter_quotes_of(
    material: Material, segment_ids: Iterable[str], *, row_ids: Sequence[str], vectors: np.ndarray
) -> tuple[Quote, ...]:
    """Return what other participants say against a job's passages.

    Parameters
    ----------
    material : Material
    segment_ids : Iterable[str]
        The job's passages.
    row_ids : Sequence[str]
        Segment ids of the rows of ``vectors``: all passages of the study.
    vectors : ndarray of shape (n_passages, n_dims), float32, unit L2 norm

    Returns
    -------
    tuple[Quote, ...]
        With the role ``"counter"``, each passage once; empty when the search found none.
    """
    against = {o.against for o in opposites_of(material, segment_ids, row_ids=row_ids, vectors=vectors)}
    found = [material.quote(s, slot="counter", role="counter") for s in material.passages(against)]
    return by_turns(found)


def opposites_of(
    material: Material, segment_ids: Iterable[str], *, row_ids: Sequence[str], vectors: np.ndarray
) -> list[Opposite]:
    """Return the contradicting pairs behind `counter_quotes_of`, by the id of the job's passage and then the other."""
    study = material.once("opposites", lambda: _Study(material, row_ids), row_ids)
    mine = [study.place[s.segment_id] for s in material.passages(segment_ids) if s.segment_id in study.place]
    found = []
    for i, j, similarity in study.pairs(mine, vectors):
        one, other = study.passages[i], study.passages[j]
        reason = contradiction(material, one, other)
        if reason:
            found.append(Opposite(one.segment_id, other.segment_id, similarity, reason))
    return sorted(found)


class _Study:
    """All passages of a study with what `contradiction` asks first, as arrays: most pairs are put aside by them.

    A job's passages are held against all others, so that the work grows with the square of the study; what is left of
    it here is a product of sparse matrices.
    """

    def __init__(self, material: Material, row_ids: Sequence[str]) -> None:
        import numpy as np
        from scipy.sparse import csr_array

        rows = {segment_id: i for i, segment_id in enumerate(row_ids)}
        self.passages = material.passages(row_ids)
        self.place = {s.segment_id: i for i, s in enumerate(self.passages)}
        self._row = np.array([rows[s.segment_id] for s in self.passages], dtype=np.int64)
        views = [_view(s.text) for s in self.passages]
        shared = [sorted(v.stems - _judging()) for v in views]
        number = {w: i for i, w in enumerate(sorted({w for stems in shared for w in stems}))}
        lengths = [len(stems) for stems in shared]
        columns = np.array([number[w] for stems in shared for w in stems], dtype=np.int32)
        shape = (len(views), max(1, len(number)))
        starts = np.concatenate([[0], np.cumsum(lengths)])
        self._having = csr_array((np.ones(len(columns)), columns, starts), shape=shape).T.tocsr()
        counted = np.array([1.0 + _RARE * material.is_rare(w) for w in number])
        self._stems = csr_array((counted[columns], columns, starts), shape=shape)
        self._n_stems = np.array([len(v.stems) for v in views])
        tags = [material.tags_of(s.segment_id) for s in self.passages]
        self._real = np.array([t.stance not in {"hypothetical", "reported"} for t in tags], dtype=bool)
        voices = {name: i for i, name in enumerate(dict.fromkeys(map(voice, self.passages)))}
        self._voice = np.array([voices[voice(s)] for s in self.passages])

    def pairs(self, mine: Sequence[int], vectors: np.ndarray) -> Iterator[tuple[int, int, float]]:
        """Yield the pairs of a job's passages with others that may contradict them, some of the job's at a time."""
        import numpy as np

        own = np.array([i for i in mine if self._real[i]], dtype=np.int64)
        inside = np.zeros(len(self.passages), dtype=bool)
        inside[list(mine)] = True
        height = max(1, _CELLS // max(1, len(self.passages)))
        for start in range(0, len(own), height):
            i, j = self._about_the_same(own[start : start + height])
            kept = self._real[j] & ~inside[j] & (self._voice[i] != self._voice[j])
            i, j = i[kept], j[kept]
            near = self._cosines(i, j, vectors)
            close = near >= MIN_SIMILARITY
            for one, other, cosine in zip(i[close].tolist(), j[close].tolist(), near[close].tolist(), strict=True):
                yield one, other, round(cosine, 4)

    def _about_the_same(self, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return which passages share enough words, one of them rare, with some: the test of `contradiction` on all pairs.

        It is asked before the cosines: few pairs share a word at all, and only those are looked at.
        """
        import numpy as np

        shared = (self._stems[own] @ self._having).tocoo()
        some = (shared.data >= _RARE + _SHARED).nonzero()[0]
        i, j = own[shared.row[some]], shared.col[some].astype(np.int64)
        least = np.minimum(self._n_stems[i], self._n_stems[j])
        enough = shared.data[some] % _RARE >= _SAME_TOPIC * least
        return i[enough], j[enough]

    def _cosines(self, i: np.ndarray, j: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        """Return the cosine of each pair, rounded to four digits."""
        import numpy as np

        found = np.zeros(len(i), dtype=np.float32)
        for start in range(0, len(i), _BLOCK):
            part = slice(start, start + _BLOCK)
            found[part] = np.einsum("nd,nd->n", vectors[self._row[i[part]]], vectors[self._row[j[part]]])
        return found.round(4)


def contradiction(material: Material, one: Segment, other: Segment) -> str | None:
    """Return in words how two passages contradict each other, or None.

    Both must tell of what is, and not of what could be; they must share content words; and then either an opposite
    stands in the place of a word, or one denies what the other affirms, or one praises what the other complains of.
    """
    tags = [material.tags_of(s.segment_id) for s in (one, other)]
    if any(t.stance in {"hypothetical", "reported"} for t in tags):
        return None
    views = [_view(s.text) for s in (one, other)]
    shared = {w for w in views[0].stems & views[1].stems if w not in _judging()}
    least = min(len(v.stems) for v in views)
    telling = any(material.is_rare(w) for w in shared)
    if len(shared) < max(_SHARED, _SAME_TOPIC * least) or not telling:
        return None
    return _by_opposites(views) or _by_denial(views) or _by_judgement(views, tags)


class _View(NamedTuple):
    """A passage as affirmed and denied stems, and its judgement: above 0 praise, below 0 complaint."""

    stems: frozenset[str]
    denied: frozenset[str]
    judgement: int


@lru_cache(maxsize=100_000)
def _view(text: str) -> _View:
    words = words_of(text)
    negations = set(cue_list("polarity")["negation"])
    content = {w: stem(w) for w in content_words(text)}
    denied, judgement, last = set(), 0, -_NEAR - 1
    for index, word in enumerate(words):
        near = index - last <= _NEAR
        last = index if word in negations or word.endswith("n't") else last
        value = _values().get(stem(word), 0)
        judgement += -value if near else value
        if near and word in content:
            denied.add(content[word])
    return _View(frozenset(content.values()), frozenset(denied), judgement)


def _by_opposites(views: Sequence[_View]) -> str | None:
    for one, other in _pairs():
        for first, second in (views, views[::-1]):
            affirmed = one in first.stems - first.denied and other in second.stems - second.denied
            if affirmed and other not in first.stems and one not in second.stems:
                return f"{one} against {other}"
    return None


def _by_denial(views: Sequence[_View]) -> str | None:
    shared = views[0].stems & views[1].stems
    for first, second in (views, views[::-1]):
        flipped = (shared & first.denied) - second.denied
        if len(flipped) >= _SHARED and not second.denied:
            return f"denies {', '.join(sorted(flipped))}"
    return None


def _by_judgement(views: Sequence[_View], tags: Sequence[SentenceTags]) -> str | None:
    signs = [_sign(v, t) for v, t in zip(views, tags, strict=True)]
    return "praise against complaint" if sorted(signs) == [-1, 1] else None


def _sign(view: _View, tags: SentenceTags) -> int:
    """Return 1 for clear praise, -1 for clear complaint, 0 where words and tags do not agree on either."""
    complains = "struggle" in tags.labels or tags.emotion in NEGATIVE_EMOTIONS
    praises = tags.emotion in {"relief", "joy", "confidence", "excitement", "pride"} or tags.force == "pull"
    if complains == praises:
        return 0
    if complains:
        return -1 if view.judgement < 0 else 0
    return 1 if view.judgement > 0 else 0


@cache
def _values() -> Mapping[str, int]:
    lists = cue_list("polarity")
    return {**{stem(w): 1 for w in lists["positive"]}, **{stem(w): -1 for w in lists["negative"]}}


@cache
def _judging() -> frozenset[str]:
    """Return the stems that say how something is and not what it is about."""
    return frozenset(_values()) | {w for pair in _pairs() for w in pair} | {"ai", "us", "thing", "time", "work"}


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((stem(a), stem(b)) for a, b in cue_list("polarity")["opposites"] if stem(a) != stem(b))
