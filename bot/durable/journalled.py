"""The stages of a question as journalled steps: what was finished before a crash is not done again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from dbos import DBOS

from bot import errors
from bot.durable import codec
from bot.errors import SlackUnavailable, TesseraError, TokenRefused, WhichOne
from bot.logs import LOGGER
from bot.model.answer import Answer
from bot.model.outcome import Outcome
from bot.model.question import Question
from bot.pipeline.stages import QuestionStages
from bot.ports import Letters, Sleep

T = TypeVar("T")

SLACK_BACK_SECONDS = (5.0, 10.0, 20.0, 40.0, *(60.0,) * 14)
"""Pauses for which an answer waits for an unreachable Slack to come back: a quarter of an hour in all."""


GATHER_SECONDS = 0.01
"""Seconds for which an outcome waits for others that come with it, so that they share a step."""


class Journalled:
    """`bot.ports.Stages` of one question: plan and placeholder are a step, sends share steps, most else is none."""

    def __init__(self, stages: QuestionStages, sleep: Sleep = asyncio.sleep) -> None:
        """Keep the stages; `sleep` waits for Slack to come back.

        What is the stages' own is done by them; `kept` makes a step of what must not be done again. Recording is
        idempotent and so needs none: on replay what stands there stays.
        """
        self.plan = partial(stages.plan, keep=kept)
        self.announce = partial(stages.announce, keep=kept)
        self.compose = partial(stages.compose, keep=kept)
        self.record = stages.record
        self.where = ""
        """Where the last word stands; nothing before it was said, and where Slack does not keep it."""
        self._stages = stages
        self._sleep = sleep
        self._asked: set[int] = set()
        self._sending: dict[int, asyncio.Task[Outcome]] = {}
        self._outcomes: dict[int, Outcome] = {}
        self._collecting = asyncio.Lock()

    async def send(self, letters: Letters, number: int) -> Outcome:
        """Send one fragment once; its outcome is shown again on replay, which changes nothing.

        What finishes while a step is being written shares the next one: the busier the database, the fewer its steps.
        """
        self._asked.add(number)
        try:
            while number not in self._outcomes:
                async with self._collecting:
                    if number not in self._outcomes:
                        await self._collect(letters)
        finally:
            self._asked.discard(number)
            if task := self._sending.pop(number, None):
                task.cancel()
        return self._outcomes[number]

    async def _collect(self, letters: Letters) -> None:
        """Send what was asked for, and journal whatever has finished by the time that something has."""

        async def step() -> list[str]:
            """Return the outcomes."""
            for number in sorted(self._asked - self._outcomes.keys() - self._sending.keys()):
                self._sending[number] = asyncio.create_task(self._stages.call(letters, number))
            # Steps are numbered by the order of their calls, so which fragment is done first must not decide which step
            # it is; hence one step for whatever is done, and its outcomes carry their numbers (dbos-transact-py#688).
            done, running = await asyncio.wait(self._sending.values(), return_when=asyncio.FIRST_COMPLETED)
            if running:
                done |= (await asyncio.wait(running, timeout=GATHER_SECONDS))[0]
            return list(map(codec.dump, map(asyncio.Task.result, done)))

        for written in await _step("send", step):
            outcome = codec.load(Outcome, written)
            self._sending.pop(outcome.number, None)
            self._outcomes[outcome.number] = self._stages.final(letters, outcome)

    async def publish(self, answer: Answer) -> None:
        """Make the final edit, however long Slack is away.

        It is no step: the journal's next word is that the question is finished, and after a crash before that the
        edit is looked for in the thread before it is repeated.
        """
        await self._arrive(answer.request_id, lambda: self._stages.publish(answer), self._paid_for)

    def _paid_for(self, error: TesseraError) -> bool:
        """Tell whether an answer waits for the end of an error: with another token the next start says it."""
        # Who forgot us meanwhile is told nothing.
        return _away(error) or (isinstance(error, TokenRefused) and not self._stages.stopped)

    async def give_up(self, question: Question, error: TesseraError) -> None:
        """Say why there is no answer; no step either, for the same reason."""
        await self._arrive(question.request_id, lambda: self._stages.give_up(question, error), _away)

    async def _arrive(
        self, request_id: str, say: Callable[[], Awaitable[str]], waits: Callable[[TesseraError], bool]
    ) -> None:
        """Say the last word; wait for the end of an error that `waits` names, take any other refusal as it is."""
        # The provider is paid by now: an outage of Slack must not cost the answer.
        for pause in (*SLACK_BACK_SECONDS, None):
            try:
                self.where = await say()
            except TesseraError as error:
                if not waits(error):
                    LOGGER.error("[%s] Slack did not take the last word: %s", request_id, error.logged)
                    return
                if pause is None:
                    break
                await self._sleep(pause)
            else:
                return
        LOGGER.error("[%s] Slack was away for too long; the last word was not said", request_id)


def _away(error: TesseraError) -> bool:
    return isinstance(error, SlackUnavailable)


async def kept(name: str, kind: type[T], work: Callable[[], Awaitable[T]]) -> T:
    """Do a piece of work as a step of the journal; what it gave, or its error, is given again on replay."""

    async def step() -> dict[str, Any]:
        """Return the value, or the error in its place."""
        try:
            return {"value": codec.dump(await work())}
        except WhichOne as error:
            return {"parts": error.parts}
        # An error that a step raises is journalled for good; as a value it comes back with its class and sentence
        # alone.
        except TesseraError as error:
            return {"error": type(error).__name__, "message": error.message}

    written = await _step(name, step)
    if "parts" in written:
        raise WhichOne(tuple((ref, about) for ref, about in written["parts"]))
    if "error" in written:
        raise _revive(written["error"], written["message"])
    return codec.load(kind, written["value"])


async def _step(name: str, function: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    return await DBOS.run_step_async({"name": name}, function)


def _revive(kind: str, message: str) -> TesseraError:
    """Return an error of the journalled class with the journalled sentence."""
    error = TesseraError(message)
    # Not called with the sentence: some classes of the tree take other arguments.
    error.__class__ = getattr(errors, kind, TesseraError)
    return error
