"""Who waits for rows is woken by the commit that wrote them, here and in other processes."""

import asyncio
import gc

import pytest
from sqlalchemy import insert

from storage.store import Store, Tx
from tests.clocks import SteadyClock
from tests.postgres_server import PostgresServer
from tests.storage.notebook import line

SOON = 10.0  # seconds; a wake that takes this long counts as lost


def wake(tx: Tx) -> None:
    tx.wake("outbox")


def wake_with_a_line(tx: Tx) -> None:
    tx.execute(insert(line), {"text": "a"})
    tx.wake("outbox")


async def test_a_commit_wakes_the_listeners_of_its_topic(any_store: Store) -> None:
    with any_store.listen("outbox") as outbox, any_store.listen("media") as media:
        await any_store.write(wake)

        assert await outbox.wait(SOON)
        assert not await media.wait(0.01)


async def test_a_wake_between_the_check_and_the_wait_is_not_lost(any_store: Store) -> None:
    with any_store.listen("outbox") as first, any_store.listen("outbox") as second:
        await any_store.write(wake)

        assert await first.wait(SOON)
        assert await second.wait(SOON)
        assert not await first.wait(0.01)  # it was heard once


async def test_the_one_consumer_of_a_topic_needs_no_listener(any_store: Store) -> None:
    assert not await any_store.woken("outbox", timeout=0.01)

    await any_store.write(wake)

    assert await any_store.woken("outbox", timeout=SOON)


async def test_what_was_rolled_back_wakes_nobody(any_store: Store) -> None:
    def wake_and_raise(tx: Tx) -> None:
        tx.wake("outbox")
        raise LookupError

    with any_store.listen("outbox") as outbox:
        with pytest.raises(LookupError):
            await any_store.write(wake_and_raise)

        assert not await outbox.wait(0.05)


async def test_listeners_that_nobody_holds_are_forgotten(any_store: Store) -> None:
    with any_store.listen("contact:1"):
        any_store.listen("contact:2")
    gc.collect()
    await any_store.write(lambda tx: tx.wake("contact:2"))
    await asyncio.sleep(0)

    assert not any_store._bells._listeners.get("contact:1")
    assert not any_store._bells._listeners.get("contact:2")


async def test_the_commit_of_another_process_wakes_listeners_within_two_seconds(
    notebook_url: str, clock: SteadyClock
) -> None:
    async with Store(notebook_url, clock=clock) as here, Store(notebook_url, clock=clock) as there:
        with here.listen("outbox") as outbox:
            before = clock.monotonic()
            await there.write(wake_with_a_line)

            assert await outbox.wait(SOON)
            assert clock.monotonic() - before < 2


async def test_after_the_server_was_away_everyone_is_woken(
    postgres: PostgresServer, postgres_url: str, clock: SteadyClock
) -> None:
    async with Store(postgres_url, clock=clock) as store:
        with store.listen("outbox") as outbox:
            await asyncio.to_thread(postgres.restart)

            assert await outbox.wait(SOON)
            await store.write(wake)
            assert await outbox.wait(SOON)
