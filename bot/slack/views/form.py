"""The form in which a question is asked, and what it would send, word for word, before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.records import Preview, PreviewPart, PreviewValue
from bot.slack import text as texts
from bot.slack.views.blocks import Block, actions, button, context, pieces, section, verbatim

CALLBACK = "ask_form"
MOST_TYPED = 3_000
"""Characters that a field takes, by Slack's limit."""

_MOST_BLOCKS = 85
_MOST_OPTIONS = 10
_MOST_GROUPS = 3
_OPTION = 74
_NOTHING_YET = "Nothing leaves before you press *Ask*. *Preview* shows who would get what, word for word."
_CHANGED = "Nothing leaves before you press *Ask*. After a change press *Update the preview* to see what it does."
_MOST_OURS = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form: a question and its background, or the question that was asked (`again`)."""

    question: str = ""
    background: str = ""
    again: bool = False
    hide: str = ""
    cut: bool = False


def form(draft: Draft, memory: str, shown: Preview | None = None, fault: str = "") -> Block:
    """Build the form; `memory` comes back with every click, `shown` is what would leave, `fault` why nothing can."""
    blocks: list[Block] = [] if draft.again else list(_fields(draft))
    if fault:
        blocks.append(section(f":warning: {texts.escape(fault)}"))
    if shown is not None:
        blocks += [*_sent(shown), *_choices(draft, shown)]
    known = shown is not None or draft.again
    preview = button("Update the preview" if known else "Preview", "preview_question", "preview")
    blocks += [actions(preview), context(_CHANGED if known else _NOTHING_YET)]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": memory,
        "title": {"type": "plain_text", "text": "Ask Tessera"},
        "submit": {"type": "plain_text", "text": "Ask"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": blocks,
    }


def _fields(draft: Draft) -> Iterable[Block]:
    """Build what is typed."""
    yield _typed("question", "Your question", draft.question, multiline=True)
    yield _typed("background", "Background, if there is some", draft.background, multiline=True, optional=True)
    if draft.cut:
        yield context(f"The message is longer: its first {MOST_TYPED:,} characters stand here.")


def _sent(shown: Preview) -> list[Block]:
    """Build what each provider would be sent."""
    blocks: list[Block] = [{"type": "divider"}, section("*What would leave*, word for word")]
    told = [*shown.notices, shown.why]
    blocks += [context(texts.escape(texts.shorten(" ".join(filter(None, told)), 600)))] if any(told) else []
    for part in shown.parts:
        each = _part(part, shown)
        if len(blocks) + len(each) > _MOST_BLOCKS - 10:
            return [*blocks, section("The rest is too long to show here.")]
        blocks += each
    return [*blocks, *_ours(shown)]


def _ours(shown: Preview) -> list[Block]:
    """Build what goes along from us, each form of it once."""
    said: dict[str, list[str]] = {}
    for part in shown.parts:
        said.setdefault(part.system, []).append(str(part.number))
    told = [
        texts.escape(texts.shorten(f"Our own words with {_which(numbers, len(shown.parts))}: {system}", 800))
        for system, numbers in said.items()
        if system
    ]
    return [context(*told[:_MOST_OURS])] if told else []


def _which(numbers: Sequence[str], of: int) -> str:
    """Return which parts are meant ("parts 1 and 2"), "it" where there is one only."""
    if of == 1:
        return "it"
    listed = " and ".join(", ".join(numbers).rsplit(", ", 1))
    return f"part{'s' if len(numbers) > 1 else ''} {listed}"


def _part(part: PreviewPart, shown: Preview) -> list[Block]:
    name = part.provider.upper()
    number = f"Part {part.number}: " if len(shown.parts) > 1 else ""
    share = shown.share.get(part.provider)
    seen = f", {share * 100:.0f} % of your words" if share is not None else ""
    return [section(f"{number}*{texts.escape(name)}* would get this{seen}"), *map(verbatim, pieces(part.text))]


def _choices(draft: Draft, shown: Preview) -> list[Block]:
    """Build what the asker may change."""
    free = [value for value in shown.values if not value.fixed]
    fixed = [value for value in shown.values if value.fixed]
    blocks: list[Block] = [{"type": "divider"}]
    for place in range(0, min(len(free), _MOST_OPTIONS * _MOST_GROUPS), _MOST_OPTIONS):
        label = "Hidden. Tick what may go in clear, for this question only" if not place else "And these"
        blocks.append(_ticks(f"clear_{place}", label, free[place : place + _MOST_OPTIONS]))
    if more := len(free) - _MOST_OPTIONS * _MOST_GROUPS:
        blocks += [context(f"{more} more stay hidden.")] if more > 0 else []
    if fixed:
        kept = ", ".join(f"{value.kind} {value.value}" for value in fixed)
        blocks.append(context(f"Stays hidden in any case: {texts.escape(texts.shorten(kept, 1_000))}"))
    blocks.append(_typed("hide", "Hide these words, too, separated by commas", draft.hide, optional=True))
    if len(shown.parts) > 1 or shown.joined:
        blocks.append(_together(shown))
    return blocks


def _ticks(name: str, label: str, values: Sequence[PreviewValue]) -> Block:
    options = [_option(f"{value.kind}: {value.value}", value.mark) for value in values]
    ticked = [option for option, value in zip(options, values, strict=True) if value.clear]
    return _checkboxes(name, label, options, ticked)


def _together(shown: Preview) -> Block:
    options = [_part_option(part, shown.joined) for part in shown.parts][:_MOST_OPTIONS]
    ticked = [option for option in options if "," in option["value"]]
    # Slack keeps what is ticked under a block's id, and these are other parts than before.
    block = f"join_{'_'.join(option['value'] for option in options)}"
    return _checkboxes("join", "Send these parts together, to one provider", options, ticked) | {"block_id": block}


def _part_option(part: PreviewPart, joined: Sequence[int]) -> Block:
    """Return the option of a part; its value are the numbers of the parts, as they were split first."""
    numbers = [part.number]
    if joined:
        first = [number for number in range(1, part.number + len(joined)) if number not in joined[1:]]
        own = first[part.number - 1]
        numbers = list(joined) if own == joined[0] else [own]
    return _option(f"Part {part.number} ({part.provider.upper()})", ",".join(map(str, numbers)))


def _checkboxes(name: str, label: str, options: list[Block], ticked: list[Block]) -> Block:
    element: Block = {"type": "checkboxes", "action_id": name, "options": options}
    return _input(name, label, element | ({"initial_options": ticked} if ticked else {}), optional=True)


def _option(words: str, value: str) -> Block:
    line = " ".join(words.split())
    shown = line if len(line) <= _OPTION else f"{line[: _OPTION - 1]}…"
    return {"text": {"type": "plain_text", "text": shown}, "value": value}


def _typed(name: str, label: str, text: str, *, multiline: bool = False, optional: bool = False) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": multiline,
        "max_length": MOST_TYPED if multiline else 500,
    }
    return _input(name, label, element | ({"initial_value": text} if text else {}), optional=optional)


def _input(name: str, label: str, element: Block, *, optional: bool) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": {"type": "plain_text", "text": label},
        "element": element,
        "optional": optional,
    }
