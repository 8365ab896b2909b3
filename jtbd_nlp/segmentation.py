"""Cuts transcripts into sentence-sized segments with exact offsets, times and the context that a tagger needs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .language import load_splitter, spacy_lock
from .records import Segment, Transcript, Turn

MAX_WORDS = 60  # a longer "sentence" is cut
MAX_BARE_WORDS = 28  # the same for speech in which no punctuation stands
MIN_PIECE = 8  # words: a cut never leaves less on either side
PAUSE_S = 0.7  # silence that a word-timed transcript shows between thoughts
QUESTION_CHARS = 300
BEFORE_CHARS = 100
SPLIT_CHARS = 20_000  # the splitter sees at most this much at once

# a blank line, or a line break before a list mark: nobody's sentence goes across it
# ... nor behind an answer "No.", which the splitter takes for the abbreviation
_HARD_BREAK = re.compile(
    r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t])|(?<=[.!?…:;])[ \t]*\n"
    r"|(?<=\b[Nn]o\.)[ \t]+(?=[\"“'‘]?[A-Z])"
)
_WORD = re.compile(r"\S+")
_INNER_MARK = re.compile(r"\w[.,;:!?–—]\s")
_STAGE_MARK = re.compile(r"(?:\s|[-*•–>]+\s|\[[^\[\]]{0,40}\]|\([a-z ]{0,20}\))+")  # "[laughs]", "(pause)", list marks
# where speech without punctuation starts a new thought; ordered by how clean the cut is
_MARKERS = (
    re.compile(
        r"\b(?:and then|but then|so then|and so|because|but|so|anyway|actually|although|whereas|which means)\b", re.I
    ),
    re.compile(r"\b(?:and|then|when|where|if|while|or|which|that's|it's|we|I)\b", re.I),
)
_BACKCHANNEL = re.compile(
    r"(?:\W{0,80}\b(?:mm+|m+hm+|uh[- ]?huh|uh|um+|er+m?|ah+|oh|hm+|yeah|yep|yup|yes|no|nope|nah|ok|okay|right|sure|exactly|"
    r"totally|absolutely|definitely|correct|true|great|cool|nice|perfect|awesome|wow|gotcha|alright|indeed|of course|"
    r"i see|got it|makes sense|that makes sense|sounds good|sounds great|fair enough|thanks|thank you|thank you so much|"
    r"hello|hi|hey|bye|goodbye|you're welcome|please|well|so|and|you know|i know|that's right|that's it|let's go|"
    r"very much|so much|there|all right|i guess|for sure|yourself|go ahead|let's get started|let's start)\b)+\W*",
    re.I,
)


class SentenceSegmenter:
    """Splits every turn by spaCy's sentence splitter; the longest pieces at pauses and at the start of new thoughts."""

    def segment(self, transcript: Transcript) -> tuple[Segment, ...]:
        """Cut one transcript.

        Parameters
        ----------
        transcript : Transcript
            With turns in order.

        Returns
        -------
        tuple of Segment
            In reading order, disjoint, each an exact slice of the transcript without outer white space. Every turn
            that has a word has a segment. Depends on this transcript alone.
        """
        return build_segments(transcript, cut_transcript(transcript))


def cut_transcript(transcript: Transcript) -> list[list[tuple[int, int]]]:
    """Return the ``(start_char, end_char)`` of each segment, a list for each turn: the part that needs spaCy."""
    chunks = [_split_turn(transcript, turn) for turn in transcript.turns]
    with spacy_lock:
        cut = iter(list(_sentences([transcript.text[a:b] for turn in chunks for a, b in turn])))
    return [
        [
            (start + a, start + b)
            for start, end in turn
            for a, b in _shorten(transcript, start, transcript.text[start:end], next(cut))
        ]
        for turn in chunks
    ]


def build_segments(transcript: Transcript, cuts: Sequence[Sequence[tuple[int, int]]]) -> tuple[Segment, ...]:
    """Make the segments of a transcript from the cuts of each turn, as `cut_transcript` gives them."""
    found: list[Segment] = []
    question = ""
    for turn, pieces in zip(transcript.turns, cuts, strict=True):
        found.extend(_build(transcript, turn, pieces, question, len(found)))
        if turn.role == "interviewer":
            question = transcript.words(turn)[-QUESTION_CHARS:]
    return tuple(found)


def is_backchannel(text: str) -> bool:
    """Tell whether the words only keep the talk going ("mhm", "yeah, exactly"), or are no words at all."""
    return len(text) <= 80 and (_BACKCHANNEL.fullmatch(text) is not None or not any(c.isalpha() for c in text))


