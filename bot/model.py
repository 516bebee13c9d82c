"""The values that flow through Tessera, in the order in which one message meets them.

    Question -> Span -> Masked -> Fragment -> Plan -> Prompt -> Reply -> Attempt -> Outcome -> Answer

Everything here is frozen and depends on the standard library only. Durations are seconds, moments are
Unix time, offsets are Python character offsets with the end exclusive.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ATOM = re.compile("\ue000([0-9]+)\ue001")
"""A hidden value inside a masked text: its index in the plan's entities between two private-use characters."""


def atom(index: int) -> str:
    """Return the atom that stands for the entity of that index."""
    return f"\ue000{index}\ue001"


class Mode(StrEnum):
    """How the fragments of a question are processed."""

    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"


class Status(StrEnum):
    """How a fragment, or one attempt at it, ended."""

    OK = "ok"
    FAILED = "failed"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    CANCELLED = "cancelled"


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
class Span:
    """A part of a text that a detector wants hidden; `type` is upper-case, as in the tokens (`PERSON`).

    `why` is the evidence in a few words, without the value ("first name and surname, after 'tell'").
    """

    start: int
    end: int
    type: str
    why: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Entity:
    """A hidden value: every place where the same value of the same type stands shares one entity.

    `why` is the evidence of the first place.
    """

    type: str
    value: str
    why: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose hidden values are atoms (`atom(index)`), and the entities that the indexes name."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """One part of a masked question; `number` counts from 1; `text` holds atoms, never values.

    `heading` is what this part asks, as a verbatim piece of `text`; empty when there is one part only. `quotes` says
    that lines behind `>` quote what stands beside the question: what went before. `needs` are the numbers of the
    earlier parts whose answers go along with it.
    """

    number: int
    of: int
    text: str
    kind: str = "question"
    heading: str = ""
    quotes: bool = False
    needs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be sent: fragment i goes to `routes[i]` first.

    `providers` are all that may get a part. `secret` is random per request: body digests are derived from it, and
    outside of threads pseudonyms. `tokens` are each provider's pseudonyms, in the order of the entities. `message` is
    the masked message, of which shares are counted. `bound` is the largest share of its words that any one provider may
    see, over all attempts (P2). `notices` are plain sentences for the reader, such as that the question could not be
    split.
    `why` is the evidence for splitting it so, or for leaving it whole, in one sentence without words of the message.
    `known` is the masked text that each provider was sent before in the thread, where that counts. `pinned` parts go to
    their route and nowhere else, as they hold what only that provider knows.
    `strategy` is how it was split. `house` is the provider that may see the whole masked message, empty without one: it
    is not among `providers`, but has its `tokens`; `asks` are the calls in which it planned, and with `composed` it
    writes one answer from the parts' answers. `chosen` is what the asker decided ("clear:EMAIL": 1), for the receipts.
    `place` is where its message stands, empty where that could not be posted, None while it is not known.
    """

    request_id: str
    mode: Mode
    fragments: tuple[Fragment, ...]
    routes: tuple[str, ...]
    entities: tuple[Entity, ...]
    message: str
    secret: bytes = field(repr=False, default=b"")
    tokens: dict[str, tuple[str, ...]] = field(repr=False, default_factory=dict)
    providers: tuple[str, ...] = ()
    bound: float = 1.0
    unsplittable: bool = False
    notices: tuple[str, ...] = ()
    why: str = ""
    known: dict[str, str] = field(default_factory=dict)
    pinned: bool = False
    strategy: str = ""
    house: str = ""
    asks: tuple[Attempt, ...] = ()
    composed: bool = False
    chosen: dict[str, int] = field(default_factory=dict)
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """What one provider is given: the instructions that fit the call (perhaps none) and the text of one fragment.

    `schema` is the JSON schema of an answer that is to be JSON.
    """

    system: str
    text: str
    max_output_tokens: int
    timeout: float
    schema: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What one provider answered; tokens are None where it did not tell; `cut` says that the length limit ended it."""

    text: str
    model: str
    input_tokens: int | None = None
    output_tokens: int | None = None
    first_text_seconds: float | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call to one provider for one fragment; `error` is a one-word class, None when it went well."""

    fragment: int
    number: int
    provider: str
    model: str
    started_at: float
    seconds: float
    status: Status
    error: str | None = None
    hedged: bool = False
    first_text_seconds: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one fragment ended; `text` is the provider's own until the outcome is final, then its tokens are restored.

    `seconds` is the fragment's own time from its first attempt to its answer (or to giving up).
    `provider` is the one that answered, or the last one tried. `cut` says that its length limit ended the answer.
    """

    number: int
    of: int
    provider: str
    model: str
    status: Status
    seconds: float
    text: str = ""
    error: str | None = None
    hedged: bool = False
    input_tokens: int | None = None
    output_tokens: int | None = None
    attempts: tuple[Attempt, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class FragmentEvent:
    """A change of one fragment for whoever watches: `text` is what is known of the answer, restored."""

    number: int
    of: int
    provider: str
    state: str
    seconds: float | None = None
    text: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Timings:
    """What the question took; `sequential` is the sum of the fragments' own seconds, never a guess."""

    wall_seconds: float
    parallel_seconds: float | None
    sequential_seconds: float
    slowest_seconds: float

    @property
    def speedup(self) -> float:
        """Return how many times faster than one after another: the true sum over the wall time."""
        return self.sequential_seconds / self.wall_seconds if self.wall_seconds > 0 else 0.0

    @property
    def overhead_seconds(self) -> float:
        """Return the time that was not the slowest fragment's."""
        return self.wall_seconds - self.slowest_seconds


