"""Verb of a parsed sentence in, whether it is what the speaker is after at all: not a tool's way, not a scene, not an "if"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..grammar.clauses import is_wished, names_technology
from ..grammar.inflection import doer_of, subject_of
from ..grammar.negation import is_negated, is_unwanted, is_wished_away

if TYPE_CHECKING:
    from spacy.tokens import Token

# what a tool does for somebody: other things that it does ("it tends to invent names") are its own ways
_SERVING = frozenset(
    "help allow let enable save free make give take be assist encourage speed use require cost force push teach remind "
    "hard difficult easy easier quick great useful helpful good better".split()
)
_OWN_WAYS = frozenset(
    "able capable determined meant supposed prone unable likely bound quick apt eager possibility".split()
)
_TOOLS = frozenset("it this that which they".split())
# nouns after which a verb says what somebody can or is to do: "a way to see", "time for cooking"
_OPEN_NOUNS = frozenset(
    "way chance time ability plan aim goal hope idea need opportunity place thing something anything possibility "
    "effort attempt option help tool reason trick matter job point challenge struggle trouble difficulty".split()
)
_HARD = frozenset(
    "hard difficult tough tricky impossible challenging struggle fail unable easier difficulty trouble problem challenge "
    "cannot ca manage remember forget".split()
)
_CIRCUMSTANCE = frozenset("if unless until when whenever while once".split())
_OPINIONS = frozenset("think believe guess suppose imagine assume reckon doubt agree".split())
_WISHES = frozenset("want like love wish hope prefer need".split())
_UP = frozenset("xcomp ccomp conj acomp attr pcomp advcl oprd".split())


def is_tools_way(verb: Token) -> bool:
    """Tell whether a verb says what a tool is like: "AI was determined to sell cars", "it likes to make them up"."""
    node = verb
    passed: set[str] = set()
    joined = False
    for _ in range(6):
        subject = doer_of(node)
        agents = (p for c in node.children if c.dep_ == "agent" for p in c.children)
        if node != verb and any(names_technology(p.text) for p in agents):
            return True  # "the sources used by the AI to answer"
        if node != verb and subject is not None:
            tool = subject.lower_ in _TOOLS or names_technology(subject.text) > 0
            told = passed | {verb.lemma_.lower() if joined else node.lemma_.lower()}
            return tool and (not told & _SERVING or bool(passed & _OWN_WAYS))
        if node.dep_ not in _UP or node.head == node:
            return False
        if node != verb:
            passed |= {node.lemma_.lower(), node.lower_}
        joined = node.dep_ == "conj"  # "it is dear, or fails to sort them": nothing is said of being dear
        node = node.head
    return False


def is_scene(verb: Token) -> bool:
    """Tell whether a verb only describes a noun: "a parent standing in the hall", "others getting more work"."""
    node = verb
    while node.dep_ in {"xcomp", "conj"} and node.head.pos_ in {"VERB", "AUX"} and node.head != node:
        node = node.head
    if node.dep_ == "relcl":
        return any(c.lower_ == "where" for c in node.children)  # "the platforms where I save my work"
    return bool(node.tag_ in {"VBG", "VBN"} and node.dep_ == "acl" and node.head.lemma_.lower() not in _OPEN_NOUNS)


def is_condition(verb: Token) -> bool:
    """Tell whether a verb stands in a clause of "if" or "when" that is no wish: "if I could see it" is one."""
    node = verb
    while node.dep_ in {"xcomp", "conj", "ccomp"} and node.head != node:
        node = node.head
    marks = {c.lower_ for c in node.children if c.dep_ in {"mark", "advmod"}}
    wishing = any(c.lower_ in {"could", "'d", "’d"} for n in (node, verb) for c in n.children if c.dep_ == "aux")
    return node.dep_ == "advcl" and bool(marks & _CIRCUMSTANCE) and not wishing and not is_wished(verb)


def is_opinion(verb: Token) -> bool:
    """Tell whether a verb only holds something to be so: "think they will give it up"."""
    held = [c for c in verb.children if c.i > verb.i and (c.dep_ in {"dobj", "acomp"} or c.lower_ in {"about", "of"})]
    asked = any(t.tag_[:1] == "W" for t in verb.doc[verb.i + 1 : verb.i + 3])  # "guess how many will come"
    return verb.lemma_.lower() in _OPINIONS and not held and not asked


def is_ability(verb: Token) -> bool:
    """Tell whether a sentence only says what somebody can do: "I can drive to them"."""
    able = any(c.dep_ == "aux" and c.lower_ in {"can", "could"} for c in verb.children)
    return able and verb.dep_ in {"ROOT", "conj", "ccomp"} and not any(c.lower_ == "so" for c in verb.children)


def tool_at_work(verb: Token) -> bool:
    """Tell whether a tool is told to do it: "I asked AI to provide sources", "I use an app to help with planning"."""
    for node in [verb, *verb.ancestors][:5]:
        doers = [c for c in node.children if c.dep_ in {"dobj", "nsubj", "pobj"} and node.i < c.i < verb.i]
        if any(c.lower_ == "it" or names_technology(c.text) for c in doers):
            return True
        told = [c for c in node.children if c.dep_ == "nsubj" and node.head.i < c.i < node.i]
        if node.dep_ in {"ccomp", "xcomp"} and any(c.lower_ == "it" or names_technology(c.text) for c in told):
            return True
    return False


def is_called_for(verb: Token) -> bool:
    """Tell whether the sentence says that it is wanted, or hard to do: what a complaint may still be after."""
    if is_wished(verb):
        return True
    if any(c.lower_ in {"ca", "could", "couldn't"} and c.dep_ == "aux" for c in verb.children) and any(
        c.dep_ == "neg" for c in verb.children
    ):
        return True
    node = verb
    for _ in range(4):
        if node.dep_ not in _UP | {"acl", "prep"} or node.head == node:
            return False
        node = node.head
        if {node.lemma_.lower(), node.lower_} & _HARD or any(
            c.dep_ in {"acomp", "attr", "oprd", "dobj"} and c.lemma_.lower() in _HARD for c in node.children
        ):
            return True
    return False


def is_to_be_avoided(verb: Token) -> bool:
    """Tell whether a negated verb is what somebody wants not to do, and not only what is not so.

    "so as not to forget it" and "a way of not having to ask" say so; "I don't care about maps" does not.
    """
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    leads = {"so", "that"} if verb.dep_ == "advcl" else {"so"}  # "I told her that we couldn't go" says what is
    led = any(c.lower_ in leads and c.i < verb.i for c in verb.children)
    of_it = verb.dep_ == "pcomp" and verb.head.lower_ in {"of", "for", "about"}
    mine = (c for c in verb.children if c.dep_ == "nsubj" and c.lower_ in {"i", "we"})
    unable = any(c.dep_ == "aux" and c.lower_ in {"ca", "can", "could"} for c in verb.children) and any(mine)
    unable &= not is_wished_away(verb)
    wished = is_wished(verb) and not unable  # what I can't do is a trouble, also where it hangs on a wish
    return is_unwanted(verb) or (is_negated(verb) and (infinitive or led or of_it or wished))


def is_made_to(verb: Token) -> bool:
    """Tell whether something only has an effect on the speaker: "it makes me sound like a robot"."""
    made = verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_.lower() == "make" and not is_wished(verb)
    return made and any(t.lower_ in {"me", "us"} and verb.head.i < t.i < verb.i for t in verb.doc)


def is_asked(verb: Token) -> bool:
    """Tell whether the wish is only asked about: "Do I want to sit there at night?"."""
    head = verb.head
    mine = (c for c in head.children if c.dep_ == "nsubj" and c.lower_ in {"i", "we"})
    asked = any(c.dep_ == "aux" and c.lemma_ == "do" and c.i < s.i for s in mine for c in head.children)
    return verb.dep_ == "xcomp" and head.lemma_.lower() in _WISHES and asked


def is_conceded(verb: Token) -> bool:
    """Tell whether something is granted only to be set aside: "I could look it up, but this is faster"."""
    node = verb
    while node.dep_ in _UP | {"acl", "dobj"} and node.head != node and not _may(node):
        node = node.head
    supposed = any(c.lower_ in _CIRCUMSTANCE for c in node.children) or node.head.lemma_.lower() in _WISHES
    rest = node.head if node.dep_ == "ccomp" else node  # "I could look it up but it takes long" may be read either way
    turns = any(c.lower_ == "but" and c.dep_ == "cc" and c.i > verb.i for n in (node, rest) for c in n.children)
    return _may(node) and turns and not supposed and not is_negated(node)


def _may(verb: Token) -> bool:
    """Tell whether a verb is said to be possible: "I could go", "I may be able to go"."""
    able = any(c.lower_ == "able" for c in verb.children)
    modals = {"could", "may", "might"} if able else {"could"}
    mine = any(c.dep_ == "nsubj" and c.lower_ in {"i", "we", "you"} for c in verb.children)
    return mine and any(c.dep_ == "aux" and c.lower_ in modals for c in verb.children)


def is_forbidden(verb: Token) -> bool:
    """Tell whether somebody is told not to do it: "don't try to sell me one"."""
    node = verb
    while node.dep_ in {"xcomp", "ccomp"} and node.head != node and subject_of(node) is None:
        node = node.head
    told = any(c.dep_ == "aux" and c.lower_ == "do" for c in node.children) and is_negated(node)
    return told and node.tag_ == "VB" and subject_of(node) is None and node.lemma_.lower() not in _WISHES
