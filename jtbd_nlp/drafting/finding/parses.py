"""Keeps the parses of one job's sentences, made many at a time: one by one they take nearly twice as long."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...language import load_parser, spacy_lock

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...records import Segment


# "in some, some cellar": parsers take the two for two places; not words that can end a thought ("I like it, it works")
_TWICE = re.compile(r"\b(the|an?|my|your|our|their|some|every), (?=\1\b(?!['’]))", re.IGNORECASE)


def said_once(text: str) -> str:
    """Return a sentence with spaces in place of a word that is said again at once, so that all offsets stay."""
    return _TWICE.sub(lambda found: " " * len(found[0]), text)


class Parses:
    """Parsed sentences by segment; each is parsed once, and the parser is loaded when one is first needed."""

    def __init__(self) -> None:
        self._docs: dict[str, Doc] = {}
        self._texts: dict[str, Doc] = {}

    def add(self, segments: Iterable[Segment]) -> None:
        """Parse together those sentences that are not parsed yet."""
        wanted = {s.segment_id: said_once(s.text) for s in segments if s.segment_id not in self._docs}
        if wanted:  # else the parser need not even be loaded
            with spacy_lock:
                self._docs.update(zip(wanted, load_parser().pipe(wanted.values()), strict=True))

    def of(self, segment: Segment) -> Doc:
        """Return the parse of a sentence."""
        self.add([segment])
        return self._docs[segment.segment_id]

    def of_text(self, text: str) -> Doc:
        """Return the parse of words that are no segment."""
        if text not in self._texts:
            with spacy_lock:
                self._texts[text] = load_parser()(text)
        return self._texts[text]
