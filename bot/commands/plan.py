"""`tessera ask --plan` and `tessera audit`: the exact text that each provider would get; nobody is called."""

# ruff: noqa: T201 - printing is what these commands are for
from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import Rejected, TesseraError
from bot.logs import TERMINAL
from bot.settings import Settings

MOST_LINE_BYTES = 2**20
"""Bytes of one line that `audit` reads: twelve times over what 40,000 characters take at most."""
PLANNED = 0


def show_plan(settings: Settings, text: str, names: tuple[str, ...], *, as_json: bool, why: bool) -> int:
    """Print why the message is split so, and the exact text that each provider would get; call nobody.

    With `why` also why each value is hidden.
    """
    from bot.runtime import planner

    planned = planner(settings, names, why=why)(text)
    if as_json:
        print(json.dumps(planned, ensure_ascii=False))
        return PLANNED
    if planned["why"]:  # on stdout: it belongs to the plan, and no log ever holds it
        print(planned["why"])
    for line in planned.get("evidence", ()):
        print(line)
    for fragment in planned["fragments"]:
        print(f"--- {fragment['number']} -> {fragment['provider'].upper()}")
        print(fragment["text"])
    hidden = ", ".join(f"{count} {kind}" for kind, count in planned["masked"].items()) or "nothing"
    shares = ", ".join(f"{name} {share:.0%}" for name, share in planned["share"].items())
    TERMINAL.info("Hidden: %s. Share of the words: %s.", hidden, shares)
    return PLANNED


def audit(settings: Settings, file: str) -> int:
    """Print the plan of each line's text, in order; a line that is no such object gets an error in its place."""
    from bot.runtime import planner

    try:
        stream: BinaryIO = sys.stdin.buffer if file == "-" else Path(file).open("rb")  # noqa: SIM115 - closed below
    except (OSError, ValueError):
        raise Rejected("The file cannot be read. Give a file of JSON lines, or - for standard input.") from None
    with stream:
        plan = planner(settings, ())
        for line in lines_of(stream, MOST_LINE_BYTES):
            # Flushed line by line: of a long file one wants to see the first plans at once, and to stop.
            print(json.dumps(_audited(line, plan), ensure_ascii=False), flush=True)
    return PLANNED


def lines_of(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield the lines; of one that is longer than `most` bytes only so much that it is seen to be too long."""
    while line := stream.readline(most + 1):
        rest = line
        while len(rest) > most and not rest.endswith(b"\n"):
            rest = stream.readline(most + 1)
        yield line


def _audited(line: bytes, plan: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Return the line's plan, or the error that stands in its place."""
    if len(line) > MOST_LINE_BYTES:
        return {"error": f"This line is longer than {MOST_LINE_BYTES:,} bytes."}
    try:
        # Files from Windows may begin with a byte order mark, which no JSON may.
        entry = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {"error": "This line is not JSON in UTF-8."}
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        return {"error": 'This line is not an object with a "text".'}
    try:
        return plan(entry["text"])
    except TesseraError as error:
        return {"error": error.message}
    except Exception as error:  # noqa: BLE001 - one line must not end the others; its text may hold anybody's words
        TERMINAL.error("A line could not be planned (%s)", type(error).__name__)
        return {"error": TesseraError.message}
