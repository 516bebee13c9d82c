"""Fixtures with a real PostgreSQL server, started from installed binaries, and with a fresh database for each test."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine

MISSING = (
    "PostgreSQL is not installed (no initdb and postgres on PATH or in /usr/lib/postgresql): its tests did not run."
)
_START_SECONDS = 60


def binaries() -> Path | None:
    """Return the folder of the newest installed server, None when there is none."""
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: float(bin_.parent.name), reverse=True)
    return next((bin_ for bin_ in folders if (bin_ / "postgres").exists() and (bin_ / "initdb").exists()), None)


def unprivileged() -> dict[str, int | list[int]]:
    """Return the arguments that make a child process of root run as somebody else, as the server insists."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = names.get("postgres") or names["nobody"]
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


def free_port() -> int:
    """Return a port on which nobody listens just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def server(folder: Path, data: Path) -> Iterator[str]:
    """Run a server in an empty folder, reachable on loopback only, and yield the URL of its first database."""
    somebody = unprivileged()
    environment = {"PATH": os.defpath, "LC_ALL": "C"}
    if somebody:
        os.chown(data, somebody["user"], somebody["group"])
    init = [folder / "initdb", "-D", data, "-U", "tessera", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(init, check=True, capture_output=True, cwd=data, env=environment, **somebody)
    port = free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "fsync": "off",
        "full_page_writes": "off",
        "max_connections": 100,
    }
    command = [
        folder / "postgres",
        "-D",
        data,
        *(part for pair in settings.items() for part in ("-c", "{}={}".format(*pair))),
    ]
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=data, env=environment, **somebody)
    try:
        url = f"postgresql://tessera@127.0.0.1:{port}/postgres"
        wait_until_ready(process, url, data / "server.log")
        yield url
    finally:
        stop(process)


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return when the server takes a connection; fail with its log when it ends or takes too long."""
    import psycopg

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        else:
            return


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server, disconnecting whoever is left."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(20)


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """Create an empty database on a server, yield its URL, and drop it."""
    import psycopg

    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield server_url.rpartition("/")[0] + f"/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """URL of a real PostgreSQL server; skips without one, or fails where TESSERA_TEST_REQUIRE_POSTGRES=1."""
    folder = binaries()
    if folder is None:
        if os.environ.get("TESSERA_TEST_REQUIRE_POSTGRES") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with (
        tempfile.TemporaryDirectory(prefix="tessera-postgres-", ignore_cleanup_errors=True) as data,
        server(folder, Path(data)) as url,
    ):
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """URL of an empty PostgreSQL database."""
    with fresh_database(postgres_url) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """URL of an empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('tmp_path')}/records.sqlite3"
    else:
        yield request.getfixturevalue("postgres_database")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of an SQLite file with our tables, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "records.sqlite3"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> Iterator[str]:
    """URL of a PostgreSQL database with our tables, to be emptied before each use."""
    with fresh_database(postgres_url) as url:
        migrated(url)
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def records_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a migrated, empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_sqlite'), tmp_path / 'records.sqlite3')}"
    else:
        url = request.getfixturevalue("migrated_postgres")
        emptied(url)
        yield url


@pytest.fixture
def records_engine(records_url: str) -> Iterator[Engine]:
    """Engine of a migrated database, once on SQLite and once on PostgreSQL."""
    from storage import database

    engine = database.connect(records_url)
    yield engine
    engine.dispose()


def emptied(url: str) -> None:
    """Bring a migrated database back to what it was just after the migration."""
    from sqlalchemy import insert

    from storage import database
    from storage.ledger import ZERO
    from storage.schema import ledger_head, metadata

    engine = database.connect(url)
    with database.writing(engine) as connection:
        connection.exec_driver_sql(f"TRUNCATE {', '.join(table.name for table in metadata.sorted_tables)}")
        connection.execute(insert(ledger_head).values(id=1, seq=0, hash=ZERO, anchor_seq=0, anchor_hash=ZERO))
    engine.dispose()


def migrated(url: str) -> None:
    """Create our tables."""
    from storage import database

    engine = database.connect(url)
    database.migrate(engine)
    engine.dispose()
