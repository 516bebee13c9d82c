"""Fan-out: send the fragments of a question to their providers at once, and get every one of them answered.

`Engine.begin(plan, papers)` gives the `Run` of one question, `Run.send(number)` gets one fragment answered. Health is
kept per provider in a `Lane`: circuit breaker, adaptive bulkhead, retry budget, learnt latencies.
"""

from __future__ import annotations

from bot.fanout.breaker import State
from bot.fanout.engine import Engine
from bot.fanout.lane import ProviderHealth
from bot.fanout.policy import Policy
from bot.fanout.run import Run

__all__ = [
    "Engine",
    "Policy",
    "ProviderHealth",
    "Run",
    "State",
]
