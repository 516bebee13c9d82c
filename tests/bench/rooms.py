"""How often one question changes rooms on its way through the code: `python -m tests.bench.rooms`.

One mention of three parts goes over HTTP through the real app to the emulators, after one that loads what is loaded
late. Of every function of `bot` and `storage` (without `bot.demo`) the first call in any thread is noted, in order. A
room is a folder of `bot`, a file of `bot` that lies in no folder, or `storage`; `bot.fanout` and `bot.providers` count
as one. A change of room is a first call in another room than the first call before it. What the process does once a
second beside any question is left out. Three questions are counted; the median is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType

import bot
from tests.scenario.house import QUESTION, house

ROOT = Path(bot.__file__).parents[1]
BESIDE = frozenset(
    {"_keep_watch", "watch", "_quietly", "heed_stops", "round", "alive", "stops", "open_questions", "left", "finished"}
)
"""Functions that run once a second whether anybody asks or not, or for this count; what they call is theirs too."""


@dataclass
class Trip:
    """The first call of every function, in order."""

    seen: set[CodeType] = field(default_factory=set)
    steps: list[tuple[str, str, str]] = field(default_factory=list)
    texts: Counter[str] = field(default_factory=Counter)

    def note(self, frame: FrameType, event: str, _argument: object) -> None:
        """Take a call down when it is a function's first; what `sys.setprofile` calls."""
        if event != "call":
            return
        code = frame.f_code
        name = code.co_filename
        if not name.startswith(f"{ROOT}/") or "/demo/" in name or "/tests/" in name or "/.venv/" in name:
            return
        if code.co_name in {"render", "restore"}:
            self.texts[code.co_name] += 1
        if code not in self.seen and not _beside(frame):
            self.seen.add(code)
            self.steps.append((room(name), str(Path(name).relative_to(ROOT)), code.co_qualname))

    @property
    def changes(self) -> int:
        """Return how often a first call is in another room than the one before."""
        return sum(one[0] != other[0] for one, other in pairwise(self.steps))


def room(name: str) -> str:
    """Return the room of a file."""
    parts = Path(name).relative_to(ROOT).with_suffix("").parts
    found = parts[0] if parts[0] != "bot" else ".".join(parts[:2])
    return "bot.fanout" if found == "bot.providers" else found


def _beside(frame: FrameType | None) -> bool:
    """Tell whether a call belongs to the upkeep of the process."""
    while frame is not None:
        if frame.f_code.co_name in BESIDE and frame.f_code.co_filename.startswith(f"{ROOT}/"):
            return True
        frame = frame.f_back
    return False


class Watch:
    """The one profiler of every thread; it notes calls while there is a trip."""

    def __init__(self) -> None:
        self.trip: Trip | None = None

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        """Hand a call on to the trip."""
        if self.trip is not None:
            self.trip.note(frame, event, argument)

    def start(self) -> None:
        """Look on from now: threads that run already cannot be watched before Python 3.12."""
        threading.setprofile(self)
        sys.setprofile(self)


async def trips(count: int) -> list[Trip]:
    """Return the trips of so many questions, one after another."""
    found, watch = [], Watch()
    watch.start()
    with tempfile.TemporaryDirectory() as folder:
        async with house(Path(folder)) as home:
            await home.answered()
            await home.service.desk.finished(10.0)
            for _ in range(count):
                watch.trip = Trip()
                await home.answered()
                await home.service.desk.finished(10.0)
                found.append(watch.trip)
                watch.trip = None
    return found


def main() -> None:
    """Print the figures, and with `--steps` the way itself."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", action="store_true", help="print every first call of the median question")
    parser.add_argument("--count", type=int, default=3)
    wanted = parser.parse_args()
    found = asyncio.run(trips(wanted.count))
    middle = statistics.median_low(trip.changes for trip in found)
    trip = next(each for each in found if each.changes == middle)
    if wanted.steps:
        for step in trip.steps:
            print(*step)
    rooms, files = (len({step[place] for step in trip.steps}) for place in (0, 1))
    every = sorted(each.changes for each in found)
    written, restored = trip.texts["render"], trip.texts["restore"]
    print(f"one mention over HTTP: {QUESTION!r}")
    print(f"changes of room {middle} (of {every}), rooms {rooms}, files {files}, functions {len(trip.steps)}")
    print(f"prompts rendered {written}, answers restored {restored}")


if __name__ == "__main__":
    main()
