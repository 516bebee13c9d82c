"""Settings: read from the environment and `.env`; a wrong one is one sentence that names it; secrets stay masked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.settings import load


def test_environment_over_file_over_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty variables count as not set."""
    Path(".env").write_text("OPENAI_MODEL=from-file\nGOOGLE_MODEL=from-file\nPORT=\n", encoding="utf-8")
    monkeypatch.setenv("GOOGLE_MODEL", "from-environment")
    monkeypatch.setenv("ANTHROPIC_MODEL", "")
    settings = load()
    assert (settings.openai_model, settings.google_model) == ("from-file", "from-environment")
    assert settings.anthropic_model.startswith("claude")
    assert (settings.listen_host, settings.listen_port) == ("127.0.0.1", 3000)


def test_a_port_from_the_platform_opens_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    """TESSERA_HOST has the last word."""
    monkeypatch.setenv("PORT", "8080")
    assert (load().listen_host, load().listen_port) == ("0.0.0.0", 8080)
    monkeypatch.setenv("TESSERA_HOST", "127.0.0.9")
    assert load().listen_host == "127.0.0.9"


@pytest.mark.parametrize("name", ["GEMINI_API_KEY", "GOOGLE_API_KEY"])
def test_either_name_of_googles_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the space around it gone, as files of secrets end in a newline."""
    monkeypatch.setenv(name, " k-google\n")
    key = load().gemini_api_key
    assert key is not None
    assert key.get_secret_value() == "k-google"


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in the representation, not as JSON."""
    secret = "hush" + "-hush"
    for name in ("SLACK_BOT_TOKEN", "OPENAI_API_KEY", "TESSERA_ENCRYPTION_KEYS"):
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv(
        "TESSERA_COMPATIBLE", f'[{{"name":"a","base_url":"http://h/v1","model":"m","api_key":"{secret}"}}]'
    )
    settings = load()
    assert secret not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "hush", "Set PORT to a valid value: input should be a valid integer"),
        ("TESSERA_LOG_LEVEL", "hush", "Set TESSERA_LOG_LEVEL to a valid value: input should be 'DEBUG', 'INFO'"),
        ("TESSERA_MAX_SHARE", "2", "Set TESSERA_MAX_SHARE to a valid value: input should be less than or equal to 1."),
        ("OPENAI_API_KEY", "hush\nhush", "Set OPENAI_API_KEY to a valid value: it has characters that no key has"),
        ("SLACK_BOT_TOKEN", "hüsh", "Set SLACK_BOT_TOKEN to a valid value"),
        ("OPENAI_BASE_URL", "hush", "Set OPENAI_BASE_URL to a valid value: an address such as https://"),
        ("ANTHROPIC_BASE_URL", "https://me:hush@h/v1", "Set ANTHROPIC_BASE_URL to a valid value: an address such"),
        ("SLACK_API_BASE_URL", "http://h:hush/", "Set SLACK_API_BASE_URL to a valid value"),
        ("TESSERA_COMPATIBLE", "{hush", "Set TESSERA_COMPATIBLE to valid JSON"),
        (
            "TESSERA_COMPATIBLE",
            '[{"name":"a","model":"hush"}]',
            "Set TESSERA_COMPATIBLE, entry 1, `base_url` to a valid",
        ),
        ("TESSERA_INSTRUCTIONS", "/hush/hush.txt", "Set TESSERA_INSTRUCTIONS to a valid value: there is no such file"),
        ("TESSERA_INSTRUCTIONS", "hush.md", "Set TESSERA_INSTRUCTIONS to a valid value: there is no such file that"),
        ("TESSERA_INSTRUCTIONS", "~hush/hush", "Set TESSERA_INSTRUCTIONS to a valid value: there is no such file that"),
        ("TESSERA_INSTRUCTIONS", "hush " * 4_001, "Set TESSERA_INSTRUCTIONS to a valid value: it has more than 20,000"),
        ("TESSERA_INSTRUCTIONS", "hush \udc80", "Set TESSERA_INSTRUCTIONS to a valid value: text in UTF-8 is needed."),
        ("TESSERA_CODE_POLICY", "hush", "Set TESSERA_CODE_POLICY to a valid value: `one`, `refuse` or"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, without the value."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        load()
    assert caught.value.message.startswith(sentence)
    assert "\n" not in caught.value.message
    assert "hush" not in caught.value.message


def test_a_file_that_is_not_text() -> None:
    """It is named; nothing of it is shown."""
    Path(".env").write_bytes(b"PORT=\xff\xfe")
    with pytest.raises(ConfigurationError, match=r"The file \.env cannot be read"):
        load()


def test_instructions_are_a_text_or_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A text stands for itself, however long; the name of a file stands for what is in it."""
    assert load().instructions is None
    for text in (
        "Answer like a colleague.",
        "Be kind and/or brief.",
        "Be kind.\n/ask is our command.",
        "be kind " * 400,
    ):
        monkeypatch.setenv("TESSERA_INSTRUCTIONS", f" {text}\n")
        assert load().instructions == text.strip()
    file = tmp_path / "our instructions"
    file.write_text("\ufeffWe are a harbour.\nGrüße.\n", encoding="utf-8")
    monkeypatch.setenv("TESSERA_INSTRUCTIONS", str(file))
    assert load().instructions == "We are a harbour.\nGrüße."
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="Set TESSERA_INSTRUCTIONS to a valid value: the file is not text"):
        load()
    monkeypatch.setenv("TESSERA_INSTRUCTIONS", f"{tmp_path}")
    with pytest.raises(ConfigurationError, match="there is no such file that can be read"):
        load()
