"""Verb of a parsed sentence in, what the speaker calls the main thing, or what all is for, out as frames.

"What I'm after is four hours in one go", "the main thing for me is not to be climbing about", "all I ask is that they ring",
"as long as I can carry on reading, I'm happy", "So that I can look on my phone in bed."
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of
from ..grammar.negation import is_negated
from ..vetoes.manners import AVOIDING
from ..vetoes.speaking import SPEAKERS, asked_of, below_able, has_auxiliary, is_described, is_infinitive, is_speakers
from .frame import Frame
from .ways import way_of
from .wishing import is_wanted_thing

if TYPE_CHECKING:
    from spacy.tokens import Token

_WANTING = frozenset("want need look hope hop try ask aim prefer".split())  # "hoping" may be read as from "hop"
_USEFUL = frozenset("good great nice lovely brilliant helpful handy useful better ideal perfect amazing".split())
_TALK = frozenset("say mean tell ask add know".split())
_WOULD = frozenset("would 'd ’d".split())
_MAIN = frozenset("main important big biggest key first only whole one".split())
_AIMS = frozenset("aim goal priority plan idea point thing".split())
_CONTENT = frozenset("happy fine ok okay content alright good".split())
_UNMOVED = frozenset("mind care bother bothered fuss fussed matter".split())
_MARKS = frozenset(", – — : -".split())
_NEEDFUL = frozenset("important essential crucial vital".split())
_ABLE = frozenset("can could".split())
_WHEN = frozenset("when whenever if once before after while".split())


def told_as_aim(token: Token) -> Iterator[Frame]:
    """Yield for "What I'd like is one person to speak to", "all I ask is that they ring", "what matters is keeping it"."""
    subject = next((c for c in token.children if c.dep_ in {"csubj", "nsubj"} and c.i < token.i), None)
    if subject is None or is_question_like(token):
        return
    wanted = subject.dep_ == "csubj" and _is_want(subject)
    thing = subject.dep_ == "nsubj" and _is_wanted_noun(subject)
    main = subject.dep_ == "nsubj" and _is_main(subject)
    if not (wanted or thing or main):
        return
    liked = wanted and subject.lemma_.lower() == "love" and not has_auxiliary(subject, _WOULD)  # "the smell of it"
    found = _aimed(token, noun=(wanted or thing) and not liked)
    if is_negated(subject) or any(c.dep_ == "xcomp" and c.lemma_.lower() in AVOIDING for c in subject.children):
        # "what I want to avoid is going back"
        yield from (f._replace(operator="avoid") for f in found if not f.operator)
    else:
        yield from found


def _aimed(token: Token, *, noun: bool) -> Iterator[Frame]:
    """Yield what is told by or behind "is": "is keeping it", "is that they ring"."""
    if token.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ in {"be", "'s", "’s"} for c in token.children):
        yield _done_or_spared(token, denied=is_negated(token))
    elif token.lemma_ == "be":
        yield from _told(token, noun=noun)


def is_question_like(token: Token) -> bool:
    """Tell whether a sentence asks, or says what was: "was the main thing the price?"."""
    return str(token.doc[-1].text) == "?"


def _is_want(verb: Token) -> bool:
    """Tell whether a clause with "what" says that the speaker wants it: "what I'm after", "what matters to me"."""
    whats = [c for c in verb.subtree if c.lower_ == "what" and c.i < verb.i]
    doer, lemma = doer_of(verb), verb.lemma_.lower()
    if not whats or (is_negated(verb) and lemma != "want"):
        return False
    useful = lemma == "help" or any(c.dep_ == "acomp" and c.lower_ in _USEFUL for c in verb.children)
    if useful and doer is not None and doer.lower_ == "what" and has_auxiliary(verb, _WOULD):
        return True  # "what would help is"
    if lemma in {"matter", "count"}:
        holders = [p for c in verb.children if c.lower_ == "to" for p in c.children if p.dep_ == "pobj"]
        return all(p.lower_ in {"me", "us"} for p in holders)
    if any(c.dep_ == "xcomp" and c.lemma_.lower() in _TALK for c in verb.children):
        return False  # "what I want to say is"
    after = verb.lemma_ in {"be", "'m", "’m"} and any(c.lower_ == "after" for c in verb.children)
    wants = lemma in _WANTING | {"love"} or (lemma == "like" and has_auxiliary(verb, _WOULD))
    return doer is not None and doer.lower_ in {"i", "we"} and (wants or after)


def _is_wanted_noun(noun: Token) -> bool:
    """Tell whether a noun is what the speaker wants: "all I ask", "the thing I look for", "the one thing I'm after"."""
    if noun.lower_ not in {"all", "thing"}:
        return False
    for clause in noun.children:
        doer = doer_of(clause)
        own = clause.dep_ == "relcl" and doer is not None and doer.lower_ in {"i", "we"} and not is_negated(clause)
        after = clause.lemma_ in {"be", "'m", "’m"} and any(c.lower_ == "after" for c in clause.children)
        would = clause.lemma_.lower() == "like" and has_auxiliary(clause, _WOULD)
        if own and (after or would or clause.lemma_.lower() in _WANTING):
            return True
    return False


def _is_main(noun: Token) -> bool:
    """Tell whether a noun is what matters most to the speaker: "the main thing", "the whole point", "my aim"."""
    lemma = noun.lemma_.lower()
    lefts = {c.lower_ for c in noun.lefts}
    mine = bool(lefts & {"my", "our"}) and lemma in _AIMS
    main = bool(lefts & _MAIN) and lemma in {"thing", "point", "idea", "priority", "aim", "goal"}
    theirs = any(c.dep_ == "poss" and c.lower_ not in {"my", "our"} for c in noun.children)
    return (mine or main) and not theirs


def _told(be: Token, *, noun: bool) -> Iterator[Frame]:
    """Yield what is told behind "is"."""
    for child in be.children:
        if child.i < be.i:
            continue
        doer = doer_of(child)
        named = child.dep_ == "attr" or (child.dep_ == "npadvmod" and _is_next(be, child))
        if named and noun and child.pos_ in {"NOUN", "PRON"}:
            yield from _thing(child)
        elif child.tag_ in {"VB", "VBN", "VBG"} and is_infinitive(child) and child.dep_ in {"xcomp", "ccomp", "advcl"}:
            denied = is_negated(child) or is_negated(be)
            so = doer is not None and any(c.lower_ == "for" for c in child.children)
            if so and denied:
                continue  # "for it not to fall over"
            so = so and doer is not None and doer.lower_ not in {"me", "us"}
            yield Frame(child, "have so", doer=doer) if so else _done_or_spared(child, denied=denied)
        elif noun and child.dep_ == "xcomp" and child.tag_ == "VB" and _is_next(be, child) and doer is None:
            yield _done_or_spared(child, denied=is_negated(child) or is_negated(be))  # "is | get it down"
        elif (
            child.dep_ in {"xcomp", "ccomp", "advcl", "pcomp"}
            and child.tag_ == "VBG"
            and _is_next(be, child)
            and doer is None
        ):
            yield _done_or_spared(child, denied=is_negated(child) or is_negated(be))
        elif child.dep_ == "ccomp" and any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children):
            yield from state_to_be(child)
        if child.tag_ == "VBG" and child.dep_ == "xcomp" and is_infinitive_be(child):
            yield _done_or_spared(child, denied=is_negated(child) or is_negated(be))


def is_infinitive_be(verb: Token) -> bool:
    """Tell whether "to be" leads a gerund: "not to be climbing about"."""
    return any(c.lower_ == "to" for c in verb.children) and any(c.lower_ == "be" for c in verb.children)


def _is_next(be: Token, child: Token) -> bool:
    return bool(child.left_edge.i - be.i < 5)


def _thing(noun: Token) -> Iterator[Frame]:
    if noun.lemma_.lower() == "way":
        yield from way_of(noun)
    elif is_wanted_thing(noun) or (noun.pos_ == "NOUN" and any(c.dep_ == "conj" for c in noun.children)):
        yield Frame(noun, "have")
    elif is_described(noun) or any(c.dep_ == "amod" for c in noun.children):
        yield Frame(noun, "have", doubt=0.1)


def state_to_be(verb: Token) -> Iterator[Frame]:
    """Yield what is to be so: the speaker's own doing by its verb, else as something to make sure of."""
    doer = doer_of(verb) or next((c for c in verb.children if c.dep_ == "expl"), None)
    if doer is None:
        return
    if any(c.dep_ == "neg" for c in verb.children):
        yield from _spared(verb, doer)
        return
    if has_auxiliary(verb, {"had"}):
        return  # "that somebody had told me": too late
    past = verb.tag_ == "VBD" or any(c.dep_ == "auxpass" and c.tag_ == "VBD" for c in verb.children)
    if past and verb.head.tag_ in {"VBZ", "VBP"} and not has_auxiliary(verb, _ABLE):
        return  # "the main thing is that nobody was hurt" tells what happened
    fronted = next((c for c in verb.lefts if c.i < doer.i and c.dep_ == "advcl" and _is_when(c)), None)
    if doer.lower_ in SPEAKERS:
        yield Frame(below_able(verb), fronted=fronted)
    elif doer.lower_ not in {"this", "that"}:
        yield Frame(verb, "make sure", doer=doer, fronted=fronted)


