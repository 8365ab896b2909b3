"""Span of a sentence in, words for a slot of a statement out: cleaned, in the first person and in the present.

Every content word comes from the span; only function words and light verbs (be, have, get, feel) are put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .inflection import to_present
from .persons import is_let, is_let_by_speaker, is_my, is_told_by_speaker
from .wholeness import hyphenated, is_stranded, is_torn

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

MAX_SLOT_WORDS = 18

FILLERS = frozenset(
    "um uh er erm hmm like basically actually really literally honestly just obviously kinda sorta simply maybe also "
    "definitely certainly essentially though anyway usually typically generally personally already even still".split()
)
_KEEP_BEFORE = {"like": {"feel", "look", "sound", "seem", "be", "would", "something", "things"}}
_POSTURES = frozenset("stand sit hold keep stay lie be remain".split())
_FILLER_PHRASES = re.compile(
    r"\b(?:you know|i mean|kind of|sort of|i guess|i think|or something(?: like that)?|and (?:stuff|things|whatnot)(?: like that)?"
    r"|or whatever|and so on|etc\.?|for example|for instance|at the end of the day|to be honest|let'?s say|as well(?! as\b)|if you will"
    r"|for (?:the )?lack of (?:a )?better (?:words?|terms?|phrases?|expressions?))\b,?",
    re.I,
)
_PERSON = {"you": "I", "your": "my", "yours": "mine", "yourself": "myself", "u": "I"}
_LOOSE = frozenset(
    "it this that they them he she him her those these its their his one ones thing things stuff there".split()
)
LOOSE_COST = 0.3
_ANYBODY = frozenset("somebody someone everybody everyone anybody anyone nobody".split())
_PLURAL = frozenset("they them their these those".split())
_POINTING = frozenset("this that these those one ones thing things stuff there".split())
_PEOPLE = frozenset("team client customer family staff person somebody someone everyone nobody child patient".split())
_TELLING = frozenset("own first next last most more less enough everything nothing anything back together".split())
_VAGUE = re.compile(
    r"\b(?:something|stuff|things?|whatever|a lot of things|anything|someone|somebody)\b|\ba (?:way|bit|lot)$", re.I
)
_BAD_ENDS = frozenset(
    "a an the my our your their his her its this these those of which who whose and or than very do does make get have be".split()
)
DANGLING = frozenset(
    "a an the and or but of to with for in on at by from as than that which who my our your their so because if when into "
    "about is are be i we it not very more".split()
)
# "the tone I am going for" ends well
_LOOSE_ENDS = (DANGLING | {"therefore", "thus", "hence"}) - frozenset("with for in on at by about it more".split())


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for one slot; ``cost`` 0 is clean, above 1 unusable; ``removed`` names technology that was taken out.

    ``loose`` holds pronouns that stand for nothing in these words; ``place`` the characters of the sentence used;
    ``sure`` tells whether a goal is wanted or hard in so many words, or an outcome is what the goal is for; ``added`` names
    what nobody said: the denial of a struggle that was turned round.
    """

    text: str
    cost: float
    removed: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    place: tuple[int, int] | None = None
    sure: bool = False
    added: tuple[str, ...] = ()


def render(tokens: Iterable[Token], edits: dict[int, str], *, first_person: bool = True) -> str:
    """Join tokens as text with replacements; an empty replacement drops the token.

    Parameters
    ----------
    tokens : Iterable[Token]
        In order.
    edits : dict of int to str
        By index of the token in its document.
    first_person : bool, default=True
        Whether the general "you" becomes I.

    Returns
    -------
    str
        One line, without fillers, repeats and outer punctuation.
    """
    text, last = "", -2
    tokens = list(tokens)
    for token in tokens:
        word = edits.get(token.i, token.text if not first_person else _first_person(token))
        if not word or _is_filler(token):
            continue
        glued = last == token.i - 1 and not token.nbor(-1).whitespace_
        text += word if glued or not text else " " + word
        last = token.i
    return tidy(text, whole=is_stranded(tokens))


