"""The emulator's deliveries, taken by a real Bolt AsyncApp over signed HTTP and over Socket Mode."""

import asyncio
import json
import time
from contextlib import AsyncExitStack

import aiohttp
import pytest
from aiohttp import web
from slack_rig import BOTH, GENERAL, rig
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.slack import Slack
from tests.patience import HANG_SECONDS


@BOTH
async def test_home_session_and_uninstall_events(transport):
    async with rig(transport) as it:
        it.hear("app_home_opened", "agent_session_stopped", "app_uninstalled", "tokens_revoked", "anything")
        slack = it.slack
        await slack.app_home_opened("U0ADA")
        await it.app.client.views_publish(user_id="U0ADA", view={"type": "home", "blocks": [{"type": "divider"}]})
        await slack.app_home_opened("U0ADA")
        await slack.app_home_opened("U0ADA", tab="messages")
        await slack.agent_session_stopped(GENERAL, "1.2", "U0ADA", ["1.3"])
        await slack.event({"type": "anything"}, event_id="Ev9")
        await slack.event({"type": "anything"}, team="T0OTHER")
        await slack.event(json.loads(json.dumps(slack.deliveries[-1].payload)))
        await slack.uninstalled("T0OTHER")
        await it.app.client.auth_test()
        await slack.uninstalled()
        with pytest.raises(SlackApiError, match="account_inactive"):
            await it.app.client.auth_test()
        await slack.wait_for(lambda: len(it.heard) >= 9)
        by_type = {}
        for event, body, _ in it.heard:
            by_type.setdefault(event["type"], []).append((event, body))
        assert sorted((e["tab"], "view" in e) for e, _ in by_type["app_home_opened"]) == [
            ("home", False),
            ("home", True),
            ("messages", False),
        ]
        assert by_type["agent_session_stopped"][0][0]["streaming_message_ts"] == ["1.3"]
        assert {body["event_id"] for _, body in by_type["anything"]} >= {"Ev9"}
        assert len({body["event_id"] for _, body in by_type["anything"]}) == 2
        assert {body["team_id"] for _, body in by_type["app_uninstalled"]} >= {"T0OTHER"}


@BOTH
async def test_one_event_comes_many_times_at_once_and_a_mention_twice(transport):
    async with rig(transport, double_fire=True) as it:
        it.hear("app_mention", "message")
        asked = await it.slack.mention(GENERAL, "U0ADA", "why?", copies=4, team="T0OTHER")
        await it.slack.wait_for(lambda: len(it.heard) == 5)
        mentions = [body for event, body, _ in it.heard if event["type"] == "app_mention"]
        assert {body["event_id"] for body in mentions} == {asked.event_id}
        assert len(mentions) == len(asked.attempts) == 4
        (twin,) = [(event, body) for event, body, _ in it.heard if event["type"] == "message"]
        assert twin[0]["ts"] == asked.ts
        assert twin[1]["event_id"] != asked.event_id
        assert twin[1]["team_id"] == "T0OTHER"


@BOTH
async def test_the_apps_own_messages_come_back(transport):
    async with rig(transport, echo=True) as it:
        dm = it.slack.dm("U0ADA")
        posted = await it.app.client.chat_postMessage(channel=dm, text="one")
        await it.app.client.chat_update(channel=dm, ts=posted["ts"], text="two")
        await it.app.client.chat_postMessage(channel=GENERAL, text="not subscribed")
        await it.app.client.chat_postEphemeral(channel=dm, user="U0ADA", text="not told")
        await it.slack.wait_for(lambda: len(it.slack.ack_times) == 2)
        own, edit = (delivery.payload["event"] for delivery in it.slack.deliveries)
        assert (own["text"], own["bot_id"], own["app_id"]) == ("one", "B0TESSERA", "A0TESSERA")
        assert (edit["subtype"], edit["message"]["text"], edit["previous_message"]["text"]) == (
            "message_changed",
            "two",
            "one",
        )


