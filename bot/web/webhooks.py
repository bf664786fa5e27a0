"""The platforms' doors: the signature is checked on the raw bytes, and a 200 means durable (architecture.md 2).

They stand in front of FastAPI and its middleware, which would cost a tenth of a millisecond a message
(performance.md), and which a machine that posts JSON has no use for.
"""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.base import Arrived
from bot.desk import Desk
from bot.web.guard import TooLarge, TooSlow, read_body
from storage.errors import StoreUnavailable

if TYPE_CHECKING:  # Telegram's package is loaded only where there is a token
    from bot.channels.telegram import Telegram

__all__ = ["TelegramDoor", "WebhookDoors"]

BODY = 3_000_000  # bytes; a platform's largest is far below
SECRET = b"x-telegram-bot-api-secret-token"
LENGTH = (b"content-length", b"0")
NOTHING: "Headers" = ()
COME_AGAIN: "Headers" = ((b"retry-after", b"5"),)

Headers = tuple[tuple[bytes, bytes], ...]


class WebhookDoors:
    """Hands a platform's path to its door, and everything else on."""

    def __init__(self, app: ASGIApp, doors: Mapping[str, "TelegramDoor"]) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._doors.get(scope["path"]) if scope["type"] == "http" else None
        if door is None:
            await self._app(scope, receive, send)
            return
        status, headers = await door.answer(scope, receive) if scope["method"] == "POST" else (405, NOTHING)
        await send({"type": "http.response.start", "status": status, "headers": [*headers, LENGTH]})
        await send({"type": "http.response.body", "body": b""})


class TelegramDoor:
    path = "/webhooks/telegram"

    def __init__(self, telegram: "Telegram", desk: Desk) -> None:
        self._telegram = telegram
        self._desk = desk
        self._background: set[asyncio.Task[None]] = set()

    async def answer(self, scope: Scope, receive: Receive) -> tuple[int, Headers]:
        """200 when the update is durable; 401 without a word for a wrong secret; 503 where the store cannot commit."""
        from bot.channels.telegram import Unreadable

        secrets = [value for name, value in scope["headers"] if name == SECRET]
        if len(secrets) != 1 or not self._telegram.secret_ok(secrets[0].decode("latin-1")):
            return 401, NOTHING
        try:
            arrived = self._telegram.read(await read_body(receive, BODY))
        except (Unreadable, ClientDisconnect):
            return 400, NOTHING
        except TooLarge:
            return 413, NOTHING
        except TooSlow:
            return 408, NOTHING
        try:
            await self._desk.take(self._telegram, arrived)
        except StoreUnavailable:
            return 503, COME_AGAIN
        if arrived.acknowledge:
            self._acknowledge(arrived)
        return 200, NOTHING

    def _acknowledge(self, arrived: Arrived) -> None:
        """Best effort, after the commit and beside the answer."""
        task = asyncio.create_task(self._telegram.acknowledge(arrived))
        self._background.add(task)
        task.add_done_callback(self._background.discard)
