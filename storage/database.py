"""Connect to SQLite or PostgreSQL, migrate the schema, and open the one kind of write transaction there is."""

from __future__ import annotations

import os
import select
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError, SQLAlchemyError

from storage.schema import ledger_head

if TYPE_CHECKING:
    from alembic.config import Config

BUSY_SECONDS = 10
"""How long a write waits for another one before it is given up."""

_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    # Timings may lose their last commits when the power fails; the journal, on which an acknowledgement rests, runs
    # FULL.
    "PRAGMA synchronous = NORMAL",
    # SQLite heeds them only where each connection asks for it (sqlite.org/foreignkeys.html).
    "PRAGMA foreign_keys = ON",
    # Else what `tessera forget` deleted stays readable in the file's free pages.
    "PRAGMA secure_delete = ON",
)
_IDLE_SECONDS = 20.0
# A process that is stopped inside would hold up the writers of all others; the key is any number that stays the same.
_LOCK = (
    f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'; "
    f"SET LOCAL idle_in_transaction_session_timeout = '{BUSY_SECONDS}s'; "
    "SELECT pg_advisory_xact_lock(7310009)"
)
_USAGE = "Set DATABASE_URL to sqlite:///file, sqlite:////absolute/file or postgresql://user:password@host/database."
_UNREACHABLE = "The database cannot be reached. Check DATABASE_URL and that the server runs."
_NO_TABLES = "The database lacks tables. Run `tessera migrate`."
_READ_ONLY = "The database is read-only for us. Check the rights of the file or of the database user."
_FULL = "The database's disk is full. Make room."
_LOCKED = "The database is locked by another process for too long."
_BROKEN = (
    "The database file is damaged or is not an SQLite file. Restore a backup, or set DATABASE_URL to another file."
)
# Names of five characters are PostgreSQL's (postgresql.org/docs/current/errcodes-appendix.html).
_SENTENCES = {
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "55P03": _LOCKED,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,
    "SQLITE_FULL": _FULL,
    "53100": _FULL,
    "SQLITE_CORRUPT": _BROKEN,
    "SQLITE_NOTADB": _BROKEN,
    "SQLITE_CANTOPEN": "The database file cannot be opened. Check its folder and its rights.",
    "SQLITE_IOERR": "The database's disk reports an error.",
    "42P01": _NO_TABLES,
    "28P01": "The database does not accept the password in DATABASE_URL.",
    "28000": "The database does not accept the user in DATABASE_URL.",
    "3D000": "The database named in DATABASE_URL does not exist.",
}


class DatabaseError(Exception):
    """The database cannot be used as asked; the sentence holds no foreign text and may be shown to people."""

    def __init__(self, message: str) -> None:
        """Keep the sentence."""
        self.message = message
        super().__init__(message)


def explain(error: BaseException) -> DatabaseError:
    """Return what a failure of the driver means, as one sentence without the driver's own words."""
    if isinstance(error, DatabaseError):
        return error
    origin: Any = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(origin, "sqlite_errorname", None) or getattr(origin, "sqlstate", None) or ""
    for known, sentence in _SENTENCES.items():
        if code.startswith(known):
            return DatabaseError(sentence)
    if isinstance(origin, sqlite3.OperationalError) and "no such table" in str(origin):
        return DatabaseError(_NO_TABLES)
    if not code and isinstance(error, DBAPIError):
        return DatabaseError(_UNREACHABLE)
    return DatabaseError("The database did not take a write or a question of ours.")


