"""One serving process: opened in order, kept healthy, drained, closed."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from bot import runtime
from bot.archive import DatabaseArchive, Quotas
from bot.desk import Lease
from bot.durable.admission import Admission
from bot.durable.desk import DurableDesk
from bot.durable.journal import Journal
from bot.durable.sealing import check, journal_sealer, thread_key
from bot.durable.takeover import FileLease, TakeOver, Tenancy
from bot.durable.turnstile import Turnstile
from bot.durable.upkeep import Upkeep, sweep
from bot.errors import ConfigurationError, TesseraError
from bot.house import owned
from bot.logs import LOGGER
from bot.model.question import Question
from bot.pipeline.stages import QuestionStages
from bot.ports import Provider
from bot.providers import ProviderConfig
from bot.server.health import routes
from bot.server.readiness import Service
from bot.settings import Settings
from bot.slack import calls
from bot.slack.bolt import SlackSide, session
from storage import dbos_tables

IDENTIFY_SECONDS = 5.0
CLOSE_SECONDS = 1.5


@asynccontextmanager
async def serving(settings: Settings, stop: asyncio.Event | None = None) -> AsyncIterator[Service]:
    """Open a serving process; on the way out close it. What is unfinished stays in the journal.

    Yields when it is ready, or when `stop` is set before.
    """
    _require_slack(settings)
    stop = stop or asyncio.Event()
    engine = await asyncio.to_thread(runtime.ready_database, settings)
    async with AsyncExitStack() as stack:
        stack.callback(engine.dispose)
        # Never a fixed id: during a restart two living processes would have it (dbos-transact-py#804; Heroku's
        # `web.1`).
        executor = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        tenancy = Tenancy(_lease(engine, executor))
        stack.push_async_callback(tenancy.release)
        await tenancy.hold_or_refuse()
        archive = DatabaseArchive(engine, Quotas(settings.quota_user, settings.quota_team))
        archive.start()
        stack.push_async_callback(archive.close)
        http = await stack.enter_async_context(session())
        slack = SlackSide(settings, http)
        stack.push_async_callback(slack.aclose, CLOSE_SECONDS)

        async def stages(question: Question, again: bool) -> QuestionStages:
            """Return the stages of a question that begins here, or goes on here after a crash."""
            assert service.shared is not None  # the journal is launched after it is opened
            reporter = slack.reporters(question, again=again)
            return QuestionStages(service.shared, reporter, stream=True, history=slack.history, enclosures=slack.files)

        desk = DurableDesk(archive, Admission(settings.running_questions, settings.waiting_questions), stages)
        service = Service(settings, engine, slack, desk)
        service.providers = _providers(settings)
        bolt = slack.open(desk, {config.name: config.model for config in service.providers})
        # Before everything slow: a platform that finds no open port for a while ends the process.
        await _listen(service, stack, slack.routes(bolt) if settings.slack_app_token is None else [])

        service.shared = await stack.enter_async_context(
            runtime.shared(
                settings,
                service.providers,
                archive,
                archive,
                slack.names,
                around=_turnstiles(settings, tenancy),
                key=thread_key(settings, engine),
            )
        )
        journal = await _open_journal(service, stack, executor)
        _beside(stack, _keep_watch(service, _upkeep(service, journal, tenancy), stop))
        await _first(_beside(stack, _become_ready(service, bolt)), stop)
        yield service


def _beside(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Run some work until the stack is closed."""
    task = asyncio.create_task(work)
    stack.push_async_callback(_cancelled, task)
    return task


