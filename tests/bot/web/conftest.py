from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.bot.web.house import House, Served, served


@pytest.fixture
def page() -> Iterator[Served]:
    with served(House()) as running:
        yield running


@pytest.fixture
async def visitor(page: Served) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has opened the chat: it holds the cookie and names its origin."""
    async with httpx.AsyncClient(base_url=page.url, headers={"origin": page.url}) as client:
        await client.get("/chat")
        yield client
