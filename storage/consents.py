"""Consents, append-only: UU 27/2022 art. 24 asks for proof of each, so every yes and every withdrawal stays."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from storage.prepared import Prepared
from storage.schema import consent
from storage.tx import Tx

__all__ = ["BROADCAST", "CATALOGUE", "REGISTRATION", "Consent", "last_consent", "record_consent"]

REGISTRATION = "registration"
CATALOGUE = "catalogue"
BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A yes or a no: to which text (its version, and sha256 of the words as shown), where, and in which message."""

    contact_id: int
    purpose: str
    given: bool
    text_version: str
    text_hash: str
    channel: str
    inbox_id: int | None = None
    product_id: int | None = None


_NAMES = (*(field.name for field in fields(Consent)), "at")
_RECORD = Prepared(insert(consent).values({name: bindparam(name) for name in _NAMES}))


def record_consent(tx: Tx, given: Consent, now: datetime) -> None:
    tx.later(_RECORD, asdict(given) | {"at": now})


def last_consent(tx: Tx, contact_id: int, purpose: str) -> bool | None:
    """What the person said last to a purpose; None where they were never asked or never answered."""
    said = tx.execute(
        select(consent.c.given)
        .where(consent.c.contact_id == contact_id, consent.c.purpose == purpose)
        .order_by(consent.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return None if said is None else bool(said)
