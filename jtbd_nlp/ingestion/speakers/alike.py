"""Participants in, a warning out where one label speaks in several transcripts and nobody said that it is one person."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...records import Row, Warn
from ..turns.labels import is_generic, label_key, label_role

ALIKE = "same_label"
_COUNTED = 3  # from here on a number is a person's: each file may have its own "Participant 1" and "P2"
_SHOWN = 5


def same_labels(participants: Iterable[Row], joined: Iterable[str]) -> list[Warn]:
    """Return a warning for labels that may be one person in several transcripts, which would count as several voices.

    Parameters
    ----------
    participants : Iterable[Row]
        With ``participant_id`` and ``speaker``.
    joined : Iterable[str]
        Ids that a participants file gives: there somebody has said who is who.
    """
    known = set(joined)
    people: dict[str, dict[str, str]] = {}
    for row in participants:
        speaker, person = str(row.get("speaker") or ""), str(row["participant_id"])
        if person not in known and _names_somebody(speaker):
            people.setdefault(label_key(speaker), {})[person] = speaker
    several = {key: found for key, found in people.items() if len(found) > 1}
    if not several:
        return []
    shown = [f"{min(found.values())} ({len(found)})" for _, found in sorted(several.items())]
    n = len(several)
    message = (
        f"{n} {'label speaks' if n == 1 else 'labels speak'} in several transcripts and {'counts' if n == 1 else 'count'} "
        "as different people in each (give the rows of participants.csv one participant where they are one): "
        + ", ".join(shown[:_SHOWN])
    )
    return [Warn(code=ALIKE, message=message + (" ..." if len(shown) > _SHOWN else ""), count=n)]


def _names_somebody(label: str) -> bool:
    if not is_generic(label):
        return bool(label)
    number = re.search(r"\d+$", label_key(label))
    return label_role(label) == "participant" and number is not None and int(number.group()) >= _COUNTED
