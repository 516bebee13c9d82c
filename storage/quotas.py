"""Questions per person and per workspace in windows of time, exact over all processes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from storage.database import upsert
from storage.schema import charges, quotas

Window = tuple[float, int]
"""Where a window begins, and how many questions were taken in it."""


@dataclass(frozen=True, slots=True)
class Take:
    """A wish to take one question; a limit of None is no limit, a key makes it count once."""

    team: str
    user: str
    per_user: int | None
    per_team: int | None
    window_start: float
    key: str = ""

    @property
    def digest(self) -> str:
        """Return what stands for the key in the table of counted wishes, empty without a key."""
        return hashlib.sha256(self.key.encode("utf-8", "replace")).hexdigest() if self.key else ""

    @property
    def limits(self) -> dict[tuple[str, str], int | None]:
        """Return the limit of each row that this wish counts in; the workspace's row has an empty user."""
        return {(self.team, self.user): self.per_user, (self.team, ""): self.per_team}


def window_start(now: float, seconds: float) -> float:
    """Return when the window of that length began in which `now` lies."""
    return now - now % seconds


def grant(windows: dict[tuple[str, str], Window], take: Take) -> bool:
    """Count the wish in each of its windows if all of them have room; a window never begins earlier than it did."""
    current: dict[tuple[str, str], Window] = {}
    for key in take.limits:
        start, count = windows.get(key, (take.window_start, 0))
        current[key] = (start, count) if start >= take.window_start else (take.window_start, 0)
    if any(limit is not None and current[key][1] >= limit for key, limit in take.limits.items()):
        return False
    windows.update({key: (start, count + 1) for key, (start, count) in current.items()})
    return True


def take(connection: Connection, takes: Sequence[Take]) -> list[bool]:
    """Grant or refuse each wish in turn; inside `storage.database.writing` nobody else counts at the same time."""
    teams = {take.team for take in takes}
    users = {user for take in takes for _, user in take.limits}
    found = connection.execute(select(quotas).where(quotas.c.team.in_(teams), quotas.c.user.in_(users)))
    before = {(row.team, row.user): (row.window_start, row.count) for row in found}
    windows = dict(before)
    granted, counted = _grant_all(windows, takes, _charged(connection, takes))
    changed = [
        {"team": team, "user": user, "window_start": start, "count": count}
        for (team, user), (start, count) in windows.items()
        if before.get((team, user)) != (start, count)
    ]
    if changed:
        upsert(connection, quotas, changed)
    if counted:
        # Nobody asks for a window that is over, so its charges need not be known any more.
        connection.execute(delete(charges).where(charges.c.window_start < min(counted.values())))
        upsert(connection, charges, [{"digest": each, "window_start": start} for each, start in counted.items()])
    return granted


def _grant_all(
    windows: dict[tuple[str, str], Window], takes: Sequence[Take], charged: set[str]
) -> tuple[list[bool], dict[str, float]]:
    """Return what each wish gets, and the windows of those newly counted by their digest."""
    granted: list[bool] = []
    counted: dict[str, float] = {}
    for take in takes:
        known = take.digest in charged or take.digest in counted
        granted.append(known or grant(windows, take))
        if take.digest and granted[-1] and not known:
            counted[take.digest] = take.window_start
    return granted, counted


def _charged(connection: Connection, takes: Sequence[Take]) -> set[str]:
    """Return the digests of those wishes that were counted before."""
    digests = [wish.digest for wish in takes if wish.digest]
    return set(connection.scalars(select(charges.c.digest).where(charges.c.digest.in_(digests)))) if digests else set()
