"""E-mail addresses, telephone numbers, user names, Slack's mentions, and links that name somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.cues import announced, values
from bot.privacy.detect.words import word_set

_HOST = r"(?:[\w-]{1,63}\.){1,8}(?:xn--[\w-]{2,40}|[^\W\d_]{2,24})"
_EMAIL = re.compile(rf"(?<![\w.+%~-])[\w.+%'~-]{{1,64}}(?<!')[ \t]?@[ \t]?{_HOST}(?![\w@])")
_SPELLED = re.compile(
    r"(?<![\w.])[\w.+-]{2,64}[ \t]*(?:[\[({<][ \t]*(?:at|@)[ \t]*[\])}>]|[ \t]at[ \t])[ \t]*"
    r"[\w-]{2,63}(?:[ \t]*(?:[\[({<][ \t]*(?:dot|\.)[ \t]*[\])}>]|[ \t]dot[ \t]|\.)[ \t]*[\w-]{2,24}){1,4}",
    re.IGNORECASE,
)
_SPELLED_MARK = re.compile(r"[\[({<][ \t]*(?:at|@|dot)|[ \t]dot[ \t]", re.IGNORECASE)
_IN_LINK = re.compile(r"://[^\s/@:]*:[^\s/@]*$")

_EXTENSION = r"(?:[ \t]{0,2}(?:,[ \t]?)?(?:x|ext\.?|extension|poste|durchwahl|dw)[ \t.:]{0,2}\d{1,6})?(?!\d)"
_PLUS = re.compile(rf"(?<![\w+])\+(?!0\d(?:00|15|30|45)(?!\d))[ \t]?\(?\d(?:[ \t().\-/]{{0,3}}\d){{6,15}}{_EXTENSION}")
_ABROAD = re.compile(rf"(?<![\w+-])(?<!\d[.,])00[1-9](?:[ \t().\-/]{{0,3}}\d){{7,14}}{_EXTENSION}")
_AMERICAN = re.compile(
    rf"(?<![\w+-])(?<!\d[.,])(?:1[ .-])?(?:\([2-9]\d\d\)[ \t]?|[2-9]\d\d[-.])\d{{3}}[-. ]\d{{4}}{_EXTENSION}"
    rf"|(?<![\w+-])(?<!\d[.,])[2-9]\d\d \d{{3}}[ -]\d{{4}}{_EXTENSION}"
)
_PARENTHESISED = re.compile(r"(?<![\w+-])(?<!\d[.,])\(0?\d{2,5}\)[ \t]?\d(?:[ \t.\-/]?\d){5,9}(?!\d)")
_TRUNK = re.compile(r"(?<![\w+-])(?<!\d[.,])0\d{1,5}[ \t\-/.]{1,3}\d(?:[ \t\-/.]{0,2}\d){4,10}(?![\w-])")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_PADDED = re.compile(r"00\d{3,6}|000\d{1,9}")
_PHONE_CUE = (
    r"phones?|tele?phone|tel|ph|mobile|mob|cell(?:phone)?|call(?:ed|ing|s)?|dial(?:led|ing)?|fax|whats ?app|sms|"
    r"texted|text|ring|rang|"
    r"rings|hotline|landline|voicemail|reach(?:ed|able)?|contact(?:ed)?|telefon|fon|handy|handynummer|mobil|"
    r"mobilnummer|rufnummer|"
    r"telefonnummer|festnetz|erreichbar|anrufen|ruf|téléphone|portable|joindre|joignable|appele[rz]|"
    r"appelle|numéro|móvil|movil|teléfono|telefono|celular|llam[aeáé]\w*|cellulare|chiam\w+|telem[óo]vel|telefone|"
    r"ligar|"
    r"telefoon|mobiel|bellen|komórk\w+|zadzwoń|(?:my|his|her|their|your|new|whose) number"
)
_CALL = re.compile(
    rf"(?<![\w-])(?:{_PHONE_CUE})(?![\w-])(?P<gap>[^\d\n]{{0,28}}(?:\n[ \t]*)?)"
    rf"(?P<value>[+(]?\d(?:[ \t().\-/]{{0,2}}\d){{5,14}}{_EXTENSION})",
    re.IGNORECASE,
)
_CALL_EASTERN = re.compile(r"(?:电话|電話|手机|手機|携帯|전화|号码)[^\d\n]{0,6}(?P<value>\+?\d(?:[ -]?\d){6,14})")
_CALL_AFTER = re.compile(
    r"(?<![\w+-])(?<!\d[.,])(?P<value>\(?\d(?:[ \t().\-/]{0,2}\d){6,14})(?=[ \t]{0,2}[(,]?[ \t]?(?:is )?(?:my |his |"
    r"her |their )?"
    r"(?:phone|mobile|cell|tel\b|whatsapp|fax|handy|móvil|portable))",
    re.IGNORECASE,
)
_NOT_A_PHONE = re.compile(
    r"(?:sku|parts?|isbn|orders?|tickets?|invoices?|serial|build|model|version|case|po|tracking|issue|account|acct|"
    r"card|ssn|iban|ref(?:erence)?|id|error|port|row|line)"
    r"(?: (?:number|no\.?|nr\.?|id))?(?: is)?[ \t:#]{0,3}$",
    re.IGNORECASE,
)
_REGIONS = ("DE", "GB", "FR", "IT", "NL", "AT", "CH", "BE", "SE", "AU", "JP", "IN", "TR", "IE", "ZA", "NZ", "FI")

_MENTION = re.compile(r"<(?P<sign>@|!subteam\^|#)(?P<id>[A-Z0-9]{2,})(?:\|[^>\n]*)?>")
_HANDLE = re.compile(r"(?<![\w@/.`|<^])@(?P<value>[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*)(?![\w(/@]|\.\w)")
_NOT_A_HANDLE = word_set("contacts.not_a_handle")
_USERNAME = announced(
    r"user[ _-]?names?|user[ _-]?id|login(?: name)?|logon|handle|screen name|nickname|github user|skype|telegram|"
    r"instagram|twitter|"
    r"twitch|discord|benutzername|nutzername|anmeldename|nom d'utilisateur|identifiant|usuario|nombre de usuario|"
    r"utente|uid",
    r"@?[A-Za-z][\w.-]{2,40}(?![\w@])",
    link=r"[\"']?[ \t]*(?:(?:is|ist|est|es)[ \t]+(?=['\"`]?[a-z]*[\d._])|[:=][ \t]*)['\"`]?",
)
_GENERIC_USER = word_set("contacts.generic_user")
_PROFILE = re.compile(
    r"(?:linkedin\.com/in/|facebook\.com/|instagram\.com/|twitter\.com/|x\.com/|t\.me/|tiktok\.com/@|"
    r"xing\.com/profile/|"
    r"medium\.com/@|threads\.net/@|wa\.me/)(?P<value>[\w.%-]{3,60})",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"(?:docs\.google\.com/\w+/d/|drive\.google\.com/(?:file/d/|drive/folders/|open\?id=)|zoom\.us/j/|"
    r"meet\.google\.com/|"
    r"dropbox\.com/s(?:cl/fi)?/|1drv\.ms/\w/|calendly\.com/)(?P<value>[\w\-/]{5,}(?:\?pwd=[\w.-]+)?)",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Span]:
    """Yield e-mail addresses, also `name [at] host [dot] com`; not the user of a git remote."""
    for match in _EMAIL.finditer(text):
        if match.group().startswith("git@") and text[match.end() : match.end() + 1] in (":", "/"):
            continue
        if _IN_LINK.search(text, max(0, match.start() - 100), match.start()):
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip(".-~'%+"))
        yield Span(start, match.end(), "EMAIL")
    for match in _SPELLED.finditer(text):
        if _SPELLED_MARK.search(match.group()):
            yield Span(*match.span(), "EMAIL")


def phones(text: str) -> Iterator[Span]:
    """Yield telephone numbers: international ones, those that a cue announces, local ones that are valid somewhere."""
    for pattern in (_PLUS, _ABROAD, _AMERICAN, _PARENTHESISED):
        for match in pattern.finditer(text):
            if not _NOT_A_PHONE.search(text, max(0, match.start() - 24), match.start()):
                yield Span(*match.span(), "PHONE")
    for match in _TRUNK.finditer(text):
        if not _DATE.search(match.group()) and _valid(match.group()):
            yield Span(*match.span(), "PHONE")
    for pattern in (_CALL, _CALL_AFTER, _CALL_EASTERN):
        for match in pattern.finditer(text):
            before = text[max(0, match.start("value") - 24) : match.start("value")]
            figure = _DATE.search(match.group("value")) or _PADDED.fullmatch(match.group("value"))
            if not figure and not _NOT_A_PHONE.search(before):
                yield Span(*match.span("value"), "PHONE")


def usernames(text: str) -> Iterator[Span]:
    """Yield user names that a cue announces, and handles such as `@jdoe`."""
    yield from values(_USERNAME, text, "USERNAME", lambda value: value.casefold().strip("@") not in _GENERIC_USER)
    for match in _HANDLE.finditer(text):
        if match.group("value") not in _NOT_A_HANDLE:
            yield Span(*match.span(), "USERNAME")


def mentions(text: str) -> Iterator[Span]:
    """Yield Slack's mentions of people, groups and channels."""
    for match in _MENTION.finditer(text):
        yield Span(*match.span(), "CHANNEL" if match.group("sign") == "#" else "USER")


def links(text: str) -> Iterator[Span]:
    """Yield the part of a link that names a person or opens a shared document."""
    yield from values(_PROFILE, text, "USERNAME")
    yield from values(_SHARED, text, "LINK")


def _valid(number: str) -> bool:
    """Tell whether a number with a leading zero is valid in some region that writes it so."""
    import phonenumbers

    for region in _REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            return False
    return False
