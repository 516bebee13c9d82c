"""The records when processes race, die, or find the database full, locked or gone."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select

from storage import database, ledger
from storage.database import DatabaseError
from storage.recorder import Recorder
from storage.schema import ledger_head, receipts
from tests.recorded import asked, receipt

ROOT = Path(__file__).parents[2]

MIGRATE = """
import sys
from storage import database
engine = database.connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
database.migrate(engine)
print(database.at_head(engine), flush=True)
"""

APPEND = """
import asyncio, sys
from storage import database
from storage.recorder import Recorder
from tests.recorded import receipt
async def main():
    recorder = Recorder(database.connect(sys.argv[1]))
    recorder.start()
    print("ready", flush=True)
    sys.stdin.readline()
    first = int(sys.argv[2])
    for number in range(first, first + 200, 20):
        await asyncio.gather(*(recorder.append(receipt(number + place)) for place in range(20)))
    await recorder.close()
asyncio.run(main())
"""

TAKE = """
import asyncio, sys
from storage import database
from storage.recorder import Recorder
async def main():
    recorder = Recorder(database.connect(sys.argv[1]))
    recorder.start()
    print("ready", flush=True)
    sys.stdin.readline()
    async def take(number):
        user = f"U{number % 3}"
        return await recorder.take_quota("T1", user, per_user=70, per_team=150, window_seconds=3600, now=7200.0)
    granted = []
    for first in range(0, 500, 20):
        granted += await asyncio.gather(*(take(number) for number in range(first, first + 20)))
    await recorder.close()
    print(sum(granted), flush=True)
asyncio.run(main())
"""

ACKNOWLEDGE = """
import asyncio, sys
from storage import database
from storage.recorder import Recorder
from tests.recorded import asked, receipt
async def main():
    recorder = Recorder(database.connect(sys.argv[1]))
    recorder.start()
    async def write(number):
        await recorder.append(receipt(number))
        await recorder.record(*asked(number))
        print(number, flush=True)
    for first in range(0, 1_000_000, 7):
        await asyncio.gather(*(write(first + place) for place in range(7)))
asyncio.run(main())
"""


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python process that runs a script."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def race(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Let processes that wait at the same line go at once, and return what each printed last."""
    for process in processes:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), printed
    return [out.strip() for out, _err in printed]


def rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(receipts))


def test_processes_that_migrate_at_once_wait_for_each_other(database_url):
    assert race([start(MIGRATE, database_url) for _process in range(2)]) == ["True"] * 2
    engine = database.connect(database_url)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ledger_head)) == 1
    engine.dispose()


def test_processes_that_append_at_once_share_one_chain(records_url, records_engine):
    race([start(APPEND, records_url, str(first)) for first in (0, 200)])
    found = ledger.verify(records_engine)
    assert (found.ok, found.rows, found.reason) == (True, 400, None)
    with records_engine.connect() as connection:
        written = connection.scalars(select(receipts.c.request_id)).all()
    assert sorted(written) == [f"request-{number:08d}" for number in range(400)]


def test_a_thousand_takes_of_two_processes_grant_exactly_the_quota(records_url):
    granted = race([start(TAKE, records_url) for _process in range(2)])
    assert sum(map(int, granted)) == 150


@pytest.mark.parametrize("acknowledged", [1, 100])
def test_kill_9_loses_no_acknowledged_row(records_url, records_engine, acknowledged):
    process = start(ACKNOWLEDGE, records_url)
    told = [int(process.stdout.readline()) for _line in range(acknowledged)]
    os.kill(process.pid, signal.SIGKILL)
    told += [int(line) for line in process.stdout if line.endswith("\n")]  # communicate() would lose what is buffered
    process.communicate(timeout=60)
    with records_engine.connect() as connection:
        for table in ("receipts", "queries"):
            kept = set(connection.exec_driver_sql(f"SELECT request_id FROM {table}").scalars())
            assert {f"request-{number:08d}" for number in told} <= kept
        whole = "SELECT count(*) FROM queries q WHERE 3 <> (SELECT count(*) FROM attempts a WHERE {})"
        assert connection.exec_driver_sql(whole.format("a.request_id = q.request_id")).scalar() == 0
    assert ledger.verify(records_engine).ok

    async def go_on() -> None:
        recorder = Recorder(records_engine)
        recorder.start()
        await recorder.append(receipt(9_999_999))
        await recorder.close()

    asyncio.run(go_on())
    assert ledger.verify(records_engine).ok


@pytest.fixture
def sqlite_engine(migrated_sqlite: Path, tmp_path: Path):
    path = tmp_path / "records.sqlite3"
    path.write_bytes(migrated_sqlite.read_bytes())
    engine = database.connect(f"sqlite:///{path}")
    yield engine
    engine.dispose()


async def test_a_full_disk_is_told_and_the_writer_lives_on(sqlite_engine):
    limit = ["PRAGMA max_page_count = 60"]
    event.listen(sqlite_engine, "connect", lambda connection, _record: connection.execute(limit[0]))
    recorder = Recorder(sqlite_engine)
    recorder.start()

    async def fill() -> None:
        for number in range(0, 10_000, 100):
            await asyncio.gather(*(recorder.append(receipt(number + place)) for place in range(100)))

    with pytest.raises(DatabaseError, match="disk is full"):
        await fill()
    assert ledger.verify(sqlite_engine).ok
    limit[0] = "PRAGMA max_page_count = 100000"
    sqlite_engine.dispose()
    await recorder.append(receipt(1))
    await recorder.close()
    assert ledger.verify(sqlite_engine).ok


async def test_a_locked_database_is_told_and_the_writer_lives_on(sqlite_engine):
    holder = database.connect(str(sqlite_engine.url))
    event.listen(sqlite_engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout = 20"))
    recorder = Recorder(sqlite_engine)
    recorder.start()
    with database.writing(holder):
        with pytest.raises(DatabaseError, match="locked"):
            await recorder.append(receipt(1))
        with pytest.raises(DatabaseError, match="locked"):
            database.probe(sqlite_engine)
        assert ledger.verify(sqlite_engine).rows == 0, "readers do not wait"
    await recorder.append(receipt(1))
    await recorder.close()
    holder.dispose()


async def test_a_lost_postgres_connection_fails_what_was_under_way_and_nothing_after(postgres_database):
    engine = database.connect(postgres_database)
    admin = database.connect(postgres_database)
    database.migrate(engine)
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %(name)s"
    waits = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    recorder = Recorder(engine)
    recorder.start()
    await recorder.append(receipt(1))
    with admin.connect() as watcher:
        watcher.execution_options(isolation_level="AUTOCOMMIT")
        with database.writing(admin):
            under_way = asyncio.ensure_future(recorder.append(receipt(2)))
            while (pid := watcher.exec_driver_sql(waits).scalar()) is None:  # noqa: ASYNC110 - no event to wait for
                await asyncio.sleep(0.01)
            watcher.exec_driver_sql("SELECT pg_terminate_backend(%(pid)s)", {"pid": pid})
            with pytest.raises(DatabaseError):
                await under_way
        watcher.exec_driver_sql(end, {"name": engine.url.database})
    await recorder.append(receipt(3))
    assert await recorder.record(*asked(1)) is True
    await recorder.close()
    assert ledger.verify(engine).rows == 2
    engine.dispose()
    admin.dispose()
