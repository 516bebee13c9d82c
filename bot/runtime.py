"""The one place that builds: from settings to the database, detectors, guarded providers, the engine, the records."""

from __future__ import annotations

import gc
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from bot.archive import DatabaseArchive, explained
from bot.errors import ConfigurationError, PrivacyError, Rejected
from bot.fanout import Engine, Policy
from bot.house import owned, words
from bot.model.plan import Span
from bot.model.question import Question
from bot.pipeline import instructions
from bot.pipeline.meaning import House, plannable
from bot.pipeline.papers import Dispatch
from bot.pipeline.planning import drafted, make_plan, plan_json
from bot.pipeline.rules import Rules
from bot.pipeline.shared import Shared
from bot.ports import Ledger, Provider, Records
from bot.privacy.client import http_client
from bot.privacy.detect import Detecting, Detectors, Terms, load_ner
from bot.providers import PROVIDERS, ProviderConfig, configured, kinds, wires
from bot.providers.shared.late import Late
from bot.providers.shared.warm import build_warm
from bot.settings import Settings
from storage import database

if TYPE_CHECKING:
    import httpx2

REHEARSAL = "What is the capital of France? Please tell Ann Smith how to reset a password."
"""A question that is planned and thrown away at the start, so that the first real one finds everything loaded."""


def open_database(settings: Settings) -> Any:
    """Return the database's engine; raise ConfigurationError with a plain sentence."""
    try:
        return database.connect(settings.database_url)
    except database.DatabaseError as error:
        raise ConfigurationError(error.message) from error


def migrate(settings: Settings) -> None:
    """Bring the schema to head."""
    engine = open_database(settings)
    try:
        with explained():
            database.migrate(engine)
    finally:
        engine.dispose()


def ready_database(settings: Settings) -> Any:
    """Return an engine whose schema is at head: SQLite is migrated here, PostgreSQL by `tessera migrate`."""
    engine = open_database(settings)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        with explained():
            # On PostgreSQL an older process may still run beside us: its schema changes when its operator says so.
            if engine.dialect.name == "sqlite":
                database.migrate(engine)
            elif not database.at_head(engine):
                raise ConfigurationError("The database's schema is not current. Run `tessera migrate` first.")
        stack.pop_all()
    return engine


def detectors(settings: Settings, people: Callable[[], Sequence[str]] = tuple) -> Detectors:
    """Return the detectors of this installation, loaded."""
    return Detectors(load_ner(settings.ner), Terms.load(settings.terms_file), people)


def rehearsed(settings: Settings, providers: tuple[str, ...], people: Callable[[], Sequence[str]] = tuple) -> Detectors:
    """Return the detectors of this installation, loaded and once planned with."""
    found = detectors(settings, people)
    question = Question(key="", request_id="request-rehearsal", text=REHEARSAL)
    if providers:
        with suppress(Rejected, PrivacyError):  # what the policy makes of it is not the point
            make_plan(question, rules(settings, found.detect, providers), b"rehearsal")
    return found


def rules(settings: Settings, detect: Callable[[str], Sequence[Span]], providers: tuple[str, ...]) -> Rules:
    """Return what planning goes by."""
    return Rules(
        detect=detect,
        providers=providers,
        max_share=settings.max_share,
        max_fragments=settings.max_fragments,
        max_chars=settings.max_question_chars,
        strategy=settings.splitting,
        unsplittable=settings.unsplittable,
        code_policy=settings.code_policy,
        house=owned.name_of(settings),
        hidden_share=settings.house_hidden_share,
        keep_hidden=frozenset(filter(None, settings.keep_hidden.split(","))),
    )


def policy(settings: Settings) -> Policy:
    """Return how often, how long and where else fragments are tried."""
    return Policy(
        max_attempts=settings.max_attempts,
        fragment_timeout=settings.question_timeout_seconds,
        question_timeout=settings.question_timeout_seconds,
        hedge=settings.hedge,
        hedge_share=settings.hedge_share,
    )


