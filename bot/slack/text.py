"""Text between Slack's markup and ours: decoding, escaping, and splitting without losing a character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

CutLine = Callable[[str, int], Iterator[str]]
"""Cuts one line into parts of at most so many bytes."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CODE = r"```.*?(?:```|\Z)|`[^`\n]+`"
_MARKUP = re.compile(
    rf"(?P<code>(?s:{_CODE}))|<(?:tel:(?P<tel>[^<>|]*)|!date\^[^<>|]*|!(?P<all>here|channel|everyone))"
    r"(?:\|(?P<label>[^<>]*))?>"
)
"""What Slack writes for telephone numbers, dates and broadcasts, which are words to whoever reads them; and code."""

_SENTENCE = re.compile(rf"(?P<code>(?s:{_CODE}))|(?<![\w*_~])([*_~])(?=\S)([^*_~\n]*[.?!\u2026])\2(?![\w*_~])")
_MENTION = re.compile(r"<@([A-Z0-9]{2,})>")
_ENTITY_TAIL = re.compile(r"&[#0-9A-Za-z]{0,9}$")
_HEADING = re.compile(r"(?m)^#{1,6} +(.*?) *#*$")


def decode(text: str) -> str:
    """Return the text without control characters and with `&lt;`, `&gt;`, `&amp;` decoded, as Slack encodes them.

    Numbers, dates and broadcasts stand as people read them, and sentences without the marks of bold, italic and struck.
    """
    plain = _SENTENCE.sub(lambda found: found["code"] or found[3], _MARKUP.sub(_read, _CONTROLS.sub("", text)))
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _read(found: re.Match[str]) -> str:
    """Return what people read where Slack's markup stands."""
    told = f"@{found['all']}" if found["all"] else found["label"] or found["tel"] or "a date"
    return found["code"] or told


def labelled(text: str, name_of: Callable[[str], str]) -> str:
    """Return the text with a name in every mention of a person of whom one is known: `<@U0BOB|bob>`."""

    def label(mention: re.Match[str]) -> str:
        """Name one."""
        name = re.sub(r"[<>|\s]+", " ", name_of(mention[1])).strip()
        return f"<@{mention[1]}|{name}>" if name else mention[0]

    return _MENTION.sub(label, text)


def without_mention(text: str, user: str) -> str:
    """Return the text without the mentions of one user, such as the bot itself."""
    return re.sub(rf"<@{re.escape(user)}(?:\|[^>]*)?>[ \t]*", "", text).strip()


def escape(text: str) -> str:
    """Escape plain text for Slack's mrkdwn."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def seconds(value: float) -> str:
    """Write a duration as in `2.10 s`."""
    return f"{value:.2f} s"


def size(text: str) -> int:
    """Return the UTF-8 bytes of a text, which are never fewer than its characters."""
    return len(text.encode("utf-8", "surrogatepass"))


def shorten(markdown: str, most: int) -> str:
    """Return the text if it has at most `most` bytes, else its beginning and an ellipsis."""
    if size(markdown) <= most:
        return markdown
    return split(markdown, most - 6)[0] + "\n…"


def to_mrkdwn(markdown: str) -> str:
    """Turn headings and bold of Markdown into those of mrkdwn, where markdown blocks are not taken."""
    return _HEADING.sub(r"*\1*", markdown).replace("**", "*")


def split(markdown: str, most: int) -> list[str]:
    """Cut Markdown into pieces of at most `most` bytes, at headings and paragraphs where it can.

    A fenced block that is cut is closed and opened again; a code span within a line likewise. Expects
    what `bot.slack.defang` returns: fences of three backticks in the first column, single-backtick spans.
    """
    pieces: list[str] = []
    current = ""
    for block in _blocks(markdown):
        if size(current) + size(block) <= most:
            current += block
            continue
        pieces.append(current)
        *full, current = [block] if size(block) <= most else _break(block, most)
        pieces.extend(full)
    stripped = (piece.strip("\n") for piece in (*pieces, current))
    return [piece for piece in stripped if piece.strip()] or [""]


def _blocks(markdown: str) -> Iterator[str]:
    """Yield paragraphs, sections' headings and fenced blocks with the newlines that follow them."""
    block, fenced = "", False
    for line in markdown.splitlines(keepends=True):
        fence = line.startswith("```")
        starts = (fence and not fenced) or (not fenced and line.startswith("#"))
        ends = not fenced and block.endswith("\n\n") and line.strip() and not _only_heading(block)
        if block and (starts or ends):
            yield block
            block = ""
        block += line
        if fence:
            fenced = not fenced
            if not fenced:
                yield block
                block = ""
    if block:
        yield block


def _only_heading(block: str) -> bool:
    """Tell whether a block is a heading whose section is still to come."""
    return block.startswith("#") and "\n" not in block.strip("\n")


def _break(block: str, most: int) -> list[str]:
    """Cut one block that is too large by itself, by lines, then by words."""
    if block.startswith("```"):
        opener, _, body = block.partition("\n")
        body = body.rstrip("\n").removesuffix("```")
        room = most - size(opener) - len("\n\n```\n")
        return [f"{opener}\n{piece.rstrip(chr(10))}\n```\n" for piece in _pack(body, room, _cut_anywhere)]
    return _pack(block, most, _cut_line)


def _pack(text: str, most: int, cut: CutLine) -> list[str]:
    """Gather lines into pieces; a line that is too long goes through `cut`."""
    pieces, current = [], ""
    for line in text.splitlines(keepends=True):
        for part in [line] if size(line) <= most else cut(line, most):
            if size(current) + size(part) > most:
                pieces.append(current)
                current = ""
            current += part
    return [piece for piece in (*pieces, current) if piece]


def _prefix(text: str, most: int) -> str:
    """Return the longest beginning of at most `most` bytes."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore") or text[:1]


def _cut_anywhere(line: str, most: int) -> Iterator[str]:
    """Cut a line of code, preferably after a space; nothing is added or left out."""
    while size(line) > most:
        head = _prefix(line, most)
        space = head.rfind(" ") + 1
        head = head[:space] if head[:space].strip() else head
        # Cut inside `&lt;` both halves would be shown as they stand.
        entity = _ENTITY_TAIL.search(head)
        head = head[: entity.start()] if entity and entity.start() else head
        yield head
        line = line[len(head) :]
    yield line


def _cut_line(line: str, most: int) -> Iterator[str]:
    """Cut a line of text, never inside a code span unless the span alone is too long."""
    while size(line) > most:
        head = next(_cut_anywhere(line, most - 1))
        if head.count("`") % 2 == 0:
            yield head
            line = line[len(head) :].lstrip(" ")
        elif opening := head.rfind("`"):
            yield head[:opening]
            line = line[opening:]
        else:
            yield f"{head}`"
            line = "`" + line[len(head) :]
    yield line
