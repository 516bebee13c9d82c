"""Turn the values of `bot.model` into JSON and back, for the journal; types are checked on the way in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@lru_cache(maxsize=32)
def _built(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _adapter(kind: Any) -> TypeAdapter[Any]:
    return _built(kind)  # by way of Any: the type checker takes no class for hashable, as the cache wants it


def dump(value: object) -> str:
    """Return the value as JSON text."""
    return _adapter(type(value)).dump_json(value).decode()


def load(kind: type[T], text: str) -> T:
    """Return the value of that type; raise ValueError when the JSON does not fit."""
    value: T = _adapter(kind).validate_json(text)
    return value
