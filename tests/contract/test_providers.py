"""Each provider through its real SDK, the guarded client and real sockets, against the emulated wire formats."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import math
import socket
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib import metadata
from itertools import pairwise

import aiohttp
import httpx2
import pytest
from packaging.requirements import Requirement
from pydantic import SecretStr

from bot import errors
from bot.demo.llm import LLM, echo
from bot.demo.llm.server import PATHS as EMULATED
from bot.house import words
from bot.model.outcome import Reply
from bot.model.plan import Entity, Prompt
from bot.model.records import Receipt
from bot.ports import Provider
from bot.privacy.client import http_client
from bot.privacy.egress import Permit, origin_of, permitted
from bot.providers import PROVIDERS, ProviderConfig, build, configured, paths, wires
from bot.providers.shared.draft import Draft
from bot.providers.shared.failures import from_answer, retry_after, translate, translated
from bot.settings import Settings
from tests.patience import HANG_SECONDS

KEY = "key" + "-of-" + "nobody"


def installed(extra: str) -> bool:
    """Tell whether the packages of an extra of ours are there."""
    needed = [r for r in map(Requirement, metadata.requires("tessera") or ()) if r.marker]
    wanted = [r for r in needed if r.marker.evaluate({"extra": extra}) and not r.marker.evaluate({"extra": ""})]
    return bool(wanted) and all(importlib.util.find_spec(r.name.replace("-", "_")) for r in wanted)


OLD = pytest.param(
    "google-generativeai",
    marks=pytest.mark.skipif(
        importlib.util.find_spec("google.generativeai") is None,
        reason="the extra google-generativeai is not installed",
    ),
)
RECORDED = [
    pytest.param(
        name, marks=pytest.mark.skipif(bool(kind.extra) and not installed(kind.extra), reason="its extra is not there")
    )
    for name, kind in PROVIDERS.items()
]
"""Every provider in the table; one with an extra is skipped where the extra is not installed."""

KINDS = [*RECORDED, "compatible", OLD]
PATHS = {**paths(PROVIDERS.values()), "compatible": "/v1", "google-generativeai": ""}
QUESTION = "What does PERSON_1Q7 mean by a snowman \N{SNOWMAN} here?"


class Rows:
    """A ledger that keeps its rows."""

    def __init__(self) -> None:
        self.rows: list[Receipt] = []

    async def append(self, receipt: Receipt) -> None:
        """Keep it."""
        self.rows.append(receipt)


@dataclass
class Line:
    """One provider on the wire to its emulator."""

    llm: LLM
    provider: Provider
    permit: Permit
    kind: str
    ledger: Rows = field(default_factory=Rows)

    async def ask(
        self, *, stream: bool = False, within: float = HANG_SECONDS, text: str = QUESTION, form: dict | None = None
    ) -> tuple[Reply, list[str]]:
        """Ask under the permit; return the reply and what `on_text` was told."""
        told: list[str] = []
        with permitted(self.permit):
            prompt = Prompt("Answer shortly.", text, 100, within, form)
            return await self.provider.ask(prompt, told.append if stream else None), told

    def fail(self, kind: str, times: float = 1) -> None:
        """Let its emulator show a fault."""
        self.llm.fail(self.kind, kind, times=times)

    def heal(self) -> None:
        """Let it show none any more."""
        self.llm.heal(self.kind)


@asynccontextmanager
async def wired(
    kind: str, max_reply_bytes: int = 2_000_000, slash: str = "", **emulator: object
) -> AsyncIterator[Line]:
    async with LLM(paths={kind: PATHS[kind]}, **({"answer": echo, "drip_seconds": 0.01} | emulator)) as llm:
        url = llm.base_url(kind) + slash
        ledger = Rows()
        config = ProviderConfig(kind, kind, SecretStr(KEY), url, "model-1", HANG_SECONDS, 8)
        client = http_client(wires([config], PROVIDERS), ledger, forms=words.FORM, max_reply_bytes=max_reply_bytes)
        provider = build(config, client, max_reply_bytes)
        hidden = (Entity("PERSON", "Alice Meyer"),)
        permit = Permit(
            "request-1", 1, kind, "model-1", 1, False, hidden, b"secret", origin_of(url), 0.3, {"PERSON": 1}, {}
        )
        try:
            yield Line(llm, provider, permit, kind, ledger)
        finally:
            await provider.aclose()
            await client.aclose()


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("kind", KINDS)
async def test_a_plain_answer_arrives_with_its_usage(kind, slash):
    async with wired(kind, slash=slash) as line:
        reply, _ = await line.ask()
        assert reply.text == QUESTION
        assert (reply.model, reply.input_tokens, reply.output_tokens) == ("model-1", 11, 9)
        assert reply.first_text_seconds is None
        (call,) = line.llm.calls
        assert (call.asked.system, call.asked.text) == ("Answer shortly.", QUESTION)
        assert not call.asked.stream


@pytest.mark.parametrize("kind", KINDS)
async def test_a_streamed_answer_grows_piece_by_piece(kind):
    async with wired(kind) as line:
        began = time.perf_counter()
        reply, told = await line.ask(stream=True)
        took = time.perf_counter() - began
        assert reply.text == QUESTION == told[-1]
        assert len(told) == len(QUESTION.split())
        assert all(after.startswith(before) for before, after in pairwise(told))
        assert (reply.input_tokens, reply.output_tokens) == (11, 9)
        assert 0 < reply.first_text_seconds <= took
        assert line.llm.calls[0].asked.stream


@pytest.mark.parametrize("kind", KINDS)
async def test_a_request_holds_the_question_and_nothing_of_us(kind, monkeypatch):
    read_by_sdks = ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "ANTHROPIC_AUTH_TOKEN", "MISTRAL_SDK_TELEMETRY")
    for name in (*read_by_sdks, *(key for k in PROVIDERS.values() for key in (k.key, *k.other_keys))):
        monkeypatch.setenv(name, "from-the-environment")
    for name in ("OPENAI_CUSTOM_HEADERS", "ANTHROPIC_CUSTOM_HEADERS"):
        monkeypatch.setenv(name, "X-Note: from-the-environment")
    for name in (*(k.url_variable for k in PROVIDERS.values()), "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/from-the-environment")
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    async with wired(kind) as line:
        await line.ask()
        (call,) = line.llm.calls
        assert "from-the-environment" not in json.dumps(call.headers) + call.path
        assert KEY in json.dumps(call.headers)
        assert not [name for name in call.headers if "stainless" in name.lower() or name.lower() == "cookie"]
        body = json.loads(call.body)
        assert not {"user", "metadata", "temperature", "store"} & set(body)
        assert limits(body) == [100]


def limits(body: dict[str, object]) -> list[object]:
    """Return what a request says of the length of its answer, under whatever name."""
    inner = [found for value in body.values() if isinstance(value, dict) for found in limits(value)]
    return [value for name, value in body.items() if "tokens" in name.lower()] + inner


OPENAI_FORM = {"type": "json_schema", "json_schema": {"name": "plan", "strict": True, "schema": words.SCHEMA}}
FORMS = {
    "anthropic": ("output_config", {"format": {"type": "json_schema", "schema": words.SCHEMA}}),
    "google": (
        "generationConfig",
        {"maxOutputTokens": 100, "responseMimeType": "application/json", "responseJsonSchema": words.SCHEMA},
    ),
}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_is_held_to_a_form_in_the_providers_own_way(kind, stream):
    async with wired(kind) as line:
        # Words of the form are nobody's, even where somebody is called like one.
        hidden = (*line.permit.entities, Entity("PERSON", "List"), Entity("PERSON", "Schema"))
        line.permit = replace(line.permit, entities=hidden)
        reply, _ = await line.ask(stream=stream, form=words.SCHEMA)
        assert reply.text == QUESTION
        body = json.loads(line.llm.calls[0].body)
    if kind == "google-generativeai":
        form = body["generationConfig"]
        assert form["responseMimeType"] == "application/json"
        assert set(form["responseSchema"]["properties"]) == {"join", "parts"}
    else:
        place, form = FORMS.get(kind, ("response_format", OPENAI_FORM))
        assert body[place] == form


@pytest.mark.parametrize("kind", KINDS)
async def test_without_instructions_there_is_no_system_text(kind):
    async with wired(kind) as line:
        with permitted(line.permit):
            reply = await line.provider.ask(Prompt("", "Hello", 10, 5))
        assert (reply.text, line.llm.calls[0].asked.system) == ("Hello", "")


FAULTS = {
    "header_hang": errors.Timeout,
    "stall": errors.Timeout,
    "drip": errors.Timeout,
    "reset": errors.Unreachable,
    "reset_body": errors.Unreachable,
    "cut_body": errors.BadReply,
    "cut_json": errors.BadReply,
    "malformed_json": errors.BadReply,
    "wrong_json": errors.BadReply,
    "empty_body": errors.BadReply,
    "html": errors.BadReply,
    "huge": errors.BadReply,
    "endless": errors.BadReply,
    "empty_answer": errors.BadReply,
    "lying_encoding": errors.BadReply,
    "redirect": errors.Redirected,
    "400": errors.BadRequest,
    "400_key": errors.AuthFailed,
    "400_credit": errors.QuotaSpent,
    "401": errors.AuthFailed,
    "403": errors.AuthFailed,
    "404": errors.ModelGone,
    "408": errors.Timeout,
    "413": errors.BadRequest,
    "429": errors.RateLimited,
    "429_seconds": errors.RateLimited,
    "429_date": errors.RateLimited,
    "429_ms": errors.RateLimited,
    "429_quota": errors.QuotaSpent,
    "500": errors.Overloaded,
    "502": errors.Overloaded,
    "503": errors.Overloaded,
    "504": errors.Overloaded,
    "529": errors.Overloaded,
    "refusal": errors.Refused,
    "filter": errors.Refused,
    "error_200": errors.Overloaded,
    "quota_200": errors.QuotaSpent,
}
HANGING = {"header_hang", "stall", "drip"}
BLIND = {"error_200", "quota_200"}
"""The older SDK drops what it does not know, so an error inside a 200 is only an answer without text."""

UNKNOWN = {"mistral": {"refusal"}}
"""What a provider's own format does not have: there a refusal is a text like any other."""


