"""Which wire format a path asks for."""

from __future__ import annotations

from bot.demo.llm.anthropic import AnthropicMessages
from bot.demo.llm.dialect import Dialect
from bot.demo.llm.google import GeminiArray, GeminiContent
from bot.demo.llm.openai import OpenAIChat, OpenAIResponses


def dialect_of(path: str, query: str = "") -> Dialect | None:
    """Return the wire format that a path asks for, whatever its prefix."""
    end = path.rstrip("/").rsplit("/", 1)[-1]
    if end.endswith(":streamGenerateContent") and "alt=sse" not in query:
        return GeminiArray()
    if end.endswith((":generateContent", ":streamGenerateContent")):
        return GeminiContent()
    if path.rstrip("/").endswith("/chat/completions"):
        return OpenAIChat()
    known: dict[str, Dialect] = {"responses": OpenAIResponses(), "messages": AnthropicMessages()}
    return known.get(end)
