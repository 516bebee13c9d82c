"""Mistral by its official SDK: chat completions.

The SDK's hooks are taken out, so it is pinned: they send spans with the messages elsewhere where the environment says
so (`MISTRAL_SDK_TELEMETRY`), which would be a way out beside the guard.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.errors import AuthFailed, BadRequest, ModelGone, Overloaded, RateLimited
from bot.model.plan import Prompt
from bot.providers.openai import form
from bot.providers.shared.draft import Draft, SdkProvider
from bot.providers.shared.failures import from_answer
from bot.providers.shared.kind import Kind, ProviderConfig

if TYPE_CHECKING:
    import httpx2


class Mistral(SdkProvider):
    """Mistral's chat completions."""

    def _connect(self, config: ProviderConfig, http_client: httpx2.AsyncClient) -> None:
        from mistralai.client import Mistral as Client
        from mistralai.client.utils.logger import NoOpLogger

        from bot.providers.shared.nowhere import nowhere

        self._client = Client(
            api_key=config.api_key.get_secret_value(),
            server_url=config.base_url.rstrip("/"),
            # Else the SDK makes a synchronous client of its own, which would be a way out beside the guard.
            client=nowhere(),
            async_client=http_client,
            retry_config=None,
            # Else MISTRAL_DEBUG in the environment writes each request, its body included, into the log.
            debug_logger=NoOpLogger(),
        )
        hooks = self._client.sdk_configuration.__dict__["_hooks"]
        for listed in (hooks.before_request_hooks, hooks.after_success_hooks, hooks.after_error_hooks):
            listed.clear()

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        system = [{"role": "system", "content": prompt.system}] if prompt.system else []
        messages = [*system, {"role": "user", "content": prompt.text}]
        held = {"response_format": form(prompt.schema)} if prompt.schema else {}
        return {"model": self.model, "messages": messages, "max_tokens": prompt.max_output_tokens, **held}

    async def _whole(self, prompt: Prompt, draft: Draft) -> None:
        from mistralai.client.errors import MistralError

        try:
            _take(await self._client.chat.complete_async(**self._request(prompt)), draft)
        except MistralError as error:
            raise _failure(error) from error
        draft.end_whole()

    async def _stream(self, prompt: Prompt, draft: Draft) -> None:
        from mistralai.client.errors import MistralError
        from mistralai.client.models import ChatCompletionResponse

        try:
            async with await self._client.chat.stream_async(**self._request(prompt)) as stream:
                async for event in stream:
                    _take(event.data, draft)
        except MistralError as error:
            if not _whole_instead(error):
                raise _failure(error) from error
            _take(ChatCompletionResponse.model_validate_json(error.body), draft)
            draft.end_whole()


def _whole_instead(error: Any) -> bool:
    """Tell whether a server ignored the wish for a stream: the SDK calls that an error."""
    kind = error.headers.get("content-type", "")
    return bool(error.status_code == 200 and "application/json" in kind and '"choices"' in error.body)  # noqa: PLR2004


def _take(body: Any, draft: Draft) -> None:
    """Take a whole completion or one chunk of a stream: they differ in the name of what was said."""
    draft.named(body.model)
    for choice in body.choices:
        said = getattr(choice, "message", None) or getattr(choice, "delta", None)
        draft.add(_text(getattr(said, "content", None)))
        draft.end(choice.finish_reason)
    if body.usage:
        draft.used(body.usage.prompt_tokens, body.usage.completion_tokens)


def _text(content: Any) -> Any:
    """Return what is text of a content that may come in parts; thoughts are not text."""
    if not isinstance(content, list):
        return content or None  # the SDK's mark for what was not sent is false
    return "".join(part.text for part in content if getattr(part, "type", None) == "text")


def _failure(error: Any) -> Exception:
    """Return our error for the SDK's, which keeps the body as text."""
    try:
        body = json.loads(error.body)
    except ValueError:
        body = None
    return from_answer(error.status_code, body, error.headers)


KIND = Kind(
    name="mistral",
    title="Mistral",
    key="MISTRAL_API_KEY",
    page="https://console.mistral.ai/api-keys",
    address="https://api.mistral.ai",
    address_note="without `/v1`",
    model="mistral-medium-latest",
    provider=Mistral,
    extra="mistral",
    colour="#d55e00",
    vocabulary="model messages role content text user system assistant type stream max_tokens v1 chat completions",
    loggers=("mistralai", "opentelemetry"),
    errors={
        "unknown_model": ModelGone, "invalid_model": ModelGone, "authentication_error": AuthFailed,
        "rate_limited": RateLimited, "rate_limit_error": RateLimited, "server_error": Overloaded,
        "invalid_request_error": BadRequest,
    },
)  # fmt: skip
