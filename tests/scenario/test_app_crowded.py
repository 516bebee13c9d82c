"""Many questions in one channel, where Slack takes a post a second: each needs one post at most."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.scenario.house import Asked, answered_calls, house, shown

MANY = 11


async def test_an_answer_that_is_there_before_its_placeholder_takes_its_turn(tmp_path: Path):
    async with house(tmp_path) as home:
        channel = home.place()
        users = [home.person() for _ in range(MANY)]
        deliveries = await asyncio.gather(
            *(home.slack.mention(channel, user, f"Why is snow {n} white?") for n, user in enumerate(users))
        )
        finals = await asyncio.gather(
            *(Asked(home, user, each).final() for user, each in zip(users, deliveries, strict=True))
        )
        posts = answered_calls(home.slack, "chat.postMessage")

        assert len(posts) == MANY
        states = [call.args["metadata"]["event_payload"]["state"] for call in posts]
        assert states[:3] == ["running"] * 3
        assert states[-1] == "final"
        assert all("canned text" in shown(final) for final in finals)
        assert {final.thread_ts for final in finals} == {each.ts for each in deliveries}
