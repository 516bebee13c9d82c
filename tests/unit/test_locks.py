"""The hash-locked lists name extras: pip looks for `name[extra]` apart, and a newer release would break the install."""

from __future__ import annotations

import pathlib
import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement

TOP = pathlib.Path(__file__).parents[2]
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?==", re.MULTILINE)


def locked(name: str) -> dict[str, set[str]]:
    """Return the packages of a list with the extras they are locked with."""
    found = LOCKED.findall((TOP / name).read_text())
    return {package: set(filter(None, extras.split(","))) for package, extras in found}


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_what_is_asked_for_with_extras_is_locked_with_them(name: str) -> None:
    pins = locked(name)
    assert len(pins) > 70
    missing = {}
    for package in pins:
        try:
            requires = metadata.requires(package) or []
        except metadata.PackageNotFoundError:
            continue  # for another Python or platform
        for requirement in map(Requirement, requires):
            if requirement.extras and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                lacking = requirement.extras - pins.get(requirement.name.lower(), set())
                if lacking:
                    missing[package] = str(requirement)
    assert missing == {}