async def meet(line: Line, fault: str, stream: bool) -> tuple[errors.TesseraError, int]:
    """Return what a fault is raised as, and after how many questions: a busy machine that sent nothing gets more time.

    What an earlier question sent may arrive when its time is over, so each of them meets the fault.
    """
    before, asked = len(line.llm.calls), 0
    times = (0.3, 3, 30) if fault in HANGING else (HANG_SECONDS,)
    line.fail(fault, times=math.inf)
    while len(line.llm.calls) == before:
        with pytest.raises(errors.TesseraError) as caught:
            await line.ask(stream=stream, within=times[asked])
        asked += 1
    line.heal()
    return caught.value, asked


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "stream"])
@pytest.mark.parametrize("kind", [*RECORDED, OLD])
async def test_every_fault_is_one_of_our_errors_after_one_call(kind, stream):
    got: dict[str, str] = {}
    async with wired(kind, max_reply_bytes=200_000) as line:
        for fault, expected in FAULTS.items():
            if fault in UNKNOWN.get(kind, ()):
                continue
            calls, rows = len(line.llm.calls), len(line.ledger.rows)
            raised, asked = await meet(line, fault, stream)
            wanted = errors.BadReply if kind == "google-generativeai" and fault in BLIND else expected
            if not isinstance(raised, wanted):
                got[fault] = type(raised).__name__
            assert 1 <= len(line.llm.calls) - calls <= asked, f"hidden retry on {fault}"
            assert 1 <= len(line.ledger.rows) - rows <= asked
            assert line.llm.calls[-1].fault == fault
        assert got == {}
        reply, _ = await line.ask(stream=stream)
        assert reply.text == QUESTION


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "stream"])
@pytest.mark.parametrize("kind", KINDS)
async def test_broken_utf8_is_refused_or_replaced_but_never_crashes(kind, stream):
    async with wired(kind) as line:
        line.fail("bad_utf8")
        with suppress(errors.BadReply):
            reply, _ = await line.ask(stream=stream)
            assert QUESTION[:20] in reply.text
        assert len(line.llm.calls) == 1


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "stream"])
@pytest.mark.parametrize("kind", KINDS)
async def test_a_length_limit_keeps_the_text(kind, stream):
    async with wired(kind) as line:
        line.fail("length")
        reply, _ = await line.ask(stream=stream)
        assert reply.text == QUESTION


