"""Whether a word is an ordinary English one, as the packaged model's list of lemmas has it: such a word is seldom a name."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..language import load_package
from .lexicon import names

_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))


@cache
def _vocabulary() -> frozenset[str]:
    import spacy.lang.en.stop_words

    nlp = load_package(exclude=["parser", "ner", "tagger", "tok2vec", "senter", "attribute_ruler"])
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    index, irregular = (lemmatizer.lookups.get_table(t) for t in ("lemma_index", "lemma_exc"))
    bent = {word for table in irregular.values() for word in table} - names().given - names().surnames  # "stood"
    known: set[str] = {word for table in index.values() for word in table}
    return frozenset(known | bent | spacy.lang.en.stop_words.STOP_WORDS)


@cache
def is_english(low: str) -> bool:
    """Say whether a folded word stands in the model's list of English lemmas, as itself or without a common ending."""
    table = _vocabulary()
    if low in table:
        return True
    return any(low.endswith(end) and low[: -len(end)] + tail in table for end, tail in _ENDINGS)
