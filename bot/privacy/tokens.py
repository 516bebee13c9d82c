"""Pseudonyms: the tokens that stand for hidden values in what one provider is sent.

A token is TYPE_number + two check characters: `PERSON_1Q7`. Number and check together are its *key*. Both are
derived by HMAC from the request's secret and the provider's name, so that nothing joins two requests or
two providers. Among the keys of one request, over all its providers, no two are within one edit of each other: a
slip of a model never turns one token into another.

Values that differ only in case, width or spacing, and a part of a full name (`Lopez` beside `Maria Lopez`), share one
key, so the model sees one person. Their further spellings carry a letter in the type word: `PERSON_1Q7` is the
first, `PERSON_B_1Q7` the second. So each spelling comes back exactly as it was, and a model that drops the letter
still names the right person.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.errors import EgressRefused
from bot.model.plan import ATOM, Entity
from bot.privacy.kinds import BY_NAME, LITERAL, SECRET

FIRST = "ACDEFHJKMNPQRTVWXY"
"""The first check character: a letter without a look-alike."""

SECOND = "ACEFJKNPQRTVWXY3479"
"""The second one; no D, H or M, so that no key reads as 2nd, 4th or 9pm."""

LOOKALIKE = re.compile(rf"(?:{'|'.join(BY_NAME)})(?:_[A-Z]{{1,2}})?\\?_[0-9]{{1,5}}[A-Z][A-Z0-9]{{1,2}}(?![A-Za-z0-9])")
"""What could pass for a token of a type that we use, in a flattened text."""

KEY = re.compile(
    r"(?<![0-9])(?<![0-9]\x00)(?P<number>[0-9](?:[\x00\n]?[0-9]){0,4})"
    r"(?=(?P<gap>(?:\\?[_\- ]|[\n\x00*`~]){0,3})"
    rf"(?P<check>[{FIRST}{FIRST.lower()}][\x00\n]?[{SECOND}{SECOND.lower()}])(?![0-9A-Z]))"
)
"""What could be the key of a token, however it was mangled, in a flattened text."""

_ANY_TYPE = re.compile(rf"[A-Z]_[0-9]{{1,5}}[{FIRST}][{SECOND}](?![A-Za-z0-9])")
_CAPITALS = re.compile(r"[A-Z_]*\Z")
_LONGEST_TYPE = 60
_WORD_OF_NAME = re.compile(r"[^\W\d_]{2,}")
_NEW_NUMBER_TRIES = 256


def _flat_table() -> dict[int, str]:
    """Return one character for each that stands for an ASCII one, and a NUL for each invisible one."""
    wide = (*range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800))
    table = {code: plain for code in wide if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1}
    table |= dict.fromkeys(map(ord, "‐‑‒–—−"), "-")  # noqa: RUF001 - the characters that models write for a hyphen
    table |= dict.fromkeys((0x09, 0xA0, 0x202F, 0x3000, *range(0x2000, 0x200B)), " ")
    table |= dict.fromkeys((0x0D, 0xAD, 0x034F, 0x2060, 0xFEFF, *range(0x200B, 0x2010)), "\x00")
    return table


_FLAT = _flat_table()


def flat(text: str) -> str:
    """Return the text with full-width and invisible characters made plain, each at its place."""
    return text if text.isascii() and "\r" not in text and "\t" not in text else text.translate(_FLAT)


def lookalikes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where something stands that could be taken for a token."""
    plain = flat(text)
    yield from (match.span() for match in LOOKALIKE.finditer(plain))
    for match in _ANY_TYPE.finditer(plain):
        before = _CAPITALS.search(plain, max(0, match.start() - _LONGEST_TYPE), match.start())
        yield before.start() if before else match.start(), match.end()


def folded(entity: Entity) -> str:
    """Return what makes two values the same: NFKC, case-folded, white space collapsed; secrets as they are."""
    if entity.type in SECRET or entity.type == LITERAL:
        return entity.value
    return " ".join(unicodedata.normalize("NFKC", entity.value).casefold().split()) or entity.value


