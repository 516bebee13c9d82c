"""What rows ask of a find beyond its shape, by name; check digits are python-stdnum's."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import ipaddress
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType

from bot import languages
from bot.privacy.detect.marks import Mark
from bot.privacy.detect.public import asked_about
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


Check = Callable[[Find], "bool | Find"]
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


def passed(name: str, find: Find) -> Find | None:
    """Return a find that passes the check of that name, as the check cuts it; else None."""
    module = _module(name) if name.startswith("stdnum.") else None
    result = CHECKS[name](find) if module is None else bool(module.is_valid(find.value))
    return result if isinstance(result, Find) else find if result else None


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
_LETTERS = re.compile(r"[^\W\d_]+")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_HASH = re.compile(r"(?i:sha-?\d*|md5|hash|digest|checksum|commit|revision|etag|integrity|fingerprint|rev)\W{0,4}$")
_HEX = re.compile(r"(?:0x)?[0-9a-f]{7,}|[0-9A-F]{7,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PATH_PART = re.compile(r"[A-Z]?[a-z0-9._-]*|[A-Z_]+")
_CODE_VALUE = re.compile(
    r"[<${%\[(*\u2026].*|[A-Za-z_]+(?:\.\w+)*\(.*|[A-Za-z_]+(?:(?:\.|->|::)[A-Za-z_]+)+|[A-Za-z_]\w*\[.*|"
    r"[*x.\u2022-]{3,}|@\w+.*|(?:https?:|\./|\.\./|/\w+/|~/).*|&.*|\ue000.*"
)
_STAND_IN = re.compile(
    r"(?i:your|my|the|some|test|example|dummy|fake|placeholder|changeme|change|insert|replace|redacted|none|null|true|"
    r"false|undefined|string|required|missing|invalid)[-_ ]?[A-Za-z_-]*\d{0,3}|(?i:[a-z_-]{0,12}[*x]{4,}.{0,6})"
)


def _tied(find: Find) -> bool:
    """Tell whether a sign or a form of `to be` joins a find to its cue."""
    gap = find.reading.text[find.mark.end : find.start] if find.mark else ""
    return re.search(r"[:=>]", gap) is not None or any(fold(word) in _listed("copula") for word in _LETTERS.findall(gap))


@check("card")
def _card(find: Find) -> bool:
    """A payment card by brand and Luhn digit; beside a cue a typing error passes."""
    from stdnum import luhn

    digits = re.sub(r"\D", "", find.value)
    if "\n" in find.value and find.before(1) in {"", "\n"}:
        return False  # a column of numbers; a wrapped one begins inside of its line
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
    if find.reading.within(find.start, ("code",)) and not quoted and re.fullmatch(r"[A-Za-z_][\w.]*", value):
        return bool(re.search(r"[=>]\s?$", find.before(2))) and any(map(str.isdigit, value))
    return len(value) >= 4 and not (value.isalpha() and fold(value) in words("words"))


@check("strong")
def _strong(find: Find) -> bool:
    """Mixed as passwords are: letters with digits or signs, and nothing else that is written so."""
    value = find.value.rstrip("!?*")
    if _CODE_VALUE.fullmatch(value) or not any(map(str.isalpha, value)) or fold(value) in no_password():
        return False
    if _MEASURED.fullmatch(value) or _MACHINE.fullmatch(value) or _HEX.fullmatch(value) or re.search(r"[{}\\<>]|\.\.", value):
        return False
    signs = sum(not char.isalnum() and char not in "'-./:,()" for char in value)
    return any(map(str.isdigit, value)) or (signs > 0 and value != value.lower())


_MEASURED = re.compile(
    r"[\d.,:/-]+[A-Za-z%\u00b0+]{0,4}|[A-Za-z]+\d?(?:[/-][A-Za-z]+\d?)+|[A-Z]{2,10}-?\d{1,5}|[A-Za-z_.]*[(=].*|\w+:[\d.]+[\w.-]*|\S+@\S+\.\w+|"
    r"[\w.-]+\.(?:com|org|net|io|local|de|fr|py|js|ts|json|ya?ml|txt|md|csv|xlsx?|docx?|pdf|png|jpe?g|html?|sh|log)"
    r"(?:[/:].*)?|[A-Za-z]{1,3}\d{1,2}|(?i:sha|md|utf|iso|ipv|oauth|http|tls|wpa|base|python|java|node|win)[\w.+-]*"
)


@check("named-login")
def _named_login(find: Find) -> bool:
    """A user name behind a sign, or with a digit, a dot or an @ behind `is`."""
    gap = find.reading.text[find.mark.end : find.start] if find.mark else ""
    return _login(find) and (re.search(r"[:=]", gap) is not None or (_tied(find) and bool(re.search(r"[\d.@]", find.value))))


@check("login")
def _login(find: Find) -> bool:
    """A user name of somebody's: not one that every system has, and no ordinary word."""
    folded = fold(find.value.strip("@"))
    if folded in _listed("nobody") or is_ordinary(folded.rstrip("0123456789")) or len(folded) < 3:
        return False
    return not _CODE_VALUE.fullmatch(find.value) and not re.search(r"user|login|\.(?:html?|php|jsx?|py|java)$", folded)


