"""What Tessera says about itself: the Home tab and the help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.merge import SPLITTING
from bot.model.records import Recent, Usage
from bot.pipeline.footer import names
from bot.slack import text as texts
from bot.slack.views.blocks import Block, actions, button, context, section
from bot.slack.words import Word

HELP = (
    "Ask me by `/ask` and your question, by mentioning me in a channel, or in a direct message.\n"
    "I hide names and secrets. A question of one piece goes to one provider; several questions go to several at the "
    f"same time. Under each answer stands who got how much. {SPLITTING}\n"
    "`stop` in a direct message, or `@Tessera stop` in a channel's thread, stops a running question. "
    "`/ask forget` deletes everything recorded of you, without asking back.\n"
    "Links in an answer are shown as code, not to be clicked, unless you wrote them yourself."
)

EXAMPLES = (
    ("Several things at once", "1. What does VAT reverse charge mean?\n2. Which month is the driest in Lisbon?"),
    ("A letter with a name in it", "Draft two friendly sentences that ask Maria Lopez for her March timesheet."),
    ("Every provider's view", "all: What speaks for and against a four-day week?"),
    ("How this works", "help"),
)
"""Titles and texts of questions to begin with."""

SAID_TO = {
    Word.STOP: "Nothing is running here. Stop is said in the thread of a question that runs.",
    Word.HELP: HELP,
    Word.FORGET: "`/ask forget` deletes everything recorded of you, without asking back. Nothing is deleted yet.",
    Word.THANKS: "You are welcome.",
}
"""What is answered to words that are no question."""

ONLY_FILES = "Write with the attachment what you want to know about it, please."

_PRIVACY = (
    "No provider gets the whole of a question that can be split, and none gets the values that were found and hidden. "
    "This is data minimisation, not anonymity: topics stay visible, detection can miss something, and Slack itself "
    "holds your question and the answer. *Details* under every answer shows what each provider was given."
)

NOTHING_YET = Usage()


def view(providers: Mapping[str, str], usage: Usage = NOTHING_YET) -> Block:
    """Build the Home tab; `providers` are the names with their models, `usage` is what its reader asked lately."""
    asked = "\n".join(f"*{name.upper()}* {texts.escape(model)}".rstrip() for name, model in providers.items())
    examples = [
        button(title, f"example_{place}", str(place)) for place, (title, _) in enumerate(EXAMPLES[:-1], start=1)
    ]
    return {
        "type": "home",
        "blocks": [
            _header("Ask several models, tell none of them everything"),
            section(HELP),
            actions(button("Ask a question", "example_0", "0", style="primary"), *examples),
            {"type": "divider"},
            _header("Your last questions"),
            *_recent(usage),
            {"type": "divider"},
            _header("What leaves this workspace"),
            section(_PRIVACY),
            {"type": "divider"},
            _header("Who is asked"),
            section(asked or "Nobody yet: ask your admin to run `tessera doctor`."),
        ],
    }


def _recent(usage: Usage) -> list[Block]:
    """Build the lines of somebody's last questions, and what they add up to."""
    if not usage.recent:
        return [section("None yet. What you asked is kept nowhere; only times, parts and providers are.")]
    lines = "\n".join(_line(each) for each in usage.recent)
    sums = (
        f"{usage.questions} in the last thirty days, {usage.input_tokens:,} tokens sent and "
        f"{usage.output_tokens:,} received. Only you see this; `/ask forget` deletes it."
    )
    return [section(lines), context(sums)]


def _line(each: Recent) -> str:
    """Return one question: when, in the reader's own time zone, how many parts, by whom, how long."""
    at = int(each.asked_at)
    utc = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
    when = f"<!date^{at}^{{date_short_pretty}}, {{time}}|{utc}>"
    parts = "in one piece" if each.parts == 1 else f"{each.answered} of {each.parts} parts answered"
    failed = ", not answered" if each.parts == 1 and not each.answered else ""
    return f"{when} · {parts}{failed} · {names(each.providers) or 'nobody'} · {texts.seconds(each.seconds)}"


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text}}
