"""One question on its way to the providers: what each has seen, and the next step after every failure."""

from __future__ import annotations

import asyncio

from bot.errors import ProviderError, Retryable, TesseraError, Timeout
from bot.fanout.breaker import blames_provider
from bot.fanout.call import Kit, call, enter
from bot.fanout.feed import Feed
from bot.fanout.hedge import first_useful
from bot.fanout.job import Ended, Job
from bot.fanout.lane import Lane
from bot.fanout.retry import backoff
from bot.logs import LOGGER
from bot.model.outcome import Attempt, Outcome
from bot.model.plan import Plan
from bot.ports import Papers, Sent, Watch


class Run:
    """The calls of one question; `sent` grows by every provider that a fragment moves to or is hedged at."""

    def __init__(self, kit: Kit, plan: Plan, papers: Papers, sent: Sent, deadline: float) -> None:
        """Count what the plan is going to send as sent; `deadline` is a moment of the engine's clock."""
        self._kit = kit
        self._plan = plan
        self._papers = papers
        self._deadline = deadline
        self._jobs: dict[int, Job] = {}
        self.sent = sent
        for fragment, provider in zip(plan.fragments, plan.routes, strict=True):
            self._mark(fragment.number, provider)

    def attempts(self, number: int) -> tuple[Attempt, ...]:
        """Return the attempts at a fragment that have ended so far, also of one that was cancelled."""
        job = self._jobs.get(number)
        return tuple(job.attempts) if job else ()

    async def send(self, number: int, watch: Watch | None = None, *, first: str = "") -> Outcome:
        """Get one fragment answered, with retries, failover and a hedge; raise nothing but CancelledError.

        `first` is who is asked first where that is not the plan's route. The outcome's seconds run from the first
        attempt, not from the wait for its slot, to the answer.
        """
        kit, fragment = self._kit, self._plan.fragments[number - 1]
        job = self._jobs[number] = Job(
            fragment=fragment,
            provider=first or self._plan.routes[number - 1],
            deadline=min(self._deadline, kit.clock() + kit.policy.fragment_timeout),
            retries_left=kit.policy.max_attempts - 1,
            feed=Feed(watch, fragment) if watch else None,
        )
        self._mark(number, job.provider)
        if job.feed:
            job.feed.state("pending", job.provider)
        try:
            ended = await self._answer(job)
        except asyncio.CancelledError:
            self._log_failure(job, 0.0 if job.started is None else kit.clock() - job.started, "cancelled")
            raise
        return self._close(job, ended)

    def _close(self, job: Job, ended: Ended) -> Outcome:
        """Tell the log and the watcher how the fragment ended."""
        outcome = job.outcome(ended)
        if outcome.error is None:
            LOGGER.info("[%s] Fragment %d/%d completed by %s in %.2fs", self._plan.request_id, outcome.number,
                        outcome.of, outcome.provider.upper(), outcome.seconds)  # fmt: skip
        else:
            self._log_failure(job, outcome.seconds, outcome.error)
        if job.feed:
            state = "error" if outcome.error else "complete"
            job.feed.state(state, outcome.provider, seconds=outcome.seconds, text=outcome.text, error=outcome.error)
        return outcome

    async def _answer(self, job: Job) -> Ended:
        """Try until there is an answer or no further step."""
        while True:
            ended = await self._try(job)
            delay = None if ended.error is None else self._next(job, ended.error)
            if delay is None:
                return ended
            if delay > 0:
                await self._kit.sleep(delay)

    async def _try(self, job: Job) -> Ended:
        """Wait for a slot at the job's provider and call it, hedged when that is on and enough is learnt."""
        kit, provider = self._kit, job.provider
        job.tried.add(provider)
        lane = kit.lanes.get(provider)
        if lane is None:
            return Ended(provider, "", kit.clock(), error=ProviderError("The provider is not configured."))
        if error := await enter(kit, job, lane):
            return Ended(provider, lane.provider.model, kit.clock(), error=error)
        delay = lane.late_after if kit.policy.hedge and not job.hedged else None
        if delay is not None:
            primary = self._begin(job, lane, hedged=False)
            return await first_useful(primary, delay, lambda late: self._hedge(job, lane, late=late), _useful)
        try:
            return await call(kit, self._papers, self.sent, job, lane, hedged=False)
        finally:
            lane.bulkhead.release()

    def _begin(self, job: Job, lane: Lane, *, hedged: bool) -> asyncio.Task[Ended]:
        """Start a call whose slot is taken, as a task that gives the slot back even if it never gets to run."""
        task = asyncio.create_task(call(self._kit, self._papers, self.sent, job, lane, hedged=hedged))
        task.add_done_callback(lambda _: lane.bulkhead.release())
        return task

    def _hedge(self, job: Job, lane: Lane, *, late: bool) -> asyncio.Task[Ended] | None:
        """Start the hedge of a late call: elsewhere if allowed, else at the same provider, if it is paid for."""
        lane.pace.add(late=late)
        if not late or lane.pace.slow:
            return None
        # The same provider is often late for both calls: at a correlation of 0.8 most of a hedge's gain is gone.
        target = self._elsewhere(job, free=True) or lane
        if not (target.free(self._kit.clock()) and self._kit.share.take()):
            return None
        job.hedged = target.bulkhead.take()
        target.hedges += 1
        self._mark(job.fragment.number, target.provider.name)
        self._log_step(job, "is hedged at", target.provider.name, "late")
        return self._begin(job, target, hedged=True)

    def _next(self, job: Job, error: TesseraError) -> float | None:
        """Set where the job is tried next and return after how many seconds, None to give up.

        The same provider first, as it learns nothing new; after a timeout another one first, as the time is
        better spent there. What was wrong with the question itself, or with us, is tried nowhere again.
        """
        if not blames_provider(error) or self._kit.clock() >= job.deadline:
            return None
        steps = (self._move, self._retry) if isinstance(error, Timeout) else (self._retry, self._move)
        for step in steps:
            if (delay := step(job, error)) is not None:
                return delay
        return None

    def _retry(self, job: Job, error: TesseraError) -> float | None:
        """Return the back-off, if another attempt at the same provider may help, fits and is paid for."""
        kit, lane, now = self._kit, self._kit.lanes.get(job.provider), self._kit.clock()
        if lane is None or not isinstance(error, Retryable) or not job.retries_left:
            return None
        policy, left = kit.policy, job.deadline - now
        retry = policy.max_attempts - 1 - job.retries_left
        delay = backoff(retry, policy.backoff_base, policy.backoff_cap, kit.random)
        # Last of the three, as it takes one: what does not fit must not use up the budget.
        if delay >= left or lane.closed_for(now, min(policy.retry_after_cap, left)) or not lane.budget.take(now):
            return None
        job.retries_left -= 1
        job.retrying = True
        lane.retries += 1
        self._log_step(job, "is tried again at", job.provider, error.kind)
        return delay

    def _move(self, job: Job, error: TesseraError) -> float | None:
        """Move the job to another provider that is well and that the promise allows, if there is one."""
        target = self._elsewhere(job, free=False) if self._kit.policy.failover else None
        if target is None:
            return None
        job.provider = target.provider.name
        job.retrying = False
        target.moves += 1
        # Counted before it is sent: two fragments that move at once must see each other's words in the share (P7).
        self._mark(job.fragment.number, job.provider)
        self._log_step(job, "moves to", job.provider, error.kind)
        return 0.0

    def _elsewhere(self, job: Job, *, free: bool) -> Lane | None:
        """Return the allowed provider that has seen least of the question, the fastest of those."""
        now = self._kit.clock()
        fit = [
            lane
            for name, lane in self._kit.lanes.items()
            if name not in job.tried
            and (lane.free(now) if free else lane.well(now))
            and self._allows(job.fragment.number, name)
        ]
        return min(fit, key=lambda lane: (len(self.sent.get(lane.provider.name, ())), lane.median), default=None)

    def _allows(self, number: int, provider: str) -> bool:
        """Ask the promise; a check that fails means no."""
        try:
            return self._papers.allows(self.sent, number, provider)
        except Exception as failure:  # noqa: BLE001 - fail closed
            LOGGER.warning("The check of a route failed (%s)", type(failure).__name__)
            return False

    def _mark(self, number: int, provider: str) -> None:
        """Count a fragment as seen by a provider; what was handed out before stays as it was."""
        self.sent = {**self.sent, provider: self.sent.get(provider, frozenset()) | {number}}

    def _log_failure(self, job: Job, seconds: float, kind: str) -> None:
        """Log that the fragment has no answer."""
        LOGGER.warning("[%s] Fragment %d/%d failed at %s after %.2fs (%s)", self._plan.request_id,
                       job.fragment.number, job.fragment.of, job.provider.upper(), seconds, kind)  # fmt: skip

    def _log_step(self, job: Job, step: str, provider: str, why: str) -> None:
        """Log what happens to a fragment between its attempts."""
        LOGGER.info("[%s] Fragment %d/%d %s %s (%s)", self._plan.request_id, job.fragment.number, job.fragment.of,
                    step, provider.upper(), why)  # fmt: skip


def _useful(ended: Ended) -> bool:
    """Tell whether a call gave an answer."""
    return ended.error is None
