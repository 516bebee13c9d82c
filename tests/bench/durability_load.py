"""Figures of durability under load: added latency, throughput, overload."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.demo.llm import LLM
from tests.bench.durability_worlds import world
from tests.faults.fleet import PART, Fleet, Process, words


async def overhead(kind: str, *, quick: bool) -> None:
    """Compare with the same fan-out without the engine, and measure throughput."""
    times = 6 if quick else 25
    plain = await _plain(times)
    async with world(kind, latency=1.0) as here:
        process = await here.begin()
        await here.final(await here.ask(process, 100_000))
        durable = [await _timed(here, process, number) for number in range(1, times + 1)]
        print(
            f"added latency, {kind}: {1000 * (median(durable) - median(plain)):.0f} ms at the median of {times} "
            f"questions of 3 calls of 1 s, one after another, from delivery to the final edit "
            f"({1000 * median(durable):.0f} ms against {1000 * median(plain):.0f} ms for the same stages and "
            f"records without the engine, without Slack and without sealing)",
            flush=True,
        )
    for at_once in (1, 10, 100):
        async with world(kind, latency=1.0) as here:
            process = await here.begin()
            await here.final(await here.ask(process, 100_000))
            questions = max(at_once * (2 if quick else 3), 5)
            cpu, began = _cpu(process.pid), time.perf_counter()
            numbers = iter(range(1, questions + 1))

            async def asker() -> None:
                for number in numbers:  # noqa: B023 - shared on purpose
                    await here.final(await here.ask(process, number), seconds=120)  # noqa: B023

            await asyncio.gather(*(asker() for _ in range(at_once)))
            took = time.perf_counter() - began
            print(
                f"throughput, {kind}, {at_once} at once (3 calls of 1 s): {questions} questions in {took:.1f} s, "
                f"{questions / took:.1f}/s, {1000 * (_cpu(process.pid) - cpu) / questions:.0f} ms CPU a question",
                flush=True,
            )


async def _timed(here: Fleet, process: Process, number: int) -> float:
    began = time.perf_counter()
    key = await here.ask(process, number)
    await here.final(key)
    return time.perf_counter() - began


async def _plain(times: int) -> list[float]:
    """Time the same stages without the engine, in this process."""
    from bot.commands.ask import new_request_id
    from bot.model.question import Question
    from bot.pipeline import story
    from bot.pipeline.stages import QuestionStages
    from bot.providers import configured
    from bot.runtime import alone
    from bot.settings import load

    with tempfile.TemporaryDirectory() as folder:
        async with LLM(latency=1.0) as llm:
            settings = load(
                _env_file=None, openai_api_key="k", openai_base_url=llm.openai_base_url, anthropic_api_key="k",
                anthropic_base_url=llm.anthropic_base_url, gemini_api_key="k", ner="off",
                google_gemini_base_url=llm.google_base_url, database_url=f"sqlite:///{folder}/r.sqlite3",
            )  # fmt: skip
            async with alone(settings, configured(settings), stream=True) as shared:
                found = []
                for number in range(times + 1):
                    question = Question(key=f"k{number}", request_id=new_request_id(), text=PART.format(*words(number)))
                    began = time.perf_counter()
                    await story.answer(question, QuestionStages(shared, _Silent(), stream=True))
                    found.append(time.perf_counter() - began)
    return found[1:]


class _Silent:
    """A reporter that shows nothing."""

    error = None

    async def announce(self, _plan: object) -> None:
        """Show nothing."""

    def attach(self, *_where: object) -> None:
        """Show nothing."""

    def update(self, _event: object, _read: object = None) -> None:
        """Show nothing."""

    async def publish(self, _answer: object) -> str:
        """Show nothing."""
        return ""

    async def give_up(self, *_why: object) -> str:
        """Show nothing."""
        return ""

    async def aclose(self) -> None:
        """Nothing to close."""


def _cpu(pid: int) -> float:
    """Return the CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def overload(kind: str, *, quick: bool) -> None:
    """Offer three times the capacity, where slots are the limit and where the processor is."""
    for limit, latency, running, peak in (("slots", 1.0, 10, 10.0), ("processor", 0.5, 20, 30.0)):
        async with world(kind, latency=latency, running_questions=running, waiting_questions=running // 2) as here:
            process = await here.begin()
            await here.final(await here.ask(process, 100_000))
            seconds, first = 3 if quick else 10, 1
            rates = []
            for per_second in (peak, 3 * peak):
                rates.append(await _offered(here, process, first, per_second, seconds))
                first += int(per_second * seconds)
            told = [m for m in here.slack.messages if m.bot_id and "Too many questions" in m.text]
            delays = sorted(m.history[0].at - float(m.thread_ts or 0) for m in told) or [0.0]
            print(
                f"overload, {kind}, limited by {limit}: {rates[0]:.1f} answers/s at {peak:.0f} questions/s offered, "
                f"{rates[1]:.1f}/s at {3 * peak:.0f}/s ({rates[1] / rates[0]:.0%}); {len(told)} told that we are busy, "
                f"after {median(delays):.2f} s at the median, {delays[-1]:.2f} s at most",
                flush=True,
            )


async def _offered(here: Fleet, process: Process, first: int, per_second: float, seconds: float) -> float:
    """Offer questions at a steady rate; return the answers per second meanwhile."""
    before, began = here.answers().total(), time.perf_counter()
    asking = []
    for number in range(first, first + int(per_second * seconds)):
        asking.append(asyncio.create_task(here.ask(process, number)))
        await asyncio.sleep(max(0.0, began + (number - first) / per_second - time.perf_counter()))
    rate = (here.answers().total() - before) / (time.perf_counter() - began)
    await asyncio.gather(*asking)
    await here.settled(30)
    return rate
