"""The second look: find hidden values in what is about to leave, by code that shares nothing with the masker.

A value is compared after NFKC, case folding and removal of separators and invisible characters, in every string of the
serialized JSON and over neighbouring strings, and for values of six characters or more also behind URL encoding,
HTML entities, hexadecimal digits, base64 and a second JSON escape.

- Values with a digit or an `@` are found anywhere, also inside longer words, from six letters and digits on.
- Word-like values are found as whole words, so that `Al` is not found in `also`, nor `Ingrid` in `in grid`.
- Scripts without spaces between words are searched like values with digits.
- A name that is also an English word (`Will`, `May`) is not found in that word written small.
- Our own tokens (`PERSON_1Q7`) and single letters are nobody's identifiers.
"""

from __future__ import annotations

import binascii
import html
import json
import re
import unicodedata
from base64 import b64decode
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from bot.model.plan import Entity

LONG = 6
"""Letters and digits from which a value is looked for inside words and behind encodings."""

_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Z]+(?:_[A-Z]+)*_[0-9]+[A-Z0-9]{2}(?![A-Za-z0-9])")
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)
# Eight letters of base64 and twelve hexadecimal digits hold six characters, which is LONG.
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_HEX = re.compile(r"[0-9a-fA-F](?:[ :]?[0-9a-fA-F]){11,}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_NAMES = (
    "art bill bob buck chance chase chip christian cliff dawn dean dick drew earnest faith fay frank gene grace "
    "grant guy hank harry heather hope hunter ivy iris it jack jade jean joy june lance lily mark mason may "
    "melody miles nick norm olive pat pearl penny pierce ray reed rich rob rod rose ruby rusty sally sandy sky "
    "skip stone sue summer us violet wade ward will"
)
_WORDS_TOO = frozenset(_NAMES.split())
# A limit of 2000 tokens is ours; a message in which 2000 is hidden must not be stopped by it.
_LIMITS = frozenset({"max_tokens", "max_completion_tokens", "maxOutputTokens", "max_output_tokens"})


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it stands, doubled keys and all."""


def _is_limit(key: str, value: object) -> bool:
    """Tell whether it is a limit of tokens, a number of ours."""
    return key in _LIMITS and isinstance(value, str) and value.isdigit() and len(value) < LONG


def strings(body: bytes, known: Collection[str] = frozenset()) -> Iterator[str]:
    """Yield every string, key and number of a JSON document but for exactly known strings and token limits.

    Raises:
        ValueError: it is not JSON.
    """
    if not body:
        return
    # Numbers as they are written: 1.50 as a float is 1.5, and would be searched in vain.
    pending: list[Any] = [json.loads(body, object_pairs_hook=_Pairs, parse_int=str, parse_float=str)]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            if item not in known:
                yield item
        elif isinstance(item, _Pairs):
            # In the document's order: a value may be spread over neighbouring strings.
            pending.extend(part for key, value in reversed(item) if not _is_limit(key, value) for part in (value, key))
        elif isinstance(item, list):
            pending.extend(reversed(item))


def leak(texts: Iterable[str], entities: Iterable[Entity]) -> Entity | None:
    """Return an entity whose value stands in the texts, or None."""
    whole = "\n".join(texts)
    own = _Haystack(_TOKEN.sub(" ", whole))
    decoded = _Haystack("\n".join(_decoded(whole)))
    typed: _Haystack | None = None
    for entity in entities:
        value = _fold(entity.value)
        haystack = own
        if _TOKEN.search(entity.value):
            haystack = typed = typed or _Haystack(whole)
        if haystack.holds(value) or (decoded.folded and len(value) >= LONG and decoded.holds(value)):
            return entity
    return None


class _Haystack:
    """A text made ready for many searches: folded, and its letters and digits alone with the seams between words."""

    def __init__(self, text: str) -> None:
        self.folded = _fold(text)
        self._text = text
        self._words: set[str] = set()
        self._seams: set[int] = {0}
        self._spaces: list[int] = []
        pieces: list[str] = []
        at = 0
        for chunk in self.folded.split():
            self._spaces.append(at)
            for word in (chunk,) if chunk.isalnum() else _WORD.findall(chunk):
                pieces.append(word)
                at += len(word)
                self._seams.add(at)
        self._words.update(pieces)
        self._compact = "".join(pieces)

    def holds(self, value: str) -> bool:
        """Tell whether the folded value stands here."""
        words = _WORD.findall(value)
        core = "".join(words)
        if len(core) < 3 and core != value:  # noqa: PLR2004 - symbols make the value, as in C++ or a short password
            return self._verbatim(value.strip())
        if len(core) < 3:  # noqa: PLR2004
            return len(core) > (1 if core.isascii() else 0) and self._is_word(core)
        if core in _WORDS_TOO:
            return self._is_word(core)
        marked = "@" in value or any(map(str.isdigit, core))
        if _UNSPACED.search(core) or (marked and len(core) >= LONG):
            return core in self._compact
        return self._at_seams(core, len(self._compact) if marked else len(value.split()) - 1)

    def _at_seams(self, core: str, spaces: int) -> bool:
        """Tell whether it stands here as whole words with at most so many spaces inside."""
        at = self._compact.find(core)
        while at >= 0:
            end = at + len(core)
            if at in self._seams and end in self._seams:
                inside = bisect_left(self._spaces, end) - bisect_right(self._spaces, at)
                if inside <= spaces:
                    return True
            at = self._compact.find(core, at + 1)
        return False

    def _is_word(self, core: str) -> bool:
        """Tell whether it is one of the words; what is also an English word must not be written small."""
        if core not in self._words:
            return False
        if core not in _WORDS_TOO:
            return True
        return any(not word.islower() and _fold(word) == core for word in set(_WORD.findall(self._text)))

    def _verbatim(self, value: str) -> bool:
        """Tell whether a value made of symbols stands here as it is."""
        if not value:
            return False
        before = r"(?<![^\W_])" if value[0].isalnum() else ""
        after = r"(?![^\W_])" if value[-1].isalnum() else ""
        return re.search(before + re.escape(value) + after, self.folded) is not None


def _fold(text: str) -> str:
    """Return the text after NFKC and case folding, without invisible characters."""
    if text.isascii():
        return text.lower()
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    # Twice, for casefold takes apart 26 characters that NFKC puts together.
    return unicodedata.normalize("NFKC", visible.casefold())


def _decoded(text: str) -> Iterator[str]:
    """Yield what stands behind URL encoding, HTML entities, a second JSON escape, hexadecimal digits and base64."""
    if "%" in text:
        yield unquote_plus(text)
    if "&" in text:
        yield html.unescape(text)
    for match in _HEX.finditer(text):
        digits = match[0].replace(" ", "").replace(":", "")
        for start in (0, 1):  # a run of odd length may begin with a stray digit
            even = digits[start : len(digits) - (len(digits) - start) % 2]
            yield bytes.fromhex(even).decode("utf-8", "ignore")
    if "\\u" in text:
        yield (
            _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
            .encode("utf-16", "surrogatepass")
            .decode("utf-16", "replace")
        )
    for match in _BASE64.finditer(text):
        run = match[0]
        # An ordinary long word is base64 too; decoded it is noise, and noise takes time.
        if not (run.isalpha() and (run.islower() or run.isupper() or run.istitle())):
            yield from _unbase64(run.replace("-", "+").replace("_", "/"))


def _unbase64(run: str) -> Iterator[str]:
    """Yield what a run of base64 letters says at each of its four alignments."""
    # A run may begin in the middle of a group of four, behind a prefix of the same letters.
    for start in range(4):
        part = run[start:]
        part = part[: len(part) - (len(part) % 4 == 1)]
        try:
            yield b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "ignore")
        except binascii.Error:  # pragma: no cover - the alphabet and the length are right by construction
            continue
