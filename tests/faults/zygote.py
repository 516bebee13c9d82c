"""Serving processes in a fraction of a second: everything is imported once, each process is forked from there.

Run as `python -m tests.faults.zygote`. A line of JSON on stdin asks for a process: `{"settings": {...}, "log": path,
"die_at": n}`; a line on stdout says its pid, and another one when it has ended, with its exit status (the negative
signal when it was killed). SIGUSR1 makes a process begin to count; at the n-th counted point it ends on the spot.

The points are taken from outside of our code: before and after every commit of any database connection, and before
and after every HTTP call of any client. They are patched into SQLAlchemy and aiohttp, in the forked process only.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

EXIT = 86
"""Exit status of a process that ended at its point."""


PRELOADED = (
    "alembic.command",
    "alembic.runtime.migration",
    "anthropic",
    "bot.merge",
    "dbos._sys_db_postgres",
    "dbos._sys_db_sqlite",
    "google.genai",
    "openai",
    "phonenumbers",
    "psycopg",
    "sentencex",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
)
"""What serving or its first question imports late."""


class Points:
    """Counts points from the signal on, from whichever thread, and ends the process at the n-th."""

    def __init__(self, die_at: int, report: str) -> None:
        self._die_at, self._report = die_at, report
        self._count, self._counting = 0, False
        self._lock = threading.Lock()

    def begin(self, *_signal: object) -> None:
        """Begin to count."""
        self._counting = True

    def pass_(self, name: str) -> None:
        """Count a point."""
        if not self._counting:
            return
        with self._lock:
            self._count += 1
            if self._count == self._die_at:
                with Path(self._report).open("a") as report:
                    report.write(f"died at {self._count}: {name}\n")
                os._exit(EXIT)


def patch(points: Points) -> None:
    """Pass a point around every commit and every HTTP call."""
    import aiohttp
    from sqlalchemy.engine.default import DefaultDialect

    commit, request = DefaultDialect.do_commit, aiohttp.ClientSession._request

    def do_commit(self: Any, connection: Any) -> None:
        points.pass_("before a commit")
        commit(self, connection)
        points.pass_("after a commit")

    async def _request(self: Any, method: str, url: Any, **more: Any) -> Any:
        points.pass_(f"before {url}")
        response = await request(self, method, url, **more)
        points.pass_(f"after {url}")
        return response

    DefaultDialect.do_commit = do_commit
    aiohttp.ClientSession._request = _request


def serve(order: dict[str, Any]) -> int:
    """Serve as the command does."""
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir(Path(order["log"]).parent)
    from bot import logs
    from bot.commands.serve import serve as serve_
    from bot.errors import TesseraError
    from bot.providers import loggers
    from bot.settings import load

    if order.get("die_at") is not None:
        points = Points(order["die_at"], order["log"] + ".points")
        patch(points)
        signal.signal(signal.SIGUSR1, points.begin)
    settings = load(_env_file=None, **order["settings"])
    logs.configure(settings.log_format, settings.log_level, loggers())
    try:
        return serve_(settings)
    except TesseraError as error:
        print(error.message, file=sys.stderr)
        return 2


def preload() -> None:
    """Import whatever serving imports, and what the first question would."""
    import bot.commands.serve  # noqa: F401

    for module in PRELOADED:
        __import__(module)


def main() -> None:
    """Fork a process for every line; tell of those that end."""
    preload()
    gc.collect()
    gc.freeze()
    out = threading.Lock()

    def say(**what: object) -> None:
        with out:
            sys.stdout.write(json.dumps(what) + "\n")
            sys.stdout.flush()

    def reap(*_signal: object) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            say(ended=pid, status=os.waitstatus_to_exitcode(status))

    signal.signal(signal.SIGCHLD, reap)
    say(ready=os.getpid())
    for line in sys.stdin:
        order = json.loads(line)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            code = 70
            try:
                code = serve(order)
            except BaseException:  # noqa: BLE001 - whatever it is, the log shall show it
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                threading._shutdown()
                os._exit(code)
        say(started=pid, order=order["number"])
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


if __name__ == "__main__":
    main()
