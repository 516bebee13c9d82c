"""What the tests of detection share: the detectors without the recogniser, and finds as pairs of type and text."""

from __future__ import annotations

from bot.privacy.detect import Detectors, Terms

PLAIN = Detectors(None, Terms(), tuple)


def found(text: str, detectors: Detectors = PLAIN) -> list[tuple[str, str]]:
    """Return what is to be hidden, as (type, text) in order."""
    return [(span.type, text[span.start : span.end]) for span in detectors.detect(text)]


def kinds(text: str) -> set[str]:
    """Return the types that are found."""
    return {kind for kind, _ in found(text)}
