"""Rules that turn a situation, motivation or outcome span into the words of its slot, or refuse it.

Motivations start with a base verb; situations are clauses that follow "When"; outcomes follow "so I can".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..linting.technology import technology_words
from .inflection import gerund, participle, person_of, present, subject_of
from .wording import Wording, cost_of, past_to_present, render, span_tokens, trim

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_OPENERS = frozenset(
    "when whenever while if once as after because since so especially even although though like anytime "
    "where until unless that and but only particularly mostly sometimes often then in case because".split()
)
_LIGHT = frozenset(
    "want need like love hope try wish aim plan prefer use ask have let help get go start begin would tell be look able "
    "allow enable continue decide choose attempt seek tend manage learn want utilize leverage find expect strive intend".split()
)
_GIVING = {"give": "get", "send": "get", "show": "see", "tell": "know", "offer": "get", "provide": "get", "bring": "get",
           "help": "get help", "assist": "get help", "save": "save", "let": "", "get": "get", "suggest": "get", "teach": "learn"}  # fmt: skip
_NO_CIRCUMSTANCE = frozenset("depending based compared rather instead regardless despite given except besides including".split())
_TOOL_PREPOSITIONS = frozenset("with using through via by from on in into of for to".split())
_FEEL = frozenset("happy confident comfortable safe sure secure proud relaxed calm relieved satisfied productive".split())


def word_situation(span: Span) -> Wording | None:
    """Word a situation so that it follows "When"; None where it cannot be said so."""
    tokens = span_tokens(span)
    before = bool(tokens) and tokens[0].lower_ == "before"
    opener = tokens[0].lower_ if tokens else ""
    while tokens and tokens[0].lower_ in _OPENERS | {"before"} and not (tokens[0].lower_ in {"as", "like"} and _is_role(tokens)):
        tokens.pop(0)
    if len(tokens) > 2 and tokens[0].lower_ in {"every", "each", "any"} and tokens[1].lower_ == "time":
        tokens = tokens[2:]
    tokens = trim(tokens)
    if not tokens or _is_role(tokens) or tokens[0].lower_ in _NO_CIRCUMSTANCE:
        return None
    root = _root(tokens)
    edits = past_to_present(tokens)
    subject = next((t for t in tokens if t.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} and _finite(t.head, tokens)), None)
    lead, extra = "", 0.0
    if subject is not None:
        extra = 0.2 * (subject.i > tokens[0].i + 6)
        extra += 0.5 * any(t.lower_ == "were" and subject.lower_ == "i" for t in tokens)
        if before and (subject.lower_ not in {"i", "we", "you"} or subject.head.tag_ != "VBP"):
            return None
        if before:
            edits[subject.head.i] = f"{'are' if subject.lower_ == 'we' else 'am'} about to {subject.head.lemma_}"
    elif root.tag_ == "VBG":
        lead = "I am "
        tokens = [t for t in tokens if t.i >= root.i or t.dep_ == "neg"]
    elif tokens[0].tag_ in {"VBP", "VB", "VBD", "MD"}:
        lead = "I "
    elif tokens[0].dep_ == "prep" or tokens[0].tag_ == "IN":
        lead, extra = _prepositional(tokens[0]), 0.2
        if not lead:
            return None
        if tokens[0].lower_ in {"with", "without"}:
            tokens = tokens[1:]
    elif root.pos_ in {"NOUN", "PROPN"}:
        lead, extra = f"there {present('be', person_of(root))} ", 0.3
    elif root.tag_ in {"JJ", "VBN"}:
        lead, extra = "I am ", 0.15
    else:
        return None
    text = render(tokens, edits)
    if not text:
        return None
    cost = cost_of(text, tokens) + extra + 0.35 * (opener in {"because", "since", ""}) * (subject is None)
    return Wording(lead + text, cost)


def word_motivation(span: Span) -> Wording | None:
    """Word a motivation so that it starts with a base verb and names no tool; None where there is no verb."""
    tokens = span_tokens(span)
    verb = _main_verb(tokens)
    if verb is None:
        return None
    negated = _negated_within(verb, tokens)
    tokens, removed = _drop_tools(_atomic([t for t in tokens if t.i >= verb.i], verb))
    tokens = trim(tokens, 16)
    if not tokens or tokens[0].i != verb.i:
        return None
    lemma = verb.lemma_.lower()
    tokens, start = _own_progress(tokens, verb)
    text = render(tokens, {verb.i: f"avoid {gerund(lemma)}" if negated else start})
    if not text or not text.split()[0].isalpha():
        return None
    left = [text[a:b] for a, b, _ in technology_words(text)]
    light = verb.lemma_.lower() in _LIGHT and start == lemma or verb.lemma_.lower() in {"do", "make", "work", "see", "say", "think", "know", "be"}
    cost = cost_of(text, tokens) + 0.35 * len(left) + 0.15 * light + 0.1 * negated + 0.3 * (len(text.split()) < 3)
    return Wording(text, cost, removed)


def word_outcome(span: Span) -> Wording | None:
    """Word an outcome so that it follows "so I can"; None where it cannot be said so."""
    tokens = span_tokens(span)
    while tokens and tokens[0].lower_ in {"so", "that", "to", "in", "order", "and", "which", "then", "because", "it"}:
        tokens.pop(0)
    tokens = trim(tokens, 15)
    if not tokens:
        return None
    root = _root(tokens)
    if root.pos_ in {"VERB", "AUX"}:
        return _verbal_outcome(tokens, root)
    text = render(tokens, {})
    if not text:
        return None
    if root.tag_ in {"JJ", "JJR", "RBR", "RB"} or (tokens[0].tag_ in {"JJ", "JJR", "RBR"} and root.pos_ != "NOUN"):
        lead = "feel " if root.lemma_.lower() in _FEEL else "be "
        return Wording(lead + text, cost_of(text, tokens) + 0.25)
    return Wording("get " + text, cost_of(text, tokens) + 0.35) if root.pos_ == "NOUN" else None


WORDERS: dict[str, Callable[[Span], Wording | None]] = {
    "situation": word_situation,
    "motivation": word_motivation,
    "outcome": word_outcome,
}


def _own_progress(tokens: list[Token], verb: Token) -> tuple[list[Token], str]:
    """Say from the person's side what a tool is to do for them: "give me ideas" gives get, "tell me why" gives know."""
    lemma = verb.lemma_.lower()
    served = next((t for t in tokens if t.head == verb and t.lower_ in {"me", "us"} and t.i == verb.i + 1), None)
    if served is None:
        wants_thing = lemma in {"want", "need", "wish"} and any(c.dep_ == "dobj" for c in verb.children)
        return tokens, "have" if wants_thing else lemma
    rest = [t for t in tokens if t != served]
    if lemma in _GIVING:
        return rest, _GIVING[lemma]
    return rest, f"be {participle(lemma)}"


