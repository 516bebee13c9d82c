"""Draw calls on one time axis, and below them speed-ups over time; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.model import Mode, Status
from storage.reports import percentile

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_KNOWN = {"openai": ("OpenAI", "#0072b2"), "anthropic": ("Anthropic", "#e69f00"), "google": ("Google", "#009e73")}
_OTHERS = ("#cc79a7", "#56b4e9", "#d55e00", "#999999")
_TIMES = "\N{MULTIPLICATION SIGN}"
_INK, _FAINT, _BAND = "#222222", "#767676", "#f4f4f4"
_ABOVE: dict[str, Any] = {
    "loc": "lower right",
    "bbox_to_anchor": (1, 1),
    "frameon": False,
    "fontsize": 9,
    "borderaxespad": 0.1,
    "handletextpad": 0.4,
    "columnspacing": 1.2,
    "labelcolor": _FAINT,
}
_ROW_INCHES, _HEADER_INCHES, _LOWER_INCHES, _MOST_ROWS = 0.32, 1.9, 3.1, 60


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


def draw(asked: Sequence[Asked], calls: Sequence[Call]) -> Figure:
    """Return the picture; without questions it says so."""
    from matplotlib.figure import Figure

    if not asked:
        figure = Figure(figsize=(9, 3), layout="constrained")
        figure.text(0.5, 0.58, "Nothing recorded yet", ha="center", size=16, weight="bold", color=_INK)
        figure.text(0.5, 0.40, "Ask a question first, then draw again.", ha="center", size=11, color=_FAINT)
        return figure
    calls = calls[:_MOST_ROWS]
    upper = _HEADER_INCHES + _ROW_INCHES * max(3, len(calls))
    figure = Figure(figsize=(10, upper + _LOWER_INCHES), layout="constrained")
    figure.get_layout_engine().set(h_pad=0.15, w_pad=0.15, hspace=0.06)  # type: ignore[union-attr, call-arg]
    top, bottom = figure.subplots(2, 1, height_ratios=[upper, _LOWER_INCHES])
    _waterfall(top, asked[0], calls)
    _history(bottom, asked)
    return figure


def headline(question: Asked) -> str:
    """Return what the question took, in one line."""
    if question.mode == Mode.SEQUENTIAL:
        return f"One after another {question.wall_seconds:.2f} s, the slowest fragment {question.slowest_seconds:.2f} s"
    return (
        f"Parallel {question.wall_seconds:.2f} s, sequential sum {question.sequential_seconds:.2f} s, "
        f"speed-up {question.speedup:.1f}{_TIMES}"
    )


def label(call: Call) -> str:
    """Return what stands beside a bar."""
    name = _KNOWN.get(call.provider, (call.provider,))[0]
    parts = [name, f"{call.seconds:.2f} s"]
    if call.hedged:
        parts.append("hedge")
    if call.status != Status.OK:
        parts.append((call.error or call.status).replace("_", " "))
    return "  ·  ".join(parts)


def _colours(calls: Sequence[Call]) -> dict[str, str]:
    """Return a colour for each provider, the same in every picture for the built-in ones."""
    others = sorted({call.provider for call in calls} - set(_KNOWN))
    return {
        **{name: colour for name, (_, colour) in _KNOWN.items()},
        **{name: _OTHERS[place % len(_OTHERS)] for place, name in enumerate(others)},
    }


def _waterfall(axes: Axes, question: Asked, calls: Sequence[Call]) -> None:
    """Draw one row for each call, fragment by fragment."""
    from matplotlib.patheffects import withStroke

    colours = _colours(calls)
    end = max([question.slowest_seconds, *(call.start + call.seconds for call in calls)])
    for y, call in enumerate(calls):
        if call.fragment % 2:
            axes.axhspan(y - 0.5, y + 0.5, color=_BAND, zorder=0)
        _bar(axes, y, call, colours[call.provider])
        axes.text(
            call.start + call.seconds + end * 0.012,
            y,
            label(call),
            va="center",
            size=9.5,
            color=_INK,
            parse_math=False,
            path_effects=[withStroke(linewidth=3, foreground=_BAND if call.fragment % 2 else "white")],
            zorder=4,
        )
    axes.axvline(question.slowest_seconds, color=_INK, linestyle=(0, (1, 2)), linewidth=1.4, zorder=3)
    axes.text(question.slowest_seconds, -0.85, f"  slowest {question.slowest_seconds:.2f} s", size=9, color=_INK)
    firsts = {call.fragment: y for y, call in reversed(list(enumerate(calls)))}
    axes.set_yticks(list(firsts.values()), [f"Fragment {number}" for number in firsts])
    axes.set_ylim(len(calls) - 0.5, -1.35)
    axes.set_xlim(0, end * 1.32 or 1)
    axes.set_xlabel("seconds since the first call")
    _title(axes, headline(question), _details(question))
    _keys(axes, calls)
    _clean(axes)


def _bar(axes: Axes, y: int, call: Call, colour: str) -> None:
    """Draw one call: hatched when it failed, outlined when it was a hedge, with a notch at its first text."""
    good = call.status == Status.OK
    axes.barh(
        y,
        call.seconds,
        left=call.start,
        height=0.62,
        color=colour if good else "white",
        edgecolor=_INK if call.hedged else colour,
        hatch=None if good else "////",
        linewidth=1.8 if call.hedged else 1.0,
        zorder=2,
    )
    if good and call.first_text_seconds is not None:
        at = call.start + call.first_text_seconds
        axes.plot([at, at], [y - 0.31, y + 0.31], color="white", linewidth=1.6, zorder=3)


def _details(question: Asked) -> str:
    """Return the line below the headline."""
    asked = datetime.fromtimestamp(question.asked_at, UTC).strftime("%d %b %Y %H:%M UTC")
    return f"{question.request_id}, {question.answered} of {question.fragments} fragments answered, {asked}"


def _keys(axes: Axes, calls: Sequence[Call]) -> None:
    """Explain the marks that occur, and no others."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    keys: list[Patch | Line2D] = []
    if any(call.status != Status.OK for call in calls):
        keys.append(Patch(facecolor="white", edgecolor=_FAINT, hatch="////", label="no answer"))
    if any(call.hedged for call in calls):
        keys.append(Patch(facecolor="white", edgecolor=_INK, linewidth=1.8, label="hedge"))
    if any(call.first_text_seconds is not None and call.status == Status.OK for call in calls):
        keys.append(Line2D([], [], color=_FAINT, marker="|", markersize=10, linestyle="", label="first text"))
    if keys:
        axes.legend(handles=keys, ncols=len(keys), **_ABOVE)


