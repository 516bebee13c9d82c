"""Logging: whole lines on stderr, as text or JSON, without a word of a message and without a key."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Collection
from typing import Literal, TextIO

LOGGER = logging.getLogger("tessera")
TERMINAL = logging.getLogger("tessera.terminal")
"""What a command says on stderr: always, whatever the level, and in the form of the logs."""

NOISY = (
    "slack_bolt",
    "slack_sdk",
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "aiohttp",
    "dbos",
    "sqlalchemy",
    "alembic",
    "PIL",
    "urllib3",
    "asyncio",
)


class _Text(logging.Formatter):
    """The message alone: the seed's lines to the letter; an exception is its class, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        # One record is one line: what stands in it must not look like another record.
        line = record.getMessage().replace("\n", " ")
        return f"{line} ({record.exc_info[0].__name__})" if record.exc_info and record.exc_info[0] else line


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            entry["error"] = record.exc_info[0].__name__
        return json.dumps(entry, ensure_ascii=False)


class _Foreign(logging.Filter):
    """Let other people's records through without their words, which may hold text or keys; Bolt's warnings not at all.

    Bolt warns at every start that the token in the environment is not its own, and sets its loggers' levels itself.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("slack_bolt") and record.levelno < logging.ERROR:
            return False
        if record.name.split(".")[0] != "tessera":
            record.msg, record.args = f"{record.name}: {record.levelname.lower()} at {record.module}", ()
        return True


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at that moment, so that lines go above a progress display, not into it."""

    def __init__(self) -> None:
        # Not StreamHandler's own: it sets `stream`, which is a property here.
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


def configure(log_format: Literal["text", "json"] = "text", level: str = "INFO", noisy: Collection[str] = ()) -> None:
    """Send our own records from `level` on, and others' from WARNING on, to stderr; `noisy` names more of them."""
    handler = _Stderr()
    handler.setFormatter(_Json() if log_format == "json" else _Text())
    handler.addFilter(_Foreign())
    root = logging.getLogger()
    # In the place of all others: where a library was there first, each line would come twice, once with its words.
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(level)
    TERMINAL.setLevel(logging.INFO)
    for name in (*NOISY, *noisy):
        logging.getLogger(name).setLevel(logging.WARNING)
