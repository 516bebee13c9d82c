"""All finders in one: the text read once, every finder asked, the finds merged; one that fails stops everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.errors import DetectorFailed
from bot.model.plan import Span
from bot.privacy.detect import elsewhere, engine, orgs, people, rows, zones
from bot.privacy.detect.overlaps import resolve
from bot.privacy.detect.reading import Reading, read
from bot.privacy.detect.terms import Terms
from bot.privacy.detect.words import entry

Finder = Callable[[Reading, Sequence[Span]], Iterable[Span]]
Recogniser = Callable[[str], Sequence[Span]]

_SENTENCE_OF = "The detector of {} did not work, so nothing was sent. Tell your admin, or ask again."


class Detectors:
    """Everything that finds what must be hidden, built once and asked for every text.

    `ner` is the recogniser of names (None to do without); `people` returns the names and handles of the
    workspace's members as they are known now; `rules` are others than the rows of this package.
    """

    def __init__(
        self,
        ner: Recogniser | None,
        terms: Terms,
        people: Callable[[], Sequence[str]],
        rules: Sequence[rows.Rule] = (),
    ) -> None:
        self._ner = ner
        self._terms = terms
        self._people = people
        self._known: tuple[tuple[str, ...], Terms] = ((), Terms())
        self._rules = rules or rows.load()
        zones.looks()

    def detect(self, text: str) -> tuple[Span, ...]:
        """Return the spans to hide, sorted, none overlapping another, each with its evidence.

        Raises:
            DetectorFailed: a finder raised; nothing may be sent.
        """
        reading = read(text)
        found: list[Span] = []
        for name, finder in self._finders():
            try:
                found += finder(reading, tuple(found))
            except DetectorFailed:
                raise
            except Exception:  # noqa: BLE001 - whatever it is, nothing may be sent
                raise DetectorFailed(_SENTENCE_OF.format(name)) from None
        return resolve(span for span in reading.back(found) if text[span.start : span.end].strip())

    def _finders(self) -> Iterator[tuple[str, Finder]]:
        """Yield the finders in order, each with the plural that names it in a sentence."""
        yield "rules", lambda reading, _: engine.find(reading, self._rules)
        yield "terms", lambda reading, _: self._terms.find(reading.text)
        yield "members", lambda reading, _: self._members().find(reading.text)
        yield "names", self._names
        yield "organisations", orgs.find
        yield "further places", elsewhere.find
        yield "rules beside names", lambda reading, found: engine.find(reading, self._rules, found)

    def _names(self, reading: Reading, found: Sequence[Span]) -> Iterable[Span]:
        """Yield people, with what the recogniser says as one sign among others."""
        return people.find(reading, found, self._ner(reading.text) if self._ner else ())

    def _members(self) -> Terms:
        """Return the index of the workspace's people, built anew when the list has changed."""
        members = tuple(self._people())
        known, index = self._known
        if members != known:
            index = Terms.of(_forms(members), "PERSON")
            self._known = (members, index)
        return index


def _forms(members: Iterable[str]) -> Iterator[str]:
    """Yield how members are written: the whole name or handle, and each part that is no ordinary word."""
    for name in members:
        parts = name.replace(",", " ").split()
        if len(parts) > 1 or not parts or not entry(parts[0]).common:
            yield name.strip().lstrip("@")
        if len(parts) > 1:
            yield from (part for part in parts if len(part) > 2 and not entry(part).common)  # noqa: PLR2004
