"""What a planner may return, and its reading: any text becomes a plan of parts, or a HouseFault that says why not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.errors import HouseFault
from bot.fragments.strategy import Piece

JOINS = ("one", "list", "composed")
"""How parts are joined: not at all, as they stand, or into one answer."""

MOST_REPLY = 40_000
"""Characters of a plan at most: more is no plan."""

MOST_QUESTION = 600
"""Characters of one part's question at most."""

MOST_PASSAGES = 24
"""Passages of one part at most."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """One part as the planner wrote it: its question, passages in the planner's own tokens, the parts it needs."""

    question: str
    passages: tuple[str, ...]
    needs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part that passed the check: question with atoms, places of its passages in the masked message, needs."""

    question: str
    passages: tuple[Piece, ...]
    needs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """A plan: its parts, none where the planner wants one piece; `composed` when one answer is written from theirs."""

    parts: tuple[Part, ...]
    composed: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A planner's reply, read but not checked."""

    parts: tuple[Drafted, ...]
    composed: bool


def read(text: str, limit: int) -> Reply:
    """Read a planner's reply; one part alone is one piece, which has no parts.

    Raises:
        HouseFault: it is no plan, or has more than `limit` parts.
    """
    require("empty", "The plan was empty.", bool(text.strip()))
    require("long", "The plan was far too long.", len(text) <= MOST_REPLY)
    found = _object(text)
    join, parts = found.get("join"), found.get("parts")
    if join not in JOINS or not isinstance(parts, list):
        raise HouseFault("shape", 'The plan needs "join" ("one", "list" or "composed") and a list "parts".')
    if join == "one" or len(parts) <= 1:
        return Reply((), composed=False)
    require("many", f"The plan had {len(parts)} parts; at most {limit} are possible.", len(parts) <= limit)
    return Reply(tuple(_part(number, part) for number, part in enumerate(parts, 1)), composed=join == "composed")


def require(reason: str, sentence: str, holds: bool) -> None:
    """Raise the HouseFault of that reason and sentence unless it holds."""
    if not holds:
        raise HouseFault(reason, sentence)


def _object(text: str) -> dict[str, Any]:
    """Return the JSON object in a text, where it may stand in a fence or between words."""
    try:
        found = json.loads(text[text.find("{") : text.rfind("}") + 1])
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise HouseFault("json", "The plan was not the JSON object that was asked for.")
    return found


def _part(number: int, part: object) -> Drafted:
    """Read one part."""
    if not isinstance(part, dict):
        raise HouseFault("shape", f"Part {number} of the plan was no object.")
    question, passages, needs = part.get("question"), part.get("passages", []), part.get("needs", [])
    if not isinstance(question, str) or not any(map(str.isalnum, question)):
        raise HouseFault("shape", f"Part {number} had no question.")
    if not isinstance(passages, list) or not all(isinstance(each, str) for each in passages):
        raise HouseFault("shape", f'"passages" of part {number} was no list of texts.')
    if not isinstance(needs, list) or not all(type(each) is int for each in needs):
        raise HouseFault("shape", f'"needs" of part {number} was no list of numbers.')
    own = any(sign in text for text in (question, *passages) for sign in "\ue000\ue001")
    require("foreign", f"Part {number} held signs that only we may write.", not own)
    require("long", f"The question of part {number} was too long.", len(question) <= MOST_QUESTION)
    require("many", f"Part {number} had more than {MOST_PASSAGES} passages.", len(passages) <= MOST_PASSAGES)
    # Only earlier ones: so there is no cycle, and one order for all.
    earlier = all(1 <= each < number for each in needs)
    require("order", f"Part {number} needs a part that does not stand before it.", earlier)
    said = tuple(each for each in passages if each.strip())
    return Drafted(" ".join(question.split()), said, tuple(sorted(set(needs))))
