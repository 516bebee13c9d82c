"""What rows ask of a find beyond its shape, by name; and what finds by itself, by name."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import ipaddress
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from itertools import takewhile
from types import ModuleType

from bot.privacy.detect import who
from bot.privacy.detect.addresses import number_first, number_last
from bot.privacy.detect.finds import Find, spoken
from bot.privacy.detect.phones import is_wrapped, phones
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import entry, fold, is_ordinary, listed, words
from bot.privacy.detect.zones import cells

Check = Callable[[Find], "bool | Find | None"]
Finder = Callable[[Reading], Iterator[tuple[int, int]]]

_WORD = re.compile(r"[^\W\d_][\w'-]*")
_WORD_BEFORE = re.compile(r"(?<![\w'-])([^\W\d_][\w'-]*)(?: \d[ab]?)? $")
_TOPIC = re.compile(r" ([^\W\d_][\w'-]*)")
_WHICH = re.compile(r"(?: (?:de )?(?:type|typ|typu|tipo) \d)?")
_HASH = re.compile(r"(?i:sha-?\d*|md5|hash|digest|checksum|commit|revision|etag|integrity|fingerprint|rev)\W{0,4}$")
_NOBODYS = (*map(ipaddress.ip_network, ("127.0.0.0/8", "0.0.0.0/32", "255.0.0.0/8", "::1/128", "::/128")),)
_EXAMPLE = re.compile(r"(?i)[@.](?:example(?:\.\w+)?|test|invalid|localhost)$")
_IDENTIFIER = re.compile(r"[A-Za-z_][\w.]*")
_ASSIGNED = re.compile(r"[A-Z]=|([\"'`]).\1|[=>]\s?\d")
"""What stands around an identifier that is a value: of a shell, quoted, or with a digit at its end behind a sign."""


@cache
def known(name: str) -> bool:
    """Tell whether there is a check of that name: one of this page, or a module of python-stdnum that validates."""
    return name in CHECKS or (name.startswith("stdnum.") and hasattr(_module(name), "is_valid"))


def passed(name: str, find: Find) -> Find | None:
    """Return a find that passes the check of that name, as the check cuts it; else None."""
    result = CHECKS[name](find) if name in CHECKS else _module(name).is_valid(find.value)
    return result if isinstance(result, Find) else find if result else None


@cache
def _module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        return ModuleType(name)


def _card(find: Find) -> bool:
    """A Luhn digit; beside a cue a typing error passes; no column of numbers, as a wrapped one begins inside a line."""
    column = "\n" in find.value and find.before(1) in {"", "\n"}
    return not column and (find.mark is not None or _module("stdnum.luhn").is_valid(re.sub(r"\D", "", find.value)))


def _iban(find: Find) -> Find | None:
    """The groups of an account, up to where length and check digits are those of its country."""
    ends = [match.end() for match in re.finditer(r"\w+", find.value)]
    valid = _module("stdnum.iban").is_valid
    end = next((end for end in reversed(ends) if valid(re.sub(r"[\s>]", "", find.value[:end]))), None)
    return replace(find, end=find.start + end) if end else None


def _email(find: Find) -> bool:
    """Nobody's where it is a git remote or the user part of a link; in code not one of an example domain."""
    example = _EXAMPLE.search(find.value) and find.reading.within(find.start, ("code", "log"))
    return not (example or find.value.startswith("git@") or re.search(r"://[^\s/@]*$", find.before(100)))


def _ip(find: Find) -> bool:
    """Somebody's address: not loopback, unspecified, a netmask; in code none of a private network."""
    host = re.split(r"[/%]", find.value)[0]
    try:
        address = ipaddress.ip_address(re.sub(r"(?<![\w:])0+(?=\d)", "", host))
    except ValueError:
        return False
    nobodys = len(host) < 6 or not re.search(r"\d", host) or any(address in net for net in _NOBODYS)
    return not (nobodys or (address.is_private and find.reading.within(find.start, ("code",))))


def _mixed(find: Find) -> bool:
    """Letters and digits mixed, or both cases inside words, as words of a language are not."""
    return re.search(r"\d.*[^\W\d_]|[^\W\d_].*\d|(?:[a-z][A-Z][A-Za-z]*){3}\Z", find.value) is not None


def _secret(find: Find) -> bool:
    """An announced value as random as secrets are, that no word for hashes stands before."""
    return _mixed(find) and entropy(find.value) > 2.7 and not _HASH.search(find.before(24))


def _random(find: Find) -> bool:
    """Without any cue: both cases and digits, well mixed, that no word for hashes stands before."""
    value = find.value
    kinds = [len(re.findall(kind, value)) for kind in ("[A-Z]", "[a-z]", "[0-9]", r"\d[A-Za-z]|[A-Za-z]\d|[a-z][A-Z]")]
    known = value.count("/") > 3 or value.count("-") > 4 or _HASH.search(find.before())
    return not known and min(kinds[:3]) >= 2 and kinds[3] >= len(value) / 5 and entropy(value) > 3.6


