"""Puts the answers together, in order, on our own machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bot.errors import BadReply, ProviderError, Refused, TesseraError, Timeout
from bot.model.outcome import Outcome, Status
from bot.model.plan import Fragment, Plan

HEADING_CHARS = 80
"""Characters of a part's heading at most."""

SPLITTING = "`---` on a line of its own always splits, `whole:` in front never does; `all:` asks every provider."
"""How people say themselves what is one piece and what is not; stands in every help, and where a question was split."""

CUT = "_The length limit cut this answer off here._"
"""What stands under an answer that is not at its end."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ue000\ue001]"
)
"""Control characters, bidirectional overrides, lone surrogates, and the two that make our own atoms."""

_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?![\w*])")
_BLOCK_MARK = re.compile(r"\A(?:(?:#{1,6}|[->*+\u2022])\s+)+")
_LIST_NUMBER = re.compile(r"\A[\W_]*[0-9]{1,3}[.):]+(?=\W)")
_WORD = re.compile(r"[^\W_]+")
_UNDERLINE = re.compile(r"\A {0,3}(?:=+|-+)[ \t]*(?:\n|\Z)")
"""The line of signs that makes a heading of the line above it."""

_BLANK = re.compile(r"\A(?:[ \t]*\n)+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_BY_STATUS = {
    Status.TIMEOUT: Timeout.message,
    Status.REFUSED: Refused.message,
    Status.CANCELLED: "It was stopped.",
    Status.FAILED: ProviderError.message,
    Status.OK: BadReply.message,
}


def merge(plan: Plan, outcomes: Sequence[Outcome], headings: Sequence[str] = ()) -> str:
    """Return one Markdown answer: every part in order under what it asks, a part without an answer named as such.

    The outcomes are restored, and so are the `headings`, one a fragment; without them a fragment's own is taken.
    """
    found = {outcome.number: outcome for outcome in outcomes}
    if len(plan.fragments) == 1:
        (only,) = plan.fragments
        return _part(only, found.get(1), only.heading) if only.heading else _said(only, found.get(1))[0]
    asked = headings or [fragment.heading for fragment in plan.fragments]
    return "\n\n".join(
        _part(fragment, found.get(fragment.number), heading)
        for fragment, heading in zip(plan.fragments, asked, strict=True)
    )


def _part(fragment: Fragment, outcome: Outcome | None, asked: str) -> str:
    """Return one part of several under its heading; why it has no answer names it, so that no heading need."""
    text, answered = _said(fragment, outcome)
    if not answered or outcome is None:
        title = headline(asked)
        return f"**{title}**\n\n{text}" if title else text
    return titled(asked, fragment.number, fragment.of, outcome.provider, text)


def titled(asked: str, number: int, of: int, provider: str, text: str) -> str:
    """Return an answer under what it answers and who gave it; without a heading the part has its number."""
    return under(headline(asked) or f"Part {number} of {of}", provider, text, asked)


def under(title: str, provider: str, text: str, asked: str = "") -> str:
    """Return an answer under its title, without the line in which it repeats what was asked."""
    by = "" if title == provider.upper() else f" · {provider.upper()}"
    return f"**{title}**{by}\n\n{_without_repetition(text, asked or title)}"


def _said(fragment: Fragment, outcome: Outcome | None) -> tuple[str, bool]:
    """Return a part's answer and True, or why there is none and False."""
    text = tidy(outcome.text) if outcome and outcome.status is Status.OK else ""
    if text and outcome:
        return (f"{text}\n\n{CUT}" if outcome.cut else text), True
    why = reason(outcome) if outcome else "It was not sent."
    return f"Part {fragment.number} of {fragment.of} could not be answered: {why}", False


def headline(text: str) -> str:
    """Return a text as a heading of one line: what would end bold or begin something else is gone, a long one is cut.

    An asterisk that is no emphasis becomes the operator that looks like it, a backtick a quotation mark.
    """
    line = _UNSEEN.sub("", " ".join(text.split()))
    line = _EMPHASIS.sub(r"\2", _BLOCK_MARK.sub("", line))
    line = line.replace("*", "\u2217").replace("`", "'").replace("](", "] (").strip()
    if len(line) > HEADING_CHARS:
        edge = line.rfind(" ", HEADING_CHARS // 2, HEADING_CHARS)
        line = line[: HEADING_CHARS - 1 if edge < 0 else edge].rstrip(" \\,;:.([{-\u2013\u2014") + "\u2026"
    return line.rstrip("\\ ")


def _without_repetition(answer: str, asked: str) -> str:
    """Return the answer without its first line where that only repeats what was asked and more comes after it."""
    first, _, rest = answer.partition("\n")
    rest = _BLANK.sub("", _UNDERLINE.sub("", rest, count=1), count=1)
    return rest if rest and (said := _bare(first)) and said == _bare(asked) else answer


def _bare(text: str) -> str:
    """Return the words alone, to compare: without case, marks, punctuation and the number of a list."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return " ".join(_WORD.findall(_LIST_NUMBER.sub("", plain, count=1)))


def reason(outcome: Outcome) -> str:
    """Return the plain sentence that says why a fragment has no answer: who failed, and who else was asked for it."""
    others = dict.fromkeys(each.provider.upper() for each in outcome.attempts if each.provider != outcome.provider)
    sentence = why(outcome.provider, outcome.error, _BY_STATUS[outcome.status])
    return f"{sentence} Before it {' and '.join(others)} had failed." if others and outcome.error else sentence


def why(provider: str, error: str | None, otherwise: str = ProviderError.message) -> str:
    """Return the sentence for a class of error, with the provider's name in it."""
    sentences = {kind.kind: kind.message for kind in _kinds(TesseraError)}
    sentence = sentences.get(error or "", otherwise).replace("The model", f"{provider.upper()}'s model")
    return re.sub(r"\b[Tt]he provider\b", provider.upper(), sentence)


def _kinds(root: type[TesseraError]) -> Iterator[type[TesseraError]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


def tidy(text: str) -> str:
    """Return a provider's text without characters that deceive, and with its last code block closed."""
    lines = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip().split("\n")
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if not mark:
            continue
        sign, rest = mark.group(1), mark.group(2)
        if not fence and not (sign[0] == "`" and "`" in rest):
            fence = sign
        elif fence and sign[0] == fence[0] and len(sign) >= len(fence) and not rest.strip():
            fence = ""
    return "\n".join([*lines, fence] if fence else lines)


def closed(markdown: str) -> str:
    """Return a text that still grows with the bold and the code span closed that its last paragraph leaves open."""
    if sum(line.lstrip().startswith("```") for line in markdown.split("\n")) % 2:
        return markdown  # in a fenced block nothing else is open
    paragraph = markdown.rstrip().rpartition("\n\n")[2]
    if paragraph.rpartition("\n")[2].count("`") % 2:
        return f"{markdown.rstrip()}`"
    if paragraph.count("**") % 2:
        written = markdown.rstrip()
        return written.removesuffix("**") if written.endswith("**") else f"{written}**"
    return markdown
