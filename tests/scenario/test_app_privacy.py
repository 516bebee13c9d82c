"""On the wire: what identifies people never reaches a provider, in no spelling that we can think of."""

import re

import pytest

from bot.demo.llm import echo
from tests.scenario.house import House, house_fixture, shown, wire
from tests.scenario.planted import KEY, PLANTED, found

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture("http", "socket")

QUESTIONS = (
    f"Who is {PLANTED['mail']} and what does she sell? Call {PLANTED['telephone']} or not? What costs bread in Oslo?",
    f"Is card {PLANTED['card']} valid? Which bank has {PLANTED['iban']}? Which planet is biggest?",
    f"Why does {PLANTED['address']} not answer? My password: {PLANTED['password']} is it good? Rotate {KEY} how?",
    f"Should I ask <@{PLANTED['slack user']}>? What would {PLANTED['colleague']} say? What is a fjord?",
)


async def test_planted_identifiers_never_reach_a_provider(home: House):
    for way, question in zip(("mention", "dm", "slash", "mention"), QUESTIONS, strict=True):
        asked = await home.answered(question, way=way)
        assert re.search(r"· \d.* hidden ·", shown(await asked.final()))

    assert len(home.llm.calls) > len(QUESTIONS), "nothing was split"
    assert found([wire(home)]) == []


async def test_nothing_of_slack_reaches_a_provider(home: House):
    asked = await home.answered()
    sent = wire(home)
    ids = [asked.user, asked.channel, asked.delivery.ts, asked.reference, home.slack.team, home.slack.bot_token]

    assert not any(word.encode() in sent for word in ids)


async def test_no_provider_gets_anothers_part(home: House):
    before = len(home.llm.calls)
    await home.answered()
    texts = [(call.provider, call.asked.text) for call in home.llm.calls[before:]]

    assert len({provider for provider, _ in texts}) == 3
    assert all(sum(word in text for word in ("walrus", "lighthouse", "bread")) == 1 for _, text in texts)


async def test_what_was_hidden_is_restored_for_the_asker_but_secrets_are_not(home: House):
    home.llm._answer = echo
    try:
        asked = await home.answered(f"Repeat {PLANTED['mail']} and then {KEY} for me.")
    finally:
        home.llm._answer = home.script.answer
    told = shown(await asked.final())

    assert PLANTED["mail"] in told
    assert KEY not in told


async def test_who_is_mentioned_is_hidden_and_comes_back_by_name_and_inert(home: House):
    await home.service.slack.people.refresh()
    friend = home.person()
    home.llm._answer = echo
    before = len(home.llm.calls)
    try:
        asked = await home.answered(
            f"Write a note to <@{friend}> about the late invoice, <tel:+4915112345678|+49 151 12345678>."
        )
    finally:
        home.llm._answer = home.script.answer
    told = shown(await asked.final())
    (call,) = home.llm.calls[before:]

    assert f"@Qx{friend.removeprefix('U0QX').lstrip('0') or '0'} Zz" in told
    assert friend not in told
    assert not any(word in call.asked.text for word in (friend, "Zz", "12345678"))
    assert call.asked.text.count("PHONE_") == 1
    assert "CREDIT" not in call.asked.text


async def test_the_log_and_the_database_hold_no_word_of_the_questions(home: House):
    log = home.log.getvalue()
    files = [path.read_bytes() for path in home.folder.iterdir() if path.is_file()]
    words = [*PLANTED.values(), "fjord", "walrus"]
    words.remove(PLANTED["slack user"])

    assert not [word for word in words if word in log]
    assert not [word for word in words if any(word.encode() in data for data in files)]
