"""Tokens of a phrase in, as many out as a slot takes: what can go without harm goes until the words fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .wholeness import hyphenated, in_brackets

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def fitting(head: Token, kept: set[int], loose: list[set[int]], limit: int) -> list[Token]:
    """Take out what can go, the last first, until the words fit; marks stay between words that belong together."""
    doc = head.doc
    kept -= in_brackets(doc, kept, head.i)
    while _n_words(doc, kept) > limit:
        able = [part for part in loose if part & kept and head.i not in part]
        if not able:
            break
        kept = kept - sorted(able, key=lambda part: (max(part), -len(part)))[-1]
    for i in range(min(kept), max(kept)):
        token = doc[i]
        joins = i - 1 in kept and i + 1 in kept
        if token.is_punct and joins and (token.text in {"-", "/", "'", "’", "–"} or _between_list(token)):
            kept = kept | {i}
    found = [doc[i] for i in sorted(hyphenated(doc, kept, head.i))]
    return found[:-1] if found and _hangs(found[-1]) else found


def _between_list(mark: Token) -> bool:
    return bool(mark.text == "," and any(c.dep_ == "conj" for c in mark.head.children))


def _n_words(doc: Doc, kept: set[int]) -> int:
    return sum(not doc[i].is_punct for i in kept)


def _hangs(word: Token) -> bool:
    """Tell whether a preposition was cut from its place by an aside: "be the one ringing somebody in, I don't know, Leeds"."""
    verbs = (word.head, word.head.head) if word.head.dep_ == "dobj" else (word.head,)
    doing = any(v.dep_ == "acl" and v.tag_ == "VBG" for v in verbs)
    return doing and word.dep_ == "prep" and not list(word.children) and word.doc[word.i + 1 : word.i + 2].text == ","