def mark(entity: Entity) -> str:
    """Return what names a hidden value without holding it: its type and a digest of what makes it the same."""
    digest = hashlib.sha256(f"{entity.type}\0{folded(entity)}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{entity.type}:{digest[:16]}"


def counts(entities: Iterable[Entity]) -> dict[str, int]:
    """Return how many different values of each type are hidden; what is only reserved does not count."""
    kinds = {(entity.type, folded(entity)) for entity in entities if entity.type != LITERAL}
    return dict(sorted(Counter(kind for kind, _ in kinds).items()))


def vault(
    secret: bytes, providers: Iterable[str], entities: Sequence[Entity], text: str = ""
) -> dict[str, tuple[str, ...]]:
    """Return the tokens of every provider, in the order of the entities.

    `providers` are all that may get a part, always in the same order: their keys are kept apart, the earlier ones
    first. `text` is the masked message: no key that stands in it in clear is used.
    """
    taken = set(_keys_in(text, entities))
    identities = _identities(entities)
    return {name: _tokens_of(secret, name, entities, identities, taken) for name in dict.fromkeys(providers)}


def render(text: str, tokens: Sequence[str]) -> str:
    """Return a masked text as one provider is sent it."""
    return ATOM.sub(lambda match: tokens[int(match[1])], text)


def key_of(token: str) -> str:
    """Return the number and the check characters of a token."""
    return token.rsplit("_", 1)[1]


def _tokens_of(
    secret: bytes, provider: str, entities: Sequence[Entity], identities: Sequence[tuple[str, str]], taken: set[str]
) -> tuple[str, ...]:
    """Return one token for each entity; add what is near to their keys to `taken`."""
    # As short as there are enough of them: no two of a request may be near each other.
    pool = next((size for size in (99, 999, 9_999) if size > 2 * len(entities)), 99_999)
    keys: dict[tuple[str, str], str] = {}
    spellings: dict[tuple[str, str], dict[str, str]] = {}
    numbers: set[int] = set()
    for entity, identity in zip(entities, identities, strict=True):
        if identity not in keys:
            seed = "\0".join((provider, *identity))
            keys[identity] = _new_key(secret, seed, pool, numbers, taken)
        known = spellings.setdefault(identity, {})
        known.setdefault(entity.value, f"{identity[0]}_{_letter(len(known))}{keys[identity]}")
    return tuple(spellings[i][entity.value] for entity, i in zip(entities, identities, strict=True))


def _new_key(secret: bytes, seed: str, pool: int, numbers: set[int], taken: set[str]) -> str:
    """Return the first key of the value's own series that is not near to any other of this request."""
    for attempt in range(1 << 20):
        drawn = int.from_bytes(hmac.digest(secret, f"{seed}\0{attempt}".encode("utf-8", "surrogatepass"), "sha256")[:8])
        drawn, number = divmod(drawn, pool)
        drawn, first = divmod(drawn, len(FIRST))
        key = f"{number + 1}{FIRST[first]}{SECOND[drawn % len(SECOND)]}"
        # Two keys that are one edit apart share one of these, so deletions alone tell every slip.
        near = {key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}
        if taken.isdisjoint(near) and (number not in numbers or attempt > _NEW_NUMBER_TRIES):
            numbers.add(number)
            taken |= near
            return key
    raise EgressRefused("tokens")  # pragma: no cover - needs tens of thousands of hidden values in one question


def _letter(place: int) -> str:
    """Return what marks the spelling of that place in the type word: nothing, `B_`, `C_` and so on."""
    letters = ""
    while place:
        place, digit = divmod(place, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}_" if letters else ""


def _identities(entities: Sequence[Entity]) -> list[tuple[str, str]]:
    """Return (type word, what makes it the same) of each entity; a part of one full name is that name."""
    names = {folded(e) for e in entities if e.type == "PERSON"}
    whole: dict[str, set[str]] = {}
    for name in names:
        words = set(_WORD_OF_NAME.findall(name))
        for word in words if len(words) > 1 else ():
            whole.setdefault(word, set()).add(name)
    identities = []
    for entity in entities:
        value = folded(entity)
        full = whole.get(value, ()) if entity.type == "PERSON" else ()
        # `Lopez` beside two people of that name is neither: a wrong name restored is worse than a token of its own.
        identities.append((_type_word(entity.type), next(iter(full)) if len(full) == 1 else value))
    return identities


def _type_word(kind: str) -> str:
    """Return the type as the contract writes it: capitals joined by underscores."""
    return "_".join(re.findall("[A-Z]+", kind.upper())) or "VALUE"


def _keys_in(text: str, entities: Sequence[Entity]) -> Iterator[str]:
    """Yield every key that stands in the clear part of a masked text, or could be read into it."""
    clear = flat(ATOM.sub(lambda match: f"{_type_word(entities[int(match[1])].type)}_", text))
    for match in KEY.finditer(clear):
        yield plain_key(match)


def plain_key(match: re.Match[str]) -> str:
    """Return the key that a match of KEY holds, as it is written in a token."""
    return re.sub(r"[\x00\n]", "", match["number"] + match["check"]).upper()