def entropy(value: str) -> float:
    """Return the Shannon entropy of the characters, in bits a character."""
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values())


def _literal(find: Find) -> bool:
    """A value, not a word about passwords; in code no identifier on the right side of an assignment."""
    word = fold(find.value.strip("!?.,*_"))
    if len(word) < 4 or word in listed("no_password", "stop") or word in words("words"):
        return False
    code = find.reading.within(find.start, ("code",)) and _IDENTIFIER.fullmatch(find.value)
    return not code or _ASSIGNED.search(find.before(2) + find.value[-1:] + find.after(1)) is not None


def _strong(find: Find) -> bool:
    """Mixed as passwords are: letters with digits, or with signs and capitals."""
    return re.search(r"(?=.*[^\W\d_])(?:.*\d|(?=.*[A-Z]).*(?:[^\w'\-./:,()]|_))", find.value.rstrip("!?*")) is not None


def _login(find: Find) -> bool:
    """A user name of somebody's: not one that every system has, and no ordinary word."""
    folded = fold(find.value.strip("@"))
    return folded not in listed("nobody") and not is_ordinary(folded.rstrip("0123456789"))


def _first_dot_last(find: Find) -> bool:
    """A first name, a dot and a family name, neither an ordinary word."""
    first, last = (entry(word) for word in find.value.split("."))
    return first.maybe_given and last.maybe_family and not first.ordinary


def _name(find: Find) -> bool:
    """A name that something was given: several words, or one that is no ordinary word."""
    first, *rest = (fold(word) for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", find.value))
    if not find.value[0].isupper() and is_ordinary(first):
        return False
    return bool(rest) or first not in words("words") - words("common")


def _told(find: Find) -> Find | None:
    """A condition told of somebody, with the words before it that say which one; no topic of study."""
    follows = _TOPIC.match(find.after(24))
    if follows and fold(follows[1]) in listed("health_topic"):
        return None
    start, before = find.start, _WORD_BEFORE.search(find.before(24))
    while before and fold(before[1]) in listed("health_before", "article"):
        start -= len(before[0])
        more = fold(before[1]) not in listed("article")
        before = _WORD_BEFORE.search(find.reading.text, max(0, start - 24), start) if more else None
    return replace(find, start=start, end=find.end + len(_WHICH.match(find.after(24))[0]))  # type: ignore[index]


def _kind_of(find: Find) -> Find | None:
    """A kind of illness with the word before it (`thyroid disorder`)."""
    before = re.search(r"([^\W\d_][\w'-]{2,24})[ ]$", find.before(30))
    which = before and fold(before[1]) not in listed("no_password", "stop")
    return replace(find, start=find.start - len(before[0])) if before and which else None


def _condition(find: Find) -> Find | None:
    """What somebody is diagnosed with, up to the first function word."""
    said = [(fold(word.group()), word.end()) for word in _WORD.finditer(find.value)]
    told = [*takewhile(lambda word: word[0] not in listed("no_password", "stop"), said)]
    return replace(find, end=find.start + told[-1][1]) if told and told[0][0] not in words("words") else None


def _of_value(judge: Callable[[str], bool], find: Find) -> bool:
    return judge(find.value)


def _headed(find: Find) -> bool:
    """A name below a cue that is all of its heading, in a table that has no column of things."""
    start, end = find.reading.line(find.mark.start) if find.mark else (0, 0)
    head = find.reading.text[start:end]
    whole = find.cue in (head[a:b].replace("_", " ") for a, b in cells(head))
    return whole and spoken(head).isdisjoint(listed("column_of_things")) and who.plausible(find.value)


CHECKS: dict[str, Check] = {
    "card": _card, "iban": _iban, "email": _email, "ip": _ip, "mixed": _mixed, "secret": _secret, "random": _random,
    "literal": _literal, "strong": _strong, "login": _login, "first-dot-last": _first_dot_last, "name": _name,
    "told": _told, "kind-of": _kind_of, "condition": _condition, "headed": _headed,
    "number-first": number_first, "number-last": number_last, "wrapped": is_wrapped,
    **{judge.__name__: partial(_of_value, judge) for judge in (
        who.likely, who.given, who.called, who.named, who.signed, who.speaker, who.recipient, who.indexed
    )},
}  # fmt: skip
"""The checks by name; `stdnum.<module>` is any module of python-stdnum."""

FINDERS: dict[str, Finder] = {"phones": phones, "in-brackets": who.in_brackets}
"""What a library or a list as a whole tells, by name."""
