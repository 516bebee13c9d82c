"""Restoring: put the hidden values back into what a model wrote, however it bent the tokens, and never a wrong one.

A token is recognised by its key, number and check characters, which must be exactly those of one token of this
provider; the type word before it may be bent, translated or hold markup. What is joined to the key by an
underscore may be any word; by another separator, or by none, it must mean the type; a bare key must stand in
brackets of its own. So `Boeing 737`, `A_1Q7`, `PERSON_1` and a key that is one character off stay as they are
or, when they cannot be anything but a token, are shown as their type word.

One pass from left to right over text that is never read again; linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.model.plan import Entity
from bot.privacy.kinds import BY_NAME, SECRET, said
from bot.privacy.links import links
from bot.privacy.tokens import KEY, LOOKALIKE, flat, key_of, plain_key

_Hit = tuple[int, int, int]
HEAD_REACH = 80
_SHORT = 5
_UNDERSCORE = r"(?:\\?_|&\#0?95;|&\#[xX]5[fF];|&lowbar;|&UnderBar;|%5[fF])"
_JOINT = rf"(?:{_UNDERSCORE}|\\?[-.\# ]|[\n\x00*`~]|&nbsp;|%20|</?[A-Za-z]{{1,10}}>)"
_NOISE = r"(?:[\x00\n*`~]|</?[A-Za-z]{1,10}>){0,2}"
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
LETTER = rf"[^\W\d_{UNSPACED}]"
MEANING = (
    "人物|个人|個人|人名|姓名|人員|사람|이름|氏名|人|邮箱|邮件|メール|이메일|电话|電話|전화|地址|住所|주소|组织|組織|公司|会社|회사|"
    "项目|プロジェクト|用户|ユーザー|地点|場所"
)
STEMS = (
    "person|persoa|pesso|perso|osob|kişi|henkil|человек|персон|лиц|имя|nombre|name|nom|nome|naam|"
    "email|e-mail|mail|correo|courriel|почт|phone|telefon|teléfon|téléphon|telef|телефон|numer|"
    "address|adress|direcci|endere|indiriz|adres|адрес|org|unternehm|firma|empres|entrepris|soci|compan|компан|"
    "user|benutz|usuari|utilisat|utent|gebruik|пользоват|project|proje|proyect|проект|place|ort|lugar|lieu|luog|"
    "term|begriff|konto|account|cuent|compt|order|bestell|pedid|command"
)
_MEANT = re.compile(
    rf"(?:(?<!{LETTER})(?:{STEMS}){LETTER}{{0,16}}|{MEANING})(?P<joint>{_JOINT}{{0,6}})\Z", re.IGNORECASE
)
_ANY_WORD = re.compile(
    rf"(?:{LETTER}{{2,30}}|{MEANING}|(?=[^\x00-\x7f]){LETTER})(?P<joint>(?:[\n\x00*`~]*{_UNDERSCORE}[\n\x00*`~]*{LETTER}{{1,30}}){{0,3}}"
    rf"[\n\x00*`~]{{0,3}}{_UNDERSCORE}(?:[\n\x00*`~]|{_UNDERSCORE}){{0,3}})\Z"
)
_WRAPS = (("[", "]"), ("\\[", "\\]"), ("{{", "}}"), ("{{ ", " }}"), ("<", ">"), ("&lt;", "&gt;"), ("⟨", "⟩"))
_NAMED = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,2})(?![A-Za-z])[^A-Za-z]*\Z")
_BEFORE_HOST = re.compile(r"\A(?:\]\(<?)?(?:https?)?://")
_MARK = re.compile(r"[*`~]+|</?[A-Za-z]{1,10}>")
_CODE = re.compile(rf"{_UNDERSCORE}|&nbsp;|%20|</?[A-Za-z]{{1,10}}>")


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with the values put back; `unknown` counts the stray tokens that are shown as their type word.

    `end` is how much of what was written that is.
    """

    text: str
    restored: int = 0
    unknown: int = 0
    end: int = field(default=0, compare=False)


def restore(
    text: str,
    tokens: Sequence[str],
    entities: Sequence[Entity],
    sent: str = "",
    *,
    start: int = 0,
    stop: int | None = None,
) -> Restored:
    """Put the values of one provider's tokens back into what it wrote.

    `sent` is what it was sent: brackets around a token and links that stood there are the asker's own, and
    are given back as they were. Everywhere else brackets right around a token go, and nothing is ever
    restored inside a link. Secrets are shown as words such as `[hidden password]`.
    What is returned begins at `start`, and ends at `stop` or before the token that goes on over that.
    """
    plain = flat(text)
    stop = len(text) if stop is None else stop
    found = list(_with_strays(plain, start, list(_hits(plain, start, tokens, sent))))
    barred = _foreign_links(text, sent) if found else []
    starts = [first for first, _ in barred]
    pieces: list[str] = []
    at, restored, unknown = start, 0, 0
    for first, end, index in found:
        if first < at or _touches(barred, starts, first, end):
            continue
        if end > stop:
            stop = min(stop, first)
            break
        if index is None:
            instead, unknown = f"[{said(_type_of(plain[first:end]))}]", unknown + 1
        else:
            instead, restored = shown(entities[index]), restored + (entities[index].type not in SECRET)
        pieces += (text[at:first], instead)
        at = end
    return Restored("".join((*pieces, text[at:stop])), restored, unknown, stop)


def shown(entity: Entity) -> str:
    """Return what people are shown for a hidden value: the value, or for a secret words such as `[hidden password]`."""
    return f"[hidden {said(entity.type)}]" if entity.type in SECRET else entity.value


