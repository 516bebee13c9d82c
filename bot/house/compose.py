"""The check of a composition, by code: one answer that the house model wrote from the answers of the parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.house.check import FIGURE, hosts, legible
from bot.house.meaning import require
from bot.privacy.links import links
from bot.privacy.tokens import lookalikes

LEAST_OF_PARTS = 0.3
"""Share of the words of its parts that a composition has at least."""

FEW = 60
"""Words of parts below which its length is not judged: a short answer to a short one is right."""

Rule = tuple[str, str, bool]
"""A word for the log, what is said of a composition for which it does not hold, and whether it holds."""

_MARK = re.compile(r"\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")
_COUNTED = re.compile(r"^[ \t>*-]*\d{1,2}[.)]\s", re.MULTILINE)
_ENDS = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]*_]*(?:\s*\[[\d, ]+\])*\s|[\u3002\uff01\uff1f]|\n")
"""What ends a sentence, the numbers of its parts included, or a line."""

_MENTION = re.compile(r"<[@#!][^>\s]{0,80}>?|(?<![\w.@])@(?:here|channel|everyone|[A-Za-z][\w.-]+)")


@dataclass(frozen=True, slots=True)
class Given:
    """What a composer was given: each part's answer by its number, and what may stand in a composition of them."""

    answers: Mapping[int, str]
    tokens: Sequence[str]
    figures: frozenset[str]
    hosts: frozenset[str]
    mentions: frozenset[str]
    addresses: frozenset[str]


def given(answers: Mapping[int, str], message: str, tokens: Sequence[str]) -> Given:
    """Read what a composer was given.

    Args:
        answers: what it was given of each part that has an answer, by number.
        message: the message as it was given it.
        tokens: its tokens.
    """
    text = legible("\n\n".join((message, *answers.values())))
    return Given(answers, tokens, _figures(text, tokens), frozenset(hosts(text)), _mentions(text), _addresses(text))


def check(text: str, known: Given) -> str:
    """Return a composition that every rule holds for, without white space around it.

    Raises:
        HouseFault: the first rule that does not hold.
    """
    text = text.strip()
    words = sum(len(answer.split()) for answer in known.answers.values())
    written = _bare(text).split()
    _require(("empty", "was empty", bool(written)))
    _require(*_standing(text, known))
    _require(
        ("dropped", "left a part out", set(known.answers) <= _named(text)),
        ("short", "was far shorter than its parts", words < FEW or len(written) >= LEAST_OF_PARTS * words),
    )
    return text


def grown(text: str, shown: str, known: Given) -> str:
    """Return what may be shown of a composition that is still written: its whole sentences, while they pass the check.

    From the first sentence on that does not, what was `shown` before stays as it is.
    """
    ends = [match.end() for match in _ENDS.finditer(text)]
    sentences = text[: ends[-1]] if ends else ""
    return sentences if all(holds for _, _, holds in _standing(sentences, known)) else shown


def _standing(text: str, known: Given) -> tuple[Rule, ...]:
    """Return the rules that hold for a composition and for each beginning of it."""
    stray = [text[start:end] for start, end in lookalikes(text) if text[start:end] not in known.tokens]
    text = legible(text)
    return (
        ("token", "named a hidden value that the message does not have", not stray),
        ("part", "named a part that there is not", _named(text) <= set(known.answers)),
        ("mention", "held a mention", _mentions(text) <= known.mentions),
        ("link", "held a link that no part has", _addresses(text) <= known.addresses),
        ("link", "named a host that no part names", hosts(text) <= known.hosts),
        ("invented", "held a number that no part has", _figures(_bare(text), known.tokens) <= known.figures),
    )


def _require(*rules: Rule) -> None:
    for reason, said, holds in rules:
        require(reason, f"The composed answer {said}.", holds)


def _named(text: str) -> set[int]:
    """Return the parts that a text names."""
    return {int(number) for found in _MARK.finditer(text) for number in re.findall(r"\d+", found[1])}


def _bare(text: str) -> str:
    """Return a text without the marks of parts and the numbers of lists."""
    return _COUNTED.sub("", _MARK.sub("", text))


def _mentions(text: str) -> frozenset[str]:
    return frozenset(_MENTION.findall(text))


def _addresses(text: str) -> frozenset[str]:
    return frozenset(_address(text[start:end]) for start, end in links(text))


def _figures(text: str, tokens: Sequence[str]) -> frozenset[str]:
    """Return the numbers of a text outside of tokens, without separators, which languages write in different ways."""
    plain = re.sub("|".join(map(re.escape, tokens)) or "(?!)", " ", text)
    return frozenset(re.sub(r"[.,:]", "", found) for found in FIGURE.findall(plain))


def _address(link: str) -> str:
    return link.strip("<>()[].,;:!?*_`'\" ").removeprefix("https://").removeprefix("http://").rstrip("/")
