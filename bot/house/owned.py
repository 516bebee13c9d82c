"""Which model is the house model, by the settings, and how it is reached."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.errors import ConfigurationError
from bot.house import local
from bot.house.child import Order
from bot.house.worth import Patience
from bot.providers import ProviderConfig, configured, kinds
from bot.settings import Settings

HOUSE = "house"
"""The word for the house model in policies."""


def name_of(settings: Settings) -> str:
    """Return the name of the house model's provider, empty without one.

    Raises:
        ConfigurationError: it is no provider, or a policy speaks of one where there is none.
    """
    name = settings.house_model or ""
    if settings.house_gguf is not None:
        return local.NAME
    if name:
        configured(settings, (name,))
    elif HOUSE in (settings.unsplittable, settings.code_policy) or settings.house_hidden_share is not None:
        raise ConfigurationError("Set TESSERA_HOUSE_MODEL: a policy leaves questions to the house model.")
    return name


def taking_part(settings: Settings, names: tuple[str, ...] = ()) -> tuple[ProviderConfig, ...]:
    """Return the providers of these names, or all, and the house model's whatever the names.

    Raises:
        ConfigurationError: as `bot.providers.configured` and `name_of` do.
    """
    own = name_of(settings)
    if settings.house_gguf is not None:
        others = _others(settings, names)
        if own in {config.name for config in others}:
            raise ConfigurationError(f"Rename the entry `{own}` in TESSERA_COMPATIBLE: the name is taken.")
        return (*others, _gguf(settings, settings.house_gguf))
    found = configured(settings, names)
    return found if not own or own in {config.name for config in found} else (*found, *configured(settings, (own,)))


def _others(settings: Settings, names: tuple[str, ...]) -> tuple[ProviderConfig, ...]:
    """Return the providers beside a local house model, which can do alone."""
    return configured(settings, names) if names or settings.compatible or _keyed(settings) else ()


def _gguf(settings: Settings, file: Path) -> ProviderConfig:
    """Return the configuration of a local house model: the port is free now, the key is new."""
    local.check(file)
    return ProviderConfig(
        name=local.NAME,
        kind="compatible",
        api_key=SecretStr(local.new_key()),
        base_url=f"http://127.0.0.1:{local.free_port()}/v1",
        model=file.stem,
        timeout=settings.provider_timeout_seconds,
        concurrency=2,
    )


def child(settings: Settings, configs: Sequence[ProviderConfig]) -> local.Child | None:
    """Return the process of a local house model, None without one."""
    config = next((each for each in configs if each.name == local.NAME and settings.house_gguf), None)
    if config is None or settings.house_gguf is None:
        return None
    order = Order(
        file=str(settings.house_gguf.resolve()),
        port=urlsplit(config.base_url).port or 0,
        key=config.api_key.get_secret_value(),
        context=settings.house_context_tokens,
        threads=settings.house_threads,
        memory_mb=settings.house_memory_mb,
    )
    return local.Child(order, load_seconds=settings.house_load_seconds)


def patience(settings: Settings) -> Patience:
    """Return how long the house model may take."""
    return Patience(
        plan=settings.house_plan_seconds,
        share=settings.house_plan_share,
        compose=settings.house_compose_seconds,
        slower=settings.house_slower,
    )


def _keyed(settings: Settings) -> bool:
    return any(getattr(settings, kind.key_field, None) for kind in kinds().values())
