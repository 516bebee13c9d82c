"""What an open form remembers between clicks, and what a person has put into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.model.question import Choices, Enclosure
from bot.model.records import Preview
from bot.slack import text as texts
from bot.slack.views.form import MOST_TYPED, Draft


@dataclass(frozen=True, slots=True)
class Memory:
    """Where the answer goes (`channel`), or the question that is asked anew; what was last shown, without a word of it.

    `about` is a digest of the text that was shown: for another one the routes and the joined parts mean nothing.
    """

    channel: str = ""
    request_id: str = ""
    seed: str = ""
    routes: tuple[str, ...] = ()
    joined: tuple[int, ...] = ()
    about: str = ""

    def dump(self) -> str:
        """Return it as a view keeps it (`private_metadata`)."""
        return json.dumps(asdict(self))

    @staticmethod
    def load(text: str) -> Memory:
        """Return what `dump` wrote."""
        found = json.loads(text)
        lists = {name: tuple(found[name]) for name in ("routes", "joined")}
        return Memory(**{**found, **lists})

    def after(self, shown: Preview, typed: Typed) -> Memory:
        """Return what to remember once a preview is shown."""
        return Memory(self.channel, self.request_id, shown.seed, shown.routes, typed.join, typed.digest)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person has put into the form."""

    question: str
    background: str
    hide: str
    clear: tuple[str, ...]
    join: tuple[int, ...]

    @staticmethod
    def of(view: Mapping[str, Any]) -> Typed:
        """Read a view's state."""
        values = (view.get("state") or {}).get("values") or {}
        fields = {name: field for block in values.values() for name, field in block.items() if isinstance(field, dict)}
        ticked = {name: tuple(_ticked(field)) for name, field in fields.items()}
        return Typed(
            _plain(fields.get("question")),
            _plain(fields.get("background")),
            _plain(fields.get("hide")),
            tuple(value for name, found in ticked.items() if name.startswith("clear_") for value in found),
            tuple(sorted({int(n) for value in ticked.get("join", ()) for n in value.split(",") if n.isdecimal()})),
        )

    @property
    def digest(self) -> str:
        """Return what changes with the text."""
        return hashlib.sha256(f"{self.question}\0{self.background}".encode("utf-8", "replace")).hexdigest()[:16]

    def draft(self, *, again: bool = False) -> Draft:
        """Return what stands in the form."""
        return Draft(self.question, self.background, again=again, hide=self.hide)

    def enclosed(self) -> tuple[Enclosure, ...]:
        """Return the background as something that stands beside the question."""
        return (Enclosure("Background", self.background),) if self.background else ()

    def choices(self, memory: Memory) -> Choices:
        """Return what the asker decided; routes that were shown hold for the same text in the same parts."""
        same = self.digest == memory.about
        hide = tuple(filter(None, (word.strip() for word in self.hide.split(","))))
        return Choices(
            clear=self.clear,
            hide=hide,
            joined=self.join if same else (),
            seed=memory.seed,
            routes=memory.routes if same and self.join == memory.joined else (),
        )


def draft_of(message: str) -> Draft:
    """Return the draft of a form about a message of somebody."""
    text = texts.decode(message).strip()
    return Draft(background=text[:MOST_TYPED], cut=len(text) > MOST_TYPED)


def _plain(field: Mapping[str, Any] | None) -> str:
    return texts.decode(str((field or {}).get("value") or "")).strip()


def _ticked(field: Mapping[str, Any]) -> Iterator[str]:
    for option in field.get("selected_options") or ():
        if isinstance(option, dict) and isinstance(option.get("value"), str):
            yield option["value"]
