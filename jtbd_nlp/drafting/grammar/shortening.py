"""A word of a parsed goal in, how much a reader of a short name would miss it and what hangs on it, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .complements import MEASURES, completes, is_needed, is_predicate
from .trees import EMPTY

if TYPE_CHECKING:
    from spacy.tokens import Token

STAYS = 99.0  # nothing can be said without it
_LITTLE, _SOME, _MUCH, _MOST, _ALL = 0.9, 1.3, 2.2, 4.0, 7.0
_FIRM = frozenset(
    "not never only no hardly how what where why when whenever too more less most least as so enough".split()
)
_PALE = frozenset(
    "very quite pretty rather fairly somewhat really exactly indeed extremely still already just also even ever maybe "
    "actually probably yet relevant various overall necessary appropriate".split()
)
_WAYS = frozenset("back out up down off home away together apart along ahead on in over forward through".split())
# verbs that say little: what is had, got or made is told by what follows
_LIGHT = frozenset("know have be get make take keep give do put feel".split())
# nouns that say nothing without "of ..."
_SHARES = frozenset(
    "picture idea sense list understanding overview lot number rest part half third kind set range feel feeling".split()
)
# nouns that are too broad to stand alone where something is said of them: "the info | needed to decide"
_BROAD = frozenset("info information data material detail content work".split())
_PAIRS = frozenset("both between either".split())
_WHEN = frozenset("when before after while once since because as by".split())
_BOUND = frozenset("unless until without if".split())
_NO_TIMES = frozenset("way lot bit percent".split())
_TIMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday moment once end start beginning".split()
)
_VERBS = frozenset({"VERB", "AUX"})


def loss_of(word: Token) -> float:
    """Return how much is missed of a goal without a word and what hangs on it; `STAYS` where the rest cannot stand."""
    role = word.dep_
    if role in {"advmod", "npadvmod", "amod", "mark", "intj"} and word.lower_ not in _FIRM:
        return _of_single(word)
    if role in {"prep", "agent"}:
        return _of_preposition(word)
    if role in {"relcl", "acl"}:
        return _of_relative(word)
    if role == "advcl":
        return _of_clause(word)
    if role == "conj":
        return _of_second(word)
    if role == "ccomp" and word.head.dep_ == "relcl" and word.head.lemma_ in {"know", "understand"}:
        return _MUCH  # "being the only one who knows | what it costs"
    if role == "ccomp" and word.left_edge.lower_ == "not":
        return _SOME  # "a list of what they swallow | not what somebody wrote down"
    return _LITTLE if role in {"parataxis", "appos"} else STAYS


def _of_single(word: Token) -> float:
    """Return the loss of an adverb, an adjective, or the "that" before a clause."""
    head, role = word.head, word.dep_
    if role == "mark":
        return 0.1 if _is_spare_that(word) else STAYS
    if word.lower_ in _PALE and head.pos_ != "ADP" and not (word.i and word.nbor(-1).lower_ in {"a", "an"}):
        return 0.3
    if role == "amod" and word.i > head.i and any(c.lower_ in {"to", "than"} for c in word.rights):
        return _SOME  # "an outline | similar to a glossary"
    if role in {"amod", "intj"} or head.pos_ not in _VERBS or any(t.tag_[:1] == "W" for t in word.subtree):
        return STAYS
    if role == "npadvmod" and word.left_edge.i - 1 in {head.i, *(c.i for c in head.children if c.pos_ == "ADP")}:
        return STAYS  # "see what I'd pay over | a year"
    if role == "advmod" and word.tag_[:2] == "NN" and word.i < head.i:
        return STAYS  # a subject that was misread: "so | people'd | stop asking"
    if word.i and word.nbor(-1).tag_ == "POS":
        return 0.1  # "behind Alan's | back", where the parse took it for a way
    if word.lower_ in _WAYS and word.right_edge.i == word.left_edge.i:
        return STAYS
    alone = word.left_edge.i == head.i + 1 and not any(c.i > word.i for c in head.children)
    if head.lemma_ == "be" and is_predicate(word):
        return STAYS
    return _MUCH if alone else _LITTLE


def _is_spare_that(mark: Token) -> bool:
    """Tell whether "that" opens what is known or seen to: "know | that | nothing goes out"."""
    verb = mark.head.head
    return mark.lower_ == "that" and mark.head.dep_ == "ccomp" and verb.pos_ in _VERBS | {"ADJ"} and verb.i < mark.i


def _of_preposition(prep: Token) -> float:
    head = prep.head
    told = [c for c in prep.children if c.dep_ in {"pobj", "pcomp", "prep", "amod"} and c.i > prep.i]
    if not told or prep.lower_ == "than" or head.pos_ == "ADP":
        return STAYS
    if prep.lower_ in {"without", "into"}:
        return 1.8 if prep.lower_ == "without" else _ALL  # "run | into a dead end"
    if head.pos_ in _VERBS:
        return _beside_verb(prep, told[0])
    if head.pos_ in {"ADJ", "ADV"}:
        return _MUCH if head.dep_ == "advmod" or (head.dep_ == "amod" and prep.lower_ not in {"of", "to"}) else STAYS
    return _beside_noun(prep)


def _beside_noun(prep: Token) -> float:
    noun = prep.head
    if any(c.dep_ == "pobj" and c.pos_ == "PRON" and c.i == prep.i + 1 for c in prep.children):
        return STAYS  # "a name | on it" says more in two words than any other two
    if any(c.dep_ == "relcl" for c in noun.children):
        return _SOME  # "the only one | in the house | who knows"
    if noun.lemma_.lower() in _SHARES or noun.tag_ in {"DT", "CD", "JJ"}:
        return _ALL  # "each | of my articles"
    if prep.lower_ == "between" or noun.lemma_.lower() in EMPTY | MEASURES:
        return _MOST
    of_light = noun.dep_ in {"dobj", "attr"} and noun.head.lemma_.lower() in _LIGHT
    return _MUCH if of_light or prep.lower_ in {"of", "about"} else _SOME


def _beside_verb(prep: Token, told: Token) -> float:
    verb = prep.head
    objects = [c for c in verb.children if c.dep_ in {"dobj", "attr", "acomp"}]
    if verb.lemma_ == "be" and not objects and verb.dep_ != "pcomp":
        return STAYS  # "he's | up my way"
    if _is_time(told) or any(c.dep_ == "ccomp" and any(t.dep_ == "mark" for t in c.lefts) for c in verb.children):
        return 1.0  # "know | for certain | that she's in"
    if prep.lower_ == "to" and any(c.lower_ == "from" and c.i < prep.i for c in verb.children):
        return STAYS  # "goes from them | to the landlord"
    if _is_called_for(prep, told, objects):
        return _MOST
    light = verb.lemma_.lower() in _LIGHT - {"be"} or all(c.pos_ == "PRON" for c in objects)
    return _MUCH if light else _SOME  # "have her hear it | from somebody", "put it | in one place"


def _is_called_for(prep: Token, told: Token, objects: list[Token]) -> bool:
    """Tell whether a verb says too little without its preposition: "plug it | into the wall"."""
    verb = prep.head
    if told.lower_ in {"way", "ways"} or is_needed(prep):
        return True
    if prep.i == verb.i + 1 and any(c.i > prep.right_edge.i for c in objects):
        return True  # "sort | through the ideas | my brain clings to": the object is a misreading
    timed = any(c.lemma_.lower() in MEASURES for c in objects)  # "spend more time | on the hard ones"
    return timed or (verb.dep_ == "relcl" and not objects)


def _is_time(noun: Token) -> bool:
    return noun.lemma_.lower() in (MEASURES - _NO_TIMES) | _TIMES or noun.ent_type_ in {"DATE", "TIME"}


def _of_relative(verb: Token) -> float:
    noun = verb.head
    holder = noun.head.lemma_.lower()
    pointed = noun.dep_ in {"attr", "dobj"} and any(c.lower_ in {"the", "those"} for c in noun.children)
    of_light = noun.dep_ in {"dobj", "attr"} and holder in _LIGHT
    if of_light or noun.lemma_.lower() in EMPTY | MEASURES | _BROAD:
        return _MOST  # "the one who knows", "have the bills paid", "have a bill a person can read"
    return 2.5 if pointed else _SOME


def _of_clause(verb: Token) -> float:
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    if completes(verb):
        return STAYS
    if marks & _BOUND:
        return 2.0
    led = not marks and verb.i > verb.head.i
    if led and (verb.head.lemma_.lower() == "have" or verb.head.dep_ == "acl"):
        return STAYS  # "have six people | saying it", "the info needed | to decide"
    return 1.0 if marks & _WHEN else _SOME


def _of_second(word: Token) -> float:
    """Return the loss of what is joined to a word by "and", with what is joined to that."""
    head = word.head
    paired = any(t.lower_ in _PAIRS for t in word.doc[max(head.left_edge.i - 1, 0) : word.i])
    objects = [any(c.dep_ == "dobj" for c in verb.children) for verb in (head, word)]
    shared = head.pos_ == "VERB" and objects == [False, True]  # "know how to sell | or make rolls"
    # "a dear | or old one", "A, B | and C"
    if paired or shared or head.dep_ in {"amod", "conj"}:
        return STAYS
    return _SOME if any(c.tag_ == "PRP$" for c in word.children) else _LITTLE  # "every man and his dog"
