"""Compares words with words: where a quote comes closest in a text, how it differs, whether only placeholders do.

In and out: plain texts. `jtbd_nlp.verification` uses it to say what is wrong with a quote.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+(?:['’]\w+)?")
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
    wanted, found = Counter(_WORD.findall(quote.lower())), list(_WORD.finditer(turn))
    size = min(wanted.total(), len(found))
    shared, first = _best_window([m.group().lower() for m in found], wanted, size)
    if not size or shared < 0.5 * size:
        return 0.0, ""
    inside = [m for m in found[first : first + size] if m.group().lower() in wanted]
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
    return " ".join(_WORD.findall(text.translate(_TYPOGRAPHY).lower()))


def difference(quote: str, words: str) -> str:
    """Say in words how an edited quote differs from what was said; the first two changes, and how many more."""
    if _plain(quote) == _plain(words):
        return "the same words, but spacing, capitals, punctuation or quotation marks differ; copy them exactly"
    mine, theirs = quote.split(), words.split()
    changes = [
        f"{' '.join(mine[i:j])!r} where the transcript has {' '.join(theirs[k:m])!r}"
        for tag, i, j, k, m in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    more = f" and {len(changes) - 2} more" if len(changes) > 2 else ""
    return "edited: " + "; ".join(changes[:2]) + more


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


def alternatives(words: Iterable[str], *, plural: bool = False) -> str:
    """Return a regular expression for any of the words, the longest first, as whole words."""
    ends = "(?:e?s)?" if plural else ""
    parts = (re.escape(w).replace(r"\ ", r"[\s\-]+") for w in sorted(set(words), key=lambda w: (-len(w), w)))
    return rf"(?<![\w-])(?:{'|'.join(parts)}){ends}(?![\w-])"
