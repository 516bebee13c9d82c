"""`tessera serve` with a probe in its event loop; the product knows nothing of it.

    python -m tests.bench.probed FILE

Every second one JSON line goes to FILE: the moment (monotonic), CPU seconds of the process so far, its RSS in MB, and
by how many seconds each sleep of 20 ms overslept: the event loop's lag.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import signal
import sys
import time
from pathlib import Path

from bot import logs
from bot.cli import LOADING
from bot.providers import loggers
from bot.settings import load

NAP_SECONDS = 0.02
PAGE = resource.getpagesize()


def rss_mb() -> float:
    """Return the process's resident memory now; its peak where there is no /proc."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def watch(path: Path) -> None:
    """Write a line a second for ever."""
    with path.open("w", buffering=1) as file:
        while True:
            until, lags = time.monotonic() + 1.0, []
            while (now := time.monotonic()) < until:
                await asyncio.sleep(NAP_SECONDS)
                lags.append(round(time.monotonic() - now - NAP_SECONDS, 5))
            line = {"at": time.monotonic(), "cpu": time.process_time(), "rss_mb": rss_mb(), "lags": lags}
            file.write(json.dumps(line) + "\n")


async def main(path: Path) -> None:
    """Serve until SIGTERM, as `tessera serve` does."""
    from bot.server.process import serving  # as `tessera serve` does: not before the thresholds are set

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = load()
    logs.configure(settings.log_format, settings.log_level, loggers())
    probe = asyncio.create_task(watch(path))
    async with serving(settings, stop) as service:
        await stop.wait()
        await service.drain()
    probe.cancel()


if __name__ == "__main__":
    gc.set_threshold(*LOADING)
    asyncio.run(main(Path(sys.argv[1])))
