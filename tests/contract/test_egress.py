"""The guard on the wire: what it lets out, what it stops, and what it writes down first."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.demo.llm import LLM, echo
from bot.errors import BadReply, EgressRefused
from bot.model.plan import Entity
from bot.model.records import Receipt
from bot.privacy.client import http_client
from bot.privacy.egress import BARE, Guard, Permit, origin_of, permitted
from bot.privacy.leaks import leak, strings
from bot.providers import PROVIDERS, ProviderConfig, wires

ALICE = Entity("PERSON", "Alice Meyer")
CARD = Entity("CARD", "4111 1111 1111 1111")
EMAIL = Entity("EMAIL", "a.meyer@example.org")
INSTRUCTIONS = "You answer one part of a longer message. Keep tokens such as PERSON_1Q7 as they are."


class Rows:
    """A ledger that keeps its rows, and may fail."""

    def __init__(self, *, broken: bool = False) -> None:
        self.rows: list[Receipt] = []
        self.sent_before: list[int] = []
        self.broken = broken
        self.llm: LLM | None = None

    async def append(self, receipt: Receipt) -> None:
        """Keep it, and how much had been sent by then."""
        if self.broken:
            raise OSError("disk full")
        self.rows.append(receipt)
        self.sent_before.append(len(self.llm.calls) if self.llm else 0)


class Wire:
    """A guarded client, its ledger, and the emulator at the other end."""

    def __init__(self, llm: LLM, client: httpx2.AsyncClient, ledger: Rows) -> None:
        self.llm, self.client, self.ledger = llm, client, ledger
        self.url = f"{llm.openai_base_url}/chat/completions"
        self.permit = Permit(
            "request-1", 2, "openai", "gpt-6.1-terra", 3, True, (ALICE, CARD, EMAIL), b"secret",
            origin_of(self.url), 0.4, {"PERSON": 1}, {"P2": True},
        )  # fmt: skip

    async def post(self, text: str = "Hello", *, url: str = "", permit: Permit | None = None, **more: object):
        """Send a chat completion by hand, as an SDK would."""
        body = {"model": "gpt-6.1-terra", "messages": [{"role": "user", "content": text}], "max_tokens": 2000}
        with permitted(permit or self.permit):
            return await self.client.post(url or self.url, **({"json": body} | more))


def at(kind: str, url: str) -> ProviderConfig:
    """Return the configuration of a provider at an address."""
    return ProviderConfig(kind, kind, SecretStr("k"), url, "model-1", 5, 8)


@asynccontextmanager
async def wire(*, broken: bool = False, **options: object):
    async with LLM(answer=echo) as llm:
        ledger = Rows(broken=broken)
        ledger.llm = llm
        client = http_client(
            wires(map(at, ("openai", "google"), (llm.openai_base_url, llm.google_base_url)), PROVIDERS),
            ledger,
            instructions=[INSTRUCTIONS],
            clock=lambda: 7.0,
            **options,
        )
        try:
            yield Wire(llm, client, ledger)
        finally:
            await client.aclose()


async def test_the_receipt_is_written_before_the_bytes_leave_and_tells_of_them():
    async with wire() as line:
        answer = await line.post("Hello PERSON_1Q7")
        assert answer.status_code == 200
        (receipt,), (call,) = line.ledger.rows, line.llm.calls
        assert line.ledger.sent_before == [0]
        assert receipt == Receipt(
            request_id="request-1",
            fragment=2,
            provider="openai",
            model="gpt-6.1-terra",
            attempt=3,
            hedged=True,
            sent_at=7.0,
            host=line.permit.origin.removeprefix("http://"),
            size=len(call.body),
            digest=hmac.new(b"secret", call.body, hashlib.sha256).hexdigest(),
            share=0.4,
            masked={"PERSON": 1},
            verdicts={"P1": True, "P2": True},
        )


async def refused(line: Wire, **how: object) -> str:
    with pytest.raises(EgressRefused) as caught:
        await line.post(**how)
    return caught.value.reason


async def test_without_a_permit_nothing_leaves():
    async with wire() as line:
        with pytest.raises(EgressRefused) as caught:
            await line.client.post(line.url, json={})
        assert caught.value.reason == "no_permit"
        assert line.llm.calls == line.ledger.rows == []


async def test_only_the_permits_own_address_is_reached():
    async with wire() as line:
        google = f"{line.llm.google_base_url}/v1/chat/completions"
        assert await refused(line, url=google) == "host"
        elsewhere = f"{line.llm.anthropic_base_url}/v1/messages"
        assert await refused(line, url=elsewhere, permit=replace(line.permit, origin=origin_of(elsewhere))) == "host"
        assert line.llm.calls == line.ledger.rows == []
        await line.post(url=google, permit=replace(line.permit, origin=origin_of(google)))
        assert len(line.llm.calls) == 1


async def test_a_redirect_is_not_followed():
    async with wire() as line:
        line.llm.fail("openai", "redirect")
        assert await refused(line, follow_redirects=True) == "host"
        assert len(line.llm.calls) == 1


async def test_a_broken_ledger_stops_the_call():
    async with wire(broken=True) as line:
        assert await refused(line) == "ledger"
        assert line.llm.calls == []


LEAKS = {
    "plain": "ask Alice Meyer about it",
    "other case": "ask ALICE meyer about it",
    "full width": "ask Ａｌｉｃｅ Ｍｅｙｅｒ about it",
    "invisible": "ask Al\u200bice\u00ad Me\u2060yer about it",
    "other separators": "see alice-meyer's page",
    "no separator": "see alice_meyer and alicemeyer",
    "card": "pay with 4111-1111.1111/1111 now",
    "card glued": "x4111111111111111y",
    "email": "write to A.Meyer@Example.ORG!",
    "base64": "see " + base64.b64encode(b"Alice Meyer").decode(),
    "base64, shifted": "see " + base64.b64encode(b"??Alice Meyer!").decode(),
    "base64 for URLs": "see " + base64.urlsafe_b64encode("\N{SNOWMAN}?>~ Alice Meyer".encode()).decode(),
    "url": "see /q?name=" + quote("Alice Meyer"),
    "url, every byte": "".join(f"%{byte:02x}" for byte in b"Alice Meyer"),
    "hexadecimal": "see 0" + b"Alice Meyer".hex(),
    "hexadecimal, apart": "see " + b"Alice Meyer".hex(":").upper(),
    "HTML entities": "see " + "".join(f"&#{ord(letter)};" for letter in "Alice Meyer"),
    "escaped twice": "see \\u0041lice\\u0020Meyer",
    "nested JSON": json.dumps({"note": "Alice Meyer"}),
}


@pytest.mark.parametrize("text", LEAKS.values(), ids=LEAKS)
async def test_a_leak_is_stopped_in_whatever_form(text):
    async with wire() as line:
        assert await refused(line, text=text) == "leak"
        for body in (
            {"content": [{"deep": [text]}]},
            {text: 1},
            {"parts": [{"text": part} for part in text.split(" ", 1)]},
        ):
            assert await refused(line, json=body) == "leak"
        assert line.llm.calls == line.ledger.rows == []


async def test_a_leak_outside_the_texts_is_stopped():
    async with wire() as line:
        assert await refused(line, content=b'{"content": "ask \\u0041lice Meyer"}') == "leak"
        assert await refused(line, content=b'{"a": "Alice Meyer", "a": "twice the same key"}') == "leak"
        assert await refused(line, content=b'{"max_tokens": 4111111111111111}') == "leak"
        assert await refused(line, content=b'{"n": 4111111111111111.0}') == "leak"
        assert await refused(line, url=f"{line.url}?note={quote('Alice Meyer')}") == "leak"
        assert await refused(line, url=f"{line.url}/alice.meyer/x") == "leak"
        assert await refused(line, headers={"Authorization": "Bearer a.meyer@example.org"}) == "leak"
        assert line.llm.calls == []


async def test_what_cannot_be_read_is_not_sent():
    async with wire() as line:
        assert await refused(line, content=b"--multipart") == "scan_failed"
        assert await refused(line, content=b'{"a": "\xff\xfe"}') == "scan_failed"
        assert line.llm.calls == []


async def test_headers_and_cookies_that_tell_of_us_stay_here():
    async with wire() as line:
        await line.post(headers={"X-Note": "Alice Meyer", "Cookie": "a=b", "OpenAI-Organization": "acme"})
        sent = {name.lower() for name in line.llm.calls[0].headers}
        assert sent <= {"host", "content-type", "content-length", "accept", "accept-encoding", "user-agent"}
        assert line.llm.calls[0].headers["Accept-Encoding"] == "identity"


async def test_our_own_words_are_nobodys():
    names = tuple(
        Entity("ORG", word)
        for word in (
            "message",
            "gpt-6.1-terra",
            "user",
            "part",
            "JSON",
            "chat",
            "2000",
            "127.0.0.1",
            "PERSON",
            "Python",
        )
    )
    async with wire() as line:
        body = {
            "model": "gpt-6.1-terra",
            "messages": [{"role": "system", "content": INSTRUCTIONS}, {"role": "user", "content": "PERSON_1Q7?"}],
            "max_tokens": 2000,
        }
        await line.post(json=body, permit=replace(line.permit, entities=names))
        assert len(line.llm.calls) == 1


@pytest.mark.parametrize("fault", ["huge", "endless"])
async def test_an_answer_is_bounded_while_it_is_read(fault):
    async with wire(max_reply_bytes=50_000) as line:
        line.llm.fail("openai", fault)
        with pytest.raises(BadReply):
            await line.post()
        await line.llm.wait_for(lambda calls: calls[0].ended is not None)


async def test_a_compressed_answer_is_not_unpacked():
    async with wire() as line:
        line.llm.fail("openai", "lying_encoding")
        with pytest.raises(BadReply):
            await line.post()


async def test_a_body_without_bytes_may_leave():
    async with wire() as line:
        with permitted(line.permit):
            assert (await line.client.get(line.url)).status_code == 405
        assert line.ledger.rows[0].size == 0


def test_the_check_stands_alone():
    guard = Guard(httpx2.AsyncHTTPTransport(trust_env=False), {"https://api.example.com/v1/alice": BARE}, Rows())
    permit = Permit(
        "r", 1, "p", "m", 1, False, (Entity("ORG", "Alice"),), b"s", "https://api.example.com:443", 0, {}, {}
    )
    receipt = guard.check(permit, "https://api.example.com/v1/alice/chat/completions", {}, b'{"a": 1}')
    assert (receipt.size, receipt.host) == (8, "api.example.com")
    for url in ("https://api.example.com:444/v1", "http://api.example.com/v1", "ftp://api.example.com", "nonsense"):
        with pytest.raises(EgressRefused) as caught:
            guard.check(permit, url, {}, b"{}")
        assert caught.value.reason == "host"
    with pytest.raises(EgressRefused) as caught:
        guard.check(permit, "https://api.example.com/v1", {"X-Note": "alice"}, b"{}")
    assert caught.value.reason == "leak"
    assert "secret" not in repr(replace(permit, secret=b"secret", entities=(ALICE,)))
    assert "Alice" not in repr(replace(permit, entities=(ALICE,)))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://api.example.com/v1", "https://api.example.com:443"),
        ("http://API.example.com:8080/", "http://api.example.com:8080"),
        ("http://[::1]:5/x", "http://[::1]:5"),
    ],
)
def test_the_origin_always_names_its_port(url, origin):
    assert origin_of(url) == origin


# The search itself


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("also al dente", "Al", True),
        ("also", "Al", False),
        ("Ali\u00e9nor", "ALI\u00c9NOR", True),
        ("place it in grid cells", "Ingrid", False),
        ("in-grid", "Ingrid", True),
        ("Ingrid's", "ingrid", True),
        ("joann leeds", "Ann Lee", False),
        ("ann\nlee", "Ann Lee", True),
        ("the O(n) and theo", "Theo", True),
        ("the O(n)", "Theo", False),
        ("will it rain, may I", "Will", False),
        ("WILL it", "Will", True),
        ("Will it", "Will", True),
        ("Will Smith", "Bill", False),
        ("my pin is 47-11 now", "4711", True),
        ("47110", "4711", False),
        ("room 12b", "12", False),
        ("room 12", "12", True),
        ("C++ code", "C++", True),
        ("C code", "C++", False),
        ("the password is a! ok", "a!", True),
        ("the password is *** ok", "***", True),
        ("nothing here", "   ", False),
        ("a b c", "A", False),
        ("\u6211\u53eb\u738b\u5c0f\u660e\u4f60\u597d", "\u738b\u5c0f\u660e", True),
        ("PERSON_1Q7 and ACCT_4411XX", "ACCT_4411XX", True),
        ("PERSON_1Q7", "1Q7", False),
        ("%E4%BD%A0 100% sure", "sure thing", False),
    ],
)
def test_what_counts_as_the_same(text, value, found):
    assert (leak([text], [Entity("PERSON", value)]) is not None) is found


@settings(max_examples=60)
@given(
    digits=st.text("0123456789", min_size=6, max_size=19),
    seams=st.lists(st.sampled_from(["", " ", "-", ".", "\u200b", "\u00a0", "/"]), min_size=19, max_size=19),
    around=st.tuples(st.text(max_size=30), st.text(max_size=30)),
)
def test_a_number_is_found_whatever_separates_its_digits(digits, seams, around):
    written = "".join(digit + seam for digit, seam in zip(digits, seams, strict=False))
    body = json.dumps({"content": f"{around[0]} {written} {around[1]}"}).encode()
    assert leak(strings(body), [Entity("NUMBER", digits)]) is not None


@settings(max_examples=60)
@given(text=st.text(max_size=80), value=st.text(max_size=20))
def test_the_search_never_fails_on_any_text(text, value):
    leak(strings(json.dumps([text]).encode()), [Entity("PERSON", value)])


def test_the_search_is_linear_enough_for_a_long_paste():
    """500 values in 40,000 characters took 10 ms when this was written; the bound is for a busy machine."""
    text = " ".join(f"word{number}" for number in range(4_500))[:40_000]
    entities = [Entity("PERSON", f"Nobody{number} Atall") for number in range(500)]
    begun = time.process_time()
    assert leak(strings(json.dumps([text]).encode()), entities) is None
    assert time.process_time() - begun < 2


async def test_an_https_address_is_never_spoken_to_in_the_clear():
    async with LLM() as llm:
        url = llm.openai_base_url.replace("http:", "https:")
        client = http_client({url: BARE}, Rows())
        permit = Permit("r", 1, "openai", "m", 1, False, (), b"s", origin_of(url), 0, {}, {})
        try:
            with permitted(permit), pytest.raises(httpx2.TransportError):
                await client.post(url, json={})
        finally:
            await client.aclose()
        assert llm.calls == []


def test_a_value_in_capitals_without_a_letter_of_their_own_is_found():
    name = "\u03bb\u03b1\u03b0\u03c1\u03b1"  # its third letter has no capital: three characters stand for it
    assert leak([name.upper()], [Entity("PERSON", name)]) is not None


@pytest.mark.parametrize("body", [{"a": "4111 1111", "b": "1111 1111"}, ["4111 1111", "1111 1111"]])
def test_a_value_that_is_spread_over_neighbours_is_found_in_their_order(body: object):
    written = json.dumps(body).encode()
    card = Entity("CARD", "4111 1111 1111 1111")
    found = [text for text in strings(written) if not text.isalpha()]
    assert "".join(found) == "4111 11111111 1111"
    assert leak(found, [card]) is not None
