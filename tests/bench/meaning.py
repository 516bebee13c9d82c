"""One piece against planned by meaning: whole time, first part, first words, share; and the rule that decides.

    python -m tests.bench.meaning FILE [--draws 200] [--seed 1] [--json FILE] [--plot FILE.png]

FILE holds the messages (`real_tune.jsonl`); without it the times alone are told. The plans are those of
`tests/data/meaning_plans.jsonl`. The engine is the real one, on virtual time; the latencies are drawn from shapes that
others published (`SHAPES`), a token is three quarters of a word. Words are seen as they grow.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import random
import statistics
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.fanout import Engine, Policy
from bot.fragments.reading import read
from bot.house.worth import Pace, Patience, alone, worth
from bot.model.outcome import Outcome, Reply, Status
from bot.model.plan import Fragment, Prompt
from bot.ports import OnText
from tests.unit.virtual_time import clock, run

PLANS = Path(__file__).parents[1] / "data" / "meaning_plans.jsonl"
NAMES = ("openai", "anthropic", "google")
TOKENS_A_WORD = 4 / 3
PLAN_TOKENS, PART_TOKENS = 12, 18
"""Tokens of a plan around its parts, and around each of them."""

ONE_WORDS = 220
"""Words of a good answer to a message that stays one piece, of which the readers gave none: an earlier one's median."""

MOST_SHARE = 0.6
"""Share of the message in one part from which on all parts go to one provider."""

SIDES = ("one", "planned")
BUDGET = Patience().budget(Pace(call=5.3))
"""Seconds for planning: 5.3 s is the median answer of one piece that comes out below."""

PASSAGE_WORDS = 8
QUESTION_WORDS = 14
READING = 5_000.0
"""Tokens a second that a model reads before its first token."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Time to the first token (median and 95th percentile, seconds) and tokens a second, and where they stand."""

    first: float
    late: float
    rate: float
    source: str


PROVIDER = Shape(0.3, 0.8, 60.0, "deploybase.ai, March 2026 (GPT-5, Gemini 2.5 Pro); 60 of the 32 to 121 tokens/s at "
                 "inferencelatency.com")  # fmt: skip
SHAPES = {
    "8B, Ollama, one RTX 4090": Shape(0.09, 0.18, 68.0, "blog.eduard3v.com, part 2, one request at a time"),
    "8B, vLLM, one RTX 4090": Shape(0.156, 0.31, 128.0, "the same"),
    "like the providers": PROVIDER,
}
"""The house models."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds to the first words that are shown, to the first part that is whole, and to the whole answer.

    `alone` is what the app would say that one provider had taken, by the parts.
    """

    first: float
    part: float
    whole: float
    alone: float = 0.0


class Shaped:
    """A provider whose calls take as long as a shape says; the prompt names the tokens read and written."""

    model = "shaped"

    def __init__(self, name: str, shape: Shape, chance: random.Random) -> None:
        self.name, self._shape, self._chance = name, shape, chance

    async def ask(self, prompt: Prompt, on_text: OnText | None = None) -> Reply:  # noqa: ARG002
        """Sleep and answer."""
        taken, given = map(float, prompt.text.split())
        sigma = math.log(self._shape.late / self._shape.first) / statistics.NormalDist().inv_cdf(0.95)
        rate = self._shape.rate * math.exp(self._chance.gauss(0.0, 0.2))
        first = self._shape.first * math.exp(self._chance.gauss(0.0, sigma))
        first += taken / READING
        await asyncio.sleep(first + given / rate)
        return Reply("said", self.model, first_text_seconds=first)

    async def aclose(self) -> None:
        """Nothing to close."""


@dataclass(frozen=True, slots=True)
class Carry:
    """`bot.ports.Papers` that say how many tokens are read and written."""

    taken: float
    given: float

    def prompt(self, number: int, provider: str) -> Prompt:  # noqa: ARG002
        """Return the two numbers."""
        return Prompt("", f"{self.taken} {self.given}", 1, 600.0)

    def permit(self, *_what: object, **_how: object) -> AbstractContextManager[None]:
        """Let it through."""
        return nullcontext()

    def allows(self, *_what: object) -> bool:
        """Nowhere else."""
        return False


