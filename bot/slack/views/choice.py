"""Which earlier part is meant: one button for each, and one for all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack import text as texts
from bot.slack.views.blocks import Block, Level, Post, actions, button, context, section

ACTION = "choose_part_"
"""How the ids of the buttons begin; the part's place follows, or `all`."""


def which(sentence: str, parts: Sequence[tuple[str, str]], reference: str, level: Level = Level.RICH) -> Post:
    """Build the question which part is meant; `parts` are (reference, what it was about)."""
    lines = [f"{place}. {texts.escape(about)}" for place, (_, about) in enumerate(parts, start=1)]
    line = f"{texts.escape(sentence)}\n" + "\n".join(lines)
    if level is Level.TEXT:
        return Post(f"{line}\nAsk again and name it by its number, such as `part 2`.")
    each = [button(str(n), f"{ACTION}{n}", f"{ref}:{reference}") for n, (ref, _) in enumerate(parts, start=1)]
    every = ",".join(ref for ref, _ in parts)
    both = button("Both" if len(parts) == 2 else "All", f"{ACTION}all", f"{every}:{reference}")  # noqa: PLR2004
    return Post(line, (section(line), actions(*each, both)))


def chosen(blocks: Sequence[Block], label: str) -> Post:
    """Build what stands there when one was chosen: the same without buttons."""
    kept = [block for block in blocks if block.get("type") == "section"]
    line = f"Asked about: {texts.escape(label)}."
    return Post(line, (*kept, context(line)))
