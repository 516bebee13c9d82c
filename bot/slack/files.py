"""Downloads what was attached, from Slack's own hosts only, and reads it as text; everything else is named."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot.logs import LOGGER
from bot.model.question import Attached, Enclosure, Question
from bot.slack.documents import Document, Reader
from bot.slack.identity import Identity
from bot.slack.manifest import FILE_SCOPE

HOSTS = frozenset({"https://files.slack.com"})
"""Where Slack keeps files; the token goes nowhere else."""

DOWNLOAD_SECONDS = 20.0
PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TEXTS = frozenset(
    {"application/json", "application/xml", "application/yaml", "application/x-yaml", "application/toml",
     "application/javascript", "application/x-javascript", "application/typescript", "application/sql",
     "application/x-sh", "application/x-httpd-php", "application/x-python", "application/csv", "application/x-ndjson"}
)  # fmt: skip
_PROSE = re.compile(r".*\.(?:txt|text|md|markdown|rst|[ct]sv|log|eml|srt|vtt|json|ya?ml|toml|ini|cfg|xml|html)")
_CODE = re.compile(
    r".*\.(?:py|[jt]sx?|java|kt|go|rs|[ch]|cc|[ch]pp|cs|rb|php|swift|scala|sql|sh|bash|ps1|r|lua|pl|exs?|hs|clj|dart|vue"
    r"|s?css|tf|gradle|m|jl|zig)|dockerfile|makefile"
)
_MANY = {"image/": "pictures", "audio/": "recordings", "video/": "videos", "application/zip": "archives"}
_UNTEXT = frozenset(map(chr, (*range(9), 11, *range(14, 32)))) - {"\x1b"}
_NOT_GIVEN = "Slack did not give it to me"
_LOGIN = (b"<!doctype html", b"<html")


class UnreadError(Exception):
    """A file is not read; `why` ends the sentence that names it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read: bytes of a file, characters of all files of a question, and how many of them."""

    file_bytes: int = 10_000_000
    chars: int = 40_000
    files: int = 5


class Files:
    """`bot.ports.Enclosures`: the files and shared messages of a question, as text."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        token: str,
        identity: Callable[[], Identity | None],
        look_up: Callable[[str, str], Awaitable[Enclosure | None]],
        *,
        bounds: Bounds,
        hosts: Collection[str] = HOSTS,
        proxy: str | None = None,
    ) -> None:
        """Keep what downloads; `look_up` asks Slack for a file of a team by its id, `hosts` are scheme://host:port."""
        self._http, self._token, self._identity, self._look_up = http, token, identity, look_up
        self._bounds, self._hosts, self._proxy = bounds, frozenset(hosts), proxy
        self._reader = Reader()

    async def read(self, question: Question) -> Attached:
        """Return what was attached as texts; what is not read is named, with why."""
        team = question.origin.team if question.origin else ""
        found = await asyncio.gather(
            *(self._one(team, place, each) for place, each in enumerate(question.enclosed)), return_exceptions=True
        )
        texts, notices, left = [], [], max(0, self._bounds.chars - len(question.text))
        for each, document in zip(question.enclosed, found, strict=True):
            if isinstance(document, BaseException):
                notices.append(_unread(each, document))
                continue
            note = document.note
            if len(document.text) > left:
                note = f"the first {left:,} characters"
            if note:
                notices.append(f"Of {each.shown} only {note} were read.")
            if text := document.text[:left]:
                texts.append(f"{each.name}:\n{text}")
            left -= len(text)
        code = any(_CODE.fullmatch(each.name.lower()) for each in question.enclosed)
        return Attached(tuple(texts), tuple(notices), code)

    async def _one(self, team: str, place: int, each: Enclosure) -> Document:
        """Return the text of one attachment.

        Raises:
            UnreadError: there is none, for a reason that can be told.
        """
        if each.text:
            return Document(each.text)
        if place >= self._bounds.files:
            raise UnreadError(f"at most {self._bounds.files} attachments are read")
        us = self._identity()
        if us is None or (us.scopes and FILE_SCOPE not in us.scopes):
            raise UnreadError("I may not read files here (`tessera manifest --files` asks for it)")
        if not each.url and each.id:
            each = await self._look_up(team, each.id) or each
        if not each.url:
            raise UnreadError(_NOT_GIVEN)
        kind = _kind(each)
        if each.size > self._bounds.file_bytes:
            raise UnreadError(f"it is larger than {self._bounds.file_bytes // 1_000_000} MB")
        data = await self._downloaded(each)
        document = await self._reader.read(kind, data) if kind != "text" else Document(decoded(data))
        if document.fault:
            raise UnreadError(document.fault)
        return document

    async def _downloaded(self, each: Enclosure) -> bytes:
        """Return the bytes of a file of Slack's."""
        if _place(each.url) not in self._hosts:
            raise UnreadError("it does not lie with Slack")
        try:
            async with (
                asyncio.timeout(DOWNLOAD_SECONDS),
                self._http.get(
                    each.url,
                    headers={"Authorization": f"Bearer {self._token}"},
                    # Followed, the token would go to an address that nobody chose.
                    allow_redirects=False,
                    proxy=self._proxy,
                ) as answer,
            ):
                data = await _body(answer, self._bounds.file_bytes)
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise UnreadError("it could not be downloaded") from None
        # Without the right to read it Slack answers 200 and its login page (vercel/eve#1531).
        if data[:100].lstrip().lower().startswith(_LOGIN) and not each.kind.startswith("text/html"):
            raise UnreadError(_NOT_GIVEN)
        return data


async def _body(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """Return a whole body; raise UnreadError where there is none, or where it goes on for too long."""
    if answer.status != 200:  # noqa: PLR2004
        raise UnreadError(_NOT_GIVEN)
    data = bytearray()
    async for chunk in answer.content.iter_chunked(1 << 16):
        data += chunk
        if len(data) > most:
            raise UnreadError(f"it is larger than {most // 1_000_000} MB")
    return bytes(data)


def _unread(each: Enclosure, error: BaseException) -> str:
    """Return the sentence that names what was not read; raise what is none of our reasons."""
    if isinstance(error, asyncio.CancelledError):
        raise error
    if not isinstance(error, UnreadError):
        LOGGER.error("An attachment could not be read (%s)", type(error).__name__)
    return f"{each.shown} was not read: {error.why if isinstance(error, UnreadError) else 'it could not be read'}."


def _place(url: str) -> str:
    """Return scheme://host:port of an address as it stands; empty for one with a user, or that is none."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return "" if "@" in parts.netloc else f"{parts.scheme}://{parts.hostname}{port}"


def _kind(each: Enclosure) -> str:
    """Return how a file is read; raise UnreadError for what is not."""
    name = each.name.lower()
    if each.kind == PDF or name.endswith(".pdf"):
        return "pdf"
    if each.kind == DOCX or name.endswith(".docx"):
        return "docx"
    if each.kind.startswith("text/") or each.kind in _TEXTS or _PROSE.fullmatch(name) or _CODE.fullmatch(name):
        return "text"
    what = next((many for kind, many in _MANY.items() if each.kind.startswith(kind)), "files of this kind")
    raise UnreadError(f"{what} are not read")


def decoded(data: bytes) -> str:
    """Return the bytes as text; raise UnreadError for what is none, such as an archive by another name."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if _UNTEXT.isdisjoint(text):
            return text.strip()
    raise UnreadError("it is not text")