def _foreign_links(text: str, sent: str) -> list[tuple[int, int]]:
    """Return where links stand whose address is not word for word in what was sent."""
    # Restored inside a link that the model made, a name would leave with the click on it.
    own = {_address(sent[start:end]) for start, end in links(sent)}
    return [(start, end) for start, end in links(text) if _address(text[start:end]) not in own]


def _address(link: str) -> str:
    return _BEFORE_HOST.sub("", link).rstrip(").,;:!?]>*_`'\"")


def _touches(barred: Sequence[tuple[int, int]], starts: Sequence[int], start: int, end: int) -> bool:
    place = bisect_left(starts, end) - 1
    return place >= 0 and barred[place][1] > start


def _hits(plain: str, floor: int, tokens: Sequence[str], sent: str) -> Iterator[_Hit]:
    """Yield where each token of the provider stands, with the brackets and markup that belong to it."""
    book: dict[str, dict[str, int]] = {}
    for index, token in enumerate(tokens):
        key = key_of(token)
        book.setdefault(key, {})[token.removesuffix(key)] = index
    for match in KEY.finditer(plain, floor):
        spellings = book.get(plain_key(match))
        if spellings is None or not _ends(plain, match):
            continue
        found = _head(plain, floor, match, spellings)
        if found is None:
            continue
        start, index, inner = found
        span = _without_markup(plain, floor, (start, match.end("check")), inner + match["gap"])
        start, end = _unwrapped(plain, floor, span, tokens[index], sent)
        if start == match.start():  # a bare key counts only in brackets of its own
            continue
        floor = end
        yield start, end, index


def _ends(plain: str, match: re.Match[str]) -> bool:
    """Tell whether nothing goes on behind the check characters but a plural s or, behind capitals, small letters."""
    rest = plain[match.end("check") : match.end("check") + 2]
    if not ("a" <= rest[:1] <= "z"):
        return True
    return not any(c.islower() for c in match["check"]) or (rest[0] == "s" and not rest[1:].isalnum())


def _head(plain: str, floor: int, match: re.Match[str], spellings: dict[str, int]) -> tuple[int, int, str] | None:
    """Return where the type word before a key begins, which spelling it names, and what stands between them."""
    window = plain[max(floor, match.start() - HEAD_REACH) : match.start()]
    for prefix in sorted(spellings, key=len, reverse=True):
        if window.endswith(prefix):
            return match.start() - len(prefix), spellings[prefix], ""
    first = min(spellings, key=len)
    bent = _bent(tuple(spellings)).search(window)
    bent = (
        bent
        or _ANY_WORD.search(window)
        or (None if match["gap"] else _MEANT.search(window, max(0, len(window) - HEAD_REACH // 2)))
    )
    if bent is None:
        return None if match["gap"] or match["check"].islower() else (match.start(), spellings[first], "")
    named = _NAMED.search(_CODE.sub("_", bent["joint"]))
    prefix = f"{first}{named[1].upper()}_" if named else first
    return match.start() - len(bent[0]), spellings.get(prefix, spellings[first]), bent["joint"]


@lru_cache(maxsize=256)
def _bent(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of our own type words before a key, bent in any way."""
    first = min(prefixes, key=len)
    parts = [_NOISE.join(part) for part in first[:-1].split("_")]
    letters = "|".join(sorted(prefix[len(first) : -1] for prefix in prefixes if prefix != first))
    spelling = rf"(?:{_JOINT}{{1,6}}(?:{letters}))?" if letters else ""
    left = r"(?<![A-Za-z])" if len(first) <= _SHORT else ""
    return re.compile(rf"{left}{f'{_JOINT}{{0,4}}'.join(parts)}(?P<joint>{spelling}{_JOINT}{{0,6}})\Z", re.IGNORECASE)


def _without_markup(plain: str, floor: int, span: tuple[int, int], inner: str) -> tuple[int, int]:
    """Take in the other half of each emphasis or tag that stood inside the token."""
    start, end = span
    for mark in _MARK.findall(inner):
        closes, opens = (mark, mark) if mark[0] != "<" else (mark.replace("<", "</"), mark.replace("</", "<"))
        if plain.startswith(closes, end):
            end += len(closes)
        elif plain.endswith(opens, floor, start):
            start -= len(opens)
    return start, end


def _unwrapped(plain: str, floor: int, span: tuple[int, int], token: str, sent: str) -> tuple[int, int]:
    """Take in the brackets right around a token but for those that are the asker's own, or a Markdown link's text."""
    start, end = span
    while True:
        for pair in _WRAPS:
            opening, closing = pair
            if plain.endswith(opening, floor, start) and plain.startswith(closing, end):
                # In `[PERSON_1Q7](...)` the brackets are the link's.
                linked = closing == "]" and plain[end + 1 : end + 2] in ("(", "[")
                if not linked and token.join(pair) not in sent:
                    start, end = start - len(opening), end + len(closing)
                    break
        else:
            return start, end


def _with_strays(plain: str, floor: int, hits: list[_Hit]) -> list[tuple[int, int, int | None]]:
    """Return the hits and, between them, what looks like a token but is none of this provider's, in order."""
    starts = [start for start, _, _ in hits]
    spans = [(start, end) for start, end, _ in hits]
    strays = [
        (*_unwrapped(plain, floor, match.span(), match[0], ""), None)
        for match in LOOKALIKE.finditer(plain, floor)
        if not _touches(spans, starts, *match.span())
    ]
    return sorted([*hits, *strays], key=lambda hit: hit[0])


def _type_of(stray: str) -> str:
    """Return the type that a stray token names."""
    return max((kind for kind in BY_NAME if kind in stray), key=len)
