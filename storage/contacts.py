"""Contacts and their addresses: who writes, where they can be written to, and what they have stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.prepared import Prepared
from storage.schema import address, contact
from storage.tx import AddressKey, Tx

__all__ = [
    "AddressRow",
    "Contact",
    "change_contact",
    "get_contact",
    "list_addresses",
    "mark_address",
    "stop",
    "stop_topic",
    "touch",
    "touch_address",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person. Languages are id or en; phone is E.164; instants are UTC."""

    id: int
    programme: str | None
    language: str
    name: str | None
    honorific: str | None
    phone: str | None
    stopped_at: datetime | None
    stopped_topics: tuple[str, ...]
    paused_until: datetime | None
    misses: int
    is_demo: bool
    last_inbound_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRow:
    id: int
    contact_id: int
    channel: str
    account: str
    kind: str
    value: str
    reachable: bool
    next_send_at: datetime | None


CONTACT_COLUMNS = (
    contact.c.id,
    contact.c.programme,
    contact.c.language,
    contact.c.name,
    contact.c.honorific,
    contact.c.phone,
    contact.c.stopped_at,
    contact.c.stopped_topics,
    contact.c.paused_until,
    contact.c.misses,
    contact.c.is_demo,
    contact.c.last_inbound_at,
)
_BY_ID = select(*CONTACT_COLUMNS).where(contact.c.id == bindparam("contact_id"))


def contact_of(row: Sequence[Any]) -> Contact:
    """The contact of a row whose first columns are CONTACT_COLUMNS."""
    return Contact(
        id=row[0],
        programme=row[1],
        language=row[2],
        name=row[3],
        honorific=row[4],
        phone=row[5],
        stopped_at=row[6],
        stopped_topics=tuple(row[7]),
        paused_until=row[8],
        misses=row[9],
        is_demo=row[10],
        last_inbound_at=row[11],
    )


def get_contact(tx: Tx, contact_id: int) -> Contact:
    """The contact, or the one that it was merged into. Raises LookupError."""
    row = tx.execute(_BY_ID, {"contact_id": contact_id}).one_or_none()
    if row is None:
        raise LookupError(f"no contact {contact_id}")
    return contact_of(row)


_CHANGES: dict[tuple[str, ...], Prepared] = {}  # by the columns that change: there are a handful of them


def change_contact(tx: Tx, contact_id: int, **values: Any) -> None:
    """Change columns of a contact. Written with what the batch puts off, two changes of one contact in their order."""
    tx.flush_of("contact", contact_id)
    names = tuple(values)
    change = _CHANGES.get(names)
    if change is None:
        columns: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
        change = _CHANGES[names] = Prepared(update(contact).where(contact.c.id == bindparam("wanted")).values(columns))
    new = {f"to_{name}": value for name, value in values.items()}
    tx.later(change, {"wanted": contact_id, **new}, of=("contact", contact_id))


def create_contact(tx: Tx, now: datetime, **values: Any) -> int:
    result = tx.execute(insert(contact).values(created_at=now, **values).returning(contact.c.id))
    return int(result.scalar_one())


def create_address(tx: Tx, contact_id: int, key: AddressKey, now: datetime) -> int:
    """A further address of a contact that exists. The first one is made by storage.addresses."""
    result = tx.execute(
        insert(address)
        .values(
            contact_id=contact_id,
            channel=key.channel,
            account=key.account,
            kind=key.kind,
            value=key.value,
            created_at=now,
        )
        .returning(address.c.id)
    )
    return int(result.scalar_one())


def list_addresses(tx: Tx, contact_id: int) -> list[AddressRow]:
    """The contact's addresses, the one last used and reachable first."""
    rows = tx.execute(
        select(
            address.c.id,
            address.c.contact_id,
            address.c.channel,
            address.c.account,
            address.c.kind,
            address.c.value,
            address.c.reachable,
            address.c.next_send_at,
        )
        .where(address.c.contact_id == contact_id)
        .order_by(address.c.reachable.desc(), address.c.last_used_at.desc().nulls_last(), address.c.id)
    )
    return [AddressRow(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping


_TOUCH = Prepared(update(contact).where(contact.c.id == bindparam("wanted")).values(last_inbound_at=bindparam("at")))


_TOUCH_ADDRESS = Prepared(
    update(address)
    .where(address.c.id == bindparam("wanted"))
    .values(last_used_at=bindparam("at"), reachable=True, unreachable_reason=None)
)


def touch(tx: Tx, contact_id: int, now: datetime) -> None:
    """They have just written."""
    tx.later(_TOUCH, {"wanted": contact_id, "at": now})


def touch_address(tx: Tx, address_id: int, now: datetime) -> None:
    """They have just written from here: it can be reached, and is the first to write to."""
    tx.later(_TOUCH_ADDRESS, {"wanted": address_id, "at": now})


def mark_address(tx: Tx, address_id: int, *, reachable: bool, reason: str | None = None) -> None:
    tx.execute(update(address).where(address.c.id == address_id).values(reachable=reachable, unreachable_reason=reason))


def stop(tx: Tx, contact_id: int, now: datetime | None) -> None:
    """Stop everything but answers to what the person writes; None starts it again, topics included."""
    values: dict[str, Any] = {"stopped_at": now}
    if now is None:
        values["stopped_topics"] = []
    change_contact(tx, contact_id, **values)


def stop_topic(tx: Tx, who: Contact, topic: str) -> None:
    change_contact(tx, who.id, stopped_topics=sorted({*who.stopped_topics, topic}))
