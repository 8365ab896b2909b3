"""Finds the passages that a person's edits name: quote keys in, segments out, and a warning where one moved."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..records import Segment, Transcript, Warn
from .checking import QuoteKey


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
        if quote.transcript_id in self._texts:
            return None  # the transcript is here and lost the words: the same words elsewhere are another quote
        found = [(t, start) for t in sorted(self._texts) for start in _occurrences(self._texts[t], quote.text)[:2]]
        if len(found) != 1:
            return None
        transcript_id, start = found[0]
        return QuoteKey(transcript_id, start, start + len(quote.text), quote.text)

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


def _occurrences(text: str, words: str, limit: int = 1000) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < limit:
        found.append(at)
        at = text.find(words, at + 1)
    return found
