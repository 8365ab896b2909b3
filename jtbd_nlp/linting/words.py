"""Compares words by stem, irregular form and small paraphrase: what a statement says that its evidence does not.

In: plain text. Out: words, stems, and the words of a slot that no evidence text holds. No model is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from .lexicon import read_lexicon, word_set

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_VOWEL = re.compile(r"[aeiouy]")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, with straight apostrophes."""
    text = text.replace("’", "'")
    if text.isascii():
        return _WORD.findall(text.lower())
    return [w.lower() for w in _WORD.findall(text)]  # lower case can be longer than what it stands for


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without its inflection, so that forms of one word meet (``planned`` and ``planning``: ``plan``).

    Plural, possessive, past, -ing and -ly endings go; irregular forms come from the list in ``words.toml``. The result
    is a key for comparing and not always a word.
    """
    word = word.lower().replace("’", "'")
    word = re.sub(r"'s?$", "", word)
    word = _irregular().get(word, word)
    word = _singular(word)
    word = _irregular().get(word, word)
    for ending in ("ing", "edly", "ed", "ly"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and _VOWEL.search(base):
            word = base
            break
    return _neutral_end(word)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _neutral_end(word: str) -> str:
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 2 and word.endswith("y") else word


@cache
def _irregular() -> Mapping[str, str]:
    return dict(read_lexicon("words")["irregular"])


@cache
def _paraphrases() -> Mapping[str, frozenset[str]]:
    """Map each stem to the stems that may stand for it."""
    table: dict[str, set[str]] = {}
    for row in read_lexicon("words")["paraphrases"]:
        stems = {stem(w) for w in row}
        for one in stems:
            table.setdefault(one, set()).update(stems)
    return {key: frozenset(stems) for key, stems in table.items()}


def may_mean(one: str) -> frozenset[str]:
    """Return the stems that may stand for a stem, itself among them."""
    return _paraphrases().get(one, frozenset()) | {one}


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning, in order: no function words, no single letters."""
    return [w for w in words_of(text) if _carries_meaning(w)]


@lru_cache(maxsize=65536)
def _carries_meaning(word: str) -> bool:
    stop = word_set("words", "stop")
    return not {word, word.split("'")[0]} & stop and not word.endswith("n't") and len(word) > 1


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, in order and with repeats, without framing verbs."""
    return [s for w in words_of(text) if (s := _content_stem(w))]


@lru_cache(maxsize=65536)
def _content_stem(word: str) -> str:
    """Return the stem of a word that carries meaning; empty for all others."""
    found = stem(word) if _carries_meaning(word) else ""
    return "" if found in _framing_stems() else found


@lru_cache(maxsize=4096)
def _distinct_stems(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(content_stems(text)))


@cache
def _framing_stems() -> frozenset[str]:
    return frozenset(stem(w) for w in word_set("words", "framing"))


def untraced_words(slot_text: str, evidence_texts: Iterable[str]) -> list[str]:
    """Return the content words of a slot that its evidence does not hold.

    Parameters
    ----------
    slot_text : str
        A situation, motivation or outcome.
    evidence_texts : Iterable[str]
        The quotes (or whole turns) that it was drawn from.

    Returns
    -------
    list[str]
        As written in the slot, in order, each once. A word counts as found when the evidence has it in any inflection
        or has a listed paraphrase; function words and framing verbs (want, get, avoid ...) are not asked for.
    """
    held: set[str] = set()
    for text in evidence_texts:
        for word in words_of(text):
            held.update(_keys(word))
    missing = [w for w in content_words(slot_text) if not _is_held(w, held)]
    return list(dict.fromkeys(missing))


@lru_cache(maxsize=65536)
def _keys(word: str) -> frozenset[str]:
    return frozenset({stem(word), *(stem(part) for part in word.split("-"))})


def _is_held(word: str, held: set[str]) -> bool:
    keys = [stem(word)] if "-" not in word else [stem(p) for p in word.split("-")]
    whole = bool(may_mean(stem(word)) & held)
    return whole or all(k in _framing_stems() or may_mean(k) & held for k in keys)


def overlap(texts: tuple[str, str], *, symmetric: bool) -> float:
    """Return the share of content stems that two texts have in common, in [0, 1].

    Parameters
    ----------
    texts : tuple[str, str]
        The text that is judged, and the one that it is held against.
    symmetric : bool
        True: shared stems among all stems of both (Jaccard); False: among those of the first.

    Returns
    -------
    float
        0 where there is nothing to compare.
    """
    first, second = map(_distinct_stems, texts)
    held = set(second)
    shared = [s for s in first if s in held or may_mean(s) & held]
    whole = len(first) + len(second) - len(shared) if symmetric else len(first)
    return len(shared) / whole if whole else 0.0


def starts_with_verb(text: str) -> bool:
    """Say whether a motivation starts with a verb in its base form, adverbs and "not" aside.

    A first word on no list counts as a verb unless its ending is that of a noun, a participle or a past form: no model
    is loaded for this one word.
    """
    words = [w for w in words_of(text) if w not in {"not", "also", "just", "always", "never", "still", "really"}]
    verbs = word_set("verbs", "verbs") | word_set("verbs", "also_nouns") | {"be", "do", "have"}
    words = [w for i, w in enumerate(words) if i or w in verbs or not w.endswith("ly")]
    if not words or words[0] in word_set("verbs", "not_verbs"):
        return False
    return words[0] in verbs or _NOT_A_BASE.search(words[0]) is None


_NOT_A_BASE = re.compile(
    r"(?:tion|sion|ness|ment|ity|ance|ence|ship|ism|hood|ware|board|[^aeiou]ings?|[^e]ed|ers|ors)$"
)
