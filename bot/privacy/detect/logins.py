"""User names by what stands around them: a cue, a flag, a home folder, a handle made of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.lexicon import is_ordinary
from bot.privacy.detect.words import fold, word_set, words

_HANDLE = r"(?P<value>[A-Za-z][\w.-]{1,39}(?<![.-]))(?![\w@(])"
_SAID = re.compile(
    r"(?:(?<![\w-])(?:user|usuario|benutzer|utilisateur|utente|login|gebruiker)[ \t]+(?:(?:is|ist|est|es)[ \t]+)?|"
    rf"/users/){_HANDLE}",
    re.IGNORECASE,
)
_SURE = (
    re.compile(rf"(?<![\w-])(?:user|usr|login|account_?name)[\"']?(?:=|:[ \t]*)[\"']?{_HANDLE}(?!\()", re.IGNORECASE),
    re.compile(rf"(?<![\w-])invalid user[ \t]+{_HANDLE}"),
    re.compile(r"\b(?:curl|docker login)\b[^\n]{0,200}?[ \t]-u[ \t]*[\"']?(?P<value>[A-Za-z][\w.-]{1,39})(?=[:\s\"'])"),
    re.compile(r"(?<![\w.])(?:/home/|/Users/|[A-Za-z]:\\{1,2}Users\\{1,2})(?P<value>[A-Za-z][\w.-]{1,39})(?![\w@])"),
    re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\((?P<value>[a-z][\w.-]{1,39})\)"),
)
_DOTTED = re.compile(r"(?<![\w.@/-])(?P<first>[a-z]{3,20})\.(?P<last>[a-z]{3,24})(?![\w@(/.+-])")
_NOT_A_LOGIN = re.compile(
    r"^v\d|user|login|^(?:request|self|session|process)[._]|\.(?:html?|php|jsx?|tsx?|py|java|go|rb)$"
)
_GENERIC = word_set("contacts.generic_user")
_NOBODY = frozenset({
    "ubuntu", "runner", "public", "shared", "default", "node", "git", "postgres", "root", "vagrant", "jenkins", "pi",
    "string", "str", "null", "none", "true", "false", "undefined", "app", "username", "yourname", "name", "ec2-user",
})  # fmt: skip


def logins(text: str) -> Iterator[Span]:
    """Yield user names after a cue, in a flag or a home folder, and handles such as `first.last`."""
    for match in _SAID.finditer(text):
        value = match.group("value")
        if _own(value) and (re.search(r"\w[._\d]", value) or _of_a_name(value)):
            yield Span(*match.span("value"), "USERNAME")
    for pattern in _SURE:
        for match in pattern.finditer(text):
            if _own(match.group("value")):
                yield Span(*match.span("value"), "USERNAME")
    for match in _DOTTED.finditer(text):
        first, last = fold(match.group("first")), fold(match.group("last"))
        named = first in words("given") and last in words("family")
        if named and not is_ordinary(first) and not is_ordinary(last):
            yield Span(*match.span(), "USERNAME")


def _own(value: str) -> bool:
    """Tell whether a user name is somebody's, not one that every system has and no ordinary word."""
    folded = fold(value)
    if folded in _GENERIC or folded in _NOBODY or is_ordinary(folded.rstrip("0123456789")):
        return False
    return not _NOT_A_LOGIN.search(folded)


def _of_a_name(value: str) -> bool:
    """Tell whether a user name is an initial and a family name."""
    folded = fold(value)
    return value.islower() and folded[1:] in words("family") and not is_ordinary(folded[1:])
