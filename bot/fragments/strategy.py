"""What every fragmenting strategy takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.model.plan import Fragment

Piece = tuple[int, int]
"""A verbatim piece of a message: start and end, the end exclusive."""


@dataclass(frozen=True, slots=True)
class Message:
    """A masked message to be split, and the most fragments that it may become."""

    text: str
    limit: int = 12


@dataclass(frozen=True, slots=True)
class Split:
    """The fragments of a message, numbered, plain sentences for the reader, and the evidence in one sentence."""

    fragments: tuple[Fragment, ...]
    notices: tuple[str, ...] = ()
    why: str = ""


Strategy = Callable[[Message], Split]
