"""Tokens of a clause that is asked in, in the order of an indirect question out: "what the green light is"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASKING = frozenset("what where who how when".split())
_BEING = frozenset("is are was were".split())
_MARKED = frozenset("the my our your their his her this that these those".split())


def in_order(tokens: list[Token]) -> list[Token]:
    """Return "what the green light is" for "what is the green light"; what follows the noun stays where it is.

    Parameters
    ----------
    tokens : list of Token
        What is to be known, from the word that asks on.
    """
    if len(tokens) < 3 or tokens[0].lower_ not in _ASKING or tokens[1].lower_ not in _BEING:
        return tokens
    named = tokens[2:]
    noun = named[-1]
    plain = named[0].lower_ in _MARKED and noun.pos_ in {"NOUN", "PROPN"} and noun.head == tokens[1]
    if not plain or any(t != noun and t.head != noun for t in named):
        return tokens
    return [tokens[0], *named, tokens[1]]
