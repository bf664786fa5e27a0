"""Photos and documents on their road from a platform to our folder (architecture.md 2, the road of a photo)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from storage.schema import media
from storage.tx import Tx

__all__ = [
    "MEDIA",
    "Fetched",
    "Waiting",
    "add_pending",
    "count_states",
    "due_pending",
    "find_media",
    "keep",
    "keys_of",
    "next_due",
    "postpone",
    "refuse",
    "release",
    "take",
    "twin_of",
]

MEDIA = "media"  # the topic that wakes the road


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file that still has to be fetched."""

    id: int
    contact_id: int
    channel: str
    account: str
    file_id: str
    unique_id: str
    kind: str
    conversation: str
    ask: str
    tries: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of a file: keys of the stored bytes, and what was seen in the picture. Sizes in pixels and bytes."""

    sha256: str
    thumbnail_sha256: str | None = None
    mime: str = "image/webp"
    width: int | None = None
    height: int | None = None
    bytes: int = 0
    dhash: str | None = None
    hint: str | None = None


_WAITING = (
    media.c.id,
    media.c.contact_id,
    media.c.channel,
    media.c.account,
    media.c.file_id,
    media.c.unique_id,
    media.c.kind,
    media.c.conversation,
    media.c.ask,
    media.c.tries,
    media.c.created_at,
)


def add_pending(
    tx: Tx,
    *,
    contact_id: int,
    address_id: int,
    channel: str,
    account: str,
    file_id: str,
    unique_id: str,
    kind: str,
    now: datetime,
    conversation: str = "",
    ask: str = "",
) -> int:
    """A row for a file that a person sent; the road fetches it after the commit."""
    media_id = tx.execute(
        insert(media)
        .values(
            contact_id=contact_id,
            address_id=address_id,
            channel=channel,
            account=account,
            file_id=file_id,
            unique_id=unique_id,
            kind=kind,
            state="pending",
            conversation=conversation,
            ask=ask,
            next_try_at=now,
            created_at=now,
        )
        .returning(media.c.id)
    ).scalar_one()
    tx.wake(MEDIA)
    return int(media_id)


def keep(tx: Tx, media_id: int, fetched: Fetched) -> None:
    """The file is in our folder."""
    tx.execute(
        update(media)
        .where(media.c.id == media_id)
        .values(
            state="stored",
            reason=None,
            sha256=fetched.sha256,
            thumbnail_sha256=fetched.thumbnail_sha256,
            mime=fetched.mime,
            width=fetched.width,
            height=fetched.height,
            bytes=fetched.bytes,
            dhash=fetched.dhash,
            hint=fetched.hint,
        )
    )


def refuse(tx: Tx, media_id: int, reason: str, *, state: str = "rejected") -> None:
    """The file is no picture of ours, or (`lost`) its platform no longer gives it."""
    tx.execute(update(media).where(media.c.id == media_id).values(state=state, reason=reason))


def postpone(tx: Tx, media_id: int, next_try_at: datetime, reason: str) -> None:
    tx.execute(
        update(media)
        .where(media.c.id == media_id)
        .values(tries=media.c.tries + 1, next_try_at=next_try_at, reason=reason)
    )


def due_pending(tx: Tx, now: datetime, limit: int = 20) -> list[Waiting]:
    """Files to fetch now, oldest first."""
    rows = tx.execute(
        select(*_WAITING)
        .where(media.c.state == "pending", media.c.next_try_at <= now)
        .order_by(media.c.next_try_at, media.c.id)
        .limit(limit)
    )
    return [Waiting(**row) for row in rows.mappings()]


def next_due(tx: Tx) -> datetime | None:
    """When the next file has to be tried."""
    return tx.execute(select(func.min(media.c.next_try_at)).where(media.c.state == "pending")).scalar_one_or_none()


def take(tx: Tx, media_id: int, until: datetime) -> bool:
    """Lease a pending file to this process until then; False where another one has it or it is done."""
    result = tx.execute(
        update(media)
        .where(media.c.id == media_id, media.c.state == "pending", media.c.next_try_at < until)
        .values(next_try_at=until)
    )
    return result.rowcount > 0


def release(tx: Tx, now: datetime) -> int:
    """Every pending file may be fetched now, whoever had leased it. Gives how many there are."""
    return tx.execute(update(media).where(media.c.state == "pending").values(next_try_at=now)).rowcount


def count_states(tx: Tx, media_ids: Sequence[int]) -> dict[str, int]:
    """How many of these are pending, stored, rejected, lost."""
    if not media_ids:
        return {}
    rows: Iterable[Any] = tx.execute(
        select(media.c.state, func.count()).where(media.c.id.in_(media_ids)).group_by(media.c.state)
    )
    return {row[0]: row[1] for row in rows}


def find_media(tx: Tx, media_id: int) -> dict[str, Any] | None:
    row = tx.execute(select(media).where(media.c.id == media_id)).mappings().one_or_none()
    return None if row is None else dict(row)


def twin_of(tx: Tx, media_id: int, contact_id: int, sha256: str, others: Sequence[int]) -> int | None:
    """An earlier one of `others` with the same bytes."""
    if not others:
        return None
    return tx.execute(
        select(media.c.id)
        .where(
            media.c.contact_id == contact_id,
            media.c.id.in_(others),
            media.c.id != media_id,
            media.c.sha256 == sha256,
        )
        .order_by(media.c.id)
        .limit(1)
    ).scalar_one_or_none()


def keys_of(tx: Tx, media_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Key and media type of the stored ones among these."""
    rows: Iterable[Any] = tx.execute(
        select(media.c.id, media.c.sha256, media.c.mime).where(media.c.id.in_(media_ids), media.c.state == "stored")
    )
    return {row[0]: (row[1], row[2]) for row in rows}
