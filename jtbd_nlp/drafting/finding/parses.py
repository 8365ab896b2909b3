"""Keeps the parses of one job's sentences, made many at a time: one by one they take nearly twice as long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...language import load_parser, spacy_lock

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...records import Segment


class Parses:
    """Parsed sentences by segment; each is parsed once, and the parser is loaded when one is first needed."""

    def __init__(self) -> None:
        self._docs: dict[str, Doc] = {}

    def add(self, segments: Iterable[Segment]) -> None:
        """Parse together those sentences that are not parsed yet."""
        wanted = {s.segment_id: s.text for s in segments if s.segment_id not in self._docs}
        if wanted:  # else the parser need not even be loaded
            with spacy_lock:
                self._docs.update(zip(wanted, load_parser().pipe(wanted.values()), strict=True))

    def of(self, segment: Segment) -> Doc:
        """Return the parse of a sentence."""
        self.add([segment])
        return self._docs[segment.segment_id]
