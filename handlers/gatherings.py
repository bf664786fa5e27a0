"""Events: the officer's list, the invitation to everybody, what people answer, and the news of a cancelled one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dialogue.conversation import Words
from dialogue.message import Button, Reply
from domain.events import Rsvp, plan
from domain.formats import format_moment
from domain.intents import read_rsvp
from domain.quiet_hours import next_open
from domain.roles import Act
from handlers.context import Answered, Begin, Context, House
from handlers.knowing import known_of
from handlers.rights import officer_who_may, own_programme, programmes_of
from storage import events, history, outbox
from storage.audience import EVENTS, list_for_events
from storage.contacts import Contact
from storage.events import CANCELLED, Event, NewEvent
from storage.officers import Officer
from storage.tx import Tx

__all__ = [
    "Gathering",
    "announce",
    "answered",
    "begin_gathering",
    "guest_name",
    "plan_event",
    "slice_ends",
    "tapped",
    "told_event",
    "typed_answer",
]

SLICE = 50  # people at most in one slice,
SLICE_SECONDS = 0.02  # which ends after this, so that no turn waits longer (architecture.md 3)
LISTED = 5
CLOCK = "clock"  # the topic that wakes the clock: something is to be queued now


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event as an officer describes it. `region` is the code of its village."""

    title: str
    starts_at: datetime
    place: str
    region: str


# The officer's side --------------------------------------------------------------------------------------------------


def begin_gathering(ctx: Context, officer: Officer) -> Answered:
    """The command /acara: what is planned and who comes, or at once a new event where nothing is planned."""
    planned = events.list_upcoming(ctx.tx, own_programme(ctx, officer), ctx.now, LISTED)
    if not planned:
        return Answered(begin=Begin(conversation="event"))
    lines = [ctx.say("event.list"), *(_line(ctx, each) for each in planned)]
    return Answered(reply=Reply.of("\n".join(lines), buttons=_list_keys(ctx, planned)), park=True)


def _line(ctx: Context, event: Event) -> str:
    counts = events.count_answers(ctx.tx, event.id)
    return ctx.say(
        "event.row",
        **told_event(event, ctx.contact.language),
        yes=counts.get(Rsvp.YES, 0),
        no=counts.get(Rsvp.NO, 0),
        maybe=counts.get(Rsvp.MAYBE, 0),
        silent=counts.get("", 0),
    )


def _list_keys(ctx: Context, planned: list[Event]) -> tuple[Button, ...]:
    cancel = [
        Button(label=ctx.say("event.cancel_button", title=each.title), does="event", key="ask", value=str(each.id))
        for each in planned
    ]
    return (Button(label=ctx.say("event.new_button"), does="event", key="new"), *cancel)


def tapped(ctx: Context, button: Button) -> Answered:
    """A key under the list of events: a new one, or the end of one, asked twice."""
    officer = officer_who_may(ctx, Act.GATHER)
    if officer is None:
        return Answered(reply=Reply.of(ctx.say("idle.old_button")))
    if button.key == "new":
        return Answered(begin=Begin(conversation="event"))
    event = events.find_event(ctx.tx, int(button.value)) if button.value.isdecimal() else None
    if event is None or event.programme not in programmes_of(ctx, officer):
        return Answered(reply=Reply.of(ctx.say("idle.old_button")))
    if button.key == "cancel":
        return Answered(reply=Reply.of(_cancelled(ctx, officer, event)), park=True)
    yes = Button(label=ctx.say("event.cancel_yes"), does="event", key="cancel", value=button.value)
    no = Button(label=ctx.say("event.cancel_no"), does="officer", key=Act.GATHER)
    said = ctx.say("event.cancel_ask", **told_event(event, ctx.contact.language))
    return Answered(reply=Reply.of(said, buttons=(yes, no)), park=True)


def _cancelled(ctx: Context, officer: Officer, event: Event) -> str:
    if not events.cancel_event(ctx.tx, event.id):
        return ctx.say("event.cancelled_before", title=event.title)
    history.record(ctx.tx, ctx.now, f"officer:{officer.id}", "event.cancelled", f"event:{event.id}")
    ctx.tx.wake(CLOCK)
    return ctx.say("event.cancelled_done", title=event.title)


def plan_event(ctx: Context, officer: Officer, wanted: Gathering) -> Event:
    """The event as it is kept. The clock queues its invitations and reminders."""
    programme = ctx.house.programmes[own_programme(ctx, officer)]
    new = NewEvent(
        programme=programme.id,
        title=wanted.title,
        starts_at=wanted.starts_at,
        zone=programme.zone,
        place=wanted.place,
        region_code=wanted.region,
        officer_id=officer.id,
    )
    reminders = plan(wanted.starts_at, ZoneInfo(programme.zone), programme.quiet_hours, ctx.now)
    event_id = events.create_event(ctx.tx, new, reminders, ctx.now)
    history.record(ctx.tx, ctx.now, f"officer:{officer.id}", "event.planned", f"event:{event_id}")
    ctx.tx.wake(CLOCK)
    made = events.find_event(ctx.tx, event_id)
    if made is None:
        raise LookupError("an event that was just made is not there")
    return made


# What people answer --------------------------------------------------------------------------------------------------


