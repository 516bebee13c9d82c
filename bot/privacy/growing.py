"""How much of an answer that still grows may be read: no token, no half of one, and nothing that may be one yet.

A word that is not ended is held back, and with it whatever could be the head of a token whose key is still to come: a
type word in any language that `restore` knows, capitals, a number, an underscore, an opening bracket. A head reaches
no farther back than `restore` looks for one, so no more than that is ever held back. What was read once is not read
again: a reading goes on where the one before it ended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.plan import Entity
from bot.privacy.kinds import BY_NAME
from bot.privacy.links import open_from
from bot.privacy.restore import HEAD_REACH, LETTER, MEANING, STEMS, UNSPACED, restore
from bot.privacy.tokens import flat

_REACH = HEAD_REACH + 16
"""Characters before its last one in which a token begins: its key has fewer than 16."""

_LOOKED_AT = 2 * _REACH
_TYPES = "|".join(sorted({word for name in BY_NAME for word in name.split("_")}, key=len, reverse=True))
_WHOLE_WORDS = re.compile(rf"(?s:.*)[\s{UNSPACED}\u3000-\u3002\uff01-\uff1f]")
"""All up to the last end of a word: white space, or a script that has none between words."""

_OPEN = re.compile(
    rf"(?:(?<!{LETTER})(?i:(?:{STEMS}){LETTER}{{0,16}}|(?:{_TYPES})s?)(?:[ _-]{{1,3}}[A-Za-z]{{1,2}})?"
    rf"|{MEANING}|(?<!{LETTER})[A-Z]{{1,20}}"
    r"|[^\s_]*_\S*|(?<!\w)[0-9]{1,5}|[\[{<⟨(*`~\\]+|&lt;)[\s\x00*`~_\\.#-]{0,6}\Z"
)
"""What stands at the end and may be the beginning of a token."""

_BRACKETS = (("{{", "}}"), ("[", "]"), ("<", ">"), ("⟨", "⟩"))


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a growing text was read: its beginning that will not change any more, and that restored.

    `line` is where its last line begins, or one before it: no link that is found from there on began earlier.
    """

    text: str = ""
    restored: str = ""
    line: int = 0

    def on(self, text: str, tokens: Sequence[str], entities: Sequence[Entity], sent: str) -> Reading:
        """Return the reading of the same text, longer by now, or of another one from its beginning."""
        if not text.startswith(self.text):
            return Reading().on(text, tokens, entities, sent)
        begun = len(self.text)
        end = readable(text, begun)
        if end == begun:
            return self
        line = self.line
        more = restore(text[line:], tokens, entities, sent, start=begun - line, stop=end - line)
        return Reading(text[: line + more.end], self.restored + more.text, open_from(text, line, line + more.end))


def readable(text: str, begun: int = 0) -> int:
    """Return the end of the beginning of a growing text that no further word can make part of a token.

    It is at least `begun`, where another reading ended.
    """
    first = max(0, begun - 2 * _LOOKED_AT)
    plain = flat(text[first:])
    end = _whole_words(plain, len(plain))
    least = end - _REACH
    while end > max(0, least):
        held = _OPEN.search(plain, max(0, end - _LOOKED_AT), end)
        opened = held.start() if held else _unclosed(plain, end)
        if opened is None:
            break
        end = _whole_words(plain, opened)
    return max(begun, first + end)


def _whole_words(plain: str, end: int) -> int:
    """Return the end of the last whole word before a place."""
    found = _WHOLE_WORDS.match(plain, 0, end)
    return found.end() if found else 0


def _unclosed(plain: str, end: int) -> int | None:
    """Return where a bracket stands on the last line that is not closed yet, None without one."""
    first = max(0, end - _REACH, plain.rfind("\n", 0, end) + 1)
    opened = [plain.rfind(opening, first, end) for opening, closing in _BRACKETS
              if plain.rfind(opening, first, end) > plain.rfind(closing, first, end)]  # fmt: skip
    return min(opened) if opened else None
