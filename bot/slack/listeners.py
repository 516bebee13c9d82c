"""What people do besides asking: the slash command, the buttons, the Home tab, leaving."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.errors import Rejected, TesseraError
from bot.logs import LOGGER
from bot.model import Origin, Question
from bot.ports import Desk
from bot.slack.background import Background
from bot.slack.intake import Intake, from_command, waiting
from bot.slack.messenger import MessageRef, Messenger, editing
from bot.slack.pacing import EDIT
from bot.slack.progress import Threads
from bot.slack.views import Block, choice, details, home, told
from bot.slack.views.answer import quote
from bot.slack.views.thanks import thanks
from bot.slack.words import Word, said

FORGOTTEN = "Everything that was recorded of you is deleted."
WORKING = "On it. The answer comes in the thread."

_REQUEST_ID = re.compile(r"request-[a-z0-9]{8,32}(?:\.(?:[0-9]{1,6}|all)){0,4}")
_PART = re.compile(r"[0-9]{1,20}\.[0-9]{1,10}/[0-9]{1,3}")
_Work = Callable[[str, Origin], Awaitable[object]]


class Listeners:
    """Takes clicks and commands to the desk, and its errors back to the person."""

    def __init__(
        self,
        desk: Desk,
        intake: Intake,
        messenger: Messenger,
        threads: Threads,
        background: Background,
        *,
        providers: Sequence[str] = (),
        clock: Callable[[], float],
    ) -> None:
        """Keep the collaborators; `clock` is Unix time."""
        self._desk, self._intake, self._messenger = desk, intake, messenger
        self._threads, self._background = threads, background
        self._providers, self._clock = tuple(providers), clock

    def register(self, app: AsyncApp) -> None:
        """Register everything with Bolt; the last action takes clicks on what is no longer there."""
        app.command("/ask")(self.ask)
        for action, work in (
            ("stop_query", self._desk.stop),
            ("regenerate_query", self._desk.regenerate),
            ("ask_others", self._desk.ask_others),
            ("show_receipt", None),
            ("show_receipt_texts", None),
            ("feedback", None),
        ):
            app.action(action)(self._button(work) if work else getattr(self, action))
        app.action(re.compile(r"ask_part_\d+(?:_same|_other)?"))(self.ask_part)
        app.action(re.compile(rf"{choice.ACTION}(?:\d+|all)"))(self.choose)
        # Buttons of older messages live on in their threads; unacknowledged, Slack shows a warning sign beside them.
        app.action(re.compile(".*"))(_acknowledge)
        app.event("app_home_opened")(self.home)
        app.event("agent_session_stopped")(self.session_stopped)
        for event in ("app_uninstalled", "tokens_revoked"):
            app.event(event)(self.left)

    async def ask(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Take `/ask`: accept the question, then acknowledge; what goes wrong is said to the asker alone."""
        question = from_command(body, self._clock())
        try:
            sentence = await self._asked(question, _origin(body))
        except TesseraError as error:
            self._log(question.request_id, error)
            sentence = told(error.message, question.request_id)
        except Exception as error:  # noqa: BLE001 - a command is never delivered again, so the asker must be told
            self._log(question.request_id, error)
            sentence = told(TesseraError.message, question.request_id)
        # Said, not left to Slack's default: another server shows it to everybody (parvalabs/local-slack).
        await ack(sentence, response_type="ephemeral")

    async def _asked(self, question: Question, origin: Origin) -> str:
        """Do what a slash command says; return what its asker alone is told."""
        word = said(question.text) if question.text else Word.HELP
        if word is Word.FORGET:
            await self._desk.forget(origin.team, origin.user)
            return FORGOTTEN
        if word is not None:
            return home.SAID_TO[word]
        place = await self._intake.accept(question)
        sentence = waiting(place) if place else WORKING
        # The channel is not shown what was asked, so its asker is.
        return sentence if question.choices.quiet else f"{sentence}\n{quote(question.text)}"

    async def show_receipt(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the receipt for the person who clicked."""
        await ack()

        async def work(reference: str, origin: Origin) -> None:
            """Ask the desk and show the page."""
            page = await self._desk.receipt(reference, origin, texts=False)
            view = {"trigger_id": body.get("trigger_id"), "view": details.receipt(page)}
            await self._messenger.caller(origin.team).once("views.open", view)

        await self._do(body, work)

    async def show_receipt_texts(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Replace the receipt by the exact texts."""
        await ack()
        view_id = (body.get("view") or {}).get("id")

        async def show(origin: Origin, view: Block) -> None:
            """Put a view in place of the open one."""
            await self._messenger.caller(origin.team).once("views.update", {"view_id": view_id, "view": view})

        async def work(reference: str, origin: Origin) -> None:
            """Ask the desk and show the page."""
            try:
                page = await self._desk.receipt(reference, origin, texts=True)
            except Rejected as refusal:
                await show(origin, details.notice(refusal.message, reference))
            else:
                await show(origin, details.exact_texts(page))

        await self._do(body, work)

    async def choose(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Ask the question about the earlier part whose button was pressed, and take the buttons away."""
        await ack()
        about = tuple(ref for ref in _value(body).rpartition(":")[0].split(",") if _PART.fullmatch(ref))
        label = str(((body.get("actions") or [{}])[0].get("text") or {}).get("text") or "").lower()
        message = body.get("message") or {}

        async def work(reference: str, origin: Origin) -> None:
            """Ask, then edit the message that offered the choice."""
            await self._desk.choose(reference, origin, about)
            place = MessageRef(origin.channel, str(message.get("ts") or ""), origin.thread_ts or "")
            args = editing(place, choice.chosen(message.get("blocks") or (), label))
            await self._messenger.caller(origin.team).once(EDIT, args)

        if about:
            await self._do(body, work)

    async def feedback(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Record a thumb."""
        await ack()
        good = _value(body).startswith("good:")

        async def work(reference: str, origin: Origin) -> None:
            """Note it, and say so."""
            await self._desk.feedback(reference, origin, good=good)
            post = thanks((body.get("message") or {}).get("blocks") or (), reference, good=good)
            self._background.spawn(self._messenger.show(origin, post, reference))

        await self._do(body, work)

    async def ask_part(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Ask one part of a question again."""
        await ack()
        number, _, rest = _value(body).partition(":")
        if number.isdecimal():
            other = rest.startswith("other:")
            await self._do(body, lambda ref, origin: self._desk.ask_part(ref, origin, int(number), other=other))

    async def home(self, body: dict[str, Any]) -> None:
        """Show the Home tab to whoever opens it."""
        event, origin = body["event"], _origin(body)
        if event.get("tab") == "home":
            view = {"user_id": event.get("user"), "view": home.view(self._providers)}
            await self._messenger.caller(origin.team).once("views.publish", view)

    async def session_stopped(self, body: dict[str, Any]) -> None:
        """Stop the question of the thread in which somebody pressed Slack's own Stop."""
        origin = _origin(body)
        running = self._threads.running(origin.team, origin.channel, origin.thread_ts or "")
        if running:
            await self._guarded(running, origin, self._desk.stop)

    async def left(self, body: dict[str, Any]) -> None:
        """Delete everything of a workspace that removed the app."""
        await self._desk.forget(_origin(body).team, None)

    def _button(self, work: _Work) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
        """Return the listener of a button that does one thing at the desk."""

        async def clicked(ack: AsyncAck, body: dict[str, Any]) -> None:
            """Acknowledge, then work."""
            await ack()
            await self._do(body, work)

        return clicked

    async def _do(self, body: Mapping[str, Any], work: _Work) -> None:
        """Do what a click asks for; a value that is none of ours is ignored."""
        reference = _value(body).split(":")[-1]
        if _REQUEST_ID.fullmatch(reference):
            await self._guarded(reference, _origin(body), work)

    async def _guarded(self, reference: str, origin: Origin, work: _Work) -> None:
        """Do the work; tell the person alone what went wrong."""
        try:
            await work(reference, origin)
        except TesseraError as error:
            self._log(reference, error)
            sentence = error.message
        except Exception as error:  # noqa: BLE001 - the last resort: a fixed sentence, never an exception's text
            self._log(reference, error)
            sentence = TesseraError.message
        else:
            return
        if origin.channel:
            self._background.spawn(self._messenger.whisper(origin, sentence, reference))

    @staticmethod
    def _log(reference: str, error: Exception) -> None:
        LOGGER.warning("[%s] A click or command failed: %s", reference, type(error).__name__)


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


def _value(body: Mapping[str, Any]) -> str:
    """Return the value of the button that was pressed; thumbs carry theirs one level deeper in some clients."""
    action = (body.get("actions") or [{}])[0]
    value = action.get("value")
    return value if isinstance(value, str) else ""


def _origin(body: Mapping[str, Any]) -> Origin:
    """Return who did something, and where."""
    event, container = body.get("event") or {}, body.get("container") or {}
    message = body.get("message") or {}
    authorizations = body.get("authorizations") or [{}]
    team = authorizations[0].get("team_id") or _id(body.get("team")) or body.get("team_id") or body.get("enterprise_id")
    channel = _id(body.get("channel")) or container.get("channel_id") or event.get("channel") or body.get("channel_id")
    user = _id(body.get("user")) or event.get("user") or body.get("user_id")
    thread = message.get("thread_ts") or container.get("thread_ts") or event.get("thread_ts")
    return Origin(str(team or ""), str(channel or ""), str(user or ""), message.get("ts"), thread)


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, dict) else value
