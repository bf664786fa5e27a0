"""The chat in a terminal: one more client of the web chat's routes, for those who sit at the server."""

import asyncio
import contextlib
import json
import os
import re
import socket
import sys
import threading
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TextIO
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from bot import system
from bot.settings import Settings
from bot.web.chat import COOKIE
from dialogue.wording import Wording, Words

__all__ = ["Unreachable", "keyboard", "talk", "talk_command"]

_BOLD = re.compile(r"\*([^*\n]+)\*")
_PHOTO = "/foto "
_LEAVE = {"/keluar", "/exit"}
_ANSWER = 8  # seconds that a script waits for the answer to a line
_START_TRIES = 300  # tenths of a second until a server of our own answers
_AGAIN = 2  # seconds between two tries to reach the stream


class Unreachable(Exception):
    """No Sambang answers at that address, or not for that programme."""


async def talk(
    base_url: str,
    programme: str = "",
    *,
    inp: AsyncIterator[str],
    out: TextIO,
    cookie: Path,
    new_key: Callable[[], str],
    words: Words,
    patient: bool = False,
) -> None:
    """Chat until the lines of `inp` end: a number taps the key of that number, `/foto PATH` sends a picture.

    `cookie` is the file that remembers who talks, so that the next talk goes on where this one ended. `patient` waits
    for the answer to each line before the next one goes: for scripts, where nobody reads. Raises Unreachable.
    """
    jar = aiohttp.CookieJar(unsafe=True)  # also addresses without a name: a server of one's own machine
    _recall(jar, base_url, cookie)
    async with aiohttp.ClientSession(base_url, cookie_jar=jar, headers={"origin": _origin(base_url)}) as session:
        chat = _Talk(session, out, new_key, words("webchat.photo"))
        await chat.open(programme)
        _remember(jar, base_url, cookie)
        reading = asyncio.ensure_future(chat.read())
        try:
            await chat.greet(programme)
            if patient:
                await chat.answered()
            async for line in inp:
                if line.strip() in _LEAVE:
                    break
                await chat.say(line.strip(), wait=patient)
            await chat.answered()
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def keyboard(source: TextIO) -> AsyncIterator[str]:
    """The lines that somebody types, while the answers keep coming. Its thread never holds up the end."""
    loop = asyncio.get_running_loop()
    typed: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is gone, and so is whoever listened
            while line := source.readline():
                loop.call_soon_threadsafe(typed.put_nowait, line)
            loop.call_soon_threadsafe(typed.put_nowait, "")

    threading.Thread(target=read, daemon=True).start()
    while line := await typed.get():
        yield line


def talk_command(settings: Settings, programme: str) -> None:
    """`sambang talk`: with the server that runs on this machine, or with one of its own on a free port."""
    words = Wording.load().for_person("id")
    try:
        asyncio.run(_talk_somewhere(settings, programme, words))
    except KeyboardInterrupt:
        pass
    except Unreachable as cause:
        sys.exit(words("webchat.talk-silent", cause=str(cause)))


async def _talk_somewhere(settings: Settings, programme: str, words: Words) -> None:
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 - compared, not bound
    running = f"http://{host}:{settings.port}"
    async with contextlib.AsyncExitStack() as stack:
        url = running if await _answers(running) else await stack.enter_async_context(_own_server())
        await talk(
            url,
            programme,
            inp=keyboard(sys.stdin),
            out=sys.stdout,
            cookie=settings.data_dir / "talk.cookie",
            new_key=system.uuid,
            words=words,
            patient=not sys.stdin.isatty(),
        )


@contextlib.asynccontextmanager
async def _own_server() -> AsyncIterator[str]:
    """A `sambang run` of our own, which ends with the talk. What it says is shown only where it does not start."""
    port = _free_port()
    told = os.environ | {"SAMBANG_HOST": "127.0.0.1", "SAMBANG_PORT": str(port), "SAMBANG_LOG_LEVEL": "error"}
    with TemporaryFile() as said:
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=told, stdout=DEVNULL, stderr=said
        )
        try:
            url = f"http://127.0.0.1:{port}"
            if not await _comes_up(server, url):
                said.seek(0)
                raise Unreachable(said.read().decode(errors="replace").strip())
            yield url
        finally:
            if server.returncode is None:
                server.terminate()
                await server.wait()


async def _comes_up(server: Process, url: str) -> bool:
    for _ in range(_START_TRIES):
        if server.returncode is not None:
            return False
        if await _answers(url):
            return True
        await asyncio.sleep(0.1)
    return False


