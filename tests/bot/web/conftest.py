from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.bot.web.house import House, Served, served


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served(House()) as running:
        yield running


@pytest.fixture
def page(server: Served) -> Served:
    """A page whose house knows nobody yet; the server before it is the same for many tests."""
    vars(server.house).update(vars(House()))
    return server


@pytest.fixture
async def visitor(page: Served) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has opened the chat: it holds the cookie and names its origin."""
    async with httpx.AsyncClient(base_url=page.url, headers={"origin": page.url}) as client:
        await client.get("/chat")
        yield client
