"""How much of an answer that still grows may be read: no token, no half of one, and nothing that may be one yet.

A word that is not ended is held back, and with it whatever could be the head of a token whose key is still to come: a
type word in any language that `restore` knows, capitals, a number, an underscore, an opening bracket. A head reaches
no farther back than `restore` looks for one, so no more than that is ever held back.
"""

from __future__ import annotations

import re

from bot.privacy.kinds import BY_NAME
from bot.privacy.restore import HEAD_REACH, LETTER, MEANING, STEMS, UNSPACED
from bot.privacy.tokens import flat

_LOOKED_AT = 2 * HEAD_REACH
_TYPES = "|".join(sorted({word for name in BY_NAME for word in name.split("_")}, key=len, reverse=True))
_ENDS = re.compile(rf"[\s{UNSPACED}\u3000-\u3002\uff01-\uff1f]")
"""What ends a word: white space, or a script that has none between words."""

_OPEN = re.compile(
    rf"(?:(?<!{LETTER})(?i:(?:{STEMS}){LETTER}{{0,16}}|(?:{_TYPES})s?)(?:[ _-]{{1,3}}[A-Za-z]{{1,2}})?"
    rf"|{MEANING}|(?<!{LETTER})[A-Z]{{1,20}}"
    r"|[^\s_]*_\S*|(?<!\w)[0-9]{1,5}|[\[{<⟨(*`~\\]+|&lt;)[\s\x00*`~_\\.#-]{0,6}\Z"
)
"""What stands at the end and may be the beginning of a token."""

_BRACKETS = (("{{", "}}"), ("[", "]"), ("<", ">"), ("⟨", "⟩"))


def readable(text: str) -> str:
    """Return the beginning of a growing text that no further word can make part of a token."""
    plain = flat(text)
    end = _whole_words(plain, len(plain))
    least = end - HEAD_REACH
    while end > max(0, least):
        held = _OPEN.search(plain, max(0, end - _LOOKED_AT), end)
        opened = held.start() if held else _unclosed(plain, end)
        if opened is None:
            break
        end = _whole_words(plain, opened)
    return text[:end]


def _whole_words(plain: str, end: int) -> int:
    """Return the end of the last whole word before a place."""
    while end and not _ENDS.match(plain, end - 1):
        end -= 1
    return end


def _unclosed(plain: str, end: int) -> int | None:
    """Return where a bracket stands on the last line that is not closed yet, None without one."""
    first = max(0, end - HEAD_REACH, plain.rfind("\n", 0, end) + 1)
    opened = [plain.rfind(opening, first, end) for opening, closing in _BRACKETS
              if plain.rfind(opening, first, end) > plain.rfind(closing, first, end)]  # fmt: skip
    return min(opened) if opened else None
