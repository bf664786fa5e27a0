"""Who may post here, and how much: the checks before a body is read."""

import asyncio
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

__all__ = ["TooLarge", "TooSlow", "capped", "comes_from_our_page", "read_body"]


class TooLarge(Exception):
    """The body is longer than this door takes."""


class TooSlow(Exception):
    """Nothing came for longer than a slow line explains."""


def comes_from_our_page(request: Request, public_host: str = "") -> bool:
    """Whether a POST was made by a page of ours, by its Origin or, in old browsers, its Referer (ASVS 3.5.1).

    A request with neither is let in only as JSON, which a foreign page cannot post without asking first.
    """
    told = request.headers.get("origin") or request.headers.get("referer")
    if told is None:
        return request.headers.get("content-type", "").startswith("application/json")
    try:
        host = urlsplit(told).netloc
    except ValueError:
        return False
    return bool(host) and host in {request.headers.get("host", ""), public_host}


def capped(request: Request, limit: int, patience: float = 60) -> Request:
    """The same request, whose body raises TooLarge beyond `limit` bytes and TooSlow after `patience` idle seconds."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or len(declared) > 15 or int(declared) > limit:
        raise TooLarge
    return Request(request.scope, _counted(request.receive, limit, patience))


async def read_body(receive: Receive, limit: int, patience: float = 60) -> bytes:
    """A machine's whole body. Raises TooLarge beyond `limit` bytes, TooSlow after `patience` seconds."""
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                body += message.get("body", b"")
                if len(body) > limit:
                    raise TooLarge
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise TooSlow from None


def _counted(receive: Receive, limit: int, patience: float) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        try:
            message = await asyncio.wait_for(receive(), patience)
        except TimeoutError:
            raise TooSlow from None
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge
        return message

    return counted
