"""Broadcasts: what was announced, how far it has been queued, and what became of its messages."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from storage.consents import BROADCAST
from storage.schema import broadcast, consent, outbox
from storage.tx import Tx

__all__ = [
    "DONE",
    "EXPANDING",
    "SENDING",
    "STOPPED",
    "Broadcast",
    "claim_expanding",
    "count_since",
    "create_broadcast",
    "find_broadcast",
    "finish_broadcast",
    "last_broadcasts",
    "list_sending",
    "may_go",
    "move_broadcast",
    "progress",
    "stop_broadcast",
]

EXPANDING, SENDING, DONE, STOPPED = "expanding", "sending", "done", "stopped"
_ON_THE_WAY = ("queued", "sending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """An announcement. `cursor` is the last contact that it was queued for."""

    id: int
    programme: str
    officer_id: int | None
    text: str
    state: str
    cursor: int
    created_at: datetime


_MAY_GO = select(
    broadcast.c.state,
    select(consent.c.given)
    .where(consent.c.contact_id == bindparam("contact"), consent.c.purpose == BROADCAST)
    .order_by(consent.c.id.desc())
    .limit(1)
    .scalar_subquery(),
).where(broadcast.c.id == bindparam("broadcast"))
_COLUMNS = tuple(broadcast.c[name] for name in Broadcast.__slots__)


def create_broadcast(tx: Tx, programme: str, officer_id: int, text: str, now: datetime) -> int:
    """The id of a new announcement. The clock queues its messages, from the first contact on."""
    made = tx.execute(
        insert(broadcast)
        .values(
            programme=programme,
            officer_id=officer_id,
            text=text,
            audience={"consent": "broadcast"},
            state=EXPANDING,
            cursor=0,
            created_at=now,
        )
        .returning(broadcast.c.id)
    )
    return int(made.scalar_one())


def find_broadcast(tx: Tx, broadcast_id: int) -> Broadcast | None:
    row = tx.execute(select(*_COLUMNS).where(broadcast.c.id == broadcast_id)).one_or_none()
    return None if row is None else Broadcast(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping


def count_since(tx: Tx, programme: str, since: datetime) -> int:
    """How many were sent to a programme after an instant; stopped ones count, for some people have read them."""
    counted = (
        select(func.count())
        .select_from(broadcast)
        .where(broadcast.c.programme == programme, broadcast.c.created_at > since)
    )
    return int(tx.execute(counted).scalar_one())


def last_broadcasts(tx: Tx, programme: str, limit: int) -> list[Broadcast]:
    """The newest first."""
    rows = tx.execute(
        select(*_COLUMNS).where(broadcast.c.programme == programme).order_by(broadcast.c.id.desc()).limit(limit)
    )
    return [Broadcast(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def claim_expanding(tx: Tx, programmes: Collection[str]) -> Broadcast | None:
    """An announcement of these programmes with people it was not queued for; no other process works on it meanwhile."""
    row = tx.execute(
        select(*_COLUMNS)
        .where(broadcast.c.state == EXPANDING, broadcast.c.programme.in_(programmes))
        .order_by(broadcast.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return None if row is None else Broadcast(**row._mapping)  # noqa: SLF001 - as above


def move_broadcast(tx: Tx, broadcast_id: int, cursor: int, *, complete: bool) -> None:
    tx.execute(
        update(broadcast)
        .where(broadcast.c.id == broadcast_id, broadcast.c.state == EXPANDING)
        .values(cursor=cursor, state=SENDING if complete else EXPANDING)
    )


def list_sending(tx: Tx, programmes: Collection[str]) -> list[Broadcast]:
    """Announcements of these programmes that are queued for everybody and not yet through."""
    wanted = select(*_COLUMNS).where(broadcast.c.state == SENDING, broadcast.c.programme.in_(programmes))
    rows = tx.execute(wanted.order_by(broadcast.c.id))
    return [Broadcast(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def progress(tx: Tx, broadcast_id: int) -> Mapping[str, int]:
    """How many of its messages are in each state of the outbox."""
    rows: Iterable[Any] = tx.execute(
        select(outbox.c.state, func.count()).where(*_its_messages(broadcast_id)).group_by(outbox.c.state)
    )
    return dict(tuple(row) for row in rows)


def finish_broadcast(tx: Tx, broadcast_id: int, now: datetime) -> bool:
    """Whether it is done by this: none of its messages is on its way any more, and it was not done before."""
    waiting = tx.execute(
        select(outbox.c.id).where(*_its_messages(broadcast_id), outbox.c.state.in_(_ON_THE_WAY)).limit(1)
    ).first()
    if waiting is not None:
        return False
    ended = tx.execute(
        update(broadcast)
        .where(broadcast.c.id == broadcast_id, broadcast.c.state == SENDING)
        .values(state=DONE, done_at=now)
    )
    return ended.rowcount == 1


def stop_broadcast(tx: Tx, broadcast_id: int, now: datetime) -> bool:
    """Whether it was still running. What has not left stays here."""
    stopped = tx.execute(
        update(broadcast)
        .where(broadcast.c.id == broadcast_id, broadcast.c.state.in_((EXPANDING, SENDING)))
        .values(state=STOPPED, done_at=now)
    )
    if stopped.rowcount == 0:
        return False
    tx.execute(
        update(outbox)
        .where(*_its_messages(broadcast_id), outbox.c.state == "queued")
        .values(state="skipped", reason="broadcast stopped")
    )
    return True


def may_go(tx: Tx, broadcast_id: int, contact_id: int) -> tuple[bool, bool]:
    """Whether an announcement still runs, and whether a person's last word on announcements is yes: one query."""
    row: Any = tx.execute(_MAY_GO, {"broadcast": broadcast_id, "contact": contact_id}).one_or_none()
    return (False, False) if row is None else (row[0] != STOPPED, row[1] is True)


def _its_messages(broadcast_id: int) -> tuple[Any, Any]:
    """Keys are `broadcast:{id}:{contact}`, compared as bytes: ';' follows ':'."""
    return outbox.c.key > f"broadcast:{broadcast_id}:", outbox.c.key < f"broadcast:{broadcast_id};"
