"""The emulator's judgement of blocks and views: what slack_sdk builds is taken, what Slack refuses is refused."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models import blocks as b
from slack_sdk.models.blocks.block_elements import FeedbackButtonsElement, IconButtonElement, RichTextElementParts
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.slack import Slack

GENERAL = "C0GENERAL"
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}
BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "x"}}


@pytest.fixture
async def slack():
    async with Slack(burst=1000) as running:
        yield running


@pytest.fixture
async def client(slack):
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(token=slack.bot_token, base_url=slack.base_url, session=session)


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def mrkdwn(text="x"):
    return {"type": "mrkdwn", "text": text}


def task(number=1, **more):
    return {"type": "task_card", "task_id": f"f{number}", "title": "Fragment", "status": "pending", **more}


def table(rows):
    return {"type": "table", "rows": rows}


def modal(**more):
    return {"type": "modal", "title": plain("Receipt"), "blocks": [{"type": "divider"}], **more}


async def test_takes_what_the_sdk_builds(slack, client):
    rich = b.RichTextBlock(elements=[b.RichTextSectionElement(elements=[RichTextElementParts.Text(text="detail")])])
    built = [
        b.PlanBlock(
            block_id="plan-1",
            title="Parallel processing",
            tasks=[b.TaskCardBlock(task_id="f1", title="Fragment 1", status="in_progress", details=rich, output=rich)],
        ),
        b.MarkdownBlock(text="# Answer"),
        b.SectionBlock(text="*bold*", fields=["a", "b"], accessory=b.ButtonElement(text="x", action_id="one")),
        b.HeaderBlock(text="Head"),
        b.DividerBlock(),
        b.ContextBlock(elements=[b.MarkdownTextObject(text="small")]),
        b.ActionsBlock(elements=[b.ButtonElement(text="Stop", action_id="stop_query", value="1", style="danger")]),
        b.ContextActionsBlock(
            elements=[
                FeedbackButtonsElement(
                    action_id="feedback",
                    positive_button={"text": plain("Good"), "value": "good"},
                    negative_button={"text": plain("Bad"), "value": "bad"},
                ),
                IconButtonElement(icon="trash", text="Delete", action_id="delete"),
            ]
        ),
        b.AlertBlock(text="look", level="warning"),
        b.TableBlock(rows=[[{"type": "raw_text", "text": "cell"}, RICH]]),
        rich,
    ]
    await client.chat_postMessage(channel=GENERAL, text="x", blocks=built)
    assert [block["type"] for block in slack.messages[-1].blocks][:2] == ["plan", "markdown"]
    assert all(block["block_id"] for block in slack.messages[-1].blocks)


@pytest.mark.parametrize(
    ("name", "blocks"),
    [
        ("51 blocks", [{"type": "divider"}] * 51),
        ("unknown type", [{"type": "nonsense"}]),
        ("no type", [{}]),
        ("no object", ["divider"]),
        ("unknown field", [{"type": "divider", "text": "x"}]),
        ("section too long", [{"type": "section", "text": mrkdwn("x" * 3001)}]),
        ("section empty", [{"type": "section", "text": mrkdwn("")}]),
        ("section without text", [{"type": "section"}]),
        ("field too long", [{"type": "section", "fields": [mrkdwn("x" * 2001)]}]),
        ("header too long", [{"type": "header", "text": plain("x" * 151)}]),
        ("header in mrkdwn", [{"type": "header", "text": mrkdwn()}]),
        ("button too long", [{"type": "actions", "elements": [BUTTON | {"text": plain("x" * 76)}]}]),
        ("button value", [{"type": "actions", "elements": [BUTTON | {"value": "x" * 2001}]}]),
        ("26 buttons", [{"type": "actions", "elements": [BUTTON | {"action_id": str(n)} for n in range(26)]}]),
        ("action ids", [{"type": "actions", "elements": [BUTTON, BUTTON]}]),
        ("11 in context", [{"type": "context", "elements": [mrkdwn()] * 11}]),
        ("markdown too long", [{"type": "markdown", "text": "x" * 12_001}]),
        ("block ids", [{"type": "divider", "block_id": "x"}, {"type": "divider", "block_id": "x"}]),
        ("block id too long", [{"type": "divider", "block_id": "x" * 256}]),
        ("plan without title", [{"type": "plan", "tasks": [task()]}]),
        ("plan of no tasks", [{"type": "plan", "title": "x", "tasks": [{"type": "divider"}]}]),
        ("task status", [task(status="done")]),
        ("task without id", [{"type": "task_card", "title": "x", "status": "pending"}]),
        ("task ids", [{"type": "plan", "title": "x", "tasks": [task(), task()]}]),
        ("task ids apart", [{"type": "plan", "title": "x", "tasks": [task()]}, task()]),
        ("details as string", [task(details="text")]),
        ("output as list", [task(output=[RICH])]),
        ("output as section", [task(output={"type": "section", "text": mrkdwn()})]),
        ("task block id", [{"type": "plan", "title": "x", "block_id": "i", "tasks": [task(block_id="i")]}]),
        ("empty rich text", [{"type": "rich_text", "elements": []}]),
        ("rich text run", [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": ["x"]}]}]),
        ("two tables", [table([[{"type": "raw_text", "text": "x"}]])] * 2),
        ("101 rows", [table([[{"type": "raw_text", "text": "x"}]] * 101)]),
        ("alert level", [{"type": "alert", "text": plain(), "level": "loud"}]),
        ("header level", [{"type": "header", "text": plain(), "level": True}]),
        ("expand", [{"type": "section", "text": plain(), "expand": "yes"}]),
        ("title as number", [{"type": "plan", "title": 5}]),
        ("title empty", [{"type": "plan", "title": None}]),
        ("elements as word", [{"type": "actions", "elements": "x"}]),
        ("no elements", [{"type": "actions", "elements": []}]),
        ("option as word", [{"type": "actions", "elements": [{"type": "overflow", "options": ["x"]}]}]),
        ("input outside a modal", [{"type": "input", "label": plain(), "element": {"type": "plain_text_input"}}]),
    ],
)
async def test_refuses_blocks_as_slack_does(slack, client, name, blocks):
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("chat.postMessage", json={"channel": GENERAL, "text": name, "blocks": blocks})
    assert caught.value.response["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks" in caught.value.response["response_metadata"]["messages"][0]
    assert slack.messages == []


async def test_limits_are_the_last_that_is_taken(client):
    taken = [
        [{"type": "header", "text": plain(), "level": 2}, {"type": "section", "text": plain(), "expand": None}],
        [{"type": "divider"}] * 50,
        [{"type": "section", "text": mrkdwn("x" * 3000)}],
        [{"type": "header", "text": plain("x" * 150)}],
        [{"type": "actions", "elements": [BUTTON | {"text": plain("x" * 75)}]}],
        [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * 6000}],
    ]
    for blocks in taken:
        await client.chat_postMessage(channel=GENERAL, text="x", blocks=blocks)


async def test_markdown_blocks_are_counted_together(client):
    blocks = [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * 6001}]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=GENERAL, text="x", blocks=blocks)
    assert caught.value.response["error"] == "msg_blocks_too_long"


async def test_a_workspace_without_agent_blocks_refuses_plans():
    async with Slack(plan_blocks=False) as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url, session=session)
        for block in ({"type": "plan", "title": "x", "tasks": [task()]}, task()):
            with pytest.raises(SlackApiError) as caught:
                await client.chat_postMessage(channel=GENERAL, text="x", blocks=[block])
            assert caught.value.response["error"] == "invalid_blocks"
        await client.chat_postMessage(channel=GENERAL, text="x", blocks=[{"type": "section", "text": mrkdwn()}])


@pytest.mark.parametrize(
    ("view", "error"),
    [
        (modal(title=plain("x" * 25)), "invalid_arguments"),
        (modal(private_metadata="x" * 3001), "invalid_arguments"),
        (modal(blocks=[{"type": "divider"}] * 101), "invalid_arguments"),
        (modal(blocks=[{"type": "plan", "title": "x"}]), "invalid_arguments"),
        (
            modal(blocks=[{"type": "input", "label": plain(), "element": {"type": "plain_text_input"}}]),
            "invalid_arguments",
        ),
        (modal(type="home"), "invalid_arguments"),
        ("word", "invalid_arguments"),
        (modal(blocks=[{"type": "section", "text": plain("x" * 3000)}] * 90), "view_too_large"),
    ],
)
async def test_refuses_views_as_slack_does(slack, client, view, error):
    trigger = slack._space.mint_trigger("U0ADA")
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("views.open", json={"trigger_id": trigger, "view": view})
    assert caught.value.response["error"] == error
    assert slack.modals("U0ADA") == []


async def refused(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]


async def test_a_modal_needs_a_fresh_trigger(client, slack):
    trigger = slack._space.mint_trigger("U0ADA")
    opened = await client.views_open(trigger_id=trigger, view=modal(external_id="mine"))
    assert [view.id for view in slack.modals("U0ADA")] == [opened["view"]["id"]]
    assert await refused(client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"
    assert await refused(client.views_open(trigger_id="1.2.x", view=modal())) == "invalid_trigger_id"
    slack._space.triggers[old := slack._space.mint_trigger("U0ADA")].born -= 4
    assert await refused(client.views_open(trigger_id=old, view=modal())) == "expired_trigger_id"


async def test_modals_are_updated_and_stacked(client, slack):
    space = slack._space
    opened = await client.views_open(trigger_id=space.mint_trigger("U0ADA"), view=modal(external_id="mine"))
    first = opened["view"]
    changed = await client.views_update(view_id=first["id"], hash=first["hash"], view=modal(title=plain("Later")))
    assert changed["view"]["title"]["text"] == "Later"
    assert await refused(client.views_update(view_id=first["id"], hash=first["hash"], view=modal())) == "hash_conflict"
    assert await refused(client.views_update(external_id="other", view=modal())) == "not_found"
    for _ in range(2):
        await client.views_push(trigger_id=space.mint_trigger("U0ADA", first["id"]), view=modal())
    deep = client.views_push(trigger_id=space.mint_trigger("U0ADA", first["id"]), view=modal())
    assert await refused(deep) == "push_limit_reached"
    assert await refused(client.views_push(trigger_id=space.mint_trigger("U0ADA"), view=modal())) == "not_found"
    assert len(slack.modals("U0ADA")) == 3


async def test_the_home_tab_is_published(client, slack):
    home = {"type": "home", "blocks": [{"type": "section", "text": mrkdwn("Welcome")}]}
    first = (await client.views_publish(user_id="U0ADA", view=home))["view"]
    await client.views_publish(user_id="U0ADA", view=home, hash=first["hash"])
    assert len(slack.home("U0ADA").history) == 2
    assert slack.home("U0GRACE") is None
    assert await refused(client.views_publish(user_id="U0ADA", view=home, hash=first["hash"])) == "hash_conflict"
    assert await refused(client.views_publish(user_id="U0NOBODY", view=home)) == "user_not_found"
