"""Every button after a restart, pressed by another person and by its own, in a workspace and in an org-wide install."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.demo.slack import Message
from bot.demo.slack.records import View
from bot.durable.desk import NOT_YOURS
from bot.errors import Ended
from bot.slack.door import STRANGER
from tests.scenario.house import Asked, House, house, shown
from tests.scenario.test_app_forms import ONE, opened, typed

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOT_REPEATED = "Only the person who asked can see or repeat this"
NOT_CHOSEN = "Only the person who asked can choose, and only while the text is kept."
THANKED = "Thank you"
ASKED = "a new answer"
MODAL = "a modal: "
CHANGED = "the modal: "


@dataclass(frozen=True)
class Button:
    """Where a button stands, what another person is told who presses it, and what its own person gets."""

    on: str
    another: str
    own: str
    value: str | None = None


BUTTONS = {
    "stop_query": Button("three", NOT_YOURS, Ended.message),
    "regenerate_query": Button("three", NOT_REPEATED, ASKED),
    "change_hidden": Button("hidden", NOT_REPEATED, f"{MODAL}Update the preview"),
    "show_receipt": Button("three", NOT_REPEATED, f"{MODAL}What each provider was given"),
    "feedback": Button("three", THANKED, THANKED),
    "ask_others": Button("hidden", NOT_REPEATED, ASKED),
    "ask_part_3": Button("failed", NOT_REPEATED, ASKED),
    "ask_part_2_same": Button("thanks", NOT_REPEATED, ASKED),
    "ask_part_2_other": Button("thanks", NOT_REPEATED, ASKED),
    "choose_part_2": Button("which", NOT_CHOSEN, ASKED),
    "choose_part_all": Button("which again", NOT_CHOSEN, ASKED),
    "show_receipt_texts": Button("details", f"{CHANGED}{NOT_REPEATED}", f"{CHANGED}walrus"),
    "preview_question": Button("change", f"{CHANGED}{NOT_REPEATED}", f"{CHANGED}would get"),
    "example_1": Button("home", f"{MODAL}VAT reverse charge", f"{MODAL}VAT reverse charge"),
}
"""Every action id that the app listens to; `test_no_button_is_missing` compares."""


@dataclass
class Stage:
    """The app after a restart, and what stood in Slack before: by name who owns it, and the message or view."""

    home: House
    things: dict[str, tuple[Asked, Message | View]]


async def _which(home: House) -> tuple[Asked, Message]:
    """Ask something of which it is not clear which part it goes on from."""
    first = await home.answered()
    thread = first.delivery.ts
    follow = Asked(home, first.user, await home.slack.mention(first.channel, first.user, "And why is that?", thread))
    return follow, await follow.final()


async def _failed(home: House) -> Asked:
    """Ask something that nobody answers."""
    for name in ("google", "openai", "anthropic"):
        home.llm.fail(name, "400")
    failed = await home.answered()
    for name in ("google", "openai", "anthropic"):
        home.llm.heal(name)
    return failed


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["http", "socket, org-wide"])
async def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Put everything that has buttons into Slack, and restart."""
    transport, _, org = request.param.partition(", ")
    options = {"org": "E0ORG" if org else "", "sisters": ("T0SISTER",), "trigger_seconds": 600.0}
    async with house(tmp_path_factory.mktemp("stage"), transport, options) as home:
        three, hidden, failed = await home.answered(), await home.answered(ONE), await _failed(home)
        final, masked = await three.final(), await hidden.final()
        await home.slack.action(three.user, final, "feedback", f"bad:{three.reference}")
        (thanks,) = await home.slack.wait_for(lambda: [m for m in home.slack.ephemerals(three.user) if m.blocks])
        await home.slack.action(three.user, final, "show_receipt")
        (details,) = await home.slack.wait_for(lambda: home.slack.modals(three.user))
        await home.slack.action(hidden.user, masked, "change_hidden")
        (change,) = await home.slack.wait_for(lambda: home.slack.modals(hidden.user))
        await home.slack.app_home_opened(three.user)
        tab = await home.slack.wait_for(lambda: home.slack.home(three.user))
        things = {
            "three": (three, final), "hidden": (hidden, masked), "failed": (failed, await failed.final()),
            "thanks": (three, thanks), "which": await _which(home), "which again": await _which(home),
            "details": (three, details), "change": (hidden, change), "home": (three, tab),
        }  # fmt: skip
        await home.service.desk.finished(10.0)
        await home.restart()
        yield Stage(home, things)


