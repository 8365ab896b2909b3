"""What moves people, over a whole study: sentences that tell of push, pull, anxiety or habit, in a job or in none.

Outside of a job nothing else bears a force out, so it is trusted only where the interviewer's question named it, or where the
tagger and plain wording say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ..matching import straight
from ..records import Force, ForceTold, Segment, SentenceTags
from .answering import asked_before, place_in_answer, short_questions
from .forces import force_of, is_unmoved, tells_trouble
from .lexicon import cue_list
from .material import Material
from .wishes import kinds_asked

_OPENING = 2  # sentences of an answer that are taken to say what was asked; later ones need a sign of their own
_LEAST_WORDS = 3
_ORDER: tuple[Force, ...] = ("habit", "anxiety", "push", "pull")
_OTHERS = re.compile(
    r"\b(?:they|he|she|people|colleagues|members?|others|clients?|parents)(?:'re| are|'s| is| was| were|'d been)? (?:\w+ ){0,2}"
    r"(?:worried|afraid|scared|nervous|hesitant|reluctant|concerned)\b|\bdon't miss\b",
    re.I,
)
_ALONE = re.compile(r"\b(?:on my own|myself|by hand)\b", re.I)


def asked_force(question: str) -> Force | None:
    """Return the force that an interviewer's question names, or None.

    Parameters
    ----------
    question : str
        What the interviewer said last; only its questions count, and long ones ask for more than one thing.

    Returns
    -------
    Force or None

    Examples
    --------
    >>> asked_force("What nearly stopped you?"), asked_force("Is there anything that you miss about the old way?")
    ('anxiety', 'habit')
    """
    spoken = short_questions(question)
    if not spoken or _cues("asked", "not_asked").search(spoken):
        return None
    return next((force for force in _ORDER if _cues("asked", force).search(spoken)), None)


def forces_told(material: Material) -> Iterator[ForceTold]:
    """Yield each sentence of the study that tells of a force and can be trusted to, by transcript and place; no job yet."""
    for segment in material.passages(material.segments):
        asked = _answered(material, segment)
        force = asked or _plainly_told(material, segment)
        if force is not None:
            quote = material.quote(segment, slot="force")
            yield ForceTold(quote=replace(quote, force=force), asked=asked is not None)


def _answered(material: Material, segment: Segment) -> Force | None:
    """Return the force that the question before a sentence asked for, where the sentence is what was answered."""
    asked: dict[str, dict[int, Force]] = material.once(
        "asked forces", lambda: {i: asked_before(t, asked_force) for i, t in material.transcripts.items()}
    )
    force = asked[segment.transcript_id].get(segment.turn_index)
    if force is None:
        return None
    said = place_in_answer(material.turns[segment.transcript_id, segment.turn_index], segment)
    keeps = said and _keeps_to(force, said, straight(segment.text), material.tags_of(segment.segment_id))
    return force if keeps else None


def _keeps_to(force: Force, said: int, text: str, tags: SentenceTags) -> bool:
    """Tell whether the so-many-th sentence of an answer still says what was asked: each next one needs more of a sign."""
    if said <= 1:
        return True
    own = tags.force == force or _cues("plain", force).search(text) is not None
    if force == "pull":
        return said <= _OPENING and (own or not tags.labels.isdisjoint({"desire", "outcome"}))
    return own if said > _OPENING else True


def _plainly_told(material: Material, segment: Segment) -> Force | None:
    """Return the force that tagger and wording agree on in a sentence that is the speaker's own."""
    tags, text = material.tags_of(segment.segment_id), straight(segment.text)
    if tags.stance not in {"own", "hypothetical"} or len(text.split()) < _LEAST_WORDS or is_unmoved(text):
        return None
    found = next((force for force in _ORDER if force == tags.force), None)
    if found is None:
        return "push" if "struggle" in tags.labels and _cues("plain", "push").search(text) else None
    if found in {"anxiety", "habit"}:
        others = found == "anxiety" and _OTHERS.search(text) is not None
        return found if not others and _cues("plain", found).search(text) else None
    agreed = force_of(segment.text, tags) == found
    if found == "push":
        return found if agreed and tells_trouble(text) else None
    return found if agreed and _draws(material, segment, tags) else None


def _draws(material: Material, segment: Segment, tags: SentenceTags) -> bool:
    """Tell whether a pull speaks of something that is there to be had: no answer to a closing wish, no trouble, no old way."""
    wished = kinds_asked(material)
    troubled = "struggle" in tags.labels and "desire" not in tags.labels
    return (
        not troubled and segment.turn_index not in wished[segment.transcript_id] and _ALONE.search(segment.text) is None
    )


@cache
def _cues(kind: str, name: str) -> re.Pattern[str]:
    return re.compile("|".join(cue_list("forces")[kind][name]), re.IGNORECASE)
