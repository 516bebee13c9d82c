"""What a question looks like in its thread: pure builders of messages, none of which holds a live link or mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from bot.merge import SPLITTING, footer
from bot.model import Answer, FragmentEvent, Mode, Outcome, Plan, Status
from bot.slack import text as texts
from bot.slack.defang import defang

Block = dict[str, Any]
"""One Block Kit block."""

FALLBACK_BYTES = 3_400
"""Bytes of `text`, of which `chat.update` takes somewhat fewer than 4,000 (facts: slack.md 2)."""

MOST_CARDS = 20
_SECTION_BYTES = 2_900
_NOTICE_BYTES = 600
_WHO_BYTES = 300
_STATES = {
    "pending": "pending", "waiting": "pending", "queued": "pending",
    "complete": "complete", "ok": "complete",
    "error": "error", "failed": "error", "timeout": "error", "refused": "error", "cancelled": "error",
}  # fmt: skip
_SIGNS = {
    "pending": ":white_circle:", "in_progress": ":hourglass_flowing_sand:",
    "complete": ":white_check_mark:", "error": ":x:",
}  # fmt: skip


class Level(IntEnum):
    """How much of Block Kit a message uses; Slack's refusal of one level leads to the next."""

    RICH = 0
    PLAIN = 1
    TEXT = 2


_ROOM = {Level.RICH: 8_000, Level.PLAIN: 6_000, Level.TEXT: 2_300}
"""Bytes of Markdown in one message: a whole message is refused near 10,600 bytes (facts: slack.md 1.2, 1.3)."""


@dataclass(frozen=True, slots=True)
class Post:
    """One message: the text of notifications and screen readers, and the blocks."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a question is: one event per part, in order."""

    request_id: str
    mode: Mode
    parts: tuple[FragmentEvent, ...]
    seconds: float = 0.0
    allowed: frozenset[str] = frozenset()

    def after(self, event: FragmentEvent) -> Progress:
        """Return the progress after one more event; a finished part stays finished."""
        return replace(self, parts=tuple(_newer(part, event) for part in self.parts))

    @property
    def done(self) -> int:
        """Return how many parts are finished."""
        return sum(_status(part.state) in ("complete", "error") for part in self.parts)


def begin(plan: Plan, allowed: frozenset[str] = frozenset()) -> Progress:
    """Return the progress of a plan of which nothing is sent yet."""
    parts = tuple(
        FragmentEvent(fragment.number, fragment.of, route, "pending")
        for fragment, route in zip(plan.fragments, plan.routes, strict=True)
    )
    return Progress(plan.request_id, plan.mode, parts, allowed=allowed)


def progress(state: Progress, level: Level = Level.RICH) -> Post:
    """Build the message of a question in work: every part's state, finished answers at once, and Stop."""
    line = f"{_summary(state)} · {state.seconds:.0f} s"
    if level is Level.TEXT:
        return Post(line)
    # Over its limit the whole message is refused (slackapi/bolt-js#2509), so the parts share its room from the start.
    room = _ROOM[level] // max(1, len(state.parts))
    finished = [
        f"**Part {part.number} of {part.of}**\n{texts.shorten(defang(part.text[:room], state.allowed), room - 40)}"
        for part in state.parts
        if part.text and _status(part.state) == "complete"
    ]
    stop = _button("Stop", "stop_query", state.request_id, style="danger")
    return Post(
        line,
        (
            *_plan(state, level),
            *_markdown("\n\n".join(finished), level),
            _context(line),
            _actions(stop),
        ),
    )


def final(
    answer: Answer, allowed: frozenset[str] = frozenset(), level: Level = Level.RICH
) -> tuple[Post, tuple[Post, ...]]:
    """Build the last edit of the message, and the messages in which a long answer goes on."""
    pieces = texts.split(defang(answer.text, allowed), _ROOM[level])
    line, notices = footer(answer), _notices(answer)
    if level is Level.TEXT:
        small = "\n".join(filter(None, (_answered_by(answer), line, SPLITTING)))
        pieces[-1] = "\n\n".join(filter(None, (pieces[-1], notices, small)))
        return Post(pieces[0]), tuple(map(Post, pieces[1:]))
    state = Progress(answer.request_id, answer.mode, tuple(map(_event, answer.outcomes)))
    opening = Post(
        texts.shorten(pieces[0], FALLBACK_BYTES),
        (
            *_plan(state, level),
            *_markdown(pieces[0], level),
            *([_context(notices)] if notices else []),
            _context(line, SPLITTING),
            *([_feedback(answer.request_id)] if level is Level.RICH else []),
            _actions(
                _button("Regenerate", "regenerate_query", answer.request_id),
                _button("Details", "show_receipt", answer.request_id),
            ),
        ),
    )
    return opening, tuple(Post(texts.shorten(piece, 300), tuple(_markdown(piece, level))) for piece in pieces[1:])


