"""What a load on the Slack app came to: pure figures from what the driver, the mock and the probe noted."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

RAMP_SECONDS = 2.0
TAG = re.compile(rb"zu[a-z]{5}")


@dataclass(slots=True)
class Asked:
    """One question on its way; moments are monotonic seconds."""

    tag: bytes
    sent: float
    ack: float | None = None
    last_byte: float = 0.0
    calls: int = 0
    final: float | None = None


@dataclass(slots=True)
class Book:
    """All questions, by their tag and by the time stamp of the message that asked."""

    by_tag: dict[bytes, Asked] = field(default_factory=dict)
    by_ts: dict[str, Asked] = field(default_factory=dict)

    def ended(self, body: bytes, at: float) -> None:
        """Take in a provider's answer: its last byte was written."""
        tag = TAG.search(body)
        if tag is not None:
            asked = self.by_tag[tag[0]]
            asked.calls += 1
            asked.last_byte = max(asked.last_byte, at)


@dataclass(frozen=True, slots=True)
class Phase:
    """Questions at one rate for so long, from a monotonic moment on."""

    rate: float
    seconds: float
    began: float
    asked: list[Asked]
    edits: int
    driver_lags: list[tuple[float, float]]

    def window(self, answer: float) -> tuple[float, float]:
        """Return when the first answers are all out and new questions still come."""
        return self.began + answer + RAMP_SECONDS, self.began + self.seconds


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this part of the values stays within."""
    known = sorted(values)
    return known[min(len(known) - 1, int(share * len(known)))] if known else float("nan")


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return median, p95, p99 and maximum in milliseconds."""
    cuts = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return {name: percentile(values, share) * 1_000 for name, share in cuts.items()}


def summary(phase: Phase, answer: float, parts: int, probe: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one phase's figures; the window is when as many are in flight as there will be."""
    start, end = phase.window(answer)
    done = [each for each in phase.asked if each.final is not None]
    inside = [each for each in done if each.final is not None and start <= each.final <= end]
    lines = [line for line in probe if start <= line["at"] <= end]
    elapsed, cpu = lines[-1]["at"] - lines[0]["at"], lines[-1]["cpu"] - lines[0]["cpu"]
    finals = sum(lines[0]["at"] <= (each.final or 0.0) <= lines[-1]["at"] for each in done)
    return {
        "rate": phase.rate,
        "questions": len(phase.asked),
        "answered": len(done),
        "whole": sum(each.calls == parts for each in phase.asked),
        "in_flight": statistics.mean(
            sum(each.sent <= line["at"] < (each.final or float("inf")) for each in phase.asked) for line in lines
        ),
        "window_seconds": elapsed,
        "window_questions": finals,
        "added_ms": spread([(each.final or 0.0) - each.last_byte for each in inside]),
        "end_to_end_minus_answer_ms": spread([(each.final or 0.0) - each.sent - answer for each in inside]),
        "ack_ms": spread([each.ack for each in phase.asked if each.ack is not None and start <= each.sent <= end]),
        "not_acked": sum(each.ack is None for each in phase.asked),
        "lag_ms": spread([lag for line in lines for lag in line["lags"]]),
        "driver_lag_ms": spread([lag for at, lag in phase.driver_lags if start <= at <= end]),
        "rss_mb": max(line["rss_mb"] for line in lines),
        "cpu_share": cpu / elapsed,
        "cpu_ms_per_question": cpu / finals * 1_000 if finals else float("nan"),
        "edits_per_question": phase.edits / len(phase.asked),
    }
