"""What is asked, by whom, and what stands around it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class Mode(StrEnum):
    """How the fragments of a question are processed."""

    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"


class Entry(StrEnum):
    """By which way a question came in."""

    MENTION = "mention"
    DIRECT = "dm"
    SLASH = "slash"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in Slack a question was asked; `ts` and `thread_ts` are Slack's message time stamps."""

    team: str
    channel: str
    user: str
    ts: str | None = None
    thread_ts: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What was attached to a question: a shared message by its `text`, a file by where it lies.

    `kind` is the file's media type as Slack tells it, `size` its bytes; `id` finds it where Slack gave no `url`.
    """

    name: str
    text: str = ""
    url: str = ""
    kind: str = ""
    size: int = 0
    id: str = ""

    @property
    def shown(self) -> str:
        """Return the name as people are shown it: as code, as Slack makes links of names such as `example.zip`."""
        return f"`{self.name.replace('`', chr(39))}`"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the asker decided about one question, by a word in it or by a click on what was shown first.

    `everyone`: every provider gets the whole masked question. `whole`: it is not split. `quiet`: what it asks is not
    repeated in a channel. `clear` are the marks of values that may go in clear (`bot.privacy.tokens.mark`), `hide`
    further words to hide, `joined` the numbers of the parts that go as one. `seed` and `routes` are those of the plan
    that was shown, so that what is sent is what was seen. `note` is a sentence of ours for the reader of the answer.
    """

    everyone: bool = False
    whole: bool = False
    quiet: bool = False
    clear: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    joined: tuple[int, ...] = ()
    seed: str = field(repr=False, default="")
    routes: tuple[str, ...] = ()
    note: str = ""

    @property
    def digest(self) -> str:
        """Return what differs when something else is let go, hidden or joined; it holds no word."""
        return hashlib.sha256(repr((self.clear, self.hide, self.joined)).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was accepted.

    `key` is the idempotency key (`team:event_id`); `text` is plain text, already decoded from Slack's
    markup except for mentions, channels and links; `about` names the earlier parts that its asker chose (`Part.ref`);
    `enclosed` is what was attached.
    """

    key: str
    request_id: str
    text: str
    entry: Entry = Entry.TERMINAL
    mode: Mode = Mode.PARALLEL
    asked_at: float = 0.0
    origin: Origin | None = None
    about: tuple[str, ...] = ()
    enclosed: tuple[Enclosure, ...] = ()
    providers: tuple[str, ...] = ()
    choices: Choices = Choices()


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote in the thread before; `author` is Slack's mention of them (`<@U...>`), never a name.

    `ref` tells it from every other in its channel; `enclosed` is what was attached to it.
    """

    author: str
    text: str
    ref: str = ""
    enclosed: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an earlier answer of ours, as the thread shows it; `provider` gave it.

    `ref` tells it from every other in its channel (`ts/number`), `answer` is the same for all parts of one answer.
    `question` is the whole message that was answered, empty where the thread does not hold it (a slash command);
    `enclosed` is what was attached to that.
    """

    ref: str
    answer: str
    number: int
    of: int
    provider: str
    text: str
    heading: str = ""
    question: str = ""
    enclosed: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """What went before a question in its thread, oldest first; `unseen` when it could not be read.

    `files` are the texts of what was attached, by the reference of what it was attached to; `code` when one is code.
    """

    turns: tuple[Said | Part, ...] = ()
    unseen: bool = False
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    code: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """What was read of the attachments: texts in order, each behind its name; what was not read stands in `notices`.

    `code` says that one of them is code.
    """

    texts: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    code: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a provider is called and drawn in pictures; without a colour it takes one that is free."""

    title: str
    colour: str = ""
