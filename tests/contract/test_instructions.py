"""The instructions on the wire: the exact bytes of every call by the real SDKs, and what the guard makes of them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from bot.demo.llm import LLM, echo
from bot.errors import EgressRefused
from bot.model.plan import Entity, Fragment, Plan, atom
from bot.model.question import Mode
from bot.pipeline.instructions import FIXED, PART, TOKENS
from bot.pipeline.letters import PlanLetters
from bot.pipeline.papers import Dispatch
from bot.ports import Provider
from bot.privacy.client import http_client
from bot.providers import PROVIDERS, ProviderConfig, build, wires
from tests.contract.test_providers import KEY, KINDS, PATHS, Rows

IN_ORDER = {"openai", "compatible", "anthropic", "google"}
"""Those whose requests we write ourselves, to the byte; the others of the table speak chat completions."""

ADA = Entity("PERSON", "Ada Byron")
ADMIN = "You work for the harbour of Lisbon."


@dataclass
class Wire:
    """One provider behind the guard, as `bot.runtime` wires it."""

    llm: LLM
    kind: str
    provider: Provider
    dispatch: Dispatch

    async def ask(self, *texts: str, stream: bool = False, hidden: Entity = ADA) -> bytes:
        """Send the first of these parts; return the bytes that arrived."""
        fragments = tuple(Fragment(number, len(texts), text) for number, text in enumerate(texts, 1))
        plan = Plan(
            "request-1", Mode.PARALLEL, fragments, (self.kind,) * len(texts), (hidden,), " ".join(texts), b"secret",
            {self.kind: ("PERSON_1Q7",)}, (self.kind,),
        )  # fmt: skip
        papers = self.dispatch.papers(PlanLetters(plan))
        with papers.permit({}, 1, self.kind, 1, hedged=False):
            await self.provider.ask(papers.prompt(1, self.kind), (lambda _: None) if stream else None)
        return bytes(self.llm.calls[-1].body)


@asynccontextmanager
async def wired(kind: str, admin: str = "") -> AsyncIterator[Wire]:
    """Open an emulator and a provider that sends to it."""
    async with LLM(paths={kind: PATHS[kind]}, answer=echo) as llm:
        url = llm.base_url(kind)
        config = ProviderConfig(kind, kind, SecretStr(KEY), url, "model-1", 5, 8)
        client = http_client(wires([config], PROVIDERS), Rows(), instructions=FIXED)
        provider = build(config, client)
        try:
            yield Wire(llm, kind, provider, Dispatch((config,), 100, admin))
        finally:
            await provider.aclose()
            await client.aclose()


def body(kind: str, system: str, text: str, *, stream: bool) -> bytes:
    """Return what has to arrive, byte for byte."""
    if kind == "anthropic":
        told = {"system": system} if system else {}
        messages = [{"role": "user", "content": text}]
        made = {"model": "model-1", "max_tokens": 100, "messages": messages, **told}
        return _compact(made | ({"stream": True} if stream else {}))
    if kind == "google":
        told = {"systemInstruction": {"parts": [{"text": system}], "role": "user"}} if system else {}
        contents = [{"parts": [{"text": text}], "role": "user"}]
        return json.dumps({"contents": contents, "generationConfig": {"maxOutputTokens": 100}, **told}).encode()
    told = [{"role": "system", "content": system}] if system else []
    limit = "max_tokens" if kind == "compatible" else "max_completion_tokens"
    made = {"model": "model-1", "messages": [*told, {"role": "user", "content": text}], limit: 100}
    return _compact(made | ({"stream": True, "stream_options": {"include_usage": True}} if stream else {}))


def _compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def same(kind: str, sent: bytes, system: str, text: str, *, stream: bool) -> bool:
    """Tell whether exactly that was sent; some SDKs order and space their JSON in a way of their own."""
    if kind in IN_ORDER:
        return sent == body(kind, system, text, stream=stream)
    if kind != "google-generativeai":
        told = json.loads(body("compatible", system, text, stream=False)) | {"stream": stream}
        return {"stream": False, **json.loads(sent)} == told
    told = {"systemInstruction": {"parts": [{"text": system}]}} if system else {}
    contents = [{"role": "user", "parts": [{"text": text}]}]
    made = {"contents": contents, "generationConfig": {"maxOutputTokens": 100}, **told}
    found = json.loads(sent)
    return found == made | ({"model": found["model"]} if "model" in found else {})


@pytest.mark.parametrize("stream", [False, True], ids=["plain", "stream"])
@pytest.mark.parametrize("admin", ["", ADMIN])
@pytest.mark.parametrize("kind", KINDS)
async def test_every_call_says_what_fits_it_and_nothing_else(kind: str, admin: str, *, stream: bool) -> None:
    """One piece or several, with and without a hidden value, with and without an admin's text."""
    hidden, shown = f"Who is {atom(0)}?", "Who is PERSON_1Q7?"
    async with wired(kind, admin) as wire:
        for texts, text, ours in (
            (("Which way?",), "Which way?", ""),
            ((hidden,), shown, TOKENS),
            (("Which way?", hidden), "Which way?", PART),
            ((hidden, "Which way?"), shown, f"{PART} {TOKENS}"),
        ):
            sent = await wire.ask(*texts, stream=stream)
            system = "\n\n".join(filter(None, (admin, ours)))
            assert same(kind, sent, system, text, stream=stream), sent
            if not system:
                assert b"ystem" not in sent


@pytest.mark.parametrize("kind", KINDS)
async def test_an_admins_text_with_a_hidden_value_stops_the_call(kind: str) -> None:
    """Whatever of ours stands behind it, and nothing leaves."""
    async with wired(kind, "You answer for ada  BYRON & sons.") as wire:
        for texts in (("Which way?",), (f"Who is {atom(0)}?",), ("Which way?", "How far?"), (atom(0), "How far?")):
            with pytest.raises(EgressRefused) as caught:
                await wire.ask(*texts)
            assert caught.value.reason == "leak"
        assert wire.llm.calls == []


@pytest.mark.parametrize("admin", ["", ADMIN])
async def test_our_own_words_stop_no_call(admin: str) -> None:
    """A hidden value that is a word of our sentences is none of the message's there; in the text it still stops."""
    async with wired("openai", admin) as wire:
        hidden = Entity("TERM", "hidden names")
        assert await wire.ask(atom(0), "Which way?", hidden=hidden)
        with pytest.raises(EgressRefused):
            await wire.ask(f"{atom(0)} are hidden names.", "Which way?", hidden=hidden)
        with pytest.raises(EgressRefused):
            await wire.ask(f"hidden names\n\n{TOKENS}", "Which way?", hidden=hidden)
