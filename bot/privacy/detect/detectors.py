"""All detectors in one: the text read once, every rule asked, the finds merged; a rule that fails stops everything."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from bot.errors import DetectorFailed
from bot.model import Span
from bot.privacy.detect import (
    addresses,
    contacts,
    dates,
    fields,
    firms,
    identifiers,
    known,
    logins,
    medical,
    name_cues,
    names,
    numbers,
    org_cues,
    orgs,
    passwords,
    pins,
    places,
    projects,
    quoted,
    respelled,
    secrets,
    signoffs,
)
from bot.privacy.detect.lexicon import Word, between, tokenise
from bot.privacy.detect.overlaps import resolve
from bot.privacy.detect.terms import Terms
from bot.privacy.detect.text import Reading, read, unwrapped
from bot.privacy.detect.words import word_set

Rule = Callable[[str], Iterable[Span]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("e-mail addresses", contacts.emails),
    ("telephone numbers", contacts.phones),
    ("user names", contacts.usernames),
    ("logins", logins.logins),
    ("mentions", contacts.mentions),
    ("links", contacts.links),
    ("cards", numbers.cards),
    ("IBANs", numbers.ibans),
    ("network addresses", numbers.addresses),
    ("national numbers", identifiers.national),
    ("account numbers", identifiers.accounts),
    ("keys", secrets.keys),
    ("tokens", secrets.tokens),
    ("connection strings", secrets.connections),
    ("passwords", passwords.passwords),
    ("PINs and pass phrases", pins.pins),
    ("fields", fields.fields),
    ("birth dates", dates.birth_dates),
    ("addresses", addresses.addresses),
    ("projects", projects.projects),
)
"""The rules that need nothing but the text, each with the plural that names it in a sentence."""

_EXACT: tuple[Rule, ...] = (contacts.emails, secrets.keys, secrets.tokens, identifiers.national, contacts.phones)
"""The rules that are also asked about the text with its broken words joined."""

_PERSONAL = frozenset(
    {"EMAIL", "PHONE", "CREDIT_CARD", "IBAN", "NATIONAL_ID", "BIRTH_DATE", "ADDRESS", "ACCOUNT", "ORDER", "PASSWORD"}
)
"""What stands beside people who are no topic."""

_SURE = frozenset({"EMAIL", "PHONE", "CREDIT_CARD", "IBAN", "NATIONAL_ID", "API_KEY", "JWT"})
_OPAQUE = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]+`|\b(?:https?|ftp|file|wss?)://[^\s<>|\"')]+|<!?(?:here|channel|everyone)>|"
    r"(?<![\w./-])[\w.-]{0,80}/[\w.-]{1,80}/[\w./-]*|(?<![\w-])[\w-]{1,80}\.(?:py|js|ts|java|go|rs|rb|md|txt|csv|"
    r"json|ya?ml|html?|css|sql|sh|xml|log|conf|cfg|ini|toml|docx?|xlsx?|pptx?|pdf|png|jpe?g)\b",
    re.DOTALL,
)
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_ENDINGS = word_set("detectors.endings")
_SENTENCE_OF = "The detector of {} did not work, so nothing was sent. Tell your admin, or ask again."


class Detectors:
    """Everything that finds what must be hidden, built once and asked for every text.

    `ner` is the recogniser of names (None to do without); `people` returns the names and handles of the
    workspace's members as they are known now.
    """

    def __init__(
        self, ner: Callable[[str], Sequence[Span]] | None, terms: Terms, people: Callable[[], Sequence[str]]
    ) -> None:
        self._ner = ner
        self._terms = terms
        self._people = people
        self._known: tuple[tuple[str, ...], Terms] = ((), Terms())

    def detect(self, text: str) -> tuple[Span, ...]:
        """Return the spans to hide, sorted, none overlapping another.

        Raises:
            DetectorFailed: a detector raised; nothing may be sent.
        """
        reading = read(text)
        found: list[Span] = []
        for name, rule in RULES:
            found += _guarded(name, partial(rule, reading.text))
        found += _guarded("terms", lambda: self._terms.find(reading.text))
        found += _guarded("members", lambda: self._members().find(reading.text))
        found += _guarded("names", lambda: self._names(reading.text, tuple(found)))
        found += _guarded("repeated values", lambda: _again(reading.text, tuple(found)))
        spans = reading.back(found)
        spans += _guarded("broken words", lambda: _broken(reading, found))
        return resolve(span for span in spans if text[span.start : span.end].strip())

    def _members(self) -> Terms:
        """Return the index of the workspace's people, built anew when the list has changed."""
        people = tuple(self._people())
        known, index = self._known
        if people != known:
            index = Terms.of(_forms(people), "PERSON")
            self._known = (people, index)
        return index

    def _names(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Yield people, organisations, places and health outside of what the other rules have found."""
        hidden = _obscured(text, found)
        tokens = tokenise(hidden)
        entities = self._ner(hidden) if self._ner else ()
        people = list(_people(hidden, tokens, entities))
        people += known.known_people(hidden, tokens, private=any(span.type in _PERSONAL for span in found))
        owned = {token.start for span in people for token in between(tokens, span.start, span.end)}
        yield from people
        yield from (span for span in entities if span.type in _SURE)
        yield from _in_code(text)
        yield from names.spread(text, tokens, [*found, *people])
        yield from orgs.organisations(hidden, tokens, owned)
        yield from org_cues.by_cues(hidden, tokens, owned)
        yield from org_cues.by_recogniser(hidden, tokens, entities, owned)
        yield from firms.firms(hidden, tokens, people, owned)
        yield from places.places(hidden, tokens)
        yield from medical.medical(hidden, people=bool(owned))


def _again(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Yield where a found value stands again outside of what is hidden already."""
    hidden = resolve(found)
    starts = [span.start for span in hidden]
    for span in (*respelled.numbers(text, hidden), *respelled.people(text, hidden)):
        place = bisect_right(starts, span.start) - 1
        if place < 0 or hidden[place].end < span.end:
            yield span


def _people(text: str, tokens: Sequence[Word], entities: Sequence[Span]) -> Iterator[Span]:
    """Yield people by lists, cues, the recogniser, scripts and signatures."""
    yield from names.by_lists(text, tokens)
    yield from name_cues.by_cues(text, tokens)
    yield from names.by_recogniser(text, tokens, entities)
    yield from name_cues.other_scripts(text)
    yield from signoffs.signoffs(text)
    yield from quoted.quoted(text, tokens)


def _guarded(name: str, rule: Callable[[], Iterable[Span]]) -> list[Span]:
    """Return what the rule finds; turn any failure into the error that stops the question."""
    try:
        return list(rule())
    except DetectorFailed:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, nothing may be sent
        raise DetectorFailed(_SENTENCE_OF.format(name)) from None


def _obscured(text: str, found: Iterable[Span]) -> str:
    """Return the text with what is hidden already, code, links and paths replaced by noughts of the same length."""
    areas = [(span.start, span.end) for span in found if span.type != "PROJECT"]
    areas += [match.span() for match in _OPAQUE.finditer(text)]
    chars = list(text)
    for start, end in areas:
        chars[start:end] = "0" * (end - start)
    return "".join(chars)


def _in_code(text: str) -> Iterator[Span]:
    """Yield full names inside code and logs, where a single word is more likely an identifier."""
    for match in _CODE.finditer(text):
        inside = match.group()
        for span in names.by_lists(inside, tokenise(inside)):
            if " " in inside[span.start : span.end]:
                yield Span(match.start() + span.start, match.start() + span.end, span.type)


def _forms(people: Iterable[str]) -> Iterator[str]:
    """Yield how members are written: the whole name or handle, and each part that is no ordinary word."""
    for name in people:
        parts = tokenise(name)
        if len(parts) > 1 or not parts or not parts[0].common:
            yield name.strip().lstrip("@")
        if " " in name.strip():
            yield from (part.text for part in parts if len(part.text) > 2 and not part.common)


def _broken(reading: Reading, found: Sequence[Span]) -> Iterator[Span]:
    """Yield identifiers that a line break has cut in two, in the original's offsets."""
    joined = unwrapped(reading)
    if joined is None:
        return
    whole, seams = joined
    known = {(span.start, span.end, span.type) for span in reading.back(found)}
    for rule in _EXACT:
        for span in rule(whole.text):
            cut = next((seam for seam in seams if span.start < seam < span.end), None)
            if span.type in _SURE and cut is not None:
                head = Span(whole.starts[span.start], whole.ends[cut - 1], span.type)
                tail = Span(whole.starts[cut], whole.ends[span.end - 1], span.type)
                complete = (head.start, head.end, head.type) in known, (tail.start, tail.end, tail.type) in known
                if _continues(whole.text[span.start : cut], whole.text[cut : span.end], span.type, complete):
                    yield Span(head.start, tail.end, span.type)


def _continues(head: str, tail: str, kind: str, complete: tuple[bool, bool]) -> bool:
    """Tell whether two lines are one identifier, although one of them may be one by itself."""
    if kind == "EMAIL" and complete[0]:
        return head.rpartition(".")[2].casefold() not in _ENDINGS and bool(
            re.fullmatch(r"[a-z0-9-]*\.[a-z.]{2,}", tail)
        )
    if kind == "EMAIL" and complete[1]:
        return bool(re.search(r"[._+\d-]", head))
    if complete[1]:
        return kind == "PHONE" and bool(re.fullmatch(r"[+(]?[\d ().-]+", head))
    if complete[0]:
        return (
            kind in ("API_KEY", "JWT") and any(map(str.isdigit, tail)) and any(map(str.isalpha, tail)) and len(tail) > 3
        )
    return True
