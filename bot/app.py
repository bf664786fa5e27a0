"""The composition root: the only place that knows all parts, puts them together, and takes them down again."""

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import structlog
import uvicorn
from fastapi import APIRouter, FastAPI
from itsdangerous import Signer
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from bot import system
from bot.building import Building
from bot.channels.base import Channel
from bot.channels.webchat import WebChat
from bot.delivery.sender import Sender
from bot.desk import Desk
from bot.health import Health
from bot.knobs import Knobs
from bot.listening import listen_to_telegram
from bot.media.darkroom import Darkroom
from bot.media.files import MediaFolder
from bot.media.road import Road
from bot.programmes import find_programmes
from bot.regions import seed_missing
from bot.settings import Settings, SettingsError
from bot.web.assets import Assets
from bot.web.chat import chat_router
from bot.web.headers import SecurityHeaders
from bot.web.pages import Pages
from bot.web.signin import signin_router
from bot.web.webhooks import TelegramDoor, WebhookDoors
from dialogue.wording import Wording
from domain.clock import Clock
from handlers.context import House
from storage import regions
from storage.folder_lock import lock_data_folder
from storage.migrate import check_schema
from storage.store import Store

if TYPE_CHECKING:  # Telegram's package is loaded only where there is a token
    from bot.channels.telegram import Telegram

__all__ = ["create_app", "listen", "open_building", "run", "serve", "uvicorn_run"]

log = structlog.get_logger()

DRAIN = 20  # seconds that sends on their way get at the end


@asynccontextmanager
async def open_building(
    settings: Settings, *, clock: Clock | None = None, knobs: Knobs | None = None
) -> AsyncIterator[Building]:
    """Everything that is needed, opened in order and closed in reverse. The schema is migrated, regions are seeded."""
    clock = clock or system.SystemClock()
    knobs = knobs or Knobs.from_environment()
    async with AsyncExitStack() as stack:
        if settings.database_url.startswith("sqlite"):
            stack.enter_context(lock_data_folder(settings.data_dir))
        programmes = {each.id: each for each in find_programmes(settings.data_dir, settings.programmes)}
        await asyncio.to_thread(check_schema, settings.database_url)
        store = await stack.enter_async_context(
            Store(settings.database_url, clock=clock, commit_delay=knobs.commit_delay, batch=knobs.batch)
        )
        await seed_missing(store, sorted({scope for programme in programmes.values() for scope in programme.scope}))
        villages = await store.read(
            lambda tx: {name: regions.villages_of(tx, programme.scope) for name, programme in programmes.items()}
        )
        wording = Wording.load()
        house = House(
            clock=clock,
            texts=wording,
            new_token=system.token,
            programmes=programmes,
            villages=villages,
            default_programme=next(iter(programmes)) if len(programmes) == 1 else "",
            public_url=settings.public_url or f"http://{settings.host}:{settings.port}",
            quiet_window=knobs.quiet,
        )
        building = await _furnish(stack, settings, store, house, wording, knobs)
        yield building


async def _furnish(  # noqa: PLR0917 - called once, with the parts in the order in which they were made
    stack: AsyncExitStack, settings: Settings, store: Store, house: House, wording: Wording, knobs: Knobs
) -> Building:
    channels: dict[tuple[str, str], Channel] = {}
    webchat = WebChat()
    channels[webchat.name, webchat.account] = webchat
    telegram = _telegram(settings, knobs)
    if telegram is not None:
        channels[telegram.name, telegram.account] = telegram
        stack.push_async_callback(telegram.close)
    darkroom = Darkroom()
    stack.callback(darkroom.close)
    files = MediaFolder(Path(settings.media_url))
    await asyncio.to_thread(files.sweep, house.clock.now())
    road = Road(store=store, house=house, channels=channels, darkroom=darkroom, files=files)
    desk = Desk(
        store=store,
        house=house,
        darkroom=darkroom,
        files=files,
        signer=Signer(settings.secret_key.get_secret_value(), salt="sambang web chat"),
    )
    sender = Sender(
        store=store,
        channels=channels,
        pictures=road,
        clock=house.clock,
        programmes=house.programmes,
        apart=knobs.pace and settings.database_url.startswith("postgresql"),
    )
    building = Building(
        settings=settings,
        clock=house.clock,
        store=store,
        house=house,
        wording=wording,
        channels=channels,
        desk=desk,
        sender=sender,
        road=road,
        health=Health(store=store, clock=house.clock),
        telegram=telegram,
    )
    if telegram is not None:
        building.health.parts["telegram"] = lambda: _telegram_line(building)
    return building


def _telegram(settings: Settings, knobs: Knobs) -> "Telegram | None":
    if settings.telegram_token is None:
        return None
    from bot.channels.telegram import Telegram

    telegram = Telegram(
        settings.telegram_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        secret=settings.telegram_webhook_secret.get_secret_value(),
    )
    if not knobs.pace:
        telegram.limits = replace(telegram.limits, gap_account=0.0, gap_chat=0.0)
    return telegram


