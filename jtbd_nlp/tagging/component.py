"""The tagger as a spaCy component: ``nlp.add_pipe("jtbd_tagger")`` sets ``span._.jtbd`` on every sentence.

Found through the entry point ``spacy_factories``; importing this module registers it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Span

from ..config import TaggingConfig
from ..errors import InvalidParameterError
from ..records import Cue, SentenceTags
from . import load_tagger

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = ("._.", "jtbd")
CONTEXT_CHARS = 300  # what stands before a sentence in its doc and is given to the tagger


class SentenceTagger:
    """Tags the sentences of a doc, with what stands before each as its context.

    Parameters
    ----------
    model : str, default="tagger"
        Folder below ``models/``, or "lexicon".
    keep_uncertain : bool, default=False
        Whether labels just below their threshold count as found; off as in `tag_sentences`, on in mining.
    """

    def __init__(self, model: str = "tagger", *, keep_uncertain: bool = False) -> None:
        self.settings = TaggingConfig(model=model, keep_uncertain=keep_uncertain)
        self.tagger = load_tagger(self.settings)
        if not Span.has_extension("jtbd"):
            Span.set_extension("jtbd", getter=_stored)

    def __reduce__(self) -> tuple[Any, tuple[TaggingConfig]]:
        """Travel to another process by the settings alone: a model that is loaded cannot."""
        return _again, (self.settings,)

    def __call__(self, doc: Doc) -> Doc:
        """Tag one doc.

        Raises
        ------
        InvalidParameterError
            If nothing before it in the pipeline sets sentences.
        """
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Tag docs as they come, ``batch_size`` at a time."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            sentences = [s for doc in batch for s in _sentences(doc)]
            before = [s.doc.text[max(0, s.start_char - CONTEXT_CHARS) : s.start_char] for s in sentences]
            tags = iter(self.tagger.tag([s.text for s in sentences], before))
            for doc in batch:
                for key in [k for k in doc.user_data if isinstance(k, tuple) and k[:2] == _KEY]:
                    del doc.user_data[key]  # of an earlier run, which may have cut otherwise
                doc.user_data.update({_key(s): _to_plain(next(tags)) for s in _sentences(doc)})
                yield doc


def _again(settings: TaggingConfig) -> SentenceTagger:
    return SentenceTagger(settings.model, keep_uncertain=settings.keep_uncertain)


def _sentences(doc: Doc) -> list[Span]:
    if len(doc) and not doc.has_annotation("SENT_START"):
        raise InvalidParameterError(
            "jtbd_tagger must come after a pipe that sets sentences, got a doc without them. "
            "Add 'senter' or 'sentencizer' before it."
        )
    return list(doc.sents) if len(doc) else []


def _stored(span: Span) -> SentenceTags | None:
    """Return the tags of the sentence that the span is, or None for any other span."""
    plain = span.doc.user_data.get(_key(span))
    return None if plain is None else _from_plain(plain)


def _key(span: Span) -> tuple[str, str, int, int]:
    """Return where spaCy itself keeps what a span was given: so it is told apart, moved and copied with the docs."""
    return (*_KEY, span.start_char, span.end_char)


def _to_plain(tags: SentenceTags) -> dict[str, Any]:
    """Return values that spaCy can write to bytes, so that docs travel between processes."""
    plain = {f.name: getattr(tags, f.name) for f in fields(tags)}
    plain |= {name: sorted(plain[name]) for name in ("labels", "uncertain")}
    plain["cues"] = [[c.label, c.start, c.end, c.source] for c in tags.cues]
    plain["spans"] = {slot: list(place) for slot, place in tags.spans.items()}
    return plain


def _from_plain(plain: dict[str, Any]) -> SentenceTags:
    changed = {name: frozenset(plain[name]) for name in ("labels", "uncertain")}
    cues = tuple(Cue(*c) for c in plain["cues"])
    spans = {slot: (place[0], place[1]) for slot, place in plain["spans"].items()}
    return SentenceTags(**{**plain, **changed, "cues": cues, "spans": spans})


@Language.factory(  # type: ignore[untyped-decorator]
    "jtbd_tagger",
    default_config={"model": "tagger", "keep_uncertain": False},
    requires=["doc.sents"],
    assigns=["span._.jtbd"],
)
def create_component(nlp: Language, name: str, model: str, keep_uncertain: bool) -> SentenceTagger:
    """Build the component; spaCy calls it."""
    del nlp, name
    return SentenceTagger(model, keep_uncertain=keep_uncertain)
