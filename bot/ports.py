"""What the stages need from outside, as protocols: one small interface per edge."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from bot.errors import TesseraError
from bot.model import (
    Answer,
    Attached,
    Before,
    Composition,
    FragmentEvent,
    Origin,
    Outcome,
    Plan,
    Preview,
    Prompt,
    ProviderReceipt,
    Question,
    Receipt,
    ReceiptPage,
    Reply,
    Usage,
)

T = TypeVar("T")

Clock = Callable[[], float]
"""A monotonic or wall clock in seconds."""

Sleep = Callable[[float], Awaitable[None]]
"""`asyncio.sleep` or what stands for it."""

OnText = Callable[[str], None]
"""Called with the answer's text as far as it is known, each time more arrives."""

Read = Callable[[], str]
"""Gives a text that still grows, as far as it may be read by now."""

Watch = Callable[[FragmentEvent], None]
"""Called, without blocking, at each change of a fragment."""

Sent = Mapping[str, frozenset[int]]
"""Which fragments each provider has seen or is going to see."""


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


class Letters(Protocol):
    """What the providers are given for the parts of one plan, and how their answers are read."""

    plan: Plan

    def text(self, number: int, provider: str) -> str:
        """Return exactly the text that the provider gets for that fragment; 0 is the message, for the house alone."""
        ...

    def hear(self, outcome: Outcome) -> None:
        """Keep an outcome in the provider's own words, for the parts that need its answer."""
        ...

    def told(self, number: int, provider: str) -> str:
        """Return the text of a fragment with the answers that go along with it, in that provider's tokens."""
        ...

    def answer(self, number: int, provider: str) -> str:
        """Return the answer to a fragment in the tokens of another provider."""
        ...

    def composed(self, text: str) -> str:
        """Return what the house model wrote as its asker may read it."""
        ...

    def restored(self, outcome: Outcome) -> Outcome:
        """Return an outcome with the hidden values back in its text; once, when it is final."""
        ...

    def growing(self, number: int, provider: str, text: str) -> str:
        """Return as much of an answer that still grows as its asker may read, restored."""
        ...


class Papers(Protocol):
    """What the calls of one question carry and may do; whatever it raises stops the call."""

    def prompt(self, number: int, provider: str) -> Prompt:
        """Return what a provider is given for a fragment."""
        ...

    def permit(
        self, sent: Sent, number: int, provider: str, attempt: int, *, hedged: bool
    ) -> AbstractContextManager[None]:
        """Return what is entered around this attempt to let it through the guard.

        Raises:
            PrivacyError: it must not go.
        """
        ...

    def allows(self, sent: Sent, number: int, provider: str) -> bool:
        """Tell whether the promise lets the fragment go there too (P7)."""
        ...


class Reporter(Protocol):
    """Shows one question to whoever asked it; methods but `announce` and `publish` return at once."""

    async def prepare(self, doing: str) -> None:
        """Show what is done before there is a plan, where that takes its time; never raises but for cancellation."""
        ...

    async def announce(self, plan: Plan) -> str | None:
        """Show that the question is in work; return where, so that another process can go on there.

        None when the answer came first: it is then shown without.
        """
        ...

    def attach(self, plan: Plan, where: str | None) -> None:
        """Go on at the place that `announce` returned, perhaps in another process."""
        ...

    def update(self, event: FragmentEvent, read: Read | None = None) -> None:
        """Show a change of one fragment when the pace allows; its text is what `read` gives by then, if it is given."""
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


class History(Protocol):
    """Reads what went before a question where it was asked; nothing of it is kept."""

    async def before(self, question: Question) -> Before:
        """Return it, oldest first and bounded; never raises but for cancellation."""
        ...


class Enclosures(Protocol):
    """Reads what was attached to a question."""

    async def read(self, question: Question) -> Attached:
        """Return the texts, within bounds, and what was not read; never raises but for cancellation."""
        ...