def _spared(verb: Token, doer: Token) -> Iterator[Frame]:
    """Yield for "that I don't have to ask twice", "that I never run out of it"."""
    wished = any(c.dep_ == "csubj" and has_auxiliary(c, _WOULD) for c in verb.head.children)
    told = has_auxiliary(verb, {"did"}) and not wished  # "the main thing is that I didn't have to pay"
    if doer.lower_ not in {"i", "we"} or verb.tag_ not in {"VB", "VBP"} or told:
        return
    yield _done_or_spared(verb, denied=True)


def _done_or_spared(verb: Token, *, denied: bool) -> Frame:
    """Return what is to be done, or not to be done: "asking twice" of "not having to ask twice"."""
    need = denied and verb.lemma_.lower() in {"have", "need"} and not is_infinitive(verb)
    forced = next((c for c in verb.children if need and c.dep_ == "xcomp" and is_infinitive(c)), verb)
    return Frame(below_able(forced), "avoid" if denied else "")


def _is_when(clause: Token) -> bool:
    return any(c.dep_ in {"mark", "advmod"} and c.lower_ in _WHEN and c.i < clause.i for c in clause.children)


def named_main(token: Token) -> Iterator[Frame]:
    """Yield for "that's the main thing for me, having the same people", "that was the whole idea, that I'd be free"."""
    pointing = doer_of(token) if token.lemma_ == "be" else None
    if pointing is None or pointing.lower_ not in {"that", "this", "it"} or is_negated(token):
        return
    named = next((c for c in token.children if c.dep_ == "attr"), None)
    if named is None or not (_is_main(named) or _is_wanted_noun(named)):
        return
    hosts = {token, token.head, token.head.head}
    after = [c for t in hosts for c in t.children if c.i > named.i and c.doc[c.left_edge.i - 1].text in _MARKS]
    for child in after:
        doing = child.tag_ == "VBG" and child.dep_ in {"advcl", "acl", "ccomp"}
        to_do = is_infinitive(child) and child.dep_ in {"xcomp", "ccomp", "advcl"}  # "that's all, to know it"
        if (doing or to_do) and doer_of(child) is None:
            yield Frame(below_able(child), "avoid" if is_negated(child) else "")
        elif child.dep_ == "ccomp" and any(c.lower_ == "that" for c in child.children):
            yield from state_to_be(child)


