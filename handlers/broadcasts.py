"""Announcements: few and useful (dialogue.md rule 18), only to who said yes, with the way out in each of them."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dialogue.message import Button, Reply
from domain.quiet_hours import next_open
from domain.roles import Act
from handlers.context import Answered, Begin, Context, House
from handlers.gatherings import CLOCK, SLICE, slice_ends
from handlers.knowing import known_of
from handlers.quiet import quiet_note
from handlers.rights import officer_who_may, own_programme, programmes_of
from storage import broadcasts, contacts, history, outbox
from storage.audience import BROADCASTS, Reach, list_for_broadcast, reach_of_broadcast
from storage.broadcasts import EXPANDING, SENDING, Broadcast
from storage.contacts import Contact
from storage.officers import Officer, get_officer
from storage.tx import Tx

__all__ = ["begin_announcing", "expand", "is_too_often", "report", "send", "tapped"]

WEEK, MOST_A_WEEK = timedelta(days=7), 2  # what people were promised when they said yes
WORTH = timedelta(days=3)  # an announcement that could not be sent by then is not sent at all


# The officer's side --------------------------------------------------------------------------------------------------


def begin_announcing(ctx: Context, officer: Officer, *, urgent: bool = False) -> Answered:
    """The command /siaran: what is running, or a new announcement, where this week has room for one."""
    programme = own_programme(ctx, officer)
    last = broadcasts.last_broadcasts(ctx.tx, programme, 1)
    if last and last[0].state in {EXPANDING, SENDING}:
        return Answered(reply=_running(ctx, last[0]), park=True)
    if not urgent and is_too_often(ctx, programme):
        return Answered(reply=Reply.of(ctx.say("broadcast.too_often", most=MOST_A_WEEK)), park=True)
    reach = reach_of_broadcast(ctx.tx, programme)
    if not reach.total:
        return Answered(reply=Reply.of(ctx.say("broadcast.nobody")), park=True)
    return Answered(begin=Begin(conversation="broadcast", about=_about(ctx, reach, urgent=urgent)))


def is_too_often(ctx: Context, programme: str) -> bool:
    """Whether the promise of two a week would be broken by one more."""
    return broadcasts.count_since(ctx.tx, programme, ctx.now - WEEK) >= MOST_A_WEEK


def _about(ctx: Context, reach: Reach, *, urgent: bool) -> dict[str, Any]:
    channels = [
        ctx.say("broadcast.channel", channel=_channel(ctx, name), count=count)
        for name, count in reach.by_channel.items()
    ]
    return {
        "count": reach.total,
        "channels": ", ".join(channels),
        "left_out": reach.left_out,
        "urgent": urgent,
    }


def _channel(ctx: Context, name: str) -> str:
    own = f"broadcast.on.{name}"
    return ctx.say(own) if ctx.say.has(own) else name.capitalize()


def send(ctx: Context, officer: Officer, text: str, *, urgent: bool) -> str:
    """Starts an announcement, and gives the sentence that the officer reads."""
    programme = own_programme(ctx, officer)
    if not urgent and is_too_often(ctx, programme):
        return ctx.say("broadcast.too_often", most=MOST_A_WEEK)
    made = broadcasts.create_broadcast(ctx.tx, programme, officer.id, text, ctx.now)
    history.record(ctx.tx, ctx.now, f"officer:{officer.id}", "broadcast.started", f"broadcast:{made}", urgent=urgent)
    ctx.tx.wake(CLOCK)
    return " ".join(filter(None, (ctx.say("broadcast.started"), quiet_note(ctx, programme))))


def tapped(ctx: Context, button: Button) -> Answered:
    """The key that stops a running announcement, or shows how far it is."""
    officer = officer_who_may(ctx, Act.ANNOUNCE)
    running = broadcasts.find_broadcast(ctx.tx, int(button.value)) if button.value.isdecimal() else None
    if officer is None or running is None or running.programme not in programmes_of(ctx, officer):
        return Answered(reply=Reply.of(ctx.say("idle.old_button")))
    if button.key != "stop":
        return Answered(reply=_running(ctx, running), park=True)
    if broadcasts.stop_broadcast(ctx.tx, running.id, ctx.now):
        history.record(ctx.tx, ctx.now, f"officer:{officer.id}", "broadcast.stopped", f"broadcast:{running.id}")
    return Answered(reply=Reply.of(ctx.say("broadcast.stopped", **_counts(ctx.tx, running))), park=True)


def _running(ctx: Context, running: Broadcast) -> Reply:
    if running.state not in {EXPANDING, SENDING}:
        return Reply.of(ctx.say("broadcast.done", **_counts(ctx.tx, running)))
    keys = tuple(
        Button(label=ctx.say(f"broadcast.button.{name}"), does="broadcast", key=name, value=str(running.id))
        for name in ("look", "stop")
    )
    return Reply.of(ctx.say("broadcast.progress", **_counts(ctx.tx, running)), buttons=keys)


def _counts(tx: Tx, running: Broadcast) -> dict[str, int]:
    states = broadcasts.progress(tx, running.id)
    sent, unsure = states.get("sent", 0), states.get("unknown", 0)
    waiting = states.get("queued", 0) + states.get("sending", 0)
    return {
        "all": sum(states.values()),
        "sent": sent,
        "waiting": waiting,
        "unsure": unsure,
        "not_sent": sum(states.values()) - sent - unsure - waiting,
    }


# What the clock queues -----------------------------------------------------------------------------------------------


def expand(tx: Tx, house: House) -> bool:
    """One slice of an announcement's messages. Whether there may be more to queue."""
    running = broadcasts.claim_expanding(tx, house.programmes)
    if running is None:
        return False
    cursor = running.cursor
    batch = list_for_broadcast(tx, running.programme, cursor, SLICE)
    enough = slice_ends(house)
    for person in batch:
        _queue(tx, house, running, person)
        cursor = person.id
        if enough():
            break
    complete = len(batch) < SLICE and (not batch or cursor == batch[-1].id)
    broadcasts.move_broadcast(tx, running.id, cursor, complete=complete)
    return True


