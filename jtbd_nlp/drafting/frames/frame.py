"""What is meant by a frame: the verb or the noun that a goal is about, and what to say before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Token


class Frame(NamedTuple):
    """A verb, what is said before it, whether it is only trouble that points at the goal ("I end up ringing"), what it costs.

    ``operator`` is empty or one of know, see, remember, avoid, stop; "have" and "find" stand before a noun, "have so" before
    ``doer`` and what the verb says of it ("have it written down"), "make sure" before a clause with ``doer`` as its subject. ``fronted``
    is the verb of a clause of time or condition that stands before it: "that | when it is due | I am told".
    """

    verb: Token
    operator: str = ""
    toil: bool = False
    doubt: float = 0.0
    doer: Token | None = None
    fronted: Token | None = None
