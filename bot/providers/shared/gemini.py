"""What both of Google's SDKs bring back: Gemini's JSON."""

from __future__ import annotations

from typing import Any

from bot.errors import Refused
from bot.providers.shared.draft import Draft
from bot.providers.shared.failures import from_answer

_NOT_BLOCKED = frozenset({None, "", "BLOCK_REASON_UNSPECIFIED", "BLOCKED_REASON_UNSPECIFIED"})


def take(body: dict[str, Any], draft: Draft) -> None:
    """Take a whole answer or one chunk of a stream; thoughts are not text.

    Raises:
        Refused: the prompt was blocked.
        ProviderError: it is an error in the shape of an answer.
    """
    if body.get("error"):
        raise from_answer(None, body)
    block = (body.get("promptFeedback") or {}).get("blockReason")
    if getattr(block, "value", block) not in _NOT_BLOCKED:
        raise Refused
    draft.named(body.get("modelVersion"))
    for candidate in body.get("candidates") or ():
        for part in (candidate.get("content") or {}).get("parts") or ():
            if not part.get("thought"):
                draft.add(part.get("text"))
        draft.end(candidate.get("finishReason"))
    usage = body.get("usageMetadata") or {}
    draft.used(usage.get("promptTokenCount"), usage.get("candidatesTokenCount"))
