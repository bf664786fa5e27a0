"""A store that cannot commit says so, loses nothing that it acknowledged, and goes on once it can."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from storage.engines import sqlite
from storage.store import Store, StoreUnavailable, Tx
from tests.clocks import SteadyClock
from tests.postgres_server import PostgresServer
from tests.storage.conftest import add_notebook
from tests.storage.notebook import all_lines, line, person, write_line


@pytest.fixture
async def on_sqlite(sqlite_url: str, clock: SteadyClock) -> AsyncIterator[Store]:
    add_notebook(sqlite_url)
    async with Store(sqlite_url, clock=clock) as store:
        await store.write(note("first"))
        yield store


@pytest.fixture
async def on_postgres(postgres_url: str, clock: SteadyClock) -> AsyncIterator[Store]:
    add_notebook(postgres_url)
    async with Store(postgres_url, clock=clock) as store:
        await store.write(note("first"))
        yield store


def note(words: str) -> Callable[[Tx], None]:
    def fn(tx: Tx) -> None:
        tx.execute(insert(line), {"text": words})

    return fn


def set_most_pages(count: int) -> Callable[[Tx], int]:
    return lambda tx: int(tx.execute(text(f"PRAGMA max_page_count = {count}")).scalar_one())


async def test_a_full_database_refuses_and_takes_again_once_there_is_room(on_sqlite: Store) -> None:
    pages = await on_sqlite.write(set_most_pages(1))  # SQLite answers with what it holds: not one page more

    with pytest.raises(StoreUnavailable):
        await on_sqlite.write(note("x" * 100_000))
    assert await on_sqlite.read(all_lines) == ["first"]

    await on_sqlite.write(set_most_pages(pages + 1000))
    await on_sqlite.write(note("second"))
    assert await on_sqlite.read(all_lines) == ["first", "second"]


async def test_what_does_not_fit_does_no_harm_to_what_does(on_sqlite: Store) -> None:
    await on_sqlite.write(set_most_pages(1))

    results = await asyncio.gather(
        on_sqlite.write(note("a")),
        on_sqlite.write(note("x" * 100_000)),
        on_sqlite.write(note("b")),
        return_exceptions=True,
    )

    assert [type(result) for result in results] == [type(None), StoreUnavailable, type(None)]
    assert await on_sqlite.read(all_lines) == ["a", "b", "first"]


async def test_a_disk_that_takes_no_more_is_refused_and_survived(on_sqlite: Store, sqlite_url: str) -> None:
    with files_no_longer_than(size_of_log(sqlite_url) + 50_000):
        with pytest.raises(StoreUnavailable):
            await on_sqlite.write(note("x" * 1_000_000))
        await on_sqlite.write(note("small"))

    await on_sqlite.write(note("second"))
    assert await on_sqlite.read(all_lines) == ["first", "second", "small"]
    assert await on_sqlite.read(lambda tx: tx.execute(text("PRAGMA integrity_check")).scalar()) == "ok"


def size_of_log(url: str) -> int:
    return Path(url.removeprefix("sqlite:///") + "-wal").stat().st_size


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """What a full disk is to a process, without filling one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_connection_that_may_only_read_is_replaced(on_sqlite: Store) -> None:
    def lose_the_right_to_write(tx: Tx) -> None:
        tx.execute(text("PRAGMA query_only = ON"))
        tx.execute(insert(line), {"text": "refused"})

    with pytest.raises(StoreUnavailable):
        await on_sqlite.write(lose_the_right_to_write)

    await on_sqlite.write(note("second"))
    assert await on_sqlite.read(all_lines) == ["first", "second"]


async def test_a_database_that_another_program_locked_is_refused_within_five_seconds(
    sqlite_url: str, clock: SteadyClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 200)
    add_notebook(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    async with Store(sqlite_url, clock=clock) as store:
        await store.write(note("first"))
        other.execute("BEGIN EXCLUSIVE")
        refused = await asyncio.gather(*(store.write(note(f"{i}")) for i in range(20)), return_exceptions=True)
        other.execute("ROLLBACK")
        other.close()

        assert {type(one) for one in refused} == {StoreUnavailable}
        await store.write(note("second"))
        assert await store.read(all_lines) == ["first", "second"]


def test_sqlite_gives_up_waiting_before_the_doors_do() -> None:
    assert sqlite.BUSY_MILLISECONDS < 5000


async def test_a_server_that_restarts_breaks_no_write(on_postgres: Store, postgres: PostgresServer) -> None:
    """The answer to a COMMIT may be lost with the line: the repeat finds its key, so nothing is doubled either."""
    numbers = iter(range(100_000))
    acknowledged: list[int] = []
    over, more = asyncio.Event(), asyncio.Semaphore(0)

    async def write_on(who: int) -> None:
        while not over.is_set():
            number = next(numbers)
            await on_postgres.write(lambda tx: write_line(tx, person(who), f"{number}"), contact=person(who))  # noqa: B023 - awaited within its round
            acknowledged.append(number)
            more.release()

    async def progress(count: int) -> None:
        for _ in range(count):
            await more.acquire()

    writers = [asyncio.create_task(write_on(who)) for who in range(16)]
    await progress(50)
    for how in ("fast", "immediate"):
        await asyncio.to_thread(postgres.restart, how)
        await progress(50)
    over.set()
    await asyncio.gather(*writers)

    written = await on_postgres.read(all_lines)
    assert sorted(int(one) for one in written if one != "first") == sorted(acknowledged)


async def test_a_server_that_stays_away_is_refused_in_time(
    on_postgres: Store, postgres: PostgresServer, clock: SteadyClock
) -> None:
    await asyncio.to_thread(postgres.control, "stop", "-m", "fast")
    try:
        before = clock.monotonic()
        with pytest.raises(StoreUnavailable):
            await on_postgres.write(note("refused"))
        assert clock.monotonic() - before < 8
        with pytest.raises(StoreUnavailable):
            await on_postgres.read(all_lines)
    finally:
        await asyncio.to_thread(postgres.restart)

    await on_postgres.write(note("second"))
    assert await on_postgres.read(all_lines) == ["first", "second"]


async def test_a_deadlock_with_another_transaction_is_run_again(on_postgres: Store, postgres_url: str) -> None:
    """Two functions that lock the same two rows in opposite order; PostgreSQL ends one of them, and it runs again."""
    await on_postgres.write(note("second"))
    meeting = asyncio.Barrier(2)
    loop = asyncio.get_running_loop()
    runs: list[str] = []

    def lock(name: str, *rows: str) -> Callable[[Tx], None]:
        def fn(tx: Tx) -> None:
            runs.append(name)
            for place, row in enumerate(rows):
                tx.execute(select(line).where(line.c.text == row).with_for_update())
                if place == 0 and runs.count(name) == 1:
                    asyncio.run_coroutine_threadsafe(meet(), loop).result(30)

        return fn

    async def meet() -> None:
        await meeting.wait()

    async with Store(postgres_url, clock=SteadyClock()) as other:
        await asyncio.gather(
            on_postgres.write(lock("here", "first", "second")), other.write(lock("there", "second", "first"))
        )

    assert sorted(set(runs)) == ["here", "there"]
    assert len(runs) == 3
