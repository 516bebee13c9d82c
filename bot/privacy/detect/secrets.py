"""API keys, tokens, private keys, JWTs and connection strings: by prefix, by cue, and by how random they look."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from bot.model import Span

_PREFIXED = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"sk-[\w-]{16,}|[spr]k_(?:live|test)_\w{8,}|whsec_\w{12,}|(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ABIA|ACCA)[A-Z0-9]{12,}|"
    r"AIza[\w-]{20,}|ya29\.[\w.-]{20,}|GOCSPX-[\w-]{16,}|1//0[\w-]{20,}|"
    r"xox[a-z]-[\w-]{8,}|xapp-\d-[\w-]{8,}|xoxe\.xox[bp]-[\w-]{8,}|xwfp-[\w-]{8,}|"
    r"gh[pousr]_[A-Za-z0-9_]{16,}|github_pat_\w{16,}|gl(?:pat|dt|rt|ptt|cbt|oas|soat|ft|agent|imt)-[\w.-]{12,}|"
    r"(?:AC|SK)[0-9a-f]{32}|SG\.[\w-]{10,}\.[\w-]{10,}|key-[0-9a-f]{28,}|[0-9a-f]{32}-us\d{1,2}|"
    r"re_[A-Za-z0-9]{6,}_\w{10,}|"
    r"npm_[A-Za-z0-9]{20,}|pypi-[\w-]{20,}|hf_[A-Za-z0-9]{16,}|dckr_(?:pat|oat)_[\w-]{16,}|do[opr]_v1_[0-9a-f]{32,}|"
    r"shp(?:at|ss|ca|pa)_[0-9A-Fa-f]{20,}|lin_(?:api|oauth)_\w{16,}|ntn_\w{20,}|secret_[A-Za-z0-9]{30,}|"
    r"fig[dou]_[\w-]{20,}|"
    r"dapi[0-9a-f]{30,}|PMAK-[\w-]{20,}|NRAK-\w{16,}|NRII-[\w-]{16,}|nvapi-[\w-]{20,}|gsk_\w{20,}|xai-\w{20,}|"
    r"pplx-\w{20,}|r8_\w{20,}|"
    r"tgp_v1_[\w-]{20,}|AGE-SECRET-KEY-1\w{20,}|hv[sbr]\.[\w-]{16,}|ATATT3x[\w=-]{16,}|ATCTT3x[\w=-]{16,}|"
    r"sntry[su]_[\w=+/]{16,}|"
    r"rubygems_[0-9a-f]{32,}|pul-[0-9a-f]{32,}|ph[cx]_\w{20,}|gls?a_\w{20,}|glc_[\w=+/]{20,}|ops_eyJ[\w-]{20,}|"
    r"tskey-[\w-]{12,}|"
    r"sb(?:p|_secret|_publishable)_[\w-]{16,}|rnd_\w{16,}|lsv2_\w{16,}|fm2_[\w=+/-]{20,}|FlyV1 [\w=+/,-]{20,}|"
    r"EAA[A-Za-z0-9]{30,}|"
    r"sq0[a-z]{3}-[\w-]{16,}|EAAA[\w-]{30,}|CLOJARS_\w{20,}|\d{8,10}:AA[\w-]{30,}|"
    r"[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{25,}|"
    r"T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/\w{16,}|bearer_\w{16,}|(?:api|apikey|token|pat|key)[-_][A-Za-z0-9]{20,}"
    r")(?<![-_.])"
)
_MORE = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}|x(?:keysib|smtpsib)-[\w-]{16,}|"
    r"rzp_(?:live|test)_\w{10,}|"
    r"FLWSECK(?:_TEST)?-[\w-]{12,}|pcsk_\w{20,}|dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{20,}|ATBB\w{20,}|"
    r"CFPAT-[\w-]{20,}|"
    r"nfp_\w{20,}|sl\.[\w-]{40,}|\w{14}\.atlasv1\.[\w-]{30,}|[ps]k\.eyJ[\w.-]{20,}|A21AA[\w-]{30,}|AQE[\w]{30,}|"
    r"pat[A-Za-z0-9]{14}\.[0-9a-f]{32,}|tvly-[\w-]{16,}|fc-[0-9a-f]{24,}|jina_\w{20,}|CCIPAT_\w{16,}|bkua_\w{16,}|"
    r"access-(?:production|sandbox|development)-[0-9a-f-]{30,}|(?:live|test)_[A-Za-z0-9]{30,}|sk-or-v1-\w{16,}|"
    r"xau_\w{16,}|ddapi_\w{16,}|cio_\w{16,}|vercel_\w{16,}|v1\.0-[0-9a-f-]{30,})(?![A-Za-z0-9])"
)
_HEX = r"(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})"
_LONG_HEX = re.compile(r"[0-9a-fA-F]{32}")
_BESIDE_SID = re.compile(
    rf"(?:AC|SK)[0-9a-f]{{32}}[\"']?[ \t]*[,:;/|\n]?[ \t]*(?:[\w ]{{0,24}}[=:][ \t]*)?[\"']?(?P<value>{_HEX})(?!\w)"
)
_QUOTED_HEX = re.compile(
    r"(?<![A-Za-z])(?P<cue>[\w.-]{0,24}(?:client|secret|token|auth|api|login|credential|apikey|sid)[\w.-]{0,24})"
    r"[ \t]*[(=:,\[{ ][^\n\"']{0,16}(?:[\"'][^\"'\n]{0,60}[\"'][ \t]*[,:][ \t]*){0,2}[\"']"
    rf"(?P<value>{_HEX})[\"']",
    re.IGNORECASE,
)
_HASHED = re.compile(
    r"\b(?:sha-?\d*|md5|hash|digest|checksum|commit|revision|etag|integrity|fingerprint)(?![^\W\d_])", re.IGNORECASE
)
_JWT = re.compile(r"(?<![\w.-])ey[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]{4,})?")
_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9 ]+ )?PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END (?:[A-Z0-9 ]+ )?PRIVATE KEY(?: "
    r"BLOCK)?-----|\Z)|"
    r"PuTTY-User-Key-File-\d:.*?(?:Private-MAC: \w+|\Z)",
    re.DOTALL,
)
_SIGNATURE = re.compile(
    r"[?&](?:x-amz-(?:signature|credential|security-token)|sig|signature|(?:api|access|auth|session|"
    r"sas)?[-_]?(?:key|token)|apikey|"
    r"auth|secret|client_secret|code|sid|session(?:id)?|hash|invite|pwd|password)=(?P<value>[^\s&#\"'<>|)]{6,})",
    re.IGNORECASE,
)
_VALUE = r"(?P<value>[^\s\"'`<>,;)\]}|]{8,}(?<![.:!?]))"
_ASSIGNED = re.compile(
    r"(?<![A-Za-z])[A-Za-z0-9_.\-]{0,60}(?:api[_-]?key|secret|token|access[_-]?key|private[_-]?key|account[_-]?key|"
    r"credential|"
    r"auth(?:orization)?|signing|encryption|license[_-]?key|webhook|dsn|[_-]key|\bkey|cookie|"
    r"session(?:id)?)[A-Za-z0-9_.\-]{0,30}[\"'`\]]{0,2}"
    rf"[ \t]*(?:=>|:=|[=:])[ \t]*(?:(?:Bearer|Basic|Token|Bot)[ \t]+)?[\"'`]?{_VALUE}",
    re.IGNORECASE,
)
_HEADER = re.compile(rf"\b(?:Bearer|Basic|ApiKey|Token)[ \t]+{_VALUE}", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?:(?:api|access|secret|auth|bot|bearer|refresh|session|client|deploy|service|webhook|account|signing|"
    r"encryption|licen[cs]e|product|"
    r"activation|recovery|master|private|personal access|storage)[ -]?)*(?:keys?|tokens?|secrets?|credentials?|"
    r"schlüssel|clé|clave|chiave|llave|jeton|geheimnis)"
    r"\b[^\n.;?!]{0,32}?(?:[ \t:=\"'`(>-]|\bis\b|\bist\b|\best\b|\bes\b)[ "
    r"\t\n\"'`(]{0,3}(?P<value>[A-Za-z0-9_+/=.~-]{12,}(?<![.-]))",
    re.IGNORECASE,
)
_CONNECTION = re.compile(
    r"(?<![A-Za-z0-9])(?P<scheme>[a-z][a-z0-9+.-]{1,24})://(?P<value>(?P<user>[^\s:/@?#\"'<>|"
    r"]*):(?P<password>[^\s\"'<>|]{1,200}?)@(?P<host>[\w.\-\[\]:,]+))",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"(?<=://)(?P<value>[A-Za-z0-9_%~.-]{12,})@", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"^(?:[<${%\[(*].*|[A-Za-z_-]{0,16}[*x.]{4,}[A-Za-z_-]{0,6}|(?:os|process|env|config|settings|self|this|"
    r"secrets?)\..*|(?:your|my|the|some|test|example|dummy|fake|placeholder|changeme|change[_-]me|insert|replace|vault|"
    r"getenv|none|null|true|false|undefined|string|redacted|required|missing|invalid)[^\d]*\d?|(?:pass(?:word|wd)?|pwd|secret|token|"
    r"user(?:name)?|key)\d?)$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"[<${%\[(*].*|[*x.]+|(?:your|my|the|some|db)?[-_]?(?:pass(?:word|wd|wort)?|pwd|pw|secret|token)|changeme|example",
    re.IGNORECASE,
)
_EXAMPLE_HOST = re.compile(
    r"(?:localhost|127\.|0\.0\.0\.0|host|example|server|my|your|db(?![\w.-]*\.)|[<${\[])", re.IGNORECASE
)
_RANDOM = re.compile(r"(?<![\w/+.=-])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w/+-])")
_DIGEST = re.compile(r"(?:sha\d{1,3}|md5|digest|checksum|integrity|etag|commit|rev|hash)[-:= ]{0,2}$", re.IGNORECASE)
_UUID_OR_HEX = re.compile(r"(?:0x)?[0-9a-f]{7,}|[0-9A-F]{7,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PATH_PART = re.compile(r"[A-Z]?[a-z0-9._-]*|[A-Z_]+")
_WEB = frozenset({"http", "https", "ftp", "ftps", "ws", "wss", "git", "git+https"})


def keys(text: str) -> Iterator[Span]:
    """Yield keys and tokens: known prefixes, assigned or announced ones, and what looks random without a cue."""
    for match in _PREFIXED.finditer(text):
        if _mixed(match.group()):
            yield Span(*match.span(), "API_KEY")
    for match in _MORE.finditer(text):
        yield Span(*match.span(), "API_KEY")
    for pattern in (_ASSIGNED, _HEADER, _SPOKEN):
        for match in pattern.finditer(text):
            hashed = _UUID_OR_HEX.fullmatch(match.group("value")) and _HASHED.search(text, *_cue(match))
            if not hashed and not text.endswith("://", 0, match.start()) and _secretive(match.group("value")):
                yield Span(*match.span("value"), "API_KEY")
    if _LONG_HEX.search(text):
        yield from _hexadecimal(text)
    for match in _RANDOM.finditer(text):
        if _scrambled(match.group()) and not _DIGEST.search(text, max(0, match.start() - 12), match.start()):
            yield Span(*match.span(), "API_KEY")


def _cue(match: re.Match[str]) -> tuple[int, int]:
    """Return the stretch from the cue to the value."""
    return match.start(), match.start("value")


def _hexadecimal(text: str) -> Iterator[Span]:
    """Yield secrets of 32, 40 or 64 hexadecimal digits: next to an account SID, or quoted beside a word for secrets."""
    for match in _BESIDE_SID.finditer(text):
        yield Span(*match.span("value"), "API_KEY")
    for match in _QUOTED_HEX.finditer(text):
        if not _HASHED.search(text, match.start(), match.start("value")):
            yield Span(*match.span("value"), "API_KEY")


def tokens(text: str) -> Iterator[Span]:
    """Yield private keys, JWTs, and the secret parts of links."""
    for match in _PRIVATE_KEY.finditer(text):
        yield Span(*match.span(), "PRIVATE_KEY")
    for match in _JWT.finditer(text):
        yield Span(*match.span(), "JWT")
    for match in _SIGNATURE.finditer(text):
        if not _PLACEHOLDER.match(match.group("value")):
            yield Span(*match.span("value"), "API_KEY")
    for match in _USERINFO.finditer(text):
        if _mixed(match.group("value")):
            yield Span(*match.span("value"), "API_KEY")


def connections(text: str) -> Iterator[Span]:
    """Yield user, password and host of connection strings; of a web address the user and the password."""
    for match in _CONNECTION.finditer(text):
        if _EXAMPLE.fullmatch(match.group("password")) and _EXAMPLE_HOST.match(match.group("host")):
            continue
        if match.group("scheme").lower() in _WEB:
            yield Span(match.start("user"), match.end("password"), "PASSWORD")
        else:
            yield Span(*match.span("value"), "CONNECTION_STRING")


def entropy(value: str) -> float:
    """Return the Shannon entropy of the characters, in bits a character."""
    size = len(value)
    return -sum(n / size * math.log2(n / size) for n in Counter(value).values())


def _mixed(value: str) -> bool:
    """Tell whether letters and digits are mixed, or both cases inside words, as words of a language are not."""
    if any(map(str.isdigit, value)):
        return any(map(str.isalpha, value))
    tail = re.split(r"[-_.]", value)[-1]
    return len(tail) >= 12 and len(re.findall(r"[a-z][A-Z]", tail)) >= 3


def _secretive(value: str) -> bool:
    """Tell whether an announced value can be a secret rather than a name, a path, a call or a placeholder."""
    if _PLACEHOLDER.match(value) or "(" in value or value.startswith(("http:", "https:", "./", "../", "\ue000")):
        return False
    if value.count("/") > 1 and all(_PATH_PART.fullmatch(part) for part in value.split("/")):
        return False
    return (
        _mixed(value) and (len(value) >= 12 or entropy(value) > 2.7) and not re.fullmatch(r"[\d.,:/T+-]+[Z%]?", value)
    )


def _scrambled(value: str) -> bool:
    """Tell whether a value without any cue looks like a key: both cases and digits, well mixed; no hash or path."""
    if _UUID_OR_HEX.fullmatch(value) or value.count("/") > 3 or value.count("-") > 4:
        return False
    upper, lower = sum(map(str.isupper, value)), sum(map(str.islower, value))
    digits = sum(map(str.isdigit, value))
    switches = len(re.findall(r"\d[A-Za-z]|[A-Za-z]\d|[a-z][A-Z]", value))
    return min(upper, lower, digits) >= 2 and switches >= len(value) / 5 and entropy(value) > 3.6
