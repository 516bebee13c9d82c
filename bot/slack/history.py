"""What went before a question in its thread, read from Slack when it is needed and kept nowhere.

Our answers carry, in their messages' metadata, who gave each part and a digest of each heading's first words, so that
the parts are found again in the text however Slack has turned it into blocks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.fragments.leaning import leaning
from bot.merge import headline
from bot.model.answer import Answer
from bot.model.outcome import Status
from bot.model.question import Before, Entry, Origin, Part, Question, Said
from bot.slack import text as texts
from bot.slack.calls import Caller
from bot.slack.defang import defang
from bot.slack.enclosed import enclosed
from bot.slack.identity import Identity
from bot.slack.messages import Payload, payload_of

PAGE, PAGES = 200, 5
"""Messages of a page, and pages of a thread that are read: of a longer one the oldest thousand."""

RECENT_SECONDS = 3_600.0
"""Seconds after which the top of a direct conversation begins anew."""

BRIEF_CHARS = 400
"""Characters of a question that may go on from something without standing in its thread."""

SCOPES = {"im": frozenset({"im:history"}), "channel": frozenset({"channels:history", "groups:history"})}
"""Any of which lets us read in a direct conversation, and in a channel."""

_HEADING_WORDS = 4
_MENTION = re.compile(r"<@[^<>]*>")
_WORD = re.compile(r"[^\W_]+")
_ONLY = "-"
"""Stands for the heading of an answer that has one part."""

_SILENT = frozenset({"plan", "task_card", "context", "actions", "context_actions", "divider", "input"})
_INLINE = frozenset({"rich_text_section", "rich_text_preformatted", "rich_text_quote"})
_TYPES = frozenset({None, "file_share", "thread_broadcast", "bot_message"})


def marks(answer: Answer, question: Question) -> Payload:
    """Return what an answer's metadata says of its parts: who gave each, and how its heading begins.

    What the house model composed is one part, and its own. A digest of the question tells whether the message it was
    asked in still says all of it and nothing else: a part that is asked again is not the whole message.
    """
    ts = (question.origin.ts if question.origin else "") or ""
    asked = {"asked": ts, "asks": _digest(_bare(question.text))}
    # One text out of all parts: only the house model may hear of it again.
    if answer.house and answer.house.composed:
        return {"parts": f"{answer.house.provider}:{_ONLY}"} | asked
    of = len(answer.asked)
    titles = (headline(asked) or f"Part {number} of {of}" for number, asked in enumerate(answer.asked, start=1))
    headings = [_digest(_beginning(texts.decode(defang(title)))) for title in titles] or [_ONLY]
    given = (o.provider if o.status is Status.OK else "" for o in answer.outcomes)
    return {"parts": ",".join(f"{name}:{mark}" for name, mark in zip(given, headings, strict=False))} | asked


_GIVER = re.compile(r"\** · [A-Z0-9_-]+\Z")
"""What stands behind a heading: who gave the part."""


def _bare(text: str) -> list[str]:
    """Return the words of a question without its mentions, which may carry names or not."""
    return _WORD.findall(_MENTION.sub(" ", text).casefold())


def _beginning(line: str) -> list[str]:
    return _WORD.findall(line.casefold())[:_HEADING_WORDS]


def _digest(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:8]


def _heads(line: str, provider: str, mark: str) -> bool:
    """Tell whether a line begins with the words of that digest, and names who gave the part, where somebody did."""
    # An answer may begin a line as the next part's heading does; taken for it, another provider would get the rest.
    name, plain = provider.upper(), line.strip(" *#")
    if name and plain != name and not plain.endswith(f" · {name}"):
        return False
    words = _beginning(_GIVER.sub("", line) if name else line)
    return any(_digest(words[:count]) == mark for count in range(len(words), 0, -1))


class History:
    """`bot.ports.History`: reads threads by `conversations.replies`."""

    def __init__(
        self,
        caller: Callable[[str], Caller],
        identity: Callable[[], Identity | None],
        name_of: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Keep what calls for a workspace, what tells who we are once that is known, and how people are called."""
        self._caller, self._identity, self._name_of = caller, identity, name_of

    async def before(self, question: Question) -> Before:
        """Return what was said in the question's thread before it; nothing for a question that begins one."""
        origin = question.origin
        if origin is None or question.entry not in (Entry.MENTION, Entry.DIRECT):
            return Before()
        us = self._identity()
        if us is None or not _may_read(us, origin.channel):
            return Before(unseen=_in_thread(origin))
        if not _in_thread(origin):
            # At the top of a direct conversation "and its population?" goes on from the thread above.
            above = await self._above(origin) if _goes_on(question) else None
            if above is None:
                return Before()
            origin = replace(origin, thread_ts=above)
        messages = await self._thread(origin)
        if messages is None:
            return Before(unseen=True)
        found = turns(messages, us.bot_user, direct=question.entry is Entry.DIRECT)
        return Before(tuple(self._named(turn) for turn in found))

    def _named(self, turn: Said | Part) -> Said | Part:
        """Return what a person said with the names of those whom it mentions."""
        if isinstance(turn, Part):
            return replace(turn, question=texts.labelled(turn.question, self._name_of))
        author, text = (texts.labelled(each, self._name_of) for each in (turn.author, turn.text))
        return replace(turn, author=author, text=text)

    async def _above(self, origin: Origin) -> str | None:
        """Return the message at the top of a direct conversation before this one, if it is not long ago."""
        params = {"channel": origin.channel, "latest": origin.ts, "limit": 1}
        page = await self._caller(origin.team).ask("conversations.history", params)
        found = [m for m in (page or {}).get("messages", ()) if isinstance(m, dict) and _earlier(m, origin)]
        ts = str(found[0].get("ts")) if found else ""
        return ts if ts and float(origin.ts or 0) - float(ts) < RECENT_SECONDS else None

    async def _thread(self, origin: Origin) -> list[Mapping[str, Any]] | None:
        """Return the messages before the question, None where we cannot read them."""
        found: list[Mapping[str, Any]] = []
        cursor = ""
        for _ in range(PAGES):
            params = {"channel": origin.channel, "ts": origin.thread_ts, "include_all_metadata": 1, "limit": PAGE}
            page = await self._caller(origin.team).ask(
                "conversations.replies", params | ({"cursor": cursor} if cursor else {})
            )
            if page is None:
                return found or None
            found += [m for m in page.get("messages", ()) if isinstance(m, dict) and _earlier(m, origin)]
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return found


