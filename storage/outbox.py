"""What goes out. One row a message; its key says what it is for and keeps it from being queued twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.schema import address, attempt, contact, outbox
from storage.tx import Tx

__all__ = [
    "OUTBOX",
    "PRIORITY",
    "Due",
    "Finished",
    "Row",
    "Start",
    "drop_ack",
    "enqueue",
    "external_id_of",
    "find_due",
    "find_row",
    "finish",
    "hasten",
    "lost_sends",
    "next_due",
    "prove_delivery",
    "push_back_ack",
    "queue_reply",
    "start",
    "supersede",
]

OUTBOX = "outbox"  # the topic that wakes the sender
WEB = "webchat"  # its page reads the rows themselves: a row is sent when it is committed as visible

# Replies go before decisions, decisions before reminders, reminders before bulk.
PRIORITY = {"reply": 0, "secret": 0, "decision": 1, "reminder": 2, "bulk": 3}

_COLUMNS = (
    "key",
    "contact_id",
    "address_id",
    "channel",
    "class",
    "priority",
    "topic",
    "payload",
    "not_before",
    "not_after",
    "event_id",
    "revision",
    "created_at",
    "state",
    "sent_at",
)
_ROW: dict[str, Any] = {name: bindparam(name) for name in _COLUMNS}
_QUEUE = Prepared(insert(outbox).values(_ROW))
_ENQUEUE = Prepared(
    postgresql=postgresql.insert(outbox).values(_ROW).on_conflict_do_nothing().returning(outbox.c.id),
    sqlite=sqlite.insert(outbox).values(_ROW).on_conflict_do_nothing().returning(outbox.c.id),
)
_SUPERSEDE = Prepared(
    update(outbox).where(outbox.c.key == bindparam("wanted"), outbox.c.state == "queued").values(state="superseded")
)
_EXTERNAL_ID = Prepared(select(outbox.c.external_id).where(outbox.c.key == bindparam("wanted")))
_FIND = Prepared(
    select(outbox.c.id, outbox.c.contact_id, outbox.c.payload, outbox.c.state, outbox.c.key).where(
        outbox.c.id == bindparam("wanted")
    )
)


@dataclass(frozen=True, slots=True)
class Row:
    """A message as a tap finds it again."""

    id: int
    contact_id: int
    payload: Mapping[str, Any]
    state: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A message whose time has come, with all that is checked again at the moment of sending."""

    id: int
    key: str
    contact_id: int
    message_class: str
    topic: str
    payload: Mapping[str, Any]
    not_before: datetime
    not_after: datetime | None
    event_id: int | None
    revision: int
    tries: int
    copies: int
    programme: str | None
    stopped_at: datetime | None
    stopped_topics: Sequence[str]
    last_inbound_at: datetime | None
    created_at: datetime
    address_id: int | None
    channel: str | None
    account: str | None
    value: str | None
    kind: str | None
    reachable: bool | None
    next_send_at: datetime | None


@dataclass(frozen=True, slots=True)
class Start:
    """An intent to send, committed before the request leaves."""

    outbox_id: int
    address_id: int
    channel: str
    n: int


def enqueue(
    tx: Tx,
    *,
    key: str,
    contact_id: int,
    message_class: str,
    payload: Mapping[str, Any],
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    topic: str = "",
    address_id: int | None = None,
    channel: str | None = None,
    event_id: int | None = None,
    revision: int = 0,
) -> int | None:
    """Queue a message and give its id; None where its key is queued already."""
    visible = _is_visible(channel, not_before, now)
    row_id: int | None = _ENQUEUE.value(
        tx,
        **_values(
            key=key,
            contact_id=contact_id,
            message_class=message_class,
            payload=payload,
            now=now,
            not_before=not_before,
            not_after=not_after,
            topic=topic,
            address_id=address_id,
            channel=channel,
            event_id=event_id,
            revision=revision,
        ),
    )
    if row_id is not None:
        tx.wake(f"chat:{contact_id}" if visible else OUTBOX)
    return row_id


