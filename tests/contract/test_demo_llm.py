"""The emulated providers, asked by hand over real sockets and by the official SDKs."""

from __future__ import annotations

import asyncio
import json
import math
import time

import aiohttp
import pytest
from openai import AsyncOpenAI

from bot.demo.llm import FAULTS, LLM, canned, echo

CHAT = {"model": "m", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi you"}]}
MESSAGES = {
    "model": "m",
    "max_tokens": 5,
    "system": [{"type": "text", "text": "Be brief."}],
    "messages": [{"role": "user", "content": [{"type": "text", "text": "Hi you"}]}],
}
CONTENT = {
    "systemInstruction": {"parts": [{"text": "Be brief."}]},
    "contents": [{"role": "user", "parts": [{"text": "Hi you"}]}],
}
RESPONSES = {"model": "m", "instructions": "Be brief.", "input": "Hi you"}


async def post(url: str, body: object) -> tuple[int, str, str]:
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        return answer.status, answer.content_type, await answer.text()


def events(text: str) -> list[dict]:
    lines = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


def ways(llm: LLM) -> dict[str, tuple[str, dict]]:
    return {
        "chat": (f"{llm.openai_base_url}/chat/completions", CHAT),
        "responses": (f"{llm.openai_base_url}/responses", RESPONSES),
        "messages": (f"{llm.anthropic_base_url}/v1/messages", MESSAGES),
        "gemini": (f"{llm.google_base_url}/v1/models/m:generateContent", CONTENT),
        "gemini beta": (f"{llm.google_base_url}/some/prefix/v1beta/models/m:generateContent", CONTENT),
    }


async def test_each_wire_format_answers_whole_with_its_usage():
    async with LLM(answer=echo) as llm:
        told = {}
        for name, (url, body) in ways(llm).items():
            status, kind, text = await post(url, body)
            assert (status, kind) == (200, "application/json")
            told[name] = json.loads(text)
        assert told["chat"]["choices"][0]["message"]["content"] == "Hi you"
        assert told["chat"]["usage"] == {"prompt_tokens": 4, "completion_tokens": 2, "total_tokens": 6}
        assert told["responses"]["output"][0]["content"][0]["text"] == "Hi you"
        assert told["responses"]["usage"]["output_tokens"] == 2
        assert told["messages"]["content"] == [{"type": "text", "text": "Hi you"}]
        assert told["messages"]["usage"] == {"input_tokens": 4, "output_tokens": 2}
        assert told["gemini"] == told["gemini beta"]
        assert told["gemini"]["candidates"][0]["content"]["parts"] == [{"text": "Hi you"}]
        assert told["gemini"]["usageMetadata"]["candidatesTokenCount"] == 2
        assert [call.provider for call in llm.calls] == ["openai", "openai", "anthropic", "google", "google"]
        assert {(call.asked.system, call.asked.text, call.asked.model) for call in llm.calls} == {
            ("Be brief.", "Hi you", "m")
        }


async def test_each_wire_format_streams_to_its_terminal_event():
    async with LLM(answer=echo) as llm:
        _, kind, text = await post(f"{llm.openai_base_url}/chat/completions", CHAT | {"stream": True})
        assert kind == "text/event-stream"
        assert text.endswith("data: [DONE]\n\n")
        chunks = events(text)
        assert "".join(c["choices"][0]["delta"].get("content", "") for c in chunks if c["choices"]) == "Hi you"
        assert chunks[-1]["usage"]["total_tokens"] == 6
        _, _, text = await post(f"{llm.anthropic_base_url}/v1/messages", MESSAGES | {"stream": True})
        assert [event["type"] for event in events(text)] == [
            "message_start", "content_block_start", "content_block_delta", "content_block_delta",
            "content_block_stop", "message_delta", "message_stop",
        ]  # fmt: skip
        _, _, text = await post(f"{llm.google_base_url}/v1beta/models/m:streamGenerateContent?alt=sse", CONTENT)
        assert events(text)[-1]["candidates"][0]["finishReason"] == "STOP"
        _, kind, text = await post(f"{llm.google_base_url}/v1beta/models/m:streamGenerateContent", CONTENT)
        assert kind == "application/json"
        assert [c["candidates"][0]["content"]["parts"] for c in json.loads(text)] == [
            [{"text": "Hi "}], [{"text": "you"}], []
        ]  # fmt: skip
        assert all(call.asked.stream for call in llm.calls)


async def test_the_responses_format_satisfies_its_sdk():
    async with LLM(answer=echo) as llm, AsyncOpenAI(api_key="none", base_url=llm.openai_base_url, max_retries=0) as sdk:
        answer = await sdk.responses.create(model="m", input="Hi you")
        assert (answer.output_text, answer.usage.output_tokens) == ("Hi you", 2)
        stream = await sdk.responses.create(model="m", input="Hi you", stream=True)
        seen = [event async for event in stream]
        assert "".join(event.delta for event in seen if event.type == "response.output_text.delta") == "Hi you"
        assert seen[-1].type == "response.completed"
        for fault, status in (("length", "incomplete"), ("refusal", "completed")):
            llm.fail("openai", fault)
            assert (await sdk.responses.create(model="m", input="Hi you")).status == status
        llm.fail("openai", "error_200")
        seen = [event async for event in await sdk.responses.create(model="m", input="Hi", stream=True)]
        assert seen[-1].type == "error"
        llm.fail("openai", "429")
        with pytest.raises(Exception, match="429"):
            await sdk.responses.create(model="m", input="Hi")


def test_the_canned_text_says_so_and_repeats_nothing():
    text = canned("google", "secret system", "my secret question")
    assert "canned" in text
    assert "3 words in 18 characters" in text
    assert "secret" not in text


async def test_every_request_is_recorded_with_its_bytes_and_times():
    async with LLM(latency={"openai": 0.05}) as llm:
        before = time.monotonic()
        await post(f"{llm.openai_base_url}/chat/completions", CHAT)
        (call,) = llm.calls
        assert (call.number, call.path, call.gone, call.fault) == (1, "/v1/chat/completions", False, None)
        assert json.loads(call.body) == CHAT
        assert call.headers["Content-Type"] == "application/json"
        assert before <= call.arrived <= call.ended - 0.05


async def test_latency_is_a_number_a_list_or_drawn():
    drawn = iter([0.0, 0.04])
    async with LLM(latency={"openai": [0.06, 0.0], "google": lambda: next(drawn)}) as llm:
        for _ in range(3):
            await post(*ways(llm)["chat"])
        for _ in range(2):
            await post(*ways(llm)["gemini"])
        llm.slow("anthropic", 0.05)
        await post(*ways(llm)["messages"])
        took = [call.ended - call.arrived for call in llm.calls]
        assert took[0] >= 0.06
        assert took[4] >= 0.04
        assert took[5] >= 0.05


async def test_a_stream_has_a_pace():
    async with LLM(pace=50, answer=lambda *_: "one two three four") as llm:
        await post(f"{llm.openai_base_url}/chat/completions", CHAT | {"stream": True})
        assert llm.calls[0].ended - llm.calls[0].arrived >= 0.06


async def test_an_answer_may_be_awaited_or_come_in_pieces():
    async def later(provider, _, text):
        await asyncio.sleep(0)
        return f"{provider}: {text}"

    async def pieces(provider, _, text):
        for piece in (provider, ": ", text):
            yield piece

    for answer in (later, pieces):
        async with LLM(answer=answer) as llm:
            _, _, whole = await post(*ways(llm)["chat"])
            assert json.loads(whole)["choices"][0]["message"]["content"] == "openai: Hi you"
            _, _, text = await post(f"{llm.anthropic_base_url}/v1/messages", MESSAGES | {"stream": True})
            told = [e["delta"]["text"] for e in events(text) if e["type"] == "content_block_delta"]
            assert "".join(told) == "anthropic: Hi you"


async def test_faults_come_once_from_the_nth_call_for_those_that_match_or_always():
    async with LLM() as llm:
        llm.fail("openai", "500", nth=2)
        llm.fail("anthropic", "529", times=math.inf)
        llm.fail("google", "403", when=lambda call: b"special" in call.body)
        chat = [(await post(*ways(llm)["chat"]))[0] for _ in range(3)]
        messages = [(await post(*ways(llm)["messages"]))[0] for _ in range(3)]
        gemini = [(await post(ways(llm)["gemini"][0], {"contents": text}))[0] for text in ("plain", "special")]
        assert (chat, messages, gemini) == ([200, 500, 200], [529, 529, 529], [200, 403])
        llm.heal("anthropic")
        assert (await post(*ways(llm)["messages"]))[0] == 200
        with pytest.raises(KeyError):
            llm.fail("openai", "meteor")


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"drip", "huge", "endless", "header_hang", "stall"}))
async def test_every_fault_ends_the_call_and_spares_the_next(fault):
    async with LLM() as llm:
        for name in ("chat", "responses", "messages", "gemini"):
            url, body = ways(llm)[name]
            llm.fail({"messages": "anthropic", "gemini": "google"}.get(name, "openai"), fault)
            try:
                async with (
                    aiohttp.ClientSession(auto_decompress=False) as session,
                    session.post(url, json=body, allow_redirects=False) as answer,
                ):
                    await answer.read()
            except aiohttp.ClientError:
                pass
            await llm.wait_for(lambda calls: calls[-1].ended is not None)
            assert llm.calls[-1].fault == fault
            assert (await post(url, body))[0] == 200


