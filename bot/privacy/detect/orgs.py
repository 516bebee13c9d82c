"""Organisations and projects: by legal form, by the shape of their names, and by cue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.model import Span
from bot.privacy.detect.lexicon import Word, famous, language

_UP = "A-ZÀ-ÖØ-ÞĆČĐĘŁŃŐŚŠŞŹŻŽİ"
_NAME = rf"[{_UP}][\w'&.+-]*[\w+]|[{_UP}]"
_LINK = r"(?:&|and|und|et|y|e|i|og|och|en|de|del|della|di|du|des|la|le|los|las|von|van|der|of|the|da|do|dos)"
_FORM = (
    r"Inc\b\.?|Incorporated\b|L\.?L\.?C\b\.?|Ltd\b\.?|Limited\b|P\.?L\.?C\b\.?|L\.?L\.?P\b\.?|Corp\b\.?|Corporation\b|Co\b\.?(?:,? Ltd\b\.?)?|Company\b|Group\b|Groupe\b|Gruppe\b|Gruppo\b|Grupo\b|Groep\b|Holdings?\b|"
    r"(?:GmbH|AG|UG|SE|Stiftung)(?: ?& ?Co\.? ?(?:KGaA|KG|OHG))?\b|gGmbH\b|mbH\b|KGaA\b|KG\b|OHG\b|GbR\b|e\.? ?V\.|eG\b|e\.? ?K\.|"
    r"S\.A\.S\.?|SAS\b|SARL\b|S\.A\.R\.L\.?|S\.?à r\.l\.|EURL\b|SNC\b|SCI\b|SCOP\b|S\.A\.U\.?|S\.A\.D\.?|S\.A\.|SA\b|S\.L\.(?:N\.E\.?|U\.?|L\.?)?|SLU?\b|S\.?Coop\.?|S\.Com\.?|S\.C\.P\.?|S\.C\.|"
    r"S\.?[pP]\.?A\b\.?|[sS]\.?[rR]\.?[lL]\b\.?|S\.n\.c\.|s\.n\.c\.|s\.a\.s\.|B\.?V\b\.?|N\.?V\b\.?|V\.?O\.?F\b\.?|AB\b|HB\b|KB\b|A/S|ApS\b|I/S|ASA\b|Oyj?\b|Ltda\b\.?|Lda\b\.?|S/A|EIRELI\b|"
    r"[Ss]p\. ?z ?o\.? ?o\.?(?: [Ss]p\. ?k\.)?|[Ss]p\. ?[kj]\.|s\.c\.|s\.r\.o\.|a\.s\.|d\.o\.o\.|d\.d\.|Kft\b\.?|Zrt\b\.?|Pty\.? Ltd\b\.?|Pvt\.? Ltd\b\.?|Private Limited\b|K\.K\.|A\.Ş\.|- ME\b|"
    r"(?:and|&) (?:Sons?|Co\b\.?|Partners|Associates|Daughters|Brothers)\b|et (?:Fils|Associés|Cie)\b|[ey] (?:Hijos|Asociados|asociados|Filhos|figli|Figli|Associati)\b|& (?:Asociados|Söhne|Partner|Søn|Cie\.?)|und (?:Söhne|Partner)\b|i syn\b"
)
_LEGAL = re.compile(rf"(?<![\w@.])(?:{_NAME})(?:(?:,? |-)(?:{_NAME}|{_LINK}\b|&)){{0,6}}?,? (?:{_FORM})(?:[ ]?(?:{_FORM}))?")
_LEGAL_FRONT = re.compile(
    rf"(?<!\w)(?:Grupo|Groupe|Gruppo|Fundación|Fundacja|Fundação|Fondation|Stiftung|Fondazione|Despacho|Club|Spółdzielnia|Stowarzyszenie|FPUH|PPUH|Laboratorios|Laboratorio|Corporación|Industrias|Proyectos|Compañía|Inversiones|"
    rf"Banca Privada|Consultoría|Kanzlei|Praxis|Firma|Cabinet|Société|Entreprise|Empresa|Comercial|Hnos|Hermanos)(?: (?:{_LINK}|{_NAME})){{1,5}}"
)
_LEGAL_LOWER = re.compile(r"(?<![\w@./-])[a-zà-ÿ][\w&'-]*(?:,? (?:&|and|und) [\w'-]+| [a-zà-ÿ][\w'-]*)? (?:gmbh|llc|inc|ltd|plc|llp|corp|sarl|srl|pty ltd|ag & co\.? kg)\b", re.IGNORECASE)
_FIRM = re.compile(rf"(?<![\w-])(?P<a>{_NAME})(?:, (?P<b>{_NAME}))+,? (?:and|&|und|et|y|e|og|och|en|i) (?P<c>{_NAME})(?![\w-])")
_PAIR = re.compile(rf"(?<![\w-])(?P<a>{_NAME}) (?:&|und|et|y|e) (?P<c>{_NAME})(?![\w-])")
_DOUBLE = re.compile(rf"(?<![\w'@.-])[{_UP}][\w']+-[{_UP}][\w']+(?![\w-])")
_TRADE = re.compile(
    rf"(?<![\w-])(?:{_NAME})(?: (?:{_NAME}|&|and|of|de|del)){{0,3}}? (?:Logistics|Bank|Industries|Partners|Consulting|Consultants|Consultancy|Capital|Solutions|Systems|Technologies|Technology|Tech|Labs?|Pharma\w*|Foundation|"
    r"Insurance|Assurance|Foods?|Motors|Airlines|Airways|Hospital|Clinic|University|College|School|Academy|Institute|Ventures|Investments?|Properties|Realty|Robotics|Energy|Electric|Electronics|Enterprises|Trading|Traders|Shipping|Freight|"
    r"Construction|Builders|Manufacturing|Textiles|Chemicals|Steel|Mining|Petroleum|Media|Studios?|Publishing|Press|Records|Analytics|Software|Networks?|Telecom|Communications|Dynamics|Aerospace|Biotech|Therapeutics|Diagnostics|Healthcare|"
    r"Medical|Dental|Veterinary|Law|Legal|Advisory|Advisors|Associates|Securities|Financial|Finance|Credit Union|Wealth|Hotels?|Resorts?|Restaurants?|Bakery|Brewery|Coffee|Farms|Outfitters|Apparel|Retail|Stores|Supermarkets?|Interiors|Design|"
    r"Architects|Engineering|Works|Brands|Cosmetics|Services|Cooperative|Federation|Trust|Fund|Council|Ministry|Kliniken?|Klinikum|Werke|Versicherung|Sparkasse|Bau|Technik|Verlag|Kanzlei)(?![\w-])"
)
_CUE = (
    r"customers?|clients?|vendors?|suppliers?|partners?|competitors?|prospects?|tenants?|company|firm|startup|start-up|employer|agency|subsidiary|acquir(?:e|es|ed|ing)|acquisition of|takeover of|buy(?:ing)? out|"
    r"merg(?:er|e|ing) with|(?:contracts?|deals?|negotiations?|agreement|partnership|renewal|nda|msa|sow|joint venture|dispute|meeting|call|lawsuit|litigation|pitch|meetings|demo|kick-?off|qbr|onboarding) (?:with|for|at|against)|"
    r"(?:invoice|offer|quote|bid|proposal|tender|complaint|order|payment|letter|email|purchase order|po|refund|claim) (?:for|from|to|of|by)|(?:works?|worked|working|employed|job|interview|hired|engineer|manager|director|buyer|intern|lawyer|accountant) (?:at|for|by|from|of)|"
    r"on behalf of|sold to|sells? to|billed? to|ship(?:ped)? to|account of|sued? by|suing|lost to|pitch(?:ing)? to|audit(?:ed)? (?:of|by)|representing|offers? of|poached from|"
    r"firma|kunden?|kundin|lieferanten?|auftraggeber|(?:vertrag|verhandlung|verhandlungen|termin|angebot|rechnung|treffen) (?:mit|von|an|der|für)|arbeitet (?:bei|für)|übernahme (?:von|der)|"
    r"société|entreprise|fournisseur|prestataire|contrat avec|facture (?:de|pour|à)|travaille (?:chez|pour)|chez|l'entreprise|rachat de|devis de|"
    r"empresa|cliente|proveedor|contrato con|factura (?:de|para)|trabaja (?:en|para)|adquisición de|reunión con|azienda|fornitore|contratto con|fattura (?:di|per)|lavora (?:per|in|da)|cliente"
)
_CUED = re.compile(rf"(?<![\w-])(?i:{_CUE})(?:[ ](?i:called|named|namens|the company|our client|is|heißt|die|der|la|le|el|named))?[ :]{{1,2}}[\"'(]?(?P<value>(?:{_NAME})(?:(?: |, |-)(?:{_NAME})| (?:&|and|of|de|und|et|y) (?:{_NAME})){{0,4}})")
_CUED_AFTER = re.compile(rf"(?<![\w-])(?P<value>(?:{_NAME})(?: (?:{_NAME}|&)){{0,3}})(?='s?[ ](?:contract|renewal|account|invoice|order|procurement|legal team|lawyers|deal|offer|bid|acquisition|offices?|ceo|cfo|cto)| (?:account|contract|deal|renewal|acquisition|merger|rfp|tender|invoice|pilot|onboarding|escalation)\b)")
_PROJECT = re.compile(
    r"(?<![\w-])(?:(?:project|operation|programme|program|initiative|projekt|projet|proyecto|progetto|projeto|vorhaben)[ ]|(?P<cue>(?:(?:internal |secret |working )?code[ -]?name[d]?|project name|projektname|nom de code|nombre en clave|nome in codice|decknamen?|"
    r"(?:project|product|feature|release|initiative|prototype|programme|merger|deal|launch|projekt|projet|proyecto),? (?:is )?(?:called|named|code-?named|dubbed|genannt|namens|appelé|llamado)|internally (?:called|known as)|code-?named)(?:[ ]is)?[ :]{1,2}))"
    rf"[\"'`]?(?P<value>(?-i:[{_UP}])[\w-]*(?:[ ](?:(?-i:[{_UP}])[\w-]*|\d{{1,4}}\b)){{0,2}}|[a-z][\w-]{{3,}})[\"'`]?",
    re.IGNORECASE,
)
_NOT_A_PROJECT = frozenset(
    "manager managers management plan plans planning lead leads leader charter owner owners board office update updates status timeline scope name names team teams budget proposal overview structure deadline deadlines kickoff folder folders "
    "file files repo repository template templates settings root directory id ids key keys tracker tracking documentation docs dependencies setup goals milestones milestone review reviews requirements requirement management sponsor risk "
    "risks report reports reporting work code codes phase phases launch starts start ended ends with from that this which and for into needs meeting meetings page site website tool tools member members stakeholders stakeholder list lists "
    "description details brief documents document sheet costs cost funding based level wide hours reference euler gutenberg zomboid loom estimate estimates delivery coordinator director engineer assistant portfolio closure success failure "
    "runs running will would should must can has have had does didn't isn't wants about after before over under near theatre room system systems error errors mode time wizard committee verantwortliche leiter leiterin plan antrag "
    "gutenberg's scheduling evaluation documentation space spaces board's output outcome objectives objective language binaries specific related".split()
)


def organisations(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield organisations by their legal form, by names joined as firms join them, by trade, and by cue."""
    index = {token.start: token for token in tokens}
    abroad = language(tokens) != "english"
    for match in _LEGAL.finditer(text):
        yield from _legal(match, index, text)
    for pattern in (_LEGAL_FRONT, _LEGAL_LOWER):
        for match in pattern.finditer(text):
            yield from _without_words(*match.span(), index, text)
    for match in _FIRM.finditer(text):
        if _partners(match, index):
            yield Span(*match.span(), "ORG")
    for match in _PAIR.finditer(text):
        pair = [index.get(match.start(name)) for name in ("a", "c")]
        if all(token and token.family and not token.given for token in pair):
            yield Span(*match.span(), "ORG")
    for match in _DOUBLE.finditer(text):
        token = index.get(match.start())
        if token and token.maybe_family and not token.topic and not token.given and not all(p in _ORDINARY_PARTS for p in token.parts):
            yield Span(token.start, token.end, "ORG")
    for pattern, group in ((_TRADE, 0), (_CUED, "value"), (_CUED_AFTER, "value")):
        if pattern is _CUED_AFTER and abroad:
            continue
        for match in pattern.finditer(text):
            yield from _named(*match.span(group), index, text, tail=pattern is _TRADE)


