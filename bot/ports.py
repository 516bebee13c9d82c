"""What the stages need from outside, as protocols: one small interface per edge."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from bot.errors import TesseraError
from bot.model.answer import Answer
from bot.model.outcome import Composition, FragmentEvent, Outcome, Reply
from bot.model.plan import Plan, Prompt
from bot.model.question import Attached, Before, Question
from bot.model.records import Receipt

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

    async def publish(self, answer: Answer) -> str:
        """Show the answer; the last word. Return where it stands, nothing where it is not kept."""
        ...

    async def give_up(self, request_id: str, error: TesseraError) -> str:
        """Say in a plain sentence why there is no answer; the last word. Return as `publish` does."""
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

    async def publish(self, answer: Answer) -> object:
        """Show the answer."""
        ...

    async def give_up(self, question: Question, error: TesseraError) -> object:
        """Say why there is no answer."""
        ...


class Records(Protocol):
    """Where the timings go."""

    async def record(self, question: Question, answer: Answer) -> None:
        """Write a question's timings; return when they are committed."""
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
