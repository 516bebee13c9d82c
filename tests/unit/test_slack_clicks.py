"""Who clicked where is read from each shape that Slack sends."""

from __future__ import annotations

import pytest

from bot.model.question import Origin
from bot.slack.clicks import origin_of

CLICK = {
    "type": "block_actions",
    "user": {"id": "U1", "team_id": "T1"},
    "container": {"type": "message", "channel_id": "C1", "thread_ts": "1.1"},
    "channel": {"id": "C1"},
    "message": {"ts": "2.2", "thread_ts": "1.1", "team": "T1"},
}


@pytest.mark.parametrize(
    "more",
    [
        {"team": {"id": "T1"}},
        {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True},
        {"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1", "team_id": "T9"}},
        {"team": None, "message": {"ts": "2.2", "thread_ts": "1.1"}},
    ],
)
def test_a_click_is_of_the_workspace_of_what_was_clicked(more: dict) -> None:
    assert origin_of(CLICK | more) == Origin("T1", "C1", "U1", "2.2", "1.1")
