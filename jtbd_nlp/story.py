"""Slots in, the words that lead to them in a job story out: the one place that knows how an outcome is joined."""

from __future__ import annotations

import re

WHEN, WANT, ABLE, SO = "When ", "I want to ", "so I can ", "so "


_LEADS = {
    "situation": re.compile(r"^when(?:\s+|$)", re.IGNORECASE),
    "motivation": re.compile(r"^i\s+want\s+to(?:\s+|$)", re.IGNORECASE),
    "outcome": re.compile(r"^so\s+(?:(?:that\s+)?i\s+can(?:\s+|$)|(?=that\s))", re.IGNORECASE),
}


def without_lead(slot: str, words: str) -> str:
    """Return the words of a slot without those that the story puts before it: a person may write "so I can go home".

    Parameters
    ----------
    slot : str
        situation, motivation or outcome.
    words : str
        As a person wrote them.
    """
    lead = _LEADS.get(slot)
    return lead.sub("", words.strip()) if lead else words


def lead_of(outcome: str | None) -> str:
    """Return what stands before an outcome: "so " before a clause of its own ("that nobody has to ring"), else "so I can ".

    Parameters
    ----------
    outcome : str or None
        Words of the slot.
    """
    return SO if (outcome or "").lower().startswith("that ") else ABLE
