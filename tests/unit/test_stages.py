"""The stages of one question: what must not cost the answer does not."""

from __future__ import annotations

import logging
from typing import Any, cast

import pytest

from bot.errors import StorageError
from bot.pipeline.shared import Shared
from bot.pipeline.stages import QuestionStages


class FullDisk:
    """Records that cannot be written."""

    async def record(self, *_what: object) -> None:
        """Fail."""
        raise StorageError


class Only:
    """As much of what questions share as recording needs."""

    records = FullDisk()
    house = None


async def test_timings_that_cannot_be_written_do_not_cost_the_answer(caplog: pytest.LogCaptureFixture) -> None:
    """The answer goes on; the log says what is missing."""

    class Asked:
        request_id = "request-00000001"

    stages = QuestionStages(cast("Shared", Only()), cast("Any", None), stream=False)
    with caplog.at_level(logging.ERROR, logger="tessera"):
        await stages.record(cast("Any", Asked()), cast("Any", None))
    assert caplog.messages == ["[request-00000001] The timings are not recorded: storage"]
