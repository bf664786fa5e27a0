"""Events, who is invited and what they answered, and the reminders that are due."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.events import Planned
from storage.contacts import CONTACT_COLUMNS, Contact, contact_of
from storage.schema import contact, event, invitation, outbox, reminder
from storage.tx import Tx

__all__ = [
    "CANCELLED",
    "PLANNED",
    "Event",
    "Guest",
    "NewEvent",
    "Reminder",
    "Standing",
    "answer",
    "answer_of",
    "cancel_event",
    "claim_announcing",
    "claim_reminder",
    "count_answers",
    "create_event",
    "event_spoken_of",
    "find_event",
    "invite",
    "list_guests",
    "list_upcoming",
    "move_announcing",
    "move_reminder",
    "standing_of",
]

PLANNED, CANCELLED = "planned", "cancelled"
WAITING, EXPANDING, DONE, VOID = "waiting", "expanding", "done", "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    programme: str
    title: str
    starts_at: datetime
    zone: str
    place: str
    region_code: str | None
    officer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event. `revision` grows with every change; `invite_cursor` is the last contact told of this one, None: all."""

    id: int
    programme: str
    title: str
    starts_at: datetime
    zone: str
    region_code: str | None
    place: str
    state: str
    revision: int
    invite_cursor: int | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited, with what they answered: yes, no, maybe or None."""

    contact: Contact
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    event_id: int
    revision: int
    kind: str
    due_at: datetime
    not_after: datetime
    cursor: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands, and what one person answered to it."""

    state: str
    revision: int
    answer: str | None


_EVENT = tuple(event.c[name] for name in Event.__slots__)
_STANDING = (
    select(event.c.state, event.c.revision, invitation.c.answer)
    .select_from(
        event.outerjoin(
            invitation, and_(invitation.c.event_id == event.c.id, invitation.c.contact_id == bindparam("contact"))
        )
    )
    .where(event.c.id == bindparam("event"))
)
_ROW = {
    "event_id": bindparam("event"),
    "contact_id": bindparam("contact"),
    "created_at": bindparam("at", type_=invitation.c.created_at.type),
}
_INVITE = {
    "postgresql": postgresql.insert(invitation).values(_ROW).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(invitation).values(_ROW).on_conflict_do_nothing(),
}
_REMINDER = tuple(reminder.c[name] for name in Reminder.__slots__)


def create_event(tx: Tx, new: NewEvent, reminders: Iterable[Planned], now: datetime) -> int:
    """The id of a new event. Its invitations and reminders are queued by the clock, from the first contact on."""
    made = tx.execute(
        insert(event)
        .values(
            programme=new.programme,
            title=new.title,
            starts_at=new.starts_at,
            zone=new.zone,
            region_code=new.region_code,
            place=new.place,
            state=PLANNED,
            revision=0,
            officer_id=new.officer_id,
            invite_cursor=0,
            created_at=now,
        )
        .returning(event.c.id)
    )
    event_id = int(made.scalar_one())
    rows = [
        {
            "event_id": event_id,
            "revision": 0,
            "kind": planned.kind,
            "due_at": planned.due_at,
            "not_after": planned.not_after,
            "state": WAITING,
        }
        for planned in reminders
    ]
    if rows:
        tx.execute(insert(reminder), rows)
    return event_id


