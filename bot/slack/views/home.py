"""What Tessera says about itself: the Home tab and the help."""

from __future__ import annotations

from collections.abc import Sequence

from bot.merge import SPLITTING
from bot.slack import text as texts
from bot.slack.views.blocks import Block
from bot.slack.words import Word

HELP = (
    "Ask me by `/ask` and your question, by mentioning me in a channel, or in a direct message.\n"
    "I hide names and secrets, split the question, ask several models at the same time and join their answers here.\n"
    f"Ask several things at once: each part goes to another provider. {SPLITTING}\n"
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
    "*What leaves this workspace*\n"
    "No provider gets the whole of a question that can be split, and none gets the values that were found and hidden. "
    "This is data minimisation, not anonymity: topics stay visible, detection can miss something, and Slack itself "
    "holds your question and the answer. `Details` under every answer shows what each provider was given."
)


def view(providers: Sequence[str]) -> Block:
    """Build the Home tab."""
    asked = ", ".join(name.upper() for name in providers) or "none yet: ask your admin to run `tessera doctor`"
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Tessera"}},
            *(
                {"type": "section", "text": {"type": "mrkdwn", "text": paragraph}}
                for paragraph in (HELP, _PRIVACY, f"*Providers asked*\n{texts.escape(asked)}")
            ),
        ],
    }
