"""Seal what the journal keeps: Fernet (AES-128-CBC with HMAC-SHA256) under keys derived by HKDF."""

from __future__ import annotations

import base64
import contextlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import ConfigurationError, TesseraError
from bot.settings import Settings

KEY_BYTES = 32


class Sealer:
    """Encrypt with the first key, decrypt with any: that is how keys are rotated."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take the keys, any long texts.

        Raises:
            ConfigurationError: there is none, or one is empty.
        """
        if not keys or not all(keys):
            raise ConfigurationError("Set TESSERA_ENCRYPTION_KEYS to at least one long random text.")
        self._fernet = MultiFernet([Fernet(_derive(key)) for key in keys])

    def seal(self, text: str) -> str:
        """Return the text sealed."""
        return self._fernet.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Return the text; raise ConfigurationError when no key of ours fits."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except (InvalidToken, ValueError):
            raise ConfigurationError(
                "The journal was sealed with another key. Nothing is lost: put that key into TESSERA_ENCRYPTION_KEYS, "
                "after the new one if there is one, and start again."
            ) from None


def _derive(key: str, use: bytes = b"tessera journal") -> bytes:
    """Stretch any text to a Fernet key (RFC 5869), another for every use."""
    derived = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=use).derive(key.encode())
    return base64.urlsafe_b64encode(derived)


def key_file(path: Path) -> str:
    """Return the key in the file, kept readable by its owner alone; without one, make a random one.

    Raises:
        ConfigurationError: the file is there but empty or not readable.
    """
    if not path.exists():
        _make_key(path)
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        key = path.read_text().strip()
    except OSError:
        key = ""
    if len(key) < KEY_BYTES:
        raise ConfigurationError(
            f"The key file {path.name} cannot be read or holds no key. Restore it from a backup; without it the "
            "open questions of the journal are lost."
        )
    return key


def _make_key(path: Path) -> None:
    """Write a new key beside its place and link it there whole, so that no crash leaves half a key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    # The rights are given as it is made: before a `chmod` others could open it.
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode())
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        # A link is there whole or not at all, and fails where another process was first: then its key counts.
        os.link(draft, path)
    draft.unlink()


def journal_sealer(settings: Settings, engine: Any) -> Sealer:
    """Return the journal's sealer: the configured keys, else a key file (SQLite) or one derived from the bot token.

    What was sealed before keys were configured stays open to us.
    """
    return Sealer(_keys(settings, engine))


def thread_key(settings: Settings, engine: Any) -> bytes:
    """Return the key from which the pseudonyms of a thread are derived; it changes with the first of ours."""
    return _derive(_keys(settings, engine)[0], b"tessera pseudonyms")


def _keys(settings: Settings, engine: Any) -> list[str]:
    keys = settings.encryption_keys.get_secret_value().split(",") if settings.encryption_keys else []
    keys = [key.strip() for key in keys if key.strip()]
    if engine.dialect.name == "sqlite":
        file = Path(f"{engine.url.database}.key")
        keys += [key_file(file)] if file.exists() or not keys else []
    elif settings.slack_bot_token:
        keys.append(settings.slack_bot_token.get_secret_value())
    return keys


def check(sealer: Sealer, samples: Iterable[str]) -> None:
    """Make sure that our keys open what is sealed already, before anything is touched.

    Raises:
        ConfigurationError: they do not; nothing is lost, and another start with the right keys goes on.
    """
    for sealed in samples:
        sealer.unseal(sealed)


class SealedJson:
    """What DBOS writes down, as sealed JSON; an error is its class and sentence, never a traceback or a cause."""

    def __init__(self, sealer: Sealer) -> None:
        """Keep the sealer."""
        self._sealer = sealer

    def serialize(self, data: Any) -> str:
        """Return the data sealed; only JSON values and errors can be written down."""
        return self._sealer.seal(json.dumps(data, default=_error))

    def deserialize(self, serialized_data: str) -> Any:
        """Return the data; an error comes back as a TesseraError of its sentence."""
        data = json.loads(self._sealer.unseal(serialized_data))
        if isinstance(data, dict) and "$error" in data:
            return TesseraError(data["$error"])
        return data

    def name(self) -> str:
        """Return the name that stands beside each sealed value; it changes with the format."""
        return "tessera_sealed_json_1"


def _error(value: object) -> object:
    if isinstance(value, TesseraError):
        return {"$error": value.message}
    if isinstance(value, BaseException):
        # The text of a foreign error may hold anybody's words, and this is written down.
        return {"$error": TesseraError.message}
    raise TypeError(type(value).__name__)