def _history(axes: Axes, asked: Sequence[Asked]) -> None:
    """Draw the speed-up of each question at the time when it was asked."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    for mode, face in ((Mode.PARALLEL, "#0072b2"), (Mode.SEQUENTIAL, "white")):
        some = [question for question in asked if question.mode == mode]
        times = [datetime.fromtimestamp(question.asked_at, UTC) for question in some]
        axes.scatter(
            times,  # type: ignore[arg-type]
            [question.speedup for question in some],
            s=26,
            facecolor=face,
            edgecolor="#0072b2",
            alpha=0.75,
            linewidth=1,
            label=f"{mode.value} ({len(some)})" if some else None,
            zorder=2,
        )
    axes.axhline(1, color=_FAINT, linewidth=1, zorder=1)
    axes.set_ylim(0, max(2.0, *(question.speedup for question in asked)) * 1.15)
    oldest, newest = asked[-1].asked_at, asked[0].asked_at
    margin = max(30.0, (newest - oldest) * 0.03)
    axes.set_xlim(*(datetime.fromtimestamp(edge, UTC) for edge in (oldest - margin, newest + margin)))  # type: ignore[arg-type]
    axes.set_ylabel(f"speed-up ({_TIMES})")
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.set_xlabel("asked at (UTC)")
    _title(axes, _summary(asked), "sum of the fragments' own seconds / wall seconds; 1 = no gain")
    axes.legend(ncols=2, **_ABOVE)
    _clean(axes)


def _summary(asked: Sequence[Asked]) -> str:
    """Return the lower headline: the true speed-up of all parallel questions together."""
    parallel = [question for question in asked if question.mode == Mode.PARALLEL]
    middle = percentile((question.speedup for question in parallel), 0.5)
    if middle is None:
        return f"Last {len(asked)} questions: none in parallel"
    start = f"Last {len(asked)} questions: median speed-up" if len(asked) > 1 else "The only question so far: speed-up"
    return f"{start} {middle:.1f}{_TIMES}"


def _title(axes: Axes, title: str, subtitle: str) -> None:
    """Write a headline and a fainter line below it, at the left."""
    axes.set_title(title, loc="left", size=13, weight="bold", color=_INK, pad=24)
    axes.annotate(
        subtitle, (0, 1), (0, 8), xycoords="axes fraction", textcoords="offset points", size=9.5, color=_FAINT
    )


def _clean(axes: Axes) -> None:
    """Leave only what is read: no frame, faint vertical lines."""
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)
    axes.tick_params(length=0, labelsize=9.5, colors=_INK)
    axes.grid(axis="x", color="#e4e4e4", linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)
