"""A reading with what the evidence for people needs, each looked up once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from bot.languages import everywhere, load
from bot.model.plan import Span
from bot.privacy.detect.places import Places
from bot.privacy.detect.reading import NOWHERE, SHORT, Reading, Word
from bot.privacy.detect.words import fold, listed
from bot.privacy.detect.zones import mask

_CLOSE = frozenset({" ", ". ", ", ", ": ", " ("})
_BEHIND = frozenset({" ", "'s ", "' ", ", "})
_EMBEDDED = frozenset("_@#$\\=~0123456789")
_CUES = {"cue_who_public": -3, "cue_who_telling": 3, "cue_who_greeting": 4}
"""What each weighs; of those that end at one place the last one counts."""

_PRIVATE = frozenset(
    {
        "PHONE",
        "CREDIT_CARD",
        "IBAN",
        "NATIONAL_ID",
        "BIRTH_DATE",
        "ADDRESS",
        "ACCOUNT",
        "ORDER",
        "PASSWORD",
        "PROJECT",
        "EMAIL",
    }
)
_TOLD = frozenset({"cue_own_matter", "cue_own_voice", "cue_grave", "cue_health", "cue_ill", "cue_allergy"})
"""What speaks of somebody who is no figure of an exercise or a story."""

_FEW_WORDS = 12
LEAST_LETTERS = 3
"""Letters from which a word can be a part of a name by itself."""


def initial(word: Word) -> bool:
    """Tell whether a word is a capital letter, with or without a dot."""
    return len(word.text.rstrip(".")) == 1 and word.title


def adjoin(text: str, left: Word, right: Word) -> bool:
    """Tell whether two words stand side by side in one line, with no sign between but an initial's dot."""
    gap = text[left.end : right.start]
    return gap in (" ", "  ") or (gap == "" and left.text.endswith(".") and initial(left))


class Scene:
    """What stands where in a text: cues, mails, what is found already, and the language that it is in."""

    def __init__(self, reading: Reading, found: Sequence[Span], placed: Sequence[Span], heard: Sequence[Span]) -> None:
        self.reading, self.text, self.words = reading, reading.text, reading.words
        self.found, self.placed = found, placed
        self.tongue = reading.tongue.code if reading.tongue else ""
        self.german = self.tongue == "de"
        links = [zone for zone in reading.zones if zone.kind == "link"]
        self.closed = mask(len(self.text), (*found, *placed, *links))
        self.heard = mask(len(self.text), [span for span in heard if span.type == "PERSON"])

    @cached_property
    def mail(self) -> bool:
        """Whether it is a mail: it has a header, a signature or a salutation."""
        return self.reading.mail or any("salutation" in span.why for span in self.placed)

    @cached_property
    def places(self) -> Places:
        """Where names of organisations may begin and end."""
        return Places(self.reading, self.found)

    @cached_property
    def foreign(self) -> bool:
        """Whether it is a text of some length in no language that is known."""
        return not self.tongue and len(self.words) >= _FEW_WORDS

    @cached_property
    def public(self) -> bool:
        """Whether the message is about the public world: no mail, and not short with something told of somebody."""
        told = len(self.words) <= SHORT and not _TOLD.isdisjoint(self.reading.marks)
        return not self.mail and self.reading.public and not told

    @cached_property
    def exercise(self) -> bool:
        """Whether the message sets an exercise: two different words of one, nobody's own voice, nothing private."""
        said = {fold(self.text[mark.start : mark.end]) for mark in self.reading.marks.get("cue_exercise", ())}
        return len(said) > 1 and len(self.words) >= _FEW_WORDS and not self._told

    @cached_property
    def _told(self) -> bool:
        """Whether the message speaks of somebody who is no figure of an exercise."""
        asked = {at for mark in self.reading.marks.get("cue_asking", ()) for at in range(mark.start, mark.end)}
        voice = any(mark.start not in asked for mark in self.reading.marks.get("cue_self", ()))
        private = (load(code).pattern("private_matter") for code in {"en", self.tongue or "en"})
        told = bool(self.found) or self.mail or voice or not _TOLD.isdisjoint(self.reading.marks)
        return told or any(matter.search(self.text) for matter in private)

    def spoken(self, concept: str) -> frozenset[str]:
        """Return the entries of a concept in the text's language, in all of them where it is not known."""
        return self.reading.tongue.words(concept) if self.reading.tongue else everywhere(concept)

    @cached_property
    def little(self) -> frozenset[str]:
        """The function words of the text's language, none where it is not known."""
        return self.spoken("stop") if self.tongue else frozenset()

    @cached_property
    def careless(self) -> bool:
        """Whether the text begins with a small letter, as of somebody who writes no capitals."""
        prose = (word for word in self.words if not self.reading.within(word.start, ("code", "log")))
        return bool(self.tongue) and next((not word.title for word in prose), False)

    @cached_property
    def cues(self) -> dict[int, int]:
        """Where words for greeting, telling or public people end, and what each weighs."""
        return {mark.end: weight for cue, weight in _CUES.items() for mark in self.reading.marks.get(cue, ())}

    @cached_property
    def own(self) -> bool:
        """Whether the message is about somebody's own matters: it says so, or has somebody's number or a near day."""
        near = "cue_near_day" in self.reading.marks and len(self.words) <= SHORT and not self.public
        return near or "cue_own_matter" in self.reading.marks or bool(self.private)

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that stand in small letters."""
        return frozenset(word.text for word in self.words if word.text.islower())

    @cached_property
    def private(self) -> frozenset[int]:
        """Where numbers and addresses of somebody begin."""
        return frozenset(span.start for span in self.found if span.type in _PRIVATE)

    @cached_property
    def locals(self) -> frozenset[str]:
        """The parts of the e-mail addresses before their at-sign."""
        addresses = (self.text[span.start : span.end] for span in self.found if span.type == "EMAIL")
        parts = (part for address in addresses for part in re.split(r"[\W_\d]+", fold(address.partition("@")[0])))
        return frozenset(part for part in parts if len(part) >= LEAST_LETTERS)

    def before(self, index: int) -> Word:
        """Return the word right before one, if it is of the same clause, else `NOWHERE`."""
        word = self.words[index - 1] if index > 0 else NOWHERE
        if self.closed[word.start]:
            return NOWHERE
        gap = self.text[word.end : self.words[index].start]
        return word if gap in _CLOSE or (gap == "" and word.text.endswith(".")) else NOWHERE

    def after(self, index: int) -> Word:
        """Return the word right behind one, if only a blank, a comma or a possessive ending is between."""
        word = self.words[index + 1] if index + 1 < len(self.words) else NOWHERE
        return word if self.text[self.words[index].end : word.start] in _BEHIND else NOWHERE

    def is_after(self, index: int, *concepts: str) -> bool:
        """Tell whether the word right before one stands in these lists."""
        return self.before(index).folded in listed(*concepts)

    def is_before(self, index: int, *concepts: str) -> bool:
        """Tell whether the word right behind one stands in these lists."""
        return self.after(index).folded in listed(*concepts)

    def free(self, word: Word) -> bool:
        """Tell whether a word is not found yet and no part of a link, an identifier or a number."""
        before, after = self.text[max(0, word.start - 1) : word.start], self.text[word.end : word.end + 2]
        dotted = after[:1] == "." and after[1:].isalnum()
        return not (self.closed[word.start] or before in _EMBEDDED or after[:1] in _EMBEDDED or dotted)
