"""One serving process: opened in order, kept healthy, drained, closed."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import ready_database, settle
from bot.durable.admission import Admission
from bot.durable.desk import DurableDesk
from bot.durable.journal import Journal
from bot.durable.sealing import Sealer, key_file
from bot.durable.takeover import FileLease, Lease, hold_or_refuse, take_over
from bot.errors import ConfigurationError, TesseraError
from bot.health import Sample, routes
from bot.logs import LOGGER
from bot.model import Question
from bot.providers import ProviderConfig, configured
from bot.records import Quotas, Records
from bot.settings import Settings
from bot.slack import calls
from bot.slack.bolt import Slack, session
from bot.stages import QuestionStages, Workshop
from bot.workshop import workshop
from storage import database
from storage import journal as journal_storage

DRAIN_SECONDS = 20.0
GUARD_SECONDS = 1.0
SWEEP_SECONDS = 60.0
IDENTIFY_SECONDS = 5.0

FIGURES = {
    "limit": "Calls that may run at once just now.",
    "in_flight": "Calls running.",
    "waiting": "Fragments waiting for a call.",
    "p50": "Learnt median of a call, seconds.",
    "p95": "Learnt 95th percentile of a call, seconds.",
    "paused_seconds": "Seconds for which the provider wants no call.",
    "calls": "Calls since the start.",
    "failures": "Failed calls since the start.",
    "retries": "Retries since the start.",
    "hedges": "Hedged calls since the start.",
    "moves": "Fragments that moved here from another provider.",
}
"""Figures of `bot.fanout.ProviderHealth` that /metrics shows."""


def serve(settings: Settings) -> int:
    """Serve until SIGTERM or SIGINT; return 0, or 1 when another process may have taken our questions."""
    return asyncio.run(_until_stopped(settings))


async def _until_stopped(settings: Settings) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with serving(settings, stop) as service:
        await stop.wait()
        LOGGER.info("Stopping: no new questions, %d in work", service.desk.in_work)
        await service.drain()
    return 1 if service.lost else 0


class Service:
    """A serving process; `state` is why it is not ready yet, None when it is."""

    def __init__(self, settings: Settings, engine: Any, records: Records, slack: Slack, desk: DurableDesk) -> None:
        self.settings, self.engine, self.records, self.slack, self.desk = settings, engine, records, slack, desk
        self.shop: Workshop | None = None
        self.starting: str | None = "starting"
        self.providers: tuple[ProviderConfig, ...] = ()
        self.port = 0
        self.lost = False

    async def drain(self) -> None:
        """Take nothing new; give what runs twenty seconds, then leave it to the journal."""
        self.desk.open = False
        self.starting = "stopping"
        await self.slack.disconnect()
        await self.desk.finished(DRAIN_SECONDS)

    def samples(self) -> Iterator[Sample]:
        """Return the figures of /metrics."""
        yield Sample("tessera_questions_in_work", "Questions running or waiting.", self.desk.in_work)
        for health in self.shop.engine.health() if self.shop else ():
            labels = (("provider", health.provider), ("model", health.model))
            yield Sample(
                "tessera_provider_breaker_open", "1 while calls fail fast.", health.breaker != "closed", labels
            )
            for name, description in FIGURES.items():
                value = getattr(health, name)
                if value is not None:
                    yield Sample(f"tessera_provider_{name}", description, value, labels)

    async def database_check(self) -> str | None:
        """Say why the database is not ready."""
        try:
            await asyncio.get_running_loop().run_in_executor(None, database.probe, self.engine)
        except (database.DatabaseError, RuntimeError):
            return "the database does not take a write"
        return None

    async def slack_check(self) -> str | None:
        """Say why Slack is not ready."""
        if self.slack.identity is None:
            return "Slack has not accepted us yet"
        return None if await self.slack.connected() else "the socket to Slack is not open"

    async def own_check(self) -> str | None:
        """Say why we are not ready."""
        return self.starting or (None if self.providers else "no provider is configured")


@asynccontextmanager
async def serving(settings: Settings, stop: asyncio.Event | None = None) -> AsyncIterator[Service]:
    """Open a serving process; on the way out close it. What is unfinished stays in the journal."""
    _require_slack(settings)
    engine = await asyncio.to_thread(ready_database, settings)
    async with AsyncExitStack() as stack:
        stack.callback(engine.dispose)
        executor = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        lease = _lease(engine, executor)
        stack.callback(lease.release)
        await asyncio.to_thread(hold_or_refuse, lease)
        records = Records(engine, Quotas(settings.quota_user, settings.quota_team))
        records.start()
        stack.push_async_callback(records.close)
        http = await stack.enter_async_context(session())
        slack = Slack(settings, http)
        stack.push_async_callback(slack.aclose)

        async def stages(question: Question) -> QuestionStages:
            assert service.shop is not None  # the journal is launched after the shop is open
            return QuestionStages(service.shop, slack.reporters(question), stream=True)

        desk = DurableDesk(records, Admission(settings.running_questions, settings.waiting_questions), stages)
        service = Service(settings, engine, records, slack, desk)
        service.providers = _providers(settings)
        bolt = slack.open(desk, [config.name for config in service.providers])
        await _listen(service, stack, slack.routes(bolt) if settings.slack_app_token is None else [])

        service.shop = await stack.enter_async_context(
            workshop(settings, service.providers, records, records, lambda: slack.people.names if slack.people else ())
        )
        await _open_journal(service, stack, executor)
        guard = asyncio.create_task(_guard(service, lease, stop))
        stack.push_async_callback(_cancelled, guard)
        await _connect(service, bolt)
        await service.shop.warm()
        settle()
        service.starting = None
        LOGGER.info(
            "Ready: %s, %s", _transport(settings), ", ".join(c.name for c in service.providers) or "no provider"
        )
        yield service


def _require_slack(settings: Settings) -> None:
    if not settings.slack_bot_token:
        raise ConfigurationError("Set SLACK_BOT_TOKEN to the bot token of your Slack app (xoxb-...).")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        raise ConfigurationError("Set SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode.")


def _transport(settings: Settings) -> str:
    return "Socket Mode" if settings.slack_app_token else "HTTP"


def _providers(settings: Settings) -> tuple[ProviderConfig, ...]:
    try:
        return configured(settings)
    except ConfigurationError as error:
        LOGGER.error("%s", error.message)  # noqa: TRY400 - the sentence is all there is to say
        return ()


def _lease(engine: Any, executor: str) -> Lease:
    if engine.dialect.name == "sqlite":
        return FileLease(Path(f"{engine.url.database}.lock"))
    return journal_storage.Lease(engine, executor)


def sealer(settings: Settings, engine: Any) -> Sealer:
    """Return the journal's sealer: the configured keys, else a key file (SQLite) or one derived from the bot token."""
    if settings.encryption_keys:
        keys = settings.encryption_keys.get_secret_value().split(",")
        return Sealer([key.strip() for key in keys if key.strip()])
    if engine.dialect.name == "sqlite":
        return Sealer([key_file(Path(f"{engine.url.database}.key"))])
    return Sealer([settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""])


