"""Organisations by a legal form, a trade word at their end, or a cue; then their short forms everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bot.languages import everywhere, load
from bot.model import Span
from bot.privacy.detect.scene import listed
from bot.privacy.detect.public import asked_about, is_public
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import fold

_LINKS = frozenset(
    [
        "&",
        "and",
        "und",
        "et",
        "y",
        "e",
        "i",
        "og",
        "och",
        "en",
        "of",
        "de",
        "del",
        "della",
        "di",
        "du",
        "des",
        "la",
        "le",
        "los",
        "las",
        "von",
        "van",
        "der",
        "the",
        "do",
        "da",
        "dos",
    ]
)
_GAPS = frozenset({" ", " & ", "-", "&", ", ", " + "})
_BEFORE_NAME = frozenset({" ", ": ", ' "', " '", " (", ", "})
_AT = frozenset({"from", "at", "of", "bei", "von", "chez", "de", "van", "di", "da", "with"})
_MOST = 6
_LEAST = 4
_AWAY = 40
_CODE = ("code", "log", "link")


def find(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield organisations, and every other place of their names."""
    taken = [(span.start, span.end) for span in found if span.type != "PROJECT"]
    finders = (_by_form, _by_trade, _by_cue, _by_parties, _by_partners, _by_person)
    firms = [
        span
        for finder in finders
        for span in finder(reading, found)
        if not reading.within(span.start, _CODE) and not any(a <= span.start and span.end <= b for a, b in taken)
    ]
    yield from firms
    yield from _spread(reading, firms)


