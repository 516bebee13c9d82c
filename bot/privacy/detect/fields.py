"""Names and birth dates in the fields of JSON, SQL and tables, which the field's own name announces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.lexicon import is_ordinary
from bot.privacy.detect.words import fold

_NAME = (
    r"(?:last|first|middle|family|given|maiden|full)[_ -]?name|surname|forename|nachname|vorname|familienname|"
    r"geburtsname|apellidos?|prenom|prénom|cognome|nom_de_famille"
)
_BORN = r"dob|date[_ ]of[_ ]birth|birth[_ ]?(?:date|day)|geburts(?:datum|tag)|geb_?datum|date_naissance"
_HOLDER = (
    r"(?:customer|client|patient|member|account|acct|policy|employee|emp|staff|student|contract|subscriber|"
    r"claim|loan|order|invoice|booking)"
    r"[_ -]?(?:id|no\.?|nr\.?|num|number|code|ref|#)|mrn|kunden-?(?:nr\.?|nummer|id)|(?:vertrags|konto|"
    r"personal|mitglieds|bestell|rechnungs)-?"
    r"(?:nr\.?|nummer)|klantnummer|(?:n[°ºo.]{0,2}|numéro|número|numero)[_ ]?(?:de[_ ])?(?:client|cliente|"
    r"compte|cuenta|pedido|contrat|contrato)"
)
_KEYED_NUMBER = re.compile(
    rf"(?<![A-Za-z])(?:{_HOLDER})[\"']{{1,2}}[ \t]{{0,4}}(?:=>|={{1,2}}|:)[ \t]{{0,4}}[\"']?"
    r"(?P<value>(?=[A-Z_-]{0,6}\d)[A-Z0-9][A-Z0-9_-]{3,24})(?![\w.])",
    re.IGNORECASE,
)
_KEYED_ILLNESS = re.compile(
    r"(?<![A-Za-z])(?:diagnos(?:is|e|tic)|diagnóstico|diagnosi|medical_condition|illness|allergies|"
    r"medication)[\"']{1,2}[ \t]{0,4}(?:=>|:)[ \t]{0,4}"
    r"(?P<quote>[\"'])(?P<value>[^\n\"'<>{}$%]{3,60})(?P=quote)",
    re.IGNORECASE,
)
_KEYED = re.compile(
    rf"(?<![A-Za-z])(?:{_NAME})[\"'`\]]{{0,2}}[ \t]{{0,4}}(?:=>|={{1,2}}|:)[ \t]{{0,4}}"
    r"(?P<quote>[\"'`])(?P<value>[^\n\"'`<>{}%$]{2,60})(?P=quote)",
    re.IGNORECASE,
)
_COLUMNS = {
    kind: re.compile(heading, re.IGNORECASE)
    for kind, heading in (
        ("PERSON", _NAME),
        ("BIRTH_DATE", _BORN + r"|fecha[_ ]de[_ ]nacimiento|geboortedatum|data[_ ]di[_ ]nascita|birth|born"),
        ("ACCOUNT", _HOLDER),
        (
            "NATIONAL_ID",
            r"ssn|national[_ ]?id|tax[_ ]?id|nino|passport(?:[_ ]?(?:no|number|nr))?|bsn|dni|nif|pesel|cpf|steuer-?id",
        ),
        (
            "MEDICAL",
            r"diagnos(?:is|e|tic)|diagnóstico|diagnosi|(?:medical )?condition|illness|allerg(?:y|ies)|medication",
        ),
        ("PASSWORD", r"password|passwd|pwd|passwort|contraseña|mot de passe|senha|pin"),
        ("ADDRESS", r"(?:home |street |postal |billing )?address|adresse|anschrift|dirección|indirizzo|endereço|adres"),
    )
}
_BARE_NAME = re.compile(r"name|nom|nombre|nome|naam|imię|namn|navn", re.IGNORECASE)
_ID = re.compile(r"id|no\.?|nr\.?|number|code|ref|#", re.IGNORECASE)
_FIRST_AND_LAST = tuple(
    re.compile(heading, re.IGNORECASE)
    for heading in (
        r"first|given|fname|f_name|vorname|voornaam|nombres?|nome|imi[ęe]|forename|prénom|förnamn|fornavn",
        r"last|family|lname|l_name|nachname|achternaam|apellidos?|sobrenome|apelido|nazwisko|surname|nom|cognome|middle",
    )
)
_PEOPLE = re.compile(
    r"(?:customer|client|patient|employee|contact|member|first|last|full)[_ ]?name|surname|nachname|apellidos?|"
    r"cognome|person|customer|"
    r"client|patient|employee|member|"
    r"e-?mail(?:[_ ]address)?|phone(?:[_ ]?(?:no|number))?|mobile|tel|telefon|dob|kunde|cliente",
    re.IGNORECASE,
)
_INSERT = re.compile(
    r"\binsert[ \t]+into[ \t]+[\w.`\"]{1,80}[ \t]*\((?P<head>[^()\n]{1,400})\)\s{0,8}values\s{0,8}(?P<rows>\([^;]*)",
    re.IGNORECASE,
)
_ROW = re.compile(r"\((?P<row>[^()\n]{1,600})\)")
_VALUE = {
    "PERSON": re.compile(r"[^\W\d_][\w .'-]{1,50}"),
    "BIRTH_DATE": re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? [^\W\d_]{3,9}\.? \d{4}"),
    "ACCOUNT": re.compile(r"(?=[^\d\n]{0,8}\d)(?=(?:\D{0,9}\d){3})[\w/-]{3,24}"),
    "NATIONAL_ID": re.compile(r"(?=(?:\D{0,9}\d){5})[\w ./-]{6,24}"),
    "MEDICAL": re.compile(r"[^\W\d_][\w ',/-]{2,60}"),
    "PASSWORD": re.compile(r"[^\s]{4,60}"),
    "ADDRESS": re.compile(r"(?=[^\n]{0,60}\d)[\w#][\w ',./#-]{6,80}"),
}
_SCHEMA = frozenset({"string", "text", "str", "varchar", "null", "none", "required", "true", "false", "undefined"})


def fields(text: str) -> Iterator[Span]:
    """Yield the values of fields for names, numbers and illnesses, and the announced columns of tables and inserts."""
    for match in _KEYED.finditer(text):
        if _fits("PERSON", match.group("value")):
            yield Span(*match.span("value"), "PERSON")
    for pattern, kind in ((_KEYED_NUMBER, "ACCOUNT"), (_KEYED_ILLNESS, "MEDICAL")):
        for match in pattern.finditer(text):
            if fold(match.group("value")) not in _SCHEMA:
                yield Span(*match.span("value"), kind)
    yield from _tables(text)
    for match in _INSERT.finditer(text):
        wanted = _wanted(match.group("head"), ",")
        for row in _ROW.finditer(text, *match.span("rows")) if wanted else ():
            yield from _cells(row.group("row"), row.start("row"), ",", wanted)


def _tables(text: str) -> Iterator[Span]:
    """Yield the cells below a header line, down to the first line that has another number of columns."""
    wanted: dict[int, str] = {}
    separator, width, at = "", 0, 0
    for line in text.splitlines(keepends=True):
        if wanted and line.count(separator) == width:
            yield from _cells(line, at, separator, wanted)
        else:
            separator = next((sign for sign in ("\\t", "\t", ";", "|", ",") if sign in line), "")
            wanted = _wanted(line, separator) if separator else {}
            width = line.count(separator) if separator else 0
        at += len(line)


def _wanted(head: str, separator: str) -> dict[int, str]:
    """Return the type of each column whose heading announces one."""
    headings = [heading.strip(" \t\r\n\"'`") for heading in head.split(separator)]
    found = {i: kind for i, h in enumerate(headings) for kind, cue in _COLUMNS.items() if cue.fullmatch(h)}
    parts = [{i for i, h in enumerate(headings) if part.fullmatch(h)} for part in _FIRST_AND_LAST]
    if all(parts):
        found |= dict.fromkeys(parts[0] | parts[1], "PERSON")
    if len(headings) > 1 and any(_PEOPLE.fullmatch(heading) for heading in headings):
        found |= {i: "ACCOUNT" for i, heading in enumerate(headings) if _ID.fullmatch(heading)}
        found |= {i: "PERSON" for i, heading in enumerate(headings) if _BARE_NAME.fullmatch(heading)}
    return found


def _cells(row: str, at: int, separator: str, wanted: dict[int, str]) -> Iterator[Span]:
    """Yield the wanted cells of a row that begins at an offset."""
    for place, cell in enumerate(row.split(separator)):
        value = cell.strip(" \t\r\n\"'`")
        if place in wanted and _fits(wanted[place], value):
            start = at + cell.index(value)
            yield Span(start, start + len(value), wanted[place])
        at += len(cell) + len(separator)


def _fits(kind: str, value: str) -> bool:
    """Tell whether a cell looks like a value of its kind, and not like a placeholder or a type of the schema."""
    folded = fold(value)
    if not _VALUE[kind].fullmatch(value) or "name" in folded or folded in _SCHEMA:
        return False
    return kind != "PERSON" or value[0].isupper() or not is_ordinary(folded)
