"""The emulator's Web API, called by the real slack_sdk client: what Slack takes, refuses and remembers."""

import aiohttp
import pytest
from slack_rig import GENERAL, Clock, client_of, refused
from slack_sdk.errors import SlackApiError

from bot.demo.slack import Channel, Rate, Slack, User


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


async def test_listens_on_loopback_only_and_knows_its_bot(slack, client):
    me = await client.auth_test()
    assert slack.base_url.startswith("http://127.0.0.1:")
    assert slack.base_url.endswith("/api/")
    assert (me["team_id"], me["user_id"]) == (slack.team, slack.bot_user)
    assert "chat:write" in me.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-other", "auth.test", "invalid_auth"),
        ("app", "auth.test", "not_allowed_token_type"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
        ("bot", "chat.nothing", "unknown_method"),
        ("bot", "users.info", "invalid_arguments"),
    ],
)
async def test_tokens_methods_and_arguments_are_checked(slack, session, token, method, error):
    token = {"app": slack.app_token, "bot": slack.bot_token}.get(token, token)
    assert await refused(client_of(slack, session, token).api_call(method)) == error
    assert slack.calls[-1].error == error


async def test_a_token_may_come_in_a_form_and_arguments_as_form_query_or_json(slack, session):
    form = {"token": slack.bot_token, "channel": GENERAL, "text": "hi", "unfurl_links": "0", "blocks": "[]"}
    async with session.post(slack.base_url + "chat.postMessage", data=form) as answer:
        assert (await answer.json())["ok"] is True
    assert slack.messages[-1].options == {"unfurl_links": False}
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with session.get(slack.base_url + "users.info?user=U0ADA", headers=headers) as answer:
        assert (await answer.json())["user"]["name"] == "ada"


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("application/json", b"{", "invalid_json"),
        ("application/json", b"[1]", "json_not_object"),
        ("application/x-www-form-urlencoded", b"\xff\xfe", "invalid_form_data"),
        ("application/x-www-form-urlencoded", b"channel=C0GENERAL&blocks={", "invalid_arguments"),
        ("application/json", b'{"channel": ["C0GENERAL"]}', "invalid_arguments"),
    ],
)
async def test_bodies_that_cannot_be_read_are_refused(slack, session, content_type, body, error):
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": content_type}
    async with session.post(slack.base_url + "chat.postMessage", data=body, headers=headers) as answer:
        assert (await answer.json())["error"] == error


async def test_missing_scopes_are_named(session):
    async with Slack(scopes=frozenset({"chat:write"})) as slack:
        client = client_of(slack, session)
        assert await refused(client.users_list()) == "missing_scope"
        assert slack.calls[-1].answer["needed"] == "users:read"


async def test_reading_asks_for_the_scope_of_the_place(session):
    async with Slack(scopes=frozenset({"chat:write", "im:history", "channels:history"})) as slack:
        client = client_of(slack, session)
        for channel in (slack.dm("U0ADA"), "C0GENERAL"):
            ts = (await client.chat_postMessage(channel=channel, text="Hello"))["ts"]
            assert (await client.conversations_replies(channel=channel, ts=ts))["ok"]
        for method in (client.conversations_replies, client.conversations_history):
            with pytest.raises(SlackApiError) as refusal:
                await method(channel="G0SECRET", ts="1700000000.000001")
            assert (refusal.value.response["error"], refusal.value.response["needed"]) == (
                "missing_scope",
                "groups:history",
            )


async def test_files_are_given_to_whoever_may_read_them_and_to_others_the_login_page(session):
    async with Slack() as slack:
        file = slack.upload("notes.txt", b"Some notes.")
        bearer = {"Authorization": f"Bearer {slack.bot_token}"}
        for headers, told in ((bearer, "Some notes."), ({}, "Sign in"), ({"Authorization": "Bearer x"}, "Sign in")):
            async with session.get(file["url_private"], headers=headers) as answer:
                assert (answer.status, told in await answer.text()) == (200, True)
        async with session.get(file["url_private"].replace(file["id"], "F9"), headers=bearer) as answer:
            assert answer.status == 404
        client = client_of(slack, session)
        assert (await client.files_info(file=file["id"]))["file"]["name"] == "notes.txt"
        assert await refused(client.files_info(file="F9")) == "file_not_found"
    async with Slack(scopes=frozenset({"chat:write"})) as slack:
        file = slack.upload("notes.txt", b"Some notes.")
        async with session.get(file["url_private"], headers={"Authorization": f"Bearer {slack.bot_token}"}) as answer:
            assert "Sign in" in await answer.text()


