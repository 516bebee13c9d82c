"""A provider that does what a script says, and an engine around such providers on virtual time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.errors import TesseraError
from bot.fanout import Engine, Policy, Run
from bot.model.outcome import Reply
from bot.model.plan import Fragment, Plan, Prompt
from bot.model.question import Mode
from bot.ports import OnText, Sent
from tests.unit.virtual_time import clock


@dataclass(frozen=True)
class Step:
    """One call: after `seconds` the error or the text; before that, at each moment of `texts`, text so far."""

    seconds: float = 1.0
    error: BaseException | None = None
    text: str = "answer"
    texts: tuple[tuple[float, str], ...] = ()


HANG = Step(seconds=1e9)


@dataclass
class Call:
    """One call as the provider saw it; `end` is None while it runs."""

    at: float
    prompt: Prompt
    streamed: bool
    end: float | None = None
    how: str = "running"


@dataclass
class Scripted:
    """A provider in memory; the script is used up call by call, its last step stays."""

    name: str
    script: list[Step] | Callable[[int], Step] = field(default_factory=lambda: [Step()])
    model: str = "model-1"
    calls: list[Call] = field(default_factory=list)
    open: int = 0
    most_open: int = 0

    async def ask(self, prompt: Prompt, on_text: OnText | None = None) -> Reply:
        """Play the next step of the script."""
        number = len(self.calls)
        step = self.script(number) if callable(self.script) else self.script[min(number, len(self.script) - 1)]
        call = Call(clock(), prompt, on_text is not None)
        self.calls.append(call)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            return await self._play(step, on_text)
        except asyncio.CancelledError:
            call.how = "cancelled"
            raise
        finally:
            self.open -= 1
            call.end = clock()

    async def _play(self, step: Step, on_text: OnText | None) -> Reply:
        begun = clock()
        for moment, text in step.texts:
            await asyncio.sleep(begun + moment - clock())
            if on_text:
                on_text(text)
        await asyncio.sleep(begun + step.seconds - clock())
        if step.error is not None:
            raise step.error
        return Reply(step.text, f"{self.model}-2026", 10, 20, 0.1 if on_text else None)

    async def aclose(self) -> None:
        """Nothing to close."""


@dataclass
class World:
    """An engine around scripted providers, and everything that it asked the promise."""

    providers: dict[str, Scripted]
    policy: Policy = field(default_factory=Policy)
    concurrency: dict[str, int] = field(default_factory=dict)
    may: Callable[[Sent, int, str], bool] = lambda _sent, _number, _provider: True
    forbid: Callable[[str, int], TesseraError | Exception | None] = lambda _provider, _attempt: None
    written: Callable[[Plan, int, str], Prompt] | None = None
    timeout: float = 60.0
    wall: Callable[[], float] = lambda: 1_000.0 + clock()
    permits: list[tuple[Sent, int, str, int, bool]] = field(default_factory=list)
    inside: int = 0
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = Engine(
            self.providers, self.policy, concurrency=self.concurrency, clock=clock, now=self.wall,
            random=random.Random(7),
        )  # fmt: skip

    def begin(self, plan: Plan, **more: Any) -> Run:
        """Return the run of one question, with papers that tell this world what they are asked."""
        return self.engine.begin(plan, Papers(self, plan), **more)

    @contextmanager
    def permitted(self, provider: str, attempt: int) -> Iterator[None]:
        """Let a call through, or raise what the world forbids it with."""
        if (error := self.forbid(provider, attempt)) is not None:
            raise error
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1

    def health(self, provider: str) -> Any:
        """Return one provider's health."""
        return next(each for each in self.engine.health() if each.provider == provider)


@dataclass
class Papers:
    """`bot.ports.Papers` by the rules of a world."""

    world: World
    plan: Plan

    def prompt(self, number: int, provider: str) -> Prompt:
        """Return the fragment's text."""
        if self.world.written:
            return self.world.written(self.plan, number, provider)
        return Prompt("system", f"{self.plan.fragments[number - 1].text} for {provider}", 100, self.world.timeout)

    def permit(
        self, sent: Sent, number: int, provider: str, attempt: int, *, hedged: bool
    ) -> AbstractContextManager[None]:
        """Note the call; let it through unless the world forbids it."""
        self.world.permits.append((sent, number, provider, attempt, hedged))
        return self.world.permitted(provider, attempt)

    def allows(self, sent: Sent, number: int, provider: str) -> bool:
        """Tell whether the world lets the fragment go there."""
        return self.world.may(sent, number, provider)


def world(*providers: Scripted, **more: Any) -> World:
    return World({each.name: each for each in providers}, **more)


def plan(*routes: str, mode: Mode = Mode.PARALLEL) -> Plan:
    fragments = tuple(Fragment(i + 1, len(routes), f"part {i + 1}") for i in range(len(routes)))
    return Plan("request-12345678", mode, fragments, routes, (), "message")


def trio(**more: Any) -> World:
    """Return three providers that take 1.85, 2.10 and 1.95 seconds, and the engine around them."""
    return world(Scripted("openai", [Step(1.85)]), Scripted("anthropic", [Step(2.1)]), Scripted("google", [Step(1.95)]),
                 **more)  # fmt: skip
