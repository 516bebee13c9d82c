"""Make what a model wrote harmless in Slack: no mention, no link, no image; only the asker's own URLs stay bare.

What comes out is Markdown in one canonical form, so that no parser can take code for text or text for code:
fences are three backticks in the first column and always closed, code spans have single backticks and stay
within a line, every other backtick is gone, `<` and `>` are entities (in code where Slack would act on them),
`](`, `][` and `]:` are taken apart, and whatever could be auto-linked stands in a code span.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000\ue001\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SKIPPED = dict.fromkeys([*map(ord, "\\*~"), *range(0x200C, 0x2010), *range(0xFE00, 0xFE10)])
"""Characters that a renderer swallows, and behind which a link could hide."""

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_FENCE = re.compile(
    r"((?:[ \t]*>)*)(?:(?<=>) )?([ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?)(`{3,}(?=[^`]*$)|~{3,})[ \t]*([\w+#-]{0,20})"
)
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)([^\n]{0,2000}?[^`\n])\1(?!`)")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)*")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([ \t]*<?([^\s()<>]{1,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500})?)>?"
                   r"(?:[ \t]+[\"'(][^\n\"')]{0,300}[\"')])?[ \t]*\)")  # fmt: skip
_ANGLE = re.compile(r"<([^<>|\s]{1,2000})(?:\|([^<>\n]{0,500}))?>")
_WORD = re.compile(r"[^\s<>|（）「」『』【】《》，、；！？]+")  # noqa: RUF001
_HOST = re.compile(r"(?:[^\W_]|[^\x00-\x7f])\.(?:[^\W\d_]{2}|xn--)|[A-Za-z0-9]。[A-Za-z]{2}")
_SCHEME = re.compile(
    r"(?i)(?<![a-z])(?:https?|ftps?|mailto|tel|sms|callto|facetime|slack|skype|msteams|zoommtg|data|javascript|vbscript"
    r"|file|blob|wss?|ssh|git|sips?|xmpp|ircs?|ldaps?|magnet|bitcoin|geo|intent|market|view-source|urn):(?=[^\s:])"
)
_ADDRESS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}[:/]")
_LINKS = re.compile(r"[.:/。]|[^\x00-\x7f]")
"""What every link has one of; a word without is none. Letters beyond ASCII may turn into one of them by NFKC."""

_BROADCAST = re.compile(r"(?i)@(?=(?:here|channel|everyone|group)(?![^\W_]))")
_CONTROL = re.compile(r"<(?=[@#!])|<(?=[^\s<>/]*[:.|@][^<>]*>|//)")
_MENTION = re.compile(
    r"<([@#]|!subteam\^)([A-Z0-9]{2,})(?:\|[@#]?([^<>\n]*))?>|<!(here|channel|everyone)(?:\|[^<>\n]*)?>"
)
_BREAK = re.compile(r"(?i)\s?<br\s{0,5}/?>\s?")
_ESCAPED = re.compile(r"(?<!\\)\\+(?=[<>])")
_LEAD = "([{'\"‘“„«*_~,;:.!?…-"  # noqa: RUF001
_TRAIL = ")]}'\"’”“»*_~,;:.!?…"  # noqa: RUF001
_LONGEST_URL = 2_000
"""Characters; less than any message holds, so that no bare URL is ever cut in two."""


def defang(markdown: str, allowed: frozenset[str] = frozenset()) -> str:
    """Return the Markdown with everything clickable made inert, but for exactly the `allowed` URLs."""
    return _defanged(markdown, allowed)[0]


@dataclass(frozen=True, slots=True)
class Defanged:
    """A Markdown text that grows, and what it became; the `lines` of it outside open fences are done once.

    `begun` is what the lines became.
    """

    lines: str = ""
    begun: str = ""
    text: str = ""

    def on(self, markdown: str, allowed: frozenset[str]) -> Defanged:
        """Return the same for the text as it is by now, or for another one."""
        if not markdown.startswith(self.lines):
            return Defanged().on(markdown, allowed)
        lines, begun = self.lines, self.begun
        whole, end, _ = markdown[len(lines) :].rpartition("\n")
        # The carriage return of a last line ended by both is one end with what follows it, not one more.
        done, fenced = _defanged(whole.removesuffix("\r"), allowed) if end else ("", True)
        if not fenced:
            lines, begun = f"{lines}{whole}\n", f"{begun}{done}\n"
        return Defanged(lines, begun, begun + defang(markdown[len(lines) :], allowed))


def _defanged(markdown: str, allowed: frozenset[str]) -> tuple[str, bool]:
    """Return the Markdown made inert, and whether a fenced block stood open at its end."""
    out: list[str] = []
    fence, begun, indent, depth = "", 0, 0, 0
    for line in _INVISIBLE.sub("", _NEWLINE.sub("\n", markdown)).split("\n"):
        code = _unquoted(line, depth) if fence else None
        if fence and code is None:  # the quotation has ended, and with it the code in it
            out[begun:] = [*_codes(out[begun:]), "```"]
            fence = ""
        if code is not None:
            closes = code.strip(" \t").startswith(fence) and not code.strip(" \t" + fence[0])
            # Code in a list item is indented as the item is: Slack knows no nesting, and would show the blanks.
            inner = code[min(indent, len(code) - len(code.lstrip(" \t"))) :]
            if closes:
                out[begun:] = [*_codes(out[begun:]), "```"]
                fence = ""
            else:
                out.append(inner.replace("```", "'''"))
        elif opening := _FENCE.match(line):
            quotes, item, fence, language = opening.groups()
            depth, indent = quotes.count(">"), len(item)
            out += [f"{quotes} {item}".strip()] if item.strip(" \t-*+") else []
            out.append(f"```{language}")
            begun = len(out)
        else:
            out.append(_line(line, allowed))
    if fence:
        out[begun:] = [*_codes(out[begun:]), "```"]
    return "\n".join(out), bool(fence)


def _unquoted(line: str, depth: int) -> str | None:
    """Return a line without so many signs of quotation before it; None when it has fewer."""
    for _ in range(depth):
        before, sign, line = line.partition(">")
        if not sign or before.strip(" \t"):
            return None
        line = line.removeprefix(" ")
    return line


def _codes(lines: list[str]) -> list[str]:
    """Return the lines of a block of code in which Slack would act on nothing."""
    return _code("\n".join(lines)).split("\n") if lines else []


def asked_urls(question: str) -> frozenset[str]:
    """Return the URLs and addresses in what the asker wrote, each as written, for `defang` to leave bare."""
    found: set[str] = set()
    for link, label in _ANGLE.findall(question):
        if link[0] not in "@#!":
            found |= {link, link.removeprefix("mailto:").removeprefix("tel:")}
            found |= {label} if label and link.endswith(label) else set()
    for word in _WORD.findall(_ANGLE.sub(" ", question)):
        found.add(_trimmed(word)[1])
    return frozenset(url for url in found if linkish(url) and len(url) <= _LONGEST_URL and not set(url) & set("`|<>\\"))


def linkish(word: str) -> bool:
    """Tell whether a word could be taken for a link: a scheme, a host name, an address."""
    if not _LINKS.search(word):
        return False
    plain = unicodedata.normalize("NFKC", word)
    return "://" in plain or any(pattern.search(plain) for pattern in (_HOST, _SCHEME, _ADDRESS))


def _line(line: str, allowed: frozenset[str]) -> str:
    """Make one line of text harmless, code spans apart."""
    quote = _QUOTE.match(line)
    prefix = quote[0] if quote else ""
    out = ""
    for code, piece in _pieces(line[len(prefix) :]):
        done = _span(piece) if code else _text(piece, allowed)
        if code:
            out = out.rstrip("\\")
        out += f" {done}" if out.endswith("`") and done.startswith("`") else done
    return prefix + out


def _pieces(line: str) -> Iterator[tuple[bool, str]]:
    """Yield the code spans of a line (True) and the text between them (False)."""
    end = 0
    for span in _SPAN.finditer(line):
        yield False, line[end : span.start()]
        yield True, span[2]
        end = span.end()
    yield False, line[end:]


def _span(code: str) -> str:
    """Return a code span in canonical form; a bar would end it inside a table."""
    code = code.replace("`", "'")
    if linkish(code.translate(_SKIPPED)):
        code = code.replace("|", "%7C")
    return f"`{_code(code)}`" if code.strip() else code


def _code(code: str) -> str:
    """Return code in which Slack would act on nothing: every `<` is an entity as soon as one must be."""
    return code.replace("<", "&lt;") if _CONTROL.search(code) else code


def _text(text: str, allowed: frozenset[str]) -> str:
    """Make text outside code harmless."""
    text = _decoded(text).replace("`", "'").replace("~~~", "~~")
    text = _BREAK.sub(" / " if text.lstrip().startswith("|") else " ", text)
    text = _MENTION.sub(_named, text)
    text = _LINK.sub(_unlinked, text)
    text = _ANGLE.sub(lambda link: f"{link[2]} ({link[1]})" if link[2] and linkish(link[1]) else link[0], text)
    for pair in ("](", "][", "]:"):
        text = text.replace(pair, f"] {pair[1]}")
    text = _WORD.sub(lambda word: _word(word[0], allowed), text)
    text = _ESCAPED.sub("", text)  # a backslash would make text of the entity that follows
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _named(mention: re.Match[str]) -> str:
    """Return a mention as plain words, by the name that it carries."""
    return f"@{mention[4]}" if mention[4] else f"{'#' if mention[1] == '#' else '@'}{mention[3] or mention[2]}"


def _unlinked(link: re.Match[str]) -> str:
    """Return text and address of a link; what has no address that could be opened, such as `f[0](y)`, is none."""
    if link[0][0] != "!" and not linkish(link[2].translate(_SKIPPED)):
        return link[0]
    return link[2] if link[1].strip() in ("", link[2]) else f"{link[1]} ({link[2]})"


def _decoded(text: str) -> str:
    """Decode entities until none is left, so that nothing hides behind one."""
    for _ in range(4):
        decoded = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if decoded == text:
            return text
        text = _INVISIBLE.sub("", _NEWLINE.sub(" ", decoded)).replace("\n", " ")
    return text.replace("&", "+")


def _word(word: str, allowed: frozenset[str]) -> str:
    """Return a word as it is, or as code when it could be taken for a link that the asker did not write."""
    if not linkish(word.translate(_SKIPPED)):
        return _BROADCAST.sub("@\u200b", word)
    lead, core, trail = _trimmed(word)
    if core in allowed and len(word) <= _LONGEST_URL:
        return lead + core + trail
    return f"{lead}`{core.translate(_SKIPPED)}`{trail}"


def _trimmed(word: str) -> tuple[str, str, str]:
    """Return the punctuation before a word, the word, and the punctuation after it; parentheses stay paired."""
    core = word.lstrip(_LEAD)
    lead, end = word[: len(word) - len(core)], len(core)
    unopened = core.count(")") - core.count("(")
    while end and core[end - 1] in _TRAIL and (core[end - 1] != ")" or unopened > 0):
        unopened -= core[end - 1] == ")"
        end -= 1
    return (lead, core[:end], core[end:]) if end else ("", word, "")
