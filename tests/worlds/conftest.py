from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.worlds.world import World, open_world


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    """The whole product on each database, reached by webhook."""
    async with open_world(tmp_path / "data", database_url) as running:
        yield running
