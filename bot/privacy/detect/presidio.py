"""Microsoft Presidio as a further recogniser, for installations that have it: `pip install tessera[presidio]`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.errors import ConfigurationError
from bot.model import Span

_TYPES = {
    "PERSON": "PERSON", "EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "CREDIT_CARD": "CREDIT_CARD", "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP", "US_SSN": "NATIONAL_ID", "US_ITIN": "NATIONAL_ID", "UK_NHS": "NATIONAL_ID", "UK_NINO": "NATIONAL_ID",
    "ES_NIF": "NATIONAL_ID", "ES_NIE": "NATIONAL_ID", "IT_FISCAL_CODE": "NATIONAL_ID", "PL_PESEL": "NATIONAL_ID",
    "IN_PAN": "NATIONAL_ID", "IN_AADHAAR": "NATIONAL_ID", "AU_TFN": "NATIONAL_ID", "SG_NRIC_FIN": "NATIONAL_ID",
}  # fmt: skip
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
