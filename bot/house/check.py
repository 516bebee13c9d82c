"""The check of a plan, by code: what a planner returns goes nowhere before it has passed all of this.

Checked are the planner's words (`question`) and its claims (passages are verbatim, every demand is covered). How much
one provider would see is checked where the routes are made.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot import languages
from bot.errors import HouseFault
from bot.fragments.reading import Kind
from bot.fragments.reading import read as read_message
from bot.fragments.strategy import Piece
from bot.fragments.wording import WORD, stem_of
from bot.house.meaning import Drafted, Meaning, Part, Reply, require
from bot.languages import Language
from bot.model.plan import ATOM, Entity, Span, atom
from bot.privacy.promise import in_clear
from bot.privacy.tokens import lookalikes

LEAST_KEPT = 2 / 3
"""Share of the matter of a message that must stand in its parts."""

LEAST_OF_DEMAND = 1 / 2
"""Share of the matter of each of its demands that must."""

MOST_GROWTH = 4.0
"""How many times the length of the message its parts may have together."""

ROOM = 400
"""Characters that each of them may have beside that: a short message has long questions."""

FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
"""A number with what stands between its digits."""

_FOREIGN = re.compile(r"@\w|https?:|://|www\.|<[!@#]")
"""What a question has no reason to hold: addresses, links and mentions."""

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,24}")
"""What Slack could make a link of; `node.js` is one where the message has it."""

_LEFT_OUT = re.compile(r"\u2026|\.\.\.")
_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_]*[A-Z\u00c0-\u00de]\w*")
_OPENING = re.compile(r"(?:^|[.?!:]\s+)[\"'(\u00bf\u00a1]*")
_ROOT = 4
"""Letters of a word from which others may be built."""

_LETTERS = re.compile(r"[^\W_]+")
_LEAST_WORDS = 4
"""Words from which on the language of a question is compared with the message's."""

