"""The words of a text with what the lists know of each: a name, an ordinary word, a product, a place."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.privacy.detect.words import fold, marked, phrases, word_set, words

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))*(?:(?<=\b[^\W\d_])\.)?")
_OPENING = re.compile(r"(?:^|[.!?:;\n>*\u2022|(\"`]|\n\s*(?:\d+[.)]|-))[ \t\"'`*(_-]*$")
_CAMEL = re.compile(r"^(?!Mc|Mac|De|Di|Da|La|Le|Van|Von|O'|D'|Fitz)\w*[a-z][A-Z]")
_FAMILY_ENDING = re.compile(
    r"(?:dottir|sson|owa|ova|eva|[wncl]ski|[wncl]ska|wicz|czyk|czak|ovic|evic|escu|oglu|idze|shvili|enko|akis|opoulos)$"
    r"|^(?:o'|mc|mac|d')[a-z]{3,}"
)
_INFLECTIONS = (
    ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ing", ("", "e")), ("ed", ("", "e")),
    ("ly", ("",)), ("er", ("", "e")), ("ness", ("",)),
)  # fmt: skip

MONTHS = word_set("lexicon.months")
PARTICLES = word_set("lexicon.particles")
_LITTLE = {name: word_set(f"lexicon.{name}") for name in ("english", "german", "romance", "other")}
_LITTLE |= {name: _LITTLE[name] | word_set(f"lexicon.{name}_too") for name in ("german", "romance", "other")}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, without a possessive ending.

    `opens` tells that it opens a sentence, a line or a quotation, where any word has a capital. `frequent` is one
    of the commonest words, `ordinary` any word of a language, `topic` a product, a place or a famous name, `common`
    any of them, or a name that is also a word. `maybe_given` and `maybe_family` may be common; `given` and `family`
    are not.
    """

    text: str
    start: int
    end: int
    folded: str
    opens: bool
    title: bool
    frequent: bool
    ordinary: bool
    topic: bool
    common: bool
    maybe_given: bool
    given: bool
    maybe_family: bool
    family: bool

    @property
    def acronym(self) -> bool:
        """Tell whether it is written in capitals, or with capitals inside as products are."""
        inner = self.text.replace("-", "")[1:]
        return len(self.text) > 1 and (inner.isupper() or bool(_CAMEL.search(self.text)))

    @property
    def unknown(self) -> bool:
        """Tell whether it is written like a name and no list knows it as anything else."""
        return self.title and not self.acronym and not self.common and len(self.text) > 1


def tokenise(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order."""
    return tuple(_words(text))


def between(tokens: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """Return the words that begin in that stretch of the text."""
    return tokens[bisect_left(tokens, start, key=lambda t: t.start) : bisect_left(tokens, end, key=lambda t: t.start)]


def position(tokens: Sequence[Word], word: Word) -> int:
    """Return the index of a word of the text."""
    return bisect_left(tokens, word.start, key=lambda t: t.start)


def _words(text: str) -> Iterator[Word]:
    """Yield the words of a text."""
    for match in _TOKEN.finditer(text):
        form, end = match.group(), match.end()
        if form[-2:] in ("'s", "'S") or form.endswith("s'"):
            cut = 2 if form[-2] == "'" else 1
            form, end = form[:-cut], end - cut
        opens = bool(_OPENING.search(text, max(0, match.start() - 8), match.start()))
        yield _word(form, match.start(), end, opens=opens)


def _word(form: str, start: int, end: int, *, opens: bool) -> Word:
    """Look a word up in every list."""
    folded = fold(form).rstrip(".")
    parts = folded.split("-")
    frequent = folded in words("words") or form.casefold() in words("words")
    ordinary = frequent or is_ordinary(folded)
    topic = any(folded in phrases(name) for name in ("products", "places", "famous"))
    common = ordinary or topic or folded in marked("given") or folded in MONTHS
    families = all(part in words("family") or part in _plain_given() or _FAMILY_ENDING.search(part) for part in parts)
    marks = any(part in marked("family") for part in parts)
    return Word(
        form,
        start,
        end,
        folded,
        opens=opens,
        title=form[0].isupper(),
        frequent=frequent,
        ordinary=ordinary,
        topic=topic,
        common=common,
        maybe_given=parts[0] in words("given"),
        given=not common and all(part in (_plain_given() if len(parts) == 1 else words("given")) for part in parts),
        maybe_family=families,
        family=families and not common and not marks,
    )


def is_ordinary(word: str) -> bool:
    """Tell whether a lower-case word, or what it is a form of, stands in a dictionary."""
    if word in words("words") or word in words("common"):
        return True
    for ending, replacements in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            bases = [stem + new for new in replacements]
            if stem[-1] == stem[-2]:
                bases.append(stem[:-1])
            if any(base in words("words") or base in words("common") for base in bases) and word not in words("given"):
                return True
    return False


def adjoining(text: str, left: Word, right: Word) -> bool:
    """Tell whether only blanks stand between two words, or a dot after an initial."""
    gap = text[left.end : right.start]
    return gap in (" ", "  ", "\u00a0", "\t") or (gap == "" and left.text.endswith("."))


def embedded(text: str, word: Word) -> bool:
    """Tell whether a word is a part of an identifier, a path or an option rather than of a sentence."""
    around = text[max(0, word.start - 1) : word.start].strip() + text[word.end : word.end + 1].strip()
    return bool(around.strip(".,;:!?()'\"{}*>"))


def language(tokens: Sequence[Word]) -> str:
    """Return `english`, `german`, `romance` or `other` by the little words; English when nothing speaks against it."""
    forms = [token.text.casefold() for token in tokens]
    counts = {name: sum(map(little.__contains__, forms)) for name, little in _LITTLE.items()}
    best = max(counts, key=lambda name: counts[name])
    if not counts[best]:
        return _by_letters(forms)
    return best if counts[best] > counts["english"] else "english"


def _by_letters(forms: Sequence[str]) -> str:
    """Return the tongue that the letters point to where no little word does."""
    letters = {char for form in forms for char in form if not char.isascii()}
    if letters & set("ßäöü"):
        return "german"
    return "romance" if letters & set("àáâãçèéêëíîïñóôõùúû") else "english"


def famous(value: str) -> bool:
    """Tell whether a whole name is a topic: a well-known person, a product, a place."""
    folded = fold(" ".join(value.split()))
    return any(folded in phrases(name) for name in ("famous", "products", "places"))


def famous_run(text: str, tokens: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether a name, or what it and the next words make, is a topic (`Elon Musk`, `Ludwig van Beethoven`)."""
    if first and famous(text[tokens[first - 1].start : tokens[last].end]):
        return True
    start = tokens[first].start
    return any(famous(text[start : token.end]) for token in tokens[last : last + 3])


@cache
def _plain_given() -> frozenset[str]:
    """Return the given names that are nothing else."""
    return words("given") - marked("given")