async def test_requests_are_signed_as_slack_signs_them():
    async with rig("http") as it:
        it.hear("anything")
        body = json.dumps({"type": "event_callback", "event": {"type": "anything"}}).encode()
        slack, now = it.slack, int(time.time())
        assert (await slack.post(body)).status == 200
        kind = {"Content-Type": "application/json"}
        for headers in ({}, slack.sign(b"other"), slack.sign(body, now - 400), slack.sign(body, now + 400)):
            assert (await slack.post(body, kind | headers)).status == 401
        assert (await slack.post(body, kind | slack.sign(body, now - 290))).status == 200
        assert slack.sign(body, "soon")["X-Slack-Request-Timestamp"] == "soon"
        used = await slack.slash(GENERAL, "U0ADA", "x")
        (attempt,) = used.attempts
        again = await slack.post(attempt.request, attempt.request_headers)
        assert (again.request, again.status) == (attempt.request, attempt.status)


async def test_failed_events_are_sent_again_with_slacks_headers():
    async with rig("http") as it:
        it.site.answer = lambda: web.Response(status=503)
        failed = await it.slack.mention(GENERAL, "U0ADA", "why?")
        assert [a.status for a in failed.attempts] == [503] * 4
        assert (failed.acked, it.slack.ack_times) == (False, [])
        retries = [
            (headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason")) for headers, _ in it.site.requests
        ]
        assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
        assert len({body for _, body in it.site.requests}) == 1
        it.site.answer = lambda: web.Response(status=500, headers={"X-Slack-No-Retry": "1"})
        assert len((await it.slack.mention(GENERAL, "U0ADA", "why?")).attempts) == 1
        it.site.answer = lambda: web.Response(status=302, headers={"Location": "/"})
        assert (await it.slack.direct_message("U0ADA", "why?")).acked is False
        assert len((await it.slack.slash(GENERAL, "U0ADA", "x")).attempts) == 1


async def test_late_and_missing_acknowledgements_are_sent_again():
    async with rig("http", ack_timeout=0.3, retry_delays=(0.0,)) as it:  # nothing here is in time, however slow it is
        it.site.hold.clear()
        late = await it.slack.mention(GENERAL, "U0ADA", "why?")
        it.site.hold.set()
        assert [(a.number, a.status, a.reason) for a in late.attempts] == [
            (0, 0, "http_timeout"),
            (1, 0, "http_timeout"),
        ]
        assert late.attempts[1].request_headers["X-Slack-Retry-Reason"] == "http_timeout"


async def test_a_delivery_that_reaches_nobody_is_a_failed_attempt():
    async with rig("http", ack_timeout=HANG_SECONDS, retry_delays=(0.0,)) as it:
        it.slack.connect_http("http://127.0.0.1:1/slack/events")
        nobody = await it.slack.mention(GENERAL, "U0ADA", "why?")
        assert {a.reason for a in nobody.attempts} == {"connection_failed"}


async def test_a_reply_is_read_whatever_it_is():
    async with rig("http") as it:
        for body, reply in (("plain", {"text": "plain"}), ("[1]", {"text": "[1]"}), ("", {})):
            it.site.answer = lambda body=body: web.Response(text=body)
            assert (await it.slack.event({"type": "x"})).reply == reply


async def test_an_unacknowledged_envelope_is_sent_again_over_the_socket():
    async with rig("socket", ack_timeout=1.0, retry_delays=(0.0,) * 9) as it:
        seen = []

        @it.app.middleware
        async def refuse_first(request, next_):
            seen.append(request.headers["x-slack-retry-num"][0])
            if len(seen) == 1:
                raise RuntimeError
            await next_()

        it.app.event("app_mention")(_listen)
        asked = await it.slack.mention(GENERAL, "U0ADA", "why?")
        late = len(asked.attempts) - 1  # one, and more where the machine is slower than the deadline
        assert seen == [str(number) for number in range(late + 1)]
        assert [(a.status, a.reason) for a in asked.attempts] == [(0, "http_timeout")] * late + [(200, "")]


async def _listen(event):
    assert event


async def test_sockets_survive_what_slack_does_to_them():
    async with rig("socket", ack_timeout=HANG_SECONDS) as it:
        it.hear("app_mention")
        slack = it.slack
        await slack.send_text("{not an envelope")
        assert (await slack.mention(GENERAL, "U0ADA", "after garbage")).acked
        await slack.disconnect("warning")
        await slack.connected(2)
        assert (await slack.mention(GENERAL, "U0ADA", "after a warning")).acked
        slack.cut()
        await slack.connected(3)
        assert (await slack.mention(GENERAL, "U0ADA", "after a cut")).acked
        await slack.wait_for(lambda: len(it.heard) == 3)
        assert json.loads(slack.frames[0])["envelope_id"]
        assert len(slack.calls_of("apps.connections.open")) == 3


async def _open(slack, session):
    client = AsyncWebClient(token=slack.app_token, base_url=slack.base_url, session=session)
    return (await client.apps_connections_open(app_token=slack.app_token))["url"]


async def test_tickets_open_one_socket_and_deliveries_are_spread():
    async with Slack(retry_delays=(), ack_timeout=HANG_SECONDS) as slack, aiohttp.ClientSession() as session:
        url = await _open(slack, session)
        async with session.ws_connect(url) as one, session.ws_connect(await _open(slack, session)) as two:
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)
            assert [(await ws.receive_json())["type"] for ws in (one, two)] == ["hello", "hello"]
            assert slack.open_sockets == 2
            tasks = [asyncio.create_task(slack.event({"type": "x"})) for _ in range(2)]
            for ws in (one, two):
                envelope = await ws.receive_json()
                assert (envelope["type"], envelope["retry_attempt"]) == ("events_api", 0)
                await ws.send_str("nonsense")
                await ws.send_bytes(b"nonsense")
                await ws.send_str("[]")
                await ws.send_json({"envelope_id": "unknown"})
                await ws.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "hi"}})
            assert [(await task).reply for task in tasks] == [{"text": "hi"}] * 2
        assert b"nonsense" in slack.received()


