"""What people do in the emulated Slack, as a real Bolt AsyncApp hears it over HTTP and over Socket Mode."""

import pytest
from slack_rig import BOTH, GENERAL, rig

BUTTONS = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "stop_query", "value": "7", "text": {"type": "plain_text", "text": "Stop"}},
            {
                "type": "static_select",
                "action_id": "choose",
                "options": [{"text": {"type": "plain_text", "text": v}, "value": v} for v in "ab"],
            },
        ],
    },
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "good"},
                "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "bad"},
            }
        ],
    },
]
MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [BUTTONS[0]],
}


@BOTH
async def test_a_mention_stands_in_the_channel_before_it_is_delivered(transport):
    async with rig(transport) as it:

        @it.app.event("app_mention")
        async def answer(event, client):
            thread = await client.conversations_replies(channel=event["channel"], ts=event["ts"])
            await client.chat_postMessage(
                channel=event["channel"], thread_ts=event["ts"], text=thread["messages"][0]["text"]
            )

        asked = await it.slack.mention(GENERAL, "U0ADA", "why?", event_id="Ev1")
        _, reply = await it.slack.wait_for(
            lambda: it.slack.thread(GENERAL, asked.ts)[1:] and it.slack.thread(GENERAL, asked.ts)
        )
        assert reply.text == f"<@{it.slack.bot_user}> why?"
        assert (asked.acked, asked.status, asked.event_id, len(asked.attempts)) == (True, 200, "Ev1", 1)
        assert it.slack.ack_times == [asked.seconds]
        assert asked.seconds > 0


@BOTH
async def test_direct_messages_and_what_else_people_write(transport):
    async with rig(transport) as it:
        it.hear("message", "app_mention")
        slack = it.slack
        await slack.direct_message("U0ADA", "hello", files=[{"id": "F1"}])
        said = await slack.say(GENERAL, "U0ADA", "nothing for the app")
        await slack.edit(said.message, "changed")
        await slack.bot_message(GENERAL, "from a bot")
        await slack.bot_message(GENERAL, f"<@{slack.bot_user}> from a bot")
        await slack.remove(said.message)
        root = await slack.say(GENERAL, "U0ADA", "a thread")
        await slack.say(GENERAL, "U0ADA", "a reply", root.ts)
        await slack.remove(root.message)
        await slack.wait_for(lambda: len(it.heard) == 9)
        events = sorted((event for event, _, _ in it.heard), key=lambda event: event["event_ts"])
        assert [(e["type"], e.get("subtype"), e.get("channel_type")) for e in events] == [
            ("message", "file_share", "im"),
            ("message", None, "channel"),
            ("message", "message_changed", "channel"),
            ("message", "bot_message", "channel"),
            ("app_mention", "bot_message", None),
            ("message", "message_deleted", "channel"),
            ("message", None, "channel"),
            ("message", None, "channel"),
            ("message", "message_changed", "channel"),
        ]
        assert events[-1]["message"]["subtype"] == "tombstone"
        assert events[-1]["previous_message"]["user"] == "U0ADA"
        assert events[2]["message"]["text"] == "changed"
        assert events[2]["previous_message"]["text"] == "nothing for the app"
        assert events[3]["bot_id"] == "B0ROBOT"


@BOTH
async def test_slash_commands_carry_links_that_work(transport):
    async with rig(transport) as it:

        @it.app.command("/ask")
        async def ask(ack, body, respond, client):
            await ack(f"working on {body['text']}")
            await respond("later")
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

        used = await it.slack.slash(GENERAL, "U0ADA", "why?")
        await it.slack.wait_for(lambda: it.slack.modals("U0ADA"))
        assert sorted(message.text for message in it.slack.ephemerals("U0ADA")) == ["later", "working on why?"]
        assert used.payload["channel_name"] == "general"
        assert used.message is None
        with pytest.raises(LookupError):
            assert used.ts
        direct = await it.slack.slash(it.slack.dm("U0ALAN"), "U0ALAN", "why?", team="T0OTHER")
        assert (direct.payload["channel_name"], direct.payload["team_id"]) == ("directmessage", "T0OTHER")


