"""Cuts quotes out of transcripts: transcripts with their segments in, `Quote` as an exact slice of one turn out."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right

from .errors import InvalidParameterError
from .records import Quote, Segment, SentenceTags, Transcript, Turn


def cut_quote(
    transcript: Transcript,
    segment: Segment,
    span: tuple[int, int] | None = None,
    *,
    slot: str | None = None,
    role: str = "support",
    tags: SentenceTags | None = None,
) -> Quote:
    """Cut a segment, or part of one, out of its transcript as a quote.

    Parameters
    ----------
    transcript : Transcript
        The one that the segment comes from.
    segment : Segment
        A participant's.
    span : tuple[int, int] or None, default=None
        ``[start, end)`` in characters of the segment; None takes it whole. White space at its ends is left out.
    slot : str or None, default=None
        What the words show: situation, motivation, outcome, struggle, solution, emotion, wish ...
    role : str, default="support"
        ``"support"`` or ``"counter"``.
    tags : SentenceTags or None, default=None
        Where the quote's emotion and force come from.

    Returns
    -------
    Quote
        ``text`` equals ``transcript.text[start_char:end_char]``.

    Raises
    ------
    InvalidParameterError
        If the segment is of another transcript, or the span is empty, leaves the segment, or does not lie in one turn
        of a participant.
    """
    if segment.transcript_id != transcript.transcript_id:
        raise InvalidParameterError(
            f"segment must be of transcript {transcript.transcript_id!r}, got one of {segment.transcript_id!r}. "
            "Look the transcript up by the segment's transcript_id."
        )
    start, end = span or (0, segment.end_char - segment.start_char)
    if not 0 <= start < end <= segment.end_char - segment.start_char:
        raise InvalidParameterError(
            f"span must lie within the {segment.end_char - segment.start_char} characters of its segment, "
            f"got {(start, end)!r}. Give offsets in characters of the segment."
        )
    quote = cut_span(transcript, segment.start_char + start, segment.start_char + end, slot=slot, role=role)
    return dataclasses.replace(
        quote,
        start_s=quote.start_s if segment.start_s is None else segment.start_s,
        participant_id=segment.participant_id or quote.participant_id,
        segment_id=segment.segment_id,
        emotion=tags.emotion if tags else None,
        force=tags.force if tags else None,
    )


def cut_span(
    transcript: Transcript, start_char: int, end_char: int, *, slot: str | None = None, role: str = "support"
) -> Quote:
    """Cut ``[start_char, end_char)`` of a transcript as a quote; refused outside one turn of a participant.

    Parameters
    ----------
    transcript : Transcript
    start_char, end_char : int
        Characters of ``transcript.text``, half-open; white space at the ends is left out.
    slot : str or None, default=None
        What the words show.
    role : str, default="support"
        ``"support"`` or ``"counter"``.

    Returns
    -------
    Quote
        Its participant is the turn's; the transcript's id stands in where the source names nobody.

    Raises
    ------
    InvalidParameterError
        If the span is empty or does not lie in one turn of a participant.
    """
    words = transcript.text[start_char:end_char]
    start, end = start_char + len(words) - len(words.lstrip()), start_char + len(words.rstrip())
    turn = turn_at(transcript, start)
    inside = turn is not None and 0 <= start < end <= turn.end_char and turn.role == "participant"
    if turn is None or not inside:
        who = "no turn" if turn is None else f"a turn of the {turn.role} {turn.speaker!r}"
        raise InvalidParameterError(
            f"a quote must be a non-empty slice of one participant's turn, got [{start_char}, {end_char}) of "
            f"{transcript.transcript_id!r}, which touches {who}. Quote the participant's words alone."
        )
    return Quote(
        transcript_id=transcript.transcript_id,
        speaker=turn.speaker,
        participant_id=turn.participant_id or transcript.transcript_id,
        text=transcript.text[start:end],
        start_char=start,
        end_char=end,
        start_s=turn.start_s,
        slot=slot,
        role=role,
    )


def turn_at(transcript: Transcript, char: int) -> Turn | None:
    """Return the turn whose words hold a character."""
    index = bisect_right(transcript.turns, char, key=lambda t: t.start_char) - 1
    turn = transcript.turns[index] if index >= 0 else None
    return turn if turn is not None and char < turn.end_char else None