def tidy(text: str, *, whole: bool = False) -> str:
    """Remove filler phrases, repeated words, stray punctuation and, unless the end is ``whole``, loose ends."""
    text = _FILLER_PHRASES.sub("", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\b(?!her\b)(\w+)(?: \1\b)+", r"\1", text, flags=re.I)
    text = re.sub(r"\s+([,.;:?!])", r"\1", text)
    text = re.sub(r"[,;:]\s*(?=[,;:.])", "", text)
    for opening, closing in (('"', '"'), ("(", ")"), ("“", "”"), ("[", "]")):
        uneven = text.count(opening) % 2 if opening == closing else text.count(opening) != text.count(closing)
        text = text.replace(opening, "").replace(closing, "") if uneven else text.replace(opening + closing, "")
    text = re.sub(r"(?:^|(?<=\s))['‘](?=\w)(?!em\b|tis\b)(.*?)(?:(?<=\w)['’](?=\s|$)|$)", r"\1", text)
    text = text.strip(" \t,.;:!?-–—\"“”'’*")
    words = text.split()
    while not whole and words and words[-1].lower().strip(",") in _LOOSE_ENDS:
        words.pop()
    return " ".join(words).strip(" ,;:")


def trim(words: list[Token], limit: int = MAX_SLOT_WORDS) -> list[Token]:
    """Cut a long run of tokens at the last clause border before the limit."""
    solid = [t for t in words if not t.is_punct and not t.is_space]
    if len(solid) <= limit:
        return words
    borders = [
        t.i for t in solid[4 : limit + 1]
        if (t.dep_ in {"cc", "mark", "advmod"} and t.head.dep_ in {"conj", "advcl", "ccomp", "relcl"})
        or t.nbor(-1).is_punct or t.tag_ in {"WDT", "WP"}
    ]  # fmt: skip
    end = borders[-1] if borders else solid[limit].i
    kept = [t for t in words if t.i < end]
    while kept and (kept[-1].is_punct or kept[-1].pos_ in {"ADP", "DET", "CCONJ", "SCONJ", "PART", "AUX"}):
        kept.pop()
    return kept


def past_to_present(tokens: Iterable[Token]) -> dict[int, str]:
    """Return the replacements that put finite past verbs into the present."""
    edits: dict[int, str] = {}
    for token in tokens:
        form = to_present(token)
        if form == "can" and _is_negative(token):
            form = "ca"  # "couldn't" is two tokens
        if form is not None:
            edits[token.i] = form
        if token.lower_ in {"am", "are", "'re", "’re"} and token.i and token.nbor(-1).lower_ == "you":
            edits[token.i] = "'m" if token.text[0] in "'’" else "am"
        if edits.get(token.i) == "am" and _is_negative(token):
            edits[token.i + 1] = " not"  # nobody says "amn't"
    return edits


def _is_negative(token: Token) -> bool:
    """Tell whether "n't" is glued to a word."""
    return not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor(1).dep_ == "neg"


def worded(text: str, tokens: Sequence[Token], extra: float = 0.0, removed: tuple[str, ...] = ()) -> Wording:
    """Make a wording of the text that tokens were rendered to, with what it costs in clarity."""
    place = (tokens[0].idx, tokens[-1].idx + len(tokens[-1].text)) if tokens else None
    cost = cost_of(text, tokens) + extra + 0.5 * (bool(tokens) and is_torn(tokens)) + 0.03 * _n_gaps(tokens)
    return Wording(text, cost, removed, loose_pronouns(tokens), place)


def _n_gaps(tokens: Sequence[Token]) -> int:
    """Count the places where words between the tokens were left out, fillers and marks aside."""
    return sum(
        any(not t.is_punct and not t.is_space and t.lower_ not in FILLERS for t in a.doc[a.i + 1 : b.i])
        for a, b in pairwise(tokens)
    )


def cost_of(text: str, tokens: Sequence[Token]) -> float:
    """Say how unclear words are out of their sentence: loose pronouns, too short, too long, cut off."""
    words = text.split()
    solid = [t for t in tokens if t.is_alpha and (not t.is_stop or t.lower_ in _TELLING)]
    cost = LOOSE_COST * min(len(loose_pronouns(tokens)), 3)
    cost += 0.5 * (len(solid) < 2) + 0.15 * (len(solid) == 2) + 0.04 * max(0, len(words) - 13)
    cost += 0.3 * any(c in text for c in '?"“()[]:;…*') + 0.08 * text.count(",") + 0.2 * (" -" in text or "- " in text)
    cost += 0.3 * bool(re.search(r"\b(?:said|says|asked|yeah|okay|lol|hmm|etc)\b", text, re.I))
    cost += 0.25 * bool(_VAGUE.search(text)) + 0.15 * sum(_is_name(t) for t in tokens)
    open_end = words[-1].lower().strip("'’") in _BAD_ENDS and not is_stranded(tokens) if words else True
    return cost + 0.4 * open_end


def loose_pronouns(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the pronouns for which no noun stands before them among the tokens."""
    found, single, many = [], False, False
    for t in tokens:
        if t.pos_ in {"NOUN", "PROPN"} and t.dep_ not in {"compound", "npadvmod"}:
            single, many = True, many or t.tag_ in {"NNS", "NNPS"} or t.lower_ in _PEOPLE
        lower = t.lower_
        relative = t.tag_ == "WDT" or (lower == "that" and t.head.dep_ in {"relcl", "ccomp"} and t.head.i > t.i)
        idle = t.dep_ in {"mark", "expl", "det", "predet"} or relative
        counted = lower in {"one", "ones"} and (t.dep_ == "nummod" or any(c.dep_ == "relcl" for c in t.children))
        if lower in _ANYBODY:
            single, many = True, True  # "somebody ... their eye on it"
        if lower not in _LOOSE or idle or counted or _idle(t):
            continue
        known = many if lower in _PLURAL else single and lower not in _POINTING
        if not known:
            found.append(lower)
    return tuple(found)


def _is_name(token: Token) -> bool:
    return bool(token.pos_ == "PROPN" and token.text[:1].isupper() and token.i != token.sent.start)


def span_tokens(span: Span) -> list[Token]:
    """Return the tokens of a span without outer punctuation and white space."""
    tokens = [t for t in span if not t.is_space]
    while tokens and (tokens[0].is_punct or tokens[0].lower_ in {"and", "but", "so", "or", "well", "yeah"}):
        tokens.pop(0)
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    return tokens


def _first_person(token: Token) -> str:
    lower = token.lower_
    if lower == "you" and token.dep_ in {"dobj", "iobj", "dative", "pobj", "obj"}:
        return "them" if is_told_by_speaker(token) else "me"
    if lower == "you" and is_let(token):
        return "them" if is_let_by_speaker(token) else "me"
    if lower in {"me", "meself"} and is_my(token):
        return "my" if lower == "me" else "myself"
    if lower in _PERSON:
        return _PERSON[lower]
    if lower in _ANYBODY or (token.i == token.sent.start and not _may_be_name(token)):
        return str(token.text[0].lower() + token.text[1:])
    return "I" if token.text == "i" else str(token.text)


def _may_be_name(token: Token) -> bool:
    """Tell whether the capital of a sentence's first word may be the word's own: a name, an abbreviation, I."""
    lone_noun = token.tag_ == "NN" and token.dep_ in {"nsubj", "nsubjpass"} and not list(token.children)
    return bool(token.pos_ == "PROPN" or lone_noun or token.text == "I" or token.text[1:] != token.text[1:].lower())


def _idle(token: Token) -> bool:
    """Tell whether "it" stands for nothing: "when it comes to writing", "it is hard to find", "it takes hours to do"."""
    if token.lower_ not in {"it", "there"} or token.i + 1 >= len(token.doc):
        return False
    if token.lower_ == "there" or token.nbor(1).lemma_ == "come":
        return True
    after = [t.lower_ for t in token.doc[token.i + 1 : token.i + 9]]
    judged = any(t.tag_ in {"JJ", "JJR"} for t in token.doc[token.i + 1 : token.i + 5])
    return bool({"to", "that", "when", "if"} & set(after) and (judged or token.nbor(1).lemma_ == "take"))


def _is_filler(token: Token) -> bool:
    if token.lower_ not in FILLERS or token.dep_ in {"prep", "mark", "ROOT", "amod", "neg"}:
        return False
    if token.lower_ == "already" and token.head.tag_ == "VBN" and token.head.dep_ == "relcl":
        return False  # "anybody who has already paid"
    if token.lower_ == "still" and token.i > token.head.i and token.head.lemma_.lower() in _POSTURES:
        return False  # "without the house standing still"
    if hyphenated(token.doc, {token.i}) != {token.i}:
        return False  # "already-known"
    return token.i == 0 or token.nbor(-1).lemma_.lower() not in _KEEP_BEFORE.get(token.lower_, set())
