"""People whose place tells them where a zone must be read: the entries of a mail's header, the speakers of a talk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.who import known, likely, plausible
from bot.privacy.detect.words import fold, listed
from bot.privacy.detect.zones import Zone, forwarding, header_label, speaker

_WORD = r"[^\W\d_](?:[^\W\d_]|['.-](?=[^\W\d_]))*\.?"
_NAME = re.compile(rf"{_WORD}(?: {{1,2}}{_WORD}){{0,4}}")
_ADDRESS = re.compile(r"[/@<(\[]|\s+on\s+\d|[ ]{2,}\S|\t")
_DATE_OR_ADDRESS = re.compile(r"\s+on\s+[\dA-Z]|<")
_BESIDE = re.compile(r"<[^>]*>|\([^)]*\)|\"")
_WRAPPED = re.compile(r"[,;][ \t]*$|[^\W\d_][ ]*$")


def people(reading: Reading) -> Iterator[Span]:
    """Yield the people that the layout of the text gives away."""
    finders = {"header": _headers, "chat": _speakers}
    for zone in reading.zones:
        if zone.kind in finders:
            yield from finders[zone.kind](reading, zone)


def _span(start: int, name: str, why: str) -> Span:
    return Span(start, start + len(name.rstrip()), "PERSON", why)


def _group(name: str) -> bool:
    """Tell whether a recipient is no person but a list of them ("ISO Market Participants")."""
    words = known(name)
    return len(words) > 1 and all(k.acronym or (k.ordinary and not (k.maybe_given or k.maybe_family)) for k in words)


def _lines(reading: Reading, zone: Zone) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a zone begin and end."""
    start = zone.start
    while start < zone.end:
        begin, end = reading.line(start)
        yield begin, end
        start = end + 1


def _headers(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the people of header lines, each with the lines that go on from it."""
    rows = list(_lines(reading, zone))
    labels = [header_label().match(reading.text, start, end) for start, end in rows]
    for number, (start, end) in enumerate(rows):
        label = labels[number]
        if label and fold(label["label"]) in listed("mail_person"):
            last = number
            while last + 1 < len(rows) and not labels[last + 1] and _goes_on(reading.text[slice(*rows[last])]):
                last += 1
            yield from _entries(reading, label.end(), rows[last][1])
        elif not label:
            announced = forwarding().search(reading.text, start, end)
            first = announced.end() if announced else start
            stop = _DATE_OR_ADDRESS.search(reading.text, first, end)
            yield from _entry(reading, first, stop.start() if stop else end)


def _goes_on(line: str) -> bool:
    """Tell whether a line of recipients goes on in the next one."""
    return _WRAPPED.search(line) is not None and ("," in line or ";" in line)


def _entries(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Yield every entry of a list of people; commas divide them, or stand between surname and first name."""
    text = reading.text[start:end]
    plain = [part.split() for part in _BESIDE.sub(" ", text).split(",")]
    index_form = len(plain) == len(("surname", "first")) and len(plain[0]) == 1 and 0 < len(plain[1]) <= len(plain)
    divider = "[^;]+" if ";" in text or index_form else "[^,;]+"
    for part in re.finditer(divider, text):
        yield from _entry(reading, start + part.start(), start + part.end())


def _entry(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Yield the name of one entry, without its address, its firm and what stands in brackets."""
    text = re.sub(r"\s", " ", reading.text[start:end])
    start += len(text) - len(text.lstrip(" \"'*<(>?-"))
    text = text.lstrip(" \"'*<(>?-")
    stop = _ADDRESS.search(text)
    text = (text[: stop.start()] if stop else text).rstrip(" \"'*,;:-")
    surname, _, first = text.partition(",")
    plain = " ".join(f"{first} {surname}".split())
    if _NAME.fullmatch(plain) and plausible(plain) and not _group(plain):
        for piece in re.finditer(r"[^\s][^\n\r]*[^\s]|\S", reading.text[start : start + len(text)]):
            yield _span(start + piece.start(), piece.group(), "in a mail header")


def _speakers(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the speakers of a talk when names are among them."""
    places = [(start, speaker(reading.text[start:end])) for start, end in _lines(reading, zone)]
    spoken = [(start + place[0], reading.text[start + place[0] : start + place[1]]) for start, place in places if place]
    names = [(start, name) for start, name in spoken if _NAME.fullmatch(name) and likely(name) and not _part(name)]
    if sum(known(name)[0].maybe_given for _, name in names) * 2 >= len(spoken):
        yield from (_span(start, name, "speaks in a talk") for start, name in names)


def _part(name: str) -> bool:
    """Tell whether a speaker is a part and no person (`Customer`)."""
    first, last = fold(name.split(maxsplit=1)[0]), fold(name.rsplit(maxsplit=1)[-1])
    return bool({first, last} & listed("not_speaker")) or last in listed("who_role")
