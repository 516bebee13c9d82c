"""Where names of organisations may begin and end in a text, by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from bot.languages import everywhere
from bot.model.plan import Span
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.words import fold, listed

_FAR, _SOON = 240, 3
_OPENINGS = re.compile(r"[ ]|: |[ ,:]?[ ]?[\"'(]|, ")
_FORM_LED = re.compile(r"(?<=[\w.)])(?:(?: (?:and|und|et|y|e|og|en|i|&))?,? |, ?)\Z")
_CONTRACT = re.compile(r"\b(?:agreement|contract|vertrag|contrat|contrato|made|entered|nda)\b")
_OTHER_PARTY = re.compile(r"[,)] (?:and|und|et|y)(?= )")


@cache
def _forms() -> re.Pattern[str]:
    """Return the expression for a legal form, where it begins."""
    sure = sorted(everywhere("firm_legal"), key=len, reverse=True)
    joined = "|".join(re.escape(form).replace(r"\.", r"\.?[ ]?") for form in sure)
    loose = "|".join(re.escape(form.capitalize()) for form in sorted(everywhere("firm_loose"), key=len, reverse=True))
    further = rf"(?:[ ](?:& )?(?:(?i:{joined})|{loose})(?![\w-])){{0,3}}"
    return re.compile(rf"(?:(?P<sure>(?i:{joined}))|(?P<loose>{loose}))(?![\w-]){further}")


@cache
def _form_words() -> frozenset[str]:
    """Return the first words of legal forms."""
    forms = everywhere("firm_legal") | everywhere("firm_loose")
    return frozenset(re.split(r"[\W_]", fold(form))[0] for form in forms)


class Form(NamedTuple):
    """A legal form: where the name before it ends, where it ends, and whether it is nothing else."""

    gap: int
    end: int
    sure: bool


@dataclass(frozen=True)
class Places:
    """The places of one text; `found` is what is found in it already."""

    reading: Reading
    found: Sequence[Span]

    @cached_property
    def cued(self) -> frozenset[int]:
        """Where a name may begin that a cue announces."""
        return frozenset(self._behind("cue_firm"))

    @cached_property
    def own(self) -> frozenset[int]:
        """Where a name may begin behind words such as `we are`, which announce other things as well."""
        return frozenset(self._behind("cue_firm_own"))

    @cached_property
    def parties(self) -> frozenset[int]:
        """Where the parties of a contract are named (`agreement is made between X, a band, and Y`)."""
        text, begins = self.reading.text, list[int]()
        for mark in self.reading.marks.get("cue_firm_party", ()):
            start, end = self.reading.line(mark.start)
            if _CONTRACT.search(fold(text[max(start, mark.start - _FAR) : mark.start])):
                others = _OTHER_PARTY.finditer(text, mark.end, min(end, mark.end + _FAR))
                begins += [mark.end + 1, *(other.end() + 1 for other in others)]
        return frozenset(begins)

    @cached_property
    def employers(self) -> frozenset[int]:
        """Where a name may begin that a person is said to be from (`Anna Schmidt of Kestrel Foods`)."""
        people = (span.end for span in self.found if span.type == "PERSON")
        return frozenset(
            word.end + 1
            for end in people
            for word in self.reading.between(end, end + _SOON)[:1]
            if word.folded in listed("firm_at")
        )

    @cached_property
    def theirs(self) -> frozenset[int]:
        """Where a name may end that has what firms have (`Kestrel's board`)."""
        marks = self.reading.marks.get("cue_firm_theirs", ())
        return frozenset(
            mark.start - 3 for mark in marks if self.reading.text.startswith("'s ", max(0, mark.start - 3))
        )

    @cached_property
    def forms(self) -> Mapping[int, Form]:
        """Where a name may end that has a legal form (`Brambati S.r.l.`), with the form."""
        led = (word for word in self.reading.words if word.folded.rstrip(".") in _form_words())
        return {form.gap: form for word in led for form in _form(self.reading.text, word)}

    @cached_property
    def tied(self) -> frozenset[int]:
        """Where a name may begin that is somebody's own matter by what stands before it."""
        return self.parties.union(self.cued, self.employers)

    @cached_property
    def begins(self) -> frozenset[int]:
        """Where a name may begin by what stands before it."""
        return self.tied.union(self.own)

    @cached_property
    def ends(self) -> frozenset[int]:
        """Where a name may end by what stands behind it."""
        return frozenset((*self.forms, *self.theirs))

    def _behind(self, concept: str) -> Iterator[int]:
        """Yield where names may begin behind the cues of a concept; a dot ends a cue that is abbreviated."""
        text = self.reading.text
        for mark in self.reading.marks.get(concept, ()):
            gap = _OPENINGS.match(text, mark.end + text.startswith(".", mark.end))
            if gap:
                yield gap.end()


def _form(text: str, word: Word) -> Iterator[Form]:
    """Yield the legal form that begins with a word; a short one counts in capitals only."""
    match = _forms().match(text, word.start)
    led = _FORM_LED.search(text, max(0, word.start - 6), word.start) if match else None
    if match and led:
        form = match["sure"].rstrip() if match["sure"] else ""
        sure = len(form) > len("AG")
        if sure or form.isupper() or not form:
            yield Form(led.start(), match.start() + len(match.group().rstrip()), sure=sure)
