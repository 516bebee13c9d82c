"""What rows ask of a find beyond its shape, by name, and what libraries find by themselves."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import ipaddress
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from importlib import import_module
from types import ModuleType

from bot import languages
from bot.privacy.detect import who
from bot.privacy.detect.addresses import addresses
from bot.privacy.detect.marks import Mark
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import entry, fold, is_ordinary, words
from bot.privacy.detect.zones import cells


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

    @property
    def gap(self) -> str:
        """Return what stands between the cue and the find."""
        return self.reading.text[self.mark.end : self.start] if self.mark else ""

    def before(self, size: int = 16) -> str:
        """Return what stands before the find."""
        return self.reading.text[max(0, self.start - size) : self.start]

    def after(self, size: int = 16) -> str:
        """Return what stands behind the find."""
        return self.reading.text[self.end : self.end + size]

    def joined(self, how: str) -> bool:
        """Tell whether a sign (`=`, `:`) joins the find to its cue, or, for `said`, a form of `to be`."""
        said = how == "said" and bool(spoken(self.gap) & listed("copula"))
        return said or re.search(r"[:=>]", self.gap) is not None


Check = Callable[[Find], "bool | Find"]
Finder = Callable[[Reading], Iterator[tuple[int, int]]]

_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_WORD_BEFORE = re.compile(r"(?<![\w'-])([^\W\d_][\w'-]*)(?: \d[ab]?)? $")
_WHICH = re.compile(r" (?:de )?(?:type|typ|typu|tipo) \d")
_HASH = re.compile(r"(?i:sha-?\d*|md5|hash|digest|checksum|commit|revision|etag|integrity|fingerprint|rev)\W{0,4}$")
_IDENTIFIER = re.compile(r"[A-Za-z_][\w.]*")


@cache
def listed(concept: str) -> frozenset[str]:
    """Return the entries of a concept in every language, folded."""
    return frozenset(fold(word) for word in languages.everywhere(concept))


def spoken(text: str) -> set[str]:
    """Return the words of a text, folded."""
    return {fold(word) for word in _LETTERS.findall(text)}


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


def _email(find: Find) -> bool:
    """Nobody's where it is a git remote or the user part of a link; in code not one of an example domain."""
    if (find.value.startswith("git@") and find.after(1) in {":", "/"}) or re.search(r"://[^\s/@]*$", find.before(100)):
        return False
    domain = find.value.rpartition("@")[2].lower().split(".")
    example = "example" in domain[-2:] or domain[-1] in {"test", "invalid", "localhost"}
    return not (example and find.reading.within(find.start, ("code", "log")))


def _ip(find: Find) -> bool:
    """Somebody's address: not loopback, unspecified, a netmask; in code none of a private network."""
    host = re.split(r"[/%]", find.value)[0]
    if ":" in host and (len(host) < 6 or not any(map(str.isdigit, host))):
        return False
    try:
        address = ipaddress.ip_address(host if ":" in host else re.sub(r"\b0+(?=\d)", "", host))
    except ValueError:
        return False
    inside = address.is_private and find.reading.within(find.start, ("code",))
    return not (address.is_loopback or address.is_unspecified or inside or host.startswith("255."))


def _mixed(find: Find) -> bool:
    """Letters and digits mixed, or both cases inside words, as words of a language are not."""
    value = find.value
    if any(map(str.isdigit, value)):
        return any(map(str.isalpha, value))
    tail = re.split(r"[-_.]", value)[-1]
    return len(tail) >= 12 and len(re.findall(r"[a-z][A-Z]", tail)) >= 3


def _secret(find: Find) -> bool:
    """An announced value as random as secrets are, that no word for hashes stands before."""
    return _mixed(find) and (len(find.value) >= 12 or entropy(find.value) > 2.7) and not _HASH.search(find.before(24))


def _random(find: Find) -> bool:
    """Without any cue: both cases and digits, well mixed, that no word for hashes stands before."""
    value = find.value
    few = min(sum(map(kind, value)) for kind in (str.isupper, str.islower, str.isdigit)) < 2
    if few or value.count("/") > 3 or value.count("-") > 4 or _HASH.search(find.before()):
        return False
    switches = len(re.findall(r"\d[A-Za-z]|[A-Za-z]\d|[a-z][A-Z]", value))
    return switches >= len(value) / 5 and entropy(value) > 3.6


