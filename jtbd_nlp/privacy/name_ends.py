"""Where a name of several words ends, and whether a second name follows the first."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from .lexicon import fold, names, words
from .name_cues import CAPITAL, STOP


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
            lower and token[0].islower() and low in names().surnames and not _english(low) and low not in names().words
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
    plain = _english(low) and low not in names().surnames
    return low not in STOP | no_names() | words("eponym_heads") and not (by_name and plain)


@cache
def _english(low: str) -> bool:
    from .engine import is_english

    return is_english(low)