@pytest.mark.parametrize("kind", [*RECORDED, "compatible"])
async def test_a_server_that_ignores_the_wish_for_a_stream_is_read_whole(kind):
    async with wired(kind) as line:
        line.fail("stream_ignored")
        reply, told = await line.ask(stream=True)
        assert (reply.text, told) == (QUESTION, [QUESTION])


@pytest.mark.parametrize("kind", KINDS)
async def test_a_refused_connection_is_unreachable(kind):
    async with wired(kind) as line:
        await line.ask()
        await line.llm.refuse(kind)
        with pytest.raises(errors.Unreachable):
            await line.ask()
        await line.llm.admit(kind)
        await line.ask()
        assert len(line.llm.calls) == 2


@pytest.mark.parametrize(
    ("fault", "seconds"), [("429_seconds", 7), ("429_ms", 1.5), ("429_date", 60), ("429", None), ("429_detail", None)]
)
@pytest.mark.parametrize("kind", [*RECORDED, OLD])
async def test_the_wish_to_wait_is_read(kind, fault, seconds):
    async with wired(kind) as line:
        line.fail(fault)
        with pytest.raises(errors.RateLimited) as caught:
            await line.ask()
        if fault == "429_detail" and kind == "google":
            seconds = 7
        if kind == "google-generativeai" and fault == "429_detail":
            return
        assert caught.value.retry_after == (None if seconds is None else pytest.approx(seconds, abs=5))


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "stream"])
@pytest.mark.parametrize("kind", KINDS)
async def test_cancelling_closes_the_connection_at_the_provider(kind, stream):
    async with wired(kind) as line:
        line.fail("stall" if stream else "header_hang")
        task = asyncio.ensure_future(line.ask(stream=stream))
        await line.llm.wait_for(lambda calls: len(calls) == 1)
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await line.llm.wait_for(lambda calls: calls[0].gone)


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "stream"])
@pytest.mark.parametrize("kind", KINDS)
async def test_a_planted_leak_stops_the_call_before_it_leaves(kind, stream):
    async with wired(kind) as line:
        with pytest.raises(errors.EgressRefused) as caught:
            await line.ask(stream=stream, text="What about alice\u200b MEYER?")
        assert caught.value.reason == "leak"
        with pytest.raises(errors.EgressRefused) as caught:
            await line.provider.ask(Prompt("", "Hello", 10, 5), [].append if stream else None)
        assert caught.value.reason == "no_permit"
        assert line.llm.calls == line.ledger.rows == []


