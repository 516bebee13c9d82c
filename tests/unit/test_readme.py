"""The README stays true: its settings, commands, quick start and the modules that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import settings
from bot.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_the_settings_table_is_current() -> None:
    """`python -m bot.settings` prints it."""
    shown = README.split("<!-- settings -->\n")[1].split("<!-- /settings -->")[0]
    assert shown == settings.table() + "\n"


def test_the_quick_start_has_two_commands_of_one_line() -> None:
    """The first plays the demo, the second runs the tests."""
    blocks = re.findall(r"```sh\n(.*?)```", section("Quick start"), re.DOTALL)[:2]
    assert [len(block.strip().splitlines()) for block in blocks] == [1, 1]
    assert blocks[0].strip().endswith("tessera demo")
    assert blocks[1].strip().endswith("python -m pytest")
    for block in blocks:
        for file in re.findall(r"-r (\S+)", block):
            assert (ROOT / file).is_file()


def test_every_command_is_in_the_table_and_every_row_is_a_command() -> None:
    """Sub-commands stand with their group."""
    rows = set(re.findall(r"(?:^\| |, )`tessera (\w+)", section("Commands"), re.MULTILINE))
    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert rows == commands | {str(group.name) for group in app.registered_groups}


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:bot|storage|tests)/[\w/.]*)`", README))))
def test_every_path_exists(path: str) -> None:
    """A file or a folder."""
    assert (ROOT / path).exists()


def test_every_variable_is_a_setting() -> None:
    """In the README and in `.env.example`."""
    known = set(re.findall(r"^\| `(\w+)`", settings.table(), re.MULTILINE)) | {"GOOGLE_API_KEY"}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:TESSERA|SLACK|OPENAI|ANTHROPIC|GEMINI|GOOGLE)_[A-Z_]+\b", README + example))
    assert named <= known
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) <= known
