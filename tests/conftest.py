"""What every test stands on: no environment of the machine, no network but loopback."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bot.providers import PROVIDERS

pytest_plugins = ["tests.postgres"]

# Hypothesis gives an example 200 ms by default: a machine that stops for a second would fail it.
settings.register_profile("tests", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")

VENDORS = {
    variable.partition("_")[0]
    for kind in PROVIDERS.values()
    for variable in (kind.key, *kind.other_keys, kind.url_variable)
}
OURS = re.compile(
    rf"({'|'.join(sorted(VENDORS))}|SLACK|TESSERA|DATABASE|DBOS)_|PORT$|LOG_FORMAT$|.*_PROXY$", re.IGNORECASE
)
KEPT = re.compile(r"TESSERA_TEST_")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Give every test an empty folder to work in and none of the machine's settings."""
    for name in os.environ:
        if OURS.match(name) and not KEPT.match(name):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


class OutsideError(AssertionError):
    """A test tried to reach something that is not this machine."""


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Refuse every connection and look-up that is not of this machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _local(address[0]):
            raise OutsideError(address)
        connect(self, address)

    def looked_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None and not _local(host):
            raise socket.gaierror(socket.EAI_NONAME, "outside the test's machine")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket, "getaddrinfo", looked_up)
        yield


def _local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    return name in ("localhost", "::1", "0.0.0.0") or name.startswith("127.")
