"""See before it leaves: the form, its preview, and what the asker lets go, hides or puts together."""

import json
from typing import Any

import pytest

from bot.demo.slack.records import View
from bot.slack.manifest import SHORTCUT
from tests.scenario.house import House, buttons, house_fixture, shown, texts_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture()
NAME, MAIL = "Anna Schmidt", "invoices@acme.example"
ONE = f"Please write to {NAME} ({MAIL}) that the walrus is late."
THREE = "1. What does a walrus eat?\n2. How tall is a lighthouse?\n3. Which bread keeps longest?"


def typed(question: str = "", background: str = "", **more: Any) -> dict[str, Any]:
    """Return the state of a form: `hide` is typed, `clear` and `join` are the values that are ticked."""
    texts = {"question": question, "background": background, "hide": more.get("hide", "")}
    found: dict[str, Any] = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in texts.items()}
    for name, block in (("clear", "clear_0"), ("join", "join_1")):
        action = "clear_0" if name == "clear" else "join"
        found[block] = {action: {"type": "checkboxes", "selected_options": [{"value": v} for v in more.get(name, ())]}}
    return found


async def opened(home: House, user: str) -> View:
    """Open the form by the command, and return it."""
    channel = home.place()
    delivery = await home.slack.slash(channel, user, "")
    assert "/ask" in delivery.reply["text"]
    (view,) = await home.slack.wait_for(lambda: home.slack.modals(user))
    assert home.posts(channel) == []
    return view


async def previewed(home: House, user: str, view: View, state: dict[str, Any]) -> str:
    """Press Preview with that in the form, and return what is shown then."""
    before = len(view.history)
    await home.slack.action(user, view, "preview_question", values=state)
    await home.slack.wait_for(lambda: len(view.history) > before)
    return json.dumps(view.content, ensure_ascii=False)


def exact(view: View) -> list[str]:
    """Return the texts that the form shows as what would leave."""
    blocks = [block for block in view.content["blocks"] if block["type"] == "rich_text"]
    return [part["text"] for block in blocks for part in block["elements"][0]["elements"]]


def marks(view: View, name: str) -> dict[str, str]:
    """Return the options of a form's checkboxes: what they say, and their values."""
    elements = [b["element"] for b in view.content["blocks"] if b["type"] == "input"]
    options = [o for e in elements if e["action_id"] == name for o in e["options"]]
    return {option["text"]["text"]: option["value"] for option in options}


async def test_what_the_preview_shows_is_what_is_sent_word_for_word(home: House):
    user, calls = home.person(), len(home.llm.calls)
    view = await opened(home, user)
    await previewed(home, user, view, typed(THREE))
    parts = [b["text"]["text"] for b in view.content["blocks"] if b["type"] == "section" and "would get" in str(b)]
    assert len(home.llm.calls) == calls, "nobody is called"

    await home.slack.view_submission(user, view, typed(THREE))
    await home.llm.wait_for(lambda found: sum(c.ended is not None for c in found[calls:]) == 3)
    sent = {call.asked.text: call.provider.upper() for call in home.llm.calls[calls:]}
    assert len(parts) == len(exact(view)) == 3
    assert {text: part.split("*")[1] for part, text in zip(parts, exact(view), strict=True)} == sent


async def test_a_value_is_let_go_for_one_question_and_the_receipt_says_so(home: House):
    user, calls = home.person(), len(home.llm.calls)
    view = await opened(home, user)
    first = await previewed(home, user, view, typed(ONE))
    assert NAME not in " ".join(exact(view))
    offered = marks(view, "clear_0")
    assert set(offered) == {f"name: {NAME}", f"email: {MAIL}"}
    assert "initial_options" not in first
    chosen = typed(ONE, clear=[offered[f"name: {NAME}"]])
    second = await previewed(home, user, view, chosen)
    assert f"Please write to {NAME} (EMAIL_" in exact(view)[0]
    assert "initial_options" in second
    await home.slack.view_submission(user, view, chosen)
    await home.llm.wait_for(lambda found: sum(c.ended is not None for c in found[calls:]) == 1)
    (call,) = home.llm.calls[calls:]
    await home.service.desk.finished(10.0)

    assert call.asked.text == exact(view)[0]
    assert MAIL not in str(call.body)
    final = [m for m in home.slack.messages if (m.metadata or {}).get("event_payload", {}).get("state") == "final"][-1]
    reference = final.metadata["event_payload"]["request_id"]
    assert [r.chosen for r in await home.service.desk._archive.sent(reference)] == [{"clear:PERSON": 1}]
    assert "1 email hidden" in shown(final)
    assert NAME not in home.log.getvalue()


