"""Builds the Presidio analyser: which of its recognisers run, on which spaCy pipeline, with what switched off."""

from __future__ import annotations

from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    DeTaxIdRecognizer,
    IbanRecognizer,
    NhsRecognizer,
    PhoneRecognizer,
    UkNinoRecognizer,
    UsSsnRecognizer,
)

_REGIONS = ("US", "GB", "DE", "FR")
_IGNORED = (
    "ORG", "NORP", "FAC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "DATE", "TIME", "PERCENT", "MONEY",
    "QUANTITY", "ORDINAL", "CARDINAL",
)  # fmt: skip
_THRESHOLD = 0.4


class PackagedEngine(SpacyNlpEngine):  # type: ignore[misc]
    """Presidio's spaCy engine on a pipeline that is loaded already: nothing is looked for or downloaded."""

    def __init__(self, nlp: Any) -> None:
        super().__init__(
            models=[{"lang_code": "en", "model_name": "packaged"}],
            ner_model_configuration=NerModelConfiguration(labels_to_ignore=list(_IGNORED)),
        )
        self.nlp: Any = {"en": nlp}

    def load(self) -> None:
        """Do nothing: the pipeline came with the constructor."""


class NoEnhancer(ContextAwareEnhancer):  # type: ignore[misc]
    """Leaves scores as they are: our recognisers look at the words before a number themselves."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(self, text: str, raw_results: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        """Return the results unchanged."""
        return raw_results


def build_analyser(nlp: Any) -> AnalyzerEngine:
    """Return an analyser over the given spaCy pipeline with the chosen recognisers and no others."""
    recognisers = [
        CreditCardRecognizer(), IbanRecognizer(), UkNinoRecognizer(), NhsRecognizer(), UsSsnRecognizer(),
        DeTaxIdRecognizer(supported_language="en"), PhoneRecognizer(supported_regions=_REGIONS, leniency=1),
    ]  # fmt: skip
    registry = RecognizerRegistry(recognizers=recognisers, supported_languages=["en"])
    return AnalyzerEngine(
        registry=registry, nlp_engine=PackagedEngine(nlp), supported_languages=["en"],
        default_score_threshold=_THRESHOLD, context_aware_enhancer=NoEnhancer(),
    )  # fmt: skip
