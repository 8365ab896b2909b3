"""Says cheaply whether a sentence is English: share of other scripts, then of function words; in: text, out: a code."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .cues import lexicon

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_SCRIPTS = {
    "CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "DEVANAGARI": "hi", "THAI": "th", "HANGUL": "ko",
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh",
}  # fmt: skip


def language_of(text: str) -> str:
    """Return "en", another two-letter code, or "und" where nothing is said in words.

    Parameters
    ----------
    text : str
        One sentence.

    Returns
    -------
    str
        A script other than Latin decides by itself (its most common language stands for it). In Latin script another
        language is named only when at least four words were said, its function words are at least a fifth of
        them, and more than three times the English ones. What is short or doubtful counts as English.
    """
    if text.isascii() and len(text) < 12:
        return "en" if _WORD.search(text) else "und"
    words = [w.lower() for w in _WORD.findall(text[:2000])]
    if not words:
        return "und"
    return _by_script(words) or _by_function_words(words)


def _by_script(words: list[str]) -> str | None:
    letters = "".join(words)
    if letters.isascii():
        return None
    names = [unicodedata.name(c, "").split("-")[0].split(" ")[0] for c in letters]
    found = [_SCRIPTS[n] for n in names if n in _SCRIPTS]
    if 2 * len(found) <= len(letters):
        return None
    return "ja" if "ja" in found else max(sorted(set(found)), key=found.count)


def _by_function_words(words: list[str]) -> str:
    lists = _function_words()
    counts = {code: sum(w in known for w in words) for code, known in lists.items()}
    best = max(sorted(counts), key=lambda code: (counts[code], code == "en"))
    enough = len(words) >= 4 and counts[best] >= max(2, len(words) / 5) and counts[best] > 3 * counts["en"]
    return best if enough else "en"


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in lexicon("languages").items()}