_SAYS_NOTHING = (Kind.COURTESY, Kind.ANNOUNCEMENT, Kind.STYLE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was planned: the masked message, the planner's tokens and the entities in the same order, the detectors."""

    message: str
    tokens: Sequence[str]
    entities: Sequence[Entity]
    detect: Callable[[str], Sequence[Span]] = lambda _: ()


def check(reply: Reply, asked: Asked) -> Meaning:
    """Return the plan when every rule holds.

    Raises:
        HouseFault: the first rule that does not.
    """
    language = languages.detect(asked.message)
    parts = tuple(_placed(number, drafted, asked) for number, drafted in enumerate(reply.parts, 1))
    counts = frozenset(map(str, range(1, len(parts) + 1)))
    for number, part in enumerate(parts, 1):
        _worded(number, part.question, asked, language, counts)
    if parts:
        _whole(parts, asked, language or languages.load("en"))
    return Meaning(parts, reply.composed)


def text_of(part: Part, message: str) -> str:
    """Return what a provider is sent for a part: its question, and its passages unless they are the question."""
    passages = "\n\n".join(message[start:end] for start, end in part.passages)
    if not passages:
        return part.question
    # Said twice the same words would make one wonder what the difference is.
    return passages if _bare(part.question) in _bare(passages) else f"{part.question}\n\n{passages}"


def _bare(text: str) -> str:
    return " ".join(word.casefold() for word in WORD.findall(text))


def _placed(number: int, drafted: Drafted, asked: Asked) -> Part:
    """Return the part with atoms for tokens and each passage at its place in the message."""
    places = [_place(passage, asked) for passage in drafted.passages]
    if None in places:
        raise HouseFault("verbatim", f"A passage of part {number} does not stand in the message word for word.")
    return Part(atoms(drafted.question, asked.tokens), joined(filter(None, places)), drafted.needs)


def _place(passage: str, asked: Asked) -> Piece | None:
    """Return where a passage stands, None when it does not; `first words … last words` is all from these to those."""

    def spaced(text: str) -> str:
        """Return the pattern of a text, whatever white space its words have between them."""
        return r"\s+".join(re.escape(word) for word in atoms(text, asked.tokens).split())

    found = re.search(spaced(passage), asked.message)
    ends = _LEFT_OUT.split(passage)
    if found is None and len(ends) == len(("first", "last")) and all(map(str.strip, ends)):
        found = re.search(r"[\s\S]*?".join(map(spaced, ends)), asked.message)
    return found.span() if found else None


def atoms(text: str, tokens: Sequence[str]) -> str:
    """Return a text with an atom for each of these tokens, written exactly."""
    if not tokens:
        return text
    index = {token: place for place, token in enumerate(tokens)}
    either = "|".join(sorted(map(re.escape, index), key=len, reverse=True))
    return re.sub(rf"(?<![A-Za-z0-9_])(?:{either})(?![A-Za-z0-9])", lambda found: atom(index[found[0]]), text)


def joined(places: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces in order, those that overlap as one."""
    result: list[Piece] = []
    for start, end in sorted(places):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def _worded(number: int, question: str, asked: Asked, language: Language | None, counts: frozenset[str]) -> None:
    """Check a question in the planner's own words; `counts` are the numbers that the parts themselves have."""
    plain = legible(ATOM.sub(" ", question))
    rules = (
        ("token", "names a hidden value that the message does not have", not any(lookalikes(plain))),
        ("clear", "names a hidden value in clear", not in_clear(asked.entities, [question])),
        (
            "foreign",
            "holds an address, a link or a mention",
            _FOREIGN.search(plain) is None and hosts(plain) <= hosts(legible(asked.message)),
        ),
        ("language", "is in another language than the message", not _strange(plain, language)),
        (
            "invented",
            "holds a number that the message does not have",
            _figures(plain) <= _figures(legible(asked.message)) | counts,
        ),
        ("invented", "names what the message does not name", _named(plain, asked.message, language)),
        ("clear", "holds what looks like a private value", not _private(plain, asked)),
    )
    for reason, said, holds in rules:
        require(reason, f"The question of part {number} {said}.", holds)


def _private(question: str, asked: Asked) -> bool:
    """Tell whether a question holds a private value; what the message was read to hold in clear is none."""
    found = (question[span.start : span.end] for span in asked.detect(question))
    return any(value not in asked.message for value in found)


def legible(text: str) -> str:
    """Return a text as one reads it: compatibility forms folded, what is invisible left out."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")


def hosts(text: str) -> set[str]:
    """Return the hosts that a text names, bare ones too, which Slack makes links of."""
    return {found.casefold() for found in _HOST.findall(ATOM.sub(" ", text))}


def _figures(text: str) -> set[str]:
    return set(FIGURE.findall(ATOM.sub(" ", text)))


def _named(question: str, message: str, language: Language | None) -> bool:
    """Tell whether each name in a question comes from the message; a first word's capital means nothing."""
    if language is not None and language.words("capitals"):
        return True
    known = _singular(ATOM.sub(" ", message))
    begins = {match.end() for match in _OPENING.finditer(question)}
    names = (match for match in _CAPITAL.finditer(question) if match.start() not in begins)
    return all(_built_from(word, known) for match in names for word in _singular(match[0]))


def _built_from(word: str, known: frozenset[str]) -> bool:
    """Tell whether a word is one of the message or is built from one: PyTorch from torch."""
    return word in known or any(len(each) >= _ROOT and each in word for each in known)


def _singular(text: str) -> frozenset[str]:
    """Return the words of a text, small and without the s of a plural or a genitive."""
    return frozenset(word.casefold().removesuffix("s") for word in _LETTERS.findall(text))


def _strange(question: str, language: Language | None) -> bool:
    """Tell whether a question is clearly in another language than the message."""
    found = languages.detect(question) if len(WORD.findall(question)) >= _LEAST_WORDS else None
    return found is not None and language is not None and found.code != language.code


def _whole(parts: Sequence[Part], asked: Asked, language: Language) -> None:
    """Check the parts together."""
    texts = [text_of(part, asked.message) for part in parts]
    sane = sum(map(len, texts)) <= MOST_GROWTH * len(asked.message) + ROOM * len(parts)
    require("size", "The parts together are far longer than the message.", sane)
    for (a, one), (b, other) in combinations(enumerate(texts, 1), 2):
        require("same", f"Parts {a} and {b} are the same.", _bare(one) != _bare(other))
    kept = frozenset[str]().union(*(_stems(text, language) for text in texts))
    figures = frozenset[str]().union(*(_figures(text) for text in texts))
    units = [unit for unit in read_message(asked.message).units if unit.kind not in _SAYS_NOTHING]
    for number, unit in enumerate((unit for unit in units if unit.asks), 1):
        covered = _share(unit.matter, kept) >= LEAST_OF_DEMAND
        covered = covered and _figures(asked.message[unit.inner : unit.end]) <= figures
        require("demand", f"No part covers demand {number} of the message.", covered)
    enough = _share(frozenset[str]().union(*(unit.matter for unit in units)), kept) >= LEAST_KEPT
    require("lost", "The parts lose too much of the message.", enough)


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(stem_of(match.group().casefold(), language) for match in WORD.finditer(text))


def _share(matter: frozenset[str], kept: frozenset[str]) -> float:
    return len(matter & kept) / len(matter) if matter else 1.0
