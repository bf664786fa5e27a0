"""The tick: what is due is queued at once or at the next tick, and trouble is said in /healthz."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.scheduler import LATE, Ticker, beat
from storage import broadcasts, officers
from storage.schema import outbox
from storage.store import Store
from storage.tx import Tx
from tests.handlers.town import PROGRAMME, Town
from tests.transcripts.stage import Clock

SOON = 3.0  # seconds; well below the five between two ticks


@asynccontextmanager
async def beating(ticker: Ticker) -> AsyncIterator[None]:
    task = asyncio.create_task(beat(ticker))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


def ticker_of(town: Town) -> Ticker:
    return Ticker(town.store, town.house, town.clock)


async def add_people(town: Town, count: int) -> None:
    for number in range(count):
        person = town.person(f"Orang {number} Contoh")
        await town.store.write(lambda tx, person=person: town.settle(tx, person))  # type: ignore[misc]  # mypy sees no default


def announce(tx: Tx, now: datetime) -> None:
    officer = officers.create_officer(tx, "Ratna Umpama", PROGRAMME, "petugas", now)
    broadcasts.create_broadcast(tx, PROGRAMME, officer, "Bazar Wlingi dibuka.", now)
    tx.wake("clock")


def queued(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(outbox)).scalar_one())


async def test_what_there_is_to_queue_is_queued_at_once(store: Store) -> None:
    town = Town(store)
    await add_people(town, 3)
    async with beating(ticker_of(town)), asyncio.timeout(SOON):
        listener = store.listen("outbox")
        await store.write(lambda tx: announce(tx, town.clock.now()))
        while await store.read(queued) < 3:
            await listener.wait(SOON)


async def test_a_tick_does_all_slices(store: Store) -> None:
    town = Town(store)
    await add_people(town, 60)
    await store.write(lambda tx: announce(tx, town.clock.now()))
    await ticker_of(town).tick()
    assert await store.read(queued) == 60


async def test_two_processes_may_tick_at_the_same_time(store: Store, database_url: str) -> None:
    town = Town(store)
    await add_people(town, 60)
    await store.write(lambda tx: announce(tx, town.clock.now()))
    async with Store(database_url, clock=town.clock) as other:
        await asyncio.gather(ticker_of(town).tick(), Ticker(other, town.house, town.clock).tick())
        await ticker_of(town).tick()  # one of the two may have left the last slice to the other
    assert await store.read(queued) == 60


async def test_a_clock_that_goes_back_stops_what_goes_by_time(store: Store) -> None:
    town = Town(store)
    ticker = ticker_of(town)
    await ticker.tick()
    assert ticker.says() == ""
    town.clock.at -= timedelta(minutes=3)
    await store.write(lambda tx: announce(tx, town.clock.now()))
    await add_people(town, 1)
    await ticker.tick()
    assert "went back" in ticker.says()
    assert await store.read(queued) == 0
    town.clock.at += timedelta(minutes=3)
    await ticker.tick()
    assert ticker.says() == ""
    assert await store.read(queued) == 1


async def test_a_clock_that_does_not_tick_is_said(store: Store) -> None:
    town = Town(store)
    ticker = ticker_of(town)
    await ticker.tick()
    town.clock.at += LATE + timedelta(seconds=1)
    assert "has not ticked" in ticker.says()


async def test_a_store_that_is_closed_stops_no_later_tick(database_url: str) -> None:
    town = Town(Store(database_url, clock=Clock()))
    ticker = ticker_of(town)
    await ticker.tick()
    assert "waits for the store" in ticker.says()
    async with town.store:
        await ticker.tick()
    assert ticker.says() == ""


async def test_a_programme_that_is_off_holds_up_no_other(store: Store) -> None:
    town = Town(store)
    await add_people(town, 2)

    def announce_both(tx: Tx) -> None:
        officer = officers.create_officer(tx, "Ratna Umpama", None, "petugas", town.clock.now())
        for programme in ("ovop-lain", PROGRAMME):
            broadcasts.create_broadcast(tx, programme, officer, "Bazar Wlingi dibuka.", town.clock.now())

    await store.write(announce_both)
    ticker = ticker_of(town)
    await ticker.tick()
    assert ticker.says() == ""
    assert await store.read(queued) == 2
