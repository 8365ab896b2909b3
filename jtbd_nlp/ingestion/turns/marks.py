"""Finds the marks between turns in plain text: labels, times and headings, each as a slice of the source.

In: text. Out: `Mark`s in order; the words of a turn are what stands between the end of one mark and the start of the
next, untouched. Every pattern looks at the first 160 characters of a line only and is bounded, so hostile text costs
no more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from .labels import clean_label, is_name_shaped, label_key, label_role
from .times import CLOCK, seconds

_LOOK = 160
_MARKUP = r"[*_]{0,3}"
_LABEL = r"(?P<label>[^\W_][^:：\n<>|\t]{0,58}?)"
_RANGE = rf"(?P<start>{CLOCK})(?:\s{{0,3}}(?:-->|->|-|\u2013|\u2014|to|,)\s{{0,3}}(?P<end>{CLOCK}))?(?:\s?[AaPp][Mm])?"
_BOXED = rf"[\[(<]\s?{_RANGE}\s?[\])>]"
_COLON = r"[:：]"
_END = r"\s{0,8}$"
_IN = r"\s{0,8}" + _MARKUP
_AFTER = r"(?=\s|$)\s?"
_NAME_END = rf"\s?{_MARKUP}{_COLON}{_MARKUP}"
_GAP = r"(?:\s{1,12}|\s{0,3}[|,–·-]\s{0,3})"
_DASH = r"\s{0,3}[-–|]"
# Tried in this order on every line that holds a colon or begins like a heading.
_FORMS: tuple[tuple[str, str], ...] = (
    ("timed", rf"{_IN}{_BOXED}(?:{_DASH})?\s{{0,3}}{_MARKUP}{_LABEL}{_NAME_END}{_AFTER}"),  # [00:01:02] Name: words
    ("timed", rf"{_IN}{_RANGE}(?:{_DASH})?\s{{0,3}}{_MARKUP}{_LABEL}{_NAME_END}{_AFTER}"),  # 00:01:02 Name: words
    ("timed", rf"{_IN}{_BOXED}{_DASH}\s{{0,3}}{_MARKUP}{_LABEL}{_MARKUP}{_END}"),  # [00:01] - Name
    ("timed", rf"\s{{0,8}}\[{_LABEL}\]\s{{1,8}}{_RANGE}{_END}"),  # [Name] 10:02:15
    ("timed", rf"{_IN}{_LABEL}{_MARKUP}\s{{0,3}}{_BOXED}\s?{_MARKUP}{_COLON}?{_MARKUP}{_AFTER}"),  # Name (00:12): words
    ("timed", rf"{_IN}{_LABEL}{_MARKUP}{_COLON}{_MARKUP}\s{{0,3}}{_BOXED}{_AFTER}"),  # Name: [00:01] words
    ("timed", rf"{_IN}{_LABEL}{_MARKUP}{_COLON}{_MARKUP}\s{{1,3}}{_RANGE}{_END}"),  # Name: 00:01
    ("alone", rf"{_IN}{_LABEL}{_MARKUP}{_GAP}{_MARKUP}{_RANGE}{_MARKUP}{_END}"),  # Name  0:16
    ("plain", rf"(?:>\s)?{_IN}{_LABEL}{_NAME_END}(?=\s|$|[^\W\d_]|[\"'“‘(\[])\s?"),  # Name: words
    ("time", rf"\s{{0,8}}{_BOXED}{_END}"),
    ("time", rf"\s{{0,8}}{_RANGE}{_END}"),
    ("time", rf"\s{{0,8}}{_BOXED}\s{{1,3}}(?=\S)"),
    ("heading", r"\s{0,3}#{1,6}\s{1,3}(?P<title>[^\n]{1,150})$"),
    ("rule", r"\s{0,3}(?:-{3,40}|\*{3,40}|_{3,40}|={3,40})\s{0,8}$"),
)
_PATTERNS = tuple((form, re.compile(pattern)) for form, pattern in _FORMS)


@dataclass(frozen=True, slots=True)
class Mark:
    """A slice ``[start, end)`` of the source that is no speech; ``form`` is one of those in `_FORMS`."""

    start: int
    end: int
    form: str
    label: str = ""
    start_s: float | None = None
    end_s: float | None = None
    title: str = ""


def find_marks(text: str, known: Collection[str] = ()) -> tuple[list[Mark], list[str]]:
    r"""Return the marks of a text, and the labels that looked like speakers but were left in the words.

    Parameters
    ----------
    text : str
        With ``\\n`` line ends.
    known : Collection[str], default=()
        Keys (`label_key`) of speakers that are known from elsewhere: these are labels even if they stand once.
    """
    candidates = _name_lines(text, list(_candidates(text)))
    counts = Counter(label_key(m.label) for m in candidates if m.label)
    spoken = _accepted_keys(candidates, counts, known) | _always_named(text, candidates)
    marks, left = [], Counter[str]()
    for mark in candidates:
        if not mark.label or label_key(mark.label) in spoken:
            marks.append(mark)
        elif mark.form == "plain" and is_name_shaped(mark.label):
            left[clean_label(mark.label)] += 1
    return marks, sorted(left)


def _always_named(text: str, marks: Sequence[Mark]) -> set[str]:
    """Return the keys of all names if every paragraph begins with one: then a name need not recur."""
    shaped = [mark for mark in marks if mark.form == "plain" and is_name_shaped(mark.label)]
    if {"interviewer", "participant"} <= {label_role(label) for label in {mark.label for mark in shaped}}:
        return set()
    begins = [mark for mark in shaped if mark.start == 0 or text[mark.start - 2 : mark.start] == "\n\n"]
    paragraphs = sum(1 for block in text.split("\n\n") if block.strip())
    if len(begins) >= 2 and len(begins) >= 0.9 * paragraphs and len({label_key(m.label) for m in begins}) <= 12:
        return {label_key(mark.label) for mark in begins}
    return set()


def _candidates(text: str) -> Iterator[Mark]:
    position = 0
    while position < len(text):
        newline = text.find("\n", position)
        stop = len(text) if newline < 0 else newline
        mark = _match_line(text, position, stop)
        if mark is not None:
            yield mark
        position = stop + 1


def _match_line(text: str, start: int, stop: int) -> Mark | None:
    short = stop - start <= _LOOK
    line = text[start:stop] if short else text[start : start + _LOOK] + "\u2026"
    if ":" not in line and "：" not in line and line.lstrip()[:1] not in ("#", "-", "*", "_", "="):
        return None
    for form, pattern in _PATTERNS:
        match = pattern.match(line)
        if match:
            found = match.groupdict()
            label = found.get("label") or ""
            if label and not _could_be_label(label, form):
                continue
            end = stop if short and match.end() == len(line) else start + match.end()
            return Mark(
                start, end, form, label.strip(), seconds(found.get("start") or ""),
                seconds(found.get("end") or ""), (found.get("title") or "").strip(),
            )  # fmt: skip
    return None


def line_form(line: str) -> str | None:
    """Tell whether one line begins a turn: "timed" with a name and a time, "plain" with a name, or None."""
    mark = _match_line(line, 0, len(line))
    if mark is None or not mark.label or not (is_name_shaped(mark.label) or label_role(mark.label)):
        return None
    return "plain" if mark.form == "plain" else "timed"


def split_label(text: str) -> tuple[str, str] | None:
    """Return the label and the words of ``Name: words``, or None where no label stands."""
    mark = _match_line(text, 0, len(text)) if ":" in text[:_LOOK] or "：" in text[:_LOOK] else None
    return (mark.label, text[mark.end :]) if mark is not None and mark.form == "plain" else None


def speaker_keys(labels: Sequence[str], known: Collection[str] = ()) -> set[str]:
    """Return the keys of those labels that are speakers, by the rules for plain text."""
    marks = [Mark(0, 0, "plain", label) for label in labels]
    return _accepted_keys(marks, Counter(label_key(label) for label in labels), known)


def _could_be_label(label: str, form: str) -> bool:
    cleaned = clean_label(label)
    if not cleaned or label.lstrip("*_ ")[:1] in "-#":
        return False
    if form == "alone":  # "Lunch was at 12:30" is speech
        return is_name_shaped(cleaned) or label_role(cleaned) is not None
    return len(cleaned.split()) <= 6 and not any(c in cleaned for c in "?!;.=" if c != "." or cleaned.count(".") > 3)


def _name_lines(text: str, marks: list[Mark]) -> list[Mark]:
    """Join a bare time line with the bare name line above or below it, as Teams writes them."""
    found: list[tuple[int, Mark, Mark]] = []
    for index, mark in enumerate(marks):
        if mark.form == "time" and text[mark.start : mark.end].strip() == _line(text, mark.start).strip():
            for start in (mark.end + 1, _line_start_above(text, mark.start)):
                name = _line(text, start) if 0 <= start < len(text) else ""
                if name.strip() and len(name) <= 60 and is_name_shaped(name) and not name.rstrip().endswith((".", ",")):
                    joined = replace(
                        mark,
                        start=min(start, mark.start),
                        end=max(mark.end, start + len(name)),
                        form="alone",
                        label=name.strip(),
                    )
                    found.append((index, mark, joined))
                    break
    counts = Counter(label_key(joined.label) for _, _, joined in found)
    result = list(marks)
    for index, _, joined in found:
        if counts[label_key(joined.label)] >= 2 or label_role(joined.label) is not None:
            result[index] = joined
    return result


def _line(text: str, start: int) -> str:
    stop = text.find("\n", start)
    return text[start : len(text) if stop < 0 else stop][:_LOOK]


def _line_start_above(text: str, start: int) -> int:
    return text.rfind("\n", 0, start - 1) + 1 if start > 0 else -1


def _accepted_keys(candidates: list[Mark], counts: Counter[str], known: Collection[str]) -> set[str]:
    labels = {label_key(m.label): m for m in candidates if m.label}
    timed = {label_key(m.label) for m in candidates if m.label and m.form in ("timed", "alone")}
    roles = {key: label_role(mark.label) for key, mark in labels.items()}
    main_roles = {roles[key] for key in labels if counts[key] >= 2}
    both = {"interviewer", "participant"} <= main_roles
    stems = {_stem(key) for key in labels if roles[key] and counts[key] >= 2}
    accepted = set()
    for key, mark in labels.items():
        role = roles[key]
        if key in known or role == "observer":
            accepted.add(key)
        elif role is not None:
            # Beside a full set of role labels, "Customer:" once is a participant playing a scene.
            if not both or counts[key] >= 2 or _stem(key) in stems:
                accepted.add(key)
        elif _is_speaker(key, mark.label, counts[key], timed=key in timed, both=both):
            accepted.add(key)
    return accepted


def _is_speaker(key: str, label: str, count: int, *, timed: bool, both: bool) -> bool:
    """Decide on a label that names no role: it must recur, or carry a time, and look like a name."""
    shaped = is_name_shaped(label)
    if timed:
        return shaped or count >= 2
    if shaped:
        return count >= (3 if both else 2)
    return count >= 3 and len(key) <= 20 and " " not in key and not both and _is_handle(key)


def _stem(key: str) -> str:
    return key.rstrip("0123456789 #_-.")


def _is_handle(key: str) -> bool:
    """Tell whether a word written small could still be a name, as in chat logs: "anna", "tom_92"."""
    return is_name_shaped(key.capitalize()) and key.replace("_", "").replace(".", "").isalnum()
