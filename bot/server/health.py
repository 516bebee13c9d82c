"""GET /healthz, /readyz and /metrics: what a platform and an operator may know without a token."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

Check = Callable[[], Awaitable[str | None]]
"""Returns None when all is well, else the reason in a few words."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One figure of /metrics; `labels` are pairs."""

    name: str
    description: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


class _Collector:
    """Asks for the figures when they are scraped; nothing is counted twice."""

    def __init__(self, samples: Callable[[], Iterable[Sample]]) -> None:
        self._samples = samples

    def collect(self) -> Iterable[Metric]:
        """Return the figures grouped by name."""
        families: dict[str, GaugeMetricFamily] = {}
        for sample in self._samples():
            names = [name for name, _ in sample.labels]
            family = families.setdefault(sample.name, GaugeMetricFamily(sample.name, sample.description, labels=names))
            family.add_metric([value for _, value in sample.labels], sample.value)
        return families.values()


def routes(checks: Iterable[Check], samples: Callable[[], Iterable[Sample]]) -> list[web.RouteDef]:
    """Return the three routes; /readyz is 503 with the reasons while a check gives one."""
    # Not the library's global one: it takes each name once in a process, and tests open many of ours.
    registry = CollectorRegistry()
    registry.register(_Collector(samples))
    asked = tuple(checks)

    async def healthz(_request: web.Request) -> web.Response:
        """Say that the process runs."""
        return web.Response(text="ok\n")

    async def readyz(_request: web.Request) -> web.Response:
        """Say whether questions are taken."""
        reasons = [reason for check in asked if (reason := await check()) is not None]
        return web.Response(status=503 if reasons else 200, text="\n".join(reasons or ["ready"]) + "\n")

    async def metrics(_request: web.Request) -> web.Response:
        """Give the figures."""
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)]
