"""Anthropic's wire format: messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from bot.demo.llm.dialect import Asked, Failure, Usage, event, plain


class AnthropicMessages:
    """Anthropic's messages."""

    family: ClassVar[str] = "anthropic"
    events: ClassVar[str] = "text/event-stream"
    FINISH: ClassVar[dict[str, str]] = {
        "stop": "end_turn", "length": "max_tokens", "refusal": "refusal", "filter": "refusal"
    }  # fmt: skip

    def asked(self, path: str, body: Mapping[str, Any]) -> Asked:  # noqa: ARG002 - the model is in the body
        """Read a request."""
        text = "\n".join(plain(m.get("content")) for m in body.get("messages") or [])
        return Asked(plain(body.get("system")), text, str(body.get("model", "")), bool(body.get("stream")))

    def whole(self, asked: Asked, text: str, finish: str, usage: Usage) -> dict[str, Any]:
        """Return a whole answer."""
        content = [{"type": "text", "text": text}] if text else []
        return self._message(asked, usage) | {"content": content, "stop_reason": self.FINISH[finish]}

    def opening(self, asked: Asked, usage: Usage) -> bytes:
        """Return message_start and content_block_start."""
        message = self._message(asked, Usage(usage.input, 0))
        block = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
        return event({"type": "message_start", "message": message}, "message_start") + event(block, block["type"])  # type: ignore[arg-type]

    def piece(self, asked: Asked, text: str) -> bytes:  # noqa: ARG002 - same shape as the others
        """Return one content_block_delta."""
        name = "content_block_delta"
        return event({"type": name, "index": 0, "delta": {"type": "text_delta", "text": text}}, name)

    def closing(self, asked: Asked, finish: str, usage: Usage) -> bytes:  # noqa: ARG002 - same shape as the others
        """Return content_block_stop, message_delta and message_stop."""
        delta = {"stop_reason": self.FINISH[finish], "stop_sequence": None}
        end = {"type": "message_delta", "delta": delta, "usage": {"output_tokens": usage.output}}
        stop = event({"type": "content_block_stop", "index": 0}, "content_block_stop")
        return stop + event(end, "message_delta") + event({"type": "message_stop"}, "message_stop")

    def error(self, status: int, failure: Failure, message: str) -> dict[str, Any]:  # noqa: ARG002 - not in the body
        """Return an error body."""
        return {"type": "error", "error": {"type": failure.code, "message": message}, "request_id": "req-demo"}

    def error_event(self, body: Mapping[str, Any]) -> bytes:
        """Return an error inside a stream."""
        return event(body, "error")

    @staticmethod
    def _message(asked: Asked, usage: Usage) -> dict[str, Any]:
        return {
            "id": "msg-demo",
            "type": "message",
            "role": "assistant",
            "model": asked.model,
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": {"input_tokens": usage.input, "output_tokens": usage.output},
        }
