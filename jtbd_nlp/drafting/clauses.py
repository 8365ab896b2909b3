"""What situations, motivations and outcomes share: heads, negation, voice, one goal at a time, tools taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..linting.technology import technology_words
from .inflection import participle, subject_of
from .wording import render

if TYPE_CHECKING:
    from spacy.tokens import Token

# verbs that only lead to what the person is after ("use it to draft", "helps me see"); the verb below them counts
LIGHT_VERBS = frozenset(
    "want need like love hope try wish aim plan prefer use ask have let help get go start begin would tell look able "
    "allow enable continue decide choose attempt seek tend manage learn utilize leverage find expect strive intend".split()
)
# what a tool or a colleague does for the person, said from the person's side
_RECEIVED = {
    "give": "get", "send": "get", "show": "see", "tell": "know", "offer": "get", "provide": "get", "bring": "get",
    "help": "get help", "assist": "get help", "get": "get", "suggest": "get", "teach": "learn",
}  # fmt: skip
_NEVER = frozenset("never hardly rarely".split())
_NOBODY = frozenset("nobody nothing none no-one".split())
_TURNING = frozenset("without than instead".split())  # what follows is what the person does not do
_OTHERS = frozenset("he she they somebody someone everybody everyone people who".split())
_AVERSE = frozenset("hate dread dislike".split())
_WANTING = frozenset("want like wish love hope need prefer".split())
_TOOL_PREPOSITIONS = frozenset("with using through via by from on in into of for to".split())


def head_of(tokens: list[Token]) -> Token:
    """Return the token that the others hang on."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head == t or t.head.i not in inside]
    solid = [t for t in tops if t.pos_ in {"VERB", "AUX", "NOUN", "ADJ", "PROPN"}]
    return (solid or tops)[0]


