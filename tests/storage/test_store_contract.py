"""What holds for every store: on SQLite and PostgreSQL, with a writer's thread and inline."""

import asyncio

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.addresses import ensure_addresses, find_contacts
from storage.schema import contact
from storage.store import AddressKey, Store, StoreUnavailable, Tx
from tests.clocks import START, SteadyClock
from tests.storage.notebook import all_lines, line, person, read_page, write_line


async def test_what_a_write_resolved_with_is_there_for_every_reader(any_store: Store) -> None:
    assert await any_store.write(lambda tx: write_line(tx, person(1), "a"), contact=person(1)) is True

    assert await any_store.read(all_lines) == ["a"]


async def test_what_was_written_is_there_after_the_store_opens_again(notebook_url: str, clock: SteadyClock) -> None:
    async with Store(notebook_url, clock=clock) as first:
        await first.write(lambda tx: write_line(tx, person(1), "a"), contact=person(1))

    async with Store(notebook_url, clock=clock) as second:
        assert await second.read(lambda tx: read_page(tx, person(1))) == ["a"]


async def test_a_function_that_raises_leaves_nothing_behind(any_store: Store) -> None:
    def write_and_raise(tx: Tx) -> None:
        tx.execute(insert(line), {"text": "half"})
        raise LookupError("the village is unknown")

    with pytest.raises(LookupError, match="the village is unknown"):
        await any_store.write(write_and_raise)

    assert await any_store.read(all_lines) == []


async def test_a_broken_constraint_reaches_its_caller_as_it_is(any_store: Store) -> None:
    await any_store.write(lambda tx: tx.execute(insert(line), {"text": "a"}) and None)

    with pytest.raises(IntegrityError):
        await any_store.write(lambda tx: tx.execute(insert(line), {"text": "a"}) and None)


async def test_a_function_that_ends_the_shared_transaction_is_refused(any_store: Store) -> None:
    def commit_by_itself(tx: Tx) -> None:
        tx.execute(insert(line), {"text": "a"})
        tx.connection.rollback()

    with pytest.raises(RuntimeError, match="ended its batch's transaction"):
        await any_store.write(commit_by_itself)

    assert await any_store.write(lambda tx: write_line(tx, person(1), "b"), contact=person(1)) is True


async def test_a_reader_sees_one_moment(notebook_store: Store) -> None:
    loop = asyncio.get_running_loop()

    def read_twice(tx: Tx) -> tuple[list[str], list[str]]:
        before = all_lines(tx)
        write = notebook_store.write(lambda tx: write_line(tx, person(1), "a"), contact=person(1))
        asyncio.run_coroutine_threadsafe(write, loop).result(timeout=10)
        return before, all_lines(tx)

    assert await notebook_store.read(read_twice) == ([], [])
    assert await notebook_store.read(all_lines) == ["a"]


async def test_a_reader_cannot_write(notebook_store: Store) -> None:
    with pytest.raises((DBAPIError, StoreUnavailable)):
        await notebook_store.read(lambda tx: tx.execute(insert(line), {"text": "a"}) and None)

    assert await notebook_store.read(all_lines) == []


async def test_foreign_keys_are_kept(any_store: Store) -> None:
    orphan = (
        "INSERT INTO address (contact_id, channel, account, kind, value, created_at) VALUES (99, '', '', '', '', 0)"
    )

    with pytest.raises(IntegrityError):
        await any_store.write(lambda tx: tx.execute(text(orphan)) and None)


async def test_a_commit_on_sqlite_waits_for_the_disk(sqlite_url: str, clock: SteadyClock) -> None:
    async with Store(sqlite_url, clock=clock) as store:
        settings = await store.write(
            lambda tx: [tx.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
        )

    assert settings == ["wal", 2]  # 2 is FULL


async def test_a_write_to_a_store_that_is_not_open_is_refused(sqlite_url: str, clock: SteadyClock) -> None:
    store = Store(sqlite_url, clock=clock)
    with pytest.raises(StoreUnavailable):
        await store.write(all_lines)

    async with store:
        pass
    with pytest.raises(StoreUnavailable):
        await store.write(all_lines)
    with pytest.raises(StoreUnavailable):
        await store.read(all_lines)


def test_inline_nothing_needs_an_event_loop(inline_store: Store) -> None:
    made = inline_store.write_now(lambda tx: ensure_addresses(tx, [person(1)], START))

    assert made is None
    assert len(inline_store.read_now(lambda tx: find_contacts(tx, [person(1), person(2)]))) == 1


def test_inline_sqlite_may_live_in_memory(clock: SteadyClock) -> None:
    with Store("sqlite://", clock=clock, inline=True) as store:
        store.write_now(lambda tx: line.create(tx.connection))
        store.write_now(lambda tx: tx.execute(insert(line), {"text": "a"}) and None)

        assert store.read_now(all_lines) == ["a"]


def test_a_database_in_memory_is_refused_where_threads_would_share_it(clock: SteadyClock) -> None:
    with pytest.raises(ValueError, match="inline"):
        Store("sqlite://", clock=clock)


def test_another_kind_of_database_is_refused_by_name(clock: SteadyClock) -> None:
    with pytest.raises(ValueError, match="mysql"):
        Store("mysql://localhost/sambang", clock=clock)


def test_new_addresses_get_one_contact_each_however_often_they_are_named(inline_store: Store) -> None:
    keys = [person(3), person(1), person(3), AddressKey("telegram", "bot", "1", kind="chat")]

    inline_store.write_now(lambda tx: ensure_addresses(tx, keys[:2], START))
    inline_store.write_now(lambda tx: ensure_addresses(tx, keys, START))

    found = inline_store.read_now(lambda tx: find_contacts(tx, keys))
    assert len(set(found.values())) == 3
    assert set(inline_store.read_now(lambda tx: tx.execute(select(contact.c.id)).scalars().all())) == set(
        found.values()
    )
