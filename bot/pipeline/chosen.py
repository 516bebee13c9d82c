"""What the asker chose, put into effect: values let go in clear, words hidden, parts put together, everybody asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.errors import Indivisible, Rejected
from bot.fragments import Split
from bot.model.plan import Entity, Fragment, Plan, Span
from bot.model.question import Choices
from bot.pipeline.rules import HOUSE, Rules
from bot.privacy import kinds
from bot.privacy.detect import Terms
from bot.privacy.detect.overlaps import resolve
from bot.privacy.tokens import mark

Detect = Callable[[str], Sequence[Span]]

WHY_WHOLE = "One piece: you asked for it with whole:."
WHY_ALL = "Every provider gets the whole question: you asked for all of them."
WHY_JOINED = "You put parts of it together."
TOLD_ALL = "You asked every provider."
TOLD_OTHERS = "You asked for a second opinion."

_PREFIX = re.compile(r"(whole|all):\s*", re.IGNORECASE)
_SQUEEZED = re.compile(r"[\W_]+")


def read(text: str, choices: Choices) -> tuple[str, Choices]:
    """Return the text without the word in front that says whole or all, and the choices with what it says."""
    found = _PREFIX.match(text)
    if not found:
        return text, choices
    everyone = found[1].lower() == "all"
    said = replace(choices, everyone=choices.everyone or everyone, whole=choices.whole or not everyone)
    return text[found.end() :], said


@dataclass(slots=True)
class Detecting:
    """The detectors with the asker's word on top; `kept` are kinds that an admin lets nobody clear.

    `gone` are the marks and values of what may go in clear; a receipt must say which of them did.
    """

    detect: Detect
    choices: Choices
    kept: Collection[str] = ()
    gone: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, text: str) -> Sequence[Span]:
        """Return the spans to hide.

        Raises:
            Rejected: a value that must stay hidden is part of one that was let go.
        """
        found = self.detect(text)
        if not (self.choices.clear or self.choices.hide):
            return found
        going = frozenset(self._going(text, found))
        self.gone |= {(self._mark(text, span), text[span.start : span.end]) for span in going}
        return resolve([*(span for span in found if span not in going), *_hidden(text, self.choices.hide)])

    def _going(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Yield what is let go, with what is part of it: hidden beside it, it would stand there in clear."""
        chosen = [s for s in found if self._mark(text, s) in self.choices.clear and clearable(s.type, self.kept)]
        clear = [_squeezed(text[span.start : span.end]) for span in chosen]
        yield from chosen
        for span in found:
            value = _squeezed(text[span.start : span.end])
            if span in chosen or not value or not any(value in each for each in clear):
                continue
            if not clearable(span.type, self.kept):
                raise Rejected("A value that must stay hidden is part of one that you let go. Let it stay hidden, too.")
            yield span

    @staticmethod
    def _mark(text: str, span: Span) -> str:
        return mark(Entity(span.type, text[span.start : span.end]))


def clearable(kind: str, kept: Collection[str] = ()) -> bool:
    """Tell whether an asker may let values of a kind go in clear: never a secret, nothing that an admin keeps."""
    return kind not in kinds.SECRET and kind != kinds.LITERAL and kind not in kept and "ALL" not in kept


def _hidden(text: str, words: Iterable[str]) -> Iterator[Span]:
    """Yield where further words stand, as words where they do, else anywhere."""
    for word in filter(None, map(str.strip, words)):
        spans = list(Terms.of([word]).find(text)) or [
            Span(*match.span(), "TERM") for match in re.finditer(re.escape(word), text, re.IGNORECASE)
        ]
        yield from (replace(span, why="you asked for it") for span in spans)


def shaped(split: Split, choices: Choices, providers: Sequence[str]) -> Split:
    """Return a split as the asker wants it: everybody asked, or parts put together, or without what each asks."""
    if choices.everyone:
        (whole,) = split.fragments
        copies = (
            replace(whole, number=number, of=len(providers), heading=name.upper())
            for number, name in enumerate(providers, start=1)
        )
        return Split(tuple(copies), why=WHY_ALL)
    if len(set(choices.joined)) > 1:
        split = _joined(split, frozenset(choices.joined))
    if choices.quiet:
        split = replace(split, fragments=tuple(replace(fragment, heading="") for fragment in split.fragments))
    return split


def may_go_to_all(draft: Plan, rules: Rules, *, at_home: bool) -> None:
    """Apply this installation's policies to a question that everybody is asked.

    Raises:
        Indivisible: one of them speaks against it.
    """
    if rules.code_policy != "one" and any(fragment.kind == "code" for fragment in draft.fragments):
        raise Indivisible("This question holds code, and your admin's policy does not send code to every provider.")
    if at_home or rules.unsplittable in {HOUSE, "refuse"}:
        raise Indivisible(
            "Your admin's policy does not send a whole question to every provider. Ask it without `all:`."
        )


def _joined(split: Split, numbers: Collection[int]) -> Split:
    """Put the parts of these numbers together, in the place of the first; what they share stands there once."""
    together = [fragment for fragment in split.fragments if fragment.number in numbers]
    if len(together) < 2:  # noqa: PLR2004
        return split
    paragraphs = dict.fromkeys(each for fragment in together for each in fragment.text.split("\n\n"))
    one = replace(
        together[0],
        text="\n\n".join(paragraphs),
        heading=" / ".join(filter(None, (fragment.heading for fragment in together))),
        kind="code" if any(fragment.kind == "code" for fragment in together) else together[0].kind,
    )
    rest: list[Fragment] = [one if f is together[0] else f for f in split.fragments if f not in together[1:]]
    renumbered = (replace(f, number=number, of=len(rest)) for number, f in enumerate(rest, start=1))
    return replace(split, fragments=tuple(renumbered), why=f"{split.why} {WHY_JOINED}".strip())


def recorded(choices: Choices, gone: Collection[str]) -> dict[str, int]:
    """Return what a receipt says of the asker's choices, without a word of the question."""
    going = Counter(f"clear:{each.partition(':')[0]}" for each in gone)
    hides = {"hide": len(choices.hide)} if choices.hide else {}
    joins = {"join": len(set(choices.joined))} if len(set(choices.joined)) > 1 else {}
    return {**({"all": 1} if choices.everyone else {}), **dict(sorted(going.items())), **hides, **joins}


def _squeezed(value: str) -> str:
    return _SQUEEZED.sub("", value).casefold()
