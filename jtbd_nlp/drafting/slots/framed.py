"""Frame of a wish or a struggle in, the goal it stands for out, in words of the sentence and at most one operator."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..frames.frame import Frame
from ..grammar.clauses import drop_tools, instructs_tool, is_done_to_person, names_technology, own_progress
from ..grammar.indirect import in_order
from ..grammar.inflection import gerund
from ..grammar.trees import noun_phrase, verb_phrase
from ..grammar.wording import LOOSE_COST, Wording, past_to_present, render, worded
from ..vetoes.idioms import is_idiom
from ..vetoes.manners import is_manner
from ..vetoes.speaking import asked_of, is_denied_before
from ..vetoes.unclear import TECHNOLOGY_COST, lacks_object
from ..vetoes.unmeant import is_unmeant
from .avoided import no_longer, without_any
from .states import word_state

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_BEFORE = 9  # words of a clause of time that stands before what is wished
_INFERRED = 0.05  # what an operator costs that the sentence does not say
_MARKS = frozenset(",.;:?!-–—")
_TURNS = frozenset("until till because so unless although though but".split())  # where the next thought begins
_POINTED = frozenset("this that these those".split())
_HOLDING = frozenset("know see tell make ensure check be feel hear find show understand".split())
_OF_NOUNS = frozenset({"have", "find"})
_BEFORE_NOUNS = frozenset("then just only maybe even also".split())
_EMPTY = frozenset("be have do say make go think get come".split())


def word_frame(frame: Frame) -> Wording | None:
    """Word the goal of a frame; None where nothing is left that stands by itself.

    Parameters
    ----------
    frame : Frame
        Of a parsed sentence.
    """
    clause = [] if frame.fronted is None else [t for t in frame.fronted.subtree if not t.is_punct]
    if not clause:
        return _word(frame)
    if len(clause) > _LONGEST_BEFORE:
        return None
    if frame.verb.lemma_.lower() == "know" and not any(t.i > frame.verb.i and t.is_alpha for t in frame.verb.subtree):
        return _whole(frame, [*clause, frame.verb], "know", ())  # "that when it's ready I know"
    found = _word(frame)
    if found is None:
        return None
    then = worded(render(clause, past_to_present(clause)), clause)
    places = [w.place for w in (found, then) if w.place is not None]
    place = (min(a for a, _ in places), max(b for _, b in places)) if places else None
    cost = found.cost + LOOSE_COST * len(then.loose) + _INFERRED
    return replace(found, text=f"{found.text} {then.text}", cost=cost, loose=(*found.loose, *then.loose), place=place)


def _word(frame: Frame) -> Wording | None:
    verb = frame.verb
    if verb.lemma_.lower() in {"want", "wish", "like"} or instructs_tool(verb) or is_manner(verb) or is_unmeant(verb):
        return None
    if not frame.operator and _runs_on(verb):
        return None
    if frame.operator in _OF_NOUNS:
        named = noun_phrase(verb)
        while len(named) > 1 and named[0].lower_ in _BEFORE_NOUNS:
            named = named[1:]
        start = f"{frame.operator} the" if named[0].lower_ == "same" else frame.operator
        return _whole(frame, named, start, ())
    if frame.doer is not None:
        return word_state(frame, frame.doer)
    known = frame.operator in {"know", "see", "remember"}
    tokens, removed = drop_tools(_asked(verb) if known else verb_phrase(verb))
    if known:
        start = frame.operator
        tokens = [t for t in tokens if t.i != verb.i]
    else:
        tokens, start = own_progress(tokens, verb)
        if not tokens or tokens[0].i != verb.i or is_done_to_person(tokens):
            return None
        doing = gerund(verb.lemma_.lower()) if start == verb.lemma_.lower() else f"being {verb.text.lower()}"
        if frame.operator not in {"avoid", "stop"}:
            start = f"{frame.operator} {start}"
        elif verb.tag_ != "VBG" or not frame.toil or not is_denied_before(verb):
            # who ends up not knowing wants to know
            start = f"{frame.operator} {doing}"
    return _whole(frame, tokens, start.strip(), removed)


def _whole(frame: Frame, tokens: list[Token], start: str, removed: tuple[str, ...]) -> Wording | None:
    verb = frame.verb
    rest = tokens if frame.operator in _OF_NOUNS else [t for t in tokens if t != verb]
    edits = past_to_present(rest) if _was(verb) else {}
    edits |= without_any(rest) if frame.operator in {"avoid", "stop"} else {}
    text = no_longer(f"{start} {render(in_order(rest), edits)}")
    last = edits.get(rest[-1].i, rest[-1].text) if rest else ""
    if rest and rest[-1].lemma_ == "be" and rest[-1].pos_ == "AUX":
        if not any(t.tag_[:1] == "W" for t in rest):
            return None  # "that it's": what it is was cut off
        if not text.endswith(last or rest[-1].text):
            text += f" {last}"  # "what half the words are"
    quoted = any(t.text in {'"', "“", "”"} for t in verb.doc[verb.i : rest[-1].i + 2]) if rest else True
    if len(text.split()) < 3 or is_idiom(text) or quoted or " I don't know" in text:
        return None
    found = worded(
        text, tokens if verb in tokens or not tokens else [verb, *tokens], _extra(frame, rest, text), removed
    )
    unclear = found.loose and frame.operator in {"avoid", "stop"}  # "I spend the evening fixing that"
    return None if unclear else replace(found, sure=True)


def _extra(frame: Frame, rest: list[Token], text: str) -> float:
    solid = sum(t.pos_ in {"NOUN", "PROPN", "NUM"} for t in rest)
    short = sum(t.is_alpha and not t.is_stop for t in [frame.verb, *rest]) < 2
    cost = frame.doubt + TECHNOLOGY_COST * names_technology(text) + _INFERRED * bool(frame.operator)
    cost += 0.6 * any(
        t.dep_ == "det" and t.lower_ in _POINTED and frame.verb in (t.head.head, t.head.head.head) for t in rest
    )
    cost += 0.3 * (not solid) + 0.15 * (frame.verb.lemma_.lower() in _EMPTY)
    cost += 0.4 * (not frame.operator and frame.verb.lemma_.lower() in _HOLDING and lacks_object(frame.verb, rest))
    return cost - 0.15 * (short and solid > 0 and not frame.operator)  # "read the message" says what


def _runs_on(verb: Token) -> bool:
    """Tell whether the next sentence follows without a mark: "every time I want to look | I have to ring her"."""
    told = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
    return any(
        verb.lemma_.lower() not in _HOLDING
        and not any(c.dep_ == "mark" for c in t.children)
        and t.tag_ in {"VBZ", "VBP", "VBD"}
        and not any(w.tag_[:1] == "W" for w in t.subtree)
        for t in told
    )


def _asked(verb: Token) -> list[Token]:
    """Return the clause that is asked: "whether it came" of "I'm not sure whether it came"."""
    told = (c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and c.left_edge.lower_ == "that")
    clause = asked_of(verb) or next(told, None)
    if clause is None:
        return []
    tokens = [t for t in clause.subtree if t.i > verb.i]
    ends = {
        t.i for t in tokens if t.text in _MARKS and (t.whitespace_ or t.nbor(-1).whitespace_)
    }  # not "seventy-eight"
    stop = next((k for k, t in enumerate(tokens) if k and (t.i in ends or t.lower_ in _TURNS)), len(tokens))
    return [verb, *tokens[:stop]]


def _was(verb: Token) -> bool:
    """Tell whether trouble is told of the past: what was not known then is still to be known."""
    past = {"did", "could", "was", "were"}
    verb = verb if verb.pos_ in {"VERB", "AUX"} else verb.head  # "I had no idea"
    if verb.dep_ == "pcomp" and any(t.tag_ == "VBD" for t in verb.ancestors):
        return True  # "I had to have some way of knowing when it was dropped"
    return verb.tag_ == "VBD" or any(c.dep_ == "aux" and c.lower_ in past for c in verb.children)