def _may_read(us: Identity, channel: str) -> bool:
    """Tell whether a scope of ours may let us read there; what Slack did not tell is tried."""
    return not us.scopes or bool(us.scopes & SCOPES["im" if channel.startswith("D") else "channel"])


def _in_thread(origin: Origin) -> bool:
    return bool(origin.thread_ts) and origin.thread_ts != origin.ts


def _goes_on(question: Question) -> bool:
    """Tell whether a question outside of a thread says that it goes on from something."""
    brief = question.entry is Entry.DIRECT and len(question.text) <= BRIEF_CHARS
    return brief and leaning(question.text).leans


def _earlier(message: Mapping[str, Any], origin: Origin) -> bool:
    return str(message.get("ts") or "") < str(origin.ts or "~")


def turns(messages: Sequence[Mapping[str, Any]], bot_user: str, *, direct: bool) -> Iterator[Said | Part]:
    """Yield what people said and the parts of our answers, oldest first; what was asked of us stands with its parts."""
    ours = [message for message in messages if message.get("user") == bot_user]
    holds = {str(m.get("ts")): enclosed(m) for m in messages if m.get("user") != bot_user}
    theirs = {str(m.get("ts")): _plain(m) for m in messages if m.get("user") != bot_user}
    roots = {payload_of(m).get("request_id"): _quoted(_text(m)) for m in ours if payload_of(m).get("state") == "root"}
    for message in messages:
        ts, payload = str(message.get("ts")), payload_of(message)
        if message.get("user") != bot_user:
            to_us = direct or f"<@{bot_user}" in theirs[ts]
            if not to_us and message.get("subtype") in _TYPES and (theirs[ts].strip() or holds[ts]):
                author = f"<@{message['user']}>" if message.get("user") else "an app"
                yield Said(author, theirs[ts].strip(), ts, holds[ts])
        elif payload.get("state") == "final" and payload.get("parts"):
            asked = theirs.get(str(payload.get("asked")), "")
            same = _digest(_bare(asked)) == payload.get("asks")
            asked = asked if same else roots.get(payload.get("request_id"), "")
            found = _parts(ts, payload, _said_in(ours, payload), texts.without_mention(asked, bot_user))
            held = holds.get(str(payload.get("asked")), ()) if same else ()
            yield from (replace(part, enclosed=held) for part in found)


