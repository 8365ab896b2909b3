"""Finds the words of a text that name a solution: products, technologies and features, by the list in ``lexicons/``.

In: plain text. Out: ``(start, end, kind)``. The linter keeps motivations free of them; the drafter generalises them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..matching import alternatives
from .lexicon import read_lexicon


def technology_words(text: str, products: Sequence[str] = ()) -> list[tuple[int, int, str]]:
    """Return where a text names a product, a technology or a feature.

    Parameters
    ----------
    text : str
        Any text.
    products : Sequence[str], default=()
        Further product names, in any case.

    Returns
    -------
    list[tuple[int, int, str]]
        ``(start, end, kind)`` in characters, in order and disjoint; the longest name wins. ``kind`` is ``"product"``,
        ``"technology"`` or ``"feature"``. Names that are everyday words (Word, Teams, Slack) count only with their
        capital inside a sentence, or beside words that leave no doubt.
    """
    return list(_named(text, tuple(sorted(p for p in products if p.strip()))))


@lru_cache(maxsize=16384)  # a wording is asked about by the rules for its slot, for its cost and for its name
def _named(text: str, products: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    found = []
    for kind, pattern in _patterns(products):
        found += [(m.start(), m.end(), kind) for m in pattern.finditer(text) if not _starts_sentence(m, text, kind)]
    found.sort(key=lambda f: (f[0], -f[1], f[2]))
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, kind.split(" ")[0]))
    return tuple(kept)


@lru_cache(maxsize=64)
def _patterns(products: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = read_lexicon("technology")
    names = [*lists["product"]["names"], *products]
    return (
        ("product", re.compile(alternatives(names), re.IGNORECASE)),
        ("product cased", re.compile(alternatives(lists["product"]["cased"]))),
        *(("product", re.compile(p, re.IGNORECASE)) for p in lists["product"]["patterns"]),
        *(
            (kind, re.compile(pattern, re.IGNORECASE))
            for kind in ("technology", "feature")
            for pattern in (alternatives(lists[kind]["nouns"], plural=True), *lists[kind]["patterns"])
        ),
    )


def _starts_sentence(match: re.Match[str], text: str, kind: str) -> bool:
    """Say whether a capital proves nothing, because any word would have one there."""
    before = text[: match.start()].rstrip("\"'“‘( ")
    return kind == "product cased" and (not before or before[-1] in ".!?:\n")
