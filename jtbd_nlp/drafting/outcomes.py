"""Outcome span in, words that follow "so I can" (or "so" with a clause of its own) out; or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import (
    LIGHT_VERBS,
    drop_tools,
    head_of,
    is_denied,
    is_negated,
    names_technology,
    own_progress,
)
from .inflection import gerund
from .wording import Wording, cost_of, past_to_present, render, span_tokens, trim

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MAX_WORDS = 15
_OPENERS = frozenset("so that to in order and which then because".split())
_FEELINGS = frozenset(
    "happy confident comfortable safe sure secure proud relaxed calm relieved satisfied productive".split()
)
_OWN = frozenset("i we you".split())
_TOOL_SUBJECTS = frozenset("it this that which they".split())


def word_outcome(span: Span) -> Wording | None:
    """Word an outcome so that it follows "so I can".

    Parameters
    ----------
    span : Span
        Of a parsed sentence.

    Returns
    -------
    Wording or None
        Text that starts with "that " is a clause: "so that my evenings are free". None where it cannot be said so, or
        the sentence denies it.
    """
    if span.sent[0].lower_ == "so" and span.start <= span.sent.start + 1:
        return None  # "So I shoot weddings": a manner of going on, not a purpose
    tokens = span_tokens(span)
    while tokens and tokens[0].lower_ in _OPENERS:
        tokens = tokens[1:]
    tokens = trim(tokens, _MAX_WORDS)
    if not tokens:
        return None
    root = head_of(tokens)
    if is_denied(root):
        return None
    return _verbal(tokens, root) if root.pos_ in {"VERB", "AUX"} else _nominal(tokens, root)


def _nominal(tokens: list[Token], root: Token) -> Wording | None:
    text = render(tokens, {})
    if not text:
        return None
    comparative = tokens[0].tag_ in {"JJ", "JJR", "RBR"} and root.pos_ != "NOUN"
    if root.tag_ in {"JJ", "JJR", "RBR", "RB"} or comparative:
        eased = any(t.tag_ in {"JJR", "RBR"} for t in tokens[:2]) or root.lower_ in {"easy", "quick", "fast"}
        lead = "feel " if root.lemma_.lower() in _FEELINGS else "that it is " if eased else "be "
        return Wording(lead + text, cost_of(text, tokens) + 0.25)
    return Wording("get " + text, cost_of(text, tokens) + 0.35) if root.pos_ == "NOUN" else None


def _verbal(tokens: list[Token], root: Token) -> Wording | None:
    inside = {t.i for t in tokens}
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i in inside), None)
    verb = _carrier(root, inside)
    if subject is not None and _speaks_for_itself(subject, root, verb):
        text = render(tokens, past_to_present(tokens))
        return Wording("that " + text, cost_of(text, tokens) + 0.15) if len(text.split()) > 2 else None
    if root.lemma_.lower() == "make" and verb == root:
        return _made(tokens, root, inside)
    return _reached(tokens, verb, avoided=is_negated(root) or is_negated(verb))


def _speaks_for_itself(subject: Token, root: Token, verb: Token) -> bool:
    """Tell whether a clause keeps its own subject: it is negated, or about something else than the person or the tool."""
    if is_negated(root):
        return True
    tool = subject.lower_ in _TOOL_SUBJECTS or names_technology(subject.text) > 0
    return bool(verb == root and subject.lower_ not in _OWN and not tool)


def _reached(tokens: list[Token], verb: Token, *, avoided: bool) -> Wording | None:
    keep, removed = drop_tools([t for t in tokens if t.i >= verb.i])
    lemma = verb.lemma_.lower()
    if lemma in {"take", "cost"} and any(t.head == verb and t.lower_ in {"me", "us"} for t in keep):
        return None  # "it takes me a whole evening" is a price, not what is reached
    if lemma in {"save", "cost"}:
        keep = [t for t in keep if not (t.head == verb and t.lower_ in {"me", "us", "you"})]
    else:
        keep, lemma = own_progress(keep, verb)
    if avoided:
        lemma = f"avoid {gerund(verb.lemma_.lower())}"
        keep = [t for t in keep if t.dep_ != "neg"]
    edits = {k: v for k, v in past_to_present(keep).items() if k != verb.i}
    text = render(keep, {verb.i: lemma, **edits})
    if len(text.split()) < 2 or lemma in {"can", "will", "would", "could", "must", "should"}:
        return None
    cost = (
        cost_of(text, keep) + 0.25 * names_technology(text) + (0.4 if lemma == "be" else 0.1) * (len(text.split()) < 3)
    )
    return Wording(text, cost, removed)


def _carrier(root: Token, inside: set[int]) -> Token:
    """Follow "it allows me to rest" and "I can rest" down to the verb that says what the person gets."""
    verb = root
    for _ in range(4):
        below = [
            c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.i in inside and c.pos_ in {"VERB", "AUX"}
        ]
        if not below or is_negated(verb) or verb.lemma_.lower() not in LIGHT_VERBS | {"make", "free", "can"}:
            break
        if any(c.dep_ == "nsubj" and c.lower_ not in {"me", "us", "you", "i", "we"} for c in below[0].children):
            break
        verb = below[0]
    return verb


def _made(tokens: list[Token], root: Token, inside: set[int]) -> Wording | None:
    """Word "makes me feel confident", "makes the process smoother" and "make sure it is right"."""
    following = next((t for t in tokens if t.i == root.i + 1), None)
    if following is not None and following.lower_ in {"sure", "certain"}:
        return _plain([t for t in tokens if t.i >= root.i], {root.i: "make"}, "")
    complement = next((c for c in root.children if c.dep_ in {"ccomp", "xcomp", "oprd"} and c.i in inside), None)
    if complement is None or is_negated(complement):
        return None
    subject = next((c for c in complement.children if c.dep_ == "nsubj" and c.i in inside), None)
    if subject is None or subject.lower_ in {"me", "us", "you"}:
        words = [t for t in tokens if t.i >= complement.i]
        if complement.pos_ in {"VERB", "AUX"}:
            return _plain(words, {complement.i: complement.lemma_.lower()}, "")
        return _plain(words, {}, "feel ")
    start = min(t.i for t in subject.subtree if t.i in inside)
    return _plain([t for t in tokens if t.i >= start], {}, "make ")


def _plain(words: list[Token], edits: dict[int, str], lead: str) -> Wording | None:
    text = lead + render(words, edits)
    return Wording(text, cost_of(text, words)) if len(text.split()) > 1 else None
