"""What is recorded, and what of it people are shown."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Receipt:
    """One outbound attempt, free of text: a row of the hash-chained ledger (P6).

    `digest` is HMAC-SHA256 of the serialized body under the request's secret; `size` is its bytes;
    `share` is the share of the message's words that this provider has now seen in all; `chosen` is what its
    asker decided ("clear:EMAIL": 1, "all": 1).
    """

    request_id: str
    fragment: int
    provider: str
    model: str
    attempt: int
    hedged: bool
    sent_at: float
    host: str
    size: int
    digest: str
    share: float
    masked: dict[str, int]
    verdicts: dict[str, bool]
    chosen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProviderReceipt:
    """One provider's line on a receipt page; `texts` are exactly what it was sent, empty when gone or not asked for.

    Fragment 0 is the whole masked message, which only the house model gets (`house`).
    """

    provider: str
    model: str
    share: float
    masked: dict[str, int]
    fragments: tuple[int, ...]
    attempts: int
    seconds: float
    texts: tuple[str, ...] = ()
    house: bool = False
    chosen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What every provider was given for one question; `texts_gone` says that the exact texts were purged.

    `why` is the plan's evidence, and `hidden` that of each hidden value, empty when they are not known any more.
    `answers` are what each part asked and its own answer, where one answer was composed from them.
    """

    request_id: str
    providers: tuple[ProviderReceipt, ...]
    texts_gone: bool = False
    why: str = ""
    hidden: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Recent:
    """One of somebody's last questions, without a word of it; `asked_at` is Unix time."""

    asked_at: float
    parts: int
    answered: int
    seconds: float
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """What one person asked lately: the last questions, newest first, and sums over the last thirty days."""

    recent: tuple[Recent, ...] = ()
    questions: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """What one provider would be sent for one part, word for word: our own instructions, and the text."""

    number: int
    provider: str
    system: str
    text: str


@dataclass(frozen=True, slots=True)
class PreviewValue:
    """A value that was found: what names it, how its kind is said, how it is shown, and what becomes of it.

    `fixed` ones stay hidden whatever the asker wants; `clear` ones go in clear, as the asker chose.
    """

    mark: str
    kind: str
    value: str
    fixed: bool = False
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would leave for a question, before anything does; asked with `seed` and `routes`, exactly that is sent."""

    parts: tuple[PreviewPart, ...]
    values: tuple[PreviewValue, ...]
    share: dict[str, float]
    seed: str = field(repr=False, default="")
    notices: tuple[str, ...] = ()
    why: str = ""
    joined: tuple[int, ...] = ()

    @property
    def routes(self) -> tuple[str, ...]:
        """Return who gets each part."""
        return tuple(part.provider for part in self.parts)
