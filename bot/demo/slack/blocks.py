"""Whether Slack takes the blocks of a message or a view; what it refuses, it refuses in Slack's words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.demo.slack.kit import HOME, MARKDOWN_TOTAL, MESSAGE_KINDS, MODAL, VIEW_KINDS
from bot.demo.slack.records import ApiError, Json, objects
from bot.demo.slack.schema import Check, InvalidError, array, tagged

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
AGENT_BLOCKS = frozenset({"plan", "task_card"})
"""Block types that a workspace without agent features refuses."""


def check_message(blocks: object, *, agent_blocks: bool = True) -> tuple[Json, ...]:
    """Return the blocks of a message, each with a `block_id`; raise ApiError as Slack refuses them.

    Without `agent_blocks`, plans and task cards are unknown, as in a workspace that lacks them.
    """
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    kinds = MESSAGE_KINDS if agent_blocks else {k: v for k, v in MESSAGE_KINDS.items() if k not in AGENT_BLOCKS}
    _refuse_invalid(blocks, kinds, MESSAGE_BLOCKS, "/blocks")
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_TOTAL:
        raise ApiError("msg_blocks_too_long")
    return _with_ids(blocks)


def check_view(view: object, kind: str) -> Json:
    """Return a view of that kind (`modal` or `home`), its blocks with ids; raise ApiError as Slack refuses it."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise _invalid("invalid_arguments", f"view must be of type {kind} [json-pointer:/view/type]")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise ApiError("view_too_large")
    try:
        (MODAL if kind == "modal" else HOME)(view, "/view")
    except InvalidError as error:
        raise _invalid("invalid_arguments", str(error)) from None
    blocks = view["blocks"]
    _refuse_invalid(blocks, VIEW_KINDS, VIEW_BLOCKS, "/view/blocks", code="invalid_arguments")
    if any(block["type"] == "input" for block in blocks) and kind == "modal" and not view.get("submit"):
        raise _invalid("invalid_arguments", "missing required field: submit [json-pointer:/view]")
    return view | {"blocks": list(_with_ids(blocks))}


def _refuse_invalid(
    blocks: object, kinds: Mapping[str, Check], most: int, pointer: str, code: str = "invalid_blocks"
) -> None:
    """Raise ApiError for the first thing that is wrong with the blocks."""
    try:
        array(tagged(kinds), most, 0)(blocks, pointer)
        _refuse_repeats(objects(blocks), pointer)
    except InvalidError as error:
        raise _invalid(code, str(error)) from None


def _refuse_repeats(blocks: Any, pointer: str) -> None:
    """Raise InvalidError when two blocks share an id, two actions of a block an action id, or two tasks a task id."""
    everything = [*blocks, *(task for block in blocks for task in objects(block.get("tasks")))]
    for name in ("block_id", "task_id"):
        ids = [block[name] for block in everything if block.get(name)]
        if len(ids) != len(set(ids)):
            raise InvalidError(f"{name} is not unique", pointer)
    for index, block in enumerate(blocks):
        ids = [element["action_id"] for element in elements(block) if element.get("action_id")]
        if len(ids) != len(set(ids)):
            raise InvalidError("action_id is not unique within its block", f"{pointer}/{index}")
        if block["type"] == "section" and not (block.get("text") or block.get("fields")):
            raise InvalidError("missing required field: text", f"{pointer}/{index}")
    if sum(block["type"] == "table" for block in blocks) > 1:
        raise InvalidError("only one table allowed", pointer)


def elements(block: Json) -> Iterator[Json]:
    """Yield what people can use in a block: its elements, its accessory, its input."""
    if block.get("type") in {"actions", "context_actions"}:
        yield from objects(block.get("elements"))
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield block[name]


def _with_ids(blocks: list[Json]) -> tuple[Json, ...]:
    """Give every block and element without an id one, as Slack does."""
    found = []
    for index, block in enumerate(blocks):
        name = block.get("block_id") or f"b{index}"
        for place, element in enumerate(elements(block)):
            element.setdefault("action_id", f"a{index}.{place}")
        found.append(block | {"block_id": name})
    return tuple(found)


def _invalid(code: str, sentence: str) -> ApiError:
    """Return the refusal with its reason in both places where Slack puts it."""
    return ApiError(code, errors=[sentence], response_metadata={"messages": [f"[ERROR] {sentence}"]})
