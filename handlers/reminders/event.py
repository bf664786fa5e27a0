"""Reminders of an event: the day before, and two hours before for those who said they come."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogue.message import Button, Reply
from domain.events import Rsvp, is_wanted
from domain.formats import format_day, format_time
from domain.quiet_hours import next_open
from handlers.context import House
from handlers.gatherings import SLICE, guest_name, slice_ends
from handlers.knowing import known_of
from storage import events, outbox
from storage.audience import EVENTS
from storage.events import DONE, EXPANDING, PLANNED, VOID, Event, Guest, Reminder
from storage.tx import Tx

__all__ = ["remind_of_events"]

ON_TIME = timedelta(minutes=15)  # later, "two hours from now" would not be true any more


def remind_of_events(tx: Tx, house: House) -> bool:
    """One slice of the reminder that is due longest. Whether there may be more to queue."""
    now = house.clock.now()
    due = events.claim_reminder(tx, house.programmes, now)
    if due is None:
        return False
    event = events.find_event(tx, due.event_id)
    if event is None or event.state != PLANNED or event.revision != due.revision or now > due.not_after:
        events.move_reminder(tx, due, VOID)
        return True
    cursor = due.cursor or 0
    batch = events.list_guests(tx, event.id, cursor, SLICE)
    enough = slice_ends(house)
    for guest in batch:
        if is_wanted(due.kind, guest.answer):
            _queue(tx, house, event, due, guest, now)
        cursor = guest.contact.id
        if enough():
            break
    done = len(batch) < SLICE and (not batch or cursor == batch[-1].contact.id)
    events.move_reminder(tx, due, DONE if done else EXPANDING, cursor)
    return True


def _queue(tx: Tx, house: House, event: Event, due: Reminder, guest: Guest, now: datetime) -> None:  # noqa: PLR0917 - one row
    programme = house.programmes[event.programme]
    not_before = next_open(now, programme.quiet_hours, "reminder", ZoneInfo(programme.zone))
    if not_before > due.not_after:
        return
    reply, not_after = _worded(house, event, due, guest, not_before)
    outbox.enqueue(
        tx,
        key=f"reminder:{event.id}:{event.revision}:{due.kind}:{guest.contact.id}",
        contact_id=guest.contact.id,
        message_class="reminder",
        topic=EVENTS,
        payload=reply.to_json(),
        now=now,
        not_before=not_before,
        not_after=not_after,
        event_id=event.id,
        revision=event.revision,
    )


def _worded(house: House, event: Event, due: Reminder, guest: Guest, at: datetime) -> tuple[Reply, datetime]:
    """The reminder as it is true when it comes, and until when: "tomorrow" ends at midnight."""
    person, zone = guest.contact, ZoneInfo(event.zone)
    say = house.texts.for_person(person.language, **known_of(person, house.programmes[event.programme]))
    start, here = event.starts_at.astimezone(zone), at.astimezone(zone)
    if due.kind == "two_hours" and at - due.due_at <= ON_TIME and event.starts_at - at > timedelta(minutes=105):
        key = "event.two_hours"
    else:
        key = "event.today" if here.date() == start.date() else "event.tomorrow"
    text = say(
        key,
        guest=guest_name(say, person),
        title=event.title,
        day=format_day(start.date(), person.language),
        time=format_time(event.starts_at, zone, person.language),
        place=event.place,
    )
    midnight = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), zone)
    not_after = min(due.not_after, midnight.astimezone(due.not_after.tzinfo))
    buttons = tuple(
        Button(label=say(f"rsvp.button.{each}"), does="rsvp", key=each, value=str(event.id))
        for each in (Rsvp.YES, Rsvp.NO)
        if each != guest.answer
    )
    return Reply.of(text, buttons=buttons), not_after
