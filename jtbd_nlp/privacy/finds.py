"""What the search for personal data gives out, and how overlapping finds are settled.

In: hits of single recognisers. Out: `Find` records in reading order, of which those that hide text never overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = (
    "NAME", "EMAIL", "PHONE", "HANDLE", "URL", "ADDRESS", "POSTCODE", "IBAN", "ACCOUNT", "CARD", "SORT_CODE",
    "DATE_OF_BIRTH", "NATIONAL_ID", "ID", "EMPLOYER", "SCHOOL", "OTHER",
)  # fmt: skip
SPECIAL_KINDS = ("HEALTH", "RELIGION", "ETHNICITY", "POLITICS", "UNION", "ORIENTATION", "BIOMETRIC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One piece of personal data: ``[start_char, end_char)`` in characters of ``Transcript.text``.

    ``kind`` is one of `KINDS` or, where ``special`` is true, of `SPECIAL_KINDS` (Article 9 of the GDPR: flagged for a
    person to judge, hidden only when accepted). ``score`` in [0, 1] orders finds and is no probability. ``source``
    names the recogniser.
    """

    transcript_id: str
    start_char: int
    end_char: int
    kind: str
    score: float
    special: bool
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What one recogniser saw in one passage: ``[start, end)`` in characters of that passage."""

    start: int
    end: int
    kind: str
    score: float
    source: str


def settle(finds: Iterable[Find]) -> tuple[Find, ...]:
    """Return the finds in reading order, overlapping ones that hide text joined into one.

    Parameters
    ----------
    finds : Iterable[Find]
        Of any transcripts, in any order, with repeats.

    Returns
    -------
    tuple[Find, ...]
        Sorted by transcript, offset and kind. Where finds overlap, the union of their spans is kept (nothing that any
        recogniser saw is shown) under the kind of the best score; special ones are kept apart and once per kind.
    """
    ordered = sorted(set(finds), key=_key)
    special = [f for f in ordered if f.special]
    plain: list[Find] = []
    for find in (f for f in ordered if not f.special):
        last = plain[-1] if plain else None
        if last and last.transcript_id == find.transcript_id and find.start_char < last.end_char:
            plain[-1] = _join(last, find)
        else:
            plain.append(find)
    return tuple(sorted([*plain, *_distinct(special)], key=_key))


def _join(first: Find, second: Find) -> Find:
    best = max(first, second, key=lambda f: (f.score, f.end_char - f.start_char, -f.start_char))
    return Find(
        transcript_id=first.transcript_id, start_char=first.start_char, end_char=max(first.end_char, second.end_char),
        kind=best.kind, score=best.score, special=False, source=best.source,
    )  # fmt: skip


def _distinct(special: list[Find]) -> list[Find]:
    kept: list[Find] = []
    ends: dict[tuple[str, str], int] = {}
    for find in special:
        key = (find.transcript_id, find.kind)
        if find.start_char >= ends.get(key, -1):
            kept.append(find)
            ends[key] = find.end_char
    return kept


def _key(find: Find) -> tuple[str, int, int, str, float, str]:
    return (find.transcript_id, find.start_char, -find.end_char, find.kind, -find.score, find.source)