@dataclass(frozen=True, slots=True)
class Privacy:
    """What left the house: hidden identifiers by type, share of the words by provider, verdicts by promise."""

    masked: dict[str, int]
    share: dict[str, float]
    unsplittable: bool
    verdicts: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Composition:
    """The one answer that the house model wrote from the parts' answers, in its tokens; empty where `fault` says why.

    `attempts` are the calls that this took.
    """

    text: str
    attempts: tuple[Attempt, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class HouseWork:
    """What the house model did for a question beside answering parts: planning and composing.

    `seconds` and tokens are sums over its calls; tokens are None where it never told, `model` where it was not asked.
    """

    provider: str
    model: str | None
    seconds: float
    input_tokens: int | None
    output_tokens: int | None
    attempts: tuple[Attempt, ...]
    composed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The merged answer; `text` is Markdown with every pseudonym restored that may be restored.

    `asked` is what each part asks, restored; empty when there is one part only.
    `strategy` and `why` are the plan's, `needs` those of its fragments; `house` is None where the house model neither
    planned nor composed. `others` may still be asked for a second opinion.
    """

    request_id: str
    text: str
    mode: Mode
    outcomes: tuple[Outcome, ...]
    timings: Timings
    privacy: Privacy
    notices: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    strategy: str = ""
    why: str = ""
    needs: tuple[tuple[int, ...], ...] = ()
    house: HouseWork | None = None
    others: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether every fragment was answered to its end."""
        return bool(self.outcomes) and all(o.status is Status.OK and not o.cut for o in self.outcomes)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One outbound attempt, free of text: a row of the hash-chained ledger (P6).

    `digest` is HMAC-SHA256 of the serialized body under the request's secret; `size` is its bytes;
    `share` is the share of the message's words that this provider has now seen in all; `chosen` is what its
    asker decided ("clear:EMAIL": 1, "all": 1).
    """

    request_id: str
    fragment: int
    provider: str
    model: str
    attempt: int
    hedged: bool
    sent_at: float
    host: str
    size: int
    digest: str
    share: float
    masked: dict[str, int]
    verdicts: dict[str, bool]
    chosen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProviderReceipt:
    """One provider's line on a receipt page; `texts` are exactly what it was sent, empty when gone or not asked for.

    Fragment 0 is the whole masked message, which only the house model gets (`house`).
    """

    provider: str
    model: str
    share: float
    masked: dict[str, int]
    fragments: tuple[int, ...]
    attempts: int
    seconds: float
    texts: tuple[str, ...] = ()
    house: bool = False
    chosen: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What every provider was given for one question; `texts_gone` says that the exact texts were purged.

    `why` is the plan's evidence, and `hidden` that of each hidden value, empty when they are not known any more.
    `answers` are what each part asked and its own answer, where one answer was composed from them.
    """

    request_id: str
    providers: tuple[ProviderReceipt, ...]
    texts_gone: bool = False
    why: str = ""
    hidden: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Recent:
    """One of somebody's last questions, without a word of it; `asked_at` is Unix time."""

    asked_at: float
    parts: int
    answered: int
    seconds: float
    providers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """What one person asked lately: the last questions, newest first, and sums over the last thirty days."""

    recent: tuple[Recent, ...] = ()
    questions: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """What one provider would be sent for one part, word for word: our own instructions, and the text."""

    number: int
    provider: str
    system: str
    text: str


@dataclass(frozen=True, slots=True)
class PreviewValue:
    """A value that was found: what names it, how its kind is said, how it is shown, and what becomes of it.

    `fixed` ones stay hidden whatever the asker wants; `clear` ones go in clear, as the asker chose.
    """

    mark: str
    kind: str
    value: str
    fixed: bool = False
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would leave for a question, before anything does; asked with `seed` and `routes`, exactly that is sent."""

    parts: tuple[PreviewPart, ...]
    values: tuple[PreviewValue, ...]
    share: dict[str, float]
    seed: str = field(repr=False, default="")
    notices: tuple[str, ...] = ()
    why: str = ""
    joined: tuple[int, ...] = ()

    @property
    def routes(self) -> tuple[str, ...]:
        """Return who gets each part."""
        return tuple(part.provider for part in self.parts)


@dataclass(frozen=True, slots=True)
class Look:
    """How a provider is called and drawn in pictures; without a colour it takes one that is free."""

    title: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Wire:
    """What the guard must know of the providers' wire formats: headers to keep, and words that nobody's words are."""

    headers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