def _queue(tx: Tx, house: House, running: Broadcast, person: Contact) -> None:
    programme = house.programmes[running.programme]
    now = house.clock.now()
    say = house.texts.for_person(person.language, **known_of(person, programme))
    outbox.enqueue(
        tx,
        key=f"broadcast:{running.id}:{person.id}",
        contact_id=person.id,
        message_class="bulk",
        topic=BROADCASTS,
        payload=Reply.of(say("broadcast.frame", text=running.text)).to_json(),
        now=now,
        not_before=next_open(now, programme.quiet_hours, "broadcast", ZoneInfo(programme.zone)),
        not_after=running.created_at + WORTH,
    )


def report(tx: Tx, house: House) -> bool:
    """Tells officers what became of announcements that are through. Never more to do at once."""
    now = house.clock.now()
    for running in broadcasts.list_sending(tx, house.programmes):
        if broadcasts.finish_broadcast(tx, running.id, now):
            _tell_officer(tx, house, running)
    return False


def _tell_officer(tx: Tx, house: House, running: Broadcast) -> None:
    officer = get_officer(tx, running.officer_id) if running.officer_id is not None else None
    if officer is None or officer.contact_id is None:
        return
    person = contacts.get_contact(tx, officer.contact_id)
    say = house.texts.for_person(person.language, **known_of(person, house.programmes[running.programme]))
    outbox.enqueue(
        tx,
        key=f"broadcast_done:{running.id}",
        contact_id=person.id,
        message_class="reply",  # they asked for it, whatever the hour
        payload=Reply.of(say("broadcast.done", **_counts(tx, running))).to_json(),
        now=house.clock.now(),
    )
