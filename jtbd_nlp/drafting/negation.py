"""Verb of a parsed sentence in, whether it is negated, denied, or just what somebody does not want, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEVER = frozenset("never hardly rarely".split())
_NOBODY = frozenset("nobody nothing none no-one".split())
_TURNING = frozenset("without than instead".split())  # what follows is what the person does not do
_MORE = frozenset("just only merely simply".split())
_AVERSE = frozenset("hate dread dislike".split())
_WANTING = frozenset("want like wish love hope hop prefer".split())  # not "need": "I need not" only says it is no duty


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated itself: "not", "never", or "nobody" and the like as its subject."""
    return any(
        (c.dep_ == "neg" and not _is_more(c))
        or c.lower_ in _NEVER
        or (c.dep_ in {"nsubj", "nsubjpass"} and (c.lower_ in _NOBODY or any(d.lower_ == "no" for d in c.children)))
        for c in verb.children
    )


def _is_more(negation: Token) -> bool:
    """Tell whether a "not" only says that there is more: "it is my job not just to edit it"."""
    asked = any(c.tag_ == "MD" or c.lemma_ == "do" for c in negation.head.children if c.dep_ == "aux")
    return not asked and negation.i + 1 < len(negation.doc) and negation.nbor(1).lower_ in _MORE


def is_denied(verb: Token) -> bool:
    """Tell whether anything above a verb in its sentence is negated: "I wasn't going to delete it"."""
    if verb.i and verb.nbor(-1).lower_ == "than":
        return True  # "help people rather than ban it"
    for node in _bearing(verb):
        if node != verb and (is_negated(node) or node.lower_ in _TURNING or _is_too(node)):
            return True
        if any(c.lower_ == "so" and c.i < node.i and c.dep_ in {"mark", "advmod", "cc"} for c in node.children):
            return False  # "without having to ask, so I can pay my rent": what it is for is not denied
    return False


def _bearing(verb: Token) -> Iterator[Token]:
    """Yield a verb and what it hangs on, up to a clause that only stands before the next: "I like it so, I don't mind"."""
    for node in (verb, *verb.ancestors):
        yield node
        if node.dep_ == "ccomp" and node.i < node.head.i:
            return


def _is_too(word: Token) -> bool:
    """Tell whether a word is "too much", "too risky": what hangs on it is not done."""
    return any(c.lower_ == "too" and c.dep_ == "advmod" and c.i < word.i for c in word.children)


def is_unwanted(verb: Token) -> bool:
    """Tell whether what is negated is the wish for this very verb: "I don't want to lose it"."""
    node = verb
    while node.dep_ in {"xcomp", "ccomp"} and node.head.i < node.i:
        node = node.head
        if is_negated(node):
            return node.lemma_.lower() in _WANTING
        if node.lemma_.lower() in _AVERSE:
            return True
    return False
