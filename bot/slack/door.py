"""The one door: whose delivery it is, and whether who asks or presses is of the company that runs us."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.errors import SlackRefused, TesseraError
from bot.logs import LOGGER
from bot.model.question import Question
from bot.ports import Clock
from bot.slack import calls
from bot.slack.background import Background
from bot.slack.clicks import origin_of
from bot.slack.identity import Identity
from bot.slack.intake import from_event
from bot.slack.messenger import Messenger
from bot.slack.views.details import notice

STRANGER = "I answer people of the company that runs me only. Ask a colleague there to ask for you."

_LOOK_SECONDS = 60.0
"""Seconds between two readings of the organisation's workspaces (`auth.teams.list` is in Tier 2)."""

_WAIT_SECONDS = 1.5
"""Seconds that a reading may take, as Slack waits three for its acknowledgement."""

_PAGE, _MOST_PAGES = 1_000, 20


def actor(body: Mapping[str, Any]) -> frozenset[str]:
    """Return the workspace or organisation of who did something, as far as Slack names it.

    What Slack Connect lets people of other companies do is write, and press what stands in messages: a click names
    theirs in `user.team_id`, ours in `team` (slackapi/java-slack-sdk#1041); a form that was sent theirs in `team`
    and ours in `view.app_installed_team_id`. Commands they do not have (slackapi/bolt-python#767).
    """
    event, user = body.get("event"), body.get("user")
    if isinstance(event, dict):
        # `team` is the writer's where no `user_team` stands beside it; `source_team` may be the channel's.
        profile = event.get("user_profile")
        theirs = profile.get("team") if isinstance(profile, dict) else None
        named = (event.get("user_team"), theirs, event.get("team"), event.get("source_team"))
        return frozenset([str(next(filter(None, named), ""))]) - {""}
    if isinstance(user, dict):
        return frozenset(str(user[name]) for name in ("team_id", "enterprise_id") if user.get(name))
    return frozenset(str(body[name]) for name in ("team_id", "enterprise_id") if body.get(name))


class Door:
    """Bolt's middleware before everything else; nothing becomes a question or a click that it has not let in."""

    def __init__(
        self,
        identify: Callable[[], Awaitable[Identity]],
        tell: Callable[[Question, str], None],
        messenger: Messenger,
        background: Background,
        clock: Clock,
        *,
        strangers: bool = False,
    ) -> None:
        """Keep the collaborators; `tell` answers a question in its thread, `clock` is Unix time.

        With `strangers` people of other companies are let in.
        """
        self._identify, self._tell, self._messenger, self._background = identify, tell, messenger, background
        self._clock, self._strangers = clock, strangers
        self._ours: frozenset[str] = frozenset()
        self._looked = float("-inf")

    async def enter(
        self,
        body: dict[str, Any],
        context: AsyncBoltContext,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002
    ) -> BoltResponse:
        """Let in what is meant for our installation and comes from our people.

        Strangers get one sentence, other installations silence, all get 503 until we know who we are.
        """
        if body.get("type") == "url_verification":
            return await next()
        try:
            identity = await self._identify()
        except calls.FAILURES as error:
            LOGGER.error("Slack did not tell who we are: %s", type(error).__name__)
            return BoltResponse(status=503, body="")
        installed = context.team_id == identity.team or (
            identity.enterprise and context.enterprise_id == identity.enterprise
        )
        # A command names who uses it, and not where the app is installed.
        if not installed and "command" not in body:
            return BoltResponse(status=200, body="")
        if self._strangers or await self._colleague(body, identity):
            if not installed:
                body["team_id"] = identity.team
            return await next()
        return await self._refuse(body, identity, next)

    async def _colleague(self, body: Mapping[str, Any], identity: Identity) -> bool:
        """Tell whether who acts is of our company; in an organisation other workspaces of it are, too."""
        theirs = actor(body)
        known = {identity.team, identity.enterprise} | self._ours
        if not theirs:  # nobody is known to be of ours where other companies are, too
            return not body.get("is_ext_shared_channel")
        if theirs & known:
            return True
        if not identity.enterprise:
            return False
        if body.get("is_ext_shared_channel") is False and not origin_of(body).channel.startswith("D"):
            self._ours |= theirs  # only the organisation's own people are in a channel that is shared with nobody else
        elif self._clock() - self._looked >= _LOOK_SECONDS:
            self._looked = self._clock()
            self._ours |= await self._workspaces(identity)
        return bool(theirs & self._ours)

    async def _workspaces(self, identity: Identity) -> frozenset[str]:
        """Return the organisation's workspaces that have the app; none when Slack does not tell."""
        found: set[str] = set()
        cursor = ""
        caller = self._messenger.caller(identity.team)
        for _ in range(_MOST_PAGES):
            params = {"limit": _PAGE} | ({"cursor": cursor} if cursor else {})
            try:
                answer = await caller.asked("auth.teams.list", params, _WAIT_SECONDS) or {}
            except SlackRefused as error:
                LOGGER.warning("Slack does not tell the organisation's workspaces: %s", error.code)
                break
            found |= {str(team["id"]) for team in answer.get("teams") or () if isinstance(team, dict) and "id" in team}
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return frozenset(found)

    async def _refuse(
        self, body: dict[str, Any], identity: Identity, go_on: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Say so, there where they asked or pressed; what they write that asks us nothing goes on."""
        done = BoltResponse(status=200, body="")
        if isinstance(body.get("event"), dict):
            question = from_event(body, identity.bot_user, self._clock())
            if question is None:
                return await go_on()
            self._tell(question, STRANGER)
            return done
        if "command" in body:
            return BoltResponse(status=200, body={"response_type": "ephemeral", "text": STRANGER})
        view, origin = body.get("view"), origin_of(body)
        if body.get("type") == "view_submission":
            return BoltResponse(status=200, body={"response_action": "update", "view": notice(STRANGER)})
        if origin.channel:
            self._background.spawn(self._messenger.whisper(origin, STRANGER, ""))
        elif isinstance(view, dict):
            self._background.spawn(self._show(body, view, origin.team))
        return done

    async def _show(self, body: Mapping[str, Any], view: Mapping[str, Any], team: str) -> None:
        """Say so in a window: in the one where they pressed, or in a new one over the Home tab."""
        modal = view.get("type") == "modal"
        way = {"view_id": view.get("id")} if modal else {"trigger_id": body.get("trigger_id")}
        try:
            method = "views.update" if modal else "views.open"
            await self._messenger.view(team, method, {**way, "view": notice(STRANGER)})
        except TesseraError as error:
            LOGGER.warning("A refusal could not be shown: %s", error.logged)
