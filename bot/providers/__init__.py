"""The LLM providers: one file each, with a record `KIND` from which all that depends on a provider is derived.

To add one: write a file with a class that takes (config, http_client, max_reply_bytes) and is a `bot.ports.Provider`,
and its `KIND`; or a package of your own whose entry point in the group `tessera.providers` names a `Kind`. SDKs are
imported when a provider is built, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.errors import ConfigurationError
from bot.model.plan import Wire
from bot.model.question import Look
from bot.ports import Provider
from bot.providers.shared.kind import Kind, Maker, ProviderConfig
from bot.providers.shared.table import built_in, kinds

if TYPE_CHECKING:
    import httpx2

__all__ = [
    "PROVIDERS",
    "Kind",
    "ProviderConfig",
    "build",
    "configured",
    "key_names",
    "kinds",
    "loggers",
    "looks",
    "paths",
    "wires",
]

PROVIDERS: Mapping[str, Kind] = built_in()
"""Name -> record of the built-in providers; `kinds` has those of installed packages too."""

COMPATIBLE = "bot.providers.shared.compatible:Compatible"


class Endpoint(Protocol):
    """An OpenAI-compatible endpoint, as the settings name it."""

    @property
    def name(self) -> str:
        """Return what it is called."""

    @property
    def base_url(self) -> str:
        """Return its address."""

    @property
    def model(self) -> str:
        """Return its model."""

    @property
    def api_key(self) -> SecretStr:
        """Return its key."""


class Configuring(Protocol):
    """The settings, as far as they are read here; those of a single provider are read by the names in its record."""

    @property
    def compatible(self) -> Sequence[Endpoint]:
        """Return the endpoints that the admin added."""

    @property
    def provider_timeout_seconds(self) -> float:
        """Return the time for one call, where a provider has none of its own."""

    @property
    def provider_concurrency(self) -> int:
        """Return the calls at once, where a provider has no number of its own."""


def configured(settings: Configuring, names: tuple[str, ...] = ()) -> tuple[ProviderConfig, ...]:
    """Return the providers whose key is set and the compatible endpoints; with names those alone, in that order.

    Raises:
        ConfigurationError: a name is unknown, not configured or given to two providers, or none is configured.
    """
    known: dict[str, ProviderConfig] = {}
    for config in (*_with_a_key(settings), *_compatible(settings)):
        if config.name in known:
            raise ConfigurationError(f"Rename the entry `{config.name}` in TESSERA_COMPATIBLE: the name is taken.")
        known[config.name] = config
    for name in names:
        if name not in known:
            raise ConfigurationError(_what_to_set(name, tuple(known)))
    if not known:
        raise ConfigurationError(f"No provider is configured. Set {key_names('TESSERA_COMPATIBLE')}.")
    return tuple(known[name] for name in dict.fromkeys(names or known))


def build(config: ProviderConfig, http_client: httpx2.AsyncClient, max_reply_bytes: int = 2_000_000) -> Provider:
    """Return the provider behind one long-lived client of its SDK that sends through `http_client`.

    The HTTP client stays the caller's to close.

    Raises:
        ConfigurationError: the kind is unknown, or its package is not installed.
    """
    kind = kinds().get(config.kind)
    try:
        return (kind.provider if kind else _other_maker(config))(config, http_client, max_reply_bytes)
    except ModuleNotFoundError as error:
        if kind is None or not kind.extra:
            raise
        raise ConfigurationError(
            f"The provider `{kind.name}` needs a package that is not installed: install tessera[{kind.extra}]."
        ) from error


def key_names(*further: str) -> str:
    """Return the variables of all keys, and further ones, as one says them: `A, B or C`."""
    *most, last = (*(kind.key for kind in kinds().values()), *further)
    return f"{', '.join(most)} or {last}"


def paths(of: Iterable[Kind]) -> dict[str, str]:
    """Return the paths of the providers' addresses by name, for the emulators, which keep them."""
    return {kind.name: urlsplit(kind.address).path for kind in of}


def wires(configs: Iterable[ProviderConfig], known: Mapping[str, Kind]) -> dict[str, Wire]:
    """Return what the guard must know at each address: the built-in formats, and what a package says of its own."""
    kinds_at: dict[str, set[str]] = {}
    for config in configs:
        kinds_at.setdefault(config.base_url, set()).add(config.kind)
    return {url: _wire([known[name] for name in names if name in known]) for url, names in kinds_at.items()}


def _wire(here: Iterable[Kind]) -> Wire:
    found = (*PROVIDERS.values(), *here)
    return Wire(
        headers=frozenset().union(*(kind.headers for kind in found)),
        words=frozenset().union(*(kind.vocabulary.split() for kind in found)),
    )


def loggers() -> tuple[str, ...]:
    """Return the names of the loggers of their packages."""
    return tuple(name for kind in kinds().values() for name in kind.loggers)


def looks() -> dict[str, Look]:
    """Return how the providers are called and drawn in pictures."""
    return {kind.name: Look(kind.title, kind.colour) for kind in kinds().values()}


def _with_a_key(settings: Configuring) -> tuple[ProviderConfig, ...]:
    return tuple(config for kind in kinds().values() if (config := _config(kind, settings)) is not None)


def _config(kind: Kind, settings: Configuring) -> ProviderConfig | None:
    """Return the configuration of a provider, None when its key is not set."""
    key: SecretStr | None = getattr(settings, kind.key_field, None)
    if key is None or not key.get_secret_value().strip():
        return None
    sdk = getattr(settings, f"{kind.stem}_sdk", kind.sdk)
    return ProviderConfig(
        name=kind.name,
        kind=sdk if sdk in kind.other_sdks else kind.name,
        api_key=key,
        base_url=getattr(settings, kind.url_field),
        model=getattr(settings, kind.model_field),
        timeout=getattr(settings, f"{kind.stem}_timeout_seconds") or settings.provider_timeout_seconds,
        concurrency=getattr(settings, f"{kind.stem}_concurrency") or settings.provider_concurrency,
    )


def _compatible(settings: Configuring) -> tuple[ProviderConfig, ...]:
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


def _other_maker(config: ProviderConfig) -> Maker:
    """Return what makes a provider that has no record of its own: another SDK of one, or a compatible endpoint."""
    others = {"compatible": COMPATIBLE}
    for kind in kinds().values():
        others.update(kind.other_sdks)
    if config.kind not in others:
        raise ConfigurationError(f"Set the kind of `{config.name}` to one of: {', '.join((*kinds(), *others))}.")
    module, _, name = others[config.kind].partition(":")
    maker: Maker = getattr(import_module(module), name)
    return maker


def _what_to_set(name: str, known: tuple[str, ...]) -> str:
    if name in kinds():
        return f"The provider `{name}` is not configured. Set {kinds()[name].key}."
    choice = ", ".join((*kinds(), *(other for other in known if other not in kinds())))
    return f"There is no provider `{name}`. Choose among {choice}, or add it to TESSERA_COMPATIBLE."
