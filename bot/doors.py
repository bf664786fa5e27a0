"""What the web chat asks of the house, and what it shows. bot/app.py plugs the house in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.channels.base import Address, Arrived

__all__ = ["Doors", "Front", "Key", "Leaving", "LogRow", "UploadResult"]


class Leaving(Exception):
    """The house shuts down: open streams end, and the pages come back by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a chat page is headed with."""

    programme: str  # its id, "" where the first question is which
    name: str
    locale: str
    zone: ZoneInfo  # the times of the log are shown in it
    unit: str  # the programme's word for where a producer lives: desa, RW
    whatsapp: str = ""  # addresses of the same programme elsewhere, where there are any
    telegram: str = ""
    officer: bool = False  # somebody of the programme office: what is promised to producers is not for them


@dataclass(frozen=True, slots=True)
class Key:
    """A button under a row. `data` is what a tap sends back: `{outbox id in base 36}.{index}`."""

    label: str
    data: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One message of either side. A row that changes (a tick, a chosen button) comes again under the same `id`.

    event     grows with each row or change; what the browser gives back as Last-Event-ID
    id        names the row for good: for a message of the page the key that the page gave it
    side      "me" or "them"
    text      neutral markup, *bold* only
    photos    ids of pictures, fetched from /chat/media/{id}
    state     of an own message: "sent" (stored), "read", "failed"; of theirs always "sent"
    """

    event: int
    id: str
    side: str
    at: datetime
    text: str = ""
    photos: tuple[int, ...] = ()
    keys: tuple[Key, ...] = ()
    state: str = "sent"
    progress: tuple[int, int] | None = None
    asks_phone: bool = False
    sender: str = ""  # who writes, where it is not the bot: "Ratna Umpama, petugas"


@dataclass(frozen=True, slots=True)
class UploadResult:
    """What became of a photo. `reason` is a sentence for the person, where it was not taken."""

    ok: bool
    reason: str = ""
    media_id: int | None = None


class Doors(Protocol):
    """The house behind the page. Addresses are ("webchat", "web", token, "web")."""

    async def arrive(self, arrived: Arrived) -> str:
        """Durable when it returns "new", or "seen" where the key came before. Raises StoreUnavailable."""

    async def upload(self, address: Address, key: str, data: bytes, name: str) -> UploadResult:
        """Store a photo or PDF; durable when it returns. A key seen before gives the first answer again.

        Raises StoreUnavailable.
        """

    async def log(self, address: Address, after: int | None, limit: int) -> list[LogRow]:
        """Oldest first: the rows and changes after an event, or the last `limit` rows where `after` is None.

        Rows shortly before `after` may come again: two processes may commit in another order than their clocks say.
        """

    async def wait(self, address: Address, after: int, timeout: float) -> bool:  # noqa: ASYNC109 - "nothing new" is an answer and no failure
        """Whether something new is there for this address, at most after `timeout` seconds. Raises Leaving."""

    async def front(self, programme: str | None, address: Address | None) -> Front | None:
        """How the page is headed: the programme asked for, else the person's, else the default.

        None where no such programme is run here.
        """

    async def picture(self, media_id: int, address: Address) -> tuple[bytes, str] | None:
        """Bytes and media type of a picture that this chat may see: its own, and those that were shown in it."""

    def sign(self, value: str) -> str: ...

    def unsign(self, signed: str) -> str | None:
        """The value, or None where the signature is not ours."""

    def new_id(self) -> str:
        """A new random id of 128 bits: web tokens, and keys for forms of pages without script."""
