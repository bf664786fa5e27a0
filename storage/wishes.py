"""What people asked of a person, or of something that does not exist yet: kept, and shown to officers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.schema import wish
from storage.tx import Tx

__all__ = ["Wish", "fill_wish", "keep_wish", "list_wishes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """`kind` is human, certificate (help with it), voice, photo, document, or the name of what does not exist yet."""

    id: int
    contact_id: int
    programme: str | None
    kind: str
    text: str
    at: datetime


def keep_wish(tx: Tx, contact_id: int, kind: str, now: datetime, *, text: str, programme: str | None) -> int:
    made = tx.execute(
        insert(wish)
        .values(contact_id=contact_id, programme=programme, kind=kind, text=text, at=now)
        .returning(wish.c.id)
    )
    return int(made.scalar_one())


def fill_wish(tx: Tx, wish_id: int, text: str) -> None:
    """The words of a wish that was kept before they came."""
    tx.execute(update(wish).where(wish.c.id == wish_id).values(text=text))


def list_wishes(tx: Tx, programme: str | None = None, limit: int = 50) -> list[Wish]:
    """The open wishes of a programme, or of all, the oldest first."""
    wanted = select(wish.c.id, wish.c.contact_id, wish.c.programme, wish.c.kind, wish.c.text, wish.c.at).where(
        wish.c.state == "open"
    )
    if programme is not None:
        wanted = wanted.where(wish.c.programme == programme)
    rows = tx.execute(wanted.order_by(wish.c.id).limit(limit))
    return [Wish(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping
