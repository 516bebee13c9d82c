"""Connecting, migrating, probing, and what is said when that fails."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, delete, insert, inspect, select
from sqlalchemy.exc import OperationalError

from storage import database
from storage.database import DatabaseError
from storage.schema import ledger_head, metadata, queries, stops
from tests.patience import HANG_SECONDS
from tests.postgres import free_port


@pytest.fixture
def empty(database_url: str):
    engine = database.connect(database_url)
    yield engine
    engine.dispose()


def test_migrations_from_empty_give_the_schema_of_the_code(empty: Engine):
    assert not database.at_head(empty)
    database.migrate(empty)
    assert database.at_head(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert connection.execute(select(ledger_head.c.seq, ledger_head.c.anchor_seq)).one() == (0, 0)


def test_migrating_again_changes_nothing(empty: Engine):
    database.migrate(empty)
    with empty.begin() as connection:
        connection.execute(ledger_head.update().values(seq=7))
    database.migrate(empty)
    with empty.connect() as connection:
        assert connection.scalar(select(ledger_head.c.seq)) == 7


def test_migrations_go_down_to_nothing_and_up_again(empty: Engine):
    database.migrate(empty)
    config = database._alembic()
    with database.writing(empty) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]
    database.migrate(empty)
    assert database.at_head(empty)


def test_a_failed_migration_leaves_nothing_behind(empty: Engine):
    with empty.begin() as connection:
        queries.create(connection)
    with pytest.raises(DatabaseError):
        database.migrate(empty)
    assert inspect(empty).get_table_names() == ["queries"]


def test_probe_takes_a_write_and_says_why_not(empty: Engine):
    with pytest.raises(DatabaseError, match="tessera migrate"):
        database.probe(empty)
    database.migrate(empty)
    database.probe(empty)
    with empty.begin() as connection:
        connection.execute(delete(ledger_head))
    with pytest.raises(DatabaseError, match="head is missing"):
        database.probe(empty)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://localhost/x",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://h:notaport/x",
        "sqlite+aiosqlite:///x",
    ],
)
def test_a_url_of_another_kind_is_refused_without_being_repeated(url: str):
    with pytest.raises(DatabaseError) as caught:
        database.connect(url)
    assert "DATABASE_URL" in caught.value.message
    assert "notaport" not in caught.value.message


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgres_urls_of_every_spelling_use_psycopg(scheme: str):
    engine = database.connect(f"{scheme}://u:p%40ss@host:5433/name?sslmode=require")
    assert engine.url.drivername == "postgresql+psycopg"
    assert (engine.url.password, engine.url.port, engine.url.database) == ("p@ss", 5433, "name")
    assert engine.url.query["sslmode"] == "require"
    assert "p@ss" not in repr(engine)


def test_a_relative_sqlite_file_lies_in_the_working_folder_for_its_owner_only(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    engine = database.connect("sqlite:///records.sqlite3")
    database.migrate(engine)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["records.sqlite3", "records.sqlite3-shm", "records.sqlite3-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    engine.dispose()


def test_sqlite_runs_with_the_settings_that_the_records_need(tmp_path: Path):
    engine = database.connect(f"sqlite:///{tmp_path}/records.sqlite3")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    engine.dispose()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10_000,
    }


def test_a_missing_folder_and_a_folder_in_place_of_the_file_are_told(tmp_path: Path):
    for path in (tmp_path / "missing" / "records.sqlite3", tmp_path):
        with pytest.raises(DatabaseError, match="folder"):
            database.connect(f"sqlite:///{path}")


def test_a_file_without_rights_is_told(tmp_path: Path, monkeypatch):
    def refuse(*_args):
        raise PermissionError

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(DatabaseError, match="rights"):
        database.connect(f"sqlite:///{tmp_path}/records.sqlite3")


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("these are notes, not a database\n" * 40)
    engine = database.connect(f"sqlite:///{path}")
    for use in (database.migrate, database.at_head, database.probe):
        with pytest.raises(DatabaseError, match="not an SQLite file"):
            use(engine)
    assert path.read_text().startswith("these are notes")


def test_a_postgres_that_does_not_answer_is_told():
    engine = database.connect(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
    with pytest.raises(DatabaseError, match="cannot be reached"):
        database.probe(engine)


def test_a_postgres_database_that_does_not_exist_is_told(postgres_url: str):
    engine = database.connect(postgres_url.rpartition("/")[0] + "/no_such_database")
    with pytest.raises(DatabaseError, match=r"cannot be reached|does not exist"):
        database.at_head(engine)
    engine.dispose()


def test_a_read_only_postgres_user_is_told(postgres_database: str):
    engine = database.connect(postgres_database)
    database.migrate(engine)
    engine.dispose()
    reader = database.connect(postgres_database + "?options=-cdefault_transaction_read_only%3Don")
    with pytest.raises(DatabaseError, match="read-only"):
        database.probe(reader)
    reader.dispose()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SQLITE_FULL", "disk is full"),
        ("SQLITE_READONLY_DBMOVED", "read-only"),
        ("SQLITE_BUSY_SNAPSHOT", "locked"),
        ("SQLITE_IOERR_FSYNC", "reports an error"),
        ("SQLITE_MISUSE", "did not take"),
    ],
)
def test_sqlite_failures_become_sentences_without_the_drivers_words(code: str, words: str):
    origin = sqlite3.OperationalError("secret detail")
    origin.sqlite_errorname = code
    told = database.explain(OperationalError("INSERT secret", {}, origin))
    assert words in told.message
    assert "secret" not in str(told)


def test_an_explained_error_stays_as_it_is():
    error = DatabaseError("A sentence.")
    assert database.explain(error) is error
    assert "did not take" in database.explain(RuntimeError("secret")).message


class Refusing:
    """A connection that refuses so many times, then is in WAL mode."""

    def __init__(self, code: str, times: int) -> None:
        self.error = sqlite3.OperationalError()
        self.error.sqlite_errorname = code
        self.times = times

    def execute(self, _sql: str):
        """Refuse, or answer."""
        if self.times:
            self.times -= 1
            raise self.error
        return self

    def fetchone(self) -> tuple[str]:
        """Return the journal mode."""
        return ("wal",)


def test_wal_mode_is_waited_for_while_another_process_switches_to_it():
    busy = Refusing("SQLITE_BUSY", 3)
    database._enter_wal(busy)
    assert busy.times == 0


@pytest.mark.parametrize(("code", "patience"), [("SQLITE_BUSY", -1), ("SQLITE_IOERR", 10)])
def test_waiting_for_wal_mode_ends_and_other_failures_are_not_waited_for(code: str, patience: float):
    with pytest.raises(sqlite3.OperationalError):
        database._enter_wal(Refusing(code, 3), patience=patience)


def test_what_is_read_in_a_write_transaction_cannot_change_before_it_ends(records_engine: Engine):
    """Begun as a reader, the first of two would fail at its write: what it has read is old by then."""
    begun, second = threading.Event(), threading.Event()

    def other() -> None:
        begun.wait(HANG_SECONDS)
        with database.writing(records_engine) as connection:
            connection.execute(insert(stops).values(request_id="request-2", team="T", user="U", left_at=0.0))
        second.set()

    thread = threading.Thread(target=other)
    thread.start()
    with database.writing(records_engine) as connection:
        assert connection.execute(select(stops)).all() == []
        begun.set()
        assert not second.wait(0.3)
        connection.execute(insert(stops).values(request_id="request-1", team="T", user="U", left_at=0.0))
    thread.join(HANG_SECONDS)
    assert second.is_set()