@dataclass(frozen=True, slots=True)
class World:
    """The engine, and how long the calls of one message are."""

    engine: Engine
    plan: dict[str, Any]

    @property
    def words(self) -> float:
        """Return the words of a good answer to the whole."""
        return float(self.plan["words"] or ONE_WORDS)

    @property
    def together(self) -> bool:
        """Tell whether the parts have too much in common to be spread."""
        return bool(self.plan.get("share", 0.0) > MOST_SHARE)

    async def call(self, who: str, taken: float, given: float, seconds: float = 600.0) -> Outcome:
        """Make one call of so many words read and written."""
        papers = Carry(taken * TOKENS_A_WORD, given * TOKENS_A_WORD)
        return await self.engine.once(who, Fragment(0, 0, ""), papers, seconds=seconds)

    async def plan_in_time(self) -> bool:
        """Ask for a plan, and for one more where the app would; tell whether there is one."""
        until, parts = clock() + BUDGET, self.plan["parts"]
        size = sum(QUESTION_WORDS + named_words(part) for part in parts)
        written = size + (PLAN_TOKENS + PART_TOKENS * len(parts)) / TOKENS_A_WORD
        made = await self.call("own", self.plan["chars"] / 6 + 220, written, BUDGET)
        if made.status is Status.OK and self.plan.get("again"):
            await self.call("own", self.plan["chars"] / 6 + 220, written, until - clock())
        return made.status is Status.OK

    async def one(self) -> Times:
        """Ask one provider for the whole."""
        began = clock()
        outcome = await self.call(NAMES[0], self.plan["chars"] / 6, self.words)
        return Times(first_words(outcome), clock() - began, clock() - began)

    async def planned(self) -> Times:
        """Plan, ask the parts, compose."""
        began, parts = clock(), self.plan["parts"]
        if not await self.plan_in_time() or not parts:
            planning, outcome = clock() - began, await self.call(NAMES[0], self.plan["chars"] / 6, self.words)
            return Times(planning + first_words(outcome), clock() - began, clock() - began)
        ends = [asyncio.Event() for _ in parts]
        first: list[float] = []
        whole: list[float] = []
        own: list[tuple[float, int | None]] = []

        async def part(number: int) -> None:
            for need in parts[number]["needs"]:
                await ends[need - 1].wait()
            taken = QUESTION_WORDS + passage_words(parts[number])
            name = NAMES[0 if self.together else number % len(NAMES)]
            asked, outcome = clock() - began, await self.call(name, taken, parts[number]["words"])
            first.append(asked + first_words(outcome))
            whole.append(clock() - began)
            own.append((outcome.seconds, parts[number]["words"]))
            ends[number].set()

        await asyncio.gather(*(part(number) for number in range(len(parts))))
        if self.plan["join"] == "composed":
            answers = sum(each["words"] for each in parts)
            await self.call("own", self.plan["chars"] / 6 + answers + 130, 0.9 * self.words)
        composed = round(0.9 * self.words) if self.plan["join"] == "composed" else None
        return Times(min(first), min(whole), clock() - began, alone(own, composed))


def first_words(outcome: Outcome) -> float:
    """Return the seconds to the first words of a call."""
    return outcome.attempts[-1].first_text_seconds or 0.0


def named_words(part: dict[str, Any]) -> float:
    """Return the words that a plan names a part's passages with: long ones by their ends."""
    return sum(min(PASSAGE_WORDS, (end - start) / 6) for start, end in part["passages"])


def passage_words(part: dict[str, Any]) -> float:
    """Return the words of a part's passages, by their characters."""
    return sum(end - start for start, end in part["passages"]) / 6


