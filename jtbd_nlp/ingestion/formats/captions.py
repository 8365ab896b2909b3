"""Reads WebVTT and SRT captions: Zoom's ``Name: text``, Teams' ``<v Name>``, tags, styles, roll-up, damaged cues.

In: decoded text. Out: `RawTranscript`. Caption libraries skip a cue whose time line is damaged and say nothing; here
its words are kept without a time, and a warning counts them.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...errors import IngestionError
from ..turns.labels import clean_label, is_name_shaped, label_key
from ..turns.marks import speaker_keys, split_label
from ..turns.raw import RawTranscript
from ..turns.timed import Piece, join_pieces
from ..turns.times import CLOCK, seconds

_ARROW = re.compile(r"[ \t]{0,8}(\S{1,20})[ \t]{0,4}-->[ \t]{0,4}(\S{1,20})?")
_TIME_TAG = re.compile(rf"<({CLOCK})>")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?[ \t]{1,4}([^<>\n]{1,120})>|</v>")
_TAG = re.compile(r"</?(?:c|b|i|u|s|font|ruby|rt|lang)(?:[.\s][^<>\n]{0,200})?>|\{\\[a-z0-9&.]{1,20}\}", re.IGNORECASE)
_SKIPPED = ("NOTE", "STYLE", "REGION", "X-TIMESTAMP-MAP")
_LEAD = re.compile(r"[ \t]{0,3}([^:\n<>\t]{1,80}?)[ \t]?:(?=[ \t]|$)[ \t]{0,3}")
_HEADER = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]{0,4}(\S[^\n]{0,200})")


@dataclass(slots=True)
class Cue:
    """One caption: its lines, and its times where they could be read."""

    lines: list[str]
    start_s: float | None
    end_s: float | None
    damaged: bool = False


def read_captions(text: str, *, known: Collection[str] = (), form: str = "vtt") -> RawTranscript:
    r"""Read captions.

    Parameters
    ----------
    text : str
        A WebVTT or SRT file with ``\\n`` line ends.
    known : Collection[str], default=()
        Keys of speakers known from elsewhere.
    form : str, default="vtt"
        Name of the format in the result.

    Raises
    ------
    IngestionError
        If there is no cue in it.
    """
    metadata, body = _header(text)
    cues = list(_cues(body))
    if not any(cue.lines for cue in cues):
        raise IngestionError("holds no captions. Export it again; the recording may have had no speech.")
    _unroll(cues)
    pieces = [piece for cue in cues for piece in _pieces(cue)]
    damaged = sum(cue.damaged for cue in cues)
    warnings = [f"{damaged} captions have a damaged or missing time; their words were kept"] if damaged else []
    turns = tuple(join_pieces(_name_speakers(pieces, len(cues), known)))
    return RawTranscript(turns=turns, format=form, metadata=metadata, warnings=tuple(warnings))


def _header(text: str) -> tuple[dict[str, str], str]:
    """Split the WEBVTT header, up to the first blank line, from the cues."""
    body = text.lstrip("\ufeff \t\n")
    if not body.startswith("WEBVTT"):
        return {}, body
    head, _, rest = body.partition("\n\n")
    lines = head.split("\n")
    first = next((i for i, line in enumerate(lines) if "-->" in line), len(lines))
    found = [_HEADER.fullmatch(line.strip()) for line in lines[1:first]]
    metadata = {m.group(1).casefold(): m.group(2) for m in found if m and m.group(1).casefold() != "style"}
    return metadata, "\n".join(lines[first:]) + "\n\n" + rest


def _cues(body: str) -> Iterator[Cue]:
    """Yield cues in order; a block without a time line goes on with the cue before it, or is a damaged cue."""
    cue: Cue | None = None
    for block in re.split(r"\n(?:[ \t]*\n)+", body):
        lines = [line for line in block.split("\n") if line.strip()]
        if not lines or lines[0].startswith(_SKIPPED):
            continue
        times = [i for i, line in enumerate(lines) if "-->" in line and _ARROW.match(line)]
        loose = lines[: times[0]] if times else lines
        if loose and loose[0].strip().isdecimal():
            loose, numbered = loose[1:], True
        elif times:  # the identifier of a cue
            loose, numbered = [], False
        else:
            numbered = False
        if loose and not times and cue is not None and not numbered and cue.lines:
            cue.lines += loose
            cue.damaged = True
            continue
        if loose:
            yield from [cue] if cue else []
            cue = Cue(loose, None, None, damaged=True)
        for index, at in enumerate(times):
            stop = times[index + 1] if index + 1 < len(times) else len(lines)
            yield from [cue] if cue else []
            cue = _timed_cue(lines[at], lines[at + 1 : stop], last=index + 1 == len(times))
    yield from [cue] if cue else []


def _timed_cue(time_line: str, lines: list[str], *, last: bool) -> Cue:
    match = _ARROW.match(time_line)
    start, end = (seconds(match.group(1)), seconds(match.group(2) or "")) if match else (None, None)
    if (
        not last and lines and lines[-1].strip().isdecimal()
    ):  # the number of the next cue, without a blank line before it
        lines = lines[:-1]
    if start is not None and end is not None and end < start:
        end = None
    return Cue(
        lines, start, end, damaged=start is None or (match is not None and seconds(match.group(2) or "") is None)
    )


def _unroll(cues: list[Cue]) -> None:
    """Take repeated lines out of roll-up captions, where each cue shows the line before it again."""
    shown = [[_plain(line) for line in cue.lines if _plain(line)] for cue in cues]
    # A cue repeats when it begins with the line that the one before it ended with.
    repeats = sum(bool(a and b) and a[-1] == b[0] for a, b in pairwise(shown))
    if repeats < 2 or repeats < 0.3 * (len(cues) - 1):
        return
    before: list[str] = []
    for cue, lines in zip(cues, shown, strict=True):
        keep = [line for line in cue.lines if _plain(line)]
        if before and lines and lines[0] in before[-1:]:
            keep = keep[1:]
        cue.lines[:] = keep
        before = lines or before


def _plain(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", _VOICE.sub("", _TIME_TAG.sub("", line)))).split())


def _pieces(cue: Cue) -> Iterator[Piece]:
    """Split one cue at voice tags, and at dashes or ``>>`` that mark a change of speaker."""
    dashes = sum(line.lstrip().startswith(("-", "\u2013")) for line in cue.lines)
    speaker: str | None = None
    for line in cue.lines:
        position = 0
        for match in [*_VOICE.finditer(line), None]:
            text = line[position : match.start() if match else len(line)]
            yield from _line_pieces(text, speaker, cue, dialogue=dashes >= 2)
            if match:
                speaker, position = match.group(1), match.end()


def _line_pieces(text: str, speaker: str | None, cue: Cue, *, dialogue: bool) -> Iterator[Piece]:
    bare = text.lstrip()
    breaks = bare.startswith((">>", "&gt;&gt;")) or (dialogue and bare.startswith(("-", "\u2013")))
    if breaks:
        text = re.sub(r"^\s*(?:(?:>|&gt;){2,6}|[-\u2013])\s?", "", text)
    parts = _TIME_TAG.split(text)  # words, time, words, time ...
    for index in range(0, len(parts), 2):
        raw = html.unescape(_TAG.sub("", parts[index])).replace("\u200b", "")
        if raw.strip():
            start = seconds(parts[index - 1]) if index else cue.start_s
            glued = index > 0 and not raw[0].isspace() and not parts[index - 2].endswith((" ", ">"))
            yield Piece(
                text=" ".join(raw.split()), speaker=speaker, start_s=start, end_s=cue.end_s,
                breaks=breaks and index == 0, glued=glued,
            )  # fmt: skip


def _leads(pieces: Sequence[Piece]) -> list[tuple[str, str] | None]:
    """Return what stands before a colon at the beginning of each piece, with the words behind it.

    Zoom writes whatever a person is called there: an address, a telephone number, a device, a name written small.
    """
    found = [_LEAD.match(piece.text) if piece.speaker is None else None for piece in pieces]
    return [
        (match.group(1), piece.text[match.end() :]) if match and clean_label(match.group(1)) else None
        for match, piece in zip(found, pieces, strict=True)
    ]


def _name_speakers(pieces: Sequence[Piece], n_cues: int, known: Collection[str]) -> Iterator[Piece]:
    """Take ``Name:`` at the beginning of a piece as its speaker; what follows unnamed goes on with that speaker."""
    found = [split_label(piece.text) if piece.speaker is None else None for piece in pieces]
    leads = _leads(pieces)
    often = Counter(label_key(lead[0]) for lead in leads if lead)
    if sum(n for n in often.values() if n >= 2) >= 0.8 * n_cues:  # then whatever recurs there is who speaks
        spoken = {key for key, n in often.items() if n >= 2}
        found = [
            lead if lead and label_key(lead[0]) in spoken else split for lead, split in zip(leads, found, strict=True)
        ]
    else:
        spoken = set()
    labels = [split[0] for split in found if split]
    spoken |= speaker_keys(labels, known)
    shaped = [label for label in labels if is_name_shaped(label)]
    if len(shaped) >= 2 and len(shaped) >= 0.8 * n_cues:  # Zoom names every cue: then one cue is enough
        spoken |= {label_key(label) for label in shaped}
    current: str | None = None
    shown: dict[str, str] = {}
    for piece, split in zip(pieces, found, strict=True):
        if piece.speaker is not None:
            label = clean_label(html.unescape(piece.speaker))
            current = shown.setdefault(label_key(label), label) if label else None
            yield replace(piece, speaker=current)
        elif split and label_key(split[0]) in spoken:
            label = clean_label(split[0])
            current = shown.setdefault(label_key(label), label)
            yield replace(piece, speaker=current, text=split[1])
        else:
            current = None if piece.breaks else current
            yield replace(piece, speaker=current)
