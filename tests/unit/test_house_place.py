"""Where a house model lies."""

from __future__ import annotations

import pytest

from bot.house.place import MEANS, place


@pytest.mark.parametrize(
    ("addresses", "where"),
    [
        (["127.0.0.1"], "machine"),
        (["127.0.0.1", "::1"], "machine"),
        (["10.1.2.3"], "network"),
        (["192.168.0.9", "fe80::1%eth0"], "network"),
        (["127.0.0.1", "10.0.0.1"], "network"),
        (["93.184.216.34"], "outside"),
        (["10.0.0.1", "93.184.216.34"], "outside"),
        ([], "unknown"),
    ],
)
def test_the_farthest_address_counts(addresses: list[str], where: str) -> None:
    assert place(addresses) == where
    assert MEANS[where]