def answered(ctx: Context, button: Button) -> Answered:
    """A key under an invitation or a reminder. The last one counts, however often it is changed."""
    event = events.find_event(ctx.tx, int(button.value)) if button.value.isdecimal() else None
    return Answered(reply=Reply.of(_answer(ctx, event, Rsvp(button.key))))


def typed_answer(ctx: Context, text: str) -> Answered | None:
    """An invitation answered in words ("insya Allah hadir"), where it was the last thing that the person heard."""
    said = read_rsvp(text)
    if said is None:
        return None
    event_id = events.event_spoken_of(ctx.tx, ctx.contact.id)
    if event_id is None:
        return None
    return Answered(reply=Reply.of(_answer(ctx, events.find_event(ctx.tx, event_id), Rsvp(said.answer))))


def _answer(ctx: Context, event: Event | None, said: Rsvp) -> str:
    if event is None:
        return ctx.say("idle.old_button")
    if event.state == CANCELLED:
        return ctx.say("event.cancelled", **told_event(event, ctx.contact.language))
    if event.starts_at <= ctx.now:
        return ctx.say("event.over", title=event.title)
    if not events.answer(ctx.tx, event.id, ctx.contact.id, said, ctx.now):
        return ctx.say("idle.old_button")
    return ctx.say(f"rsvp.{said}", title=event.title)


# What the clock queues -----------------------------------------------------------------------------------------------


def announce(tx: Tx, house: House) -> bool:
    """One slice of invitations, or of the news that an event is cancelled. Whether there may be more to queue."""
    event = events.claim_announcing(tx, house.programmes)
    if event is None:
        return False
    now = house.clock.now()
    if event.starts_at <= now:
        events.move_announcing(tx, event.id, None)
        return True
    cursor = event.invite_cursor or 0
    tell, people = (_invite, _to_invite) if event.state != CANCELLED else (_tell_cancelled, _to_tell)
    batch = people(tx, event, cursor, now)
    enough = slice_ends(house)
    for person in batch:
        tell(tx, house, event, person)
        cursor = person.id
        if enough():
            break
    done = len(batch) < SLICE and (not batch or cursor == batch[-1].id)
    events.move_announcing(tx, event.id, None if done else cursor)
    return True


def slice_ends(house: House) -> Callable[[], bool]:
    """Asks whether a slice of bulk work has taken its time."""
    end = house.clock.monotonic() + SLICE_SECONDS
    return lambda: house.clock.monotonic() > end


def _to_invite(tx: Tx, event: Event, cursor: int, now: datetime) -> list[Contact]:
    people = list_for_events(tx, event.programme, cursor, SLICE)
    events.invite(tx, event.id, [person.id for person in people], now)
    return people


def _to_tell(tx: Tx, event: Event, cursor: int, now: datetime) -> list[Contact]:  # noqa: ARG001 - the same signature
    return [guest.contact for guest in events.list_guests(tx, event.id, cursor, SLICE)]


def _invite(tx: Tx, house: House, event: Event, person: Contact) -> None:
    """Invitations are bulk: at most once, behind everything else, and open to being stopped."""
    say = _words(house, event, person)
    said = say("event.invitation", guest=guest_name(say, person), **told_event(event, person.language))
    _queue(tx, house, event, person, "invite", Reply.of(said, buttons=_rsvp_keys(say, event)))


def _tell_cancelled(tx: Tx, house: House, event: Event, person: Contact) -> None:
    if events.answer_of(tx, event.id, person.id) == Rsvp.NO:
        return
    say = _words(house, event, person)
    _queue(
        tx, house, event, person, "cancelled", Reply.of(say("event.cancelled", **told_event(event, person.language)))
    )


def _queue(tx: Tx, house: House, event: Event, person: Contact, what: str, reply: Reply) -> None:  # noqa: PLR0917 - one row
    programme = house.programmes[event.programme]
    now, zone = house.clock.now(), ZoneInfo(programme.zone)
    kind = "broadcast" if what == "invite" else "reminder"
    outbox.enqueue(
        tx,
        key=f"{what}:{event.id}:{event.revision}:{person.id}",
        contact_id=person.id,
        message_class="bulk" if what == "invite" else "reminder",
        topic=EVENTS,
        payload=reply.to_json(),
        now=now,
        not_before=next_open(now, programme.quiet_hours, kind, zone),  # type: ignore[arg-type]  # one of its two words
        not_after=event.starts_at - timedelta(minutes=20),
        event_id=event.id,
        revision=event.revision,
    )


def _words(house: House, event: Event, person: Contact) -> Words:
    return house.texts.for_person(person.language, **known_of(person, house.programmes[event.programme]))


def _rsvp_keys(say: Words, event: Event) -> tuple[Button, ...]:
    return tuple(Button(label=say(f"rsvp.button.{each}"), does="rsvp", key=each, value=str(event.id)) for each in Rsvp)


def guest_name(say: Words, person: Contact) -> str:
    return say("event.guest", name=person.name) if person.name else say("event.guest_unnamed")


def told_event(event: Event, locale: str) -> dict[str, str]:
    """An event as texts name it: title, when, place."""
    when = format_moment(event.starts_at, ZoneInfo(event.zone), locale)
    return {"title": event.title, "when": when, "place": event.place}
