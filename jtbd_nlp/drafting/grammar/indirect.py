"""Tokens of a clause that is asked in, in the order of an indirect question out: "what the green light is"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASKING = frozenset("what where who how when".split())
_HELPING = frozenset("do can could should must may might will would".split())
_BEING = frozenset("is are was were".split())
_MARKED = frozenset("the my our your their his her this that these those".split())


def in_order(tokens: list[Token]) -> list[Token]:
    """Return "what the green light is" for "what is the green light", "what I need" for "what do I need".

    Parameters
    ----------
    tokens : list of Token
        What is to be known, from the word that asks on, or with words before it.
    """
    return _being_last(_subject_first(tokens))


def _subject_first(tokens: list[Token]) -> list[Token]:
    """Put the subject before what it was asked with: "what answer I need to give", "what I can do"."""
    for k, helper in enumerate(tokens[1:], start=1):
        verb = helper.head
        if helper.dep_ != "aux" or helper.lower_ not in _HELPING or verb not in tokens or helper.i > verb.i:
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubj" and helper.i < c.i < verb.i), None)
        asking = any(t.tag_[:1] == "W" and t.head in {verb, *verb.subtree} for t in tokens[:k])
        if subject is None or not asking or tokens[k + 1] != subject.left_edge:
            continue
        if helper.lower_ == "do":
            return [t for t in tokens if t != helper]
        named = [t for t in tokens[k + 1 :] if t.i <= subject.right_edge.i]
        return [*tokens[:k], *named, helper, *tokens[k + 1 + len(named) :]]
    return tokens


def _being_last(tokens: list[Token]) -> list[Token]:
    if len(tokens) < 3 or tokens[0].lower_ not in _ASKING or tokens[1].lower_ not in _BEING:
        return tokens
    named = tokens[2:]
    noun = named[-1]
    plain = named[0].lower_ in _MARKED and noun.pos_ in {"NOUN", "PROPN"} and noun.head == tokens[1]
    if not plain or any(t != noun and t.head != noun for t in named):
        return tokens
    return [tokens[0], *named, tokens[1]]
