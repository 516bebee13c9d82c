"""What rows ask of a find beyond its shape, by name; check digits are python-stdnum's."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import ipaddress
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from bot.privacy.detect.marks import Mark
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import fold, is_ordinary, words


@dataclass(frozen=True, slots=True)
class Find:
    """What a shape matched, and the cue beside it."""

    reading: Reading
    start: int
    end: int
    mark: Mark | None = None

    @property
    def value(self) -> str:
        """Return the text of the find."""
        return self.reading.text[self.start : self.end]

    @property
    def cue(self) -> str:
        """Return the cue as it stands in the text."""
        return self.reading.text[self.mark.start : self.mark.end] if self.mark else ""

    def before(self, size: int = 16) -> str:
        """Return what stands before the find."""
        return self.reading.text[max(0, self.start - size) : self.start]

    def after(self, size: int = 16) -> str:
        """Return what stands behind the find."""
        return self.reading.text[self.end : self.end + size]


Check = Callable[[Find], bool]
Finder = Callable[[Reading], Iterator[Find]]

CHECKS: dict[str, Check] = {}
"""The checks by name; `stdnum.<module>` is any module of python-stdnum."""

FINDERS: dict[str, Finder] = {}
"""What libraries find by themselves, by name."""


def check(name: str) -> Callable[[Check], Check]:
    """Enter a function into the table of checks."""

    def enter(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return enter


def known(name: str) -> bool:
    """Tell whether there is such a check."""
    return name in CHECKS or (name.startswith("stdnum.") and _module(name) is not None)


def passes(name: str, find: Find) -> bool:
    """Tell whether a find passes the check of that name."""
    if name in CHECKS:
        return CHECKS[name](find)
    module = _module(name)
    return module is not None and bool(module.is_valid(find.value))


@cache
def _module(name: str) -> ModuleType | None:
    """Return a module of python-stdnum; None when it has none of that name that validates."""
    try:
        module = import_module(name)
    except ImportError:
        return None
    return module if hasattr(module, "is_valid") else None


_BRAND = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[3-6]|27)\d{14}|22[2-9]\d{13}|3[47]\d{13}|3(?:0[0-5]|[689])\d{11,16}|"
    r"(?:6011|65|64[4-9])\d{12,15}|35\d{14,17}|(?:5[06-9]|6)\d{11,18}"
)
_EXAMPLE_HOST = re.compile(r"(?:^|[@.])(?:example\.\w{2,6}|test\.\w{2,4}|\w+\.(?:example|test|invalid|localhost))$")
_VERSION = re.compile(r"(?i:\bv|\b(?:version|release|build|firmware|ver|section|chapter|update)[. :]{0,2})$")
_PUBLIC = frozenset(
    "8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.169.254 0.0.0.0/0".split()
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_HASH = re.compile(r"(?i:sha-?\d*|md5|hash|digest|checksum|commit|revision|etag|integrity|fingerprint|rev)\W{0,4}$")
_HEX = re.compile(r"(?:0x)?[0-9a-f]{7,}|[0-9A-F]{7,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PATH_PART = re.compile(r"[A-Z]?[a-z0-9._-]*|[A-Z_]+")
_CODE_VALUE = re.compile(
    r"[<${%\[(*\u2026].*|[A-Za-z_]\w*(?:\.\w+)*\(.*|[A-Za-z_]\w*(?:(?:\.|->|::)[A-Za-z_]\w*)+|[A-Za-z_]\w*\[.*|"
    r"[*x.\u2022-]{3,}|@\w+.*|(?:https?:|\./|\.\./|/\w+/|~/).*|&.*|\ue000.*"
)
_STAND_IN = re.compile(
    r"(?i:your|my|the|some|test|example|dummy|fake|placeholder|changeme|change|insert|replace|redacted|none|null|true|"
    r"false|undefined|string|required|missing|invalid)[-_ ]?[A-Za-z_-]*\d{0,3}|(?i:[a-z_-]{0,12}[*x]{4,}.{0,6})"
)


@check("card")
def _card(find: Find) -> bool:
    """A payment card by brand and Luhn digit; beside a cue a typing error passes."""
    from stdnum import luhn

    digits = re.sub(r"\D", "", find.value)
    return find.mark is not None or (_BRAND.fullmatch(digits) is not None and luhn.is_valid(digits))


@check("iban")
def _iban(find: Find) -> bool:
    """A value of the length that its country has; beside a cue a typing error passes."""
    return find.mark is not None and sum(map(str.isdigit, find.value)) > 9


@check("email")
def _email(find: Find) -> bool:
    """Nobody's where it is a git remote or the user part of a link; in code not one of an example domain."""
    if find.value.startswith("git@") and find.after(1) in {":", "/"}:
        return False
    if re.search(r"://[^\s/@]*$", find.before(100)):
        return False
    return not (_EXAMPLE_HOST.search(find.value.lower()) and find.reading.within(find.start, ("code", "log")))


@check("ip")
def _ip(find: Find) -> bool:
    """Somebody's address; not loopback, a netmask, a public resolver, nor a version of four parts."""
    host = find.value.split("/", maxsplit=1)[0].split("%", maxsplit=1)[0]
    if find.value in _PUBLIC or (":" in host and (len(host) < 6 or not any(map(str.isdigit, host)))):
        return False
    try:
        address = ipaddress.ip_address(re.sub(r"\b0+(?=\d)", "", host) if ":" not in host else host)
    except ValueError:
        return False
    odd = address.is_loopback or address.is_unspecified or host.startswith("255.")
    return not odd and not _VERSION.search(find.before())


