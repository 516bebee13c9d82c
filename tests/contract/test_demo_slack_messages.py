"""Messages in the emulated Slack, through the real slack_sdk client: what is taken, refused and remembered."""

import json

import aiohttp
import pytest
from slack_rig import GENERAL, Clock, client_of, refused
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.demo.slack import Slack


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def slack(clock):
    async with Slack(clock=clock, burst=100) as running:
        yield running


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as running:
        yield running


@pytest.fixture
def client(slack, session):
    return client_of(slack, session)


async def test_every_edit_of_a_message_stays_in_its_history(slack, client, clock):
    posted = await client.chat_postMessage(channel=GENERAL, text="one", unfurl_links=False)
    for text in ("two", "three"):
        clock.now += 1
        await client.chat_update(channel=GENERAL, ts=posted["ts"], text=text)
    (message,) = slack.thread(GENERAL, posted["ts"])
    assert [(s.text, s.at - message.history[0].at) for s in message.history] == [("one", 0), ("two", 1), ("three", 2)]
    assert message.edits == 2
    assert message.options == {"unfurl_links": False}
    assert message.to_dict()["edited"]["user"] == slack.bot_user
    assert [call.args["text"] for call in slack.calls_of("chat.update")] == ["two", "three"]
    assert slack.calls[-1].headers["Authorization"].startswith("Bearer xoxb-")
    assert b'"three"' in slack.received()


async def test_an_edit_keeps_blocks_only_when_it_names_no_text(slack, client):
    blocks = [{"type": "divider"}]
    posted = await client.chat_postMessage(channel=GENERAL, text="a", blocks=blocks)
    await client.api_call("chat.update", json={"channel": GENERAL, "ts": posted["ts"], "metadata": {}})
    assert len(slack.messages[-1].blocks) == 1
    await client.chat_update(channel=GENERAL, ts=posted["ts"], text="b")
    assert slack.messages[-1].blocks == ()


async def test_metadata_is_kept_and_returned_when_asked_for(slack, client):
    metadata = {"event_type": "question", "event_payload": {"key": "T:Ev1"}}
    posted = await client.chat_postMessage(channel=GENERAL, text="a", metadata=metadata)
    await client.chat_update(channel=GENERAL, ts=posted["ts"], text="b")
    for wanted, found in ((True, metadata), (False, None)):
        thread = await client.conversations_replies(channel=GENERAL, ts=posted["ts"], include_all_metadata=wanted)
        assert thread["messages"][0].get("metadata") == found
    await client.chat_update(channel=GENERAL, ts=posted["ts"], text="c", metadata={})
    assert slack.messages[-1].metadata is None


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ("word", "invalid_metadata_format"),
        ({"event_type": 1, "event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "t", "event_payload": {"x": "y" * 8000}}, "metadata_too_large"),
    ],
)
async def test_bad_metadata_is_refused(client, metadata, error):
    sent = json.dumps(metadata)
    arguments = {"channel": GENERAL, "text": "a", "metadata": sent}
    assert await refused(client.api_call("chat.postMessage", params=arguments)) == error


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "a"}, "channel_not_found"),
        ({"channel": "C0OUTSIDE", "text": "a"}, "not_in_channel"),
        ({"channel": GENERAL}, "no_text"),
        ({"channel": GENERAL, "text": "a", "thread_ts": "0"}, "invalid_thread_ts"),
        ({"channel": GENERAL, "text": "a", "thread_ts": "1800000000.999999"}, "thread_not_found"),
        ({"channel": GENERAL, "text": "a", "markdown_text": "b"}, "markdown_text_conflict"),
        ({"channel": GENERAL, "markdown_text": "b" * 12_001}, "msg_too_long"),
        ({"channel": GENERAL, "text": "a", "blocks": {}}, "invalid_blocks_format"),
    ],
)
async def test_posts_that_slack_refuses(client, arguments, error):
    assert await refused(client.api_call("chat.postMessage", json=arguments)) == error


async def test_a_reply_to_a_deleted_message_stands_in_the_channel_or_under_a_tombstone(client):
    roots = [(await client.chat_postMessage(channel=GENERAL, text="root"))["ts"] for _ in range(2)]
    await client.chat_postMessage(channel=GENERAL, text="reply", thread_ts=roots[1])
    for root in roots:
        await client.chat_delete(channel=GENERAL, ts=root)
    strayed, under = [await client.chat_postMessage(channel=GENERAL, text="b", thread_ts=root) for root in roots]
    assert "thread_ts" not in strayed["message"]
    assert under["message"]["thread_ts"] == roots[1]


async def test_lengths_of_text(slack, client):
    posted = await client.chat_postMessage(channel=GENERAL, text="x" * 40_001)
    assert len(slack.messages[-1].text) == 40_000
    await client.chat_update(channel=GENERAL, ts=posted["ts"], text="é" * 2_000)
    assert await refused(client.chat_update(channel=GENERAL, ts=posted["ts"], text="é" * 2_001)) == "msg_too_long"
    await client.api_call("chat.postMessage", json={"channel": GENERAL, "markdown_text": "**x**"})
    assert slack.messages[-1].blocks[0]["type"] == "markdown"


