"""The strategy `structure`: cut by structure and sentences, keep together what leans on one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from bot.fragments.compose import Draft, drafts, fewer, join, render
from bot.fragments.dependencies import link
from bot.fragments.documents import deals, gather, pieces
from bot.fragments.languages import detect
from bot.fragments.links import Links
from bot.fragments.reading import read
from bot.fragments.strategy import Message, Split, numbered
from bot.fragments.units import PASTED, Kind, Unit
from bot.model import atom

_THREAD_WORDS = 60
_FLOOD = 8
_PASTE_WORDS = 300


def structured(message: Message) -> Split:
    """Give every question the context that it needs, and no more."""
    text = message.text
    units = tuple(_whole_lists(gather(read(text), text)))
    types = {atom(index): entity.type for index, entity in enumerate(message.entities)}
    if not any(unit.asks for unit in units):
        items = sum(unit.item for unit in units) > 1
        units = tuple(replace(unit, kind=Kind.INSTRUCTION) if items and unit.item else unit for unit in units)
    if not any(unit.asks for unit in units):
        return _unasked(message, units)
    asked = [i for i, unit in enumerate(units) if unit.asks]
    if len(asked) > _FLOOD * message.limit:
        return _stretches(message, units, asked)
    links = link(units, types)
    made = drafts(units, links)
    notices: tuple[str, ...] = ()
    if len(made) > message.limit:
        notices = (_too_many(len(made), message.limit),)
        made = fewer(made, message.limit)
    parts: list[tuple[str, str]] = []
    for draft in made:
        room = message.limit - len(parts) - (len(made) - made.index(draft) - 1)
        parts.extend(_parts(message, units, links, draft, room))
    return numbered(parts, notices)


def _whole_lists(units: tuple[Unit, ...]) -> Iterator[Unit]:
    """Read every item of a list as something asked for where one of them is ("a template for ...")."""
    for item, run in groupby(units, key=lambda unit: unit.item):
        listed = tuple(run)
        asked = item and any(unit.asks for unit in listed)
        for unit in listed:
            yield replace(unit, kind=Kind.INSTRUCTION) if asked and unit.kind is Kind.CONTEXT else unit


def _too_many(parts: int, limit: int) -> str:
    return f"This message has {parts} parts; neighbours were put together into {limit}."


def _stretches(message: Message, units: tuple[Unit, ...], asked: list[int]) -> Split:
    """Cut a flood of questions into stretches of equally many, each as it stands in the message."""
    edges = [round(len(asked) * n / message.limit) for n in range(message.limit)]
    begins = [0, *(units[asked[edge - 1]].end for edge in edges[1:])]
    ends = [*begins[1:], len(message.text)]
    code = [unit.base for unit in units if unit.kind is Kind.CODE]
    parts = [
        (message.text[a:b].strip(" \n,;"), "code" if any(a <= start < b for start in code) else "question")
        for a, b in zip(begins, ends, strict=True)
    ]
    return numbered(parts, (_too_many(len(asked), message.limit),))


def _parts(message: Message, units: tuple[Unit, ...], links: Links, draft: Draft, room: int) -> list[tuple[str, str]]:
    """Return a draft's fragments: one, or one for each piece of the document that it is about."""
    dealt = _dealt(units, draft)
    if dealt is None or room < 2:  # noqa: PLR2004 - one fragment needs no dealing
        kind = "code" if any(units[i].kind is Kind.CODE for i in draft.context) else "question"
        return [(_with_thread(message, units, links, draft), kind)]
    ask, document = dealt
    others = [(units[i].start, units[i].end) for i in draft.context if i != document]
    asked = [*units[ask].carried, (units[ask].start, units[ask].end)]
    first = sorted([*others, *asked]) if ask < document else sorted(others)
    last = [] if ask < document else asked
    return [
        (join(message.text, [*first, piece, *last], {unit.start for unit in units}), "document")
        for piece in pieces(units[document], room)
    ]


def _dealt(units: tuple[Unit, ...], draft: Draft) -> tuple[int, int] | None:
    """Return the one instruction of a draft and its one document, if that can be dealt."""
    pasted = [i for i in draft.context if units[i].kind in PASTED]
    if len(draft.asks) != 1 or len(pasted) != 1 or not deals(units[draft.asks[0]], units[pasted[0]]):
        return None
    return draft.asks[0], pasted[0]


def _unasked(message: Message, units: tuple[Unit, ...]) -> Split:
    """Send a message without a question whole; deal it in pieces when it is long."""
    text = message.text.strip()
    if not text:
        return Split(())
    if any(unit.kind is Kind.CODE for unit in units):
        return numbered([(text, "code")])
    if message.limit == 1 or len(text.split()) < _PASTE_WORDS:
        return numbered([(text, "question")])
    whole = Unit(0, len(message.text), Kind.DOCUMENT, message.text, 0, detect(text))
    return numbered([(message.text[slice(*piece)], "document") for piece in pieces(whole, message.limit)])


def _with_thread(message: Message, units: tuple[Unit, ...], links: Links, draft: Draft) -> str:
    """Return a draft's words; what its pronouns mean is taken from the thread when the message does not say."""
    text = render(message.text, units, links, draft)
    if not message.thread or not links.open & set(draft.asks):
        return text
    own = frozenset(word for i in draft.asks for word in units[i].content)
    earlier = [" ".join(part.split()[:_THREAD_WORDS]) for part in message.thread if part.strip()]
    if not earlier:
        return text
    best = max(range(len(earlier)), key=lambda n: (len(own & _content(earlier[n])), n))
    return f"{earlier[best]}\n{text}"


def _content(text: str) -> frozenset[str]:
    return frozenset(word for unit in read(text) for word in unit.content)
