"""The process of a local house model: watched, started again, and gone with its parent."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.house import local, owned
from bot.house.child import READY, Order
from bot.settings import load
from tests.patience import HANG_SECONDS

SERVES = f"import sys; sys.stdin.readline(); print('{READY}', flush=True); sys.stdin.read()"
FAILS = "import sys; sys.stdin.readline(); sys.exit(3)"
ORDER = Order("model.gguf", 1, "key")


def child(script: str, pauses: list[float]) -> local.Child:
    """Return a child that runs a script; the pauses before it is started again are noted, and short."""

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0.01)

    return local.Child(ORDER, (sys.executable, "-c", script), sleep)


def lives(pid: int) -> bool:
    """Tell whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def until_serving(one: local.Child, starts: int) -> int:
    """Wait until it serves after so many starts; return its process."""
    async with asyncio.timeout(HANG_SECONDS):
        while one.pid is None or one.starts < starts:  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.01)
    return one.pid


async def test_a_process_that_is_killed_is_started_again_and_ends_with_the_app() -> None:
    pauses: list[float] = []
    one = child(SERVES, pauses)
    one.start()
    first = await until_serving(one, 1)
    os.kill(first, 9)
    second = await until_serving(one, 2)
    await one.aclose()
    assert second != first
    assert not lives(second)
    assert pauses == [local.BACK_SECONDS[0]]


async def test_one_that_cannot_start_is_tried_ever_more_rarely() -> None:
    pauses: list[float] = []
    one = child(FAILS, pauses)
    one.start()
    async with asyncio.timeout(HANG_SECONDS):
        while len(pauses) < len(local.BACK_SECONDS):  # noqa: ASYNC110 - the same
            await asyncio.sleep(0.01)
    await one.aclose()
    assert pauses[: len(local.BACK_SECONDS)] == [*local.BACK_SECONDS[1:], local.BACK_SECONDS[-1]]
    assert one.pid is None


async def test_a_child_that_loses_its_parent_ends() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVES, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(f"{ORDER.dump()}\n".encode())
    process.stdin.close()  # as the system does when the parent is killed
    assert await asyncio.wait_for(process.wait(), HANG_SECONDS) == 0


@pytest.mark.parametrize("content", [None, b"", b"GGU", b"PK\x03\x04 not a model"])
def test_a_file_that_is_no_gguf_is_refused_with_a_sentence(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    if content is not None:
        file.write_bytes(content)
    settings = load(_env_file=None, house_gguf=file, openai_api_key="k")
    with pytest.raises(ConfigurationError, match="Set TESSERA_HOUSE_GGUF to a GGUF file that can be read"):
        owned.taking_part(settings)


def test_two_house_models_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="one house model"):
        load(_env_file=None, house_gguf="m.gguf", house_model="openai", openai_api_key="k")


@pytest.mark.parametrize("settings", [{"unsplittable": "house"}, {"code_policy": "house"}, {"house_hidden_share": 0.5}])
def test_a_policy_without_a_house_model_says_what_to_set(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="Set TESSERA_HOUSE_MODEL"):
        owned.name_of(load(_env_file=None, openai_api_key="k", **settings))


def test_a_house_model_that_is_not_configured_says_what_to_set() -> None:
    with pytest.raises(ConfigurationError, match="There is no provider `nobody`"):
        owned.name_of(load(_env_file=None, openai_api_key="k", house_model="nobody"))
