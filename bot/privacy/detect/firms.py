"""Organisations after a person, after the word for a firm in several languages, and between two suppliers."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from bot.model import Span
from bot.privacy.detect.lexicon import MONTHS, Word, between, famous
from bot.privacy.detect.orgs import NAME
from bot.privacy.detect.words import phrases, word_set, words

_RUN = rf"(?:{NAME})(?: (?:{NAME})| (?:&|and|und|et|y|e|i|de|of|del|von) (?:{NAME})){{0,3}}"
_OF = (
    r"of|from|at|with|over at|de|da|do|del|della|di|du|des|chez|von|vom|bei|van|bij|z|ze|på|från|hos|fra|"
    r"desde|en|from the firm|z firmy|von der firma|de la empresa|de l'entreprise|della ditta|van de firma"
)
_AFTER_PERSON = re.compile(rf"(?:,)? (?i:{_OF}) (?P<value>{_RUN})(?![\w-])")
_FIRM = re.compile(
    r"(?<![\w-])(?i:firmy|firmie|firmę|firmą|spółk[aięąi]|bedrijf|företaget|firmaet|virksomheden|selskapet|"
    r"yritys|şirketi|ditta|entreprise|société|empresa|unternehmen|betrieb|firma|firm|company|supplier|vendor|"
    r"leverantören|leverandøren) "
    rf"(?:(?i:called|named|namens|o nazwie|llamada|chamada|genaamd) )?[\"'„]?(?P<value>(?:{NAME})(?: (?:{NAME}))"
    r"{0,2})(?![\w-])"
)
_SWITCH = re.compile(
    r"(?<![\w-])(?i:switch\w{0,4}|mov(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|migrat\w{1,4}|transferr?\w{0,4}|going|"
    r"wechseln?|gewechselt|passer|passons|cambia\w{0,4}|passiamo|overstappen)(?: [\w'-]{1,16}){0,4}? "
    rf"(?i:from|von|de|da|van) (?P<a>(?:{NAME})(?: (?:{NAME}|&)){{1,3}}) (?i:to|zu|à|a|naar) "
    rf"(?P<b>(?:{NAME})(?: (?:{NAME}|&)){{1,3}})(?![\w-])"
)
_OWN_NAME = re.compile(
    r"(?<![\w-])(?i:acquir(?:e|es|ed|ing)|takeover of|buying out|merg(?:er|e|ing) with|"
    r"(?:negotiations?|contracts?|deal|nda|msa) with|(?:can|could|do|should|shall|will) we (?:offer|quote|bill)|"
    r"verhandlungen mit) "
    rf"(?P<value>{NAME})(?=[ ?.,:;!\n]|$)(?! {NAME})"
)
_HOLDS = re.compile(
    rf"(?<![\w-])(?P<value>{NAME})(?= (?:sent|signed|billed|redlined|invoiced|countersigned|owes) "
    r"(?:us|a|an|the|our|back)\b)"
)


def firms(text: str, tokens: Sequence[Word], people: Sequence[Span], owned: AbstractSet[int]) -> Iterator[Span]:
    """Yield firms that belong to a person found before, or that their own word or a change of supplier announces."""
    for person in people:
        match = _AFTER_PERSON.match(text, person.end)
        if match:
            yield from _belonging(match, text, tokens, owned)
    for match in _FIRM.finditer(text):
        names = _names(match, "value", tokens)
        if len(names) > 1 and not _plain(names, text) and not any(token.start in owned for token in names):
            yield Span(*match.span("value"), "ORG")
    for match in _SWITCH.finditer(text):
        if not any(_plain(_names(match, group, tokens), text) for group in ("a", "b")):
            yield Span(*match.span("a"), "ORG")
            yield Span(*match.span("b"), "ORG")
    yield from _surnames(text, tokens, owned)


def _belonging(match: re.Match[str], text: str, tokens: Sequence[Word], owned: AbstractSet[int]) -> Iterator[Span]:
    """Yield what a person is from: a name of two words, or a family name that is a firm's."""
    names = _names(match, "value", tokens)
    if not names or (names[0].start in owned and names[0].given):
        return
    if (len(names) == 1 and names[0].start in owned) or (len(names) > 1 and not _plain(names, text)):
        yield Span(*match.span("value"), "ORG")


def _surnames(text: str, tokens: Sequence[Word], owned: AbstractSet[int]) -> Iterator[Span]:
    """Yield family names taken for a person's that are acquired, negotiated with or sent things as firms are."""
    for pattern in (_OWN_NAME, _HOLDS):
        for match in pattern.finditer(text):
            names = _names(match, "value", tokens)
            if len(names) == 1 and names[0].start in owned and not names[0].maybe_given:
                double = "-" in names[0].text and names[0].text.partition("-")[2][0].isupper()
                if double or pattern is _OWN_NAME:
                    yield Span(*match.span("value"), "ORG")


def _names(match: re.Match[str], group: str, tokens: Sequence[Word]) -> list[Word]:
    """Return the capitalised words of a group."""
    return [token for token in between(tokens, *match.span(group)) if token.title]


def _plain(names: Sequence[Word], text: str) -> bool:
    """Tell whether words are a topic, a place, or nothing but ordinary words, rather than a firm's name."""
    if not names or famous(text[names[0].start : names[-1].end]) or names[0].folded in words("titles"):
        return True
    if names[0].folded in phrases("places") and len(names) < 3:
        return True
    if any(token.acronym or token.folded in MONTHS or token.folded in word_set("orgs.units") for token in names):
        return True
    topical = any(token.topic and token.folded not in phrases("places") for token in names)
    return topical or all(token.ordinary or token.frequent for token in names)
