"""What people do besides asking: Stop, Regenerate, Details, thumbs, Home, forget."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import pytest

from bot.demo.llm import Call
from bot.slack.views.thanks import GOOD
from tests.scenario.house import PARTS, QUESTION, Asked, House, buttons, house_fixture, shown, texts_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture("http")
TOKEN = re.compile(r"[A-Z]+(?:_[A-Z]+)*_[0-9]+[A-Z0-9]{2}")


def _parts(calls: list[Call]) -> list[str]:
    """Return what calls asked, in the order of the alphabet."""
    return sorted(call.asked.text for call in calls)


STRANGER = "U0QX399"


@asynccontextmanager
async def held(home: House, question: str = QUESTION) -> AsyncIterator[tuple[Asked, dict[str, asyncio.Event]]]:
    """Ask something of which no part is answered, with all parts at the providers, and let go at the end."""
    before = len(home.llm.calls)
    with home.script.holding(*PARTS) as gates:
        asked = await home.ask(question)
        await asked.running()
        await home.llm.wait_for(lambda calls: sum(c.ended is None for c in calls[before:]) == 3)
        yield asked, gates


def whispers(home: House, user: str) -> str:
    """Return what one person alone was shown."""
    return "\n".join(map(shown, home.slack.ephemerals(user)))


def rows(home: House, sql: str, *values: str) -> list[tuple]:
    """Read from the database file."""
    with closing(sqlite3.connect(home.settings.database_url.removeprefix("sqlite:///"))) as database:
        return database.execute(sql, values).fetchall()


@pytest.mark.parametrize("by", ["button", "word", "native"])
async def test_stop_cancels_the_calls_at_the_providers(home: House, by: str):
    before = len(home.llm.calls)
    async with held(home) as (asked, gates):
        gates["bread"].set()
        await asked.until("**Which bread")
        message = await asked.running()
        if by == "button":
            await home.slack.action(asked.user, message, "stop_query")
        elif by == "word":
            await home.slack.mention(asked.channel, asked.user, "stop", message.thread_ts)
        else:
            await home.slack.agent_session_stopped(asked.channel, message.thread_ts, asked.user)
        await home.llm.wait_for(lambda calls: sum(call.gone for call in calls[before:]) == 2)
        final = await asked.final()

    assert "Stopped: 1 of 3 parts were answered." in shown(final)
    assert shown(final).count("canned text") >= 1
    assert rows(home, "SELECT status FROM fragments WHERE request_id = ? ORDER BY number", asked.reference) == [
        ("cancelled",), ("cancelled",), ("ok",)
    ]  # fmt: skip


@pytest.mark.parametrize("where", ["thread", "top"])
async def test_stop_said_before_the_message_stands_stops_the_question_all_the_same(home: House, where: str):
    home.slack.fault("chat.postMessage", slow=1.0)
    with home.script.holding(*PARTS):
        asked = await home.ask(way="dm")
        thread = asked.delivery.payload["event"]["ts"] if where == "thread" else None
        await home.slack.direct_message(asked.user, "stop", thread_ts=thread)
        final = await asked.final()

    assert "Stopped: 0 of 3 parts were answered." in shown(final)
    assert "Nothing is running here" not in "\n".join(shown(m) for m in home.posts(asked.channel))


async def test_stop_before_any_part_is_done_still_has_a_last_word(home: House):
    async with held(home) as (asked, _):
        await home.slack.action(asked.user, await asked.running(), "stop_query")

        assert "Stopped: 0 of 3 parts were answered." in shown(await asked.final())


async def test_only_the_asker_stops(home: House):
    async with held(home) as (asked, _):
        message = await asked.running()
        await home.slack.action(STRANGER, message, "stop_query")
        await home.slack.wait_for(lambda: "Only the person who asked can stop" in whispers(home, STRANGER))
        await home.slack.agent_session_stopped(asked.channel, message.thread_ts, STRANGER)
    final = await asked.final()

    assert "Stopped" not in shown(final)
    assert shown(final).count("complete") == 3


async def test_regenerate_asks_the_same_question_anew_in_the_same_thread(home: House):
    asked = await home.answered()
    first = await asked.final()
    calls = len(home.llm.calls)
    await home.slack.action(asked.user, first, "regenerate_query")
    second = await home.slack.wait_for(lambda: [m for m in home.posts(asked.channel) if m is not first])
    await home.slack.wait_for(lambda: second[0].metadata["event_payload"]["state"] == "final")

    assert second[0].thread_ts == first.thread_ts
    assert second[0].metadata["event_payload"]["request_id"] == f"{asked.reference}.1"
    before, after = (_parts(home.llm.calls[start : start + 3]) for start in (calls - 3, calls))
    assert [TOKEN.sub("TOKEN", text) for text in after] == [TOKEN.sub("TOKEN", text) for text in before]
    assert not {token for text in after for token in TOKEN.findall(text)} & set(TOKEN.findall(" ".join(before)))


async def test_others_neither_regenerate_nor_see_details(home: House):
    asked = await home.answered()
    final, stranger, calls = await asked.final(), "U0QX398", len(home.llm.calls)
    for action in ("regenerate_query", "show_receipt"):
        await home.slack.action(stranger, final, action)
    await home.slack.wait_for(lambda: len(home.slack.ephemerals(stranger)) == 2)

    assert whispers(home, stranger).count("Only the person who asked can see or repeat this,") == 2
    assert asked.reference in whispers(home, stranger)
    assert home.slack.modals(stranger) == []
    assert len(home.llm.calls) == calls


async def test_details_show_shares_first_and_the_exact_texts_on_demand(home: House):
    asked = await home.answered()
    sent = [call.asked.text for call in home.llm.calls[-3:]]
    await home.slack.action(asked.user, await asked.final(), "show_receipt")
    (modal,) = await home.slack.wait_for(lambda: home.slack.modals(asked.user))
    page = texts_of(modal.content)
    await home.slack.action(asked.user, modal, "show_receipt_texts")
    await home.slack.wait_for(lambda: len(modal.history) == 2)
    exact = texts_of(modal.content)

    assert all(name in page for name in ("OPENAI", "ANTHROPIC", "GOOGLE", "of your words"))
    assert not any(word in page for word in PARTS)
    assert all(text in exact for text in sent)


async def test_what_was_asked_whole_is_one_call_and_details_say_why(home: House):
    calls = len(home.llm.calls)
    asked = await home.answered(f"whole: {QUESTION}")
    await home.slack.action(asked.user, await asked.final(), "show_receipt")
    (modal,) = await home.slack.wait_for(lambda: home.slack.modals(asked.user))

    (call,) = home.llm.calls[calls:]
    assert all(word in call.asked.text for word in PARTS)
    assert "whole" not in call.asked.text
    assert "part" not in call.asked.system.lower()
    assert "One piece: you asked for it with whole:." in texts_of(modal.content)
    assert "you asked for it" not in home.log.getvalue()
    assert "One piece" in asked.text


async def test_details_say_to_the_asker_alone_why_a_value_is_hidden(home: House):
    asked = await home.answered("Why does ann.kay@north.example get no mail from Zurich?")
    final = await asked.final()
    await home.slack.action(asked.user, final, "show_receipt")
    (modal,) = await home.slack.wait_for(lambda: home.slack.modals(asked.user))

    assert "EMAIL: 'ann.kay@north.example': " in texts_of(modal.content)
    assert "ann.kay" not in home.log.getvalue()
    await home.slack.action(STRANGER, final, "show_receipt")
    await home.slack.wait_for(lambda: "Only the person who asked" in whispers(home, STRANGER))
    assert home.slack.modals(STRANGER) == []


async def test_a_click_on_the_modal_by_somebody_else_shows_no_text(home: House):
    asked = await home.answered()
    await home.slack.action(asked.user, await asked.final(), "show_receipt")
    (modal,) = await home.slack.wait_for(lambda: home.slack.modals(asked.user))
    await home.slack.action(STRANGER, modal, "show_receipt_texts")
    await home.slack.wait_for(lambda: len(modal.history) == 2)

    assert "Only the person who asked" in texts_of(modal.content)
    assert not any(word in texts_of(modal.content) for word in PARTS)


async def test_a_thumb_is_thanked_and_a_disliked_part_is_asked_again(home: House):
    asked = await home.answered()
    final, before = await asked.final(), len(home.llm.calls)
    await home.slack.action(asked.user, final, "feedback", f"good:{asked.reference}")
    await home.slack.wait_for(lambda: "Thank you" in whispers(home, asked.user))
    await home.slack.action(asked.user, final, "feedback", f"bad:{asked.reference}")
    (shown_to_me,) = await home.slack.wait_for(lambda: [m for m in home.slack.ephemerals(asked.user) if m.blocks])
    had = {each.fragment: each.provider for each in await home.service.desk._archive.sent(asked.reference)}
    for count, who in enumerate(("other", "same"), start=1):
        await home.slack.action(asked.user, shown_to_me, f"ask_part_2_{who}")
        await home.slack.wait_for(
            lambda n=count: "".join(map(shown, home.posts(asked.channel))).count("asked again. With it") == n
        )
    other, same = home.llm.calls[before:]

    assert all("lighthouse" in call.asked.text and "walrus" not in call.asked.text for call in (other, same))
    assert other.provider != had[2]
    assert same.provider == had[2]
    assert {m.thread_ts for m in home.posts(asked.channel)} == {final.thread_ts}


async def test_a_part_that_failed_is_asked_again_by_its_button(home: House):
    names = ("google", "openai", "anthropic")
    for name in names:
        home.llm.fail(name, "400")
    asked = await home.answered()
    for name in names:
        home.llm.heal(name)
    final = await asked.final()
    assert {"ask_part_1", "ask_part_2", "ask_part_3"} <= buttons(final)
    await home.slack.action(asked.user, final, "ask_part_3")
    await home.slack.wait_for(lambda: "Part 3 of 3, asked again" in "".join(map(shown, home.posts(asked.channel))))
    before = len(home.slack.ephemerals(STRANGER))
    await home.slack.action(STRANGER, final, "ask_part_3")
    await home.slack.wait_for(lambda: len(home.slack.ephemerals(STRANGER)) > before)
    assert "Only the person who asked" in shown(home.slack.ephemerals(STRANGER)[-1])


async def test_an_answer_that_took_its_time_calls_its_asker_once(home: House, monkeypatch: pytest.MonkeyPatch):
    quick = await home.answered()
    await home.service.desk.finished(10.0)
    monkeypatch.setattr(home.service.slack.reporters, "call_seconds", 0.0)
    slow = await home.answered()
    await home.slack.wait_for(lambda: len(home.posts(slow.channel)) == 2)

    assert len(home.posts(quick.channel)) == 1
    assert f"<@{slow.user}>" in home.posts(slow.channel)[1].text


async def test_what_was_asked_by_command_is_shown_to_its_asker_alone(home: House):
    for text, told in (("Why is the walrus big?", True), ("Why is the --quiet walrus big?", False)):
        asked = await home.ask(text, way="slash")
        await asked.final()
        reply = asked.delivery.reply
        assert ("Why is the walrus big?" in reply["text"]) is told
        assert reply["response_type"] == "ephemeral"
        assert "walrus" not in "".join(shown(m) for m in home.posts(asked.channel) if m.thread_ts in (None, m.ts))
        assert "--quiet" not in home.llm.calls[-1].asked.text


async def test_thumbs_are_stored_once_for_each_person(home: House):
    asked = await home.answered()
    final = await asked.final()
    await home.slack.action(asked.user, final, "feedback", f"bad:{asked.reference}")
    await home.slack.action(asked.user, final, "feedback", f"good:{asked.reference}")
    other = home.person()
    await home.slack.action(other, final, "feedback", f"good:{asked.reference}")
    await home.slack.action(other, final, "feedback", f"bad:{asked.reference}")
    thanked = await home.slack.wait_for(lambda: home.slack.ephemerals(other)[1:])
    await home.alive()

    assert (thanked[0].text, thanked[0].blocks) == (GOOD, ()), "only its asker is offered to ask it again"
    found = rows(home, "SELECT user, good FROM feedback WHERE request_id = ?", asked.reference)
    assert sorted(found) == sorted([(asked.user, 1), (other, 0)])


async def test_the_home_tab_names_the_providers_and_the_limits_of_the_promise(home: House):
    user = home.person()
    await home.slack.app_home_opened(user)
    view = await home.slack.wait_for(lambda: home.slack.home(user))

    assert all(word in texts_of(view.content) for word in ("OPENAI", "emulated", "not anonymity", "/ask", "None yet"))


async def test_the_home_tab_shows_own_questions_without_a_word_and_examples_to_press(home: House):
    asked = await home.answered()
    await home.service.desk.finished(10.0)
    await home.slack.app_home_opened(asked.user)
    view = await home.slack.wait_for(lambda: home.slack.home(asked.user))
    await home.slack.app_home_opened(STRANGER)
    other = await home.slack.wait_for(lambda: home.slack.home(STRANGER))

    assert "3 of 3 parts answered" in texts_of(view.content)
    assert "1 in the last thirty days" in texts_of(view.content)
    assert not any(word in texts_of(view.content) for word in PARTS)
    assert "None yet" in texts_of(other.content)
    await home.slack.action(asked.user, view, "example_1")
    (form,) = await home.slack.wait_for(lambda: home.slack.modals(asked.user))
    assert "VAT reverse charge" in str(form.content)


async def test_forget_deletes_what_was_recorded_of_the_asker_alone(home: House):
    mine, other = await home.answered(), await home.answered()
    told = await home.slack.slash(home.place(), mine.user, "forget")

    assert "deleted" in told.reply["text"]
    assert rows(home, "SELECT 1 FROM queries WHERE user = ?", mine.user) == []
    assert rows(home, "SELECT 1 FROM queries WHERE user = ?", other.user) == [(1,)]
    await home.slack.action(mine.user, await mine.final(), "show_receipt")
    await home.slack.wait_for(lambda: home.slack.ephemerals(mine.user))
    assert home.slack.modals(mine.user) == []


async def test_forgetting_while_a_question_runs_stops_it_and_leaves_no_trace(home: House):
    before = len(home.llm.calls)
    async with held(home) as (asked, _):
        await home.slack.slash(home.place(), asked.user, "forget")
        await home.llm.wait_for(lambda calls: sum(call.gone for call in calls[before:]) == 3)
        await asked.final()
    await home.service.desk.finished(10.0)

    assert rows(home, "SELECT user FROM queries WHERE request_id = ? AND user IS NOT NULL", asked.reference) == []
    assert not await home.service.desk.journal.knows(asked.key)


async def test_help_is_for_the_asker_alone(home: House):
    channel = home.place()
    told = await home.slack.slash(channel, home.person(), "help")

    assert "/ask" in told.reply["text"]
    assert home.posts(channel) == []


async def test_uninstalling_forgets_the_workspace_and_the_process_goes_on(home: House):
    asked = await home.answered()
    forgets = home.log.getvalue().count("Forgot ")
    await home.slack.uninstalled()
    await home.log.wait_for("Forgot ", forgets + 2)

    assert rows(home, "SELECT count(*) FROM queries WHERE team IS NOT NULL") == [(0,)]
    assert not await home.service.desk.journal.knows(asked.key)
