"""Time of detection by length, n = 1,000 to 40,000 characters: `python -m tests.bench.linear`."""

from __future__ import annotations

import time

from bot.privacy.detect import Detectors, Terms
from tests.unit.test_detect_bad_input import LINES, WORD

SIZES = (1_000, 5_000, 10_000, 20_000, 40_000)
ROUNDS = 3


def main() -> None:
    """Print one row for every kind of text, in milliseconds, the best of three."""
    detect = Detectors(None, Terms(), tuple).detect
    detect(WORD)
    print(f"{'ms':<18}" + "".join(f"{size:>9,}" for size in SIZES))
    for name, line in {"words": WORD * (SIZES[-1] // len(WORD) + 1), **LINES}.items():
        print(f"{name:<18}" + "".join(f"{1000 * seconds(detect, line[:size]):>9.1f}" for size in SIZES))


def seconds(detect, text: str) -> float:
    """Return the shortest of some rounds."""
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        detect(text)
        found.append(time.perf_counter() - begin)
    return min(found)


if __name__ == "__main__":
    main()
