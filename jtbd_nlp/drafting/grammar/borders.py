"""Clause of a parsed sentence in, where it ends and whether it tells of an occasion or only of who or what somebody is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

# what follows these is what is told; they only say that somebody tells it
FRAMES = frozenset(
    "find think feel notice say guess believe mean realize realise know suppose see admit tell understand".split()
)
# verbs that no clause follows
_CLAUSELESS = frozenset("do put take leave bring carry pay buy sell send clean fix wash change".split())
_RELATIVE = frozenset("that which who".split())
_TIMES = frozenset("when whenever while once before after".split())
_OFTEN = re.compile(
    r"(?<!more)(?<!less)(?<! as)(?<!too)((?: very| quite| pretty| so)?(?: often| frequently| regularly| constantly))$"
)
_IN_VAIN = re.compile(r"( with (?:no|little) (?:success|luck)| without(?: any| much)? (?:success|luck)| to no avail)$")
_GONE = frozenset("dead died death passed".split())
_STANDINGS = frozenset("level field position role industry business department profession sector trade".split())


def is_persona(verb: Token, subject: Token, opener: str) -> bool:
    """Tell whether a main clause says who somebody is and not what happens: "we are not a dealership"."""
    named = next((c for c in verb.children if c.dep_ == "attr"), None)
    own = subject.lower_ in {"i", "we"} and verb.lemma_ == "be" and opener not in _TIMES
    placed = (p for c in verb.children if c.dep_ == "prep" and c.lower_ in {"at", "in"} for p in c.children)
    standing = any(p.lemma_.lower() in _STANDINGS for p in placed)
    named_so = named is not None and any(c.lower_ in {"a", "an", "the"} for c in named.children)
    return own and (standing or named_so)


def judges(verb: Token, subject: Token) -> bool:
    """Tell whether a clause says what a thing is like: "the designing part is enjoyable"."""
    return subject.lower_ not in {"i", "we", "there"} and any(c.dep_ == "acomp" for c in verb.children)


def before_the_next(tokens: list[Token], verb: Token) -> list[Token]:
    """Cut where the main clause follows with no mark: "[when] I present to the board | I have ten slides"."""
    for n, t in enumerate(tokens):
        bare = (
            t.dep_ in {"nsubj", "nsubjpass"}
            and t.lower_ in {"i", "we", "you"}
            and t.head != verb
            and n > 2
            and t.i > verb.i
        )
        whole = t.head.dep_ != "relcl" or any(
            (c.dep_ in {"dobj", "acomp", "attr"} and c.i > t.head.i) or c.dep_ == "auxpass" for c in t.head.children
        )
        if bare and whole and not any(c.dep_ == "mark" or c.tag_[:1] == "W" for c in (*t.head.children, tokens[n - 1])):
            told = verb.lemma_.lower() in FRAMES and tokens[n - 1].i <= verb.i + 1
            return tokens if told else tokens[:n]
    return tokens


def without_degree(tokens: list[Token]) -> list[Token]:
    """Leave out how far something goes where what came of it was cut off: "the packets were piled so deep | I lost it"."""
    last = tokens[-1]
    open_end = last.i + 1 < len(last.doc) and not last.nbor(1).is_punct
    so = [t for t in tokens[-3:] if t.lower_ == "so" and t.head == last and t.i == last.i - 1]
    return tokens[:-2] if so and open_end and last.dep_ == "advmod" else tokens


def without_how_it_goes(tokens: list[Token], *, wished: bool) -> list[Token]:
    """Leave out at the end that something is in vain and, but in a wish, how often it is done: "find it | with no luck"."""
    text = " " + " ".join(t.lower_ for t in tokens)
    found = _IN_VAIN.search(text) or (None if wished else _OFTEN.search(text))
    return tokens[: -len(found.group(1).split())] if found else tokens


def loses_its_point(verb: Token, subject: Token, tokens: list[Token]) -> bool:
    """Tell whether what there is says nothing without a clause that was cut off: "there were parts | that we hadn't got"."""
    if subject.lower_ != "there":
        return False
    told = (c for thing in verb.rights if thing.dep_ in {"attr", "dobj"} for c in thing.rights)
    led = (c for c in told if any(w.lower_ in _RELATIVE and w.i < c.i for w in c.children))
    return any(c.dep_ in {"relcl", "ccomp", "acl"} and c not in tokens for c in led)


def runs_on(verb: Token, tokens: list[Token]) -> bool:
    """Tell whether a second clause follows with no word that joins it: "I mess up I am done"."""
    if verb.lemma_.lower() in FRAMES | {"have", "find", "make", "let", "help", "get", "see", "ask"}:
        return False
    told = [t.head for t in tokens if t.dep_ == "nsubj" and t.head != verb and t.head.dep_ in {"ccomp", "parataxis"}]
    return any(not any(c.dep_ == "mark" or c.tag_[:1] == "W" for c in clause.children) for clause in told)


def is_run_together(verb: Token) -> bool:
    """Tell whether what seems to hang on a verb is the next thought: "do it | stood there in the kitchen".

    Or the same one told again, with the verb and all: "I don't like to say | I really don't like to say". Unlike it, "I
    have to check | I have enough money" only begins with the same word.
    """
    told = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
    bare = [t for t in told if not any(c.dep_ == "mark" or c.tag_[:1] == "W" for c in t.children)]
    same = [t for t in bare if t.lemma_ == verb.head.lemma_ and any(c.lemma_ == verb.lemma_ for c in t.children)]
    return bool(same) or (verb.lemma_.lower() in _CLAUSELESS and any(t.tag_ in {"VBD", "VBP", "VBZ"} for t in bare))


def is_of_a_lifetime(verb: Token, subject: Token) -> bool:
    """Tell whether a clause says what somebody was like who is gone, or never did: "my aunt never went abroad in her life"."""
    if subject.lower_ in {"i", "we", "you", "it"}:
        return False
    gone = any(t.lower_ in _GONE and t.i > verb.i for t in verb.doc)
    life = any(
        t.lower_ == "life" and t.head.lower_ == "in" and any(c.tag_ == "PRP$" for c in t.children) for t in verb.doc
    )
    never = any(c.lower_ == "never" for c in verb.children) and verb.tag_ == "VBD"
    mine = any(t.lower_ in {"me", "us", "my", "our"} and t.i > verb.i for t in verb.subtree)
    return never and (gone or life or not mine)
