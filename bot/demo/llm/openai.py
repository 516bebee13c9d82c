"""OpenAI's wire formats: chat completions, which compatible endpoints speak too, and responses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from bot.demo.llm.dialect import Asked, Failure, Usage, event, plain


class OpenAIChat:
    """OpenAI's chat completions, which compatible endpoints speak too."""

    family: ClassVar[str] = "openai"
    events: ClassVar[str] = "text/event-stream"
    FINISH: ClassVar[dict[str, str]] = {
        "stop": "stop",
        "length": "length",
        "refusal": "stop",
        "filter": "content_filter",
    }

    def asked(self, path: str, body: Mapping[str, Any]) -> Asked:  # noqa: ARG002 - the model is in the body
        """Read a request."""
        messages = body.get("messages") or []
        system = [plain(m.get("content")) for m in messages if m.get("role") in {"system", "developer"}]
        user = [plain(m.get("content")) for m in messages if m.get("role") not in {"system", "developer"}]
        return Asked("\n".join(system), "\n".join(user), str(body.get("model", "")), bool(body.get("stream")))

    def whole(self, asked: Asked, text: str, finish: str, usage: Usage) -> dict[str, Any]:
        """Return a whole answer."""
        refused = finish == "refusal"
        message = {"role": "assistant", "content": None if refused else text, "refusal": text if refused else None}
        choice = {"index": 0, "message": message, "finish_reason": self.FINISH[finish]}
        return self._frame(asked, "chat.completion", [choice]) | {"usage": self._usage(usage)}

    def opening(self, asked: Asked, usage: Usage) -> bytes:  # noqa: ARG002 - usage comes last here
        """Return the role event."""
        return self._chunk(asked, {"role": "assistant", "content": ""})

    def piece(self, asked: Asked, text: str) -> bytes:
        """Return one delta."""
        return self._chunk(asked, {"content": text})

    def closing(self, asked: Asked, finish: str, usage: Usage) -> bytes:
        """Return the finish reason, the usage and the end mark."""
        last = {"refusal": "I cannot help with that."} if finish == "refusal" else {}
        counts = self._frame(asked, "chat.completion.chunk", []) | {"usage": self._usage(usage)}
        return self._chunk(asked, last, self.FINISH[finish]) + event(counts) + event("[DONE]")

    def error(self, status: int, failure: Failure, message: str) -> dict[str, Any]:  # noqa: ARG002 - not in the body
        """Return an error body."""
        return {"error": {"message": message, "type": failure.code, "param": None, "code": failure.code}}

    def error_event(self, body: Mapping[str, Any]) -> bytes:
        """Return an error inside a stream."""
        return event(body)

    def _chunk(self, asked: Asked, delta: Mapping[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return event(self._frame(asked, "chat.completion.chunk", [choice]))

    @staticmethod
    def _frame(asked: Asked, kind: str, choices: list[Any]) -> dict[str, Any]:
        return {"id": "chatcmpl-demo", "object": kind, "created": 0, "model": asked.model, "choices": choices}

    @staticmethod
    def _usage(usage: Usage) -> dict[str, int]:
        total = usage.input + usage.output
        return {"prompt_tokens": usage.input, "completion_tokens": usage.output, "total_tokens": total}


class OpenAIResponses:
    """OpenAI's responses."""

    family: ClassVar[str] = "openai"
    events: ClassVar[str] = "text/event-stream"

    def asked(self, path: str, body: Mapping[str, Any]) -> Asked:  # noqa: ARG002 - the model is in the body
        """Read a request."""
        system = plain(body.get("instructions"))
        return Asked(system, plain(body.get("input")), str(body.get("model", "")), bool(body.get("stream")))

    def whole(self, asked: Asked, text: str, finish: str, usage: Usage) -> dict[str, Any]:
        """Return a whole answer."""
        part: dict[str, Any] = {"type": "output_text", "text": text, "annotations": []}
        if finish == "refusal":
            part = {"type": "refusal", "refusal": text}
        reason = {"length": "max_output_tokens", "filter": "content_filter"}.get(finish)
        message = {"type": "message", "id": "msg-demo", "status": "completed", "role": "assistant", "content": [part]}
        return {
            "id": "resp-demo",
            "object": "response",
            "created_at": 0,
            "model": asked.model,
            "status": "incomplete" if reason else "completed",
            "incomplete_details": {"reason": reason} if reason else None,
            "error": None,
            "output": [message],
            "usage": {
                "input_tokens": usage.input,
                "output_tokens": usage.output,
                "total_tokens": usage.input + usage.output,
            },
        }

    def opening(self, asked: Asked, usage: Usage) -> bytes:
        """Return the created event."""
        started = self.whole(asked, "", "stop", usage) | {"status": "in_progress", "output": []}
        return event({"type": "response.created", "response": started}, "response.created")

    def piece(self, asked: Asked, text: str) -> bytes:  # noqa: ARG002 - same shape as the others
        """Return one delta."""
        name = "response.output_text.delta"
        return event({"type": name, "item_id": "msg-demo", "output_index": 0, "content_index": 0, "delta": text}, name)

    def closing(self, asked: Asked, finish: str, usage: Usage) -> bytes:
        """Return the completed or incomplete event."""
        answer = self.whole(asked, "", finish, usage)
        name = f"response.{answer['status']}"
        return event({"type": name, "response": answer}, name)

    def error(self, status: int, failure: Failure, message: str) -> dict[str, Any]:
        """Return an error body."""
        return OpenAIChat().error(status, failure, message)

    def error_event(self, body: Mapping[str, Any]) -> bytes:
        """Return an error inside a stream."""
        return event(dict(body["error"]) | {"type": "error"}, "error")
