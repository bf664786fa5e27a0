"""The web chat's door on the whole house: what a test of the page alone takes on trust."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from bot.system import uuid
from tests.worlds.world import World, open_world

JSON = {"accept": "application/json"}


@pytest.fixture
async def world(tmp_path: Path, sqlite_url: str) -> AsyncIterator[World]:
    async with open_world(tmp_path / "data", sqlite_url) as running:
        yield running


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=world.url, headers={"origin": world.url}, timeout=20) as client:
        assert (await client.get("/chat/ovop-blitar")).status_code == 200
        yield client


async def test_a_new_chat_is_greeted_and_a_tapped_key_is_marked(visitor: httpx.AsyncClient) -> None:
    await _post(visitor, start="ovop-blitar")
    (greeting,) = await _rows(visitor, 1)
    _, data, chosen = greeting["k"][0]
    assert not chosen
    await _post(visitor, tapped=data)
    rows = await _rows(visitor, 3)
    marked = [row for row in rows if row["i"] == greeting["i"]][-1]
    assert marked["k"][0][2]
    assert rows[-1]["s"] == "them"
    page = (await visitor.get("/chat")).text
    assert page.count(f'data-id="{greeting["i"]}"') == 1
    assert 'class="on"' in page


async def test_a_repeated_message_is_answered_alike_and_turns_once(visitor: httpx.AsyncClient) -> None:
    key = uuid()
    first, second = [await _post(visitor, key=key, text="menu") for _ in "ab"]
    assert first.content == second.content
    rows = await _rows(visitor, 2)
    assert [row["s"] for row in rows] == ["me", "them"]
    assert rows[0]["i"] == key


async def test_an_answer_is_pushed_to_the_open_page(visitor: httpx.AsyncClient) -> None:
    async with visitor.stream("GET", "/chat/events") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 2000"
        await _post(visitor, text="menu")
        sides: list[str] = []
        async with asyncio.timeout(10):
            while sides != ["me", "them"]:
                line = await anext(lines)
                if line.startswith("data: {"):
                    sides.append(json.loads(line.removeprefix("data: "))["s"])


async def test_a_photo_is_stored_before_its_answer_and_shown_to_its_sender_only(
    world: World, visitor: httpx.AsyncClient
) -> None:
    file = BytesIO()
    Image.effect_noise((800, 600), 80).convert("RGB").save(file, "JPEG")
    key = uuid()
    first, second = [
        await visitor.post("/chat/photos", data={"key": key}, files={"photo": ("a.jpg", file.getvalue())}, headers=JSON)
        for _ in "ab"
    ]
    assert first.status_code == 200
    assert first.json() == second.json()
    shown = await visitor.get(f"/chat/media/{first.json()['media']}")
    assert shown.status_code == 200
    assert Image.open(BytesIO(shown.content)).format == "WEBP"
    async with httpx.AsyncClient(base_url=world.url) as stranger:
        await stranger.get("/chat")
        assert (await stranger.get(f"/chat/media/{first.json()['media']}")).status_code == 404


async def test_what_is_no_photo_is_refused_in_words(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post(
        "/chat/photos", data={"key": uuid()}, files={"photo": ("a.jpg", b"not a picture")}, headers=JSON
    )
    assert answer.status_code == 422
    assert len(answer.json()["text"]) > 10


async def test_any_event_id_is_borne_by_the_log(visitor: httpx.AsyncClient) -> None:
    await _post(visitor, text="menu")
    for event in ("0", "1", "9" * 15, "9" * 19):
        answer = await visitor.get("/chat/events", headers={**JSON, "last-event-id": event})
        assert answer.status_code == 200, event


async def _post(visitor: httpx.AsyncClient, *, key: str = "", **fields: str) -> httpx.Response:
    answer = await visitor.post("/chat/messages", json={"key": key or uuid(), **fields})
    assert answer.status_code == 200, answer.text
    return answer


async def _rows(visitor: httpx.AsyncClient, count: int) -> list[dict[str, Any]]:
    """The log, once it has this many rows."""
    async with asyncio.timeout(10):
        while True:
            rows: list[dict[str, Any]] = (await visitor.get("/chat/events", headers=JSON)).json()["rows"]
            if len(rows) >= count:
                return rows
            await asyncio.sleep(0.05)
