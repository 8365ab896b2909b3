"""Situation span in, words that follow "When" out; or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clauses import head_of, is_finite
from .inflection import person_of, present
from .wording import Wording, cost_of, past_to_present, render, span_tokens, trim

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_OPENERS = frozenset(
    "when whenever while if once as after because since so especially even although though like anytime where until "
    "unless that and but only particularly mostly sometimes often then in case".split()
)
_NO_CIRCUMSTANCE = frozenset(
    "depending based compared rather instead regardless despite given except besides including who how what which do "
    "does did why than whether lastly".split()
)
_BEING = frozenset("in at on under during within between short behind".split())


def word_situation(span: Span) -> Wording | None:
    """Word a situation so that it follows "When"; None where it cannot be said so.

    Parameters
    ----------
    span : Span
        Of a parsed sentence.

    Returns
    -------
    Wording or None
    """
    tokens, opener = _without_opener(span_tokens(span))
    tokens = trim(tokens)
    if not tokens or is_role(tokens) or tokens[0].lower_ in _NO_CIRCUMSTANCE or _is_torn(tokens[0]):
        return None
    subject = _subject(tokens)
    if subject is not None:
        return _clause(tokens, subject, opener)
    phrase = _phrase(tokens)
    if phrase is None:
        return None
    lead, words, extra = phrase
    text = render(words, past_to_present(words))
    unopened = 0.35 * (opener in {"because", "since", ""})
    return Wording(lead + text, cost_of(text, words) + extra + unopened) if text else None


def is_role(tokens: list[Token]) -> bool:
    """Tell whether words say who somebody is and not when: "as a manager"."""
    if len(tokens) < 2 or tokens[0].lower_ not in {"as", "like"}:
        return False
    return tokens[1].lower_ in {"a", "an", "the", "my"} and not any(t.dep_ == "nsubj" for t in tokens)


def _is_torn(first: Token) -> bool:
    """Tell whether a span begins inside a word: "'s the trouble"."""
    return bool(first.text[0] in "'’" or (first.i > 0 and not first.nbor(-1).whitespace_ and first.nbor(-1).is_alpha))


def _without_opener(tokens: list[Token]) -> tuple[list[Token], str]:
    opener = tokens[0].lower_ if tokens else ""
    while tokens and tokens[0].lower_ in _OPENERS | {"before"} and not is_role(tokens):
        tokens = tokens[1:]
    if len(tokens) > 2 and tokens[0].lower_ in {"every", "each", "any"} and tokens[1].lower_ == "time":
        tokens = tokens[2:]
    return tokens, opener


def _subject(tokens: list[Token]) -> Token | None:
    """Return the subject of the main clause; a noun that only a relative clause describes has none."""
    subjects = {"nsubj", "nsubjpass", "expl", "csubj"}
    found = (t for t in tokens if t.dep_ in subjects and is_finite(t.head, tokens))
    return next((t for t in found if t.head.dep_ not in {"relcl", "acl"} or t.i == tokens[0].i), None)


def _clause(tokens: list[Token], subject: Token, opener: str) -> Wording | None:
    edits = past_to_present(tokens)
    if opener == "before":
        if subject.head.tag_ not in {"VBP", "VBZ"}:
            return None
        person = "they" if subject.lower_ == "we" else person_of(subject)
        edits[subject.head.i] = f"{present('be', person)} about to {subject.head.lemma_}"
    text = render(tokens, edits)
    extra = 0.2 * (subject.i > tokens[0].i + 6) + 0.3 * _runs_on(tokens)
    extra += 0.5 * any(t.lower_ == "were" and subject.lower_ == "i" for t in tokens)
    extra += 0.2 * (len(text.split()) < 4) + 0.4 * (_n_subjects(tokens) > 2)
    return Wording(text, cost_of(text, tokens) + extra) if text else None


def _n_subjects(tokens: list[Token]) -> int:
    return sum(t.dep_ in {"nsubj", "nsubjpass"} and is_finite(t.head, tokens) for t in tokens)


def _runs_on(tokens: list[Token]) -> bool:
    """Tell whether two main clauses stand side by side without a word that joins them."""
    subjects = [t for t in tokens if t.dep_ in {"nsubj", "nsubjpass"} and is_finite(t.head, tokens)]
    loose = [s for s in subjects[1:] if s.head.dep_ in {"ccomp", "parataxis"} and s.head.head.i > s.head.i]
    return bool(loose)


def _phrase(tokens: list[Token]) -> tuple[str, list[Token], float] | None:
    """Return what to put before words without a subject, the words to keep, and what it costs in clarity."""
    root, first = head_of(tokens), tokens[0]
    if root.tag_ == "VBG":
        return "I am ", [t for t in tokens if t.i >= root.i or t.dep_ == "neg"], 0.0
    if first.tag_ in {"VBP", "VB", "VBD", "MD"}:
        return "I ", tokens, 0.0
    if first.dep_ == "prep" or first.tag_ == "IN":
        having = {"with": "I have ", "without": "I do not have "}.get(first.lower_)
        if having:
            return having, tokens[1:], 0.2
        bare = len([t for t in tokens if not t.is_stop]) < 2  # "at the weekend" says too little
        return ("I am ", tokens, 0.2 + 0.4 * bare) if first.lower_ in _BEING else None
    if root.pos_ in {"NOUN", "PROPN"}:
        return f"there {present('be', person_of(root))} ", tokens, 0.45
    return ("I am ", tokens, 0.15) if root.tag_ in {"JJ", "VBN"} else None