def is_finite(verb: Token, tokens: list[Token]) -> bool:
    """Tell whether a verb of the span carries tense."""
    if verb.i not in {t.i for t in tokens}:
        return False
    finite = {"VBP", "VBZ", "VBD", "MD"}
    helped = any(c.dep_ in {"aux", "auxpass"} and c.tag_ in finite for c in verb.children)
    return verb.tag_ in finite or helped or (subject_of(verb) is not None and verb.tag_ == "VB")


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated itself: "not", "never", or "nobody" and the like as its subject."""
    return any(
        c.dep_ == "neg"
        or c.lower_ in _NEVER
        or (c.dep_ in {"nsubj", "nsubjpass"} and (c.lower_ in _NOBODY or any(d.lower_ == "no" for d in c.children)))
        for c in verb.children
    )


def is_denied(verb: Token) -> bool:
    """Tell whether anything above a verb in its sentence is negated: "I wasn't going to delete it"."""
    return any(is_negated(t) or t.lower_ in _TURNING for t in verb.ancestors)


def is_unwanted(verb: Token) -> bool:
    """Tell whether what is negated is the wish for this very verb: "I don't want to lose it"."""
    node = verb
    while node.dep_ in {"xcomp", "ccomp"} and node.head != node:
        node = node.head
        if is_negated(node):
            return node.lemma_.lower() in _WANTING
        if node.lemma_.lower() in _AVERSE:
            return True
    return False


def passive_lead(verb: Token) -> str | None:
    """Return "be paid" for a verb in the passive voice, else None."""
    if (
        any(c.dep_ == "auxpass" or (c.dep_ == "aux" and c.lemma_ == "get") for c in verb.children)
        and verb.tag_ == "VBN"
    ):
        return f"be {verb.text.lower()}"
    return None


def own_progress(tokens: list[Token], verb: Token) -> tuple[list[Token], str]:
    """Say from the person's side what others are to do for them: "give me ideas" gives get, "remind me" be reminded.

    Parameters
    ----------
    tokens : list of Token
        From the verb on.
    verb : Token
        The first of them.

    Returns
    -------
    tuple of list of Token and str
        The tokens without "me", and what to write for the verb.
    """
    lemma = verb.lemma_.lower()
    passive = passive_lead(verb)
    if passive is not None:
        return tokens, passive
    served = next((t for t in tokens if t.head == verb and t.lower_ in {"me", "us"} and t.i == verb.i + 1), None)
    if served is None:
        wants_thing = lemma in {"want", "need", "wish"} and any(c.dep_ == "dobj" for c in verb.children)
        return tokens, "have" if wants_thing else lemma
    rest = [t for t in tokens if t != served]
    if any(c.dep_ == "dobj" and c != served for c in verb.children) and lemma not in _RECEIVED:
        return rest, "get"  # "draft me a letter"
    return rest, _RECEIVED.get(lemma, f"be {participle(lemma)}")


def keep_one_goal(tokens: list[Token], verb: Token) -> list[Token]:
    """Cut before a second verb that is coordinated with the first."""
    inside = {t.i for t in tokens}
    seconds = [c for c in verb.children if c.dep_ == "conj" and c.i in inside and c.pos_ in {"VERB", "AUX"}]
    if not seconds:
        return tokens
    first = min(seconds, key=lambda t: int(t.i))
    border = min(t.i for t in first.subtree if t.i > verb.i)
    joiners = [t.i for t in tokens if t.dep_ == "cc" and t.head == verb and t.i < first.i]
    return [t for t in tokens if t.i < min([border, first.i, *joiners])]


def sharing_object(verb: Token, inside: set[int]) -> Token:
    """Return the verb that has the object in "refine, rewrite or correct errors"."""
    objects = {"dobj", "prep", "prt", "xcomp", "ccomp", "acomp", "attr"}
    own = [c for c in verb.children if c.i in inside and c.dep_ in objects]
    others = [c for c in verb.children if c.dep_ == "conj" and c.i in inside and c.pos_ == "VERB"]
    return others[0] if others and not own else verb


def drop_tools(tokens: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """Take out phrases that name a tool ("with ChatGPT", "using Excel"); what was taken out is told."""
    inside = {t.i for t in tokens}
    gone: set[int] = set()
    removed: list[str] = []
    for token in tokens:
        leads = token.lower_ in _TOOL_PREPOSITIONS and token.dep_ in {"prep", "agent", "advcl", "acl", "pcomp"}
        if not leads or token.i in gone:
            continue
        phrase = [t for t in token.subtree if t.i in inside]
        words = render(phrase, {}, first_person=False)
        if technology_words(words) and len(phrase) <= 6 and phrase[0].i != tokens[0].i:
            gone |= {t.i for t in phrase}
            removed.append(words)
    return [t for t in tokens if t.i not in gone], tuple(removed)


def names_technology(text: str) -> int:
    """Count the technology words that are left in a wording."""
    return len(technology_words(text))


def own_subject(verb: Token) -> Token | None:
    """Return the verb's own subject where it is neither the speaker nor a tool: "the bill" in "I want the bill to be ready"."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.lower_ in {"i", "we", "you", "me", "us", "it", "this", "that", "which"}:
        return None
    return None if names_technology(subject.text) else subject


def is_others_goal(verb: Token) -> bool:
    """Tell whether somebody else is after it: "they'd try to sell me something"."""
    node = verb
    if verb.lemma_.lower() in _WANTING and any(
        c.dep_ == "nsubj" and c.lower_ in _OTHERS | {"it"} for c in verb.children
    ):
        return True
    while node.dep_ in {"xcomp", "ccomp", "conj"} and node.head != node:
        node = node.head
        subject = next((c for c in node.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None:
            person = subject.lower_ in _OTHERS or (
                subject.pos_ in {"NOUN", "PROPN"} and not names_technology(subject.text)
            )
            mine = any(c.lower_ in {"my", "our"} and c.dep_ == "poss" for c in subject.children)
            return bool(person and not mine and node.lemma_.lower() in LIGHT_VERBS)
    return False


def is_duty(verb: Token) -> bool:
    """Tell whether a verb is only an obligation: "I had to drive out"."""
    return bool(verb.dep_ == "xcomp" and verb.head.lemma_.lower() in {"have", "get"})


def is_possession(verb: Token) -> bool:
    """Tell whether a verb only says what somebody has: "I've got fourteen people"."""
    return bool(verb.lower_ == "got" and any(c.lemma_.lower() in {"have", "'ve", "’ve"} for c in verb.children))
