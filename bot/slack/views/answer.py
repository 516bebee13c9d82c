"""The last word on a question: the answer, or why there is none."""

from __future__ import annotations

from bot.merge import SPLITTING, footer
from bot.model import Answer, FragmentEvent, Outcome, Status
from bot.slack import text as texts
from bot.slack.defang import defang
from bot.slack.views.blocks import FALLBACK_BYTES, ROOM, Block, Level, Post, actions, button, context, markdown, section
from bot.slack.views.work import Progress, part_list

_NOTICE_BYTES = 600
_WHO_BYTES = 300


def final(
    answer: Answer, allowed: frozenset[str] = frozenset(), level: Level = Level.RICH
) -> tuple[Post, tuple[Post, ...]]:
    """Build the last edit of the message, and the messages in which a long answer goes on."""
    pieces = texts.split(defang(answer.text, allowed), ROOM[level])
    line, notices = footer(answer), _notices(answer)
    if level is Level.TEXT:
        small = "\n".join(filter(None, (_answered_by(answer), line, SPLITTING)))
        pieces[-1] = "\n\n".join(filter(None, (pieces[-1], notices, small)))
        return Post(pieces[0]), tuple(map(Post, pieces[1:]))
    state = Progress(answer.request_id, answer.mode, tuple(map(_event, answer.outcomes)))
    opening = Post(
        texts.shorten(pieces[0], FALLBACK_BYTES),
        (
            *part_list(state, level),
            *markdown(pieces[0], level),
            *([context(notices)] if notices else []),
            context(line, SPLITTING),
            *([thumbs(answer.request_id)] if level is Level.RICH else []),
            actions(
                button("Regenerate", "regenerate_query", answer.request_id),
                button("Details", "show_receipt", answer.request_id),
            ),
        ),
    )
    return opening, tuple(Post(texts.shorten(piece, 300), tuple(markdown(piece, level))) for piece in pieces[1:])


def failed(sentence: str, reference: str, level: Level = Level.RICH) -> Post:
    """Build the message of a question that has no answer: why, a reference, and the offer to try again."""
    line = told(sentence, reference)
    if level is Level.TEXT:
        return Post(line)
    return Post(line, (section(line), actions(button("Ask again", "regenerate_query", reference))))


def told(sentence: str, reference: str) -> str:
    """Return a sentence for people with the reference that finds its log lines."""
    return f"{texts.escape(sentence)}\nReference: `{reference}`"


def root(user: str) -> Post:
    """Build the message that a slash command's thread hangs on: it names the asker, not the question."""
    line = f"<@{user}> asked a question. The answer is in the thread."
    return Post(line, (section(line),))


def _event(outcome: Outcome) -> FragmentEvent:
    state = "complete" if outcome.status is Status.OK else "error"
    return FragmentEvent(outcome.number, outcome.of, outcome.provider, state, outcome.seconds, error=outcome.error)


def _answered_by(answer: Answer) -> str:
    """Return who answered which part, for a message without the list of parts."""
    named = (f"{each.number} {each.provider.upper()}" for each in answer.outcomes if each.status is Status.OK)
    line = ", ".join(named) if len(answer.outcomes) > 1 else ""
    return texts.shorten(f"Answered by part: {line}", _WHO_BYTES) if line else ""


def _notices(answer: Answer) -> str:
    """Return what the reader must know about this answer, as mrkdwn."""
    notices = list(answer.notices)
    if any(outcome.status is Status.CANCELLED for outcome in answer.outcomes):
        answered = sum(outcome.status is Status.OK for outcome in answer.outcomes)
        notices.insert(0, f"Stopped: {answered} of {len(answer.outcomes)} parts were answered.")
    return texts.escape(texts.shorten("\n".join(notices), _NOTICE_BYTES)) if notices else ""


def thumbs(request_id: str) -> Block:
    """Build the thumbs; Slack shows them beside the message."""

    def thumb(label: str, verdict: str) -> Block:
        """Build one button."""
        return {
            "text": {"type": "plain_text", "text": label},
            "accessibility_label": label,
            "value": f"{verdict}:{request_id}",
        }

    buttons = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": thumb("Good answer", "good"),
        "negative_button": thumb("Bad answer", "bad"),
    }
    return {"type": "context_actions", "elements": [buttons]}