def find_event(tx: Tx, event_id: int) -> Event | None:
    row = tx.execute(select(*_EVENT).where(event.c.id == event_id)).one_or_none()
    return None if row is None else Event(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping


def list_upcoming(tx: Tx, programme: str, now: datetime, limit: int = 5) -> list[Event]:
    """Planned events that have not begun, the next one first."""
    rows = tx.execute(
        select(*_EVENT)
        .where(event.c.programme == programme, event.c.state == PLANNED, event.c.starts_at > now)
        .order_by(event.c.starts_at, event.c.id)
        .limit(limit)
    )
    return [Event(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def count_answers(tx: Tx, event_id: int) -> Mapping[str, int]:
    """How many said yes, no, maybe, and ("") nothing yet."""
    rows: Iterable[Any] = tx.execute(
        select(invitation.c.answer, func.count()).where(invitation.c.event_id == event_id).group_by(invitation.c.answer)
    )
    return {said or "": count for said, count in rows}


def cancel_event(tx: Tx, event_id: int) -> bool:
    """Whether the event was still planned. What speaks of it and has not gone stays unsent; the news is queued next."""
    changed = tx.execute(
        update(event)
        .where(event.c.id == event_id, event.c.state == PLANNED)
        .values(state=CANCELLED, revision=event.c.revision + 1, invite_cursor=0)
    )
    if changed.rowcount == 0:
        return False
    tx.execute(
        update(reminder)
        .where(reminder.c.event_id == event_id, reminder.c.state.in_((WAITING, EXPANDING)))
        .values(state=VOID)
    )
    tx.execute(
        update(outbox)
        .where(outbox.c.event_id == event_id, outbox.c.state == "queued")
        .values(state="superseded", reason="event cancelled")
    )
    return True


# Who is invited ------------------------------------------------------------------------------------------------------


def claim_announcing(tx: Tx, programmes: Collection[str]) -> Event | None:
    """An event of these programmes with people who have not been told of it; no other process works on it meanwhile."""
    row = tx.execute(
        select(*_EVENT)
        .where(event.c.invite_cursor.is_not(None), event.c.programme.in_(programmes))
        .order_by(event.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return None if row is None else Event(**row._mapping)  # noqa: SLF001 - as above


def move_announcing(tx: Tx, event_id: int, cursor: int | None) -> None:
    """The contact told last; None when all are."""
    tx.execute(update(event).where(event.c.id == event_id).values(invite_cursor=cursor))


def invite(tx: Tx, event_id: int, contact_ids: Iterable[int], now: datetime) -> None:
    """Put people on the list; who stands there already stays as they are, with their answer."""
    rows = [{"event": event_id, "contact": contact_id, "at": now} for contact_id in contact_ids]
    if rows:
        tx.execute(_INVITE[tx.dialect], rows)


def list_guests(tx: Tx, event_id: int, after: int, limit: int) -> list[Guest]:
    """Invited people behind contact `after`, in the order of their ids."""
    rows = tx.execute(
        select(*CONTACT_COLUMNS, invitation.c.answer)
        .join(invitation, invitation.c.contact_id == contact.c.id)
        .where(invitation.c.event_id == event_id, contact.c.id > after)
        .order_by(contact.c.id)
        .limit(limit)
    )
    return [Guest(contact_of(row), row[-1]) for row in rows]


def answer(tx: Tx, event_id: int, contact_id: int, said: str, now: datetime) -> bool:
    """Whether the person is invited; what they said last counts."""
    changed = tx.execute(
        update(invitation)
        .where(invitation.c.event_id == event_id, invitation.c.contact_id == contact_id)
        .values(answer=said, answered_at=now)
    )
    return changed.rowcount == 1


def answer_of(tx: Tx, event_id: int, contact_id: int) -> str | None:
    return tx.execute(
        select(invitation.c.answer).where(invitation.c.event_id == event_id, invitation.c.contact_id == contact_id)
    ).scalar_one_or_none()


def standing_of(tx: Tx, event_id: int, contact_id: int) -> Standing | None:
    """What the sender asks before it speaks of an event to somebody: one query."""
    row: Any = tx.execute(_STANDING, {"event": event_id, "contact": contact_id}).one_or_none()
    return None if row is None else Standing(row[0], row[1], row[2])


def event_spoken_of(tx: Tx, contact_id: int) -> int | None:
    """The event that the last message to a person was about, where it was about one."""
    return tx.execute(
        select(outbox.c.event_id)
        .where(outbox.c.contact_id == contact_id, outbox.c.state.in_(("sent", "sending", "unknown")))
        .order_by(outbox.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()


# Reminders -----------------------------------------------------------------------------------------------------------


def claim_reminder(tx: Tx, programmes: Collection[str], now: datetime) -> Reminder | None:
    """The reminder of these programmes that is due longest; no other process works on it meanwhile."""
    row: Any = tx.execute(
        select(*_REMINDER)
        .join(event, event.c.id == reminder.c.event_id)
        .where(
            reminder.c.due_at <= now,
            reminder.c.state.in_((WAITING, EXPANDING)),
            event.c.programme.in_(programmes),
        )
        .order_by(reminder.c.due_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=reminder)
    ).one_or_none()
    return None if row is None else Reminder(**row._mapping)  # noqa: SLF001 - as above


def move_reminder(tx: Tx, moved: Reminder, state: str, cursor: int | None = None) -> None:
    tx.execute(
        update(reminder)
        .where(
            and_(
                reminder.c.event_id == moved.event_id,
                reminder.c.revision == moved.revision,
                reminder.c.kind == moved.kind,
            )
        )
        .values(state=state, cursor=cursor)
    )
