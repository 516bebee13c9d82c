"""People whose place tells them: in mail headers, salutations, signatures, talks, columns and fields for names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.languages import anywhere, everywhere
from bot.model import Span
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import Entry, entry, fold
from bot.privacy.detect.zones import Zone, cells, forwarding, header_label, speaker

_LETTERS = r"[^\W\d_](?:[^\W\d_]|['.-](?=[^\W\d_]))*\.?"
_NAME = re.compile(rf"{_LETTERS}(?: {{1,2}}{_LETTERS}){{0,4}}")
_ENTRY = re.compile(r"[^;\n]+")
_COMMA = re.compile(r"[^,;\n]+")
_ADDRESS = re.compile(r"[/@<(\[]|\s+on\s+\d|[ ]{2,}\S|\t")
_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]\n\d]{3,100})[)\]]")
_DIVIDER = re.compile(r"[ ]*(?:[,;/&]|(?<![^\W\d_])(?:and|or|und|et|y|later|then)(?![^\W\d_]))[ ]*")
_MAILTO = re.compile(r"[\w.+-]+@[\w.-]+")
_LEAD = re.compile(r"[\s\"'*<(>\u2022?-]*")
_SALUTED = re.compile(rf"[ \t>]*(?P<name>{_LETTERS}(?: {_LETTERS}){{0,2}})[ \t]?(?:[,:!]|--?|\u2013)(?P<rest>.*)")
_GREETED = re.compile(
    rf"[ \t>]*(?P<hail>{_LETTERS}(?: {_LETTERS}){{0,2}}),? +(?P<name>{_LETTERS}(?: {_LETTERS}){{0,2}})[ \t]?(?:[,:!.]|--?|$)"
)
_FIELD = re.compile(
    rf"[ \t>*|-]*(?P<label>{_LETTERS}(?: {_LETTERS}){{0,2}})[*\"']{{0,2}} ?[:=] ?[*\"']{{0,2}}(?P<name>{_NAME.pattern})[*\"',;.]{{0,3}}[ \t]*(?:$|[|(<;,])"
)
_LAST = re.compile(
    rf"(?:[.!?,] *(?P<words>[^\n.!?]{{2,24}}?)[,!.]? |[ ][-\u2013] ?)(?P<name>{_LETTERS}(?: {_LETTERS})?)[.! ]*\Z"
)
_WROTE = re.compile(
    rf"(?:, |\d[\s,]+(?:[AP]M,? )?)(?P<name>{_NAME.pattern})(?:,? ?(?:via|<|\[|\()[^\n]{{0,80}})? (?P<verb>\w+) ?:"
)
_MOST_WORDS = 5


@cache
def listed(concept: str) -> frozenset[str]:
    """Return the entries of a concept of all languages, without accents."""
    return frozenset(fold(item) for item in everywhere(concept))


def people(reading: Reading) -> Iterator[Span]:
    """Yield the people that the layout of the text gives away."""
    zones = reading.zones
    mail = any(zone.kind in ("header", "signature") for zone in zones)
    for zone in zones:
        for finder, kind in (
            (_headers, "header"),
            (_signatures, "signature"),
            (_speakers, "chat"),
            (_columns, "table"),
        ):
            if zone.kind == kind:
                yield from finder(reading, zone)
    yield from _bracketed(reading, mail=mail)
    yield from _last(reading)
    for start, end in reading.lines:
        if start < end and not reading.within(start, ("header", "code", "log", "link")):
            yield from _line(reading, start, end, mail=mail)


def _span(start: int, name: str, why: str) -> Span:
    return Span(start, start + len(name.rstrip()), "PERSON", why)


def _line(reading: Reading, start: int, end: int, *, mail: bool) -> Iterator[Span]:
    """Yield the name that a line greets, holds alone, has behind a label, or that wrote what follows."""
    line = reading.text[start:end]
    if (match := _FIELD.match(line)) and _is_label(match["label"]) and _fills(reading, start, match):
        yield _span(start + match.start("name"), match["name"], f"after '{match['label']}:'")
    elif (
        (match := _GREETED.match(line))
        and _greets(match["hail"], match["name"])
        and _plausible(match["name"], loose=False)
    ) or ((match := _SALUTED.match(line)) and _salutes(reading, match, end, mail=mail)):
        yield _span(start + match.start("name"), match["name"], "in a salutation")
    elif mail and (match := _NAME.fullmatch(line.strip())) and _alone(reading, start, end, match.group()):
        yield _span(start + line.index(match.group()), match.group(), "alone in a line of a mail")
    if (match := _WROTE.search(line)) and match["verb"] in everywhere("mail_wrote"):
        yield _span(start + match.start("name"), match["name"], "who wrote a mail")


def _fills(reading: Reading, start: int, match: re.Match[str]) -> bool:
    """Tell whether what stands behind a label is a name and no line of a talk."""
    spoken = reading.within(start, ("chat",)) and fold(match["label"]) in listed("not_speaker")
    return not spoken and _plausible(match["name"], loose=False)


def _last(reading: Reading) -> Iterator[Span]:
    """Yield the name that ends a message behind a dash or closing words in the same line."""
    text = reading.text.rstrip()
    start = max(text.rfind("\n") + 1, len(text) - 80)
    match = _LAST.search(text, start)
    if not match or not _signed(match["name"]) or reading.within(start, ("code", "log", "table")):
        return
    if match["words"]:
        if anywhere("who_closing").fullmatch(match["words"].strip()):
            yield _span(match.start("name"), match["name"], "in a signature")
    elif all(k.maybe_given or k.maybe_family for k in map(entry, match["name"].split())):
        yield _span(match.start("name"), match["name"], "in a signature")


def _is_label(label: str) -> bool:
    """Tell whether a label is one before a name."""
    return " ".join(fold(label).split()) in listed("who_label")


def _greets(hail: str, name: str) -> bool:
    """Tell whether words open a letter."""
    return (
        fold(hail.split(maxsplit=1)[0]) in _hails()
        and not entry(name.split(maxsplit=1)[0]).acronym
        and fold(hail.rsplit(maxsplit=1)[-1]) not in listed("not_who") - _hails()
    )


@cache
def _hails() -> frozenset[str]:
    """Return the first words of greetings."""
    entries = (re.split(r"[ (|]", item.lstrip("("))[0] for item in everywhere("cue_who_greeting"))
    return frozenset(fold(item) for item in entries)


def _salutes(reading: Reading, match: re.Match[str], end: int, *, mail: bool) -> bool:
    """Tell whether a line begins with the name of whom it is written to."""
    name, rest = match["name"], match["rest"].strip()
    if not _plausible(name, loose=False) or reading.within(match.start(), ("table",)):
        return False
    known = [entry(word) for word in name.split()]
    if known[0].acronym:
        return False
    if rest:
        sure = known[0].given and match.group()[match.end("name") :].lstrip()[:1] in ":-"
        also = not known[0].frequent or known[0].folded in listed("who_also")
        return len(known) == 1 and (sure or (mail and known[0].maybe_given and also))
    return len(known) < 3 and (all(k.maybe_given or k.maybe_family for k in known) or (mail and not _ordinary(known)))


def _alone(reading: Reading, start: int, end: int, name: str) -> bool:
    """Tell whether a line of its own in a mail is a name."""
    known = [entry(word) for word in name.split()]
    before = reading.text[:start].rstrip(" \t\r").endswith("\n\n") or reading.text[:start].count("\n") < 2
    named = sum(k.maybe_given or k.maybe_family for k in known)
    return (
        before
        and len(known) < _MOST_WORDS
        and _plausible(name, loose=False)
        and named * 2 >= len(known)
        and not _ordinary(known)
    )


def _ordinary(known: Sequence[Entry]) -> bool:
    """Tell whether words are all words of a language, none of them a first name."""
    return all(k.ordinary and not k.maybe_given for k in known) or known[0].frequent


def _plausible(name: str, *, loose: bool = True) -> bool:
    """Tell whether words can be a name: capitals, no word of the list of what is no name."""
    parts = name.split()
    known = [entry(part) for part in parts]
    if len(parts) > _MOST_WORDS or any(k.folded in listed("not_who") for k in known):
        return False
    capital = all(part[0].isupper() or fold(part) in listed("who_particle") for part in parts)
    if capital:
        return loose or not _ordinary(known)
    return all(k.given or k.family for k in known)


def _headers(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the people of header lines, each with the lines that go on from it."""
    rows = list(_lines(reading, zone))
    labels = [header_label().match(reading.text[start:end]) for start, end in rows]
    for number, (start, end) in enumerate(rows):
        label = labels[number]
        if label and fold(label["label"]) in listed("mail_person"):
            last = number
            while last + 1 < len(rows) and not labels[last + 1] and _goes_on(reading.text[slice(*rows[last])]):
                last += 1
            yield from _entries(reading, start + label.end(), rows[last][1])
        elif not label:
            line = reading.text[start:end]
            announced = forwarding().search(line)
            offset = announced.end() if announced else 0
            stop = re.search(r"\s+on\s+[\dA-Z]|<", line[offset:])
            yield from _entry(reading, start + offset, start + offset + (stop.start() if stop else len(line) - offset))


