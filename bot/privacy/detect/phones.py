"""Telephone numbers: what the matcher of the library phonenumbers finds, and which of it is written as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.detect.finds import Find
from bot.privacy.detect.reading import Reading

_DIALLED = re.compile(r"(?:\d[ \t().\-/]{0,3}){7}")
_TRUNK = re.compile(r"(?<![\d.,])\(?0\d")
_ABROAD = re.compile(r"\+|00[1-9]")
_DATE = re.compile(
    r"(?<![\d.])(?:[0-3]?\d[./-][01]?\d[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-][01]?\d[./-][0-3]?\d)(?![\d.])"
)
_AMERICAN = re.compile(r"(?:1[ .-])?\(?[2-9]\d\d\)?[ .-]{0,2}[2-9]\d\d[ .-]\d{4}(?:[ ,]*(?:x|ext)\D{0,3}\d{1,6})?")
_GROUPED = re.compile(r"(?!\d+[.,]\d+\Z|\d{5}-\d{3}\Z).*\d[ ().\-/]+\d")
_LED = re.compile(r"\d[.,]\Z|[\w-]\Z")
_REGIONS = ("DE", "GB", "FR", "IT", "NL", "AT", "CH", "BE", "SE", "AU", "JP", "IN", "TR", "IE", "ZA", "NZ", "FI")


def phones(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where numbers with the code of a country stand, and others that are grouped and valid."""
    regions = ("US", "DE") if _TRUNK.search(reading.text) else ("US",)
    for region in regions if _DIALLED.search(reading.text) else ():
        for start, end in _possible(reading.text, region):
            value = reading.text[start:end]
            if _ABROAD.match(value) or (_apart(reading.text, start, end) and _valid(value)):
                yield start, end


def _possible(text: str, region: str) -> Iterator[tuple[int, int]]:
    """Yield what can be a number of a region, without a bracket that nothing closes."""
    from phonenumbers import Leniency, PhoneNumberMatcher

    for match in PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE, max_tries=len(text)):
        opened = match.raw_string.startswith("(") and ")" not in match.raw_string
        yield match.start + opened, match.end


def _apart(text: str, start: int, end: int) -> bool:
    """Tell whether a number is grouped as telephone numbers are, no date, and no piece of something longer."""
    free = text[end : end + 1] != "-" and not _LED.search(text, max(0, start - 2), start)
    return free and _GROUPED.match(text, start, end) is not None and not _DATE.search(text[start:end])


def is_wrapped(find: Find) -> bool:
    """Tell whether a number that begins with `+` is valid with what stands in its next line, and not without it."""
    return _is_number(find.value) and not _is_number(find.value.partition("\n")[0])


def _is_number(value: str, region: str | None = None) -> bool:
    """Tell whether a value is a valid number: of a region, or with the code of its country."""
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(re.sub(r"\s", "", value), region))
    except phonenumbers.NumberParseException:
        return False


@lru_cache(maxsize=1024)
def _valid(number: str) -> bool:
    """Tell whether a number is written as in America, or valid in a region that begins with a nought."""
    if not re.match(r"\D*0", number):
        return _AMERICAN.fullmatch(number) is not None
    return any(_is_number(number, region) for region in _REGIONS)
