"""A strict fake of Slack on a loopback socket: Web API, signed events, Socket Mode, limits and faults."""

from bot.demo.slack.emulator import SCOPES, Slack
from bot.demo.slack.faults import Fault
from bot.demo.slack.limits import Rate
from bot.demo.slack.records import Attempt, Call, Channel, Delivery, Message, Snapshot, User, View
from bot.demo.slack.workspace import CHANNELS, PEOPLE

__all__ = [
    "CHANNELS",
    "PEOPLE",
    "SCOPES",
    "Attempt",
    "Call",
    "Channel",
    "Delivery",
    "Fault",
    "Message",
    "Rate",
    "Slack",
    "Snapshot",
    "User",
    "View",
]
