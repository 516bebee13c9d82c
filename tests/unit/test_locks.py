"""The hash-locked lists name extras: pip looks for `name[extra]` apart, and a newer release would break the install."""

from __future__ import annotations

import pathlib
import re
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement

TOP = pathlib.Path(__file__).parents[2]
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?==", re.MULTILINE)


FURTHER = re.compile(r"^-r (\S+)$", re.MULTILINE)
HASHED = re.compile(
    r"^[A-Za-z0-9][^\n]* \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+(?:    #[^\n]*\n)*", re.MULTILINE
)


def locked(name: str) -> dict[str, set[str]]:
    """Return the packages of a list, and of those it goes on from, with the extras they are locked with."""
    text = (TOP / name).read_text()
    found = LOCKED.findall(text)
    pins = {package: set(filter(None, extras.split(","))) for package, extras in found}
    for further in FURTHER.findall(text):
        pins = locked(str(pathlib.Path(name).parent / further)) | pins
    return pins


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_every_line_is_a_pin_with_hashes(name: str) -> None:
    """Or names the list that it goes on from, in the tests' list only."""
    assert HASHED.sub("", (TOP / name).read_text()) == ("-r ../requirements.txt\n" if "/" in name else "")


def test_the_tests_list_holds_only_what_is_beyond() -> None:
    """What both need without a condition stands once, and nothing is pinned twice at two versions."""
    pins = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)( ;)?", re.MULTILINE)
    common = {
        name: (version, condition) for name, version, condition in pins.findall((TOP / "requirements.txt").read_text())
    }
    for name, version, _ in pins.findall((TOP / "tests/requirements.txt").read_text()):
        assert name not in common or (common[name][0] == version and common[name][1])


def test_the_install_list_locks_every_dependency_and_no_extra() -> None:
    """What `pyproject.toml` asks for without an extra is there; what only an extra needs is not."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]
    pins = set(locked("requirements.txt"))
    assert {Requirement(line).name for line in project["dependencies"]} <= pins
    assert not pins & {"pytest", "ruff", "mypy", "matplotlib"}


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
