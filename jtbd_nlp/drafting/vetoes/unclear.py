"""What the words of a goal leave open, or only tell, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..grammar.clauses import LIGHT_VERBS, is_duty, is_wished, lacks_its_object, names_technology, passive_lead
from .doers import is_ability

if TYPE_CHECKING:
    from spacy.tokens import Token

TECHNOLOGY_COST = 0.45
_VAGUE = LIGHT_VERBS | {
    "do",
    "make",
    "work",
    "see",
    "say",
    "think",
    "know",
    "be",
    "admit",
    "handle",
    "deal",
    "go",
    "take",
}
_TAKES_OBJECT = frozenset(
    "know see find get have make take give use keep put bring send show explain describe tell identify".split()
)
_POINTED = frozenset("these those this that".split())
_KINDS = frozenset("way kind type part sort".split())
_GENERIC = frozenset("work job task thing stuff part process project content".split())


def unclear_cost(verb: Token, tokens: list[Token], text: str, start: str, avoided: bool) -> float:
    """Return what the words of a goal cost for what they leave open, or what they only tell."""
    vague = start in _VAGUE
    extra = (
        TECHNOLOGY_COST * names_technology(text) + 0.15 * vague + 0.05 * avoided + 0.3 * (is_duty(verb) and not avoided)
    )
    extra += 0.4 * (start in {"spend", "waste", "have"} and is_duty(verb) and not avoided) + 0.4 * (
        _only_has(verb) and not avoided
    )
    done = verb.tag_ == "VBD" and not is_wished(verb)
    extra += 0.2 * done
    extra += 0.3 * is_ability(verb) + 0.3 * _is_generic(tokens)
    extra += 0.4 * _supposes(verb) + 0.4 * ("themselves" in text) + 0.5 * lacks_its_object(verb)
    extra += 0.3 * lacks_object(verb, tokens) + 0.4 * (start in LIGHT_VERBS and not _has_complement(verb))
    extra += 0.3 * any(t.dep_ == "det" and t.lower_ in _POINTED for t in tokens)  # "create these solutions"
    extra += 0.2 * (len(text.split()) < 3) + 0.3 * _ends_empty(tokens)
    return extra - 0.15 * is_wished(verb)


def _ends_empty(tokens: list[Token]) -> bool:
    """Tell whether the last noun says nothing without what was cut off: "find new ways | to streamline it"."""
    last = tokens[-1]
    pointed = any(c.lower_ in {"this", "that", "same", "own", "right"} for c in last.children)
    return last.lemma_.lower() in _KINDS and last.dep_ == "dobj" and not pointed


def _is_generic(tokens: list[Token]) -> bool:
    """Tell whether nothing says which work is meant: "do the work", "complete our tasks"."""
    solid = [t for t in tokens[1:] if t.dep_ not in {"det", "poss", "prt"} and not t.is_punct]
    return len(solid) == 1 and solid[0].lemma_.lower() in _GENERIC


def _only_has(verb: Token) -> bool:
    """Tell whether a finite "have" or "be" only tells what is: "so I have a good idea of it"."""
    wanted = any(
        t.lemma_.lower() in {"want", "need", "like", "love", "hope", "wish", "prefer", "able"} for t in verb.ancestors
    )
    return verb.lemma_.lower() in {"have", "be"} and not wanted


def _supposes(verb: Token) -> bool:
    """Tell whether a verb is followed by a whole statement of its own: "hope it would be more specific"."""
    told = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
    if verb.lemma_.lower() == "ask" and told:
        return True
    named = (t.lower_ in {"it", "this", "that"} and t.dep_ == "nsubj" for c in told for t in c.children)
    bare = any(
        c.tag_ in {"VBZ", "VBP", "VBD"} and not any(t.dep_ == "mark" or t.tag_[:1] == "W" for t in c.children)
        for c in told
    )
    return (any(named) or (bare and verb.lemma_.lower() == "learn")) and verb.lemma_.lower() not in {
        "see",
        "know",
        "ensure",
        "check",
        "make",
        "understand",
    }


def lacks_object(verb: Token, tokens: list[Token]) -> bool:
    """Tell whether a verb has neither an object nor another complement among the tokens."""
    taken = {"dobj", "xcomp", "ccomp", "attr", "acomp", "oprd", "dative", "prt"}
    taken |= set() if verb.lemma_.lower() in _TAKES_OBJECT else {"prep"}
    return not any(t.head == verb and t.dep_ in taken for t in tokens) and passive_lead(verb) is None


def _has_complement(verb: Token) -> bool:
    return any(c.dep_ in {"dobj", "xcomp", "ccomp", "acomp", "attr", "oprd", "dative", "prt"} for c in verb.children)
