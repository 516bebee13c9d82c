"""Businesses whose name begins or ends with their trade, with and without capitals, or stands below a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from bot.model import Span
from bot.privacy.detect.lexicon import Word, between, famous, language
from bot.privacy.detect.orgs import NAME, after_people, without_openers
from bot.privacy.detect.words import marked, phrases, word_set, words

_OF = r"(?:&|and|of|de|del|della|di|du|des|da|do|dos|la|le|les|los|las|el|il|lo|y|et|e|i|en|van|von|der|den|the)"
_STRONG = re.compile(
    r"(?:at|clients?|customers?|suppliers?|vendors?|tenants?|dossier|(?:contract|deal|agreement|nda) with|on behalf of|"
    r"(?:invoices?|bill|quote|order|complaint|email|letter) from|(?:refund|payment|invoice|transfer|quote) to|"
    r"(?:file|invoice|refund|account|statement|nda|contract) for|works? for|working for|owed? (?:to|by)|account of)$"
)
_TITLES = (
    r"(?:Manager|Director|Buyer|Engineer|Officer|Partner|Consultant|Analyst|Accountant|Controller|Coordinator|Assistant|"
    r"Specialist|Executive|Lead|President|VP|CEO|CFO|COO|CTO|Founder|Owner|Secretary|Attorney|Solicitor|Administrator|"
    r"Procurement|Sales|Operations|Finance|Purchasing|Logistics|HR|Marketing|Legal|Einkauf|Vertrieb|Geschäftsführer(?:in)?|"
    r"Leiter(?:in)?|Directeur|Directrice|Gérante?|Responsable|Comptable|Gerente|Directora?|Jefe de \w+|Jefa de \w+|"
    r"Responsabile|Titolare|Direttore|Direttrice|Inkoper|Directeur|Kierownik|Prezes|Dyrektor)"
)
_NOUN = re.compile(r"[a-zäöü](?:ung|ungen|heiten|keiten|schaften|preise|zeiten)$")
_SIGNED = re.compile(
    rf"^(?P<post>[^\n,|@:.?!\"(){{}}]{{0,40}}{_TITLES}(?: [^\n,|@:.?!]{{0,30}})?)"
    r"(?:, | ?\| ?| [-\u2013\u2014] | at | @ | bei | "
    r"chez )"
    rf"(?P<value>(?:{NAME})(?: (?:{NAME}|{_OF})){{0,4}})[ \t]*$",
    re.MULTILINE,
)


def trades(text: str, tokens: Sequence[Word], people: AbstractSet[int]) -> Iterator[Span]:
    """Yield businesses by their trade; `people` are where words of people's names begin."""
    german = language(tokens) == "german"
    for match in _last().finditer(text):
        yield from _trade(match, tokens, text, people, german=german)
    for match in _first().finditer(text):
        body = [token for token in between(tokens, *match.span()) if not token.frequent or token.title]
        if (
            len(body) > 1
            and not _NOUN.search(body[1].text)
            and _named(body[1:], german=False)
            and not famous(match.group())
        ):
            yield Span(match.start(), body[-1].end, "ORG")
    english = language(tokens) == "english"
    for match in _small().finditer(text):
        if not (match["cue"] or english):
            continue
        yield from _small_letters(match, tokens)
    for match in _SIGNED.finditer(text):
        yield from _employer(match, tokens, people)


def _trade(
    match: re.Match[str], tokens: Sequence[Word], text: str, people: AbstractSet[int], *, german: bool
) -> Iterator[Span]:
    """Yield a capitalised name that ends in a trade, unless it is a topic or made of the commonest words."""
    body = after_people(without_openers(between(tokens, *match.span())), people)
    while len(body) > 1 and not body[0].title:
        body = body[1:]
    front = [token for token in body[:-1] if token.start < match.end("trade")]
    outside = [token for token in front if token.start < match.start("trade")]
    if (
        not outside
        or (outside[0].topic and outside[0].folded not in phrases("places"))
        or famous(text[body[0].start : match.end()])
    ):
        return
    loose = match["trade"].split()[0] in words("trades_loose") or match["trade"].startswith(("Pharma", "Credit"))
    if (loose and not german and _rare(outside)) or _named(front, german=german):
        yield Span(body[0].start, match.end(), "ORG")


