"""What becomes of a photo once it was fetched: kept, a twin of another, or not to be read; and what the person hears.

One acknowledgement for a burst: it waits a moment, and each further photo pushes it back (architecture.md 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dialogue.conversation import Words
from dialogue.message import Button, Reply
from handlers.context import House
from handlers.conversations.registry import form
from handlers.knowing import known_of
from storage import contacts, drafts, media, outbox, products
from storage.media import Fetched
from storage.tx import Tx

__all__ = ["take_in", "turn_away"]

QUIET = 1.5  # seconds without a further photo before the burst is acknowledged
MOST = 6.0  # seconds after which it is acknowledged in any case


@dataclass(frozen=True, slots=True)
class Album:
    """The album that a photo belongs to: ids of its photos so far, in order. Not `open`: sent before it was asked."""

    conversation: str
    photos: tuple[int, ...]
    open: bool = True
    progress: tuple[int, int] | None = None  # of the form that is open


def take_in(tx: Tx, house: House, media_id: int, fetched: Fetched) -> None:
    """The file is stored: say so, or that it is the same as another one of the album."""
    row = media.find_media(tx, media_id)
    if row is None or row["state"] != "pending":
        return
    media.keep(tx, media_id, fetched)
    contact_id = row["contact_id"]
    album = _open_album(tx, contact_id, media_id)
    now = house.clock.now()
    if album is None:
        outbox.hasten(tx, contact_id, now)
        return
    say = _words(tx, house, contact_id)
    twin = media.twin_of(tx, media_id, contact_id, fetched.sha256, album.photos)
    if twin is not None:
        _leave_out(tx, contact_id, media_id, now)
        media.refuse(tx, media_id, "twin")
    _acknowledge(tx, row, album, say, now, twin=twin is not None, hint=fetched.hint)


def turn_away(tx: Tx, house: House, media_id: int, reason: str, *, lost: bool = False) -> None:
    """The file is no picture that we take, or its platform no longer gives it: say what to do."""
    row = media.find_media(tx, media_id)
    if row is None or row["state"] != "pending":
        return
    media.refuse(tx, media_id, reason, state="lost" if lost else "rejected")
    contact_id = row["contact_id"]
    now = house.clock.now()
    _leave_out(tx, contact_id, media_id, now)
    products.drop_photo(tx, media_id)
    say = _words(tx, house, contact_id)
    key = f"photo.refused.{reason}"
    outbox.enqueue(
        tx,
        key=f"media:{media_id}",
        contact_id=contact_id,
        message_class="reply",
        payload=Reply.of(say(key if say.has(key) else "photo.refused.broken")).to_json(),
        now=now,
        address_id=row["address_id"],
        channel=row["channel"],
    )
    outbox.hasten(tx, contact_id, now)


def _acknowledge(
    tx: Tx, row: Mapping[str, Any], album: Album, say: Words, now: datetime, *, twin: bool, hint: str | None
) -> None:
    counts = media.count_states(tx, album.photos)
    stored = counts.get("stored", 0)
    received = "photo.received" if album.open else "photo.early"
    texts = [say(received, count=stored, waiting=counts.get("pending", 0))]
    if twin:
        texts.append(say("photo.twin"))
    elif hint:
        texts.append(say(f"photo.{hint}"))
    done = (Button(label=say("photo.done"), does="command", key="done"),) if album.open else ()
    reply = Reply.of("\n".join(texts), buttons=done)
    payload = replace(reply, progress=album.progress).to_json()
    if outbox.push_back_ack(tx, row["contact_id"], payload, now, quiet=QUIET, most=MOST):
        return
    outbox.enqueue(
        tx,
        key=f"ack:{row['contact_id']}:{row['id']}",
        contact_id=row["contact_id"],
        message_class="reply",
        payload=payload,
        now=now,
        not_before=now + timedelta(seconds=QUIET),
        address_id=row["address_id"],
        channel=row["channel"],
    )


def _open_album(tx: Tx, contact_id: int, media_id: int) -> Album | None:
    body = drafts.open_draft(tx, contact_id)
    if body is None:
        return None
    known = form(body["conversation"])
    progress = known.conversation.progress(body.get("asked", "")) if known else None
    if isinstance(body.get("so_far"), list) and media_id in body["so_far"]:
        return Album(body["conversation"], tuple(body["so_far"]), progress=progress)
    kept = (*body.get("early", {}).values(), *body.get("answers", {}).values())
    album = next((each for each in kept if isinstance(each, list) and media_id in each), None)
    return None if album is None else Album(body["conversation"], tuple(album), open=False, progress=progress)


def _leave_out(tx: Tx, contact_id: int, media_id: int, now: datetime) -> None:
    """Take a photo out of the form that it was given to, wherever the form is now."""
    for body in drafts.all_drafts(tx, contact_id):
        if _without(body, media_id):
            drafts.rewrite(tx, contact_id, body, now)


def _without(body: dict[str, Any], media_id: int) -> bool:
    changed = False
    if isinstance(body.get("so_far"), list) and media_id in body["so_far"]:
        body["so_far"] = [photo for photo in body["so_far"] if photo != media_id]
        changed = True
    for given in (body.get("answers", {}), body.get("early", {})):
        for key, value in given.items():
            if isinstance(value, list) and media_id in value:
                given[key] = [photo for photo in value if photo != media_id]
                changed = True
    return changed


def _words(tx: Tx, house: House, contact_id: int) -> Words:
    person = contacts.get_contact(tx, contact_id)
    return house.texts.for_person(person.language, **known_of(person, house.programme_of(person)))
