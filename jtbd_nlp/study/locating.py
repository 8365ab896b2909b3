"""Finds the passages that a person's edits name: quote keys in, segments out, and a warning where one moved."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..records import Segment, Transcript, Warn
from .checking import QuoteKey

_PLACEHOLDER = re.compile(r"\[[A-Z][A-Za-z0-9_]{0,30}\]")  # what privacy puts for a name or a number
_LEAST_AROUND = 12  # characters beside placeholders: fewer would fit anywhere
_HIDDEN_CHARS = 80  # a name, an address or a number is no longer


class Locator:
    """Looks quotes up in the transcripts of a run; what it could not find as named is in ``warnings``.

    Parameters
    ----------
    segments : Sequence[Segment]
        All of the run.
    transcripts : Iterable[Transcript]
        Those that the segments come from.
    """

    def __init__(self, segments: Sequence[Segment], transcripts: Iterable[Transcript]) -> None:
        self._texts = {t.transcript_id: t.text for t in transcripts}
        self._segments: defaultdict[str, list[Segment]] = defaultdict(list)
        for segment in sorted(segments, key=lambda s: (s.transcript_id, s.start_char)):
            self._segments[segment.transcript_id].append(segment)
        self._found: dict[QuoteKey, tuple[QuoteKey, str] | None] = {}
        self._warnings: dict[QuoteKey, Warn] = {}

    @property
    def warnings(self) -> tuple[Warn, ...]:
        """Return what must be known of the quotes looked up so far, one a quote."""
        return tuple(self._warnings[quote] for quote in sorted(self._warnings))

    def segment_id(self, quote: QuoteKey) -> str | None:
        """Return the segment in which the quote stands (the one with most of it), or None where it is gone."""
        found = self._look_up(quote)
        return found[1] if found else None

    def place(self, quote: QuoteKey) -> QuoteKey | None:
        """Return where the quote stands in this run, or None where it is gone."""
        found = self._look_up(quote)
        return found[0] if found else None

    def _look_up(self, quote: QuoteKey) -> tuple[QuoteKey, str] | None:
        if quote not in self._found:
            self._found[quote] = self._search(quote)
        return self._found[quote]

    def _search(self, quote: QuoteKey) -> tuple[QuoteKey, str] | None:
        place = self._exact(quote) or self._moved(quote)
        segment = None if place is None else self._covering(place)
        if place is None or segment is None:
            self._warn(quote, "curation_quote_gone", "is not in the transcripts any more; its edits wait")
            return None
        if place != quote:
            self._warn(quote, "curation_quote_moved", f"was found at {place.transcript_id}:{place.start_char} instead")
        return place, segment.segment_id

    def _exact(self, quote: QuoteKey) -> QuoteKey | None:
        text = self._texts.get(quote.transcript_id)
        return quote if text is not None and text[quote.start_char : quote.end_char] == quote.text else None

    def _moved(self, quote: QuoteKey) -> QuoteKey | None:
        """Return the nearest place of the words in their transcript, else their only place in any transcript."""
        at = _occurrences(self._texts.get(quote.transcript_id, ""), quote.text)
        if at:
            start = min(at, key=lambda place: (abs(place - quote.start_char), place))
            return QuoteKey(quote.transcript_id, start, start + len(quote.text), quote.text)
        if quote.transcript_id in self._texts:  # the transcript lost the words; elsewhere they are another quote
            return self._hidden(quote, quote.transcript_id)
        found = [(t, start) for t in sorted(self._texts) for start in _occurrences(self._texts[t], quote.text)[:2]]
        if not found:  # renamed and with names hidden: both at once where people are hidden now
            hidden = [place for t in sorted(self._texts) if (place := self._hidden(quote, t)) is not None]
            return hidden[0] if len(hidden) == 1 else None
        if len(found) != 1:
            return None
        transcript_id, start = found[0]
        return QuoteKey(transcript_id, start, start + len(quote.text), quote.text)

    def _hidden(self, quote: QuoteKey, transcript_id: str) -> QuoteKey | None:
        """Return the nearest passage that has the words but for names and numbers hidden, or shown, since the edit."""
        text, found = self._texts[transcript_id], []
        around = _around(quote.text)
        if around:
            found = [span for at in _occurrences(text, around[0]) if (span := _in_order(around, text, at))]
        for segment in self._segments.get(transcript_id, ()):
            kept = _around(segment.text)
            span = _in_order(kept, quote.text, max(0, quote.text.find(kept[0]))) if kept else None
            if span and span[0] <= _HIDDEN_CHARS and len(quote.text) - span[1] <= _HIDDEN_CHARS:
                found.append((segment.start_char, segment.end_char))
        if not found:
            return None
        start, end = min(found, key=lambda span: (abs(span[0] - quote.start_char), span))
        return QuoteKey(transcript_id, start, end, text[start:end])

    def _covering(self, place: QuoteKey) -> Segment | None:
        listed = self._segments.get(place.transcript_id, [])
        first = max(0, bisect_right(listed, place.start_char, key=lambda s: s.start_char) - 1)
        best, most = None, 0
        for segment in listed[first:]:
            if segment.start_char >= place.end_char:
                break
            overlap = min(segment.end_char, place.end_char) - max(segment.start_char, place.start_char)
            if overlap > most:
                best, most = segment, overlap
        return best

    def _warn(self, quote: QuoteKey, code: str, what: str) -> None:
        words = quote.text if len(quote.text) <= 60 else quote.text[:57] + "..."
        message = f"An edited quote of {quote.transcript_id}:{quote.start_char} ({words!r}) {what}."
        self._warnings[quote] = Warn(code=code, message=message, source=quote.transcript_id)


def _around(words: str) -> list[str]:
    """Return what stands around placeholders such as ``[NAME]``; empty where none is, or too little stands around."""
    parts = [part for part in _PLACEHOLDER.split(words) if part.strip()]
    hidden = len(_PLACEHOLDER.findall(words))
    return parts if hidden and sum(len(part.strip()) for part in parts) >= _LEAST_AROUND else []


def _in_order(parts: Sequence[str], text: str, start: int) -> tuple[int, int] | None:
    """Return the stretch from ``start`` that holds the parts in order, with little between them, or None."""
    at = start
    for n, part in enumerate(parts):
        place = text.find(part, at, at + len(part) + (_HIDDEN_CHARS if n else 0))
        if place < 0:
            return None
        at = place + len(part)
    return start, at


def _occurrences(text: str, words: str, limit: int = 1000) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < limit:
        found.append(at)
        at = text.find(words, at + 1)
    return found
