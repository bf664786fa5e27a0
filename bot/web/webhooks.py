"""The platforms' doors: the signature is checked on the raw bytes, and a 200 means durable (architecture.md 2).

They stand in front of FastAPI and its middleware, which would cost a tenth of a millisecond a message
(performance.md), and which a machine that posts JSON has no use for.
"""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.base import Arrived
from bot.desk import Desk
from bot.web.guard import TooLarge, TooSlow, capped
from storage.errors import StoreUnavailable

if TYPE_CHECKING:  # Telegram's package is loaded only where there is a token
    from bot.channels.telegram import Telegram

__all__ = ["TelegramDoor", "WebhookDoors"]

BODY = 3_000_000  # bytes; a platform's largest is far below
SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header


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
        response = (
            await door.answer(Request(scope, receive)) if scope["method"] == "POST" else Response(status_code=405)
        )
        await response(scope, receive, send)


class TelegramDoor:
    path = "/webhooks/telegram"

    def __init__(self, telegram: "Telegram", desk: Desk) -> None:
        self._telegram = telegram
        self._desk = desk
        self._background: set[asyncio.Task[None]] = set()

    async def answer(self, request: Request) -> Response:
        """200 when the update is durable; 401 without a word for a wrong secret; 503 where the store cannot commit."""
        from bot.channels.telegram import Unreadable

        secrets = request.headers.getlist(SECRET)
        if len(secrets) != 1 or not self._telegram.secret_ok(secrets[0]):
            return Response(status_code=401)
        try:
            arrived = self._telegram.read(await capped(request, BODY).body())
        except (Unreadable, ClientDisconnect):
            return Response(status_code=400)
        except TooLarge:
            return Response(status_code=413)
        except TooSlow:
            return Response(status_code=408)
        try:
            await self._desk.take(self._telegram, arrived)
        except StoreUnavailable:
            return Response(status_code=503, headers={"retry-after": "5"})
        if arrived.acknowledge:
            self._acknowledge(arrived)
        return Response(status_code=200)

    def _acknowledge(self, arrived: Arrived) -> None:
        """Best effort, after the commit and beside the answer."""
        task = asyncio.create_task(self._telegram.acknowledge(arrived))
        self._background.add(task)
        task.add_done_callback(self._background.discard)
