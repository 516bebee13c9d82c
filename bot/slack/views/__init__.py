"""What people see in Slack: pure builders of messages and views, none of which holds a live link or mention."""

from bot.slack.views.answer import failed, final, moved, replacing, root, told
from bot.slack.views.blocks import Block, Level, Post
from bot.slack.views.work import Progress, begin, preparing, progress

__all__ = [
    "Block",
    "Level",
    "Post",
    "Progress",
    "begin",
    "failed",
    "final",
    "moved",
    "preparing",
    "progress",
    "replacing",
    "root",
    "told",
]
