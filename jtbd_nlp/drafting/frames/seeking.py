"""Parsed sentence in, the places out where somebody seeks to do something, or says when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..grammar.clauses import names_technology
from ..grammar.inflection import doer_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# verbs and adjectives after which "to do something" names what a person is after
_SEEKING = frozenset(
    "want need have try like love hope struggle able hard difficult easy tough impossible help wish use manage fail get "
    "aim learn prefer important time way look decide supposed start remember".split()
)
_TIME_WORDS = frozenset("when whenever while if after once before".split())

# clauses of time that parses often miss: they end at the next mark
_EACH_TIME = re.compile(
    r"\b(?:(?:every|each|any|by the) time|(?<!at )the (?:moment|minute|second)|as soon as|whenever|once)"
    r"(?: that)? (?=(?:i|we|you|they|the|my|our|a|an|somebody|someone|it|there)(?:\b|['’]))[^.,;:?!]{4,}",
    re.I,
)
# a wish whose "I" is left out, as talk does at the start of a sentence
_ELIDED = re.compile(
    r"^\W*(?:(?:and|so|but|or|just|only|really|mostly|mainly|well|no|yeah|yes)\b,?\s+)*"
    r"(?P<verb>want(?:ed)?|need(?:ed)?|trying|hoping|(?:don['’]t|didn['’]t) (?:want|need)) (?=to\b)",
    re.I,
)
_WANTS = re.compile(
    r"\b(?:want|need|like to|love to|hope|wish|is(?:n['’]t)? there (?:a|any|some|no|not a|not any|not some) way)\b",
    re.I,
)


def clauses_of_time(doc: Doc) -> Iterator[Span]:
    """Yield the clauses of when and if of a parsed sentence."""
    for token in doc:
        marks = [c for c in token.children if c.dep_ in {"mark", "advmod"} and c.i < token.i]
        likened = any(m.lower_ == "if" and m.i and m.nbor(-1).lower_ in {"as", "like"} for m in marks)  # "as if I knew"
        if token.dep_ == "advcl" and not likened and any(m.lower_ in _TIME_WORDS for m in marks):
            branch = [t.i for t in token.subtree]
            yield doc[min(branch) : max(branch) + 1]


def each_time(doc: Doc) -> Iterator[Span]:
    """Yield "every time ...", "the moment ..." and "as soon as ..." up to the next mark."""
    for found in _EACH_TIME.finditer(doc.text):
        span = doc.char_span(*found.span(), alignment_mode="contract")
        if span is not None:
            yield span


def infinitives(doc: Doc) -> Iterator[Span]:
    """Yield "to do something" after words of seeking or difficulty, from the verb to the end of its branch."""
    for token in doc:
        led = token.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
        clausal = token.dep_ in {"xcomp", "advcl", "ccomp", "acl", "pcomp"} or (token.dep_ == "relcl" and led)
        if token.tag_ in {"VB", "VBG"} and clausal and _is_sought(token):
            last = max(t.i for t in token.subtree)
            yield doc[token.i : last + 1]


def with_subject(text: str) -> tuple[str, int] | None:
    """Return a sentence with the "I" that it leaves out, and how far its words stand from their own places in it.

    None where it leaves out none: "Wanted to walk in" is read as "I wanted to walk in".
    """
    found = _ELIDED.match(text)
    if found is None or text.rstrip().endswith("?"):
        return None
    verb = found["verb"].lower()
    lead = "I was " if verb.endswith("ing") else "I "
    start = found.start("verb")
    return lead + verb + text[found.end("verb") :], start - len(lead)


def only_asks(text: str) -> bool:
    """Tell whether a sentence is a question that names no wish."""
    return text.rstrip().endswith("?") and not _WANTS.search(text)


def _is_sought(verb: Token) -> bool:
    head = verb.head
    doer = doer_of(head)
    foreign = doer is not None and doer.lower_ not in {"i", "we", "you", "it", "that", "this", "which", "what"}
    if head.lower_ == "going" or (doer is not None and foreign and not names_technology(doer.text)):
        return False
    return head.lemma_.lower() in _SEEKING or (verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children))
