"""One part of a question in work: its state, and its answer as far as that is known; only what is new is rendered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.merge import closed, tidy, under
from bot.model.outcome import FragmentEvent
from bot.ports import Read
from bot.slack.defang import Defanged

_STATES = {
    "pending": "pending", "waiting": "pending", "queued": "pending",
    "complete": "complete", "ok": "complete",
    "error": "error", "failed": "error", "timeout": "error", "refused": "error", "cancelled": "error",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What a text became, laid out and harmless; `whole` when it was at its end."""

    text: str = ""
    whole: bool = False
    harmless: Defanged = field(default_factory=Defanged)


@dataclass(frozen=True, slots=True)
class Part:
    """The last event of a part, how its text is read where it still grows, and what was last written of it.

    It stands under its `title`, if it is one of several; `asked` is that in full.
    """

    event: FragmentEvent
    asked: str = ""
    title: str = ""
    read: Read | None = None
    written: Written = field(default_factory=Written)

    @property
    def condition(self) -> str:
        """Return the task card's status for the state of the fan-out; what is unknown is in progress."""
        return _STATES.get(self.event.state, "in_progress")

    @property
    def name(self) -> str:
        """Return what stands above its answer: what it asks, or its number."""
        return self.title or f"Part {self.event.number} of {self.event.of}"

    @property
    def ended(self) -> bool:
        """Tell whether nothing more comes."""
        return self.condition in ("complete", "error")

    def after(self, event: FragmentEvent, read: Read | None) -> Part:
        """Return the part after an event: what is finished stays so, and what waits again for its turn is no news."""
        newer = Part(event, self.asked, self.title, read, self.written)
        if newer.condition == "pending":
            return self
        return self if self.ended and newer.condition == "in_progress" else newer

    def up_to_date(self, most: int, allowed: frozenset[str]) -> Part:
        """Return the part with its text read, and at most so many characters of it written."""
        event = replace(self.event, text=self.read()) if self.read else self.event
        text, whole = event.text[:most], self.condition == "complete"
        written = self.written
        if (text, whole) != (written.text, written.whole):
            known = tidy(text if whole else closed(text))
            if event.of > 1:
                known = under(self.name, event.provider, known, self.asked)
            written = Written(text, whole, written.harmless.on(known, allowed))
        return Part(event, self.asked, self.title, None, written)
