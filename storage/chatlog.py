"""The web chat's log: what went both ways at one address, in the order in which it became visible."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from storage.schema import inbox, media, outbox
from storage.tx import Tx

__all__ = ["MICRO", "Entry", "may_see", "newest_entries", "rows_shown"]

MICRO = 1_000_000
SHOWN = ("sent",)
LOOK_BACK = 300  # messages: pictures that an older one showed are not fetched any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message. `event` grows with time: microseconds since 1970 UTC, doubled, own messages before answers."""

    event: int
    mine: bool
    id: int
    external_id: str
    at: datetime
    body: Mapping[str, Any]


def _event(at: datetime, *, mine: bool) -> int:
    return round(at.timestamp() * MICRO) * 2 + (0 if mine else 1)


def newest_entries(tx: Tx, address_id: int, after: int | None, limit: int) -> list[Entry]:
    """The entries after an event, or the last `limit` where `after` is None; oldest first."""
    since = None if after is None else datetime.fromtimestamp(after // 2 / MICRO - 0.001, UTC)
    mine = select(inbox.c.id, inbox.c.external_id, inbox.c.received_at, inbox.c.body).where(
        inbox.c.address_id == address_id, inbox.c.state.in_(("done", "dead"))
    )
    theirs = select(outbox.c.id, outbox.c.key, outbox.c.sent_at, outbox.c.payload).where(
        outbox.c.address_id == address_id, outbox.c.state.in_(SHOWN)
    )
    if since is not None:
        mine = mine.where(inbox.c.received_at >= since)
        theirs = theirs.where(outbox.c.sent_at >= since)
    mine = mine.order_by(inbox.c.id.desc()).limit(limit)
    theirs = theirs.order_by(outbox.c.sent_at.desc(), outbox.c.id.desc()).limit(limit)
    entries = [*_entries(tx.execute(mine), mine=True), *_entries(tx.execute(theirs), mine=False)]
    entries.sort(key=lambda entry: (entry.event, entry.id))
    if after is not None:
        return [entry for entry in entries if entry.event > after]
    return entries[-limit:]


def _entries(rows: Iterable[Any], *, mine: bool) -> Iterable[Entry]:
    for row_id, external_id, at, body in rows:
        if at is not None and body is not None:
            yield Entry(event=_event(at, mine=mine), mine=mine, id=row_id, external_id=external_id, at=at, body=body)


def rows_shown(tx: Tx, outbox_ids: Iterable[int], address_id: int) -> dict[int, Entry]:
    """The rows with these ids that were shown at this address."""
    ids = list(outbox_ids)
    if not ids:
        return {}
    rows = tx.execute(
        select(outbox.c.id, outbox.c.key, outbox.c.sent_at, outbox.c.payload).where(
            outbox.c.id.in_(ids), outbox.c.address_id == address_id
        )
    )
    return {entry.id: entry for entry in _entries(rows, mine=False)}


def may_see(tx: Tx, media_id: int, contact_id: int) -> tuple[str, str] | None:
    """Key and media type of the small picture, where it is the person's own or was shown to them."""
    row: Any = tx.execute(
        select(media.c.contact_id, media.c.thumbnail_sha256, media.c.sha256, media.c.mime).where(
            media.c.id == media_id, media.c.state == "stored"
        )
    ).one_or_none()
    if row is None:
        return None
    if row[0] != contact_id and not _was_shown(tx, media_id, contact_id):
        return None
    return (row[1] or row[2], row[3])


def _was_shown(tx: Tx, media_id: int, contact_id: int) -> bool:
    payloads = tx.execute(
        select(outbox.c.payload).where(outbox.c.contact_id == contact_id).order_by(outbox.c.id.desc()).limit(LOOK_BACK)
    ).scalars()
    return any(media_id in part["photos"] for payload in payloads for part in payload["parts"])
