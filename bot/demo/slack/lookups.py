"""What the app can look up: itself, people, conversations and what was said in them."""

from __future__ import annotations

from bot.demo.slack.arguments import page
from bot.demo.slack.records import ApiError, Json, Message
from bot.demo.slack.workspace import BOT_ID, BOT_USER, Workspace

PAGE = 1000


def auth_test(space: Workspace, _args: Json) -> Json:
    """Tell the app who it is."""
    return {
        "url": "https://demo.slack.com/",
        "team": "Demo",
        "team_id": space.team,
        "user": space.users[BOT_USER].name,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "enterprise_id": space.org or None,
        "is_enterprise_install": bool(space.org),
    }


def teams_list(space: Workspace, args: Json) -> Json:
    """List the workspaces that the app may act in, a page at a time."""
    teams, cursor = page([space.team, *(space.sisters if space.org else ())], args, PAGE)
    found = [{"id": team, "name": team} for team in teams]
    return {"teams": found, "response_metadata": {"next_cursor": cursor}}


def users_list(space: Workspace, args: Json) -> Json:
    """List the members, a page at a time."""
    members, cursor = page(list(space.users.values()), args, PAGE)
    found = [member.to_dict(space.team) for member in members]
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def users_info(space: Workspace, args: Json) -> Json:
    """Tell about one member."""
    user = space.users.get(args["user"])
    if user is None:
        raise ApiError("user_not_found")
    return {"user": user.to_dict(space.team)}


def files_info(space: Workspace, args: Json) -> Json:
    """Tell about one file."""
    if args["file"] not in space.files:
        raise ApiError("file_not_found")
    return {"file": space.files[args["file"]][0]}


def conversations_info(space: Workspace, args: Json) -> Json:
    """Tell about one conversation."""
    return {"channel": space.channel(args["channel"]).to_dict()}


def conversations_open(space: Workspace, args: Json) -> Json:
    """Open the direct conversation with one person."""
    return {"channel": space.open_dm(args["users"]).to_dict()}


def conversations_replies(space: Workspace, args: Json) -> Json:
    """Return a thread, its root first."""
    channel = space.joined(args["channel"]).id
    found = space.thread(channel, args["ts"])
    if not found:
        raise ApiError("thread_not_found")
    root = found[0].thread_ts or found[0].ts
    return _messages(space.thread(channel, root), args)


def conversations_history(space: Workspace, args: Json) -> Json:
    """Return what stands in the channel itself, newest first."""
    channel = space.joined(args["channel"]).id
    found = [
        message
        for message in reversed(space.messages)
        if message.channel == channel
        and message.thread_ts in {None, message.ts}
        and not message.deleted
        and message.shown_to is None
    ]
    return _messages(found, args)


def _messages(found: list[Message], args: Json) -> Json:
    """Return a page of messages within the time that the arguments name."""
    oldest, latest = str(args.get("oldest") or "0"), str(args.get("latest") or "9" * 17)
    inclusive = bool(args.get("inclusive"))
    kept = [m for m in found if oldest < m.ts < latest or (inclusive and m.ts in {oldest, latest})]
    shown, cursor = page(kept, args, PAGE)
    with_metadata = bool(args.get("include_all_metadata"))
    return {
        "messages": [message.to_dict(metadata=with_metadata) for message in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }
