"""Draw calls on one time axis, and below them speed-ups over time; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil, floor, log10

from bot.model.outcome import Status
from bot.model.question import Look, Mode
from storage.canvas import Canvas
from storage.reports import percentile

_OTHERS = ("#cc79a7", "#56b4e9", "#d55e00", "#999999")
_INK, _FAINT, _BAND, _GRID, _BLUE = "#222222", "#767676", "#f4f4f4", "#e4e4e4", "#0072b2"
_WIDTH, _LEFT, _RIGHT = 1500, 146, 1476
_ROW, _BAR, _ABOVE, _BELOW, _LOWER, _MOST_ROWS = 68, 22, 152, 76, 290, 60
"""Heights in pixels: of a row, of half a bar, above and below the rows, of the lower picture; rows at most."""

_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400)
_DAY = 86_400.0
_MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Call:
    """One bar: a call to a provider; `start` counts from the first call of the question."""

    fragment: int
    provider: str
    start: float
    seconds: float
    first_text_seconds: float | None
    status: str
    error: str | None
    hedged: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was recorded."""

    request_id: str
    mode: str
    asked_at: float
    fragments: int
    answered: int
    wall_seconds: float
    sequential_seconds: float
    slowest_seconds: float

    @property
    def speedup(self) -> float:
        """Return how many times faster than one after another."""
        return self.sequential_seconds / self.wall_seconds if self.wall_seconds > 0 else 0.0


def draw(asked: Sequence[Asked], calls: Sequence[Call], looks: Mapping[str, Look]) -> Canvas:
    """Return the picture, the providers in it as `looks` says; without questions it says so."""
    if not asked:
        canvas = Canvas(1350, 450)
        canvas.words(675, 190, "Nothing recorded yet", _INK, size=34, align="middle", bold=True)
        canvas.words(675, 260, "Ask a question first, then draw again.", _FAINT, size=23, align="middle")
        return canvas
    calls = calls[:_MOST_ROWS]
    upper = _ABOVE + _ROW * max(3, len(calls)) + _BELOW
    canvas = Canvas(_WIDTH, upper + _ABOVE + _LOWER + _BELOW - 24)
    _waterfall(canvas, asked[0], calls, upper - _BELOW, looks)
    _history(canvas, asked, upper + _ABOVE - 36)
    return canvas


def headline(question: Asked) -> str:
    """Return what the question took, in one line."""
    if question.mode == Mode.SEQUENTIAL:
        return f"One after another {question.wall_seconds:.2f} s, the slowest fragment {question.slowest_seconds:.2f} s"
    return (
        f"Parallel {question.wall_seconds:.2f} s, sequential sum {question.sequential_seconds:.2f} s, "
        f"speed-up {question.speedup:.1f}x"
    )


def label(call: Call, title: str) -> str:
    """Return what stands beside a bar."""
    parts = [title, f"{call.seconds:.2f} s"]
    if call.hedged:
        parts.append("hedge")
    if call.status != Status.OK:
        parts.append((call.error or call.status).replace("_", " "))
    return ", ".join(parts)


def _drawn(calls: Sequence[Call], looks: Mapping[str, Look]) -> dict[str, Look]:
    """Return how each provider is drawn, in the same colour in every picture where it has one of its own."""
    own = {name: look for name, look in looks.items() if look.colour}
    taken = {look.colour for look in own.values()}
    free = [colour for colour in _OTHERS if colour not in taken] or _OTHERS
    others = sorted({call.provider for call in calls} - set(own))
    titles = {name: looks[name].title if name in looks else name for name in others}
    return own | {name: Look(titles[name], free[place % len(free)]) for place, name in enumerate(others)}


def _waterfall(canvas: Canvas, question: Asked, calls: Sequence[Call], bottom: int, looks: Mapping[str, Look]) -> None:
    """Draw one row for each call, fragment by fragment."""
    drawn = _drawn(calls, looks)
    end = max([question.slowest_seconds, *(call.start + call.seconds for call in calls)]) or 1.0
    scale = (_RIGHT - _LEFT) / (end * 1.32)
    _title(canvas, 32, headline(question), _details(question))
    _keys(canvas, calls)
    for y, call in enumerate(calls):
        if call.fragment % 2:
            canvas.box((_LEFT, _ABOVE + y * _ROW, _RIGHT, _ABOVE + (y + 1) * _ROW), _BAND)
    for seconds in _ticks(end * 1.32):
        x = _LEFT + seconds * scale
        canvas.line((x, 96), (x, bottom), _GRID)
        canvas.words(x, bottom + 20, f"{seconds:g}", _INK, align="middle")
    slowest = _LEFT + question.slowest_seconds * scale
    canvas.dotted(slowest, 96, bottom, _INK)
    canvas.words(slowest + 12, 122, f"slowest {question.slowest_seconds:.2f} s", _INK, halo="white")
    for y, call in enumerate(calls):
        _row(canvas, _ABOVE + y * _ROW + _ROW // 2, call, scale, drawn[call.provider])
    firsts = {call.fragment: y for y, call in reversed(list(enumerate(calls)))}
    for number, y in firsts.items():
        canvas.words(_LEFT - 10, _ABOVE + y * _ROW + _ROW // 2, f"Fragment {number}", _INK, align="right")
    canvas.line((_LEFT, bottom), (_RIGHT, bottom), _FAINT)
    canvas.words((_LEFT + _RIGHT) / 2, bottom + 50, "seconds since the first call", _INK, align="middle")


def _row(canvas: Canvas, y: int, call: Call, scale: float, look: Look) -> None:
    """Draw one call: hatched when it failed, outlined when it was a hedge, with a notch at its first text."""
    left, right = _LEFT + call.start * scale, _LEFT + (call.start + call.seconds) * scale
    edge, wide = (_INK, 3) if call.hedged else (look.colour, 2)
    if call.status == Status.OK:
        canvas.box((left, y - _BAR, right, y + _BAR), look.colour, edge, wide)
        if call.first_text_seconds is not None:
            first = left + call.first_text_seconds * scale
            canvas.box((first - 1, y - _BAR, first + 2, y + _BAR), "white")
    else:
        canvas.hatched((left, y - _BAR, right, y + _BAR), look.colour, edge, wide)
    canvas.words(right + 12, y, label(call, look.title), _INK, halo=_BAND if call.fragment % 2 else "white")


def _details(question: Asked) -> str:
    """Return the line below the headline."""
    asked = datetime.fromtimestamp(question.asked_at, UTC).strftime("%d %b %Y %H:%M UTC")
    return f"{question.request_id}, {question.answered} of {question.fragments} fragments answered, {asked}"


def _keys(canvas: Canvas, calls: Sequence[Call]) -> None:
    """Explain the marks that occur, and no others, from the right edge inwards."""
    good = [call for call in calls if call.status == Status.OK]
    x = _RIGHT + 0.0
    if any(call.first_text_seconds is not None for call in good):
        x = _key(canvas, x, "first text") + 8
        canvas.box((x + 14, 58, x + 17, 82), _FAINT)
    if any(call.hedged for call in calls):
        x = _key(canvas, x - 16, "hedge")
        canvas.box((x, 60, x + 30, 80), "white", _INK, 3)
    if len(good) < len(calls):
        x = _key(canvas, x - 16, "no answer")
        canvas.hatched((x, 60, x + 30, 80), _FAINT, _FAINT, 2)


def _key(canvas: Canvas, right: float, text: str, y: int = 70) -> float:
    """Write what a mark means so that it ends there; return the left end of the place for the mark."""
    return right - canvas.words(right, y, text, _FAINT, align="right") - 42


def _history(canvas: Canvas, asked: Sequence[Asked], top: int) -> None:
    """Draw the speed-up of each question at the time when it was asked."""
    bottom = top + _LOWER
    _title(canvas, top - 84, _summary(asked), "sum of the fragments' own seconds / wall seconds; 1 = no gain")
    most = max(2.0, *(question.speedup for question in asked)) * 1.15
    for value in _ticks(most):
        y = bottom - value / most * _LOWER
        canvas.line((_LEFT, y), (_RIGHT, y), _FAINT if value == 1 else _GRID)
        canvas.words(_LEFT - 10, y, f"{value:g}x", _INK, align="right")
    oldest, newest = asked[-1].asked_at, asked[0].asked_at
    margin = max(30.0, (newest - oldest) * 0.03)
    scale = (_RIGHT - _LEFT) / (newest - oldest + 2 * margin)
    _clock(canvas, oldest - margin, newest + margin, scale, bottom)
    for question in reversed(asked):
        face = _BLUE if question.mode == Mode.PARALLEL else "white"
        x, y = _LEFT + (question.asked_at - oldest + margin) * scale, bottom - question.speedup / most * _LOWER
        canvas.dot(x, y, 6, face, _BLUE)
    x = _RIGHT + 16.0
    for mode, face in ((Mode.SEQUENTIAL, "white"), (Mode.PARALLEL, _BLUE)):
        if some := sum(question.mode == mode for question in asked):
            x = _key(canvas, x - 16, f"{mode.value} ({some})", top - 46)
            canvas.dot(x + 24, top - 46, 6, face, _BLUE)


def _clock(canvas: Canvas, start: float, end: float, scale: float, y: int) -> None:
    """Write the times of day, or the days, below the lower picture."""
    step = next((step for step in _STEPS if (end - start) / step <= _MOST_TICKS), 0.0)
    step = step or ceil((end - start) / _DAY / _MOST_TICKS) * _DAY
    several = datetime.fromtimestamp(start, UTC).date() != datetime.fromtimestamp(end, UTC).date()
    form = "%d %b" if step >= _DAY else "%d %b %H:%M" if several else "%H:%M:%S" if step % 60 else "%H:%M"
    for number in range(ceil(start / step), floor(end / step) + 1):
        x = _LEFT + (number * step - start) * scale
        canvas.line((x, y), (x, y + 6), _FAINT)
        text = datetime.fromtimestamp(number * step, UTC).strftime(form)
        canvas.words(min(x, _RIGHT - 24), y + 22, text, _INK, align="middle")
    canvas.line((_LEFT, y), (_RIGHT, y), _FAINT)
    rest = datetime.fromtimestamp(end, UTC).strftime("%Y" if "%d" in form else "%d %b %Y")
    canvas.words((_LEFT + _RIGHT) / 2, y + 52, f"asked at (UTC), {rest}", _INK, align="middle")


def _summary(asked: Sequence[Asked]) -> str:
    """Return the lower headline: the true speed-up of all parallel questions together."""
    parallel = [question for question in asked if question.mode == Mode.PARALLEL]
    middle = percentile((question.speedup for question in parallel), 0.5)
    if middle is None:
        return f"Last {len(asked)} questions: none in parallel"
    start = f"Last {len(asked)} questions: median speed-up" if len(asked) > 1 else "The only question so far: speed-up"
    return f"{start} {middle:.1f}x"


def _title(canvas: Canvas, y: int, title: str, subtitle: str) -> None:
    """Write a headline and a fainter line below it, at the left."""
    canvas.words(_LEFT, y, title, _INK, size=27, bold=True)
    canvas.words(_LEFT, y + 38, subtitle, _FAINT)


def _ticks(end: float) -> list[float]:
    """Return round numbers from zero to the end: steps of 1, 2 or 5 times a power of ten."""
    rough = end / _MOST_TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [round(number * step, 9) for number in range(floor(end / step) + 1)]
