"""Tokens of a finite clause in, the replacements that put it into the present: "we'd had clients ask" to "we have"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .inflection import base_form, person_of, present
from .wording import past_to_present

if TYPE_CHECKING:
    from spacy.tokens import Token

_WILL = frozenset("will would 'll ’ll 'd ’d wo".split())
_MAY = frozenset("might may".split())


def in_present(verb: Token, subject: Token, tokens: list[Token], *, hoped: bool = False) -> dict[int, str]:
    """Return the replacements, by index of the token, for a clause with this verb and subject.

    Parameters
    ----------
    verb : Token
        The clause's main verb; its auxiliaries are its children.
    subject : Token
        Its subject.
    tokens : list of Token
        All tokens of the clause.
    hoped : bool, default=False
        Whether what may be is what is wanted: "so that it may be easier" is easier, "there may be a delay" stays.

    Returns
    -------
    dict of int to str
        An empty replacement drops the token.
    """
    edits = past_to_present(tokens)
    if verb.lower_ == "got" and any(c.lower_ in {"'ve", "’ve", "have", "'s", "’s", "has"} for c in verb.children):
        edits.pop(verb.i, None)
    person = "they" if subject.lower_ == "we" else person_of(subject)
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.i < verb.i]
    denied = next((c for c in verb.children if c.dep_ == "neg" and c.i < verb.i), None)
    first = helpers[0] if helpers else None
    will = _WILL | _MAY if hoped else _WILL
    if len(helpers) == 1 and first is not None and first.lemma_.lower() == "do" and denied is None:
        edits |= {first.i: "", verb.i: present(base_form(verb), person)}  # "I do worry"
    elif first is not None and first.lower_ in will and len(helpers) == 1 and verb.tag_ in {"VB", "VBP"}:
        edits |= _without_will(verb, first, denied, person)
    elif (
        first is not None
        and first.lower_ in _WILL | _MAY  # "I might be writing" tells when, like "I am writing"
        and len(helpers) == 2
        and helpers[1].lower_ == "be"
        and denied is None
    ):
        edits |= {first.i: "", helpers[1].i: present("be", person)}
    elif first is not None and first.lemma_.lower() in {"have", "'ve", "’ve"} and denied is None:
        edits |= _without_perfect(verb, helpers, person)
    return edits


def _without_will(verb: Token, will: Token, denied: Token | None, person: str) -> dict[int, str]:
    if denied is None:
        return {will.i: "", verb.i: present(base_form(verb), person)}
    glued = denied.i == will.i + 1 and not will.whitespace_  # "won't"
    if verb.lemma_.lower() == "be":
        return {will.i: present("be", person), denied.i: " not" if glued else "not", verb.i: ""}
    return {will.i: present("do", person), denied.i: " not" if glued else "not", verb.i: verb.lemma_.lower()}


def _without_perfect(verb: Token, helpers: list[Token], person: str) -> dict[int, str]:
    """Put "have noticed" into "notice", and "have been asking" into "am asking"."""
    have, rest = helpers[0], helpers[1:]
    if verb.lower_ == "got":
        return {}  # "we've got two kids" is said in the present
    been = next((h for h in rest if h.lower_ == "been"), None)
    if been is not None:
        return {have.i: "", been.i: present("be", person)}
    return {} if rest or verb.tag_ not in {"VBN", "VBD"} else {have.i: "", verb.i: present(base_form(verb), person)}
