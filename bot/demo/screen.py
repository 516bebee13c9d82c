"""Draws Slack messages: as plain lines for a terminal, and as one HTML page that looks like a thread.

The page stands alone: inline CSS, no script, nothing fetched, everything escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape

from bot.demo.lines import Json, Line, Shown, lines

TASKS = {"pending": "○", "in_progress": "◐", "complete": "●", "error": "✗"}
BOXES = {"ticked": "☑", "open": "☐"}
PREFIXES = {"quote": "│ ", "bullet": "• ", "context": "  ", "code": "    ", "alert": "! ", "field": "_ "}
_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*(.+?)\*\*|(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])")
_ITALIC = re.compile(r"(?<!\w)_([^_\s][^_]*)_(?!\w)")
_STYLE = """
body { font: 15px/1.47 Lato, "Helvetica Neue", Arial, sans-serif; color: #1d1c1d; background: #fff; margin: 0 auto;
       max-width: 720px; padding: 16px }
article { display: flex; gap: 10px; padding: 8px 0 }
.reply { margin-left: 24px }
.face { width: 36px; height: 36px; border-radius: 8px; color: #fff; text-align: center; line-height: 36px;
        font-weight: 700; background: #4a154b; flex: none }
.app .face { background: #1264a3 }
.body { flex: 1; min-width: 0; overflow-wrap: anywhere }
.name { font-weight: 900 }
.badge { font-size: 10px; background: #eee; border-radius: 2px; padding: 1px 3px; color: #616061 }
time { font-size: 12px; color: #616061 }
p, pre { margin: 2px 0; min-height: 1em }
pre { background: #f8f8f8; border: 1px solid #ddd; padding: 2px 8px; white-space: pre-wrap; font-size: 12px }
.heading { font-weight: 900; font-size: 17px }
.quote { border-left: 4px solid #ddd; padding-left: 12px }
.bullet::before { content: "\\2022\\00a0\\00a0" }
.context { font-size: 12px; color: #616061 }
.task { border: 1px solid #ddd; border-radius: 8px; padding: 4px 10px }
.complete i { color: #007a5a } .in_progress i { color: #1264a3 } .error i { color: #e01e5a }
.label { font-weight: 700; margin-top: 10px }
.field { border: 1px solid #bbb; border-radius: 4px; padding: 4px 8px; margin: 0 }
.field + .field { border-top: 0 }
.view { border: 1px solid #ddd; border-radius: 8px; padding: 12px 20px; box-shadow: 0 2px 8px #0002 }
.title { font-weight: 900; font-size: 18px; border-bottom: 1px solid #ddd; padding-bottom: 8px; margin-bottom: 8px }
.foot { text-align: right; border-top: 1px solid #ddd; margin-top: 8px }
.foot .button:last-child { background: #007a5a; color: #fff; border-color: #007a5a }
.task i, .box i, .alert i { font-style: normal; margin-right: 8px }
.alert { border-radius: 8px; padding: 4px 10px; background: #f4ede4 }
.button { display: inline-block; border: 1px solid #bbb; border-radius: 4px; padding: 3px 10px; margin: 4px 6px 4px 0;
          font-weight: 700; font-size: 13px }
code { background: #f8f8f8; border: 1px solid #ddd; border-radius: 3px; padding: 0 3px; color: #e01e5a }
"""


def render_text(message: Json | Shown) -> list[str]:
    """Return the message as plain lines for a terminal, without colour or control characters."""
    drawn = [_draw(line) for line in lines(message)]
    return ["".join(c if c.isprintable() else " " for c in text).rstrip() for text in drawn]


def render_html(messages: Sequence[Json | Shown], names: Mapping[str, str] | None = None) -> str:
    """Return the messages as one page that looks like a thread; `names` gives user ids their names."""
    articles = "\n".join(_article(message, names or {}, first=not index) for index, message in enumerate(messages))
    head = f"<head><meta charset='utf-8'><title>Thread</title><style>{_STYLE}</style></head>"
    return f"<!doctype html>\n<html lang='en'>{head}\n<body>\n{articles}\n</body></html>\n"


def render_view(view: Json, names: Mapping[str, str] | None = None) -> str:
    """Return a modal or a Home tab as one page; `names` gives user ids their names."""
    title = str((view.get("title") or {}).get("text") or "Home")
    body = "\n".join(_html(line) for line in lines(view))
    ends = [str(view[name]["text"]) for name in ("close", "submit") if view.get(name)]
    buttons = "".join(f"<span class='button'>{escape(label)}</span>" for label in ends)
    foot = f"<div class='foot'>{buttons}</div>" if ends else ""
    page = render_html((), names)
    return page.replace(
        "<body>", f"<body><div class='view'><div class='title'>{escape(title)}</div>\n{body}{foot}</div>"
    )


def _draw(line: Line) -> str:
    """Return one line for a terminal."""
    if line.kind == "divider":
        return "─" * 40
    if line.kind == "buttons":
        return " ".join(f"[ {label} ]" for label in line.text.split("\n"))
    marks = {"task": TASKS, "box": BOXES}.get(line.kind)
    mark = f"{marks.get(line.state, '?')} " if marks else PREFIXES.get(line.kind, "")
    return "  " * line.indent + mark + line.text


def _article(message: Json | Shown, names: Mapping[str, str], *, first: bool) -> str:
    """Return one message."""
    found = message if isinstance(message, Mapping) else message.to_dict()
    user = str(found.get("user") or found.get("username") or "?")
    name = names.get(user, user)
    kinds = " ".join(kind for kind, on in (("app", found.get("bot_id")), ("reply", not first)) if on)
    badge = " <span class='badge'>APP</span>" if found.get("bot_id") else ""
    head = f"<span class='name'>{escape(name)}</span>{badge} <time>{escape(_clock(found))}</time>"
    body = "\n".join(_html(line) for line in lines(found))
    face = f"<div class='face'>{escape(name[:1].upper())}</div>"
    return f"<article class='{kinds}'>{face}<div class='body'>{head}\n{body}</div></article>"


def _clock(message: Json) -> str:
    """Return the time of day of a message, in UTC; empty when it has none."""
    try:
        return datetime.fromtimestamp(float(message.get("ts", "")), UTC).strftime("%H:%M:%S")
    except ValueError:
        return ""


def _html(line: Line) -> str:
    """Return one line."""
    indent = f" style='margin-left:{line.indent * 20}px'" if line.indent else ""
    if line.kind == "divider":
        return "<hr>"
    if line.kind == "code":
        return f"<pre{indent}>{escape(line.text)}</pre>"
    if line.kind == "buttons":
        return "".join(f"<span class='button'>{escape(label)}</span>" for label in line.text.split("\n"))
    state = f" {line.state}" if line.state.isidentifier() else ""
    mark = {"task": TASKS.get(line.state, "?"), "box": BOXES.get(line.state, "?"), "alert": "!"}.get(line.kind, "")
    icon = f"<i>{mark}</i>" if mark else ""
    return f"<p class='{line.kind}{state}'{indent}>{icon}{_inline(line.text)}</p>"


def _inline(text: str) -> str:
    """Return text with code, bold and italics; what is in code stays as it is."""
    pieces = _CODE.split(text)
    return "".join(f"<code>{escape(p)}</code>" if index % 2 else _styled(escape(p)) for index, p in enumerate(pieces))


def _styled(text: str) -> str:
    """Return escaped text with bold and italics."""
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(lambda m: f"<strong>{m[1] or m[2]}</strong>", text))
