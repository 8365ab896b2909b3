"""The four forces of switching around a job, its dimensions and its feelings, from the tags of its passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from ..linting.technology import technology_words
from ..linting.words import stem, words_of
from ..matching import straight
from ..records import FORCES, NEGATIVE_EMOTIONS, Force, Quote, SentenceTags
from .lexicon import cue_list
from .material import Material, by_turns, voice

PLEASANT = frozenset({"relief", "joy", "confidence", "excitement", "pride"})
_COULD = re.compile(r"\b(?:will|would|could|might|may|'ll|if|until|unless|not sure|risk)\b", re.I).search
# what a tool does for somebody: "it helps me", "which lets us", "so I can"
_SERVES = re.compile(
    r"\b(?:help|allow|let|enabl|sav|fre|improv|streamlin|assist|simplif)(?:s|es|ed|d|ing|e)?\b|\bgiv(?:es?|ing) (?:me|us)\b"
    r"|\bmak(?:es?|ing) (?:it|me|us|my|our|things)\b|\bso (?:that )?(?:I|we) (?:can|could|don't)\b|\bable to\b"
    r"|\b(?:I|we)(?:'d|’d| would)? (?:really )?(?:love|hope|like|want)\b",
    re.I,
)
# "it doesn't bother me", "they don't care": no force, whatever else the words are
_UNMOVED = re.compile(
    r"\b(?:n't|n’t|not|never|no longer|hardly)(?: \w+){0,2} (?:bother(?:ed|s)?|care|mind|worr(?:y|ied)|afraid|concerned)\b|"
    r"\b(?:don't|doesn't|don’t|doesn’t)(?: really| actually)? (?:bother|care|mind|worry)\b",
    re.I,
)
_LEAST_WORDS = 4
# tools that nobody switches to any more: trouble with them is trouble with the present
_LONG_KNOWN = frozenset(
    "spreadsheet excel phone email mail text pdf word cloud calendar website printer fax landline web".split()
)
# what somebody cannot do by themselves, whatever is named later in the sentence
_OWN_TROUBLE = re.compile(
    r"\bI(?:'m|’m| am)? (?:\w+ )?(?:struggl\w+|can't|can’t|couldn't|couldn’t|(?:have|had) trouble|find it (?:hard|difficult))\b"
    r"(?!.{0,25}\b(?:AI|models?|tools?|app|software|trust)\b)",
    re.I,
)
_POWERLESS = re.compile(
    r"\b(?:can't|can’t|cannot|couldn't|couldn’t|unable|(?:have|had|having|need) to|(?:don't|don’t|didn't|didn’t) (?:know|have)|"
    r"no (?:time|idea|way|money|help|one))\b",
    re.I,
)
_TOOL = re.compile(r"\b(?:models?|tools?|apps?|bots?|software|assistants?|machines?)\b", re.I)

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
            told.setdefault(force, []).append(replace(material.quote(s, slot="force"), force=force))
    return {force: by_turns(told.get(force, [])) for force in FORCES}


def force_of(text: str, tags: SentenceTags) -> str | None:
    """Return the force that a sentence shows: the tagger's where its wording bears it out, else what its wording shows.

    What decides is which thing is spoken of. Trouble with the present way, or with no tool at all, is push; trouble with
    a tool, and fear, is anxiety; what a tool brings is pull; what somebody goes on doing without it is habit.

    Parameters
    ----------
    text : str
        A participant's sentence.
    tags : SentenceTags

    Returns
    -------
    str or None
        None where it shows none, or speaks for somebody else.
    """
    if len(words_of(text)) < _LEAST_WORDS or is_unmoved(text):
        return None
    if tags.force is not None and _bears_out(tags.force, text, tags):
        return tags.force
    if tags.stance in {"negated", "others", "reported"} or not tags.labels:
        return None
    return _of_wording(text, tags)


def _bears_out(force: str, text: str, tags: SentenceTags) -> bool:
    """Tell whether a force found by the tagger can stand: it takes much trouble for fear of the new."""
    if force == "anxiety":
        if shows_force("anxiety", text):
            return True
        own = _OWN_TROUBLE.search(text) or not _speaks_of_tool(text) or tags.emotion in PLEASANT
        return not own and ("struggle" in tags.labels or _COULD(text) is not None)
    if force == "pull":
        against = "struggle" in tags.labels and (shows_force("push", text) or _complains(text))
        kept = shows_force("habit", text) and not _speaks_of_tool(text)
        return tags.emotion not in NEGATIVE_EMOTIONS and not kept and not (against and not shows_force("pull", text))
    return force != "push" or tags.emotion not in PLEASANT


def _of_wording(text: str, tags: SentenceTags) -> str | None:
    struggles, own = "struggle" in tags.labels, tags.stance == "own"
    if shows_force("anxiety", text):
        return "anxiety"
    if shows_force("habit", text):
        return "habit"
    if struggles:
        if not own or tags.emotion in PLEASANT:
            return None
        if _speaks_of_tool(text) and not _OWN_TROUBLE.search(text):
            return "anxiety" if _complains(text) and not shows_force("pull", text) else None
        return "push" if tells_trouble(text) else None
    if text.endswith("?") or (_complains(text) and not shows_force("pull", text)):
        return None
    gains = "outcome" in tags.labels and (shows_force("pull", text) or _serves(text))
    return "pull" if gains or ("desire" in tags.labels and _serves(text) and _speaks_of_tool(text)) else None


def _serves(text: str) -> bool:
    return _SERVES.search(text) is not None


def tells_trouble(text: str) -> bool:
    """Tell whether the wording of a sentence tells of trouble with the present way."""
    return shows_force("push", text) or _judges_badly(text) or _POWERLESS.search(text) is not None


def is_unmoved(text: str) -> bool:
    """Tell whether a sentence says that something does not matter to who speaks."""
    return _UNMOVED.search(text) is not None


def shows_force(force: str, text: str) -> bool:
    """Tell whether the wording of a sentence alone shows a force."""
    return _force_cues(force).search(straight(text)) is not None


def _speaks_of_tool(text: str) -> bool:
    named = (text[a:b].lower().rstrip("s") for a, b, _ in technology_words(text))
    return any(name not in _LONG_KNOWN for name in named) or _TOOL.search(text) is not None


def _complains(text: str) -> bool:
    """Tell whether words deny or judge badly."""
    return any(w in _negations() or w.endswith("n't") for w in words_of(text)) or _judges_badly(text)


def _judges_badly(text: str) -> bool:
    return bool({stem(w) for w in words_of(text)} & _bad())


@cache
def _negations() -> frozenset[str]:
    return frozenset(cue_list("polarity")["negation"])


@cache
def _bad() -> frozenset[str]:
    return frozenset(stem(w) for w in cue_list("polarity")["negative"])


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
            "emotional": tags.emotion is not None or _cues("emotional").search(straight(segment.text)) is not None,
            "social": _cues("social").search(straight(segment.text)) is not None,
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
