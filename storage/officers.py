"""Officers, and the one-time links that make a chat theirs. A link's code is shown once; only its sha256 is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.prepared import Prepared
from storage.schema import officer, officer_link
from storage.tx import Tx

__all__ = ["LINK_LASTS", "Officer", "add_link", "create_officer", "find_officer", "get_officer", "use_link"]

LINK_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A person of the office. `programme` is None for all of them; `contact_id` is the chat that is theirs."""

    id: int
    name: str
    programme: str | None
    role: str
    contact_id: int | None


_COLUMNS = (officer.c.id, officer.c.name, officer.c.programme, officer.c.role, officer.c.contact_id)
_OF_CONTACT = Prepared(
    select(*_COLUMNS).where(officer.c.contact_id == bindparam("contact"), officer.c.active), beside=True
)


def create_officer(tx: Tx, name: str, programme: str | None, role: str, now: datetime) -> int:
    made = tx.execute(
        insert(officer)
        .values(name=name, programme=programme, role=role, active=True, created_at=now)
        .returning(officer.c.id)
    )
    return int(made.scalar_one())


def add_link(tx: Tx, officer_id: int, code: str, now: datetime) -> None:
    """A link for one use within 24 hours."""
    tx.execute(
        insert(officer_link).values(code_hash=_hash_of(code), officer_id=officer_id, expires_at=now + LINK_LASTS)
    )


def use_link(tx: Tx, code: str, contact_id: int, now: datetime) -> Officer | None:
    """The officer whose chat this is from now on; None for a code that is wrong, used, or too old.

    The chat that was the officer's before is so no more, and neither is this chat another officer's.
    """
    used: Any = tx.execute(
        update(officer_link)
        .where(
            officer_link.c.code_hash == _hash_of(code),
            officer_link.c.used_at.is_(None),
            officer_link.c.expires_at > now,
            officer_link.c.officer_id.in_(select(officer.c.id).where(officer.c.active)),
        )
        .values(used_at=now, used_by=contact_id)
        .returning(officer_link.c.officer_id)
    ).scalar_one_or_none()
    if used is None:
        return None
    tx.execute(update(officer).where(officer.c.contact_id == contact_id).values(contact_id=None))
    tx.execute(update(officer).where(officer.c.id == used).values(contact_id=contact_id))
    return get_officer(tx, used)


def find_officer(tx: Tx, contact_id: int) -> Officer | None:
    """The active officer whose chat this is."""
    row = _OF_CONTACT.row(tx, contact=contact_id)
    return None if row is None else Officer(id=row[0], name=row[1], programme=row[2], role=row[3], contact_id=row[4])


def get_officer(tx: Tx, officer_id: int) -> Officer:
    """Raises LookupError."""
    row = tx.execute(select(*_COLUMNS).where(officer.c.id == officer_id)).one_or_none()
    if row is None:
        raise LookupError(f"no officer {officer_id}")
    return Officer(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping


def _hash_of(code: str) -> str:
    return sha256(code.encode()).hexdigest()
