"""Every kind of value that is hidden, in one table; what other rooms ask about kinds is read from it.

The order is the rank: where finds overlap, the one that stands first names the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which half of a linked pair (P3) a kind is: who somebody is, or what must not be known of somebody."""

    WHO = "who"
    WHAT = "what"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: its name in tokens, its side, whether it is a secret, its level of rank, how it is said."""

    name: str
    side: Side
    secret: bool
    rank: int
    said: str


def _table(*rows: str) -> tuple[Kind, ...]:
    """Read the rows: rank, name, side, `secret` or `-`, and the words."""
    parts = [row.split(maxsplit=4) for row in rows]
    return tuple(Kind(name, Side(side), kept == "secret", int(rank), said) for rank, name, side, kept, said in parts)


KINDS = _table(
    "0 PRIVATE_KEY what secret private key",
    "1 CONNECTION_STRING what secret connection string",
    "2 JWT what secret token",
    "3 API_KEY what secret API key",
    "4 PASSWORD what secret password",
    "5 EMAIL who - email",
    "6 IBAN what - IBAN",
    "7 CREDIT_CARD what - credit card",
    "8 NATIONAL_ID what - ID number",
    "9 IP what - IP address",
    "9 MAC none - MAC address",
    "10 ACCOUNT none - account",
    "10 ORDER none - order",
    "11 PHONE who - phone",
    "12 TERM none - term",
    "13 ADDRESS who - address",
    "14 BIRTH_DATE what - birth date",
    "15 USER who - user",
    "15 CHANNEL none - channel",
    "16 LINK none - link",
    "17 ORG who - organisation",
    "17 PROJECT what - project",
    "17 PERSON who - person",
    "18 USERNAME who - username",
    "19 MEDICAL what - medical",
    "20 PLACE none - place",
    "21 LITERAL none - text",
)

BY_NAME = {kind.name: kind for kind in KINDS}

WHO = frozenset(kind.name for kind in KINDS if kind.side is Side.WHO)
"""Kinds that say who somebody is."""

WHAT = frozenset(kind.name for kind in KINDS if kind.side is Side.WHAT)
"""Kinds of what must not be known of somebody."""

SECRET = frozenset(kind.name for kind in KINDS if kind.secret)
"""Kinds that are hidden and never restored."""

NUMBERS = frozenset({"PHONE", "CREDIT_CARD", "IBAN", "NATIONAL_ID", "ACCOUNT", "EMAIL", "IP", "API_KEY"})
"""Kinds whose value is the same however its letters and digits are grouped."""

LITERAL = "LITERAL"
"""What only looks like a token or an atom; it is hidden so that nobody can type one, and restored as it was."""


_ORDER = {kind.name: (kind.rank, place) for place, kind in enumerate(KINDS)}


def order(kind: str) -> tuple[int, int]:
    """Return the level and the place of a kind in the table; an unknown one comes last."""
    return _ORDER.get(kind, (len(KINDS), 0))


def said(kind: str) -> str:
    """Return the words for a kind."""
    found = BY_NAME.get(kind)
    return found.said if found else kind.lower().replace("_", " ")


def counted(masked: Mapping[str, int]) -> str:
    """Return how many of which kinds in words ("2 names and 1 email"), empty when there are none."""
    told = [f"{n} {_plural(thing(kind)) if n > 1 else thing(kind)}" for kind, n in masked.items() if n]
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))


def thing(kind: str) -> str:
    """Return the noun for a value of that kind, as one counts it."""
    return {"PERSON": "name", "MEDICAL": "health detail"}.get(kind, said(kind))


def _plural(words: str) -> str:
    return f"{words}es" if words.endswith("s") else f"{words}s"