@check("handle")
def _handle(find: Find) -> bool:
    """A handle in prose: with a digit, a dot or a name in it, and not one of markup or code."""
    folded = fold(find.value.strip("@"))
    if folded in _listed("nobody") or find.after(1) in {"{", "(", "/", ":"}:
        return False
    return not is_ordinary(folded)


@check("code-name")
def _code_name(find: Find) -> bool:
    """A name of one's own behind a cue, and no word about projects; where the cue has a capital as titles do, rarer."""
    gap = find.reading.text[find.mark.end : find.start] if find.mark else ""
    near = not _LETTERS.search(gap) or _tied(find)
    return near and "," not in gap and _own_name(find.value)


def _own_name(value: str) -> bool:
    """Tell whether capitalised words are a name: none is about projects, and not the only one an ordinary word."""
    said = [fold(word) for word in _LETTERS.findall(value)]
    if set(said) & _listed("not_project"):
        return False
    return len(said) > 1 or bool(said and (said[0] not in words("words") or said[0] in words("common")))


@check("called")
def _called(find: Find) -> bool:
    """What something is called: with a capital, or no ordinary word."""
    return _own_name(find.value) and (find.value[0].isupper() or not is_ordinary(fold(find.value.split()[0])))


@check("month")
def _month(find: Find) -> bool:
    """A date whose word is a month."""
    return any(fold(word) in _listed("month") for word in _LETTERS.findall(find.value)) and bool(_birth(find))


@check("own-address")
def _own_address(find: Find) -> bool:
    """A place that is not known to everybody."""
    return not any(m.start < find.end and m.end > find.start for m in find.reading.marks.get("cue_public_address", ()))


@check("no-month")
def _no_month(find: Find) -> bool:
    """A street whose number is no day."""
    return not any(fold(word) in _listed("month") for word in _LETTERS.findall(find.value))


@check("own-number")
def _own_number(find: Find) -> bool:
    """A number of somebody's matter: no date, no round figure, no standard."""
    value = find.value
    return bool(_numeric(find)) and not value.endswith("000") and not re.fullmatch(r"(?:19|20)\d\d[/-]?\d{0,2}", value)


@check("password")
def _password(find: Find) -> bool:
    """What a cue gives as a password: any value behind a sign or `is`, only a mixed one right behind the cue."""
    return not _MACHINE.fullmatch(find.value) and (_literal(find) if _tied(find) else _strong(find))


_MACHINE = re.compile(r"(?i:[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})|(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?")


@check("quoted")
def _quoted(find: Find) -> bool:
    """A quoted value that is no placeholder and no single word about passwords."""
    folded = fold(find.value)
    return not _CODE_VALUE.fullmatch(find.value) and folded not in no_password() and not _STAND_IN.fullmatch(find.value)


@check("signed")
def _signed(find: Find) -> bool:
    """A strong value with a sign in it, for where the cue stands far."""
    return bool(_strong(find)) and re.search(r"[!@#$%^&*?+~_]|[-.]\d|\d[A-Za-z]+\d|[A-Za-z]\d+[A-Za-z]|[a-z][A-Z]\w*\d", find.value.rstrip("!?*")) is not None


