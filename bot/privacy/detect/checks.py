"""Check digits of cards, accounts and national numbers, and the forms in which national numbers are written."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_VERHOEFF_D = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_P = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_FISCAL_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def luhn(digits: str) -> bool:
    """Check the mod 10 digit of payment cards and of the Canadian and Swedish numbers (ISO/IEC 7812-1)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mod97(iban: str) -> bool:
    """Check an IBAN without separators, in upper case (ISO 13616)."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def verhoeff(digits: str) -> bool:
    """Check the Indian Aadhaar number."""
    check = 0
    for place, char in enumerate(reversed(digits)):
        check = int(_VERHOEFF_D[check][int(_VERHOEFF_P[place % 8][int(char)])])
    return check == 0


def weighted(digits: str, weights: Sequence[int], modulus: int) -> int:
    """Return the weighted sum of the leading digits in that modulus."""
    return sum(int(char) * weight for char, weight in zip(digits, weights, strict=False)) % modulus


def spanish(value: str) -> bool:
    """Check the letter of a Spanish DNI or NIE."""
    number = value[:-1].translate(str.maketrans("XYZ", "012"))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == value[-1]


def italian(value: str) -> bool:
    """Check the last letter of an Italian codice fiscale."""
    total = 0
    for place, char in enumerate(value[:15]):
        rank = int(char) if char.isdigit() else ord(char) - 65
        total += rank if place % 2 else _FISCAL_ODD[rank]
    return chr(65 + total % 26) == value[15]


def french(value: str) -> bool:
    """Check the key of a French NIR of 15 characters, Corsica included."""
    number = value[:13].replace("2A", "19").replace("2B", "18")
    return number.isdigit() and 97 - int(number) % 97 == int(value[13:])


def brazilian(digits: str) -> bool:
    """Check both digits of a Brazilian CPF of 11 or CNPJ of 14 digits."""
    if len(set(digits)) == 1:
        return False
    for size in (len(digits) - 2, len(digits) - 1):
        weights = range(size + 1, 1, -1) if len(digits) == 11 else [(size - 1 - i) % 8 + 2 for i in range(size)]
        rest = weighted(digits[:size], list(weights), 11)
        if (0 if rest < 2 else 11 - rest) != int(digits[size]):
            return False
    return True


def polish(digits: str) -> bool:
    """Check a Polish PESEL of 11 digits."""
    return (10 - weighted(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), 10)) % 10 == int(digits[10])


def belgian(digits: str) -> bool:
    """Check a Belgian national number of 11 digits, of either century."""
    return int(digits[9:]) in (97 - int(digits[:9]) % 97, 97 - int("2" + digits[:9]) % 97)


def swiss(digits: str) -> bool:
    """Check a Swiss AHV number of 13 digits (EAN-13)."""
    return digits.startswith("756") and weighted(digits, (1, 3) * 6 + (1,), 10) == 0


def chinese(value: str) -> bool:
    """Check a Chinese resident number of 18 characters (ISO 7064 MOD 11-2)."""
    total = sum(int(char) * (2 ** (17 - place) % 11) for place, char in enumerate(value[:17]))
    return "10X98765432"[total % 11] == value[17]


def _is_cpf(digits: str) -> bool:
    """Tell whether eleven bare digits pass as a Brazilian number, whose two check digits leave little to chance."""
    return brazilian(digits) and not digits.startswith(("16", "17", "18"))


@dataclass(frozen=True, slots=True)
class Form:
    """How a national number is written; `check` sees it in upper case without separators."""

    pattern: re.Pattern[str]
    check: Callable[[str], bool] = lambda _: True


def _form(pattern: str, check: Callable[[str], bool] = lambda _: True) -> Form:
    """Return a form that stands as a word of its own."""
    return Form(re.compile(rf"(?<![\w.-])(?:{pattern})(?![\w-])", re.IGNORECASE), check)


def _birth(digits: str) -> bool:
    """Tell whether six digits can be a birth date written year, month, day."""
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31


FORMS = (
    _form(r"(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}"),  # United States SSN, also ITIN
    _form(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),  # United Kingdom NINO
    _form(r"\d{8}[ -]?[A-Z]|[XYZ][ -]?\d{7}[ -]?[A-Z]", spanish),  # Spain DNI, NIE
    _form(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", italian),
    _form(r"[A-Z]{3} ?[A-Z]{3} ?\d{2}[A-EHLMPRST]\d{2} ?[A-Z]\d{3}[A-Z]", italian),
    _form(r"[12][ .]?\d{2}[ .]?(?:[02-9]\d|1[0-9])[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}", french),
    _form(r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}"),  # Brazil CPF, CNPJ
    _form(r"\d{11}|\d{14}", lambda v: len(v) == 11 and _is_cpf(v)),
    _form(r"[2-9]\d{3}([ -])\d{4}\1\d{4}", verhoeff),  # India Aadhaar
    _form(r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]"),  # India PAN
    _form(r"756\.\d{4}\.\d{4}\.\d{2}", swiss),
    _form(r"\d{2}\.\d{2}\.\d{2}[- ]\d{3}[.-]\d{2}", belgian),
    _form(r"\d{6}(?:\d{2})?[-+]\d{4}", lambda v: _birth(v[-10:-4]) and luhn(v[-10:])),  # Sweden
    _form(r"\d{6}-[1-4]\d{6}", _birth),  # South Korea
    _form(r"\d{2} ?[0-3]\d[01]\d{3} ?[A-Z] ?\d{3}"),  # Germany, pension insurance
    _form(r"[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]", chinese),
    _form(r"\d{3}-\d{3}-\d{3}", luhn),  # Canada SIN
    _form(r"\d{11}", lambda v: polish(v) and _birth(v[:2] + f"{int(v[2:4]) % 20:02}" + v[4:6])),
    _form(r"\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]", lambda v: len(v) == 10 and not v[-1].isdigit() and v[:2] <= "31"),
)
"""The forms of national numbers that need no cue."""
