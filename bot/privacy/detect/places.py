"""Where a person lives or comes from: a place only where somebody's life is told, never as a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.model import Span
from bot.privacy.detect.lexicon import Word

_UP = "A-ZÀ-ÖØ-ÞĆČĐĘŁŃŐŚŠŞŹŻŽİ"
_LIFE = re.compile(
    r"(?<![\w-])(?:(?i:lives?|living|lived|born|grew up|raised|resid(?:es?|ing)|moved|relocat(?:ed|es|ing)|moving|"
    r"commutes?|staying|hometown is|wohnt|wohne|wohnhaft|geboren|lebt|habite|née? (?:à|au)|vit|vive|vivo|nacid[oa]|"
    r"nació|abita|nato|nata)"
    r"(?: (?:in|at|to|near|from|outside|alone|now|back|à|au|en|a|nach|bei|ad))*)[ ]"
    rf"(?P<value>[{_UP}][\w'-]+(?:[ ](?:(?:am|an der|de|del|la|sur|upon|of)[ ])?[{_UP}][\w'-]+){{0,3}}(?:,"
    rf"[ ][{_UP}][\w'-]+(?:[ ][{_UP}][\w'-]+)?)?)"
)

_GENERAL = re.compile(
    r"(?:people|humans?|inhabitants|residents|animals|birds|species|population|menschen|leute|einwohner|personnes|gens|"
    r"habitants|personas|gente|habitantes|persone|mensen|inwoners|penguins|bears|lions|tigers|wolves|nobody|everyone|"
    r"anyone|how many|wie viele|quanta|cuánt[ao]s?|what'?s it like|cost of|it costs? to|better to|cheaper to|"
    r"expensive to|want(?:ing)? to)[ ]?(?:who|to|can|do|currently|actually|still)?[ ]?$",
    re.IGNORECASE,
)


def places(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield the place after a verb of living or being born."""
    index = {token.start: token for token in tokens}
    for match in _LIFE.finditer(text):
        token = index.get(match.start("value"))
        several = " " in match.group("value")
        if _GENERAL.search(text, max(0, match.start() - 40), match.start()):
            continue
        if token is not None and not token.acronym and (several or not token.ordinary):
            yield Span(*match.span("value"), "PLACE")
