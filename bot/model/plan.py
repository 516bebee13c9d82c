"""What is hidden of a message, its parts, and where they go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.outcome import Attempt
from bot.model.question import Mode

ATOM = re.compile("\ue000([0-9]+)\ue001")
"""A hidden value inside a masked text: its index in the plan's entities between two private-use characters."""


def atom(index: int) -> str:
    """Return the atom that stands for the entity of that index."""
    return f"\ue000{index}\ue001"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that a detector wants hidden; `type` is upper-case, as in the tokens (`PERSON`).

    `why` is the evidence in a few words, without the value ("first name and surname, after 'tell'").
    """

    start: int
    end: int
    type: str
    why: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Entity:
    """A hidden value: every place where the same value of the same type stands shares one entity.

    `why` is the evidence of the first place.
    """

    type: str
    value: str
    why: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose hidden values are atoms (`atom(index)`), and the entities that the indexes name."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """One part of a masked question; `number` counts from 1; `text` holds atoms, never values.

    `heading` is what this part asks, as a verbatim piece of `text`; empty when there is one part only. `quotes` says
    that lines behind `>` quote what stands beside the question: what went before. `needs` are the numbers of the
    earlier parts whose answers go along with it.
    """

    number: int
    of: int
    text: str
    kind: str = "question"
    heading: str = ""
    quotes: bool = False
    needs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be sent: fragment i goes to `routes[i]` first.

    `providers` are all that may get a part. `secret` is random per request: body digests are derived from it, and
    outside of threads pseudonyms. `tokens` are each provider's pseudonyms, in the order of the entities. `message` is
    the masked message, of which shares are counted. `bound` is the largest share of its words that any one provider may
    see, over all attempts (P2). `notices` are plain sentences for the reader, such as that the question could not be
    split.
    `why` is the evidence for splitting it so, or for leaving it whole, in one sentence without words of the message.
    `known` is the masked text that each provider was sent before in the thread, where that counts. `pinned` parts go to
    their route and nowhere else, as they hold what only that provider knows.
    `strategy` is how it was split. `house` is the provider that may see the whole masked message, empty without one: it
    is not among `providers`, but has its `tokens`; `asks` are the calls in which it planned, and with `composed` it
    writes one answer from the parts' answers. `chosen` is what the asker decided ("clear:EMAIL": 1), for the receipts.
    `place` is where its message stands, empty where that could not be posted, None while it is not known.
    """

    request_id: str
    mode: Mode
    fragments: tuple[Fragment, ...]
    routes: tuple[str, ...]
    entities: tuple[Entity, ...]
    message: str
    secret: bytes = field(repr=False, default=b"")
    tokens: dict[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    providers: tuple[str, ...] = ()
    bound: float = 1.0
    unsplittable: bool = False
    notices: tuple[str, ...] = ()
    why: str = ""
    known: dict[str, str] = field(default_factory=dict)
    pinned: bool = False
    strategy: str = ""
    house: str = ""
    asks: tuple[Attempt, ...] = ()
    composed: bool = False
    chosen: dict[str, int] = field(default_factory=dict)
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """What one provider is given: the instructions that fit the call (perhaps none) and the text of one fragment.

    `schema` is the JSON schema of an answer that is to be JSON.
    """

    system: str
    text: str
    max_output_tokens: int
    timeout: float
    schema: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Wire:
    """What the guard must know of the providers' wire formats: headers to keep, and words that nobody's words are."""

    headers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
