"""Where the house model's address lies, and what that means for who may see whole masked messages."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address

MEANS = {
    "machine": "on this machine: whole masked messages go to it, and stay here",
    "network": "on this network: whole masked messages go to it, and stay on your network",
    "outside": "OUTSIDE this network: whole masked messages leave for that address, so P5 is worth what your contract "
    "with whoever runs it is worth",
    "unknown": "at an address that cannot be found from here, so where whole masked messages go cannot be told",
}
"""What each place means, as the end of a sentence."""


def place(addresses: Sequence[str]) -> str:
    """Return `machine`, `network`, `outside` or `unknown` for the addresses that a host resolves to."""
    found = [ip_address(address.partition("%")[0]) for address in addresses]
    if not found:
        return "unknown"
    if all(each.is_loopback for each in found):
        return "machine"
    return "network" if all(each.is_private or each.is_link_local for each in found) else "outside"
