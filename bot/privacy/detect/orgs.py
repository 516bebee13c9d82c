"""Organisations by the form of their names: legal forms, names joined as firms join them, trades."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from bot.model import Span
from bot.privacy.detect.lexicon import Word, between, famous
from bot.privacy.detect.words import word_set, words

_UP = "A-ZÀ-ÖØ-ÞĆČĐĘŁŃŐŚŠŞŹŻŽİ"
NAME = rf"[{_UP}](?:[\w'&.+]{{0,40}}[\w+])?(?:-[\w']{{1,40}}){{0,2}}"
_LINK = r"(?:&|and|und|et|y|e|i|og|och|en|de|del|della|di|du|des|la|le|los|las|von|van|der|of|the|da|do|dos)"
_FORM = (
    r"Inc\b\.?|Incorporated\b|L\.?L\.?C\b\.?|Ltd\b\.?|Limited\b|P\.?L\.?C\b\.?|L\.?L\.?P\b\.?|Corp\b\.?|"
    r"Corporation\b|Co\b\.?(?:,? Ltd\b\.?)?|Company\b|Group\b|Groupe\b|Gruppe\b|Gruppo\b|Grupo\b|Groep\b|"
    r"Holdings?\b|"
    r"(?:GmbH|AG|UG|SE|Stiftung)(?: ?& ?Co\.? ?(?:KGaA|KG|OHG))?\b|gGmbH\b|mbH\b|KGaA\b|KG\b|OHG\b|GbR\b|e\.? ?V\.|"
    r"eG\b|e\.? ?K\.|"
    r"S\.A\.S\.?|SAS\b|SARL\b|S\.A\.R\.L\.?|S\.?à r\.l\.|EURL\b|SNC\b|SCI\b|SCOP\b|S\.A\.U\.?|S\.A\.D\.?|S\.A\.|"
    r"SA\b|S\.L\.(?:N\.E\.?|U\.?|L\.?)?|SLU?\b|S\.?Coop\.?|S\.Com\.?|S\.C\.P\.?|S\.C\.|"
    r"S\.?[pP]\.?A\b\.?|[sS]\.?[rR]\.?[lL]\b\.?|S\.n\.c\.|s\.n\.c\.|s\.a\.s\.|B\.?V\b\.?|N\.?V\b\.?|V\.?O\.?F\b\.?|"
    r"AB\b|HB\b|KB\b|A/S|ApS\b|I/S|ASA?\b|Oyj?\b|Ltda\b\.?|Lda\b\.?|S/A|EIRELI\b|"
    r"[Ss]p\. ?z ?o\.? ?o\.?(?: [Ss]p\. ?k\.)?|[Ss]p\. ?[kj]\.|s\.c\.|s\.r\.o\.|a\.s\.|d\.o\.o\.|d\.d\.|s\.p\.|"
    r"v\.o\.s\.|[ok]\.s\.|OG\b|Nyrt\b\.?|Bt\b\.?|Kht\b\.?|Rt\b\.?|Tbk\b|CommV\b|Comm\.V\b|CVBA\b|og Sønner\b|& "
    r"[Cc]o\b\.?|és társai?\b|Kft\b\.?|Zrt\b\.?|Pty\.? Ltd\b\.?|Pvt\.? Ltd\b\.?|Private Limited\b|K\.K\.|A\.Ş\.|- "
    r"ME\b|"
    r"(?:and|&) (?:Sons?|Co\b\.?|Partners|Associates|Daughters|Brothers)\b|et (?:Fils|Associés|Cie)\b|[ey] (?:Hijos|"
    r"Asociados|asociados|Filhos|figli|Figli|Associati)\b|& (?:Asociados|Söhne|Partner|Søn|Cie\.?)|und (?:Söhne|"
    r"Partner)\b|i syn\b"
)
_FORM_ALONE = re.compile(rf"(?:(?:{_FORM}),?[ ]?(?:et|and|und|y|or|oder|ou|&)?[ ]?)+")
_FORM_LAST = re.compile(rf" (?:{_FORM})$")
_LEGAL = re.compile(
    rf"(?<![\w@.])(?:{NAME})(?:(?:,? )(?:{NAME}|{_LINK}\b|&)){{0,6}}?,? (?:{_FORM})(?:[ ]?(?:{_FORM}))?"
)
_LEGAL_FRONT = re.compile(
    r"(?<!\w)(?:CV|PT|PD|UD|Grupo|Groupe|Gruppo|Fundación|Fundacja|Fundação|Fondation|Stiftung|Fondazione|Despacho|"
    r"Club|Spółdzielnia|Stowarzyszenie|FPUH|PPUH|Laboratorios|Laboratorio|Corporación|Industrias|Proyectos|"
    r"Compañía|Inversiones|"
    r"Banca Privada|Consultoría|Kanzlei|Praxis|Firma|Cabinet|Société|Entreprise|Empresa|Comercial|Hnos|"
    rf"Hermanos)(?: (?:{_LINK}|{NAME})){{1,5}}"
)
_LEGAL_LOWER = re.compile(
    r"(?<![\w@./-])[^\W\d_A-Z][\w&'-]*(?:,? (?:&|and|und|y|et|e|en|i) [\w'-]+| [^\W\d_A-Z][\w'-]*)? "
    r"(?:gmbh(?: & co\.? kg)?|llc|inc|ltd|plc|llp|corp|sarl|srl|(?:pty|pvt|co) ltd|holdings|and sons|& sons|"
    r"ag & co\.? kg|b\.v\.|bv|s\.?l\.u?\.?|s\.a\.s?\.?|sp\. ?z ?o\.? ?o\.?|s\.?r\.?l\.?s?|ltda|lda|kft|oy|aps)"
    r"(?![\w-])"
)
_FIRM = re.compile(
    rf"(?<![\w-])(?P<a>{NAME})(?:, (?P<b>{NAME})){{1,5}},? (?:and|&|und|et|y|e|og|och|en|i) (?P<c>{NAME})(?![\w-])"
)
_PAIR = re.compile(rf"(?<![\w-])(?P<a>{NAME}) (?:&|und|et|y|e) (?P<c>{NAME})(?![\w-])")
_DOUBLE = re.compile(rf"(?<![\w'@.-])[{_UP}][\w']+-[{_UP}][\w']+(?![\w-])")
_LEADING_ON = word_set("orgs.leading_on")
_PARTICLES = re.compile(r"(?<![\w])(?:(?:van|von|der|den|zu|da|di|ten|ter|de la)[ ])+$")
_ANNOUNCING = word_set("orgs.announcing")
_ORDINARY_PARTS = re.compile(r"(?:north|south|east|west|central|upper|lower|big|new|old)(?:-|$)", re.IGNORECASE)
_LOOSE_FORM = re.compile(r"(?:Group|Company|Limited|Co|Holdings?|SE|SA|AB|AG|AS)\.?$")


def organisations(text: str, tokens: Sequence[Word], people: AbstractSet[int]) -> Iterator[Span]:
    """Yield organisations by their form; `people` are where words of people's names begin, left out in front."""
    for match in _LEGAL.finditer(text):
        yield from _legal(match, tokens, text, people)
    for match in chain(_LEGAL_FRONT.finditer(text), _LEGAL_LOWER.finditer(text)):
        yield from _legal_elsewhere(*match.span(), tokens, text)
    for pattern, joined in ((_FIRM, _partners), (_PAIR, _two), (_DOUBLE, _double)):
        for match in pattern.finditer(text):
            trade_list = pattern is _FIRM and text[max(0, match.start() - 4) : match.start()].casefold() == "die "
            if not trade_list and joined([token for token in between(tokens, *match.span()) if token.title]):
                yield Span(*match.span(), "ORG")


