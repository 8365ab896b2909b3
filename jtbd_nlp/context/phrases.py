"""The language of a job: participants' own words for struggle and outcome, as exact slices, the most telling first."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ..linting.lexicon import word_set
from ..linting.words import content_stems
from ..matching import straight
from ..records import Quote, Segment
from .material import Material, voice

MAX_PHRASES = 8
_LENGTHS = (2, 7)  # words of a phrase, both included
_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_BREAK = re.compile(r"[.,;:!?()\[\]\"“”…\n/]|\s[–—-]\s")
# where another clause begins: its subject, the word that leads to it, or "and the tip's shut"
_NEW_CLAUSE = re.compile(
    r"\b(?:I|we)\b|(?:^|\s)(?:I|we|he|she|they|you|it|that|this|there|here)'\w+|\s(?:he|she|they|you|there)\b|\b(?:and|but|or|so)\s+(?:it|that)\b"
    r"|\s(?:it|that|this)\s+(?:is|was|goes|does|did|has|had|will|would|can|could|might|may|should|says|said|takes|took|makes|made|gets|got|comes|came|ends|works)\b"
    r"|\s(?:because|since|unless|until|till|although|though|while|whilst|when|if|whether|therefore|so|but|which)\b"
    r"|\bwhat\s+\w+ing\b|\band\s+(?:(?:the|my|our|your|his|her|a)\s+)?\w+'s\s+(?!\w+\s*$)\w|\band\s+the\s+\w+'s\b",
    re.I,
)
_WEAK_ENDS = frozenset(
    [
        "very",
        "really",
        "just",
        "also",
        "even",
        "still",
        "quite",
        "so",
        "too",
        "more",
        "most",
        "much",
        "many",
        "some",
        "any",
        "all",
        "every",
        "it",
        "that",
        "this",
        "there",
        "here",
        "then",
        "use",
        "uses",
        "used",
        "using",
        "make",
        "makes",
        "made",
        "get",
        "gets",
        "got",
        "want",
        "need",
        "like",
        "thing",
        "things",
        "something",
        "lot",
        "bit",
        "sure",
        "kind",
        "sort",
        "i'm",
        "it's",
    ]
)

# What follows a verb that a phrase must not end on: the object is still to come.
_OBJECT_STARTS = frozenset(
    "a an the my our your his her their its this that these those it them me us him you to what how who where which "
    "out up off down over back away not no some any all every each more less other another own such".split()
)


class _Candidate(NamedTuple):
    score: float
    segment: Segment
    start: int
    end: int
    stems: frozenset[str]


def phrases_of(material: Material, segment_ids: Iterable[str], *, limit: int = MAX_PHRASES) -> tuple[str, ...]:
    """Return the words in which participants tell of a job's struggle and outcome; see `phrase_quotes_of`."""
    return tuple(q.text for q in phrase_quotes_of(material, segment_ids, limit=limit))


def phrase_quotes_of(material: Material, segment_ids: Iterable[str], *, limit: int = MAX_PHRASES) -> tuple[Quote, ...]:
    """Return the most distinctive runs of words in a job's struggles and outcomes, each cut from its transcript.

    Parameters
    ----------
    material : Material
        The whole study: what everybody says everywhere is not distinctive.
    segment_ids : Iterable[str]
        The job's passages.
    limit : int, default=8
        Most phrases to return.

    Returns
    -------
    tuple[Quote, ...]
        The most telling first, with the slot ``"struggle"`` or ``"outcome"``; two phrases never share more than half
        of their content words, and each participant is heard before one is heard three times.
    """
    passages = [(s, part) for s in material.passages(segment_ids) if (part := _telling_part(material, s))]
    shared = _voices([s for s, _ in passages])
    candidates = [c for s, part in passages for c in _candidates(s, part, material.rarity, shared)]
    candidates.sort(key=lambda c: (-c.score, c.segment.transcript_id, c.segment.start_char + c.start, c.end))
    return tuple(_as_quote(material, c) for c in _choose(candidates, limit))


