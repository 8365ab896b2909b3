"""Joins timed pieces of speech (caption cues, recognised words, utterances) into turns.

In: `Piece`s in order. Out: `RawTurn`s: pieces of one speaker in a row become one turn, joined by a blank; where nobody
is named a turn ends at a question or a pause. Anchors keep the time of the pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .raw import RawTurn

_PAUSE_S = 1.2  # after the end of a sentence, where nobody is named
_LONG_PAUSE_S = 3.0  # anywhere, where nobody is named
_ANCHOR_S = 1.0  # anchors closer than this say nothing new
_MAX_UNNAMED = 4_000  # characters of a turn of nobody before the next sentence end cuts it


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words of one speaker; ``glued`` joins them to the words before without a blank, ``breaks`` begins a turn."""

    text: str
    speaker: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    glued: bool = False
    breaks: bool = False


def join_pieces(pieces: Iterable[Piece]) -> Iterator[RawTurn]:
    """Yield turns; see the module."""
    run: list[Piece] = []
    size = 0
    for piece in pieces:
        if not piece.text.strip():
            continue
        if run and _ends_turn(run[-1], piece, size):
            yield _turn(run)
            run, size = [], 0
        run.append(piece)
        size += len(piece.text)
    if run:
        yield _turn(run)


def _ends_turn(last: Piece, piece: Piece, size: int) -> bool:
    if piece.speaker != last.speaker or piece.breaks:
        return True
    if piece.speaker is not None or piece.glued:
        return False
    text = last.text.rstrip(" \"'\u201d\u2019)")
    pause = piece.start_s - last.end_s if piece.start_s is not None and last.end_s is not None else 0.0
    ended = text.endswith((".", "?", "!", "\u2026"))
    return text.endswith("?") or pause >= _LONG_PAUSE_S or (ended and (pause >= _PAUSE_S or size > _MAX_UNNAMED))


def _turn(run: list[Piece]) -> RawTurn:
    parts: list[str] = []
    anchors: list[tuple[int, float]] = []
    length = 0
    for piece in run:
        text = piece.text.strip()
        lead = "" if not parts or piece.glued else " "
        if piece.start_s is not None and not piece.glued and _is_news(anchors, piece.start_s, parts):
            anchors.append((length + len(lead), piece.start_s))
        parts += [lead, text]
        length += len(lead) + len(text)
    starts = [p.start_s for p in run if p.start_s is not None]
    ends = [p.end_s for p in run if p.end_s is not None]
    return RawTurn(
        speaker=run[0].speaker, text="".join(parts), start_s=starts[0] if starts else None,
        end_s=max(ends) if ends else None, times=tuple(anchors),
    )  # fmt: skip


def _is_news(anchors: list[tuple[int, float]], start_s: float, parts: list[str]) -> bool:
    """Keep an anchor where a sentence begins and otherwise one a second; times that run backwards are dropped."""
    if not anchors:
        return True
    passed = start_s - anchors[-1][1]
    return passed >= _ANCHOR_S or (passed >= 0.0 and parts[-1].endswith((".", "?", "!")))
