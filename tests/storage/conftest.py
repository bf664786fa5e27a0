"""Stores whose database has the notebook's tables beside ours."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import create_engine

from storage.engines import database_url as with_driver
from storage.store import Store
from tests.clocks import SteadyClock
from tests.storage import notebook


@pytest.fixture
def notebook_url(database_url: str) -> str:
    add_notebook(database_url)
    return database_url


@pytest.fixture
async def notebook_store(notebook_url: str, clock: SteadyClock) -> AsyncIterator[Store]:
    async with Store(notebook_url, clock=clock) as opened:
        yield opened


@pytest.fixture(params=["threaded", "inline"])
async def any_store(request: pytest.FixtureRequest, notebook_url: str, clock: SteadyClock) -> AsyncIterator[Store]:
    async with Store(notebook_url, clock=clock, inline=request.param == "inline") as opened:
        yield opened


def add_notebook(url: str) -> None:
    engine = create_engine(with_driver(url))
    notebook.metadata.create_all(engine)
    engine.dispose()