def _said_in(ours: Iterable[Mapping[str, Any]], payload: Payload) -> str:
    """Return the text of an answer over all its messages."""
    own = [m for m in ours if payload_of(m).get("request_id") == payload.get("request_id")]
    shown = (m for m in own if payload_of(m).get("state") in ("final", "part"))
    return "\n".join(_text(message) for message in shown)


def _quoted(text: str) -> str:
    """Return what a message quotes: of the root of a slash command's thread the question, where it stands there."""
    return "\n".join(line[1:] for line in text.splitlines() if line.startswith(">"))


def _parts(ts: str, payload: Payload, text: str, question: str) -> Iterator[Part]:
    """Yield the parts of one answer that were answered, each with its text."""
    marked = [tuple(part.split(":", 1)) for part in str(payload["parts"]).split(",") if ":" in part]
    pieces = list(_pieces(text, marked))
    for number, ((provider, _), (heading, piece)) in enumerate(zip(marked, pieces, strict=True), start=1):
        if provider and piece.strip():
            yield Part(f"{ts}/{number}", ts, number, len(marked), provider, piece.strip(), heading, question)


def _pieces(text: str, marked: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield heading and text of each part; a heading that is not found empties its part and the one before."""
    if [mark for _, mark in marked] == [_ONLY]:
        yield "", text
        return
    lines = text.splitlines()
    starts, at = [], 0
    for provider, mark in marked:
        place = next((n for n in range(at, len(lines)) if _heads(lines[n], provider, mark)), None)
        starts.append(place)
        at = at if place is None else place + 1
    ends = [*starts[1:], len(lines)]
    for start, end in zip(starts, ends, strict=True):
        # Where the next heading is not found its part would be taken for this one's, and go to another provider.
        if start is None or end is None:
            yield "", ""
        else:
            yield _GIVER.sub("", lines[start]).strip(" *#"), "\n".join(lines[start + 1 : end])


def _text(message: Mapping[str, Any]) -> str:
    """Return the words of one of our messages: of its blocks, without the machinery around them."""
    blocks = [block for block in message.get("blocks") or () if isinstance(block, dict)]
    found = "\n".join(filter(None, (_block(block) for block in blocks if block.get("type") not in _SILENT)))
    return found or texts.decode(str(message.get("text") or ""))


def _block(block: Mapping[str, Any]) -> str:
    """Return the words of one block, a line for each of its lines."""
    if block.get("type") == "table":
        rows = (row for row in block.get("rows") or () if isinstance(row, list))
        return "\n".join(" | ".join(_words(cell) for cell in row) for row in rows)
    return texts.decode(_words(block))


def _words(value: object) -> str:
    """Return every text in blocks; the elements of a rich text's section go on in a line, its sections do not."""
    if isinstance(value, list):
        return "\n".join(filter(None, map(_words, value)))
    if not isinstance(value, dict):
        return value if isinstance(value, str) else ""
    if str(value.get("type", "")) in _INLINE:
        return "".join(map(_words, value.get("elements") or ()))
    mention = f"<@{value['user_id']}>" if value.get("type") == "user" and value.get("user_id") else ""
    return mention or _words(value.get("text") or value.get("elements") or value.get("url") or "")


def _plain(message: Mapping[str, Any]) -> str:
    return texts.decode(str(message.get("text") or ""))
