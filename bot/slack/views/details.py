"""The views that one person sees alone: the receipt, the exact texts, a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import ProviderReceipt, ReceiptPage
from bot.slack import text as texts
from bot.slack.views.blocks import Block, pieces, section, verbatim

_MOST_PROVIDERS = 20
_MOST_BLOCKS = 90
"""Of the 100 that a view may hold."""

_MOST_BYTES = 100_000
"""Bytes of exact text in one view, whose JSON may have 250,000."""

_WHY_BYTES = 600
_HIDDEN_BYTES = 2_500
_MOST_HIDDEN = 20


_SEEN = {
    False: "No provider saw another's part.",
    True: "No provider saw another's part; your own model may see all.",
}


def receipt(page: ReceiptPage) -> Block:
    """Build the receipt for the asker: what each provider was given, without a word of it, and why it was hidden."""
    blocks: list[Block] = [
        section("*What each provider was given* for this question. " + _SEEN[any(p.house for p in page.providers)]),
        *([section(f"*Why in these parts*\n{texts.escape(texts.shorten(page.why, _WHY_BYTES))}")] if page.why else []),
        *_hidden(page.hidden),
    ]
    for provider in page.providers[:_MOST_PROVIDERS]:
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
    return _modal([*blocks, _reference(page.request_id)])


def _hidden(lines: Sequence[str]) -> list[Block]:
    """Return the evidence of each hidden value, as far as one section can hold it."""
    if not lines:
        return []
    more = (f"and {len(lines) - _MOST_HIDDEN} more",) if len(lines) > _MOST_HIDDEN else ()
    told = "\n".join((*lines[:_MOST_HIDDEN], *more))
    return [section("*Why hidden*"), verbatim(texts.shorten(told, _HIDDEN_BYTES))]


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


def notice(sentence: str, reference: str) -> Block:
    """Build a view that says one sentence."""
    return _modal([section(texts.escape(sentence)), _reference(reference)])


def _provider(line: ProviderReceipt) -> Block:
    hidden = ", ".join(f"{count} {kind.lower().replace('_', ' ')}" for kind, count in sorted(line.masked.items()))
    facts = {
        "Share of your words": f"{line.share * 100:.0f} %",
        "Hidden": hidden or "nothing",
        "Parts": ", ".join(str(number) if number else "the whole message" for number in line.fragments) or "none",
        "Calls": str(line.attempts),
        "Time": texts.seconds(line.seconds),
    }
    fields = [{"type": "mrkdwn", "text": f"*{name}*\n{texts.shorten(value, 1_900)}"} for name, value in facts.items()]
    own = " · your own model" if line.house else ""
    title = texts.escape(f"{line.provider.upper()} · {line.model}{own}")
    return {"type": "section", "text": {"type": "mrkdwn", "text": f"*{title}*"}, "fields": fields}


def _reference(request_id: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": f"Reference: `{request_id}`"}]}


def _modal(blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Receipt"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks,
    }
