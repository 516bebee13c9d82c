"""Labelled messages for the bench of masking: sets to tune on, and one kept aside with other sentences and values.

`tune()`, `check()` and `aside()` give messages with spans, `harmless(aside=...)` messages with nothing to hide, and
`marked()` both, as other people wrote them: `masking_marked.txt` to tune on, `masking_marked_aside.txt` kept aside. All
of it is made up; keys are put together here, so that none stands in the repository.
"""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass
from pathlib import Path

from tests.data.masking_fills import ASIDE, CHECK, TUNE, Fills

_HERE = Path(__file__).parent
_SLOT = re.compile(r"\{([a-z_]+)\}")
_MARK = re.compile(r"\[\[(?P<kind>[A-Z_]+):(?P<value>.*?)\]\]", re.DOTALL)
_FOLDED = str.maketrans(
    "áàâäãåąćčçďéèêëęěğíìîïłńňñóòôöõøřśšşťúùûüůýžźżıİðþ'’ ", "aaaaaaacccdeeeeeegiiiilnnnoooooorssstuuuuuyzzziidt   "
)

Label = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Message:
    """One message, its template's number (-1 for harmless ones), and what must be hidden in it."""

    text: str
    template: int = -1
    labels: tuple[Label, ...] = ()


def tune(fills: int = 4) -> list[Message]:
    """Return the messages to tune on."""
    return _build("masking_tune.txt", TUNE, seed=11, fills=fills)


def check(fills: int = 4) -> list[Message]:
    """Return the messages that were kept aside in the first round, and tuned on in the second."""
    return _build("masking_check.txt", CHECK, seed=23, fills=fills)


def aside(fills: int = 4) -> list[Message]:
    """Return the messages kept aside."""
    return _build("masking_aside.txt", ASIDE, seed=37, fills=fills)


def marked(name: str = "masking_marked.txt") -> list[Message]:
    """Return the messages whose values are marked in place (`[[PERSON:Anna]]`); those without are harmless."""
    return [_unmarked(line.replace("\\n", "\n"), number) for number, line in enumerate(_lines(name))]


def _unmarked(line: str, number: int) -> Message:
    text, labels, position = "", [], 0
    for match in _MARK.finditer(line):
        text += line[position : match.start()]
        kind = {"CARD": "CREDIT_CARD"}.get(match["kind"], match["kind"])
        labels.append((len(text), len(text) + len(match["value"]), kind))
        text += match["value"]
        position = match.end()
    return Message(text + line[position:], number if labels else -1, tuple(labels))


def harmless(*, aside: bool) -> list[Message]:
    """Return the messages with nothing to hide, of one half."""
    lines = _lines("masking_harmless.txt")
    return [Message(line.replace("\\n", "\n")) for line in lines[1 if aside else 0 :: 2]]


def _lines(name: str) -> list[str]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def _build(name: str, fills_of: Fills, *, seed: int, fills: int) -> list[Message]:
    chance = random.Random(seed)
    return [
        _fill(line.replace("\\n", "\n"), number, fills_of, chance)
        for number, line in enumerate(_lines(name))
        for _ in range(fills)
    ]


def _fill(template: str, number: int, fills: Fills, chance: random.Random) -> Message:
    lower = template.startswith("lower:")
    template = template.removeprefix("lower:")
    text, labels, position = "", [], 0
    for match in _SLOT.finditer(template):
        between = template[position : match.start()]
        text += between.lower() if lower else between
        kind, value = SLOTS[match.group(1)](fills, chance) if match.group(1) in SLOTS else (None, match.group())
        if lower and kind not in ("PASSWORD", "API_KEY", "IBAN"):
            value = value.lower()
        if kind:
            labels.append((len(text), len(text) + len(value), kind))
        text += value
        position = match.end()
    rest = template[position:]
    return Message(text + (rest.lower() if lower else rest), number, tuple(labels))


def _digits(chance: random.Random, size: int) -> str:
    return "".join(chance.choice(string.digits) for _ in range(size))


