"""Payment cards, IBANs, IP and MAC addresses, each validated."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.checks import luhn, mod97
from bot.privacy.detect.words import word_set

_SEPARATOR = r"(?:[ \t\-./_]{1,2}|[ \t]*\r?\n[ \t>]*)?"
_CARD = re.compile(rf"(?<!\d)(?<!\d[.,])\d(?:{_SEPARATOR}\d){{12,18}}(?!\d)")
_BRAND = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[3-6]|27)\d{14}|22[2-9]\d{13}|3[47]\d{13}|3(?:0[0-5]|[689])\d{11,16}|"
    r"(?:6011|65|64[4-9])\d{12,15}|35\d{14,17}|(?:5[06-9]|6)\d{11,18}"
)
_CARD_CUE = re.compile(
    r"\b(?:card|credit|debit|visa|mastercard|master card|amex|american express|discover|maestro|kreditkarte\w*|"
    r"karte\w*|carte|"
    r"tarjeta|carta|cartão|creditcard|pan|cc|payment)\b[^\d\n]{0,30}$",
    re.IGNORECASE,
)
_NOT_A_CARD = re.compile(
    r"\b(?:orders?|rows?|tickets?|tracking|builds?|timestamps?|bestellung|commande|pedido|sku|isbn|imei|line)"
    r"[ \t:#]{0,3}$",
    re.IGNORECASE,
)

_IBAN_LENGTHS = {entry[:2]: int(entry[2:]) for entry in word_set("numbers.iban_lengths")}
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])(?P<land>[A-Za-z]{2})[ \t]?\d{2}(?=[ \t\-.\r\n>]{0,3}[A-Za-z0-9])")
_IBAN_REST = re.compile(r"(?:[ \t\-.]{0,2}|[ \t]*\r?\n[ \t>]*)([A-Za-z0-9])")
_IBAN_CUE = re.compile(r"\biban\b[^\d\n]{0,20}$", re.IGNORECASE)

_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/(?:3[0-2]|[12]?\d)(?![\d/]))?(?!\.?\d)(?![A-Za-z])")
_IPV6 = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3})?(?:%\w+)?(?:/\d{1,3})?"
    r"(?:(?![\w:])|(?=:\d{2,5}(?![\w:])))"
)
_MAC = re.compile(
    r"(?<![\w:-])(?:(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4})(?![\w:-])"
)
_VERSION = re.compile(
    r"(?:\bv|\b(?:version|release|build|firmware|ver|section|chapter|driver|update|upgrade\w* to)[. :]{0,2})$",
    re.IGNORECASE,
)
_PUBLIC = word_set("numbers.public")


def cards(text: str) -> Iterator[Span]:
    """Yield card numbers by brand and Luhn digit, also spaced, dashed or broken; by a cue even with a typing error."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        before = text[max(0, match.start() - 44) : match.start()]
        if _CARD_CUE.search(before) or (_BRAND.fullmatch(digits) and luhn(digits) and not _NOT_A_CARD.search(before)):
            yield Span(*match.span(), "CREDIT_CARD")


def ibans(text: str) -> Iterator[Span]:
    """Yield IBANs of the length of their country whose mod 97 digits agree; by a cue even when they do not."""
    for match in _IBAN_START.finditer(text):
        length = _IBAN_LENGTHS.get(match.group("land").upper(), 0)
        if not length:
            continue
        value, end = re.sub(r"\s", "", match.group()).upper(), match.end()
        while len(value) < length and (rest := _IBAN_REST.match(text, end)):
            value += rest.group(1).upper()
            end = rest.end()
        if len(value) == length and value.isascii() and not text[end : end + 1].isalnum():
            before = text[max(0, match.start() - 24) : match.start()]
            if mod97(value) or (_IBAN_CUE.search(before) and sum(map(str.isdigit, value)) > 9):
                yield Span(match.start(), end, "IBAN")


def addresses(text: str) -> Iterator[Span]:
    """Yield IP and MAC addresses; not loopback, netmasks, public resolvers, nor versions of four parts."""
    for match in _MAC.finditer(text):
        yield Span(*match.span(), "MAC")
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            if _is_address(match.group()) and not _VERSION.search(text, max(0, match.start() - 16), match.start()):
                yield Span(*match.span(), "IP")


def _is_address(value: str) -> bool:
    """Tell whether the text is an IP address of somebody's."""
    host = value.split("/", maxsplit=1)[0].split("%", maxsplit=1)[0]
    if value in _PUBLIC or (":" in host and (len(host) < 6 or not any(map(str.isdigit, host)))):
        return False
    if "." in host and ":" not in host:
        host = ".".join(str(int(part)) for part in host.split("."))
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or host.startswith("255."))
