"""What every question of a process shares."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, field

from bot.fanout import Engine
from bot.pipeline.meaning import House
from bot.pipeline.papers import Dispatch
from bot.pipeline.rules import Rules
from bot.ports import Records, Warmable
from bot.routing import Rotation


@dataclass(frozen=True, slots=True)
class Shared:
    """What every question of a process shares."""

    engine: Engine
    dispatch: Dispatch
    records: Records
    rules: Rules
    thinking: Executor
    loading: tuple[Warmable, ...]
    rotation: Rotation = field(default_factory=Rotation)
    house: House | None = None
    key: bytes = field(repr=False, default=b"")

    async def warm(self) -> None:
        """Wait for the detectors and every provider's SDK, so that the first question does not pay for them."""
        for part in self.loading:
            await part.ready()
