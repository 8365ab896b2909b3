"""Where a name of several words ends, whether a second name follows the first, and where a name comes again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from ..english import is_english
from ..finds import Hit
from ..lexicon import fold, names, words
from .cues import CAPITAL, CONTRACTION, INITIAL, STOP, TOKEN


@cache
def no_names() -> frozenset[str]:
    """Return words that are no names by themselves: products, months, places."""
    return words("tools") | words("months") | words("place_names")


def end_of_name(text: str, tokens: list[re.Match[str]], index: int, known: Collection[str]) -> int:
    """Return where the name ends: later capitalised words, particles and known parts belong to it."""
    last = tokens[index]
    lower = last[0].islower()
    for token in tokens[index + 1 : index + 5]:
        gap = text[last.end() : token.start()]
        if gap not in (" ", " van ", " von ", " de ", " der ") or last[0].endswith(("'s", "’s")):
            break
        low = fold(re.sub(r"['’]s\Z", "", token[0]))
        particle = low in {"van", "von", "der", "den", "de", "del", "bin", "ibn", "di", "da", "la"} or low.startswith(
            ("al-", "el-")
        )
        capital = token[0][0].isupper() and not lower and low not in STOP and (low not in no_names())
        spoken = (
            lower
            and token[0].islower()
            and low in names().surnames
            and not is_english(low)
            and low not in names().words
        )
        if not (capital or particle or (low in known and low not in names().words) or spoken):
            break
        last = token
    end = last.end()
    if last[0].endswith(("'s", "’s")):
        end -= 2
    return end


def another_name(after: str, by_name: bool = False) -> bool:
    """Say whether a second name seems to follow; ``by_name``: one that is no ordinary word ("App Gallery" is)."""
    match = re.match(rf" ({CAPITAL})", after)
    if match is None:
        return False
    low = fold(match[1])
    plain = is_english(low) and low not in names().surnames
    return low not in STOP | no_names() | words("eponym_heads") and not (by_name and plain)


def another_before(before: str) -> bool:
    """Say whether a capitalised word stands right before: "Downing" of "Downing Street"."""
    return bool(re.search(r"\b[A-ZÀ-ÖØ-Þ][\w'’-]+ \Z", before))


def is_full_name(low: str, after: str, person: bool) -> bool:
    """Say whether a place's name is a person's first: "Winston Achebe", as the model or the list of surnames says."""
    if low not in words("place_names") or low not in names().given:
        return False
    second = re.match(r" ([A-ZÀ-ÖØ-Þ][\w'’-]+)", after)
    if not second or not another_name(after, by_name=True):
        return False
    return person or fold(second[1]) in names().surnames - names().words


def named_again(text: str, tokens: Sequence[re.Match[str]], hits: Sequence[Hit]) -> list[Hit]:
    """Find a name that is also a word ("Hope") again in its passage, with a capital and not at a sentence's start."""
    told = {text[h.start : h.end] for h in hits if h.kind == "NAME"}
    told = {word for word in told if word.isalpha() and word[0].isupper() and fold(word) in names().words}
    taken = {h.start for h in hits}
    return [
        Hit(t.start(), t.start() + len(word), "NAME", 0.6, "again")
        for t in tokens
        if (word := CONTRACTION.sub("", t[0])) in told
        and t.start() not in taken
        and not INITIAL.search(text[max(0, t.start() - 8) : t.start()])
    ]


def may_name(text: str) -> bool:
    """Say whether a capitalised word of the passage may begin a name, so that the language model is worth its time."""
    for token in TOKEN.finditer(text):
        word = token[0]
        if not word[0].isupper() or (word.isupper() and len(word) < 6):
            continue
        low = fold(CONTRACTION.sub("", word))
        if (
            len(low) > 1
            and low not in STOP
            and low not in no_names()
            and not (is_english(low) and INITIAL.search(text[max(0, token.start() - 8) : token.start()]))
        ):
            return True
    return False


def parts_given(low: str) -> bool:
    """Say whether a word with hyphens is made of given names."""
    parts = low.split("-")
    return len(parts) > 1 and all(p in names().given and not is_english(p) for p in parts)