def queue_reply(
    tx: Tx,
    inbox_id: int,
    *,
    contact_id: int,
    payload: Mapping[str, Any],
    now: datetime,
    not_before: datetime | None,
    address_id: int | None,
    channel: str,
) -> None:
    """Queue the one reply to a message that was just received: its key is new, so nobody needs to ask."""
    tx.later(
        _QUEUE,
        _values(
            key=f"reply:{inbox_id}",
            contact_id=contact_id,
            message_class="reply",
            payload=payload,
            now=now,
            not_before=not_before,
            address_id=address_id,
            channel=channel,
        ),
    )
    tx.wake(f"chat:{contact_id}" if _is_visible(channel, not_before, now) else OUTBOX)


def _is_visible(channel: str | None, not_before: datetime | None, now: datetime) -> bool:
    return channel == WEB and (not_before is None or not_before <= now)


def _values(
    *,
    key: str,
    contact_id: int,
    message_class: str,
    payload: Mapping[str, Any],
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    topic: str = "",
    address_id: int | None = None,
    channel: str | None = None,
    event_id: int | None = None,
    revision: int = 0,
) -> dict[str, Any]:
    visible = _is_visible(channel, not_before, now)
    return {
        "key": key,
        "contact_id": contact_id,
        "address_id": address_id,
        "channel": channel,
        "class": message_class,
        "priority": PRIORITY[message_class],
        "topic": topic,
        "payload": payload,
        "not_before": not_before or now,
        "not_after": not_after,
        "event_id": event_id,
        "revision": revision,
        "created_at": now,
        "state": "sent" if visible else "queued",
        "sent_at": now if visible else None,
    }


def supersede(tx: Tx, key: str) -> bool:
    """Whether the row was still queued, and now never goes out."""
    return _SUPERSEDE.run(tx, wanted=key) > 0


def find_row(tx: Tx, outbox_id: int) -> Row | None:
    row = _FIND.row(tx, wanted=outbox_id)
    return None if row is None else Row(row[0], row[1], row[2], row[3], row[4])


def external_id_of(tx: Tx, key: str) -> str:
    """The platform's id of the message that this row became; "" where it became none."""
    return str(_EXTERNAL_ID.value(tx, wanted=key) or "")


def prove_delivery(tx: Tx, row: Row, now: datetime) -> None:
    """A tap on a message whose sending was uncertain shows that it arrived."""
    if row.state in {"unknown", "sending"}:
        tx.execute(update(outbox).where(outbox.c.id == row.id).values(state="sent", sent_at=now, reason="tapped"))


def push_back_ack(
    tx: Tx, contact_id: int, payload: Mapping[str, Any], now: datetime, *, quiet: float, most: float
) -> bool:
    """Whether an acknowledgement of this burst was still waiting: it says `payload` now, `quiet` seconds from now, but
    at most `most` seconds after the burst began.
    """
    row: Any = tx.execute(
        select(outbox.c.id, outbox.c.created_at).where(
            outbox.c.contact_id == contact_id, outbox.c.state == "queued", outbox.c.key.startswith(f"ack:{contact_id}:")
        )
    ).first()
    if row is None:
        return False
    not_before = min(now + timedelta(seconds=quiet), row[1] + timedelta(seconds=most))
    tx.execute(update(outbox).where(outbox.c.id == row[0]).values(payload=payload, not_before=not_before))
    return True


def drop_ack(tx: Tx, contact_id: int) -> None:
    """The album is closed: what waits to acknowledge its photos would come after the next question."""
    tx.execute(
        update(outbox)
        .where(
            outbox.c.contact_id == contact_id, outbox.c.state == "queued", outbox.c.key.startswith(f"ack:{contact_id}:")
        )
        .values(state="superseded", reason="the album was closed")
    )


