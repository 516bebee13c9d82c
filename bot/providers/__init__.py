"""The LLM providers: a table of kinds, and which of them the settings configure.

To add one: write a module with a class that takes (config, http_client, max_reply_bytes) and is a
`bot.ports.Provider`, add its line to PROVIDERS and KEY_PAGES, its key, address and model to `bot.settings`, and its row
to `_built_in`. SDKs are imported when a provider is built, not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.errors import ConfigurationError
from bot.ports import Provider
from bot.settings import Settings

if TYPE_CHECKING:
    import httpx2

PROVIDERS: dict[str, str] = {
    "openai": "bot.providers.openai:OpenAI",
    "anthropic": "bot.providers.anthropic:Anthropic",
    "google": "bot.providers.google:Google",
    "google-generativeai": "bot.providers.google_generativeai:GoogleGenerativeAI",
    "compatible": "bot.providers.compatible:Compatible",
}
"""Kind of provider -> module and class."""

KEY_PAGES = {
    "openai": ("OPENAI_API_KEY", "https://platform.openai.com/api-keys"),
    "anthropic": ("ANTHROPIC_API_KEY", "https://console.anthropic.com/settings/keys"),
    "google": ("GEMINI_API_KEY", "https://aistudio.google.com/apikey"),
}
"""Built-in provider -> the variable of its key, and the page where one is made."""


@dataclass(frozen=True, slots=True)
class ProviderConfig:
    """One configured provider; `kind` is a key of PROVIDERS, `timeout` is seconds for one call."""

    name: str
    kind: str
    api_key: SecretStr
    base_url: str
    model: str
    timeout: float
    concurrency: int


def configured(settings: Settings, names: tuple[str, ...] = ()) -> tuple[ProviderConfig, ...]:
    """Return the providers whose key is set and the compatible endpoints; with names those alone, in that order.

    Raises:
        ConfigurationError: a name is unknown, not configured or given to two providers, or none is configured.
    """
    known: dict[str, ProviderConfig] = {}
    for config in (*_built_in(settings), *_compatible(settings)):
        if config.name in known:
            raise ConfigurationError(f"Rename the entry `{config.name}` in TESSERA_COMPATIBLE: the name is taken.")
        known[config.name] = config
    for name in names:
        if name not in known:
            raise ConfigurationError(_what_to_set(name, tuple(known)))
    if not known:
        raise ConfigurationError(
            "No provider is configured. Set OPENAI_API_KEY, ANTHROPIC_API_KEY or GEMINI_API_KEY, or TESSERA_COMPATIBLE."
        )
    return tuple(known[name] for name in dict.fromkeys(names or known))


def build(config: ProviderConfig, http_client: httpx2.AsyncClient, max_reply_bytes: int = 2_000_000) -> Provider:
    """Return the provider behind one long-lived client of its SDK that sends through `http_client`.

    The HTTP client stays the caller's to close.

    Raises:
        ConfigurationError: the kind is unknown, or its package is not installed.
    """
    if config.kind not in PROVIDERS:
        raise ConfigurationError(f"Set the kind of `{config.name}` to one of: {', '.join(PROVIDERS)}.")
    module, _, name = PROVIDERS[config.kind].partition(":")
    provider: Provider = getattr(import_module(module), name)(config, http_client, max_reply_bytes)
    return provider


def _built_in(settings: Settings) -> tuple[ProviderConfig, ...]:
    google = "google" if settings.google_sdk == "google-genai" else settings.google_sdk
    return tuple(
        ProviderConfig(
            name=name,
            kind=kind,
            api_key=key,
            base_url=base_url,
            model=model,
            timeout=getattr(settings, f"{name}_timeout_seconds") or settings.provider_timeout_seconds,
            concurrency=getattr(settings, f"{name}_concurrency") or settings.provider_concurrency,
        )
        for name, kind, key, base_url, model in (
            ("openai", "openai", settings.openai_api_key, settings.openai_base_url, settings.openai_model),
            (
                "anthropic",
                "anthropic",
                settings.anthropic_api_key,
                settings.anthropic_base_url,
                settings.anthropic_model,
            ),
            ("google", google, settings.gemini_api_key, settings.google_gemini_base_url, settings.google_model),
        )
        if key is not None and key.get_secret_value().strip()
    )


def _compatible(settings: Settings) -> tuple[ProviderConfig, ...]:
    return tuple(
        ProviderConfig(
            name=entry.name,
            kind="compatible",
            api_key=entry.api_key,
            base_url=entry.base_url,
            model=entry.model,
            timeout=settings.provider_timeout_seconds,
            concurrency=settings.provider_concurrency,
        )
        for entry in settings.compatible
    )


def _what_to_set(name: str, known: tuple[str, ...]) -> str:
    if name in KEY_PAGES:
        return f"The provider `{name}` is not configured. Set {KEY_PAGES[name][0]}."
    choice = ", ".join((*KEY_PAGES, *(other for other in known if other not in KEY_PAGES)))
    return f"There is no provider `{name}`. Choose among {choice}, or add it to TESSERA_COMPATIBLE."
