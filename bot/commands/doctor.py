"""`tessera doctor`: one line per check of tokens, scopes, keys and database, and how to get what is missing."""

# ruff: noqa: T201 - printing is what these commands are for
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import TesseraError
from bot.house import local, owned
from bot.house.place import MEANS, place
from bot.providers import configured, kinds
from bot.runtime import ready_database
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.slack.bolt import SlackSide

CHECK_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check; `advice` says what to do when it failed."""

    name: str
    ok: bool
    detail: str
    advice: str = ""

    def __str__(self) -> str:
        mark, advice = ("ok  " if self.ok else "FAIL"), f" {self.advice}" if self.advice and not self.ok else ""
        return f"{mark}  {self.name}: {self.detail}{advice}"


def doctor(settings: Settings) -> int:
    """Print one line per check; return 1 when any failed."""
    return asyncio.run(_doctor(settings))


async def _doctor(settings: Settings) -> int:
    failed = False
    async for check in _checks(settings):
        print(check, flush=True)
        failed = failed or not check.ok
    return 1 if failed else 0


async def _checks(settings: Settings) -> AsyncIterator[Check]:
    yield await _database(settings)
    async for check in _slack(settings):
        yield check
    async for check in _providers(settings):
        yield check
    async for check in _house(settings):
        yield check
    yield await _names(settings)


async def _database(settings: Settings) -> Check:
    from storage import database

    try:
        engine = await asyncio.to_thread(ready_database, settings)
        try:
            await asyncio.to_thread(database.probe, engine)
        finally:
            engine.dispose()
    except (TesseraError, database.DatabaseError) as error:
        return Check("database", ok=False, detail=str(error), advice="Check DATABASE_URL.")
    return Check("database", ok=True, detail=f"{engine.dialect.name} takes writes, schema at head")


async def _slack(settings: Settings) -> AsyncIterator[Check]:
    from bot.slack import calls
    from bot.slack.bolt import SlackSide, session
    from bot.slack.manifest import SCOPES

    if not settings.slack_bot_token:
        yield Check(
            "SLACK_BOT_TOKEN", ok=False, detail="not set.",
            advice="Install the app to your workspace and copy the Bot User OAuth Token (xoxb-...).",
        )  # fmt: skip
        return
    async with session() as http:
        slack = SlackSide(settings, http)
        try:
            identity = await asyncio.wait_for(slack.identify(), CHECK_SECONDS)
        except calls.FAILURES as error:
            yield _refused(None if isinstance(error, TimeoutError) else calls.fault(error).code)
            return
        yield Check("SLACK_BOT_TOKEN", ok=True, detail=f"accepted in workspace {identity.team}")
        missing = sorted({*SCOPES} - identity.scopes) if identity.scopes else []
        yield Check(
            "scopes", ok=not missing, detail=f"missing: {', '.join(missing)}." if missing else "all there",
            advice="Update the app from `tessera manifest` and install it again.",
        )  # fmt: skip
        for check in _reading(identity.scopes):
            yield check
        yield await _transport(settings, slack)


def _refused(code: str | None) -> Check:
    """Return the check of a bot token that Slack did not accept; without a code Slack was not reached at all."""
    if not code:
        return Check(
            "SLACK_BOT_TOKEN", ok=False, detail="Slack cannot be reached.",
            advice="Check SLACK_API_BASE_URL, the network and its proxy.",
        )  # fmt: skip
    return Check(
        "SLACK_BOT_TOKEN", ok=False, detail=f"Slack does not accept it ({code}).",
        advice="Copy the Bot User OAuth Token (xoxb-...) from OAuth & Permissions again.",
    )  # fmt: skip


def _reading(scopes: Collection[str]) -> Iterator[Check]:
    """Say what of earlier messages and attachments is read by these scopes; nobody must give them, so none fails."""
    from bot.slack.manifest import FILE_SCOPE, THREAD_SCOPES

    places = dict(zip(THREAD_SCOPES, ("public channels", "private channels"), strict=True))
    lacking = [scope for scope in (*places, FILE_SCOPE) if scopes and scope not in scopes]
    seen = ", ".join(("direct messages", *(place for scope, place in places.items() if scope not in lacking)))
    unseen = ", ".join(f"{place} ({scope})" for scope, place in places.items() if scope in lacking)
    more = f"; not in {unseen}: `tessera manifest --threads` asks for it" if unseen else ""
    yield Check("earlier messages", ok=True, detail=f"read in {seen}{more}")
    doubled = (
        f", but in {unseen} a crash at the wrong moment may leave a second message, which says so" if unseen else ""
    )
    yield Check("after a crash", ok=True, detail=f"questions go on in the same message{doubled}")
    unread = f"not read ({FILE_SCOPE}): `tessera manifest --files` asks for it"
    yield Check("attachments", ok=True, detail=unread if FILE_SCOPE in lacking else "text, PDF and Word files are read")


async def _transport(settings: Settings, slack: SlackSide) -> Check:
    from bot.slack import calls

    if settings.slack_app_token:
        try:
            await slack.client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
        except calls.FAILURES as error:
            code = calls.fault(error).code or type(error).__name__
            return Check(
                "SLACK_APP_TOKEN", ok=False, detail=f"Slack does not accept it ({code}).",
                advice="Make an app-level token with connections:write under Basic Information.",
            )  # fmt: skip
        return Check("SLACK_APP_TOKEN", ok=True, detail="accepted, Socket Mode")
    present = bool(settings.slack_signing_secret)
    return Check(
        "SLACK_SIGNING_SECRET", ok=present, detail="set, HTTP" if present else "not set.",
        advice="Copy it from Basic Information, or set SLACK_APP_TOKEN for Socket Mode.",
    )  # fmt: skip


async def _providers(settings: Settings) -> AsyncIterator[Check]:
    from bot.model.plan import Prompt
    from bot.privacy import egress
    from bot.providers import build
    from bot.runtime import guarded

    try:
        configs = configured(settings)
    except TesseraError as error:
        yield Check("providers", ok=False, detail=error.message, advice=_keys_to_get(()))
        return
    client = guarded(settings, configs, _NoLedger())
    for config in configs:
        provider = await asyncio.to_thread(build, config, client)
        permit = egress.Permit(
            request_id="doctor", fragment=1, provider=config.name, model=config.model, attempt=1, hedged=False,
            entities=(), secret=b"doctor", origin=egress.origin_of(config.base_url), share=0.0, masked={}, verdicts={},
        )  # fmt: skip
        try:
            with egress.permitted(permit):
                # 512 tokens for one word: a model that thinks first spends some before it says anything.
                await provider.ask(Prompt("Answer with one word.", "Say ok.", 512, CHECK_SECONDS))
        except TesseraError as error:
            yield Check(config.name, ok=False, detail=error.message, advice=_advice(config.name))
        else:
            yield Check(config.name, ok=True, detail=f"{config.model} answers")
        await provider.aclose()
    await client.aclose()
    # The house model plans and composes; it takes none of the others' parts.
    sharing = [config for config in configs if config.name != settings.house_model]
    yield Check(
        "sharing out", ok=len(sharing) > 1, detail=f"{len(sharing)} configured.",
        advice=f"With one provider it sees every part. {_keys_to_get([config.name for config in configs])}",
    )  # fmt: skip


async def _house(settings: Settings) -> AsyncIterator[Check]:
    """Yield where the house model is, and what that means; nothing without one."""
    try:
        own = owned.name_of(settings)
        if settings.house_gguf is not None:
            local.check(settings.house_gguf)
            yield Check("house model", ok=True, detail=f"{settings.house_gguf.name}, {MEANS['machine']}")
        elif own:
            (config,) = configured(settings, (own,))
            host = urlsplit(config.base_url).hostname or ""
            yield Check("house model", ok=True, detail=f"{own} at {host}, {MEANS[place(await _addresses(host))]}")
    except TesseraError as error:
        yield Check("house model", ok=False, detail=error.message)


async def _addresses(host: str) -> list[str]:
    """Return the addresses of a host, none when it is not found."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except OSError:
        return []
    return [str(sockaddr[0]) for *_, sockaddr in found]


def _advice(name: str) -> str:
    """Return what to look at when a provider does not answer."""
    kind = kinds().get(name)
    if kind is None:
        return "Check its entry in TESSERA_COMPATIBLE."
    return f"Check {kind.key} ({kind.page}) and this provider's base URL and model."


def _keys_to_get(names: Collection[str]) -> str:
    """Return where the keys of the other providers are made."""
    missing = [f"{kind.key} ({kind.page})" for kind in kinds().values() if kind.name not in names]
    return f"Keys are made at: {', '.join(missing)}."


class _NoLedger:
    """The doctor's one-word calls hold nothing of anybody, so they are not in the ledger."""

    async def append(self, receipt: object) -> None:
        """Record nothing."""


async def _names(settings: Settings) -> Check:
    from bot.runtime import detectors

    try:
        found = (await asyncio.to_thread(detectors, settings)).detect("My name is Maria Lopez.")
    except TesseraError as error:
        return Check("recognition of names", ok=False, detail=error.message, advice="Install the requirements again.")
    return Check("recognition of names", ok=bool(found), detail=f"{settings.ner}, works" if found else "finds nothing.")