def hasten(tx: Tx, contact_id: int, now: datetime) -> None:
    """What a reply waited for is there."""
    tx.execute(
        update(outbox)
        .where(
            outbox.c.contact_id == contact_id,
            outbox.c.state == "queued",
            outbox.c["class"] == "reply",
            outbox.c.not_before > now,
        )
        .values(not_before=now)
    )
    tx.wake(OUTBOX)


# The sender's side ---------------------------------------------------------------------------------------------------

_sending = outbox.alias("sending")
_DUE = (
    select(
        outbox.c.id,
        outbox.c.key,
        outbox.c.contact_id,
        outbox.c["class"],
        outbox.c.topic,
        outbox.c.payload,
        outbox.c.not_before,
        outbox.c.not_after,
        outbox.c.event_id,
        outbox.c.revision,
        outbox.c.tries,
        outbox.c.copies,
        contact.c.programme,
        contact.c.stopped_at,
        contact.c.stopped_topics,
        contact.c.last_inbound_at,
        outbox.c.created_at,
        address.c.id,
        address.c.channel,
        address.c.account,
        address.c.value,
        address.c.kind,
        address.c.reachable,
        address.c.next_send_at,
    )
    .select_from(
        outbox.join(contact, contact.c.id == outbox.c.contact_id).outerjoin(
            address, address.c.id == outbox.c.address_id
        )
    )
    .where(
        outbox.c.state == "queued",
        outbox.c.not_before <= bindparam("now"),
        # One message of a person at a time: their order is the order of the rows.
        ~exists().where(and_(_sending.c.contact_id == outbox.c.contact_id, _sending.c.state == "sending")),
    )
    .order_by(outbox.c.priority, outbox.c.not_before, outbox.c.id)
    .limit(bindparam("most"))
)
_FIND_DUE = Prepared(postgresql=_DUE.with_for_update(skip_locked=True, of=outbox), sqlite=_DUE)
_START = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("wanted"))
    .values(
        state="sending",
        tries=bindparam("n"),
        lease_until=bindparam("until"),
        address_id=bindparam("to_address"),
        channel=bindparam("by_channel"),
    )
)
_ATTEMPT = Prepared(
    insert(attempt).values(outbox_id=bindparam("outbox_id"), n=bindparam("n"), started_at=bindparam("started_at"))
)
_FINISH = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("wanted"), outbox.c.state == "sending")
    .values(
        state=bindparam("to_state"),
        not_before=func.coalesce(bindparam("again_at", type_=outbox.c.not_before.type), outbox.c.not_before),
        external_id=bindparam("to_external_id"),
        reason=bindparam("to_reason"),
        sent_at=bindparam("to_sent_at"),
        copies=bindparam("to_copies"),
        lease_until=None,
    )
)
_END = Prepared(
    update(attempt)
    .where(attempt.c.outbox_id == bindparam("of_outbox"), attempt.c.n == bindparam("of_n"))
    .values(ended_at=bindparam("at"), outcome=bindparam("to_outcome"), cause=bindparam("to_cause"))
)


def find_due(tx: Tx, now: datetime, most: int) -> list[Due]:
    """What may go now, most urgent first and at most one message a person; nothing of somebody with one on its way."""
    seen: set[int] = set()
    due = []
    for row in _FIND_DUE.rows(tx, now=now, most=most):
        if row[2] in seen:
            continue
        seen.add(row[2])
        due.append(
            Due(
                id=row[0],
                key=row[1],
                contact_id=row[2],
                message_class=row[3],
                topic=row[4],
                payload=row[5],
                not_before=row[6],
                not_after=row[7],
                event_id=row[8],
                revision=row[9],
                tries=row[10],
                copies=row[11],
                programme=row[12],
                stopped_at=row[13],
                stopped_topics=row[14],
                last_inbound_at=row[15],
                created_at=row[16],
                address_id=row[17],
                channel=row[18],
                account=row[19],
                value=row[20],
                kind=row[21],
                reachable=row[22],
                next_send_at=row[23],
            )
        )
    return due


_NEXT_DUE = Prepared(select(func.min(outbox.c.not_before)).where(outbox.c.state == "queued"))


