"""Values that must never reach a provider, and a search of recorded bytes for every spelling we can think of."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

KEY = "sk-" + "proj-" + "Zq7" * 12
PLANTED = {
    "mail": "greta.oddvar@fjordline.example",
    "telephone": "+49 30 901820 17",
    "card": "4556 7375 8689 9855",
    "iban": "DE89 3704 0044 0532 0130 00",
    "address": "203.0.113.77",
    "key": KEY,
    "password": "hunter2-Kestrel!",
    "slack user": "U0QX311",
    "colleague": "Qx312 Zz312",
}
"""What must not leave; the card and the account are the published examples of their formats."""


def found(bodies: Iterable[bytes]) -> list[str]:
    """Return the names of the planted values that stand in what one provider got.

    Searched are the bytes as they are, and the letters and digits alone of all strings in a row, each string once (so
    that roles and instructions do not stand between): a value cut over fields or over calls is found too.
    """
    bodies = list(bodies)
    whole = b"\n".join(bodies)
    row = _compact("".join(dict.fromkeys(text for body in bodies for text in _strings(body))))
    return [
        name
        for name, value in PLANTED.items()
        if any(spelling in whole for spelling in spellings(value)) or _compact(value) in row
    ]


def spellings(value: str) -> set[bytes]:
    """Return a value as it might stand in a body: plain, joined, escaped, in base64 at each of the three offsets."""
    joined = re.sub(r"[\s.-]", "", value)
    plain = {value.encode(), quote(value).encode(), quote_plus(value).encode(), joined.encode()}
    coded = {value.encode().hex().encode(), value.encode().hex().upper().encode(), value.encode("utf-16-le")}
    for shift in range(3):
        text = base64.b64encode(b"x" * shift + value.encode())
        coded.add(text[(4 if shift else 0) : len(text) // 4 * 4 - 4])
    return plain | coded


def _strings(body: bytes) -> Iterator[str]:
    """Yield the values of a JSON body in the order of its bytes, or the body as it is when it is no JSON."""
    try:
        pending: list[Any] = [json.loads(body)]
    except ValueError:
        yield body.decode("utf-8", "replace")
        return
    while pending:
        item = pending.pop()
        if isinstance(item, dict | list):
            pending += reversed(item.values() if isinstance(item, dict) else item)
        else:
            yield str(item)


def _compact(text: str) -> str:
    """Return the letters and digits of a text, small."""
    return re.sub(r"[\W_]", "", text).lower()
