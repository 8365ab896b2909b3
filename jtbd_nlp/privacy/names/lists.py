"""Whether a list knows a word as a name: a long one (Faker's) that is believed, and a longer one that is believed less.

In: a folded word. Out: yes or no. `people` asks; see `data/` for where the lists come from.
"""

from __future__ import annotations

from ..english import is_english
from ..lexicon import names, wide_names, words

_SHORT = 4  # letters below which the wide list is no evidence: "San", "Kev" and "Lib" are all in it


def is_given(low: str) -> bool:
    """Say whether a word is somebody's given name, as the list or the wide list has it; cities on the wide list are not."""
    if low in names().given:
        return True
    wide = wide_names()
    return low in wide.given and low not in wide.cities and len(low) >= _SHORT


def is_surname(low: str) -> bool:
    """Say whether a word is a surname on either list."""
    return low in names().surnames or low in wide_names().surnames


def is_nickname(low: str) -> bool:
    """Say whether a word is a short form that hardly any list has: "Shaz", "Gaz"."""
    return low in words("nicknames") or (low in wide_names().given and len(low) < _SHORT)


def stands_alone(low: str) -> bool:
    """Say whether a word in lower case is a name whatever stands beside it: "bronagh", and not "sunny"."""
    return low in wide_names().lower and low not in names().words


def is_city(low: str) -> bool:
    """Say whether a name of the wide list is a city's too."""
    return low in wide_names().cities


def is_double(low: str) -> bool:
    """Say whether a word is two given names with a hyphen: "hyun-woo", and not "lo-fi"."""
    first, _, second = low.partition("-")
    long = len(first) > 2 and len(second) > 1 and not is_english(first)
    return long and all(part in names().given or part in wide_names().given for part in (first, second))


def is_brand(low: str) -> bool:
    """Say whether a word that is no name is a company's or a program's: "grafana"."""
    return low in wide_names().brands
