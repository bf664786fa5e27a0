"""Certificates and permits of producers, as they tell us and as officers verify them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.schema import certificate
from storage.tx import Tx

__all__ = ["Certificate", "list_certificates", "put_certificate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What is known of one certificate. `state` is none, in_progress, issued, rejected or not_required."""

    id: int
    producer_id: int
    product_id: int | None
    kind: str
    state: str
    number: str | None
    number_is_usual: bool | None
    media_id: int | None
    issued_on: date | None
    expires_on: date | None
    verified: bool
    wants_help: bool
    updated_at: datetime


_COLUMNS = tuple(certificate.c[name] for name in Certificate.__slots__)


def list_certificates(tx: Tx, producer_id: int) -> list[Certificate]:
    """The certificates that a producer has told us about, in the order of being told."""
    rows = tx.execute(select(*_COLUMNS).where(certificate.c.producer_id == producer_id).order_by(certificate.c.id))
    return [Certificate(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping


def put_certificate(tx: Tx, producer_id: int, kind: str, now: datetime, **told: Any) -> int:
    """Keeps what the producer says of a certificate of the business; what it does not speak of stays.

    A new state, number or proof takes the officer's verification away.
    """
    values = {**told, "verified": False, "updated_at": now}
    mine = (certificate.c.producer_id == producer_id, certificate.c.kind == kind, certificate.c.product_id.is_(None))
    # UNIQUE lets NULLs pass, so it is looked up first; the contact's lock keeps others out meanwhile.
    known = tx.execute(select(certificate.c.id).where(*mine)).scalar_one_or_none()
    if known is not None:
        tx.execute(update(certificate).where(certificate.c.id == known).values(**values))
        return int(known)
    made = tx.execute(
        insert(certificate).values(producer_id=producer_id, kind=kind, **values).returning(certificate.c.id)
    )
    return int(made.scalar_one())
