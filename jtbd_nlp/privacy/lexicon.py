"""The word lists of the privacy search: names from a file of names, the rest from two TOML files; read once."""

from __future__ import annotations

import gzip
import re
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


@dataclass(frozen=True, slots=True)
class WideNames:
    """Names that fewer lists know, folded.

    ``lower`` are given names, these and the others, that are no word in lower case; ``brands`` companies and software.
    """

    given: frozenset[str]
    surnames: frozenset[str]
    lower: frozenset[str]
    cities: frozenset[str]
    brands: frozenset[str]


@cache
def wide_names() -> WideNames:
    """Return the names of ``names_wide.txt.gz``."""
    kinds: dict[str, set[str]] = {kind: set() for kind in "gslcx"}
    for line in gzip.decompress((_DATA / "names_wide.txt.gz").read_bytes()).decode().splitlines():
        if line.startswith("#"):
            continue
        name, marks = line.split("\t")
        for mark in marks.replace("b", "gs").replace("-", ""):
            kinds[mark].add(name)
    return WideNames(*(frozenset(kinds[kind]) for kind in "gslcx"))


@cache
def words(section: str) -> frozenset[str]:
    """Return one of the plain word lists of ``lexicon.toml``."""
    return frozenset(str(_lexicon()[section]).split())


@cache
def famous_names() -> frozenset[str]:
    """Return the names of ``famous.txt`` in lower case: characters, sayings, brands and public people."""
    lines = (_DATA / "famous.txt").read_text(encoding="utf-8").splitlines()
    listed = {line for line in lines if line and not line.startswith("#")}
    return frozenset(listed | {re.sub(r"\A(mr|mrs|ms|dr) ", r"\1. ", line) for line in listed})


@dataclass(frozen=True, slots=True)
class SpecialTerms:
    """Patterns of one special category; ``data/special.toml`` says what each list is for."""

    strong: tuple[str, ...]
    clear: tuple[str, ...]
    terms: tuple[str, ...]
    plain: frozenset[str]


@cache
def special_terms() -> dict[str, SpecialTerms]:
    """Return the patterns of every special category, by kind."""
    data: dict[str, dict[str, list[str]]] = tomllib.loads((_DATA / "special.toml").read_text(encoding="utf-8"))
    return {
        kind: SpecialTerms(tuple(v["strong"]), tuple(v["clear"]), tuple(v["terms"]), frozenset(v["plain"]))
        for kind, v in sorted(data.items())
    }


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads((_DATA / "lexicon.toml").read_text(encoding="utf-8"))