def _rare(front: Sequence[Word]) -> bool:
    """Tell whether words before a trade that is one by itself hold a rarer one and do not begin with a topic."""
    return not front[0].topic and any(
        token.title
        and not token.topic
        and token.text.casefold() not in words("words")
        and token.folded not in word_set("orgs.generic")
        for token in front
    )


def _named(front: Sequence[Word], *, german: bool) -> bool:
    """Tell whether the words beside a trade are a name: one that is no ordinary word, or two that are rarer ones."""
    titled = [token for token in front if token.title]
    able = [
        token
        for token in titled
        if not token.topic
        and not token.frequent
        and token.folded not in word_set("orgs.generic")
        and len(token.text) > 1
    ]
    if german:
        return any(token.maybe_family or token.maybe_given for token in able)
    return any(not token.ordinary or token.family for token in able) or (len(titled) > 1 and bool(able))


def _small_letters(match: re.Match[str], tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield a business in small letters after a word that announces it (`at gulf horizon contracting`)."""
    front = [token for token in between(tokens, *match.span("value")) if token.start < match.start("trade")]
    banned = word_set("orgs.generic_small") | word_set("orgs.generic")
    if len(front) > 1 and front[0].frequent and front[0].folded in banned:
        return
    if not front or any(token.folded in banned for token in front) or all(token.topic for token in front):
        return
    strange = any(not token.ordinary and not token.topic for token in front)
    strong = bool(_STRONG.search(match["cue"] or ""))
    several = len(front) > 1 or " " in match["trade"]
    if strange or (strong and several and not all(token.frequent for token in front)):
        yield Span(*match.span("value"), "ORG")


def _employer(match: re.Match[str], tokens: Sequence[Word], people: AbstractSet[int]) -> Iterator[Span]:
    """Yield the firm that stands after a post in a signature."""
    names = [token for token in between(tokens, *match.span("value")) if token.title]
    if not names or names[-1].folded in word_set("orgs.units"):
        return
    if any(token.start in people or token.topic for token in names) or all(token.acronym for token in names):
        return
    if any(token.text.casefold() not in words("words") for token in names):
        yield Span(*match.span("value"), "ORG")


@cache
def _last() -> re.Pattern[str]:
    """Return the expression for a name that ends in one or two trades."""
    ends = "|".join(sorted(words("trades") | words("trades_loose"), key=len, reverse=True))
    trade = rf"(?:{ends}|Pharma\w*|Credit Union)"
    return re.compile(
        rf"(?<![\w-])(?:{NAME})(?: (?:{NAME}|&|and|of|de|del|et|y|und|e)){{0,3}}? "
        rf"(?P<trade>{trade}(?: (?:{trade}|Group))?)(?![\w-])"
    )


@cache
def _first() -> re.Pattern[str]:
    """Return the expression for a name that begins with a trade."""
    starts = "|".join(sorted(words("trades_front"), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?:{starts})(?: {_OF}){{0,2}}(?: (?:[dl]')?(?:{NAME}))"
        rf"(?:(?: {_OF}){{0,2}} (?:[dl]')?(?:{NAME})){{0,3}}"
    )


@cache
def _small() -> re.Pattern[str]:
    """Return the expression for a business in small letters after a word that announces it."""
    ends = "|".join(
        sorted((word.casefold() for word in marked("trades") | marked("trades_loose")), key=len, reverse=True)
    )
    return re.compile(
        r"(?:(?<![\w-])(?P<cue>(?:[a-z]{2,9} )?(?:at|for|from|with|by|to|of|against|paid|pay|"
        r"billed|owes?|hired|using|is|was|did|has|does|clients?|customers?|"
        r"suppliers?|vendors?|tenants?|dossier|and|that|because))[ ]|^|(?<=[.!?] ))"
        rf"(?P<value>(?:[^\W\d_A-Z][\w'-]{{1,20}} (?:& )?){{1,3}}?"
        rf"(?P<trade>(?:{ends})(?: (?:{ends}|group|clinic|company|services|supplies))?))(?![\w-])",
        re.MULTILINE,
    )
