"""Everything that people are shown, read and written back by the models of Slack's own SDK."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.model.outcome import FragmentEvent, Status
from bot.model.records import Preview, PreviewPart, PreviewValue, ReceiptPage, Recent, Usage
from bot.slack import views
from bot.slack.views import Level, choice, details, form, home
from bot.slack.views.answer import called
from bot.slack.views.thanks import thanks
from tests.unit.test_slack_views import a_plan, a_receipt, an_answer

STATUSES = (Status.OK, Status.TIMEOUT, Status.OK)
ANSWER = replace(an_answer("**Why?** · OPENAI\n\nYes.", statuses=STATUSES), asked=("Why?", "How?", "When?"))
PAGE = ReceiptPage("request-abcdefgh", (a_receipt(texts=("exact",)),), why="Because.", hidden=("EMAIL: 'a@b.example'",))
SHOWN = Preview(
    (PreviewPart(1, "openai", "Ours.", "Ask PERSON_1Q7"), PreviewPart(2, "google", "", "Why?")),
    (PreviewValue("PERSON:1", "name", "Ada", clear=True), PreviewValue("PASSWORD:2", "password", "x", fixed=True)),
    {"openai": 0.4, "google": 0.5},
)
WORKING = views.begin(a_plan()).after(FragmentEvent(1, 3, "openai", "complete", 1.0, "Yes."))


def posts() -> dict[str, Any]:
    """Return every message, by name."""
    found: dict[str, Any] = {}
    for level in Level:
        for of in (1, 3, 50):
            found[f"working {of} {level.name}"] = views.progress(views.begin(a_plan(of)), level)
        found[f"some answered {level.name}"] = views.progress(WORKING, level)
        found[f"answer {level.name}"] = views.final(ANSWER, level=level)[0]
        found[f"end of a long answer {level.name}"] = views.final(an_answer("word " * 5_000), level=level)[1][-1]
        found[f"one piece {level.name}"] = views.final(an_answer(statuses=(Status.OK,)), level=level)[0]
        found[f"failed {level.name}"] = views.failed("No.", "request-abcdefgh", level)
        found[f"which one {level.name}"] = choice.which("Which?", (("1.1/1", "a"), ("1.1/2", "b")), "r", level)
    found["root"], found["called"] = views.root("U1", "Why?"), called("U1")
    found["thanks"] = thanks(views.final(ANSWER)[0].blocks, "request-abcdefgh", good=False)
    return found


def shown() -> dict[str, Any]:
    """Return every view, by name."""
    asked = (Recent(1_700_000_000.0, 3, 2, 2.1, ("openai", "google")),)
    return {
        "details": details.receipt(PAGE),
        "exact": details.exact_texts(PAGE),
        "notice": details.notice("Gone.", "request-abcdefgh"),
        "home": home.view({"openai": "m"}, Usage(asked, 1, 2, 3)),
        "form": form.form(form.Draft(cut=True), "{}"),
        "preview": form.form(form.Draft("Why?", "Ada said so.", hide="x"), "{}", SHOWN),
        "again": form.form(form.Draft(again=True), "{}", SHOWN, fault="Not so."),
    }


def same(blocks: list[dict[str, Any]]) -> None:
    """Check that each block is known to the SDK, keeps what it says, and is within its limits."""
    for block in blocks:
        parsed = Block.parse(block)
        assert parsed is not None, block["type"]
        assert json.loads(json.dumps(parsed.to_dict())) == block


@pytest.mark.parametrize("name", posts())
def test_every_message_is_one_for_slacks_own_models(name: str) -> None:
    same(json.loads(json.dumps(list(posts()[name].blocks))))


@pytest.mark.parametrize("name", shown())
def test_every_view_is_one_for_slacks_own_models(name: str) -> None:
    view = json.loads(json.dumps(shown()[name]))
    same(view["blocks"])
    assert json.loads(json.dumps(View(**view).to_dict())) == view
