"""A parsed goal in, the shorter wordings of it that a name can have, best first, out."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from .grammar.shortening import STAYS, loss_of
from .grammar.trees import EMPTY
from .grammar.wording import DANGLING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Token

MOST_WORDS = 11
_MOST_PARTS = 9
_TOO_LONG = (0.6, 1.4, 2.6, 4.0, 6.0)  # what the seventh to the eleventh word cost, in the measure of `loss_of`
_TOO_SHORT = (1.8, 1.5, 0.8, 0.3)  # what it costs to say a goal of more in one to four words
_WITHIN = 0.3  # a part with parts of its own says more
_ELSEWHERE = 1.2  # what the parse hung on a word before the goal
_GAP = 0.25  # words taken out of the middle: the parse may be wrong there
# no name ends with these
LEADING = frozenset("where what how which who why whether when both all so much plus being 's ’s".split())


class Part(NamedTuple):
    """Words that can go together, and how much they are missed."""

    words: frozenset[int]
    loss: float


def shortened(doc: Doc, verb: Token) -> list[str]:
    """Return wordings of a goal from its verb on, within `MOST_WORDS`, best first: short, whole, and little missed."""
    found: dict[str, float] = {}
    head = verb.head if verb.dep_ in {"aux", "auxpass"} and verb.head.i > verb.i else verb  # "be paid"
    for gone, loss in _choices(_parts(doc, verb, head)):
        kept = _without_marks([t for t in doc[verb.i :] if t.i not in gone], gone)
        text = _text(kept)
        if kept and len(text.split()) <= MOST_WORDS and _is_whole(kept, head):
            cost = loss + _length(text, doc, verb) + _GAP * _gaps(kept)
            found[text] = min(cost, found.get(text, cost))
    return sorted(found, key=lambda text: (round(found[text], 3), len(text), text))


def _parts(doc: Doc, verb: Token, head: Token) -> list[Part]:
    """Return what can go, that which is missed least first."""
    words = [t for t in doc[verb.i + 1 :] if not t.is_punct and t != head and not t.is_ancestor(head)]
    found = [Part(frozenset(t.i for t in w.subtree) | _joint(w), _loss(w, verb, head)) for w in words]
    parts = [p for p in found if p.loss < STAYS]
    parts = [p._replace(loss=p.loss + _WITHIN * sum(other.words < p.words for other in parts)) for p in parts]
    return sorted(parts, key=lambda p: (p.loss, -min(p.words)))[:_MOST_PARTS]


def _loss(word: Token, verb: Token, head: Token) -> float:
    if head.is_ancestor(word):
        return loss_of(word)
    return _ELSEWHERE if word.head.i < verb.i else STAYS


def _joint(word: Token) -> frozenset[int]:
    """Return the "and" before what is joined."""
    if word.dep_ != "conj":
        return frozenset()
    return frozenset(t.i for c in word.head.children if c.dep_ == "cc" and c.i < word.i for t in c.subtree)


def _choices(parts: list[Part]) -> Iterator[tuple[frozenset[int], float]]:
    """Yield every choice of parts that go, and its loss; what hangs on a part that goes is not counted again."""
    for n in range(len(parts) + 1):
        for chosen in combinations(parts, n):
            if not any(a.words < b.words for a in chosen for b in chosen):
                yield frozenset().union(*(p.words for p in chosen)), sum(p.loss for p in chosen)


def _without_marks(kept: list[Token], gone: Iterable[int]) -> list[Token]:
    """Return words without the marks that stood beside what went, or at the end."""
    lost = {*gone}
    left = [t for t in kept if not (t.is_punct and {t.i - 1, t.i + 1} & lost and (t.whitespace_ or t.i - 1 in lost))]
    while left and left[-1].is_punct:
        left.pop()
    return left


def _text(kept: list[Token]) -> str:
    words = (t.text + (" " if t.whitespace_ or (after and after.i > t.i + 1) else "") for t, after in _pairs(kept))
    return "".join(words).strip(" ,;:.-")


def _pairs(kept: list[Token]) -> Iterator[tuple[Token, Token | None]]:
    return zip(kept, [*kept[1:], None], strict=True)


def _gaps(kept: list[Token]) -> int:
    return sum(after is not None and after.i > t.i + 1 for t, after in _pairs(kept))


def _length(text: str, doc: Doc, verb: Token) -> float:
    words, all_words = len(text.split()), len(doc[verb.i :].text.split())
    if words > 6:
        return _TOO_LONG[words - 7]
    return _TOO_SHORT[words - 1] if words < min(5, all_words) else 0.0


def _is_whole(kept: list[Token], head: Token) -> bool:
    """Tell whether the words can stand: nothing hangs on what went, no word is torn, and the end leads to nothing."""
    inside = {t.i for t in kept}
    hanging = any(t.head.i not in inside and t.head.i > kept[0].i for t in kept)
    if hanging or any(_tears(t, head, inside) for t in kept):
        return False
    last = kept[-1]
    return last.i + 1 == len(last.doc) or not _leads_on(last)


def _tears(word: Token, head: Token, inside: set[int]) -> bool:
    """Tell whether a word stands beside a gap that cannot be there."""
    if word.i + 1 < len(word.doc) and word.i + 1 not in inside and not _ends_word(word):
        return True  # "once | -a-year"
    if word.i == min(inside) or word.i - 1 in inside:
        return False
    before = word.nbor(-1)
    if word.dep_ == "prep" and any(c.dep_ == "pobj" and c.pos_ == "PRON" for c in word.children):
        return True  # "with my name | on it", wherever the parse hangs it
    # "business decisions/ | case", "behind Alan's | back", and what the parse hung elsewhere
    return not (before.whitespace_ or before.is_punct) or before.tag_ == "POS" or not head.is_ancestor(word)


def _ends_word(token: Token) -> bool:
    """Tell whether a space, a mark or nothing follows: not inside "once-a-year"."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return following is None or bool(token.whitespace_ or (following.is_punct and following.whitespace_))


