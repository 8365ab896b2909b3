"""The four forces of switching around a job, its dimensions and its feelings, from the tags of its passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from ..records import FORCES, Force, Quote, SentenceTags
from .lexicon import cue_list
from .material import Material, by_turns, voice

_SHARE, _LONE_SHARE = 0.1, 0.25  # of a job's passages that must show a dimension: said by several, or by one


def forces_of(material: Material, segment_ids: Iterable[str]) -> dict[Force, tuple[Quote, ...]]:
    """Return the quotes for push, pull, anxiety and habit; an empty tuple says that none was found.

    Parameters
    ----------
    material : Material
    segment_ids : Iterable[str]
        The job's passages.

    Returns
    -------
    dict[Force, tuple[Quote, ...]]
        All four keys, in the order of `FORCES`; each participant is heard once before anybody is heard twice.
    """
    told: dict[str | None, list[Quote]] = {}
    for s in material.passages(segment_ids):
        force = force_of(s.text, material.tags_of(s.segment_id))
        if force is not None:
            told.setdefault(force, []).append(material.quote(s, slot="force"))
    return {force: by_turns(told.get(force, [])) for force in FORCES}


def force_of(text: str, tags: SentenceTags) -> str | None:
    """Return the force that a sentence shows: the tagger's, or where it leaves that open, the one its wording shows.

    Wording of anxiety comes before that of habit, and both before push and pull, which are counted only where the
    tagger found what they consist of: a struggle of one's own for push, an outcome and no struggle for pull.
    """
    if tags.force is not None:
        return tags.force
    struggles = "struggle" in tags.labels
    if tags.stance in {"negated", "others", "reported"} or not tags.labels:
        return None
    may = {
        "anxiety": True,
        "habit": not struggles,
        "push": struggles and tags.stance == "own",
        "pull": not struggles and "outcome" in tags.labels,
    }
    return next((name for name, counts in may.items() if counts and _force_cues(name).search(text)), None)


@cache
def _force_cues(name: str) -> re.Pattern[str]:
    return re.compile("|".join(cue_list("forces")[name]), re.IGNORECASE)


def emotions_of(material: Material, segment_ids: Iterable[str]) -> dict[str, int]:
    """Return how many passages express each feeling, the most frequent first, then by name."""
    counts = Counter(
        emotion for s in material.passages(segment_ids) if (emotion := material.tags_of(s.segment_id).emotion)
    )
    return dict(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))


def dimensions_of(material: Material, segment_ids: Iterable[str]) -> tuple[str, ...]:
    """Return which of functional, emotional and social a job is.

    Functional where something is to be done (desire, motivation, outcome, struggle); emotional and social where two
    people in a tenth of the passages, or one in a quarter, speak of feelings or of how others see them.
    """
    passages = material.passages(segment_ids)
    people: dict[str, set[str]] = {"functional": set(), "emotional": set(), "social": set()}
    counts: Counter[str] = Counter()
    for segment in passages:
        tags = material.tags_of(segment.segment_id)
        signs = {
            "functional": bool(tags.labels & {"desire", "struggle", "outcome"} or "motivation" in tags.spans),
            "emotional": tags.emotion is not None or _cues("emotional").search(segment.text) is not None,
            "social": _cues("social").search(segment.text) is not None,
        }
        for name, shown in signs.items():
            if shown:
                people[name].add(voice(segment))
                counts[name] += 1
    functional = ("functional",) if counts["functional"] else ()
    least = {n: (_SHARE if len(people[n]) >= 2 else _LONE_SHARE) * len(passages) for n in people}
    rest = (n for n in ("emotional", "social") if counts[n] and counts[n] >= least[n])
    return (*functional, *rest)


@cache
def _cues(name: str) -> re.Pattern[str]:
    return re.compile("|".join(cue_list("dimensions")[name]), re.IGNORECASE)