def planner(settings: Settings, names: tuple[str, ...], *, why: bool = False) -> Callable[[str], dict[str, Any]]:
    """Return a function that plans one text and returns the object of `--plan --json` (`--why`); it calls nobody."""
    providers = tuple(config.name for config in configured(settings if _keys(settings) else _keyed(settings), names))
    planning = rules(settings, detectors(settings).detect, providers)

    def plan(text: str) -> dict[str, Any]:
        """Plan one text."""
        question = Question(key="", request_id="request-plan", text=text)
        secret = secrets.token_hex(16).encode()
        planned = make_plan(question, planning, secret)
        if plannable(drafted(question, planning, secret), planning):
            planned = replace(
                planned, why=f"{planned.why} {planned.house.upper()} would be asked to plan it by meaning."
            )
        return plan_json(planned, why=why)

    return plan


def _keyed(settings: Settings) -> Settings:
    """Return the settings with a key for each provider that plans without one: nobody is called with it."""
    placed = [kind.key_field for kind in PROVIDERS.values() if kind.place is not None]
    return settings.model_copy(update=dict.fromkeys(placed, SecretStr("none")))


def _keys(settings: Settings) -> bool:
    """Tell whether any provider is configured."""
    return bool(settings.compatible) or any(getattr(settings, kind.key_field, None) for kind in kinds().values())


def guarded(settings: Settings, configs: Sequence[ProviderConfig], ledger: Ledger) -> httpx2.AsyncClient:
    """Return the one HTTP client of every provider: what it sends is checked and goes into the ledger."""
    return http_client(
        wires(configs, kinds()),
        ledger,
        forms=words.FORM,
        instructions=(*instructions.FIXED, *words.FIXED),
        max_reply_bytes=settings.max_reply_bytes,
    )


@asynccontextmanager
async def shared(
    settings: Settings,
    configs: tuple[ProviderConfig, ...],
    ledger: Ledger,
    records: Records,
    people: Callable[[], Sequence[str]] = tuple,
    *,
    stream: bool = True,
    around: Callable[[Provider], Provider] = lambda provider: provider,
    key: bytes = b"",
) -> AsyncIterator[Shared]:
    """Open what every question shares; detectors load in the background, SDKs by `warm` or when they are needed.

    With `stream` the SDKs get ready for answers as streams, as Slack shows them; without it for whole ones.
    The engine gets each provider with what `around` puts around it; pseudonyms of a thread are derived from `key`.
    """
    # One thread: loading the detectors stands first in its line, and planning must not hold up the loop.
    thinking = ThreadPoolExecutor(1, thread_name_prefix="tessera-thinking")
    names = tuple(config.name for config in configs)
    async with AsyncExitStack() as stack:
        # Detectors that are still loading must not hold up what is closed after them.
        stack.callback(thinking.shutdown, wait=False)
        detecting = Detecting(thinking, partial(rehearsed, settings, names, people))
        client = guarded(settings, configs, ledger)
        stack.push_async_callback(client.aclose)
        providers = {
            config.name: Late(
                config.name,
                config.model,
                partial(build_warm, config, client, settings.max_reply_bytes, stream=stream),
            )
            for config in configs
        }
        for provider in providers.values():
            stack.push_async_callback(provider.aclose)
        engine = Engine(
            {name: around(provider) for name, provider in providers.items()},
            policy(settings),
            concurrency={config.name: config.concurrency for config in configs},
        )
        child = owned.child(settings, configs)
        if child is not None:
            child.start()
            stack.push_async_callback(child.aclose)
        dispatch = Dispatch(configs, settings.max_output_tokens, settings.instructions or "")
        planning = rules(settings, detecting.detect, names)
        yield Shared(
            engine,
            dispatch,
            records,
            planning,
            thinking,
            (detecting, *providers.values(), *([child] if child else [])),
            house=House(engine, dispatch, planning, owned.patience(settings)) if planning.house else None,
            key=key,
        )


@asynccontextmanager
async def alone(settings: Settings, configs: tuple[ProviderConfig, ...], *, stream: bool) -> AsyncIterator[Shared]:
    """Open all that questions need in a process that does not serve: the database, the records, what they share."""
    engine = ready_database(settings)
    archive = DatabaseArchive(engine)
    archive.start()
    try:
        async with shared(settings, configs, archive, archive, stream=stream) as found:
            await found.warm()
            settle()
            yield found
    finally:
        await archive.close()
        engine.dispose()


def settle() -> None:
    """Take what is loaded by now out of the garbage collector's sight (measured: a third less overhead)."""
    gc.collect()
    # Up to 50 calls at once: 30 to 50 % of what we add was the collector looking through modules that stay.
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
