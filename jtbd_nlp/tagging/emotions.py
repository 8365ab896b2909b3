"""Emotion as a task of its own: in: texts, out: GoEmotions' 28 labels with scores, the library's kind, an intensity.

The tagger's `SentenceTags.emotion` answers "is a feeling expressed in this sentence of an interview, and which?"; this
module answers the wider question that GoEmotions was labelled for, on any short text. See docs/tagging.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..checking import check_texts
from ..config import Config
from ..errors import InvalidParameterError
from .cues import intensity_of, lexicon
from .language import language_of

NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionScores:
    """What one text expresses.

    ``labels`` are those of GoEmotions that reach their thresholds, the strongest first, ("neutral",) when none does;
    ``scores`` maps all 28 to [0, 1]; ``kind`` is the library's kind of the strongest label that has one, or None;
    ``intensity`` is 0 without a kind, else 1 weak, 2 plain, 3 strong, by wording.
    """

    labels: tuple[str, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    kind: str | None = None
    intensity: int = 0
    language: str = "en"


def score_emotions(texts: Iterable[str], *, config: Config | None = None) -> list[EmotionScores]:
    """Score short texts for the 28 labels of GoEmotions.

    Parameters
    ----------
    texts : iterable of str
        One sentence or comment each.
    config : Config or None, default=None
        Settings; ``config.tagging.model`` names the model folder.

    Returns
    -------
    list of EmotionScores
        One per text, in order; text in another language gets no labels and its ``language``.

    Raises
    ------
    InvalidParameterError
        If a text is not a str, or the settings ask for the lexicon, which has no such head.
    MissingModelError
        If a model file is absent or changed.
    """
    from .model import load_model_tagger

    checked = check_texts(texts, "texts")
    name = (config or Config()).tagging.model
    if name == "lexicon":
        raise InvalidParameterError("tagging.model must be a model folder here, got 'lexicon'. Set it to 'tagger'.")
    tagger = load_model_tagger(name)
    languages = [language_of(t) for t in checked]
    use = [i for i, code in enumerate(languages) if code == "en"]
    result = [EmotionScores(language=code) for code in languages]
    readings = tagger.read([checked[i] for i in use], [""] * len(use))
    names: list[str] = tagger.settings["goemotions"]["labels"]
    bars: list[float] = tagger.settings["goemotions"]["thresholds"]
    for i, reading in zip(use, readings, strict=True):
        chances = 1 / (1 + np.exp(-reading.heads["goemotions"].astype(np.float64)))
        result[i] = _decide(checked[i], dict(zip(names, np.round(chances, 4).tolist(), strict=True)), bars)
    return result


def _decide(text: str, scores: dict[str, float], bars: Sequence[float]) -> EmotionScores:
    over = [name for name, bar in zip(scores, bars, strict=True) if scores[name] >= bar]
    ranked = tuple(sorted(over, key=lambda name: (-scores[name], name))) or (NEUTRAL,)
    kind = next((k for k in map(kind_of, ranked) if k), None) if ranked[0] != NEUTRAL else None
    return EmotionScores(labels=ranked, scores=scores, kind=kind, intensity=intensity_of(text) if kind else 0)


def kind_of(label: str) -> str | None:
    """Return the library's kind for a label of GoEmotions, or None for one that is no feeling.

    Raises
    ------
    InvalidParameterError
        If the label is none of the 28.
    """
    kinds: dict[str, str] = lexicon("goemotions")["kinds"]
    if label not in kinds:
        raise InvalidParameterError(f"label must be one of {', '.join(kinds)}, got {label!r}. Check its spelling.")
    return kinds[label] or None
