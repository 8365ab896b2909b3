"""What situations, motivations and outcomes share: heads, negation, voice, one goal at a time, tools taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...linting.technology import technology_words
from .inflection import base_form, doer_of, participle, subject_of
from .negation import is_negated, is_unwanted
from .persons import is_my
from .wording import render

if TYPE_CHECKING:
    from spacy.tokens import Token

# verbs that only lead to what the person is after ("use it to draft", "helps me see"); the verb below them counts
LIGHT_VERBS = frozenset(
    "want need like love hope hop try wish aim plan prefer use ask have let help get go start begin would tell look able "
    "allow enable continue decide choose attempt seek tend manage learn utilize leverage find expect strive intend".split()
)
# what a tool or a colleague does for the person, said from the person's side
_RECEIVED = {
    "give": "get", "send": "get", "show": "see", "tell": "know", "offer": "get", "provide": "get", "bring": "get",
    "help": "get help", "assist": "get help", "get": "get", "suggest": "get", "teach": "learn", "save": "save",
}  # fmt: skip
_OTHERS = frozenset("he she they them him her somebody someone everybody everyone people who".split())
_OURS = frozenset(
    "team company firm business organisation organization department office group family school agency studio lab shop crew "
    "startup practice clinic church club charity board unit bureau household store restaurant university".split()
)
_SPEAKER = frozenset("i me we us myself".split())
_HAVING_DONE = frozenset("need want let make get suggest like love prefer ask".split())
_RELYING = frozenset("rely depend lean".split())  # what somebody relies on cannot be left out
_MOVING = frozenset("take get bring drive keep move".split())
_USE = frozenset("use help aid assistance support".split())
_WANTING = frozenset("want like wish love hope hop need prefer".split())
_TOOL_PREPOSITIONS = frozenset("with using through via by from on in into of for to".split())

_INSTRUCTING = frozenset(
    "ask tell prompt describe explain send upload feed input type paste give show engage collaborate work interact chat "
    "talk request use instruct speak communicate discuss try test teach train put run query enter copy master adopt learn".split()
)
_MACHINE = re.compile(r"\b(?:model|ai|prompts?|it)\b", re.I)


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
    subject = subject_of(verb)
    # what the parser took for a genitive is "is" or "has": "Maureen's handed over"
    helped |= verb.tag_ == "VBN" and verb.i > 1 and verb.nbor(-1).tag_ == "POS" and verb.nbor(-2) == subject
    return verb.tag_ in finite or helped or (subject is not None and verb.tag_ == "VB")


def has_object(verb: Token) -> bool:
    """Tell whether a verb has a direct object."""
    return any(c.dep_ == "dobj" for c in verb.children)


def passive_lead(verb: Token) -> str | None:
    """Return "be paid" for a verb in the passive voice, else None."""
    if (
        any(
            (c.dep_ == "auxpass" and (c.lower_ not in {"'s", "’s"} or not has_object(verb)))
            or (c.dep_ == "aux" and c.lemma_ == "get")
            for c in verb.children
        )
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
    lemma = base_form(verb)
    passive = passive_lead(verb)
    if passive is not None:
        return tokens, passive
    mover = subject_of(verb.head) if lemma in _MOVING and verb.dep_ == "xcomp" else None
    moved = mover is not None and mover.lower_ in {"i", "we"}  # "I want to get us out": the speaker does it
    served = next(
        (
            t
            for t in tokens
            if t.lower_ in {"me", "us"}
            and not (moved and t.lower_ == "us")
            and not is_my(t)
            and t.i == verb.i + 1
            and (t.head == verb or lemma == "help")
        ),
        None,
    )
    if served is None and lemma == "help" and len(tokens) > 1 and tokens[1].tag_ == "VB":
        return tokens, ""  # "help revise emails"
    if served is None:
        wants_thing = lemma in {"want", "need", "wish"} and any(c.dep_ == "dobj" for c in verb.children)
        return tokens, "have" if wants_thing else lemma
    handed = lemma in {"provide", "supply", "present"}  # "it provides me with a reason"
    if lemma == "help" and _goes_on_bare(served):
        return [t for t in tokens if t != served], ""  # "help me bridge gaps", read as a noun
    rest = [t for t in tokens if t != served and not (handed and t.lower_ == "with" and t.head == verb)]
    if any(c.dep_ == "dobj" and c != served for c in verb.children) and lemma not in _RECEIVED:
        return rest, "get"  # "draft me a letter"
    return rest, _RECEIVED.get(lemma, f"be {participle(lemma)}")


def _goes_on_bare(word: Token) -> bool:
    """Tell whether a noun without an article follows, which is a verb in truth: "help me | scaffold questions"."""
    following = word.nbor(1) if word.i + 1 < len(word.doc) else None
    return (
        following is not None
        and following.tag_ in {"NN", "VB", "VBP"}
        and following.dep_ in {"compound", "dobj", "amod"}
    )


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
        if token.lower_ in {"with", "without"} and any(c.lower_ in _USE for c in token.children):
            token_leads = True  # "without the use of AI"
        else:
            token_leads = token.lower_ in _TOOL_PREPOSITIONS
        leads = token_leads and token.dep_ in {"prep", "agent", "advcl", "acl", "pcomp"}
        if not leads or token.i in gone or (token.head.lemma_ == "be" and token.head.i in inside):
            continue  # "trust what's on the screen"
        phrase = [t for t in token.subtree if t.i in inside]
        words = render(phrase, {}, first_person=False)
        needed = token.lower_ in {"on", "upon"} and token.head.lemma_.lower() in _RELYING
        if technology_words(words) and not needed and len(phrase) <= 6 and phrase[0].i != tokens[0].i:
            gone |= {t.i for t in phrase} | _left_alone(token.head, inside - {t.i for t in phrase})
            removed.append(words)
    return [t for t in tokens if t.i not in gone], tuple(removed)


def _left_alone(word: Token, inside: set[int]) -> set[int]:
    """Return the place of a participle that says nothing by itself: "revise it based | on the AI's answer"."""
    joined = word.tag_ == "VBN" and word.dep_ in {"prep", "acl", "advcl"} and word.i in inside
    return {word.i} if joined and not any(c.i in inside for c in word.children) else set()


def names_technology(text: str) -> int:
    """Count the technology words that are left in a wording."""
    return len(technology_words(text))


def own_subject(verb: Token) -> Token | None:
    """Return the verb's own subject where it is neither the speaker nor a tool: "the bill" in "I want the bill to be ready"."""
    subject = doer_of(verb)
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
    holder = verb
    while node.dep_ in {"xcomp", "ccomp", "conj", "acomp", "pcomp"} and node.head != node:
        below, node = node, node.head.head if node.dep_ == "pcomp" else node.head  # "my boss uses it for planning"
        if below.dep_ != "conj":
            holder = below if below.lower_ == "able" else node  # the verb whose subject it is, shared or not
        subject = next((c for c in reversed(list(node.lefts)) if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None:
            return _is_others(subject) and _is_their_aim(holder, subject)
    return False


def _is_others(subject: Token) -> bool:
    if any(c.dep_ == "conj" and c.lower_ in _SPEAKER for c in subject.children):
        return False  # "my husband and I"
    named = subject.pos_ in {"NOUN", "PROPN"} and not names_technology(subject.text)
    return subject.lower_ in _OTHERS or named


def _is_their_aim(holder: Token, subject: Token) -> bool:
    """Tell whether a verb, or "able", between a subject and what is done makes it the subject's: "our clients want to know"."""
    lemma = holder.lemma_.lower()
    owned = any(c.lower_ in {"my", "our"} and c.dep_ == "poss" for c in subject.children)
    if owned and (subject.lemma_.lower() in _OURS or lemma not in _WANTING | {"use"}):
        return False
    return lemma in LIGHT_VERBS and (lemma != "able" or subject.tag_ in {"NNS", "PRP"})


def lacks_its_object(verb: Token) -> bool:
    """Tell whether the object of a verb stands outside its phrase: "notes take long to complete", "a goal I want to reach"."""
    own = {"dobj", "ccomp", "xcomp", "attr", "acomp", "prt"}
    if any(c.dep_ in own for c in verb.children):
        return False
    node = verb
    while node.dep_ in {"xcomp", "ccomp"} and node.head.pos_ in {"VERB", "AUX"}:
        node = node.head
    fronted = node.dep_ == "relcl" and not any(c.dep_ == "nsubj" and c.tag_ in {"WDT", "WP"} for c in node.children)
    hard = node.dep_ in {"xcomp", "advcl", "ccomp"} and node.head.lemma_.lower() in {
        "take",
        "hard",
        "difficult",
        "easy",
    }
    return bool(fronted or hard)


def is_done_to_person(tokens: list[Token]) -> bool:
    """Tell whether somebody else does it with or to the person: "engage in dialogue with me"."""
    return any(t.lower_ in {"me", "us"} and t.dep_ == "pobj" and t.head.lower_ in {"with", "to", "on"} for t in tokens)


def has_another_doer(verb: Token) -> bool:
    """Tell whether the object of the verb above does it: "I needed the walls to contain frames", "used to require"."""
    head = verb.head
    if verb.i > 1 and verb.nbor(-1).lower_ == "all" and doer_of(verb.nbor(-1)) is not None:
        return True  # "I want them to all be there"
    if head.lower_ == "able" and head.head.lemma_ == "be":
        subject = next((c for c in head.head.children if c.dep_ == "nsubj"), None)
        led = any(c.lower_ == "to" for c in head.head.children)
        return led and subject is not None and subject.lower_ not in {"i", "we", "you", "it", "me", "us"}
    if verb.dep_ not in {"xcomp", "ccomp", "advcl"} or not any(c.lower_ == "to" for c in verb.children):
        return False
    between = verb.doc[head.i + 1 : verb.i]
    if head.lower_ == "used" and head.lemma_.lower() == "use" and all(t.pos_ in {"ADV", "PART"} for t in between):
        return True
    doers = [c for c in head.children if c.dep_ in {"dobj", "nsubj"} and head.i < c.i < verb.i]
    kept = (d for d in doers if d.lower_ not in {"it", "me", "us", "you", "myself"} and not names_technology(d.text))
    return head.lemma_.lower() in _HAVING_DONE and any(kept)


def is_wished(verb: Token) -> bool:
    """Tell whether somebody says in so many words that they want it: "I want to", "I'd love to", "I need to be sure"."""
    node = verb
    for _ in range(4):
        if any(c.dep_ == "csubj" and c.lemma_.lower() in _WANTING for c in node.head.children):
            return True  # "what I want is to get it done"
        if node.dep_ not in {"xcomp", "ccomp", "conj", "acomp", "attr", "pcomp"} or node.head == node:
            return False
        node = node.head
        if node.lemma_.lower() in _WANTING:
            return not is_negated(node) or is_unwanted(verb)
    return False


def is_duty(verb: Token) -> bool:
    """Tell whether a verb is only an obligation: "I had to drive out"."""
    return bool(verb.dep_ == "xcomp" and {verb.head.lemma_.lower(), verb.head.lower_} & {"have", "get", "'d", "’d"})


def is_possession(verb: Token) -> bool:
    """Tell whether a verb only says what somebody has: "I've got fourteen people"."""
    return bool(verb.lower_ == "got" and any(c.lemma_.lower() in {"have", "'ve", "’ve"} for c in verb.children))


def instructs_tool(verb: Token) -> bool:
    """Tell whether a verb says what is typed into a tool or handed to it, and not what is got from that."""
    if verb.lemma_.lower() not in _INSTRUCTING:
        return False
    direct = [c for c in verb.children if c.i > verb.i and c.dep_ in {"dobj", "dative", "prep", "pobj"}]
    objects = [*direct, *(p for c in direct for p in c.children if p.dep_ == "pobj")]
    named = " ".join(f"{' '.join(t.text for t in o.lefts)} {o.text}" for o in objects)
    return bool(names_technology(named) or _MACHINE.search(named))
