"""Tokens of a span in, the verb out that names the progress: "draft" of "use AI to draft"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import LIGHT_VERBS, sharing_object
from .negation import is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token


def main_verb(tokens: list[Token]) -> Token | None:
    """Return the verb that names the progress: past light verbs ("use AI to draft" gives draft)."""
    inside = {t.i for t in tokens}
    verbs = [t for t in tokens if _is_verb(t)]
    if not verbs:
        return None
    tops = [t for t in verbs if t.head == t or t.head.i not in inside]
    verb = (tops or verbs)[0]
    for _ in range(5):
        below = _below(verb, inside)
        if below is None:
            break
        verb = below
    for _ in range(3):
        verb = sharing_object(verb, inside)
    return verb


def _is_verb(token: Token) -> bool:
    if token.dep_ in {"aux", "auxpass", "compound", "amod"}:
        return False
    return bool(token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VB", "VBG"})


def _below(verb: Token, inside: set[int]) -> Token | None:
    able = next((c for c in verb.children if c.lower_ == "able" and c.i in inside), None)
    carrier = able if able is not None else verb
    unwanted = verb.lemma_.lower() in {"want", "like", "wish", "love", "need"}
    if carrier.lemma_.lower() not in LIGHT_VERBS or (is_negated(verb) and not unwanted):
        return None
    for child in carrier.children:
        if child.tag_ == "VBN" and carrier.lemma_.lower() in {"get", "have"} and not is_negated(carrier):
            continue  # "get the books done" is said with its verb
        clause = child.dep_ in {"xcomp", "ccomp", "advcl"} and child.tag_ in {"VB", "VBG", "VBP", "VBN"}
        marked = any((c.dep_ == "mark" and c.lower_ != "to") or c.tag_ in {"WP", "WRB", "WDT"} for c in child.children)
        if clause and child.i in inside and child.i > verb.i and not marked:
            return child
    return None
