"""Outcome span in, words that follow "so I can" (or "so" with a clause of its own) out; or a refusal."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..frames.purposes import is_no_purpose
from ..grammar.borders import is_run_together
from ..grammar.clauses import (
    LIGHT_VERBS,
    drop_tools,
    has_another_doer,
    head_of,
    is_others_goal,
    names_technology,
    own_progress,
)
from ..grammar.inflection import gerund, subject_before, subject_of
from ..grammar.negation import is_denied, is_negated
from ..grammar.tense import in_present
from ..grammar.trees import clause, noun_phrase, verb_phrase
from ..grammar.wording import Wording, past_to_present, render, span_tokens, trim, worded
from ..vetoes.doers import is_conceded, is_forbidden, is_to_be_avoided
from ..vetoes.unmeant import is_forced

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

TECHNOLOGY_COST = 0.5
_MAX_WORDS = 14
_OPENERS = frozenset("so that way to in order and which then because thus therefore".split())
_FEELINGS = frozenset(
    "happy confident comfortable safe sure secure proud relaxed calm relieved satisfied productive".split()
)
_OWN = frozenset("i we you me us".split())
_MISFORTUNES = frozenset("lose waste miss forget fail struggle suffer panic worry".split())
_TOOL_SUBJECTS = frozenset("it this that which they".split())
# what a tool does that is somebody's gain at once; other things that a tool does are nobody's outcome
_SERVING = frozenset(
    "save free cut reduce speed shave eliminate avoid remove give provide get bring offer keep make boost increase "
    "improve expand open build ensure prevent protect spare simplify shorten lighten produce".split()
)


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
    if span.sent[0].lower_ == "so" and span.start <= span.sent.start + 1 and not _spares(span):
        return None  # "So I shoot weddings": a manner of going on, not a purpose
    tokens = span_tokens(span)
    while tokens and tokens[0].lower_ in _OPENERS:
        tokens = tokens[1:]
    if not tokens or tokens[0].tag_ in {"WDT", "WP"}:
        return None
    root = head_of(tokens)
    if (
        is_denied(root)
        or is_no_purpose(root)
        or has_another_doer(root)
        or is_others_goal(root)
        or is_run_together(root)
    ):
        return None
    if is_conceded(root) or is_forbidden(root) or _comes_later(root) or is_forced(root) or _has_object_before(root):
        return None
    judged = root.lemma_ == "be" and any(c.dep_ == "csubj" for c in root.children)
    if judged or (root.dep_ == "csubj" and root.head.lemma_ == "be"):
        return None  # "knowing who reads it was key to a good campaign"
    return _verbal(tokens, root) if root.pos_ in {"VERB", "AUX"} else _nominal(tokens, root)


def _has_object_before(root: Token) -> bool:
    """Tell whether a clause describes a thing that it is done to: "a format that I can fill in"."""
    if root.dep_ != "relcl":
        return False
    return any(t.tag_ in {"WDT", "WP"} and t.i < root.i and t.dep_ in {"dobj", "pobj"} for t in root.subtree)


def _comes_later(root: Token) -> bool:
    """Tell whether a clause only says until when: "before I let go of the cabinet"."""
    led = root.head if root.dep_ == "xcomp" else root
    return any(c.dep_ == "mark" and c.lower_ in {"before", "until"} for c in led.children)


def _spares(span: Span) -> bool:
    """Tell whether "So ..." says what somebody is spared, as an afterthought to a wish: "So I'm not scared of the bill"."""
    text = span.text.lower()
    return (
        re.match(r"(?:so )?(?:that )?(?:i|we)(?:'m|’m| am|'re| are)? (?:not|never|don't have to|don’t have to)\b", text)
        is not None
    )


def _nominal(tokens: list[Token], root: Token) -> Wording | None:
    words = noun_phrase(root) if root.pos_ == "NOUN" else trim(tokens, _MAX_WORDS)
    text = render(words, {})
    if not text:
        return None
    if root.tag_ in {"JJ", "JJR", "RBR", "RB"} or (tokens[0].tag_ in {"JJR", "RBR"} and root.pos_ != "NOUN"):
        eased = any(t.tag_ in {"JJR", "RBR"} for t in tokens[:2]) or root.lower_ in {"easy", "quick", "fast"}
        if root.tag_ in {"RB", "RBR"} and not eased:
            return None
        if eased and root.lemma_.lower() not in _FEELINGS:
            return None  # "AI is faster": nobody knows what for
        return worded(("feel " if root.lemma_.lower() in _FEELINGS else "be ") + text, words, 0.3)
    more = any(c.tag_ == "JJR" for c in root.children)  # a bare thing is no gain: only more or better of it
    return worded("get " + text, words, 0.4) if more and root.pos_ == "NOUN" and root.head.pos_ != "ADP" else None


def _verbal(tokens: list[Token], root: Token) -> Wording | None:
    inside = {t.i for t in tokens}
    subject = subject_before(root)
    verb = _carrier(root, inside)
    if subject is not None and _speaks_for_itself(subject, root, verb):
        return _own_clause(root, subject)
    if root.lemma_.lower() == "make" and verb == root:
        return _made(tokens, root, inside)
    teller = subject if subject is not None else subject_of(root)
    if teller is not None and teller.tag_ == "VBG" and root.lemma_ == "be":
        return None  # "knowing who reads it was key"
    by_tool = root.tag_ in {"VBZ", "VBD", "VBN"} if teller is None else teller.lower_ not in _OWN
    served = verb == root and not is_negated(root) and by_tool
    if teller is not None and teller.lower_ in _OWN and verb == root and root.tag_ == "VBD" and not _is_purpose(root):
        return None  # "and then I looked again": what happened next is no outcome
    if served and (root.lemma_.lower() not in _SERVING or not _has_object(root)):
        return _own_clause(root, subject) if subject is not None and _is_its_aim(root, subject) else None
    if verb != root and any(c.dep_ == "nsubj" and c.lower_ not in _OWN for c in verb.children):
        return None
    avoided = is_negated(root) or is_negated(verb)
    spared = is_to_be_avoided(verb) or _is_purpose(root) or _after_so(tokens[0])
    return None if avoided and not spared else _reached(verb, avoided=avoided)  # "I wasn't posting often" is no gain


def _is_its_aim(root: Token, subject: Token) -> bool:
    """Tell whether "so" leads to what a thing is to do: "so it feels like it counts", but not "and so it went"."""
    before = [t.lower_ for t in root.doc[max(0, subject.i - 3) : subject.i]]
    follows = "and" in before or not before[:-1]
    return subject.lower_ in {"it", "they"} and _after_so(subject) and root.tag_ != "VBD" and not follows


def _own_clause(root: Token, subject: Token) -> Wording | None:
    if subject.lower_ in {"this", "that", "which", "what", "who"} or root.lemma_.lower() in {"think", "guess", "mean"}:
        return None
    if any(c.dep_ == "aux" and c.lemma_.lower() in {"have", "'ve", "’ve"} for c in root.children):
        return None  # "and so I have not got used to it": what came of it, and not what for
    if any(c.dep_ in {"nsubj", "nsubjpass"} and c != subject for c in root.children):
        return None  # two clauses read as one: "no slot's wasted, and at the moment I'm doing that by telephone"
    words = clause(root, subject)
    text = render(words, in_present(root, subject, words, hoped=True))
    if len(text.split()) < 3:
        return None
    if not _is_aimed_at(root, subject, words[0]):
        return None  # what is so by itself is nobody's purpose
    return worded("that " + text, words, 0.15 + TECHNOLOGY_COST * names_technology(text))


def _is_aimed_at(root: Token, subject: Token, first: Token) -> bool:
    """Tell whether a clause is what something is for: not what came of it, what is said, or what merely follows."""
    marks = {c.lower_ for c in root.children if c.i < subject.i and c.dep_ in {"mark", "advmod", "cc"}}
    so = "so" in marks or _after_so(first)
    if not so:
        return "that" in marks and root.dep_ == "advcl"
    that = "that" in marks or (first.i and first.nbor(-1).lower_ == "that")
    return bool(that) or not (root.tag_ == "VBD" or _is_a_fact(root, subject))


def _is_a_fact(root: Token, subject: Token) -> bool:
    """Tell whether a negated clause after a bare "so" is a consequence: "so I don't have a boss", "so I can't say"."""
    if not is_negated(root) or subject.lower_ not in {"i", "we"}:
        return False
    obliged = root.lemma_.lower() == "have" and any(c.dep_ == "xcomp" for c in root.children)
    unable = any(c.dep_ == "aux" and c.lower_ in {"ca", "can", "could"} for c in root.children)
    unsure = any(c.dep_ == "acomp" and c.lower_ in {"sure", "certain"} for c in root.children)
    return unable or unsure or (root.lemma_.lower() in {"have", "like", "feel", "think", "see", "use"} and not obliged)


def _after_so(first: Token) -> bool:
    return any(t.lower_ == "so" for t in first.doc[max(0, first.i - 2) : first.i])


def _speaks_for_itself(subject: Token, root: Token, verb: Token) -> bool:
    """Tell whether a clause keeps its own subject: it is negated, or about something else than the person or the tool."""
    if is_negated(root):
        return True
    if any(c.dep_ in {"dative", "dobj"} and c.lower_ in {"me", "us"} for c in root.children):
        return False  # "talking it over gives me a chance to think" is got
    tool = subject.lower_ in _TOOL_SUBJECTS or names_technology(subject.text) > 0
    return bool(verb == root and subject.lower_ not in _OWN and not tool)


def _is_purpose(root: Token) -> bool:
    return any(c.lower_ in {"so", "that", "to"} and c.i < root.i for c in root.children)


def _has_object(verb: Token) -> bool:
    return any(c.dep_ in {"dobj", "dative", "prt", "ccomp"} for c in verb.children)


def _reached(verb: Token, *, avoided: bool) -> Wording | None:
    keep, removed = drop_tools(verb_phrase(verb))
    lemma = verb.lemma_.lower()
    feared = lemma in _MISFORTUNES and verb.tag_ != "VB" and not avoided
    if lemma in {"want", "need", "like"} or (feared and not any(t.lower_ in {"less", "fewer"} for t in verb.subtree)):
        return None  # "and I lose heart" is what is feared
    if lemma in {"take", "cost"} and any(t.head == verb and t.lower_ in {"me", "us"} for t in keep):
        return None  # "it takes me a whole evening" is a price, not what is reached
    if lemma in {"save", "cost", "spare"}:
        keep = [t for t in keep if not (t.head == verb and t.lower_ in {"me", "us", "you"})]
    else:
        keep, lemma = own_progress(keep, verb)
    if avoided and lemma in {"have", "be", "do", "know", "want", "need", "get", "see"}:
        return None
    if avoided:
        lemma = f"avoid {gerund(verb.lemma_.lower())}"
        keep = [t for t in keep if t.dep_ != "neg" or t.head != verb]
    edits = {k: v for k, v in past_to_present(keep).items() if k != verb.i}
    text = render(keep, {verb.i: lemma, **edits})
    if re.match(r"use (?:for|in|on|to|with|as|at)\b", text):
        return None  # the thing that was used is gone
    if len(text.split()) < 2 or lemma in {"can", "will", "would", "could", "must", "should", "want", "need"}:
        return None
    if _is_others(keep) or (
        lemma in {"have", "get", "give", "make"} and not _has_object(verb) and len(keep) > 1 and keep[1].pos_ == "ADP"
    ):
        return None
    extra = TECHNOLOGY_COST * names_technology(text) + (0.4 if lemma == "be" else 0.1) * (len(text.split()) < 3)
    found = worded(text, keep, extra + 0.15 * (lemma == "be"), removed)
    return replace(found, sure=verb.tag_ == "VB")


def _carrier(root: Token, inside: set[int]) -> Token:
    """Follow "it allows me to rest" and "I can rest" down to the verb that says what the person gets."""
    verb = root
    for _ in range(4):
        able = next((c for c in verb.children if c.lower_ == "able"), None)
        holder = able if able is not None else verb
        below = [
            c for c in holder.children if c.dep_ in {"xcomp", "ccomp"} and c.i in inside and c.pos_ in {"VERB", "AUX"}
        ]
        lifts = holder.lemma_.lower() in LIGHT_VERBS | {"make", "free", "can"}
        if not below or is_negated(verb) or not lifts:
            break
        if any(c.dep_ == "nsubj" and c.lower_ not in {"me", "us", "you", "i", "we"} for c in below[0].children):
            break
        verb = below[0]
    return verb


def _made(tokens: list[Token], root: Token, inside: set[int]) -> Wording | None:
    """Word "makes me feel confident", "makes the process smoother" and "make sure it is right"."""
    following = next((t for t in tokens if t.i == root.i + 1), None)
    if following is not None and following.lower_ in {"sure", "certain"}:
        return _plain(verb_phrase(root), {root.i: "make"}, "")
    complement = next((c for c in root.children if c.dep_ in {"ccomp", "xcomp", "oprd"} and c.i in inside), None)
    if complement is None:
        return _reached(root, avoided=False) if _has_object(root) else None
    if is_negated(complement):
        return None
    subject = next((c for c in complement.children if c.dep_ == "nsubj" and c.i in inside), None)
    if subject is None or subject.lower_ in {"me", "us", "you"}:
        if complement.pos_ in {"VERB", "AUX"}:
            return _plain(verb_phrase(complement), {complement.i: complement.lemma_.lower()}, "")
        return _plain([t for t in tokens if t.i >= complement.i][:_MAX_WORDS], {}, "feel ")
    start = min(t.i for t in subject.subtree if t.i in inside)
    kept = [t for t in verb_phrase(root) if t.i >= start]
    return _plain(kept, {}, "make ") if kept else None


def _is_others(words: list[Token]) -> bool:
    return any(t.lower_ in {"themselves", "himself", "herself"} for t in words)


def _plain(words: list[Token], edits: dict[int, str], lead: str) -> Wording | None:
    if _is_others(words):
        return None
    text = lead + render(words, edits)
    return worded(text, words, TECHNOLOGY_COST * names_technology(text)) if len(text.split()) > 1 else None
