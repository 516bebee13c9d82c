"""The words of a text with what the lists know of each: a given name, a family name, an ordinary word, a product, a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.privacy.detect.words import fold, marked, phrases, words

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))*(?:(?<=\b[^\W\d_])\.)?")
_SENTENCE = re.compile(r"(?:^|[.!?:;\n>*\u2022|(\"`]|\n\s*(?:\d+[.)]|-))[ \t\"'`*(_-]*$")
_ENGLISH = frozenset(
    "the and is are was of to in for with that this my what how can you i it on at from be have has do does not please we our he she they if".split()
)
_FOREIGN = frozenset(
    "der die das und ist nicht mit für ein eine ich wir sie den dem von zu auf im wie kann bitte unser unsere mein meine hat wird "
    "le la les et est une des du je nous vous pour avec sur dans que qui mon ma notre comment il elle au aux pas ce "
    "el los las y es un una por para con del que mi su nuestro cómo qué se lo al está no "
    "il lo gli e di che per con una non è mio mia come della del "
    "o os as um uma e de do da para com não meu minha como "
    "het een van en op met voor niet mijn hoe is "
    "i w na z do nie jest się jak och att det som är på inte og er til ikke".split()
)
_NO_NAME = frozenset("mr mrs ms dr prof sir miss herr frau madame monsieur señor señora signor signora".split())

MONTHS = frozenset("january february march april may june july august september october november december jan mai juni juli".split())
PARTICLES = frozenset("van von der den de da del della di du des dos la le el al bin binti bint ibn ben ter ten zu zur st af av e y do das mac o' san 't het".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text; a possessive ending is not part of it."""

    text: str
    start: int
    end: int
    folded: str
    title: bool
    opens: bool
    """Whether it opens a sentence, a line or a quotation, where any word has a capital."""

    @property
    def parts(self) -> list[str]:
        """Return the parts of a double name."""
        return self.folded.split("-")

    @property
    def given(self) -> bool:
        """Tell whether it can only be a given name: no word, product or place besides."""
        return all(part in _given() for part in self.parts) and not self.common

    @property
    def maybe_given(self) -> bool:
        """Tell whether it can be a given name at all."""
        return self.parts[0] in words("given")

    @property
    def family(self) -> bool:
        """Tell whether it is a family name and no ordinary word."""
        return self.maybe_family and not self.common and not any(part in marked("family") for part in self.parts)

    @property
    def maybe_family(self) -> bool:
        """Tell whether it can be a family name at all, by the lists or by its ending."""
        return all(part in words("family") or part in _given() or _ENDING.search(part) for part in self.parts)

    @property
    def ordinary(self) -> bool:
        """Tell whether it is an ordinary word, in one of the languages that the list knows."""
        return self.folded in words("words") or self.text.casefold() in words("words") or self.folded in _NO_NAME

    @property
    def topic(self) -> bool:
        """Tell whether it is a product, a vendor, a language, a place or a famous name by itself."""
        return self.folded in phrases("products") or self.folded in phrases("places") or self.folded in phrases("famous")

    @property
    def common(self) -> bool:
        """Tell whether it needs more than itself to be a name."""
        return self.ordinary or self.topic or self.folded in marked("given")

    @property
    def acronym(self) -> bool:
        """Tell whether it is written in capitals, or with capitals inside as products are."""
        inner = self.text.replace("-", "")[1:]
        return len(self.text) > 1 and (inner.isupper() or bool(_CAMEL.search(self.text)))

    @property
    def unknown(self) -> bool:
        """Tell whether it is written like a name and no list knows it as anything else."""
        return self.title and not self.acronym and not self.common and len(self.text) > 1


_CAMEL = re.compile(r"^(?!Mc|Mac|De|Di|Da|La|Le|Van|Von|O'|D'|Fitz)\w*[a-z][A-Z]")
_ENDING = re.compile(r"(?:dottir|sson|owa|ova|eva|[wncl]ski|[wncl]ska|wicz|czyk|czak|ovic|evic|escu|oglu|idze|shvili|enko|akis|opoulos|sen)$|^(?:o'|mc|mac|d')[a-z]{3,}")


@cache
def _given() -> frozenset[str]:
    """Return the given names that are nothing else."""
    return words("given") - marked("given")


def tokenise(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order."""
    result = []
    for match in _TOKEN.finditer(text):
        form, end = match.group(), match.end()
        if form[-2:] in ("'s", "'S") or form.endswith("s'"):
            cut = 2 if form[-2] == "'" else 1
            form, end = form[:-cut], end - cut
        opens = bool(_SENTENCE.search(text, max(0, match.start() - 8), match.start()))
        result.append(Word(form, match.start(), end, fold(form), form[0].isupper(), opens))
    return tuple(result)


def adjoining(text: str, left: Word, right: Word) -> bool:
    """Tell whether only blanks stand between two words, or a dot after an initial."""
    gap = text[left.end : right.start]
    return gap in (" ", "  ", "\u00a0", "\t") or (gap == "" and left.text.endswith("."))


def foreign(tokens: Sequence[Word]) -> bool:
    """Tell whether the text is rather not English, by its little words."""
    english = sum(token.text.casefold() in _ENGLISH for token in tokens)
    return sum(token.text.casefold() in _FOREIGN for token in tokens) > english


def famous(value: str) -> bool:
    """Tell whether a whole name is a topic: a well-known person, a product, a place."""
    folded = fold(" ".join(value.split()))
    return any(folded in phrases(name) for name in ("famous", "products", "places"))