@cache
def _forms() -> re.Pattern[str]:
    """Return the expression for a legal form behind a name."""
    sure = sorted(everywhere("firm_legal"), key=len, reverse=True)
    loose = sorted(everywhere("firm_loose"), key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\.", r"\.?[ ]?") for form in sure)
    capital = "|".join(re.escape(form.capitalize()) for form in loose)
    return re.compile(
        rf"(?<=[\w.)])(?P<gap>(?: (?:and|&|et|und|y|e|og|en|i))?,? |, ?)(?:(?P<sure>(?i:{joined}))|(?P<loose>{capital}))(?![\w-])"
    )


def _by_form(reading: Reading, _: Sequence[Span]) -> Iterator[Span]:
    """Yield names before a legal form (`Brambati S.r.l.`)."""
    for match in _forms().finditer(reading.text):
        form = (match["sure"] or match["loose"]).strip()
        end = match.end() - len(match.group()) + len(match.group().rstrip())
        small = form.islower() and "." not in form.rstrip(".")
        words = _leftward(reading, match.start("gap"), small=small and len(form) > 2)
        if not words or (match["sure"] and len(form) < 3 and not form.isupper()):
            continue
        if (match["loose"] or len(form) < 3) and all(w.known.ordinary for w in words):
            continue
        if all(w.folded in listed("firm_legal") for w in words) or _foreign(reading, words):
            continue
        if not _known(reading, words[0].start, words[-1].end, end):
            yield Span(words[0].start, end, "ORG", "name before a legal form")


def _leftward(reading: Reading, end: int, *, small: bool = False) -> list[Word]:
    """Return the words of a name that ends at a place."""
    words: list[Word] = []
    for index in range(reading.place(end) - 1, -1, -1):
        word = reading.words[index]
        gap = reading.text[word.end : words[0].start if words else end]
        if gap not in ("", *_GAPS) or len(words) >= _MOST or (gap == "" and words):
            break
        linked = bool(words) and word.folded in _LINKS and not word.title
        lower = small and len(words) < 2 and word.folded not in everywhere("stop") and not word.title
        if not (word.title or linked or lower):
            break
        if word.folded in listed("not_who") or (word.opens and word.known.frequent and words):
            break
        words.insert(0, word)
    if small and words and not words[0].title and all(w.known.ordinary for w in words):
        return []
    while words and (not (words[0].title or small) or _leads(words[0], alone=len(words) == 1)):
        words.pop(0)
    return words


def _leads(word: Word, *, alone: bool) -> bool:
    """Tell whether a word stands before a name rather than in it."""
    return (
        word.folded in everywhere("stop")
        or word.folded in listed("who_role")
        or (word.opens and word.known.ordinary and not alone)
    )


def _known(reading: Reading, start: int, end: int, whole: int) -> bool:
    """Tell whether a name, with or without its legal form, is public and nothing ties it to the asker."""
    text = reading.text
    if not any(is_public(text[start:stop].rstrip(". ")) for stop in (end, whole)):
        return False
    return not _tied(reading, start)


def _tied(reading: Reading, start: int) -> bool:
    """Tell whether a cue right before a name makes it the asker's own matter."""
    cues = [*reading.marks.get("cue_firm", ()), *reading.marks.get("cue_firm_own", ())]
    return any(mark.end <= start and reading.text[mark.end : start].strip(" :\"'(,") == "" for mark in cues)


def _by_trade(reading: Reading, _: Sequence[Span]) -> Iterator[Span]:
    """Yield names that end in a trade (`Deerfield Advisors`), in small letters too after a little word."""
    words = reading.words
    for index, word in enumerate(words[1:], 1):
        if word.folded not in listed("firm_trade"):
            continue
        if word.title:
            name = [*_leftward(reading, words[index].start - 1), word] if words[index - 1].title else []
            rare = [w for w in name[:-1] if not w.known.ordinary and not w.known.topic and not w.known.acronym]
            vague = word.folded in listed("firm_vague")
            if (
                len(name) > 1
                and ((rare and not vague) or _named(reading, name))
                and not _foreign(reading, name)
                and not _known(reading, name[0].start, word.end, word.end)
            ):
                yield Span(name[0].start, word.end, "ORG", "name that ends in a trade")
            after = words[index + 1] if index + 1 < len(words) else None
            if (
                after
                and word.folded in _fronts()
                and after.title
                and reading.text[word.end : after.start] == " "
                and _rare([after])
            ):
                yield Span(word.start, after.end, "ORG", "name behind a trade")
        elif index > 1 and _small(reading, words[index - 2], words[index - 1], word):
            yield Span(words[index - 1].start, word.end, "ORG", "name that ends in a trade")


@cache
def _fronts() -> frozenset[str]:
    """Return the trades that stand before a name: those of other languages than English."""
    return listed("firm_trade") - {fold(word) for word in load("en").words("firm_trade")}


def _named(reading: Reading, words: Sequence[Word]) -> bool:
    """Tell whether ordinary words with capitals are a name: a cue before them, or a little word in a sentence."""
    index = reading.place(words[0].start)
    before = reading.words[index - 1] if index else None
    if before is None or _tied(reading, words[0].start):
        return before is not None
    little = before.folded in everywhere("stop") and before.folded not in listed("who_article") and not before.title
    start, end = reading.line(words[0].start)
    others = [w for w in reading.between(start, end) if len(w.text) >= _LEAST and w not in words]
    return little and words[-1].folded not in listed("firm_vague") and sum(w.title for w in others) * 3 <= len(others)


def _foreign(reading: Reading, words: Sequence[Word]) -> bool:
    """Tell whether a name speaks of a public place, or its message of the public world, and no cue ties it."""
    place = any(w.known.topic for w in words)
    return (place or asked_about(reading)) and not _tied(reading, words[0].start)


def _small(reading: Reading, before: Word, name: Word, trade: Word) -> bool:
    """Tell whether a rare word and a trade in small letters are a firm (`with deerfield advisors`)."""
    gaps = reading.text[before.end : name.start], reading.text[name.end : trade.start]
    rare = not name.title and not name.known.ordinary and not name.known.topic and len(name.text) > _LEAST
    return rare and gaps == (" ", " ") and before.folded in ("with", "at", "from", "by", "for", "of")


def _by_cue(reading: Reading, _: Sequence[Span]) -> Iterator[Span]:
    """Yield names that words for firms announce, or that are said to be one."""
    marks = [*reading.marks.get("cue_firm", ()), *reading.marks.get("cue_firm_own", ())]
    for mark in marks:
        own = mark.concept == "cue_firm_own"
        words = _rightward(reading, mark.end)
        words = words or _in_small(reading, mark.end)
        if (
            words
            and (not words[0].title or _rare(words) or (own and _is_firm(reading, words[-1].end)))
            and not (own and not _is_firm(reading, words[-1].end))
        ):
            yield Span(
                words[0].start, words[-1].end, "ORG", f"after '{reading.text[mark.start : mark.end].split()[-1]}'"
            )
    for mark in reading.marks.get("cue_firm_theirs", ()):
        if reading.text[max(0, mark.start - 3) : mark.start] == "'s ":
            words = _leftward(reading, mark.start - 3)
            if words and _rare(words) and not _known(reading, words[0].start, words[-1].end, words[-1].end):
                yield Span(words[0].start, words[-1].end, "ORG", f"before '{reading.text[mark.start : mark.end]}'")


def _rightward(reading: Reading, end: int) -> list[Word]:
    """Return the capitalised words of a name that begins right behind a place."""
    words: list[Word] = []
    for word in reading.words[reading.place(end) :]:
        gap = reading.text[words[-1].end if words else end : word.start]
        linked = bool(words) and word.folded in _LINKS and not word.title
        if gap not in (_GAPS - {", "} if words else _BEFORE_NAME) or len(words) >= _MOST or not (word.title or linked):
            break
        words.append(word)
    while words and not words[-1].title:
        words.pop()
    return words


def _in_small(reading: Reading, end: int) -> list[Word]:
    """Return up to four words in small letters that end in a trade, right behind a place (`for lakeshore dental group`)."""
    start = reading.place(end)
    words = list(reading.words[start : start + 4])
    for count, word in enumerate(words):
        gap = reading.text[words[count - 1].end if count else end : word.start]
        if gap != " " or word.title or word.folded in everywhere("stop"):
            break
        if (
            count
            and word.folded in listed("firm_trade") | listed("firm_loose")
            and not _goes_on(reading, start + count)
        ):
            return words[: count + 1]
    return []


def _goes_on(reading: Reading, index: int) -> bool:
    """Tell whether a further trade follows."""
    if index + 1 >= len(reading.words):
        return False
    following = reading.words[index + 1]
    return reading.text[reading.words[index].end : following.start] == " " and following.folded in listed(
        "firm_trade"
    ) | listed("firm_loose")


def _rare(words: Sequence[Word]) -> bool:
    """Tell whether a run of words can be the name of a firm that is not public."""
    if any(
        w.folded in listed("not_who") or w.folded in listed("who_title") or w.folded in listed("who_role")
        for w in words
    ):
        return False
    name = " ".join(w.text for w in words)
    if len(name) < _LEAST - 1:
        return False
    rare = [w for w in words if not w.known.ordinary and not w.known.topic and w.folded not in everywhere("stop")]
    return bool(rare) and not is_public(name) and not (len(words) == 1 and rare[0].known.given)


def _is_firm(reading: Reading, end: int) -> bool:
    """Tell whether `, a ... company` follows a name."""
    said = reading.text[end : end + 2 * _AWAY]
    match = re.match(r",? (?:is )?(?:an?|eine?|une?|una?) ([^.;\n]*)", said)
    return bool(match) and any(fold(w) in listed("firm_after") for w in re.findall(r"[^\W\d_]+", match[1])[:_MOST])  # type: ignore[index]


def _by_parties(reading: Reading, _: Sequence[Span]) -> Iterator[Span]:
    """Yield the parties of a contract (`agreement is made between X, a band, and Y`)."""
    for mark in reading.marks.get("cue_firm_party", ()):
        start = reading.line(mark.start)[0]
        before = fold(reading.text[start : mark.start])
        if not re.search(r"\b(?:agreement|contract|vertrag|contrat|contrato|made|entered|nda)\b", before):
            continue
        first = _rightward(reading, mark.end)
        if first:
            yield Span(first[0].start, first[-1].end, "ORG", "party of a contract")
        end = reading.line(mark.end)[1]
        for match in re.finditer(r"[,)] (?:and|und|et|y) ", reading.text[mark.end : end][: 6 * _AWAY]):
            other = _rightward(reading, mark.end + match.end() - 1)
            if other and first:
                yield Span(other[0].start, other[-1].end, "ORG", "party of a contract")
                break


def _by_partners(reading: Reading, _: Sequence[Span]) -> Iterator[Span]:
    """Yield surnames joined as firms join them (`Hagedorn & Voss`, `Castell, Voss and Iyer`)."""
    words, start = reading.words, 0
    while start + 1 < len(words):
        last, signs = start, ""
        while last + 1 < len(words) and (sign := _joint(reading, last)):
            signs += sign
            last += 1 + (sign == "+")
        run = [w for w in words[start : last + 1] if w.title]
        if (
            (signs == "&" or re.fullmatch(r",+[&+]", signs))
            and _partners(run)
            and not is_public(reading.text[run[0].start : run[-1].end])
        ):
            yield Span(run[0].start, run[-1].end, "ORG", "surnames joined as firms join them")
        start = max(last, start + 1)


def _joint(reading: Reading, index: int) -> str:
    """Return how a word is joined to the next one: `,`, `&`, or `+` for a word such as `and` between."""
    words, text = reading.words, reading.text
    gap = text[words[index].end : words[index + 1].start]
    if gap in (" & ", "&", ", & "):
        return "&"
    if gap == ", " and words[index + 1].title:
        return ","
    joined = gap in (" ", ", ") and words[index + 1].folded in ("and", "und", "et", "y", "e", "og", "en", "i")
    return (
        "+" if joined and index + 2 < len(words) and text[words[index + 1].end : words[index + 2].start] == " " else ""
    )


def _partners(words: Sequence[Word]) -> bool:
    """Tell whether words are surnames, as far as the lists know."""
    sound = all(w.title and not w.known.acronym and not w.known.topic for w in words)
    named = [w for w in words if w.known.maybe_family and not w.known.ordinary and not w.known.given]
    return (
        sound
        and len(named) * 2 >= len(words) > 1
        and not any(w.known.frequent or w.folded in listed("not_who") for w in words)
    )


def _by_person(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield the firm that a person is said to be from (`Anna Schmidt of Kestrel Foods`)."""
    for span in found:
        if span.type != "PERSON" or asked_about(reading):
            continue
        index = reading.place(span.end)
        if index < len(reading.words) and reading.words[index].folded in _AT:
            between = reading.text[span.end : reading.words[index].start]
            words = _rightward(reading, reading.words[index].end) if between in (" ", ", ") else []
            words = words or _in_small(reading, reading.words[index].end)
            if words and (not words[0].title or (_rare(words) and not any(w.known.topic for w in words))):
                yield Span(words[0].start, words[-1].end, "ORG", f"after a person and '{reading.words[index].text}'")


def _spread(reading: Reading, firms: Iterable[Span]) -> Iterator[Span]:
    """Yield other places of a firm's first word, or of its whole short name where that word is an ordinary one."""
    short: set[tuple[str, ...]] = set()
    for span in firms:
        names = [word for word in reading.between(span.start, span.end) if word.folded not in _LINKS]
        if names and not names[0].known.ordinary and not names[0].known.maybe_given and len(names[0].text) >= _LEAST:
            short.add((names[0].folded,))
        elif len(names) > 1:
            short.add((names[0].folded, names[1].folded))
        elif names and not names[0].known.frequent:
            short.add((names[0].text,))
    words = reading.words
    for index, word in enumerate(words if short else ()):
        pair = (word.folded, words[index + 1].folded) if index + 1 < len(words) else ()
        if (word.folded,) in short or (word.text,) in short:
            yield Span(word.start, word.end, "ORG", "short form of a name that stands elsewhere")
        elif pair in short:
            yield Span(word.start, words[index + 1].end, "ORG", "short form of a name that stands elsewhere")
