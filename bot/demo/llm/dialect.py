"""What the wire formats of the providers have in common, seen from the server's side."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: the two texts, the model, and whether it wants a stream."""

    system: str
    text: str
    model: str
    stream: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens in and out; the emulator counts words."""

    input: int
    output: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An error in a dialect's own words: type or code, status word (Gemini's), and extra details."""

    code: str
    status: str = ""
    details: tuple[Mapping[str, Any], ...] = ()


class Dialect(Protocol):
    """One wire format."""

    family: ClassVar[str]
    """Whose words its errors are in: `openai`, `anthropic` or `google`."""

    events: ClassVar[str]
    """Content type of a stream."""

    def asked(self, path: str, body: Mapping[str, Any]) -> Asked:
        """Read a request."""
        ...

    def whole(self, asked: Asked, text: str, finish: str, usage: Usage) -> dict[str, Any]:
        """Return a whole answer; `finish` is `stop`, `length`, `refusal` or `filter`."""
        ...

    def opening(self, asked: Asked, usage: Usage) -> bytes:
        """Return the events before the first text."""
        ...

    def piece(self, asked: Asked, text: str) -> bytes:
        """Return the event of one piece of text."""
        ...

    def closing(self, asked: Asked, finish: str, usage: Usage) -> bytes:
        """Return the terminal events."""
        ...

    def error(self, status: int, failure: Failure, message: str) -> dict[str, Any]:
        """Return the body of an error."""
        ...

    def error_event(self, body: Mapping[str, Any]) -> bytes:
        """Return an error as an event inside a stream."""
        ...


def event(data: Mapping[str, Any] | str, name: str | None = None) -> bytes:
    """Return one server-sent event."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return (f"event: {name}\n" if name else "").encode() + f"data: {text}\n\n".encode()


def plain(content: Any) -> str:
    """Return the text of a content that is a string, a part, or a list of parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return plain(content.get("text") or content.get("parts") or content.get("content"))
    if isinstance(content, list):
        return "\n".join(filter(None, map(plain, content)))
    return ""
