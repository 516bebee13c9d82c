"""The detectors while they load: whoever asks them waits in line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from bot.model.plan import Span
from bot.privacy.detect.detectors import Detectors


class Detecting:
    """The detectors, loaded in the background on the one thread that plans: planning waits for them in line."""

    def __init__(self, thinking: Executor, load: Callable[[], Detectors]) -> None:
        self._loading = thinking.submit(load)

    def detect(self, text: str) -> Sequence[Span]:
        """Return what must be hidden; raise the error of loading when there was one (fail closed)."""
        return self._loading.result().detect(text)

    async def ready(self) -> Detectors:
        """Return the detectors when they are loaded; raise ConfigurationError or DetectorFailed if they cannot be."""
        return await asyncio.wrap_future(self._loading)
