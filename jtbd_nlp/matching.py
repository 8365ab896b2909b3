"""Compares words with words: where a quote comes closest in a text, how it differs, whether only placeholders do.

In and out: plain texts. `jtbd_nlp.verification` uses it to say what is wrong with a quote.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[\w\u0300-\u036f]+(?:['’][\w\u0300-\u036f]+)?")  # an accent may be a character of its own
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_ -]*\]")
_LONGEST_HIDDEN = 60  # characters that one placeholder may stand for: a name or an address, never a passage
_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def closest_words(quote: str, turn: str) -> tuple[float, str]:
    """Return the stretch of a turn that shares most words with a quote.

    Parameters
    ----------
    quote, turn : str
        What is looked for, and where.

    Returns
    -------
    tuple[float, str]
        Share of equal characters in [0, 1] without regard to case and punctuation, and the exact words of the turn;
        ``(0.0, "")`` when fewer than half of the quote's words stand together anywhere.

    Notes
    -----
    One pass over the turn with a sliding window as long as the quote, so a long transcript costs linear time.
    """
    wanted, found = Counter(map(_key, _WORD.findall(quote))), list(_WORD.finditer(turn))
    size = min(wanted.total(), len(found))
    shared, first = _best_window([_key(m.group()) for m in found], wanted, size)
    if not size or shared < 0.5 * size:
        return 0.0, ""
    inside = [m for m in found[first : first + size] if _key(m.group()) in wanted]
    words = turn[inside[0].start() : inside[-1].end()]
    return difflib.SequenceMatcher(None, _plain(quote), _plain(words), autojunk=False).ratio(), words


def _best_window(words: Sequence[str], wanted: Counter[str], size: int) -> tuple[int, int]:
    """Return how many wanted words the best stretch of ``size`` words holds, and where it begins (the first such)."""
    window, shared, best = Counter[str](), 0, (0, 0)
    for i, word in enumerate(words):
        window[word] += 1
        shared += window[word] <= wanted[word]
        if i >= size:
            old = words[i - size]
            shared -= window[old] <= wanted[old]
            window[old] -= 1
        best = max(best, (shared, -max(0, i - size + 1)))
    return best[0], -best[1]


def _plain(text: str) -> str:
    return " ".join(map(_key, _WORD.findall(text)))


def _key(word: str) -> str:
    """Return a word for comparing: without regard to case, to the form of its marks, and to how accents are written."""
    return unicodedata.normalize("NFC", word.translate(_TYPOGRAPHY)).lower()


def difference(quote: str, words: str) -> str:
    """Say in words how an edited quote differs from what was said; the first two changes, and how many more."""
    if _plain(quote) == _plain(words):
        return (
            "the same words, but spacing, capitals, punctuation, quotation marks or the way accents are written differ; "
            "copy them exactly"
        )
    mine, theirs = quote.split(), words.split()
    changes = [
        f"{' '.join(mine[i:j])!r} where the transcript has {' '.join(theirs[k:m])!r}"
        for tag, i, j, k, m in _aligned(mine, theirs).get_opcodes()
        if tag != "equal"
    ]
    more = f" and {len(changes) - 2} more" if len(changes) > 2 else ""
    return "edited: " + "; ".join(changes[:2]) + more


def _aligned(mine: Sequence[str], theirs: Sequence[str]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(None, [*map(_key, mine)], [*map(_key, theirs)], autojunk=False)


def redacted(text: str, words: str) -> bool:
    """Say whether the text equals the words but for placeholders such as ``[NAME]``."""
    parts = _PLACEHOLDER.split(text)
    too_long = len(words) > sum(map(len, parts)) + _LONGEST_HIDDEN * (len(parts) - 1)
    if len(parts) < 2 or too_long or not "".join(parts).strip():
        return False
    if not words.startswith(parts[0]) or not words.endswith(parts[-1]):
        return False
    at = 0
    for part in parts:
        at = words.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def straight(text: str) -> str:
    """Return a text with straight apostrophes, each in its place: cues are written with them, many transcripts are not."""
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("\N{LEFT SINGLE QUOTATION MARK}", "'")


def alternatives(words: Iterable[str], *, plural: bool = False) -> str:
    """Return a regular expression for any of the words, the longest first, as whole words."""
    ends = "(?:e?s)?" if plural else ""
    parts = (re.escape(w).replace(r"\ ", r"[\s\-]+") for w in sorted(set(words), key=lambda w: (-len(w), w)))
    return rf"(?<![\w-])(?:{'|'.join(parts)}){ends}(?![\w-])"
