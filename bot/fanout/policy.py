"""The numbers that the fan-out works by, each with the default that the README states."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """How often, how long and where else a fragment is tried; durations are seconds.

    A fragment is retried at most `max_attempts - 1` times in all and gets one first attempt at each provider
    that it may move to, so no provider sees it more than `max_attempts` times (a hedge comes on top). The
    hedge comes after the learnt p96, not p95: a hedge that the share cannot pay for is missing where it counts,
    and a p95 asks for all of the 5 % (tests/bench/hedging.py: p99 of ten fragments 0.46 of unhedged, not 0.57).
    """

    max_attempts: int = 3
    backoff_base: float = 0.5
    backoff_cap: float = 8.0
    retry_ratio: float = 0.1
    retry_floor: int = 5
    retry_after_cap: float = 30.0
    fragment_timeout: float = 120.0
    question_timeout: float = 180.0
    failover: bool = True
    hedge: bool = False
    hedge_share: float = 0.05
    hedge_quantile: float = 0.96
    breaker_failures: int = 10
    breaker_seconds: float = 10.0
