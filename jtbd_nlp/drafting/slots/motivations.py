"""Motivation span in, words that start with a base verb and name no tool out; or a refusal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..grammar.borders import is_run_together, without_how_it_goes
from ..grammar.clauses import (
    drop_tools,
    has_another_doer,
    has_object,
    instructs_tool,
    is_done_to_person,
    is_others_goal,
    is_possession,
    is_wished,
    names_technology,
    own_progress,
    own_subject,
    passive_lead,
)
from ..grammar.indirect import in_order
from ..grammar.inflection import doer_of, gerund, is_past_form, person_of, present
from ..grammar.main_verbs import main_verb
from ..grammar.negation import AVERSE, is_denied, is_negated, is_unwanted
from ..grammar.trees import LIMIT, noun_phrase, verb_phrase
from ..grammar.wholeness import lacks_shared_object
from ..grammar.wording import Wording, past_to_present, render, span_tokens, worded
from ..vetoes.doers import (
    is_asked,
    is_called_for,
    is_conceded,
    is_condition,
    is_forbidden,
    is_made_to,
    is_opinion,
    is_scene,
    is_to_be_avoided,
    is_tools_way,
    tool_at_work,
)
from ..vetoes.idioms import is_idiom
from ..vetoes.manners import is_manner, is_unwanted_end
from ..vetoes.speaking import of_person
from ..vetoes.unclear import TECHNOLOGY_COST, unclear_cost
from ..vetoes.unmeant import is_unmeant
from .avoided import no_longer, without_any

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_HANDED = frozenset("provide offer give send suggest supply return".split())  # what a tool does, got from its side
_ENDS = frozenset("apart together separate separately".split())
_LASTING = frozenset("be need want know like".split())  # what lasts is said in the present
_WISHES = frozenset("want like love wish hope prefer need".split())
_SPELLS = frozenset("time day night evening morning week weekend".split())
_SUBJECTS = {"her": "she", "him": "he"}
_PRONOUNS = frozenset("it this that they them these those he she which who".split())


def word_motivation(span: Span) -> Wording | None:
    """Word a motivation so that it starts with a base verb and names no tool.

    Parameters
    ----------
    span : Span
        Of a parsed sentence.

    Returns
    -------
    Wording or None
        None where there is no verb, a manner of speaking, something that the sentence denies, or what a tool is told.
    """
    verb = main_verb(span_tokens(span))
    if verb is None or (is_denied(verb) and not is_unwanted(verb)) or is_others_goal(verb) or is_possession(verb):
        return None
    if (
        is_tools_way(verb)
        or is_scene(verb)
        or is_condition(verb)
        or is_opinion(verb)
        or is_manner(verb)
        or is_unwanted_end(verb)
    ):
        return None
    if (
        is_unmeant(verb)
        or of_person(verb)
        or is_made_to(verb)
        or is_asked(verb)
        or is_past_form(verb)
        or is_conceded(verb)
        or is_forbidden(verb)
        or is_run_together(verb)
        or verb.lemma_.lower() == "want"  # "I want the seat more than I want the window" is about neither verb
        or verb.lemma_.lower() in AVERSE  # "I'd hate to lose it": what is to be avoided is told by the other verb
    ):
        return None
    if own_subject(verb) is not None:
        return _wanted_state(verb)
    if _is_thing_to_be(verb):
        return _wanted_state(verb, wish=verb.head.head, thing=verb.head)
    if any(c.lower_ == "sooner" for c in verb.children):
        return None  # "I'd sooner dig a pond than ask for money"
    if has_another_doer(verb) and verb.head.lemma_.lower() in {"want", "like", "love", "prefer", "wish"}:
        return _wanted_state(verb)
    if instructs_tool(verb) or _is_others_state(verb) or has_another_doer(verb):
        return None
    if is_negated(verb) and is_unwanted(verb):
        return _phrase(verb, avoided=False)  # "I didn't want to not get it"
    avoided = is_to_be_avoided(verb)
    return None if is_negated(verb) and not avoided else _phrase(verb, avoided=avoided)


def _phrase(verb: Token, *, avoided: bool) -> Wording | None:
    wished = verb.head.lemma_.lower() in _WISHES
    tokens, removed = drop_tools(without_how_it_goes(_without_for_me(verb_phrase(verb)), wished=wished))
    tokens, start = own_progress(tokens, verb)
    if avoided and verb.lemma_.lower() in _WISHES:
        return None  # "I don't want it to be lost": what is to be avoided is told by another verb
    made = verb.head.lemma_.lower() in {"get", "have", "make", "let"} and verb.dep_ in {"xcomp", "ccomp"}
    if made and tool_at_work(verb) and not any(c.dep_ in {"dobj", "prt"} for c in verb.children):
        return None  # "get the AI to respond": nobody's own doing
    served = start in _HANDED | {"help"} and tool_at_work(verb)
    if served and not (start == "help" and has_object(verb)):  # "use it to help other writers"
        start = "get help" if start == "help" else "get"
    if not tokens or tokens[0].i != verb.i or is_done_to_person(tokens) or _loses_its_end(verb, tokens):
        return None
    edits = _now(verb, tokens) | (without_any(tokens) if avoided else {})
    tokens = in_order(tokens)
    text = no_longer(render(tokens, edits | {verb.i: _avoiding(verb) if avoided else start}))
    if len(text.split()) < 2 or not text.split()[0].isalpha() or is_idiom(text) or _only_uses(text):
        return None
    extra = unclear_cost(verb, tokens, text, start, avoided)
    found = worded(text, tokens, extra, removed)
    return replace(found, cost=found.cost + 0.2 * bool(found.loose), sure=is_called_for(verb))


def _loses_its_end(verb: Token, tokens: list[Token]) -> bool:
    """Tell whether what the verb is about was cut off: "keep the care calls and the money calls | apart"."""
    return lacks_shared_object(tokens[-1]) or any(c.lower_ in _ENDS and c not in tokens for c in verb.children)


def _now(verb: Token, tokens: list[Token]) -> dict[int, str]:
    """Put what is to be so into the present: "ensure the text made sense", "I needed to find what was cheap"."""
    past = any(t.tag_ == "VBD" for t in verb.ancestors)
    lasting = past_to_present(t for t in tokens if past and t.lemma_.lower() in _LASTING and t.dep_ != "auxpass")
    if verb.lemma_.lower() not in {"ensure", "make", "check", "verify", "confirm"}:
        return lasting  # "say that I did it" is said of the past
    told = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
    plain = [c for c in told if not any(t.tag_[:1] == "W" for t in c.subtree if t.i < c.i)]
    return lasting | past_to_present(
        t for c in plain for t in (c, *c.children) if t.dep_ in {"ccomp", "aux", "auxpass"}
    )


def _avoiding(verb: Token) -> str:
    passive = passive_lead(verb)
    return f"avoid {gerund(verb.lemma_.lower())}" if passive is None else f"avoid being {verb.text.lower()}"


def _only_uses(text: str) -> bool:
    """Tell whether the thing that was used is gone and only its use is left: "use for the mundane tasks"."""
    first, second = text.split()[:2]
    return first == "use" and second in {"for", "in", "on", "to", "with", "as", "at"}


def _without_for_me(tokens: list[Token]) -> list[Token]:
    """Leave out "for me": in the first person everything is."""
    gone = {
        t.i for t in tokens if t.lower_ in {"me", "us"} and t.head.lower_ == "for" and t.head.head.lemma_ != "be"
    }  # "the bit that's for me" needs it
    return [t for t in tokens if t.i not in gone and not any(c.i in gone for c in t.children)]


def _is_others_state(verb: Token) -> bool:
    """Tell whether a verb says what becomes of a thing: "it to be cleaned up"."""
    node = verb
    while node.dep_ == "conj" and node.head.tag_ == verb.tag_:
        node = node.head  # "for it to read and | summarise"
    subject = next((c for n in (verb, node) for c in n.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    tools = subject is not None and verb.lemma_ == "be" and bool(names_technology(subject.text))
    return tools or (subject is not None and subject.lower_ in _PRONOUNS)


def _is_thing_to_be(verb: Token) -> bool:
    """Tell whether a wish says what a thing is to be, and the parser made that its description: "I'd like the bill to be ready"."""
    known = any(c.lower_ == "the" or c.tag_ == "PRP$" for c in verb.head.children)  # not "a place to be alone"
    wished = known and verb.head.dep_ == "dobj" and verb.head.head.lemma_.lower() in _WISHES
    to_be = verb.lemma_ == "be" or any(c.dep_ == "auxpass" for c in verb.children)
    return wished and to_be and verb.dep_ in {"relcl", "acl"} and any(c.lower_ == "to" for c in verb.lefts)


def _wanted_state(verb: Token, wish: Token | None = None, thing: Token | None = None) -> Wording | None:
    """Word "I want the bill to be ready" as having it so; refuse what others do by themselves."""
    head = verb.head if wish is None else wish
    wished = head.lemma_.lower() in {"want", "like", "love", "need", "wish", "prefer", "have"}
    unwanted = is_negated(head) or is_unwanted(head)  # "I don't like to have one more bill coming in"
    if not wished or unwanted or head == verb:  # "we front-line people need help" has no wish above it
        return None
    subject = (
        thing
        or doer_of(verb)
        or next((c for c in head.children if c.dep_ in {"dobj", "nsubj"} and head.i < c.i < verb.i), None)
    )
    timed = subject is not None and subject.lower_ == "time"  # "for one time not to be the one who pays"
    if subject is None or timed or subject.lower_ in _PRONOUNS or any(c.tag_ == "WP" for c in head.lefts):
        return None  # "what I want it to show" lacks what is shown
    if any(t.lower_ == "you" for t in subject.subtree):
        return None  # "I'd like all of you to have it"
    if subject.dep_ == "dobj" and subject.lemma_.lower() in _SPELLS and thing is None:
        return _phrase(verb, avoided=is_negated(verb))  # "I'd like one evening not to be on call"
    joined = verb.lemma_ == "be" or any(t.dep_ == "auxpass" and t.lemma_ == "be" for t in verb.children)
    dropped = verb.lemma_ == "be" and not is_negated(verb)  # "have the room not be cold"
    rest = [t for t in verb_phrase(verb, LIMIT - 3) if not (dropped and t == verb)]
    if not [t for t in rest if t.lemma_ != "be"]:
        return None  # what it is to be was cut off: "that the old customer cannot be | inside of the new paper"
    tokens = [*(t for t in noun_phrase(subject, 5) if thing is None or t not in verb.subtree), *rest]
    nobody = subject.lower_ in {"nobody", "nothing", "none"}  # "have nobody touch it"
    form = verb.text if joined or verb.tag_ in {"VBN", "VBD"} else verb.lemma_.lower()
    text = render(tokens, {verb.i: f"not {form}" if is_negated(verb) and not nobody else form})
    told = head.lemma_.lower() == "have" and verb.tag_ == "VBG" and not is_wished(head)
    if len(text.split()) < 2 or told:  # "you have a parent standing in the hall" tells what is
        return None
    start = "have"
    if verb.lemma_ == "have" and head.lemma_.lower() != "have" and not is_negated(verb):
        named = {subject.i: _SUBJECTS.get(subject.lower_, subject.text), verb.i: present("have", person_of(subject))}
        start, text = "make sure", render(tokens, named)  # no "have them have it"
    found = worded(f"{start} {text}", tokens, 0.1 + TECHNOLOGY_COST * names_technology(text))
    return replace(found, sure=True)