def _verbal_outcome(tokens: list[Token], root: Token) -> Wording | None:
    inside = {t.i for t in tokens}
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i in inside), None)
    verb = _carrier(root, inside)
    if _negated(root) and subject is not None:
        text = render(tokens, past_to_present(tokens))
        return Wording("that " + text, cost_of(text, tokens) + 0.1) if text else None
    if root.lemma_.lower() == "make" and verb == root:
        return _made(tokens, root, inside)
    if verb == root and subject is not None and subject.lower_ not in {"i", "we", "you"}:
        if subject.lower_ in {"it", "this", "that", "which", "they"} or technology_words(subject.text):
            subject = None  # the tool does it for the person: "it saves me time"
        else:
            text = render(tokens, past_to_present(tokens))
            return Wording("that " + text, cost_of(text, tokens) + 0.2) if text else None
    keep = _atomic([t for t in tokens if t.i >= verb.i], verb)
    keep, removed = _drop_tools(keep)
    lemma = verb.lemma_.lower()
    if lemma not in {"save", "cost"}:
        keep, lemma = _own_progress(keep, verb)
    if _negated(root) or _negated(verb):
        lemma = f"avoid {gerund(verb.lemma_.lower())}"
        keep = [t for t in keep if t.dep_ != "neg"]
    dropped = [t for t in keep if t.head == verb and t.dep_ in {"dative", "iobj"} and t.lower_ in {"me", "us", "you"}]
    keep = [t for t in keep if t not in dropped]
    text = render(keep, {verb.i: lemma, **{k: v for k, v in past_to_present(keep).items() if k != verb.i}})
    if not text or lemma in {"can", "will", "would", "could", "do"} and len(text.split()) < 3:
        return None
    left = [text[a:b] for a, b, _ in technology_words(text)]
    return Wording(text, cost_of(text, keep) + 0.25 * len(left) + 0.2 * (len(text.split()) < 3), removed)


def _carrier(root: Token, inside: set[int]) -> Token:
    """Follow "it allows me to rest" and "I can rest" down to the verb that says what the person gets."""
    verb = root
    for _ in range(4):
        inner = next(
            (c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.i in inside and c.pos_ in {"VERB", "AUX"}), None
        )
        if inner is None or _negated(verb) or verb.lemma_.lower() not in _LIGHT | {"make", "free", "able", "can"}:
            break
        if any(c.dep_ == "nsubj" and c.lower_ not in {"me", "us", "you", "i", "we"} for c in inner.children):
            break
        verb = inner
    return verb


def _made(tokens: list[Token], root: Token, inside: set[int]) -> Wording | None:
    """Word "makes me feel confident" and "makes the process smoother"."""
    following = next((t for t in tokens if t.i == root.i + 1), None)
    if following is not None and following.lower_ in {"sure", "certain"}:
        words = [t for t in tokens if t.i >= root.i]
        text = render(words, {root.i: "make"})
        return Wording(text, cost_of(text, words)) if len(text.split()) > 2 else None
    complement = next((c for c in root.children if c.dep_ in {"ccomp", "xcomp", "oprd"} and c.i in inside), None)
    if complement is None:
        return None
    subject = next((c for c in complement.children if c.dep_ == "nsubj" and c.i in inside), None)
    own = subject is None or subject.lower_ in {"me", "us", "you"}
    start = complement.i if own else min(t.i for t in subject.subtree if t.i in inside) if subject is not None else root.i
    words = [t for t in tokens if t.i >= start]
    if own and complement.pos_ in {"VERB", "AUX"}:
        text = render(words, {complement.i: complement.lemma_.lower()})
    else:
        text = ("feel " if own else "make ") + render(words, {})
    return Wording(text, cost_of(text, words)) if len(text.split()) > 1 else None


