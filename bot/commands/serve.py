"""`tessera serve`: the Slack app until a signal ends it."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

from bot.logs import LOGGER
from bot.server.process import serving
from bot.settings import Settings

# Heroku and Kubernetes kill what still runs 30 s after the signal.
EXIT_SECONDS = 24.0
"""Seconds after a signal by which the process is gone, whatever hangs."""

LOST_SECONDS = 3.0
"""The same when others may have taken our questions."""


def serve(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; return 0, or 1 when another process may have taken our questions."""
    return asyncio.run(_until_stopped(settings))


async def _until_stopped(settings: Settings) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with serving(settings, stop) as service:
        await stop.wait()
        if service.lost:
            _be_gone(LOST_SECONDS, 1)
            return 1
        _be_gone(EXIT_SECONDS, 0)
        LOGGER.info("Stopping: no new questions, %d in work", service.desk.in_work)
        await service.drain()
    return 0


def _be_gone(seconds: float, status: int) -> None:
    """End the process after so many seconds, even when a thread waits for a database that does not answer."""
    timer = threading.Timer(seconds, os._exit, (status,))
    # Python waits at its end for threads that run, and one may hang in a database driver for ever.
    timer.daemon = True
    timer.start()