def _split_turn(transcript: Transcript, turn: Turn) -> list[tuple[int, int]]:
    breaks = [(turn.start_char, turn.start_char)]
    breaks += [m.span() for m in _HARD_BREAK.finditer(transcript.text, turn.start_char, turn.end_char)]
    breaks.append((turn.end_char, turn.end_char))
    chunks = [(end, start) for (_, end), (start, _) in pairwise(breaks)]
    return [piece for a, b in chunks if transcript.text[a:b].strip() for piece in _bounded(transcript.text, a, b)]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > SPLIT_CHARS:
        space = text.rfind(" ", start + SPLIT_CHARS // 2, start + SPLIT_CHARS)
        cut = space + 1 if space > 0 else start + SPLIT_CHARS
        yield start, cut
        start = cut
    yield start, end


def _sentences(texts: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    nlp = load_splitter()
    for doc in nlp.pipe(texts, batch_size=64):
        yield [(s.start_char, s.end_char) for s in doc.sents]


def _shorten(
    transcript: Transcript, offset: int, text: str, sentences: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    for start, end in _joined(text, sentences):
        for a, b in _pieces(transcript, offset, text, start, end):
            mark = _STAGE_MARK.match(text, a, b)
            left = mark.end() if mark is not None and any(c.isalnum() for c in text[mark.end() : b]) else a
            left += len(text[left:b]) - len(text[left:b].lstrip())
            right = a + len(text[a:b].rstrip())
            if right > left:
                yield left, right


def _joined(text: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join what the splitter tore: lone punctuation to its sentence, and brackets that it opened but did not close."""
    held: tuple[int, int] | None = None
    for start, end in sentences:
        if held is None:
            held = (start, end)
        elif _is_torn(text[held[0] : held[1]], text[start:end]):
            held = (held[0], end)
        else:
            yield held
            held = (start, end)
    if held is not None:
        yield held


def _is_torn(before: str, after: str) -> bool:
    if not any(c.isalnum() for c in after) or not any(c.isalnum() for c in before):
        return True
    return any(before.count(a) > before.count(b) and b in after for a, b in ("[]", "()")) and len(before) < 400


def _pieces(transcript: Transcript, offset: int, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = [m.start() + start for m in _WORD.finditer(text[start:end])]
    limit = MAX_WORDS if _INNER_MARK.search(text, start, end) else MAX_BARE_WORDS
    while len(words) > limit:
        at = _best_cut(transcript, offset, text, words[: limit + 1])
        yield start, words[at]
        start, words = words[at], words[at:]
    yield start, end


def _best_cut(transcript: Transcript, offset: int, text: str, words: list[int]) -> int:
    """Return the index of the word that starts the next piece: after the longest pause, else at the best marker."""
    inner = range(MIN_PIECE, len(words) - MIN_PIECE)
    pauses = [(_pause_before(transcript, offset + words[i]), -i) for i in inner] if transcript.times else []
    if pauses and max(pauses)[0] >= PAUSE_S:
        return -max(pauses)[1]
    for marker in _MARKERS:
        starts = [i for i in inner if marker.match(text, words[i])]
        if starts:
            return min(starts, key=lambda i: (abs(i - len(words) // 2), i))
    return len(words) // 2


def _pause_before(transcript: Transcript, char: int) -> float:
    at = bisect_right(transcript.times, (char, float("inf"))) - 1
    if at < 1 or transcript.times[at][0] != char:
        return 0.0
    (before, earlier), (_, now) = transcript.times[at - 1], transcript.times[at]
    return now - earlier - 0.06 * (char - before)  # about what saying the words in between takes


def _build(
    transcript: Transcript, turn: Turn, pieces: Sequence[tuple[int, int]], question: str, first: int
) -> Iterator[Segment]:
    for number, (start, end) in enumerate(pieces, start=first):
        text = transcript.text[start:end]
        before = transcript.text[turn.start_char : start][-BEFORE_CHARS:]
        yield Segment(
            segment_id=f"{transcript.transcript_id}:{number:04d}",
            transcript_id=transcript.transcript_id,
            turn_index=turn.turn_index,
            speaker=turn.speaker,
            participant_id=turn.participant_id,
            role=turn.role,
            text=text,
            start_char=start,
            end_char=end,
            start_s=_time_at(transcript, turn, start),
            end_s=_time_at(transcript, turn, end),
            context=f"{question} {before}".strip(),
            backchannel=is_backchannel(text),
        )


def _time_at(transcript: Transcript, turn: Turn, char: int) -> float | None:
    """Return the second at a character: from the nearest anchors, else in proportion to the turn's length."""
    at = bisect_right(transcript.times, (char, float("inf"))) - 1
    if at >= 0 and transcript.times[at][0] >= turn.start_char:
        here, seconds = transcript.times[at]
        if char == here or at + 1 == len(transcript.times) or transcript.times[at + 1][0] > turn.end_char:
            return (
                seconds
                if char == here or turn.end_s is None
                else _between(here, seconds, turn.end_char, turn.end_s, char)
            )
        return _between(here, seconds, *transcript.times[at + 1], char)
    if turn.start_s is None:
        return None
    if turn.end_s is None:
        return turn.start_s
    return _between(turn.start_char, turn.start_s, turn.end_char, turn.end_s, char)


def _between(a: int, a_s: float, b: int, b_s: float, char: int) -> float:
    share = (char - a) / (b - a) if b > a else 0.0
    return round(a_s + share * (b_s - a_s), 2)