def timed(plan: dict[str, Any], own: Shape, draws: int, seed: int) -> tuple[Times, Times]:
    """Return the median times of one piece and planned."""

    def world(number: int) -> World:
        """Return the engine with the luck of one draw, which is the same for both ways."""
        luck = {name: random.Random(f"{seed} {plan['id']} {number} {name}") for name in (*NAMES, "own")}
        providers = {name: Shaped(name, PROVIDER if name in NAMES else own, luck[name]) for name in luck}
        policy = Policy(fragment_timeout=600.0, question_timeout=600.0)
        return World(
            Engine(providers, policy, concurrency={}, clock=clock, now=clock, random=random.Random(seed)), plan
        )

    async def once(number: int) -> tuple[Times, Times]:
        return await world(number).one(), await world(number).planned()

    pairs = [run(once(number)) for number in range(draws)]
    return tuple(  # type: ignore[return-value]
        Times(
            *(statistics.median(getattr(p[side], what) for p in pairs) for what in ("first", "part", "whole", "alone"))
        )
        for side in (0, 1)
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One message with one house model."""

    id: str
    join: str
    parts: int
    one: Times
    planned: Times
    share: float | None
    decided: bool | None


def rows(plans: list[dict[str, Any]], texts: dict[str, str], own: Shape, draws: int, seed: int) -> list[Row]:
    """Return every message with its times, its share, and what the rule decides with what it would have learnt."""
    times = {plan["id"]: timed(plan, own, draws, seed) for plan in plans}
    answer = statistics.median(one.whole for one, _ in times.values())
    plan_seconds = statistics.median(plan_time(plan, own) for plan in plans)
    divided = [times[plan["id"]] for plan in plans if plan["parts"]]
    late = statistics.median(planned.whole / planned.alone for _, planned in divided if planned.alone)
    error = statistics.median(planned.alone / one.whole for one, planned in divided if planned.alone)
    print(f"\nplans in time {sum(planned.alone > 0 for _, planned in divided)} of {len(divided)};", end=" ")
    print(f"planned / alone {late:.2f}, which is {error:.2f} of what one provider really took")
    bears = Patience().bears(Pace(answer, plan_seconds, late))
    found = []
    for plan in plans:
        one, planned = times[plan["id"]]
        text = texts.get(plan["id"])
        decided = None if text is None else bears and worth(read(text))
        found.append(Row(plan["id"], plan["join"], len(plan["parts"]), one, planned, plan.get("share"), decided))
    return found


def plan_time(plan: dict[str, Any], own: Shape) -> float:
    """Return about how long the plan itself takes."""
    size = sum(QUESTION_WORDS + named_words(part) for part in plan["parts"]) * TOKENS_A_WORD
    return own.first + (size + PLAN_TOKENS + PART_TOKENS * len(plan["parts"])) / own.rate


def table(name: str, found: list[Row]) -> None:
    """Print medians in seconds, one piece / planned, by how the parts are joined, and the errors of the rule."""
    print(f"\nHouse model: {name}")
    print("  join      n    whole answer      a part whole      first words       faster   spread, largest share")
    for join in ("list", "composed", "one"):
        some = [row for row in found if row.join == join]
        times = "   ".join(
            " / ".join(f"{statistics.median(getattr(getattr(row, side), what) for row in some):4.1f}" for side in SIDES)
            for what in ("whole", "part", "first")
        )
        faster = sum(row.planned.whole < row.one.whole for row in some)
        shares = [row.share for row in some if row.share is not None and row.share <= MOST_SHARE]
        told = f"{len(shares)}, {statistics.median(shares):.0%}" if shares else "-"
        print(f"  {join:9}{len(some):3}  {times}   {faster:3}/{len(some):<3}    {told}")
    judged = [row for row in found if row.decided is not None]
    slower = [row.planned.whole - row.one.whole for row in judged if row.decided and row.planned.whole >= row.one.whole]
    missed = sum(not row.decided and row.planned.whole < row.one.whole for row in judged)
    if judged:
        lost = f", by {statistics.median(slower):.1f} s at the median" if slower else ""
        made = sum(bool(row.decided) for row in judged)
        print(f"  the rule plans {made} of {len(judged)}: planned but slower {len(slower)}{lost};", end=" ")
        print(f"not planned though faster {missed}")


def plot(found: dict[str, list[Row]], path: Path) -> None:
    """Draw each message: one piece across, planned up; below the line planned is faster."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    looks = {"list": ("#0072B2", "o"), "composed": ("#D55E00", "^"), "one": ("#666666", "x")}
    figure, axes = plt.subplots(1, len(found), figsize=(4.6 * len(found), 4.8), layout="constrained", sharey=True)
    most = max(max(row.one.whole, row.planned.whole) for some in found.values() for row in some) * 1.05
    for axis, (name, some) in zip(axes, found.items(), strict=True):
        axis.plot([0, most], [0, most], color="black", linewidth=0.8)
        for join, (colour, marker) in looks.items():
            points = [(row.one.whole, row.planned.whole) for row in some if row.join == join]
            axis.scatter(*zip(*points, strict=True), color=colour, marker=marker, s=22, label=f"{join} ({len(points)})")
        axis.set(title=name, xlabel="one piece, s", xlim=(0, most), ylim=(0, most))
    axes[0].set_ylabel("planned by meaning, s (below the line: faster)")
    axes[0].legend(frameon=False)
    figure.suptitle("Time of the whole answer: medians of draws from published latency shapes, hand-written plans")
    figure.savefig(path, dpi=130)
    plt.close(figure)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, help="the messages, JSON lines with id and text")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    plans = [json.loads(line) for line in PLANS.read_text().splitlines()]
    lines = asked.file.read_text(encoding="utf-8").splitlines() if asked.file else []
    texts = {entry["id"]: entry["text"] for entry in map(json.loads, lines)}
    print(f"{len(plans)} messages, {asked.draws} draws each, seed {asked.seed}; providers: {PROVIDER.source}")
    found = {name: rows(plans, texts, own, asked.draws, asked.seed) for name, own in SHAPES.items()}
    for name, some in found.items():
        table(f"{name} ({SHAPES[name].source})", some)
    if asked.json:
        asked.json.write_text(json.dumps({name: [asdict(row) for row in some] for name, some in found.items()}))
    if asked.plot:
        plot(found, asked.plot)


if __name__ == "__main__":
    main()