async def _first(ready: asyncio.Task[None], stop: asyncio.Event) -> None:
    """Return when the process is ready or is to stop."""
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({ready, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if ready.done():
        ready.result()


async def _become_ready(service: Service, bolt: Any) -> None:
    assert service.shared is not None  # opened before
    await _connect(service, bolt)
    await service.shared.warm()
    runtime.settle()
    service.not_ready = None
    names = ", ".join(config.name for config in service.providers)
    LOGGER.info("Ready: %s, %s", _transport(service.settings), names or "no provider")


def _require_slack(settings: Settings) -> None:
    if not settings.slack_bot_token:
        raise ConfigurationError("Set SLACK_BOT_TOKEN to the bot token of your Slack app (xoxb-...).")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        raise ConfigurationError("Set SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode.")


def _transport(settings: Settings) -> str:
    return "Socket Mode" if settings.slack_app_token else "HTTP"


def _providers(settings: Settings) -> tuple[ProviderConfig, ...]:
    try:
        return owned.taking_part(settings)
    except ConfigurationError as error:
        LOGGER.error("%s", error.message)
        return ()


def _lease(engine: Any, executor: str) -> Lease:
    if engine.dialect.name == "sqlite":
        return FileLease(Path(f"{engine.url.database}.lock"))
    return dbos_tables.Lease(engine, executor)


def _turnstiles(settings: Settings, tenancy: Tenancy) -> Callable[[Provider], Provider]:
    """Return what bounds a provider's calls over all processes; nothing without such a limit, or in one process."""
    limit = settings.global_concurrency
    if limit is None or settings.database_url.startswith("sqlite"):
        return lambda provider: provider
    return lambda provider: Turnstile(provider, tenancy, limit)


async def _listen(service: Service, stack: AsyncExitStack, slack_routes: list[web.RouteDef]) -> None:
    checks = (service.own_check, service.database_check, service.slack_check)
    application = web.Application(client_max_size=2**20)
    application.add_routes([*routes(checks, service.samples), *slack_routes])
    # aiohttp waits a minute for open connections; a process has 25 s in all (`storage/README.md`).
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


async def _open_journal(service: Service, stack: AsyncExitStack, executor: str) -> Journal:
    engine = dbos_tables.journal_engine(service.engine)
    stack.callback(engine.dispose)
    seal = journal_sealer(service.settings, service.engine)
    with dbos_tables.opening(engine):
        # First of all: a process with another key would end every open question as unreadable.
        check(seal, dbos_tables.sealed_samples(engine))
        dbos_tables.keep_sample(engine, seal.seal("tessera"))
        journal = Journal(
            # DBOS is given the address as text, and by itself SQLAlchemy writes *** for the password.
            engine.url.render_as_string(hide_password=False),
            engine,
            seal,
            service.desk.run,
            executor=executor,
            truncate=lambda: dbos_tables.truncate_wal(engine),
        )
        stack.push_async_callback(journal.close)
        # Runs before `journal.close`: what is in work lets go while its journal is still open.
        stack.push_async_callback(service.desk.abandon)
        await journal.launch()
    service.desk.journal = journal
    return journal


async def _connect(service: Service, bolt: Any) -> None:
    """Be accepted by Slack, however long it takes, and open the socket in Socket Mode."""
    while True:
        try:
            await service.slack.identify()
            if service.settings.slack_app_token:
                await service.slack.connect(bolt)
        except calls.FAILURES as error:
            failed = calls.fault(error)
            said, look = _diagnosed(failed)
            wait = max(IDENTIFY_SECONDS, failed.retry_after or 0.0)
            why = failed.code or type(error).__name__
            LOGGER.error("%s (%s): check %s. Trying again in %d s", said, why, look, wait)
            # Of a process that stops, "stopping" is the reason that stays.
            if service.desk.open:
                service.not_ready = said
            await asyncio.sleep(wait)
        else:
            return


def _diagnosed(failed: calls.Fault) -> tuple[str, str]:
    """Return what stands between us and Slack, and what to look at."""
    if failed.retry_after is not None:
        return "Slack asks us to wait", "what else calls it with this token"
    if failed.code:
        return "Slack does not accept our token", "SLACK_BOT_TOKEN and SLACK_APP_TOKEN"
    return "Slack cannot be reached", "SLACK_API_BASE_URL, the network and its proxy"


def _upkeep(service: Service, journal: Journal, tenancy: Tenancy) -> Upkeep:
    taking = TakeOver(journal, tenancy, service.desk.holds, partial(_tell_outdated, service))

    async def refresh() -> None:
        """Read the list of members anew, where we may."""
        if service.slack.people is not None:
            await service.slack.people.refresh()

    return Upkeep(
        tenancy,
        often=(("take over", taking.round), ("heed stops", service.desk.heed_stops)),
        seldom=(("purge", lambda: sweep(journal, service.settings.keep_text_minutes)), ("refresh people", refresh)),
    )


async def _keep_watch(service: Service, upkeep: Upkeep, stop: asyncio.Event) -> None:
    """Keep the process healthy; when its lease is lost, let go of every question at once and stop."""
    await upkeep.watch()
    LOGGER.error("The database session that says we live is lost; others take our questions, so we stop")
    service.lost = True
    stop.set()
    await service.desk.abandon()


async def _tell_outdated(service: Service, key: str) -> None:
    journal = service.desk.journal
    assert journal is not None  # upkeep starts after it
    question, plan = await journal.question(key), await journal.plan(key)
    if question is None or question.origin is None:
        return
    reporter = service.slack.reporters(question, again=True)
    if plan is not None:
        reporter.attach(plan, await journal.place(key))
    await reporter.give_up(
        question.request_id, TesseraError("An upgrade of Tessera interrupted this question. Please ask it again.")
    )


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    # Not `await task`: that would raise here what the task ended with, its own cancellation.
    await asyncio.wait([task])
