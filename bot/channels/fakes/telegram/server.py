"""The fake's HTTP server and the hands of its people."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import BodyPartReader, web
from aiohttp.web_request import BaseRequest

from bot.channels.fakes.telegram.deliveries import Deliveries, Delivery
from bot.channels.fakes.telegram.faults import Fault
from bot.channels.fakes.telegram.ledger import Message, Rates, Refusal
from bot.channels.fakes.telegram.methods import METHODS
from bot.channels.fakes.telegram.rules import RefusedCall, bad_request
from bot.channels.fakes.telegram.world import Tap, Wait, World

__all__ = ["FakeTelegram"]

TOKEN = "7000000001:" + "F" * 35  # of the shape of a real one, so that what redacts tokens is tried too

_COMMAND = re.compile(r"/\w{1,32}(?:@\w+)?")
_LARGEST_REQUEST = 60 * 1024 * 1024


class FakeTelegram:
    """`async with FakeTelegram() as telegram:` runs a platform; leaving it fails if a call of ours broke a rule.

    rates           False: as many messages a second as one likes, to whomever (for benchmarks)
    scale           shortens the pauses between deliveries (1.0 is the platform's own)
    strict          False: leaving does not look at `refusals`
    duplicates_every  every n-th update is delivered twice
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        rates: bool = True,
        scale: float = 1.0,
        strict: bool = True,
        duplicates_every: int = 0,
    ) -> None:
        self.token = token
        self.refusals: list[Refusal] = []
        self.calls = 0
        self._rates = rates
        self._scale = scale
        self._strict = strict
        self._duplicates_every = duplicates_every
        self._faults: list[tuple[str, Fault]] = []
        self._runner: web.ServerRunner | None = None
        self._port = 0
        self._closing: asyncio.Event
        self._news: asyncio.Event

    # --- life

    async def start(self, port: int = 0) -> Self:
        """Listen on loopback, on a free port or the given one."""
        now = asyncio.get_running_loop().time
        self._closing = asyncio.Event()
        self._news = asyncio.Event()
        self._world = World(
            bot_id=int(self.token.partition(":")[0]),
            username="sambang_uji_bot",
            rates=Rates(30, 1, now) if self._rates else Rates(0, 0, now),
            deliveries=Deliveries(now, scale=self._scale),
            clock=now,
            started=now(),
            strangers=not self._rates,
            duplicates_every=self._duplicates_every,
        )
        server = web.Server(self._answer, request_factory=_request, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def close(self) -> None:
        self._closing.set()
        await self._world.deliveries.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
        if self._strict and kind is None and self.refusals:
            raise AssertionError(f"the platform refused calls of ours: {self.refusals}")

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is set to."""
        return f"http://127.0.0.1:{self._port}"

    # --- what people do

    def write(self, chat: int, text: str) -> Message:
        """A person writes. The first message opens the chat."""
        message = self._said(chat, text=text)
        content = self._world.message_json(message)
        if command := _COMMAND.match(text):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
        self._arrives("message", content, chat)
        return message

    def edit(self, chat: int, message_id: int, text: str) -> None:
        """A person changes a message of theirs."""
        home = self._world.chats[chat]
        message = home.message(message_id)
        if message is None or message.from_bot:
            raise LookupError("no message of this person")
        new = home.rewrite(message, text=text, edited=True)
        self._arrives("edited_message", self._world.message_json(new), chat)

    def photo(self, chat: int, data: bytes, *, caption: str = "", album: str = "", size: int | None = None) -> str:
        """A person sends a photo; the file id of its largest variant. `size`: what getFile claims, if not the truth."""
        message = self._said(chat, text=caption, album=album)
        variants = self._world.photo_json(data, size=size)
        content = self._world.message_json(message)
        del content["text"]
        self._arrives("message", {**content, "photo": variants, **({"caption": caption} if caption else {})}, chat)
        return str(variants[1]["file_id"])

    def album(self, chat: int, pictures: list[bytes], *, caption: str = "") -> list[str]:
        """Several photos at once; the caption sits on the first."""
        group = f"album-{self._world.message_id()}"
        return [
            self.photo(chat, picture, caption=caption if index == 0 else "", album=group)
            for index, picture in enumerate(pictures)
        ]

    def document(self, chat: int, data: bytes, *, name: str, mime: str, size: int | None = None) -> str:
        """A person sends a file as it is; its file id."""
        file = self._world.store(data, size=size, suffix="bin")
        described = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
        self.send(chat, document={**described, "file_name": name, "mime_type": mime})
        return file.file_id

    def send(self, chat: int, **content: Any) -> Message:
        """A person sends anything else: `voice=...`, `sticker=...`, as the Bot API describes it."""
        message = self._said(chat)
        described = self._world.message_json(message)
        del described["text"]
        self._arrives("message", {**described, **content}, chat)
        return message

    def tap(self, chat: int, message_id: int, label: str) -> str:
        """A person presses a key under a message of the bot; the id of the callback query."""
        home = self._world.chats[chat]
        message = home.message(message_id)
        if message is None or label not in message.keys:
            raise LookupError(f"no key {label!r} there, but {list(message.keys) if message else 'no message'}")
        tap = Tap(f"tap-{self._world.message_id()}", chat, self._world.now())
        self._world.taps[tap.id] = tap
        content = {
            "id": tap.id,
            "from": self._world.person_json(home),
            "message": self._world.message_json(message),
            "chat_instance": "1",
            "data": message.keys[label],
        }
        self._world.update("callback_query", content, f"user {chat}")
        return tap.id

    def share_phone(self, chat: int, number: str, *, of: int | None = None) -> Message:
        """A person presses the key that shares their number (or sends the card of somebody else, `of`)."""
        contact = {"phone_number": number.removeprefix("+"), "first_name": "Bu Sari", "user_id": of or chat}
        return self.send(chat, contact=contact)

    def block(self, chat: int) -> None:
        self._membership(chat, blocked=True)

    def unblock(self, chat: int) -> None:
        self._membership(chat, blocked=False)

    def deliver(self, update: dict[str, Any], queue: str = "other") -> None:
        """Deliver any JSON as an update (it needs an `update_id`)."""
        self._world.deliver(update, queue)

    def redeliver(self, index: int = -1) -> None:
        """Deliver an update a second time, as the platform does where our 200 was lost. By its place in `updates`."""
        self._world.deliveries.again(self.updates[index])

    def lose_file(self, file_id: str, *, for_good: bool = False) -> None:
        """The platform cannot give this file now, or never again."""
        if for_good:
            del self._world.files[file_id]
        else:
            self._world.files[file_id].gone = True

    # --- what goes wrong

    def fail(self, fault: Fault, *, method: str = "", times: int = 1) -> None:
        """Trouble for the next calls, of one method ("file" is a download) or of any."""
        self._faults += [(method.lower(), fault)] * times

    def recover(self) -> None:
        """No more trouble: what was ordered and did not happen yet is forgotten."""
        self._faults.clear()

    def take_refusals(self) -> list[Refusal]:
        """The refused calls so far, which are then forgiven: for tests that break a rule on purpose."""
        taken, self.refusals = self.refusals, []
        return taken

    # --- what is seen

    @property
    def updates(self) -> list[Delivery]:
        """All updates ever made, in order, and how their deliveries were answered."""
        return self._world.deliveries.log

    @property
    def commands(self) -> dict[str, list[dict[str, str]]]:
        return self._world.commands

    def messages(self, chat: int) -> list[Message]:
        """The chat as the person sees it, both sides."""
        return list(self._world.known(chat).messages)

    def heard(self, chat: int) -> list[Message]:
        """What the bot said in it."""
        return self._world.heard(self._world.known(chat))

    def answered(self, tap: str) -> bool:
        """Whether the spinner on the key has stopped."""
        return self._world.taps[tap].answered

    async def wait_for(
        self, chat: int, wanted: int | Callable[[list[Message]], bool], seconds: float = 5.0
    ) -> list[Message]:
        """What the bot said in a chat, as soon as it is `wanted` messages or pleases it. Raises TimeoutError."""
        pleases = wanted if callable(wanted) else (lambda heard: len(heard) >= wanted)
        heard = self.heard(chat)
        if pleases(heard):
            return heard
        wait = Wait(chat, pleases, asyncio.get_running_loop().create_future())
        self._world.waits.append(wait)
        try:
            return await asyncio.wait_for(wait.done, seconds)
        except TimeoutError:
            seen = [message.text for message in self.messages(chat)]
            raise TimeoutError(f"chat {chat} did not become {wanted} within {seconds} s: {seen}") from None

    async def called(self, times: int) -> None:
        """Wait until the bot has called that often in all."""
        while self.calls < times:
            self._news.clear()
            await self._news.wait()

    async def drained(self) -> None:
        """Wait until the bot has taken every update."""
        await self._world.deliveries.drained()

    # --- inside

    def _said(self, chat: int, **fields: Any) -> Message:
        return self._world.post(self._world.known(chat), from_bot=False, **fields)

    def _arrives(self, kind: str, content: dict[str, Any], chat: int) -> None:
        self._world.update(kind, content, f"chat {chat}")

    def _membership(self, chat: int, *, blocked: bool) -> None:
        home = self._world.known(chat)
        home.blocked = blocked
        member: dict[str, Any] = {"status": "member", "user": self._world.me}
        kicked: dict[str, Any] = {"status": "kicked", "user": self._world.me, "until_date": 0}
        content = {
            "chat": self._world.chat_json(home),
            "from": self._world.person_json(home),
            "date": int(self._world.now()),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self._arrives("my_chat_member", content, chat)

    # --- HTTP

    async def _answer(self, request: BaseRequest) -> web.StreamResponse:
        self.calls += 1
        self._news.set()
        path = request.path
        if path.startswith(f"/file/bot{self.token}/"):
            return await self._file(request, path.removeprefix(f"/file/bot{self.token}/"))
        head, _, method = path.removeprefix("/bot").rpartition("/")
        fault = self._fault(method.lower())
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and not fault.accepts:
            return _faulty(request, fault)
        if head != self.token:
            return self._refused(method, RefusedCall(401, "Unauthorized"))
        answer = await self._called(request, method)
        return answer if fault is None else await self._spoiled(request, fault, answer)

    def _fault(self, method: str) -> Fault | None:
        for entry in self._faults:
            if entry[0] in {"", method}:
                self._faults.remove(entry)
                return entry[1]
        return None

    async def _called(self, request: BaseRequest, method: str) -> web.Response:
        call = METHODS.get(method.lower())
        if call is None:
            return self._refused(method, RefusedCall(404, "Not Found"))
        try:
            fields, uploads = await _parameters(request)
            result = await call(self._world, fields, uploads)
        except RefusedCall as refusal:
            return self._refused(method, refusal)
        except (ValueError, TypeError, AttributeError) as error:
            return self._refused(method, bad_request(f"can't parse the request: {error}"))
        return web.json_response({"ok": True, "result": result})

    def _refused(self, method: str, refusal: RefusedCall) -> web.Response:
        if refusal.code not in {403, 409}:  # a block and a second poller are facts of the world and no broken rules
            self.refusals.append(Refusal(method, refusal.code, refusal.description))
        body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
        if refusal.parameters:
            body["parameters"] = refusal.parameters
        return web.json_response(body, status=refusal.code)

    async def _spoiled(self, request: BaseRequest, fault: Fault, answer: web.Response) -> web.StreamResponse:
        """The call took effect; its answer does not come as it should."""
        if fault.silent:
            await self._closing.wait()
        if fault.truncated:
            return await _half(request, answer)
        if fault.answer == b"":
            return answer
        return _faulty(request, fault)

    async def _file(self, request: BaseRequest, path: str) -> web.StreamResponse:
        fault = self._fault("file")
        file = next((file for file in self._world.files.values() if file.path == path and not file.gone), None)
        if fault and not fault.accepts:
            return _faulty(request, fault)
        if file is None:
            return self._refused("file", RefusedCall(404, "Not Found"))
        answer = web.Response(body=file.data, content_type="application/octet-stream")
        return answer if fault is None else await self._spoiled(request, fault, answer)


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: asyncio.Task[None]) -> BaseRequest:
    """A request as large as the platform takes; aiohttp's own stops at 1 MB."""
    loop = asyncio.get_running_loop()
    return BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_LARGEST_REQUEST)


