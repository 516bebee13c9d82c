"""The commands about what is stored: statistics, receipts, purge, forget."""

# ruff: noqa: T201 - printing is what these commands are for
from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.archive import explained
from bot.durable.deletion import deletion
from bot.errors import ConfigurationError, Rejected
from bot.logs import TERMINAL
from bot.model.records import Receipt
from bot.providers import looks
from bot.runtime import ready_database
from bot.settings import Settings
from storage import dbos_tables, ledger, plots, reports, retention

DAY = 86_400.0
# Rich takes 80 columns where there is no terminal, and wraps the figures.
PIPE_WIDTH = 100
"""Columns of a table that does not go to a terminal."""


@contextmanager
def _database(settings: Settings) -> Iterator[Any]:
    engine = ready_database(settings)
    try:
        with explained():
            yield engine
    finally:
        engine.dispose()


def stats(settings: Settings, plot: Path | None, *, as_json: bool) -> int:
    """Print what was recorded, and draw it when asked."""
    with _database(settings) as engine:
        found = reports.stats(engine)
        if plot is not None:
            try:
                plots.plot(engine, plot, looks())
            except plots.PlotError as error:
                raise ConfigurationError(str(error)) from error
    if as_json:
        print(json.dumps(reports.stats_json(found)))
    else:
        _print_stats(found)
    return 0


def _print_stats(found: reports.Stats) -> None:
    from rich.console import Console
    from rich.table import Table

    if not found.questions.questions:
        print("Nothing was asked yet. Try `tessera ask` or `tessera demo`.")
        return
    console = Console()
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    table = Table(title="Calls, by provider")
    for name in ("provider", "calls", "errors", "p50 s", "p95 s", "first text s", "tokens in", "tokens out"):
        table.add_column(name, justify="left" if name == "provider" else "right", no_wrap=name == "provider")
    for name, calls in (*found.providers.items(), ("all", found.overall)):
        table.add_row(
            name.upper() if name != "all" else name,
            str(calls.calls),
            f"{calls.error_rate:.1%}",
            *(_seconds(s) for s in (calls.p50_seconds, calls.p95_seconds, calls.p50_first_text_seconds)),
            str(calls.input_tokens),
            str(calls.output_tokens),
        )
    console.print(table)
    for mode, questions in found.modes.items():
        print(_mode_line(mode, questions))
    if found.truncated:
        print(f"Of the newest {found.limit:,} only.")


def _mode_line(mode: str, found: reports.QuestionStats) -> str:
    """Return what is to be said of the questions of one mode; sequential ones have no speed-up."""
    asked = f"{found.questions} {'question' if found.questions == 1 else 'questions'}"
    line = (
        f"{mode}: {asked}, {found.answered_whole} answered whole, "
        f"wall p50 {_seconds(found.p50_wall_seconds)} s, p95 {_seconds(found.p95_wall_seconds)} s"
    )
    if mode == "sequential" or found.speedup is None:
        return line
    return f"{line}, {found.speedup:.2f}x as fast as one after another (median {found.median_speedup or 0:.2f}x)"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def show_receipts(settings: Settings, request_id: str, *, as_json: bool) -> int:
    """Print what each provider was given for one question: sizes and shares, no text."""
    with _database(settings) as engine:
        rows = reports.receipts(engine, request_id)
    if not rows:
        TERMINAL.error("No receipt of that id is known. `tessera ask --json` and the logs name it: request-...")
        return 1
    if as_json:
        print(json.dumps([asdict(row) for row in rows]))
        return 0
    for row in rows:
        receipt = row.receipt
        hidden = ", ".join(f"{count} {kind}" for kind, count in receipt.masked.items()) or "nothing"
        print(
            f"#{row.seq} {_part(receipt)} -> {receipt.provider.upper()} ({receipt.model}), "
            f"attempt {receipt.attempt}{' (hedge)' if receipt.hedged else ''}, {receipt.size} bytes to {receipt.host}, "
            f"share so far {receipt.share:.0%}, hidden in the message: {hidden}"
        )
    return 0


def _part(receipt: Receipt) -> str:
    """Return what a receipt is about; the house model plans and composes with the whole message."""
    part = f"part {receipt.fragment}" if receipt.fragment else "whole message, to plan or compose"
    return f"{part}, in the house" if receipt.verdicts.get("house") else part


def verify_receipts(settings: Settings) -> int:
    """Recompute the chain; return 1 when it does not hold."""
    with _database(settings) as engine:
        found = ledger.verify(engine)
    if found.ok:
        print(f"The chain of {found.rows} receipts holds. Head: {found.head}")
        return 0
    where = "" if found.first_bad is None else f" at receipt #{found.first_bad}"
    TERMINAL.error("The chain is broken%s: %s", where, found.reason)
    return 1


def purge(settings: Settings, days: float) -> int:
    """Delete records older than so many days, and finished questions from the journal."""
    now = time.time()
    with _database(settings) as engine:
        counts = retention.purge(engine, now - days * DAY)
        gone = _journal(engine, lambda keep: keep.purge(now))
    print(
        f"Deleted {_count(counts.get('queries', 0), 'record')} and {_count(gone, 'finished question')} of the journal."
    )
    return 0


def forget(settings: Settings, user: str) -> int:
    """Delete everything of one person, in one workspace (`TEAM:USER`) or in all."""
    team, _, person = user.strip().rpartition(":")
    if not person:
        raise Rejected("Give the person's Slack user id, U..., or TEAM:USER in more than one workspace.")
    with _database(settings) as engine:
        teams = [team] if team else reports.teams_of(engine, person)
        questions = sum(retention.forget(engine, name, person).get("queries", 0) for name in teams)
        gone = sum(_journal(engine, lambda keep, asker=f"{name}:{person}": keep.forget(asker)) for name in teams)
    print(
        f"Took the person's id off {_count(questions, 'record')} and deleted {_count(gone, 'question')} of the journal."
    )
    return 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _journal(engine: Any, work: Any) -> int:
    if not dbos_tables.exists(engine):
        return 0
    own = dbos_tables.journal_engine(engine)
    try:
        with deletion(own) as keep:
            gone: int = work(keep)
        dbos_tables.truncate_wal(own)
    finally:
        own.dispose()
    return gone