def _goes_on(line: str) -> bool:
    """Tell whether a line of recipients goes on in the next one."""
    return bool(re.search(r"[,;][ \t]*$|[^\W\d_][ ]*$", line)) and ("," in line or ";" in line)


def _entries(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Yield every entry of a list of people."""
    text = reading.text[start:end].replace("\n", " ").replace("\r", " ")
    plain = re.sub(r"<[^>]*>|\([^)]*\)|\"", " ", text).split(",")
    indexed = len(plain) == 2 and len(plain[0].split()) == 1 and 0 < len(plain[1].split()) <= 2  # noqa: PLR2004
    pattern = _ENTRY if ";" in text or indexed else _COMMA
    for part in pattern.finditer(text):
        yield from _entry(reading, start + part.start(), start + part.end())


def _entry(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """Yield the name of one entry, without its address, its firm and what stands in brackets."""
    text = re.sub(r"\s", " ", reading.text[start:end])
    start += len(text) - len(text.lstrip(" \"'*<(>?-"))
    text = text.lstrip(" \"'*<(>?-")
    stop = _ADDRESS.search(text)
    text = (text[: stop.start()] if stop else text).rstrip(" \"'*,;:-")
    surname, comma, first = text.partition(",")
    plain = f"{first.strip()} {surname.strip()}" if comma else re.sub(" +", " ", text)
    if _NAME.fullmatch(plain) and _plausible(plain):
        for piece in re.finditer(r"[^\n\r]*[^\s]", reading.text[start : start + len(text)]):
            lead = len(piece.group()) - len(piece.group().lstrip())
            yield _span(start + piece.start() + lead, piece.group().lstrip(), "in a mail header")


def _lines(reading: Reading, zone: Zone) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a zone begin and end."""
    start = zone.start
    while start < zone.end:
        begin, end = reading.line(start)
        yield begin, end
        start = end + 1


def _bracketed(reading: Reading, *, mail: bool) -> Iterator[Span]:
    """Yield the names of a list in brackets of which half are surnames (`Legal (Thayer/Brookman)`)."""
    for match in _BRACKETS.finditer(reading.text):
        items = [
            item
            for item in _items(match["inside"])
            if item[1][:1].isupper() and _NAME.fullmatch(item[1]) and " " not in item[1]
        ]
        known = [entry(name) for _, name in items]
        likely = sum((k.maybe_family or k.maybe_given) and not k.topic and not k.acronym for k in known)
        least = 1 if mail and known and known[0].family else 2
        if len(items) >= least and likely * 2 >= len(items) and not reading.within(match.start(), ("code", "link")):
            for (start, name), k in zip(items, known, strict=True):
                if not k.acronym and not k.frequent and k.folded not in listed("not_who"):
                    yield _span(match.start("inside") + start, name, "in a list of names")


def _items(text: str) -> Iterator[tuple[int, str]]:
    """Yield the items of a list within a line, each with where it begins."""
    start = 0
    for divider in _DIVIDER.finditer(text):
        yield start, text[start : divider.start()]
        start = divider.end()
    yield start, text[start:]


def _signatures(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the name that a letter is signed with: behind the closing words, or the first line below."""
    rows = list(_lines(reading, zone))
    first = reading.text[rows[0][0] : rows[0][1]]
    behind = re.match(rf"[^,\n-]*(?:,|-+)[ \t]*(?P<name>{_NAME.pattern})[ \t.!]*$", first)
    if behind and _signed(behind["name"]):
        yield _span(rows[0][0] + behind.start("name"), behind["name"], "in a signature")
        return
    for start, end in rows[1:]:
        line = reading.text[start:end]
        if line.strip():
            match = _NAME.match(line.lstrip(" \t>-*"))
            if match and _signed(match.group()) and not line.strip()[match.end() :].strip(" ,.!*-_"):
                yield _span(start + line.index(match.group()), match.group(), "in a signature")
            return


def _signed(name: str) -> bool:
    """Tell whether words sign a letter."""
    known = [entry(word) for word in name.split()]
    return len(known) <= 4 and (
        _plausible(name, loose=False) or (len(known) == 1 and known[0].maybe_given and not known[0].frequent)
    )


def _speakers(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the speakers of a talk when names are among them."""
    found = []
    for start, end in _lines(reading, zone):
        place = speaker(reading.text[start:end])
        if place:
            found.append((start + place[0], reading.text[start + place[0] : start + place[1]]))
    names = [
        (start, name)
        for start, name in found
        if _NAME.fullmatch(name) and _plausible(name, loose=False) and not _role(name)
    ]
    listed_names = [name for _, name in names if entry(name.split()[0]).maybe_given]
    if len(listed_names) * 2 >= len(found):
        yield from (_span(start, name, "speaks in a talk") for start, name in names)


def _role(name: str) -> bool:
    """Tell whether a speaker is a part and no person (`Customer`)."""
    folded = [fold(word) for word in name.split()]
    return folded[0] in listed("not_speaker") or folded[-1] in listed("not_speaker") or folded[-1] in listed("who_role")


def _columns(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the cells of columns that a word for names heads."""
    rows = list(_lines(reading, zone))
    head = reading.text[rows[0][0] : rows[0][1]]
    wanted = [n for n, (a, b) in enumerate(cells(head)) if _is_label(re.sub(r"[_\W]+", " ", head[a:b]).strip())]
    for start, end in rows[1:] if wanted else []:
        places = cells(reading.text[start:end])
        for number in wanted:
            if number < len(places):
                name = reading.text[start + places[number][0] : start + places[number][1]]
                if _NAME.fullmatch(name) and _plausible(name):
                    yield _span(start + places[number][0], name, "in a column of names")