@check("pair")
def _pair(find: Find) -> bool:
    """The second half of `user / password`."""
    return bool(_strong(find)) and not find.reading.within(find.start, ("link",))


@check("coded")
def _coded(find: Find) -> bool:
    """A code of digits that is no year, clock or count."""
    digits = sum(map(str.isdigit, find.value))
    return 3 <= digits <= 14 and not _DATE.fullmatch(find.value) and not re.match(r"[ ]?(?:times|digits|%|x\b)", find.after(8))


@check("phrase")
def _phrase(find: Find) -> bool:
    """Several words that are no sentence, right behind a sign or `is`."""
    said = re.split(r"[ -]", fold(find.value))
    return _tied(find) and not set(said) & _listed("stop") and (said[-1].isdigit() or len(said) >= 3)


@check("credentials")
def _credentials(find: Find) -> bool:
    """User and password of a connection that is no example."""
    secret = find.value.partition("@")[0].partition(":")[2]
    host = find.value.rpartition("@")[2] if "@" in find.value else find.after(30)[1:]
    example = _CODE_VALUE.fullmatch(secret) or re.fullmatch(r"(?i:(?:your|my|db)?[-_]?(?:pass\w*|pwd|pw|secret|token))", secret)
    return not (example and re.match(r"(?i:localhost|127\.|host|example|server|my|your|db|[<${\[])", host))


@check("secretive-link")
def _secretive_link(find: Find) -> bool:
    """A parameter of a link that is no placeholder."""
    return not _STAND_IN.fullmatch(find.value) and not re.match(r"[<${%\[(*]", find.value)


@check("told")
def _told(find: Find) -> bool | Find:
    """A condition told of somebody: no topic of study, no part of a longer thing, none of a message about the world."""
    follows = re.match(r"[ -](\w+)", find.after(24))
    part = find.before(1) == "-" or (follows and fold(follows[1]) in _listed("health_topic"))
    return not part and not asked_about(find.reading) and _widened(find)


def _widened(find: Find) -> Find:
    """Return a condition with the words before it that say which one (`stage 2`, `chronic`)."""
    start = find.start
    while word := re.search(r"([^\W_][\w'-]*)[ ]$", find.reading.text[max(0, start - 20) : start]):
        if not (fold(word[1]) in _listed("health_before") or (word[1].isdigit() and start == find.start)):
            break
        start -= len(word[0])
    return Find(find.reading, start, find.end, find.mark)


@check("told-in-capitals")
def _told_in_capitals(find: Find) -> bool | Find:
    """A condition by its letters, which are a word of some language when they are small."""
    return find.value.isupper() and _told(find)


@check("birth")
def _birth(find: Find) -> bool:
    """A date that is not one of a message about the world, or the asker's own."""
    return "cue_self" in find.reading.marks or not asked_about(find.reading)


@check("tied-condition")
def _tied_condition(find: Find) -> bool | Find:
    """A kind of illness with the word before it (`thyroid disorder`)."""
    before = re.search(r"([^\W\d_][\w'-]{2,24})[ ]$", find.before(30))
    if not before or fold(before[1]) in no_password():
        return False
    return _told(find) and Find(find.reading, find.start - len(before[0]), find.end, find.mark)


@check("condition")
def _condition(find: Find) -> bool | Find:
    """What somebody is diagnosed with, up to the first function word."""
    end, first = find.start, True
    if find.mark and "," in find.reading.text[find.mark.end : find.start]:
        return False
    for word in re.finditer(r"[^\W\d_][\w'-]*", find.value):
        folded = fold(word.group())
        if folded in no_password() and not first:
            break
        if folded in no_password() or (first and folded in words("words")):
            return False
        end, first = find.start + word.end(), False
    return Find(find.reading, find.start, end, find.mark)


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
def _listed(concept: str) -> frozenset[str]:
    """Return the entries of a concept in every language, folded."""
    return frozenset(fold(word) for word in languages.everywhere(concept))


