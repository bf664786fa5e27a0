"""What every channel offers to the rest of the house, and the ways in which a send can fail."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from dialogue.message import Reply, button_data, button_of
from handlers.arrived import Arrived
from storage.tx import AddressKey

__all__ = [
    "Address",
    "Ambiguous",
    "Arrived",
    "Channel",
    "ChannelDown",
    "FileGone",
    "Limits",
    "NotSent",
    "Picture",
    "Refused",
    "SendError",
    "Sent",
    "Throttled",
    "Unreachable",
    "button_data",
    "button_of",
]


# A place to write to: channel, account, value, and the platform's own kind (chat, wa_id, user_id, phone, web).
Address = AddressKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A platform's limits, as data. Lengths in `units` ("utf16", "characters" or "bytes"), pace in seconds."""

    text: int
    caption: int
    buttons: int
    button_label: int
    album: int
    units: str
    gap_account: float  # between two messages of one account
    gap_chat: float  # between two messages of one chat
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored photo as it is sent: its bytes and its sha256 (a channel may keep the platform's id for it)."""

    sha256: str
    data: bytes
    mime: str = "image/webp"


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it. `external_id` is the id of the last message, `seconds` the time that it took."""

    external_id: str


# A send fails in one of these ways, classified by cause (reliability.md, appendix B). The careful default is Ambiguous.


@dataclass(eq=False)
class SendError(Exception):
    cause: str  # for the operator; never a token, never personal data

    def __str__(self) -> str:
        return f"{type(self).__name__}: {self.cause}"


@dataclass(eq=False)
class NotSent(SendError):
    """It never left: refused, no route, DNS, pool full. Try again; does not count as an attempt."""


@dataclass(eq=False)
class Ambiguous(SendError):
    """It left, and nobody knows whether it arrived. The class of the message decides (reliability.md 2.2)."""


@dataclass(eq=False)
class Throttled(SendError):
    """429: nothing was accepted. `seconds` to wait, for the account ("account") or only this chat ("chat")."""

    seconds: float = 1.0
    scope: str = "account"


@dataclass(eq=False)
class Unreachable(SendError):
    """Blocked, deactivated, never started: no message can reach this address until the person writes again."""


@dataclass(eq=False)
class Refused(SendError):
    """The platform will never take this message (too long, malformed). The next one goes."""


@dataclass(eq=False)
class ChannelDown(SendError):
    """The token is wrong or revoked: rows stay queued, no attempt is burnt."""


class FileGone(Exception):
    """The platform no longer gives this file, or it is over the platform's limit. `str()` is the reason."""


class Channel(Protocol):
    """A platform. `name` is its id in addresses and rows, `account` which of our accounts it is."""

    @property
    def name(self) -> str: ...

    @property
    def account(self) -> str: ...

    @property
    def limits(self) -> Limits: ...

    async def send(self, to: Address, reply: Reply, *, row: int, pictures: Mapping[int, Picture]) -> Sent:
        """Send one reply as the platform's messages; `row` is the outbox id that buttons carry.

        `pictures` maps the ids in `reply.parts[].photos` to their bytes. Raises a SendError.
        """

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file that a person sent. Raises FileGone for good, NotSent when it may work later."""

    async def acknowledge(self, arrived: Arrived) -> None:
        """Best effort after the commit: answer a callback query, mark as read. Never raises."""

    async def close(self) -> None: ...


class Polled(Protocol):
    """A channel that can be asked for what has come in, where no public address exists."""

    def poll(self) -> AsyncIterator[list[Arrived]]:
        """Batches of arrivals. The next batch is asked for only when the last one was made durable."""
