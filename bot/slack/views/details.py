"""The views that one person sees alone: the receipt, the exact texts, a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.model.records import ProviderReceipt, ReceiptPage
from bot.privacy import kinds
from bot.slack import text as texts
from bot.slack.views.blocks import Block, context, pieces, section, verbatim

_MOST_PROVIDERS = 20
_MOST_BLOCKS = 90
"""Of the 100 that a view may hold."""

_MOST_BYTES = 100_000
"""Bytes of exact text in one view, whose JSON may have 250,000."""

_WHY_BYTES = 600
_HIDDEN_BYTES = 2_500
_MOST_HIDDEN = 20


_LEGEND = (
    "Words such as `PERSON_1Q7` stand for hidden values; each provider gets other ones, so that nobody can match them. "
    "Shares count the words of your message, hidden values included, that stood readable in what was sent."
)


def receipt(page: ReceiptPage) -> Block:
    """Build the receipt for the asker: what each provider was given, without a word of it, and why it was hidden."""
    blocks: list[Block] = [
        section(f"*What each provider was given* for this question. {_overlap(page.providers)}"),
        *([section(f"*Why in these parts*\n{texts.escape(texts.shorten(page.why, _WHY_BYTES))}")] if page.why else []),
        section(f"*Hidden in your message*\n{_hidden_kinds(page.providers)}"),
        *_hidden(page.hidden),
    ]
    for provider in sorted(page.providers, key=lambda each: each.fragments)[:_MOST_PROVIDERS]:
        blocks += [{"type": "divider"}, _provider(provider)]
    if not page.providers:
        blocks.append(section("Nothing was sent."))
    more = len(page.providers) - _MOST_PROVIDERS
    if more > 0:
        blocks.append(section(f"and {more} more"))
    button = {
        "type": "button",
        "text": {"type": "plain_text", "text": "Show exact text"},
        "action_id": "show_receipt_texts",
        "value": page.request_id,
    }
    blocks += [{"type": "actions", "elements": [button]}] if page.providers else []
    legend = [{"type": "divider"}, context(_LEGEND)] if page.providers else []
    return _modal([*blocks, *legend, _reference(page.request_id)])


def _overlap(providers: Sequence[ProviderReceipt]) -> str:
    """Say whether parts went to more than one provider, by what was sent."""
    own = " Your own model may see all." if any(each.house for each in providers) else ""
    outside = [each for each in providers if not each.house]
    if any("all" in each.chosen for each in outside):
        return f"You asked every provider: each got the whole question.{own}"
    seen = Counter(number for each in outside for number in each.fragments)
    twice = [number for number, count in sorted(seen.items()) if count > 1]
    if not twice:
        return f"No provider saw another's part.{own}"
    which = " and ".join(", ".join(map(str, twice)).rsplit(", ", 1))
    more = "parts" if len(twice) > 1 else "part"
    return f"More than one provider got {more} {which}, as the first one failed or was slow.{own}"


def _hidden(lines: Sequence[str]) -> list[Block]:
    """Return the evidence of each hidden value, as far as one section can hold it."""
    if not lines:
        return []
    more = (f"and {len(lines) - _MOST_HIDDEN} more",) if len(lines) > _MOST_HIDDEN else ()
    told = "\n".join((*lines[:_MOST_HIDDEN], *more))
    return [verbatim(texts.shorten(told, _HIDDEN_BYTES))]


def exact_texts(page: ReceiptPage) -> Block:
    """Build the second page: exactly what each provider was sent, as far as one view can hold it."""
    blocks: list[Block] = []
    room = _MOST_BYTES
    sent = ((f"{each.provider.upper()} was sent:", each.texts) for each in page.providers[:_MOST_PROVIDERS])
    for title, told in (*sent, *((heading, (answer,)) for heading, answer in page.answers)):
        blocks.append(section(f"*{texts.escape(title)}*"))
        for text in told:
            for piece in pieces(text):
                room -= texts.size(piece)
                if room < 0 or len(blocks) >= _MOST_BLOCKS:
                    blocks.append(section("The rest is too long to show here."))
                    return _modal([*blocks, _reference(page.request_id)])
                blocks.append(verbatim(piece))
    if page.texts_gone or not any(provider.texts for provider in page.providers):
        blocks = [section("The exact texts are deleted by now. Only their sizes are kept.")]
    return _modal([*blocks, _reference(page.request_id)])


def notice(sentence: str, reference: str = "") -> Block:
    """Build a view that says one sentence."""
    return _modal([section(texts.escape(sentence)), *([_reference(reference)] if reference else [])])


def _provider(line: ProviderReceipt) -> Block:
    """Build what one provider got, in plain words."""
    own = " · your own model" if line.house else ""
    title = texts.escape(f"{line.provider.upper()} · {line.model}{own}")
    calls = "" if line.attempts == 1 else f", {line.attempts} calls"
    told = (
        f"{_parts(line)} · {line.share * 100:.0f} % of your words · {texts.seconds(line.seconds)}{calls}",
        *_chosen(line),
    )
    return section(f"*{title}*\n" + "\n".join(texts.escape(each[:1].upper() + each[1:]) for each in told))


def _hidden_kinds(providers: Sequence[ProviderReceipt]) -> str:
    """Return what was hidden, which is counted in the whole message and so the same for all."""
    most = max((each.masked for each in providers), key=lambda masked: sum(masked.values()), default={})
    return kinds.counted(most) or "nothing"


def _parts(line: ProviderReceipt) -> str:
    """Return which parts a provider got."""
    if 0 in line.fragments or "all" in line.chosen:
        return "The whole message"
    numbers = " and ".join(", ".join(map(str, line.fragments)).rsplit(", ", 1))
    return f"Part{'s' if len(line.fragments) > 1 else ''} {numbers}" if numbers else "No part"


def _chosen(line: ProviderReceipt) -> Iterator[str]:
    """Yield what the asker decided, by the receipt."""
    cleared = {name.partition(":")[2]: count for name, count in line.chosen.items() if name.startswith("clear:")}
    if cleared:
        yield f"in clear, as you chose: {kinds.counted(cleared)}"
    if "hide" in line.chosen:
        count = line.chosen["hide"]
        yield f"hidden besides, as you chose: {count} {'word' if count == 1 else 'words'}"
    if "join" in line.chosen:
        yield f"{line.chosen['join']} parts went together, as you chose"


def _reference(request_id: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": f"Reference: `{request_id}`"}]}


def _modal(blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Details"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks,
    }