def finals(home: House, channel: str) -> int:
    """Return how many answers stand in a channel."""
    posts = [m for m in home.posts(channel) if (m.metadata or {}).get("event_payload", {}).get("state") == "final"]
    return len(posts)


async def got(stage: Stage, user: str, action: str, want: str) -> None:
    """Press a button, and wait until that person has got what they should."""
    home, (asked, thing) = stage.home, stage.things[BUTTONS[action].on]
    said, open_, had = len(home.slack.ephemerals(user)), len(home.slack.modals(user)), finals(home, asked.channel)
    versions = len(thing.history)
    value = f"good:{asked.reference}" if action == "feedback" else None
    more = {"values": typed()} if action == "preview_question" else {}
    assert (await home.slack.action(user, thing, action, value, **more)).acked
    if want == ASKED:
        await home.slack.wait_for(lambda: finals(home, asked.channel) > had, 20.0)
    elif want.startswith(MODAL):
        await home.slack.wait_for(lambda: len(home.slack.modals(user)) > open_)
        assert want.removeprefix(MODAL) in str(home.slack.modals(user)[-1].content)
    elif want.startswith(CHANGED):
        await home.slack.wait_for(lambda: len(thing.history) > versions)
        assert want.removeprefix(CHANGED) in str(thing.content)
    else:
        await home.slack.wait_for(lambda: len(home.slack.ephemerals(user)) > said)
        assert want in home.slack.ephemerals(user)[-1].text


@pytest.mark.parametrize("action", BUTTONS)
async def test_each_button_after_a_restart_by_another_person_and_by_its_own(stage: Stage, action: str):
    home, button = stage.home, BUTTONS[action]
    before = len(home.llm.calls)
    await got(stage, home.person(), action, button.another)
    assert len(home.llm.calls) == before, "another person's click pays nobody"
    await got(stage, stage.things[button.on][0].user, action, button.own)
    await home.service.desk.finished(10.0)

    assert (len(home.llm.calls) > before) is (button.own == ASKED)


async def test_a_form_of_before_the_restart_is_taken(stage: Stage):
    user = stage.home.person()
    view = await opened(stage.home, user)
    await stage.home.restart()
    before = len(stage.home.llm.calls)
    await stage.home.slack.view_submission(user, view, typed("How tall is a tower?"))
    await stage.home.llm.wait_for(lambda calls: len(calls) == before + 1)
    await stage.home.service.desk.finished(10.0)


async def test_an_org_wide_click_names_no_workspace(stage: Stage):
    clicks = [d.payload for d in stage.home.slack.deliveries if d.payload.get("type") == "block_actions"]
    assert {click["team"] is None for click in clicks} == {bool(stage.home.slack._space.org)}
    assert "Something went wrong" not in "".join(map(shown, stage.home.slack.messages))
    assert "Traceback" not in stage.home.log.getvalue()


async def test_no_button_is_missing(stage: Stage):
    offered = [block for message in stage.home.slack.messages for each in message.history for block in each.blocks]
    offered += [
        block for _, thing in stage.things.values() if isinstance(thing, View) for block in thing.content["blocks"]
    ]
    pressed = {e["action_id"] for block in offered for e in block.get("elements", ()) if "action_id" in e}
    assert {re.sub(r"\d+", "N", name) for name in pressed} <= {re.sub(r"\d+", "N", name) for name in BUTTONS}


@pytest.mark.parametrize("shared", [False, True])
async def test_a_colleague_of_another_workspace_of_the_organisation_is_no_stranger(stage: Stage, shared: bool):
    home = stage.home
    if not home.slack._space.org:
        pytest.skip("one workspace")
    (first, _), before, user, channel = stage.things["hidden"], len(home.llm.calls), home.person(), home.place()
    ts = (await home.slack.say(channel, user, "Why is snow white?")).ts
    event = first.delivery.payload["event"] | {"ts": ts, "user_team": "T0SISTER", "team": None, "user": user}
    event |= {"channel": channel, "text": f"<@{home.slack.bot_user}> Why is snow white?"}
    whole = first.delivery.payload | {"event": event, "event_id": f"EvSISTER{shared}", "is_ext_shared_channel": shared}
    await home.slack.event(whole)
    (told,) = await home.slack.wait_for(lambda: home.posts(channel))
    await home.service.desk.finished(10.0)

    assert len(home.llm.calls) > before
    assert STRANGER not in told.text
