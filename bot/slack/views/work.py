"""A question in work: every part's state, what is finished, and Stop."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.model import FragmentEvent, Mode, Plan
from bot.slack import text as texts
from bot.slack.defang import defang
from bot.slack.views.blocks import ROOM, Block, Level, Post, actions, button, context, markdown, section

MOST_CARDS = 20
_STATES = {
    "pending": "pending", "waiting": "pending", "queued": "pending",
    "complete": "complete", "ok": "complete",
    "error": "error", "failed": "error", "timeout": "error", "refused": "error", "cancelled": "error",
}  # fmt: skip
_SIGNS = {
    "pending": ":white_circle:", "in_progress": ":hourglass_flowing_sand:",
    "complete": ":white_check_mark:", "error": ":x:",
}  # fmt: skip


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
        return sum(condition(part.state) in ("complete", "error") for part in self.parts)


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
    room = ROOM[level] // max(1, len(state.parts))
    finished = [
        f"**Part {part.number} of {part.of}**\n{texts.shorten(defang(part.text[:room], state.allowed), room - 40)}"
        for part in state.parts
        if part.text and condition(part.state) == "complete"
    ]
    stop = button("Stop", "stop_query", state.request_id, style="danger")
    return Post(
        line,
        (
            *part_list(state, level),
            *markdown("\n\n".join(finished), level),
            context(line),
            actions(stop),
        ),
    )


def _newer(part: FragmentEvent, event: FragmentEvent) -> FragmentEvent:
    finished = condition(part.state) in ("complete", "error") and condition(event.state) in ("pending", "in_progress")
    return part if part.number != event.number or finished else event


def condition(state: str) -> str:
    """Return the task card's status for a state of the fan-out; what is unknown is in progress."""
    return _STATES.get(state, "in_progress")


def _summary(state: Progress) -> str:
    mode = "Sequential" if state.mode is Mode.SEQUENTIAL else "Parallel"
    of = len(state.parts)
    return f"{mode} processing · {state.done} of {of} part{'' if of == 1 else 's'}"


def _title(part: FragmentEvent) -> str:
    """Return a card's title; never a word of the fragment."""
    took = f" · {texts.seconds(part.seconds)}" if part.seconds is not None else ""
    why = f" · {re.sub('[^a-z_ ]', '', part.error)}" if part.error else ""
    return f"Part {part.number} of {part.of} · {part.provider.upper()}{took}{why}"


def part_list(state: Progress, level: Level) -> Sequence[Block]:
    """Build the list of parts; its block id stays the same, or an opened plan would fold at each edit."""
    shown, more = state.parts[:MOST_CARDS], state.parts[MOST_CARDS:]
    if level is Level.PLAIN:
        lines = [f"{_SIGNS[condition(part.state)]} {texts.escape(_title(part))}" for part in shown]
        return [section("\n".join([*lines, *([f"and {len(more)} more"] if more else [])]))]
    cards = [_card(f"f{part.number}", _title(part), condition(part.state)) for part in shown]
    if more:
        finished = all(condition(part.state) in ("complete", "error") for part in more)
        cards.append(_card("more", f"and {len(more)} more", "complete" if finished else "in_progress"))
    return [{"type": "plan", "block_id": f"plan-{state.request_id}", "title": _summary(state), "tasks": cards}]


def _card(task: str, title: str, status: str) -> Block:
    return {"type": "task_card", "task_id": task, "title": title, "status": status}
