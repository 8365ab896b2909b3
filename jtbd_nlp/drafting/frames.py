"""Parsed sentence in, the places out where it tells a wish or a struggle in so many words, and the progress each stands for.

"I can never remember what she said" stands for remembering it, "I end up ringing round" for not having to. A frame names the
verb that a goal is about, and what to say before it: nothing, or one of a few operators (know, remember, avoid, stop).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from .inflection import subject_of
from .negation import is_negated

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SPEAKERS = frozenset("i we you".split())
_WANTING = frozenset("want need love hope".split())
_WOULD = frozenset("would 'd ’d".split())
_ASKING = frozenset("who what which where when how why whether if whose".split())
# what "I can't" denies without wanting it: "I can't complain", "I can't be bothered", "I couldn't care less"
_NO_ABILITY = frozenset(
    "believe say stand complain help imagine blame bother deny wait think be have do go care fault speak promise lie mind "
    "emphasise emphasize stress guess".split()
)
_FINDING = frozenset("see find tell read get open know check search reach change copy".split())
_THOUGHTS = frozenset("think say try tell get go come wonder be feel hope look like believe pretend watch".split())
_FEARS = frozenset("scared afraid worried terrified frightened nervous worry panic".split())
_PRONOUNS = frozenset("it this that them him her me us you something anything nothing which what who".split())
_WEARY = frozenset("sick tired fed".split())
_TELLING = frozenset("tell show remind warn".split())
_CLAUSES = frozenset("ccomp xcomp acl advcl relcl pcomp".split())
_DREAMS = frozenset("dream ideal hope goal aim wish".split())


class Frame(NamedTuple):
    """A verb, what is said before it, and whether it is only trouble that points at the goal: "I end up ringing"."""

    verb: Token
    operator: str = ""
    toil: bool = False


def frames_of(doc: Doc) -> Iterator[Frame]:
    """Yield the frames of a sentence, each verb once.

    Parameters
    ----------
    doc : Doc
        A parsed sentence.
    """
    seen: set[int] = set()
    for token in doc:
        for rule in _RULES:
            for frame in rule(token):
                if frame.verb.i not in seen:
                    seen.add(frame.verb.i)
                    yield frame


def _wished(token: Token) -> Iterator[Frame]:
    """Yield for "I want to see it", "I'd love to see it", "what I'd like is to see it"."""
    lemma, head = token.lemma_.lower(), token.head
    wanting = lemma in _WANTING or (lemma == "like" and _helped(token, _WOULD))
    if not wanting or _denied(token) or not _said_of_speaker(token) or _is_question(token):
        return
    for child in token.children:
        if child.dep_ == "dobj" and child.i > token.i and _is_described(child) and not _offered(token):
            yield Frame(child, "have")
    for child in token.children:
        if child.dep_ in {"xcomp", "ccomp"} and _to(child) and _doer(child) is None and _follows(token, child):
            yield Frame(_below_able(child), "avoid" if is_negated(child) else "")
    if token.dep_ in {"csubj", "ccomp"} and head.lemma_ == "be":
        yield from (Frame(_below_able(c)) for c in head.children if c.dep_ in {"xcomp", "ccomp"} and _to(c))


def _dreamt(token: Token) -> Iterator[Frame]:
    """Yield for "The dream would be to see it", "I wish I could see it", "if only I could see it"."""
    subject = _doer(token)
    if token.lemma_ == "be" and subject is not None and subject.lemma_.lower() in _DREAMS:
        yield from (Frame(_below_able(c)) for c in token.children if c.dep_ in {"xcomp", "ccomp"} and _to(c))
    able = _helped(token, {"could"}) and subject is not None and subject.lower_ in _SPEAKERS
    wish = token.dep_ == "ccomp" and token.head.lemma_.lower() == "wish"
    only = any(c.lower_ == "if" for c in token.children) and any(c.lower_ in {"only", "just"} for c in token.children)
    if able and (wish or only) and not _denied(token):
        yield Frame(_below_able(token))


def _preferred(token: Token) -> Iterator[Frame]:
    """Yield for "I'd rather be told on Monday"."""
    rather = any(c.lower_ == "rather" and c.i < token.i for c in token.children)
    if (
        rather
        and token.tag_ in {"VB", "VBN"}
        and _helped(token, _WOULD)
        and _said_of_speaker(token)
        and not _denied(token)
    ):
        yield Frame(token)


def _told_me(token: Token) -> Iterator[Frame]:
    """Yield for "I need something that tells me when it is ready", "I wish it told me"."""
    served = any(c.lower_ in {"me", "us"} and c.i > token.i for c in token.children)
    if token.lemma_.lower() not in _TELLING or not served or _denied(token):
        return
    noun = token.head if token.dep_ == "relcl" else None
    verb = token.head if noun is None else noun.head
    wanted = verb.lemma_.lower() in {"want", "need", "wish", "like", "love"} and _said_of_speaker(verb)
    placed = noun.dep_ == "dobj" if noun is not None else token.dep_ in {"ccomp", "xcomp"}
    if wanted and placed and not _denied(verb):
        yield Frame(token)


def _unable(token: Token) -> Iterator[Frame]:
    """Yield for "I can never remember what she said", "you can't see which is open", "I'm not able to reach them"."""
    subject = subject_of(token)
    twice = sum(c.dep_ == "neg" for c in token.children) > 1  # "you can't not see it"
    if subject is None or subject.lower_ not in _SPEAKERS or not is_negated(token) or twice:
        return
    if any(c.dep_ == "acomp" and c.lower_ == "able" for c in token.children):
        able = next(c for c in token.children if c.lower_ == "able")
        yield from (Frame(c) for c in able.children if c.dep_ == "xcomp" and _to(c))
    lemma = token.lemma_.lower()
    cannot = _helped(token, {"ca", "can", "could", "cannot"}) and token.tag_ == "VB"
    just = any(c.lower_ in {"just", "really", "exactly"} for c in token.children if c.i < token.i)
    theirs = subject.lower_ == "you" and lemma not in _FINDING
    spoken = lemma == "tell" and any(c.lower_ == "you" for c in token.children if c.i > token.i)
    if cannot and not (just or theirs or spoken or lemma in _NO_ABILITY or (lemma == "make" and _is_idle(token))):
        yield Frame(token)


def _is_idle(make: Token) -> bool:
    return any(c.lemma_.lower() in {"head", "sense", "difference"} for c in make.children)  # "make head nor tail"


def _struggled(token: Token) -> Iterator[Frame]:
    """Yield for "I struggle to find it", "there's no way to find it", "I have no way of finding it", "trouble finding it"."""
    lemma = token.lemma_.lower()
    no_way = lemma in {"way", "means", "chance"} and any(c.lower_ == "no" for c in token.children)
    struggle = lemma == "struggle" and token.pos_ == "VERB" and _said_of_speaker(token) and not _denied(token)
    trouble = lemma in {"trouble", "difficulty"} and token.dep_ == "dobj"
    if not (no_way or struggle or trouble):
        return
    places = [*token.children, *(c for p in token.children if p.dep_ == "prep" for c in p.children)]
    for child in places:
        clause = child.dep_ in {"xcomp", "acl", "relcl", "pcomp", "advcl"} and child.i > token.i
        if clause and (_to(child) or child.tag_ == "VBG") and _doer(child) is None:
            yield Frame(_below_able(child))


def _not_let(token: Token) -> Iterator[Frame]:
    """Yield for "It won't let me change the date"."""
    if token.lemma_.lower() == "let" and _denied(token):
        for child in token.children:
            doer = _doer(child)
            if child.dep_ == "ccomp" and child.tag_ == "VB" and doer is not None and doer.lower_ in {"me", "us", "you"}:
                yield Frame(child)


def _forgotten(token: Token) -> Iterator[Frame]:
    """Yield for "I forget to send it", "I always forget who has it"."""
    if token.lemma_.lower() != "forget" or _denied(token) or not _said_of_speaker(token):
        return
    to_do = next((c for c in token.children if c.dep_ == "xcomp" and _to(c)), None)
    if to_do is not None:
        yield Frame(to_do, "remember to")
    elif asked_of(token) is not None:
        yield Frame(token, "remember")


def _unknown(token: Token) -> Iterator[Frame]:
    """Yield for "I don't know who has it", "nobody tells you whether it came", "I'm never sure if it is right"."""
    lemma, subject = token.lemma_.lower(), subject_of(token)
    if subject is None or not is_negated(token) or asked_of(token) is None:
        return
    others = any(c.dep_ in {"dobj", "dative"} and c.lower_ not in {"me", "us", "you"} for c in token.children)
    if lemma == "know" and subject.lower_ in {*_SPEAKERS, "nobody"}:
        yield Frame(token, "know")
    elif lemma in {"tell", "show", "say", "explain"} and subject.lower_ not in _SPEAKERS and not others:
        yield Frame(token, "see" if lemma == "show" else "know")


def _unsure(token: Token) -> Iterator[Frame]:
    """Yield for "I've no idea who has it", "I'm not sure whether it came"."""
    lemma, head = token.lemma_.lower(), token.head
    no_idea = lemma in {"idea", "clue"} and any(c.lower_ == "no" for c in token.children) and _said_of_speaker(head)
    unsure = lemma == "sure" and token.dep_ == "acomp" and is_negated(head) and _said_of_speaker(head)
    if (no_idea or unsure) and asked_of(token) is not None:
        yield Frame(token, "know")


def _toiled(token: Token) -> Iterator[Frame]:
    """Yield for "I end up ringing three people", "I have to keep checking", "I spend hours looking for it"."""
    lemma = token.lemma_.lower()
    ends = lemma == "end" and any(c.lower_ == "up" for c in token.children)
    keeps = lemma == "keep" and token.dep_ == "xcomp" and token.head.lemma_.lower() == "have"
    if (
        not (ends or keeps or lemma == "spend")
        or _denied(token)
        or not _said_of_speaker(token.head if keeps else token)
    ):
        return
    for child in token.children:
        doing = child.tag_ == "VBG" and child.dep_ in {"xcomp", "advcl", "ccomp", "acl"} and child.i > token.i
        whole = any(c.dep_ in {"dobj", "prep", "attr"} for c in child.children)
        if (
            doing
            and whole
            and _doer(child) is None
            and (child.lemma_.lower() not in _THOUGHTS or (ends and child.lemma_ == "be"))
        ):
            yield Frame(child, "avoid", toil=True)


def _spared(token: Token) -> Iterator[Frame]:
    """Yield for "I shouldn't have to ask twice", "I don't want to have to ask twice"."""
    if token.dep_ != "xcomp" or not _to(token) or token.head.lemma_.lower() != "have":
        return
    have = token.head
    should = _helped(have, {"should"}) and is_negated(have) and _said_of_speaker(have)
    above = have.head
    unwanted = have.dep_ == "xcomp" and above.lemma_.lower() in {"want", "like"} and is_negated(above)
    if should or (unwanted and _said_of_speaker(above)):
        yield Frame(token, "avoid")


def _weary(token: Token) -> Iterator[Frame]:
    """Yield for "I was fed up of asking", "I'm scared of losing it", "I worry I'll lose it"."""
    lower = token.lower_ if token.lower_ in _WEARY | _FEARS else token.lemma_.lower()
    holder = token if token.pos_ == "VERB" else token.head
    if lower not in _WEARY | _FEARS or not _said_of_speaker(holder) or is_negated(holder):
        return
    operator = "stop" if lower in _WEARY else "avoid"
    around = [c for c in token.subtree if c.i > token.i and c.dep_ in {"pcomp", "ccomp"} and c.i - token.i < 7]
    for child in around:
        doer = _doer(child)
        own = doer is None or doer.lower_ in {"i", "we"}
        if own and not is_negated(child) and (child.tag_ == "VBG" or (doer is not None and operator == "avoid")):
            yield Frame(child, operator)
            return


_RULES: tuple[Callable[[Token], Iterator[Frame]], ...] = (
    _wished, _dreamt, _preferred, _told_me, _spared, _unable, _struggled, _not_let, _forgotten, _unknown, _unsure, _toiled, _weary,
)  # fmt: skip


def asked_of(verb: Token) -> Token | None:
    """Return the verb of the clause that asks what is not known: "who has it", "whether it came"."""
    clauses = (c for c in verb.children if c.dep_ in _CLAUSES and c.i > verb.i)
    return next((c for c in clauses if _asks(c)), None)


def _asks(clause: Token) -> bool:
    first = next(iter(clause.subtree))
    doer = _doer(clause)
    feeling = {"want", "have", "like", "mean"} & {clause.lemma_.lower(), clause.head.lemma_.lower()}
    mine = doer is not None and doer.lower_ in _SPEAKERS and bool(feeling)
    moved = _helped(clause, {"would", "'d", "’d"})  # "I don't know what I'd do"
    return first.lower_ in _ASKING and not moved and not mine and clause.i - first.i < 12


def _follows(verb: Token, below: Token) -> bool:
    """Tell whether nobody else stands between a wish and what is wished: not "I'd like it to tell them"."""
    between = verb.doc[verb.i + 1 : below.i]
    return all(t.pos_ not in {"NOUN", "PRON", "PROPN"} or t.dep_ in {"npadvmod", "intj"} for t in between)


def _is_question(verb: Token) -> bool:
    """Tell whether somebody is asked: "do you want to see it"."""
    subject = _doer(verb)
    return subject is not None and any(
        c.dep_ == "aux" and c.lemma_.lower() == "do" and c.i < subject.i for c in verb.children
    )


def _is_described(noun: Token) -> bool:
    """Tell whether a noun that is wanted says what it is to be like: "one price with everything in it"."""
    own = noun.pos_ in {"NOUN", "PRON"} and noun.lower_ not in _PRONOUNS
    after = [
        c for c in noun.children if c.dep_ in {"relcl", "acl", "prep"} and c.i > noun.i and len(list(c.subtree)) > 1
    ]
    does = any(c.dep_ in {"acl", "relcl"} and _to(c) for c in noun.children)  # "the lads to say so" is their doing
    return own and bool(after) and not does


def _offered(verb: Token) -> bool:
    """Tell whether a need is everybody's or a verb has more to say: "you need a code", "I want it done"."""
    subject = subject_of(verb)
    general = subject is not None and subject.lower_ == "you"
    return general or any(c.dep_ in {"xcomp", "ccomp", "oprd"} and c.i > verb.i for c in verb.children)


def _said_of_speaker(verb: Token) -> bool:
    subject = subject_of(verb)
    return subject is not None and subject.lower_ in _SPEAKERS


def _denied(verb: Token) -> bool:
    """Tell whether a verb is negated before it: "I want the one, not the other" is not."""
    return is_negated(verb) and any(
        (c.dep_ == "neg" and c.i < verb.i) or c.lower_ in {"never", "hardly", "rarely"} or c.dep_ == "nsubj"
        for c in verb.children
        if c.dep_ != "nsubj" or c.lower_ in {"nobody", "nothing", "none"}
    )


def _helped(verb: Token, words: set[str] | frozenset[str]) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in words for c in verb.children)


def _to(verb: Token) -> bool:
    return verb.tag_ in {"VB", "VBN"} and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _doer(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)


def _below_able(verb: Token) -> Token:
    """Return "see" of "be able to see"."""
    able = next((c for c in verb.children if c.lower_ == "able"), None)
    below = None if able is None else next((c for c in able.children if c.dep_ == "xcomp"), None)
    return verb if below is None else below
