"""One message, one transaction: seen before? who is it? what does it mean? what do we answer? (architecture.md 2)

What is here runs inside Store.write and may run twice: it touches nothing but the transaction.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from dialogue.message import Incoming, Kind, Part, Reply
from domain.nik import NIK_REMOVED, find_nik, without_nik
from handlers.arrived import Arrived
from handlers.context import Context, House
from handlers.knowing import known_of
from handlers.raw import raw_without_nik
from handlers.talk import Said, talk
from storage import contacts, drafts, inbox, media, outbox
from storage.addresses import add_address
from storage.inbox import Sender
from storage.tx import AddressKey, Tx

__all__ = ["Arrived", "Outcome", "arrive", "bury"]

FRESH = 60.0  # seconds: an address that was used within them is not written again

_MEDIA_KINDS = {Kind.PHOTO: "photo", Kind.DOCUMENT: "document", Kind.VOICE: "voice", Kind.VIDEO: "video"}
_FETCHED = frozenset({Kind.PHOTO, Kind.DOCUMENT, Kind.VOICE})


class Outcome(StrEnum):
    NEW = "new"
    SEEN = "seen"  # a redelivery: nothing was changed
    IGNORED = "ignored"  # nothing to answer; the reason is kept


def arrive(tx: Tx, house: House, arrived: Arrived) -> Outcome:
    """Take in one message and queue what is to be answered."""
    now = house.clock.now()
    arrived, had_nik = _without_nik(arrived)
    if arrived.address is None:
        return Outcome.IGNORED
    if arrived.incoming is None:
        return _note(tx, arrived, arrived.address, now)
    sender = _sender(tx, arrived.address, now)
    inbox_id = _receive(tx, arrived, arrived.address, sender, now)
    if inbox_id is None:
        return Outcome.SEEN
    programme = house.programme_of(sender.contact)
    known = known_of(sender.contact, programme)
    ctx = Context(
        tx=tx,
        house=house,
        now=now,
        contact=sender.contact,
        programme=programme,
        say=house.texts.for_person(sender.contact.language, **known),
        channel=arrived.address.channel,
        address=sender.address_id,
        inbox=inbox_id,
        last_answer=sender.answer,
        known=known,
    )
    incoming = _with_media_row(ctx, arrived.address, arrived.incoming, sender)
    if had_nik:
        incoming = _words_beside_nik(incoming)
    said = talk(ctx, incoming, sender.draft)
    if had_nik:
        said = replace(said, reply=_with_nik_warning(ctx, said.reply))
    _touch(tx, sender, now)
    answer(ctx, said)
    return Outcome.NEW


def answer(ctx: Context, said: Said) -> None:
    """Queue the one reply of a turn, or note why there is none."""
    if said.reply is None:
        inbox.settle(ctx.tx, ctx.inbox, reason=said.silent or "nothing to say")
        return
    outbox.queue_reply(
        ctx.tx,
        ctx.inbox,
        contact_id=ctx.contact.id,
        payload=said.reply.to_json(),
        now=ctx.now,
        not_before=said.not_before,
        address_id=ctx.address,
        channel=ctx.channel,
    )


def bury(tx: Tx, house: House, arrived: Arrived, cause: str) -> Outcome:
    """A message whose turn raised twice: kept with its raw bytes and the cause, answered once, not tried by itself."""
    now = house.clock.now()
    arrived, _ = _without_nik(arrived)
    if arrived.address is None:
        return Outcome.IGNORED
    sender = _sender(tx, arrived.address, now)
    again = inbox.newest_state(tx, sender.contact.id) == "dead"
    inbox_id = _receive(tx, arrived, arrived.address, sender, now, state="dead", reason=cause)
    if inbox_id is None:
        return Outcome.SEEN
    if again:
        drafts.park_draft(tx, sender.contact.id)  # it is the open form that raises: whoever is in it must get out
    say = house.texts.for_person(
        sender.contact.language, **known_of(sender.contact, house.programme_of(sender.contact))
    )
    outbox.enqueue(
        tx,
        key=f"reply:{inbox_id}",
        contact_id=sender.contact.id,
        message_class="reply",
        payload=Reply.of(say("error")).to_json(),
        now=now,
        address_id=sender.address_id,
        channel=arrived.address.channel,
    )
    return Outcome.NEW


def _note(tx: Tx, arrived: Arrived, address: AddressKey, now: datetime) -> Outcome:
    """Something that asks for no answer: a block, a return, a group. Nobody becomes a contact by it."""
    sender = inbox.find_sender(tx, address)
    made = _receive(tx, arrived, address, sender, now, state="ignored", reason=arrived.ignored)
    if made is None:
        return Outcome.SEEN
    if arrived.reachable is not None and sender is not None:
        contacts.mark_address(tx, sender.address_id, reachable=arrived.reachable, reason=arrived.ignored or None)
    return Outcome.IGNORED


def _sender(tx: Tx, address: AddressKey, now: datetime) -> Sender:
    sender = inbox.find_sender(tx, address)
    if sender is None:
        add_address(tx, address, now)
        sender = inbox.find_sender(tx, address)
    if sender is None:
        raise LookupError("an address that was just made is not there")
    return sender


def _receive(  # noqa: PLR0917 - what a row of the inbox is made of
    tx: Tx,
    arrived: Arrived,
    address: AddressKey,
    sender: Sender | None,
    now: datetime,
    state: str = "done",
    reason: str | None = None,
) -> int | None:
    return inbox.receive(
        tx,
        address,
        sender,
        external_id=arrived.external_id,
        fingerprint=arrived.fingerprint,
        platform_at=arrived.at,
        now=now,
        raw=arrived.raw,
        body=None if arrived.incoming is None else _body_of(arrived.incoming),
        state=state,
        reason=reason,
    )


def _body_of(incoming: Incoming) -> dict[str, Any]:
    """What the chat page and the conversation log show of a message."""
    body: dict[str, Any] = {"kind": incoming.kind.value}
    if incoming.text:
        body["text"] = incoming.text
    if incoming.tapped:
        body["tapped"] = incoming.tapped
    if incoming.file is not None and incoming.file.media_id is not None:
        body["media"] = incoming.file.media_id
    return body


def _touch(tx: Tx, sender: Sender, now: datetime) -> None:
    """They wrote: they can be reached, here first, and what waits for an answer of theirs is void."""
    contacts.touch(tx, sender.contact.id, now)
    stale = sender.last_used_at is None or (now - sender.last_used_at).total_seconds() > FRESH
    if stale or not sender.reachable:
        contacts.touch_address(tx, sender.address_id, now)


def _with_media_row(ctx: Context, address: AddressKey, incoming: Incoming, sender: Sender) -> Incoming:
    """A file gets its row before the turn, so that the draft can name it; the road fetches it after the commit."""
    if incoming.kind not in _FETCHED or incoming.file is None or incoming.file.media_id is not None:
        return incoming
    draft = sender.draft or {}
    media_id = media.add_pending(
        ctx.tx,
        contact_id=ctx.contact.id,
        address_id=sender.address_id,
        channel=address.channel,
        account=address.account,
        file_id=incoming.file.file_id,
        unique_id=incoming.file.unique_id,
        kind=_MEDIA_KINDS[incoming.kind],
        now=ctx.now,
        conversation=draft.get("conversation", ""),
        ask=draft.get("asked", ""),
    )
    inbox.note_media(ctx.tx, ctx.inbox, media_id)
    return replace(incoming, file=replace(incoming.file, media_id=media_id))


# A NIK is not kept (domain.md 0.9) -----------------------------------------------------------------------------------


def _without_nik(arrived: Arrived) -> tuple[Arrived, bool]:
    """The message with every NIK in it replaced, in its words and in its raw bytes, before anything is stored; and
    whether one stood in its words. Also of what is only noted, such as a message in a group.
    """
    raw = raw_without_nik(arrived.raw)
    incoming = arrived.incoming
    if raw is not arrived.raw:
        arrived = replace(arrived, raw=raw)
    if incoming is None:
        return arrived, False
    if incoming.file is not None and find_nik(incoming.file.name):
        incoming = replace(incoming, file=replace(incoming.file, name=without_nik(incoming.file.name)))
    if not find_nik(incoming.text):
        return replace(arrived, incoming=incoming), False
    return replace(arrived, incoming=replace(incoming, text=without_nik(incoming.text))), True


def _words_beside_nik(incoming: Incoming) -> Incoming:
    """What is left to answer with: nobody is called "[NIK dihapus]". A message of nothing else answers nothing."""
    words = " ".join(incoming.text.replace(NIK_REMOVED, " ").split())
    alone = incoming.kind is Kind.TEXT and not words
    return replace(incoming, kind=Kind.OTHER, text="") if alone else replace(incoming, text=words)


def _with_nik_warning(ctx: Context, reply: Reply | None) -> Reply:
    warning = Reply(parts=(Part(text=ctx.say("nik")),))
    return warning if reply is None else reply.after(warning)