async def test_people_and_conversations_can_be_looked_up(session):
    people = [User(f"U{n}", f"user{n}", f"User {n}", deleted=n == 2) for n in range(3)]
    async with Slack(users=people, channels=[Channel("G1", "private", private=True)]) as slack:
        client = client_of(slack, session)
        names, cursor = [], None
        while cursor != "":
            page = await client.users_list(limit=2, cursor=cursor)
            names += [member["profile"]["real_name"] for member in page["members"]]
            cursor = page["response_metadata"]["next_cursor"]
        assert names == ["User 0", "User 1", "User 2", "Tessera"]
        assert await refused(client.users_info(user="U9")) == "user_not_found"
        assert (await client.conversations_info(channel="G1"))["channel"]["is_private"] is True
        direct = (await client.conversations_open(users="U1"))["channel"]["id"]
        assert direct == slack.dm("U1") == "D1"
        assert (await client.conversations_info(channel=direct))["channel"]["user"] == "U1"
        assert (await client.chat_postMessage(channel="U1", text="hi"))["channel"] == direct
        assert await refused(client.conversations_open(users="U9")) == "user_not_found"


async def test_reactions(slack, client):
    ts = (await client.chat_postMessage(channel=GENERAL, text="x"))["ts"]
    await client.reactions_add(channel=GENERAL, timestamp=ts, name="eyes")
    assert slack.reactions == {(GENERAL, ts, "eyes")}
    assert await refused(client.reactions_add(channel=GENERAL, timestamp=ts, name="eyes")) == "already_reacted"


async def test_agent_sessions_thread_status_and_prompts(slack, client):
    ts = (await client.chat_postMessage(channel=GENERAL, text="x"))["ts"]
    for status in ("processing", "active"):
        await client.agents_sessions_setStatus(channel_id=GENERAL, thread_ts=ts, status=status, title="T")
    await client.agents_sessions_rename(channel_id=GENERAL, thread_ts=ts, title="U")
    assert [(s["status"], s["title"]) for s in slack.session(GENERAL, ts)] == [
        ("processing", "T"),
        ("active", "T"),
        ("active", "U"),
    ]
    bad = [
        client.agents_sessions_setStatus(channel_id=GENERAL, status="busy"),
        client.agents_sessions_setStatus(channel_id=GENERAL, status="active", title="t" * 201),
        client.agents_sessions_rename(channel_id=GENERAL, thread_ts=ts, title="t" * 201),
        client.assistant_threads_setStatus(channel_id=GENERAL, thread_ts=ts, status="x", loading_messages=["m"] * 11),
        client.api_call("assistant.threads.setStatus", json={"channel_id": GENERAL, "thread_ts": ts}),
        client.assistant_threads_setSuggestedPrompts(channel_id=GENERAL, prompts=[{"title": "t", "message": "m"}] * 5),
        client.assistant_threads_setSuggestedPrompts(channel_id=GENERAL, prompts=[{"title": "t"}]),
    ]
    assert [await refused(call) for call in bad] == ["invalid_arguments"] * len(bad)
    assert await refused(client.agents_sessions_rename(channel_id=GENERAL, title="x")) == "session_not_found"
    await client.assistant_threads_setStatus(channel_id=GENERAL, thread_ts=ts, status="thinks")
    gone = client.assistant_threads_setStatus(channel_id=GENERAL, thread_ts="1.0", status="thinks")
    assert await refused(gone) == "thread_not_found"
    await client.chat_postMessage(channel=GENERAL, text="done", thread_ts=ts)
    assert [status["status"] for status in slack.statuses(GENERAL, ts)] == ["thinks", ""]
    prompt = {"title": "t", "message": "m"}
    await client.assistant_threads_setSuggestedPrompts(channel_id=GENERAL, prompts=[prompt])
    assert slack.prompts(GENERAL)["prompts"] == [prompt]


