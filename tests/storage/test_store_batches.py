"""Group commit: functions share a transaction and yet do not harm one another."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert
from sqlalchemy.exc import IntegrityError

from storage.migrate import migrate
from storage.store import Store, StoreBusy, Tx
from tests.clocks import SteadyClock
from tests.storage.conftest import add_notebook
from tests.storage.notebook import all_lines, line, page, person, read_page, remark, write_line


@asynccontextmanager
async def writer_busy(store: Store) -> AsyncIterator[None]:
    """Whatever is written inside the block waits until the block is left."""
    entered, leave = threading.Event(), threading.Event()

    def hold(tx: Tx) -> None:
        entered.set()
        leave.wait(30)

    holding = asyncio.create_task(store.write(hold))
    await asyncio.to_thread(entered.wait, 30)
    yield
    leave.set()
    await holding


async def together(store: Store, *writes: Awaitable[Any]) -> list[Any]:
    """The results, or errors, of writes that all wait for the same batch."""
    async with writer_busy(store):
        waiting = asyncio.gather(*writes, return_exceptions=True)
        await asyncio.sleep(0)
    return list(await waiting)


def fail(tx: Tx) -> None:
    tx.execute(insert(line), {"text": "half"})
    raise LookupError


def count_commits(store: Store) -> Callable[[], int]:
    commits: list[object] = []
    event.listen(store._engine._writers, "commit", commits.append)
    return lambda: len(commits)


async def test_what_waits_is_committed_together(notebook_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engines.base.Engine.longest_batch", 10.0)
    monkeypatch.setattr(
        "storage.engines.postgres.Postgres.longest_batch", 10.0
    )  # a busy machine needs more than 20 ms for 64 functions
    await notebook_store.write(lambda tx: None)
    commits = count_commits(notebook_store)

    await together(notebook_store, *(notebook_store.write(note(f"{i:02}")) for i in range(64)))

    assert commits() == 2  # the one that kept the writer busy, and one for all
    assert len(await notebook_store.read(all_lines)) == 64


async def test_a_function_that_raises_does_no_harm_to_its_batch(notebook_store: Store) -> None:
    results = await together(
        notebook_store,
        notebook_store.write(note("before")),
        notebook_store.write(fail),
        notebook_store.write(note("after")),
    )

    assert results[0] is None
    assert isinstance(results[1], LookupError)
    assert results[2] is None
    assert await notebook_store.read(all_lines) == ["after", "before"]


async def test_a_function_that_swallows_a_database_error_loses_nobody_elses_rows(notebook_store: Store) -> None:
    await notebook_store.write(note("there"))

    def swallow(tx: Tx) -> str:
        try:
            tx.execute(insert(line), {"text": "there"})
        except Exception:  # noqa: BLE001 - the mistake that is tried here
            return "swallowed"
        return "inserted"

    results = await together(
        notebook_store, notebook_store.write(note("a")), notebook_store.write(swallow), notebook_store.write(note("b"))
    )

    assert results[0] is results[2] is None
    assert await notebook_store.read(all_lines) == ["a", "b", "there"]


async def test_what_only_the_commit_refuses_does_no_harm_to_its_batch(notebook_store: Store) -> None:
    def remark_on_nothing(tx: Tx) -> None:
        tx.execute(insert(remark), {"on": "a line that is not there"})

    results = await together(
        notebook_store,
        notebook_store.write(note("before")),
        notebook_store.write(remark_on_nothing),
        notebook_store.write(note("after")),
    )

    assert results[0] is results[2] is None
    assert isinstance(results[1], IntegrityError)
    assert await notebook_store.read(all_lines) == ["after", "before"]


async def test_a_function_alone_in_its_batch_runs_once(notebook_store: Store) -> None:
    runs: list[Tx] = []

    def fail_and_count(tx: Tx) -> None:
        runs.append(tx)
        fail(tx)

    with pytest.raises(LookupError):
        await notebook_store.write(fail_and_count)

    assert len(runs) == 1


async def test_a_poisoned_function_runs_twice_and_its_mates_at_most_twice(notebook_store: Store) -> None:
    runs = dict.fromkeys(range(9), 0)

    def run(number: int) -> Callable[[Tx], None]:
        def fn(tx: Tx) -> None:
            runs[number] += 1
            tx.execute(insert(line), {"text": str(number)})
            if number == 4:
                raise LookupError

        return fn

    await together(notebook_store, *(notebook_store.write(run(number)) for number in runs))

    assert runs[4] == 2
    assert max(runs.values()) == 2


async def test_a_function_asked_for_alone_shares_its_transaction_with_nobody(notebook_store: Store) -> None:
    seen: list[Any] = []

    def remember(tx: Tx) -> None:
        seen.append(tx)

    await together(
        notebook_store,
        notebook_store.write(remember),
        notebook_store.write(remember, alone=True),
        notebook_store.write(remember),
    )

    assert len({id(tx) for tx in seen}) == 3


async def test_the_functions_of_a_contact_keep_their_order_when_one_before_them_raises(notebook_store: Store) -> None:
    def turn(number: int) -> Awaitable[Any]:
        return notebook_store.write(lambda tx: write_line(tx, person(1), str(number)), contact=person(1))

    def poison(tx: Tx) -> None:
        write_line(tx, person(1), "never")
        raise LookupError

    await together(
        notebook_store,
        turn(1),
        notebook_store.write(poison, contact=person(1)),
        turn(2),
        notebook_store.write(poison, contact=person(1)),
        turn(3),
    )

    assert await notebook_store.read(lambda tx: read_page(tx, person(1))) == ["1", "2", "3"]


async def test_turns_overtake_slices_of_bulk_work(notebook_store: Store) -> None:
    order: list[str] = []

    await together(
        notebook_store,
        *(notebook_store.bulk(lambda tx: order.append("slice")) for _ in range(5)),
        *(notebook_store.write(lambda tx: order.append("turn")) for _ in range(5)),
    )

    assert order == ["turn"] * 5 + ["slice"] * 5


async def test_a_slice_that_waited_a_second_goes_between_two_batches(notebook_url: str, clock: SteadyClock) -> None:
    class Later(SteadyClock):
        ahead = 0.0

        def monotonic(self) -> float:
            return super().monotonic() + self.ahead

    later = Later()
    order: list[str] = []
    async with Store(notebook_url, clock=later) as store, writer_busy(store):
        waiting = asyncio.gather(
            store.bulk(lambda tx: order.append("slice")),
            store.bulk(lambda tx: order.append("slice")),
            store.write(lambda tx: order.append("turn")),
        )
        await asyncio.sleep(0)
        later.ahead = 2.0
    await waiting

    assert order == ["slice", "turn", "slice"]


async def test_slices_share_their_transaction_with_nobody(notebook_store: Store) -> None:
    seen: list[Tx] = []

    await together(notebook_store, *(notebook_store.bulk(seen.append) for _ in range(3)))

    assert len({id(tx) for tx in seen}) == 3


async def test_a_caller_that_goes_away_leaves_its_write_to_be_done(notebook_store: Store) -> None:
    async with writer_busy(notebook_store):
        gone = asyncio.create_task(notebook_store.write(note("written")))
        await asyncio.sleep(0)
        gone.cancel()

    await notebook_store.write(note("next"))
    assert gone.cancelled()
    assert await notebook_store.read(all_lines) == ["next", "written"]


async def test_closing_writes_what_waits(notebook_url: str, clock: SteadyClock) -> None:
    async with Store(notebook_url, clock=clock) as store:
        async with writer_busy(store):
            waiting = [asyncio.create_task(store.write(note(f"{i}"))) for i in range(3)]
            await asyncio.sleep(0)
        await store.close()
        await asyncio.gather(*waiting)

    async with Store(notebook_url, clock=clock) as again:
        assert await again.read(all_lines) == ["0", "1", "2"]


async def test_the_door_is_closed_while_more_than_five_seconds_of_work_wait(notebook_url: str) -> None:
    class Jumping(SteadyClock):
        ahead = 0.0

        def monotonic(self) -> float:
            return super().monotonic() + self.ahead

    clock = Jumping()
    async with Store(notebook_url, clock=clock) as store:
        async with writer_busy(store):
            clock.ahead = 5.5
            assert store.waiting_seconds > 5
            with pytest.raises(StoreBusy):
                await store.write(note("refused"))
        await store.write(note("taken"))

        assert await store.read(all_lines) == ["taken"]


async def test_a_benchmarks_disk_is_as_slow_as_asked(notebook_url: str) -> None:
    clock = SteadyClock()
    async with Store(notebook_url, clock=clock, commit_delay=0.05) as store:
        before = clock.monotonic()
        await store.write(note("a"))

        assert clock.monotonic() - before >= 0.05


def note(words: str) -> Callable[[Tx], None]:
    def fn(tx: Tx) -> None:
        tx.execute(insert(line), {"text": words})

    return fn


@pytest.fixture(scope="module")
def shared_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('batches') / 'sambang.db'}"
    migrate(url)
    add_notebook(url)
    return url


@settings(max_examples=40, deadline=None)
@given(turns=st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans()), max_size=150))
def test_any_mix_of_turns_keeps_every_good_one_in_order_and_no_bad_one(
    turns: list[tuple[int, bool, bool]], shared_url: str
) -> None:
    def turn(number: int, who: int, *, bad: bool) -> Callable[[Tx], bool]:
        def fn(tx: Tx) -> bool:
            written = write_line(tx, person(who), str(number))
            if bad:
                raise LookupError
            return written

        return fn

    def erase_all(tx: Tx) -> None:
        tx.execute(delete(remark))
        tx.execute(delete(line))
        tx.execute(delete(page))

    async def run() -> tuple[list[Any], dict[int, list[str]]]:
        async with Store(shared_url, clock=SteadyClock()) as store:
            await store.write(erase_all)
            results = await asyncio.gather(
                *(
                    store.write(turn(number, who, bad=bad), contact=person(who), alone=alone)
                    for number, (who, bad, alone) in enumerate(turns)
                ),
                return_exceptions=True,
            )
            return results, await store.read(lambda tx: {who: read_page(tx, person(who)) for who in range(4)})

    results, pages = asyncio.run(run())

    assert [isinstance(result, LookupError) for result in results] == [bad for _, bad, _ in turns]
    for who in range(4):
        assert pages[who] == [str(n) for n, (one, bad, _) in enumerate(turns) if one == who and not bad]
