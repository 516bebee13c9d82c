"""The last word on a question: the answer, or why there is none."""

from __future__ import annotations

from bot.merge import SPLITTING, headline
from bot.model.answer import Answer
from bot.model.outcome import FragmentEvent, Outcome, Status
from bot.pipeline.footer import footer, side_by_side
from bot.slack import text as texts
from bot.slack.defang import defang
from bot.slack.views.blocks import FALLBACK_BYTES, ROOM, Block, Level, Post, actions, button, context, markdown, section
from bot.slack.views.part import Part
from bot.slack.views.work import Progress, part_list

_NOTICE_BYTES = 600
_WHO_BYTES = 300
_QUOTED_BYTES = 1_500
_MOST_AGAIN = 5
"""Parts without an answer that get a button each; of more, all are asked again."""


def final(
    answer: Answer, allowed: frozenset[str] = frozenset(), level: Level = Level.RICH
) -> tuple[Post, tuple[Post, ...]]:
    """Build the last edit of the message, and the messages in which a long answer goes on.

    What belongs under the answer stands under the last of them: what it took, what can be done with it.
    """
    pieces = texts.split(defang(answer.text, allowed), ROOM[level])
    posts = [_piece(answer, piece, number, len(pieces), level) for number, piece in enumerate(pieces, start=1)]
    return posts[0], tuple(posts[1:])


def _piece(answer: Answer, piece: str, number: int, of: int, level: Level) -> Post:
    """Build one message of an answer."""
    last = number == of
    where = f"{number} of {of}" + ("" if last else ", goes on below") if of > 1 else ""
    if level is Level.TEXT:
        small = "\n".join(filter(None, (_answered_by(answer), *_small(answer)))) if last else ""
        return Post("\n\n".join(filter(None, (piece, where, small))))
    asked = answer.asked or ("",) * len(answer.outcomes)
    state = Progress(answer.request_id, answer.mode, tuple(map(_part, answer.outcomes, asked)))
    blocks = (
        *(part_list(state, title(answer), level) if number == 1 and len(answer.outcomes) > 1 else ()),
        *markdown(piece, level),
        *([context(where)] if where else []),
        *(_below(answer, level) if last else ()),
    )
    return Post(texts.shorten(piece, FALLBACK_BYTES if number == 1 else 300), blocks)


def _below(answer: Answer, level: Level) -> list[Block]:
    """Build what stands under an answer."""
    return [
        context(*_small(answer)),
        *([thumbs(answer.request_id)] if level is Level.RICH else []),
        actions(
            *_parts_again(answer),
            button("Ask again", "regenerate_query", answer.request_id),
            *([button("Ask the others too", "ask_others", answer.request_id)] if answer.others else []),
            *([button("Change what is hidden", "change_hidden", answer.request_id)] if answer.privacy.masked else []),
            button("Details", "show_receipt", answer.request_id),
        ),
    ]


def _parts_again(answer: Answer) -> list[Block]:
    """Build a button for each part without an answer, as far as they are worth one."""
    missing = [each.number for each in answer.outcomes if each.status is not Status.OK]
    if len(answer.outcomes) == 1 or len(missing) > _MOST_AGAIN or not answer.asked:
        return []
    return [
        button(f"Ask part {number} again", f"ask_part_{number}", f"{number}:other:{answer.request_id}")
        for number in missing
    ]


def title(answer: Answer) -> str:
    """Return what became of a question of several parts."""
    answered = sum(outcome.status is Status.OK for outcome in answer.outcomes)
    stopped = any(outcome.status is Status.CANCELLED for outcome in answer.outcomes)
    line = f"{answered} of {len(answer.outcomes)} answered · {texts.seconds(answer.timings.wall_seconds)}"
    return f"Stopped · {line}" if stopped else line


def failed(sentence: str, reference: str, level: Level = Level.RICH) -> Post:
    """Build the message of a question that has no answer: why, a reference, and the offer to try again."""
    line = told(sentence, reference)
    if level is Level.TEXT:
        return Post(line)
    return Post(line, (section(line), actions(button("Ask again", "regenerate_query", reference))))


def moved(*, here: bool) -> Post:
    """Build what is left of a placeholder whose answer had to be posted as a new message, or elsewhere."""
    line = "The answer is below, in this thread." if here else "The answer went to its asker directly."
    return Post(line, (section(line),))


def replacing(post: Post) -> Post:
    """Add to a last word what it replaces, where a crash may have left a message that cannot be found."""
    line = "I was interrupted. If a message of mine above stays unfinished or stands twice, this one takes its place."
    return Post(post.text, (*post.blocks, context(line))) if post.blocks else Post(f"{post.text}\n\n{line}")


def told(sentence: str, reference: str) -> str:
    """Return a sentence for people with the reference that finds its log lines, where there is one."""
    return texts.escape(sentence) + (f"\nReference: `{reference}`" if reference else "")


def root(user: str, question: str = "") -> Post:
    """Build the message that a slash command's thread hangs on: it names the asker, and the question where it may."""
    line = f"<@{user}> asked a question. The answer comes in the thread."
    return Post(line, (section(f"{line}\n{quote(question)}" if question else line),))


def quote(text: str) -> str:
    """Return what somebody wrote as a quotation that links and mentions nothing."""
    lines = texts.escape(texts.shorten(text, _QUOTED_BYTES)).replace("`", "'").splitlines()
    return "\n".join(f">{line}" for line in lines)


def called(user: str) -> Post:
    """Build the message that tells the asker of an answer that took its time; an edit notifies nobody."""
    return Post(f"<@{user}> The answer to your question stands above.")


def _part(outcome: Outcome, asked: str) -> Part:
    state = "complete" if outcome.status is Status.OK else "error"
    event = FragmentEvent(outcome.number, outcome.of, outcome.provider, state, outcome.seconds, error=outcome.error)
    return Part(event, asked, headline(asked))


def _answered_by(answer: Answer) -> str:
    """Return who answered which part, for a message without the list of parts."""
    named = (f"{each.number} {each.provider.upper()}" for each in answer.outcomes if each.status is Status.OK)
    line = ", ".join(named) if len(answer.outcomes) > 1 else ""
    return texts.shorten(f"Answered by part: {line}", _WHO_BYTES) if line else ""


def _small(answer: Answer) -> list[str]:
    """Return the small lines under an answer, as mrkdwn: what the reader must know, what it took, how to split."""
    notices = list(answer.notices)
    if any(outcome.status is Status.CANCELLED for outcome in answer.outcomes):
        answered = sum(outcome.status is Status.OK for outcome in answer.outcomes)
        notices.insert(0, f"Stopped: {answered} of {len(answer.outcomes)} parts were answered.")
    told = texts.escape(texts.shorten("\n".join(notices), _NOTICE_BYTES)) if notices else ""
    return [
        *filter(None, (told, footer(answer))),
        *([SPLITTING] if len(answer.outcomes) > 1 and not side_by_side(answer) else []),
    ]


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
