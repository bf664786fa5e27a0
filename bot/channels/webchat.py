"""The web chat as a channel: what its page posts, as a neutral message.

There is no platform to send to. A row of the outbox is delivered when it is committed as visible; the page reads it
from the log (bot/web/chat.py), so `send` has nothing to do but to say so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.channels.base import Address, Arrived, FileGone, Limits, Picture, Sent, button_of
from dialogue.message import Incoming, Kind, Reply

__all__ = ["ACCOUNT", "NAME", "TEXT_LIMIT", "BadPost", "WebChat", "address_of", "parse_post"]

NAME = "webchat"
ACCOUNT = "web"
TEXT_LIMIT = 4000  # characters

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_START = re.compile(r"[A-Za-z0-9_.-]{0,64}")  # as Telegram's deep links, and a dot for region codes
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
# Control characters, lone surrogates (they cannot be stored) and bidi controls (they make a name read as another one).
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class BadPost(ValueError):
    """What the page would never post. `str()` is a key of the page's texts."""


def address_of(token: str) -> Address:
    return Address(NAME, ACCOUNT, token, "web")


def is_key(value: str) -> bool:
    """Whether a page made this key: a UUID, or the like of it."""
    return bool(_KEY.fullmatch(value))


def parse_post(address: Address, fields: Mapping[str, object], *, at: datetime, raw: bytes) -> Arrived:
    """One post of the page: {key, and one of text, tapped, phone, start}. Raises BadPost."""
    key = fields.get("key")
    if not isinstance(key, str) or not is_key(key):
        raise BadPost("webchat-bad-post")
    return Arrived(address=address, external_id=key, at=at, raw=raw, incoming=_incoming(fields))


def _incoming(fields: Mapping[str, object]) -> Incoming:
    for name, read in _READERS.items():
        value = fields.get(name)
        if isinstance(value, str) and (value.strip() or name == "start"):
            return read(value)
    raise BadPost("webchat-empty")


def _text(value: str) -> Incoming:
    text = _UNWANTED.sub("", value.replace("\r\n", "\n")).strip()
    if not text:
        raise BadPost("webchat-empty")
    if len(text) > TEXT_LIMIT:
        raise BadPost("webchat-too-long")
    return Incoming(kind=Kind.TEXT, text=text)


def _tap(value: str) -> Incoming:
    if button_of(value) is None:
        raise BadPost("webchat-bad-post")
    return Incoming(kind=Kind.TAP, tapped=value)


def _phone(value: str) -> Incoming:
    if not _E164.fullmatch(value):
        raise BadPost("webchat-bad-post")
    return Incoming(kind=Kind.PHONE, phone=value)


def _start(value: str) -> Incoming:
    if not _START.fullmatch(value):
        raise BadPost("webchat-bad-post")
    return Incoming(kind=Kind.START, text=value)


_READERS = {"tapped": _tap, "phone": _phone, "text": _text, "start": _start}  # `start` last: it may be empty


_LIMITS = Limits(
    text=TEXT_LIMIT,
    caption=TEXT_LIMIT,
    buttons=30,
    button_label=60,
    album=30,
    units="characters",
    gap_account=0,  # nothing is paced: a row costs no request
    gap_chat=0,
    file_bytes=20_000_000,
)


@dataclass(frozen=True, slots=True)
class WebChat:
    """See the head of this file."""

    name: str = NAME
    account: str = ACCOUNT
    limits: Limits = _LIMITS

    async def send(self, to: Address, reply: Reply, *, row: int, pictures: Mapping[int, Picture]) -> Sent:  # noqa: ARG002 - the Channel's signature
        return Sent(str(row))

    async def fetch(self, file_id: str) -> bytes:
        raise FileGone(f"an upload of the web chat is stored before its 200: {file_id[:8]}")

    async def acknowledge(self, arrived: Arrived) -> None:
        """The page's 200 was the acknowledgement."""

    async def close(self) -> None:
        """Nothing is held open."""
