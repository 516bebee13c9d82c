"""How calls and parts end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a fragment, or one attempt at it, ended."""

    OK = "ok"
    FAILED = "failed"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one provider answered; tokens are None where it did not tell; `cut` says that the length limit ended it."""

    text: str
    model: str
    input_tokens: int | None = None
    output_tokens: int | None = None
    first_text_seconds: float | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call to one provider for one fragment; `error` is a one-word class, None when it went well."""

    fragment: int
    number: int
    provider: str
    model: str
    started_at: float
    seconds: float
    status: Status
    error: str | None = None
    hedged: bool = False
    first_text_seconds: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one fragment ended; `text` is the provider's own until the outcome is final, then its tokens are restored.

    `seconds` is the fragment's own time from its first attempt to its answer (or to giving up).
    `provider` is the one that answered, or the last one tried. `cut` says that its length limit ended the answer.
    """

    number: int
    of: int
    provider: str
    model: str
    status: Status
    seconds: float
    text: str = ""
    error: str | None = None
    hedged: bool = False
    input_tokens: int | None = None
    output_tokens: int | None = None
    attempts: tuple[Attempt, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class FragmentEvent:
    """A change of one fragment for whoever watches: `text` is what is known of the answer, restored."""

    number: int
    of: int
    provider: str
    state: str
    seconds: float | None = None
    text: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """The one answer that the house model wrote from the parts' answers, in its tokens; empty where `fault` says why.

    `attempts` are the calls that this took.
    """

    text: str
    attempts: tuple[Attempt, ...] = ()
    fault: str = ""
