"""Situation span, or a whole sentence of struggle, in; words that follow "When" out; or a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ..grammar.borders import (
    FRAMES,
    before_the_next,
    is_of_a_lifetime,
    is_persona,
    judges,
    loses_its_point,
    runs_on,
    without_degree,
)
from ..grammar.clauses import (
    instructs_tool,
    is_finite,
    is_possession,
    names_technology,
)
from ..grammar.inflection import person_of, present, subject_before, subject_of
from ..grammar.negation import is_negated
from ..grammar.tense import in_present
from ..grammar.trees import EMPTY, clause, verb_phrase
from ..grammar.wording import Wording, loose_pronouns, past_to_present, render, span_tokens, trim, worded
from .subjectless import TECHNOLOGY_COST, word_subjectless

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_OPENERS = frozenset(
    "when whenever while if once as after because since especially even although though like anytime where "
    "that and but only particularly mostly sometimes often then".split()
)
_LONG_OPENERS = [
    words.split()
    for words in (
        "every time", "each time", "any time", "by the time", "the moment", "the minute", "the second", "soon as",
    )
]  # fmt: skip
_NO_CIRCUMSTANCE = frozenset(
    "depending based compared rather instead regardless despite given except besides including who how what which do "
    "does did why than whether lastly so until unless in case lest".split()
)
_SUBJECTS = frozenset("nsubj nsubjpass expl".split())
_UNWANTED = frozenset("hate dread dislike".split())
_POINTING = frozenset("this that these those".split())
_REVERSING = frozenset("unless until than".split())
_LOOSE_SUBJECTS = frozenset("one this that which who what these those they he she".split())
# what places an episode on the calendar says nothing in the present
_DATED = frozenset(
    "recently lately now then eventually finally currently today yesterday later earlier ago once before previously".split()
)
WELL = frozenset(
    "lighter better easier faster quicker happy happier glad relieved fine proud calm calmer relaxed grateful delighted confident "
    "comfortable good great".split()
)
# attitudes: no circumstance that brings a job up
_ATTITUDES = frozenset(
    "want hope wish prefer like love enjoy think guess believe mean say suppose imagine thank try hate use would".split()
)
# "as I laid out earlier" is no occasion
_TELLING = frozenset("say mention lay tell describe explain note point discuss outline state touch".split())


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
    if not tokens or is_role(tokens) or tokens[0].lower_ in _NO_CIRCUMSTANCE or _is_torn(tokens[0]):
        return None
    if opener == "if" and _is_either_way(span):
        return None
    if opener in _NO_CIRCUMSTANCE or (span.start and span.doc[span.start - 1].lower_ in _before(opener)):
        return None
    subject = _subject(tokens)
    if subject is not None:
        return _clause(subject.head, subject, opener)
    return word_subjectless(trim(tokens, 13), opener)


def _is_either_way(span: Span) -> bool:
    """Tell whether it is asked whether something is so: "if we can keep him on, or not"."""
    words = [t.lower_ for t in span.doc[span.end - 2 : span.end + 3] if not t.is_punct]
    return any(pair == ("or", "not") for pair in pairwise(words))


def _before(opener: str) -> frozenset[str]:
    """Return the words before a span that make it no circumstance; "so" leads to a purpose, but not in "so when"."""
    return _REVERSING if opener in _OPENERS | {"before"} else _REVERSING | {"so"}


def circumstances_of(doc: Doc) -> Iterator[Wording]:
    """Yield the finite main clauses of a sentence of struggle as circumstances: "AI cites outdated facts".

    Parameters
    ----------
    doc : Doc
        A parsed sentence that tells of a struggle.

    Yields
    ------
    Wording
        One for each clause that can follow "When"; frames such as "I find that" and "I've noticed" are left out.
    """
    for verb in doc:
        if (unwanted := _unwanted_doing(verb)) is not None:
            yield unwanted
        subject = subject_before(verb)
        if subject is None or not is_told_struggle(verb):
            continue
        found = _clause(verb, subject, "")
        if found is not None:
            yield found


def is_told_struggle(verb: Token) -> bool:
    """Tell whether a verb's clause is what a sentence of struggle tells, and no frame such as "I find that" around it."""
    told = any(c.dep_ == "xcomp" and c.lemma_.lower() in FRAMES for c in verb.children)
    if told or verb.lemma_.lower() in _ATTITUDES or _frames(verb) or _is_no_circumstance(verb):
        return False
    return _may_tell(verb)


