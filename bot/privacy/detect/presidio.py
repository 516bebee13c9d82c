"""Microsoft Presidio as a further recogniser, for installations that have it: `pip install tessera[presidio]`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.errors import ConfigurationError
from bot.model import Span

_TYPES = {
    "PERSON": "PERSON",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "CREDIT_CARD",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP",
} | dict.fromkeys(
    (
        *("US_SSN", "US_ITIN", "UK_NHS", "UK_NINO", "ES_NIF", "ES_NIE", "IT_FISCAL_CODE"),
        *("PL_PESEL", "IN_PAN", "IN_AADHAAR", "AU_TFN", "SG_NRIC_FIN"),
    ),
    "NATIONAL_ID",
)
"""What is taken over; its driving licence, passport, bank and date recognisers give mostly false alarms."""


def load_presidio(*, model: str, language: str = "en", threshold: float = 0.4) -> Callable[[str], Sequence[Span]]:
    """Build Presidio's analyzer on that spaCy model; the spans carry our types.

    Telephone numbers score 0.4 there, so a higher threshold loses them.

    Raises:
        ConfigurationError: Presidio, or the model, is not installed.
    """
    try:
        from presidio_analyzer import AnalyzerEngine  # type: ignore[import-not-found]
        from presidio_analyzer.nlp_engine import NlpEngineProvider  # type: ignore[import-not-found]

        models = {"nlp_engine_name": "spacy", "models": [{"lang_code": language, "model_name": model}]}
        engine: Any = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=models).create_engine())
    except (ImportError, OSError):
        raise ConfigurationError("Install the extra `tessera[presidio]` and its spaCy model to use Presidio.") from None

    def recognise(text: str) -> Sequence[Span]:
        """Return Presidio's finds of the types that are taken over."""
        found = engine.analyze(text=text, language=language, entities=list(_TYPES), score_threshold=threshold)
        return [Span(result.start, result.end, _TYPES[result.entity_type]) for result in found]

    return recognise
