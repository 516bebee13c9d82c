"""What surrounds messages: modals and the Home tab, agent sessions, thread status, suggested prompts."""

from __future__ import annotations

import secrets

from bot.demo.slack.arguments import refuse
from bot.demo.slack.blocks import check_view
from bot.demo.slack.records import ApiError, Json, View, objects
from bot.demo.slack.workspace import APP, Trigger, Workspace

SESSION_STATES = frozenset({"processing", "active", "suspended", "closed"})
SESSION_TITLE = 200
LOADING_MESSAGES = 10
PROMPTS = 4
STACKED_MODALS = 3


def views_open(space: Workspace, args: Json) -> Json:
    """Open a modal on a fresh trigger."""
    content = check_view(args["view"], "modal")
    trigger = space.use_trigger(args["trigger_id"])
    name = _view_id()
    return _shown(space, View(name, trigger.user, name, [content]))


def views_push(space: Workspace, args: Json) -> Json:
    """Put a modal on top of the one that was clicked in."""
    content = check_view(args["view"], "modal")
    trigger = space.use_trigger(args["trigger_id"])
    below = _clicked_view(space, trigger)
    if sum(view.root == below.root and view.state == "open" for view in space.views.values()) >= STACKED_MODALS:
        raise ApiError("push_limit_reached")
    return _shown(space, View(_view_id(), trigger.user, below.root, [content], previous=below.id))


def views_update(space: Workspace, args: Json) -> Json:
    """Change an open modal."""
    content = check_view(args["view"], "modal")
    view = _find(space, args)
    if args.get("hash") not in {None, view.hash}:
        raise ApiError("hash_conflict")
    view.history.append(content)
    return {"view": view.to_dict(space.team, APP)}


def views_publish(space: Workspace, args: Json) -> Json:
    """Show a person's Home tab."""
    content = check_view(args["view"], "home")
    if args["user_id"] not in space.users:
        raise ApiError("user_not_found")
    home = space.homes.get(args["user_id"])
    if home is None:
        name = _view_id()
        home = space.homes[args["user_id"]] = View(name, args["user_id"], name, [], state="published")
    elif args.get("hash") not in {None, home.hash}:
        raise ApiError("hash_conflict")
    home.history.append(content)
    return {"view": home.to_dict(space.team, APP)}


def session_status(space: Workspace, args: Json) -> Json:
    """Set the state of an agent session, which begins with the first call."""
    if args["status"] not in SESSION_STATES:
        raise refuse("status is not one of processing, active, suspended, closed")
    if len(args.get("title") or "") > SESSION_TITLE:
        raise refuse(f"title must be less than {SESSION_TITLE + 1} characters")
    channel = space.joined(args["channel_id"]).id
    space.sessions.setdefault((channel, args.get("thread_ts") or ""), []).append(_told(args))
    return {}


def session_rename(space: Workspace, args: Json) -> Json:
    """Rename an agent session."""
    key = (space.joined(args["channel_id"]).id, args.get("thread_ts") or "")
    if key not in space.sessions:
        raise ApiError("session_not_found")
    if len(args["title"]) > SESSION_TITLE:
        raise refuse(f"title must be less than {SESSION_TITLE + 1} characters")
    space.sessions[key].append(space.sessions[key][-1] | {"title": args["title"]})
    return {}


def thread_status(space: Workspace, args: Json) -> Json:
    """Set the line that says what the app is doing; an empty one takes it away."""
    if "status" not in args:
        raise refuse("missing required field: status")
    loading = args.get("loading_messages") or []
    if not isinstance(loading, list) or len(loading) > LOADING_MESSAGES:
        raise refuse(f"no more than {LOADING_MESSAGES} items allowed")
    channel = space.joined(args["channel_id"]).id
    if not space.thread(channel, args["thread_ts"]):
        raise ApiError("thread_not_found")
    space.statuses.setdefault((channel, args["thread_ts"]), []).append(_told(args))
    return {}


def suggested_prompts(space: Workspace, args: Json) -> Json:
    """Offer prompts in a direct conversation."""
    prompts = objects(args["prompts"])
    if not 1 <= len(prompts) <= PROMPTS or any(set(prompt) != {"title", "message"} for prompt in prompts):
        raise refuse(f"prompts must be 1 to {PROMPTS} objects with a title and a message")
    space.prompts[space.joined(args["channel_id"]).id] = _told(args)
    return {}


def _told(args: Json) -> Json:
    """Return the arguments without those that say where."""
    return {name: value for name, value in args.items() if name not in {"channel_id", "thread_ts", "token"}}


def _view_id() -> str:
    """Return the id of a new view."""
    return "V" + secrets.token_hex(5).upper()


def _shown(space: Workspace, view: View) -> Json:
    """Keep a new view and return it."""
    space.views[view.id] = view
    return {"view": view.to_dict(space.team, APP)}


def _clicked_view(space: Workspace, trigger: Trigger) -> View:
    """Return the open modal that a trigger came from."""
    view = space.views.get(trigger.view or "")
    if view is None or view.state != "open":
        raise ApiError("not_found")
    return view


def _find(space: Workspace, args: Json) -> View:
    """Return the open modal that the arguments name."""
    for view in space.views.values():
        named = view.id == args.get("view_id") or (
            args.get("external_id") and view.content.get("external_id") == args["external_id"]
        )
        if named and view.state == "open":
            return view
    raise ApiError("not_found")
