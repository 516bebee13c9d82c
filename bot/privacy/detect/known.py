"""Well-known names where they are no topic: a namesake in a message about somebody's work, health or money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.model import Span
from bot.privacy.detect.lexicon import Word, adjoining
from bot.privacy.detect.words import fold, phrases, words

_LONGEST = 4
_PERSONAL = re.compile(
    r"(?i:\b(?:my|our|his|her|their|mein\w*|unser\w*|mon|ma|notre|mi|nuestr[oa])(?:[ -]\w+)?[ -](?:boss|manager|"
    r"colleague|"
    r"employee|accountant|tenant|client|customer|husband|wife|partner|neighbou?r|landlord|patient|teacher|lawyer|"
    r"doctor|"
    r"assistant|clerk|nurse|intern|son|daughter|chef|kolleg\w+|kund\w+|mieter\w*|nachbar\w*|collègue|client\w*|jefe|"
    r"cliente)\b|\b(?:salary|dismissal|fired|payroll|employee|patient|tenant|invoice|sick leave|diagnosed|has not "
    r"paid|owes|"
    r"warning letter|contract|resign\w*|hired?|candidate|applicant|reference for|accident|cancer|diabetes|depression|"
    r"hiv|"
    r"gehalt|kündigung|rechnung|krank\w*|salaire|licenciement|facture|malade|salario|despido|factura|enfermo|born|"
    r"geboren|"
    r"named?|i am|i'm|ich bin|je suis|soy|dear|hi|hello|regards|quit|stole|stalks?|late with|accounting|support)\b)"
)
"""Words of a message that is about somebody's own matters."""


def known_people(text: str, tokens: Sequence[Word], *, private: bool) -> Iterator[Span]:
    """Yield well-known names after a title, or anywhere in a message that is about somebody's own matters."""
    private = private or _PERSONAL.search(text) is not None
    for place, token in enumerate(tokens):
        titled = place > 0 and tokens[place - 1].folded in words("titles")
        if not token.title or not (private or titled):
            continue
        for last in range(min(place + _LONGEST, len(tokens)) - 1, place - 1, -1):
            whole = _whole(text, tokens, place, last)
            if whole and fold(whole) in phrases("famous") and (last > place or token.given or token.family or titled):
                yield Span(token.start, tokens[last].end, "PERSON")
                break


def _whole(text: str, tokens: Sequence[Word], first: int, last: int) -> str:
    """Return the words of a run that stand next to each other, else nothing."""
    run = tokens[first : last + 1]
    if not all(adjoining(text, one, other) for one, other in pairwise(run)):
        return ""
    return " ".join(text[run[0].start : run[-1].end].split())