async def test_tiers_answer_429_and_calls_during_a_retry_after_are_counted(session, clock):
    async with Slack(clock=clock, burst=3) as slack:
        client = client_of(slack, session)
        ts = (await client.chat_postMessage(channel=GENERAL, text="x"))["ts"]
        for number in range(3):
            await client.chat_update(channel=GENERAL, ts=ts, text=str(number))
        for violations in (0, 1):
            with pytest.raises(SlackApiError) as caught:
                await client.chat_update(channel=GENERAL, ts=ts, text="too much")
            assert caught.value.response.status_code == 429
            assert caught.value.response["error"] == "ratelimited"
            assert caught.value.response.headers["Retry-After"] == "2"
            assert slack.violations == violations
        await client.users_list()
        clock.now += 2
        await client.chat_update(channel=GENERAL, ts=ts, text="last")
        assert slack.messages[0].text == "last"
        assert slack.violations == 1


async def test_posts_are_limited_per_channel_and_rates_can_be_set(session, clock):
    own = {"users.list": Rate(per_minute=60, burst=1), "auth.test": Rate(per_minute=60, burst=1)}
    async with Slack(clock=clock, burst=2, rates=own) as slack:
        client = client_of(slack, session)
        for channel in (GENERAL, "G0SECRET"):
            await client.chat_postMessage(channel=channel, text="x")
            await client.chat_postMessage(channel=channel, text="x")
        assert await refused(client.chat_postMessage(channel=GENERAL, text="x")) == "ratelimited"
        clock.now += 1
        await client.chat_postMessage(channel=GENERAL, text="x")
        for call in (client.users_list, client.auth_test):
            await call()
            assert await refused(call()) == "ratelimited"


async def test_ordered_rate_limits_run_like_real_ones(slack, client, clock):
    slack.fault("chat.postMessage", status=429, retry_after=3, times=2)
    for wait in (0, 1, 2):
        clock.now += wait
        assert await refused(client.chat_postMessage(channel=GENERAL, text="x")) == "ratelimited"
    assert slack.violations == 1
    clock.now += 3
    await client.chat_postMessage(channel=GENERAL, text="x")


async def test_faults_of_the_answer(slack, client):
    slack.fault("chat.postMessage", error="message_not_found")
    slack.fault("chat.postMessage", status=500)
    slack.fault("chat.postMessage", garbage=True)
    assert await refused(client.chat_postMessage(channel=GENERAL, text="1")) == "message_not_found"
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=GENERAL, text="2")
    assert slack.calls[-1].status == 500
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=GENERAL, text="3")
    assert [message.text for message in slack.messages] == ["3"]


async def test_connections_cut_before_and_after_the_effect(slack, client):
    for drop in ("before", "after"):
        slack.fault("chat.postMessage", drop=drop)
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.chat_postMessage(channel=GENERAL, text=drop)
    assert [message.text for message in slack.messages] == ["after"]


async def test_faults_can_be_chosen_by_a_predicate_slow_and_taken_back(slack, client):
    slack.fault("chat.postMessage", error="fatal_error", times=None, when=lambda call: "bad" in call.args["text"])
    slack.fault("chat.postMessage", slow=0.05)
    for _ in range(2):
        assert await refused(client.chat_postMessage(channel=GENERAL, text="bad")) == "fatal_error"
    await client.chat_postMessage(channel=GENERAL, text="good")
    slack.heal()
    await client.chat_postMessage(channel=GENERAL, text="bad")
    assert [message.text for message in slack.messages] == ["good", "bad"]


async def test_waiting_needs_no_polling_and_names_the_last_calls(slack, client):
    posted = await client.chat_postMessage(channel=GENERAL, text="x")
    assert await slack.wait_for(lambda: slack.thread(GENERAL, posted["ts"]))
    with pytest.raises(TimeoutError, match=r"chat\.postMessage 200"):
        await slack.wait_for(lambda: False, timeout=0.01)