def matters_that(token: Token) -> Iterator[Frame]:
    """Yield for "it's important to me that the kids eat at the table"."""
    if token.lemma_ != "be" or not any(c.dep_ == "acomp" and c.lower_ in _NEEDFUL for c in token.children):
        return
    idle = doer_of(token)
    mine = any(t.lower_ in {"me", "us"} and t.dep_ == "pobj" for t in token.subtree)
    if not mine or idle is None or idle.lower_ != "it" or is_negated(token) or is_question_like(token):
        return
    for child in token.children:
        if child.dep_ == "ccomp" and any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children):
            yield from state_to_be(child)


def as_long_as(token: Token) -> Iterator[Frame]:
    """Yield for "as long as I can carry on reading, I'm happy", "as long as there's something that says it is safe"."""
    long = token.head
    if token.dep_ != "advcl" or long.lower_ != "long":
        return
    marks = [c for c in token.children if c.lower_ == "as"]
    if not marks or is_negated(token) or not _is_enough(long):
        return
    doer = doer_of(token)
    if any(c.dep_ == "expl" for c in token.children):
        yield from (Frame(c, "have") for c in token.children if c.dep_ == "attr" and is_wanted_thing(c))
    elif doer is not None and doer.lower_ in {"i", "we"} and token.tag_ in {"VB", "VBP"}:
        yield Frame(below_able(token))
    elif doer is not None and doer.pos_ == "NOUN":
        yield Frame(token, "make sure", doer=doer)


