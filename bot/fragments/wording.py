"""The words of one sentence as its language sees them: where it opens, what it names, at what it points.

What counts as what is data: table `[split]` of a language's file in `bot/languages`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.languages import Language
from bot.model.plan import ATOM

WORD = re.compile(r"\ue000\d+\ue001|[^\W_](?:[\w'\u2019]|[-.](?=\w))*")
_LINK = re.compile(r"<(?:https?:|mailto:)[^<>\s]*>|https?://\S+")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b(?=.*[a-z])")
_ASKED = re.compile(r"[?\uff1f\u061f][\W_]*(?::\w+:[\W_]*)?$")
_FIGURE = re.compile(r"(?<![^\W\d])\d[\d.,]*")
_PAUSES = (": ", " - ", " \u2013 ", ", ")
_EMPTY = ("stop", "light", "auxiliary", "asking")
# A crude stem is enough: it only tells whether two asks name the same matter.
_STEM = 6
_NAMES = 2
"""Names in a greeting or at its end."""
_SHORT = 5
"""Words of a question that may be an ellipsis ("And a Golf?")."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence in its language.

    Attributes:
        text: the sentence without links; `said` is it without what only looks like a pointer.
        words: each word with its place, small.
        opening: the number of the first word behind courtesy, transition and an announcement.
        task: the word of the task that stands there, empty when there is none.
        matter: by place, the stems of what it names.
        several: the place behind the words that say that several asks follow, -1 when there are none.
        announced: some words say that another matter begins.
    """

    language: Language
    text: str
    said: str
    words: tuple[tuple[int, str], ...]
    opening: int
    task: str
    matter: Mapping[int, str]
    several: int = -1
    announced: bool = False

    def begins(self, concept: str, *places: int) -> bool:
        """Tell whether a phrase of a concept begins at one of these words, by default at any up to the opening."""
        match = self.language.pattern(concept).match
        return any(match(self.text, self.words[n][0]) for n in places or range(self.opening + 1) if n < len(self.words))

    def holds(self, concept: str) -> bool:
        """Tell whether a phrase of a concept stands anywhere."""
        return self.language.pattern(concept).search(self.text) is not None

    def has(self, concept: str, word: str) -> bool:
        """Tell whether a word is one of a concept."""
        return word in self.language.words(concept)

    @property
    def marked(self) -> bool:
        """Tell whether it ends in a question mark."""
        return _ASKED.search(self.text) is not None

    @property
    def hangs(self) -> bool:
        """Tell whether it ends in a colon."""
        return self.text.rstrip(" *_").endswith(":")

    @property
    def figures(self) -> int:
        """Return how many numbers it holds."""
        return len(_FIGURE.findall(ATOM.sub("", self.text)))

    @property
    def tells(self) -> bool:
        """Tell whether it says before a colon that several asks follow."""
        return self.several >= 0 and ": " in self.text[self.several :]

    @property
    def requests(self) -> bool:
        """Tell whether it asks the reader to do something, not to tell something."""
        asks, tells = self.language.pattern("requests"), self.language.pattern("request")
        return asks.search(self.said) is not None and tells.search(self.said) is None

    @property
    def elliptic(self) -> bool:
        """Tell whether a few words leave out what is asked: none of them asks."""
        asking = ("asking", "auxiliary", "task")
        return len(self.words) <= _SHORT and not any(self.has(c, word) for _, word in self.words for c in asking)

    @property
    def conditional(self) -> bool:
        """Tell whether its opening is a condition, and no question ("when do")."""
        behind = self.words[self.opening + 1 : self.opening + 2]
        return self.begins("condition", self.opening) and not any(self.has("auxiliary", word) for _, word in behind)

    @property
    def courteous(self) -> bool:
        """Tell whether it is a greeting, thanks or a farewell, with or without a name at its end."""
        if self.begins("pleasantry", 0):
            return True
        if not any(self.has("courtesy", word) for _, word in self.words[:2]):
            return False
        known = self.language.words("courtesy") | self.language.words("stop")
        bare = [each for each in self.words if each[1] not in known]
        names = all(word[0] == "\ue000" or (self.text[at].isupper() and at > self.words[0][0]) for at, word in bare)
        return names and len(bare) <= _NAMES

    @property
    def asks_unmarked(self) -> bool:
        """Tell whether it asks without a question mark: as a request, or by its opening and without a full stop."""
        if self.holds("request"):
            return True
        first = next((word for _, word in self.words if not self.has("courtesy", word)), "")
        comma = self.text.find(", ")
        behind = next((word for at, word in self.words if at > comma >= 0), "")
        asking = self.has("asking", self.words[self.opening][1]) or self.has("asking", behind)
        opens = asking or self.has("auxiliary", first) or self.has("auxiliary", behind)
        return opens and self.text.rstrip()[-1:] not in ".:!,;"

    @property
    def weight(self) -> int:
        """Return how many words it names its matter with; a name counts twice, and so does a word to be explained."""
        tasks = self.language.words("task")
        own = [at for at, word in self.words if at in self.matter and word not in tasks]
        capitals = sum(not self.text[at].islower() for at in own if at > self.words[0][0])
        # Where every noun has a capital, as in German, one tells nothing.
        names = 0 if self.language.words("capitals") else capitals
        return len({self.matter[at] for at in own}) + names + self.holds("defines")

    @property
    def definite(self) -> frozenset[str]:
        """Return the stems of the two words behind each definite article or its like."""
        places = (n for n, (_, word) in enumerate(self.words) if self.has("definite", word))
        behind = (stem_of(word, self.language) for n in places for _, word in self.words[n + 1 : n + 3])
        return frozenset(filter(None, behind))

    def pointers(self) -> tuple[list[int], list[int]]:
        """Return where it points outside itself, and where at what may stand in it.

        A demonstrative that is the object of a task's verb ("build that list") is no conjunction.
        """
        outside = [match.start() for match in self.language.pattern("points").finditer(self.said)]
        pairs = pairwise(self.words)
        outside += [at for (_, verb), (at, word) in pairs if self.has("demonstrative", word) and self.has("task", verb)]
        return outside, [match.start() for match in self.language.pattern("resumes").finditer(self.said)]


def worded(sentence: str, language: Language) -> Wording:
    """Read the words of one sentence."""
    text = _LINK.sub(_blank, sentence.replace("\u2019", "'"))
    words = tuple((match.start(), match.group().casefold()) for match in WORD.finditer(text))
    opening = _opening(words, text, language)
    task = words[opening] if words and words[opening][1] in language.words("task") else (-1, "")
    several, announced = (language.pattern(concept).search(text) for concept in ("several", "announce"))
    naming = language.pattern("several").sub(_blank, text) if several else text
    naming = language.pattern("announce").sub(_blank, naming) if announced else naming
    named = ((match.start(), match.group().casefold()) for match in WORD.finditer(naming) if match.start() != task[0])
    matter = {at: stem for at, word in named if (stem := stem_of(word, language))}
    # `IT` and `US` beside small letters are names, not pronouns.
    said = language.pattern("neutral").sub(_blank, _CAPITALS.sub(_blank, naming))
    end = several.end() if several else -1
    return Wording(language, text, said, words, opening, task[1], matter, end, announced is not None)


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match.group())


def _opening(words: tuple[tuple[int, str], ...], text: str, language: Language) -> int:
    """Return the number of the first word behind those of courtesy and of transition, and behind an announcement."""
    begin = 0
    if words and language.pattern("announce").match(text, words[0][0]):
        begin = next((at + 1 for mark in _PAUSES if (at := text.find(mark)) >= 0), 0)
    ahead = language.words("ahead") | language.words("courtesy")
    own = (n for n, (at, word) in enumerate(words) if at >= begin and word not in ahead and word[0] != "\ue000")
    return next(own, 0)


def stem_of(word: str, language: Language) -> str:
    """Return what tells a word of matter from others; nothing for words that name none."""
    if word.startswith("\ue000"):
        return word
    empty, elided, enclitics = _forms(language)
    if word in empty:
        return ""
    head, _, tail = word.partition("'")
    bare = tail if tail and head in elided else head
    bare = next((bare.removesuffix(end) for end in enclitics if bare.endswith(end)), bare)
    if bare in empty or len(bare) == 1 or not any(map(str.isalpha, bare)):
        return ""
    return bare[:_STEM] if len(bare) > _STEM else bare.removesuffix("s")


@cache
def _forms(language: Language) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Return the words of a language that name nothing, those that lose their end, and the ends that hang at verbs."""
    empty = frozenset[str]().union(*(language.words(concept) for concept in _EMPTY))
    return empty, language.words("elided"), tuple(f"-{end}" for end in sorted(language.words("enclitic")))