@cache
def no_password() -> frozenset[str]:
    """Return what stands behind a word for password and is none."""
    return _listed("no_password") | _listed("stop")



_DIALLED = re.compile(r"(?:\d[ \t().\-/]{0,3}){7}")
_TRUNK = re.compile(r"(?<![\d.,])\(?0\d")
_AMERICAN = re.compile(r"(?:1[ .-])?\(?[2-9]\d\d\)?[ .-]{0,2}[2-9]\d\d[ .-]\d{4}(?:[ ,]*(?:x|ext)\D{0,3}\d{1,6})?")
_REGIONS = ("DE", "GB", "FR", "IT", "NL", "AT", "CH", "BE", "SE", "AU", "JP", "IN", "TR", "IE", "ZA", "NZ", "FI")


@check("dialled")
def _dialled(find: Find) -> bool:
    """Seven digits and no date, no padded number."""
    digits = re.sub(r"\D", "", find.value)
    return len(digits) >= 6 and not _MACHINE.fullmatch(find.value) and not _DATE.search(find.value) and not digits.startswith("000")


def abroad(reading: Reading) -> Iterator[Find]:
    """Yield what phonenumbers' matcher finds of numbers with the code of a country."""
    for region in ("DE",) if "00" in reading.text else (None,):
        yield from (f for f in _matched(reading, region) if re.match(r"\+|00[1-9]", f.value))


def phones(reading: Reading) -> Iterator[Find]:
    """Yield what the matcher finds of others: grouped as such numbers are, and valid where they are written so."""
    for region in ("US", "DE") if _TRUNK.search(reading.text) else ("US",):
        yield from (f for f in _matched(reading, region) if _grouped(f) and _valid(f.value))


def _matched(reading: Reading, region: str | None) -> Iterator[Find]:
    """Yield what can be a number of a region, if the text has a run of digits at all."""
    from phonenumbers import Leniency, PhoneNumberMatcher

    text = reading.text
    if _DIALLED.search(text):
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE, max_tries=len(text)):
            opened = match.raw_string.startswith("(") and ")" not in match.raw_string
            yield Find(reading, match.start + opened, match.end)


def _grouped(find: Find) -> bool:
    """Tell whether a number is grouped as telephone numbers are, and is no date and no part of a longer thing."""
    value = find.value
    apart = re.search(r"\d[ ().\-/]+\d", value) is not None and not re.fullmatch(r"\d+[.,]\d+", value)
    return apart and not _DATE.search(value) and not re.search(r"\d[.,]\Z|[\w-]\Z", find.before(2)) and find.after(1) != "-"


@lru_cache(maxsize=1024)
def _valid(number: str) -> bool:
    """Tell whether a number is written as in America, or valid in a region that begins with a nought."""
    import phonenumbers

    if _AMERICAN.fullmatch(number):
        return True

    digits = re.sub(r"\D", "", number)
    for region in _REGIONS if digits.startswith("0") else ():
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            return False
    return False


_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ \t]?\d{2}(?:[ \t.\-]{0,2}[A-Za-z0-9]){11,30}")


def ibans(reading: Reading) -> Iterator[Find]:
    """Yield accounts whose length and check digits are those of their country."""
    from stdnum import iban

    for match in _IBAN.finditer(reading.text):
        end = match.end()
        while end - match.start() >= 15:
            whole = reading.text[match.start() : end]
            if not reading.text[end : end + 1].isalnum() and _turned(whole) and iban.is_valid(whole):
                yield Find(reading, match.start(), end)
                break
            end -= 1


def _turned(value: str) -> bool:
    """Tell whether the check digits of ISO 7064 agree, before the slower question for the country."""
    plain = re.sub(r"[^A-Za-z0-9]", "", value)
    return value[-1].isalnum() and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def addresses(reading: Reading) -> Iterator[Find]:
    """Yield postal addresses."""
    from bot.privacy.detect.addresses import addresses as found

    for start, end in found(reading):
        yield Find(reading, start, end)


FINDERS |= {"abroad": abroad, "phones": phones, "ibans": ibans, "addresses": addresses}