def _telling_part(material: Material, segment: Segment) -> tuple[int, int] | None:
    """Return the part of a segment that tells of an outcome or a struggle; None where it tells of neither."""
    tags = material.tags_of(segment.segment_id)
    if "struggle" in tags.labels:
        return 0, len(segment.text)
    return tags.spans.get("outcome")


def _voices(passages: Sequence[Segment]) -> Mapping[str, int]:
    """Return how many of a job's participants use each content word."""
    pairs = {(w, voice(s)) for s in passages for w in content_stems(s.text)}
    return Counter(w for w, _ in pairs)


def _candidates(
    segment: Segment, part: tuple[int, int], rarity: Mapping[str, float], shared: Mapping[str, int]
) -> Iterator[_Candidate]:
    """Yield the runs of words that begin and end where a phrase does: next to function words, marks or an end."""
    text = segment.text
    tokens = [m for m in _TOKEN.finditer(text) if part[0] <= m.start() and m.end() <= part[1]]
    for i, first in enumerate(tokens):
        if not _begins(text, tokens, i):
            continue
        for k in range(i + _LENGTHS[0] - 1, min(i + _LENGTHS[1], len(tokens))):
            words = text[first.start() : tokens[k].end()]
            if _BREAK.search(words) or _NEW_CLAUSE.search(straight(words)):
                break
            stems = content_stems(words)
            if len(set(stems)) >= 2 and _ends(text, tokens, k):
                score = _score(stems, k - i + 1, rarity, shared)
                yield _Candidate(score, segment, first.start(), tokens[k].end(), frozenset(stems))


def _begins(text: str, tokens: Sequence[re.Match[str]], i: int) -> bool:
    """Say whether a phrase may begin at a word: behind a mark or a function word, and not with one."""
    if not _is_edge(tokens[i].group()) or tokens[i].group().endswith("ly"):
        return False
    before = tokens[i - 1] if i else None
    return (
        before is None
        or _plain(before) in _closed()
        or _BREAK.search(text[before.end() : tokens[i].start()]) is not None
    )


def _ends(text: str, tokens: Sequence[re.Match[str]], i: int) -> bool:
    """Say whether a phrase may end at a word: before a mark, or a function word that does not belong to it."""
    if not _is_edge(tokens[i].group()):
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or _BREAK.search(text[tokens[i].end() : after.start()]):
        return True
    return _plain(after) in _closed() and _plain(after) not in _OBJECT_STARTS


def _is_edge(word: str) -> bool:
    return (
        len(word) > 2
        and not word.endswith(("n't", "n’t"))
        and (lower := word.lower().replace("’", "'")) not in _WEAK_ENDS
        and lower not in _closed()
    )


def _plain(token: re.Match[str]) -> str:
    return token.group().lower().replace("’", "'")


@cache
def _closed() -> frozenset[str]:
    return word_set("words", "stop") | word_set("words", "framing")


def _score(stems: Sequence[str], n_words: int, rarity: Mapping[str, float], shared: Mapping[str, int]) -> float:
    """Weigh words that are rare in the study and said by several of the job's people; favour runs of three to five."""
    weights = [rarity.get(w, 0.0) * (1 + math.log(shared.get(w, 1))) for w in dict.fromkeys(stems)]
    return round(sum(weights) / math.sqrt(n_words + abs(n_words - 4)), 6)


def _choose(candidates: Sequence[_Candidate], limit: int) -> list[_Candidate]:
    chosen: list[_Candidate] = []
    heard: Counter[str] = Counter()
    for most in (1, 2, len(candidates)):
        for c in candidates:
            if len(chosen) == limit:
                return chosen
            doubled = any(2 * len(c.stems & o.stems) > min(len(c.stems), len(o.stems)) for o in chosen)
            crossed = any(c.segment is o.segment and c.start < o.end and o.start < c.end for o in chosen)
            if heard[voice(c.segment)] < most and not doubled and not crossed:
                chosen.append(c)
                heard[voice(c.segment)] += 1
    return chosen


def _as_quote(material: Material, candidate: _Candidate) -> Quote:
    labels = material.tags_of(candidate.segment.segment_id).labels
    slot = "struggle" if "struggle" in labels else "outcome"
    return material.quote(candidate.segment, (candidate.start, candidate.end), slot=slot)
