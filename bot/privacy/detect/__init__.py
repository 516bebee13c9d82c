"""Detection of what must be hidden, by evidence: rows of data, names, organisations, and a recogniser where one is set.

    detectors = Detectors(load_ner(), Terms.load(path), people)
    detectors.detect("Tell Maria Lopez that 10.1.2.3 is down")    # PERSON, IP

Pure and synchronous: a caller in an event loop runs `detect` in a worker thread.
"""

from __future__ import annotations

from bot.privacy.detect.detecting import Detecting
from bot.privacy.detect.detectors import Detectors
from bot.privacy.detect.ner import load_ner
from bot.privacy.detect.overlaps import resolve
from bot.privacy.detect.terms import Terms

__all__ = ["Detecting", "Detectors", "Terms", "load_ner", "resolve"]