def _leads_on(last: Token) -> bool:
    """Tell whether a last word leads to what follows in the goal, whatever the parse says of that."""
    rest = last.doc[last.i + 1 :]
    if (last.lower_ in DANGLING | LEADING and not _has_place(last)) or (last.pos_ == "NOUN" and last.lemma_ in EMPTY):
        return True  # "write in a way | that sounds like me"
    if last.dep_ == "acl" and last.tag_ == "VBN" and last.head.head.lemma_ != "have":
        return True  # "filter the words provided | by the court"
    if last.tag_ == "VBG" and last.lemma_ in {"say", "mean", "tell"}:
        return True  # "get a text saying | half an hour"
    if len(rest) > 1 and rest[1].lower_ == last.lower_ and last.pos_ != "PRON":
        return True  # "take it along bit | by bit"
    if last.pos_ == "VERB" and rest[0].tag_[:1] == "W" and last.dep_ != "relcl":
        return True  # "make sure they know | how to sell"
    # "confirm the date | has come"
    return rest[0].tag_ in {"VBZ", "VBD", "VBP", "MD"} and last.pos_ in {"NOUN", "PROPN"}


def _has_place(word: Token) -> bool:
    """Tell whether a small word ends a phrase all the same: "read it", "put by", "how things are"."""
    asked = word.dep_ in {"ccomp", "pcomp"} and any(t.tag_[:1] == "W" for left in word.lefts for t in left.subtree)
    bare = word.dep_ == "prep" and word.n_rights == 0 and word.nbor(1).tag_ in {"WRB", "IN", "CC"}
    return asked or bare or (word.dep_ in {"dobj", "pobj", "prt"} and word.tag_ not in {"DT", "PRP$", "IN"})
