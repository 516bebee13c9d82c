"""Public people, places, firms, works and technical names: what a message may ask about in clear."""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from bot.privacy.detect.words import fold, phrases

KINDS = ("person", "place", "firm", "work", "tech")
_HEAD = re.compile(rf"^\[({'|'.join(KINDS)})\]\n", re.MULTILINE)


@cache
def names(kind: str) -> frozenset[str]:
    """Return the public names of a kind, folded."""
    return _all().get(kind, frozenset())


def is_public(name: str, kinds: Collection[str] = KINDS) -> bool:
    """Tell whether a whole name, in any case, is a public one of these kinds."""
    folded = " ".join(fold(name).replace(".", "").split()).removesuffix(" jr").removesuffix(" sr")
    return any(folded in names(kind) for kind in kinds)


@cache
def _all() -> dict[str, frozenset[str]]:
    """Read the list once, when a name is first asked for."""
    packed = (files(__package__) / "names" / "public.txt.gz").read_bytes()
    result: dict[str, frozenset[str]] = {}
    _, *parts = _HEAD.split(gzip.decompress(packed).decode())
    for kind, body in zip(parts[::2], parts[1::2], strict=True):
        result[kind] = frozenset(body.replace(".", "").split("\n"))
    ours = {"person": "famous", "place": "places", "tech": "products"}
    return {kind: found | (phrases(ours[kind]) if kind in ours else frozenset()) for kind, found in result.items()}