def _unwanted_doing(verb: Token) -> Wording | None:
    """Word "I hate chasing people for money" as the circumstance that it is: "I am chasing people for money"."""
    head = next((c for c in verb.children if c.dep_ == "aux" and c.lemma_.lower() in _UNWANTED), verb.head)
    if verb.tag_ != "VBG" or head == verb or head.lemma_.lower() not in _UNWANTED or verb.dep_ not in {"xcomp", "ROOT"}:
        return None
    tokens = verb_phrase(verb)
    return worded("I am " + render(tokens, past_to_present(tokens)), tokens, 0.3 * (len(tokens) < 2))


def is_role(tokens: list[Token]) -> bool:
    """Tell whether words say who somebody is and not when: "as a manager"."""
    if len(tokens) < 2 or tokens[0].lower_ not in {"as", "like"}:
        return False
    return tokens[1].lower_ in {"a", "an", "the", "my"} and not any(t.dep_ == "nsubj" for t in tokens)


def _may_tell(verb: Token) -> bool:
    if verb.pos_ not in {"VERB", "AUX"} or not is_finite(verb, list(verb.doc)):
        return False
    if verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT"):
        return True
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    told = verb.dep_ == "ccomp" and (verb.head.lemma_.lower() in FRAMES or _is_the_trouble(verb.head))
    return told or (verb.dep_ in {"advcl", "ccomp"} and bool(marks & {"because", "since"}))


def _is_the_trouble(verb: Token) -> bool:
    """Tell whether a verb only introduces what is told: "the problem is that it rains in"."""
    return verb.lemma_ == "be" and any(c.dep_ == "nsubj" and c.pos_ == "NOUN" and c.i < verb.i for c in verb.children)


def _frames(verb: Token) -> bool:
    return verb.lemma_.lower() in FRAMES and any(c.dep_ == "ccomp" for c in verb.children)


def _is_counterfactual(verb: Token) -> bool:
    return any(
        c.dep_ == "aux" and c.lower_ in {"would", "could", "should", "might", "'d", "’d", "used"} for c in verb.children
    )


def _is_no_circumstance(verb: Token) -> bool:
    unwanted = any(c.dep_ == "aux" and c.lemma_.lower() in _UNWANTED for c in verb.children)
    return unwanted or _is_counterfactual(verb) or instructs_tool(verb)


def _is_torn(first: Token) -> bool:
    """Tell whether a span begins inside a word: "'s the trouble"."""
    return bool(first.text[0] in "'’" or (first.i > 0 and not first.nbor(-1).whitespace_ and first.nbor(-1).is_alpha))


def _without_opener(tokens: list[Token]) -> tuple[list[Token], str]:
    opener = tokens[0].lower_ if tokens else ""
    while tokens and tokens[0].lower_ in _OPENERS | {"before"} and not is_role(tokens):
        tokens = tokens[1:]
    for words in _LONG_OPENERS:
        if len(tokens) > len(words) and [t.lower_ for t in tokens[: len(words)]] == words:
            return tokens[len(words) + (tokens[len(words)].lower_ == "that") :], "when"
    return tokens, opener


def _subject(tokens: list[Token]) -> Token | None:
    """Return the subject of the main clause; a noun that only a relative clause describes has none."""
    found = [t for t in tokens if t.dep_ in _SUBJECTS and is_finite(t.head, tokens)]
    usable = [t for t in found if t.head.dep_ not in {"relcl", "acl"} or t.i == tokens[0].i or _is_timed(t.head)]
    framed = [t for t in usable if not _frames(t.head)]
    return (framed or usable or [None])[0]


def _is_timed(verb: Token) -> bool:
    """Tell whether a clause says which time is meant: "the moment the bell rings"."""
    return verb.head.lower_ in {"time", "moment", "minute", "second"} and subject_of(verb) is not None


