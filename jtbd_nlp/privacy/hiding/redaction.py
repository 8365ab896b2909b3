"""Puts placeholders in the place of personal data: texts and finds in, shown text out; offsets can be mapped back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence

from ...errors import InvalidParameterError
from ...records import Transcript, Turn
from ..finds import Find
from .offsets import OffsetMap, Piece

Show = Callable[[Find, str], str]


def placeholder(find: Find, words: str = "") -> str:  # noqa: ARG001
    """Return what stands for a find, such as ``[NAME]`` or ``[DATE_OF_BIRTH]``."""
    return f"[{find.kind}]"


def redact(text: str, finds: Iterable[Find]) -> str:
    """Return a text with a placeholder for every find that hides text; special ones stay, for a person to judge.

    Parameters
    ----------
    text : str
        ``Transcript.text`` of the finds.
    finds : Iterable[Find]
        Of that transcript.

    Returns
    -------
    str

    Raises
    ------
    InvalidParameterError
        If a find lies outside the text.

    Examples
    --------
    >>> find = Find(transcript_id="t", start_char=8, end_char=13, kind="NAME", score=1, special=False, source="label")
    >>> redact("I asked Anna twice.", [find])
    'I asked [NAME] twice.'
    """
    return build_map(text, [f for f in finds if not f.special]).apply(text)


def build_map(text: str, finds: Sequence[Find], show: Show = placeholder) -> OffsetMap:
    """Return the map between a text and its form in which each find is replaced by what ``show`` gives."""
    pieces: list[Piece] = []
    for find in sorted(finds, key=lambda f: (f.start_char, -f.end_char, f.special, f.kind)):
        if not 0 <= find.start_char < find.end_char <= len(text):
            raise InvalidParameterError(
                f"find must lie in the {len(text)} characters of its text, got "
                f"[{find.start_char}, {find.end_char}). Search the transcript again."
            )
        if pieces and find.start_char < pieces[-1].end_char:
            last = pieces[-1]
            pieces[-1] = Piece(last.start_char, max(last.end_char, find.end_char), last.shown)
            continue
        pieces.append(Piece(find.start_char, find.end_char, show(find, text[find.start_char : find.end_char])))
    return OffsetMap(pieces)


class Redactor:
    """Shows transcripts with placeholders while all offsets still point at the originals.

    Parameters
    ----------
    transcripts : Iterable[Transcript]
        The originals.
    finds : Iterable[Find]
        What to hide; special ones too, so leave out those that are only to be judged.
    show : callable, default=placeholder
        ``(find, words) -> str`` gives what stands for a find.
    """

    def __init__(self, transcripts: Iterable[Transcript], finds: Iterable[Find], show: Show = placeholder) -> None:
        by_id: dict[str, list[Find]] = {}
        for find in finds:
            by_id.setdefault(find.transcript_id, []).append(find)
        self.maps = {t.transcript_id: build_map(t.text, by_id.get(t.transcript_id, ()), show) for t in transcripts}

    def display(self, transcript: Transcript, start_char: int, end_char: int) -> str:
        """Return ``[start_char, end_char)`` of the original as it may be shown; a name cut into is hidden whole.

        Parameters
        ----------
        transcript : Transcript
            One of the originals.
        start_char, end_char : int
            Characters of its text, half-open.

        Returns
        -------
        str
            Of another length than the span where something is hidden.
        """
        offsets = self.maps[transcript.transcript_id]
        start, end = offsets.to_redacted(start_char), offsets.to_redacted(end_char, is_end=True)
        return offsets.apply(transcript.text)[start:end]

    def transcript(self, transcript: Transcript) -> Transcript:
        """Return the transcript with its text redacted and turns and times moved along; labels and ids as they are."""
        offsets = self.maps[transcript.transcript_id]
        return dataclasses.replace(
            transcript,
            text=offsets.apply(transcript.text),
            turns=tuple(_moved(turn, offsets) for turn in transcript.turns),
            times=tuple((offsets.to_redacted(at), time) for at, time in transcript.times),
        )


def _moved(turn: Turn, offsets: OffsetMap) -> Turn:
    start = offsets.to_redacted(turn.start_char)
    end = offsets.to_redacted(turn.end_char, is_end=True)
    return dataclasses.replace(turn, start_char=start, end_char=max(start, end))
