"""The settings of a provider: its key, address, model, concurrency and time, made from its record."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr

from bot.providers.shared.kind import Kind


def _address(url: str) -> str:
    """Return the address; raise ValueError when it is not one that can be called."""
    try:
        parts = urlsplit(url)
        # A port out of range is found only when it is read; port 0 is in range, and nobody listens there.
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        good = good and "@" not in parts.netloc  # a password there would go into the records
    except ValueError:
        good = False  # its words quote the address
    if not good:
        raise ValueError("an address such as https://host/path is needed")
    return url


def _key(key: Any) -> Any:
    """Return the key without the space around it; raise ValueError when it cannot stand in a header."""
    text = key.get_secret_value() if isinstance(key, SecretStr) else key
    if not isinstance(text, str):
        return key
    if not (text := text.strip()).isascii() or not text.isprintable():
        raise ValueError("it has characters that no key has, so copy it again")
    return text or None


Address = Annotated[str, AfterValidator(_address)]
Key = Annotated[SecretStr | None, BeforeValidator(_key)]


def outside(name: str, default: object, description: str) -> Any:
    """Declare a setting whose name the outside fixed, without our prefix."""
    return Field(default=default, validation_alias=name, description=description)


def fields(kind: Kind) -> dict[str, Any]:
    """Return the settings of a provider as fields of a model: name -> type and declaration."""
    made: dict[str, Any] = {
        kind.key_field: (Key, _key_field(kind)),
        kind.url_field: (Address, outside(kind.url_variable, kind.address, _address_said(kind))),
        kind.model_field: (str, outside(kind.model_field.upper(), kind.model, f"Model at {kind.title}.")),
        f"{kind.stem}_concurrency": (int | None, Field(default=None, ge=1, description=_unless("Calls at once", kind))),
        f"{kind.stem}_timeout_seconds": (
            float | None,
            Field(default=None, gt=0, description=_unless("Time for one call", kind)),
        ),
    }
    if kind.other_sdks:
        others = ", ".join(f"`{name}` with the extra of that name" for name in kind.other_sdks)
        said = f"`{kind.sdk}`, or {others}."
        made[f"{kind.stem}_sdk"] = (
            Literal[(kind.sdk, *kind.other_sdks)],
            outside(f"{kind.stem.upper()}_SDK", kind.sdk, said),
        )
    return made


def _key_field(kind: Kind) -> Any:
    said = [f"Key of {kind.title}", *(f"`{other}` is read too" for other in kind.other_keys)]
    if kind.extra:
        said.append(f"needs the extra `{kind.extra}`")
    alias = AliasChoices(kind.key, *kind.other_keys) if kind.other_keys else kind.key
    return Field(default=None, validation_alias=alias, description=f"{'; '.join(said)}.")


def _address_said(kind: Kind) -> str:
    return ", ".join(filter(None, (f"{kind.title}'s endpoint", kind.address_note))) + "."


def _unless(what: str, kind: Kind) -> str:
    return f"{what} to {kind.title}, when other than for the rest."
