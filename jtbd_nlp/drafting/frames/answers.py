"""Sentence that answers "what would you want?" in, what it wishes for out, as frames.

In talk the wanting stands in the question, and the answer holds only what is wanted: "That I'm told the same day.", "Two
shelves by the door.", "To see who has it.", "I'd have a bell.", "Let me pick the hour.". Where the answer is only a part of a
sentence, it is read as one that begins with "What I'd like is": a parser knows such sentences, and not the part alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..grammar.inflection import doer_of
from ..grammar.negation import is_negated
from ..vetoes.speaking import asked_of, has_auxiliary, is_described, is_infinitive
from .aims import state_to_be
from .frame import Frame
from .wishing import is_wanted_thing

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BEGINNINGS = ("What I'd like is ", "I'd like ")  # the second where the first gives nothing
_LEADS = frozenset(
    "and or so but well just only then maybe ideally um uh er erm oh no yes yeah ah okay right like honestly really "
    "probably perhaps even first basically".split()
)
_WOULD = frozenset("would 'd ’d".split())
# what "I'd" leads to that is no wish: a way of speaking, or how it would feel
_IDLE = frozenset(
    "be say think guess imagine suppose hope know feel agree argue call see expect mean use wish wave do go pay want need "
    "like love prefer".split()
)
_HOLDING = frozenset("have get".split())
_SPEAKING = frozenset(
    "think see guess put explain finish check tell ask start look show begin rephrase clarify add".split()
)
_SERVING = frozenset("tell show ask give send ring warn remind pay".split())
_OPEN = frozenset("something somebody someone somewhere".split())
_EMPTY = frozenset("thing rest way part area aspect lot bit kind sort reason problem difference".split())
_POINTED = frozenset("no not this that these those which what".split())
_NAMING = frozenset("NOUN NUM DET ADJ".split())
_SUBJECTS = frozenset("nsubj nsubjpass csubj csubjpass expl".split())
_TALK = frozenset("look word chat think go problem issue question".split())
_SUPPOSING = frozenset("suppose think guess reckon say".split())  # "a list, I suppose"
_RELATIVES = frozenset("that who which where you i we to".split())


def answer_frames(doc: Doc) -> Iterator[Frame]:
    """Yield what a sentence wishes for that answers a question for a wish, where its own parse shows it.

    Parameters
    ----------
    doc : Doc
        A parsed sentence of the answer.
    """
    first = _first(doc)
    if first is None or doc[-1].text == "?":
        return
    root = next(t for t in (first, *first.ancestors) if t.dep_ == "ROOT")
    for rule in _RULES:
        found = list(rule(first, root))
        if found:
            yield from found
            return


def completed(doc: Doc, beginning: str) -> tuple[str, int] | None:
    """Return a whole sentence of which an answer is the end, and where the answer begins in its own words.

    Parameters
    ----------
    doc : Doc
        A parsed sentence of the answer.
    beginning : str
        One of `BEGINNINGS`.

    Returns
    -------
    tuple of str and int, or None
        None where the answer is a sentence by itself.
    """
    first = _first(doc)
    late = any(t.lower_ == "had" and t.dep_ == "aux" for t in doc)  # "that somebody had told me"
    if first is None or late or doc[-1].text == "?" or not _is_part(first):
        return None
    rest = doc.text[first.idx :]
    capital = first.pos_ != "PROPN" and first.text != "I" and rest[1:2] == rest[1:2].lower()
    return beginning + (rest[0].lower() + rest[1:] if capital else rest), first.idx


def is_wish(frame: Frame) -> bool:
    """Tell whether what a completed sentence gives is wished, not "one thing that ..." or the first half of a scene."""
    verb = frame.verb
    if frame.operator == "have":
        told = {c.dep_ for c in verb.children}
        return (
            verb.lemma_.lower() not in _EMPTY
            and not _is_known(verb)
            and not told.isdisjoint({"amod", "compound", "prep", "relcl", "acl"})
        )
    there = any(c.dep_ == "expl" for c in verb.children)
    idle = there and any(c.dep_ == "attr" and c.lemma_.lower() in _EMPTY for c in verb.children)
    # "that I'd walk to the door, and on the wall it says who is in"
    scene = any(c.dep_ == "conj" and doer_of(c) is not None for c in verb.children)
    return not (idle or (scene and frame.operator != "know"))


def _first(doc: Doc) -> Token | None:
    """Return the first word that is no filler, also behind "just when it goes wrong, "."""
    first = next((t for t in doc if not (t.is_punct or t.is_space or t.lower_ in _LEADS)), None)
    if first is not None and first.lower_ in {"when", "if", "on", "in", "at"}:
        comma = next((t for t in doc[first.i :] if t.text == ","), None)
        if comma is not None and comma.i + 1 < len(doc) and comma.nbor(1).lower_ in {"to", "that"}:
            return comma.nbor(1)
    return first


def _is_part(first: Token) -> bool:
    """Tell whether a sentence that begins so is only what is wanted: "That he knows", "To see it", "A list that ..."."""
    following = first.doc[first.i + 1] if first.i + 1 < len(first.doc) else None
    if following is None:
        return False
    if first.lower_ == "that":
        return following.tag_[:2] not in {"VB", "MD"} and following.dep_ != "punct"
    if first.lower_ in {"to", "for"}:
        return any(is_infinitive(t) for t in first.doc[first.i :])
    if first.lower_ in {"not", "never"}:
        return bool(following.tag_ == "VBG" or following.lower_ == "to")
    root = next(t for t in (first, *first.ancestors) if t.dep_ == "ROOT")
    doer = doer_of(root)
    aside = root.lemma_.lower() in _SUPPOSING and doer is not None and doer.i > first.i and doer.nbor(-1).text == ","
    whole = (
        not aside
        and root.pos_ in {"VERB", "AUX"}
        and root.tag_ != "VBG"
        and any(c.dep_ in _SUBJECTS for c in root.children)
    )
    if first.tag_ == "VBG":
        return not whole
    named = first.pos_ in _NAMING or first.lower_ in _OPEN
    return named and first.lower_ not in _POINTED and (not whole or following.lower_ in _RELATIVES)


def _if_so(first: Token, root: Token) -> Iterator[Frame]:
    """Yield for "If the sign stayed where it is."."""
    doer = doer_of(root)
    alone = first.lower_ == "if" and first.head == root and root.pos_ in {"VERB", "AUX"}
    if not alone or doer is None or not first.i < doer.i < root.i or any(c.dep_ == "ccomp" for c in root.lefts):
        return
    if not has_auxiliary(root, {"had"}) and doer.lower_ != "you" and asked_of(root) is None:
        yield from state_to_be(root)


def _so_i(first: Token, root: Token) -> Iterator[Frame]:
    """Yield for "So I stop worrying about the bins.", "So that I never have to ask again."."""
    doer = doer_of(root)
    so = next((t for t in root.doc[: first.i + 1] if t.lower_ == "so"), None)
    led = so is not None and doer is not None and doer.lower_ in {"i", "we"} and doer.i <= so.i + 2
    if led and so is not None and root.tag_ == "VBP" and so.i + 2 >= first.i:
        that = so.nbor(1).lower_ == "that" or is_negated(root) or root.lemma_.lower() in {"stop", "start"}
        if that:  # "so I ring them" tells what is done
            yield from state_to_be(root)


def _id_have(first: Token, root: Token) -> Iterator[Frame]:
    """Yield for "I'd have somebody at the desk.", "I'd put it on the wall.", not for "I'd be happy"."""
    doer = doer_of(root)
    own = doer is not None and doer.lower_ in {"i", "we"} and first == doer
    if not own or root.tag_ != "VB" or not has_auxiliary(root, _WOULD) or is_negated(root):
        return
    perfect = has_auxiliary(root, {"have", "'ve", "’ve"})
    lemma = root.lemma_.lower()
    if perfect or lemma in _IDLE or any(c.lower_ in {"rather", "sooner"} for c in root.children):
        return
    if lemma in _HOLDING:
        yield from _held(root)
    elif any(c.dep_ == "dobj" for c in root.children):
        yield Frame(root, doubt=0.15)


def _held(root: Token) -> Iterator[Frame]:
    """Yield for "have somebody sat here", "have a bell by the bed", not for "have to wait"."""
    for child in (c for c in root.children if c.i > root.i):
        doer = doer_of(child)
        if child.dep_ in {"ccomp", "xcomp"} and doer is not None and doer.lower_ not in {"it", "this", "that"}:
            yield Frame(child, "have so", doer=doer)
        elif child.dep_ != "dobj" or child.pos_ != "NOUN" or child.lemma_.lower() in _TALK or _is_known(child):
            continue
        elif _is_thing(child) or any(c.dep_ in {"amod", "compound"} for c in child.children):
            yield Frame(child, "have")
        elif any(c.dep_ == "prep" and list(c.children) for c in root.children):
            yield Frame(root)


def _let_me(first: Token, root: Token) -> Iterator[Frame]:
    """Yield for "Let me pick the hour.", "Don't make me sign in each time.", "Tell me when it's ready."."""
    yours = any(t.lower_ in {"you", "your"} for t in root.subtree)  # whom it is said to
    if root.tag_ != "VB" or doer_of(root) is not None or is_infinitive(root) or yours:
        return
    lemma, denied = root.lemma_.lower(), is_negated(root)
    led = first == root or (denied and first.lower_ == "do")
    below = next((c for c in root.children if c.dep_ in {"ccomp", "xcomp"} and c.tag_ == "VB" and c.i > root.i), None)
    doer = None if below is None else doer_of(below)
    if led and below is not None and doer is not None and doer.lower_ in {"me", "us"} and lemma in {"let", "make"}:
        own = below.lemma_.lower()
        if denied == (lemma == "make") and own not in _SPEAKING and (own != "say" or asked_of(below) is not None):
            yield Frame(below, "avoid" if denied else "")
    elif led and not denied and lemma in _SERVING and root.doc[root.i + 1 : root.i + 2].text.lower() in {"me", "us"}:
        known = lemma in {"tell", "show", "warn", "remind"} and asked_of(root) is not None
        yield Frame(root, "know") if known else Frame(root)


def _thing(first: Token, root: Token) -> Iterator[Frame]:
    """Yield for "Two shelves by the door.", "A list that everybody can see.", not for "The holes.", "A minute."."""
    if root.pos_ != "NOUN" and root.lower_ not in _OPEN:
        return
    before = {c.lower_ for c in root.lefts}
    whole = any(c.dep_ in {"cop", "ccomp", "neg", "nsubj", "mark"} for c in root.children)
    if whole or root.i > first.i + 5 or first not in root.subtree or before & _POINTED or _is_known(root):
        return
    if _is_thing(root):
        yield Frame(root, "have")


def _is_known(noun: Token) -> bool:
    """Tell whether a noun names what the talk is about: "the queue at the desk" may be what is to go."""
    lefts = {c.lower_ for c in noun.lefts}
    return bool(lefts & {"the", "my", "our"}) and "same" not in lefts


def _is_thing(noun: Token) -> bool:
    """Tell whether a noun says by itself what is wanted: it is described."""
    described = is_wanted_thing(noun) if noun.lower_ in _OPEN else is_described(noun)
    return noun.lemma_.lower() not in _EMPTY and described


_RULES: tuple[Callable[[Token, Token], Iterator[Frame]], ...] = (_if_so, _so_i, _id_have, _let_me, _thing)