@contextmanager
def explaining() -> Iterator[None]:
    """Turn whatever the database raises inside into a DatabaseError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise explain(error) from error


def connect(url: str) -> Engine:
    """Return an engine for `DATABASE_URL`; an SQLite file is created with owner-only rights.

    Raises:
        DatabaseError: the URL is not one of ours, or the file cannot be created.
    """
    try:
        # Heroku hands out `postgres://`, a name that SQLAlchemy has not taken since 1.4.
        parsed = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except (ArgumentError, ValueError):
        raise DatabaseError(_USAGE) from None
    if parsed.get_backend_name() == "postgresql":
        return _postgres(parsed)
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"} and parsed.database and parsed.database != ":memory:":
        return _sqlite(Path(parsed.database))
    raise DatabaseError(_USAGE)


def _postgres(url: URL) -> Engine:
    """Return an engine that notices before use when the server has closed its connections."""
    defaults = {"connect_timeout": str(BUSY_SECONDS), "application_name": "tessera"}
    url = url.set(drivername="postgresql+psycopg").update_query_dict({**defaults, **url.query})
    # An error of SQLAlchemy names the statement's values, and errors end in logs.
    engine = create_engine(url, hide_parameters=True)
    notice_hang_ups(engine)
    return engine


def notice_hang_ups(engine: Engine) -> None:
    """Replace the pool's connections when the server has closed the one that is taken, without a query to find out.

    A server that ends says so first, and an idle connection has nothing else to read: one look at the socket is
    enough. What `pool_pre_ping` asks instead costs three round trips a transaction; only a connection that lay idle
    for a while is asked, as something between us and the server may have forgotten it.
    """

    @event.listens_for(engine, "checkout")
    def _look(connection: Any, record: Any, _proxy: object) -> None:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN)
        idle = time.monotonic() - record.info.get("used", 0.0) > _IDLE_SECONDS
        if poll.poll(0) or (idle and not engine.dialect.do_ping(connection)):
            raise InvalidatePoolError

    @event.listens_for(engine, "checkin")
    def _note(_connection: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()


def _sqlite(path: Path) -> Engine:
    """Return an engine in WAL mode whose transactions begin as we say, not as the driver guesses."""
    try:
        # Left to SQLite the file would have whatever rights the umask gives; its `-wal` gets those of the file.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except PermissionError:
        raise DatabaseError(
            "The database file cannot be written. Check the rights of the file and its folder."
        ) from None
    except OSError:
        raise DatabaseError("The database file cannot be created. Check that its folder exists.") from None
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # The driver begins a transaction at the first write only: what was read before it might have changed.
        connect_args={"isolation_level": None, "timeout": BUSY_SECONDS},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        _enter_wal(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _enter_wal(connection: sqlite3.Connection, patience: float = BUSY_SECONDS) -> None:
    """Switch the file to WAL once; SQLite does not wait by itself when two processes do so at the same time."""
    deadline = time.monotonic() + patience
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a write transaction; those of all processes follow one another, so what is read in it cannot change."""
    with engine.connect() as connection:
        # A transaction that reads first and writes then fails at once with SQLITE_BUSY, whatever the timeout.
        connection.execution_options(begin="BEGIN IMMEDIATE")
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(_LOCK)
            yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a read transaction in which everything is seen as of one moment."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Return the dialect's INSERT, the one that knows ON CONFLICT."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows; one whose primary key is there already replaces the other columns."""
    statement = insert(connection, table)
    key = [column.name for column in table.primary_key]
    values = {name: statement.excluded[name] for name in table.columns.keys() if name not in key}  # noqa: SIM118
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values), rows)


def _alembic() -> Config:
    """Return Alembic's configuration; there is no ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def migrate(engine: Engine) -> None:
    """Bring the schema to head in one transaction; processes that start at once wait for each other.

    Raises:
        DatabaseError: the database cannot be reached or does not take the change.
    """
    from alembic import command

    config = _alembic()
    with explaining(), writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def at_head(engine: Engine) -> bool:
    """Tell whether the schema is the one that this code expects.

    Raises:
        DatabaseError: the database cannot be reached.
    """
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    wanted = ScriptDirectory.from_config(_alembic()).get_heads()
    with explaining(), engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(wanted)


def probe(engine: Engine) -> None:
    """Commit a write that changes nothing.

    Raises:
        DatabaseError: the database does not take it; the sentence says why.
    """
    with explaining(), writing(engine) as connection:
        if not connection.execute(update(ledger_head).values(seq=ledger_head.c.seq)).rowcount:
            raise DatabaseError("The ledger's head is missing. Restore a backup.")