def next_due(tx: Tx) -> datetime | None:
    """When the next queued message wants to go."""
    return _NEXT_DUE.value(tx)  # type: ignore[no-any-return]  # an instant or None


def start(tx: Tx, starts: Sequence[Start], now: datetime, lease_until: datetime) -> None:
    """Write down that these are about to be sent: found so after a crash, they are ambiguous and not queued."""
    if not starts:
        return
    tx.later(
        _START,
        *[
            {
                "wanted": item.outbox_id,
                "n": item.n,
                "until": lease_until,
                "to_address": item.address_id,
                "by_channel": item.channel,
            }
            for item in starts
        ],
    )
    tx.later(_ATTEMPT, *[{"outbox_id": item.outbox_id, "n": item.n, "started_at": now} for item in starts])


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How one attempt ended, and what becomes of its message. `again_at`: when a message that stays queued may go."""

    outbox_id: int
    n: int
    state: str
    outcome: str
    cause: str | None = None
    external_id: str | None = None
    reason: str | None = None
    again_at: datetime | None = None
    copies: int = 0  # of this message that may have arrived, this attempt included


def finish(tx: Tx, results: Sequence[Finished], now: datetime) -> None:
    if not results:
        return
    tx.later(
        _FINISH,
        *[
            {
                "wanted": result.outbox_id,
                "to_state": result.state,
                "again_at": result.again_at,
                "to_external_id": result.external_id,
                "to_reason": result.reason,
                "to_sent_at": now if result.state == "sent" else None,
                "to_copies": result.copies,
            }
            for result in results
        ],
    )
    tx.later(
        _END,
        *[
            {
                "of_outbox": result.outbox_id,
                "of_n": result.n,
                "at": now,
                "to_outcome": result.outcome,
                "to_cause": result.cause,
            }
            for result in results
        ],
    )


def settle(tx: Tx, outbox_ids: Sequence[int], state: str, reason: str) -> None:
    """Queued rows that will not go: skipped, superseded, failed."""
    if outbox_ids:
        tx.execute(
            update(outbox)
            .where(outbox.c.id.in_(outbox_ids), outbox.c.state == "queued")
            .values(state=state, reason=reason)
        )


def postpone(tx: Tx, outbox_ids: Sequence[int], until: datetime, reason: str | None = None) -> None:
    if outbox_ids:
        tx.execute(
            update(outbox)
            .where(outbox.c.id.in_(outbox_ids), outbox.c.state == "queued")
            .values(not_before=until, reason=reason)
        )


def show(tx: Tx, due: Sequence[Due], address_ids: Mapping[int, int], now: datetime) -> None:
    """Rows for the web chat: they are sent by becoming visible."""
    for row in due:
        tx.execute(
            update(outbox)
            .where(outbox.c.id == row.id)
            .values(state="sent", sent_at=now, channel=WEB, address_id=address_ids[row.id])
        )
        tx.wake(f"chat:{row.contact_id}")


def lost_sends(tx: Tx, now: datetime, *, all_of_them: bool) -> list[tuple[int, int, int, str]]:
    """(id, n, copies, class) of sends whose process is gone: at a start all, later those that are past their lease."""
    wanted = [outbox.c.state == "sending"]
    if not all_of_them:
        wanted.append(outbox.c.lease_until < now)
    rows: Iterable[Any] = tx.execute(
        select(outbox.c.id, outbox.c.tries, outbox.c.copies, outbox.c["class"]).where(*wanted)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def erase_payloads(tx: Tx, contact_id: int) -> None:
    """Forget what was said to a contact, and let nothing that is queued go out."""
    empty: dict[str, Any] = {"parts": []}
    tx.execute(
        update(outbox)
        .where(outbox.c.contact_id == contact_id, outbox.c.state == "queued")
        .values(state="superseded", reason="erased")
    )
    tx.execute(update(outbox).where(outbox.c.contact_id == contact_id).values(payload=empty))
