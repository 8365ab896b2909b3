"""Parsed sentence in, the places out where it tells a wish or a struggle in so many words, and the progress each stands for.

"I can never remember what she said" stands for remembering it, "I end up ringing round" for not having to. A frame names the
verb that a goal is about, and what to say before it: nothing, or one of a few operators (know, remember, avoid, stop).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of, subject_of
from ..grammar.negation import is_negated, is_wished_away
from ..vetoes.speaking import (
    SPEAKERS,
    asked_of,
    below_able,
    follows,
    has_auxiliary,
    is_denied_before,
    is_described,
    is_infinitive,
    is_offered,
    is_question,
    is_speakers,
)
from ..vetoes.unmeant import worse_of
from .aims import AIMS
from .frame import Frame
from .hoping import HOPES
from .others import OTHERS
from .supposing import SUPPOSED
from .wishing import WISHES, also_wanted

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WANTING = frozenset("want need love hope".split())
_WOULD = frozenset("would 'd ’d".split())
# what somebody who cannot do it is after; others tell an event or a way of speaking: "I couldn't eat my tea", "I can't complain"
_SOUGHT = frozenset(
    "remember see find check reach understand express access figure change prove trust plan compare hear follow book tell "
    "keep know search track open copy".split()
)
_FINDING = frozenset("see find tell open know check search reach change copy".split())
_THOUGHTS = frozenset("think say try tell get go come wonder be feel hope look like believe pretend watch".split())
_FEARS = frozenset("scared afraid worried terrified frightened nervous worry panic".split())
_WEARY = frozenset("sick tired fed".split())
_STRAINED = _WEARY | _FEARS
_TELLING = frozenset("tell show remind warn".split())
_TALK = frozenset("answer example experience question".split())  # what the interview itself asks for
_DREAMS = frozenset("dream ideal hope goal aim wish".split())


def frames_of(doc: Doc) -> Iterator[Frame]:
    """Yield the frames of a sentence, each verb once.

    Parameters
    ----------
    doc : Doc
        A parsed sentence.
    """
    seen: set[int] = set()
    for token in doc:
        for rule in _RULES if token.n_lefts or token.n_rights else _OF_ONE_WORD:
            for frame in rule(token):
                if frame.verb.i not in seen:
                    seen.add(frame.verb.i)
                    yield frame


def _wished(token: Token) -> Iterator[Frame]:
    """Yield for "I want to see it", "I'd love to see it", "what I'd like is to see it"."""
    lemma, head = token.lemma_.lower(), token.head
    wanting = lemma in _WANTING or (lemma == "like" and has_auxiliary(token, _WOULD))
    if not wanting or is_denied_before(token) or not is_speakers(token) or is_question(token):
        return
    for child in token.children:
        if child.dep_ == "dobj" and child.i > token.i and is_described(child) and not is_offered(token):
            yield Frame(child, "have")
    for child in token.children:
        if (
            child.dep_ in {"xcomp", "ccomp"}
            and is_infinitive(child)
            and doer_of(child) is None
            and follows(token, child)
        ):
            yield Frame(below_able(child), "avoid" if is_negated(child) else "")
    if token.dep_ in {"csubj", "ccomp"} and head.lemma_ == "be":
        said = [c for c in head.children if c.dep_ in {"xcomp", "ccomp"} and is_infinitive(c) and not is_negated(c)]
        yield from (Frame(below_able(c)) for c in said)


def _dreamt(token: Token) -> Iterator[Frame]:
    """Yield for "The dream would be to see it", "I wish I could see it", "if only I could see it"."""
    subject = doer_of(token)
    if token.lemma_ == "be" and subject is not None and subject.lemma_.lower() in _DREAMS:
        yield from (Frame(below_able(c)) for c in token.children if c.dep_ in {"xcomp", "ccomp"} and is_infinitive(c))
    if subject is None or subject.lower_ not in SPEAKERS or not has_auxiliary(token, {"could"}):
        return
    wish = token.dep_ == "ccomp" and token.head.lemma_.lower() == "wish"
    only = any(c.lower_ == "if" for c in token.children) and any(c.lower_ in {"only", "just"} for c in token.children)
    if (wish or only) and not is_denied_before(token):
        yield Frame(below_able(token))


def _preferred(token: Token) -> Iterator[Frame]:
    """Yield for "I'd rather be told on Monday"."""
    if (
        token.tag_ in {"VB", "VBN"}
        and any(t.lower_ == "rather" for c in token.lefts for t in (c, *c.children))
        and not has_auxiliary(token, {"have", "'ve", "’ve"})  # "I'd rather have paid more": what was not done
        and has_auxiliary(token, _WOULD)
        and is_speakers(token)
        and not is_denied_before(token)
    ):
        worse = worse_of(token)
        if worse is None:
            yield Frame(token)
        elif not any(c.dep_ == "conj" for c in worse.children):  # "than pay forty and not go"
            yield Frame(worse, "avoid")


def _told_me(token: Token) -> Iterator[Frame]:
    """Yield for "I need something that tells me when it is ready", "I wish it told me"."""
    if token.lemma_.lower() not in _TELLING:
        return
    served = any(c.lower_ in {"me", "us"} and c.i > token.i for c in token.children)
    if not served or is_denied_before(token):
        return
    noun = token.head if token.dep_ == "relcl" else None
    verb = token.head if noun is None else noun.head
    held = verb.lemma_.lower() == "have" and has_auxiliary(verb, _WOULD)  # "I'd have something that tells me"
    wanted = (verb.lemma_.lower() in {"want", "need", "wish", "like", "love"} or held) and is_speakers(verb)
    placed = noun.dep_ == "dobj" if noun is not None else token.dep_ in {"ccomp", "xcomp"}
    if wanted and placed and not is_denied_before(verb):
        yield Frame(token)


def _unable(token: Token) -> Iterator[Frame]:
    """Yield for "I can never remember what she said", "you can't see which is open", "I'm not able to reach them"."""
    subject = subject_of(token)
    if subject is None or subject.lower_ not in SPEAKERS or not is_negated(token) or is_wished_away(token):
        return
    if sum(c.dep_ == "neg" for c in token.children) > 1:
        return  # "you can't not see it"
    if any(c.dep_ == "acomp" and c.lower_ == "able" for c in token.children):
        able = next(c for c in token.children if c.lower_ == "able")
        yield from (Frame(c) for c in able.children if c.dep_ == "xcomp" and is_infinitive(c))
    lemma = token.lemma_.lower()
    cannot = has_auxiliary(token, {"ca", "can", "could", "cannot"}) and token.tag_ == "VB"
    just = any(c.lower_ in {"just", "really", "exactly"} for c in token.children if c.i < token.i)
    theirs = subject.lower_ == "you" and lemma not in _FINDING
    idle = any(c.dep_ == "dobj" and c.lemma_.lower() in {"way", "point", "reason"} for c in token.children)
    spoken = lemma == "tell" and asked_of(token) is None  # "I can't tell you"
    if cannot and not (just or theirs or spoken or idle or lemma not in _SOUGHT):
        yield Frame(token)


def _struggled(token: Token) -> Iterator[Frame]:
    """Yield for "I struggle to find it", "there's no way to find it", "I have no way of finding it", "trouble finding it"."""
    lemma = token.lemma_.lower()
    risk = lemma == "chance" and any(c.lower_ == "of" for c in token.children)  # "no chance of taking over my job"
    no_way = lemma in {"way", "means", "chance"} and not risk and any(c.lower_ == "no" for c in token.children)
    struggle = lemma == "struggle" and token.pos_ == "VERB" and is_speakers(token) and not is_denied_before(token)
    trouble = lemma in {"trouble", "difficulty"} and token.dep_ == "dobj"
    if not (no_way or struggle or trouble):
        return
    if lemma in {"struggle", "trouble", "difficulty"} and any(t.lemma_.lower() in _TALK for t in token.subtree):
        return
    places = [*token.children, *(c for p in token.children if p.dep_ == "prep" for c in p.children)]
    for child in places:
        clause = child.dep_ in {"xcomp", "acl", "relcl", "pcomp", "advcl"} and child.i > token.i
        if clause and (is_infinitive(child) or child.tag_ == "VBG") and doer_of(child) is None:
            yield Frame(below_able(child))


def _not_let(token: Token) -> Iterator[Frame]:
    """Yield for "It won't let me change the date"."""
    if token.lemma_.lower() == "let" and is_denied_before(token):
        for child in token.children:
            doer = doer_of(child)
            if child.dep_ == "ccomp" and child.tag_ == "VB" and doer is not None and doer.lower_ in {"me", "us", "you"}:
                yield Frame(child, doubt=0.15)  # it may be a mere step


def _forgotten(token: Token) -> Iterator[Frame]:
    """Yield for "I forget to send it", "I always forget who has it"."""
    if token.lemma_.lower() != "forget" or is_denied_before(token) or not is_speakers(token):
        return
    to_do = next((c for c in token.children if c.dep_ == "xcomp" and is_infinitive(c)), None)
    if to_do is not None:
        yield Frame(to_do, "remember to")
    elif asked_of(token) is not None:
        yield Frame(token, "remember")


def _unknown(token: Token) -> Iterator[Frame]:
    """Yield for "I don't know who has it", "nobody tells you whether it came", "I'm never sure if it is right"."""
    lemma, subject = token.lemma_.lower(), subject_of(token)
    if subject is None or not is_negated(token) or asked_of(token) is None:
        return
    if token.nbor(1).text == ",":
        return  # "have it, I don't know, next to the notes"
    others = any(c.dep_ in {"dobj", "dative"} and c.lower_ not in {"me", "us", "you"} for c in token.children)
    understood = lemma == "understand" and subject.lower_ in {"i", "we"} and _is_open(token)
    if understood or (lemma == "know" and subject.lower_ in {*SPEAKERS, "nobody"}):
        yield Frame(token, "know")
    elif lemma in {"tell", "show", "say", "explain"} and subject.lower_ not in SPEAKERS and not others:
        yield Frame(token, "see" if lemma == "show" else "know")


def _is_open(verb: Token) -> bool:
    """Tell whether one answer or the other is sought: "I didn't understand if seventy was good", not "why they do it"."""
    clause = asked_of(verb)
    return clause is not None and clause.left_edge.lower_ in {"if", "whether", "which"}


def _unsure(token: Token) -> Iterator[Frame]:
    """Yield for "I've no idea who has it", "I'm not sure whether it came"."""
    lemma, head = token.lemma_.lower(), token.head
    no_idea = lemma in {"idea", "clue"} and any(c.lower_ == "no" for c in token.children) and is_speakers(head)
    unsure = lemma == "sure" and token.dep_ == "acomp" and is_negated(head) and is_speakers(head)
    if (no_idea or unsure) and asked_of(token) is not None:
        yield Frame(token, "know")


def _toiled(token: Token) -> Iterator[Frame]:
    """Yield for "I end up ringing three people", "I have to keep checking", "I spend hours looking for it"."""
    lemma = token.lemma_.lower()
    ends = lemma == "end" and any(c.lower_ == "up" for c in token.children)
    keeps = lemma == "keep" and token.dep_ == "xcomp" and token.head.lemma_.lower() == "have"
    if (
        not (ends or keeps or lemma == "spend")
        or is_denied_before(token)
        or not is_speakers(token.head if keeps else token)
    ):
        return
    for child in token.children:
        doing = child.tag_ == "VBG" and child.dep_ in {"xcomp", "advcl", "ccomp", "acl"} and child.i > token.i
        whole = any(c.dep_ in {"dobj", "prep", "attr"} for c in child.children)
        if (
            doing
            and whole
            and doer_of(child) is None
            and (child.lemma_.lower() not in _THOUGHTS or (ends and child.lemma_ == "be"))
        ):
            yield Frame(child, "avoid", toil=True)


def _spared(token: Token) -> Iterator[Frame]:
    """Yield for "I shouldn't have to ask twice", "I don't want to have to ask twice"."""
    if token.dep_ != "xcomp" or not is_infinitive(token) or token.head.lemma_.lower() != "have":
        return
    have = token.head
    should = has_auxiliary(have, {"should"}) and is_negated(have) and is_speakers(have)
    above = have.head
    unwanted = have.dep_ == "xcomp" and above.lemma_.lower() in {"want", "like"} and is_negated(above)
    if should or (unwanted and is_speakers(above)):
        yield Frame(token, "avoid")


def _weary(token: Token) -> Iterator[Frame]:
    """Yield for "I was fed up of asking", "I'm scared of losing it", "I worry I'll lose it"."""
    lower = token.lower_ if token.lower_ in _STRAINED else token.lemma_.lower()
    if lower not in _STRAINED:
        return
    holder = token if token.pos_ == "VERB" else token.head
    if not is_speakers(holder) or is_negated(holder):
        return
    operator = "stop" if lower in _WEARY else "avoid"
    around = [c for c in token.subtree if c.i > token.i and c.dep_ in {"pcomp", "ccomp"} and c.i - token.i < 7]
    for child in around:
        doer = doer_of(child)
        own = doer is None or doer.lower_ in {"i", "we"}
        if own and not is_negated(child) and (child.tag_ == "VBG" or (doer is not None and operator == "avoid")):
            yield Frame(child, operator)
            return


_RULES: tuple[Callable[[Token], Iterator[Frame]], ...] = (
    _wished, _dreamt, _preferred, _told_me, _spared, _unable, _struggled, _not_let, _forgotten, _unknown, _unsure, _toiled, _weary,
    *WISHES, *SUPPOSED, *AIMS, *HOPES, *OTHERS,
)  # fmt: skip
# half of all words have nothing below them; the other rules ask what a word's subject is, or what else hangs on it
_OF_ONE_WORD: tuple[Callable[[Token], Iterator[Frame]], ...] = (_wished, _spared, _forgotten, _unsure, also_wanted)
