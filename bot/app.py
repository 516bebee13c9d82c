"""What the commands stand on: the database made ready, a planner that calls nobody, one question without Slack."""

from __future__ import annotations

import base64
import gc
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from pydantic import SecretStr

from bot import pipeline
from bot.errors import ConfigurationError
from bot.model import Answer, Question
from bot.ports import Reporter
from bot.providers import PROVIDERS, configured, kinds
from bot.records import Records, explained
from bot.settings import Settings
from bot.stages import QuestionStages
from bot.workshop import detectors, rules, workshop
from storage import database


def new_request_id() -> str:
    """Return a fresh request id: `request-` and 13 random characters."""
    return "request-" + base64.b32encode(secrets.token_bytes(8)).decode().rstrip("=").lower()


def planner(settings: Settings, names: tuple[str, ...], *, why: bool = False) -> Callable[[str], dict[str, Any]]:
    """Return a function that plans one text and returns the object of `--plan --json` (`--why`); it calls nobody."""
    providers = tuple(config.name for config in configured(settings if _keys(settings) else _keyed(settings), names))
    planning = rules(settings, detectors(settings).detect, providers)

    def plan(text: str) -> dict[str, Any]:
        """Plan one text."""
        question = Question(key="", request_id=new_request_id(), text=text)
        return pipeline.plan_json(pipeline.make_plan(question, planning, secrets.token_hex(16).encode()), why=why)

    return plan


def _keyed(settings: Settings) -> Settings:
    """Return the settings with a key for each provider that plans without one: nobody is called with it."""
    placed = [kind.key_field for kind in PROVIDERS.values() if kind.place is not None]
    return settings.model_copy(update=dict.fromkeys(placed, SecretStr("none")))


def _keys(settings: Settings) -> bool:
    """Tell whether any provider is configured."""
    return bool(settings.compatible) or any(getattr(settings, kind.key_field, None) for kind in kinds().values())


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
            if engine.dialect.name == "sqlite":
                database.migrate(engine)
            elif not database.at_head(engine):
                raise ConfigurationError("The database's schema is not current. Run `tessera migrate` first.")
        stack.pop_all()
    return engine


async def ask(settings: Settings, question: Question, reporter: Reporter) -> Answer | None:
    """Answer one question without Slack; None when it had to be given up, which the reporter was told."""
    configs = configured(settings, question.providers)
    engine = ready_database(settings)
    records = Records(engine)
    records.start()
    try:
        async with workshop(settings, configs, records, records, stream=False) as shop:
            await shop.warm()
            settle()
            stages = QuestionStages(shop, reporter, stream=False)
            try:
                return await pipeline.answer(question, stages)
            finally:
                await stages.aclose()
    finally:
        await records.close()
        engine.dispose()


def settle() -> None:
    """Take what is loaded by now out of the garbage collector's sight (measured: a third less overhead)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
