"""People of other companies at every entry: refused in one sentence unless a setting lets them in; colleagues never."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio

from bot.demo.slack import Delivery, Message
from bot.demo.slack.records import View
from bot.slack.door import STRANGER, actor
from bot.slack.manifest import SHORTCUT
from tests.scenario.house import Asked, House, house, shown, texts_of
from tests.scenario.test_app_forms import ONE, opened, typed

pytestmark = pytest.mark.asyncio(loop_scope="module")

THEIRS, SISTER = "T0OTHER", "T0SISTER"
ASKED = "What does the moa eat?"


@dataclass(frozen=True)
class Stage:
    """The app in a shared channel where a colleague has asked, with what can be pressed there."""

    home: House
    channel: str
    message: Message
    masked: Message
    tab: View

    def stranger(self, team: str = THEIRS) -> str:
        """Return somebody of another company."""
        return self.home.slack.belong(self.home.person(), team)


def share(home: House) -> str:
    """Return a channel that is shared with another company."""
    channel = home.place()
    home.slack._space.channels[channel] = replace(home.slack._space.channels[channel], external=True)
    return channel


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[("http", ""), ("socket", "E0ORG")])
async def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Let a colleague ask, and open what has buttons."""
    transport, org = request.param
    options = {"org": org, "sisters": (SISTER,), "trigger_seconds": 600.0}
    async with house(tmp_path_factory.mktemp("strangers"), transport, options) as home:
        channel, user = share(home), home.person()
        first = Asked(home, user, await home.slack.mention(channel, user, "1. Why is snow white?\n2. How old is jazz?"))
        second = Asked(home, user, await home.slack.mention(channel, user, ONE))
        await home.slack.app_home_opened(user)
        tab = await home.slack.wait_for(lambda: home.slack.home(user))
        yield Stage(home, channel, await first.final(), await second.final(), tab)


async def enter(stage: Stage, entry: str, user: str) -> tuple[Delivery, str]:
    """Go in by an entry; return the delivery, and everything that this person then sees of us."""
    slack, (way, _, what) = stage.home.slack, entry.partition(" ")
    modal = await opened(stage.home, stage.home.person())
    before, modals = len(slack.messages), len(slack.modals(user))
    seen = {id(view): len(view.history) for view in (modal, stage.tab)}
    if way == "mention":
        done = await slack.mention(stage.channel, user, what or ASKED)
    elif way == "reply":
        done = await slack.mention(stage.channel, user, ASKED, stage.message.thread_ts)
    elif way == "dm":
        done = await slack.direct_message(user, what or ASKED)
    elif way == "slash":
        done = await slack.slash(stage.channel, user, what)
    elif way == "shortcut":
        done = await slack.shortcut(user, stage.message, SHORTCUT)
    elif way == "submit":
        done = await slack.view_submission(user, modal, typed(ASKED))
    elif way == "press":
        target = {"change_hidden": stage.masked, "ask_others": stage.masked}.get(what, stage.message)
        target = {"preview_question": modal, "example_1": stage.tab}.get(what, target)
        done = await slack.action(user, target, what, values=typed(ASKED) if target is modal else None)
    assert done.acked

    def told() -> str:
        """Return what is new before this person."""
        ours = [m for m in slack.messages[before:] if m.user == slack.bot_user and m.shown_to in (None, user)]
        views = [*slack.modals(user)[modals:], *(v for v in (modal, stage.tab) if len(v.history) > seen[id(v)])]
        return "\n".join([*map(shown, ours), *(texts_of(view.content) for view in views)])

    return done, await slack.wait_for(told)


PRESSED = (
    "regenerate_query", "show_receipt", "feedback", "change_hidden", "ask_others", "preview_question", "example_1",
)  # fmt: skip
ENTRIES = (
    "mention", "mention help", "mention stop", "reply", "dm", "shortcut", "submit",
    f"slash {ASKED}", "slash", "slash help", "slash forget", *(f"press {action}" for action in PRESSED),
)  # fmt: skip


@pytest.mark.parametrize("entry", ENTRIES)
async def test_a_stranger_is_told_one_sentence_wherever_they_come_in(stage: Stage, entry: str) -> None:
    calls, before = len(stage.home.llm.calls), len(stage.home.slack.messages)
    user = stage.stranger()
    _, told = await enter(stage, entry, user)
    await stage.home.service.desk.finished(10.0)

    assert told.count(STRANGER) >= 1
    assert "request-" not in told, "nothing went wrong, so there is nothing to find in the log"
    assert len(stage.home.llm.calls) == calls
    posted = [
        m
        for m in stage.home.slack.messages[before:]
        if m.user == stage.home.slack.bot_user and m.shown_to in (None, user)
    ]
    assert [STRANGER in shown(message) for message in posted] == [True] * len(posted)
    assert len(posted) <= 1


@pytest.mark.parametrize("entry", ENTRIES)
async def test_a_colleague_of_another_workspace_of_the_organisation_comes_in(stage: Stage, entry: str) -> None:
    if not stage.home.slack._space.org:
        pytest.skip("one workspace")
    _, told = await enter(stage, entry, stage.stranger(SISTER))
    await stage.home.service.desk.finished(10.0)
    assert STRANGER not in told


async def test_what_strangers_say_among_themselves_goes_by(stage: Stage) -> None:
    before = len(stage.home.slack.messages)
    user = stage.stranger()
    said = await stage.home.slack.say(stage.channel, user, "Shall we have lunch?")
    assert said.acked
    await stage.home.slack.remove(stage.home.slack.messages[-1])
    assert (await stage.home.slack.app_home_opened(user)).acked
    assert len(stage.home.slack.messages) == before + 1


async def test_a_workspace_that_slack_does_not_name_is_refused_not_guessed(stage: Stage) -> None:
    if not stage.home.slack._space.org:
        pytest.skip("one workspace")
    _, told = await enter(stage, "press show_receipt", stage.stranger("T0UNHEARD"))
    assert STRANGER in told


@pytest.mark.parametrize(
    ("body", "team"),
    [
        ({"event": {"user_team": "T1", "team": "T2"}}, {"T1"}),
        ({"event": {"team": "T2", "source_team": "T3"}}, {"T2"}),
        ({"event": {"user": "U1"}}, set()),
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}, {"T2"}),
        ({"team": None, "user": {"id": "U1"}}, set()),
        ({"command": "/ask", "team_id": "T1", "enterprise_id": "E1"}, {"T1", "E1"}),
    ],
)
async def test_who_acts_is_of_the_workspace_that_slack_names(body: dict[str, Any], team: set[str]) -> None:
    assert actor(body) == team
