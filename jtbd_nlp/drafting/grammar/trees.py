"""Verb of a parsed sentence in, the words of its phrase or clause out, pruned so that they stand by themselves.

A span that a tagger marked may begin or end anywhere; the branches of the dependency tree begin and end where phrases
do. What a statement does not need goes: asides, second goals, examples, reasons, long relative clauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from .complements import (
    MEASURES,
    SEEMING,
    completes,
    is_led_back,
    is_left,
    is_needed,
    is_next_thought,
    is_predicate,
    leads_object,
    strays,
)
from .fitting import fitting
from .negation import is_no_longer
from .wholeness import in_dashes, sets_off

if TYPE_CHECKING:
    from spacy.tokens import Token

LIMIT = 14  # words of a slot; what can go without harm is cut until it fits

_OBJECTS = frozenset("dobj obj dative attr acomp oprd prt pobj pcomp agent xcomp ccomp prep nummod expl".split())
_IN_CLAUSE = _OBJECTS | {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "mark", "advmod", "npadvmod"}
_IN_NOUN = frozenset("det amod compound poss nummod case neg quantmod prep relcl acl nmod predet".split())
_ASIDE = frozenset(
    "for like such rather instead besides including regardless despite except unlike versus per via through because".split()
)
_EXAMPLE = frozenset("example instance".split())
# nouns that say nothing without what describes them: "a way that sounds like me"
EMPTY = frozenset("way thing something anything everything one someone somebody place kind type part state".split())
SELF = frozenset("myself ourselves yourself".split())  # "do it myself" is no "do it"
_MOMENTS = frozenset("when before while after once unless until".split())
_UNREAL = frozenset("would 'd ’d had".split())
_AWAY = frozenset("back down home out away".split())
_MAX_RELATIVE = 7  # words of a relative clause that may stay
_MAX_PREPOSITION = 14
_MAX_LIST = 2  # coordinated words beside the first


def verb_phrase(verb: Token, limit: int = LIMIT) -> list[Token]:
    """Return a verb with its objects and complements, in order, without what comes before it."""
    kept: set[int] = {verb.i}
    loose: list[set[int]] = []
    for child in _behind(verb):
        _take(child, kept, loose)
    return fitting(verb, kept, loose, limit)


def clause(verb: Token, subject: Token, limit: int = LIMIT + 2) -> list[Token]:
    """Return a finite clause: subject, auxiliaries, verb, complements."""
    kept: set[int] = {verb.i} | _noun(subject, [])
    loose: list[set[int]] = []
    for child in verb.children:
        if child == subject:
            continue
        helps = child.dep_ in {"aux", "auxpass", "neg"}
        adverb = child.dep_ == "advmod" and child.i > subject.i
        if child.i < verb.i and (helps or adverb):
            kept |= {t.i for t in child.subtree} if is_no_longer(child) else {child.i}
    for child in _behind(verb):
        if child != subject:
            _take(child, kept, loose)
    return fitting(verb, kept, loose, limit)


def noun_phrase(noun: Token, limit: int = LIMIT) -> list[Token]:
    """Return a noun with what belongs to it."""
    loose: list[set[int]] = []
    kept = _noun(noun, loose)
    return fitting(noun, kept, loose, limit)


def _behind(verb: Token) -> Iterator[Token]:
    """Yield what hangs on a verb behind it, up to the next thought."""
    yield from (c for c in takewhile(lambda c: not sets_off(verb, c), verb.rights) if not in_dashes(verb, c))


def _take(child: Token, kept: set[int], loose: list[set[int]]) -> None:
    """Add a child of a verb with its branch; what the phrase can do without is noted in ``loose``."""
    if child.head.lemma_ == "be" and child.i > child.head.i and is_predicate(child):
        branch = {t.i for t in child.subtree if not t.is_punct}
        branch = branch if len(branch) <= _MAX_LIST + 1 else {child.i}  # "that it's on | and working"
    elif child.dep_ in {"xcomp", "ccomp"} and is_next_thought(child):
        branch = set()
    elif child.dep_ in {"xcomp", "ccomp", "pcomp"}:
        branch = _clausal(child, loose)
    elif child.dep_ == "advcl":
        branch = {child.i} if is_left(child) else _clausal(child, loose) if completes(child) else _moment(child)
        loose += [] if is_left(child) else [branch]
    elif child.lower_ == "worth":
        branch = _adjective(child, loose)
    elif child.dep_ == "prep" and not list(child.children):
        branch = {child.i} if _stands_alone(child) else set()
    elif child.lower_ == "than":
        branch = set()  # "I'd rather know on Friday than on Saturday"
    elif child.dep_ in {"prep", "agent"} or (child.dep_ == "dative" and child.pos_ == "ADP"):
        branch = _preposition(child, loose)
        if not is_needed(child):
            loose.append(branch)
    elif child.dep_ == "advmod" or (child.dep_ == "npadvmod" and child.lemma_.lower() in MEASURES):
        branch = _adverb(child)
        loose.append(branch)
    elif child.dep_ in {"acomp", "oprd"}:
        branch = _adjective(child, loose)
    elif child.dep_ == "prt" and [t.lower_ for t in child.subtree] == ["up", "to", "date"]:
        branch = {t.i for t in child.subtree}
    elif child.dep_ in {"prt", "neg"} or child.lower_ in SELF or (child.lower_ == "all" and not list(child.children)):
        branch = {child.i, *(c.i for c in child.lefts if c.lower_ == "back")}  # "switch it | back on"
    elif child.dep_ == "intj" and child.lower_ in {"yes", "no"} and child.i == child.head.i + 1:
        branch = {child.i}  # "say yes"
    elif child.dep_ in _OBJECTS:
        branch = _noun(child, loose) if child.pos_ not in {"VERB", "AUX"} else _clausal(child, loose)
    else:
        branch = set()
    kept |= branch


def _stands_alone(prep: Token) -> bool:
    """Tell whether a preposition with nothing behind it is needed: "pay up front", "what I am on about"."""
    verb = prep.head
    asked = any(t.tag_[:1] == "W" for t in verb.subtree if t.i < prep.i)
    got = verb.tag_ == "VBD" and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in {"get", "have", "want"}
    done = verb.tag_ == "VBN" or got or prep.doc[prep.i + 1 : prep.i + 2].text == "by"
    idiom = prep.i > verb.i and all(t.dep_ == "dobj" and t.i > verb.i for t in prep.doc[verb.i + 1 : prep.i])
    passive = done and idiom  # "get the hip looked at", "be taken care of"
    return asked or passive or (prep.i == verb.i + 1 and leads_object(prep)) or prep.tag_ == "RP" or is_led_back(prep)


def _moment(child: Token) -> set[int]:
    """Return a short clause that says when: "when I leave"."""
    branch = {t.i for t in child.subtree if not t.is_punct}
    timed = any(c.lower_ in _MOMENTS for c in child.children)
    own = any(c.dep_ == "nsubj" and c.lower_ in {"i", "we", "you"} for c in child.children)
    unreal = any(c.dep_ == "aux" and c.lower_ in _UNREAL for c in child.children)
    bare = any(c.dep_ == "dobj" and c.pos_ == "PRON" for c in child.head.children)
    until = (
        bare and not unreal and any(c.lower_ in {"before", "until"} for c in child.lefts)
    )  # "tell them before they ask"
    return branch if timed and (own or until) and len(branch) <= 5 + until else set()


def _clausal(verb: Token, loose: list[set[int]]) -> set[int]:
    kept = {verb.i}
    for child in verb.children:
        if child.i < verb.i and child.dep_ in _IN_CLAUSE | {"advcl", "det"}:  # "see what bus"
            if child.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "attr"}:
                kept |= _noun(child, [])
            elif child.lower_ == "worth" or child.dep_ in {"advmod", "acomp"}:
                kept |= _adjective(child, loose) if child.lower_ == "worth" else _adverb(child)
            elif child.dep_ not in {"advcl", "npadvmod", "prep"}:
                kept |= {t.i for t in child.subtree}
    for child in _behind(verb):
        if not strays(child):
            _take(child, kept, loose)
    return kept | _with_object(verb)


def _with_object(verb: Token) -> set[int]:
    """Return the verb joined to a verb in a clause where only it has the object: "how to sell | or make the items"."""
    joined = next((c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"), None)
    joint = next((c for c in verb.children if c.dep_ == "cc" and c.i == verb.i + 1), None)
    if joined is None or joint is None or not any(c.dep_ == "dobj" for c in joined.children):
        return set()
    return {joint.i} | _clausal(joined, [])


def _preposition(prep: Token, loose: list[set[int]]) -> set[int]:
    if prep.i and prep.nbor(-1).lower_ in {"never", "not"}:
        return set()  # "never with private data": better not said than turned round
    aside = prep.lower_ in _ASIDE - {"for", "through", "per"} and prep.head.lemma_.lower() not in SEEMING
    if aside or any(t.lower_ in _EXAMPLE for t in prep.subtree):
        return set()
    kept = {prep.i}
    for child in prep.children:
        if child.dep_ == "pobj":
            found = _noun(child, loose)
            if not found:
                return set()
            doing = child.nbor(1) if child.pos_ == "PRON" and child.i + 1 < len(child.doc) else child
            # not "have one of these coming up": there the verb is above the preposition, and would lead here again
            further = doing.tag_ == "VBG" and not doing.is_ancestor(prep)
            kept |= found | (_clausal(doing, loose) if further else set())  # "of them | spending it"
        elif child.dep_ in {"pcomp", "ccomp"}:
            kept |= _clausal(child, loose)
        elif child.dep_ in {"prep", "advmod", "amod"} and child.i < prep.i + 2:
            kept |= {t.i for t in child.subtree}
        elif child.dep_ == "prep" and prep.lower_ == "from" and child.lower_ in {"to", "into"}:
            kept |= _preposition(child, loose)  # "from start to finish"
    return kept if 1 < len(kept) <= _MAX_PREPOSITION else set()


def _adverb(word: Token) -> set[int]:
    branch = {t.i for t in word.subtree if not t.is_punct}
    own = any(
        c.dep_ == "relcl" and any(g.lower_ in {"i", "we", "it", "they"} for g in c.children) for c in word.children
    )
    limit = _MAX_RELATIVE if own else 6 if word.lower_ in _AWAY else 3  # "get back in my profession"
    if len(branch) <= limit and (own or all(t.dep_ != "relcl" for t in word.subtree)):
        return branch  # "the day I get it"
    bare = word.dep_ == "advmod" and all(c.dep_ != "prep" for c in word.children)  # not "prior" of "prior to a visit"
    return {word.i} if bare else set()


def _adjective(word: Token, loose: list[set[int]]) -> set[int]:
    if word.lower_ == "worth":
        return {t.i for t in word.subtree if not t.is_punct}
    kept = {word.i}
    for child in word.children:
        if child.dep_ == "advmod" and child.i < word.i:
            kept.add(child.i)
        elif child.dep_ in {"prep", "agent"} and child.i > word.i:
            branch = _preposition(child, loose)
            kept |= branch
            loose.append(branch)
        elif child.dep_ in {"xcomp", "ccomp"} and child.i > word.i:
            kept |= _clausal(child, loose)
    return kept | _coordinated(word, loose)


def _noun(noun: Token, loose: list[set[int]]) -> set[int]:
    """Return a noun with its modifiers; relative clauses and what follows a preposition can go again."""
    kept = {noun.i, *(t.i for t in noun.doc[noun.i + 1 : noun.i + 2] if t.tag_ == "POS")}  # "get to my mum's"
    for child in noun.children:
        if child.i > noun.i and (sets_off(noun, child) or in_dashes(noun, child)):
            continue
        if child.dep_ in {"relcl", "acl"}:
            branch = {t.i for t in child.subtree if not t.is_punct}
            timed = noun.lower_ == "time" and noun.dep_ == "pobj"  # "by the time I've swept the floor"
            empty = timed or noun.lower_ in EMPTY or noun.lemma_.lower() in EMPTY
            if noun.lemma_.lower() == "way" and len(branch) > _MAX_RELATIVE and child.tag_ == "VB":
                kept |= _clausal(child, loose)  # "find ways to streamline the parts of it"
                continue
            if len(branch) <= _MAX_RELATIVE + 2 * empty and not _runs_into_another(child):
                kept |= branch
                loose += [] if empty else [branch]
            elif timed:
                return set()
            elif is_left(child):
                kept.add(child.i)
        elif child.dep_ == "prep":
            than = child.lower_ == "than" and any(c.lower_ == "rather" for c in noun.head.children)
            branch = set() if than else _preposition(child, loose)  # "I'd rather have the dark | than the noise"
            kept |= branch
            if child.lower_ != "of":
                loose.append(branch)
        elif child.dep_ in _IN_NOUN:
            kept |= {t.i for t in child.subtree if t.dep_ != "relcl" and not _is_mark(t)}
        elif child.i == noun.i + 1 and child.lower_ in {"else", "back"}:
            kept.add(child.i)  # "have somebody else do it", "give her the money back"
        elif child.lower_ in {"all", "both"}:
            kept |= {t.i for t in child.subtree}  # "not think about the gloves at all"
        elif (child.dep_ in {"advmod", "npadvmod"} and child.i < noun.i) or child.lower_ in SELF:
            kept |= {child.i, *(c.i for c in child.lefts if c.dep_ == "det")}  # "pay a bit more"
    return kept | _coordinated(noun, loose)


def _runs_into_another(relative: Token) -> bool:
    others = [t for t in relative.subtree if t != relative]
    bare = not any(t.tag_[:1] == "W" or t.dep_ == "prep" for t in others)
    if relative.lemma_ == "be" and bare and any(t.dep_ == "acomp" for t in relative.children):
        return True  # "find the right words | I was happy": nothing in it is left open
    return any(t.dep_ in {"relcl", "parataxis"} or (t.dep_ == "advcl" and t.tag_ != "VB") for t in others)


def _coordinated(word: Token, loose: list[set[int]]) -> set[int]:
    """Return the words joined to one by "and" or "or": all of a short list, none of a long one."""
    chain = list(_chain(word))
    if chain and chain[0].tag_ == "VBG" and word.lower_.endswith("ing"):
        gerunds = {t.i for c in word.children if c.dep_ == "cc" for t in c.subtree} | _clausal(chain[0], [])
        # "better about understanding and sharing what we know"
        return gerunds if len(gerunds) <= _MAX_RELATIVE else set()
    if any(c.dep_ == "dobj" for other in chain for c in other.children):
        return set()  # a verb in truth: "do research and test | ideas"
    if len(chain) > _MAX_LIST or any(c.pos_ in {"VERB", "AUX"} and word.pos_ not in {"VERB", "AUX"} for c in chain):
        return set()
    kept: set[int] = set()
    for node in (word, *chain):
        joining = (c for c in node.children if c.dep_ == "cc" and node != (chain[-1] if chain else word))
        kept |= {t.i for c in joining for t in c.subtree if not t.is_punct}  # "as well as" is three words
    for other in chain:
        kept |= _noun_alone(other)
    if kept:
        loose.append(kept)
    return kept


def _noun_alone(noun: Token) -> set[int]:
    kept = {noun.i}
    if noun.pos_ == "ADP":
        return _preposition(noun, []) or kept
    for child in noun.children:
        if child.dep_ in _IN_NOUN - {"relcl", "acl", "prep"}:
            kept |= {t.i for t in child.subtree if not _is_mark(t)}
        elif child.dep_ == "prep":
            kept |= _preposition(child, [])
        elif child.dep_ == "advmod" and child.i < noun.i:
            kept.add(child.i)
    return kept


def _chain(word: Token) -> Iterator[Token]:
    node: Token | None = word
    while node is not None:
        node = next((c for c in node.children if c.dep_ == "conj"), None)
        if node is not None:
            yield node


def _is_mark(token: Token) -> bool:
    return bool(token.is_punct and token.text not in {"-", "/", "%", "'", "’"})
