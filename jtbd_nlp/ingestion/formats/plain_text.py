"""Reads plain text and Markdown: labelled turns in every common layout, or paragraphs where nobody is named.

In: decoded text. Out: `RawTranscript`; the words of each turn are a slice of the text, stripped at both ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ..turns.heads import named_people, read_head
from ..turns.labels import clean_label, is_date, label_key
from ..turns.marks import Mark, find_marks, line_form
from ..turns.raw import RawTranscript, RawTurn
from ..turns.summaries import cut_summaries

_QUESTION_LINE = re.compile(
    r"\s{0,4}(?:[*_]{1,3}|#{1,6}\s|(?:Q(?:uestion)?\s?)?\d{1,3}[.)]\s)([^\n]{3,400}\?)\s{0,4}[*_]{0,3}\s{0,8}"
)
_PREAMBLE = 2_000
# "42m 11s", as Teams writes below the date: nobody's words, where those of a diary are somebody's
_LENGTH = re.compile(r"(?:\d{1,3}\s?[^\W\d_]{1,4}\.?[ \t]{0,3}){1,3}(?:\n|$)")


def read_plain_text(text: str, *, known: Collection[str] = (), form: str = "text") -> RawTranscript:
    r"""Split text into turns.

    Parameters
    ----------
    text : str
        With ``\\n`` line ends.
    known : Collection[str], default=()
        Keys of speakers known from the participants file or the settings.
    form : str, default="text"
        Name of the format in the result.

    Returns
    -------
    RawTranscript
        Without turns if the text is blank.
    """
    metadata, start, warnings = read_head(text)
    interviewers, participants, speakers = named_people(metadata)
    names = {label_key(name) for name in (*interviewers, *participants, *speakers)}
    text, cuts = cut_summaries(text[start:], line_form)
    warnings += cuts
    marks, left = find_marks(text, {*known, *names, *(n.split()[0] for n in names)})
    if any(mark.label for mark in marks):
        turns, extra = _labelled(text, marks)
        metadata |= extra
        warnings += [f"{_quoted(left)} stand like speakers but only rarely, and were left in the words"] if left else []
    else:
        turns = _unlabelled(text, marks)
    return RawTranscript(
        turns=tuple(turns), format=form, metadata=metadata, warnings=tuple(warnings),
        interviewers=interviewers, participants=participants,
    )  # fmt: skip


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}:'" for name in names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _labelled(text: str, marks: list[Mark]) -> tuple[list[RawTurn], dict[str, str]]:
    """Cut the text at the marks; what precedes the first label and all headings become metadata."""
    turns: list[RawTurn] = []
    first = next(i for i, mark in enumerate(marks) if mark.label)
    before = text[: marks[first].start].strip()
    headings = [mark.title for mark in marks if mark.form == "heading"]
    speaker, start_s, end_s = "", None, None
    shown: dict[str, str] = {}
    for index in range(first, len(marks)):
        mark = marks[index]
        stop = marks[index + 1].start if index + 1 < len(marks) else len(text)
        if mark.label:
            label = clean_label(mark.label)
            speaker = shown.setdefault(label_key(label), label)
        start_s, end_s = mark.start_s, mark.end_s
        question = mark.form == "heading" and mark.title.endswith("?")
        if question:
            turns.append(RawTurn(speaker=None, text=mark.title, role="interviewer"))
        words = text[mark.end : stop].strip()
        if words and not (is_date(speaker) and _LENGTH.match(words)):
            turns.append(RawTurn(speaker=speaker, text=words, start_s=start_s, end_s=end_s))
    extra = {"preamble": before[:_PREAMBLE]} if before else {}
    if headings:
        extra["headings"] = "; ".join(headings)[:_PREAMBLE]
    return turns, extra


def _unlabelled(text: str, marks: list[Mark]) -> list[RawTurn]:
    """Take each paragraph as a turn of nobody in particular; question headings are the interviewer's."""
    turns: list[RawTurn] = []
    cuts = [mark for mark in marks if mark.form in ("time", "heading", "rule")]
    stops = [*(cut.start for cut in cuts), len(text)]
    bounds: list[tuple[int, int, Mark | None]] = [(0, stops[0], None)]
    bounds += [(cut.end, stop, cut) for cut, stop in zip(cuts, stops[1:], strict=True)]
    for start, stop, cut in bounds:
        if cut is not None and cut.form == "heading" and cut.title.endswith("?"):
            turns.append(RawTurn(speaker=None, text=cut.title, role="interviewer"))
        for index, paragraph in enumerate(_paragraphs(text[start:stop])):
            time = cut.start_s if cut is not None and index == 0 else None
            turns.extend(_question_lines(paragraph, time))
    return turns


def _paragraphs(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"\n[ \t]{0,200}\n", text)]
    if len(parts) == 1 and text.count("\n") >= 3:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        # Short lines without blank ones between are either one turn each or hard-wrapped prose.
        ended = sum(line[-1] in ".?!\u2026\"'\u201d)" for line in lines)
        if ended >= 0.8 * len(lines):
            parts = lines
    return [part for part in parts if part]


def _question_lines(paragraph: str, time: float | None) -> list[RawTurn]:
    head, _, rest = paragraph.partition("\n")
    match = _QUESTION_LINE.fullmatch(head)
    if match is None:
        return [RawTurn(speaker=None, text=paragraph, start_s=time)]
    asked = RawTurn(speaker=None, text=match.group(1), start_s=time, role="interviewer")
    return [asked, RawTurn(speaker=None, text=rest.strip())] if rest.strip() else [asked]
