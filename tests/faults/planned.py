"""A question that the house model plans, for the processes that are killed: three parts, one of which needs another."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.demo.llm import canned
from bot.demo.llm.server import PATHS
from bot.house import words

OWN = "own"
PATHS_WITH_OWN = {**PATHS, OWN: "/v1"}
COMPOSED = "Here is, in one answer that the house model composed,"
QUESTION = (
    "Compare the {0} tower and the {1} bridge for the visitors of our small town, and say which of them fits the {2} "
    "wall that we rebuild in spring."
)


def answer(provider: str, system: str, text: str) -> str:
    """Plan and compose as the house model, answer as any other."""
    if system == words.PLANNER:
        first, second, third = (re.search(rf"{word}\d+q", text) for word in ("zaphod", "yantra", "xylo"))
        assert first
        assert second
        assert third
        asked = (
            (f"How does the {first[0]} tower suit the visitors of our small town?", []),
            (f"How does the {second[0]} bridge suit visitors?", []),
            (f"Which of them fits the {third[0]} wall that we rebuild in spring?", [1]),
        )
        parts = [{"question": question, "passages": [], "needs": needs} for question, needs in asked]
        return json.dumps({"join": "composed", "parts": parts})
    if system == words.COMPOSER:
        return f"{COMPOSED} what three providers said, each a canned text that is not the answer of a model. [1, 2, 3]"
    return canned(provider, system, text)


def settings(own_url: str) -> dict[str, Any]:
    """Return the settings that name the house model."""
    own = {"name": OWN, "base_url": own_url, "model": "own-1"}
    return {"compatible": [own], "house_model": OWN, "house_plan_seconds": 60.0}
