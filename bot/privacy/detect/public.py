"""Public people, places, firms, works and technical names: what a message may ask about in clear."""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import fold, phrases

_YEAR = re.compile(r"\b(?:in|since|between|from|of) (1[5-9]\d\d)\b")
_WORDS_A_CUE, _MANY_WORDS = 60, 120
"""How many words one cue of the public world speaks for, and for how many words enough speak for all."""

KINDS = ("person", "place", "firm", "work", "tech")


@cache
def names(kind: str) -> frozenset[str]:
    """Return the public names of a kind, folded."""
    return _all().get(kind, frozenset())


def is_public(name: str, kinds: Collection[str] = KINDS) -> bool:
    """Tell whether a whole name, in any case, is a public one of these kinds."""
    folded = " ".join(fold(name).replace(".", "").split())
    return any(folded in names(kind) for kind in kinds)


def asked_about(reading: Reading) -> bool:
    """Tell whether a message is about the public world (books, history, sports, tales), and nothing of the asker's."""
    cues = len(_YEAR.findall(reading.text)) + len(reading.marks.get("cue_public_life", ()))
    if not cues or reading.marks.get("cue_own_matter") or reading.marks.get("cue_own_voice"):
        return False
    own = any(zone.kind in ("header", "signature") for zone in reading.zones)
    return not own and cues * _WORDS_A_CUE >= min(len(reading.words), _MANY_WORDS)


@cache
def _all() -> dict[str, frozenset[str]]:
    """Read the list once, when a name is first asked for."""
    packed = (files(__package__) / "names" / "public.txt.gz").read_bytes()
    result: dict[str, frozenset[str]] = {}
    for part in gzip.decompress(packed).decode().split("\n[")[1:]:
        kind, _, body = part.partition("]\n")
        result[kind] = frozenset(body.replace(".", "").splitlines())
    ours = {"person": "famous", "place": "places", "tech": "products"}
    return {kind: found | (phrases(ours[kind]) if kind in ours else frozenset()) for kind, found in result.items()}