async def test_a_socket_that_closes_before_the_acknowledgement_is_a_failed_attempt():
    async with Slack(retry_delays=(), ack_timeout=HANG_SECONDS) as slack, aiohttp.ClientSession() as session:
        ws = await session.ws_connect(await _open(slack, session))
        await ws.receive_json()
        sent = asyncio.create_task(slack.event({"type": "x"}))
        await ws.receive_json()
        await ws.close()
        assert [attempt.reason for attempt in (await sent).attempts] == ["connection_failed"]


async def test_more_than_ten_sockets_are_turned_away():
    async with Slack(burst=20) as slack, aiohttp.ClientSession() as session, AsyncExitStack() as stack:
        for _ in range(10):
            await stack.enter_async_context(session.ws_connect(await _open(slack, session)))
        await slack.connected(10)
        async with session.ws_connect(await _open(slack, session)) as eleventh:
            assert (await eleventh.receive_json())["reason"] == "too_many_websockets"


async def test_events_of_shared_channels_say_so():
    async with rig("http") as it:
        it.hear("message")
        for channel, external in ((GENERAL, False), ("C0SHARED", True)):
            said = await it.slack.say(channel, "U0ADA", "x")
            assert said.payload["is_ext_shared_channel"] is external


async def test_ends_at_once_though_nobody_takes_the_events():
    async with Slack(echo=True) as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url, session=session)
        await client.chat_postMessage(channel=slack.dm("U0ADA"), text="x")
        await slack.wait_for(lambda: slack.deliveries)
    assert slack.deliveries[0].attempts == []


async def test_open_sockets_are_closed_at_the_end():
    async with aiohttp.ClientSession() as session:
        async with Slack() as slack:
            ws = await session.ws_connect(await _open(slack, session))
            await ws.receive_json()
            closing = asyncio.create_task(ws.receive())
        assert (await closing).type is aiohttp.WSMsgType.CLOSE


async def test_nothing_can_be_posted_to_an_app_without_an_address():
    async with Slack() as slack:
        with pytest.raises(LookupError):
            await slack.post(b"{}")
        assert slack.deliveries == []
