"""A question asked once more: the same again, one part of it, of the other providers, or about a chosen part."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import replace

from bot.desk import Archive
from bot.durable.journal import Journal
from bot.errors import NotAllowed, Rejected
from bot.model.question import Entry, Origin, Question
from bot.pipeline.again import again, seen


class Repeats(ABC):
    """The part of `bot.desk.Desk` that asks once more.

    Each way of asking again has one key, made of the question it is about: pressed twice, in two processes or after a
    restart, it is asked, and paid, once; what found no place for its answer is tried anew under one more key. Whoever
    wants it once more presses under the newer answer.
    """

    _archive: Archive

    @abstractmethod
    async def accept(self, question: Question, *, once: bool = False) -> int:
        """Take the question durably."""

    @abstractmethod
    def _journal(self) -> Journal:
        """Return the journal."""

    @abstractmethod
    async def _key(self, request_id: str, origin: Origin) -> str:
        """Return the key of this person's question."""

    async def regenerate(self, request_id: str, origin: Origin) -> None:
        """Ask the same question again under the next key; its routes are drawn anew."""
        question = await self.stored(request_id, origin)
        base, _, count = question.key.rpartition("+")
        if not (base and count.isdecimal()):
            base, count = question.key, "0"
        stem = question.request_id.rpartition(".")[0] if count != "0" else question.request_id
        again = int(count) + 1
        await self.accept(_anew(question, origin, f"{base}+{again}", f"{stem}.{again}"), once=True)

    async def ask_others(self, request_id: str, origin: Origin) -> None:
        """Send the same question to the providers that did not get it, under a key of its own."""
        question = await self.stored(request_id, origin)
        plan = await self._journal().plan(question.key)
        had = {each.provider for each in await self._archive.sent(request_id)}
        others = tuple(name for name in (plan.providers if plan else ()) if name not in had)
        if not others:
            raise Rejected("Every provider has this question already.")
        choices = replace(question.choices, everyone=True, seed="", routes=(), joined=())
        anew = _anew(question, origin, f"{question.key}!", f"{request_id}.all")
        await self.accept(replace(anew, providers=others, choices=choices), once=True)

    async def ask_part(self, request_id: str, origin: Origin, number: int, *, other: bool) -> None:
        """Ask one part again, in one piece; what its new provider then knows of the whole question is told."""
        question = await self.stored(request_id, origin)
        plan = await self._journal().plan(question.key)
        if plan is None or not 1 <= number <= len(plan.fragments):
            raise Rejected("The text of this part is deleted by now. Please ask it again.")
        sent = seen(await self._archive.sent(request_id))
        part = again(plan, number, sent, other=other)
        whom = "other" if other else "same"
        anew = _anew(question, origin, f"{question.key}/{number}{whom}", f"{request_id}.{number}{whom}")
        hide = (*question.choices.hide, *part.hide)
        choices = replace(question.choices, whole=True, hide=hide, seed="", routes=(), joined=(), note=part.note)
        anew = replace(anew, text=part.text, providers=(part.provider,), enclosed=(), choices=choices)
        await self.accept(anew, once=True)

    async def choose(self, request_id: str, origin: Origin, about: tuple[str, ...]) -> None:
        """Ask the question about the chosen parts, under a key of its own: whatever is pressed next finds it taken."""
        journal = self._journal()
        key = await journal.key_of(request_id, f"{origin.team}:{origin.user}")
        if key is None:
            raise NotAllowed("Only the person who asked can choose, and only while the text is kept. Please ask again.")
        question = await journal.question(key)
        if question is None:
            raise Rejected("The text of this question is deleted by now. Please ask it again.")
        chosen = replace(question, key=f"{key}?", request_id=f"{request_id}.0", asked_at=time.time(), about=about)
        await self.accept(chosen, once=True)

    async def stored(self, request_id: str, origin: Origin) -> Question:
        """Return this person's question while its text is kept; see `bot.desk.Desk`."""
        question = await self._journal().question(await self._key(request_id, origin))
        if question is None:
            raise Rejected("The text of this question is deleted by now. Please ask it again.")
        return question


def _anew(question: Question, click: Origin, key: str, request_id: str) -> Question:
    """Return a question to be asked once more; after a slash command where the click was, not under a new root."""
    origin = question.origin
    if origin and question.entry is Entry.SLASH and click.thread_ts:
        origin = replace(origin, channel=click.channel, thread_ts=click.thread_ts)
    return replace(question, key=key, request_id=request_id, asked_at=time.time(), origin=origin)
