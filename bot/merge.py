"""Puts the answers of the fragments together, in order and mechanically: no model sees the whole."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.model import Outcome, Status

Restore = Callable[[Outcome], str]
"""From an outcome to its text with the pseudonyms restored."""

SENTENCES = {
    "timeout": "the provider did not answer in time.",
    "unreachable": "the provider could not be reached.",
    "overloaded": "the provider is overloaded.",
    "rate_limited": "the provider asked us to slow down.",
    "bad_reply": "the provider's answer could not be read.",
    "auth": "the provider did not accept our key. Tell your admin.",
    "quota": "our account at the provider is used up. Tell your admin.",
    "bad_request": "the provider did not accept the request.",
    "model": "the configured model is not available at the provider. Tell your admin.",
    "refused": "the model refused to answer it.",
    "egress": "the last check before sending found something that must not leave, so it was not sent.",
    "detector": "the check for names and secrets did not work, so it was not sent.",
    "cancelled": "it was stopped.",
}
"""Why a part has no answer, by the one-word class of the error."""

NO_ANSWER = "the provider did not answer."

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\ue000-\uf8ff]")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")


def merge(outcomes: tuple[Outcome, ...], restore: Restore) -> str:
    """Return one Markdown text: each part's answer under its heading, a missing part named in its place."""
    if len(outcomes) == 1:
        return part(outcomes[0], restore)
    return "\n\n".join(
        f"**Part {outcome.number} of {outcome.of}**\n\n{text}" if outcome.status is Status.OK else text
        for outcome in outcomes
        for text in (part(outcome, restore),)
    )


def part(outcome: Outcome, restore: Restore) -> str:
    """Return one part's answer made safe to stand beside others, or the sentence that says why there is none."""
    if outcome.status is not Status.OK:
        reason = SENTENCES.get(outcome.error or "", NO_ANSWER)
        return f"Part {outcome.number} of {outcome.of} could not be answered: {reason}"
    return closed(_INVISIBLE.sub("", restore(outcome).replace("\r\n", "\n"))).strip()


def closed(markdown: str) -> str:
    """Return the text with a code fence that was left open closed, so that it cannot swallow what follows."""
    open_fence = ""
    for line in markdown.split("\n"):
        found = _FENCE.match(line)
        if not found:
            continue
        marks, info = found.groups()
        if not open_fence:
            open_fence = marks if marks[0] == "~" or "`" not in info else ""
        elif marks[0] == open_fence[0] and len(marks) >= len(open_fence) and not info.strip():
            open_fence = ""
    return f"{markdown}\n{open_fence}" if open_fence else markdown
