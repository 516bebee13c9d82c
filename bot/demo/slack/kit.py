"""Block Kit as tables: the fields and limits of every block, element and view that Slack takes.

The limits are those of slack-sdk 3.47 and of Slack's documentation; where Slack is silent, the stricter
reading stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.demo.slack.schema import (
    Check,
    anything,
    array,
    boolean,
    one_of,
    record,
    string,
    tagged,
    whole,
)

MARKDOWN_TOTAL = 12_000


def text(most: int, *kinds: str) -> Check:
    """Take a text object of these kinds (both without any)."""
    body = {"text": string(most)}
    plain = record({"type": anything, **body}, {"emoji": boolean})
    mrkdwn = record({"type": anything, **body}, {"verbatim": boolean})
    both = {"plain_text": plain, "mrkdwn": mrkdwn}
    return tagged({kind: both[kind] for kind in kinds or both})


def plain(most: int) -> Check:
    """Take a plain-text object."""
    return text(most, "plain_text")


def _kind(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Describe an element: its fields, and its `type`."""
    return record({"type": anything, **required}, optional)


def _active(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Describe an element that people can use."""
    return _kind(required, {"action_id": string(255), **(optional or {})})


def _block(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Describe a block: its fields, its `type`, and the `block_id` that all may have."""
    return _kind(required, {"block_id": string(255), **(optional or {})})


CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = record({"text": text(75), "value": string(150)}, {"description": text(75), "url": string(3000)})
SEEN_BY = array(string(30), 10)
FEEDBACK_BUTTON = record({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))


def _select(source: Mapping[str, Check], extra: Mapping[str, Check]) -> Check:
    """Describe a menu."""
    return _active(source, {"placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": boolean, **extra})


OPTIONS = {"options": array(OPTION, 100)}
IMAGE = _kind({"alt_text": string(2000)}, {"image_url": string(3000), "slack_file": anything})
BUTTON = _active(
    {"text": plain(75)},
    {
        "value": string(2000),
        "url": string(3000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
        "visible_to_user_ids": SEEN_BY,
    },
)
ICON_BUTTON = _active(
    {"icon": string(50), "text": plain(75)},
    {"value": string(2000), "accessibility_label": string(75), "visible_to_user_ids": SEEN_BY, "confirm": CONFIRM},
)
CHOICES: dict[str, Check] = {
    "button": BUTTON,
    "overflow": _active({"options": array(OPTION, 5)}, {"confirm": CONFIRM}),
    "static_select": _select(OPTIONS, {"initial_option": OPTION}),
    "multi_static_select": _select(OPTIONS, {"initial_options": array(OPTION, 100), "max_selected_items": anything}),
    "users_select": _select({}, {"initial_user": string(30)}),
    "channels_select": _select({}, {"initial_channel": string(30)}),
    "conversations_select": _select({}, {"initial_conversation": string(30), "filter": anything}),
    "checkboxes": _active({"options": array(OPTION, 10)}, {"initial_options": array(OPTION, 10), "confirm": CONFIRM}),
    "radio_buttons": _active({"options": array(OPTION, 10)}, {"initial_option": OPTION, "confirm": CONFIRM}),
    "datepicker": _select({}, {"initial_date": string(10)}),
}
INPUTS: dict[str, Check] = {name: check for name, check in CHOICES.items() if name not in {"button", "overflow"}} | {
    "plain_text_input": _active(
        {},
        {
            "placeholder": plain(150),
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
            "focus_on_load": boolean,
        },
    ),
    "number_input": _active({"is_decimal_allowed": boolean}, {"initial_value": string(150), "placeholder": plain(150)}),
}
RICH_PARTS: dict[str, Check] = {
    "text": _kind({"text": string(40_000)}, {"style": STYLE}),
    "link": _kind({"url": string(3000)}, {"text": string(40_000, 0), "style": STYLE, "unsafe": boolean}),
    "emoji": _kind({"name": string(100)}, {"unicode": string(100), "style": STYLE}),
    "user": _kind({"user_id": string(30)}, {"style": STYLE}),
    "channel": _kind({"channel_id": string(30)}, {"style": STYLE}),
    "usergroup": _kind({"usergroup_id": string(30)}, {"style": STYLE}),
    "broadcast": _kind({"range": one_of("here", "channel", "everyone")}),
}
PARTS = {"elements": array(tagged(RICH_PARTS), 10_000, 0)}
RICH_SECTION = _kind(PARTS)
RICH_ELEMENTS: dict[str, Check] = {
    "rich_text_section": RICH_SECTION,
    "rich_text_preformatted": _kind(PARTS, {"border": anything, "language": string(50)}),
    "rich_text_quote": _kind(PARTS, {"border": anything}),
    "rich_text_list": _kind(
        {"elements": array(tagged({"rich_text_section": RICH_SECTION}), 10_000), "style": one_of("bullet", "ordered")},
        {"indent": whole(0, 8), "offset": anything, "border": anything},
    ),
}
RICH_TEXT = _block({"elements": array(tagged(RICH_ELEMENTS), 10_000)})
ONE_RICH_TEXT = tagged({"rich_text": RICH_TEXT})
TASK_CARD = _block(
    {"task_id": string(255), "title": string(40_000), "status": one_of("pending", "in_progress", "complete", "error")},
    {
        "details": ONE_RICH_TEXT,
        "output": ONE_RICH_TEXT,
        "sources": array(tagged({"url": _kind({"url": string(3000), "text": string(3000)})}), 100, 0),
    },
)
CELL = tagged(
    {"raw_text": _kind({"text": string(10_000)}), "raw_number": _kind({"value": anything}), "rich_text": RICH_TEXT}
)
MESSAGE_KINDS: dict[str, Check] = {
    "section": _block(
        {},
        {
            "text": text(3000),
            "fields": array(text(2000), 10),
            "accessory": tagged(CHOICES | {"image": IMAGE}),
            "expand": boolean,
        },
    ),
    "markdown": _block({"text": string(MARKDOWN_TOTAL)}),
    "header": _block({"text": plain(150)}, {"level": whole(1, 6)}),
    "divider": _block({}),
    "context": _block(
        {"elements": array(tagged({**dict.fromkeys(("plain_text", "mrkdwn"), text(2000)), "image": IMAGE}), 10)}
    ),
    "actions": _block({"elements": array(tagged(CHOICES), 25)}),
    "context_actions": _block(
        {
            "elements": array(
                tagged(
                    {
                        "feedback_buttons": _active(
                            {"positive_button": FEEDBACK_BUTTON, "negative_button": FEEDBACK_BUTTON}
                        ),
                        "icon_button": ICON_BUTTON,
                    }
                ),
                5,
            )
        }
    ),
    "image": _block(
        {"alt_text": string(2000)}, {"title": plain(2000), "image_url": string(3000), "slack_file": anything}
    ),
    "rich_text": RICH_TEXT,
    "table": _block({"rows": array(array(CELL, 20), 100)}, {"column_settings": array(anything, 20)}),
    "data_table": _block(
        {"caption": anything, "rows": array(array(anything, 20), 101, 2)}, {"page_size": whole(1, 100)}
    ),
    "alert": _block({"text": text(3000)}, {"level": one_of("default", "info", "warning", "error", "success")}),
    "plan": _block({"title": string(40_000)}, {"tasks": array(tagged({"task_card": TASK_CARD}), 50, 0)}),
    "task_card": TASK_CARD,
}
VIEW_KINDS: dict[str, Check] = {
    name: check for name, check in MESSAGE_KINDS.items() if name not in {"plan", "task_card"}
} | {
    "input": _block(
        {"label": plain(2000), "element": tagged(INPUTS)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
}
_SHARED = {
    "type": anything,
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
MODAL = record(
    {"title": plain(24), "blocks": anything},
    _SHARED | {"submit": plain(24), "close": plain(24), "clear_on_close": boolean, "notify_on_close": boolean},
)
HOME = record({"blocks": anything}, _SHARED)
