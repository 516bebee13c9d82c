"""Who Slack says we are, and what we may do there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """Who Slack says we are."""

    team: str
    enterprise: str | None
    bot_user: str
    bot: str | None
    scopes: frozenset[str]
