"""Words to Tessera that are no question: stop, help, forget, thanks; the same wherever people write to it."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final


class Word(Enum):
    """What somebody wants who asks nothing."""

    STOP = "stop"
    HELP = "help"
    FORGET = "forget"
    THANKS = "thanks"


_SAID: Final = {
    Word.STOP: "stop|halt|cancel|abort|stop it|stop that|cancel it|cancel that|never mind|nevermind|stopp|abbrechen"
    "|aufhören|arrête|para|basta",
    Word.HELP: "help|help me|hilfe|aide|ayuda|aiuto|how does this work|what can you do|hi|hello|hey|hallo|hola|bonjour",
    Word.FORGET: "forget|forget me|forget everything",
    Word.THANKS: "thanks|thank you|thanks a lot|many thanks|thank you so much|thx|ty|cheers|great|perfect|danke"
    "|danke schön|vielen dank|merci|gracias|grazie|ok|okay|ok thanks|thanks that helps",
}
_POLITE = re.compile(r"^(?:(?:please|bitte|ok|okay) )+|(?: (?:please|now|bitte|por favor|per favore|s'il te plaît))+$")
"""What people put around such a word, and still mean it alone."""

_WORDS: Final = {said: word for word, row in _SAID.items() for said in row.split("|")}
_EMOJI = re.compile(r":[a-z0-9_+'-]+:")
_PLAIN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def said(text: str) -> Word | None:
    """Return which of these words a message is; None for a question. An emoji alone is thanks."""
    plain = " ".join(_PLAIN.findall(_EMOJI.sub(" ", text).casefold()))
    if not plain and _EMOJI.search(text):
        return Word.THANKS
    if set(text.strip()) == {"?"}:
        return Word.HELP
    return _WORDS.get(plain) or _WORDS.get(_POLITE.sub("", plain))