def _clause(verb: Token, subject: Token, opener: str) -> Wording | None:
    supposed = _is_counterfactual(verb) or any(
        t.lower_ == "were" and subject.tag_ != "NNS" for t in (verb, *verb.children)
    )
    if subject.lower_ in _LOOSE_SUBJECTS or (opener in {"if", "once"} and supposed):
        return None
    if is_of_a_lifetime(verb, subject):
        return None
    if opener in {"as", "like"} and subject.lower_ in {"i", "we"} and verb.lemma_.lower() in _TELLING:
        return None
    if is_persona(verb, subject, opener) or (
        subject.lower_ == "it" and loose_pronouns(list(subject.doc[subject.i : subject.i + 2]))
    ):
        return None
    if _names_it(verb, subject) or _lacks_complement(verb) or (opener not in _OPENERS and _is_relief(verb, subject)):
        return None
    if (unwanted := next(filter(None, map(_unwanted_doing, verb.children)), None)) is not None:
        return unwanted
    tokens = without_degree(before_the_next(clause(verb, subject), verb))
    times = [c for c in verb.children if c.dep_ == "npadvmod" and subject.i - 4 <= c.i < subject.i and _recurs(c)]
    tokens = [*(t for c in times for t in c.subtree if not t.is_punct), *tokens]
    edits = in_present(verb, subject, tokens)
    if opener == "before":
        if verb.tag_ not in {"VBP", "VBZ"}:
            return None
        person = "they" if subject.lower_ == "we" else person_of(subject)
        glued = " " * (verb.i > 0 and not verb.nbor(-1).whitespace_)  # "before it's too late"
        edits[verb.i] = f"{glued}{present('be', person)} about to {verb.lemma_}"
    edits |= {
        t.i: ""
        for t in tokens
        if t.lower_ in _DATED
        and t.dep_ == "advmod"
        and (t.head == verb or t.lower_ != "before")
        and not _follows_time(t)
    }
    text = render(tokens, edits)
    n = len(text.split())
    if tokens[-1].lemma_ == "be" or verb not in tokens or loses_its_point(verb, subject, tokens):
        return None
    if n < 3 and not is_negated(verb):
        return None
    extra = 0.5 * any(t.lower_ == "were" and subject.lower_ == "i" for t in tokens) + 0.15 * (n < 4)
    extra += 0.25 * (opener in {"because", "since", "although", "though", "even"}) + 0.25 * instructs_tool(verb)
    extra += 0.2 * (subject.lower_ == "it" and bool(loose_pronouns(tokens[:2]))) + 0.2 * text.lower().startswith(
        "i can "
    )
    extra += 0.2 * any(c.dep_ == "det" and c.lower_ in _POINTING for c in subject.children)
    extra += TECHNOLOGY_COST * names_technology(text) + 0.5 * (verb.lemma_.lower() in _ATTITUDES)
    extra += 0.2 * is_possession(verb) + 0.4 * (not opener and judges(verb, subject))
    extra += 0.25 * (not opener and verb.tag_ == "VBD" and subject.lower_ not in {"i", "we", "you", "there", "it"})
    return worded(text, tokens, extra + 0.3 * _bare_state(verb, tokens) + 0.4 * runs_on(verb, tokens))


def _is_relief(verb: Token, subject: Token) -> bool:
    """Tell whether a clause only says that somebody feels well: "I feel lighter" is where a job ends."""
    felt = [c for c in verb.children if c.dep_ in {"acomp", "oprd"}]
    well = any(c.lower_ in WELL and all(below.dep_ == "advmod" for below in c.children) for c in felt)
    return well and subject.lower_ in {"i", "we"} and verb.lemma_.lower() in {"feel", "be"} and not is_negated(verb)


def _follows_time(adverb: Token) -> bool:
    """Tell whether an adverb belongs to the time before it: "the evening before"."""
    return bool(adverb.i and adverb.lower_ in {"before", "earlier", "later"} and adverb.nbor(-1).dep_ == "npadvmod")


def _names_it(verb: Token, subject: Token) -> bool:
    """Tell whether a clause only says what a thing is, or that a thing known to both came: "the launch", "the plan is to go"."""
    if verb.lemma_ != "be":
        return False
    if subject.lower_ == "there":
        named = (c for c in verb.children if c.dep_ == "attr")
        return any(d.lower_ == "the" or d.tag_ == "PRP$" for n in named for d in n.children)
    own = subject.lower_ in {"i", "we", "you", "it"} or is_negated(verb)
    empty = any(c.dep_ == "attr" and c.lower_ in EMPTY and not list(c.children) for c in verb.children)
    return empty or (not own and any(c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i for c in verb.children))


def _lacks_complement(verb: Token) -> bool:
    """Tell whether what is allowed or helped stands outside: "the notes allow me"."""
    below = any(c.dep_ in {"xcomp", "ccomp", "dobj", "prep"} and c.lower_ not in {"me", "us"} for c in verb.children)
    return verb.lemma_.lower() in {"allow", "let", "enable"} and not below


def _recurs(time: Token) -> bool:
    return (
        time.lower_ != "time"
        and any(c.lower_ in {"every", "each"} for c in time.children)
        and not any(c.dep_ == "relcl" for c in time.children)
    )


def _bare_state(verb: Token, tokens: list[Token]) -> bool:
    """Tell whether a clause only judges: "it is annoying", "that was fun"."""
    return verb.lemma_.lower() == "be" and not any(t.pos_ in {"NOUN", "PROPN"} for t in tokens)
