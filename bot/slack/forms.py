"""The form to ask with, and its preview: opened by a command, about a message, or to ask again with other choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.desk import Desk
from bot.errors import Repeated, SlackRefused, TesseraError
from bot.logs import LOGGER
from bot.model.question import Entry, Origin, Question
from bot.ports import Clock
from bot.slack.background import Background
from bot.slack.clicks import asked_already, origin_of, reference_of
from bot.slack.codes import Means, means
from bot.slack.intake import request_id
from bot.slack.manifest import SHORTCUT
from bot.slack.memory import Memory, Typed, draft_of
from bot.slack.messenger import Messenger
from bot.slack.views import Block
from bot.slack.views.form import CALLBACK, Draft, form

TOO_LATE = "This took too long to open. Please try it again."


class Accept(Protocol):
    """Takes a question in the time that Slack gives."""

    async def __call__(self, question: Question, *, once: bool = False) -> int:
        """Return its place in the line; raise as `bot.desk.Desk.accept` does."""
        ...


class Forms:
    """Opens forms, shows in them what would leave, and takes what they ask."""

    def __init__(self, desk: Desk, messenger: Messenger, background: Background, accept: Accept, clock: Clock) -> None:
        """Keep the collaborators; `accept` takes a question in the time that Slack gives, `clock` is Unix time."""
        self._desk, self._messenger, self._background = desk, messenger, background
        self._accept, self._clock = accept, clock

    def register(self, app: AsyncApp) -> None:
        """Register with Bolt."""
        app.shortcut(SHORTCUT)(self.about)
        app.action("change_hidden")(self.change)
        app.action("preview_question")(self.preview)
        app.view(CALLBACK)(self.submit)

    async def open(self, body: Mapping[str, Any], draft: Draft, memory: Memory) -> None:
        """Open a form for whoever did something; say so where that did not work."""
        await self._show(body, "views.open", {"trigger_id": body.get("trigger_id"), "view": form(draft, memory.dump())})

    async def about(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form about a message; the answer goes to whoever asks, as the message is somebody else's."""
        await ack()
        message, origin = body.get("message") or {}, origin_of(body)
        await self.open(body, draft_of(str(message.get("text") or "")), Memory(channel=origin.user))

    async def change(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form of a question that was asked, with what was hidden in it."""
        await ack()
        reference, origin = reference_of(body), origin_of(body)
        if not reference:
            return
        memory, typed = Memory(request_id=reference), Typed("", "", "", (), ())
        try:
            question = await self._desk.stored(reference, origin)
            chosen = replace(question.choices, seed="", routes=(), note="")
            shown = await self._desk.preview(replace(question, choices=chosen))
        except TesseraError as error:
            await self._messenger.whisper(origin, error.message, reference)
            return
        draft = Draft(again=True, hide=", ".join(chosen.hide))
        view = form(draft, memory.after(shown, replace(typed, join=shown.joined)).dump(), shown)
        await self._show(body, "views.open", {"trigger_id": body.get("trigger_id"), "view": view})

    async def preview(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Show in the form what would leave by what stands in it now."""
        await ack()
        view = body.get("view") or {}
        memory, typed = Memory.load(view.get("private_metadata") or "{}"), Typed.of(view)
        draft = typed.draft(again=bool(memory.request_id))
        try:
            question = await self._question(memory, typed, body)
            shown = await self._desk.preview(question)
        except TesseraError as error:
            new = form(draft, memory.dump(), fault=error.message)
        else:
            new = form(draft, memory.after(shown, typed).dump(), shown)
        await self._show(body, "views.update", {"view_id": view.get("id"), "view": new})

    async def submit(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Ask what the form asks; what is wrong is said in the form, and nothing is lost."""
        view = body.get("view") or {}
        memory, typed = Memory.load(view.get("private_metadata") or "{}"), Typed.of(view)
        try:
            question = await self._question(memory, typed, body)
            await self._accept(question, once=True)
        except Repeated as error:
            sentence = asked_already(error.where, origin_of(body))
            await ack(response_action="update", view=self._faulty(memory, typed, sentence))
        except TesseraError as error:
            LOGGER.warning("A form was not taken: %s", error.kind)
            await ack(response_action="update", view=self._faulty(memory, typed, error.message))
        except Exception as error:  # noqa: BLE001 - a fixed sentence, never an exception's text
            LOGGER.error("A form was not taken: %s", type(error).__name__)
            await ack(response_action="update", view=self._faulty(memory, typed, TesseraError.message))
        else:
            await ack()

    @staticmethod
    def _faulty(memory: Memory, typed: Typed, sentence: str) -> Block:
        return form(typed.draft(again=bool(memory.request_id)), memory.dump(), fault=sentence)

    async def _question(self, memory: Memory, typed: Typed, body: Mapping[str, Any]) -> Question:
        """Return what a form asks: submitted twice it is the same question.

        What is asked again with the same choices is, too: a double click opens two forms.
        """
        origin, now = origin_of(body), self._clock()
        choices = typed.choices(memory)
        if memory.request_id:
            stored = await self._desk.stored(memory.request_id, origin)
            key = f"{stored.key}~{choices.digest}"
            kept = replace(stored.choices, clear=choices.clear, hide=choices.hide, joined=choices.joined)
            kept = replace(kept, seed=choices.seed, routes=choices.routes)
            return replace(stored, key=key, request_id=request_id(key), asked_at=now, choices=kept)
        key = f"{origin.team}:form:{(body.get('view') or {}).get('id')}"
        place = Origin(origin.team, memory.channel, origin.user)
        return Question(
            key, request_id(key), typed.question, Entry.SLASH,
            asked_at=now, origin=place, enclosed=typed.enclosed(), choices=choices,
        )  # fmt: skip

    async def _show(self, body: Mapping[str, Any], method: str, args: dict[str, Any]) -> None:
        """Open or change a view; a click that is too old is told so."""
        origin = origin_of(body)
        try:
            await self._messenger.view(origin.team, method, args)
        except TesseraError as error:
            LOGGER.warning("A form could not be shown: %s", error.logged)
            late = isinstance(error, SlackRefused) and means(error.code) is Means.LATE
            self._background.spawn(self._messenger.whisper(origin, TOO_LATE if late else error.message, ""))