@BOTH
async def test_clicks_are_found_on_the_message_and_never_resent(transport):
    async with rig(transport) as it:
        clicks = []

        @it.app.action({"action_id": "stop_query"})
        @it.app.action({"action_id": "choose"})
        @it.app.action({"action_id": "feedback"})
        async def pressed(ack, action, body, respond):
            await ack()
            clicks.append((body["user"]["id"], body["container"], action))
            await respond("noted", replace_original=False)

        it.hear("message")
        slack = it.slack
        root = (await slack.say(GENERAL, "U0ADA", "q")).ts
        posted = await it.app.client.chat_postMessage(channel=GENERAL, text="x", blocks=BUTTONS, thread_ts=root)
        message = slack.messages[-1]
        await slack.action("U0ADA", message, "stop_query")
        await slack.action("U0GRACE", message, "feedback", "bad")
        await slack.action("U0GRACE", message, "choose", "b")
        await slack.wait_for(lambda: len(slack.ephemerals("U0GRACE")) == 2)
        await it.app.client.chat_update(channel=GENERAL, ts=posted["ts"], text="done")
        await slack.action("U0ADA", message, "stop_query", "7")
        await slack.wait_for(lambda: len(clicks) == 4)
        assert [user for user, _, _ in clicks] == ["U0ADA", "U0GRACE", "U0GRACE", "U0ADA"]
        assert clicks[0][1]["thread_ts"] == root
        assert [a.get("value") or a["selected_option"]["value"] for _, _, a in clicks] == ["7", "bad", "b", "7"]
        await it.app.client.chat_postEphemeral(channel=GENERAL, user="U0ADA", text="x", blocks=BUTTONS[:1])
        await slack.action("U0ADA", slack.messages[-1], "stop_query")
        await slack.wait_for(lambda: len(clicks) == 5)
        assert (clicks[4][1]["is_ephemeral"], clicks[3][1]["is_ephemeral"]) == (True, False)
        for missing in (("nothing", None), ("stop_query", "8"), ("choose", "c")):
            with pytest.raises(LookupError):
                await slack.action("U0ADA", message, *missing)


@BOTH
async def test_modals_are_clicked_and_submitted(transport):
    async with rig(transport) as it:
        replies = [
            {"response_action": "errors", "errors": {"b0": "no"}},
            {"response_action": "update", "view": MODAL | {"title": {"type": "plain_text", "text": "Two"}}},
            {"response_action": "push", "view": MODAL},
            {"response_action": "clear"},
            {},
        ]
        values = []

        @it.app.command("/ask")
        @it.app.action("stop_query")
        async def show(ack, body, client):
            await ack()
            show_view = client.views_push if "view" in body else client.views_open
            await show_view(trigger_id=body["trigger_id"], view=MODAL)

        @it.app.view("form")
        async def submitted(ack, view):
            values.append(view["state"]["values"])
            await ack(**replies.pop(0))

        slack = it.slack
        await slack.slash(GENERAL, "U0ADA", "")
        (first,) = await slack.wait_for(lambda: slack.modals("U0ADA"))
        await slack.action("U0ADA", first, "stop_query")
        await slack.wait_for(lambda: len(slack.modals("U0ADA")) == 2)
        open_modals = []
        for _ in range(4):
            await slack.view_submission("U0ADA", first, {"b0": {"x": {"value": "1"}}})
            open_modals.append(len(slack.modals("U0ADA")))
        assert open_modals == [2, 2, 3, 0]
        assert first.content["title"]["text"] == "Two"
        await slack.slash(GENERAL, "U0GRACE", "")
        (other,) = await slack.wait_for(lambda: slack.modals("U0GRACE"))
        await slack.view_submission("U0GRACE", other, {"b0": {"x": {"value": "1"}}})
        assert slack.modals("U0GRACE") == []
        assert values == [{"b0": {"x": {"value": "1"}}}] * 5
