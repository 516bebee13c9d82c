"""National numbers by check digit or cue; account, member, order and similar numbers by cue."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.model import Span
from bot.privacy.detect import checks
from bot.privacy.detect.cues import NUMBER, announced, values
from bot.privacy.detect.words import word_set


@dataclass(frozen=True, slots=True)
class _Form:
    """How a national number is written; `check` sees it in upper case without separators."""

    pattern: re.Pattern[str]
    check: Callable[[str], bool] = lambda _: True


def _form(pattern: str, check: Callable[[str], bool] = lambda _: True) -> _Form:
    """Return a form that stands as a word of its own."""
    return _Form(re.compile(rf"(?<![\w.-])(?:{pattern})(?![\w-])", re.IGNORECASE), check)


def _birth(digits: str) -> bool:
    """Tell whether six digits can be a birth date written year, month, day."""
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31


_FORMS = (
    _form(r"(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}"),  # United States SSN, also ITIN
    _form(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),  # United Kingdom NINO
    _form(r"\d{8}[ -]?[A-Z]|[XYZ][ -]?\d{7}[ -]?[A-Z]", checks.spanish),  # Spain DNI, NIE
    _form(r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", checks.italian),
    _form(r"[A-Z]{3} ?[A-Z]{3} ?\d{2}[A-EHLMPRST]\d{2} ?[A-Z]\d{3}[A-Z]", checks.italian),
    _form(r"[12][ .]?\d{2}[ .]?(?:[02-9]\d|1[0-9])[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}", checks.french),
    _form(r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}"),  # Brazil CPF, CNPJ
    _form(r"\d{11}|\d{14}", lambda v: len(v) == 11 and _is_cpf_and_tax(v)),
    _form(r"[2-9]\d{3}([ -])\d{4}\1\d{4}", checks.verhoeff),  # India Aadhaar
    _form(r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]"),  # India PAN
    _form(r"756\.\d{4}\.\d{4}\.\d{2}", checks.swiss),
    _form(r"\d{2}\.\d{2}\.\d{2}[- ]\d{3}[.-]\d{2}", checks.belgian),
    _form(r"\d{6}(?:\d{2})?[-+]\d{4}", lambda v: _birth(v[-10:-4]) and checks.luhn(v[-10:])),  # Sweden
    _form(r"\d{6}-[1-4]\d{6}", _birth),  # South Korea
    _form(r"[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]", checks.chinese),
    _form(r"\d{3}-\d{3}-\d{3}", checks.luhn),  # Canada SIN
    _form(r"\d{11}", lambda v: checks.polish(v) and _birth(v[:2] + f"{int(v[2:4]) % 20:02}" + v[4:6])),
    _form(r"\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]", lambda v: len(v) == 10 and not v[-1].isdigit() and v[:2] <= "31"),
)

_NATIONAL_CUE = (
    r"ssn|id(?:entification)? (?:number|no|card|nr)|social security|social|itin|ein|tin|national insurance|nino|ni "
    r"number|national id(?:entity)?(?: card)?|identity card|"
    r"id card|tax(?:payer)? (?:id|identification|reference|file)|tax number|utr|tfn|medicare|nhs(?: number)?|sin|"
    r"social insurance|"
    r"passports?|visa number|driv(?:er'?s?|ing) licen[cs]e|licen[cs]e (?:no|number)|dl|green card|alien registration|"
    r"steuer-?id(?:entifikationsnummer)?|steuernummer|idnr|sozialversicherungsnummer|rentenversicherungsnummer|svnr|"
    r"personalausweis(?:nummer)?|"
    r"ausweis(?:nummer)?|reisepass(?:nummer)?|führerschein(?:nummer)?|ahv(?:-nummer)?|"
    r"nir|numéro de sécurité sociale|sécurité sociale|sécu|carte d'identité|passeport|permis de conduire|"
    r"dni|nie|nif|cif|pasaporte|seguridad social|curp|rfc|rut|cédula|cuit|cuil|"
    r"codice fiscale|cod\. ?fisc\.?|partita iva|passaporto|carta d'identità|bsn|burgerservicenummer|paspoort|"
    r"pesel|nip|paszport|dowód|cpf|cnpj|rg|nif|passaporte|cartão de cidadão|aadhaar|aadhar|pan(?: card)?|voter id|"
    r"personnummer|cpr(?:-nummer)?|fødselsnummer|henkilötunnus|cnp|emirates id|nric|iqama|my ?number|rrn"
)
_NATIONAL = announced(_NATIONAL_CUE, NUMBER)

_ACCOUNT_CUE = (
    r"(?:bank |checking |savings |customer |client |brokerage |giro)?(?:account|acct)s?\.? ?(?:number|no\.?|nr\.?|"
    r"num|id|#)|acct|a/c(?: no\.?)?|"
    r"(?:customer|client|member(?:ship)?|patient|employee|personnel|staff|student|pupil|subscriber|user|payroll|"
    r"badge|loyalty|frequent flyer|"
    r"insurance|policy|claim|contract|medical record|health insurance|beneficiary|taxpayer|applicant|resident|case|"
    r"file|meter|"
    r"registration|enrol?lment) ?(?:number|no\.|nr\.?|num|id|#|code)|"
    r"mrn|routing(?: number)?|aba|sort ?code|bic|swift(?: code)?|vin|licen[cs]e plate|number ?plate|plate(?: "
    r"number)?|imei|imsi|iccid|"
    r"kunden-?(?:nummer|nr\.?)|konto-?(?:nummer|nr\.?)|vertrags-?(?:nummer|nr\.?)|versicherten-?(?:nummer|nr\.?)|"
    r"versicherungs-?(?:nummer|nr\.?)|"
    r"personal-?(?:nummer|nr\.?)|mitglieds-?(?:nummer|nr\.?)|matrikel-?(?:nummer|nr\.?)|akten-?zeichen|kennzeichen|"
    r"blz|bankleitzahl|"
    r"numéro (?:de |d')(?:client|compte|contrat|dossier|adhérent|matricule|police)|matricule|plaque d'immatriculation|"
    r"número de (?:cuenta|cliente|socio|póliza|contrato|expediente|empleado)|matrícula|numero (?:di )?(?:conto|"
    r"cliente|polizza)"
)
_ACCOUNT = announced(_ACCOUNT_CUE, NUMBER)
_ACCOUNT_BARE = re.compile(
    r"\b(?:account|konto|compte|cuenta|conto)[ \t:#]{1,3}(?P<value>(?:\d[ -]?){7,17}\d)\b", re.IGNORECASE
)
_ORDER_CUE = (
    r"(?:purchase |my |the |your |sales )?(?:order|invoice|booking|reservation|confirmation|tracking|shipment|"
    r"receipt|transaction|"
    r"payment|return|rma|quote|po) ?(?:number|no\.|nr\.?|num|id|#|reference|ref\.?|code)|pnr|"
    r"(?:bestell|rechnungs|auftrags|buchungs|sendungs|vorgangs)-?(?:nummer|nr\.?)|"
    r"numéro de (?:commande|facture|réservation|suivi)|número de (?:pedido|factura|reserva|seguimiento)|numero "
    r"(?:d'|di )(?:ordine|fattura)"
)
_ORDER = announced(_ORDER_CUE, NUMBER)


_OTHER = re.compile(
    r"\b(?P<what>[^\W\d_]{3,})[ -](?:number|no\.|nr\.?|id)[ \t]*(?:is|:|=|#|was)?[ "
    r"\t]*(?P<value>(?=[A-Z-]{0,5}\d)[A-Z0-9][A-Z0-9-]*\d[A-Z0-9-]*)(?![\w.:])",
    re.IGNORECASE,
)
_NOT_A_PERSONS = word_set("identifiers.not_a_persons")


def national(text: str) -> Iterator[Span]:
    """Yield national numbers: those whose form or check digit says it, and what a cue announces."""
    for form in _FORMS:
        for match in form.pattern.finditer(text):
            if form.check(re.sub(r"[ .\-+/]", "", match.group()).upper()):
                yield Span(*match.span(), "NATIONAL_ID")
    yield from values(_NATIONAL, text, "NATIONAL_ID", _long)


def accounts(text: str) -> Iterator[Span]:
    """Yield numbers of accounts, customers, members, policies, orders and the like, by cue."""
    yield from values(_ACCOUNT, text, "ACCOUNT", _numeric)
    yield from values(_ACCOUNT_BARE, text, "ACCOUNT")
    yield from values(_ORDER, text, "ORDER", _numeric)
    for match in _OTHER.finditer(text):
        if match.group("what").casefold() not in _NOT_A_PERSONS and sum(map(str.isdigit, match.group("value"))) > 4:
            yield Span(*match.span("value"), "ACCOUNT")


def _is_cpf_and_tax(digits: str) -> bool:
    """Tell whether eleven bare digits pass as a Brazilian number, whose two check digits leave little to chance."""
    return checks.brazilian(digits) and not digits.startswith(("16", "17", "18"))


def _numeric(value: str) -> bool:
    """Tell whether an announced value holds enough digits to be a number of something."""
    return sum(map(str.isdigit, value)) >= 3 and sum(map(str.isalnum, value)) >= 4


def _long(value: str) -> bool:
    """Tell whether an announced value is as long as national numbers are."""
    return sum(map(str.isdigit, value)) >= 4 and sum(map(str.isalnum, value)) >= 6
