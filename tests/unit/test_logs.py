"""Logs: whole lines, as text without a prefix or as JSON; foreign records without their words."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_text_is_the_line_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """A line break in it is no line break in the log."""
    logs.configure("text", "INFO")
    logs.LOGGER.info("[%s] Starting\nnow", "request-123")
    logs.LOGGER.debug("unseen")
    assert capsys.readouterr().err == "[request-123] Starting now\n"


def test_an_exception_is_its_class(capsys: pytest.CaptureFixture[str]) -> None:
    """Never its text."""
    logs.configure("text", "INFO")
    try:
        int("hush")
    except ValueError:
        logs.LOGGER.exception("Upkeep failed")
    assert capsys.readouterr().err == "Upkeep failed (ValueError)\n"


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """With the class of an exception."""
    logs.configure("json", "INFO")
    try:
        int("hush")
    except ValueError:
        logs.LOGGER.exception("Upkeep\nfailed")
    found = json.loads(capsys.readouterr().err)
    assert (found["level"], found["message"], found["error"]) == ("ERROR", "Upkeep\nfailed", "ValueError")


def test_what_others_log_loses_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Their arguments may hold text or keys."""
    logs.configure("text", "DEBUG")
    logging.getLogger("openai").warning("request with %s", "hush")
    logging.getLogger("openai").info("unseen")
    error = capsys.readouterr().err
    assert error.startswith("openai: warning at ")
    assert "hush" not in error


def test_what_a_command_says_is_heard_at_every_level(capsys: pytest.CaptureFixture[str]) -> None:
    """The level is about the logs."""
    logs.configure("text", "ERROR")
    logs.TERMINAL.info("Parallel processing")
    logs.LOGGER.info("unseen")
    assert capsys.readouterr().err == "Parallel processing\n"
