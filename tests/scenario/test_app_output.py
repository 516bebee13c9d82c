"""What models write, as it reaches Slack: whole, in order, with nothing alive in it."""

import re

import pytest

from tests.scenario.house import House, house_fixture, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")
home = house_fixture("http")

HOSTILE = (
    "Hello <@U0ADA> and <!channel> @here, see <https://evil.example/x|this>, [that](https://evil.example/y), "
    "![img](https://evil.example/z.png), https://evil.example/bare and evil.example."
)


async def test_an_answer_of_60_000_characters_arrives_whole_and_in_order(home: House):
    lines = [f"Line {number:05d} of a long story about the sea." for number in range(1_400)]
    home.script.says["saga"] = "\n\n".join(lines)
    asked = await home.ask("Tell me the saga.")
    await asked.final()
    await home.slack.wait_for(lambda: "Line 01399" in asked.text)
    blocks = [block for message in asked.shown("final", "part") for block in message.blocks]
    told = "\n".join(block["text"] for block in blocks if block["type"] == "markdown")

    assert len(home.script.says["saga"]) > 60_000
    assert re.findall(r"Line \d{5} of a long story about the sea\.", told) == lines
    assert len({message.thread_ts for message in asked.shown("final", "part")}) == 1


async def test_mentions_links_and_images_of_a_model_are_inert(home: House):
    home.script.says["parrot"] = HOSTILE
    asked = await home.answered("What says the parrot?")
    told = shown(await asked.final())

    assert not re.search(r"<(?:[@!#]|https?:)", told)
    assert "](" not in told
    assert not re.search(r"@(?:here|channel|everyone)", told)
    assert not re.search(r"evil\.example", re.sub(r"`[^`\n]*`", "", told))
    assert "evil.example/bare" in told


async def test_the_askers_own_url_stays(home: House):
    url = "https://wiki.example.org/page"
    home.script.says["manual"] = f"Read {url} first, not https://evil.example/other at all."
    asked = await home.answered(f"What does the manual at <{url}> say?")
    told = re.sub(r"`[^`\n]*`", "", shown(await asked.final()))

    assert f"Read {url} first" in told
    assert "evil.example" not in told


async def test_interim_edits_are_as_inert_as_the_last(home: House):
    home.script.says["walrus"] = HOSTILE
    with home.script.holding("lighthouse"):
        asked = await home.ask()
        interim = shown(await asked.until("**What does the walrus"))
    await asked.final()

    assert not re.search(r"<(?:[@!#]|https?:)", interim)
    assert not re.search(r"evil\.example", re.sub(r"`[^`\n]*`", "", interim))


async def test_an_empty_line_of_fences_and_controls_does_no_harm(home: House):
    home.script.says["gibberish"] = "```\nunclosed \x00 fence \u202e <@U0ADA>\n" + "`" * 500
    asked = await home.answered("Say gibberish.")

    assert "<@U0ADA>" not in shown(await asked.final())
