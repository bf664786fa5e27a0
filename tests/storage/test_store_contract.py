"""What holds for every store: on SQLite, on PostgreSQL, and inline."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert, select

from storage.schema import meta
from storage.store import AddressKey, Store, Tx
from tests.clocks import SteadyClock


@pytest.fixture(params=["threaded", "inline"])
async def any_store(request: pytest.FixtureRequest, database_url: str, clock: SteadyClock) -> AsyncIterator[Store]:
    async with Store(database_url, clock=clock, inline=request.param == "inline") as opened:
        yield opened


def note(tx: Tx, key: str, value: str = "") -> None:
    tx.execute(insert(meta), {"key": key, "value": value})


def keys(tx: Tx) -> list[str]:
    return list(tx.execute(select(meta.c.key).order_by(meta.c.key)).scalars())


async def test_what_a_write_resolved_with_is_there_for_every_reader(any_store: Store) -> None:
    assert await any_store.write(lambda tx: (note(tx, "a"), 7)[1], contact=AddressKey("web", "w", "1")) == 7

    assert await any_store.read(keys) == ["a"]
