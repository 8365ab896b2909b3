"""Frame of what is to be so in, words for having it so or making sure of it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..grammar.clauses import drop_tools, names_technology, passive_lead
from ..grammar.inflection import person_of, present, subject_of
from ..grammar.tense import in_present
from ..grammar.trees import LIMIT, clause, noun_phrase, verb_phrase
from ..grammar.wording import Wording, past_to_present, render, worded
from ..vetoes.unclear import TECHNOLOGY_COST

if TYPE_CHECKING:
    from spacy.tokens import Token

    from ..frames.frame import Frame

_OBJECTS = {"they": "them", "he": "him", "she": "her"}
_SUBJECTS = {theirs: own for own, theirs in _OBJECTS.items()}
_STATES = frozenset("be feel look sound taste smell stay say last fit hold come go start stop happen arrive".split())
_NOMINATIVE = frozenset("they he she we".split())
_INFERRED = 0.1  # what it costs to say "have" or "make sure" where the sentence does not


def word_state(frame: Frame, doer: Token) -> Wording | None:
    """Word what is to be so: "have it written down at the time", "make sure they understand it".

    Parameters
    ----------
    frame : Frame
        With the operator "have so" or "make sure".
    doer : Token
        Subject of what is to be so.
    """
    found = _sure_of(frame.verb, doer) if frame.operator == "make sure" else _having(frame.verb, doer)
    return None if found is None else replace(found, cost=found.cost + frame.doubt + _INFERRED, sure=True)


def _having(verb: Token, doer: Token) -> Wording | None:
    if any(t.lower_ == "you" for t in doer.subtree):
        return None  # "I'd like all of you to come"
    if subject_of(verb.head) == doer or (doer.lower_ == "it" and not _is_its_state(verb)):
        return None  # misread: the subject of the wish; or what a tool is told to do
    if doer.lower_ != "it" and (enabled := _enabled(verb)) is not None:
        return _enabling(enabled, doer)
    behind = verb_phrase(verb, LIMIT - 3)
    placed = verb.pos_ not in {"VERB", "AUX"} and verb.tag_[:1] != "V"
    dropped = not placed and verb.lemma_ == "be" and not any(c.dep_ == "attr" for c in verb.children)
    rest = _place(verb) if placed else [t for t in behind if not (dropped and t == verb)]
    rest, removed = drop_tools(rest)
    form = verb.text.lower() if placed or _is_done(verb) else verb.lemma_.lower()
    named = [doer] if verb.head == doer and not placed else noun_phrase(doer, 5)  # "somebody | to walk through it"
    tokens = [*named, *rest]
    if not rest or rest[0].i < named[-1].i or (len(rest) < 2 and not _is_done(verb) and not dropped):
        return None
    if len(rest) < 2 and rest[0].pos_ in {"ADV", "PRON"}:
        return None  # "I'd like it there"
    edits = past_to_present(t for t in rest if t != verb)
    if not placed and verb.lemma_ == "have" and not any(c.dep_ == "auxpass" for c in verb.children):
        return _with(tokens, verb, doer, edits)  # no "have them have"
    text = render(tokens, edits | {verb.i: form, doer.i: _OBJECTS.get(doer.lower_, doer.text)})
    named_tools = names_technology(text)
    if named_tools and (doer.lower_ == "it" or names_technology(doer.text)):
        return None  # "I wish it was better at Excel"
    return worded(f"have {text}", tokens, TECHNOLOGY_COST * named_tools, removed)


def _enabled(verb: Token) -> Token | None:
    """Return what somebody is to be able to do: "I want somebody else to be able to step in"."""
    able = next((c for c in verb.children if c.dep_ == "acomp" and c.lower_ == "able"), None)
    return None if able is None else next((c for c in able.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None)


def _enabling(verb: Token, doer: Token) -> Wording | None:
    """Word what somebody is to be able to do: "make sure my clients can book online"; nobody says that I am to let them."""
    tokens = [*noun_phrase(doer, 5), *verb_phrase(verb, LIMIT - 2)]
    edits = past_to_present(t for t in tokens if t.i > verb.i)
    subject = _SUBJECTS.get(doer.lower_, doer.text)
    text = render(tokens, edits | {verb.i: f"can {verb.lemma_.lower()}", doer.i: subject})
    if names_technology(doer.text):
        return None
    return worded(f"make sure {text}", tokens, TECHNOLOGY_COST * names_technology(text))


def _with(tokens: list[Token], verb: Token, doer: Token, edits: dict[int, str]) -> Wording | None:
    """Word what somebody is to have: "make sure the kids have a room"."""
    subject = _SUBJECTS.get(doer.lower_, doer.text)
    text = render(
        tokens, edits | {verb.i: present("have", "they" if subject == "they" else person_of(doer)), doer.i: subject}
    )
    return None if names_technology(text) else worded(f"make sure {text}", tokens)


def _is_its_state(verb: Token) -> bool:
    """Tell whether a verb says how a thing is to be, not what a tool is to do: "feel like dinner", "be written down"."""
    return verb.lemma_.lower() in _STATES or verb.pos_ not in {"VERB", "AUX"} or _is_done(verb)


def _place(word: Token) -> list[Token]:
    return [t for t in word.subtree if not t.is_punct][:8]


def _is_done(verb: Token) -> bool:
    """Tell whether it is to be done: "written down", "to be filled"."""
    finite = any(c.dep_ in {"aux", "mark"} or c.lower_ in _NOMINATIVE | {"rather", "sooner"} for c in verb.children)
    wished = verb.head.lemma_.lower() == "wish"
    return passive_lead(verb) is not None or (verb.tag_ in {"VBN", "VBD"} and not finite and not wished)


def _sure_of(verb: Token, doer: Token) -> Wording | None:
    tokens = clause(verb, doer)
    misread = any(t.lower_ == "when" and t.head.pos_ not in {"VERB", "AUX"} for t in tokens)
    if len(tokens) < 3 or tokens[0].i > verb.i or misread:
        return None
    text = render(tokens, in_present(verb, doer, tokens, hoped=True))
    return None if names_technology(text) else worded(f"make sure {text}", tokens)
