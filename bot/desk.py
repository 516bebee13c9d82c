"""What Slack asks of the core, and what the core's desk needs in turn: its archive, and locks that die with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.model.question import Origin, Question
from bot.model.records import Preview, ProviderReceipt, Receipt, ReceiptPage, Usage


class Desk(Protocol):
    """What Slack's listeners ask of the core; every method is idempotent."""

    async def accept(self, question: Question, *, once: bool = False) -> int:
        """Take the question durably: when this returns it survives a crash.

        Returns its place in the line of waiting questions, 0 when it begins at once. What a person asks `once`, and
        asks again, is taken anew only where the first try found no place for its answer.

        Raises:
            Repeated: it was asked `once` before.
            Rejected: the question is not taken; the sentence may be shown.
            StorageError: it could not be written down.
        """
        ...

    async def stop(self, request_id: str, origin: Origin, *, gone: bool = False) -> None:
        """Cancel a running question of this person, in whichever process; with `gone` nothing of it is left standing.

        Raises:
            Ended: it does not run any more.
            NotAllowed: it is somebody else's, or none.
        """
        ...

    async def running(self, origin: Origin) -> Sequence[tuple[Question, str | None]]:
        """Return what runs of this person in any process, newest first, and where its message stands if it does yet."""
        ...

    async def placed(self, request_id: str, origin: Origin) -> str | None:
        """Return where the message of this person's question stands, None when that is not known any more.

        Raises:
            NotAllowed: it is somebody else's.
        """
        ...

    async def regenerate(self, request_id: str, origin: Origin) -> None:
        """Ask the same question again, with other routes; once, however often it is pressed, as all that follow.

        Raises:
            Repeated: this was pressed before.
            Rejected: its text is gone, or it is somebody else's.
        """
        ...

    async def preview(self, question: Question) -> Preview:
        """Return what would leave for a question; nothing is accepted, and nobody is called.

        Raises:
            TesseraError: it would not be taken; the sentence may be shown.
        """
        ...

    async def stored(self, request_id: str, origin: Origin) -> Question:
        """Return this person's question while its text is kept.

        Raises:
            Rejected: its text is gone, or it is somebody else's.
        """
        ...

    async def ask_others(self, request_id: str, origin: Origin) -> None:
        """Send the same question to the providers that did not get it.

        Raises:
            Repeated: this was pressed before.
            Rejected: its text is gone, it is somebody else's, or every provider has it.
        """
        ...

    async def ask_part(self, request_id: str, origin: Origin, number: int, *, other: bool) -> None:
        """Ask one part of a question again, of the provider that had it or, with `other`, of another that may get it.

        Raises:
            Repeated: this was pressed before.
            Rejected: its text is gone, it is somebody else's, or there is no such part.
        """
        ...

    async def choose(self, request_id: str, origin: Origin, about: tuple[str, ...]) -> None:
        """Ask the question again about the earlier parts that its asker chose; once, whatever is pressed after that.

        Raises:
            Repeated: one was chosen before.
            Rejected: its text is gone, or it is somebody else's.
        """
        ...

    async def receipt(self, request_id: str, origin: Origin, *, texts: bool) -> ReceiptPage:
        """Return what each provider was given; with `texts` also the exact text while it is still kept.

        Raises:
            Rejected: it is unknown, or somebody else's.
        """
        ...

    async def usage(self, origin: Origin) -> Usage:
        """Return what this person asked lately, without a word of it."""
        ...

    async def feedback(self, request_id: str, origin: Origin, *, good: bool) -> bool:
        """Record a thumb up or down of whoever reads the answer; tell whether they are its asker, who may ask again."""
        ...

    async def forget(self, team: str, user: str | None) -> None:
        """Delete everything of one person, or of a whole workspace when `user` is None."""
        ...


class Archive(Protocol):
    """The records the desk reads and writes."""

    async def key_of(self, request_id: str, team: str, user: str) -> str | None:
        """Return the key of this person's question; None when it is unknown or somebody else's."""
        ...

    async def knows(self, key: str) -> bool:
        """Tell whether a question of that key was answered, however long ago the journal forgot it."""
        ...

    async def receipts(self, request_id: str) -> Sequence[ProviderReceipt]:
        """Return what each provider was given, without texts."""
        ...

    async def usage(self, team: str, user: str) -> Usage:
        """Return what one person asked lately."""
        ...

    async def sent(self, request_id: str) -> Sequence[Receipt]:
        """Return what the ledger says was sent for a question."""
        ...

    async def take_quota(self, question: Question) -> bool:
        """Count the question against its asker and workspace, once; False when a quota is used up."""
        ...

    async def feedback(self, request_id: str, origin: Origin, *, good: bool) -> None:
        """Record a thumb up or down."""
        ...

    async def ask_stop(self, request_id: str, team: str, user: str, *, gone: bool) -> None:
        """Leave word, for whichever process runs the question, that its asker wants it stopped, or has deleted it."""
        ...

    async def stops(self, request_ids: Sequence[str]) -> Sequence[tuple[str, str, str, bool]]:
        """Return (request id, team, user, whether it was deleted) of the stops left for these questions."""
        ...

    async def forget(self, team: str, user: str | None) -> None:
        """Delete the records of a person or a workspace."""
        ...


class Slots(Protocol):
    """Slots that all processes share; a process that dies loses its own."""

    async def take_slot(self, name: str, limit: int) -> int | None:
        """Take one of so many slots; None when all are taken."""
        ...

    async def give_slot(self, name: str, slot: int) -> None:
        """Give a slot back."""
        ...


class Lease(Protocol):
    """Locks that are gone as soon as their holder is; the methods block."""

    def hold(self) -> bool:
        """Take the lock of this process."""
        ...

    def alive(self) -> bool:
        """Tell whether we still hold it."""
        ...

    def dead(self, executor: str) -> bool:
        """Tell whether nobody holds that executor's lock."""
        ...

    def take_slot(self, name: str, limit: int) -> int | None:
        """Take one of so many slots that all processes share."""
        ...

    def give_slot(self, name: str, slot: int) -> None:
        """Give a slot back."""
        ...

    def release(self) -> None:
        """Give every lock back."""
        ...
