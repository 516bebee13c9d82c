"""An event loop on virtual time: whoever sleeps is woken at once, and the clock says that the time has passed."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Jumping(selectors.SelectSelector):
    """A selector that never waits: it hands the time that it was to wait to its loop."""

    def __init__(self) -> None:
        super().__init__()
        self.elapsed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everything waits and nothing will ever happen")
        self.elapsed += max(0.0, timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """`asyncio.sleep`, `asyncio.timeout` and `asyncio.wait` take no time here; `time()` is the clock of all."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the virtual time in seconds."""
        return self._jumping.elapsed


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on virtual time from 0 on; fail if it leaves a task behind."""

    async def checked() -> T:
        result = await main
        left = asyncio.all_tasks() - {asyncio.current_task()}
        assert not left, f"left behind: {left}"
        return result

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(checked())


def clock() -> float:
    """Return the virtual time of the running loop."""
    return asyncio.get_running_loop().time()
