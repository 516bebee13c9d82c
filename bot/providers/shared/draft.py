"""An answer while it arrives, and the base of every provider."""

from __future__ import annotations

import asyncio
import re
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.errors import BadReply, Refused
from bot.model.outcome import Reply
from bot.model.plan import Prompt
from bot.ports import Clock, OnText
from bot.providers.shared.failures import translated
from bot.providers.shared.kind import ProviderConfig

if TYPE_CHECKING:
    import httpx2

_REFUSALS = frozenset({
    # In small letters OpenAI's and Anthropic's words, in capitals Gemini's.
    "content_filter", "refusal",
    "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY",
})  # fmt: skip
_LENGTH = frozenset({"length", "max_tokens", "MAX_TOKENS", "model_length", "model_context_window_exceeded"})
_NO_REASONS = frozenset({"", "FINISH_REASON_UNSPECIFIED", "null"})
_MODEL = re.compile(r"[A-Za-z0-9_.:/@+-]{1,120}")
# What an Integer of PostgreSQL holds: a count beyond it would cost the whole question its record.
_COUNTS = range(2**31)
_BROKEN = frozenset({"OTHER", "MALFORMED_FUNCTION_CALL", "error"})


@dataclass(slots=True)
class Draft:
    """What is known of an answer; the SDK's values are taken as they come, and checked here."""

    model: str
    max_bytes: int
    on_text: OnText | None = None
    clock: Clock = time.monotonic
    text: str = ""
    finish: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    first_text_seconds: float | None = None
    started: float = field(init=False)
    _bytes: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def add(self, piece: object) -> None:
        """Take one more piece of text; None and "" are nothing.

        Raises:
            BadReply: it is not text, or the answer has become too long.
        """
        if piece is None or piece == "":
            return
        if not isinstance(piece, str):
            raise BadReply
        # JSON may hold half a surrogate pair, which does not encode.
        self._bytes += len(piece.encode("utf-8", "replace"))
        if self._bytes > self.max_bytes:
            raise BadReply
        self.text += piece
        if self.on_text is not None:
            if self.first_text_seconds is None:
                self.first_text_seconds = self.clock() - self.started
            # All of it, not the piece: whoever is slow may leave some out and still has the newest.
            self.on_text(self.text)

    def end(self, reason: object) -> None:
        """Take the reason for which the provider stopped, if it is one; the last one counts."""
        word = getattr(reason, "value", reason)
        if isinstance(word, str) and word not in _NO_REASONS:
            self.finish = word

    def end_whole(self) -> None:
        """Note that the answer came in one piece, so that it is not cut off even if no reason is told."""
        self.finish = self.finish or "stop"

    def named(self, model: object) -> None:
        """Take the name of the model that answered, if it can be one: it goes into the records, which hold no text."""
        if isinstance(model, str) and _MODEL.fullmatch(model):
            self.model = model

    def used(self, input_tokens: object, output_tokens: object) -> None:
        """Take the usage as far as it is told and can be stored."""
        if isinstance(input_tokens, int) and input_tokens in _COUNTS:
            self.input_tokens = input_tokens
        if isinstance(output_tokens, int) and output_tokens in _COUNTS:
            self.output_tokens = output_tokens

    def reply(self) -> Reply:
        """Return the whole answer.

        Raises:
            Refused: the model or its filter refused.
            BadReply: it is empty, or was cut off.
        """
        if self.finish in _REFUSALS:
            raise Refused
        # No reason told is how a stream that was cut looks: its half of an answer must not pass for a whole one.
        if self.finish is None or self.finish in _BROKEN or not self.text.strip():
            raise BadReply
        return Reply(
            self.text,
            self.model,
            self.input_tokens,
            self.output_tokens,
            self.first_text_seconds,
            cut=self.finish in _LENGTH,
        )


class SdkProvider(ABC):
    """A provider behind an SDK: bounds the time and the size of a call, and lets only our own errors out."""

    def __init__(self, config: ProviderConfig, http_client: httpx2.AsyncClient, max_reply_bytes: int) -> None:
        self.name = config.name
        self.model = config.model
        self._max_reply_bytes = max_reply_bytes
        self._connect(config, http_client)

    async def ask(self, prompt: Prompt, on_text: OnText | None = None) -> Reply:
        """Send one prompt and return the whole answer; stream when `on_text` is given.

        Raises:
            ProviderError: the call failed; the class says whether another attempt can help.
            PrivacyError: the guard did not let it out.
        """
        draft = Draft(self.model, self._max_reply_bytes, on_text)
        with translated():
            async with asyncio.timeout(prompt.timeout):
                await (self._whole(prompt, draft) if on_text is None else self._stream(prompt, draft))
            return draft.reply()

    async def aclose(self) -> None:  # noqa: B027 - most have nothing of their own to close
        """Let go of the client; the connections belong to the HTTP client that was given."""

    @abstractmethod
    def _connect(self, config: ProviderConfig, http_client: httpx2.AsyncClient) -> None:
        """Make the SDK's client, of explicit values only."""

    @abstractmethod
    async def _whole(self, prompt: Prompt, draft: Draft) -> None:
        """Ask for the answer in one piece."""

    @abstractmethod
    async def _stream(self, prompt: Prompt, draft: Draft) -> None:
        """Ask for the answer as a stream."""
