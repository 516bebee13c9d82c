"""The workspace's own people, for the detector of names: read when the scope is granted, kept, refreshed."""

from __future__ import annotations

from typing import Any

from bot.logs import LOGGER
from bot.ports import Clock
from bot.slack.calls import Caller

REFRESH_SECONDS = 3_600.0
RETRY_SECONDS = 300.0
_PAGE = 200
_MOST_PAGES = 500


class Members:
    """Names and handles of one workspace's members."""

    def __init__(self, caller: Caller, clock: Clock) -> None:
        """Know nobody yet; `clock` is monotonic."""
        self._caller, self._clock = caller, clock
        self._names: tuple[str, ...] = ()
        self._called: dict[str, str] = {}
        self._due = 0.0

    @property
    def names(self) -> tuple[str, ...]:
        """Return what is known now."""
        return self._names

    def name_of(self, user: str) -> str:
        """Return how a person is called here, empty for a stranger."""
        return self._called.get(user, "")

    @property
    def due(self) -> bool:
        """Tell whether the list should be read (again)."""
        return self._clock() >= self._due

    async def refresh(self) -> tuple[str, ...]:
        """Read the list anew if it is due; keep the old one, with a warning, when that does not work."""
        if not self.due:
            return self._names
        found = await self._read()
        # A list half read would forget the people of its other half.
        if found is None:
            LOGGER.warning(
                "The list of the workspace's people could not be read; names are found by the other detectors"
            )
            self._due = self._clock() + RETRY_SECONDS
        else:
            self._names, self._due = (
                tuple(sorted(frozenset[str]().union(*map(_names, found)))),
                self._clock() + REFRESH_SECONDS,
            )
            self._called = {str(member.get("id")): _called(member) for member in found}
        return self._names

    async def _read(self) -> list[dict[str, Any]] | None:
        members: list[dict[str, Any]] = []
        cursor = ""
        for _ in range(_MOST_PAGES):
            answer = await self._caller.ask("users.list", {"limit": _PAGE} | ({"cursor": cursor} if cursor else {}))
            if answer is None or not isinstance(answer.get("members"), list):
                return None
            members += [member for member in answer["members"] if isinstance(member, dict)]
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return members


def _called(member: dict[str, Any]) -> str:
    """Return the name that Slack shows for a member."""
    profile = member.get("profile")
    names = (
        (profile if isinstance(profile, dict) else {}).get("display_name"),
        member.get("real_name"),
        member.get("name"),
    )
    return next((name for name in names if isinstance(name, str) and name.strip()), "")


def _names(member: dict[str, Any]) -> set[str]:
    """Return the names and the handle of a person, of whom even the departed may be spoken of; nothing of a bot."""
    if member.get("is_bot") or member.get("id") == "USLACKBOT":
        return set()
    profile = member.get("profile")
    profile = profile if isinstance(profile, dict) else {}
    found = [member.get("name"), member.get("real_name")]
    found += [profile.get(field) for field in ("real_name", "display_name", "first_name", "last_name")]
    return {name.strip() for name in found if isinstance(name, str) and len(name.strip()) > 1}
