"""Words without a subject of their own in ("while writing", "under pressure"), words that follow "When" out; or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..grammar.clauses import head_of, names_technology, sharing_object
from ..grammar.inflection import base_form, person_of, present, subject_of
from ..grammar.negation import is_negated
from ..grammar.trees import verb_phrase
from ..grammar.wording import Wording, past_to_present, render, worded

if TYPE_CHECKING:
    from spacy.tokens import Token

TECHNOLOGY_COST = 0.12
_BEING = frozenset("in at under during between short behind".split())
_REGARD = frozenset("regard regards respect reference".split())
_STATES = frozenset("want need know prefer own understand".split())  # "when wanting to": I want to
_NO_PLACE = frozenset("time point day days moment future past general case cases situation situations way".split())


def word_subjectless(tokens: list[Token], opener: str) -> Wording | None:
    """Word a situation without a subject of its own; None where it cannot be said so.

    Parameters
    ----------
    tokens : list of Token
        What stands behind the opener.
    opener : str
        The word that led to it, such as "while"; empty where there is none.
    """
    if not tokens:
        return None
    root, first = head_of(tokens), tokens[0]
    lead, words, extra = "", tokens, 0.0
    state: dict[int, str] = {}
    if root.tag_ == "VBG":
        if is_negated(root):
            return None  # "not knowing what to do": the words that follow would say the reverse
        root = sharing_object(root, {t.i for t in root.sent})
        lead, words = "I am ", verb_phrase(root)
        extra = 0.35 * (len(words) < 2)
        if root.lemma_ in _STATES or opener == "after":
            lead, state = "I ", {root.i: root.lemma_}
        elif opener == "before":
            lead, state = "I am about to ", {root.i: base_form(root)}
    elif first.tag_ in {"VBP", "VB", "VBD", "MD"}:
        if (doer := subject_of(first)) is not None and doer.lower_ not in {"i", "we", "you"}:
            return None
        lead = "I "
    elif first.dep_ == "prep" or first.tag_ == "IN":
        if _is_elsewhere(first):
            return None
        having = {"with": "I have ", "without": "I do not have "}.get(first.lower_)
        if having and tokens[-1].lower_ not in _REGARD and (len(tokens) < 2 or tokens[1].lower_ not in _REGARD):
            lead, words, extra = having, tokens[1:], 0.2
        elif first.lower_ in _BEING:
            bare = (
                len([t for t in tokens if not t.is_stop]) < 2 or tokens[-1].lower_ in _NO_PLACE
            )  # "at the weekend" says too little
            lead, extra = "I am ", 0.25 + 0.6 * bare
            if first.lower_ == "during":
                lead, words = "I am in ", tokens[1:]
        else:
            return None
    elif root.pos_ in {"NOUN", "PROPN"}:
        every = next((c for c in root.children if c.lower_ in {"any", "every"}), None)
        if every is None or not any(c.dep_ == "relcl" for c in root.children):
            return None  # a thing is no occasion, but "any task that needs care" is
        lead, extra = f"there {present('be', person_of(root))} ", 0.6
        state = {every.i: "" if root.tag_ == "NNS" else "an" if every.nbor(1).lower_[0] in "aeiou" else "a"}
    elif root.tag_ in {"JJ", "VBN"}:
        lead, extra = "I am ", 0.3 if root.tag_ == "VBN" else 0.6
    else:
        return None
    if lead == "I am " and words and words[0].lower_ == "being":
        words = words[1:]  # "being in project delivery", "being stuck"
    text = render(words, past_to_present(words) | state)
    extra += 0.35 * (opener in {"because", "since", ""}) + TECHNOLOGY_COST * names_technology(text)
    return worded(lead + text, words, extra) if text and words else None


def _is_elsewhere(prep: Token) -> bool:
    """Tell whether a phrase says where or with what something else is done: "the text at the end", "with my emails"."""
    head, inner = prep.head, next((c for c in prep.children if c.dep_ == "pobj"), None)
    doer = subject_of(head) if head.pos_ in {"VERB", "AUX"} else None
    if prep.lower_ not in {"with", "without"}:
        return head.pos_ in {"NOUN", "PROPN"} or (doer is not None and doer.lower_ not in {"i", "we", "you"})
    if inner is None or any(c.dep_ in {"acl", "relcl"} for c in inner.children):
        return False  # "with the board coming in"
    known = any(c.lower_ == "the" or c.dep_ == "poss" for c in inner.children)
    return prep.dep_ == "prep" and (known or prep.i > head.i)
