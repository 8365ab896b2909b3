"""Finds cue words of a sentence from the lexicons: in: text, out: `Cue` records, the emotion and force they point to.

Lexicons are TOML files of regular expressions in ``tagging/lexicons``; each names its source.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from ..records import EMOTIONS, FORCES, Cue, Force

CUE_LABELS = ("struggle", "desire", "outcome", "solution", "situation")


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return one lexicon file of ``tagging/lexicons`` as nested plain values."""
    path = resources.files(__package__).joinpath("lexicons", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def compile_words(patterns: list[str]) -> re.Pattern[str]:
    """Return one pattern that matches any of the given ones between word borders, the longest alternative first."""
    ordered = sorted(patterns, key=lambda p: (-len(p), p))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)", re.IGNORECASE)


@cache
def _patterns(group: str) -> dict[str, re.Pattern[str]]:
    data = lexicon("cues") if group == "cues" else lexicon("emotions")[group]
    return {label: compile_words(words) for label, words in data.items()}


@cache
def _any_kind() -> re.Pattern[str]:
    """Return one pattern that stands wherever one of the kinds does: most sentences have none, and one look tells."""
    words = lexicon("emotions")["kinds"]
    return compile_words([word for kind in words.values() for word in kind])


def find_cues(text: str) -> list[Cue]:
    """Return the cue words of every label, in order of label and place.

    Parameters
    ----------
    text : str
        One sentence.

    Returns
    -------
    list of Cue
        ``source`` is "lexicon"; offsets are characters of the sentence.
    """
    found = [
        Cue(label, m.start(), m.end(), "lexicon")
        for label in CUE_LABELS
        for m in _patterns("cues")[label].finditer(text)
    ]
    return found + emotion_cues(text)


def emotion_cues(text: str) -> list[Cue]:
    """Return the words that name a feeling, whatever its kind, as cues of the label "emotion"."""
    if not _any_kind().search(text):
        return []
    hits = {(m.start(), m.end()) for p in _patterns("kinds").values() for m in p.finditer(text)}
    return [Cue("emotion", start, end, "lexicon") for start, end in sorted(hits)]


def emotion_kind(text: str, cues: list[Cue]) -> str | None:
    """Return the kind of feeling that most of the given cues name; ties go to the order of `EMOTIONS`."""
    words = [text[c.start : c.end] for c in cues if c.label == "emotion"]
    counts = {kind: sum(bool(_patterns("kinds")[kind].fullmatch(w)) for w in words) for kind in EMOTIONS}
    best = max(EMOTIONS, key=lambda kind: counts[kind])
    return best if counts[best] else None


def force_of(text: str) -> Force | None:
    """Return the force whose words occur most, or None; ties go to the order of `FORCES`."""
    counts = {f: len(_patterns("forces")[f].findall(text)) for f in FORCES}
    best = max(FORCES, key=lambda f: counts[f])
    return best if counts[best] else None


def intensity_of(text: str) -> int:
    """Return how strong a feeling is worded: 1 weak, 2 plain, 3 strong.

    Parameters
    ----------
    text : str
        A sentence that expresses a feeling.

    Returns
    -------
    int
        1, 2 or 3: words that strengthen or weaken, capitals and exclamation marks.
    """
    words = _patterns("strength")
    loud = len(re.findall(r"!", text)) + len(re.findall(r"\b[A-Z]{4,}\b", text))
    balance = len(words["stronger"].findall(text)) + loud - len(words["weaker"].findall(text))
    return 3 if balance > 0 else 1 if balance < 0 else 2
