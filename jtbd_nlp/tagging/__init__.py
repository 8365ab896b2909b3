"""Marks what sentences say: struggle, desire, situation, outcome, solution, emotion, force.

In: sentences with what was said before them; out: `SentenceTags`.
`tag_sentences` is the public call; `load_tagger` gives the stage object that the pipeline uses.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..checking import check_texts
from ..config import Config, TaggingConfig
from ..errors import InvalidParameterError
from ..records import SentenceTags
from ..stages import Tagger
from .lexicon import LexiconTagger

__all__ = ["LexiconTagger", "load_tagger", "tag_sentences"]


def load_tagger(config: TaggingConfig | None = None, *, threads: int = 0) -> Tagger:
    """Return the tagger that the settings name.

    Parameters
    ----------
    config : TaggingConfig or None, default=None
        ``model`` is "lexicon" for cue words alone, else a folder below ``models/``. None: the shipped model, and no
        label whose probability is below its threshold.
    threads : int, default=0
        Sentences in work at the same time; 0 means one per core. The tags do not depend on it.

    Returns
    -------
    Tagger

    Raises
    ------
    MissingModelError
        If a model file is absent or changed.
    """
    settings = config or TaggingConfig(keep_uncertain=False)
    if settings.model == "lexicon":
        return LexiconTagger()
    from .model import load_model_tagger

    return load_model_tagger(settings.model, keep_uncertain=settings.keep_uncertain, threads=threads)


def tag_sentences(
    sentences: Iterable[str], contexts: Iterable[str] | None = None, *, config: Config | None = None
) -> list[SentenceTags]:
    """Tag sentences of participants.

    Parameters
    ----------
    sentences : iterable of str
        A list or a column of a data frame, one sentence each; empty ones, emoji and other languages give empty tags with ``language`` set.
    contexts : iterable of str or None, default=None
        For each sentence what was said just before it: the end of the question, then the speaker's own words. Helps
        the labels, never part of a span.
    config : Config or None, default=None
        Settings; ``config.tagging`` and ``config.embedding.threads`` count. None leaves labels just below their
        threshold out; the default settings of mining keep them.

    Returns
    -------
    list of SentenceTags
        One per sentence, in order. Spans and cues are characters of the sentence, half-open. The tags of one sentence
        do not depend on the other sentences.

    Raises
    ------
    InvalidParameterError
        If a sentence is no text (NaN of a data frame, say), ``contexts`` has another length, or ``config`` is no `Config`.
    """
    texts = check_texts(sentences, "sentences")
    before = None if contexts is None else check_texts(contexts, "contexts")
    if before is not None and len(before) != len(texts):
        raise InvalidParameterError(
            f"contexts must be as many as sentences ({len(texts)}), got {len(before)}. Give '' where there is none."
        )
    if config is None:
        return load_tagger().tag(texts, before)
    if not isinstance(config, Config):
        raise InvalidParameterError(
            f"config must be a Config, got {config!r}. Use Config.from_toml or Config.from_dict."
        )
    return load_tagger(config.tagging, threads=config.embedding.threads).tag(texts, before)
