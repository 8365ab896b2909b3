"""Tokens cut from a parsed sentence in, whether they are whole out: no half of a word, no end that something belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_COMPLEMENTS = frozenset("dobj attr acomp oprd ccomp xcomp".split())
_DASHES = frozenset("-- – — …".split())


def hyphenated(doc: Doc, kept: set[int], head: int = -1) -> set[int]:
    """Return places of words with what a hyphen joins to them: "time-consuming"; a ``head`` that comes first stays so."""
    grown = set(kept)
    for start in kept:
        for step in (1,) if start == head == min(kept) else (1, -1):
            i = start
            while _is_glued(doc, i, step):
                grown |= {i + step, i + 2 * step}
                i += 2 * step
    return grown


def _is_glued(doc: Doc, i: int, step: int) -> bool:
    first = min(i, i + 2 * step)
    if first < 0 or first + 2 >= len(doc) or doc[first + 1].text != "-":
        return False
    return not doc[first].whitespace_ and not doc[first + 1].whitespace_ and doc[i + 2 * step].is_alpha


def in_brackets(doc: Doc, kept: set[int], head: int) -> set[int]:
    """Return the places of kept words that stand in brackets opened behind the head: "small (less than ten people)"."""
    found: set[int] = set()
    depth = 0
    for i in range(head + 1, max(kept) + 1):
        depth += doc[i].text in {"(", "["}
        if depth > 0:
            found.add(i)
        depth -= doc[i].text in {")", "]"} and depth > 0
    return found & kept


def sets_off(verb: Token, child: Token) -> bool:
    """Tell whether what follows is another thought: a dash with no second one, or ", then": "ask it -- the name"."""
    between = verb.doc[verb.i + 1 : child.i]
    if child.dep_ in {"acl", "relcl"} and child.left_edge.i and child.left_edge.nbor(-1).dep_ == "cc":
        return True  # "the cause of it | and where best to begin"
    if any(a.text == "," and b.lower_ == "then" for a, b in pairwise(between)) or _comes_second(verb, child):
        return True
    rest = verb.doc[child.right_edge.i + 1 : child.sent.end]
    return in_dashes(verb, child) and not any(map(is_dash, (child, *rest)))


def in_dashes(head: Token, child: Token) -> bool:
    """Tell whether a dash between a word and what hangs on it is not closed before that: "send -- you know -- the bill"."""
    return sum(map(is_dash, head.doc[head.i + 1 : child.left_edge.i])) % 2 == 1


def is_dash(token: Token) -> bool:
    """Tell whether a mark parts thoughts: a hyphen with space before or behind it is a dash."""
    spaced = token.text == "-" and (token.whitespace_ or (token.i and token.nbor(-1).whitespace_))
    return token.text in _DASHES or bool(spaced)


def _comes_second(verb: Token, child: Token) -> bool:
    """Tell whether a complement follows another by "and" or a comma: "know what it costs, what it weighs"."""
    before = child.left_edge.nbor(-1) if child.left_edge.i else child
    commas = sum(t.text == "," for t in verb.doc[verb.i + 1 : child.left_edge.i])  # two set an aside apart
    joined = verb.i < before.i < child.i and ((before.text == "," and commas == 1) or before.dep_ == "cc")
    earlier = [c for c in verb.children if c.dep_ in _COMPLEMENTS and verb.i < c.i < min(before.i, child.i)]
    again = [c for c in earlier if c.dep_ == child.dep_ == "dobj"]
    apart = commas == 1 and any(t.text == "," for c in again for t in verb.doc[c.i : child.i])
    return child.dep_ in _COMPLEMENTS and ((joined and bool(earlier)) or apart)


def is_stranded(tokens: Sequence[Token]) -> bool:
    """Tell whether an open end belongs there: "what the best wording would be", "things I have not thought of"."""
    words = [t for t in tokens if not t.is_punct and not t.is_space]
    if len(words) < 3:
        return False
    last = words[-1]
    asked = any(t.tag_[:1] == "W" for t in words[:-1])
    if last.lemma_ == "be" and last.pos_ in {"AUX", "VERB"}:
        return asked and any(c in words and c.dep_ == "nsubj" for c in last.children)
    if last.pos_ != "ADP" or last.head not in words or any(c in words and c.i > last.i for c in last.children):
        return False
    relative = any(n.dep_ in {"relcl", "acl"} for n in (last.head, *last.head.ancestors) if n in words)
    return bool(last.dep_ == "prep" and (asked or relative or last.head.tag_ == "VBN"))


def is_torn(tokens: Sequence[Token]) -> bool:
    """Tell whether a phrase breaks off before a verb that goes with it: "that anything used in a campaign | is right"."""
    if any(a.tag_ == "IN" and b.tag_ == "TO" and b.i == a.i + 1 for a, b in pairwise(tokens)):
        return True  # "anyone I'm sat in front of to be able to see": misread, and so cut anywhere
    if _runs_into_another(tokens):
        return True
    last = tokens[-1]
    following = last.nbor(1) if last.i + 1 < len(last.doc) else None
    asked = any(
        t.dep_ == "pcomp" and t.tag_ in {"VB", "NN"} and any(c.tag_ == "WP" for c in t.children) for t in tokens
    )
    if asked or following is None:
        return asked
    cut_short = last.pos_ == "VERB" and (following.pos_ == "ADP" or (last.tag_ == "VBG" and not following.is_punct))
    hanging = cut_short or (
        last.dep_ == "prep" and not following.is_punct and following.pos_ in {"DET", "PRON", "ADV", "NOUN"}
    )
    finite = following.tag_ in {"VBZ", "VBD", "MD", "VBP"} and last.pos_ in {"NOUN", "PROPN", "PRON"}
    goes_on = following.tag_[:2] in {"NN", "JJ"} or following.tag_ in {"PRP$", "RBR", "CD"}
    eased = following.lower_ == "even" and last.i + 2 < len(last.doc) and last.nbor(2).tag_ in {"RBR", "JJR"}
    return (
        hanging
        or _lacks_its_noun(last, tokens)
        or any(t.dep_ == "mark" and t.head not in tokens and t.i > tokens[0].i for t in tokens)
        or finite
        or goes_on
        or eased
        or following.tag_ == "WRB"
        or (following.lower_ == "or" and last.dep_ in {"acomp", "attr", "oprd"})  # "hit | or miss"
        or lacks_shared_object(last)
        or (last.pos_ == "ADP" and following.tag_ == "WDT")
    )


def _runs_into_another(tokens: Sequence[Token]) -> bool:
    """Tell whether a finite verb stands behind the first that has no subject there: "make sure it is on | makes me"."""
    finite = [t for t in tokens[1:] if t.tag_ in {"VBZ", "VBD"} and t.dep_ not in {"aux", "auxpass", "conj", "relcl"}]
    return any(not any(c.dep_[:5] in {"nsubj", "csubj", "expl"} and c in tokens for c in t.children) for t in finite)


def lacks_shared_object(last: Token) -> bool:
    """Tell whether the object of a gerund at the end stands behind a second: "better about understanding | and sharing it"."""
    rest = [t.tag_ for t in last.doc[last.i + 1 : last.i + 3]]
    told = last.dep_ in {"pobj", "pcomp"} and last.head.head.dep_ == "acomp"  # "help with baking" says enough
    return told and last.lower_.endswith("ing") and rest == ["CC", "VBG"]


def _lacks_its_noun(last: Token, tokens: Sequence[Token]) -> bool:
    """Tell whether an adjective at the end goes with a noun outside: "in a clearer and easier | to read manner"."""
    chain = [last, *(t for t in last.ancestors if t.dep_ in {"conj", "amod"})]
    first = next((t for t in chain if t.dep_ != "conj"), last)
    bracket = any(t.text in {"(", "["} for t in last.doc[last.i + 1 : last.i + 2])  # "small (less than ten people)"
    before = first.dep_ == "amod" and first.head not in tokens and first.head.i > last.i and not bracket
    headed = first.dep_ in {"pobj", "dobj"} and any(c.lower_ in {"a", "an"} for c in first.children)
    return before or (last.tag_[:2] == "JJ" and first.tag_[:2] == "JJ" and headed)
