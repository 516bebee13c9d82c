"""People of other companies where a setting lets them in: asked, shown and sent as by anybody else."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.door import STRANGER
from tests.scenario.house import TRANSPORTS, Asked, house, texts_of
from tests.scenario.test_app_forms import typed
from tests.scenario.test_app_strangers import ASKED, THEIRS, share

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_setting_lets_strangers_in_everywhere(tmp_path: Any, transport: str) -> None:
    async with house(tmp_path, transport, {"trigger_seconds": 600.0}, strangers=True) as home:
        channel, user = share(home), home.slack.belong(home.person(), THEIRS)
        asked = Asked(home, user, await home.slack.mention(channel, user, ASKED))
        final = await asked.final()
        await home.slack.action(user, final, "show_receipt")
        (details,) = await home.slack.wait_for(lambda: home.slack.modals(user))
        assert "What each provider was given" in texts_of(details.content)
        for text in ("", ASKED):
            told = (await home.slack.slash(channel, user, text)).reply["text"]
            assert STRANGER not in told
        form = (await home.slack.wait_for(lambda: home.slack.modals(user)[1:]))[0]
        await home.slack.view_submission(user, form, typed("What did the moa weigh?"))
        await home.llm.wait_for(lambda calls: any("weigh" in call.asked.text for call in calls))
        await home.service.desk.finished(10.0)
        answers = [
            m for m in home.slack.messages if (m.metadata or {}).get("event_payload", {}).get("state") == "final"
        ]
        for answer in answers:
            await home.slack.action(user, answer, "show_receipt")
        await home.slack.wait_for(lambda: len(home.slack.modals(user)) >= 1 + len(answers))
        assert len(answers) == 3
        assert not any("Only the person" in m.text for m in home.slack.ephemerals(user)), "their questions are theirs"
