"""Slots in, the words that lead to them in a job story out: the one place that knows how an outcome is joined."""

from __future__ import annotations

WHEN, WANT, ABLE, SO = "When ", "I want to ", "so I can ", "so "


def lead_of(outcome: str | None) -> str:
    """Return what stands before an outcome: "so " before a clause of its own ("that nobody has to ring"), else "so I can ".

    Parameters
    ----------
    outcome : str or None
        Words of the slot.
    """
    return SO if (outcome or "").lower().startswith("that ") else ABLE
