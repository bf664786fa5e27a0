"""What a door hands in: one event of a platform, parsed, with the bytes that it came in."""

from dataclasses import dataclass
from datetime import datetime

from dialogue.message import Incoming
from storage.tx import AddressKey

__all__ = ["Arrived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One event of a platform, parsed. `incoming` is None where there is nothing to answer; then `ignored` says why."""

    address: AddressKey | None
    external_id: str  # unique for this account: update_id, wamid, the page's key
    fingerprint: str = ""  # chat and message: what makes a reused external id another message
    at: datetime | None = None  # the platform's stamp
    raw: bytes = b""
    incoming: Incoming | None = None
    ignored: str = ""
    reachable: bool | None = None  # the platform says that the person blocked us (False) or came back (True)
    acknowledge: str = ""  # what the platform wants answered at once, best effort (the id of a callback query)
