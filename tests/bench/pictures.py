"""Draw what people see, from the blocks that the real app sends to an emulated Slack, so that it can be looked at.

    python -m tests.bench.pictures FOLDER [--browser chromium]
    python -m tests.bench.pictures --transport http

With a folder it writes one PNG each: an answer of one piece while it grows and when it is done, three parts, twelve
parts, a failed part, a follow-up with buttons, a second opinion, the preview, Details, Home. Without one it prints the
same scenes as plain lines, over HTTP or over Socket Mode (`socket`).
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
from bot.demo.screen import render_html, render_text, render_view
from bot.demo.slack import Slack
from bot.demo.slack.records import Message
from bot.demo.slack.workspace import BOT_USER
from bot.server.process import Service, serving
from bot.settings import Settings
from tests.bench.picture import photograph

TALL = 3_000
NAMES = ("openai", "anthropic", "google")
Scene = list[dict[str, Any]] | dict[str, Any]
"""The messages of a thread, or a view."""

CHANNEL, PERSON = "C0GENERAL", "U0ADA"
PEOPLE = {PERSON: "Ada", BOT_USER: "Tessera"}
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

    def thread(self, ts: str) -> Scene:
        """Return a thread as it stands."""
        return [message.to_dict() for message in self.slack.thread(CHANNEL, ts)]

    async def view(self, deed: Callable[[], Any]) -> dict[str, Any]:
        """Do something that opens or changes a view, and return that view."""
        known = [len(view.history) for view in self.slack.modals(PERSON)]
        await deed()
        await self.slack.wait_for(lambda: [len(view.history) for view in self.slack.modals(PERSON)] != known)
        return self.slack.modals(PERSON)[-1].content


@asynccontextmanager
async def stage(transport: str) -> AsyncIterator[Stage]:
    """Serve against the emulators."""
    with tempfile.TemporaryDirectory() as folder:
        own = Settings(_env_file=None, DATABASE_URL=f"sqlite:///{folder}/pictures.sqlite3")
        latencies = {"openai": 0.9, "anthropic": 1.1, "google": 1.0}
        async with (
            Slack() as slack,
            LLM(answer=answer, latency=latencies, pace=30.0) as llm,
            emulated(own, llm, slack) as whole,
            serving(whole.model_copy(update={"slack_app_token": None} if transport == "http" else {})) as service,
        ):
            if transport == "http":
                slack.connect_http(f"http://127.0.0.1:{service.port}")
            else:
                await slack.connected()
            yield Stage(slack, llm, service)


async def scenes(transport: str) -> dict[str, Scene]:
    """Play everything; return what is seen in each scene."""
    async with stage(transport) as on:
        return {**await one_piece(on), **await parts(on), **await failed(on), **await surfaces(on)}


async def one_piece(on: Stage) -> dict[str, Scene]:
    """Play a question of one piece, and a second opinion on it."""
    one = await on.asked(ONE)
    done = on.thread(one)
    told = on.slack.thread(CHANNEL, one)[1]
    longest = max(told.history[:-1], key=lambda shown: len(str(shown.blocks)), default=told.history[0])
    growing = [done[0], done[1] | {"blocks": list(longest.blocks), "text": longest.text}]
    await on.slack.action(PERSON, told, "ask_others")
    await on.slack.wait_for(lambda: [on.state(m) for m in on.slack.thread(CHANNEL, one)].count("final") == 2)
    await on.service.desk.finished(10.0)
    return {"one_piece_growing": growing, "one_piece": done, "second_opinion": on.thread(one)}


async def parts(on: Stage) -> dict[str, Scene]:
    """Play questions of several parts, and a follow-up of which it is not clear what it is about."""
    ts = await on.asked(THREE)
    three = on.thread(ts)
    details = await on.view(lambda: on.slack.action(PERSON, on.slack.thread(CHANNEL, ts)[-1], "show_receipt"))
    await on.asked("And why is that?", ts)
    follow_up, twelve = on.thread(ts), on.thread(await on.asked(TWELVE))
    return {"three_parts": three, "details": details, "follow_up": follow_up, "twelve_parts": twelve}


async def failed(on: Stage) -> dict[str, Scene]:
    """Play a question of which one part fails everywhere."""
    for name in NAMES:
        on.llm.fail(name, "400", when=lambda call: "Lisbon" in call.asked.text)
    ts = await on.asked(THREE)
    for name in NAMES:
        on.llm.heal(name)
    return {"failed_part": on.thread(ts)}


async def surfaces(on: Stage) -> dict[str, Scene]:
    """Open the form and its preview, and Home."""
    await on.view(lambda: on.slack.slash(CHANNEL, PERSON, ""))
    form = on.slack.modals(PERSON)[-1]
    state = {"question": {"question": {"type": "plain_text_input", "value": THREE}}}
    shown = await on.view(lambda: on.slack.action(PERSON, form, "preview_question", values=state))
    await on.slack.app_home_opened(PERSON)
    home = await on.slack.wait_for(lambda: on.slack.home(PERSON))
    return {"preview": shown, "home": home.content}


def drawn(scene: Scene) -> str:
    """Return a scene as a page."""
    page = render_html(scene, PEOPLE) if isinstance(scene, list) else render_view(scene, PEOPLE)
    return page.replace(f"@{BOT_USER}", "@Tessera").replace(f"@{PERSON}", "@Ada")


def written(scene: Scene) -> str:
    """Return a scene as plain lines."""
    shown = scene if isinstance(scene, list) else [scene]
    return "\n\n".join("\n".join(render_text(each)) for each in shown).replace(f"@{BOT_USER}", "@Tessera")


def main() -> None:
    """Play, then draw or print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--browser", default="chromium")
    parser.add_argument("--transport", choices=("socket", "http"), default="socket")
    wanted = parser.parse_args()
    for name, scene in asyncio.run(scenes(wanted.transport)).items():
        if wanted.folder is None:
            print(f"=== {name}, over {wanted.transport}\n{written(scene)}\n")
            continue
        wanted.folder.mkdir(parents=True, exist_ok=True)
        photograph(drawn(scene), wanted.folder / f"{name}.png", wanted.browser, TALL)
        print(wanted.folder / f"{name}.png")


if __name__ == "__main__":
    main()
