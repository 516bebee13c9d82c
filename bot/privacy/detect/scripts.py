"""People in scripts other than Latin: only with a word for a name, an honorific or the ending of a surname beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.languages import everywhere, load
from bot.model.plan import Span
from bot.privacy.detect.reading import Reading

_CYRILLIC = re.compile("[\u0410-\u042f\u0401][\u0430-\u0451]+(?: [\u0410-\u042f\u0401][\u0430-\u0451]+){1,2}")


def people(reading: Reading) -> Iterator[Span]:
    """Yield names after a word for a name or before an honorific, and Russian full names by their endings."""
    if reading.text.isascii():
        return
    for match in _cued().finditer(reading.text):
        yield Span(*match.span(match.lastgroup or 0), "PERSON", "beside a word for a name")
    for match in _CYRILLIC.finditer(reading.text):
        if match.group().endswith(tuple(everywhere("script_ending"))):
            yield Span(*match.span(), "PERSON", "first name and surname by its ending")


@cache
def _cued() -> re.Pattern[str]:
    """Return the expression of a name behind a word for one, or before an honorific."""
    before, after, link = (_any(f"script_{place}") for place in ("before", "after", "link"))
    family = "[" + "".join(sorted(everywhere("script_family"))) + "]"
    han, kana, hangul = rf"{family}[\u3400-\u9fff]{{1,2}}", r"[\u30a0-\u30ff]{2,8}", r"[\uac00-\ud7af]{2,4}?"
    japanese = "|".join(load("ja").concepts["script_after"])
    kanji = rf"(?!{before})[\u3400-\u9fff]{{2,4}}?(?={japanese})"
    return re.compile(
        rf"{before}{link}?[ ::]{{0,2}}(?P<after>{han}|{kana}|{hangul}(?={link}|{after}|\W|\Z))|"
        rf"(?P<before>{han}|{kanji}|{kana}|{hangul})(?={after})"
    )


def _any(concept: str) -> str:
    """Return an expression for any entry of a concept."""
    return "(?:" + "|".join(map(re.escape, sorted(everywhere(concept), key=len, reverse=True))) + ")"