def _faulty(request: BaseRequest, fault: Fault) -> web.StreamResponse:
    if fault.answer is None:
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)  # nobody reads it
    kind = "application/json" if fault.answer.startswith(b"{") else "text/html"
    return web.Response(status=fault.status, body=fault.answer, content_type=kind)


async def _half(request: BaseRequest, answer: web.Response) -> web.StreamResponse:
    body = answer.body if isinstance(answer.body, bytes) else b""
    response = web.StreamResponse(headers={"Content-Length": str(len(body)), "Content-Type": answer.content_type})
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport:
        request.transport.close()
    return response


async def _parameters(request: BaseRequest) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The fields of a call from query string, JSON, form or multipart, and the files uploaded with it."""
    fields: dict[str, Any] = dict(request.query)
    uploads: dict[str, bytes] = {}
    kind = request.content_type
    if kind == "application/json":
        fields |= json.loads(await request.read())
    elif kind.startswith("multipart/"):
        async for part in _parts(request):
            data = bytes(await part.read())
            if part.filename:
                uploads[part.name or ""] = data
            else:
                fields[part.name or ""] = data.decode()
    elif request.can_read_body:
        fields |= dict(await request.post())
    return fields, uploads


async def _parts(request: BaseRequest) -> AsyncIterator[BodyPartReader]:
    reader = await request.multipart()
    while isinstance(part := await reader.next(), BodyPartReader):
        yield part
