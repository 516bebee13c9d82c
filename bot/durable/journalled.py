"""The stages of a question as journalled steps: what was finished before a crash is not done again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from dbos import DBOS

from bot import codec, errors
from bot.errors import TesseraError
from bot.model import Answer, Outcome, Plan, Question
from bot.stages import QuestionStages


class Journalled:
    """Wraps the stages of one question; each method is one step, and steps are called in one fixed order."""

    def __init__(self, stages: QuestionStages) -> None:
        self._stages = stages

    async def plan(self, question: Question) -> Plan:
        """Plan once; a refusal is journalled as well, and raised again on replay."""

        async def step() -> dict[str, str]:
            try:
                return {"value": codec.dump(await self._stages.plan(question))}
            except TesseraError as error:
                return {"error": type(error).__name__, "message": error.message}

        written = await _step("plan", step)
        if "error" in written:
            raise _revive(written["error"], written["message"])
        return codec.load(Plan, written["value"])

    async def announce(self, plan: Plan) -> None:
        """Post the placeholder once; after a crash go on in the same message."""

        async def step() -> str | None:
            return await self._stages.post(plan)

        self._stages.attach(plan, await _step("announce", step))

    async def send(self, plan: Plan, number: int) -> Outcome:
        """Send one fragment once; its outcome is shown again on replay, which changes nothing."""

        async def step() -> str:
            return codec.dump(await self._stages.send(plan, number))

        outcome = codec.load(Outcome, await _step("send", step))
        self._stages.show(plan, outcome)
        return outcome

    async def record(self, question: Question, plan: Plan, answer: Answer) -> None:
        """Record once; recording is idempotent all the same."""

        async def step() -> None:
            await self._stages.record(question, plan, answer)

        await _step("record", step)

    async def publish(self, answer: Answer) -> None:
        """Make the final edit; repeating it after a crash shows the same message."""

        async def step() -> None:
            await self._stages.publish(answer)

        await _step("publish", step)

    async def give_up(self, question: Question, error: TesseraError) -> None:
        """Say once why there is no answer."""

        async def step() -> None:
            await self._stages.give_up(question, error)

        await _step("give_up", step)


async def _step(name: str, function: Callable[[], Awaitable[Any]]) -> Any:
    return await DBOS.run_step_async({"name": name}, function)


def _revive(kind: str, message: str) -> TesseraError:
    """Return an error of the journalled class with the journalled sentence."""
    error = TesseraError(message)
    error.__class__ = getattr(errors, kind, TesseraError)
    return error
