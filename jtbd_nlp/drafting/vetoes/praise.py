"""Words of a circumstance in, whether they only praise: no trouble and no occasion, so nothing that brings a job up."""

from __future__ import annotations

from functools import cache

from ...context.lexicon import cue_list
from ...linting.words import stem, words_of


def is_praise(text: str) -> bool:
    """Tell whether words judge well and neither judge badly nor deny: "the design part is enjoyable".

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
    """
    words = words_of(text)
    good, bad, negations = _judging()
    stems = {stem(w) for w in words}
    denied = any(w in negations or w.endswith("n't") for w in words[:5])
    return bool(stems & good) and not stems & bad and not denied


@cache
def _judging() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = cue_list("polarity")
    good, bad = (frozenset(stem(w) for w in lists[k]) for k in ("positive", "negative"))
    return good, bad, frozenset(lists["negation"])
