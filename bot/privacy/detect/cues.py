"""What stands between a cue word and the value that it announces, and the spans that this gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.model import Span

LINK = (
    r"(?:[ \t]*(?:[:=#>]|=>|->|-|\(|\bis\b|\bwas\b|\bare\b|\bist\b|\blautet\b|\bwar\b|\best\b|\bes\b|\bera\b|\bè\b|"
    r"\bé\b|"
    r"\bnumbers?\b|\bno\b\.?|\bnr\b\.?|\bnum\b\.?|\bn[°º]|\bnumero\b|\bnúmero\b|\bnuméro\b|\bnummer\b|\bcode\b|\bid\b|"
    r"\bending in\b|\bending\b|\bof\b|['\"`*]|\r?\n)){0,6}[ \t]*"
)
"""Link words, punctuation, quotes and at most a line break between a cue and its value."""


NUMBER = (
    r"(?:[A-Z]{1,3}[ ](?=\d))?(?=[A-Z./-]{0,6}\d)[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?"
    r"(?:[ ](?=[A-Z]{0,2}\d{2})[A-Z0-9](?:[A-Z0-9./-]*[A-Z0-9])?(?!:)){0,6}(?:[ ](?-i:[A-HJ-Z])(?!\w))?"
)
"""A number of a person or a thing as people write it: letters and digits, in groups that begin with a digit."""


def announced(cue: str, value: str, link: str = LINK) -> re.Pattern[str]:
    """Return an expression for a cue, a link and the value as group `value`, in any case."""
    return re.compile(rf"(?<![\w-])(?:{cue})(?![^\W\d_]){link}(?P<value>{value})", re.IGNORECASE)


def values(
    pattern: re.Pattern[str], text: str, kind: str, accept: Callable[[str], bool] = lambda _: True
) -> Iterator[Span]:
    """Yield the value of every match that is accepted."""
    for match in pattern.finditer(text):
        if match.group("value") and accept(match.group("value")):
            yield Span(*match.span("value"), kind)
