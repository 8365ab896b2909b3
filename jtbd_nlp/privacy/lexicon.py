"""The word lists of the privacy search: names from a file of names, the rest from one TOML file; read once."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class Names:
    """Given names and surnames in folded lower case; ``words`` are those that are also ordinary words."""

    given: frozenset[str]
    surnames: frozenset[str]
    words: frozenset[str]


def fold(word: str) -> str:
    """Return a word in lower case without accents, as the name list holds it."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def names() -> Names:
    """Return the list of names."""
    given: set[str] = set()
    surnames: set[str] = set()
    common: set[str] = set(words("word_names"))
    for line in (_DATA / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, kind = line.split("\t")
        name = fold(name)
        if kind[0] in "gb":
            given.add(name)
        if kind[0] in "sb":
            surnames.add(name)
        if kind.endswith("w"):
            common.add(name)
    return Names(frozenset(given), frozenset(surnames), frozenset(common))


@cache
def words(section: str) -> frozenset[str]:
    """Return one of the plain word lists of ``lexicon.toml``."""
    return frozenset(str(_lexicon()[section]).split())


@cache
def special_terms() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each special category its patterns that always count, and its terms that need a person beside them."""
    return {kind: (tuple(v["strong"]), tuple(v["terms"])) for kind, v in sorted(_lexicon()["special"].items())}


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((_DATA / "lexicon.toml").read_text(encoding="utf-8"))
