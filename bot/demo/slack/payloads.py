"""What Slack sends an app, built as pure data: events, commands, clicks, submissions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from bot.demo.slack.blocks import elements
from bot.demo.slack.records import Channel, Json, Message, Snapshot, User, View, objects
from bot.demo.slack.workspace import APP, BOT_ID, BOT_USER

VERIFICATION = "verification-demo"
DOMAIN = "demo"


def event_callback(team: str, event: Json, at: float, event_id: str | None = None, *, external: bool = False) -> Json:
    """Wrap an event for the Events API; `external` says that its channel is shared with another organisation."""
    return {
        "token": VERIFICATION,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id or "Ev" + secrets.token_hex(5).upper(),
        "event_time": int(at),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": external,
        "event_context": f"4-{secrets.token_hex(12)}",
    }


def message_event(message: Message, channel: Channel, kind: str = "message") -> Json:
    """Return the event of a new message: `message`, or `app_mention`."""
    event = message.to_dict() | {"type": kind, "channel": message.channel, "event_ts": message.ts}
    if message.bot_id is None:
        event |= {"client_msg_id": message.ts}
    if message.bot_id == BOT_ID:
        event |= {"app_id": APP}
    return event if kind == "app_mention" else event | {"channel_type": channel.kind}


def message_changed(message: Message, before: Snapshot, channel: Channel, ts: str) -> Json:
    """Return the event of an edit."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": message.channel,
        "channel_type": channel.kind,
        "ts": ts,
        "event_ts": ts,
        "message": message.to_dict(),
        "previous_message": message.to_dict(snapshot=before),
    }


def message_deleted(message: Message, channel: Channel, ts: str, *, replies: bool = False) -> Json:
    """Return the event of a deletion; a message with replies becomes a tombstone, which comes as a change of it."""
    if replies:
        tombstone = {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "hidden": True}
        left = tombstone | {"user": "USLACKBOT", "ts": message.ts, "thread_ts": message.ts, "is_locked": False}
        return message_changed(message, message.history[-1], channel, ts) | {"message": left}
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": message.channel,
        "channel_type": channel.kind,
        "ts": ts,
        "event_ts": ts,
        "deleted_ts": message.ts,
        "previous_message": message.to_dict(),
    }


def command(team: str, channel: Channel, user: User, name: str, text: str, **links: str) -> Json:
    """Return the form of a slash command; `links` are its `response_url` and `trigger_id`."""
    return {
        "token": VERIFICATION,
        "team_id": team,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        **links,
    }


def _interaction(kind: str, team: str, user: User, trigger_id: str) -> Json:
    """Return what all clicks and submissions have in common."""
    return {
        "type": kind,
        "token": VERIFICATION,
        "api_app_id": APP,
        "team": {"id": team, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team or team},
        "trigger_id": trigger_id,
    }


def message_click(
    team: str, user: User, channel: Channel, message: Message, action: Json, *, trigger_id: str, response_url: str
) -> Json:
    """Return a click on something in a message."""
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
    container |= {"is_ephemeral": message.shown_to is not None}
    if message.thread_ts:
        container |= {"thread_ts": message.thread_ts}
    return _interaction("block_actions", team, user, trigger_id) | {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message": message.to_dict(),
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [action],
    }


def view_click(team: str, user: User, view: View, action: Json, values: Mapping[str, Any], *, trigger_id: str) -> Json:
    """Return a click on something in a modal or a Home tab; `values` is Slack's `state.values`."""
    return _interaction("block_actions", team, user, trigger_id) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view.to_dict(team, APP) | {"state": {"values": dict(values)}},
        "actions": [action],
    }


def shortcut(team: str, user: User, channel: Channel, message: Message, callback: str, *, trigger_id: str) -> Json:
    """Return the use of a message shortcut."""
    return _interaction("message_action", team, user, trigger_id) | {
        "callback_id": callback,
        "channel": {"id": channel.id, "name": channel.name},
        "message": message.to_dict(),
        "message_ts": message.ts,
    }


def submission(team: str, user: User, view: View, values: Mapping[str, Any], *, trigger_id: str) -> Json:
    """Return the submission of a modal; `values` is Slack's `state.values`."""
    theirs = user.team or team  # with Slack Connect the form is theirs, and only the installation is ours
    shown = view.to_dict(theirs, APP) | {"state": {"values": dict(values)}, "app_installed_team_id": team}
    return _interaction("view_submission", theirs, user, trigger_id) | {"view": shown, "response_urls": []}


def press(blocks: list[Json], action_id: str, value: str | None, at: str) -> Json:
    """Return the action of using the element with that id; raise LookupError when it is not there.

    `value` chooses among options or feedback buttons; of a button it must be the one that it has.
    """
    for block in blocks:
        for element in elements(block):
            if element.get("action_id") == action_id:
                action = {"action_id": action_id, "block_id": block["block_id"], "type": element["type"]}
                return action | {"action_ts": at} | _chosen(element, value)
    raise LookupError(f"there is nothing to press with the action id {action_id}")


def _chosen(element: Json, value: str | None) -> Json:
    """Return what using the element says; raise LookupError for a value that it does not offer."""
    if "options" in element:
        options = [option for option in objects(element["options"]) if value in {None, option["value"]}]
        if options:
            return {"selected_option": options[0]}
        raise LookupError("there is no such option")
    offered = [element]
    if element["type"] == "feedback_buttons":
        offered = [element["positive_button"], element["negative_button"]]
    for button in offered:
        if value in {None, button.get("value")}:
            return {"text": button.get("text")} | ({"value": button["value"]} if "value" in button else {})
    raise LookupError("there is no button with this value")
