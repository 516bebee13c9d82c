"""What people do besides asking: the slash command, the buttons, the Home tab, leaving."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.desk import Desk
from bot.errors import Ended, Rejected, Repeated, SlackRefused, TesseraError
from bot.logs import LOGGER
from bot.model.question import Origin, Question
from bot.slack import calls
from bot.slack.background import Background
from bot.slack.clicks import asked_already, origin_of, reference_of, value_of
from bot.slack.forms import Forms
from bot.slack.intake import Intake, from_command, waiting
from bot.slack.memory import Memory
from bot.slack.messages import MessageRef, editing
from bot.slack.messenger import Messenger
from bot.slack.pacing import EDIT
from bot.slack.views import Block, choice, details, home, told
from bot.slack.views.answer import quote
from bot.slack.views.form import Draft
from bot.slack.views.thanks import thanks
from bot.slack.words import Word, said

FORGOTTEN = "Everything that was recorded of you is deleted."
FORM_OPENS = "A form opens, which shows what would leave. `/ask` and a question asks at once, `/ask help` explains."
STOP_THERE = "A command does not reach a thread. Press *Stop* there, or write `@Tessera stop` in it."
APART = "I may not write in this conversation, so the answer comes to you alone, in our direct messages."
NOWHERE = "I may write neither here nor to you directly, so there is no answer. Ask in a channel that I am in."

_PART = re.compile(r"[0-9]{1,20}\.[0-9]{1,10}/[0-9]{1,3}")
_Work = Callable[[str, Origin], Awaitable[object]]


class Listeners:
    """Takes clicks and commands to the desk, and its errors back to the person."""

    def __init__(
        self,
        desk: Desk,
        intake: Intake,
        messenger: Messenger,
        background: Background,
        *,
        providers: Mapping[str, str],
        clock: Callable[[], float],
    ) -> None:
        """Keep the collaborators; `clock` is Unix time."""
        self._forms = Forms(desk, messenger, background, intake.accept, clock)
        self._desk, self._intake, self._messenger = desk, intake, messenger
        self._background = background
        self._providers, self._clock = dict(providers), clock

    def register(self, app: AsyncApp) -> None:
        """Register everything with Bolt; the last action takes clicks on what is no longer there."""
        app.command("/ask")(self.ask)
        self._forms.register(app)
        for action, work in (
            ("stop_query", self._stop),
            ("regenerate_query", self._desk.regenerate),
            ("ask_others", self._desk.ask_others),
            ("show_receipt", None),
            ("show_receipt_texts", None),
            ("feedback", None),
        ):
            app.action(action)(self._button(work) if work else getattr(self, action))
        app.action(re.compile(r"example_\d"))(self.example)
        app.action(re.compile(r"ask_part_\d+(?:_same|_other)?"))(self.ask_part)
        app.action(re.compile(rf"{choice.ACTION}(?:\d+|all)"))(self.choose)
        # Buttons of older messages live on in their threads; unacknowledged, Slack shows a warning sign beside them.
        app.action(re.compile(".*"))(_acknowledge)
        app.event("app_home_opened")(self.home)
        app.event("agent_session_stopped")(self.session_stopped)
        for event in ("app_uninstalled", "tokens_revoked"):
            app.event(event)(self.left)

    async def ask(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        """Take `/ask`: accept the question, then acknowledge; what goes wrong is said to the asker alone."""
        question = from_command(body, self._clock())
        try:
            sentence = await self._asked(question, origin_of(body), respond)
        except TesseraError as error:
            self._log(question.request_id, error)
            sentence = told(error.message, question.request_id)
        except Exception as error:  # noqa: BLE001 - a command is never delivered again, so the asker must be told
            self._log(question.request_id, error)
            sentence = told(TesseraError.message, question.request_id)
        # Said, not left to Slack's default: another server shows it to everybody (parvalabs/local-slack).
        await ack(sentence, response_type="ephemeral")
        if not question.text:
            await self._forms.open(body, Draft(), Memory(channel=origin_of(body).channel))

    def _placed(self, origin: Origin, channel: str, respond: AsyncRespond) -> None:
        """Tell an asker whose answer comes elsewhere, or not at all; a thread that begins before them says enough.

        Nothing but the command's own address can write where we are no member, and Slack does not tell before we try.
        """

        async def tell() -> None:
            """Use that address; nothing depends on it, as what begins the thread notifies too."""
            with contextlib.suppress(*calls.FAILURES):
                await respond(APART if channel else NOWHERE, response_type="ephemeral", replace_original=False)

        if channel != origin.channel:
            self._background.spawn(tell())

    async def _asked(self, question: Question, origin: Origin, respond: AsyncRespond) -> str:
        """Do what a slash command says; return what its asker alone is told."""
        if not question.text:
            return FORM_OPENS
        word = said(question.text)
        if word is Word.FORGET:
            await self._desk.forget(origin.team, origin.user)
            return FORGOTTEN
        if word is Word.STOP:
            return STOP_THERE
        if word is not None:
            return home.SAID_TO[word]
        self._messenger.herald(question.request_id, lambda channel: self._placed(origin, channel, respond))
        place = await self._intake.accept(question)
        sentence = waiting(place) if place else "On it."
        # The channel is not shown what was asked, so its asker is.
        return sentence if question.choices.quiet else f"{sentence}\n{quote(question.text)}"

    async def show_receipt(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the receipt for the person who clicked."""
        await ack()

        async def work(reference: str, origin: Origin) -> None:
            """Ask the desk and show the page."""
            page = await self._desk.receipt(reference, origin, texts=False)
            view = {"trigger_id": body.get("trigger_id"), "view": details.receipt(page)}
            await self._messenger.view(origin.team, "views.open", view)

        await self._do(body, work)

    async def show_receipt_texts(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Replace the receipt by the exact texts."""
        await ack()
        view_id = (body.get("view") or {}).get("id")

        async def show(origin: Origin, view: Block) -> None:
            """Put a view in place of the open one."""
            await self._messenger.view(origin.team, "views.update", {"view_id": view_id, "view": view})

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
        about = tuple(ref for ref in value_of(body).rpartition(":")[0].split(",") if _PART.fullmatch(ref))
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
        good = value_of(body).startswith("good:")

        async def work(reference: str, origin: Origin) -> None:
            """Note it, and say so."""
            own = await self._desk.feedback(reference, origin, good=good)
            # Anybody in the thread may like an answer or not; asking it again is offered to its asker.
            post = thanks((body.get("message") or {}).get("blocks") or (), reference, good=good or not own)
            self._background.spawn(self._messenger.show(origin, post, reference))

        await self._do(body, work)

    async def ask_part(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Ask one part of a question again."""
        await ack()
        number, _, rest = value_of(body).partition(":")
        if number.isdecimal():
            other = rest.startswith("other:")
            await self._do(body, lambda ref, origin: self._desk.ask_part(ref, origin, int(number), other=other))

    async def home(self, body: dict[str, Any]) -> None:
        """Show the Home tab to whoever opens it."""
        event, origin = body["event"], origin_of(body)
        if event.get("tab") == "home":
            try:
                usage = await self._desk.usage(origin)
                view = {"user_id": event.get("user"), "view": home.view(self._providers, usage)}
                await self._messenger.caller(origin.team).once("views.publish", view)
            except TesseraError as error:
                LOGGER.warning("The Home tab could not be shown: %s", error.logged)

    async def example(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Open the form with an example in it; the answer comes to whoever pressed it."""
        await ack()
        place = int(value_of(body)) if value_of(body).isdecimal() else 0
        question = home.EXAMPLES[place - 1][1] if 0 < place <= len(home.EXAMPLES) else ""
        await self._forms.open(body, Draft(question), Memory(channel=origin_of(body).user))

    async def _stop(self, reference: str, origin: Origin) -> None:
        """Stop a question; what a crash left behind of one that has ended is taken away."""
        try:
            await self._desk.stop(reference, origin)
        except Ended:
            where = await self._desk.placed(reference, origin)
            if not where or not origin.ts or MessageRef.load(where).ts == origin.ts:
                raise
            await self._messenger.delete(origin.team, origin.channel, origin.ts)

    async def session_stopped(self, body: dict[str, Any]) -> None:
        """Stop the question of the thread in which somebody pressed Slack's own Stop."""
        origin = origin_of(body)
        running = await self._intake.running(origin)
        if running:
            await self._guarded(running, origin, self._desk.stop)

    async def left(self, body: dict[str, Any]) -> None:
        """Delete everything of a workspace that removed the app."""
        await self._desk.forget(origin_of(body).team, None)

    def _button(self, work: _Work) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
        """Return the listener of a button that does one thing at the desk."""

        async def clicked(ack: AsyncAck, body: dict[str, Any]) -> None:
            """Acknowledge, then work."""
            await ack()
            await self._do(body, work)

        return clicked

    async def _do(self, body: Mapping[str, Any], work: _Work) -> None:
        """Do what a click asks for; a value that is none of ours is ignored."""
        reference = reference_of(body)
        if reference:
            await self._guarded(reference, origin_of(body), work)

    async def _guarded(self, reference: str, origin: Origin, work: _Work) -> None:
        """Do the work; tell the person alone what went wrong."""
        try:
            await work(reference, origin)
        except Ended as error:
            reference, sentence = "", error.message  # nothing went wrong, so there is nothing to find in the log
        except Repeated as error:
            reference, sentence = "", asked_already(error.where, origin)
        except TesseraError as error:
            self._log(reference, error)
            sentence = error.message
        except Exception as error:  # noqa: BLE001 - the last resort: a fixed sentence, never an exception's text
            self._log(reference, error)
            sentence = TesseraError.message
        else:
            return
        self._background.spawn(self._messenger.whisper(origin, sentence, reference))

    @staticmethod
    def _log(reference: str, error: Exception) -> None:
        why = error.logged if isinstance(error, SlackRefused) else type(error).__name__
        LOGGER.warning("[%s] A click or command failed: %s", reference, why)


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()
