"""`tessera settings`: every setting with its default and its meaning."""

# ruff: noqa: T201 - printing is what these commands are for
from __future__ import annotations

import sys
import textwrap
from dataclasses import dataclass

from pydantic import AliasChoices

from bot.settings import environment_name, with_packages

_COMMENT_WIDTH = 100
PIPE_WIDTH = 140
"""Columns of the table where it does not go to a terminal."""


def show(*, env: bool) -> None:
    """Print every setting: as a table, or as the file .env.example."""
    if env:
        print(example(), end="")
        return
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    table = Table("setting", Column("default", overflow="fold"), "meaning", box=None, pad_edge=False)
    for setting in described():
        table.add_row(*map(Text, (setting.variable, setting.default, setting.meaning)))
    Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table)


def _shown(default: object) -> str:
    """Return a default as one would write it into `.env`."""
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


@dataclass(frozen=True, slots=True)
class Described:
    """A setting as people see it: its variable, its default as one would write it (empty without one), its meaning."""

    variable: str
    default: str
    meaning: str


def described() -> list[Described]:
    """Return every setting, in the order in which one needs them."""
    found = []
    for name, field in with_packages().model_fields.items():
        alias = field.validation_alias
        variable = str(alias.choices[0] if isinstance(alias, AliasChoices) else alias or environment_name(name))
        default = "" if field.default in (None, ()) else _shown(field.default)
        found.append(Described(variable, default, field.description or ""))
    return found


def example() -> str:
    """Return `.env.example`: every setting with its meaning; a line that holds a default is a comment."""
    parts = ["# Copy to .env and fill in what you need. Written by `tessera settings --env`."]
    for setting in described():
        meaning = textwrap.wrap(setting.meaning, _COMMENT_WIDTH, initial_indent="# ", subsequent_indent="# ")
        line = f"#{setting.variable}={setting.default}" if setting.default else f"{setting.variable}="
        parts.append("\n".join([*meaning, line]))
    return "\n\n".join(parts) + "\n"
