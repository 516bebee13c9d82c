"""The command line itself: quick to help, one sentence for wrong use, nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.scenario.command import ROOT, environment

HEAVY = {"slack_bolt", "slack_sdk", "sqlalchemy", "openai", "anthropic", "google.genai", "spacy", "PIL", "rich",
         "aiohttp", "dbos", "pydantic", "bot.settings"}  # fmt: skip


def tessera(*arguments: str, flags: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *flags, "-m", "bot", *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_imports_nothing_heavy() -> None:
    """Neither an SDK nor the database nor the settings."""
    done = tessera("--help", flags=("-X", "importtime"))
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time")}
    assert "bot.cli" in imported
    assert not HEAVY & imported
    assert "Ask every model in Slack" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "No such command 'nonsense'. Try `"),
        (["receipts"], "Missing command. Try `"),
        (["ask"], "Missing argument 'TEXT'. Try `"),
        (["purge", "--days", "-1"], "Invalid value for '--days'"),
    ],
)
def test_wrong_use_is_one_sentence(arguments: list[str], sentence: str) -> None:
    """It says where help is."""
    done = tessera(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(sentence)


def test_without_a_command_there_is_help() -> None:
    """On stderr, since it was wrong use."""
    done = tessera()
    assert (done.returncode, done.stdout) == (2, "")
    assert "receipts" in done.stderr


def test_version() -> None:
    """One line."""
    assert tessera("--version").stdout.startswith("tessera ")


def test_what_nobody_expected_is_told_without_its_text() -> None:
    """The class and the place of an error, never what it says."""
    program = "import bot.cli as c\ndef burst(*a, **k): raise LookupError('hush')\nc._settings = burst\nc.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "stats"],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Something went wrong on our side" in done.stderr
    assert "LookupError at" in done.stderr
    assert "hush" not in done.stderr