@pytest.mark.parametrize("kind", KINDS)
async def test_many_calls_at_once_keep_their_own_permits(kind):
    async with wired(kind, latency=0.05) as line:

        async def one(number: int) -> None:
            permit = Permit("r", number, kind, "model-1", 1, False, (), b"s", line.permit.origin, 0.1, {}, {})
            with permitted(permit):
                assert (await line.provider.ask(Prompt("", f"part {number}", 10, 20))).text == f"part {number}"

        await asyncio.gather(*map(one, range(1, 21)))
        assert sorted(row.fragment for row in line.ledger.rows) == list(range(1, 21))


def test_the_emulators_own_table_is_that_of_the_records():
    """It knows nothing of the providers, so what it emulates by itself is written down there once more."""
    assert paths(kind for kind in PROVIDERS.values() if kind.place is not None) == EMULATED


# Settings


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)


def test_what_cannot_be_a_model_or_a_count_never_reaches_the_records():
    draft = Draft("m-1", 100)
    for model in ("a text of the\nquestion", "x" * 200, "", None, "\x1b[31m"):
        draft.named(model)
    for count in (-5, 10**30, 1.5, "7", None):
        draft.used(count, count)
    assert (draft.model, draft.input_tokens, draft.output_tokens) == ("m-1", None, None)
    draft.named("meta-llama/Llama-3.1:8b@latest")
    draft.used(7, 0)
    assert (draft.model, draft.input_tokens, draft.output_tokens) == ("meta-llama/Llama-3.1:8b@latest", 7, 0)


def test_those_with_a_key_take_part():
    chosen = settings(
        openai_api_key=KEY,
        gemini_api_key=KEY,
        anthropic_api_key=" ",
        openai_timeout_seconds=7,
        google_concurrency=2,
        compatible=[{"name": "ollama", "base_url": "http://127.0.0.1:11434/v1", "model": "small"}],
    )
    by_name = {config.name: config for config in configured(chosen)}
    assert list(by_name) == ["openai", "google", "ollama"]
    assert (by_name["openai"].timeout, by_name["openai"].concurrency) == (7, 8)
    assert (by_name["google"].timeout, by_name["google"].concurrency, by_name["google"].kind) == (60, 2, "google")
    assert (by_name["ollama"].kind, by_name["ollama"].model) == ("compatible", "small")
    assert KEY not in repr(by_name)
    assert [config.name for config in configured(chosen, ("ollama", "openai", "ollama"))] == ["ollama", "openai"]
    older = chosen.model_copy(update={"google_sdk": "google-generativeai"})
    assert configured(older, ("google",))[0].kind == "google-generativeai"


