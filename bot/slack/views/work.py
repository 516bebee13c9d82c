"""A question in work: every part's state under what it asks, what is known of the answers, and Stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.merge import headline, why
from bot.model.outcome import FragmentEvent
from bot.model.plan import Plan
from bot.model.question import Mode
from bot.pipeline.conclude import asked
from bot.pipeline.footer import names
from bot.ports import Read
from bot.slack import text as texts
from bot.slack.views.blocks import ROOM, Block, Level, Post, actions, button, context, markdown, section
from bot.slack.views.part import Part

MOST_CARDS = 20
_TITLE_BYTES = 140
"""Bytes of what a part asks, on its card; fifty cards and the answers must fit into one message."""

_WRITING = "\n\n_still writing_"
_SIGNS = {
    "pending": ":white_circle:", "in_progress": ":hourglass_flowing_sand:",
    "complete": ":white_check_mark:", "error": ":x:",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a question is: its parts in order, and what each asks; `composed` is the one answer."""

    request_id: str
    mode: Mode
    parts: tuple[Part, ...]
    allowed: frozenset[str] = frozenset()
    composed: Part | None = None

    def after(self, event: FragmentEvent, read: Read | None = None) -> Progress:
        """Return the progress after one more event, number 0 is of the composed answer; nothing is read yet."""
        if not event.number:
            return replace(self, composed=(self.composed or Part(event)).after(event, read))
        place = event.number - 1
        if place >= len(self.parts):
            return self
        after = self.parts[place].after(event, read)
        return replace(self, parts=(*self.parts[:place], after, *self.parts[place + 1 :]))

    def up_to_date(self) -> Progress:
        """Return the progress with every text read, and written as it will stand in the message."""
        most = ROOM[Level.RICH] // max(1, len(self.parts))
        fresh = (part.up_to_date(most, self.allowed) for part in self.parts)
        composed = self.composed.up_to_date(ROOM[Level.RICH], self.allowed) if self.composed else None
        return replace(self, parts=tuple(fresh), composed=composed)

    @property
    def answered(self) -> int:
        """Return how many parts are answered."""
        return sum(part.condition == "complete" for part in self.parts)

    @property
    def providers(self) -> str:
        """Return who is asked, as people read it."""
        return names(tuple(dict.fromkeys(part.event.provider for part in self.parts)))


def begin(plan: Plan, allowed: frozenset[str] = frozenset()) -> Progress:
    """Return the progress of a plan that is being sent: every part at once, or the first of a sequence."""
    first = len(plan.fragments) if plan.mode is Mode.PARALLEL else 1
    parts = []
    for fragment, route in zip(plan.fragments, plan.routes, strict=True):
        state, asks = "in_progress" if fragment.number <= first else "pending", asked(plan, fragment)
        parts.append(Part(FragmentEvent(fragment.number, fragment.of, route, state), asks, headline(asks)))
    return Progress(plan.request_id, plan.mode, tuple(parts), allowed)


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
    state = state.up_to_date()
    shown = [_so_far(part, room) for part in state.parts if part.event.text and part.condition != "error"]
    if state.composed and state.composed.event.text:
        # In the place of the parts, as in the end.
        shown = [texts.shorten(state.composed.written.harmless.text, ROOM[level] - len(_WRITING)) + _WRITING]
    stop = actions(button("Stop", "stop_query", state.request_id, style="danger"))
    above = part_list(state, _title(state), level) if len(state.parts) > 1 else ()
    doing = _doing(state)
    below = (context(texts.escape(doing)),) if doing else ()
    return Post(line, (*above, *markdown("\n\n".join(shown), level), *below, stop))


def part_list(state: Progress, title: str, level: Level) -> Sequence[Block]:
    """Build the list of parts; its block id stays the same, or an opened plan would fold at each edit."""
    shown, more = state.parts[:MOST_CARDS], state.parts[MOST_CARDS:]
    if level is Level.PLAIN:
        lines = [f"{_SIGNS[part.condition]} {texts.escape(_card_title(part))}" for part in shown]
        more_line = [f"and {len(more)} more"] if more else []
        return [section("\n".join([f"*{title}*", *lines, *more_line]))]
    cards = [_card(f"f{part.event.number}", _card_title(part), part.condition) for part in shown]
    if more:
        finished = all(part.ended for part in more)
        cards.append(_card("more", f"and {len(more)} more", "complete" if finished else "in_progress"))
    return [{"type": "plan", "block_id": f"plan-{state.request_id}", "title": title, "tasks": cards}]


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
        return f"{state.composed.event.provider.upper()} is writing one answer from the parts"
    (part, *more) = state.parts
    if more:
        return ""
    if part.condition == "error":
        return why(part.event.provider, part.event.error).rstrip(".")
    return f"{part.event.provider.upper()} is {'still writing' if part.event.text else 'thinking'}"


def _so_far(part: Part, room: int) -> str:
    """Return what is known of one part's answer, laid out as it will stand in the end."""
    written = texts.shorten(part.written.harmless.text, room - len(_WRITING))
    # Under the only part stands who is still writing.
    return written if part.written.whole else written + (_WRITING if part.event.of > 1 else " …")


def _card_title(part: Part) -> str:
    """Return a card's title: what the part asks, then who answers and how long it took, or what went wrong."""
    event = part.event
    name = texts.shorten(part.name, _TITLE_BYTES).replace("\n", "")
    if event.error:
        return f"{name} · {why(event.provider, event.error).rstrip('.')}"
    took = f" · {texts.seconds(event.seconds)}" if event.seconds is not None else ""
    by = "" if name == event.provider.upper() else f" · {event.provider.upper()}"
    return f"{name}{by}{took}"


def _card(task: str, title: str, status: str) -> Block:
    return {"type": "task_card", "task_id": task, "title": title, "status": status}
