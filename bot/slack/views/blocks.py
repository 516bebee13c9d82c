"""The pieces that every message and view is built of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from bot.slack import text as texts

Block = dict[str, Any]
"""One Block Kit block."""

FALLBACK_BYTES = 3_400
"""Bytes of `text`, of which `chat.update` takes somewhat fewer than 4,000 (facts: slack.md 2)."""

_SECTION_BYTES = 2_900


class Level(IntEnum):
    """How much of Block Kit a message uses; Slack's refusal of one level leads to the next."""

    RICH = 0
    PLAIN = 1
    TEXT = 2


ROOM = {Level.RICH: 8_000, Level.PLAIN: 6_000, Level.TEXT: 2_300}
"""Bytes of Markdown in one message: a whole message is refused near 10,600 bytes (facts: slack.md 1.2, 1.3)."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message: the text of notifications and screen readers, and the blocks."""

    text: str
    blocks: tuple[Block, ...] = ()


def markdown(markdown: str, level: Level) -> Iterable[Block]:
    """Build the blocks of defanged Markdown that fits into one message."""
    if not markdown:
        return []
    if level is Level.PLAIN:
        return [section(piece) for piece in texts.split(texts.to_mrkdwn(markdown), _SECTION_BYTES) if piece]
    return [{"type": "markdown", "text": markdown}]


def section(mrkdwn: str) -> Block:
    """Build a paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}


def context(*lines: str) -> Block:
    """Build small grey lines; as elements of their own they would run on in one line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": "\n".join(lines)}]}


def actions(*buttons: Block) -> Block:
    """Build a row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def button(label: str, action: str, value: str, *, style: str | None = None) -> Block:
    """Build a button; its value is what a click brings back."""
    button: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": label},
        "action_id": action,
        "value": value,
    }
    return button | {"style": style} if style else button


def pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of which each fits into one block."""
    yield from (text[start : start + _SECTION_BYTES] for start in range(0, len(text), _SECTION_BYTES))


def verbatim(text: str) -> Block:
    """Show a text in which Slack interprets nothing."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [element]}
