"""The chain of receipts: what breaks it is found, and where."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select, text, update

from storage import database, ledger, reports
from storage.database import DatabaseError
from storage.schema import ledger_head, receipts
from tests.recorded import receipt


def write(engine: Engine, numbers: range) -> None:
    with database.writing(engine) as connection:
        ledger.extend(connection, [ledger.row(receipt(number)) for number in numbers])


@pytest.fixture
def chain(records_engine: Engine) -> Engine:
    write(records_engine, range(1, 11))
    return records_engine


def change(engine: Engine, *statements) -> ledger.Verification:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
    return ledger.verify(engine)


def test_an_empty_ledger_verifies(records_engine):
    assert ledger.verify(records_engine) == ledger.Verification(ok=True, rows=0, head=ledger.ZERO)


def test_a_chain_longer_than_a_chunk_verifies(records_engine):
    write(records_engine, range(1, 1501))
    write(records_engine, range(1501, 2503))
    found = ledger.verify(records_engine)
    assert (found.ok, found.rows, found.first_bad, found.reason) == (True, 2502, None, None)


def test_the_hash_is_that_of_the_documented_form(chain):
    with chain.connect() as connection:
        first, second = connection.execute(select(receipts).order_by(receipts.c.seq).limit(2)).mappings()
    text = (
        '{"attempt":1,"digest":"' + "ab" * 32 + '","fragment":1,"hedged":false,"host":"127.0.0.1",'
        '"masked":"{\\"EMAIL\\":1,\\"PERSON\\":2}","model":"model-1","prev":"' + "0" * 64 + '","provider":"openai",'
        '"request_id":"request-00000001","sent_at":1001.0,"seq":1,"share":0.3333333333333333,"size":512,'
        '"verdicts":"{\\"P1\\":true,\\"P2\\":true}"}'
    )
    assert first["hash"] == hashlib.sha256(text.encode()).hexdigest()
    assert second["prev"] == first["hash"]


def test_a_change_of_any_column_is_found_at_its_row(chain):
    fourth = receipts.c.seq == 4
    for column in [column.name for column in receipts.columns if column.name != "seq"]:
        with chain.connect() as connection:
            old = connection.scalar(select(receipts.c[column]).where(fourth))
        new = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int | float) else "c" + (old or "")[1:]
        found = change(chain, update(receipts).where(fourth).values({column: new}))
        assert (found.ok, found.rows, found.first_bad, found.reason) == (False, 3, 4, "A row was changed."), column
        assert change(chain, update(receipts).where(fourth).values({column: old})).ok, column


def test_a_removed_row_is_found(chain):
    found = change(chain, delete(receipts).where(receipts.c.seq == 6))
    assert (found.ok, found.first_bad, found.reason) == (False, 6, "A row is missing.")


def test_a_cut_tail_is_found(chain):
    found = change(chain, delete(receipts).where(receipts.c.seq > 7))
    assert (found.ok, found.first_bad, found.reason) == (False, 8, "Rows at the end are missing.")


def test_an_emptied_ledger_is_found(chain):
    found = change(chain, delete(receipts))
    assert (found.ok, found.rows, found.first_bad) == (False, 0, 1)


def test_two_rows_that_changed_places_are_found(chain):
    found = change(
        chain,
        *(update(receipts).where(receipts.c.seq == old).values(seq=new) for old, new in ((5, 99), (6, 5), (99, 6))),
    )
    assert (found.ok, found.first_bad) == (False, 5)


def test_a_row_added_after_the_head_is_found(chain):
    with chain.connect() as connection:
        last = dict(connection.execute(select(receipts).where(receipts.c.seq == 10)).mappings().one())
    forged = {**last, "seq": 11, "prev": last["hash"]}
    forged["hash"] = ledger.row_hash(forged)
    found = change(chain, insert(receipts).values(forged))
    assert (found.ok, found.reason) == (False, "A row stands after the ledger's head.")


def test_a_purged_row_that_came_back_is_found(chain):
    with chain.connect() as connection:
        third = connection.execute(select(receipts).where(receipts.c.seq == 3)).one()
    found = change(chain, update(ledger_head).values(anchor_seq=3, anchor_hash=third.hash))
    assert (found.ok, found.reason) == (False, "A row that was purged is there again.")


def test_a_missing_head_is_found_and_nothing_can_be_added(chain):
    found = change(chain, delete(ledger_head))
    assert (found.ok, found.reason) == (False, "The ledger's head is missing.")
    with pytest.raises(DatabaseError, match="head is missing"):
        write(chain, range(11, 12))


def test_a_database_without_tables_is_told(database_url):
    engine = database.connect(database_url)
    with pytest.raises(DatabaseError, match="tessera migrate"):
        ledger.verify(engine)
    engine.dispose()


def test_every_flipped_byte_of_a_stored_row_is_found(migrated_sqlite: Path, tmp_path: Path):
    path = tmp_path / "records.sqlite3"
    path.write_bytes(migrated_sqlite.read_bytes())
    engine = database.connect(f"sqlite:///{path}")
    with database.writing(engine) as connection:
        rows = [ledger.row(receipt(number, host=f"host-{number}.example")) for number in range(1, 6)]
        ledger.extend(connection, rows)
    with engine.connect() as connection:
        hashed = connection.scalar(select(receipts.c.hash).where(receipts.c.seq == 3))
    engine.dispose()
    whole = path.read_bytes()
    end = whole.index(b"host-3.example")
    start = whole.rindex(hashed.encode(), 0, end)
    assert 64 < end - start < 200
    for offset in range(start, end):
        damaged = bytearray(whole)
        damaged[offset] ^= 0x81
        path.write_bytes(damaged)
        found = ledger.verify(engine)
        engine.dispose()
        assert (found.ok, found.first_bad) == (False, 3), offset
    path.write_bytes(whole)
    assert ledger.verify(engine).ok
    engine.dispose()


def test_receipts_come_back_as_they_were_given(chain):
    (row,) = reports.receipts(chain, "request-00000007")
    assert row.receipt == receipt(7)
    assert row.seq == 7
    assert len(row.hash) == len(row.prev) == 64
    assert reports.receipts(chain, "request-unknown") == ()


@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.booleans(), max_size=4),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_the_canonical_form_does_not_depend_on_the_order_of_keys(values, number):
    backwards = dict(reversed(values.items()))
    assert ledger.canonical({**values, "n": number}) == ledger.canonical({"n": number, **backwards} | {"n": number})


def test_a_row_with_bytes_where_text_belongs_comes_out_as_changed(chain):
    if chain.dialect.name != "sqlite":
        pytest.skip("PostgreSQL does not keep bytes in a text")
    found = change(chain, text("UPDATE receipts SET model = x'ff00' WHERE seq = 3"))
    assert (found.ok, found.first_bad) == (False, 3)
