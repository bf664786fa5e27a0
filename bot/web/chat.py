"""The web chat's routes: the page, what it posts, and the stream of what it shows.

A post is answered when it is durable (doors.arrive), with the same answer however often its key comes. A form posted
without script is answered with the page itself, so that the oldest phone can hold the whole conversation.
"""

import gzip
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import Message

from bot.channels.base import Address
from bot.channels.webchat import BadPost, WebChat, address_of, is_key, parse_post
from bot.doors import Doors, Front, Key, Leaving, LogRow, UploadResult
from bot.web.guard import TooLarge, TooSlow, capped, comes_from_our_page
from bot.web.pages import ChatView, Pages, row_json
from domain.clock import Clock
from storage.errors import StoreUnavailable

__all__ = ["COOKIE", "Doors", "Front", "Key", "Leaving", "LogRow", "UploadResult", "chat_router"]

COOKIE = "sambang_chat"
_YEAR = 365 * 24 * 3600
_SHOWN = 50  # rows after a reload
_HEARTBEAT = 15  # seconds; proxies and phone networks cut lines that are silent for longer
_ANSWER_WAIT = 6  # seconds that a form without script waits for the answer; typed text waits 3 s for its next fragment
_MESSAGE_BYTES = 64_000
_PHOTO_BYTES = WebChat().limits.file_bytes
_FORM_BYTES = 100_000  # of a multipart body beside the photos
_PHOTOS_AT_ONCE = 10
_LARGEST_EVENT = 2**53 - 1  # what a browser's numbers hold
_PAYLOAD = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_STREAM_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


