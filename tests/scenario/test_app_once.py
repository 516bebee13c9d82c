"""What is pressed twice is paid once: two deliveries at once, and once more after a restart, on both databases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.demo.slack import Delivery, Message
from tests.postgres import migrated
from tests.scenario.house import Asked, House, buttons, house, shown
from tests.scenario.test_app_forms import MAIL, ONE, marks, opened, typed

ALREADY = "You asked this already; the answer is"
IN_THREAD = f"{ALREADY} in this thread. Ask once more under that answer."

Press = Callable[[int], Awaitable[Delivery]]


def pressing(home: House, asked: Asked, on: Message, action: str) -> tuple[str, Press]:
    """Return who presses a button, and how: so many deliveries at once."""
    return asked.user, lambda copies: home.slack.action(asked.user, on, action, copies=copies)


async def again(home: House) -> tuple[str, Press]:
    """Ask the same again."""
    asked = await home.answered()
    return pressing(home, asked, await asked.final(), "regenerate_query")


async def others(home: House) -> tuple[str, Press]:
    """Ask the others too."""
    asked = await home.answered("What does a walrus eat?")
    return pressing(home, asked, await asked.final(), "ask_others")


async def failed_part(home: House) -> tuple[str, Press]:
    """Ask a part again that failed."""
    for name in ("google", "openai", "anthropic"):
        home.llm.fail(name, "400")
    asked = await home.answered()
    for name in ("google", "openai", "anthropic"):
        home.llm.heal(name)
    return pressing(home, asked, await asked.final(), "ask_part_3")


async def bad_part(home: House) -> tuple[str, Press]:
    """Ask the same provider again for a part that was found bad."""
    asked = await home.answered()
    await home.slack.action(asked.user, await asked.final(), "feedback", f"bad:{asked.reference}")
    (thanks,) = await home.slack.wait_for(lambda: [m for m in home.slack.ephemerals(asked.user) if m.blocks])
    return pressing(home, asked, thanks, "ask_part_2_same")


async def which(home: House) -> tuple[str, Press]:
    """Say which part a follow-up means."""
    first = await home.answered()
    thread = first.delivery.ts
    follow = Asked(home, first.user, await home.slack.mention(first.channel, first.user, "And why is that?", thread))
    return pressing(home, follow, await follow.final(), "choose_part_2")


async def form(home: House) -> tuple[str, Press]:
    """Submit the form of a new question."""
    user = home.person()
    view = await opened(home, user)
    return user, lambda copies: home.slack.view_submission(user, view, typed("How tall is a tower?"), copies=copies)


async def in_clear(home: House) -> tuple[str, Press]:
    """Ask again with a value in clear: from two forms, as a double click opens them."""
    asked = await home.answered(ONE)
    final = await asked.final()
    for count in (1, 2):
        await home.slack.action(asked.user, final, "change_hidden")
        await home.slack.wait_for(lambda n=count: len(home.slack.modals(asked.user)) == n)
    views = iter(home.slack.modals(asked.user) * 2)

    async def submit(copies: int) -> Delivery:
        """Submit the next form."""
        view = next(views)
        ticked = typed(clear=[marks(view, "clear_0")[f"email: {MAIL}"]])
        return await home.slack.view_submission(asked.user, view, ticked, copies=copies)

    return asked.user, submit


DEEDS = {again: 3, others: 2, failed_part: 1, bad_part: 1, which: 1, form: 1, in_clear: 1}
"""What is pressed, and how many calls that pays."""


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_what_is_pressed_twice_is_paid_once_after_a_restart_too(
    tmp_path: Path, database_url: str, transport: str
):
    migrated(database_url)
    async with house(tmp_path, transport, database_url=database_url) as home:
        pressed: list[tuple[str, Press, bool]] = []
        for deed, paid in DEEDS.items():
            user, press = await deed(home)
            await home.service.desk.finished(10.0)
            before = len(home.llm.calls)
            await press(2)
            await home.llm.wait_for(lambda calls, b=before, p=paid: sum(c.ended is not None for c in calls[b:]) >= p)
            await home.service.desk.finished(10.0)
            assert len(home.llm.calls) == before + paid, deed
            pressed.append((user, press, deed in (form, in_clear)))
        await home.restart()
        before = len(home.llm.calls)
        for user, press, is_form in pressed:
            told = len(home.slack.ephemerals(user))
            delivery = await press(1)
            if not is_form:
                await home.slack.wait_for(lambda u=user, n=told: len(home.slack.ephemerals(u)) > n)
                assert home.slack.ephemerals(user)[-1].text == IN_THREAD
            else:
                assert ALREADY in str(delivery.reply)
        await home.alive()

        assert len(home.llm.calls) == before + 3, "the one question that shows that it goes on"


async def test_a_second_choice_changes_nothing_of_what_the_first_one_left(tmp_path: Path):
    async with house(tmp_path) as home:
        user, press = await which(home)
        await press(1)
        asked = await home.slack.wait_for(lambda: [m for m in home.slack.messages if "Asked about: 2." in shown(m)])
        await home.slack.action(user, asked[0], "choose_part_1")
        await home.slack.wait_for(lambda: [m for m in home.slack.ephemerals(user) if ALREADY in m.text])

        assert "Asked about: 2." in shown(asked[0])
        assert not buttons(asked[0])


async def test_what_was_refused_before_anything_was_sent_is_asked_again_by_its_asker(tmp_path: Path):
    async with house(tmp_path, unsplittable="refuse") as home:
        asked = await home.answered("Why is snow white?")
        stranger = home.person()
        await home.slack.action(stranger, await asked.final(), "regenerate_query")
        (told,) = await home.slack.wait_for(lambda: home.slack.ephemerals(stranger))
        assert "Only the person who asked" in told.text
        await home.slack.action(asked.user, await asked.final(), "regenerate_query")
        await home.slack.wait_for(lambda: len(home.posts(asked.channel)) == 2)
        await home.service.desk.finished(10.0)

        assert "cannot be split" in home.posts(asked.channel)[1].text
        assert home.llm.calls == []