def _token(chance: random.Random, size: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    return "".join(chance.choice(alphabet) for _ in range(size))


def _luhn(body: str) -> str:
    total = sum(sum(divmod(int(c) * (2 - i % 2), 10)) for i, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def _card(_: Fills, chance: random.Random) -> tuple[str, str]:
    number = _luhn(chance.choice(("4", "51", "2221", "37")) + _digits(chance, 20))[:15]
    number = _luhn(number if number[0] != "3" else number[:14])
    cut = chance.choice(
        (
            lambda n: n,
            lambda n: " ".join(re.findall(".{1,4}", n)),
            lambda n: "-".join(re.findall(".{1,4}", n)),
            lambda n: n[:8] + "\n" + n[8:],
        )
    )
    return "CREDIT_CARD", cut(number)


def _iban(_: Fills, chance: random.Random) -> tuple[str, str]:
    land, bank = chance.choice(
        (
            ("DE", _digits(chance, 18)),
            ("FR", _digits(chance, 23)),
            ("ES", _digits(chance, 20)),
            ("GB", "NWBK" + _digits(chance, 14)),
            ("NL", "ABNA" + _digits(chance, 10)),
            ("IT", "X" + _digits(chance, 22)),
        )
    )
    number = "".join(str(int(c, 36)) for c in bank + land + "00")
    value = f"{land}{98 - int(number) % 97:02}{bank}"
    return "IBAN", chance.choice((value, " ".join(re.findall(".{1,4}", value)), value.lower()))


def _phone(_: Fills, chance: random.Random) -> tuple[str, str]:
    shapes = (
        "+44 20 7946 0###",
        "(312) 555-01##",
        "312-555-01##",
        "+1 312 555 01##",
        "+33 6 12 34 ## ##",
        "+49 171 23456##",
        "+34 612 34 5# ##",
        "+91 98765 432##",
        "0044 7700 9001##",
        "+1.312.555.01##",
    )
    return "PHONE", re.sub("#", lambda _: chance.choice(string.digits), chance.choice(shapes))


def _phone_de(_: Fills, chance: random.Random) -> tuple[str, str]:
    shapes = ("0171 23456##", "030 1234 56##", "+49 (0)89 1234##", "0221/47110##", "0151-234567##")
    return "PHONE", re.sub("#", lambda _: chance.choice(string.digits), chance.choice(shapes))


def _email(fills: Fills, chance: random.Random) -> tuple[str, str]:
    given, family = map(_plain, chance.choice(fills.people))
    local = chance.choice(
        (
            f"{given}.{family}",
            f"{given[0]}{family}",
            f"{family}{chance.randint(1, 99)}",
            f"{given}_{family}+work",
            given,
        )
    )
    return "EMAIL", f"{local}@{chance.choice(fills.hosts)}"


def _ip(_: Fills, chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.2:
        return "IP", "2001:db8:" + ":".join(f"{chance.randrange(1, 65536):x}" for _ in range(6))
    return "IP", ".".join(str(chance.randint(11, 223)) for _ in range(4))


def _apikey(_: Fills, chance: random.Random) -> tuple[str, str]:
    hexes = "0123456789abcdef"
    shapes = (
        "sk-" + "proj-" + _token(chance, 44),
        "sk-" + "ant-api03-" + _token(chance, 60),
        "AK" + "IA" + _token(chance, 16, string.ascii_uppercase + string.digits),
        "AI" + "za" + _token(chance, 35),
        "xo" + "xb-" + _digits(chance, 12) + "-" + _token(chance, 24),
        "gh" + "p_" + _token(chance, 36),
        "gl" + "pat-" + _token(chance, 20),
        "sk_" + "live_" + _token(chance, 24),
        "SG" + "." + _token(chance, 22) + "." + _token(chance, 43),
        "hf" + "_" + _token(chance, 34),
        "np" + "m_" + _token(chance, 36),
        _token(chance, 40),
        "dop" + "_v1_" + _token(chance, 64, hexes),
        "ey" + "J" + _token(chance, 24) + "." + _token(chance, 40) + "." + _token(chance, 43),
    )
    return "API_KEY", chance.choice(shapes)


def _dob(_: Fills, chance: random.Random) -> tuple[str, str]:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1940, 2016)
    name = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ][month - 1]
    shapes = (
        f"{day:02}.{month:02}.{year}",
        f"{month}/{day}/{year}",
        f"{year}-{month:02}-{day:02}",
        f"{day} {name} {year}",
        f"{name} {day}, {year}",
        f"{day:02}/{month:02}/{year % 100:02}",
    )
    return "BIRTH_DATE", chance.choice(shapes)


def _ssn(_: Fills, chance: random.Random) -> tuple[str, str]:
    return "NATIONAL_ID", f"{chance.randint(100, 665)}-{chance.randint(10, 99)}-{chance.randint(1000, 9999)}"


def _nino(_: Fills, chance: random.Random) -> tuple[str, str]:
    value = chance.choice(("AB", "CE", "JG", "PR")) + _digits(chance, 6) + chance.choice("ABCD")
    return "NATIONAL_ID", chance.choice((value, f"{value[:2]} {value[2:4]} {value[4:6]} {value[6:8]} {value[8]}"))


def _cf(_: Fills, chance: random.Random) -> tuple[str, str]:
    body = (
        _token(chance, 6, "BCDFGLMNPRST")
        + _digits(chance, 2)
        + chance.choice("ABCDEHLMPRST")
        + f"{chance.randint(1, 31):02}"
        + "H"
        + _digits(chance, 3)
    )
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
    ranks = [int(c) if c.isdigit() else ord(c) - 65 for c in body]
    return "NATIONAL_ID", body + chr(65 + sum(r if i % 2 else odd[r] for i, r in enumerate(ranks)) % 26)


def _cpf(_: Fills, chance: random.Random) -> tuple[str, str]:
    digits = _digits(chance, 9)
    for size in (9, 10):
        rest = sum(int(c) * (size + 1 - i) for i, c in enumerate(digits)) % 11
        digits += "0" if rest < 2 else str(11 - rest)
    return "NATIONAL_ID", f"{digits[:3]}.{digits[3:6]}.{digits[6:9]}-{digits[9:]}"


def _plain(name: str) -> str:
    return name.lower().translate(_FOLDED).replace(" ", "")


def _person(fills: Fills, chance: random.Random) -> tuple[str, str]:
    return "PERSON", " ".join(chance.choice(fills.people))


_PW = (
    "The admin password is",
    "New PIN and passcode:",
    "pw:",
    "Shared mailbox, pass =",
    "Use this password:",
    "Temporary pwd ->",
)
_PW_ASIDE = ("The root passphrase is now", "Initial password -", "Passwd:", "Password for the till:", "Our pw is")

SLOTS = {
    "person": _person,
    "given": lambda f, c: ("PERSON", c.choice(f.people)[0]),
    "family": lambda f, c: ("PERSON", c.choice(f.people)[1]),
    "email": _email, "phone": _phone, "phone_de": _phone_de, "card": _card, "iban": _iban, "ip": _ip,
    "apikey": _apikey, "dob": _dob,
    "ssn": _ssn, "nino": _nino, "cf": _cf, "cpf": _cpf,
    "mac": lambda _, c: ("MAC", ":".join(f"{c.randrange(256):02x}" for _ in range(6))),
    "passport": lambda _, c: ("NATIONAL_ID", c.choice("CXY") + _digits(c, 8)),
    "org": lambda f, c: ("ORG", c.choice(f.orgs)),
    "org_plain": lambda f, c: ("ORG", c.choice(f.orgs)),
    "org_de": lambda f, c: ("ORG", c.choice(f.people)[1] + c.choice((" GmbH", " AG & Co. KG", " KG", " & Söhne GmbH"))),
    "org_fr": lambda f, c: ("ORG", c.choice(f.people)[1] + c.choice((" SARL", " S.A.S.", " et Fils", " SA"))),
    "org_es": lambda f, c: ("ORG", c.choice(f.people)[1] + c.choice((" S.L.", " y Asociados", " S.A.", " e Hijos"))),
    "project": lambda f, c: ("PROJECT", c.choice(f.projects)),
    "address": lambda f, c: ("ADDRESS", c.choice(f.streets)),
    "address_de": lambda f, c: ("ADDRESS", c.choice(f.german)),
    "address_fr": lambda f, c: ("ADDRESS", c.choice(f.french)),
    "address_es": lambda f, c: ("ADDRESS", c.choice(f.spanish)),
    "address_lines": lambda f, c: ("ADDRESS", c.choice(f.lines)),
    "medical": lambda f, c: ("MEDICAL", c.choice(f.medical)),
    "medical_de": lambda _, c: ("MEDICAL", c.choice(("Brustkrebs", "Burnout", "Depression", "Diabetes"))),
    "medical_es": lambda _, c: ("MEDICAL", c.choice(("epilepsia", "diabetes", "hipertensión", "asma"))),
    "password": lambda f, c: ("PASSWORD", c.choice(f.passwords)),
    "user": lambda f, c: (None, _plain(c.choice(f.people)[1]) + str(c.randint(1, 9))),
    "order": lambda _, c: ("ORDER", c.choice("ABC") + "-" + _digits(c, 7)),
    "account": lambda _, c: ("ACCOUNT", _digits(c, 8)),
    "ordercue": lambda _, c: (None, c.choice(("number", "no.", "#"))),
    "envname": lambda _, c: (None, c.choice(("STRIPE_SECRET", "OPENAI_API_KEY", "MAIL_TOKEN", "GH_ACCESS_TOKEN"))),
    "dob_cue": lambda _, c: (None, c.choice(("born", "DOB", "born on", "date of birth"))),
    "pwcue": lambda _, c: (None, c.choice(_PW)),
    "pwaside": lambda _, c: (None, c.choice(_PW_ASIDE)),
    "pwin": lambda _, c: (None, c.choice(("password", "with password", "pass"))),
    "pwlow": lambda _, c: (None, c.choice(("wifi password is", "door code is", "admin pw =", "passcode:"))),
    "projectcue": lambda _, c: (None, c.choice(("project", "codename", "the initiative called", "Project"))),
}  # fmt: skip
"""What each slot stands for: its type (None for what is not scored) and its value."""
