"""The peer: python-telegram-bot with ConversationHandler and PicklePersistence, after its own custom-webhook example.

PEER_TOKEN=... PEER_API=http://127.0.0.1:PORT PEER_SECRET=... PEER_FILE=state.pickle python ptb_bot.py PORT
"""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

QUESTIONS = ("consent", "adult", "name", "village", "phone", "product", "category", "price", "capacity")


async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
    await update.message.reply_text("Selamat datang. Setuju?")
    return 0


def answer(step: int) -> Callable[[Update, ContextTypes.DEFAULT_TYPE], Awaitable[int]]:
    async def take(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        context.user_data[QUESTIONS[step]] = update.message.text
        await update.message.reply_text(f"({step + 1} dari {len(QUESTIONS)}) Berikutnya?")
        return step + 1 if step + 1 < len(QUESTIONS) else ConversationHandler.END

    return take


async def main(port: int) -> None:
    application = (
        Application.builder()
        .token(os.environ["PEER_TOKEN"])
        .base_url(os.environ["PEER_API"] + "/bot")
        .persistence(PicklePersistence(os.environ["PEER_FILE"]))
        .updater(None)
        .concurrent_updates(concurrent_updates=False)
        .connection_pool_size(256)
        .pool_timeout(30)
        .build()
    )
    states = {n: [MessageHandler(filters.TEXT & ~filters.COMMAND, answer(n))] for n in range(len(QUESTIONS))}
    application.add_handler(
        ConversationHandler(
            [CommandHandler("start", start)],
            states,
            [CommandHandler("start", start)],
            name="registration",
            persistent=True,
            allow_reentry=True,
        )
    )

    async def webhook(request: Request) -> Response:
        if request.headers.get("x-telegram-bot-api-secret-token") != os.environ["PEER_SECRET"]:
            return Response(status_code=401)
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    app = Starlette(routes=[Route("/webhooks/telegram", webhook, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=port, host="127.0.0.1", log_config=None, access_log=False))
    async with application:
        await application.start()
        await server.serve()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
