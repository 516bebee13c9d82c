"""Birth dates: a date in any common form that a cue announces."""

# ruff: noqa: RUF001 - the foreign letters are meant

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span

_MONTH = (
    r"(?:jan(?:uary|uar|vier|\.)?|feb(?:ruary|ruar|\.)?|février|fevrier|févr\.?|mar(?:ch|s|zo|\.)?|märz|maerz|mrz|"
    r"apr(?:il|ile|\.)?|avril|abril|may|mai|mayo|maggio|"
    r"june?|juni|juin|junio|giugno|july?|juli|juillet|julio|luglio|aug(?:ust|\.)?|août|aout|agosto|sep(?:t(?:ember|"
    r"embre|iembre)?)?\.?|settembre|"
    r"oct(?:ober|obre|ubre|\.)?|okt(?:ober|\.)?|ottobre|nov(?:ember|embre|iembre|\.)?|dec(?:ember|\.)?|dez(?:ember|"
    r"\.)?|décembre|déc\.?|diciembre|dic\.?|dicembre|"
    r"enero|gennaio|febrero|febbraio|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|"
    r"stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|"
    r"sierpnia|września|października|listopada|grudnia|januari|februari|maart|mrt|mei|augustus|juni|juli|marts|maj|"
    r"augusti|jan|feb|abr|ene|ago|set|out|gen|giu|lug|mag|ott|styczeń|luty|ocak|şubat|nisan|mayıs|haziran|"
    r"temmuz|ağustos|"
    r"eylül|ekim|kasım|aralık)"
    r"(?![^\W\d_])"
)
_DATE = (
    r"(?:\d{1,2}[./\- ]{1,2}\d{1,2}[./\- ]{1,2}(?:\d{4}|'?\d{2})|\d{4}[./\-]\d{1,2}[./\-]\d{1,2}|(?:19|"
    r"20)\d{2}[01]\d[0-3]\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.|er|º|°)?[ \-]?(?:of |de |di )?{_MONTH}[ ,\-]{{0,2}}(?:(?:de |del )?(?:\d{{4}}|"
    rf"'\d{{2}}))?|"
    rf"{_MONTH}[ \-]{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?(?:,?[ \-]{{1,2}}(?:\d{{4}}|'\d{{2}}))?|{_MONTH},? (?:19|"
    rf"20)\d{{2}}|(?:19|20)\d{{2}})(?!\d)"
)
_CUE = (
    r"(?:was |were |is |am |are )?born|d\.?o\.?b\.?|dates? of birth|birth ?-?dates?|birth ?-?days?|b-?day|birth|"
    r"year of birth|yob|"
    r"geboren(?:e[rsn]?)?|geb\.?|geburtsdatum|geburtstag|geburtsjahr|n[ée]e?(?:\(e\))?(?=[ \t]+(?:le|en|\d))|"
    r"naissance|anniversaire|"
    r"nacid[oa]|nació|naci|nacimiento|cumpleaños|fecha nac\.?|nat[oa](?= il| nel)|nascita|compleanno|nascid[oa]|"
    r"nascimento|aniversário|geboortedatum|"
    r"ur\.|urodzon[ya]|data urodzenia|född|født|doğum(?: tarihi)?"
)
_GAP = (
    r"(?:[ \t]*(?:[:=#(,*]|-|\bis\b|\bwas\b|\bon\b|\bin\b|\bthe\b|\bam\b|\bim\b|\bist\b|\bwar\b|\ble\b|\ben\b|"
    r"\best\b|\bel\b|\bes\b|\bdía\b|\bil\b|\bnel\b|\bé\b|\bem\b|\bdate\b|"
    r"\b(?:back|here|there|way)\b|\b(?:in|at|à|en|a) [A-ZÀ-Ý][\wÀ-ÿ-]+(?: [A-ZÀ-Ý][\wÀ-ÿ-]+)?,?|['\"`|]|"
    r"\r?\n)){0,6}[ \t]*"
)
_ANNOUNCED = re.compile(rf"(?<![\w-])(?:{_CUE})(?![\w]){_GAP}(?P<value>{_DATE})", re.IGNORECASE)
_FOLLOWED = re.compile(
    rf"(?<![\w/.-])(?P<value>{_DATE})[ \t]*(?:\(|,|-|\bis\b|\bwas\b|ist)?[ \t]*(?:(?:as |my |his |her |their |the |"
    r"is |mein |sein |ihr )*)"
    r"(?:dob\b|date of birth|birth ?date|birthday|geburtsdatum|geburtstag|date de naissance|fecha de nacimiento)",
    re.IGNORECASE,
)
_YEAR = r"(?:19[0-9]\d|20[01]\d)"
_FULL = (
    rf"(?:\d{{1,2}}[./\- ]{{1,2}}\d{{1,2}}[./\- ]{{1,2}}(?:{_YEAR}|'?\d\d(?!\d))|{_YEAR}[./\-]\d{{1,2}}[./\-]\d{{1,2}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.|er|º|°)?[ \-]?(?:of |de |di )?{_MONTH}[ ,.\-]{{0,2}}(?:de |del )?(?:{_YEAR}|'\d\d)|"
    rf"{_MONTH}[ \-]{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?,?[ \-]{{1,2}}{_YEAR})(?!\d)"
)
_FAR = re.compile(
    r"(?<![\w-])(?:born|d\.?o\.?b\.?|dates? of birth|birth ?-?dates?|birth ?-?days?|b-?day|geboren(?:e[rsn]?)?|geb\.?|"
    r"geburts(?:datum|tag|tags)|née?|naissance|anniversaire|anniv|nacid[oa]|nació|nac[ií]|nacimiento|"
    r"cumpleaños|cumple|nat[oa] "
    r"(?:a|il|nel|in)|nascita|compleanno|nascid[oa]|nasceu|nascimento|aniversário|geboortedatum|geb\.? ?datum|"
    r"verjaardag|"
    r"ur\.|urodz\w+|födelsedatum|född|fødselsdato|fødselsdag|født|doğum(?: tarihi)?|doğumlu|syntymäaika|"
    r"narozen[áý]?|született)"
    rf"(?![\w])[^\n\d;?!]{{0,70}}?(?<![\w.])(?P<value>{_FULL})",
    re.IGNORECASE,
)
_STAR = re.compile(
    r"(?<![\w*])(?:\*[ ]?|b\.[ ])(?P<value>\d{1,2}\.\d{1,2}\.(?:19\d\d|200\d)|(?:19\d\d|"
    r"200\d)-\d\d-\d\d)(?![\d*])"
)
_AGE = re.compile(
    rf"\b(?:turns?|turned|turning|wird|wurde|cumple|fête ses)[ \t]+\d{{1,2}}(?:[ \t]+(?:ans|años|Jahre alt))?[ "
    rf"\t]+(?:on|am|le|el)[ \t]+(?:the )?(?P<value>{_DATE})",
    re.IGNORECASE,
)


def birth_dates(text: str) -> Iterator[Span]:
    """Yield dates next to a word for birth, in the common European and American forms; also a year alone."""
    if not re.search(r"\d", text):
        return
    for pattern in (_ANNOUNCED, _FOLLOWED, _AGE, _FAR, _STAR):
        for match in pattern.finditer(text):
            yield Span(*match.span("value"), "BIRTH_DATE")