async def test_a_further_word_is_hidden_and_parts_go_together(home: House):
    user = home.person()
    view = await opened(home, user)
    await previewed(home, user, view, typed(THREE))
    assert "a walrus eat" in " ".join(exact(view))
    await previewed(home, user, view, typed(THREE, hide="walrus, bread"))
    assert not any(word in " ".join(exact(view)) for word in ("walrus", "bread"))
    assert marks(view, "clear_0") == {}, "what the asker hides is not offered to be let go"
    assert sorted(marks(view, "join").values()) == ["1", "2", "3"]
    await previewed(home, user, view, typed(THREE, join=["1", "3"]))
    assert len(exact(view)) == 2
    assert set(marks(view, "join").values()) == {"1,3", "2"}
    calls = len(home.llm.calls)
    await home.slack.view_submission(user, view, typed(THREE, join=["1,3"]))
    await home.llm.wait_for(lambda found: sum(c.ended is not None for c in found[calls:]) == 2)
    assert sorted(call.asked.text for call in home.llm.calls[calls:]) == sorted(exact(view))


async def test_the_shortcut_asks_about_a_message_and_answers_the_asker_alone(home: House):
    user, channel = home.person(), home.place()
    said = await home.slack.say(channel, "U0GRACE", f"{NAME} says that copper was melted first. " * 120)
    await home.slack.shortcut(user, said.message, SHORTCUT)
    (view,) = await home.slack.wait_for(lambda: home.slack.modals(user))
    assert "its first 3,000 characters stand here" in texts_of(view.content)
    calls = len(home.llm.calls)
    background = next(b["element"] for b in view.content["blocks"] if b.get("block_id") == "background")[
        "initial_value"
    ]
    await home.slack.view_submission(user, view, typed("Is that true?", background))
    await home.llm.wait_for(lambda found: sum(c.ended is not None for c in found[calls:]) == 1)
    await home.service.desk.finished(10.0)
    dm = home.slack.dm(user)

    assert "copper was melted first" in home.llm.calls[-1].asked.text
    assert NAME not in home.llm.calls[-1].asked.text
    assert "Is that true?" in home.posts(dm)[0].blocks[0]["text"]["text"]
    assert any("One piece" in shown(message) for message in home.posts(dm))
    assert home.posts(channel) == []


async def test_under_an_answer_the_same_choices_are_offered_to_its_asker(home: House):
    asked = await home.answered(ONE)
    final = await asked.final()
    await home.slack.action("U0QX399", final, "change_hidden")
    await home.slack.wait_for(lambda: home.slack.ephemerals("U0QX399"))
    assert home.slack.modals("U0QX399") == []
    await home.slack.action(asked.user, final, "change_hidden")
    (view,) = await home.slack.wait_for(lambda: home.slack.modals(asked.user))
    calls = len(home.llm.calls)
    await home.slack.view_submission(asked.user, view, typed(clear=[marks(view, "clear_0")[f"email: {MAIL}"]]))
    await home.llm.wait_for(lambda found: sum(c.ended is not None for c in found[calls:]) == 1)

    assert MAIL in home.llm.calls[-1].asked.text
    assert NAME not in home.llm.calls[-1].asked.text
    await home.slack.wait_for(lambda: len(home.posts(asked.channel)) == 2)
    assert {m.thread_ts for m in home.posts(asked.channel)} == {final.thread_ts}
    nothing_hidden = await home.answered("What does a walrus eat?")
    assert "change_hidden" not in buttons(await nothing_hidden.final())


async def test_secrets_are_named_but_never_offered(home: House):
    user = home.person()
    view = await opened(home, user)
    page = await previewed(home, user, view, typed("My password: tR0ub4dor-and-3 is it good?"))

    assert "Stays hidden in any case: password [hidden password]" in page
    assert "tR0ub4dor" not in " ".join(exact(view))
    assert marks(view, "clear_0") == {}


async def test_a_form_submitted_twice_is_one_question_and_a_fault_is_told_in_it(home: House):
    user, calls = home.person(), len(home.llm.calls)
    view = await opened(home, user)
    assert "There is no question" in await previewed(home, user, view, typed("..."))
    assert len(home.llm.calls) == calls
    for _ in range(2):
        await home.slack.view_submission(user, view, typed("How tall is a lighthouse?"))
    await home.llm.wait_for(lambda found: sum(c.ended is not None for c in found[calls:]) == 1)
    await home.service.desk.finished(10.0)
    assert len(home.llm.calls) == calls + 1


async def test_an_old_trigger_is_told(home: House):
    user, channel = home.person(), home.place()
    home.slack.fault("views.open", error="expired_trigger_id")
    await home.slack.slash(channel, user, "")
    await home.slack.wait_for(lambda: any("took too long to open" in m.text for m in home.slack.ephemerals(user)))
    assert home.slack.modals(user) == []
