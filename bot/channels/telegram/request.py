"""python-telegram-bot's road to the network, on aiohttp: ten times what httpx carries (performance.md)."""

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import IO, Any, cast

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from storage.json_text import dumps_bytes, loads

__all__ = ["TelegramRequest", "new_session"]

CONNECT = 10.0  # seconds to get a connection, the wait for a free one included
READ = 20.0  # seconds between two bytes of the answer
UPLOAD = 60.0  # the same with photos, which a thin line takes its time to carry
KEEP_ALIVE = 10.0  # seconds; below the server's own, because a stale connection looks like a lost message
POOL = 200
_JSON = {"Content-Type": "application/json"}


def new_session() -> aiohttp.ClientSession:
    """A session as this house sends with. To be called inside a running loop; the caller closes it."""
    connector = aiohttp.TCPConnector(limit=POOL, keepalive_timeout=KEEP_ALIVE)
    # A platform sets no cookies, and what it need not read need not be written: a tenth of what a call costs.
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers={"User-Agent", "Accept-Encoding", "Accept"},
    )


class TelegramRequest(BaseRequest):
    """Sends for a Bot through a shared session. Errors are telegram.error's, with the aiohttp error as their cause."""

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        self._session = session
        self._owned = session is None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session that was given, or one made at its first use, when a loop runs."""
        if self._session is None:
            self._session = new_session()
        return self._session

    @property
    def read_timeout(self) -> float | None:
        return READ

    async def initialize(self) -> None:
        """Nothing to do: the session opens with its first request."""

    async def shutdown(self) -> None:
        """Close the session, if it is our own."""
        if self._owned and self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917  the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  aiohttp has no such limit
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  aiohttp's `connect` includes it
    ) -> tuple[int, bytes]:
        """The status and body of the answer. Raises NetworkError or TimedOut; the cause says whether it left."""
        timeout = _timeout(read_timeout, connect_timeout)
        try:
            async with self.session.request(method, url, timeout=timeout, **_body(request_data)) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error

    async def call(self, url: str, fields: Mapping[str, Any], *, read_timeout: float | None = None) -> Any:
        """The result of a method without the library's objects around it, failing as a Bot's methods fail.

        For the calls of every turn: a Bot builds and reads objects for twice as long as the call itself takes.
        """
        body = cast("RequestData", _Json(fields))  # post() hands it to do_request() as it is
        return await self.post(
            url, body, read_timeout=BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        )

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The platform's JSON. Unlike the library's own it does not log a body that is none: it may hold anything."""
        try:
            answer = loads(payload)
        except ValueError as error:
            raise TelegramError("the answer is no JSON") from error
        if not isinstance(answer, dict):
            raise TelegramError("the answer is no JSON object")
        return answer


class _Json:
    """Fields as what do_request() wants to know of a RequestData."""

    contains_files = False

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.json_payload = dumps_bytes(fields)


def _timeout(read: ODVInput[float], connect: ODVInput[float]) -> aiohttp.ClientTimeout:
    return _limits(
        READ if isinstance(read, DefaultValue) else read, CONNECT if isinstance(connect, DefaultValue) else connect
    )


@lru_cache(maxsize=16)
def _limits(read: float | None, connect: float | None) -> aiohttp.ClientTimeout:
    """Never a total: its TimeoutError would not tell whether the message had left (reliability.md, appendix B)."""
    return aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect, sock_read=read)


def _stream(content: bytes | IO[bytes]) -> IO[bytes]:
    """As a stream: a large body of plain bytes aiohttp would write in one go, and warns of it."""
    return io.BytesIO(content) if isinstance(content, bytes) else content


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": _JSON}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, _stream(content), filename=filename, content_type=mime)
    return {"data": form}