def has_form(name: str) -> bool:
    """Tell whether a name ends in a legal form."""
    return bool(_FORM_LAST.search(name))


def _two(names: Sequence[Word]) -> bool:
    """Tell whether two names joined by `&` are those of a firm."""
    return all(token.maybe_family and not token.common and not token.given for token in names)


def _double(names: Sequence[Word]) -> bool:
    """Tell whether a name with a hyphen is that of a firm, as `Smith-Jones`."""
    return any(t.maybe_family and not t.topic and not t.given and not _ORDINARY_PARTS.match(t.text) for t in names)


def after_people(body: Sequence[Word], people: AbstractSet[int]) -> list[Word]:
    """Return the words without those at the front that are a person's name."""
    inside = [token.start in people for token in body]
    if body and inside[0] and not all(inside) and body[inside.index(False)].folded in _LEADING_ON:
        return without_openers(body[inside.index(False) :])
    return list(body)


def without_openers(body: Sequence[Word]) -> list[Word]:
    """Return the words without what opens the sentence or announces the name."""
    rest = list(body)
    while len(rest) > 1 and (
        not rest[0].title
        or rest[0].folded in _ANNOUNCING
        or (rest[0].opens and rest[0].text.casefold() in words("words"))
    ):
        rest = rest[1:]
    return rest


def _legal(match: re.Match[str], tokens: Sequence[Word], text: str, people: AbstractSet[int]) -> Iterator[Span]:
    """Yield a name with a legal form, unless nothing but an ordinary word stands before a form that is also a word."""
    body = after_people(without_openers(between(tokens, *match.span())), people)
    if not body or not body[0].title:
        return
    whole = text[body[0].start : match.end()]
    generic = len(body) <= 2 and _LOOSE_FORM.search(whole) and body[0].common and not body[0].maybe_family
    bare = _FORM_ALONE.fullmatch(whole)
    if not generic and not bare and not famous(whole):
        yield Span(_with_particles(body[0], text), match.end(), "ORG")


def _with_particles(word: Word, text: str) -> int:
    """Return where a name begins with its particles (`van der Kint BV`)."""
    match = _PARTICLES.search(text, max(0, word.start - 12), word.start)
    return match.start() if match else word.start


def _legal_elsewhere(start: int, end: int, tokens: Sequence[Word], text: str) -> Iterator[Span]:
    """Yield a name whose form stands first, or that is written in small letters."""
    body = list(between(tokens, start, end))
    while len(body) > 2 and not body[0].title and body[0].text.casefold() in words("words"):
        body = body[1:]
    if len(body) < 2 or famous(text[body[0].start : end]):
        return
    if not body[0].title and body[0].text.casefold() in words("words"):
        return
    yield Span(body[0].start, end, "ORG")


def _partners(names: Sequence[Word]) -> bool:
    """Tell whether names in a row are partners of a firm: family names, not products, places or first names."""
    if any((token.topic and not token.maybe_family) or token.acronym for token in names):
        return False
    families = [
        token for token in names if token.maybe_family and not token.topic and (not token.given or token.family)
    ]
    strange = [token for token in names if token.unknown and not token.maybe_given and token not in families]
    return bool(families) and (len(families) + len(strange)) * 2 > len(names)