def entropy(value: str) -> float:
    """Return the Shannon entropy of the characters, in bits a character."""
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values())


def _literal(find: Find) -> bool:
    """A value, not a word about passwords; in code no identifier on the right side of an assignment."""
    value = find.value
    if fold(value.strip("!?.,*_")) in _no_password() or len(value) < 4:
        return False
    quoted = find.before(1) in {'"', "'", "`"} and find.after(1) == find.before(1)
    if find.reading.within(find.start, ("code",)) and not quoted and _IDENTIFIER.fullmatch(value):
        shell = re.search(r"[A-Z]=$", find.before(2)) is not None
        return shell or (re.search(r"[=>]\s?$", find.before(2)) is not None and any(map(str.isdigit, value)))
    return not (value.isalpha() and fold(value) in words("words"))


def _strong(find: Find) -> bool:
    """Mixed as passwords are: letters with digits, or with signs and capitals."""
    value = find.value.rstrip("!?*")
    if not any(map(str.isalpha, value)) or fold(value) in _no_password():
        return False
    signed = any(not char.isalnum() and char not in "'-./:,()" for char in value)
    return any(map(str.isdigit, value)) or (signed and value != value.lower())


@cache
def _no_password() -> frozenset[str]:
    return listed("no_password") | listed("stop")


def _login(find: Find) -> bool:
    """A user name of somebody's: not one that every system has, and no ordinary word."""
    folded = fold(find.value.strip("@"))
    return len(folded) > 2 and folded not in listed("nobody") and not is_ordinary(folded.rstrip("0123456789"))


def _first_dot_last(find: Find) -> bool:
    """A first name, a dot and a family name, neither an ordinary word."""
    first, last = (entry(word) for word in find.value.split("."))
    return first.maybe_given and last.maybe_family and not first.ordinary and not last.ordinary


def _name(find: Find) -> bool:
    """A name that something was given: several words, or one that is no ordinary word."""
    said = [fold(word) for word in _LETTERS.findall(find.value)]
    capital = find.value[0].isupper()
    if not said or (not capital and is_ordinary(said[0])):
        return False
    return len(said) > 1 or said[0] not in words("words") or said[0] in words("common")


def _told(find: Find) -> bool | Find:
    """A condition told of somebody, with the words before it that say which one; no topic of study."""
    follows = spoken(find.after(24).split(" ", maxsplit=2)[1]) if find.after(1) == " " else set()
    if find.before(1) == "-" or follows & listed("health_topic"):
        return False
    start = find.start
    while word := _WORD_BEFORE.search(find.reading.text, max(0, start - 24), start):
        if fold(word[1]) not in listed("health_before") | listed("article"):
            break
        start -= len(word[0])
        if fold(word[1]) in listed("article"):
            break
    which = _WHICH.match(find.reading.text, find.end)
    return replace(find, start=start, end=which.end() if which else find.end)


def _kind_of(find: Find) -> bool | Find:
    """A kind of illness with the word before it (`thyroid disorder`)."""
    before = re.search(r"([^\W\d_][\w'-]{2,24})[ ]$", find.before(30))
    if not before or fold(before[1]) in _no_password():
        return False
    return _told(find) and replace(find, start=find.start - len(before[0]))


def _condition(find: Find) -> bool | Find:
    """What somebody is diagnosed with, up to the first function word."""
    end = find.start
    for word in re.finditer(r"[^\W\d_][\w'-]*", find.value):
        folded, first = fold(word.group()), end == find.start
        if folded in _no_password() or (first and folded in words("words")):
            break
        end = find.start + word.end()
    return end > find.start and replace(find, end=end)


def _of_value(judge: Callable[[str], bool], find: Find) -> bool:
    return judge(find.value)


def _headed(find: Find) -> bool:
    """A name below a cue that is all of its heading, and not the name of a thing."""
    start, end = find.reading.line(find.mark.start) if find.mark else (0, 0)
    head = find.reading.text[start:end]
    whole = find.cue in (head[a:b].replace("_", " ") for a, b in cells(head))
    thing = fold(find.cue) == "name" and spoken(head) & listed("column_of_things")
    return whole and not thing and who.plausible(find.value)


