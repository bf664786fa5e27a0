"""The smallest house that a chat page can stand before: it remembers in lists and answers every message with one."""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import uvicorn
from fastapi import FastAPI
from itsdangerous import BadSignature, Signer

from bot.channels.base import Address, Arrived, button_data
from bot.system import SystemClock, token
from bot.web.assets import Assets
from bot.web.chat import Front, Key, Leaving, LogRow, UploadResult, chat_router
from bot.web.headers import SecurityHeaders
from bot.web.pages import Pages
from dialogue.message import Kind
from dialogue.wording import Wording
from storage.errors import StoreUnavailable

BLITAR = Front(programme="ovop-blitar", name="Sambang Blitar", locale="id", zone=ZoneInfo("Asia/Jakarta"), unit="desa")

ROW = ("id", "side", "text", "photos", "progress", "sender")


@dataclass
class House:
    """Doors, with what a test may ask and break."""

    rows: dict[str, list[LogRow]] = field(default_factory=lambda: defaultdict(list))
    arrived: list[Arrived] = field(default_factory=list)
    uploads: dict[str, tuple[bytes, str, UploadResult]] = field(default_factory=dict)
    broken: bool = False
    leaving: bool = False
    answers: bool = True
    front_of_all: Front = BLITAR
    _event: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _signer: Signer = field(default_factory=lambda: Signer("a key of tests"))

    async def arrive(self, arrived: Arrived) -> str:
        self._check()
        assert arrived.address is not None
        assert arrived.incoming is not None
        if any(other.external_id == arrived.external_id for other in self.arrived):
            return "seen"
        self.arrived.append(arrived)
        said = arrived.incoming
        if said.kind is Kind.TAP:
            self._mark(arrived.address, said.tapped)
        elif said.kind is not Kind.START:
            self.add(arrived.address, side="me", id=arrived.external_id, text=said.text)
        if self.answers:
            self._answer(arrived.address, f"*Terima kasih.* {said.kind}: {said.text or said.tapped}")
        return "new"

    async def upload(self, address: Address, key: str, data: bytes, name: str) -> UploadResult:
        self._check()
        if key not in self.uploads:
            ok = not name.endswith(".txt")
            result = UploadResult(ok=ok, reason="" if ok else "Itu bukan foto.", media_id=len(self.uploads) + 1)
            self.uploads[key] = (data, name, result)
            if ok:
                self.add(address, side="me", id=key, photos=(len(self.uploads),))
        return self.uploads[key][2]

    async def log(self, address: Address, after: int | None, limit: int) -> list[LogRow]:
        self._check()
        rows = self.rows[address.value]
        return rows[-limit:] if after is None else [row for row in rows if row.event > after][:limit]

    async def wait(self, address: Address, after: int, timeout: float) -> bool:  # noqa: ASYNC109 - the door's signature
        if self.leaving:
            raise Leaving
        if any(row.event > after for row in self.rows[address.value]):
            return True
        try:
            await asyncio.wait_for(self._news.wait(), min(timeout, 0.5))
        except TimeoutError:
            return False
        return True

    async def front(self, programme: str | None, address: Address | None) -> Front | None:
        self._check()
        return self.front_of_all if programme in {None, self.front_of_all.programme} else None

    async def picture(self, media_id: int, address: Address) -> tuple[bytes, str] | None:
        if media_id not in {photo for row in self.rows[address.value] for photo in row.photos}:
            return None
        return list(self.uploads.values())[media_id - 1][0], "image/jpeg"

    def sign(self, value: str) -> str:
        return self._signer.sign(value).decode()

    def unsign(self, signed: str) -> str | None:
        try:
            return self._signer.unsign(signed).decode()
        except (BadSignature, ValueError):
            return None

    def new_id(self) -> str:
        return token()

    # What a test does to it

    def add(self, address: Address, *, side: str, id: str = "", **more: object) -> LogRow:  # noqa: A002 - as in LogRow
        self._event += 1
        row = LogRow(event=self._event, id=id or f"o{self._event}", side=side, at=datetime.now(UTC))  # noqa: TID251 - a page's clock is the browser's
        row = replace(row, **more)  # type: ignore[arg-type]  # the fields of LogRow, checked by the dataclass
        self.rows[address.value].append(row)
        self.wake()
        return row

    def wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    def _answer(self, address: Address, text: str) -> None:
        n = min(7, len(self.rows[address.value]) // 2)
        row = button_data(self._event + 1000, 0).partition(".")[0]
        keys = (Key("Lanjut", f"{row}.0"), Key("Nanti saja", f"{row}.1"))
        self.add(address, side="them", text=text, keys=keys, progress=(n, 7) if n else None)

    def _mark(self, address: Address, tapped: str) -> None:
        """The row whose key was chosen comes again, with the key marked."""
        for row in [row for row in self.rows[address.value] if tapped in {key.data for key in row.keys}][-1:]:
            keys = tuple(replace(key, chosen=key.data == tapped) for key in row.keys)
            self.add(address, **{**{name: getattr(row, name) for name in ROW}, "keys": keys})

    def _check(self) -> None:
        if self.broken:
            raise StoreUnavailable


@dataclass
class Served:
    url: str
    house: House
    _loop: asyncio.AbstractEventLoop
    _server: uvicorn.Server
    _thread: threading.Thread

    def stop(self) -> None:
        self.house.leaving = True
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self.house.wake)
        self._server.should_exit = True
        self._thread.join(10)

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    @property
    def address(self) -> Address:
        """The chat that was opened first."""
        return Address("webchat", "web", next(iter(self.house.rows)), "web")

    def say(self, **row: object) -> LogRow:
        """A row from elsewhere appears in the chat."""

        async def add() -> LogRow:
            return self.house.add(self.address, **{"side": "them"} | row)  # type: ignore[arg-type]  # as in House.add

        return asyncio.run_coroutine_threadsafe(add(), self._loop).result(5)


def page_wording() -> Wording:
    """The page's own texts, those of keys, and no others: a test of the page fails for the page's reasons only."""
    with TemporaryDirectory() as folder:
        for language in ("id", "en"):
            Path(folder, language).mkdir()
            for name in ("webchat.ftl", "engine.ftl"):
                text = (files("locales") / language / name).read_text(encoding="utf-8")
                Path(folder, language, name).write_text(text, encoding="utf-8")
        return Wording.load(Path(folder))


def application(house: House, *, public_url: str = "") -> FastAPI:
    assets = Assets()
    app = FastAPI()
    app.include_router(chat_router(house, Pages(page_wording(), assets), SystemClock(), public_url=public_url))
    app.include_router(assets.router())
    app.add_middleware(SecurityHeaders)
    return app


@contextmanager
def served(house: House, port: int = 0) -> Iterator[Served]:
    """The page on a real server of its own thread."""
    config = uvicorn.Config(application(house), port=port, log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    ready = threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def main() -> None:
        loops.append(asyncio.get_running_loop())
        running = asyncio.ensure_future(server.serve())
        while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn says it with a flag and no event
            await asyncio.sleep(0.01)
        ready.set()
        await running

    thread = threading.Thread(target=asyncio.run, args=(main(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    found = server.servers[0].sockets[0].getsockname()[1]
    running = Served(f"http://127.0.0.1:{found}", house, loops[0], server, thread)
    try:
        yield running
    finally:
        running.stop()