class Stages(Protocol):
    """The steps of one question, in the order of `bot.pipeline.story.answer`; in Slack some are journalled."""

    async def plan(self, question: Question) -> Plan:
        """Mask, split and assign; raise TesseraError when the question is not taken or must not leave."""
        ...

    async def announce(self, plan: Plan) -> None:
        """Show that the question is in work."""
        ...

    async def send(self, letters: Letters, number: int) -> Outcome:
        """Send one fragment and return its outcome, restored; never raises but for cancellation."""
        ...

    async def compose(self, letters: Letters, outcomes: Sequence[Outcome]) -> Composition | None:
        """Write one answer from those of the parts, where the plan says so; None leaves them to the merge."""
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

    async def stop(self, request_id: str, origin: Origin, *, gone: bool = False) -> None:
        """Cancel a running question of this person, in whichever process; with `gone` nothing of it is left standing.

        Raises:
            Ended: it does not run any more.
            NotAllowed: it is somebody else's, or none.
        """
        ...

    async def running(self, origin: Origin) -> Sequence[tuple[str, str | None]]:
        """Return what runs of this person in any process, newest first: request id, and where its message stands."""
        ...

    async def placed(self, request_id: str, origin: Origin) -> str | None:
        """Return where the message of this person's question stands, None when that is not known any more.

        Raises:
            NotAllowed: it is somebody else's.
        """
        ...

    async def regenerate(self, request_id: str, origin: Origin) -> None:
        """Ask the same question again, with other routes; once, however often it is pressed, as all that follow.

        Raises:
            Repeated: this was pressed before.
            Rejected: its text is gone, or it is somebody else's.
        """
        ...

    async def preview(self, question: Question) -> Preview:
        """Return what would leave for a question; nothing is accepted, and nobody is called.

        Raises:
            TesseraError: it would not be taken; the sentence may be shown.
        """
        ...

    async def stored(self, request_id: str, origin: Origin) -> Question:
        """Return this person's question while its text is kept.

        Raises:
            Rejected: its text is gone, or it is somebody else's.
        """
        ...

    async def ask_others(self, request_id: str, origin: Origin) -> None:
        """Send the same question to the providers that did not get it.

        Raises:
            Repeated: this was pressed before.
            Rejected: its text is gone, it is somebody else's, or every provider has it.
        """
        ...

    async def ask_part(self, request_id: str, origin: Origin, number: int, *, other: bool) -> None:
        """Ask one part of a question again, of the provider that had it or, with `other`, of another that may get it.

        Raises:
            Repeated: this was pressed before.
            Rejected: its text is gone, it is somebody else's, or there is no such part.
        """
        ...

    async def choose(self, request_id: str, origin: Origin, about: tuple[str, ...]) -> None:
        """Ask the question again about the earlier parts that its asker chose; once, whatever is pressed after that.

        Raises:
            Repeated: one was chosen before.
            Rejected: its text is gone, or it is somebody else's.
        """
        ...

    async def receipt(self, request_id: str, origin: Origin, *, texts: bool) -> ReceiptPage:
        """Return what each provider was given; with `texts` also the exact text while it is still kept.

        Raises:
            Rejected: it is unknown, or somebody else's.
        """
        ...

    async def usage(self, origin: Origin) -> Usage:
        """Return what this person asked lately, without a word of it."""
        ...

    async def feedback(self, request_id: str, origin: Origin, *, good: bool) -> None:
        """Record a thumb up or down."""
        ...

    async def forget(self, team: str, user: str | None) -> None:
        """Delete everything of one person, or of a whole workspace when `user` is None."""
        ...


class Records(Protocol):
    """Where the timings go."""

    async def record(self, question: Question, answer: Answer) -> None:
        """Write a question's timings; return when they are committed."""
        ...


class Archive(Protocol):
    """The records the desk reads and writes."""

    async def key_of(self, request_id: str, team: str, user: str) -> str | None:
        """Return the key of this person's question; None when it is unknown or somebody else's."""
        ...

    async def knows(self, key: str) -> bool:
        """Tell whether a question of that key was answered, however long ago the journal forgot it."""
        ...

    async def receipts(self, request_id: str) -> Sequence[ProviderReceipt]:
        """Return what each provider was given, without texts."""
        ...

    async def usage(self, team: str, user: str) -> Usage:
        """Return what one person asked lately."""
        ...

    async def sent(self, request_id: str) -> Sequence[Receipt]:
        """Return what the ledger says was sent for a question."""
        ...

    async def take_quota(self, question: Question) -> bool:
        """Count the question against its asker and workspace, once; False when a quota is used up."""
        ...

    async def feedback(self, request_id: str, origin: Origin, *, good: bool) -> None:
        """Record a thumb up or down."""
        ...

    async def ask_stop(self, request_id: str, team: str, user: str, *, gone: bool) -> None:
        """Leave word, for whichever process runs the question, that its asker wants it stopped, or has deleted it."""
        ...

    async def stops(self, request_ids: Sequence[str]) -> Sequence[tuple[str, str, str, bool]]:
        """Return (request id, team, user, whether it was deleted) of the stops left for these questions."""
        ...

    async def forget(self, team: str, user: str | None) -> None:
        """Delete the records of a person or a workspace."""
        ...


class Keep(Protocol):
    """Runs a piece of work once and keeps what it gave: after a crash that is given again, and nothing is run."""

    async def __call__(self, name: str, kind: type[T], work: Callable[[], Awaitable[T]]) -> T:
        """Return what the work gives, or gave; a TesseraError is kept as well, and raised again."""
        ...


class Warmable(Protocol):
    """A provider, or the detectors, that may still be loading."""

    async def ready(self) -> object:
        """Return when it is loaded."""
        ...


class Slots(Protocol):
    """Slots that all processes share; a process that dies loses its own."""

    async def take_slot(self, name: str, limit: int) -> int | None:
        """Take one of so many slots; None when all are taken."""
        ...

    async def give_slot(self, name: str, slot: int) -> None:
        """Give a slot back."""
        ...


class Lease(Protocol):
    """Locks that are gone as soon as their holder is; the methods block."""

    def hold(self) -> bool:
        """Take the lock of this process."""
        ...

    def alive(self) -> bool:
        """Tell whether we still hold it."""
        ...

    def dead(self, executor: str) -> bool:
        """Tell whether nobody holds that executor's lock."""
        ...

    def take_slot(self, name: str, limit: int) -> int | None:
        """Take one of so many slots that all processes share."""
        ...

    def give_slot(self, name: str, slot: int) -> None:
        """Give a slot back."""
        ...

    def release(self) -> None:
        """Give every lock back."""
        ...
