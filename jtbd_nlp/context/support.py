"""How well a job is borne out: effective number of voices, confidence, told episodes, coverage of struggles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ..matching import alternatives, straight
from ..records import Job, Segment, SentenceTags
from .lexicon import cue_list


def effective_voices(participant_ids: Iterable[str]) -> float:
    """Return the effective number of participants behind a job's passages: the inverse Simpson index.

    Parameters
    ----------
    participant_ids : Iterable[str]
        One per passage.

    Returns
    -------
    float
        0 without passages, 1 when one person said all, n when n people said equally much; rounded to 4 digits.

    References
    ----------
    .. [1] Hill, M. O. "Diversity and evenness", Ecology 54 (1973): order 2. doi:10.2307/1934352

    Examples
    --------
    >>> effective_voices(["P1", "P1", "P2", "P2"])
    2.0
    >>> effective_voices(["P1", "P1", "P1", "P2"])
    1.6
    """
    counts = Counter(participant_ids)
    n = counts.total()
    return round(n * n / sum(c * c for c in counts.values()), 4) if n else 0.0


def confidence_of(n_participants: int, n_counter: int = 0) -> str:
    """Return how sure a job is: high, medium or low.

    Parameters
    ----------
    n_participants : int
        People who told of it; passages that more likely tell of something else do not count.
    n_counter : int, default=0
        People, or quotes, that say the opposite.

    Returns
    -------
    str
        ``"high"`` with 4 or more people and no counter-evidence, ``"medium"`` with 2 or 3, or with 4 or more and
        counter-evidence, ``"low"`` with one.

    Examples
    --------
    >>> confidence_of(4), confidence_of(5, 1), confidence_of(2), confidence_of(1)
    ('high', 'medium', 'medium', 'low')
    """
    if n_participants <= 1:
        return "low"
    return "high" if n_participants >= 4 and not n_counter else "medium"


def episodic_share(texts: Sequence[str]) -> float:
    """Return the share of passages that tell of a particular past episode, and not of a habit or a hypothesis.

    Parameters
    ----------
    texts : Sequence[str]
        Passages of a job.

    Returns
    -------
    float
        In [0, 1], rounded to 4 digits; 0 without passages.
    """
    told = sum(tells_episode(text) for text in texts)
    return round(told / len(texts), 4) if texts else 0.0


def tells_episode(text: str) -> bool:
    """Say whether a passage tells of one past occasion: dated, or in the past and neither habit nor hypothesis."""
    patterns, text = _episode_patterns(), straight(text)
    if tells_hypothesis(text):
        return False
    if patterns["dated"].search(text) and patterns["past"].search(text):
        return True
    return patterns["past"].search(text) is not None and patterns["habit"].search(text) is None


def tells_hypothesis(text: str) -> bool:
    """Say whether a passage speaks of what could be and names no occasion on which it was so."""
    patterns, text = _episode_patterns(), straight(text)
    return patterns["hypothesis"].search(text) is not None and patterns["dated"].search(text) is None


@cache
def _episode_patterns() -> Mapping[str, re.Pattern[str]]:
    lists = cue_list("episode")
    adverb = r"(?:\w+ly\s+|just\s+|also\s+)?"
    regular = rf"\b(?:I|we|he|she|they|it)\s+{adverb}(?!\w*eed\b)\w{{2,}}ed\b"
    past = f"{alternatives(lists['past_verbs'])}|{regular}"
    return {
        "dated": re.compile("|".join(lists["dated"]), re.IGNORECASE),
        "habit": re.compile("|".join(lists["habit"]), re.IGNORECASE),
        "hypothesis": re.compile("|".join(lists["hypothesis"]), re.IGNORECASE),
        "past": re.compile(past, re.IGNORECASE),
    }


def struggle_coverage(
    jobs: Sequence[Job], segments: Sequence[Segment], tags: Mapping[str, SentenceTags], *, nearby: bool = False
) -> tuple[float | None, tuple[str, ...]]:
    """Return the share of participants' struggles that some job quotes, and the segments that none does.

    What a job lists as told nearby only (`Quote.is_weak`) is not used by it; ``nearby`` counts that as well.

    Parameters
    ----------
    jobs : Sequence[Job]
    segments : Sequence[Segment]
    tags : Mapping[str, SentenceTags]
        By segment id.
    nearby : bool, default=False
        True counts what stands in a job or was told near one.

    Returns
    -------
    tuple[float or None, tuple[str, ...]]
        Share in [0, 1], None where no struggle was told and there is nothing to cover, and ids of the segments left out, in reading order.
    """
    struggles = [s for s in segments if s.role == "participant" and "struggle" in _labels(tags, s.segment_id)]
    spans: dict[str, list[tuple[int, int]]] = {}
    for quote in (q for j in jobs for q in (*j.quotes, *j.counter_quotes, *(q for f in j.forces.values() for q in f))):
        if nearby or not quote.is_weak:
            spans.setdefault(quote.transcript_id, []).append((quote.start_char, quote.end_char))
    left = [s.segment_id for s in struggles if not _touched(s, spans.get(s.transcript_id, []))]
    return (round(1 - len(left) / len(struggles), 4) if struggles else None), tuple(left)


def _labels(tags: Mapping[str, SentenceTags], segment_id: str) -> frozenset[str]:
    found = tags.get(segment_id)
    return found.labels if found else frozenset()


def _touched(segment: Segment, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < segment.end_char and segment.start_char < end for start, end in spans)
