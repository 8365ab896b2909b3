"""Maps character offsets between a text and its redacted form: replaced pieces in, offsets on either side out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the original, ``[start_char, end_char)``, and what stands for it."""

    start_char: int
    end_char: int
    shown: str


class OffsetMap:
    """Offsets of a text and of its redacted form, both ways.

    An offset inside a replaced piece goes to the start of what stands on the other side, or to its end where
    ``is_end`` says that it ends a span: a span that cuts into a name takes all of it.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._original = [(p.start_char, p.end_char) for p in self.pieces]
        self._redacted: list[tuple[int, int]] = []
        shift = 0
        for piece in self.pieces:
            start = piece.start_char + shift
            self._redacted.append((start, start + len(piece.shown)))
            shift += len(piece.shown) - (piece.end_char - piece.start_char)

    def to_redacted(self, offset: int, *, is_end: bool = False) -> int:
        """Return the offset in the redacted text for one in the original."""
        return _move(self._original, self._redacted, offset, is_end)

    def to_original(self, offset: int, *, is_end: bool = False) -> int:
        """Return the offset in the original for one in the redacted text."""
        return _move(self._redacted, self._original, offset, is_end)

    def apply(self, text: str) -> str:
        """Return the text with every piece replaced."""
        parts: list[str] = []
        at = 0
        for piece in self.pieces:
            parts += [text[at : piece.start_char], piece.shown]
            at = piece.end_char
        return "".join([*parts, text[at:]])


def _move(source: list[tuple[int, int]], target: list[tuple[int, int]], offset: int, is_end: bool) -> int:
    index = bisect_right(source, (offset, -1)) if is_end else bisect_right(source, (offset, float("inf")))
    if index == 0:
        return offset
    (_, end), (start_there, end_there) = source[index - 1], target[index - 1]
    if offset >= end:
        return offset - end + end_there
    return end_there if is_end else start_there