async def _answers(url: str) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
            session.get(f"{url}/healthz") as answer,
        ):
            return answer.status < 500
    except (aiohttp.ClientError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class _Talk:
    session: aiohttp.ClientSession
    out: TextIO
    new_key: Callable[[], str]
    photo: str  # the word for one
    keys: list[str] = field(default_factory=list)  # data of the keys under the newest message
    told: set[str] = field(default_factory=set)  # rows that need no (or no second) printing
    cursor: str = ""
    waiting: bool = False
    greeted: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, programme: str) -> None:
        path = f"/chat/{programme}" if programme else "/chat"
        try:
            async with self.session.get(path) as page:
                if page.status != 200:
                    raise Unreachable(f"{path}: {page.status}")
        except aiohttp.ClientError as cause:
            raise Unreachable(type(cause).__name__) from cause

    async def greet(self, programme: str) -> None:
        """What was said last, or, in a new chat, its beginning."""
        async with self.session.get("/chat/events", headers={"accept": "application/json"}) as answer:
            rows = (await answer.json())["rows"]
        for row in rows[-6:]:
            self._show(row)
        if rows:
            self.cursor = str(rows[-1]["e"])
        else:
            await self._post({"start": programme})
            self.waiting = True
        self.greeted.set()

    async def say(self, line: str, *, wait: bool) -> None:
        if not line:
            return
        self.waiting = True
        self.news.clear()
        if line.startswith(_PHOTO):
            await self._upload(line.removeprefix(_PHOTO).strip())
        elif line.isascii() and line.isdecimal() and 0 < int(line[:4]) <= len(self.keys):
            await self._post({"tapped": self.keys[int(line[:4]) - 1]})
        else:
            await self._post({"text": line})
        if wait:
            await self.answered()

    async def answered(self) -> None:
        """Wait until the last line has its answer, or until nobody can expect one any more."""
        if not self.waiting:
            return
        try:
            await asyncio.wait_for(self.news.wait(), _ANSWER)
        except TimeoutError:
            return
        self.waiting = False

    async def read(self) -> None:
        """Print what comes, and come back when the line is lost."""
        await self.greeted.wait()
        while True:
            try:
                await self._follow()
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(_AGAIN)

    async def _follow(self) -> None:
        endless = aiohttp.ClientTimeout(total=None, sock_read=60)
        headers = {"last-event-id": self.cursor} if self.cursor else {}
        async with self.session.get("/chat/events", headers=headers, timeout=endless) as stream:
            async for raw in stream.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("id: "):
                    self.cursor = line.removeprefix("id: ")
                elif line.startswith("data: {"):
                    self._show(json.loads(line.removeprefix("data: ")))

    def _show(self, row: dict[str, Any]) -> None:
        if row["i"] in self.told:
            return
        self.told.add(row["i"])
        if row["s"] == "me":
            self._print(f"> {row.get('t') or self.photo}")
            return
        if row.get("w"):
            self._print(f"{row['w']}:")
        self._print(_BOLD.sub("\033[1m\\1\033[0m" if self.out.isatty() else "\\1", row.get("t", "")))
        for photo in row.get("p", ()):
            self._print(f"[{self.photo} {photo}]")
        if row.get("k"):
            self.keys = [data for _, data, _ in row["k"]]
            for n, (label, _, _) in enumerate(row["k"], 1):
                self._print(f"  {n}) {label}")
        self._print("")
        self.news.set()

    async def _post(self, fields: dict[str, str]) -> None:
        key = self.new_key()
        self.told.add(key)
        await self._send("/chat/messages", lambda: {"json": {"key": key, **fields}})

    async def _upload(self, name: str) -> None:
        path = Path(name)
        try:
            data = await asyncio.to_thread(lambda: path.expanduser().read_bytes())
        except OSError as cause:
            self._print(f"{path}: {cause.strerror}")
            self.waiting = False
            return
        key = self.new_key()
        self.told.add(key)

        def form() -> dict[str, Any]:
            body = aiohttp.FormData()
            body.add_field("key", key)
            body.add_field("photo", data, filename=path.name)
            return {"data": body}

        await self._send("/chat/photos", form)

    async def _send(self, path: str, body: Callable[[], dict[str, Any]]) -> None:
        """Post until somebody has it; the key makes a repeat harmless."""
        while True:
            try:
                async with self.session.post(path, headers={"accept": "application/json"}, **body()) as answer:
                    if answer.status < 500:
                        said = await answer.json()
                        if not said["ok"]:
                            self._print(said["text"])
                            self.waiting = False
                        return
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(_AGAIN)

    def _print(self, text: str) -> None:
        print(text, file=self.out, flush=True)


def _origin(base_url: str) -> str:
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


def _recall(jar: aiohttp.CookieJar, base_url: str, cookie: Path) -> None:
    try:
        value = cookie.read_text(encoding="utf-8").strip()
    except OSError:
        return
    jar.update_cookies({COOKIE: value}, URL(base_url))


def _remember(jar: aiohttp.CookieJar, base_url: str, cookie: Path) -> None:
    morsel = jar.filter_cookies(URL(base_url)).get(COOKIE)
    if morsel is not None:
        cookie.parent.mkdir(parents=True, exist_ok=True)
        cookie.touch(mode=0o600)
        cookie.write_text(morsel.value, encoding="utf-8")
