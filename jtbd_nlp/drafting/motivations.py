"""Motivation span in, words that start with a base verb and name no tool out; or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import (
    LIGHT_VERBS,
    drop_tools,
    is_denied,
    is_duty,
    is_negated,
    is_others_goal,
    is_possession,
    is_unwanted,
    keep_one_goal,
    names_technology,
    own_progress,
    own_subject,
    sharing_object,
)
from .inflection import gerund
from .wording import Wording, cost_of, render, span_tokens, trim

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MAX_WORDS = 16
_VAGUE = LIGHT_VERBS | {"do", "make", "work", "see", "say", "think", "know", "be", "admit"}
# "to be honest", "I'd like to say": manners of speaking, nobody's goal
_IDIOMS = (
    ("be", "honest"), ("be", "frank"), ("be", "fair"), ("say",), ("admit",), ("die",), ("put", "it"), ("speak",), ("tell", "truth"),
    ("think",), ("guess",), ("come",), ("go",), ("be", "clear"), ("mention",), ("thank",), ("add",),
)  # fmt: skip


def word_motivation(span: Span) -> Wording | None:
    """Word a motivation so that it starts with a base verb and names no tool.

    Parameters
    ----------
    span : Span
        Of a parsed sentence.

    Returns
    -------
    Wording or None
        None where there is no verb, a manner of speaking, or something that the sentence denies.
    """
    verb = _main_verb(span_tokens(span))
    if verb is None or (is_denied(verb) and not is_unwanted(verb)) or is_others_goal(verb) or is_possession(verb):
        return None
    if own_subject(verb) is not None:
        return _wanted_state(verb)
    avoided = is_negated(verb) or is_unwanted(verb)
    kept = [t for t in span_tokens(span) if t.i >= verb.i]
    tokens, removed = drop_tools(keep_one_goal(kept, verb))
    tokens, start = own_progress(trim(tokens, _MAX_WORDS), verb)
    if not tokens or tokens[0].i != verb.i:
        return None
    text = render(tokens, {verb.i: f"avoid {gerund(verb.lemma_.lower())}" if avoided else start})
    if len(text.split()) < 2 or not text.split()[0].isalpha() or _is_idiom(text):
        return None
    vague = start in _VAGUE
    cost = cost_of(text, tokens) + 0.35 * names_technology(text) + 0.15 * vague + 0.1 * avoided + 0.25 * is_duty(verb)
    return Wording(text, cost + 0.2 * (len(text.split()) < 3), removed)


def _wanted_state(verb: Token) -> Wording | None:
    """Word "I want the bill to be ready" as having it so; refuse what others do by themselves."""
    if verb.head.lemma_.lower() not in {"want", "like", "love", "need", "wish", "prefer", "have"} or is_negated(
        verb.head
    ):
        return None
    start = min(t.i for t in verb.subtree)
    idle = {t.i for t in verb.children if t.lower_ == "to"}
    idle |= (
        {verb.i} if verb.lemma_ == "be" else {t.i for t in verb.children if t.dep_ == "auxpass" and t.lemma_ == "be"}
    )
    tokens = trim([t for t in verb.subtree if t.i >= start and t.i not in idle], _MAX_WORDS)
    text = render(tokens, {} if verb.i in idle or verb.tag_ in {"VBN", "VBD"} else {verb.i: verb.lemma_.lower()})
    if len(text.split()) < 2:
        return None
    return Wording(f"have {text}", cost_of(text, tokens) + 0.1 + 0.35 * names_technology(text))


def _main_verb(tokens: list[Token]) -> Token | None:
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
        clause = child.dep_ in {"xcomp", "ccomp", "advcl"} and child.tag_ in {"VB", "VBG", "VBP", "VBN"}
        marked = any(c.dep_ == "mark" and c.lower_ != "to" for c in child.children)
        if clause and child.i in inside and child.i > verb.i and not marked:
            return child
    return None


def _is_idiom(text: str) -> bool:
    words = text.lower().split()
    return any(
        words[0] == idiom[0] and all(w in words[1:4] for w in idiom[1:]) and (len(idiom) > 1 or len(words) < 4)
        for idiom in _IDIOMS
    )
