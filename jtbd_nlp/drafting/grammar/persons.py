"""Pronoun of a parsed sentence in, whom it means in the first person, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .inflection import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWNED = frozenset(
    "see lose want need like know use check open put wash".split()
)  # "see me dinner", not "get me dinner"


def is_told_by_speaker(you: Token) -> bool:
    """Tell whether "you" is the other, since the speaker does it: "all I'm trying to do is show you my ticket"."""
    verb = you.head if you.dep_ != "pobj" else you.head.head
    subject = subject_of(verb)
    own = subject is not None and subject.lower_ in {"i", "we"}
    mine = any(t.lower_ in {"my", "our"} and t.head.dep_ == "dobj" and t.head.head == verb for t in verb.subtree)
    does = verb.tag_ == "VB" and (subject is None or subject.lower_ == "all")
    return verb.pos_ == "VERB" and (own or (mine and does))


def is_my(me: Token) -> bool:
    """Tell whether "me" is "my" in dialect: "in me own house", "I want to see me daughter", "do it meself"."""
    if me.lower_ == "meself":
        return True
    if me.i + 1 >= len(me.doc):
        return False
    after, before = me.nbor(1), me.nbor(-1) if me.i else me
    owned = before.lemma_.lower() in _OWNED and after.tag_ in {"NN", "NNS"}
    return me.tag_ == "PRP$" or me.dep_ == "poss" or after.lower_ == "own" or owned


def is_let(you: Token) -> bool:
    """Tell whether "you" stands between two verbs: "have the map let you search it" is "let me search it"."""
    verb = you.head
    return you.dep_ == "nsubj" and verb.tag_ == "VB" and verb.head.lemma_.lower() in {"let", "make", "help", "get"}


def is_let_by_speaker(you: Token) -> bool:
    """Tell whether it is the speaker who lets or makes the other do it: "I want to make you laugh"."""
    subject = subject_of(you.head.head)
    return is_let(you) and subject is not None and subject.lower_ in {"i", "we"}
