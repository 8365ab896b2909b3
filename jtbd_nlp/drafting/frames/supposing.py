"""Verb of a parsed sentence in, what the speaker would welcome if it were so, as frames.

"It'd be good if they rang first", "it would help if I could see it", "if I could trust it I wouldn't have to walk".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of
from ..grammar.negation import is_negated
from ..vetoes.speaking import SPEAKERS, below_able, has_auxiliary, is_infinitive
from .frame import Frame
from .wishing import is_wanted_thing, states_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_WOULD = frozenset("would 'd ’d".split())
_GOOD = frozenset(
    "good great nice lovely brilliant helpful handy useful happy happier better easier ideal perfect amazing fantastic "
    "wonderful".split()
)
_WELCOMING = frozenset("love like prefer appreciate".split())
_ABLE = frozenset("can could".split())
_IDLE = frozenset("it that this which".split())
_ANYBODYS = frozenset("know see find have get".split())  # what "you" do that anybody would: "if you knew where it was"


def good_if(token: Token) -> Iterator[Frame]:
    """Yield for "it'd be great if I could see it", "I'd love it if they rang", "it'd be nice to be able to see it"."""
    subject = doer_of(token)
    own = subject is not None and subject.lower_ in {"i", "we"}
    idle = subject is None or subject.lower_ in _IDLE  # "he'd be happy if I came" is his wish
    good = token.lemma_ == "be" and any(c.dep_ == "acomp" and c.lower_ in _GOOD for c in token.children)
    judged = (good and (own or idle)) or (idle and subject is not None and token.lemma_.lower() == "help")
    loved = token.lemma_.lower() in _WELCOMING and any(c.lower_ == "it" and c.dep_ == "dobj" for c in token.children)
    bare = token.lemma_.lower() in _WELCOMING and not any(c.dep_ in {"dobj", "xcomp"} for c in token.children)
    minded = token.lemma_.lower() == "mind" and is_negated(token)  # "I wouldn't mind if they rang"
    welcomed = judged or ((loved or bare or minded) and own)
    if not welcomed or not has_auxiliary(token, _WOULD) or is_negated(token) != minded:
        return
    for child in token.children:
        marked = any(c.lower_ == "if" for c in child.children)
        doer = doer_of(child)
        if marked and child.lemma_ == "be" and any(c.dep_ == "expl" for c in child.children) and not is_negated(child):
            yield from (Frame(c, "have") for c in child.children if c.dep_ == "attr" and is_wanted_thing(c))
        if child.dep_ in {"advcl", "ccomp"} and marked and doer is not None and not is_negated(child):
            if doer.lower_ not in SPEAKERS:
                yield from states_of(child, doer)
            elif doer.lower_ != "you" or has_auxiliary(child, _ABLE) or child.lemma_.lower() in _ANYBODYS:
                yield Frame(below_able(child))  # not "it would be better if you asked my husband"
        elif good and idle and child.dep_ == "xcomp" and is_infinitive(child) and doer is None:
            yield Frame(below_able(child))


def could_i(token: Token) -> Iterator[Frame]:
    """Yield for "if I could just trust it I'd not have to walk", "if I could see it, that'd save me an hour"."""
    doer = doer_of(token)
    if (
        doer is None
        or doer.lower_ not in {"i", "we"}
        or not any(c.lower_ == "if" and c.i < token.i for c in token.children)
        or not has_auxiliary(token, {"could"})
        or is_negated(token)
    ):
        return
    then = (
        token.head
        if token.dep_ == "advcl"
        else next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    )
    if then is None or not has_auxiliary(then, _WOULD) or any(c.lower_ == "still" for c in then.children):
        return
    gain = doer_of(then)
    spared = is_negated(then) and then.lemma_.lower() in {"have", "need"}
    helped = gain is not None and gain.lower_ in {"that", "it", "which"} and not is_negated(then)
    just = any(c.lower_ in {"just", "only"} and c.i < token.i for c in token.children)
    if spared or helped or just:
        yield Frame(token)


SUPPOSED: tuple[Callable[[Token], Iterator[Frame]], ...] = (good_if, could_i)
