"""People whose place tells them: in mail headers, salutations, signatures, talks, columns and fields for names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.languages import anywhere, everywhere
from bot.model import Span
from bot.privacy.detect.public import is_public
from bot.privacy.detect.reading import Reading
from bot.privacy.detect.words import Entry, entry, fold, listed
from bot.privacy.detect.zones import Zone, cells, forwarding, header_label, speaker

_WORD = r"[^\W\d_](?:[^\W\d_]|['.-](?=[^\W\d_]))*\.?"
_UP_TO_3, _UP_TO_5 = rf"{_WORD}(?: {_WORD}){{0,2}}", rf"{_WORD}(?: {{1,2}}{_WORD}){{0,4}}"
_NAME = re.compile(_UP_TO_5)
_ADDRESS = re.compile(r"[/@<(\[]|\s+on\s+\d|[ ]{2,}\S|\t")
_DATE_OR_ADDRESS = re.compile(r"\s+on\s+[\dA-Z]|<")
_BESIDE = re.compile(r"<[^>]*>|\([^)]*\)|\"")
_WRAPPED = re.compile(r"[,;][ \t]*$|[^\W\d_][ ]*$")
_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]\n\d]{3,100})[)\]]")
_DIVIDER = re.compile(r"[ ]*(?:[,;/&]|(?<![^\W\d_])(?:and|or|und|et|y|later|then)(?![^\W\d_]))[ ]*")
_SALUTED = re.compile(rf"[ \t>]*(?P<name>{_UP_TO_3})[ \t]?(?:[,:!]|--?(?!\w)|\u2013)(?P<rest>.*)")
_GREETED = re.compile(rf"[ \t>]*(?P<hail>{_UP_TO_3}),? +(?P<name>{_UP_TO_3})[ \t]?(?:[,:!.]|--?(?!\w)|$)")
_FIELD = re.compile(
    rf"[ \t>*|-]*(?P<label>{_UP_TO_3})[*\"']{{0,2}} ?[:=] ?[*\"']{{0,2}}(?P<name>{_UP_TO_5})[*\"',;.]{{0,3}}[ \t]*"
    r"(?:$|[|(<;,])"
)
_KEYED = re.compile(rf"(?P<key>[A-Za-z_ ]{{4,24}})[\"'`]?[ ]?[:=][ ]?[\"'](?P<name>{_UP_TO_3})[\"']")
_ASSIGNED = re.compile(r"[:=][ ]?[\"']")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_INDEXED = re.compile(
    r"(?:[:;(>] ?|\A|(?<= )(?=[^\W\d_a-z]{2,}, [^\W\d_a-z]{2,}\b))"
    rf"(?P<name>(?P<last>{_WORD}), (?P<first>{_WORD}))(?=[ ]|$)"
)
_LAST = re.compile(
    rf"(?:[.!?,] *(?P<words>[^\n.!?-]{{2,24}}?)[,!.]? |[ ][-\u2013] ?)(?P<name>{_WORD}(?: {_WORD})?)[.! ]*\Z"
)
_WROTE = re.compile(
    rf"(?:, |\d[\s,]+(?:[AP]M,? )?)(?P<name>{_UP_TO_5})(?:,? ?(?:via|<|\[|\()[^\n]{{0,80}})? (?P<verb>\w+) ?:"
)
_MOST_WORDS, _TAIL, _LONGEST_LINE = 5, 80, 400


def people(reading: Reading) -> Iterator[Span]:
    """Yield the people that the layout of the text gives away."""
    finders = {"header": _headers, "signature": _signatures, "chat": _speakers, "table": _columns}
    for zone in reading.zones:
        if zone.kind in finders:
            yield from finders[zone.kind](reading, zone)
    mail = any(zone.kind in ("header", "signature") for zone in reading.zones)
    yield from _bracketed(reading, mail=mail)
    yield from _last(reading)
    for match in _KEYED.finditer(reading.text if _ASSIGNED.search(reading.text) else ""):
        key = " ".join(_CAMEL.sub(" ", match["key"]).split()[-2:]).casefold()
        if key.split() and {key, key.split()[-1]} & everywhere("who_key") and _likely(match["name"]):
            yield _span(match.start("name"), match["name"], f"after '{key}:'")
    for start, end in reading.lines:
        if start < end < start + _LONGEST_LINE and not reading.within(start, ("header", "code", "log", "link")):
            yield from _line(reading, start, end, mail=mail)


def _span(start: int, name: str, why: str) -> Span:
    return Span(start, start + len(name.rstrip()), "PERSON", why)


def _line(reading: Reading, start: int, end: int, *, mail: bool) -> Iterator[Span]:
    """Yield the name that a line greets, holds alone, has behind a label, or that wrote what follows."""
    line = reading.text[start:end]
    if (match := _FIELD.match(line)) and _is_label(match["label"]) and _fills(reading, start, match):
        yield _span(start + match.start("name"), match["name"], f"after '{match['label']}:'")
    elif match := _saluted(reading, start, line, mail=mail):
        yield _span(start + match.start("name"), match["name"], "in a salutation")
    elif mail and _NAME.fullmatch(name := line.strip()) and _alone(reading, start, name):
        yield _span(start + line.index(name), name, "alone in a line of a mail")
    if (match := _INDEXED.search(line)) and _indexed(entry(match["last"]), entry(match["first"])):
        yield _span(start + match.start("name"), match["name"], "surname and first name")
    if (match := _WROTE.search(line)) and match["verb"] in everywhere("mail_wrote"):
        yield _span(start + match.start("name"), match["name"], "who wrote a mail")


def _saluted(reading: Reading, start: int, line: str, *, mail: bool) -> re.Match[str] | None:
    """Return where a line names whom it is written to."""
    greeted = _GREETED.match(line)
    if greeted and _greets(greeted["hail"], greeted["name"]):
        return greeted
    saluted = _SALUTED.match(line) if not reading.within(start, ("table",)) else None
    return saluted if saluted and _salutes(saluted, mail=mail) else None


def _indexed(last: Entry, first: Entry) -> bool:
    """Tell whether a surname and a first name stand as in an index (`Smith, John`)."""
    return last.maybe_family and not last.given and not last.frequent and not last.topic and first.given


def _fills(reading: Reading, start: int, match: re.Match[str]) -> bool:
    """Tell whether what stands behind a label is a name and no line of a talk."""
    spoken = reading.within(start, ("chat",)) and fold(match["label"]) in listed("not_speaker")
    return not spoken and _likely(match["name"])


def _is_label(label: str) -> bool:
    """Tell whether a label is one before a name."""
    return " ".join(fold(label).split()) in listed("who_label")


def _greets(hail: str, name: str) -> bool:
    """Tell whether words open a letter to somebody."""
    known = entry(name.split(maxsplit=1)[0])
    last = fold(hail.rsplit(maxsplit=1)[-1])
    opens = fold(hail.split(maxsplit=1)[0]) in _hails() and last not in listed("not_who") - _hails()
    return opens and not known.acronym and _likely(name)


@cache
def _hails() -> frozenset[str]:
    """Return the first words of greetings."""
    return frozenset(fold(re.split(r"[ (|]", item.lstrip("("))[0]) for item in everywhere("cue_who_greeting"))


def _salutes(match: re.Match[str], *, mail: bool) -> bool:
    """Tell whether a line begins with the name of whom it is written to."""
    known = _entries_of(match["name"])
    if not _plausible(match["name"]) or known[0].acronym:
        return False
    if not match["rest"].strip() and all(k.maybe_given for k in known):
        return True
    if not _likely(match["name"]):
        return False
    if not match["rest"].strip():
        return all(k.maybe_given or k.maybe_family for k in known) or mail
    sure = known[0].given and match.string[match.end("name") :].lstrip()[:1] in ":-"
    also = not known[0].frequent or known[0].folded in listed("who_also")
    return len(known) == 1 and (sure or (mail and known[0].maybe_given and also))


def _alone(reading: Reading, start: int, name: str) -> bool:
    """Tell whether a line of its own in a mail is a name."""
    known = _entries_of(name)
    apart = not reading.text[max(0, start - 3) : start].strip() or start <= reading.lines[0][1] + 1
    named = sum(k.maybe_given or k.maybe_family for k in known)
    return apart and len(known) < _MOST_WORDS and named * 2 >= len(known) and _likely(name)


def _last(reading: Reading) -> Iterator[Span]:
    """Yield the name that ends a message behind a dash or closing words in the same line."""
    text = reading.text.rstrip()
    start = max(text.rfind("\n") + 1, len(text) - _TAIL)
    match = _LAST.search(text, start)
    if match and _signed(match["name"]) and not reading.within(start, ("code", "log", "table")):
        closed = match["words"] and anywhere("who_closing").fullmatch(match["words"].strip())
        named = all(k.maybe_given or k.maybe_family for k in _entries_of(match["name"]))
        if closed or (not match["words"] and named):
            yield _span(match.start("name"), match["name"], "in a signature")


def _entries_of(name: str) -> list[Entry]:
    """Return what the lists know of the words of a name."""
    return [entry(word) for word in name.split()]


def _plausible(name: str) -> bool:
    """Tell whether words can be a name: capitals or names by the lists, no word of the list of what is no name."""
    parts, known = name.split(), _entries_of(name)
    if len(parts) > _MOST_WORDS or any(k.folded in listed("not_who") for k in known):
        return False
    capital = all(part[0].isupper() or k.folded in listed("who_particle") for part, k in zip(parts, known, strict=True))
    return capital or all(k.given or k.family for k in known)


def _likely(name: str) -> bool:
    """Tell whether words can be a name and are not all words of a language."""
    known = _entries_of(name)
    ordinary = all(k.ordinary and not k.maybe_given for k in known)
    frequent = known[0].frequent and known[0].folded not in listed("who_also")
    return _plausible(name) and not ordinary and not frequent


def _group(name: str) -> bool:
    """Tell whether a recipient is no person but a list of them ("ISO Market Participants")."""
    known = _entries_of(name)
    return len(known) > 1 and all(k.acronym or (k.ordinary and not (k.maybe_given or k.maybe_family)) for k in known)


def _signed(name: str) -> bool:
    """Tell whether words sign a letter."""
    known = _entries_of(name)
    return len(known) < _MOST_WORDS and (
        _likely(name) or (len(known) == 1 and known[0].maybe_given and not known[0].frequent)
    )


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
    if _NAME.fullmatch(plain) and _plausible(plain) and not _group(plain):
        for piece in re.finditer(r"[^\s][^\n\r]*[^\s]|\S", reading.text[start : start + len(text)]):
            yield _span(start + piece.start(), piece.group(), "in a mail header")


def _bracketed(reading: Reading, *, mail: bool) -> Iterator[Span]:
    """Yield the names of lists in brackets (`Legal (Thayer/Brookman)`), a third of them known."""
    found: list[tuple[int, str, Entry]] = []
    for match in _BRACKETS.finditer(reading.text):
        items = [(match.start("inside") + start, name, entry(name)) for start, name in _items(match["inside"])]
        items = [item for item in items if item[1][:1].isupper() and item[1].isalpha() and len(item[1]) > 1]
        if not any(map(_strange, items)) and not reading.within(match.start(), ("code", "link")):
            found += items
    sure = sum(known.maybe_family for _, _, known in found)
    if len(found) >= (1 if mail else 2) and sure * 3 >= len(found):
        yield from (_span(start, name, "in a list of names") for start, name, known in found if not known.frequent)


def _strange(item: tuple[int, str, Entry]) -> bool:
    """Tell whether an item of a list is no surname: an acronym, a weekday, a product, a place."""
    _, name, known = item
    outside = known.acronym or known.topic or known.folded in listed("not_who")
    return outside or (not known.maybe_family and is_public(name, ("firm", "tech", "place")))


def _items(text: str) -> Iterator[tuple[int, str]]:
    """Yield the items of a list within a line, each with where it begins."""
    start = 0
    for divider in _DIVIDER.finditer(text):
        yield start, text[start : divider.start()]
        start = divider.end()
    yield start, text[start:]


def _signatures(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the name that a letter is signed with: behind the closing words, or the first line below."""
    (start, end), *below = _lines(reading, zone)
    behind = re.compile(rf"(?:[^,\n-]*(?:,|-+)|\w+ )[ \t]*(?P<name>{_UP_TO_5})[ \t.!]*$").match(reading.text[start:end])
    if behind and _signed(behind["name"]):
        yield _span(start + behind.start("name"), behind["name"], "in a signature")
        return
    filled = next(((a, b) for a, b in below if reading.text[a:b].strip()), None)
    if filled:
        line = reading.text[slice(*filled)]
        name = line.strip(" \t\r>-*,.!_")
        if _NAME.fullmatch(name) and _signed(name):
            yield _span(filled[0] + line.index(name), name, "in a signature")


