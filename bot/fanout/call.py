"""One call to one provider: wait for its turn, make it under the promise's guard, measure it, learn from it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from bot.errors import BadReply, DetectorFailed, ProviderError, TesseraError, Timeout, Unreachable
from bot.fanout.hedge import Share
from bot.fanout.job import Ended, Job, status_of
from bot.fanout.lane import Lane
from bot.fanout.policy import Policy
from bot.logs import LOGGER
from bot.model.outcome import Attempt, Reply, Status
from bot.ports import Clock, Papers, Sent, Sleep


@dataclass(frozen=True, slots=True)
class Kit:
    """What every call works with."""

    lanes: Mapping[str, Lane]
    policy: Policy
    clock: Clock
    now: Clock
    sleep: Sleep
    random: random.Random
    share: Share


async def enter(kit: Kit, job: Job, lane: Lane) -> TesseraError | None:
    """Take a slot when pause, bulkhead and breaker let a call through; return why none was taken."""
    while True:
        now = kit.clock()
        left = job.deadline - now
        if left <= 0:
            return Timeout()
        if error := lane.closed_for(now, min(kit.policy.retry_after_cap, left)):
            return error
        if (pause := lane.paused_until - now) > 0:
            # All who waited would come back in the same instant, and be sent away again.
            await kit.sleep(pause + kit.random.uniform(0.0, min(1.0, pause / 10)))
        elif not await lane.bulkhead.acquire(left):
            return Timeout()
        elif lane.admit(kit.clock(), again=job.retrying):
            return None


async def call(kit: Kit, papers: Papers, sent: Sent, job: Job, lane: Lane, *, hedged: bool) -> Ended:
    """Make one call whose slot is taken; raise nothing but CancelledError, and that only when cancelled."""
    provider = lane.provider
    started_at, started = kit.now(), kit.clock()
    number = job.begin(started)
    lane.calls += 1
    if not hedged:
        kit.share.call()
        if job.feed:
            job.feed.state("in_progress", provider.name)

    def close(reply: Reply | None, status: Status, kind: str | None) -> Ended:
        """Record the attempt; return how it ended."""
        ended = Ended(provider.name, reply.model if reply else provider.model, kit.clock(), reply)
        job.record(
            Attempt(
                fragment=job.fragment.number,
                number=number,
                provider=ended.provider,
                model=ended.model,
                started_at=started_at,
                seconds=ended.at - started,
                status=status,
                error=kind,
                hedged=hedged,
                first_text_seconds=reply.first_text_seconds if reply else None,
                input_tokens=reply.input_tokens if reply else None,
                output_tokens=reply.output_tokens if reply else None,
            )
        )
        return ended

    try:
        reply = await _ask(kit, job, lane, number, papers=papers, sent=sent, hedged=hedged)
    except asyncio.CancelledError:
        if _cancelled():
            ended = close(None, Status.CANCELLED, "cancelled")
            lane.cut_off(started, ended.at, hedged=hedged)
            raise
        # Nobody cancelled us, so it is a failure of the call and may be tried again.
        error: TesseraError = Unreachable()  # a library let a cancellation of its own out
    except TesseraError as failure:
        # A traceback holds the frames below, and with them the words that were sent, for as long as the error lives.
        error = failure.with_traceback(None)
    except Exception as failure:  # noqa: BLE001 - an adapter that breaks its contract
        LOGGER.warning("%s failed in an unknown way (%s)", provider.name.upper(), type(failure).__name__)
        error = ProviderError()
    else:
        ended = close(reply, Status.OK, None)
        lane.answered(started, ended.at, hedged=hedged)
        return ended
    ended = close(None, status_of(error), error.kind)
    lane.failed(error, started, ended.at)
    job.tried.add(provider.name)
    if job.feed:
        job.feed.failed(number, provider.name)
    return Ended(ended.provider, ended.model, ended.at, error=error)


async def _ask(kit: Kit, job: Job, lane: Lane, number: int, *, papers: Papers, sent: Sent, hedged: bool) -> Reply:
    """Ask the provider inside the permit and within its time; an empty answer is a bad one."""
    provider, fragment = lane.provider, job.fragment.number
    with ExitStack() as guard:
        try:
            prompt = papers.prompt(fragment, provider.name)
            guard.enter_context(papers.permit(sent, fragment, provider.name, number, hedged=hedged))
        except TesseraError:
            raise
        except Exception as failure:  # noqa: BLE001 - fail closed: what cannot be prepared is not sent
            LOGGER.warning("A call could not be prepared (%s)", type(failure).__name__)
            raise DetectorFailed from None
        on_text = job.feed.text_of(number, provider.name) if job.feed else None
        # The SDKs' own timeouts are per read or not kept: google-genai slept up to 10 s beyond its own after a reset.
        limit = asyncio.timeout(min(prompt.timeout, job.deadline - kit.clock()))
        try:
            async with limit:
                reply = await provider.ask(prompt, on_text)
        except TimeoutError:
            if limit.expired():
                raise Timeout from None
            raise
    if not reply.text.strip():
        raise BadReply
    return reply


def _cancelled() -> bool:
    """Tell whether somebody asked the running task to stop."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
