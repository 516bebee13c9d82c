"""`tessera demo`: a whole conversation on this machine, with the real app and SDKs and emulated Slack and providers."""

# ruff: noqa: T201 - printing is what these commands are for
from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from bot.demo.llm import LLM
from bot.demo.local import INSTALL, LABEL, LocalModel, weights
from bot.demo.screen import render_text
from bot.demo.slack import Slack
from bot.errors import ConfigurationError, TesseraError
from bot.model.plan import Plan
from bot.providers import PROVIDERS, kinds, paths
from bot.server.process import serving
from bot.settings import Settings, load

QUESTION = (
    "Maria Lopez (maria.lopez@northwind.example) asked me three things. How do I reset a forgotten laptop password? "
    "What should a polite out-of-office note say? And which three cities are good for a team meeting in spring?"
)
MEANT = (
    "Compare Kafka and RabbitMQ for 50,000 messages a second on three servers, as Maria Lopez wants replay, "
    "and say which of them our team should take."
)
"""One question by its form, for `--plan-with`."""

PLAN_SECONDS = 30.0
"""Time for a plan of the tiny model, which shares the processor with all others here."""

PLAYERS = tuple(kind for kind in PROVIDERS.values() if kind.place is not None)
"""The providers of the demo: those that plan when no key is set."""

# Invented, and apart from each other so that one sees the parts end one by one.
LATENCIES = dict(zip((kind.name for kind in PLAYERS), cycle((1.85, 2.10, 1.95)), strict=False))
ANSWER_SECONDS = 120.0
CLOSE_SECONDS = 10.0
NAMES = {"canned": "emulated", "local": "SmolLM2-135M"}
"""How the models of the demo are called in the records."""
CHANNEL, PERSON = "C0GENERAL", "U0ADA"


def demo(settings: Settings, text: str | None, *, model: str, plan_with: str = "") -> int:
    """Play one question; return 0 when it was answered."""
    if plan_with not in ("", "local"):
        raise ConfigurationError("Give --plan-with local, or leave it out.")
    own = {"house_gguf": _weights(), "house_threads": 1, "house_plan_seconds": PLAN_SECONDS} if plan_with else {}
    return asyncio.run(_play(settings, text or (MEANT if own else QUESTION), model, own))


@asynccontextmanager
async def emulated(
    settings: Settings, llm: LLM, slack: Slack, model: str = "emulated", **more: Any
) -> AsyncIterator[Settings]:
    """Give settings whose Slack and providers are the emulators, and `more`; records go where the settings say."""
    chosen: dict[str, Any] = {
        "slack_bot_token": slack.bot_token,
        "slack_app_token": slack.app_token,
        "slack_signing_secret": slack.signing_secret,
        "slack_api_base_url": slack.base_url,
        **_providers(llm, model),
        # One of the environment would be a real model, and would be asked.
        "compatible": (),
        "database_url": settings.database_url,
        "port": 0,
        "host": "127.0.0.1",
    }
    yield load(_env_file=None, **chosen | more)


def _providers(llm: LLM, model: str) -> dict[str, str | None]:
    """Return the settings of the providers: those that play are emulated, and no other has a key."""
    found: dict[str, str | None] = {kind.key_field: None for kind in kinds().values()}
    for kind in PLAYERS:
        found |= {kind.key_field: "demo", kind.url_field: llm.base_url(kind.name), kind.model_field: model}
        if kind.other_sdks:
            found[f"{kind.stem}_sdk"] = kind.sdk
    return found


async def _play(settings: Settings, text: str, model: str, own: dict[str, Any]) -> int:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(Slack())
        llm = await stack.enter_async_context(_llm(model))
        demo_settings = await stack.enter_async_context(emulated(settings, llm, slack, NAMES[model], **own))
        service = await stack.enter_async_context(serving(demo_settings))
        delivery = await slack.mention(CHANNEL, PERSON, text)
        screen = Screen(slack, CHANNEL, delivery.ts)
        try:
            await slack.wait_for(screen.drawn_final, timeout=ANSWER_SECONDS)
        except TimeoutError:
            raise TesseraError(f"No answer came within {ANSWER_SECONDS:.0f} s. Run the demo again.") from None
        finally:
            screen.close()
        # Else it could end between the last edit and the note of it, and the next start would go on with the question.
        await service.desk.finished(CLOSE_SECONDS)
        _compare(llm)
        if own and service.desk.journal is not None:
            _tell_plan(await service.desk.journal.plan(f"{slack.team}:{delivery.event_id}"))
    return 0


def _tell_plan(plan: Plan | None) -> None:
    """Print what the model that planned made of the question: a tiny one's plans are mostly refused."""
    if plan is None:
        return
    took = ", ".join(f"{ask.seconds:.1f} s" for ask in plan.asks) or "not asked"
    print(f"\nHow it was planned ({took}):\n  {plan.why}")


def _llm(model: str) -> LLM:
    if model == "canned":
        return LLM(paths=paths(PLAYERS), latency=LATENCIES, pace=40.0)
    if model != "local":
        raise ConfigurationError("Give --model canned or --model local.")
    path = _weights()
    print(f"Model: {LABEL}.", file=sys.stderr)
    return LLM(paths=paths(PLAYERS), answer=LocalModel(path).answer)


def _weights() -> Path:
    """Return the weights of the local model; raise ConfigurationError where they are not installed."""
    path = weights()
    if path is None:
        raise ConfigurationError(f"The local model is not installed. Run: {INSTALL}")
    return path


class Screen:
    """Draws the thread as it changes: in place on a terminal, else each new state below the last."""

    def __init__(self, slack: Slack, channel: str, thread: str) -> None:
        self._slack, self._channel, self._thread = slack, channel, thread
        self._shown: list[str] = []
        self._live: Any = None
        if sys.stdout.isatty():
            from rich.live import Live

            self._live = Live(auto_refresh=False)
            self._live.start()

    def drawn_final(self) -> bool:
        """Draw what changed; tell whether the answer stands."""
        messages = self._slack.thread(self._channel, self._thread)
        lines = [line for message in messages for line in (*render_text(message), "")]
        if lines != self._shown:
            self._draw(lines)
        payloads = [(message.metadata or {}).get("event_payload", {}) for message in messages]
        return any(payload.get("state") == "final" for payload in payloads)

    def close(self) -> None:
        """Stop drawing."""
        if self._live is not None:
            self._live.stop()

    def _draw(self, lines: list[str]) -> None:
        if self._live is not None:
            from rich.panel import Panel
            from rich.text import Text

            self._live.update(Panel(Text("\n".join(lines)), title="#general, the thread"), refresh=True)
        else:
            # Into a pipe or a file nothing can be drawn in place.
            new = [line for line in lines if line not in self._shown]
            print("\n".join(["--- the thread changes", *new]), flush=True)
        self._shown = lines


def _compare(llm: LLM) -> None:
    """Print what each provider was sent: that is all it knows of the question."""
    print("\nWhat each provider got:")
    for call in llm.calls:
        print(f"  {call.provider.upper():<10} {call.asked.text}")
    command = sys.argv[0] if Path(sys.argv[0]).name == "tessera" else "tessera"
    print(f"\n`{command} stats` shows the timings, `{command} stats --plot timings.png` draws them.")