@check("numeric")
def _numeric(find: Find) -> bool:
    """Three digits and four characters at least, and no date."""
    digits, size = sum(map(str.isdigit, find.value)), sum(map(str.isalnum, find.value))
    return digits >= 3 and size >= 4 and not _DATE.fullmatch(find.value)


@check("identity")
def _identity(find: Find) -> bool:
    """As long as national numbers are, and no date."""
    digits, size = sum(map(str.isdigit, find.value)), sum(map(str.isalnum, find.value))
    return digits >= 5 and size >= 6 and not _DATE.fullmatch(find.value)


@check("mixed")
def _is_mixed(find: Find) -> bool:
    """Letters and digits mixed, or both cases inside words, as words of a language are not."""
    return _mixed(find.value)


@check("secret")
def _secret(find: Find) -> bool:
    """An announced value that is a secret: no name, path, call, hash or placeholder."""
    value = find.value
    if _CODE_VALUE.fullmatch(value) or _STAND_IN.fullmatch(value) or _HASH.search(find.before(24)):
        return False
    if value.count("/") > 1 and all(_PATH_PART.fullmatch(part) for part in value.split("/")):
        return False
    return _mixed(value) and (len(value) >= 12 or entropy(value) > 2.7) and not re.fullmatch(r"[\d.,:/T+-]+Z?%?", value)


@check("random")
def _random(find: Find) -> bool:
    """Without any cue: both cases and digits, well mixed; no hash, path or identifier."""
    value = find.value
    if _HEX.fullmatch(value) or value.count("/") > 3 or value.count("-") > 4 or _HASH.search(find.before()):
        return False
    upper, lower = sum(map(str.isupper, value)), sum(map(str.islower, value))
    digits = sum(map(str.isdigit, value))
    switches = len(re.findall(r"\d[A-Za-z]|[A-Za-z]\d|[a-z][A-Z]", value))
    return min(upper, lower, digits) >= 2 and switches >= len(value) / 5 and entropy(value) > 3.6


@check("literal")
def _literal(find: Find) -> bool:
    """The right side of an assignment that is a value: no identifier, attribute, call or placeholder."""
    value, quoted = find.value, find.before(1) in {'"', "'", "`"} and find.after(1) == find.before(1)
    if _CODE_VALUE.fullmatch(value) or fold(value.strip("!?.,*_")) in no_password():
        return False
    if find.reading.within(find.start, ("code",)) and not quoted and re.fullmatch(r"[A-Za-z_]\w*", value):
        return bool(re.search(r"\w=$", find.before(2))) and any(map(str.isdigit, value))
    return len(value) >= 4 and not (value.isalpha() and fold(value) in words("words"))


@check("strong")
def _strong(find: Find) -> bool:
    """Mixed as passwords are: letters with digits or signs, and nothing else that is written so."""
    value = find.value.rstrip("!?*")
    if _CODE_VALUE.fullmatch(value) or not any(map(str.isalpha, value)) or fold(value) in no_password():
        return False
    if re.fullmatch(_MEASURED, value) or _HEX.fullmatch(value):
        return False
    signs = sum(not char.isalnum() and char not in "'-./:,()" for char in value)
    return any(map(str.isdigit, value)) or (signs > 0 and value != value.lower())


_MEASURED = re.compile(
    r"[\d.,:/-]+[A-Za-z%\u00b0+]{0,4}|[A-Za-z]+\d?(?:[/-][A-Za-z]+\d?)+|[A-Z]{2,10}-?\d{1,5}|\w*[@(){}<>=\\].*|"
    r"[\w.-]+\.(?:com|org|net|io|local|de|fr|py|js|ts|json|ya?ml|txt|md|csv|xlsx?|docx?|pdf|png|jpe?g|html?|sh|log)"
    r"(?:[/:].*)?|[A-Za-z]{1,3}\d{1,2}|(?i:sha|md|utf|iso|ipv|oauth|http|tls|wpa|base|python|java|node|win)[\w.+-]*"
)


@check("login")
def _login(find: Find) -> bool:
    """A user name of somebody's: not one that every system has, and no ordinary word."""
    folded = fold(find.value.strip("@"))
    if folded in everybodys() or is_ordinary(folded.rstrip("0123456789")) or len(folded) < 3:
        return False
    return not _CODE_VALUE.fullmatch(find.value) and not re.search(r"user|login|\.(?:html?|php|jsx?|py|java)$", folded)


@check("handle")
def _handle(find: Find) -> bool:
    """A handle in prose: with a digit, a dot or a name in it, and not one of markup or code."""
    folded = fold(find.value.strip("@"))
    if folded in everybodys() or find.after(1) in {"{", "(", "/", ":"}:
        return False
    return not is_ordinary(folded)


@check("capital")
def _capital(find: Find) -> bool:
    """A name of one's own: with a capital, and no word about projects."""
    first = fold(find.value.split(maxsplit=1)[0])
    return find.value[0].isupper() and first not in words("words")


def entropy(value: str) -> float:
    """Return the Shannon entropy of the characters, in bits a character."""
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values())


def _mixed(value: str) -> bool:
    """Tell whether letters and digits are mixed, or both cases inside words."""
    if any(map(str.isdigit, value)):
        return any(map(str.isalpha, value))
    tail = re.split(r"[-_.]", value)[-1]
    return len(tail) >= 12 and len(re.findall(r"[a-z][A-Z]", tail)) >= 3


@cache
def no_password() -> frozenset[str]:
    """Return what stands behind a word for password and is none."""
    from bot import languages

    return frozenset(fold(word) for word in languages.everywhere("no_password") | languages.everywhere("stop"))


@cache
def everybodys() -> frozenset[str]:
    """Return the user names that belong to nobody, and the handles of markup and code."""
    from bot import languages

    return languages.everywhere("nobody")
