"""Organisations that the words around them announce, or that the recogniser finds."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from bot.model import Span
from bot.privacy.detect.lexicon import Word, between, famous, language
from bot.privacy.detect.orgs import NAME, after_people, without_openers
from bot.privacy.detect.trades import trades
from bot.privacy.detect.words import word_set, words

_CUE = (
    r"customers?|clients?|vendors?|suppliers?|partners?|competitors?|prospects?|tenants?|company|firm|startup|"
    r"start-up|employer|agency|subsidiary|acquir(?:e|es|ed|ing)|acquisition of|takeover of|buy(?:ing)? out|"
    r"merg(?:er|e|ing) with|(?:contracts?|deals?|negotiations?|agreement|partnership|renewal|nda|msa|sow|joint "
    r"venture|dispute|meeting|call|lawsuit|litigation|pitch|meetings|demo|kick-?off|qbr|onboarding) (?:with|for|at|"
    r"against)|"
    r"(?:invoice|offer|quote|bid|proposal|tender|complaint|order|payment|letter|email|purchase order|po|refund|"
    r"claim) (?:for|from|to|of|by)|(?:works?|worked|working|employed|job|interview|hired|engineer|manager|director|"
    r"buyer|intern|lawyer|accountant) (?:at|for|by|from|of)|"
    r"on behalf of|sold to|sells? to|billed? to|ship(?:ped)? to|account of|sued? by|suing|lost to|pitch(?:ing)? to|"
    r"audit(?:ed)? (?:of|by)|representing|offers? of|poached from|"
    r"firma|kunden?|kundin|lieferanten?|auftraggeber|(?:vertrag|verhandlung|verhandlungen|termin|angebot|rechnung|"
    r"treffen) (?:mit|von|an|der|für)|arbeitet (?:bei|für)|übernahme (?:von|der)|"
    r"société|entreprise|fournisseur|prestataire|contrat avec|facture (?:de|pour|à)|travaille (?:chez|pour)|chez|"
    r"l'entreprise|rachat de|devis de|"
    r"empresa|cliente|proveedor|contrato con|factura (?:de|para)|trabaja (?:en|para)|adquisición de|reunión con|"
    r"azienda|fornitore|contratto con|(?:fattura|bonifico|ordine|preventivo) (?:di|per|a|da)|lavora (?:per|in|da)|"
    r"dossier|titular|t\.?n\.?v\.?|ten name van|namens|klant|leverancier|opdrachtgever|(?:contract|afspraak) met|"
    r"(?:factuur|offerte|bestelling|betaling) (?:van|voor|aan)|overmaken (?:aan|naar)|werkt bij|"
    r"przelew (?:dla|do|od)|faktur[aęy] (?:dla|od|z)|klient(?:a|em|ka)?|kontrahent(?:a|em)?|dostawc[ayę]|umow[aęy] z|"
    r"zamówienie (?:od|dla)|w imieniu|oferta (?:od|dla)|"
    r"(?:virement|paiement|commande|avoir|relance|règlement) (?:pour|à|de)|pour le compte de|au nom de|"
    r"fornecedora?|contrato com|(?:fatura|pagamento|transferência|boleto|pedido) (?:de|da|do|para|a)|em nome d[aeo]|"
    r"(?:transferencia|transfer[ií]|pago|pedido|presupuesto|cheque) (?:a|para|de)|en nombre de|por cuenta de|"
    r"(?:überweisung|zahlung|bestellung|auftrag|gutschrift|mahnung) (?:an|von|für)|im namen (?:von|der)|mandantin?|"
    r"card on file for|beneficiary|payee|remit to|payable to|wire to"
)
_CUED = re.compile(
    rf"(?<![\w-])(?i:{_CUE})(?:[ ](?i:called|named|namens|the company|our client|is|heißt|die|der|la|le|el|"
    rf"named))?[ :]{{1,2}}[\"'(]?(?P<value>(?:{NAME})(?:(?: |, )(?:{NAME})| (?:&|and|of|de|und|et|y) "
    rf"(?:{NAME})){{0,4}})"
)
_CUED_AFTER = re.compile(
    rf"(?<![\w-])(?P<value>(?:{NAME})(?: (?:{NAME}|&)){{0,3}})(?='s?[ ](?:contract|renewal|account|invoice|order|"
    r"procurement|legal team|lawyers|deal|offer|bid|acquisition|offices?|ceo|cfo|cto)| (?:account|contract|deal|"
    r"renewal|acquisition|merger|rfp|tender|invoice|pilot|onboarding|escalation|went bankrupt|went under|is "
    r"insolvent|filed for|is bankrupt)\b)"
)
_STRONG_CUE = re.compile(
    r"(?:customer|client|vendor|supplier|competitor|prospect|company|firm|startup|start-up|employer|subsidiary|"
    r"acqui|merg|takeover|on behalf)",
    re.IGNORECASE,
)


def by_cues(text: str, tokens: Sequence[Word], people: AbstractSet[int]) -> Iterator[Span]:
    """Yield capitalised names after or before a word such as customer, acquire or contract."""
    tongue = language(tokens)
    yield from trades(text, tokens, people)
    for match in _CUED.finditer(text):
        strong = bool(_STRONG_CUE.match(match.group()))
        yield from _named(between(tokens, *match.span("value")), text, people, tongue, strong=strong)
    if tongue == "english":
        for match in _CUED_AFTER.finditer(text):
            yield from _named(between(tokens, *match.span("value")), text, people, tongue, strong=False)


def by_recogniser(text: str, tokens: Sequence[Word], found: Iterable[Span], people: AbstractSet[int]) -> Iterator[Span]:
    """Yield what the recogniser took for an organisation of several words that are not all ordinary."""
    if language(tokens) != "english":
        return
    for span in found:
        inside = [token for token in between(tokens, span.start, span.end) if token.title]
        if span.type == "ORG" and len(inside) > 1 and not any(token.topic or token.acronym for token in inside):
            yield from (
                s for s in _named(inside, text, people, "english", strong=False) if " " in text[s.start : s.end]
            )


def _named(body: Sequence[Word], text: str, people: AbstractSet[int], tongue: str, *, strong: bool) -> Iterator[Span]:
    """Yield a run of capitalised words that can be a name of something."""
    names = after_people(without_openers(body), people)
    if all(token.start in people for token in names):
        return
    while names and (not names[-1].title or (names[-1].ordinary and not names[-1].maybe_family and len(names) > 2)):
        names = names[:-1]
    if names and names[0].folded in words("titles"):
        return
    if not names or not names[0].title or names[0].topic or famous(text[names[0].start : names[-1].end]):
        return
    if names[0].folded in word_set("orgs.generic") and all(token.ordinary for token in names):
        return
    if any(token.acronym and token.topic for token in names):
        return
    rare = [
        token
        for token in names
        if token.title and token.text.casefold() not in words("words") and not token.topic and len(token.text) > 1
    ]
    sure = [token for token in rare if not token.ordinary or token.maybe_family]
    if tongue == "german":
        sure = rare = [token for token in rare if token.maybe_family]
    if sure or (rare and (strong or len(names) > 1) and not names[0].opens):
        yield Span(names[0].start, names[-1].end, "ORG")
