"""Passwords, pass phrases, PINs and codes: by cue, in the languages people write in."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.cues import mended
from bot.privacy.detect.words import word_set, words

_CUE = (
    r"pass[ -]?words?|passwd|passwrd|passwort|pass[ -]?codes?|pass[ -]?phrases?|pwd?s?|pws|pass|passwörter|kennwort|"
    r"losung|zugangscode|"
    r"mot de passe|mots de passe|mdp|contraseña|contrasena|contraseñas|clave(?: de acceso)?|parola|password|senha|"
    r"palavra-passe|hasło|haslo|"
    r"(?:door|gate|access|entry|alarm|unlock|wifi|wi-fi|wlan)[ -]?(?:code|key)|wachtwoord(?:en)?|"
    r"lösenord(?:et)?|adgangskoden?|"
    r"salasana|şifre|parol|lösen|passord(?:et)?|kodeord(?:et)?|heslo|jelszó|parolă|lozinka|netzwerkschlüssel|"
    r"wifischlüssel|"
    r"wlan-?(?:passwort|schlüssel)|wpa[23]?(?:[ -](?:key|psk))?|psk|pincode|clé (?:wi-?fi|wpa)|clave (?:wi-?fi|wpa)"
)
_NAMED = r"(?:db|user|admin|root|my|smtp|ftp|ssh|sql|mail|wifi|wlan)?"
_VALUE = r"(?P<value>[^\s\"'`<>]+)"
_BRIDGE = (
    r"(?:[ \t]+(?:i|we|you|he|she|they)(?:'m|'re)?(?:[ \t]+\w+){1,2}|[ \t]+(?:for|on|to|of|at|in|für|von|pour|de|"
    r"del|para|zum|beim)(?:[ \t]+[^\s:=,;?!]++(?::(?=\S)[^\s:=,;?!]*+)*+){1,4}?|"
    r"[ \t]+(?:currently|now|still|today|again|temporarily|aktuell|actuel|actual|temporaire|temporal))?"
)
_ASSIGNED = re.compile(
    rf"(?<![A-Za-z]){_NAMED}(?:{_CUE})(?:[_-]\w+)?[\"'`\]*]{{0,3}}{_BRIDGE}[ \t]*(?:=>|->|:=|={{1,2}}|:)[ \t*]*\n?[ "
    rf"\t]*(?P<quote>[\"'`]?){_VALUE}",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"(?<![\w-])(?:{_CUE}){_BRIDGE}[ \t]*,?[ \t]+(?:(?:which|that)[ \t]+)?(?:is|was|ist|war|lautet|est|était|es|"
    r"era|é|è|jest|set to|changed to|reset to|"
    r"should be|would be|remains|stays|to)(?:[ \t]+(?:now|still|just|currently|jetzt|ahora|maintenant|always))?[ "
    rf"\t]*:?[ \t]*(?P<quote>[\"'`]?){_VALUE}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w-])(?:{_CUE})[ \t]+(?P<quote>[\"'`(]?){_VALUE}", re.IGNORECASE)
_QUOTED = re.compile(
    rf"(?<![\w-])(?:{_CUE})\b[^\n\"'`]{{0,24}}(?P<quote>[\"'`])(?P<value>[^\n\"'`]{{4,60}})(?P=quote)", re.IGNORECASE
)
_LOGIN = re.compile(
    r"\b(?:user(?:name)?s? ?(?:and|&|/|\+) ?pass\w*|log(?:ged|ging|s)?[ -]?in|login|sign(?:ed|ing)?[ -]?in|"
    r"log(?:ged|ging)?[ -]?on|creds?|credentials?|access|account|auth(?:enticate)?|"
    r"anmelden|zugang(?:sdaten)?|einloggen|logge|identifiants?|wi-?fi|wlan|hotspot|connexion|connecter|acceso|"
    r"credenciales|iniciar "
    r"sesión|credenziali|accesso)\b"
    r"[^\n;?!]{0,48}?(?<![/.])(?P<user>[^\s/|,;:]{2,64})(?:[ \t]*[/|][ \t]*|[ \t]*:[ \t]*|,?[ \t]+(?:and|with|"
    r"und|mit|et|"
    r"avec|y|con|e|&)[ \t]+"
    rf"(?:(?:the |das |le |la |il )?(?:{_CUE})[ \t:]*)?){_VALUE}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?<![\w-])(?:use|used|using|try|tried|typed|typing|entered|entering|enter|type|set|putting|have|had|"
    r"with|give|verwende|nimm|utilise|usa)[ "
    r"\t]+[\"'`]?"
    rf"(?P<value>[^\s\"'`]{{5,}})[\"'`]?[ \t]+(?:as|for|als|comme|como|come)[ \t]+(?:\w+[ \t]+){{0,2}}(?:{_CUE})\b",
    re.IGNORECASE,
)
_DASHED = re.compile(rf"(?<![\w-])(?:{_CUE})[ \t]+[-\u2013][ \t]+(?P<quote>[\"'`]?){_VALUE}", re.IGNORECASE)
_FLAG = re.compile(
    r"(?<![\w-])(?:--?(?:password|passwd|pass|pw)(?:=|[ \t]+)|sshpass -p ?|-u[ \t]+[\w.@-]+:|mysql[^\n]* "
    r"-p(?=\S))[\"']?(?P<value>[^\s\"']+)"
)
_CODE = re.compile(
    r"\b(?:pins?|pin[ -]?code|otp|one[- ]time (?:code|password)|2fa(?: code)?|mfa code|security code|verification "
    r"code|access code|door code|"
    r"gate code|alarm code|entry code|unlock code|backup code|recovery code|cvv2?|cvc|cv2|geheimzahl|tan|türcode|"
    r"code pin|code secret|codice pin|código)"
    r"(?:[ \t]+(?:for|of|to|on|für|pour|de)(?:[ \t]+[\w']+){1,3})?"
    r"(?:[ \t]*(?:[:=#-]|is|was|ist|est|es|è)[ \t]*|[ \t]+)(?P<value>(?=[A-Z-]*\d)[A-Z0-9]{2,6}(?:[- "
    r"]?\d{2,6})?#?)(?![\w-])",
    re.IGNORECASE,
)
_NOT = word_set("passwords.not")
_PLACEHOLDER = re.compile(
    r"^(?:[<${%\[*…].*|[*x.•-]+|(?:os|process|env|config|settings|self|args|request)\..*|getenv.*|"
    r"[A-Za-z_.]+\([^()]*\)?|[a-z]+#[a-z][\w-]*|(?i:demasiad[oa]|trop|troppo|muito|muy|ook|dla|para|pour|également))$"
)


_TALK = re.compile(
    rf"(?<![\w-])(?:{_CUE}|log(?:ged|ging|s)?[ -]?in|sign(?:ed)?[ -]?in|credentials?|creds?|zugangsdaten|"
    r"anmeldedaten|identifiants?|credenciales|credenziali|credenciais|inloggegevens|wi-?fi|wlan|einloggen|anmelden|"
    r"connecte|entrar con|zaloguj|inloggen|logga in|log ind)(?![\w(])",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"(?<![^\s\"'`(/|:=,])(?=[^\s]*[A-Za-z])(?=[^\s]*\d)(?=[^\s]*[!@#$%^&*?+~])[A-Za-z0-9!@#$%^&*?+~_.()-]{7,32}(?!["
    r"^\s\"'`)/|,;:])"
    r"|(?<![^\s\"'`(/|:=,])[A-Za-z]{3,12}[-._][A-Za-z]{3,12}[-._]\d{2,6}(?![^\s\"'`)/|,;:!?])"
)
_SIGNED = re.compile(r"[!@#$%^&*?+~]|[-._]\d")
_NOT_STRONG = re.compile(
    r"^(?:.*@.*\..*|[A-Za-z]+\?+|#\d+|[\w.-]+\(.*|[\d.,]+[A-Za-z%]+|[A-Za-z]+[+~^*]\d*)$|\d{4}[-.]\d\d"
)


def _unannounced(text: str) -> Iterator[Span]:
    """Yield what looks like a password in a message that speaks of one within a line or so before it."""
    talks = [match.end() for match in _TALK.finditer(text)]
    for match in _STRONG.finditer(text) if talks else ():
        value = match.group().rstrip(".?")
        near = any(0 <= match.start() - end <= 90 for end in talks)
        host = re.search(
            r"(?:\b(?:on|at|host|server|to|from|of|branch|package|version|v) )$",
            text[max(0, match.start() - 9) : match.start()],
        )
        if near and not host and _SIGNED.search(value) and not _NOT_STRONG.match(value):
            yield Span(match.start(), match.start() + len(value), "PASSWORD")


_MACHINE = re.compile(r"[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}|(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?", re.IGNORECASE)


def passwords(text: str) -> Iterator[Span]:
    """Yield what a cue announces as a password, a pass phrase, a PIN or a code."""
    text = mended(text)
    for pattern, plain in (
        (_ASSIGNED, True),
        (_SAID, True),
        (_QUOTED, True),
        (_BEFORE, False),
        (_FLAG, True),
        (_BARE, False),
        (_DASHED, False),
    ):
        for match in pattern.finditer(text):
            span = _trim(match, text)
            if span and _plausible(text[span.start : span.end], allow_word=plain):
                yield span
    for match in _LOGIN.finditer(text):
        span = _trim(match, text)
        if (
            span
            and not match.group("user").endswith(("http", "https"))
            and _plausible(text[span.start : span.end], allow_word=False)
            and _pair(text[span.start : span.end])
        ):
            yield span
            yield from _user(match)
    yield from _unannounced(text)
    for match in _CODE.finditer(text):
        if any(map(str.isdigit, match.group("value"))):
            yield Span(*match.span("value"), "PASSWORD")


def _pair(value: str) -> bool:
    """Tell whether the second half of `X / Y` can be a password: letters with digits, signs or capitals inside."""
    return any(map(str.isalpha, value)) and not re.fullmatch(r"[A-Za-z]?[a-z]+|[\d:.]+[a-z]*|.*[{}].*", value)


def _user(match: re.Match[str]) -> Iterator[Span]:
    """Yield the user name beside a password, unless it is an ordinary word."""
    user = match.group("user").strip("\"'`(")
    if user.casefold() not in words("words") and len(user) > 3 and not user.startswith("<"):
        start = match.start("user") + match.group("user").index(user)
        yield Span(start, start + len(user), "USERNAME")


def _trim(match: re.Match[str], text: str) -> Span | None:
    """Return the value without the sentence's own punctuation; up to the closing quote where it is quoted."""
    start, end = match.span("value")
    quote = match.groupdict().get("quote")
    if quote and quote in "\"'`":
        closing = text.find(quote, start)
        line = text.find("\n", start)
        if 0 <= closing <= start + 80 and not 0 <= line < closing:
            return Span(start, closing, "PASSWORD") if closing > start else None
    while end > start and text[end - 1] in ".,;:?":
        end -= 1
    if (
        end > start
        and text[end - 1] == ")"
        and ("(" in text[max(0, start - 40) : start])
        and "(" not in text[start:end]
    ):
        end -= 1
    return Span(start, end, "PASSWORD") if end - start >= 3 else None


def _plausible(value: str, *, allow_word: bool) -> bool:
    """Tell whether an announced value can be a password rather than the rest of the sentence."""
    folded = value.casefold().strip("!?.,*_")
    if (
        folded in _NOT
        or _PLACEHOLDER.match(value)
        or _MACHINE.fullmatch(value)
        or value.startswith(("http://", "https://", "\ue000"))
    ):
        return False
    if value.isalpha() and (value.islower() or value.istitle() or value.isupper()):
        return allow_word and len(value) > 3 and folded not in words("words")
    if re.fullmatch(r"[a-z]+'[a-z]+|[A-Za-z]+[-/][a-z]+", value) and not allow_word:
        return False
    return len(value) >= 4