def _main_verb(tokens: list[Token]) -> Token | None:
    """Return the verb that names the progress: past light verbs ("use AI to draft" gives draft)."""
    inside = {t.i for t in tokens}
    verbs = [t for t in tokens if t.pos_ == "VERB" and t.dep_ != "compound" or t.tag_ in {"VB", "VBG"} or (t.pos_ == "AUX" and t.dep_ not in {"aux", "auxpass"})]
    if not verbs:
        return None
    root = _root(tokens)
    verb = root if root in verbs else verbs[0]
    able = next((c for c in verb.children if c.lower_ == "able" and c.i in inside), None)
    verb = able if able is not None else verb
    for _ in range(5):
        inner = [
            c for c in verb.children
            if c.i in inside and c.i > verb.i and c.dep_ in {"xcomp", "ccomp", "advcl"} and c.tag_ in {"VB", "VBG", "VBP"}
            and not any(k.dep_ == "mark" and k.lower_ != "to" for k in c.children)
        ]  # fmt: skip
        if verb.lemma_.lower() not in _LIGHT or not inner:
            break
        verb = inner[0]
    for _ in range(3):
        verb = _sharing_object(verb, inside)
    return verb


def _sharing_object(verb: Token, inside: set[int]) -> Token:
    """Return the verb that has the object in "refine, rewrite or correct errors"."""
    own = [c for c in verb.children if c.i in inside and c.dep_ in {"dobj", "prep", "prt", "xcomp", "ccomp", "acomp", "attr"}]
    others = [c for c in verb.children if c.dep_ == "conj" and c.i in inside and c.pos_ == "VERB"]
    return others[0] if others and not own else verb


def _atomic(tokens: list[Token], verb: Token) -> list[Token]:
    """Keep one goal: cut before a second verb that is coordinated with the first."""
    inside = {t.i for t in tokens}
    seconds = [c for c in verb.children if c.dep_ == "conj" and c.i in inside and c.pos_ in {"VERB", "AUX"}]
    if not seconds:
        return tokens
    first = min(seconds, key=lambda t: t.i)
    border = min(t.i for t in first.subtree if t.i > verb.i)
    joiners = [t.i for t in tokens if t.dep_ == "cc" and t.head in {verb} and t.i < first.i]
    return [t for t in tokens if t.i < min([border, first.i, *joiners])]


def _drop_tools(tokens: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """Take out phrases that name a tool ("with ChatGPT", "using Excel"); what was taken out is told."""
    inside = {t.i for t in tokens}
    gone: set[int] = set()
    removed: list[str] = []
    for token in tokens:
        if token.lower_ in _TOOL_PREPOSITIONS and token.dep_ in {"prep", "agent", "advcl", "acl", "pcomp"} and token.i not in gone:
            phrase = [t for t in token.subtree if t.i in inside]
            words = render(phrase, {}, first_person=False)
            if technology_words(words) and len(phrase) <= 6 and phrase[0].i != tokens[0].i:
                gone |= {t.i for t in phrase}
                removed.append(words)
    return [t for t in tokens if t.i not in gone], tuple(removed)


def _root(tokens: list[Token]) -> Token:
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head == t or t.head.i not in inside]
    solid = [t for t in tops if t.pos_ in {"VERB", "AUX", "NOUN", "ADJ", "PROPN"}]
    return (solid or tops)[0]


def _finite(verb: Token, tokens: list[Token]) -> bool:
    inside = {t.i for t in tokens}
    if verb.i not in inside:
        return False
    return verb.tag_ in {"VBP", "VBZ", "VBD", "MD"} or any(
        c.dep_ in {"aux", "auxpass"} and c.tag_ in {"VBP", "VBZ", "VBD", "MD"} for c in verb.children
    ) or subject_of(verb) is not None and verb.tag_ == "VB"  # fmt: skip


def _prepositional(preposition: Token) -> str:
    word = preposition.lower_
    if word == "with":
        return "I have "
    if word == "without":
        return "I do not have "
    return "I am " if word in {"in", "at", "on", "under", "during", "within", "between", "short", "behind"} else ""


def _is_role(tokens: list[Token]) -> bool:
    return tokens[0].lower_ in {"as", "like"} and len(tokens) > 1 and tokens[1].lower_ in {"a", "an", "the", "my"} and not any(
        t.dep_ == "nsubj" for t in tokens
    )  # fmt: skip


def _negated_within(verb: Token, tokens: list[Token]) -> bool:
    inside = {t.i for t in tokens}
    above = [verb, *[t for t in verb.ancestors if t.i in inside]]
    return any(_negated(t) for t in above)


def _negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


__all__ = ["WORDERS", "word_motivation", "word_outcome", "word_situation"]
