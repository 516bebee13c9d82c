"""On the wire: what identifies people never reaches a provider, in no spelling that we can think of."""

import base64
import re
from urllib.parse import quote, quote_plus

import pytest

from bot.demo.llm import echo
from tests.scenario.house import House, house_fixture, shown, wire

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture("http", "socket")

KEY = "sk-" + "proj-" + "Zq7" * 12
PLANTED = {
    "mail": "greta.oddvar@fjordline.example",
    "telephone": "+49 30 901820 17",
    "card": "4556 7375 8689 9855",
    "iban": "DE89 3704 0044 0532 0130 00",
    "address": "203.0.113.77",
    "key": KEY,
    "password": "hunter2-Kestrel!",
    "slack user": "U0QX311",
    "colleague": "Qx312 Zz312",
}
"""What must not leave; the card and the account are the published examples of their formats."""

QUESTIONS = (
    f"Who is {PLANTED['mail']} and what does she sell? Call {PLANTED['telephone']} or not? What costs bread in Oslo?",
    f"Is card {PLANTED['card']} valid? Which bank has {PLANTED['iban']}? Which planet is biggest?",
    f"Why does {PLANTED['address']} not answer? My password: {PLANTED['password']} is it good? Rotate {KEY} how?",
    f"Should I ask <@{PLANTED['slack user']}>? What would {PLANTED['colleague']} say? What is a fjord?",
)


def spellings(value: str) -> set[bytes]:
    """Return a value as it might stand in a body: plain, joined, escaped, in base64 at each of the three offsets."""
    joined = re.sub(r"[\s.-]", "", value)
    found = {
        value.encode(),
        quote(value).encode(),
        quote_plus(value).encode(),
        value.encode("utf-16-le"),
        joined.encode(),
    }
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + value.encode())
        found.add(coded[(4 if shift else 0) : len(coded) // 4 * 4 - 4])
    return found | {value.encode().hex().encode()}


async def test_planted_identifiers_never_reach_a_provider(home: House):
    for way, question in zip(("mention", "dm", "slash", "mention"), QUESTIONS, strict=True):
        asked = await home.answered(question, way=way)
        assert "identifier" in shown(await asked.final())
    sent, folded = wire(home), re.sub(rb"[\s.-]", b"", wire(home)).lower()

    assert len(home.llm.calls) >= 8
    for name, value in PLANTED.items():
        assert not any(spelling in sent for spelling in spellings(value)), name
        assert re.sub(r"[\s.-]", "", value).lower().encode() not in folded, name


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


async def test_the_log_and_the_database_hold_no_word_of_the_questions(home: House):
    log = home.log.getvalue()
    files = [path.read_bytes() for path in home.folder.iterdir() if path.is_file()]
    words = [*PLANTED.values(), "fjord", "walrus"]
    words.remove(PLANTED["slack user"])

    assert not [word for word in words if word in log]
    assert not [word for word in words if any(word.encode() in data for data in files)]