def _is_enough(long: Token) -> bool:
    """Tell whether nothing more is asked for: the words stand alone, or beside "I'm happy", "that's all", "I don't mind"."""
    main = long.head
    if main == long:
        return True
    content = any(c.dep_ == "acomp" and c.lower_ in _CONTENT for c in main.children) and is_speakers(main)
    all_of_it = any(c.dep_ == "attr" and c.lower_ in {"all", "it"} for c in main.children)
    unmoved = main.lemma_.lower() in _UNMOVED and is_negated(main)
    return content or all_of_it or unmoved


def so_i_can(token: Token) -> Iterator[Frame]:
    """Yield for a sentence that only says what something is for: "So that I can look on my phone in bed."."""
    doer = doer_of(token)
    if doer is None or doer.lower_ not in {"i", "we"}:
        return
    first = next((t for t in token.doc if t.lower_ not in {"just", "and", "or"} and not t.is_punct), None)
    if first is None or first.lower_ != "so" or first.head != token:
        return
    led = doer.i - first.i <= 1 + (token.doc[first.i + 1].lower_ == "that")
    that = token.doc[first.i + 1].lower_ == "that"
    now = has_auxiliary(token, _ABLE if that else {"can"})  # "so I could hear them" tells what was
    grasped = any(t.lower_ == "why" for t in token.doc[token.i : token.i + 2])  # "so I can see why they left"
    if led and now and not grasped and token.tag_ == "VB" and not is_negated(token) and token.doc[-1].text != "?":
        yield Frame(below_able(token), doubt=0.15)
        joined = (c for c in token.children if c.dep_ == "conj" and c.tag_ == "VB" and doer_of(c) is None)
        yield from (Frame(c, "avoid" if is_negated(c) else "", doubt=0.15) for c in joined)


def its_so(token: Token) -> Iterator[Frame]:
    """Yield for "it's so I can be at home when I'm at home"."""
    if token.tag_ != "VB":
        return
    doer, so = doer_of(token), next((c for c in token.children if c.lower_ == "so" and c.i < token.i), None)
    if so is None or doer is None or doer.lower_ not in {"i", "we"} or is_negated(token):
        return
    pointing = doer_of(token.head)
    pointed = pointing is not None and pointing.lower_ in {"it", "that", "this"} and so.i == token.head.i + 1
    if token.head.lemma_ in {"be", "'s", "’s"} and pointed and has_auxiliary(token, _ABLE):
        yield Frame(below_able(token), doubt=0.1)


def that_they_can(token: Token) -> Iterator[Frame]:
    """Yield for an answer that names what is wanted: "That she can stay in the house."."""
    if token.dep_ != "ROOT":
        return
    first = token.doc[0]
    doer = doer_of(token)
    alone = first.lower_ == "that" and first.head == token and first.dep_ in {"mark", "dobj"}
    own = doer is not None and doer.lower_ != "you" and doer.i > first.i
    if alone and own and has_auxiliary(token, {"can"}) and asked_of(token) is None:
        yield from state_to_be(token)


AIMS: tuple[Callable[[Token], Iterator[Frame]], ...] = (
    told_as_aim, named_main, matters_that, as_long_as, so_i_can, its_so, that_they_can,
)  # fmt: skip
