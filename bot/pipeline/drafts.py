"""Drafts of plans, made off the event loop from a question and what stands around it."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from bot.errors import BadRequest
from bot.model.outcome import Outcome
from bot.model.plan import Plan
from bot.model.question import Attached, Before, Question
from bot.model.records import Preview
from bot.pipeline import followup
from bot.pipeline.meaning import MOST_ASKS, Asked
from bot.pipeline.planning import BARE, NOTHING, drafted, settled
from bot.pipeline.preview import previewed
from bot.pipeline.shared import Shared
from bot.ports import Enclosures, History, Reporter

T = TypeVar("T")

Calling = Callable[[Plan, Coroutine[Any, Any, Outcome]], Awaitable[Outcome]]
"""Waits for a call to the house model about a draft."""


class Drafts:
    """Reads what stands around a question, and masks, splits and assigns it on the thread for that."""

    def __init__(
        self, shared: Shared, reporter: Reporter, history: History | None, enclosures: Enclosures | None
    ) -> None:
        """Keep the collaborators; without history and enclosures a question stands alone."""
        self._shared, self._reporter = shared, reporter
        self._history, self._enclosures = history, enclosures

    async def draft(self, question: Question) -> Plan:
        """Return the plan by form, without routes where the house model is to be asked for one by meaning."""
        before, attached = await self._around(question)
        secret = (question.choices.seed or secrets.token_hex(16)).encode()
        shared = self._shared
        healthy, lately = shared.engine.healthy(), shared.rotation.lately(question.origin)

        def planned() -> Plan:
            """Plan on the thread for that."""
            thread = _of_thread(shared.key, question)
            draft = drafted(question, shared.rules, secret, thread=thread, before=before, attached=attached)
            if shared.house is not None and shared.house.wants(draft):
                return draft
            return settled(draft, shared.rules, healthy, lately)

        return await self._thought(planned)

    async def preview(self, question: Question) -> Preview:
        """Return what would leave; nobody is called."""
        before, attached = await self._around(question, show=False)
        shared = self._shared
        healthy, lately = shared.engine.healthy(), shared.rotation.lately(question.origin)
        planned = partial(
            previewed,
            question,
            shared.rules,
            before=before,
            attached=attached,
            healthy=healthy,
            lately=lately,
            admin=shared.dispatch.admin,
        )
        return await self._thought(planned)

    async def _around(self, question: Question, *, show: bool = True) -> tuple[Before, Attached]:
        """Read what went before a question, with the files of what is quoted of it, and what is attached."""
        before = await self._history.before(question) if self._history else NOTHING
        if self._enclosures is None:
            return before, BARE
        earlier = await self._thought(partial(followup.files, question, before, self._shared.rules))
        everything = (*question.enclosed, *(each for some in earlier.values() for each in some))
        if show and any(not each.text for each in everything):
            await self._reporter.prepare(f"Reading {', '.join(each.shown for each in everything if not each.text)}")
        found = {ref: await self._enclosures.read(replace(question, enclosed=some)) for ref, some in earlier.items()}
        attached = await self._enclosures.read(question) if question.enclosed else BARE
        files = {ref: each.texts for ref, each in found.items()}
        return replace(before, files=files, code=any(each.code for each in found.values())), attached

    async def ask(self, question: Question, draft: Plan, before: tuple[Asked, ...], calling: Calling) -> Asked:
        """Ask the house model for a plan, in a call that `calling` waits for, and check it."""
        shared = self._shared
        healthy, lately = shared.engine.healthy(), shared.rotation.lately(question.origin)
        # Gone from the settings since the question was drafted: it goes on without.
        if (house := shared.house) is None:
            return Asked((), await self._thought(partial(settled, draft, shared.rules, healthy, lately)))
        asking = house.ask(draft, before, house.budget(draft, before))
        outcome = await calling(draft, asking)
        last = len(before) + 1 >= MOST_ASKS or not (outcome.text or outcome.error == BadRequest.kind)
        return await self._thought(partial(house.settle, draft, before, outcome, healthy, lately, last=last))

    async def _thought(self, work: Callable[[], T]) -> T:
        """Do some thinking off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._shared.thinking, work)


def _of_thread(key: bytes, question: Question) -> bytes:
    """Return what the pseudonyms of a thread are derived from, so that a follow-up keeps them; empty without a thread.

    What is asked again gets others, and what its asker was shown before is sent as it was shown.
    """
    origin = question.origin
    thread = (origin.thread_ts or origin.ts) if origin else None
    if not key or origin is None or not thread or question.choices.seed:
        return b""
    again = question.request_id.partition(".")[2].removeprefix("0")
    return hmac.digest(key, f"{origin.team}\0{origin.channel}\0{thread}\0{again}".encode(), "sha256")
