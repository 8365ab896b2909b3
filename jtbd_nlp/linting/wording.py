"""The rules that need the statement alone: slots, persona, specific, solution-free, atomic, progress, altitude ...

In: `Parsed`. Out: findings. Word lists are in ``lexicons/``; no model is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..matching import alternatives
from ..records import SLOTS, Finding
from .lexicon import read_lexicon, word_set
from .parsing import Parsed
from .rules import broken
from .technology import technology_words
from .words import content_stems, content_words, may_mean, starts_with_verb, stem, words_of

MAX_WORDS = 45
_EXAMPLE = 'Write "When <situation>, I want to <motivation>, so I can <outcome>".'
_ANCHOR = re.compile(
    r"\b(?:in|on|at|with|without|before|after|during|from|for|under|between|near|by|until|since|over|into|within|through|"
    r"across|towards?|against|because|but|and|or|although|though|that|which|who|whom|whose|where|than|while|if|about|of|to|how|what|why)\s+\w"
    r"|\b\d+\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:midnight|noon|tonight|overnight|yesterday|tomorrow)\b",
    re.I,
)
_CLAUSE = re.compile(r"\b(?:and|but|while|when|because)\s+(?:(?:my|the|a|an|our|his|her|their|no)\s+)?\w+\s+\w+", re.I)
_COORDINATOR = re.compile(
    r",?\s{0,8}(?:\b(?:and/or|as\s+well\s+as|and\s+also|and\s+then|and|or|plus|then|but\s+also)\b|&|,)\s+"
    r"(?:(?:also|then|even|to|not|\w+ly)\s+)*(?P<next>[a-z'-]+)(?:\s+(?P<after>[a-z'-]+))?",
    re.I,
)
_OBJECT = re.compile(
    r"^(?:a|an|the|my|our|your|his|her|their|its|this|these|those|it|them|him|me|us|you|what|whom|how|why|where|when|"
    r"whether|if|every|each|all|some|any|more|others?|another|one|two|three|up|out|off|over|down|away|back)$",
    re.I,
)
_ALTERNATIVE = re.compile(r"\b(?:whether|if|between|either|when|which)\b", re.I)
_SUBORDINATE_BASE = re.compile(
    r"\b(?:who|that|which|they|it|he|she|I|we|you)\s+(?:can|could|will|would|may|might|must|should)\s+\w+(?:\s+[\w']+){0,2}$"
    r"|\bhow\s+to\s+\w+(?:\s+[\w']+){0,2}$",
    re.I,
)
_HEDGED_STATE = re.compile(
    r"^(?:that\s+)?(?:(?:I|we|you|they|he|she|it|this|that|things?|everything|life|work|the\s+(?:work|job|process|task|thing))\s*)?"
    r"(?:'m|'re|'s|'ll|am|are|is|be|being|feel|feels|become|becomes|get|gets|stay|remain|can|could|will|would|may|goes?|run|runs|much|more|very|so|really|"
    r"truly|a\s+lot|even|just|always|all|and|or|as|possible|,|\s)+(?P<words>(?:[a-z'\-][a-z'\- ]*)?)$",
    re.I,
)


def wording_findings(parsed: Parsed, products: Sequence[str] = (), max_words: int = MAX_WORDS) -> list[Finding]:
    """Return what the text rules say of one statement, in the order of the table."""
    found = [
        *_slots(parsed, max_words),
        *_persona(parsed),
        *_specific(parsed),
        *_solution_free(parsed, products),
        *_atomic(parsed),
        *_progress(parsed),
        *_altitude(parsed),
    ]
    if parsed.score:
        fix = "Take the score out; measure it with a survey of many customers. Counts of participants may stay."
        found.append(broken("no-score", f"it carries a score that interviews cannot give: {parsed.score!r}", fix))
    return found


def _slots(parsed: Parsed, max_words: int) -> Iterator[Finding]:
    for slot in SLOTS:
        if getattr(parsed, slot) is None:
            yield broken("slots", f"the {slot} is missing or empty", _EXAMPLE, slot=slot)
    if not parsed.in_order:
        yield broken("slots", "the slots stand in another order", _EXAMPLE)
    if parsed.n_sentences > 1:
        yield broken("slots", f"it runs over {parsed.n_sentences} sentences", "Say it in one sentence.")
    if parsed.n_words > max_words:
        fix = f"Cut it to {max_words} words; details belong in the quotes."
        yield broken("slots", f"it has {parsed.n_words} words", fix, severity="warning")


def _persona(parsed: Parsed) -> Iterator[Finding]:
    fix = "Say when and where it happens; who it happens to belongs in the profile."
    if parsed.persona:
        yield broken("persona", f"it opens with a role: {parsed.persona!r}", fix, slot="situation")
    elif parsed.situation and (role := _role_in(parsed.situation)):
        yield broken("persona", f"the situation is a role or demographic: {role!r}", fix, slot="situation")


def _role_in(situation: str) -> str | None:
    match = _role_pattern().search(situation)
    if match is None:
        return None
    return None if _CLAUSE.search(situation, match.end()) else match.group().strip()


@cache
def _role_pattern() -> re.Pattern[str]:
    lists = read_lexicon("roles")
    role = alternatives(lists["roles"], plural=True)
    demographic = alternatives(lists["demographics"])
    who = r"(?:I|we|you|he|she|they|users?|customers?|people)\s*(?:'m|'re|'s|\s+am|\s+are|\s+is|\s+was|\s+were)\s+"
    adjectives = r"(?:(?!the\s+only|in\b|at\b|on\b|with\b|of\b|to\b|and\b|about\b)[\w'-]+\s+){0,5}?"
    decade = r"in\s+(?:my|our|his|her|their)\s+(?:early\s+|late\s+|mid-?\s*)?\w+ties\b"
    age = r"(?:over\s+|under\s+|aged\s+)?[1-9]\d(?=\s*(?:$|,|and\b|years?\b))"
    article = r"(?:an?\s+|the\s+(?!only\b)|one\s+of\s+the\s+)?"
    return re.compile(rf"^{who}(?:{article}{adjectives}(?:{role}|{demographic})|{decade}|{age})", re.I)


def _specific(parsed: Parsed) -> Iterator[Finding]:
    if parsed.situation is None or _role_in(parsed.situation) or is_specific(parsed.situation):
        return
    fix = "Add what makes it happen: a time, a place, an event or a limit that participants told of."
    yield broken("specific", f"the situation is true almost always: {parsed.situation!r}", fix, slot="situation")


def is_specific(situation: str) -> bool:
    """Say whether a situation has a concrete modifier: an event with a time, a place, a person or a limit."""
    vague = word_set("vague", "situation")
    concrete = [w for w in content_words(situation) if w not in vague]
    anchored = _ANCHOR.search(situation) is not None
    return len(concrete) >= 3 or (len(concrete) == 2 and anchored)


def _solution_free(parsed: Parsed, products: Sequence[str]) -> Iterator[Finding]:
    motivation = parsed.motivation
    if motivation is None:
        return
    named = [motivation[a:b] for a, b, _ in technology_words(motivation, products)]
    if named:
        what = ", ".join(map(repr, dict.fromkeys(named)))
        fix = "Ask what it would let them do, and write that; keep the tool under current solutions."
        yield broken("solution-free", f"the motivation names a solution: {what}", fix, slot="motivation")
    elif not parsed.wants_to or not starts_with_verb(motivation):
        fix = 'Start with a verb: "I want to find out ...".'
        message = f"the motivation is a thing and not an action: {motivation!r}"
        yield broken("solution-free", message, fix, slot="motivation", severity="warning")


def _atomic(parsed: Parsed) -> Iterator[Finding]:
    second = second_goal(parsed.motivation) if parsed.motivation and parsed.wants_to else None
    if second:
        fix = "Split it into one statement for each goal, each with its own evidence."
        yield broken("atomic", f"the motivation holds a second goal from {second!r} on", fix, slot="motivation")


def second_goal(motivation: str) -> str | None:
    """Return the words with which a second goal begins, or None.

    Two verbs side by side with one object ("find and book a room") count as one goal, as do alternatives to be weighed
    ("whether to stay or to go") and verbs of a clause inside ("someone who can cook and clean").
    """
    for match in _COORDINATOR.finditer(motivation):
        word, after = match["next"].lower(), (match["after"] or "").lower()
        before, link = motivation[: match.start()], match.group().strip().lower()
        inside = _SUBORDINATE_BASE.search(before) or _infinitive_inside(before)
        weighed = link.startswith(("or", ", or")) and _ALTERNATIVE.search(before)
        listed = link.startswith(",") and not re.match(r",\s*(?:and|or|then|plus|as)\b", link)
        if len(before.split()) < 2 or inside or weighed or (listed and not _OBJECT.match(after)):
            continue
        if _is_verb(word, after):
            return match.group().strip(" ,")
    return None


def _infinitive_inside(before: str) -> bool:
    """Say whether the words just before are "to" and a verb, which the next verb then joins."""
    match = re.search(r"\bto\s+([a-z'-]+)$", before, re.I)
    return match is not None and match[1].lower() in word_set("verbs", "verbs")


def _is_verb(word: str, after: str) -> bool:
    if word in word_set("verbs", "verbs"):
        return True
    return word in word_set("verbs", "also_nouns") and bool(_OBJECT.match(after))


def _progress(parsed: Parsed) -> Iterator[Finding]:
    clause = parsed.outcome_clause or parsed.outcome
    if clause is None or parsed.outcome is None:
        return
    fix = "Say what is different afterwards: what they can do, stop doing, feel or show to others."
    bare = bare_praise(clause)
    if bare:
        yield broken("progress", f"the outcome is a bare word of praise: {bare!r}", fix, slot="outcome")
    elif re.fullmatch(r"(?:do|have|get|use|see|know|try)\s+(?:it|that|this|so|them)", parsed.outcome, re.I):
        yield broken("progress", f"the outcome says nothing: {parsed.outcome!r}", fix, slot="outcome")
    elif parsed.motivation and repeats(clause, parsed.motivation):
        yield broken("progress", "the outcome repeats the motivation", fix, slot="outcome")


def bare_praise(clause: str) -> str | None:
    """Return an outcome that is nothing but "I am" and an adjective, or None."""
    match = _HEDGED_STATE.match(clause)
    if match is None:
        return clause if words_of(clause) and set(words_of(clause)) <= word_set("vague", "adjectives") else None
    praise = word_set("vague", "adjectives")
    praised = any(w in praise for w in words_of(clause))
    rest = [w for w in words_of(match["words"]) if w not in praise | {"and", "or", "more", "as", "possible"}]
    return clause if praised and not rest else None


def repeats(outcome: str, motivation: str) -> bool:
    """Say whether an outcome only says the motivation again."""
    filler = {stem(w) for w in ("quickly", "fast", "better", "easily", "natural", "more", "efficiently", "time")}
    said, asked = content_stems(motivation), content_stems(outcome)
    new = [s for s in asked if not may_mean(s) & set(said)]
    rest = [s for s in new if s not in filler]
    only_in_time = set(asked) <= {stem("time")}  # "get there in time" is a state, and no word of the motivation
    return not rest and not only_in_time


def _altitude(parsed: Parsed) -> Iterator[Finding]:
    motivation = (parsed.motivation or "").strip(" .!")
    lists = read_lexicon("vague")
    if any(re.fullmatch(p, motivation, re.I) for p in lists["broad"]):
        fix = "Ask how: name what they try to get done in this situation."
        yield broken("altitude", f"the motivation is too broad: {motivation!r}", fix, slot="motivation")
    elif any(re.match(p, motivation, re.I) for p in lists["micro"]):
        fix = "Ask why: name the goal that this step serves."
        yield broken("altitude", f"the motivation is a single step: {motivation!r}", fix, slot="motivation")
