"""What people do in the workspace: each deed is stored as Slack would, then delivered to the app."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.demo.slack import payloads
from bot.demo.slack.blocks import check_view
from bot.demo.slack.chat import respond
from bot.demo.slack.delivery import CLICKS, COMMANDS, EVENTS, Courier
from bot.demo.slack.records import Channel, Delivery, Json, Message, Snapshot, User, View
from bot.demo.slack.workspace import APP, BOT_USER, ResponseUrl, Workspace


class People:
    """The workspace's people, acting; every deed returns when the app has acknowledged it or no retry is left.

    `echo` sends the app's own posts and edits in direct messages back to it as events; `double_fire`
    subscribes it to `message.channels` too, so that a mention comes twice, under two event ids.
    """

    def __init__(self, space: Workspace, courier: Courier, *, echo: bool = False, double_fire: bool = False) -> None:
        self.echo = echo
        self.double_fire = double_fire
        self.base_url = ""
        self._space = space
        self._courier = courier
        self._tasks: set[asyncio.Task[Any]] = set()
        space.watch = self._echo

    def belong(self, user: str, team: str) -> str:
        """Let a person be of another workspace: a colleague's, or by Slack Connect another company's; return them."""
        self._space.users[user] = replace(self._person(user), team=team)
        return user

    async def mention(
        self,
        channel: str,
        user: str,
        text: str,
        thread_ts: str | None = None,
        event_id: str | None = None,
        *,
        copies: int = 1,
        team: str | None = None,
        files: Sequence[Json] = (),
        attachments: Sequence[Json] = (),
    ) -> Delivery:
        """Mention the app in a channel; `text` is Slack markup, and gets the mention in front when it has none."""
        mention = f"<@{BOT_USER}>"
        text = text if mention in text else f"{mention} {text}".rstrip()
        message = self._write(self._space.channel(channel), user, text, thread_ts, files=files, attachments=attachments)
        return await self._tell(message, "app_mention", event_id, copies=copies, team=team)

    async def direct_message(
        self,
        user: str,
        text: str,
        thread_ts: str | None = None,
        event_id: str | None = None,
        *,
        copies: int = 1,
        team: str | None = None,
        files: Sequence[Json] = (),
        attachments: Sequence[Json] = (),
    ) -> Delivery:
        """Write to the app in the direct conversation with it."""
        message = self._write(self._space.open_dm(user), user, text, thread_ts, files=files, attachments=attachments)
        return await self._tell(message, "message", event_id, copies=copies, team=team)

    async def say(self, channel: str, user: str, text: str, thread_ts: str | None = None) -> Delivery:
        """Write something in a channel that does not mention the app."""
        return await self._tell(self._write(self._space.channel(channel), user, text, thread_ts), "message")

    async def bot_message(self, channel: str, text: str, thread_ts: str | None = None) -> Delivery:
        """Let another app write in a channel; when it mentions the app, that comes as `app_mention`."""
        message = self._write(self._space.channel(channel), "U0ROBOT", text, thread_ts)
        message.bot_id, message.subtype = "B0ROBOT", "bot_message"
        return await self._tell(message, "app_mention" if f"<@{BOT_USER}>" in text else "message")

    async def edit(self, message: Message, text: str) -> Delivery:
        """Edit a person's message."""
        before = message.history[-1]
        self._space.edit(message, Snapshot(self._space.clock(), text))
        channel = self._space.channels[message.channel]
        event = payloads.message_changed(message, before, channel, self._space.mint_ts())
        return await self.event(event, message=message)

    async def remove(self, message: Message) -> Delivery:
        """Delete a person's message."""
        message.deleted = True
        channel = self._space.channels[message.channel]
        replies = any(
            (m.channel, m.thread_ts) == (message.channel, message.ts) and m is not message and not m.deleted
            for m in self._space.messages
        )
        gone = payloads.message_deleted(message, channel, self._space.mint_ts(), replies=replies)
        return await self.event(gone, message=message)

    async def slash(
        self, channel: str, user: str, text: str, command: str = "/ask", *, team: str | None = None, copies: int = 1
    ) -> Delivery:
        """Use a slash command; what the acknowledgement says is shown to the person."""
        place = self._space.channel(channel)
        person = self._person(user)
        form = payloads.command(
            team or person.team or self._space.team,
            place,
            person,
            command,
            text,
            response_url=self._response_url(place, user),
            trigger_id=self._space.mint_trigger(user),
        )
        delivery = await self._courier.deliver(COMMANDS, form, copies=copies)
        if delivery.acked and (delivery.reply.get("text") or delivery.reply.get("blocks")):
            respond(self._space, ResponseUrl(place.id, user, self._space.clock()), delivery.reply)
        return delivery

    async def action(
        self,
        user: str,
        target: Message | View,
        action_id: str,
        value: str | None = None,
        *,
        team: str | None = None,
        values: Mapping[str, Any] | None = None,
        copies: int = 1,
    ) -> Delivery:
        """Press something in a message, a modal or a Home tab, as it stands or as it last stood there.

        Raises:
            LookupError: the element was never there, or does not offer the value.
        """
        action = self._find(target, action_id, value)
        person, team = self._person(user), team or self._space.team
        if isinstance(target, View):
            trigger = self._space.mint_trigger(user, target.id)
            click = payloads.view_click(team, person, target, action, values or {}, trigger_id=trigger)
        else:
            place = self._space.channels[target.channel]
            trigger, url = self._space.mint_trigger(user), self._response_url(place, user, target)
            click = payloads.message_click(team, person, place, target, action, trigger_id=trigger, response_url=url)
        return await self._courier.deliver(CLICKS, click, None if isinstance(target, View) else target, copies)

    async def shortcut(self, user: str, message: Message, callback: str) -> Delivery:
        """Use a shortcut of the app on a message."""
        place, trigger = self._space.channels[message.channel], self._space.mint_trigger(user)
        team, person = self._space.team, self._person(user)
        return await self._courier.deliver(
            CLICKS, payloads.shortcut(team, person, place, message, callback, trigger_id=trigger)
        )

    async def view_submission(
        self, user: str, view: View, values: Mapping[str, Any] | None = None, *, copies: int = 1
    ) -> Delivery:
        """Submit a modal, and do with it what the acknowledgement says."""
        trigger = self._space.mint_trigger(user, view.id)
        sent = payloads.submission(self._space.team, self._person(user), view, values or {}, trigger_id=trigger)
        delivery = await self._courier.deliver(CLICKS, sent, copies=copies)
        if delivery.acked:
            self._after_submission(view, delivery.reply)
        return delivery

    async def app_home_opened(self, user: str, tab: str = "home") -> Delivery:
        """Open the app's page, at its Home or its Messages tab."""
        place = self._space.open_dm(user)
        event: Json = {"type": "app_home_opened", "user": user, "channel": place.id, "tab": tab}
        home = self._space.homes.get(user)
        if home and tab == "home":
            event |= {"view": home.to_dict(self._space.team, APP)}
        return await self.event(event)

    async def agent_session_stopped(
        self, channel: str, thread_ts: str, user: str, streaming_message_ts: Sequence[str] = ()
    ) -> Delivery:
        """Press Slack's own Stop button."""
        event: Json = {"type": "agent_session_stopped", "channel": channel, "thread_ts": thread_ts, "user": user}
        return await self.event(event | {"streaming_message_ts": list(streaming_message_ts)})

    async def event(
        self,
        payload: Json,
        event_id: str | None = None,
        *,
        copies: int = 1,
        team: str | None = None,
        message: Message | None = None,
    ) -> Delivery:
        """Deliver any event: an inner event, or a whole `event_callback` as it is."""
        if payload.get("type") != "event_callback":
            inner = payload if "event_ts" in payload else payload | {"event_ts": self._space.mint_ts()}
            place = self._space.channels.get(inner.get("channel", ""))
            external = place is not None and place.external
            at = self._space.clock()
            payload = payloads.event_callback(team or self._space.team, inner, at, event_id, external=external)
        return await self._courier.deliver(EVENTS, payload, message, copies)

    def _write(
        self,
        channel: Channel,
        user: str,
        text: str,
        thread_ts: str | None,
        *,
        files: Sequence[Json] = (),
        attachments: Sequence[Json] = (),
    ) -> Message:
        """Store a person's message."""
        return self._space.post(
            Message(
                team=self._person(user).team or self._space.team,
                channel=channel.id,
                ts=self._space.mint_ts(),
                user=user,
                history=[Snapshot(self._space.clock(), text)],
                thread_ts=thread_ts,
                subtype="file_share" if files else None,
                files=tuple(files),
                attachments=tuple(attachments),
            )
        )

    async def _tell(
        self, message: Message, kind: str, event_id: str | None = None, *, copies: int = 1, team: str | None = None
    ) -> Delivery:
        """Deliver a new message; a mention also as what it is besides, when the app listens to that too."""
        channel = self._space.channels[message.channel]
        theirs = self._person(message.user).team
        abroad = {"user_team": theirs, "source_team": theirs} if theirs else {}
        told = payloads.message_event(message, channel, kind) | abroad
        first = self.event(told, event_id, copies=copies, team=team, message=message)
        if kind != "app_mention" or not self.double_fire:
            return await first
        again = self.event(payloads.message_event(message, channel), team=team, message=message)
        return (await asyncio.gather(first, again))[0]

    def _person(self, user: str) -> User:
        """Return a member, or a stranger by that id."""
        return self._space.users.get(user) or User(user, user.lower(), user)

    def _response_url(self, channel: Channel, user: str, message: Message | None = None) -> str:
        """Return a fresh address for answers."""
        key = self._space.mint_response_url(channel.id, user, message)
        return self.base_url.removesuffix("api/") + "response/" + key

    def _find(self, target: Message | View, action_id: str, value: str | None) -> Json:
        """Return the action of pressing it in the newest version that has it."""
        versions = target.history[::-1]
        for version in versions:
            blocks = version["blocks"] if isinstance(version, dict) else version.blocks
            try:
                return payloads.press(list(blocks), action_id, value, self._space.mint_ts())
            except LookupError as error:
                missing = error
        raise missing

    def _after_submission(self, view: View, reply: Json) -> None:
        """Close, change or stack modals as the app answered."""
        action = reply.get("response_action")
        if action == "update":
            view.history.append(check_view(reply["view"], "modal"))
        elif action == "push":
            pushed = View(f"{view.id}P", view.user, view.root, [check_view(reply["view"], "modal")], previous=view.id)
            self._space.views[pushed.id] = pushed
        elif action != "errors":
            for open_view in list(self._space.views.values()):
                if open_view is view or (action == "clear" and open_view.root == view.root):
                    open_view.state = "closed"
        self._space.changes.notify()

    def _echo(self, message: Message, before: Snapshot | None) -> None:
        """Send the app's own message back to it as an event, where it has subscribed to that."""
        channel = self._space.channels[message.channel]
        subscribed = self.double_fire if channel.user is None else self.echo
        if message.shown_to is not None or not subscribed:
            return
        if before is None:
            event = payloads.message_event(message, channel)
        else:
            event = payloads.message_changed(message, before, channel, self._space.mint_ts())
        self._start(self.event(event, message=message))

    def _start(self, deed: Coroutine[Any, Any, Any]) -> None:
        """Let something happen meanwhile."""
        task = asyncio.create_task(deed)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
