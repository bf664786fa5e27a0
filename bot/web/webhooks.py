"""The platforms' doors: the signature is checked on the raw bytes, and a 200 means durable (architecture.md 2).

Plain Starlette routes: FastAPI's own would cost a tenth of a millisecond a message (performance.md).
"""

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk import Desk
from bot.web.guard import TooLarge, TooSlow, capped
from storage.errors import StoreUnavailable

if TYPE_CHECKING:  # Telegram's package is loaded only where there is a token
    from bot.channels.telegram import Telegram

__all__ = ["telegram_route"]

BODY = 3_000_000  # bytes; a platform's largest is far below
SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header


def telegram_route(telegram: "Telegram", desk: Desk) -> Route:
    from bot.channels.telegram import Unreadable

    background: set[asyncio.Task[None]] = set()

    async def webhook(request: Request) -> Response:
        secrets = request.headers.getlist(SECRET)
        if len(secrets) != 1 or not telegram.secret_ok(secrets[0]):
            return Response(status_code=401)
        try:
            arrived = telegram.read(await capped(request, BODY).body())
        except (Unreadable, ClientDisconnect):
            return Response(status_code=400)
        except TooLarge:
            return Response(status_code=413)
        except TooSlow:
            return Response(status_code=408)
        try:
            await desk.take(telegram, arrived)
        except StoreUnavailable:
            return Response(status_code=503, headers={"retry-after": "5"})
        if arrived.acknowledge:
            task = asyncio.create_task(telegram.acknowledge(arrived))
            background.add(task)
            task.add_done_callback(background.discard)
        return Response(status_code=200)

    return Route("/webhooks/telegram", webhook, methods=["POST"])