class _Refused(Exception):
    """A post that is not taken: the status, and the key of the sentence that says why."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key


_Take = Callable[[Address, Front], Awaitable[Response]]


def chat_router(doors: Doors, pages: Pages, clock: Clock, *, public_url: str = "") -> APIRouter:
    """The routes of the web chat. `public_url` is the https address that people reach, where there is one."""
    chat = _Chat(doors, pages, clock, public_url)
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", chat.home, methods=["GET"], response_model=None)
    router.add_api_route("/chat", chat.default_page, methods=["GET"], response_model=None)
    router.add_api_route("/chat/events", chat.events, methods=["GET"], response_model=None)
    router.add_api_route("/chat/media/{media_id}", chat.media, methods=["GET"], response_model=None)
    router.add_api_route("/chat/messages", chat.message, methods=["POST"], response_model=None)
    router.add_api_route("/chat/photos", chat.photos, methods=["POST"], response_model=None)
    router.add_api_route("/chat/{programme}", chat.page, methods=["GET"], response_model=None)
    return router


@dataclass(frozen=True, slots=True)
class _Chat:
    doors: Doors
    pages: Pages
    clock: Clock
    public_url: str

    # What is read

    async def home(self) -> Response:
        return RedirectResponse("/chat", status_code=307)

    async def default_page(self, request: Request) -> Response:
        return await self._opened(request, None)

    async def page(self, request: Request, programme: str) -> Response:
        return await self._opened(request, programme)

    async def _opened(self, request: Request, programme: str | None) -> Response:
        token = self._token(request) or self.doors.new_id()
        address = address_of(token)
        try:
            front = await self.doors.front(programme, address)
            if front is None:
                return HTMLResponse(self.pages.lost(), status_code=404)
            response = _packed(request, await self._rendered(address, front, start=_payload(request)))
        except StoreUnavailable:
            return self._unavailable(None)
        response.headers["cache-control"] = "no-store"
        response.set_cookie(
            COOKIE,
            self.doors.sign(token),
            max_age=_YEAR,
            httponly=True,
            samesite="lax",
            secure="https" in {request.url.scheme, urlsplit(self.public_url).scheme},
        )
        return response

    async def _rendered(self, address: Address, front: Front, *, start: str = "", notice: str = "") -> str:
        view = ChatView(
            front=front,
            rows=tuple(await self._log(address, None)),
            now=self.clock.now(),
            key=self.doors.new_id(),
            start=start,
            notice=notice,
        )
        return self.pages.chat(view)

    async def events(self, request: Request) -> Response:
        """The rows after Last-Event-ID as a stream, or at once as JSON for pages that cannot stream."""
        address = self._address(request)
        try:
            front = await self.doors.front(None, address)
            if address is None or front is None:
                return self._said(401, "webchat.no-chat", front)
            after = _event(request.headers.get("last-event-id")) or _event(request.query_params.get("after"))
            if "application/json" in request.headers.get("accept", ""):
                rows = [row_json(row, front.zone) | {"e": row.event} for row in await self._log(address, after)]
                return JSONResponse({"rows": rows}, headers=_STREAM_HEADERS)
        except StoreUnavailable:
            return self._unavailable(None)
        stream = self._stream(address, front, after)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_STREAM_HEADERS)

    async def _log(self, address: Address, after: int | None) -> list[LogRow]:
        return self.pages.shown(await self.doors.log(address, after, _SHOWN))

    async def _stream(self, address: Address, front: Front, after: int | None) -> AsyncIterator[str]:
        yield "retry: 2000\n\n"
        known: set[tuple[int, str]] = (
            set()
        )  # a log goes back a little behind `after`; what was shown is not shown again
        try:
            while True:
                rows = [row for row in await self._log(address, after) if (row.event, row.id) not in known]
                known |= {(row.event, row.id) for row in rows}
                for row in rows:
                    data = json.dumps(row_json(row, front.zone), ensure_ascii=False, separators=(",", ":"))
                    yield f"id: {row.event}\ndata: {data}\n\n"
                after = max((row.event for row in rows), default=after or 0)
                if not rows and not await self.doors.wait(address, after, _HEARTBEAT):
                    yield "event: beat\ndata: 1\n\n"  # an event and no comment, so that the page notices a dead line
        except (StoreUnavailable, Leaving):
            return  # the browser comes back after `retry`, with the id of the last row that it has

    async def media(self, request: Request, media_id: str) -> Response:
        address, number = self._address(request), _event(media_id)
        try:
            found = await self.doors.picture(number, address) if address and number is not None else None
        except StoreUnavailable:
            return self._unavailable(None)
        if found is None:
            return Response(status_code=404)
        data, mime = found
        shown = "inline" if mime.startswith("image/") else "attachment"
        headers = {"cache-control": "private, max-age=31536000, immutable", "content-disposition": shown}
        return Response(data, media_type=mime, headers=headers)

    # What is posted

    async def message(self, request: Request) -> Response:
        """One text, tap, phone number or start: JSON from the script, a form from a page without one."""
        plain = not request.headers.get("content-type", "").startswith("application/json")

        async def take(address: Address, _front: Front) -> Response:
            raw = await _body(request, _MESSAGE_BYTES)
            fields = _form(raw) if plain else _json(raw)
            arrived = parse_post(address, fields, at=self.clock.now(), raw=raw)
            before = await self._newest(address) if plain else 0
            await self.doors.arrive(arrived)
            if not plain:
                return JSONResponse({"ok": True})
            await self._answered(address, before)
            return _back(fields.get("programme"))

        return await self._posted(request, take, plain=plain)

    async def photos(self, request: Request) -> Response:
        """One photo with its key; a page without script may send several at once."""
        plain = "application/json" not in request.headers.get("accept", "")

        async def take(address: Address, front: Front) -> Response:
            key, fields, files = await _uploads(request)
            before = await self._newest(address) if plain else 0
            results = [
                await self.doors.upload(address, key if n == 0 else f"{key[:60]}-{n}", data, name)
                for n, (name, data) in enumerate(files)
            ]
            if not plain:
                return _uploaded(results[0])
            if all(result.ok for result in results):
                await self._answered(address, before)
                return _back(fields.get("programme"))
            reasons = " ".join(result.reason for result in results if not result.ok)
            return HTMLResponse(await self._rendered(address, front, notice=reasons), status_code=422)

        return await self._posted(request, take, plain=plain)

    async def _posted(self, request: Request, take: _Take, *, plain: bool) -> Response:
        """What `take` answers, or the refusal in words: as JSON, or on the page where a form was posted."""
        address, front = self._address(request), None
        try:
            front = await self.doors.front(None, address)
            if front is None:
                return self._said(404, "webchat-no-programme", None)
            try:
                return await take(self._let_in(request, address), front)
            except (_Refused, BadPost) as refused:
                return await self._refused(refused, address, front, plain=plain)
        except StoreUnavailable:
            return self._unavailable(front)

    def _let_in(self, request: Request, address: Address | None) -> Address:
        if not comes_from_our_page(request, urlsplit(self.public_url).netloc):
            raise _Refused(403, "webchat-elsewhere-origin")
        if address is None:
            raise _Refused(401, "webchat-no-chat")
        return address

    async def _newest(self, address: Address) -> int:
        return max((row.event for row in await self.doors.log(address, None, 1)), default=0)

    async def _answered(self, address: Address, before: int) -> None:
        """Wait a little for the answer, so that a page without script can show it at once."""
        end = self.clock.monotonic() + _ANSWER_WAIT
        after = before
        try:
            while (left := end - self.clock.monotonic()) > 0 and await self.doors.wait(address, after, left):
                rows = await self.doors.log(address, after, _SHOWN)
                if any(row.side == "them" for row in rows):
                    return
                after = max((row.event for row in rows), default=after)
        except Leaving:
            return

    # Who it is, and how a refusal sounds

    def _token(self, request: Request) -> str | None:
        signed = request.cookies.get(COOKIE)
        return self.doors.unsign(signed) if signed else None

    def _address(self, request: Request) -> Address | None:
        token = self._token(request)
        return address_of(token) if token else None

    async def _refused(
        self, refused: _Refused | BadPost, address: Address | None, front: Front | None, *, plain: bool
    ) -> Response:
        status = refused.status if isinstance(refused, _Refused) else 422
        if not plain or address is None or front is None or status == 403:
            return self._said(status, str(refused), front)
        notice = self.pages.words(front)(str(refused))
        return HTMLResponse(await self._rendered(address, front, notice=notice), status_code=status)

    def _said(self, status: int, key: str, front: Front | None) -> Response:
        headers = {"connection": "close"} if status in {408, 413} else None
        text = self.pages.words(front)(key)
        return JSONResponse({"ok": False, "text": text}, status_code=status, headers=headers)

    def _unavailable(self, front: Front | None) -> Response:
        text = self.pages.words(front)("webchat.unavailable")
        return JSONResponse({"ok": False, "text": text}, status_code=503, headers={"retry-after": "2"})


def _packed(request: Request, page: str) -> Response:
    """The page, gzipped where the browser reads that: it is a fifth of the size, and the line may be slow."""
    headers = {"vary": "accept-encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTMLResponse(page, headers=headers)
    return HTMLResponse(gzip.compress(page.encode(), 6), headers=headers | {"content-encoding": "gzip"})


def _payload(request: Request) -> str:
    """The start payload of a deep link: a village's code, or a code of ours."""
    for name in ("desa", "mulai"):
        value = request.query_params.get(name, "")
        if _PAYLOAD.fullmatch(value):
            return value
    return ""


