"""The check of a composition, by code: one answer that the house model wrote from the answers of the parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.house.check import hosts
from bot.house.meaning import require
from bot.privacy.links import links
from bot.privacy.tokens import lookalikes

LEAST_OF_PARTS = 0.3
"""Share of the words of its parts that a composition has at least."""

FEW = 60
"""Words of parts below which its length is not judged: a short answer to a short one is right."""

_MARK = re.compile(r"\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_COUNTED = re.compile(r"^[ \t>*-]*\d{1,2}[.)]\s", re.MULTILINE)
_MENTION = re.compile(r"<[@#!][^>\s]{0,80}>?|(?<![\w.@])@(?:here|channel|everyone|[A-Za-z][\w.-]+)")


def check(text: str, answers: Mapping[int, str], message: str, tokens: Sequence[str]) -> str:
    """Return a composition that every rule holds for, without white space around it.

    Args:
        text: what the composer wrote.
        answers: what it was given of each part that has an answer, by number.
        message: the message as it was given it.
        tokens: its tokens.

    Raises:
        HouseFault: the first rule that does not hold.
    """
    text = text.strip()
    given = "\n\n".join((message, *answers.values()))
    named = [int(number) for found in _MARK.finditer(text) for number in re.findall(r"\d+", found[1])]
    bare = _COUNTED.sub("", _MARK.sub("", text))
    stray = [text[start:end] for start, end in lookalikes(text) if text[start:end] not in tokens]
    known = {_address(given[start:end]) for start, end in links(given)}
    words = sum(len(answer.split()) for answer in answers.values())
    rules = (
        ("empty", "was empty", bool(bare.strip())),
        ("token", "named a hidden value that the message does not have", not stray),
        ("part", "named a part that there is not", set(named) <= set(answers)),
        ("dropped", "left a part out", set(answers) <= set(named)),
        ("mention", "held a mention", set(_MENTION.findall(text)) <= set(_MENTION.findall(given))),
        ("link", "held a link that no part has", all(_address(text[a:b]) in known for a, b in links(text))),
        ("link", "named a host that no part names", hosts(text) <= hosts(given)),
        ("invented", "held a number that no part has", _figures(bare) <= _figures(given)),
        ("short", "was far shorter than its parts", words < FEW or len(bare.split()) >= LEAST_OF_PARTS * words),
    )
    for reason, said, holds in rules:
        require(reason, f"The composed answer {said}.", holds)
    return text


def _figures(text: str) -> set[str]:
    """Return the numbers of a text without their separators, which languages write in different ways."""
    return {re.sub(r"[.,:]", "", found) for found in _FIGURE.findall(text)}


def _address(link: str) -> str:
    return link.strip("<>()[].,;:!?*_`'\" ").removeprefix("https://").removeprefix("http://").rstrip("/")
