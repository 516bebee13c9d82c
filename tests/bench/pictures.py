"""Draw what people see, from the blocks that the real app sends to an emulated Slack, so that it can be looked at.

    python -m tests.bench.pictures FOLDER [--browser chromium]

Writes one PNG each: an answer of one piece while it grows and when it is done, three parts, twelve parts, a failed
part, a follow-up with buttons, a second opinion, the preview, Details, Home.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.commands.demo import emulated
from bot.demo.llm import LLM
from bot.demo.screen import render_html, render_view
from bot.demo.slack import Slack
from bot.demo.slack.records import Message
from bot.server.process import Service, serving
from bot.settings import Settings
from tests.bench.picture import photograph

TALL = 3_000
CHANNEL, PERSON = "C0GENERAL", "U0ADA"
ONE = "Write Anna Schmidt (invoices@acme.example) two friendly sentences about the late invoice of March."
THREE = (
    "1. What does VAT reverse charge mean?\n2. Which month is the driest in Lisbon?\n"
    "3. Write Anna Schmidt (invoices@acme.example) one sentence about the late invoice."
)
TWELVE = "\n".join(
    f"{n}. How is {thing} made?"
    for n, thing in enumerate(
        ("soap", "paper", "glass", "steel", "bread", "ink", "wool", "salt", "sugar", "beer", "silk", "cement"), start=1
    )
)
SAYS = {
    "VAT": "The buyer, not the seller, reports and pays the VAT.\n\n"
    "- It is usual between firms in different EU countries.\n"
    "- The invoice then shows no VAT, but both VAT numbers.",
    "Lisbon": "July, with about 4 mm of rain.",
    "invoice": "Hi {name}, I hope your week is going well. Could you let me know when the March invoice will be paid? "
    "We would be glad to have it off both our desks.",
    "made": "In short: heat, patience, and an old recipe that each region keeps a little differently.",
}


async def answer(_provider: str, _system: str, text: str) -> str:
    """Answer a part as a model might."""
    asked = next((line for line in reversed(text.splitlines()) if line.strip()), text)
    said = next(
        (said for word, said in SAYS.items() if word in asked), "In the Alps, about 1,500 metres above the sea."
    )
    token = next((word.strip("().,:?") for word in text.split() if word.startswith("PERSON_")), "there")
    return said.format(name=token)


@dataclass
class Stage:
    """A running app, with Slack and the providers emulated."""

    slack: Slack
    llm: LLM
    service: Service

    async def asked(self, text: str, thread_ts: str | None = None) -> str:
        """Ask in the channel; return the thread when the last word stands."""
        delivery = await self.slack.mention(CHANNEL, PERSON, text, thread_ts)
        thread = thread_ts or delivery.ts

        def done() -> bool:
            return self.state(self.slack.thread(CHANNEL, thread)[-1]) == "final"

        await self.slack.wait_for(done, timeout=60.0)
        await self.service.desk.finished(10.0)
        return thread

    @staticmethod
    def state(message: Message) -> str:
        """Return in which state a message of ours is."""
        return str((message.metadata or {}).get("event_payload", {}).get("state", ""))

    def page(self, thread: str) -> str:
        """Draw a thread."""
        return self.named(render_html(self.slack.thread(CHANNEL, thread), self.names))

    def named(self, page: str) -> str:
        """Return a page with names in the place of ids."""
        return page.replace(f"@{self.slack.bot_user}", "@Tessera").replace(f"@{PERSON}", "@Ada")

    @property
    def names(self) -> dict[str, str]:
        """Return how people are called."""
        return {PERSON: "Ada", self.slack.bot_user: "Tessera"}

    async def view(self, deed: Callable[[], Any]) -> dict[str, Any]:
        """Do something that opens or changes a view, and return that view."""
        known = [len(view.history) for view in self.slack.modals(PERSON)]
        await deed()
        await self.slack.wait_for(lambda: [len(view.history) for view in self.slack.modals(PERSON)] != known)
        return self.slack.modals(PERSON)[-1].content


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """Serve against the emulators."""
    with tempfile.TemporaryDirectory() as folder:
        own = Settings(_env_file=None, DATABASE_URL=f"sqlite:///{folder}/pictures.sqlite3")
        latencies = {"openai": 0.9, "anthropic": 1.1, "google": 1.0}
        async with (
            Slack() as slack,
            LLM(answer=answer, latency=latencies, pace=30.0) as llm,
            emulated(own, llm, slack) as settings,
            serving(settings) as service,
        ):
            yield Stage(slack, llm, service)


async def pages() -> dict[str, str]:
    """Play every scene; return a page for each."""
    found: dict[str, str] = {}
    async with stage() as on:
        one = await on.asked(ONE)
        found["one_piece"] = on.page(one)
        question, told = on.slack.thread(CHANNEL, one)[:2]
        longest = max(told.history[:-1], key=lambda shown: len(str(shown.blocks)), default=told.history[0])
        growing = told.to_dict() | {"blocks": list(longest.blocks), "text": longest.text}
        found["one_piece_growing"] = on.named(render_html([question, growing], on.names))
        await on.slack.action(PERSON, told, "ask_others")
        await on.slack.wait_for(lambda: [on.state(m) for m in on.slack.thread(CHANNEL, one)].count("final") == 2)
        await on.service.desk.finished(10.0)
        found["second_opinion"] = on.page(one)

        three = await on.asked(THREE)
        found["three_parts"] = on.page(three)
        details = await on.view(lambda: on.slack.action(PERSON, on.slack.thread(CHANNEL, three)[-1], "show_receipt"))
        found["details"] = render_view(details)
        await on.asked("And why is that?", three)
        found["follow_up"] = on.page(three)
        found["twelve_parts"] = on.page(await on.asked(TWELVE))
        for name in ("openai", "anthropic", "google"):
            on.llm.fail(name, "400", when=lambda call: "Lisbon" in call.asked.text)
        found["failed_part"] = on.page(await on.asked(THREE))
        for name in ("openai", "anthropic", "google"):
            on.llm.heal(name)

        await on.view(lambda: on.slack.slash(CHANNEL, PERSON, ""))
        form = on.slack.modals(PERSON)[-1]
        state = {"question": {"question": {"type": "plain_text_input", "value": THREE}}}
        shown = await on.view(lambda: on.slack.action(PERSON, form, "preview_question", values=state))
        found["preview"] = render_view(shown)
        await on.slack.app_home_opened(PERSON)
        home = await on.slack.wait_for(lambda: on.slack.home(PERSON))
        found["home"] = render_view(home.content)
    return found


def main() -> None:
    """Play, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--browser", default="chromium")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    for name, html in asyncio.run(pages()).items():
        photograph(html, wanted.folder / f"{name}.png", wanted.browser, TALL)
        print(wanted.folder / f"{name}.png")


if __name__ == "__main__":
    main()