def _event(text: str | None) -> int | None:
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 19:
        return None
    return min(int(text), _LARGEST_EVENT)


async def _body(request: Request, limit: int) -> bytes:
    try:
        return await capped(request, limit).body()
    except TooLarge:
        raise _Refused(413, "webchat-too-long") from None
    except (TooSlow, ClientDisconnect):
        raise _Refused(408, "webchat-bad-post") from None


def _json(raw: bytes) -> Mapping[str, object]:
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError):
        raise _Refused(422, "webchat-bad-post") from None
    if not isinstance(fields, dict):
        raise _Refused(422, "webchat-bad-post")
    return fields


def _form(raw: bytes) -> Mapping[str, object]:
    """The fields of a form posted without script. A word of the menu (`say`) is what the person says."""
    try:
        fields = dict(parse_qsl(raw.decode("utf-8", "replace"), max_num_fields=20))
    except ValueError:
        raise _Refused(422, "webchat-bad-post") from None
    return fields | {"text": fields["say"]} if "say" in fields else fields


async def _uploads(request: Request) -> tuple[str, Mapping[str, object], list[tuple[str, bytes]]]:
    """The key of a multipart body, its plain fields, and the name and bytes of each file in it."""
    try:
        raw = await capped(request, _PHOTO_BYTES + _FORM_BYTES).body()
        whole = _whole_multipart(request, raw)
        async with whole.form(max_files=_PHOTOS_AT_ONCE, max_fields=10, max_part_size=10_000) as form:
            files = [
                ((value.filename or "")[:120], await value.read())
                for value in form.getlist("photo")
                if isinstance(value, UploadFile)
            ]
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
    except TooLarge:
        raise _Refused(413, "webchat-too-large") from None
    except (TooSlow, ClientDisconnect):
        raise _Refused(408, "webchat-no-photo") from None
    except (MultiPartException, HTTPException, UnicodeError, LookupError):
        raise _Refused(422, "webchat-bad-post") from None
    files = [(name, data) for name, data in files if data]
    if not files:
        raise _Refused(422, "webchat-no-photo")
    key = fields.get("key", "")
    if not is_key(key):
        raise _Refused(422, "webchat-bad-post")
    return key, fields, files


def _whole_multipart(request: Request, raw: bytes) -> Request:
    """A request of this body, once it is known to be complete: a cut one would leave its last file open."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary or not raw.rstrip().endswith(b"\r\n--" + boundary + b"--"):
        raise MultiPartException("cut short, or no form at all")

    async def receive() -> Message:
        return {"type": "http.request", "body": raw, "more_body": False}

    return Request(request.scope, receive)


def _uploaded(result: UploadResult) -> Response:
    if result.ok:
        return JSONResponse({"ok": True, "media": result.media_id})
    return JSONResponse({"ok": False, "text": result.reason}, status_code=422)


def _back(programme: object) -> Response:
    """To the page that the form stood on."""
    known = isinstance(programme, str) and _PAYLOAD.fullmatch(programme)
    return RedirectResponse(f"/chat/{programme}#end" if known else "/chat#end", status_code=303)
