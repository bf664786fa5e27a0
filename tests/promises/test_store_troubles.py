"""The store is full, locked or read-only: every door says so, nothing is lost, and it goes on by itself afterwards."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import event, text

from storage.engines import sqlite
from tests.postgres_server import PostgresServer
from tests.promises.producers import picture
from tests.worlds.world import World, open_world

SITI = 1


def path_of(world: World) -> Path:
    return Path(world.building.settings.database_url.removeprefix("sqlite:///"))


# The troubles --------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def no_room_on_disk(world: World) -> AsyncIterator[None]:
    """What a full disk is to a process, without filling one."""
    with limited(resource.RLIMIT_FSIZE, 0):
        yield


@contextmanager
def limited(what: int, size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(what)
    resource.setrlimit(what, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(what, (soft, hard))


@asynccontextmanager
async def locked(world: World) -> AsyncIterator[None]:
    """Another program holds the database."""
    other = sqlite3.connect(path_of(world), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@asynccontextmanager
async def read_only(world: World) -> AsyncIterator[None]:
    """Every connection that is opened to write may only read."""

    def only_read(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA query_only = ON").close()

    pool = world.building.store._engine._writers
    event.listen(pool, "connect", only_read)
    await set_query_only(world)
    try:
        yield
    finally:
        event.remove(pool, "connect", only_read)


async def set_query_only(world: World) -> None:
    await world.building.store.write(lambda tx: tx.execute(text("PRAGMA query_only = ON")).close())


TROUBLES: dict[str, tuple[Callable[[World], Any], str]] = {
    "no room on disk": (no_room_on_disk, "disk I/O error"),
    "locked": (locked, "locked"),
    "read-only": (read_only, "readonly"),
}


# What each door says --------------------------------------------------------------------------------------------------


@pytest.fixture
async def impatient(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """A house that waits a tenth of a second for a lock instead of four."""
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 100)
    async with open_world(tmp_path / "data", sqlite_url) as running:
        yield running


@pytest.mark.parametrize(("trouble", "says"), TROUBLES.values(), ids=TROUBLES)
async def test_every_door_says_so_and_nothing_is_lost(
    impatient: World, trouble: Callable[[World], Any], says: str
) -> None:
    world = impatient
    for words in ("/start", "daftar", "ya", "sudah"):
        await world.says(SITI, words)
    async with web_chat(world) as session:
        assert (await post_text(session, world, 1))[0] == 200
        await health(session, world, lambda status, _: status == 200)

        async with trouble(world):
            world.telegram.write(SITI, "Siti Aminah")
            delivery = world.telegram.updates[-1]
            await until(lambda: bool(delivery.statuses))
            assert set(delivery.statuses) == {503}
            store = await health(session, world, lambda status, line: status == 503 and says in line)
            assert "Nothing is lost" in store
            for answer in (await post_text(session, world, 2), await post_photo(session, world, 3)):
                status, headers, said = answer
                assert (status, said["ok"]) == (503, False)
                assert "gangguan" in said["text"]
                assert headers["Retry-After"].isdecimal()

        assert "Dari desa mana" in (await world.next(SITI)).text
        assert delivery.statuses[-1] == 200
        await health(session, world, lambda status, _: status == 200)
        assert (await post_text(session, world, 2))[0] == 200
        assert (await post_photo(session, world, 3))[0] == 200
    assert await world.building.store.read(lambda tx: tx.execute(text("PRAGMA integrity_check")).scalar()) == "ok"


async def test_a_message_for_which_there_is_no_room_waits_at_its_platform(impatient: World) -> None:
    world = impatient
    await world.says(SITI, "/start")
    pages = await set_most_pages(world, 1)  # SQLite answers with what it holds: not one page more

    for _ in range(20):
        world.telegram.write(SITI, "Keripik " * 500)
    await until(lambda: any(503 in delivery.statuses for delivery in world.telegram.updates))

    await set_most_pages(world, pages + 100_000)
    await world.telegram.drained()
    assert all(delivery.statuses[-1] == 200 for delivery in world.telegram.updates)


async def set_most_pages(world: World, count: int) -> int:
    def fn(tx: Any) -> int:
        return int(tx.execute(text(f"PRAGMA max_page_count = {count}")).scalar_one())

    return await world.building.store.write(fn)


async def test_a_webhook_that_cannot_be_kept_says_when_to_come_again(impatient: World) -> None:
    secret = impatient.building.settings.telegram_webhook_secret.get_secret_value()
    door, signed = f"{impatient.url}/webhooks/telegram", {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with (
        locked(impatient),
        aiohttp.ClientSession() as session,
        session.post(door, data=b'{"update_id": 1}', headers=signed) as answer,
    ):
        assert (answer.status, await answer.read()) == (503, b"")
        assert answer.headers["Retry-After"] == "5"


async def test_a_server_that_is_away_for_a_while_loses_nothing(
    tmp_path: Path, postgres_url: str, postgres: PostgresServer
) -> None:
    async with open_world(tmp_path / "data", postgres_url) as world, web_chat(world) as session:
        for words in ("/start", "daftar", "ya", "sudah"):
            await world.says(SITI, words)
        await asyncio.to_thread(postgres.control, "stop", "-m", "fast")
        try:
            world.telegram.write(SITI, "Siti Aminah")
            delivery = world.telegram.updates[-1]
            await asyncio.gather(
                until(lambda: bool(delivery.statuses), seconds=20),
                health(session, world, lambda status, line: status == 503 and "cannot commit" in line),
            )
            assert set(delivery.statuses) == {503}
        finally:
            await asyncio.to_thread(postgres.restart)

        assert "Dari desa mana" in (await world.next(SITI, 30)).text
        assert delivery.statuses[-1] == 200


# A page of the web chat -----------------------------------------------------------------------------------------------


@asynccontextmanager
async def web_chat(world: World) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(f"{world.url}/chat") as page:
            assert page.status == 200
        yield session


Answer = tuple[int, Any, dict[str, Any]]


async def post_text(session: aiohttp.ClientSession, world: World, number: int) -> Answer:
    fields = {"key": f"a-key-of-the-page-{number}", "text": "menu"}
    async with session.post(f"{world.url}/chat/messages", json=fields) as answer:
        return answer.status, answer.headers, await answer.json()


async def post_photo(session: aiohttp.ClientSession, world: World, number: int) -> Answer:
    form = aiohttp.FormData()
    form.add_field("key", f"a-key-of-the-page-{number}")
    form.add_field("photo", picture(number), filename="foto.jpg", content_type="image/jpeg")
    headers = {"Origin": world.url, "Accept": "application/json"}
    async with session.post(f"{world.url}/chat/photos", data=form, headers=headers) as answer:
        return answer.status, answer.headers, await answer.json()


async def health(session: aiohttp.ClientSession, world: World, wanted: Callable[[int, str], bool]) -> str:
    """The store's line, as soon as /healthz says what is wanted: it looks once a second."""
    line = ""

    async def look() -> bool:
        nonlocal line
        async with session.get(f"{world.url}/healthz") as answer:
            line = (await answer.json())["store"]
            return wanted(answer.status, line)

    await until(look, seconds=15)
    return line


async def until(holds: Callable[[], bool | Awaitable[bool]], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while True:
            held = holds()
            if held if isinstance(held, bool) else await held:
                return
            await asyncio.sleep(0.02)