def _telegram_line(building: Building) -> str:
    said = building.problems.get("telegram", "")
    health = building.sender.health.get("telegram")
    return said or (health.down if health else "")


# What runs beside the web server -------------------------------------------------------------------------------------


async def start(building: Building) -> None:
    """Start what this process's roles ask for."""
    roles = building.settings.roles
    if "delivery" in roles:
        alone = building.settings.database_url.startswith("sqlite")
        recovered = await building.sender.recover(all_of_them=alone)
        if recovered:
            log.warning("sends_recovered", count=recovered)
        if alone:
            await building.road.recover()
        _go(building, building.sender.run(), "sender")
        _go(building, building.road.run(), "road")
    if "clock" in roles:
        from bot.scheduler import keep_time

        _go(building, keep_time(building), "clock")
        if building.telegram is not None:
            _go(building, listen_to_telegram(building, building.telegram), "telegram")


async def stop(building: Building) -> None:
    """No new work; what is on its way to a platform is finished."""
    building.desk.leave()
    for task in building.tasks:
        task.cancel()
    for task in building.tasks:
        with contextlib.suppress(asyncio.CancelledError):
            await task
    await building.sender.drain(DRAIN)


def _go(building: Building, work: Coroutine[Any, Any, None], name: str) -> None:
    building.tasks.append(asyncio.create_task(_kept_going(work, name), name=name))


async def _kept_going(work: Coroutine[Any, Any, None], name: str) -> None:
    try:
        await work
    except Exception:
        log.exception("part_ended", part=name)
        raise


# The web server ------------------------------------------------------------------------------------------------------


def create_app(building: Building, *more: APIRouter) -> ASGIApp:
    """The web app of a building that is open, with `more` doors. It starts the building's work and ends it."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await start(building)
        try:
            yield
        finally:
            await stop(building)

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(SecurityHeaders)
    assets = Assets()
    pages = Pages(wording=building.wording, assets=assets)
    app.include_router(assets.router())
    app.include_router(signin_router(building.desk))
    app.include_router(chat_router(building.desk, pages, building.clock, public_url=building.settings.public_url or ""))
    for router in more:
        app.include_router(router)

    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> JSONResponse:
        well, lines = await building.health.report()
        return JSONResponse(lines, status_code=200 if well else 503)

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        well, _ = await building.health.report()
        return JSONResponse({"ready": well}, status_code=200 if well else 503)

    doors = {} if building.telegram is None else {TelegramDoor.path: TelegramDoor(building.telegram, building.desk)}
    return WebhookDoors(app, doors)


class Server(uvicorn.Server):
    """uvicorn, but open streams are ended before it waits for connections to close."""

    def __init__(self, config: uvicorn.Config, building: Building) -> None:
        super().__init__(config)
        self._building = building

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        """The end that was asked for is a good end, with the exit code 0: uvicorn would raise the signal again."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    async def shutdown(self, sockets: Any = None) -> None:
        self._building.desk.leave()
        await super().shutdown(sockets)


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C."""
    async with open_building(settings) as building:
        # What lives as long as the process need not be looked through again and again; what a turn makes dies with it.
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        await listen(building, create_app(building), _greeting(building))


async def listen(building: Building, app: ASGIApp, greeting: Iterable[str]) -> None:
    """Answer at the building's address until SIGTERM or Ctrl-C; `greeting` is for whoever started it by hand, once the
    address is ours. Raises SettingsError where it is not to be had.
    """
    settings = building.settings
    doors = _doors(settings)
    print(*greeting, sep="\n", file=sys.stderr, flush=True)  # noqa: T201 - the operator's terminal
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=DRAIN,
        timeout_keep_alive=75,
    )
    await Server(config, building).serve(sockets=doors)


def _doors(settings: Settings) -> list[socket.socket]:
    """One for each address that the host has."""
    where, doors = (settings.host, settings.port), []
    try:
        found = socket.getaddrinfo(*where, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, address in dict.fromkeys((family, address) for family, *_, address in found):
            doors.append(socket.create_server((str(address[0]), settings.port), family=family))
    except OSError as error:
        for door in doors:
            door.close()
        cause = str(error.strerror or error).partition(" (")[0]  # what follows only names the address again
        raise SettingsError(
            f"Nothing can listen at {settings.host}:{settings.port} ({cause}): "
            "stop what does already, or write another SAMBANG_PORT or SAMBANG_HOST."
        ) from None
    return doors


def _greeting(building: Building) -> list[str]:
    """What to do next."""
    settings = building.settings
    say = building.wording.for_person("id")
    lines = [say("console.started", url=f"http://{settings.host}:{settings.port}/chat")]
    if building.telegram is None:
        lines.append(say("console.no_telegram"))
    if settings.whatsapp_token is not None:
        lines.append(say("console.no_whatsapp"))
    return [*lines, say("console.next")]


def run(settings: Settings) -> None:
    """The command `sambang run`."""
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn_run(serve(settings))


def uvicorn_run(work: Coroutine[Any, Any, None]) -> None:
    """On uvloop where there is one: 0.07 ms a turn (performance.md)."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)
