"""The table of the providers: the files beside this folder, and what installed packages add.

A package adds one by an entry point of the group `tessera.providers` that names a `Kind`.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from bot.errors import ConfigurationError
from bot.providers.shared.kind import Kind

GROUP = "tessera.providers"
RESERVED = frozenset({"compatible", "one", "refuse", "house"})
"""Words that mean something else where a provider's name may stand."""

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
_WORD = re.compile(r"[a-z0-9][\w-]{0,39}", re.ASCII)
MOST_WORDS = 80
"""Words of a wire format go unsearched, so a package gets no more of them than a format has."""


@cache
def built_in() -> Mapping[str, Kind]:
    """Return the records of the files in `bot/providers`: those with a place first, the others by name."""
    files = pkgutil.iter_modules([str(Path(__file__).parents[1])])
    modules = (import_module(f"bot.providers.{file.name}") for file in files if not file.ispkg)
    found: list[Kind] = [module.KIND for module in modules]
    # Their order is that of settings, of the demo and of what people are told, so it must not hang on file names.
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (kind.place is None, kind.place, kind.name))}


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the built-in providers and those of installed packages, which are looked up at the first call.

    Raises:
        ConfigurationError: a package's provider cannot be loaded, or takes what is taken.
    """
    return {**built_in(), **added(entry_points(group=GROUP), built_in())}


def added(points: Iterable[EntryPoint], taken: Mapping[str, Kind]) -> dict[str, Kind]:
    """Return the records that entry points name, by name.

    Raises:
        ConfigurationError: one cannot be loaded, is no record, or has a name that is taken.
    """
    names = {*taken, *RESERVED, *(sdk for kind in taken.values() for sdk in kind.other_sdks)}
    found: dict[str, Kind] = {}
    for point in sorted(points, key=lambda point: (point.name, point.value)):
        kind = _loaded(point)
        if kind.name in names or kind.name in found:
            raise _wrong(point, f"calls itself `{kind.name}`, and that name is taken")
        found[kind.name] = kind
    return found


def _loaded(point: EntryPoint) -> Kind:
    """Return the record of one entry point."""
    try:
        kind = point.load()
    except Exception as error:
        raise _wrong(point, f"cannot be loaded ({type(error).__name__})") from error
    if not isinstance(kind, Kind):
        raise _wrong(point, "is no bot.providers.Kind")
    if not (_NAME.fullmatch(kind.name) and _VARIABLE.fullmatch(kind.key) and _VARIABLE.fullmatch(kind.url_variable)):
        raise _wrong(point, "has a name, or a variable for its key or address, that cannot be one")
    words = (*kind.vocabulary.split(), *kind.headers)
    if len(words) > MOST_WORDS or not all(map(_WORD.fullmatch, words)) or "cookie" in kind.headers:
        raise _wrong(point, "wants more unsearched words or headers than a wire format needs")
    return kind


def _wrong(point: EntryPoint, what: str) -> ConfigurationError:
    package = point.dist.name if point.dist else "an installed package"
    return ConfigurationError(
        f"The provider `{point.name}` of {package} {what}. Mend or uninstall that package ({point.value})."
    )
