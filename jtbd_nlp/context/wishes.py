"""Answers to the two questions that end a good interview: the magic wand, and what was not talked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ..matching import straight
from ..records import Quote, Segment, Transcript, Wish
from .answering import questions_in
from .lexicon import cue_list
from .material import Material

_SHORT = 4  # words below which a sentence brings nothing, but at the opening of an answer
_FRAGMENT = 10  # words of a later part of an answer that says nothing by its beginning
_LONGEST = 6  # sentences of an answer that are taken for it
_CLOSING = 0.3  # part of the interviewer's turns among which "anything else?" closes the talk


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
    kinds = kinds_asked(material)
    for segment in passages:
        kind = kinds[segment.transcript_id].get(segment.turn_index)
        if kind is not None and _is_wish(segment, kind, material):
            yield Wish(quote=material.quote(segment, slot="wish"), question=kind)


def question_kinds(transcript: Transcript) -> dict[int, str]:
    """Return for each answering turn what it was asked: magic_wand, anything_else or looking_ahead."""
    kinds: dict[int, str] = {}
    asked: str | None = None
    left = sum(turn.role == "interviewer" for turn in transcript.turns)
    closing = max(3, round(left * _CLOSING))
    for turn in transcript.turns:
        if turn.role == "interviewer":
            asked = _kind(transcript.words(turn), closes=left <= closing)
            left -= 1
        elif turn.role == "participant" and asked:
            kinds[turn.turn_index] = asked
    return kinds


def wished_in(material: Material) -> frozenset[str]:
    """Return the ids of the sentences that say what was wished when a wish was asked for."""

    def found() -> frozenset[str]:
        kinds = kinds_asked(material)
        turns = (turn for (t, index), turn in material.turns.items() if kinds.get(t, {}).get(index) == "magic_wand")
        return frozenset(s.segment_id for turn in turns for s in answer_in(turn))

    return material.once("wished", found)


def kinds_asked(material: Material) -> dict[str, dict[int, str]]:
    """Return by transcript what `question_kinds` does, worked out once for a study."""
    return material.once("asked", lambda: {t: question_kinds(found) for t, found in material.transcripts.items()})


def answer_in(turn: Sequence[Segment]) -> list[Segment]:
    """Return the sentences of a turn that answer a question for a wish, until it turns to something else.

    What is taken back with a "No" does not count: "A house in Portugal. No. I'd say, set it once".
    """
    told = [s for s in turn if not s.backchannel and not _THINKING.match(straight(s.text))]
    spoken = [s for s in turn if s.text.strip()]
    taken_back = [i for i, s in enumerate(spoken) if 0 < i < 4 and _TAKEN_BACK.match(straight(s.text))]
    if taken_back:
        behind_it = spoken[taken_back[-1]].start_char
        told = [s for s in told if s.start_char >= behind_it and not _JOKED.match(straight(s.text))]
    answer: list[Segment] = []
    for segment in told[:_LONGEST]:
        text = straight(segment.text)
        behind = _YES_OR_NO.sub("", text)
        if _brings_nothing(behind if len(behind.split()) >= _SHORT else text, "magic_wand"):
            continue
        if answer and _turns_away(text):
            break
        answer.append(segment)
    return answer


def _turns_away(text: str) -> bool:
    """Tell whether a later sentence of an answer is about something else: how it was, why, or a question back."""
    said = _LEADS.sub("", text)
    if text.rstrip().endswith("?") or _AWAY.match(_AFTER_MARKS.sub("", text)):
        return True
    if _WISH.search(said) or _CONDITIONAL.search(said):
        return False
    if _PAST.search(said):
        return _TELLING.search(said) is not None or _SOMEBODY_DID.search(said) is not None
    quoted = text.startswith(('"', "“"))  # what it would say: "Hello, shall I call back?"
    told = _TELLING.search(said) is not None or (len(said.split()) > _FRAGMENT and not quoted)
    return told and not (_ASKED_FOR.match(said) or _GOING_ON.match(text))


def _kind(question: str, *, closes: bool = True) -> str | None:
    question = straight(question)
    if re.search(r"\bmagic wand\b|\bwave a wand\b", question, re.IGNORECASE):
        return "magic_wand"
    # A closing remark often follows the question that counts, and a summary goes before it: look at questions alone.
    asked = " ".join(questions_in(question)) or question
    kinds = ("magic_wand", "anything_else", "looking_ahead") if closes else ("magic_wand", "looking_ahead")
    return next((name for name in kinds if _patterns(name).search(asked)), None)


def _is_wish(segment: Segment, kind: str, material: Material) -> bool:
    if kind == "magic_wand" and segment.segment_id in wished_in(material):
        return True
    if _brings_nothing(segment.text, kind):
        return False
    says_enough = len(segment.text.split()) >= _SHORT
    if _WISH.search(straight(segment.text)):
        return says_enough
    if kind == "magic_wand":
        return says_enough and _CONDITIONAL.search(straight(segment.text)) is not None
    if kind == "anything_else" and says_enough and not segment.text.endswith("?"):
        labels = material.tags_of(segment.segment_id).labels
        beside = _AWAY.match(_AFTER_MARKS.sub("", straight(segment.text)))
        return _ASKING.search(straight(segment.text)) is not None or bool(
            labels & {"desire", "struggle"} and not beside
        )
    return False


def _brings_nothing(text: str, kind: str) -> bool:
    """Say whether an answer is a mere "but no, that's all"; "yeah, I'd want it cheaper" says something behind its yes."""
    empty, said = _patterns("empty_answers"), _LEADS.sub("", straight(text))
    behind = _YES_OR_NO.sub("", said)
    wishes = _WISH.search(behind) or (kind == "magic_wand" and _CONDITIONAL.search(behind))
    return empty.search(behind) is not None or (empty.search(said) is not None and not wishes)


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
_TAKEN_BACK = re.compile(r"^\W*(?:no|nah|joking|kidding|only joking)\b\s*(?:[.,?!]|$)", re.IGNORECASE)
# "No, only joking." and no more
_JOKED = re.compile(r"^\W*(?:(?:no|nah|just|only|joking|kidding)\b\W*)+$", re.IGNORECASE)
_AFTER_MARKS = re.compile(r"^\W+")
_AWAY = re.compile(
    r"(?:because|although|but (?!(?:if|i'd|maybe|ideally|that|to)\b)|anyway|thanks|thank you|that's (?:it|all)\b|why\b"
    r"|do you\b|are you\b|what (?:do|are|is)\b)",
    re.IGNORECASE,
)
# a clause of its own about what is or was ...
_TELLING = re.compile(
    r"^\W*(?:I|we|he|she|they|it|that|there|this|these|those|nobody|somebody|everybody|you)(?:'\w+\b| \w+)"
    r"|(?<!what )(?<!who )(?<!how )(?<!where )(?<!that )\b(?:was|were|did|is|are|isn't|aren't|wasn't|weren't|didn't|won't)\b",
    re.IGNORECASE,
)
_PASTS = (
    r"was|were|did|didn't|had|went|got|said|told|came|took|made|thought|found|knew|lost|left|sold|bought|kept|gave|rang"
    r"|wrote|spent|used to"
)
_PAST = re.compile(rf"\b(?:{_PASTS}|\w{{3,}}ed (?:the|it|me|us|that))\b", re.IGNORECASE)
_SOMEBODY_DID = re.compile(rf"^\W*(?:my|our|his|her|their|the) (?:\w+ )?\w+ (?:{_PASTS})\b", re.IGNORECASE)
# ... that still says what is wished: "That he's told", "So I can go home", "You press it and it's her", "Just let me see it"
_ASKED_FOR = re.compile(
    r"^\W*(?:(?:just|only|or|then|maybe|even|not|please|and)\b\W*)*"
    r"(?:that (?!(?:is|was|'s|one|would)\b)|so (?:that )?(?:I|we|it|they|he|she|you)\b|if\b|to\b|for\b|with(?:out)?\b|you\b|let\b"
    r"|don't\b|where\b|when\b|somebody\b|someone\b|something\b|one\b|an?\b|\w+ing\b)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^\W*(?:(?:only|just|please|and|but|so)\b\W*)*(?:don't|let (?:me|us)|please)\b|, (?:please )?don't\b",
    re.IGNORECASE,
)
_GOING_ON = re.compile(r"^\W*(?:and|or|so|not)\b", re.IGNORECASE)
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
