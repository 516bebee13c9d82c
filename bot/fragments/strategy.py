"""What every fragmenting strategy takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.model import Entity, Fragment


@dataclass(frozen=True, slots=True)
class Message:
    """A masked message to be split: its hidden values, its thread's earlier masked messages, the most fragments."""

    text: str
    entities: tuple[Entity, ...] = ()
    thread: tuple[str, ...] = ()
    limit: int = 12


@dataclass(frozen=True, slots=True)
class Split:
    """The fragments of a message, numbered, plain sentences for the reader, and the evidence in one sentence."""

    fragments: tuple[Fragment, ...]
    notices: tuple[str, ...] = ()
    why: str = ""


Strategy = Callable[[Message], Split]


def numbered(parts: Sequence[tuple[str, str]], notices: tuple[str, ...] = ()) -> Split:
    """Return the split of these (text, kind) parts."""
    return Split(
        tuple(Fragment(number, len(parts), text, kind) for number, (text, kind) in enumerate(parts, 1)), notices
    )
