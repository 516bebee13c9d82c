"""Plans that readers wrote: as data without a word of the messages, and what check and rule make of them.

    python -m tests.bench.meaning_plans MESSAGES PLANS... [--read IDS] [--against OLD.jsonl] [--write OUT.jsonl]

MESSAGES is `real_tune.jsonl`; a line of PLANS is a reader's verdict on one: `id`, `verdict` (`one` or `parts`), `join`,
`words` of a good answer, `parts` (each `question`, `passages` quoted from the message, `words`, `needs`). IDS holds a
line `=== id` for each message that was read; of what is not in PLANS the verdict is `one`. A quote that does not stand
in its message word for word is reported, and its plan left out. Each plan is then read and checked as if the house
model had returned it.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.house.worth import Patience
from bot.model.outcome import Outcome, Status
from bot.model.plan import Plan
from bot.model.question import Question
from bot.pipeline.meaning import Asked, House, plannable
from bot.pipeline.planning import drafted
from bot.pipeline.rules import Rules
from bot.privacy import promise
from bot.runtime import detectors, rules
from bot.settings import load
from tests.bench.meaning import NAMES

OWN = "own"


@dataclass(frozen=True, slots=True)
class Judged:
    """One plan: whether the message would be planned at all, and why the plan is refused, if it is.

    `share` is the largest share of the message's words in one part; `again` tells that another plan is asked for.
    """

    id: str
    worth: bool
    reason: str
    said: str
    share: float
    again: bool


def planning() -> Rules:
    """Return what an installation with three providers and a house model plans by."""
    keys = dict.fromkeys(("openai_api_key", "anthropic_api_key", "gemini_api_key"), SecretStr("none"))
    own = {"name": OWN, "base_url": "http://127.0.0.1:9/v1", "model": "own-1"}
    settings = load(_env_file=None, ner="off", compatible=[own], house_model=OWN, **keys)
    return rules(settings, detectors(settings).detect, NAMES)


def draft_of(message: str, planned: Rules) -> Plan:
    """Return the draft that the house model would be asked to plan."""
    return drafted(Question("", "request-bench", message), planned, b"bench")


def judged(plan: Mapping[str, Any], message: str, planned: Rules) -> Judged:
    """Check a reader's plan as if the house model had returned it."""
    draft = draft_of(message, planned)
    hidden = {entity.value: token for entity, token in zip(draft.entities, draft.tokens[OWN], strict=True)}
    parts = [
        {
            "question": masked(part["question"], hidden),
            "passages": [masked(passage, hidden) for passage in part["passages"]],
            "needs": part["needs"],
        }
        for part in plan["parts"]
    ]
    reply = json.dumps({"join": plan["join"], "parts": parts})
    house = House(None, None, planned, Patience())  # type: ignore[arg-type] - nobody is called
    outcome = Outcome(0, 0, OWN, "own-1", Status.OK, 1.0, text=reply)
    found: Asked = house.settle(draft, (), outcome, NAMES, (), last=False)
    split = found.spare or found.plan or draft
    again = found.plan is None
    measure = promise.meter(split)
    share = max(measure({part.number}) for part in split.fragments)
    return Judged(plan["id"], plannable(draft, planned), found.reason, found.said, share, again)


def masked(text: str, hidden: Mapping[str, str]) -> str:
    """Return a text of a reader, who saw the message itself, as it stands in the masked one."""
    for value in sorted(hidden, key=len, reverse=True):
        text = text.replace(value, hidden[value])
    return text


def record(plan: Mapping[str, Any], message: str) -> dict[str, Any]:
    """Return a plan as data: places in the message, no word of it.

    Raises:
        ValueError: a quote does not stand there.
    """
    parts = [
        {
            "passages": sorted(place(passage, message) for passage in part["passages"]),
            "words": part["words"],
            "needs": part["needs"],
        }
        for part in plan.get("parts", ())
    ]
    join = plan["join"] if parts else "one"
    return {"id": plan["id"], "chars": len(message), "join": join, "words": plan.get("words"), "parts": parts}


def place(passage: str, message: str) -> list[int]:
    """Return where a quote stands."""
    start = message.index(passage)
    return [start, start + len(passage)]


def kappa(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Return Cohen's kappa of two readers' yes and no."""
    counts = Counter(pairs)
    n = counts.total()
    same = (counts[True, True] + counts[False, False]) / n
    first, second = (sum(count for pair, count in counts.items() if pair[side]) / n for side in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Print what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("messages", type=Path)
    parser.add_argument("plans", nargs="+", type=Path)
    parser.add_argument("--read", type=Path, nargs="*", default=[])
    parser.add_argument("--against", type=Path)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    texts = {entry["id"]: entry["text"] for entry in lines(asked.messages)}
    told = {plan["id"]: plan for path in asked.plans for plan in lines(path)}
    read = [found for path in asked.read for found in re.findall(r"^=== (\S+)$", path.read_text("utf-8"), re.MULTILINE)]
    data: dict[str, dict[str, Any]] = {}
    for which in dict.fromkeys((*told, *read)):
        try:
            data[which] = record(told.get(which, {"id": which}), texts[which])
        except (KeyError, ValueError) as fault:
            print(f"left out: {which} ({type(fault).__name__})")
    several = [which for which, row in data.items() if row["parts"]]
    print(f"{len(data)} messages, {len(several)} with parts")
    logging.disable(logging.WARNING)
    planned = planning()
    found = [judged(told[which], texts[which], planned) for which in several]
    for each in found:
        data[each.id] |= {"share": round(each.share, 2), "again": each.again}
    words = Counter(
        each.reason or ("good" if each.share <= planned.max_share else "together at once") for each in found
    )
    print(f"the check says of {len(found)} plans: {dict(words)}")
    for each in found:
        if each.reason not in ("", "share"):
            print(f"  {each.id}: {each.reason}: {each.said}")
    print(f"the rule of worth would have {sum(each.worth for each in found)} of {len(found)} planned")
    ones = [which for which, row in data.items() if not row["parts"]]
    asked_for = sum(plannable(draft_of(texts[which], planned), planned) for which in ones)
    print(f"and {asked_for} of {len(ones)} that stay one piece")
    if asked.against:
        old = {row["id"]: bool(row["parts"]) for row in lines(asked.against)}
        pairs = [(old[which], bool(row["parts"])) for which, row in data.items() if which in old]
        print(f"against {asked.against.name}: n {len(pairs)}, {dict(Counter(pairs))}, kappa {kappa(pairs):.2f}")
    if asked.write:
        asked.write.write_text("".join(f"{json.dumps(row)}\n" for row in data.values()), encoding="utf-8")


if __name__ == "__main__":
    main()
