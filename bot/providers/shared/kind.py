"""What a provider says of itself, and what one is built from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.errors import ProviderError
from bot.ports import Provider

if TYPE_CHECKING:
    import httpx2


@dataclass(frozen=True, slots=True)
class ProviderConfig:
    """One configured provider; `kind` says how it is built, `timeout` is seconds for one call."""

    name: str
    kind: str
    api_key: SecretStr
    base_url: str
    model: str
    timeout: float
    concurrency: int


Maker = Callable[[ProviderConfig, "httpx2.AsyncClient", int], Provider]
"""From the configuration, the guarded HTTP client and the bytes of one reply at most to the provider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The record of a provider: settings, guard, doctor, logs, pictures, demo and tests are derived from it.

    Args:
        name: in settings, records and replies.
        title: as people write it.
        key: the variable of its key; `page` is where one is made.
        address: its endpoint; `address_note` is what people must know of it.
        model: the model when none is set.
        provider: makes the provider; its SDK is imported in there, not before.
        other_keys: further variables that are read for the key.
        address_variable: the variable of the endpoint, where it is not `<NAME>_BASE_URL`.
        place: its place among those that plan and play when no key is set; None keeps it out of that.
        colour: in pictures; "" takes one that is free.
        headers: names, small, of headers that it needs beyond those that all have; all others are dropped.
        vocabulary: the words of its wire format, with blanks between: the guard does not search these.
        loggers: names of its packages' loggers.
        errors: words of its error bodies, small, and what they mean; `spent` are parts of words for a used-up quota.
        extra: the extra of Tessera that brings its SDK, "" when it is always there.
        sdk: the name of its SDK, where there is a choice; `other_sdks` are the others, by module and class.
    """

    name: str
    title: str
    key: str
    page: str
    address: str
    model: str
    provider: Maker
    other_keys: tuple[str, ...] = ()
    address_note: str = ""
    address_variable: str = ""
    place: int | None = None
    colour: str = ""
    headers: frozenset[str] = frozenset()
    vocabulary: str = ""
    loggers: tuple[str, ...] = ()
    errors: Mapping[str, type[ProviderError]] = field(default_factory=dict)
    spent: tuple[str, ...] = ()
    extra: str = ""
    sdk: str = ""
    other_sdks: Mapping[str, str] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """Return what the names of its settings begin with."""
        return self.name.replace("-", "_")

    @property
    def url_variable(self) -> str:
        """Return the variable of its endpoint."""
        return self.address_variable or f"{self.stem.upper()}_BASE_URL"

    @property
    def key_field(self) -> str:
        """Return the name of its key among the settings."""
        return self.key.lower()

    @property
    def url_field(self) -> str:
        """Return the name of its endpoint among the settings."""
        return self.url_variable.lower()

    @property
    def model_field(self) -> str:
        """Return the name of its model among the settings."""
        return f"{self.stem}_model"