def failed(sentence: str, reference: str, level: Level = Level.RICH) -> Post:
    """Build the message of a question that has no answer: why, a reference, and the offer to try again."""
    line = told(sentence, reference)
    if level is Level.TEXT:
        return Post(line)
    return Post(line, (_section(line), _actions(_button("Ask again", "regenerate_query", reference))))


def told(sentence: str, reference: str) -> str:
    """Return a sentence for people with the reference that finds its log lines."""
    return f"{texts.escape(sentence)}\nReference: `{reference}`"


def root(user: str) -> Post:
    """Build the message that a slash command's thread hangs on: it names the asker, not the question."""
    line = f"<@{user}> asked a question. The answer is in the thread."
    return Post(line, (_section(line),))


def _newer(part: FragmentEvent, event: FragmentEvent) -> FragmentEvent:
    finished = _status(part.state) in ("complete", "error") and _status(event.state) in ("pending", "in_progress")
    return part if part.number != event.number or finished else event


def _status(state: str) -> str:
    """Return the task card's status for a state of the fan-out; what is unknown is in progress."""
    return _STATES.get(state, "in_progress")


def _event(outcome: Outcome) -> FragmentEvent:
    state = "complete" if outcome.status is Status.OK else "error"
    return FragmentEvent(outcome.number, outcome.of, outcome.provider, state, outcome.seconds, error=outcome.error)


def _summary(state: Progress) -> str:
    mode = "Sequential" if state.mode is Mode.SEQUENTIAL else "Parallel"
    of = len(state.parts)
    return f"{mode} processing · {state.done} of {of} part{'' if of == 1 else 's'}"


def _title(part: FragmentEvent) -> str:
    """Return a card's title; never a word of the fragment."""
    took = f" · {texts.seconds(part.seconds)}" if part.seconds is not None else ""
    why = f" · {re.sub('[^a-z_ ]', '', part.error)}" if part.error else ""
    return f"Part {part.number} of {part.of} · {part.provider.upper()}{took}{why}"


def _plan(state: Progress, level: Level) -> Sequence[Block]:
    """Build the list of parts; its block id stays the same, or an opened plan would fold at each edit."""
    shown, more = state.parts[:MOST_CARDS], state.parts[MOST_CARDS:]
    if level is Level.PLAIN:
        lines = [f"{_SIGNS[_status(part.state)]} {texts.escape(_title(part))}" for part in shown]
        return [_section("\n".join([*lines, *([f"and {len(more)} more"] if more else [])]))]
    cards = [_card(f"f{part.number}", _title(part), _status(part.state)) for part in shown]
    if more:
        finished = all(_status(part.state) in ("complete", "error") for part in more)
        cards.append(_card("more", f"and {len(more)} more", "complete" if finished else "in_progress"))
    return [{"type": "plan", "block_id": f"plan-{state.request_id}", "title": _summary(state), "tasks": cards}]


def _card(task: str, title: str, status: str) -> Block:
    return {"type": "task_card", "task_id": task, "title": title, "status": status}


def _markdown(markdown: str, level: Level) -> Iterable[Block]:
    """Build the blocks of defanged Markdown that fits into one message."""
    if not markdown:
        return []
    if level is Level.PLAIN:
        return [_section(piece) for piece in texts.split(texts.to_mrkdwn(markdown), _SECTION_BYTES) if piece]
    return [{"type": "markdown", "text": markdown}]


def _answered_by(answer: Answer) -> str:
    """Return who answered which part, for a message without the list of parts."""
    named = (f"{each.number} {each.provider.upper()}" for each in answer.outcomes if each.status is Status.OK)
    line = ", ".join(named) if len(answer.outcomes) > 1 else ""
    return texts.shorten(f"Answered by part: {line}", _WHO_BYTES) if line else ""


def _notices(answer: Answer) -> str:
    """Return what the reader must know about this answer, as mrkdwn."""
    notices = list(answer.notices)
    if any(outcome.status is Status.CANCELLED for outcome in answer.outcomes):
        answered = sum(outcome.status is Status.OK for outcome in answer.outcomes)
        notices.insert(0, f"Stopped: {answered} of {len(answer.outcomes)} parts were answered.")
    return texts.escape(texts.shorten("\n".join(notices), _NOTICE_BYTES)) if notices else ""


def _section(mrkdwn: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}


def _context(*lines: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": line} for line in lines]}


def _actions(*buttons: Block) -> Block:
    return {"type": "actions", "elements": list(buttons)}


def _button(label: str, action: str, value: str, *, style: str | None = None) -> Block:
    button: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": label},
        "action_id": action,
        "value": value,
    }
    return button | {"style": style} if style else button


def _feedback(request_id: str) -> Block:
    """Build the thumbs; Slack shows them beside the message."""

    def thumb(label: str, verdict: str) -> Block:
        """Build one button."""
        return {
            "text": {"type": "plain_text", "text": label},
            "accessibility_label": label,
            "value": f"{verdict}:{request_id}",
        }

    buttons = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": thumb("Good answer", "good"),
        "negative_button": thumb("Bad answer", "bad"),
    }
    return {"type": "context_actions", "elements": [buttons]}
