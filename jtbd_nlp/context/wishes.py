"""Answers to the two questions that end a good interview: the magic wand, and what was not talked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ..matching import straight
from ..records import Quote, Segment, Transcript, Wish
from .lexicon import cue_list
from .material import Material

_SHORT = 4  # words below which a sentence brings nothing, but at the opening of an answer


def wishes_of(material: Material, segment_ids: Iterable[str] | None = None) -> tuple[Quote, ...]:
    """Return what participants answered when asked for a wish or for what was left out.

    Parameters
    ----------
    material : Material
    segment_ids : Iterable[str] or None, default=None
        The job's passages; None takes the whole study.

    Returns
    -------
    tuple[Quote, ...]
        By transcript and place, with the slot ``"wish"``; "no, that is all" and thanks are left out.
    """
    return tuple(wish.quote for wish in asked_wishes(material, segment_ids))


def asked_wishes(material: Material, segment_ids: Iterable[str] | None = None) -> Iterator[Wish]:
    """Yield the quotes of `wishes_of`, each with the kind of question that it answers, and no job yet."""
    passages = material.passages(material.segments if segment_ids is None else segment_ids)
    kinds = material.once("asked", lambda: {t: question_kinds(found) for t, found in material.transcripts.items()})
    for segment in passages:
        kind = kinds[segment.transcript_id].get(segment.turn_index)
        if kind is not None and _is_wish(segment, kind, material):
            yield Wish(quote=material.quote(segment, slot="wish"), question=kind)


def question_kinds(transcript: Transcript) -> dict[int, str]:
    """Return for each answering turn what it was asked: magic_wand, anything_else or looking_ahead."""
    kinds: dict[int, str] = {}
    asked: str | None = None
    for turn in transcript.turns:
        if turn.role == "interviewer":
            asked = _kind(transcript.words(turn))
        elif turn.role == "participant" and asked:
            kinds[turn.turn_index] = asked
    return kinds


def _kind(question: str) -> str | None:
    # A closing remark often follows the question that counts, and a summary goes before it: look at questions alone.
    question = straight(question)
    asked = " ".join(re.findall(r"[^.?!\n]*\?", question)) or question
    found = (name for name in ("magic_wand", "anything_else", "looking_ahead") if _patterns(name).search(asked))
    return next(found, None)


def _is_wish(segment: Segment, kind: str, material: Material) -> bool:
    if _brings_nothing(segment.text, kind):
        return False
    says_enough = len(segment.text.split()) >= _SHORT
    if _WISH.search(straight(segment.text)):
        return says_enough
    if kind == "magic_wand":
        return (says_enough and _CONDITIONAL.search(segment.text) is not None) or _opens(material, segment)
    if kind == "anything_else":
        return says_enough and bool(material.tags_of(segment.segment_id).labels & {"desire", "struggle"})
    return False


def _brings_nothing(text: str, kind: str) -> bool:
    """Say whether an answer is a mere "but no, that's all"; "yeah, I'd want it cheaper" says something behind its yes."""
    empty, said = _patterns("empty_answers"), _LEADS.sub("", straight(text))
    behind = _YES_OR_NO.sub("", said)
    wishes = _WISH.search(behind) or (kind == "magic_wand" and _CONDITIONAL.search(behind))
    return empty.search(behind) is not None or (empty.search(said) is not None and not wishes)


def _opens(material: Material, segment: Segment) -> bool:
    """Say whether a segment is the first of its turn that says anything."""
    turn = material.turns[segment.transcript_id, segment.turn_index]
    telling = (s for s in turn if not s.backchannel and not _THINKING.match(straight(s.text)))
    return next((s.segment_id for s in telling), None) == segment.segment_id


_LEADS = re.compile(r"^\W*(?:(?:but|and|so|well|um+|uh+|er+|oh|ah)\b\W*)+", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"^\W*(?:(?:no|nope|nah|not really|yes|yeah|sure|great|ok(?:ay)?|but|and|so|well|um+|uh+|er+|oh|ah)\b\W*)+",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b(?:\w+['’]d|would|could)\b", re.IGNORECASE)
_THINKING = re.compile(
    r"^\W*(?:(?:um+|uh+|er+|hm+|oh|ah|well|god|gosh|ooh|ha|a magic wand|magic wand|good question"
    r"|that's a (?:good|hard|big) (?:one|question)|let me think|i don't know|phew|what would i|right|okay|ok|yes|yeah"
    r"|no|so|like)\b\W*)+$",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:wish(?:es|ed)?|if only|dream|magic|ideal(?:ly)?|perfect world|hope(?:fully)?"
    r"|(?:I|we|people|they)(?:'d| would)? (?:really |just |also |still )?"
    r"(?:want|need|like to|love (?:to|it|for|an?|if)|like (?:it|an?|more|for|if))"
    r"|would be (?:\w+ )?"
    r"(?:great|nice|helpful|amazing|good|awesome|perfect|useful|ideal|wonderful|fantastic|cool|so|able)"
    r"|(?:could|should) (?:just |also )?(?:be able to|have|do|make|let|help|read|learn|see|give|get|take))\b",
    re.IGNORECASE,
)


@cache
def _patterns(name: str) -> re.Pattern[str]:
    return re.compile("|".join(cue_list("questions")[name]), re.IGNORECASE)