async def test_who_hangs_up_is_noticed_and_closing_does_not_wait_for_hanging_calls():
    async with LLM() as llm:
        llm.fail("openai", "header_hang", times=2)
        call = asyncio.ensure_future(post(*ways(llm)["chat"]))
        await llm.wait_for(lambda calls: len(calls) == 1)
        call.cancel()
        await llm.wait_for(lambda calls: calls[0].gone)
        assert llm.calls[0].ended is not None
        with pytest.raises(TimeoutError):
            await llm.wait_for(lambda calls: len(calls) == 2, 0.01)
        hanging = asyncio.ensure_future(post(*ways(llm)["chat"]))
        await llm.wait_for(lambda calls: len(calls) == 2)
    assert not llm.calls[1].gone
    await asyncio.wait([hanging])
    hanging.exception()


async def test_a_port_can_refuse_and_admit_again():
    async with LLM() as llm, aiohttp.ClientSession() as session:
        url, body = ways(llm)["chat"]
        async with session.post(url, json=body) as answer:
            await answer.read()
        await llm.refuse("openai")
        await llm.refuse("openai")
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(url, json=body)
        assert (await post(*ways(llm)["messages"]))[0] == 200
        await llm.admit("openai")
        assert (await post(url, body))[0] == 200


async def test_what_is_not_a_known_request_is_404_and_not_recorded():
    async with LLM() as llm:
        assert (await post(f"{llm.openai_base_url}/embeddings", CHAT))[0] == 404
        assert (await post(f"{llm.openai_base_url}/chat/completions", [1]))[0] == 404
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{llm.openai_base_url}/chat/completions", data=b"{") as answer,
        ):
            assert answer.status == 404
        assert llm.calls == []
        odd = {"model": "m", "messages": [{"role": "user", "content": None}, {"role": "user", "content": 7}]}
        assert (await post(f"{llm.openai_base_url}/chat/completions", odd))[0] == 200


async def test_a_burst_of_connections_is_taken():
    async with LLM(latency=0.01) as llm:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def one() -> int:
                async with session.post(f"{llm.openai_base_url}/chat/completions", json=CHAT) as answer:
                    return answer.status

            assert await asyncio.gather(*(one() for _ in range(200))) == [200] * 200
        assert len(llm.calls) == 200
