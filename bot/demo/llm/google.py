"""Gemini's wire format: generateContent and streamGenerateContent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from bot.demo.llm.dialect import Asked, Failure, Usage, event, plain


class GeminiContent:
    """Gemini's generateContent and streamGenerateContent."""

    family: ClassVar[str] = "google"
    events: ClassVar[str] = "text/event-stream"
    FINISH: ClassVar[dict[str, str]] = {"stop": "STOP", "length": "MAX_TOKENS", "refusal": "SAFETY"}

    def asked(self, path: str, body: Mapping[str, Any]) -> Asked:
        """Read a request; the model and the wish for a stream stand in the path."""
        model, _, method = path.rsplit("/", 1)[-1].partition(":")
        system = plain(body.get("systemInstruction") or body.get("system_instruction"))
        return Asked(system, plain(body.get("contents")), model, method == "streamGenerateContent")

    def whole(self, asked: Asked, text: str, finish: str, usage: Usage) -> dict[str, Any]:
        """Return a whole answer; `filter` blocks the prompt itself."""
        answer: dict[str, Any] = {
            "usageMetadata": {
                "promptTokenCount": usage.input,
                "candidatesTokenCount": usage.output,
                "totalTokenCount": usage.input + usage.output,
            },
            "modelVersion": asked.model,
            "responseId": "demo",
        }
        if finish == "filter":
            return answer | {"promptFeedback": {"blockReason": "SAFETY"}}
        candidate: dict[str, Any] = {"index": 0, "finishReason": self.FINISH[finish]}
        if finish != "refusal":
            candidate["content"] = {"role": "model", "parts": [{"text": text}] if text else []}
        return answer | {"candidates": [candidate]}

    def opening(self, asked: Asked, usage: Usage) -> bytes:  # noqa: ARG002 - nothing comes first here
        """Return nothing."""
        return b""

    def piece(self, asked: Asked, text: str) -> bytes:
        """Return one chunk without a finish reason."""
        content = {"role": "model", "parts": [{"text": text}]}
        return event({"candidates": [{"index": 0, "content": content}], "modelVersion": asked.model})

    def closing(self, asked: Asked, finish: str, usage: Usage) -> bytes:
        """Return the chunk with the finish reason and the usage."""
        return event(self.whole(asked, "", finish, usage))

    def error(self, status: int, failure: Failure, message: str) -> dict[str, Any]:
        """Return an error body."""
        return {
            "error": {
                "code": status,
                "message": message,
                "status": failure.status or failure.code,
                "details": list(failure.details),
            }
        }

    def error_event(self, body: Mapping[str, Any]) -> bytes:
        """Return an error inside a stream."""
        return event(body)


class GeminiArray(GeminiContent):
    """Gemini's streamGenerateContent without `alt=sse`: one JSON array that grows."""

    events: ClassVar[str] = "application/json"

    def opening(self, asked: Asked, usage: Usage) -> bytes:  # noqa: ARG002 - same shape as the others
        """Return the bracket."""
        return b"["

    def piece(self, asked: Asked, text: str) -> bytes:
        """Return one element and its comma."""
        return _bare(super().piece(asked, text)) + b",\r\n"

    def closing(self, asked: Asked, finish: str, usage: Usage) -> bytes:
        """Return the last element and the bracket."""
        return _bare(super().closing(asked, finish, usage)) + b"]"

    def error_event(self, body: Mapping[str, Any]) -> bytes:
        """Return an error as the last element."""
        return _bare(super().error_event(body)) + b"]"


def _bare(told: bytes) -> bytes:
    return told.removeprefix(b"data: ").rstrip(b"\n")
