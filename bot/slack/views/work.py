"""A question in work: every part's state under what it asks, what is known of the answers, and Stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.merge import headline, tidy, titled, why
from bot.model import FragmentEvent, Mode, Plan
from bot.pipeline.conclude import asked
from bot.pipeline.footer import names
from bot.slack import text as texts
from bot.slack.defang import defang
from bot.slack.views.blocks import ROOM, Block, Level, Post, actions, button, context, markdown, section

MOST_CARDS = 20
_TITLE_BYTES = 140
"""Bytes of what a part asks, on its card; fifty cards and the answers must fit into one message."""

_WRITING = "\n\n_still writing_"
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
    """How far a question is: one event per part, in order, and what each part asks; `composed` is the one answer."""

    request_id: str
    mode: Mode
    parts: tuple[FragmentEvent, ...]
    headings: tuple[str, ...] = ()
    allowed: frozenset[str] = frozenset()
    composed: FragmentEvent | None = None

    def after(self, event: FragmentEvent) -> Progress:
        """Return the progress after one more event, number 0 is of the composed answer; a finished part stays so."""
        if not event.number:
            return replace(self, composed=event)
        return replace(self, parts=tuple(_newer(part, event) for part in self.parts))

    @property
    def answered(self) -> int:
        """Return how many parts are answered."""
        return sum(condition(part.state) == "complete" for part in self.parts)

    @property
    def providers(self) -> str:
        """Return who is asked, as people read it."""
        return names(tuple(dict.fromkeys(part.provider for part in self.parts)))

    def heading(self, number: int) -> str:
        """Return what a part asks, empty when it has no words of its own."""
        return self.headings[number - 1] if number <= len(self.headings) else ""


def begin(plan: Plan, allowed: frozenset[str] = frozenset()) -> Progress:
    """Return the progress of a plan that is being sent: every part at once, or the first of a sequence."""
    first = len(plan.fragments) if plan.mode is Mode.PARALLEL else 1
    parts = tuple(
        FragmentEvent(fragment.number, fragment.of, route, "in_progress" if fragment.number <= first else "pending")
        for fragment, route in zip(plan.fragments, plan.routes, strict=True)
    )
    headings = tuple(asked(plan, fragment) for fragment in plan.fragments)
    return Progress(plan.request_id, plan.mode, parts, headings, allowed)


def preparing(doing: str, request_id: str, level: Level = Level.RICH) -> Post:
    """Build the message of a question that is not planned yet: what is done meanwhile, and Stop."""
    if level is Level.TEXT:
        return Post(texts.escape(doing))
    stop = actions(button("Stop", "stop_query", request_id, style="danger"))
    return Post(texts.escape(doing), (context(texts.escape(doing)), stop))


def progress(state: Progress, level: Level = Level.RICH) -> Post:
    """Build the message of a question in work: every part's state, the answers as far as they are known, and Stop."""
    line = _line(state)
    if level is Level.TEXT:
        return Post(line)
    # Over its limit the whole message is refused (slackapi/bolt-js#2509), so the parts share its room from the start.
    room = ROOM[level] // max(1, len(state.parts))
    shown = [_so_far(state, part, room) for part in state.parts if part.text and condition(part.state) != "error"]
    if state.composed and state.composed.text:
        shown = [_composition(state, state.composed.text, ROOM[level])]  # in the place of the parts, as in the end
    stop = actions(button("Stop", "stop_query", state.request_id, style="danger"))
    above = part_list(state, _title(state), level) if len(state.parts) > 1 else ()
    doing = _doing(state)
    below = (context(texts.escape(doing)),) if doing else ()
    return Post(line, (*above, *markdown("\n\n".join(shown), level), *below, stop))


def part_list(state: Progress, title: str, level: Level) -> Sequence[Block]:
    """Build the list of parts; its block id stays the same, or an opened plan would fold at each edit."""
    shown, more = state.parts[:MOST_CARDS], state.parts[MOST_CARDS:]
    if level is Level.PLAIN:
        lines = [f"{_SIGNS[condition(part.state)]} {texts.escape(_card_title(state, part))}" for part in shown]
        more_line = [f"and {len(more)} more"] if more else []
        return [section("\n".join([f"*{title}*", *lines, *more_line]))]
    cards = [_card(f"f{part.number}", _card_title(state, part), condition(part.state)) for part in shown]
    if more:
        finished = all(condition(part.state) in ("complete", "error") for part in more)
        cards.append(_card("more", f"and {len(more)} more", "complete" if finished else "in_progress"))
    return [{"type": "plan", "block_id": f"plan-{state.request_id}", "title": title, "tasks": cards}]


def condition(state: str) -> str:
    """Return the task card's status for a state of the fan-out; what is unknown is in progress."""
    return _STATES.get(state, "in_progress")


def _newer(part: FragmentEvent, event: FragmentEvent) -> FragmentEvent:
    """Return the part after an event: what is finished stays so, and what waits again for its turn is no news."""
    finished = condition(part.state) in ("complete", "error") and condition(event.state) == "in_progress"
    return part if part.number != event.number or finished or condition(event.state) == "pending" else event


def _line(state: Progress) -> str:
    """Return what a notification says while the question is in work."""
    if len(state.parts) == 1:
        return f"{_doing(state)}. The answer comes here."
    return f"{_title(state)}. {state.providers} answer at the same time."


def _title(state: Progress) -> str:
    mode = "Sequential" if state.mode is Mode.SEQUENTIAL else "Parallel"
    return f"{mode} processing · {state.answered} of {len(state.parts)} answered"


def _doing(state: Progress) -> str:
    """Return what the one provider is doing that there is no card for."""
    if state.composed:
        return f"{state.composed.provider.upper()} is writing one answer from the parts"
    (part, *more) = state.parts
    if more:
        return ""
    if condition(part.state) == "error":
        return why(part.provider, part.error).rstrip(".")
    return f"{part.provider.upper()} is {'still writing' if part.text else 'thinking'}"


def _so_far(state: Progress, part: FragmentEvent, room: int) -> str:
    """Return what is known of one part's answer, laid out as it will stand in the end."""
    done = condition(part.state) == "complete"
    known = tidy(part.text[:room] if done else texts.closed(part.text[:room]))
    if len(state.parts) > 1:
        known = titled(state.heading(part.number), part.number, part.of, part.provider, known)
    written = texts.shorten(defang(known, state.allowed), room - len(_WRITING))
    # Under the only part stands who is still writing.
    return written if done else written + (_WRITING if len(state.parts) > 1 else " …")


def _composition(state: Progress, text: str, room: int) -> str:
    """Return what is known of the one answer that is written from the parts."""
    known = tidy(texts.closed(text[:room]))
    return texts.shorten(defang(known, state.allowed), room - len(_WRITING)) + _WRITING


def _card_title(state: Progress, part: FragmentEvent) -> str:
    """Return a card's title: what the part asks, then who answers and how long it took, or what went wrong."""
    name = texts.shorten(headline(state.heading(part.number)), _TITLE_BYTES).replace("\n", "")
    name = name or f"Part {part.number} of {part.of}"
    if part.error:
        return f"{name} · {why(part.provider, part.error).rstrip('.')}"
    took = f" · {texts.seconds(part.seconds)}" if part.seconds is not None else ""
    by = "" if name == part.provider.upper() else f" · {part.provider.upper()}"
    return f"{name}{by}{took}"


def _card(task: str, title: str, status: str) -> Block:
    return {"type": "task_card", "task_id": task, "title": title, "status": status}