@pytest.mark.parametrize(
    ("given", "names", "sentence"),
    [
        ({}, (), "OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY, .* or TESSERA_COMPATIBLE"),
        ({"openai_api_key": KEY}, ("google",), "Set GEMINI_API_KEY"),
        ({"openai_api_key": KEY}, ("pigeon",), "no provider `pigeon`.*openai, anthropic, google.*TESSERA_COMPATIBLE"),
        (
            {"openai_api_key": KEY, "compatible": [{"name": "openai", "base_url": "http://x", "model": "m"}]},
            (),
            "Rename the entry `openai`",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(given, names, sentence):
    with pytest.raises(errors.ConfigurationError, match=sentence):
        configured(settings(**given), names)


def test_an_unknown_kind_names_the_known_ones():
    config = ProviderConfig("x", "carrier-pigeon", SecretStr(KEY), "http://127.0.0.1", "m", 1, 1)
    with pytest.raises(errors.ConfigurationError, match=", ".join(PROVIDERS)):
        build(config, httpx2.AsyncClient())


@pytest.mark.skipif(
    importlib.util.find_spec("google.generativeai") is not None, reason="the extra google-generativeai is installed"
)
def test_a_missing_package_names_its_extra():
    config = ProviderConfig("google", "google-generativeai", SecretStr(KEY), "http://127.0.0.1", "m", 1, 1)
    with pytest.raises(errors.ConfigurationError, match=r"tessera\[google-generativeai\]"):
        build(config, httpx2.AsyncClient())


# Failures


def raise_(error: Exception) -> None:
    raise error


def caused(outer: Exception, inner: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


def test_the_deepest_cause_decides_not_the_outermost_class():
    reset = caused(httpx2.ConnectTimeout("lie"), aiohttp.ClientOSError(104, "reset"))
    assert type(translate(caused(RuntimeError(), reset))) is errors.Unreachable
    slow = caused(httpx2.ConnectTimeout("slow"), aiohttp.ServerTimeoutError())
    assert type(translate(slow)) is errors.Timeout
    assert type(translate(httpx2.ReadTimeout("slow"))) is errors.Timeout
    assert type(translate(httpx2.ConnectError("x"))) is errors.Unreachable
    assert type(translate(httpx2.RemoteProtocolError("x"))) is errors.BadReply
    assert type(translate(aiohttp.ClientPayloadError("ConnectionResetError(104)"))) is errors.Unreachable
    assert type(translate(aiohttp.ClientPayloadError("not enough"))) is errors.BadReply
    assert type(translate(TimeoutError())) is errors.Timeout
    assert type(translate(caused(TimeoutError(), errors.Refused()))) is errors.Timeout
    assert type(translate(KeyError("choices"))) is errors.BadReply
    assert type(translate(caused(httpx2.ConnectError("tls"), ssl.SSLCertVerificationError()))) is errors.Unreachable
    assert type(translate(caused(httpx2.ConnectError("dns"), socket.gaierror(-2, "unknown")))) is errors.Unreachable
    assert type(translate(json.JSONDecodeError("x", "y", 0))) is errors.BadReply


def test_our_own_error_behind_a_foreign_one_is_kept():
    own = errors.EgressRefused("leak")
    assert translate(caused(RuntimeError(), caused(ValueError(), own))) is own


def test_what_was_being_handled_before_is_not_the_cause():
    def in_a_handler() -> None:
        try:
            raise_(errors.EgressRefused("leak"))
        except errors.EgressRefused:
            with translated():
                {}["choices"]

    with pytest.raises(errors.BadReply):
        in_a_handler()


def test_cancellation_passes():
    with pytest.raises(asyncio.CancelledError), translated():
        raise asyncio.CancelledError


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (None, {"error": {"code": 503}}, errors.Overloaded),
        (None, {"error": {"message": "?"}}, errors.BadReply),
        (200, {"error": {"type": "overloaded_error"}}, errors.Overloaded),
        (400, {"error": {"code": "content_filter"}}, errors.Refused),
        (403, {"error": {"code": "model_not_found"}}, errors.ModelGone),
        (402, None, errors.QuotaSpent),
        (409, None, errors.Overloaded),
        (418, "teapot", errors.BadRequest),
        (429, [{"error": {"details": [{"violations": [{"quotaId": "RequestsPerDayPerModel"}]}]}}], errors.QuotaSpent),
        (302, None, errors.BadReply),
    ],
)
def test_what_an_error_body_says(status, body, kind):
    assert type(from_answer(status, body)) is kind


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "86400"}, 86_400),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 60),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({}, None),
    ],
)
def test_retry_after_in_all_its_forms(headers, seconds):
    assert retry_after(headers, clock=lambda: 40.0) == seconds


def test_gemini_says_it_in_the_body():
    assert retry_after({}, {"error": {"details": [{"retryDelay": "17.5s"}]}}) == 17.5
