"""Payment cards, IBANs, IP and MAC addresses, each validated."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.checks import luhn, mod97

_SEPARATOR = r"(?:[ \t\-./_]{1,2}|[ \t]*\r?\n[ \t>]*)?"
_CARD = re.compile(rf"(?<!\d)(?<!\d[.,])\d(?:{_SEPARATOR}\d){{12,18}}(?!\d)")
_BRAND = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[3-6]|27)\d{14}|22[2-9]\d{13}|3[47]\d{13}|3(?:0[0-5]|[689])\d{11,16}|"
    r"(?:6011|65|64[4-9])\d{12,15}|35\d{14,17}|(?:5[06-9]|6)\d{11,18}"
)
_CARD_CUE = re.compile(
    r"\b(?:card|credit|debit|visa|mastercard|master card|amex|american express|discover|maestro|kreditkarte\w*|karte\w*|carte|"
    r"tarjeta|carta|cartão|creditcard|pan|cc|payment)\b[^\d\n]{0,30}$",
    re.IGNORECASE,
)
_NOT_A_CARD = re.compile(
    r"\b(?:orders?|rows?|tickets?|tracking|builds?|timestamps?|bestellung|commande|pedido|sku|isbn|imei|line)[ \t:#]{0,3}$",
    re.IGNORECASE,
)

_IBAN_LENGTHS = dict(
    pair.split(":")
    for pair in (
        "AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22 DK:18 DO:28 EE:20 EG:29 "
        "ES:24 FI:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26 IT:27 JO:30 KW:30 KZ:20 "
        "LB:28 LC:32 LI:21 LT:20 LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MR:27 MT:31 MU:30 NL:18 NO:15 PK:24 PL:28 PS:29 PT:25 "
        "QA:29 RO:24 RS:22 SA:24 SC:31 SE:24 SI:19 SK:24 SM:27 ST:25 SV:28 TL:23 TN:24 TR:26 UA:29 VA:22 VG:24 XK:20"
    ).split()
)
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
_PUBLIC = frozenset(
    "8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.169.254 0.0.0.0/0".split()
)


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
        length = int(_IBAN_LENGTHS.get(match.group("land").upper(), 0))
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
    host = value.split("/")[0].split("%")[0]
    if value in _PUBLIC or (":" in host and (len(host) < 6 or not any(map(str.isdigit, host)))):
        return False
    if "." in host and ":" not in host:
        host = ".".join(str(int(part)) for part in host.split("."))
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified or host.startswith("255."))
