"""The pace of an account, shared by all senders: each claim moves one row forward (architecture.md 6)."""

from collections.abc import Mapping

from sqlalchemy import bindparam, func, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import address, pace
from storage.tx import Tx

__all__ = ["hold", "reserve", "reserve_chats"]

_INSERT = {
    "postgresql": postgresql.insert(pace).values(scope=bindparam("of"), next_at=0.0).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(pace).values(scope=bindparam("of"), next_at=0.0).on_conflict_do_nothing(),
}
_CHATS = update(address).where(address.c.id == bindparam("wanted")).values(next_send_at=bindparam("at"))


def reserve(tx: Tx, scope: str, count: int, gap: float, now: float) -> float:
    """Room for `count` messages, `gap` seconds apart; gives the first instant (seconds since 1970 UTC)."""
    later = func.greatest if tx.dialect == "postgresql" else func.max
    statement = (
        update(pace)
        .where(pace.c.scope == scope)
        .values(next_at=later(pace.c.next_at, now) + count * gap)
        .returning(pace.c.next_at)
    )
    end = tx.execute(statement).scalar_one_or_none()
    if end is None:
        tx.execute(_INSERT[tx.dialect], {"of": scope})
        end = tx.execute(statement).scalar_one()
    return float(end) - count * gap


def hold(tx: Tx, scope: str, until: float) -> None:
    """The platform asked for silence: nothing of this scope goes before then."""
    tx.execute(_INSERT[tx.dialect], {"of": scope})
    tx.execute(update(pace).where(pace.c.scope == scope, pace.c.next_at < until).values(next_at=until))


def reserve_chats(tx: Tx, next_send_at: Mapping[int, object]) -> None:
    """When each of these addresses may be written to again."""
    if next_send_at:
        tx.execute(_CHATS, [{"wanted": address_id, "at": at} for address_id, at in next_send_at.items()])
