"""National numbers by check digit or cue; account, member, order and similar numbers by cue."""

# ruff: noqa: PLR2004, RUF001 - counts are what such rules are made of; the foreign letters are meant

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.checks import FORMS
from bot.privacy.detect.cues import NUMBER, announced, mended, values
from bot.privacy.detect.words import word_set

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

_SURE_CUE = (
    r"ssn|social security(?: number| no\.?)?|social insurance number|national insurance(?: number| no\.?)?|"
    r"nino|ni n(?:umber|o)|nhs "
    r"n(?:umber|o)|passport(?: number| no\.?| nr\.?)?|driv(?:er'?s?|ing) licen[cs]e(?: number| no\.?)?|"
    r"tax(?:payer)? id(?: "
    r"number)?|national id(?: number| card)?|id card(?: number)?|identity card(?: number)?|pps(?:n| number| no\.?)|tfn|"
    r"steuer-?id(?:entifikationsnummer|nr\.?)?|steuer(?:nummer|nr\.?)|idnr|sozialversicherungs-?(?:nummer|nr\.?)|"
    r"rentenversicherungs-?(?:nummer|nr\.?)|sv-?(?:nummer|nr\.?)|svnr|personalausweis(?:nummer)?|"
    r"ausweis(?:nummer|nr\.?)|"
    r"reisepass(?:nummer|nr\.?)?|führerschein(?:nummer)?|ahv(?:-?nummer|-?nr\.?)?|"
    r"(?:numéro|n°|n[ºo]\.?) (?:de )?(?:sécurité sociale|sécu|passeport)|sécurité sociale|passeport|"
    r"carte d'identité|carte vitale|"
    r"permis de conduire|n° avs|dni|(?-i:NIE|NIF|CIF|NIP|REGON|RG|PAN|SIN|NIR|RFC|RUT|CF)|curp|pasaporte|"
    r"número de la seguridad "
    r"social|seguridad social|cédula|cedula|cuit|cuil|"
    r"codice fiscale|cod\. ?fisc\.?|partita iva|p\. ?iva|passaporto|carta d'identità|patente|bsn|"
    r"burgerservicenummer|sofinummer|"
    r"rijksregisternummer|paspoort(?:nummer)?|rijbewijs(?:nummer)?|pesel|paszport(?:u)?|"
    r"dow[oó]d(?:u)?(?: osobist\w+)?|cpf|cnpj|"
    r"passaporte|cartão de cidadão|aadhaa?r|voter id|personnummer|personnr|cpr(?:-?nummer|-?nr\.?)?|fødselsnummer|"
    r"samordningsnummer|henkilötunnus|t\.?c\.? ?kimlik(?: no| numarası)?|tckn|rodné číslo|oib|jmbg|cnp|egn|"
    r"emirates id|nric|iqama"
)
_NATIONAL_FAR = re.compile(
    rf"(?<![\w-])(?:{_SURE_CUE})(?![^\W\d_])[^\n\d;?!]{{0,60}}?(?:(?<=[ \t:=(#\"'])|"
    rf"(?<=n°))(?![A-Z]{{1,3}}[ ](?<!(?-i:[A-Z])[ ]))(?P<value>{NUMBER})(?![\w])",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d|\d{1,2}:\d\d.*|\d{1,2}[./-]\d{2,4}")

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


_NOUN = (
    r"orders?|invoices?|customers?|clients?|accounts?|acct|contracts?|polic(?:y|ies)|cases?|members?|membership|"
    r"patients?|hospital|chart|(?:medical )?records?|ward|claims?|bookings?|reservations?|shipments?|"
    r"parcels?|consignment|deliver(?:y|ies)|receipts?|"
    r"quotes?|quotation|"
    r"employees?|staff|(?:policy|account|card) ?holders?|students?|subscribers?|subscription|loans?|mortgage|"
    r"refunds?|rma|transactions?|payments?|"
    r"purchase|complaint|appointment|prescription|dossier|matter|references?|ref|incident|"
    r"bestellung(?:en)?|auftr[aä]ge?s?|rechnung(?:en)?|kunden?|kundin|konto|vertr[aä]ge?s?|police|versicherungsschein|"
    r"vorgang|mitglied|patientin|buchung|reservierung|lieferung|sendung|angebot|akte|schaden(?:s?fall)?|fall|"
    r"gutschrift|"
    r"commandes?|factures?|clients?|clientes?|comptes?|contrats?(?: d[e'][ ]?[^\W\d_]{3,14})?|sinistre|"
    r"adhérente?|abonnée?|abonnement|"
    r"réservation|colis|"
    r"devis|allocataire|référence|réf|matricule|expédition|avoir|"
    r"pedidos?|encargos?|facturas?|cuentas?|contratos?|póliza|poliza|expediente|socio|reserva|albarán|"
    r"siniestro|paciente|"
    r"presupuesto|incidencia|recibo|envío|afiliado|"
    r"ordine|ordini|fattur[ae]|conto|contratto|polizza|pratica|prenotazione|paziente|tessera|preventivo|spedizione|"
    r"faturas?|nota fiscal|encomendas?|contas?|apólice|processo|protocolo|utente|matrícula|"
    r"bestelling|factuur|klant|rekening|polis|zaak|reservering|pakket|zending|lidmaatschap|offerte|"
    r"zamówieni[aeu]|zamowieni[aeu]|faktur[ayęze]|klient(?:a|ki|ka)?|kont[oa]|umow[ayęe]|polis[ayęe]|spraw[ayęe]|"
    r"rezerwacj[aięe]|zgłoszeni[ae]|przesyłk[aię]|paczk[aię]|"
    r"beställning(?:en)?|ordern?|fakturan?|kund(?:en)?|avtal(?:et)?|försäkring(?:en)?|ärende(?:t)?|bokning(?:en)?|"
    r"ordren?|bestilling(?:en)?|kunde(?:n)?|aftalen?|sag(?:en)?|sak(?:en)?|medlem|forsikring(?:en)?|"
    r"sipariş|müşteri|fatura|sözleşme|poliçe"
)
_NUM = (
    r"(?:numbers?|numer(?:o|u|em)?|número|numéro|nummer|numret|numarası|num|nr|no|n\.?[°ºo]|n\.|nos|id|"
    r"ref(?:erence)?|code|#)"
    r"(?![^\W\d_]|(?-i:(?<=[A-Z][A-Z])-\d))\.?"
)
_PREPOSITION = r"(?:de la|de l'|du|del|della|dell'|do|da|de|d'|di|der|des|of|for|van|af|av|the|your|my|votre|il|tu|su)"
_SIGN = (
    r"(?:[ \t]*(?:[:=#(\"'`*-]|=>|\b(?:is|was|ist|lautet|est|es|è|é|to|jest|är|er|"
    r":)(?![^\W_]|[/-]\d)[ \t:]*)){0,4}[ \t]*"
)
_TAIL = (
    r"(?![\w]|[.,:]\d|[/-][^\W_]|[ \t]?(?:%|€|\$|£|eur\b|usd\b|gbp\b|euros?\b|dollars?\b|ms\b|kb\b|mb\b|gb\b|kg\b|"
    r"rows?\b|items?\b|units?\b|days?\b|hours?\b))"
)
_FIGURE = r"(?=[A-ZÄÅÖÜÉ/-]{0,8}\d)[A-ZÄÅÖÜÉ0-9]+(?:[./-][A-Z0-9]+){0,4}"
_STRONG = (
    r"(?:\d{5,12}(?:[/-][A-Z0-9]{1,4})?|\d{2,8}(?:[/-]\d{1,8}){1,3}(?:[/-][A-Z]{1,3})?|[A-Z]{1,5}[ ]?[/-]?(?:\d{4,14}|"
    r"\d{2,8}(?:[/-][A-Z0-9]{1,8}){1,3})|[A-Z]{2,4}[/-][A-Z]{1,4}[/-]?\d{3,10}|[A-Z]{1,3}\d{2,8}[A-Z]{1,4}\d{0,6})"
)
_BY_NUMBER = re.compile(
    rf"(?<![\w-])(?:(?:{_NOUN})[ \t]?[ \t_-]?(?:{_NUM})|"
    rf"(?:{_NUM})[ \t]?{_PREPOSITION}?[ \t']{{0,2}}(?:{_NOUN})(?![^\W\d_])"
    rf"(?:[ \t]{_NUM})?){_SIGN}(?P<value>{_FIGURE}){_TAIL}",
    re.IGNORECASE,
)
_BY_NOUN = re.compile(
    rf"(?<![\w-])(?P<noun>{_NOUN}|(?-i:PO))(?![^\W\d_]){_SIGN}(?-i:(?P<value>{_STRONG})){_TAIL}", re.IGNORECASE
)
_COMPOUND = re.compile(
    r"(?<![\w-])(?P<what>[^\W\d_]{3,24}?)-?(?:nummern?|numret|nr)(?![^\W\d_])\.?"
    rf"(?:[ \t]+[^\W\d_]{{2,20}}){{0,4}}?{_SIGN}(?P<value>{_FIGURE}){_TAIL}",
    re.IGNORECASE,
)
_APART = re.compile(
    rf"(?<![\w-])(?:(?:{_NOUN})[ \t_-]?(?:{_NUM})|(?:{_NUM})[ \t]?{_PREPOSITION}?[ \t]?(?:{_NOUN}))(?![^\W\d_])"
    r"[ \t]+(?:for|of|von|van|de|del|di|da|do|pour|para|per|dla|för|for|til)[ \t]+[^\n\d:;?!]{2,40}?"
    rf"(?::|[ \t](?:is|ist|lautet|est|es|è|é|to|jest|är|er))[ \t]*(?P<value>{_FIGURE}){_TAIL}",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\b(?:account|acct|card|konto|iban|karte)\b[^\n\d.;?!]{0,16}?\bending(?:[ \t]+(?:in|"
    r"with))?[ \t]+(?P<value>\d{3,6})(?!\w)",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"telefon|telefoon|phone|mobil|handy|fax|haus|huis|zimmer|raum|version|seiten|zeilen|port|build|modell?|"
    r"artikel|serien|"
    r"serie|flug|gleis|linien|revision|release|kanal|regel|jahres|platz|atom|prüf|slot|rij|regel|pagina|bil|"
    r"rum|bus|zug|"
    r"los|ip|post|plz|blz|tele|iban|spiel|trikot|such|glücks|schlüssel"
)
_DATED = re.compile(
    r"(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|"
    r"\d{1,3}-\d{1,3}|[01]?\d/\d{4}|(?:19|20)\d\d[/-](?:19|20)?\d\d"
)
_STANDARD = re.compile(
    r"(?:ISO|RFC|CVE|UTF|SHA|HTTP|EN|DIN|IEC|NIST|COVID|GPT|AES|TLS|MD|PR|ADR|V|Q|FY|H|PEP|IEEE|AWS|EC|RTX|"
    r"UTC|GMT|PCI|SOC)[ /-]?\d",
)
_TRACKED = re.compile(r"[A-Z]{2,10}-\d{1,5}")
_ORDERED = re.compile(
    r"order|ordr|bestell|auftrag|rechnung|invoice|faktur|factu|fatur|fattur|commande|pedido|ordin|encomenda|"
    r"bestilling|zamówi|"
    r"beställ|booking|reserv|buchung|sendung|lieferung|shipment|parcel|receipt|purchase|refund|rma|quote|"
    r"\bpo\b|sipariş",
    re.IGNORECASE,
)
_WORK = frozenset({"case", "cases", "incident", "matter", "sak", "sag", "fall"})


_OTHER = re.compile(
    r"\b(?P<what>[^\W\d_]{3,})[ -](?:number|no\.|nr\.?|id)[ \t]*(?:is|:|=|#|was)?[ "
    r"\t]*(?P<value>(?=[A-Z-]{0,5}\d)[A-Z0-9][A-Z0-9-]*\d[A-Z0-9-]*)(?![\w.:])",
    re.IGNORECASE,
)
_NOT_A_PERSONS = word_set("identifiers.not_a_persons")

_DIGITS = re.compile(r"\d.{0,2}\d")
"""What every number of these has, and most messages have not, though their lists may be numbered."""


def national(text: str) -> Iterator[Span]:
    """Yield national numbers: those whose form or check digit says it, and what a cue announces."""
    if not _DIGITS.search(text):
        return
    for form in FORMS:
        for match in form.pattern.finditer(text):
            if form.check(re.sub(r"[ .\-+/]", "", match.group()).upper()):
                yield Span(*match.span(), "NATIONAL_ID")
    yield from values(_NATIONAL, text, "NATIONAL_ID", _long)
    yield from values(_NATIONAL_FAR, text, "NATIONAL_ID", _bears_identity)


def accounts(text: str) -> Iterator[Span]:
    """Yield numbers of accounts, customers, members, policies, orders and the like, by cue."""
    if not _DIGITS.search(text):
        return
    yield from values(_ACCOUNT, text, "ACCOUNT", _numeric)
    yield from values(_ACCOUNT_BARE, text, "ACCOUNT")
    yield from values(_ORDER, text, "ORDER", _numeric)
    yield from values(_ENDING, text, "ACCOUNT")
    yield from _cued(mended(text))
    for match in _OTHER.finditer(text):
        if match.group("what").casefold() not in _NOT_A_PERSONS and sum(map(str.isdigit, match.group("value"))) > 4:
            yield Span(*match.span("value"), "ACCOUNT")


def _cued(text: str) -> Iterator[Span]:
    """Yield numbers after a noun such as order or customer, with a word for number or with figures enough."""
    for pattern in (_BY_NUMBER, _APART):
        for match in pattern.finditer(text):
            if _numeric(match.group("value")) and not _DATED.fullmatch(match.group("value")):
                yield Span(*match.span("value"), _kind(match.group()))
    for match in _COMPOUND.finditer(text):
        if _numeric(match.group("value")) and not _IMPERSONAL.search(match.group("what").casefold()):
            yield Span(*match.span("value"), _kind(match.group()))
    for match in _BY_NOUN.finditer(text):
        value = match.group("value")
        tracked = _TRACKED.fullmatch(value) and match.group("noun").casefold() in _WORK
        label = match.group("noun").casefold() == "case" and text.startswith(":", match.end())
        if not (tracked or label or _DATED.fullmatch(value) or _STANDARD.match(value) or value.endswith("000")):
            yield Span(*match.span("value"), _kind(match.group()))


def _kind(announcement: str) -> str:
    """Return whether a number is one of an order or an invoice, or one of an account or a person."""
    return "ORDER" if _ORDERED.search(announcement) else "ACCOUNT"


def _numeric(value: str) -> bool:
    """Tell whether an announced value holds enough digits to be a number of something."""
    return sum(map(str.isdigit, value)) >= 3 and sum(map(str.isalnum, value)) >= 4


def _bears_identity(value: str) -> bool:
    """Tell whether a value at some distance from its cue is as long as national numbers are, and no date."""
    return sum(map(str.isdigit, value)) >= 5 and sum(map(str.isalnum, value)) >= 7 and not _DAY.fullmatch(value)


def _long(value: str) -> bool:
    """Tell whether an announced value is as long as national numbers are."""
    return sum(map(str.isdigit, value)) >= 4 and sum(map(str.isalnum, value)) >= 6
