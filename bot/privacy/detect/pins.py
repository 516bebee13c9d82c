"""Passwords where the cue stands apart, in fields of code, pass phrases of several words, and PINs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.cues import mended
from bot.privacy.detect.words import word_set, words

_CUE = (
    r"passwords?|passwd|passwort|kennwort|pwd|pass|pw|mdp|mot de passe|contraseña|clave|senha|hasło|pass[ -]?phrase|"
    r"passcode|palavra-passe|wachtwoord|lösenord(?:et)?|adgangskoden?|passord(?:et)?|kodeord(?:et)?|haslo|"
    r"contrasena|heslo|parola d'ordine|şifre|"
    r"parole|jelszó|salasana"
)
_OF = r"du|de|der|des|dem|vom|von|für|zum|del|della|do|da|para|per|pour|for|of|on|to"
_APART = re.compile(
    rf"(?<![\w-])(?!pass )(?:{_CUE})[ \t]+(?:{_OF})(?:[ \t]+[^\W\d_]{{2,20}}){{1,2}}[ \t]*:?[ \t]+"
    r"(?P<value>(?=[^\s]*[A-Za-z])(?=[^\s]*\d[^\s\d]*[A-Za-z])[^\s\"'`<>,;]{6,40}(?<![.?!:)]))",
    re.IGNORECASE,
)
_COLON = re.compile(
    rf"(?<![\w-])(?:{_CUE})[ \t]+(?:{_OF})(?:[ \t]+[^\W\d_]{{2,20}}){{1,3}}[ \t]*:[ \t]*"
    r"(?P<value>(?=[^\s]*\d)[^\s\"'`<>,;]{4,40}(?<![.?!:)]))",
    re.IGNORECASE,
)
_FIELD = re.compile(
    rf"(?<![A-Za-z])(?:(?:{_CUE})[\"']?[ \t]{{0,4}}(?:=>|[:=])|sshpass -p)[ \t]{{0,4}}"
    r"(?P<quote>[\"'])(?P<value>[^\n\"'<>{}$%]{2,80})(?P=quote)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:user(?:name)?|login|account|konto|benutzer(?:name)?)\b[^\n]{1,60}?[/|,][ \t]*(?:pass|pw|pwd|mdp)[ \t:]+"
    r"(?P<value>[^\s\"'`<>,;]{4,40}(?<![.?!:)]))",
    re.IGNORECASE,
)
_SEED = re.compile(
    r"\b(?:seed|recovery|secret|backup|wallet)[ \t]+(?:phrase|words)[ \t]*(?::|=|\bis\b)[ \t]*[\"'`]?"
    r"(?P<value>[a-z]{3,8}(?:[ \t]+[a-z]{3,8}){11,23})",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    rf"(?<![\w-])(?:{_CUE}|pass[ -]?phrase)\b[^\n:=.,;?!]{{0,30}}[:=][ \t]*"
    r"(?P<value>[^\W\d_]{2,16}(?:[ \t]+[^\W\d_]{2,16}){0,4}[ \t]+\d{1,6})(?=[.,;!?]|[ \t]*(?:\n|$))",
    re.IGNORECASE,
)
_PASSPHRASE = re.compile(
    r"\bpass[ -]?phrase\b[^\n:=.,;?!]{0,30}[:=][ \t]*(?P<value>[^\s.,;?!\"'`<>]+(?:[ \t]+[^\s.,;?!\"'`<>]+){1,7})",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:security answer|first pet|maiden name)[ \t]*[:=][ \t]*(?P<value>[^\W_]{2,30})", re.IGNORECASE
)
_PIN = re.compile(
    r"(?<![\w-])(?:pin(?:[ \t]+[^\W\d_]{2,16}){0,3}[ \t]*[:=]|(?:my|our|his|her|their|mein|meine)[ \t]+(?:\w+[ \t]+)?"
    r"pin[ \t]+to)[ \t]*[\"']?(?P<value>\d{4,8})(?![\w.-]\d)",
    re.IGNORECASE,
)
_SAFE = re.compile(
    r"\b(?:code|combination|kombination|combinaison|zahlenkombination|código|codice)[ \t]+(?:to|of|for|du|de|der|des|"
    r"vom|zum|della)(?:[ \t]+(?:the|my|our|la|el|le))?[ \t]+(?:safe|door|gate|alarm|locker|garage|vault|coffre|porte|"
    r"portail|immeuble|tresors?|tür|safes|cassaforte|caja fuerte|puerta)[ \t]*(?::|is|est|ist|es|è)?[ \t]+"
    r"(?P<value>\d[\d-]{2,12}\d)|\b(?:combination|combo|kombination|combinaison|combinación)[^\d\n.;?!]{0,20}?"
    r"[ \t:]+(?P<second>\d\d?(?:-\d\d?){2,4})(?![\w-])",
    re.IGNORECASE,
)
_VERB = (
    r"is|are|was|ist|war|lautet|est|es|è|é|to|jest|brzmi|är|er|blir|now|set|changed|says|:|=|=>|->|c'est|"
    r"seria|será|sarà|"
    r"sigue siendo|remains|heißt|use|try|using|from|auf"
)
_FAR = re.compile(
    rf"(?<![\w-])(?!pass[ \t](?!is|for|was|to the))(?:{_CUE}|[^\W\d_]{{2,14}}(?:passwort|kennwort|wachtwoord|"
    rf"lösenord)|wi-?fi|wlan|hotspot|(?:wi-?fi|wlan|network)[ -]?key|netzwerkschlüssel|logins?|zugang|"
    rf"zugangsdaten|"
    rf"credentials?|creds)(?![^\W\d_])[^\n;?!]{{0,60}}?(?:[ \t](?:{_VERB})(?:[ \t](?:the usual|the same|still|"
    rf"now|just|currently|probably|noch|jetzt|toujours|ancora|nog))?[ \t:]*[ \t]|[:=](?=[ \t\"'`])[ \t]{{0,3}})"
    r"[\"'`(]?(?P<value>[^\s\"'`<>,;]{6,40}(?<![.?:)]))",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:log(?:ged|ging)?[ -]?(?:in|on|into)|sign(?:ed|ing)?[ -]?in(?:to)?|authenticate|unlock(?: it)?|"
    r"einloggen|anmelden|"
    r"meld(?:e|et)? (?:dich|euch|sie sich)|angemeldet|connecte[rz]?(?:-(?:toi|vous))?|entra[r]?|"
    r"inicia(?:r)? sesión|accedi|accedere|entre|acesse|zaloguj(?: się)?|"
    r"inloggen|log in|logga in|log ind)\b[^\n;?!:]{0,40}?[ \t](?:with|using|via|mit|avec|con|com|hasłem|z|met|"
    r"med)[ \t]+[\"'`]?"
    r"(?P<value>[^\s\"'`<>,;]{8,40}(?<![.?:)]))",
    re.IGNORECASE,
)
_BESIDE_USER = re.compile(
    r"(?:(?<=[\w.])@[\w.-]{2,60}\.[a-z]{2,12}[ \t]*[/|:,]|(?<![\w./@-])(?:admin|administrator|root|guest|test|"
    r"demo|user)[ \t]?[/:])[ \t]*"
    r"(?P<value>[^\s\"'`<>,;]{6,40}(?<![.?:)]))",
    re.IGNORECASE,
)
_PIN_OF = re.compile(
    r"(?<![\w-])(?:pin(?:[ -]?code|-?nummer)?|geheimzahl|passcode)(?![\w-])[^\n\d.;?!]{0,40}?"
    r"(?:[:=]|[ \t](?:is|ist|est|es|è|é|jest|är|er|lautet))[ \t]*(?P<value>\d{4,8})(?![\w.-]*\d)",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"(?<![\w-])(?!pass[ \t](?!is|for|was))(?:{_CUE})(?![^\W\d_])[^\n]{{1,90}}?\b(?:it's|its|it is|try|use|"
    rf"now|to|es ist|jetzt|nimm|c'est|essaie|ahora es|"
    r"ora è|agora é|teraz|prova|prueba)[ \t:]+[\"'`]?(?P<value>[^\s\"'`<>,;]{6,40}(?<![.?:)]))",
    re.IGNORECASE,
)
_PLACE = (
    r"accès|acceso|accesso|acesso|dostępu|"
    r"porte|portail|portillon|immeuble|entrée|garage|alarme|coffre|boîte à clés?|interphone|bâtiment|parking|"
    r"résidence|portal|"
    r"puerta|alarma|garaje|edificio|caja fuerte|candado|portone|cancello|porta|allarme|cassaforte|portão|"
    r"alarme|prédio|cofre|"
    r"bramy|drzwi|domofonu|alarmu|klatki|furtki|sejfu|tür|haustür|tor|alarmanlage|tresor|garage|schlüsselbox|"
    r"schließfach|"
    r"door|gate|alarm|entry|entrance|keypad|lock ?box|building|garage|safe|locker|padlock|elevator|lift|vault|intercom|"
    r"front door|back door|side door|office|deur|poort|kluis|dörr|port|larm|dør"
)
_ACCESS = re.compile(
    rf"(?<![\w-])(?:(?:code|kod|código|codigo|codice|pin)[ \t]+(?:(?:d'|de l'|dell'|do|da|de|del|della|di|du|"
    rf"des?|para|per|pour|"
    rf"à|la|el|le|l'|for|to|the|zur|zum|für|der|die)[ \t]*){{0,3}}(?:{_PLACE})|digicode|"
    rf"(?:{_PLACE})[ \t]*-?(?:code|kod|kode|pin)|"
    rf"(?:zugangs|einlass|access|entry|toegangs)-?code)(?![^\W\d_])[^\n\d.;?!]{{0,24}}?[ \t:=(#]+"
    r"(?P<value>[#*]?(?:[A-Z]{0,3}(?:\d[ -]?){3,9}\d[A-Z]{0,2}|(?=[A-Z]{0,5}\d)[A-Z0-9]{4,8})[#*]?)(?![\w.]*\d)",
    re.IGNORECASE,
)
_IS_PHRASE = re.compile(
    r"\b(?:pass[ -]?phrase|passwords?|passwort|kennwort|mot de passe|contraseña|senha|hasło|"
    r"wachtwoord)\b[^\n.;?!:=]{0,40}?"
    r"[ \t](?:is|ist|lautet|est|es|è|é|to|jest)[ \t:]+[\"'`]?(?P<value>[a-zà-ÿ]{3,12}(?:[ -][a-zà-ÿ]{3,12}){3,"
    r"6})(?=[\"'`.,;!\n]|$)"
)
_FUNCTION = frozenset({
    "a", "all", "already", "always", "an", "and", "any", "are", "as", "at", "auf", "avec", "be", "been", "being",
    "by", "być", "can", "cannot", "che", "con", "could", "dans", "das", "de", "debe", "dem", "den", "der", "des",
    "deve", "di", "did", "die", "does", "du", "each", "een", "ein", "eine", "el", "es", "est", "et", "for", "from",
    "für", "gli", "had", "has", "have", "her", "het", "his", "how", "il", "in", "is", "ist", "it", "its", "jest",
    "kann", "la", "las", "le", "least", "les", "less", "lo", "los", "may", "met", "might", "mit", "moet", "more",
    "most", "muito", "muss", "must", "muy", "my", "never", "nicht", "nie", "niet", "no", "noch", "non", "not",
    "nur", "não", "o", "oder", "of", "on", "only", "or", "ou", "our", "par", "para", "pas", "per", "por", "pour",
    "que", "qui", "same", "schon", "should", "sind", "się", "soll", "still", "sur", "than", "that", "the", "their",
    "they", "this", "to", "too", "trop", "troppo", "um", "uma", "un", "una", "und", "une", "van", "very", "von",
    "voor", "war", "was", "we", "what", "when", "where", "which", "who", "why", "will", "wird", "with", "would",
    "wrong", "y", "you", "your", "zu",
})  # fmt: skip
_LEET = re.compile(r"[A-Za-z]\d+[A-Za-z]|[_!@#$%^&*?+~]")
_NO_PASSWORD = re.compile(
    r"(?:https?:|www\.|[/~.\\$<{\[(@#\ue000]).*|.*@.*\..*|.*[(){}\[\]<>=\\].*|"
    r"v?\d+(?:[.,:/-]\d+)*[A-Za-z%°+]{0,4}|\d.*(?:px|ms|GHz|MHz|bit|GB|MB|TB|"
    r"chars?|characters?|days?|times?|th|st|nd|rd)|[\w.-]+\.(?:com|org|net|io|local|internal|de|fr|py|js|ts|"
    r"json|ya?ml|txt|md|"
    r"csv|xlsx?|docx?|pdf|png|jpe?g|html?|sh|log|conf|ini|env|cfg)(?:[/:].*)?|"
    r"[A-Za-z]+\d?(?:[/-][A-Za-z]+\d?)+|(?-i:[A-Z]{2,5}-\d+|[A-Z]{2,10}\d{1,3})|Q[1-4][-/ ]?\d+|"
    r"[\w.-]+/[\w./-]+|"
    r"(?:sha|md5|rsa|aes|utf|iso|ipv|oauth|saml|auth|http|tls|ssl|wpa|base|argon|scrypt|bcrypt|pbkdf|nist|"
    r"fips|soc|pci|rfc|cve|x?509|win|office|"
    r"python|java|node|ubuntu|windows|log4)[\w.+-]*|(?:1[0-2]|\d)(?::\d\d)?(?:am|pm)|\d{1,2}(?:st|nd|rd|"
    r"th)?[A-Za-z]{3,9}\d{0,4}|.*(?:\.\.\.|---).*|"
    r"[A-Z][a-z]+[-_ ]?(?:19|20)\d\d[-/]\d+|(?-i:[a-z]+(?:_[a-z]+)+\d?|[A-Z]+(?:_[A-Z]+)+\d?)|"
    r"[A-Za-z]+'?[A-Za-z]*[!?+*]+|[A-Za-z]{1,3}\d{1,2}",
    re.IGNORECASE,
)
_NOT = word_set("passwords.not")
_SCHEMA = frozenset({"string", "str", "text", "required", "password", "secret", "null", "none", "true", "false"})
_NO_SECRET = frozenset({"in", "of", "is", "at", "for", "to", "by", "after", "than", "least", "every", "max", "min"})


def pins(text: str) -> Iterator[Span]:
    """Yield passwords apart from their cue, in fields, in several words, and the PINs of cards, doors and safes."""
    text = mended(text)
    yield from _apart(text)
    for pattern in (_APART, _COLON, _SEED, _ANSWER, _PIN, _SAFE):
        for match in pattern.finditer(text):
            yield Span(*match.span("value" if match.group("value") else "second"), "PASSWORD")
    for match in _FIELD.finditer(text):
        folded = match.group("value").casefold()
        if folded not in _NOT and folded not in _SCHEMA and not (folded.isalpha() and "pass" in folded):
            yield Span(*match.span("value"), "PASSWORD")
    for match in _BESIDE.finditer(text):
        folded = match.group("value").casefold()
        if folded not in _NOT and folded not in words("words"):
            yield Span(*match.span("value"), "PASSWORD")
    for pattern in (_PHRASE, _PASSPHRASE):
        for match in pattern.finditer(text):
            if not _NO_SECRET & set(match.group("value").casefold().split()):
                yield Span(*match.span("value"), "PASSWORD")


def _apart(text: str) -> Iterator[Span]:
    """Yield what looks like a password at some distance from its cue, codes of doors, and phrases of several words."""
    for pattern in (_FAR, _LATER):
        for match in pattern.finditer(text):
            if _looks_secret(match.group("value")):
                yield Span(*match.span("value"), "PASSWORD")
    yield from _credentials(text)
    for pattern in (_ACCESS, _PIN_OF):
        for match in pattern.finditer(text):
            yield Span(*match.span("value"), "PASSWORD")
    for match in _IS_PHRASE.finditer(text):
        if not _FUNCTION & set(re.split("[ -]", match.group("value").casefold())):
            yield Span(*match.span("value"), "PASSWORD")


def _credentials(text: str) -> Iterator[Span]:
    """Yield the password in `log in with X` and in `user / X`."""
    for pattern in (_WITH, _BESIDE_USER):
        for match in pattern.finditer(text):
            value = match.group("value")
            if _looks_secret(value) and _LEET.search(value):
                yield Span(*match.span("value"), "PASSWORD")


def _looks_secret(value: str) -> bool:
    """Tell whether a value mixes letters with digits or signs as passwords do, and is nothing else that does."""
    if _NO_PASSWORD.fullmatch(value) or value.casefold() in _NOT or not any(map(str.isalpha, value)):
        return False
    signs = sum(not char.isalnum() and char not in "'-./:" for char in value.rstrip("!?*"))
    return any(map(str.isdigit, value)) or (signs > 0 and value.rstrip("!?*") != value.rstrip("!?*").lower())
