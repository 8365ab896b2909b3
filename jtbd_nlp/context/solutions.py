"""What people hire for a job today, one name each, with who uses it and who gave it up; "doing nothing" included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ..linting.lexicon import word_set
from ..linting.technology import technology_words
from ..matching import alternatives, straight
from ..records import Quote, Segment, Solution
from .lexicon import cue_list
from .material import Material, by_turns, voice
from .reasons import reason_of
from .support import tells_hypothesis

DOING_NOTHING = "doing nothing"
_SHORT_NAME = 3  # words of a name that is trusted outside of a job
_NO_NAME = re.compile(
    r"^\w+(?:ed|ing)\b|\b(?:in|at|of|to|on|from|by|with|called|for|about)\b|\b(?:bill|map|screen|police)$|^(?:one|two|every|rang|took|got)\b",
    re.I,
)
_TOO_WIDE = frozenset("machine service package boss wall".split())  # helpers that are as often no help
_LONGEST = 6  # words of a name; longer spans are descriptions and are cut at their first clause border
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:,|;|/|\band\b|\bor\b|&|\bas well as\b|\bplus\b|\balong with\b)\s*", re.I)
_SELF = re.compile(r"\b(?:myself|ourselves|yourself|on (?:my|our|your) own)\b", re.I)
_MACHINE = re.compile(r"\b(?:ai|llms?|chat ?gpt|copilot|claude|gemini|grammarly)\b", re.I)
_BETWEEN = re.compile(r"^\W*(?:(?:the|my|our|a|an|using|doing|to|all|that|this|having|do|use|just|as)\W+){0,3}$", re.I)
_OBJECT_WORD = re.compile(r"\b(?:it|its|him|her|them|me|us|I|we|you|they|he|she|that|what|which)\b", re.I)
# what somebody does with a thing, and no thing: "adding a word to the prompt", "a template being made"
_DOING = re.compile(
    r"(?<=\s)(?:a|an|the|my|our|being)\s|[\"“”]|^(?:add|engag|mak|creat|writ|ask|play|try|go)\w*ing\b", re.I
)
_BORDER = re.compile(
    r"(?<!\s)\s+(?:to|for|that|which|who|when|where|because|so|and then|as|on|in|from|about|into)\s+", re.I
)


class _Use(NamedTuple):
    name: str
    fired: bool
    quote: Quote
    who: str
    why: Quote | None


def solutions_of(material: Material, segment_ids: Iterable[str]) -> tuple[Solution, ...]:
    """Return the current solutions that a job's passages name.

    Parameters
    ----------
    material : Material
    segment_ids : Iterable[str]
        The job's passages.

    Returns
    -------
    tuple[Solution, ...]
        The most often named first (by participants, then by quotes, then by name). A participant who gave a solution
        up and went back to it stands under both. Spans such as "it" take the name that the same turn gave before.
    """
    uses: dict[str, list[_Use]] = {}
    for segment in material.passages(segment_ids):
        for use in _uses(material, segment):
            uses.setdefault(use.name.casefold(), []).append(use)
    found = [_solution(told) for told in uses.values()]
    return tuple(sorted(found, key=lambda s: (-len({*s.hired_by, *s.fired_by}), -len(s.quotes), s.name.casefold())))


def solutions_told(material: Material, segment_ids: Iterable[str]) -> tuple[Solution, ...]:
    """Return the solutions that passages name beyond doubt: outside of a job nothing else bears a name out.

    Parameters
    ----------
    material : Material
    segment_ids : Iterable[str]
        Of the whole study, say.

    Returns
    -------
    tuple[Solution, ...]
        As `solutions_of` gives them; free words only where they are a helper or a technology and no more, and names
        with capitals only where two people give them.
    """
    return tuple(s for s in solutions_of(material, segment_ids) if _is_plain(s))


def _is_plain(solution: Solution) -> bool:
    name = solution.name
    words = name.split()
    if name == DOING_NOTHING or _canonical(name) is not None:
        return True
    if len(words) > _SHORT_NAME or not re.fullmatch(r"[\w'’&.+-]+(?: [\w'’&.+-]+)*", name) or _NO_NAME.search(name):
        return False
    if any(w[0].isupper() for w in words) and len({*solution.hired_by, *solution.fired_by}) > 1:
        return True
    last = words[-1].casefold()
    helper = bool({last, last.removesuffix("s")} & (set(cue_list("solutions")["helpers"]) - _TOO_WIDE))
    return helper or any(end == len(name) for _, end, _ in technology_words(name.lower()))


def _solution(told: list[_Use]) -> Solution:
    return Solution(
        name=min((u.name for u in told), key=lambda n: (n.casefold(), n)),
        hired_by=tuple(sorted({u.who for u in told if not u.fired})),
        fired_by=tuple(sorted({u.who for u in told if u.fired})),
        quotes=_once(u.quote for u in told),
        hired_why=_once(u.why for u in told if not u.fired),
        fired_why=_once(u.why for u in told if u.fired),
    )


def _once(quotes: Iterable[Quote | None]) -> tuple[Quote, ...]:
    return by_turns(list({(q.transcript_id, q.start_char): q for q in quotes if q is not None}.values()))


def _uses(material: Material, segment: Segment) -> Iterator[_Use]:
    if does_nothing(segment.text):
        why = reason_of(material, segment, fired=False)
        yield _Use(DOING_NOTHING, False, _quoted(material, segment), voice(segment), why)
    tags = material.tags_of(segment.segment_id)
    span = tags.spans.get("solution")
    told = tags.stance in {"own", "negated"} and not tells_hypothesis(segment.text)
    if span is None or not told or is_unused(segment.text, span):
        return  # what others use, or what somebody would use, is hired by nobody here
    fired = is_fired(segment.text, span)
    names = solution_names(segment.text[span[0] : span[1]]) or _named_before(material, segment)
    why = reason_of(material, segment, span, fired=fired) if names else None
    for name in names:
        yield _Use(name, fired, _quoted(material, segment), voice(segment), why)


def _quoted(material: Material, segment: Segment) -> Quote:
    """Return a sentence that names a solution as a quote: most of a study names none, and is not cut."""
    return material.quote(segment, slot="solution")


def solution_names(words: str) -> list[str]:
    """Return the normalised names in a solution span: articles off, variants under one name, lists split.

    Examples
    --------
    >>> solution_names("the Excel spreadsheet"), solution_names("ChatGPT and Grammarly"), solution_names("it")
    (['Excel'], ['ChatGPT', 'Grammarly'], [])
    """
    whole = _canonical(words) or ("doing it myself" if _SELF.search(words) else None)
    if whole is not None:
        return [whole]
    machines = [_canonical(m.group()) for m in _MACHINE.finditer(words)]
    if machines:
        return list(dict.fromkeys(m for m in machines if m))
    if re.search(r"\bback and forth\b", words, re.I):
        return []
    parts = [p for p in _SPLIT.split(words) if p.strip()]
    listed = len(parts) > 1 and all(len(p.split()) <= 3 for p in parts)
    names = [_one_name(p) for p in (parts if listed else [words])]
    return list(dict.fromkeys(n for n in names if n))


def _one_name(words: str) -> str | None:
    known = _canonical(words)
    if known is not None:
        return known
    bare = _bare(words)
    if len(bare.split()) > _LONGEST:
        bare = _bare(_BORDER.split(bare)[0])
    if not bare or bare.casefold() in set(cue_list("solutions")["pronouns"]) or len(bare.split()) > _LONGEST:
        return None
    return _canonical(bare) or (_as_written(bare) if _names_something(bare) else None)


def _as_written(name: str) -> str:
    """Keep the capitals of names, and drop those that a sentence gave to an everyday word at its start."""
    first = name.split()[0].casefold()
    everyday = word_set("words", "stop") | set(cue_list("solutions")["helpers"]) | word_set("verbs", "also_nouns")
    common = first in everyday or first.removesuffix("s") in everyday or first.endswith("ing")
    known = technology_words(name.lower())
    product = any(kind == "product" for _, _, kind in technology_words(name))
    everyday_name = not any(c.isupper() for c in name[1:]) and (common or (known and not product))
    return name.lower() if everyday_name else name


def _names_something(name: str) -> bool:
    """Say whether free words name a tool, a helper or a practice, and not the task or its result."""
    first, last = name.split()[0], name.split()[-1].casefold()
    helpers = set(cue_list("solutions")["helpers"])
    verbs = word_set("verbs", "verbs") | word_set("verbs", "also_nouns") | {"have", "do", "be", "upload", "process"}
    clause = (
        _OBJECT_WORD.search(name) is not None
        or _DOING.search(name) is not None
        or (first.casefold() in verbs and first.casefold() not in helpers)
    )
    if not any(c.isalpha() for c in name) or clause:
        return False
    named = any(w[:1].isupper() for w in name.split())
    practice = first.casefold() in cue_list("solutions")["practices"] and len(name.split()) > 1
    helper = bool({last, last.removesuffix("s")} & helpers)
    return named or practice or helper or (bool(technology_words(name)) and not first.endswith("ing"))


def _bare(words: str) -> str:
    """Strip articles, possessives and light words from the front, and marks from both ends."""
    tokens = words.strip(" \t\n.,;:!?\"'“”‘’()[]-").split()
    leading = set(cue_list("solutions")["leading"])
    while tokens and tokens[0].casefold() in leading:
        tokens = tokens[1:]
    return " ".join(tokens).strip(" .,;:!?\"'“”‘’()[]-")


def _canonical(words: str) -> str | None:
    key = _bare(words).casefold()
    name = _names().get(key) or _names().get(words.strip().casefold())
    return None if name is None else cue_list("solutions")["display"].get(name, name)


@cache
def _names() -> Mapping[str, str]:
    return {v.casefold(): name for name, variants in cue_list("solutions")["canonical"].items() for v in variants}


def _named_before(material: Material, segment: Segment) -> list[str]:
    """Return what the same turn named last before a span that is only a pronoun."""
    turn = material.turns[segment.transcript_id, segment.turn_index]
    for other in reversed([s for s in turn if s.start_char < segment.start_char]):
        span = material.tags_of(other.segment_id).spans.get("solution")
        names = solution_names(other.text[span[0] : span[1]]) if span else []
        if names:
            return names[:1]
    return []


def is_fired(text: str, span: tuple[int, int]) -> bool:
    """Say whether the words around a solution tell that it was given up, or left for this case."""
    if tells_hypothesis(text):
        return False
    fired, hired = _cue_before("fired_before", text, span[0]), _cue_before("hired_before", text, span[0])
    after = straight(text[span[1] :]).lstrip(" ,")
    return fired > hired or _cues("fired_after").match(after) is not None


def is_unused(text: str, span: tuple[int, int]) -> bool:
    """Say whether the words before a solution tell that it is not used at all."""
    return _cue_before("unused_before", text, span[0]) >= 0


def _cue_before(name: str, text: str, start: int) -> int:
    """Return where the last cue stands that directly leads to a solution; -1 where none does."""
    text = straight(text)
    found = [m for m in _cues(name).finditer(text, max(0, start - 60), start) if _BETWEEN.match(text[m.end() : start])]
    return found[-1].end() if found else -1


@cache
def _cues(name: str) -> re.Pattern[str]:
    return re.compile(alternatives(cue_list("solutions")[name]), re.IGNORECASE)


def does_nothing(text: str) -> bool:
    """Say whether somebody tells that they do nothing about it."""
    text = straight(text)
    match = _doing_nothing().search(text)
    return match is not None and not re.search(r"(?:\b(?:not|never|cannot)|n't)(?: \w+){0,2} $", text[: match.start()])


@cache
def _doing_nothing() -> re.Pattern[str]:
    return re.compile("|".join(cue_list("solutions")["doing_nothing"]), re.IGNORECASE)