def by_recogniser(text: str, tokens: Sequence[Word], found: Iterable[Span]) -> Iterator[Span]:
    """Yield what the recogniser took for an organisation of several words, one of which no list knows."""
    if language(tokens) != "english":
        return
    index = {token.start: token for token in tokens}
    for span in found:
        inside = [t for t in tokens if span.start <= t.start and t.end <= span.end and t.title]
        if span.type == "ORG" and len(inside) > 1 and not any(t.topic or t.acronym for t in inside):
            yield from _named(inside[0].start, inside[-1].end, index, text, tail=False)


def projects(text: str) -> Iterator[Span]:
    """Yield projects and code names that a cue announces, with the word project."""
    for match in _PROJECT.finditer(text):
        value = match.group("value")
        if value.split()[0].casefold() in _NOT_A_PROJECT or (value[0].islower() and not match.group("cue") and not match.group().lower().startswith(("project", "operation", "projekt"))):
            continue
        if value.islower() and value.endswith(("ing", "ed", "tion", "ment")):
            continue
        start = match.start()
        yield Span(start, match.end("value"), "PROJECT")


_ORDINARY_PARTS = frozenset("north south east west central upper lower big new old".split())


def _legal(match: re.Match[str], index: dict[int, Word], text: str) -> Iterator[Span]:
    """Yield a name with a legal form, unless nothing but ordinary words stands before the form."""
    body = [token for start, token in index.items() if match.start() <= start < match.end()]
    while len(body) > 1 and (body[0].ordinary or not body[0].title):
        body = body[1:]
    if body and body[0].ordinary and body[0].opens:
        return
    whole = text[body[0].start : match.end()] if body else ""
    generic = len(body) <= 2 and bool(re.search(r"(?:Group|Company|Limited|Co|Holdings?|SE|SA|AB|AG|AS)\.?$", whole)) and body[0].common and not body[0].maybe_family
    if body and not generic and not famous(whole):
        yield Span(body[0].start, match.end(), "ORG")