CHECKS: dict[str, Check] = {
    "card": _card, "email": _email, "ip": _ip, "mixed": _mixed, "secret": _secret, "random": _random,
    "literal": _literal, "strong": _strong, "login": _login, "first-dot-last": _first_dot_last,
    "name": _name, "told": _told, "kind-of": _kind_of,
    "condition": _condition, "headed": _headed,
    **{judge.__name__: partial(_of_value, judge) for judge in (
        who.likely, who.given, who.named, who.signed, who.surname, who.indexed
    )},
}  # fmt: skip
"""The checks by name; `stdnum.<module>` is any module of python-stdnum."""

_DIALLED = re.compile(r"(?:\d[ \t().\-/]{0,3}){7}")
_TRUNK = re.compile(r"(?<![\d.,])\(?0\d")
_DATE = re.compile(
    r"(?<![\d.])(?:[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-][01]?\d[./-][0-3]?\d)(?![\d.])"
)
_AMERICAN = re.compile(r"(?:1[ .-])?\(?[2-9]\d\d\)?[ .-]{0,2}[2-9]\d\d[ .-]\d{4}(?:[ ,]*(?:x|ext)\D{0,3}\d{1,6})?")
_GROUPED = re.compile(r"(?!\d+[.,]\d+\Z|\d{5}-\d{3}\Z).*\d[ ().\-/]+\d")
_REGIONS = ("DE", "GB", "FR", "IT", "NL", "AT", "CH", "BE", "SE", "AU", "JP", "IN", "TR", "IE", "ZA", "NZ", "FI")


def _abroad(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield what phonenumbers' matcher finds of numbers with the code of a country."""
    for value, start, end in _numbers(reading, "DE" if "00" in reading.text else None):
        if re.match(r"\+|00[1-9]", value):
            yield start, end


def _phones(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield what the matcher finds of others: grouped as such numbers are, and valid where they are written so."""
    text = reading.text
    for region in ("US", "DE") if _TRUNK.search(text) else ("US",):
        for value, start, end in _numbers(reading, region):
            apart = _GROUPED.match(value) and not _DATE.search(value) and text[end : end + 1] != "-"
            if apart and not re.search(r"\d[.,]\Z|[\w-]\Z", text[max(0, start - 2) : start]) and _valid(value):
                yield start, end


def _numbers(reading: Reading, region: str | None) -> Iterator[tuple[str, int, int]]:
    """Yield what can be a number of a region, if the text has a run of digits at all."""
    from phonenumbers import Leniency, PhoneNumberMatcher

    text = reading.text
    if _DIALLED.search(text):
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE, max_tries=len(text)):
            opened = match.raw_string.startswith("(") and ")" not in match.raw_string
            yield match.raw_string[opened:], match.start + opened, match.end


@lru_cache(maxsize=1024)
def _valid(number: str) -> bool:
    """Tell whether a number is written as in America, or valid in a region that begins with a nought."""
    import phonenumbers

    if not re.match(r"\D*0", number):
        return _AMERICAN.fullmatch(number) is not None
    parsed = (phonenumbers.parse(number, region) for region in _REGIONS)
    return any(phonenumbers.is_valid_number(one) for one in parsed)


_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ \t]?\d{2}(?:[ \t.\-]{0,2}[A-Za-z0-9]){11,30}")


def _ibans(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield accounts whose length and check digits are those of their country."""
    for match in _IBAN.finditer(reading.text):
        for end in range(match.end(), match.start() + 14, -1):
            whole = reading.text[match.start() : end]
            if not reading.text[end : end + 1].isalnum() and _turned(whole) and _module("stdnum.iban").is_valid(whole):
                yield match.start(), end
                break


def _turned(value: str) -> bool:
    """Tell whether the check digits of ISO 7064 agree, before the slower question for the country."""
    plain = re.sub(r"[^A-Za-z0-9]", "", value)
    return value[-1].isalnum() and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


FINDERS: dict[str, Finder] = {"abroad": _abroad, "phones": _phones, "ibans": _ibans, "addresses": addresses}
"""What libraries find by themselves, by name."""
