"""The analyser: Presidio with the packaged spaCy model and only those of its recognisers that help; no network.

In: passages. Out: hits. Presidio's defaults are switched off on purpose: its model downloader, its e-mail recogniser
(fetches the list of public suffixes), its URL recogniser (takes "Node.js" for an address), dates, places, licence
plates and the many weak patterns of single countries. What is on: payment cards and IBANs (check digits), phone numbers
(python-phonenumbers), UK and US national numbers, German tax id, and our own recognisers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from ..errors import MissingExtraError
from ..language import load_package
from .finds import Hit
from .names.ends import may_name
from .names.people import find_people
from .searches.addresses import find_addresses
from .searches.digits import find_numbers
from .searches.organisations import find_organisations
from .searches.special import find_special
from .searches.spelled import find_spelled
from .searches.workplaces import find_workplaces
from .searches.written import find_written

_KINDS = {
    "CREDIT_CARD": "CARD", "IBAN_CODE": "IBAN", "PHONE_NUMBER": "PHONE", "UK_NINO": "NATIONAL_ID",
    "UK_NHS": "NATIONAL_ID", "US_SSN": "NATIONAL_ID", "DE_TAX_ID": "NATIONAL_ID",
}  # fmt: skip
_BATCH = 64
_FEW_DIGITS = 4  # below it no number of presidio's can stand in a passage
_PHONE_LIKE = re.compile(r"[+(]|\d[ .-]\d")
_DATE_LIKE = re.compile(
    r"\A(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,3}(?: \d00){1,4}|\d+\.\d+)\Z"
)


@cache
def language_model() -> Any:
    """Return the packaged spaCy pipeline with nothing but its entity recogniser (which has its own token vectors).

    It is always the package that the rest uses, whatever else is installed: what is hidden must not depend on the machine.

    Raises
    ------
    MissingModelError
        If the package is not installed, or its files are not the recorded ones.
    """
    return load_package(exclude=["tok2vec", "tagger", "parser", "senter", "lemmatizer", "attribute_ruler"])


@cache
def _presidio() -> Any:
    try:
        import presidio_analyzer  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("presidio_analyzer", "privacy") from error
    from .presidio import build_analyser

    return build_analyser(language_model())


def analyse(passages: Sequence[str], known: Collection[str] = ()) -> Iterator[list[Hit]]:
    """Give out the hits of each passage, in order.

    Parameters
    ----------
    passages : Sequence[str]
        Turns; an empty one gives no hits.
    known : Collection[str]
        Folded parts of names that are people's, see `jtbd_nlp.privacy.names.people.name_parts`.

    Raises
    ------
    MissingExtraError
        If Presidio is absent.
    """
    analyser = _presidio()
    chosen = [_worth_reading(text) for text in passages]
    texts = [text for text, worth in zip(passages, chosen, strict=True) if worth]
    artifacts = analyser.nlp_engine.process_batch(texts, language="en", batch_size=_BATCH)
    for text, worth in zip(passages, chosen, strict=True):
        artifact = next(artifacts)[1] if worth else None
        yield [*_own(text, artifact, known), *(_library(analyser, text, artifact) if artifact else ())]


def _worth_reading(text: str) -> bool:
    """Say whether the model could add something: a capital that may begin a name, or four digits."""
    return sum(c.isdigit() for c in text) >= _FEW_DIGITS or may_name(text)


def _own(text: str, artifact: Any, known: Collection[str]) -> Iterator[Hit]:
    entities = artifact.entities if artifact else ()
    persons = [(e.start_char, e.end_char) for e in entities if e.label_ == "PERSON"]
    places = [(e.start_char, e.end_char) for e in entities if e.label_ == "LOCATION"]
    yield from find_people(text, persons, places, known)
    yield from find_written(text)
    yield from find_addresses(text)
    yield from find_numbers(text)
    yield from find_spelled(text)
    yield from find_organisations(text)
    yield from find_workplaces(text)
    yield from find_special(text)


def _library(analyser: Any, text: str, artifact: Any) -> Iterator[Hit]:
    if sum(c.isdigit() for c in text) < _FEW_DIGITS:
        return
    for result in analyser.analyze(text, language="en", nlp_artifacts=artifact):
        found = text[result.start : result.end]
        if result.entity_type == "PHONE_NUMBER" and not (_PHONE_LIKE.search(found) and not _DATE_LIKE.match(found)):
            continue
        yield Hit(result.start, result.end, _KINDS[result.entity_type], round(float(result.score), 2), "presidio")
