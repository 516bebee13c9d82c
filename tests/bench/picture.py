"""Make the README's picture: one question through the real app, drawn from the blocks that Slack was sent.

    python -m tests.bench.picture tests/bench/thread.png [--browser chromium]

Slack and the three providers are the emulators; what the models say is written below. A browser takes the picture.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from bot.commands.demo import emulated
from bot.demo.llm import LLM
from bot.demo.screen import render_html
from bot.demo.slack import Slack
from bot.server.process import serving
from bot.settings import Settings

CHANNEL, PERSON = "C0GENERAL", "U0ADA"
QUESTION = (
    "I need three things for Maria Lopez (maria.lopez@northwind.example):\n"
    "1. Draft two friendly sentences that ask Maria Lopez for her March timesheet.\n"
    "2. What does VAT reverse charge mean?\n"
    "3. Which month is the driest in Lisbon?"
)
SAYS = {
    "timesheet": "Hi {name}, I hope your week is going well. Could you send me your March timesheet by Friday?",
    "VAT": "The buyer, not the seller, reports and pays the VAT. It is usual between firms in different EU countries.",
    "Lisbon": "July, with about 4 mm of rain.",
}
LATENCIES = {"openai": 1.85, "anthropic": 2.10, "google": 1.95}
WIDTH, TALL, SHARP, EDGE = 760, 1400, 2, 24
"""Pixels of the page, how many times as many are taken, and what is left white around."""


async def answer(_provider: str, _system: str, text: str) -> str:
    """Answer a part as a model might."""
    said = next((said for word, said in SAYS.items() if word in text), "I do not know.")
    token = next((word.strip("().,:?") for word in text.split() if word.startswith("PERSON_")), "there")
    return said.format(name=token)


async def page() -> str:
    """Ask the question; return the thread as a page when the last word stands."""
    with tempfile.TemporaryDirectory() as folder:
        own = Settings(_env_file=None, DATABASE_URL=f"sqlite:///{folder}/picture.sqlite3")
        async with (
            Slack() as slack,
            LLM(answer=answer, latency=LATENCIES) as llm,
            emulated(own, llm, slack) as settings,
            serving(settings) as service,
        ):
            asked = await slack.mention(CHANNEL, PERSON, QUESTION)

            def final() -> bool:
                found = slack.thread(CHANNEL, asked.ts)
                return any((m.metadata or {}).get("event_payload", {}).get("state") == "final" for m in found)

            await slack.wait_for(final, timeout=60.0)
            await service.desk.finished(10.0)
            names = {PERSON: "Ada", slack.bot_user: "Tessera"}
            return render_html(slack.thread(CHANNEL, asked.ts), names).replace(f"@{slack.bot_user}", "@Tessera")


def photograph(html: str, path: Path, browser: str, tall: int = TALL) -> None:
    """Write the page as a picture without the white below it."""
    with tempfile.TemporaryDirectory() as folder:
        source, taken = Path(folder, "thread.html"), Path(folder, "thread.png")
        source.write_text(html, encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--force-device-scale-factor={SHARP}"]
        size = [f"--window-size={WIDTH},{tall}", f"--screenshot={taken}", source.as_uri()]
        subprocess.run([browser, *flags, *size], check=True, capture_output=True, timeout=60)
        with Image.open(taken) as image:
            whole = image.convert("RGB")
    used = ImageChops.difference(whole, Image.new("RGB", whole.size, "white")).getbbox()
    cut = whole.crop((0, 0, whole.width, min(whole.height, used[3] + EDGE))) if used else whole
    cut.quantize(64).save(path, optimize=True)


def main() -> None:
    """Ask, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--browser", default="chromium")
    wanted = parser.parse_args()
    photograph(asyncio.run(page()), wanted.file, wanted.browser)


if __name__ == "__main__":
    main()
