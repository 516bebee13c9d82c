"""What people send that is no question, or hardly one: a clear sentence or silence, and the process goes on."""

import pytest

from bot.demo.slack import Message
from bot.slack.door import STRANGER
from tests.scenario.house import QUESTION, Asked, House, house_fixture, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture("http", "socket", max_fragments=12)

PICTURE = {"id": "F0PICTURE", "name": "x.png", "mimetype": "image/png"}


async def told(home: House, asked: Asked) -> Message:
    """Return the only message that the app wrote about something it did not ask anybody."""
    message = await asked.told()
    assert "Reference" not in message.text, "there is nothing to find"
    assert home.posts(asked.channel) == [message]
    return message


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b", "\x00\x07\x1b"], ids=["nothing", "blanks", "invisible", "controls"]
)
@pytest.mark.parametrize("way", ["mention", "dm"])
async def test_an_empty_question_gets_the_help(home: House, text: str, way: str):
    asked = await home.ask(text, way=way)
    message = await told(home, asked)

    assert asked.delivery.acked
    assert "There is no question in this message" in message.text


async def test_an_empty_command_opens_the_form_for_its_user_alone(home: House):
    asked = await home.ask("", way="slash")
    await home.slack.wait_for(lambda: home.slack.modals(asked.user))

    assert "/ask help" in asked.delivery.reply["text"]
    assert home.posts(asked.channel) == []


async def test_a_picture_alone_is_told_that_text_is_read(home: House):
    asked = await home.ask("", way="dm", files=[PICTURE])

    assert "what you want to know about it" in (await told(home, asked)).text


async def test_a_picture_with_a_question_is_answered(home: House):
    asked = await home.ask(QUESTION, way="dm", files=[PICTURE])

    assert "3 of 3 answered" in shown(await asked.final())


@pytest.mark.parametrize("way", ["mention", "dm"])
async def test_too_long_a_question_is_told_the_limit(home: House, way: str):
    calls = len(home.llm.calls)
    asked = await home.ask("w" * 40_001, way=way)
    message = await asked.final()

    assert "40,001 characters; at most 40,000" in message.text
    assert asked.reference in message.text
    assert len(home.llm.calls) == calls


async def test_a_question_of_exactly_the_limit_is_answered(home: House):
    sentence = "What does a walrus eat in winter, and why? "
    text = (sentence * 1_000)[: 40_000 - 1].strip().ljust(40_000, "y")
    asked = await home.ask(text)
    await asked.final()

    assert len(text) == 40_000
    assert "could not" not in asked.text
    assert "canned text" in asked.text


async def test_two_hundred_questions_are_answered_in_at_most_twelve_parts(home: House):
    calls = len(home.llm.calls)
    asked = await home.ask("\n".join(f"{n}. How deep is lake number {n}?" for n in range(1, 201)))
    final = await asked.final()
    sent = "\n".join(call.asked.text for call in home.llm.calls[calls:])

    assert len(home.llm.calls) - calls <= 12
    assert all(f"lake number {n}?" in sent for n in range(1, 201))
    assert " answered · " in shown(final)


STRANGE = {
    "code": '```\nfor (;;) { a[i] <= b && f("x"); }\n```',
    "binary": "what \x00\x01\x02\ufffd\x7f is \x1b[31m this \x9f?",
    "right to left": "\u0645\u0627 \u0647\u064a \u0627\u0644\u0639\u0627\u0635\u0645\u0629\u061f \u202e",
    "lone surrogate": "What is \ud83d this?",
    "emoji": "Why \U0001f937\U0001f3fd\u200d\u2640\ufe0f?",
    "private use": "What is \ue0000\ue001 and \ue00099\ue001?",
    "zalgo": "Z" + "\u0335\u0322" * 400 + "?",
    "one word": "w" * 5_000,
    "template": "{{7*7}} ${jndi:ldap://x} %s %d {0} <script>alert(1)</script>?",
    "entities": "Is 1 &lt; 2 &amp;&amp; 3 &gt; 2?",
    "markup": "Ask <#C0GENERAL|general> and <!here> or <https://example.org|this>?",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
async def test_strange_text_is_answered(home: House, text: str):
    asked = await home.ask(text, way="dm")
    final = await asked.final()

    assert "canned text" in shown(final)


async def test_a_dot_is_no_question(home: House):
    asked = await home.ask("...?!", way="mention")

    assert "There is no question in this message" in (await told(home, asked)).text


async def test_silence_for_bots_edits_deletions_and_what_is_not_for_us(home: House):
    channel, user = home.place(), home.person()
    calls = len(home.llm.calls)
    await home.slack.bot_message(channel, f"<@{home.slack.bot_user}> what is a walrus?")
    said = await home.slack.say(channel, user, "What is a walrus?")
    await home.slack.edit(said.message, f"<@{home.slack.bot_user}> what is a walrus?")
    await home.slack.remove(said.message)
    await home.slack.mention(channel, user, "What is a walrus?", team="T0ELSEWHERE")
    deliveries = home.slack.deliveries[-5:]
    await home.alive()

    assert all(delivery.acked and len(delivery.attempts) == 1 for delivery in deliveries)
    assert home.posts(channel) == []
    assert len(home.llm.calls) == calls + 3


async def test_a_command_of_another_workspace_is_refused_in_one_sentence(home: House):
    channel = home.place()
    delivery = await home.slack.slash(channel, home.person(), QUESTION, team="T0ELSEWHERE")
    await home.alive()

    assert delivery.reply == {"response_type": "ephemeral", "text": STRANGER}
    assert home.posts(channel) == []


async def test_the_process_goes_on_and_logs_no_word_of_all_this(home: House):
    await home.alive()
    log = home.log.getvalue()

    assert not any(word in log for word in ("walrus", "wwww", "lake number", "jndi", "for (;;)"))
