"""Where a text links to: what a reader's machine, or Slack's, might fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINK = re.compile(
    r"""
      ://\S+                                                          # a URL, whatever its scheme
    | (?<![\w.-])(?:mailto:|data:|javascript:|www\.)\S+               # a link without slashes
    | (?<![\w.-])(?:[\w-]++\.)+[A-Za-z]{2,24}[/?\#]\S*               # a host with a path: evil.example/x
    | (?<![\w.-])(?:[\w-]++\.){2,8}[a-z]{2,24}(?![\w-])              # a host below a host: x.evil.example
    | \bhttps?:[\\/]\S*                                               # as browsers mend it: https:\evil.example
    | (?<![\w.-])(?:(?:\d{1,3}\.){3}\d{1,3}|localhost)(?:[/?\#]|:\d)\S*   # a host without a name
    | (?<![\w.-])(?:[\w-]++[.\u3002\uff0e\uff61]){1,9}[A-Za-z]{2,24}(?:[/?\#]|:\d)\S*  # other dots, or a port
    | \]\([^)\n]*\)?                                                 # the target of a Markdown link or image
    | \b(?:href|src)\s{0,3}=\s{0,3}(?:"[^"]*"?|'[^']*'?|[^\s>]+)    # the target in HTML
    """,
    re.VERBOSE,
)

_TARGET = re.compile(r"\b(?:href|src)\s{0,3}(?:=|\Z)")
_OPEN = re.compile(r"""\b(?:href|src)\s{0,3}(?:=\s{0,3}(?:"[^"]*|'[^']*)?)?\Z""")
"""A target in HTML, the one link that may go on over a line's end, and one that has not ended."""


def links(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each URL or link target stands, from left to right."""
    for match in _LINK.finditer(text):
        yield match.span()


def open_from(text: str, start: int, end: int) -> int:
    """Return from where on a text must be read to find the links beyond `end` that are found from `start` on.

    That is the beginning of its last line, unless a link goes on over that.
    """
    line = max(start, text.rfind("\n", start, end) + 1)
    if not _TARGET.search(text, start, end):
        return line
    over = (first < line - start < last for first, last in links(text[start:end]))
    return start if _OPEN.search(text, start, end) or any(over) else line
