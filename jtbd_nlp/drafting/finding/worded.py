"""Keeps what was worded from each sentence: parsing and wording depend on its words and tags alone, not on the job.

So a sentence that two groups ask for is parsed once, and a study's next run parses only what the last one did not.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import JtbdError
from ..grammar.wording import Wording

if TYPE_CHECKING:
    from ...records import Segment, SentenceTags

_log = logging.getLogger("jtbd_nlp")

Asked = dict[str, Any]  # by what was asked of a sentence: places, or words


class Words(NamedTuple):
    """Words of one sentence that could fill a slot, and where in it they stand."""

    slot: str
    span: tuple[int, int]
    wording: Wording


@dataclass(slots=True)
class _Sentence:
    key: str
    asked: Asked


class Worded:
    """What is known of sentences, by segment.

    Parameters
    ----------
    stored : Mapping of str to dict, default={}
        What `plain` gave in an earlier run.
    """

    def __init__(self, stored: Mapping[str, Asked] | None = None) -> None:
        self._stored = {} if stored is None else stored
        self._by_key: dict[str, Asked] = {}  # sentences of the same words and tags share what is known
        self._sentences: dict[str, _Sentence] = {}
        self.grown: set[str] = set()  # segments of which more is known now

    def of(self, segment: Segment, tags: SentenceTags) -> Asked:
        """Return what is known of a sentence, to be read and added to."""
        found = self._sentences.get(segment.segment_id)
        if found is None:
            key = key_of(segment.text, tags)
            if key not in self._by_key:
                kept = self._stored.get(key, {})
                self._by_key[key] = {what: [_from_plain(v) for v in values] for what, values in kept.items()}
            found = self._sentences[segment.segment_id] = _Sentence(key, self._by_key[key])
        return found.asked

    def once(self, segment: Segment, tags: SentenceTags, what: str, work: Callable[[], Iterable[Any]]) -> list[Any]:
        """Return what ``work`` gave the first time that this was asked of this sentence."""
        asked = self.of(segment, tags)
        if what not in asked:
            found = _tried(work, segment)
            if found is None:
                return []  # not kept: the next run shall try it, and tell of it, again
            asked[what] = found
            self.grown.add(segment.segment_id)
        known: list[Any] = asked[what]
        return known

    def part(self, segments: Iterable[tuple[Segment, SentenceTags]]) -> Worded:
        """Return what is known of some segments: what a process needs to go on from."""
        found = Worded()
        for segment, tags in segments:
            self.of(segment, tags)
            found._sentences[segment.segment_id] = self._sentences[segment.segment_id]
        return found

    def news(self) -> dict[str, Asked]:
        """Return all that is known of the segments that were asked something new."""
        return {i: self._sentences[i].asked for i in sorted(self.grown)}

    def plain(self) -> dict[str, Asked]:
        """Return what this run asked for, as plain values by a hash of the sentence."""
        asked = {key: a for key, a in sorted(self._by_key.items()) if a}
        return {key: {what: [_plain(v) for v in a[what]] for what in sorted(a)} for key, a in asked.items()}


def _tried(work: Callable[[], Iterable[Any]], segment: Segment) -> list[Any] | None:
    """Return what a rule gives, None where it fails on a parse nobody foresaw: that costs its sentence, not the run."""
    try:
        return list(work())
    except (JtbdError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001
        # neither the sentence nor the error's own words, which may quote it
        _log.warning("no words taken from %s (%s). Please report this.", segment.segment_id, type(error).__name__)
        return None


def key_of(text: str, tags: SentenceTags) -> str:
    """Return a hash of all that the wording of a sentence depends on."""
    spans = sorted((slot, *span) for slot, span in tags.spans.items())
    parts = [text, spans, sorted(tags.labels), tags.stance, tags.emotion]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def _plain(value: Words | tuple[int, int]) -> list[Any]:
    if not isinstance(value, Words):
        return list(value)
    w = value.wording
    return [value.slot, *value.span, w.text, w.cost, w.removed, w.loose, w.place, w.sure, w.added]


def _from_plain(value: list[Any]) -> Words | tuple[int, int]:
    if len(value) == 2:
        return value[0], value[1]
    slot, start, end, text, cost, removed, loose, place, sure, added = value
    at = None if place is None else (place[0], place[1])
    wording = Wording(text, cost, tuple(removed), tuple(loose), at, sure, tuple(added))
    return Words(slot, (start, end), wording)
