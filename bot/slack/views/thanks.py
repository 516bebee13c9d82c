"""What somebody is told who pressed a thumb: thanks, and after a bad answer the way to a better one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.slack import text as texts
from bot.slack.views.blocks import Post, actions, button, section

GOOD = "Thank you, that is noted."
BAD = "Thank you, that is noted. *Ask again* under the answer asks once more."
_MOST = 12


def thanks(blocks: Iterable[Mapping[str, Any]], request_id: str, *, good: bool) -> Post:
    """Build the answer to a thumb; `blocks` are those of the message, of which each part can be asked again."""
    if good:
        return Post(GOOD)
    cards = [card for block in blocks if block.get("type") == "plan" for card in block.get("tasks") or ()]
    parts = [(str(c.get("task_id"))[1:], str(c.get("title") or "")) for c in cards]
    parts = [(number, title) for number, title in parts if number.isdecimal()][:_MOST]
    if not parts:
        return Post(BAD)
    shown = [section(f"{GOOD} Which part was not good?")]
    for number, title in parts:
        shown += [
            section(f"*{number}.* {texts.escape(title)}"),
            actions(
                button("Ask it again", f"ask_part_{number}_same", f"{number}:same:{request_id}"),
                button("Ask another provider", f"ask_part_{number}_other", f"{number}:other:{request_id}"),
            ),
        ]
    return Post(BAD, tuple(shown))
