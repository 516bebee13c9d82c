"""What the stages need from outside, as protocols: one small interface per edge."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.errors import TesseraError
from bot.model import (
    Answer,
    FragmentEvent,
    Origin,
    Outcome,
    Plan,
    Prompt,
    Question,
    Receipt,
    ReceiptPage,
    Reply,
)

Clock = Callable[[], float]
"""A monotonic or wall clock in seconds."""

Sleep = Callable[[float], Awaitable[None]]
"""`asyncio.sleep` or what stands for it."""

OnText = Callable[[str], None]
"""Called with the answer's text as far as it is known, each time more arrives."""

Watch = Callable[[FragmentEvent], None]
"""Called, without blocking, at each change of a fragment."""


class Provider(Protocol):
    """One LLM provider behind one long-lived client.

    `ask` raises only `bot.errors.ProviderError` and `bot.errors.PrivacyError`, and lets cancellation
    through; it streams when `on_text` is given and not otherwise; it never retries.
    """

    name: str
    model: str

    async def ask(self, prompt: Prompt, on_text: OnText | None = None) -> Reply:
        """Send one prompt and return the whole answer."""
        ...

    async def aclose(self) -> None:
        """Close the client and its connections."""
        ...


class Ledger(Protocol):
    """Takes one receipt per outbound attempt; returns only when it is recorded."""

    async def append(self, receipt: Receipt) -> None:
        """Record the receipt, chained to the one before it."""
        ...


class Reporter(Protocol):
    """Shows one question to whoever asked it; methods but `announce` and `publish` return at once."""

    async def announce(self, plan: Plan) -> str | None:
        """Show that the question is in work; return where, so that another process can go on there."""
        ...

    def attach(self, plan: Plan, where: str | None) -> None:
        """Go on at the place that `announce` returned, perhaps in another process."""
        ...

    def update(self, event: FragmentEvent) -> None:
        """Show a change of one fragment when the pace allows."""
        ...

    async def publish(self, answer: Answer) -> None:
        """Show the answer; the last word."""
        ...

    async def give_up(self, request_id: str, error: TesseraError) -> None:
        """Say in a plain sentence why there is no answer; the last word."""
        ...

    async def aclose(self) -> None:
        """Stop showing."""
        ...


class Stages(Protocol):
    """The steps of one question, in the order of `bot.pipeline.answer`.

    In a terminal they run directly; in Slack plan, announce and send are journalled (`bot.durable.journalled`).
    """

    async def plan(self, question: Question) -> Plan:
        """Mask, split and assign; raise TesseraError when the question is not taken or must not leave."""
        ...

    async def announce(self, plan: Plan) -> None:
        """Show that the question is in work."""
        ...

    async def send(self, plan: Plan, number: int) -> Outcome:
        """Send one fragment; never raises but for cancellation."""
        ...

    async def record(self, question: Question, answer: Answer) -> None:
        """Record what everything took."""
        ...

    async def publish(self, answer: Answer) -> None:
        """Show the answer."""
        ...

    async def give_up(self, question: Question, error: TesseraError) -> None:
        """Say why there is no answer."""
        ...


class Desk(Protocol):
    """What Slack's listeners ask of the core; every method is idempotent."""

    async def accept(self, question: Question) -> int:
        """Take the question durably: when this returns it survives a crash.

        Returns its place in the line of waiting questions, 0 when it begins at once.

        Raises:
            Rejected: the question is not taken; the sentence may be shown.
            StorageError: it could not be written down.
        """
        ...

    async def stop(self, request_id: str, origin: Origin) -> None:
        """Cancel a running question of this person.

        Raises:
            NotAllowed: it is somebody else's.
        """
        ...

    async def regenerate(self, request_id: str, origin: Origin) -> None:
        """Ask the same question again, with other routes.

        Raises:
            Rejected: its text is gone, or it is somebody else's.
        """
        ...

    async def receipt(self, request_id: str, origin: Origin, *, texts: bool) -> ReceiptPage:
        """Return what each provider was given; with `texts` also the exact text while it is still kept.

        Raises:
            Rejected: it is unknown, or somebody else's.
        """
        ...

    async def feedback(self, request_id: str, origin: Origin, *, good: bool) -> None:
        """Record a thumb up or down."""
        ...

    async def forget(self, team: str, user: str | None) -> None:
        """Delete everything of one person, or of a whole workspace when `user` is None."""
        ...
