"""`tessera settings`: every setting with its default and its meaning."""

# ruff: noqa: T201 - printing is what these commands are for
from __future__ import annotations

import sys

from bot.settings import described, example

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
