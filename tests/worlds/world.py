"""The whole product as it runs: real HTTP on loopback, a real store, a fake Telegram; nothing of ours is replaced."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import uvicorn
from pydantic import SecretStr

from bot.app import Server, create_app, open_building
from bot.building import Building
from bot.channels.fakes.telegram import FakeTelegram, Message
from bot.knobs import Knobs
from bot.settings import Settings

SECRET_KEY = "k" * 40
Mode = Literal["webhook", "polling"]
SWIFT = Knobs(pace=False, quiet=False)  # answers at once; what waits by rule is tried in tests of its own


@dataclass
class World:
    building: Building
    telegram: FakeTelegram
    url: str
    _heard: dict[int, int] = field(default_factory=dict)

    async def says(self, chat: int, text: str) -> Message:
        """Somebody writes, and the bot's next message comes."""
        self.telegram.write(chat, text)
        return await self.next(chat)

    async def taps(self, chat: int, label: str) -> Message:
        """Somebody taps a key of the bot's last message, and the next message comes."""
        last = self.telegram.heard(chat)[-1]
        self.telegram.tap(chat, last.id, label)
        return await self.next(chat)

    async def next(self, chat: int, seconds: float = 10.0) -> Message:
        """The bot's next message in a chat that nobody has looked at yet."""
        seen = self._heard.get(chat, 0)
        heard = await self.telegram.wait_for(chat, seen + 1, seconds)
        self._heard[chat] = seen + 1
        return heard[seen]


@asynccontextmanager
async def open_world(
    folder: Path, database_url: str, *, mode: Mode = "webhook", knobs: Knobs = SWIFT
) -> AsyncIterator[World]:
    """A running house on a free port, and its Telegram. Leaving it fails if a call of ours broke a platform's rule."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    async with FakeTelegram(rates=knobs.pace, scale=0.1) as telegram:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own argument
            port=port,
            data_dir=folder,
            database_url=database_url,
            secret_key=SecretStr(SECRET_KEY),
            public_url=url if mode == "webhook" else None,
            telegram_token=SecretStr(telegram.token),
            telegram_mode=mode,
            telegram_api_url=telegram.url,
        )
        async with open_building(settings, knobs=knobs) as building, _served(building, port):
            yield World(building, telegram, url)


@asynccontextmanager
async def _served(building: Building, port: int) -> AsyncIterator[None]:
    config = uvicorn.Config(
        create_app(building), host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="on"
    )
    server = Server(config, building)
    with _unhandled_signals(server):
        running = asyncio.create_task(server.serve())
        while not server.started:
            if running.done():
                await running
                raise RuntimeError("the server ended before it had started")
            await asyncio.sleep(0.01)
        try:
            yield
        finally:
            server.should_exit = True
            await running


@contextlib.contextmanager
def _unhandled_signals(server: uvicorn.Server) -> Iterator[None]:
    """The test run keeps its own Ctrl-C."""
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]  # uvicorn offers no switch for it
    yield
