"""Verb of a parsed sentence in, whether it is negated, denied, or just what somebody does not want, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEVER = frozenset("never hardly rarely".split())
_UNWILLING = frozenset("unwilling reluctant hesitant rare unlikely".split())  # what hangs on these is hardly done
_BAD = frozenset("wrong dangerous risky unethical foolish trap mistake waste".split())
# if supposed
_DREADED = frozenset("terrible awful horrible bad nightmare frightening scary sad upsetting shame".split())
# "no risk of taking over my job"
_ABSENT = frozenset("chance risk danger intention interest desire point need".split())
_NOBODY = frozenset("nobody nothing none no-one".split())
_TURNING = frozenset("without than instead".split())  # what follows is what the person does not do
_MORE = frozenset("just only merely simply".split())
AVERSE = frozenset("hate dread dislike".split())
_WANTING = frozenset("want like wish love hope hop prefer".split())  # not "need": "I need not" only says it is no duty


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated itself: "not", "never", or "nobody" and the like as its subject."""
    return any(
        (c.dep_ == "neg" and not (_is_more(c) or _is_contrast(c)))
        or c.lower_ in _NEVER
        or is_no_longer(c)
        or (c.dep_ in {"nsubj", "nsubjpass"} and (c.lower_ in _NOBODY or any(d.lower_ == "no" for d in c.children)))
        for c in verb.children
    )


def is_no_longer(adverb: Token) -> bool:
    """Tell whether a word is "longer" of "no longer"."""
    return adverb.lower_ == "longer" and any(c.lower_ == "no" for c in adverb.children)


def _is_more(negation: Token) -> bool:
    """Tell whether a "not" only says that there is more: "it is my job not just to edit it"."""
    asked = any(c.tag_ == "MD" or c.lemma_ == "do" for c in negation.head.children if c.dep_ == "aux")
    return not asked and negation.i + 1 < len(negation.doc) and negation.nbor(1).lower_ in _MORE


def _is_contrast(negation: Token) -> bool:
    """Tell whether a "not" behind a verb only says when or how it is not to be: "hear it that day, not when I dig for it"."""
    verb = negation.head
    return bool(verb.pos_ == "VERB" and negation.i > verb.i + 1 and negation.nbor(-1).is_punct)


def is_denied(verb: Token) -> bool:
    """Tell whether anything above a verb in its sentence is negated: "I wasn't going to delete it"."""
    if verb.i and verb.nbor(-1).lower_ == "than":
        return True  # "help people rather than ban it"
    if _is_bad_to(verb):
        return True
    passed: set[str] = set()
    for node in _bearing(verb):
        if node != verb and (is_negated(node) or node.lower_ in _TURNING or _is_too(node)):
            return True
        if not passed & {"conj", "relcl"} and _is_hardly_done(node, verb):
            return True  # not "I was reluctant, but it saves me a day", nor "no need to type, which saves me time"
        passed.add(node.dep_)
        if any(c.lower_ == "so" and c.i < node.i and c.dep_ in {"mark", "advmod", "cc"} for c in node.children):
            return False  # "without having to ask, so I can pay my rent": what it is for is not denied
    return False


def _is_hardly_done(node: Token, verb: Token) -> bool:
    """Tell whether what hangs on a word is seldom or never done: "unwilling to", "it is rare that", "no risk of"."""
    if node != verb and node.lower_ in _UNWILLING:
        return True
    if any(c.dep_ == "acomp" and c.lower_ in _UNWILLING and c not in verb.subtree for c in node.children):
        return True
    missed = node.lemma_ == "chance" and not any(c.lower_ == "of" for c in node.children)  # "no chance to look"
    return node.lemma_.lower() in _ABSENT and any(c.lower_ == "no" for c in node.children) and not missed


def _is_bad_to(verb: Token) -> bool:
    """Tell whether doing it is called bad: "it would be terrible to lose it", "learning it by heart is a trap"."""
    judge = verb.head.head if verb.dep_ == "xcomp" and verb.head.dep_ == "acomp" else verb.head
    infinitive = verb.tag_ == "VB" and verb.dep_ in {"xcomp", "ccomp", "advcl"}
    if judge.lemma_ != "be" or not (infinitive or verb.dep_ == "csubj") or is_negated(judge):
        return False
    # "it is terrible to plan this" is a struggle
    supposed = any(c.dep_ == "aux" and c.tag_ == "MD" for c in judge.children)
    bad = _BAD | _DREADED if supposed else _BAD
    return any(c.dep_ in {"acomp", "attr"} and c.lemma_.lower() in bad for c in judge.children)


def _bearing(verb: Token) -> Iterator[Token]:
    """Yield a verb and what it hangs on, up to a clause that only stands before the next: "I like it so, I don't mind"."""
    for node in (verb, *verb.ancestors):
        yield node
        if node.dep_ == "ccomp" and node.i < node.head.i:
            return


def _is_too(word: Token) -> bool:
    """Tell whether a word is "too much", "too risky": what hangs on it is not done."""
    return any(c.lower_ == "too" and c.dep_ == "advmod" and c.i < word.i for c in word.children)


def _denies_reason(verb: Token) -> bool:
    """Tell whether a "not" stands before "because": "not because I want to spy" says nothing of what is wanted."""
    marks = [c.i for c in verb.children if c.lower_ == "because"]
    return any(c.dep_ == "neg" and c.i < i for c in verb.children for i in marks)


def is_unwanted(verb: Token) -> bool:
    """Tell whether what is negated is the wish for this very verb: "I don't want to lose it"."""
    node = verb
    while node.dep_ in {"xcomp", "ccomp"} and node.head.i < node.i:
        node = node.head
        if is_negated(node):
            return node.lemma_.lower() in _WANTING and not _denies_reason(node)
        if node.lemma_.lower() in AVERSE:
            return True
    return False


def is_wished_away(verb: Token) -> bool:
    """Tell whether what is negated hangs on "wish", so that its contrary is: "I wish I couldn't hear them"."""
    return bool(verb.dep_ == "ccomp" and verb.head.lemma_.lower() == "wish" and verb.head.i < verb.i)
