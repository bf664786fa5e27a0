"""Two processes on one database: contacts are busy in both, and nothing is lost, doubled, or out of order."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from storage.addresses import ensure_addresses, find_contacts
from storage.engines import postgres as postgres_engine
from storage.schema import address
from storage.store import Store, Tx
from tests.clocks import START, SteadyClock
from tests.postgres_server import PostgresServer
from tests.storage.conftest import add_notebook
from tests.storage.notebook import person, read_page, write_line

ROOT = Path(__file__).parents[2]
PEOPLE, TURNS = 20, 10


@pytest.fixture
def url(postgres_url: str) -> str:
    add_notebook(postgres_url)
    return postgres_url


def start(url: str, name: str, seed: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-W", "error", "-m", "tests.storage.second_process", url, name]
    return subprocess.Popen(
        [*command, str(PEOPLE), str(TURNS), str(seed)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def new_lines(processes: list["subprocess.Popen[str]"]) -> int:
    total = 0
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        total += int(out)
    return total


def numbers(page: list[str], name: str) -> list[int]:
    return [int(one.rsplit("-", 1)[1]) for one in page if f":{name}-" in one]


def assert_pages_are_whole(url: str) -> None:
    with Store(url, clock=SteadyClock(), inline=True) as store:
        for who in range(PEOPLE):
            page = store.read_now(lambda tx, who=who: read_page(tx, person(who)))  # type: ignore[misc] # mypy cannot infer a lambda with a default
            for name in ("a", "b", "both"):
                assert numbers(page, name) == list(range(1, TURNS + 1)), f"person {who}, lines of {name}: {page}"


def test_busy_contacts_lose_nothing_double_nothing_and_keep_their_order(url: str, postgres: PostgresServer) -> None:
    before = deadlocks(url)

    written = new_lines([start(url, "a", 1), start(url, "b", 2)])

    assert written == PEOPLE * TURNS * 3
    assert count(url, "SELECT count(*) FROM contact") == PEOPLE  # both met each of them first
    assert_pages_are_whole(url)
    assert deadlocks(url) == before


def test_a_server_that_crashes_in_the_middle_costs_no_acknowledged_line(url: str, postgres: PostgresServer) -> None:
    processes = [start(url, "a", 3), start(url, "b", 4)]
    wait_for_lines(url, PEOPLE)
    postgres.restart("immediate")
    new_lines(processes)

    assert_pages_are_whole(url)


async def test_a_contact_that_another_process_holds_does_not_stop_the_others(url: str, clock: SteadyClock) -> None:
    async with Store(url, clock=clock) as here, Store(url, clock=clock) as there:
        await here.write(lambda tx: ensure_addresses(tx, [person(1), person(2)], START))
        held = Held(there, 1)
        async with held:
            first = asyncio.create_task(here.write(line_of(1, "first"), contact=person(1)))
            second = asyncio.create_task(here.write(line_of(1, "second"), contact=person(1)))
            await asyncio.wait_for(here.write(line_of(2, "other"), contact=person(2)), 5)

            assert not first.done()
        await asyncio.gather(first, second)

        assert await here.read(lambda tx: read_page(tx, person(1))) == ["first", "second"]


async def test_a_function_follows_its_address_when_the_contact_was_merged_meanwhile(
    url: str, clock: SteadyClock
) -> None:
    def merge(tx: Tx) -> None:
        found = find_contacts(tx, [person(1), person(2)])
        tx.execute(update(address).where(address.c.contact_id == found[person(1)]).values(contact_id=found[person(2)]))

    async with Store(url, clock=clock) as here, Store(url, clock=clock) as there:
        await here.write(lambda tx: ensure_addresses(tx, [person(1), person(2)], START))
        async with Held(there, 1, merge):
            waiting = asyncio.create_task(here.write(line_of(1, "late"), contact=person(1)))
            await asyncio.wait_for(here.write(line_of(2, "early"), contact=person(2)), 5)
        await waiting

        assert await here.read(lambda tx: read_page(tx, person(2))) == ["early", "late"]


async def test_a_process_that_stands_still_in_a_turn_gives_its_contact_free(
    url: str, clock: SteadyClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(postgres_engine.SETTINGS, "idle_in_transaction_session_timeout", "300ms")
    async with Store(url, clock=clock) as here, Store(url, clock=clock) as there:
        await here.write(lambda tx: ensure_addresses(tx, [person(1)], START))
        async with Held(there, 1, line_of(1, "held")):
            await asyncio.wait_for(here.write(line_of(1, "free"), contact=person(1)), 5)

        assert await here.read(lambda tx: read_page(tx, person(1))) == ["free", "held"]


async def test_a_contact_id_that_leads_nowhere_stops_nobody(url: str, clock: SteadyClock) -> None:
    async with Store(url, clock=clock) as store:
        assert await asyncio.wait_for(store.write(lambda tx: "ran", contact=404), 10) == "ran"


class Held:
    """Another process (a store of its own is as good) that is in the middle of a turn of a person."""

    def __init__(self, store: Store, who: int, fn: Callable[[Tx], Any] = lambda tx: None) -> None:
        self._store, self._who, self._fn = store, who, fn
        self._entered, self._leave = asyncio.Event(), asyncio.Event()

    async def __aenter__(self) -> None:
        loop = asyncio.get_running_loop()

        def hold(tx: Tx) -> None:
            self._fn(tx)
            loop.call_soon_threadsafe(self._entered.set)
            asyncio.run_coroutine_threadsafe(self._leave.wait(), loop).result(timeout=30)

        self._holding = asyncio.create_task(self._store.write(hold, contact=person(self._who)))
        await self._entered.wait()

    async def __aexit__(self, *_: object) -> None:
        self._leave.set()
        await self._holding


def line_of(who: int, words: str) -> Callable[[Tx], bool]:
    return lambda tx: write_line(tx, person(who), words)


def count(url: str, query: str) -> int:
    with Store(url, clock=SteadyClock(), inline=True) as store:
        return int(store.read_now(lambda tx: tx.execute(text(query)).scalar_one()))


def deadlocks(url: str) -> int:
    return count(url, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


def wait_for_lines(url: str, least: int) -> None:
    while count(url, "SELECT count(*) FROM line") < least:
        pass