def _speakers(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the speakers of a talk when names are among them."""
    places = [(start, speaker(reading.text[start:end])) for start, end in _lines(reading, zone)]
    spoken = [(start + place[0], reading.text[start + place[0] : start + place[1]]) for start, place in places if place]
    names = [(start, name) for start, name in spoken if _NAME.fullmatch(name) and _likely(name) and not _part(name)]
    if sum(entry(name.split(maxsplit=1)[0]).maybe_given for _, name in names) * 2 >= len(spoken):
        yield from (_span(start, name, "speaks in a talk") for start, name in names)


def _part(name: str) -> bool:
    """Tell whether a speaker is a part and no person (`Customer`)."""
    first, last = fold(name.split(maxsplit=1)[0]), fold(name.rsplit(maxsplit=1)[-1])
    return bool({first, last} & listed("not_speaker")) or last in listed("who_role")


def _columns(reading: Reading, zone: Zone) -> Iterator[Span]:
    """Yield the cells of columns that a word for names heads."""
    rows = list(_lines(reading, zone))
    head = reading.text[slice(*rows[0])]
    labels = [" ".join(fold(re.sub(r"[_\W]+", " ", head[a:b])).split()) for a, b in cells(head)]
    things = not listed("column_of_things").isdisjoint(labels)
    wanted = [n for n, label in enumerate(labels) if _is_label(label) and not (things and label == "name")]
    for start, end in rows[1:] if wanted else ():
        line, places = reading.text[start:end], cells(reading.text[start:end])
        for first, last in (places[number] for number in wanted if number < len(places)):
            if _NAME.fullmatch(line[first:last]) and _plausible(line[first:last]):
                yield _span(start + first, line[first:last], "in a column of names")
