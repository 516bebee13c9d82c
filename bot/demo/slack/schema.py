"""Small checks of JSON that combine into the description of a block: each raises InvalidError or returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any, str], None]
"""Takes a value and its JSON pointer."""


class InvalidError(Exception):
    """A value is not what Slack takes; the sentence ends in its JSON pointer, as Slack's do."""

    def __init__(self, sentence: str, pointer: str) -> None:
        """Join the sentence and the place."""
        super().__init__(f"{sentence} [json-pointer:{pointer}]")


def anything(_value: Any, _pointer: str) -> None:
    """Take any value."""


def boolean(value: Any, pointer: str) -> None:
    """Take true and false."""
    if not isinstance(value, bool):
        raise InvalidError("must be a boolean", pointer)


def string(most: int, least: int = 1) -> Check:
    """Take a string of so many characters."""

    def check(value: Any, pointer: str) -> None:
        if not isinstance(value, str):
            raise InvalidError("must be a string", pointer)
        if len(value) < least:
            raise InvalidError(f"must be more than {least - 1} characters", pointer)
        if len(value) > most:
            raise InvalidError(f"must be less than {most + 1} characters", pointer)

    return check


def whole(least: int, most: int) -> Check:
    """Take a whole number between two bounds."""

    def check(value: Any, pointer: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise InvalidError(f"must be a whole number between {least} and {most}", pointer)

    return check


def one_of(*words: str) -> Check:
    """Take one of some words."""

    def check(value: Any, pointer: str) -> None:
        if value not in words:
            raise InvalidError("must be one of " + ", ".join(words), pointer)

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    """Take a list of so many items."""

    def check(value: Any, pointer: str) -> None:
        if not isinstance(value, list):
            raise InvalidError("must be an array", pointer)
        if len(value) < least:
            raise InvalidError(f"no fewer than {least} items allowed", pointer)
        if len(value) > most:
            raise InvalidError(f"no more than {most} items allowed", pointer)
        for index, entry in enumerate(value):
            item(entry, f"{pointer}/{index}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Take an object with just these fields."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> None:
        if not isinstance(value, dict):
            raise InvalidError("must be an object", pointer)
        for name in required:
            if value.get(name) is None:
                raise InvalidError(f"missing required field: {name}", pointer)
        for name, entry in value.items():
            if name not in known:
                raise InvalidError(f"invalid additional property: {name}", pointer)
            if entry is not None:
                known[name](entry, f"{pointer}/{name}")

    return check


def tagged(kinds: Mapping[str, Check]) -> Check:
    """Take an object by the check that stands under its `type`."""

    def check(value: Any, pointer: str) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            raise InvalidError(f"unsupported type: {kind}", f"{pointer}/type")
        kinds[kind](value, pointer)

    return check