async def test_only_own_standing_messages_can_be_changed(slack, client):
    theirs = (await _say(slack, "hello")).ts
    assert await refused(client.chat_update(channel=GENERAL, ts=theirs, text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel=GENERAL, ts=theirs)) == "cant_delete_message"
    own = (await client.chat_postMessage(channel=GENERAL, text="x", thread_ts=theirs))["ts"]
    assert await refused(client.chat_postMessage(channel=GENERAL, text="x", thread_ts=own)) == "cannot_reply_to_message"
    await client.chat_delete(channel=GENERAL, ts=own)
    assert await refused(client.chat_update(channel=GENERAL, ts=own, text="x")) == "message_not_found"
    assert await refused(client.chat_update(channel="C0NOWHERE", ts=own, text="x")) == "channel_not_found"
    assert [message.ts for message in slack.thread(GENERAL, theirs)] == [theirs]


async def _say(slack, text):
    slack._courier.retry_delays = ()
    slack._courier.ack_timeout = 0.01
    return await slack.say(GENERAL, "U0ADA", text)


async def test_ephemeral_messages_are_for_one_person_and_cannot_be_edited(slack, client):
    shown = await client.chat_postEphemeral(channel=GENERAL, user="U0ADA", text="psst")
    assert [message.text for message in slack.ephemerals("U0ADA")] == ["psst"]
    assert slack.ephemerals("U0GRACE") == slack.thread(GENERAL, shown["message_ts"]) == []
    edit = client.chat_update(channel=GENERAL, ts=shown["message_ts"], text="x")
    assert await refused(edit) == "message_not_found"
    stranger = client.chat_postEphemeral(channel=GENERAL, user="U0NOBODY", text="psst")
    assert await refused(stranger) == "user_not_in_channel"


async def test_history_and_replies_come_in_pages(slack, client, clock):
    root = (await client.chat_postMessage(channel=GENERAL, text="root"))["ts"]
    for number in range(4):
        clock.now += 1
        await client.chat_postMessage(channel=GENERAL, text=f"reply {number}", thread_ts=root)
    await client.chat_postMessage(channel=GENERAL, text="newest")
    texts, cursor = [], None
    while cursor != "":
        page = await client.conversations_replies(channel=GENERAL, ts=root, limit=2, cursor=cursor)
        texts += [message["text"] for message in page["messages"]]
        cursor = page["response_metadata"]["next_cursor"]
        assert page["has_more"] is bool(cursor)
    assert texts == ["root", *(f"reply {number}" for number in range(4))]
    history = await client.conversations_history(channel=GENERAL)
    assert [message["text"] for message in history["messages"]] == ["newest", "root"]
    newer = await client.conversations_history(channel=GENERAL, oldest=root)
    assert [message["text"] for message in newer["messages"]] == ["newest"]
    both = await client.conversations_history(channel=GENERAL, oldest=root, inclusive=True)
    assert len(both["messages"]) == 2
    reply = slack.thread(GENERAL, root)[1].ts
    assert len((await client.conversations_replies(channel=GENERAL, ts=reply))["messages"]) == 5
    assert await refused(client.conversations_replies(channel=GENERAL, ts="1.0")) == "thread_not_found"
    assert await refused(client.conversations_history(channel=GENERAL, cursor="!")) == "invalid_cursor"
    assert await refused(client.conversations_history(channel=GENERAL, limit=1001)) == "invalid_limit"


async def test_response_urls_work_five_times_within_half_an_hour(slack, session, clock):
    space = slack._space
    base = slack.base_url.removesuffix("api/") + "response/"
    hook = AsyncWebhookClient(base + space.mint_response_url(GENERAL, "U0ADA"), session=session)
    assert (await hook.send(text="only you")).body == "ok"
    await hook.send(text="all", response_type="in_channel")
    assert [message.text for message in slack.ephemerals("U0ADA")] == ["only you"]
    assert slack.messages[-1].shown_to is None
    assert (await hook.send_dict({"response_type": "ephemeral"})).body != "ok"
    for _ in range(2):
        await hook.send(text="again")
    spent = await hook.send(text="too often")
    assert (spent.status_code, json.loads(spent.body)["error"]) == (404, "used_url")
    late = AsyncWebhookClient(base + space.mint_response_url(GENERAL, "U0ADA"), session=session)
    clock.now += 1801
    assert json.loads((await late.send(text="late")).body)["error"] == "expired_url"
    unknown = AsyncWebhookClient(base + "nothing", session=session)
    assert (await unknown.send(text="x")).status_code == 404


async def test_response_urls_replace_and_delete_what_was_clicked(slack, client, session):
    await client.chat_postMessage(channel=GENERAL, text="before")
    message = slack.messages[-1]
    key = slack._space.mint_response_url(GENERAL, "U0ADA", message)
    hook = AsyncWebhookClient(slack.base_url.removesuffix("api/") + "response/" + key, session=session)
    await hook.send(text="after", replace_original=True)
    assert message.text == "after"
    await hook.send(text="", delete_original=True)
    assert message.deleted
    key = slack._space.mint_response_url(GENERAL, "U0ADA")
    hook = AsyncWebhookClient(slack.base_url.removesuffix("api/") + "response/" + key, session=session)
    assert (await hook.send(text="", delete_original=True)).status_code == 404