def _without_words(start: int, end: int, index: dict[int, Word], text: str) -> Iterator[Span]:
    """Yield the match from its first word that is no ordinary one."""
    body = [token for at, token in index.items() if start <= at < end]
    lead = body[0].start if body and body[0].title else None
    while body and body[0].ordinary and len(body) > 1 and lead is None:
        body = body[1:]
    if len(body) > 1 and not (len(body) == 2 and body[0].common and not body[0].maybe_family) and not famous(text[body[0].start : end]):
        yield Span(body[0].start, end, "ORG")


def _partners(match: re.Match[str], index: dict[int, Word]) -> bool:
    """Tell whether names in a row are partners of a firm: family names, not products, places or first names."""
    tokens = [token for start, token in index.items() if match.start() <= start < match.end() and token.title]
    if any((token.topic and not token.maybe_family) or token.acronym for token in tokens):
        return False
    families = [token for token in tokens if token.maybe_family and not token.topic and (not token.given or token.family)]
    return len(families) * 2 > len(tokens)


def _named(start: int, end: int, index: dict[int, Word], text: str, *, tail: bool) -> Iterator[Span]:
    """Yield a run of capitalised words of which one at least is no ordinary word, product or place."""
    body = [token for at, token in index.items() if start <= at < end]
    while body and (body[0].ordinary or not body[0].title):
        body = body[1:]
    last = len(body) - 1 if tail else len(body)
    names = [token for token in body[:last] if token.unknown or (token.maybe_family and token.title and not token.topic and not token.ordinary)]
    if not names or famous(text[body[0].start : end]) or any(token.topic for token in body[:1]):
        return
    while not tail and body and body[-1].ordinary and not body[-1].maybe_family:
        body = body[:-1]
    yield Span(body[0].start, max(body[-1].end, end if tail else 0), "ORG")
