"""Sentence in, the clauses out that say what something is for: "so I sound prepared", "write it down to remember"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..grammar.clauses import LIGHT_VERBS
from ..grammar.inflection import subject_before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_WANTING = frozenset("want need like love hope wish prefer try rather".split())
# what is done or had without aiming at anything: "I had to drive there to look", "it takes an hour to write"
_NO_MEANS = LIGHT_VERBS | frozenset("be have need take do come spend happen seem cost require involve".split())
_LED = re.compile(r"^(?:so|to|that way|which|in order|allow|enabl|sav|free|giv|help|let|mak|ensur|without|by)", re.I)
_LEADS = re.compile(r"\b(?:so(?: that)?|to|which|in order to|helps?|lets?|can|could|and then i)\s*$", re.I)
_NO_PURPOSES = frozenset("if unless how why whether although though".split())
_MAY_AIM = re.compile(r"\b(?:so|to)\b", re.I)
# "so" that tells a purpose, not what came next
_PURPOSE = re.compile(
    r"\bso (?:that\b|(?:i|we|you) (?:can|could|don't|do not|never|know|have|am not|won't|get)\b|(?:i'm|we're|you're) not\b|"
    r"(?:it|they|he|she)(?:'d|'ll)? "
    r"(?:isn't|doesn't|don't|won't|can|never|feels?|knows?|will|would)\b|(?:it|they|he|she)'(?:d|ll)\b|"
    r"nobody|nothing|everyone|everybody|(?:the|my|our) "
    r"[^.,;?!]{1,40}? (?:can|feels?|knows?|don't|doesn't|isn't|aren't|won't)\b)[^.;?!]*",
    re.I,
)
_THEN = re.compile(
    r"\b(?:because then|and then|then|that way),? (?:maybe |at least )?(?:i|we) (?:can|could|don't|don’t|won't|won’t|know)\b[^.;?!]*",
    re.I,
)
_RESULT = re.compile(
    r"\b(?:which|that way,?|that|it|this)(?: also| really| then)? (?:will |would |can |could )?"
    r"(?:sav|free|allow|help|let|giv|mean|mak|enabl)\w*\b[^.;?!]*|\b(?:allow|enabl|sav|free|giv)ing (?:me|us|up|time)\b[^.;?!]*",
    re.I,
)


def purposes_of(doc: Doc) -> Iterator[Span]:
    """Yield "so" clauses behind a wish, and "to do" behind what somebody does for it.

    Parameters
    ----------
    doc : Doc
        A parsed sentence.

    Yields
    ------
    Span
        From the clause's subject, or its verb, on.
    """
    for verb in doc:
        if verb.pos_ not in {"VERB", "AUX"}:
            continue
        if (start := _after_so(verb)) is not None or (start := _after_to(verb)) is not None:
            last = max(t.i for t in verb.subtree if not t.is_punct)
            if start <= last:
                yield doc[start : last + 1]


def may_aim(text: str) -> bool:
    """Tell whether a sentence is worth parsing for purposes."""
    return bool(_MAY_AIM.search(text))


def led_clauses(text: str, results: bool) -> list[tuple[int, int]]:
    """Return where words alone show a purpose or what comes next, and if asked a result: "which saves me time"."""
    told = [_PURPOSE.search(text), _THEN.search(text), _RESULT.search(text) if results else None]
    return [t.span() for t in told if t is not None]


def is_led(text: str, start: int, end: int) -> bool:
    """Tell whether words of an outcome, or those right before them, say that something leads to them."""
    return bool(_LED.match(text[start:end]) or _LEADS.search(text[:start]))


def is_no_purpose(verb: Token) -> bool:
    """Tell whether a clause is a condition or a question: "only if it fits the brand", "how colours change it"."""
    return any(c.lower_ in _NO_PURPOSES and c.dep_ in {"mark", "advmod"} and c.i < verb.i for c in verb.children)


def _after_so(verb: Token) -> int | None:
    """Return where the clause of a verb begins that "so" leads to, where the sentence wants something before it."""
    so = next((c for c in verb.children if c.lower_ == "so" and c.i < verb.i), None)
    subject = subject_before(verb)
    if so is None or subject is None or verb.tag_ == "VBD" or subject.i < so.i:
        return None
    start = min(t.i for t in subject.subtree)
    joined = verb.doc[so.i + 1].lower_ == "that"
    wanted = any(t.lemma_.lower() in _WANTING for t in verb.doc[: so.i])
    return start if so.i > 1 and start - so.i <= 1 + joined and (joined or wanted) else None


def _after_to(verb: Token) -> int | None:
    head = verb.head
    marked = verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if not marked or verb.dep_ != "advcl" or head.pos_ != "VERB" or verb.i < head.i:
        return None
    does = any(c.dep_ in {"dobj", "prt", "prep"} and c.i < verb.i for c in head.children)
    return verb.i if does and head.lemma_.lower() not in _NO_MEANS else None