async def _listen(service: Service, stack: AsyncExitStack, slack_routes: list[web.RouteDef]) -> None:
    checks = (service.own_check, service.database_check, service.slack_check)
    application = web.Application(client_max_size=2**20)
    application.add_routes([*routes(checks, service.samples), *slack_routes])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, service.settings.listen_host, service.settings.listen_port)
    try:
        await site.start()
    except OSError as error:
        raise ConfigurationError(
            f"Port {service.settings.listen_port} is in use or not ours. Set PORT to another one."
        ) from error
    service.port = runner.addresses[0][1]


async def _open_journal(service: Service, stack: AsyncExitStack, executor: str) -> None:
    journal_engine = journal_storage.journal_engine(service.engine)
    stack.callback(journal_engine.dispose)
    journal = Journal(
        journal_engine.url.render_as_string(hide_password=False),
        journal_engine,
        sealer(service.settings, service.engine),
        service.desk.run,
        executor=executor,
        truncate=lambda: journal_storage.truncate_wal(journal_engine),
    )
    await journal.launch()
    stack.push_async_callback(journal.close)
    stack.push_async_callback(service.desk.abandon)
    service.desk.journal = journal


async def _connect(service: Service, bolt: Any) -> None:
    """Be accepted by Slack, however long it takes, and open the socket in Socket Mode."""
    while True:
        try:
            await service.slack.identify()
            if service.settings.slack_app_token:
                await service.slack.connect(bolt)
        except calls.FAILURES as error:
            LOGGER.error(  # noqa: TRY400 - an exception's text may hold a token
                "Slack does not accept us (%s): check SLACK_BOT_TOKEN%s. Trying again in %d s",
                calls.fault(error).code or type(error).__name__,
                " and SLACK_APP_TOKEN" if service.settings.slack_app_token else "",
                IDENTIFY_SECONDS,
            )
            service.starting = "Slack does not accept our token"
            await asyncio.sleep(IDENTIFY_SECONDS)
        else:
            return


async def _guard(service: Service, lease: Lease, stop: asyncio.Event | None) -> None:
    """Take over dead processes' questions, heed stops, purge; end the process when its own lease is lost."""
    swept = 0.0
    while True:
        if not await asyncio.to_thread(lease.alive):
            LOGGER.error("The database session that says we live is lost; others take our questions, so we stop")
            service.lost = True
            if stop is not None:
                stop.set()
            return
        await _quietly("take over", take_over(_journal(service), lease, lambda key: _tell_outdated(service, key)))
        await _quietly("heed stops", service.desk.heed_stops())
        if time.monotonic() - swept >= SWEEP_SECONDS or not swept:
            swept = time.monotonic()
            await _quietly("purge", sweep(service))
            if service.slack.people is not None:
                await _quietly("refresh people", service.slack.people.refresh())
        await asyncio.sleep(GUARD_SECONDS)


async def sweep(service: Service) -> None:
    """Delete finished questions that are old enough from the journal, and from SQLite's log."""
    journal = _journal(service)
    if await journal.purge(time.time() - service.settings.keep_text_minutes * 60):
        await asyncio.to_thread(journal.truncate)


async def _tell_outdated(service: Service, key: str) -> None:
    journal = _journal(service)
    question, plan = await journal.question(key), await journal.plan(key)
    if question is None or question.origin is None:
        return
    reporter = service.slack.reporters(question)
    if plan is not None:
        reporter.attach(plan, await journal.step(key, "announce"))
    await reporter.give_up(
        question.request_id, TesseraError("An upgrade of Tessera interrupted this question. Please ask it again.")
    )


def _journal(service: Service) -> Journal:
    assert service.desk.journal is not None  # the guard starts after it
    return service.desk.journal


async def _quietly(what: str, work: Awaitable[object]) -> None:
    """Do a piece of upkeep; a failure is logged by class and tried again next time."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - upkeep must not end the process
        LOGGER.warning("Upkeep failed (%s: %s)", what, type(error).__name__)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


__all__ = ["Service", "serve", "serving", "sweep"]
