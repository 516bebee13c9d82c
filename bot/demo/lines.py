"""What a Slack message shows, read from its JSON as lines that a terminal and a page can draw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Protocol

Json = Mapping[str, Any]


class Shown(Protocol):
    """A message of the emulator."""

    def to_dict(self) -> dict[str, Any]:
        """Return the message in Slack's JSON shape."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen: `kind` says how it looks, `state` is the state of a task or the level of an alert.

    The labels of `buttons` are separated by line breaks; no other text has any.
    """

    kind: str
    text: str = ""
    state: str = ""
    indent: int = 0


_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_BULLET = re.compile(r"^(\s*)[-*+]\s+(.*)$")
_REFERENCE = re.compile(r"<(?:([@#!])([^>|]*)|([^>|@#!][^>|]*))(?:\|([^>]*))?>")


def lines(message: Json | Shown) -> list[Line]:
    """Return what the message shows: its blocks, else its text."""
    found = message if isinstance(message, Mapping) else message.to_dict()
    blocks = found.get("blocks") or ()
    shown = [line for block in blocks for line in _BLOCKS.get(block.get("type", ""), _unknown)(block)]
    return shown if blocks else list(_mrkdwn(str(found.get("text") or "")))


def _input(block: Json) -> Iterator[Line]:
    """Show a field with what stands in it, or boxes with those that are ticked."""
    element = block.get("element") or {}
    optional = " (optional)" if block.get("optional") else ""
    yield Line("label", _words(block.get("label")) + optional)
    if "options" not in element:
        yield from (Line("field", part) for part in str(element.get("initial_value") or "").split("\n"))
        return
    ticked = [option.get("value") for option in element.get("initial_options") or ()]
    for option in element["options"]:
        yield Line("box", _words(option.get("text")), "ticked" if option.get("value") in ticked else "open")


def _unknown(block: Json) -> Iterator[Line]:
    """Show that there is something that this screen cannot draw."""
    yield Line("context", f"({block.get('type', 'block')})")


def _mrkdwn(text: str, kind: str = "text") -> Iterator[Line]:
    """Read Slack's own markup: references become readable, entities are decoded."""
    for part in text.split("\n"):
        shown = unescape(_REFERENCE.sub(_refer, part))
        if kind == "text" and shown.startswith(">"):
            yield Line("quote", shown[1:].strip())
        else:
            yield Line(kind, shown)


def _refer(match: re.Match[str]) -> str:
    """Return a mention, a channel or a link as people read it."""
    sign, name, url, label = match.groups()
    if sign == "!" and name.startswith("date^"):
        return label or name
    if sign:
        return ("#" if sign == "#" else "@") + (label or name)
    return f"{label} ({url})" if label else url


def _markdown(text: str) -> Iterator[Line]:
    """Read Markdown line by line; inside a fence everything is code."""
    fenced = False
    for part in unescape(text).split("\n"):
        if _FENCE.match(part):
            fenced = not fenced
        elif fenced:
            yield Line("code", part)
        else:
            yield _markdown_line(part)


def _markdown_line(part: str) -> Line:
    """Read one line of Markdown outside of fences."""
    heading, bullet = _HEADING.match(part), _BULLET.match(part)
    if heading:
        return Line("heading", heading[1])
    if bullet:
        return Line("bullet", bullet[2], indent=len(bullet[1]) // 2)
    if part.startswith(">"):
        return Line("quote", part[1:].strip())
    return Line("divider") if part.strip() in {"---", "***"} else Line("text", part)


def _object(value: Any, kind: str = "text") -> Iterator[Line]:
    """Read a text object."""
    if isinstance(value, Mapping):
        text = str(value.get("text", ""))
        yield from _mrkdwn(text, kind) if value.get("type") == "mrkdwn" else (Line(kind, t) for t in text.split("\n"))


def _words(value: Any) -> str:
    """Return a text object on one line."""
    return " ".join(line.text for line in _object(value))


def _section(block: Json) -> Iterator[Line]:
    yield from _object(block.get("text"))
    for field in block.get("fields") or ():
        yield from _object(field)
    if block.get("accessory"):
        yield _buttons([block["accessory"]])


def _context(block: Json) -> Iterator[Line]:
    elements = block.get("elements") or ()
    told = "  ".join(e.get("alt_text") or "\n".join(line.text for line in _object(e)) for e in elements)
    yield from (Line("context", line) for line in told.split("\n"))


def _buttons(elements: Sequence[Json]) -> Line:
    """Show what can be pressed, on one line."""
    pressable = [b for e in elements for b in (e.get("positive_button"), e.get("negative_button"), e) if b]
    labels = [_words(b.get("text")) or str(b.get("alt_text") or b.get("type")) for b in pressable]
    return Line("buttons", "\n".join(label for label in labels if label != "feedback_buttons"))


def _actions(block: Json) -> Iterator[Line]:
    yield _buttons(block.get("elements") or ())


def _plan(block: Json) -> Iterator[Line]:
    yield Line("heading", str(block.get("title", "")))
    for task in block.get("tasks") or ():
        yield from _task(task, indent=1)


def _task(block: Json, indent: int = 0) -> Iterator[Line]:
    yield Line("task", str(block.get("title", "")), str(block.get("status", "")), indent)
    for part in ("details", "output"):
        for line in _rich_text(block.get(part) or {}):
            yield Line(line.kind, line.text, indent=indent + 1)
    for source in block.get("sources") or ():
        yield Line("context", f"{source.get('text', '')} ({source.get('url', '')})", indent=indent + 1)


_KINDS = {"rich_text_preformatted": "code", "rich_text_quote": "quote"}


def _rich_text(block: Json) -> Iterator[Line]:
    for element in block.get("elements") or ():
        if element.get("type") == "rich_text_list":
            for item in element.get("elements") or ():
                yield Line("bullet", _parts(item), indent=element.get("indent", 0))
        else:
            for text in _parts(element).split("\n"):
                yield Line(_KINDS.get(element.get("type", ""), "text"), text)


def _parts(element: Json) -> str:
    """Return the text of a rich text's element."""
    return "".join(_part(part) for part in element.get("elements") or ())


def _part(part: Json) -> str:
    """Return one run of a rich text as people read it."""
    if part.get("type") == "link":
        return f"{part['text']} ({part.get('url', '')})" if part.get("text") else str(part.get("url", ""))
    for name, sign in (("user_id", "@"), ("usergroup_id", "@"), ("range", "@"), ("channel_id", "#")):
        if name in part:
            return sign + str(part[name])
    return str(part.get("text") or f":{part.get('name', '')}:")


def _table(block: Json) -> Iterator[Line]:
    for row in block.get("rows") or ():
        cells = ["\n".join(line.text for line in _rich_text(c)) or str(c.get("text", c.get("value", ""))) for c in row]
        yield Line("text", " | ".join(cells))


_BLOCKS: dict[str, Callable[[Json], Iterator[Line]]] = {
    "section": _section,
    "markdown": lambda block: _markdown(str(block.get("text", ""))),
    "header": lambda block: _object(block.get("text"), "heading"),
    "divider": lambda _block: iter((Line("divider"),)),
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "plan": _plan,
    "task_card": _task,
    "rich_text": _rich_text,
    "table": _table,
    "image": lambda block: iter((Line("context", f"(image: {block.get('alt_text', '')})"),)),
    "alert": lambda block: (
        Line("alert", line.text, str(block.get("level", "default"))) for line in _object(block.get("text"))
    ),
    "input": _input,
}
