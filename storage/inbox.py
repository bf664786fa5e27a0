"""What came in. One row a message, and its key is what makes a redelivery change nothing (architecture.md 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, bindparam, case, func, literal, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.addresses import WANTED, as_arrays
from storage.contacts import CONTACT_COLUMNS, Contact, contact_of
from storage.prepared import Prepared
from storage.schema import address, contact, draft, inbox, outbox
from storage.tx import AddressKey, Tx

__all__ = [
    "Sender",
    "body_of",
    "erase_words",
    "find_sender",
    "newest_state",
    "note_media",
    "receive",
    "settle",
]

_COLUMNS = len(CONTACT_COLUMNS)
_OF_KEY = (
    address.c.channel == bindparam("channel"),
    address.c.account == bindparam("account"),
    address.c.value == bindparam("value"),
)
_answer = outbox.alias("answer")
# What was sent and waits for a second copy, because nobody knows whether it arrived, may have been read.
_ANSWERED = case(
    (_answer.c.id.is_(None), ""),
    (and_(_answer.c.state == "queued", _answer.c.copies == 0), "queued"),
    else_="sent",
)
# The reply to the last typed answer: while it waits, or is not yet read, a second half of that answer may come.
_LAST_INBOX = {
    "postgresql": draft.c.body.op("#>>", return_type=Text)(text("'{last,inbox}'")),
    "sqlite": func.json_extract(draft.c.body, "$.last.inbox", type_=Text),
}


def _senders(dialect: str, *more: Any) -> Any:
    key = literal("reply:", Text).concat(_LAST_INBOX[dialect])
    return select(
        *CONTACT_COLUMNS,
        address.c.id,
        address.c.reachable,
        address.c.last_used_at,
        draft.c.body,
        _ANSWERED,
        *more,
    ).select_from(
        address.join(contact, contact.c.id == address.c.contact_id)
        .outerjoin(draft, and_(draft.c.contact_id == contact.c.id, draft.c.active))
        .outerjoin(_answer, _answer.c.key == key)
    )


_SENDER = Prepared(
    beside=True, postgresql=_senders("postgresql").where(*_OF_KEY), sqlite=_senders("sqlite").where(*_OF_KEY)
)
_SENDERS = Prepared(
    _senders("postgresql", address.c.channel, address.c.account, address.c.value).where(
        address.c.id.in_(
            select(address.c.id).join(
                WANTED,
                and_(
                    address.c.channel == WANTED.c.channel,
                    address.c.account == WANTED.c.account,
                    address.c.value == WANTED.c.value,
                ),
            )
        )
    )
)
_ROW: dict[str, Any] = {
    "channel": bindparam("channel"),
    "account": bindparam("account"),
    "external_id": bindparam("external_id"),
    "fingerprint": bindparam("fingerprint"),
    "contact_id": bindparam("contact_id"),
    "address_id": bindparam("address_id"),
    "platform_at": bindparam("platform_at"),
    "received_at": bindparam("received_at"),
    "raw": bindparam("raw"),
    "body": bindparam("body"),
    "state": bindparam("state"),
    "reason": bindparam("reason"),
}
_RECEIVE = Prepared(
    beside=True,
    postgresql=postgresql.insert(inbox).values(_ROW).on_conflict_do_nothing().returning(inbox.c.id),
    sqlite=sqlite.insert(inbox).values(_ROW).on_conflict_do_nothing().returning(inbox.c.id),
)
_SETTLE = Prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("inbox_id"))
    .values(state=bindparam("to_state"), reason=bindparam("to_reason"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote, with the form that is open with them (its JSON, or None): one query for a whole turn."""

    contact: Contact
    address_id: int
    reachable: bool
    last_used_at: datetime | None
    draft: dict[str, Any] | None
    answer: str  # the reply to the draft's last typed answer: "queued", "sent" where it may be read, "" for none


def find_sender(tx: Tx, key: AddressKey) -> Sender | None:
    """Who is behind an address, as this transaction sees it."""
    row = tx.found.pop(key, None)
    if row is None or row[0] in tx.written:
        row = _SENDER.row(tx, channel=key.channel, account=key.account, value=key.value)
        if row is not None and row[0] in tx.written:
            tx.flush()
            row = _SENDER.row(tx, channel=key.channel, account=key.account, value=key.value)
    if row is None:
        return None
    tx.written.add(row[0])  # whoever asks is about to write
    return Sender(
        contact=contact_of(row),
        address_id=row[_COLUMNS],
        reachable=row[_COLUMNS + 1],
        last_used_at=row[_COLUMNS + 2],
        draft=row[_COLUMNS + 3],
        answer=row[_COLUMNS + 4],
    )


def find_senders(tx: Tx, keys: Sequence[AddressKey]) -> dict[AddressKey, int]:
    """The contacts behind the addresses of a batch, once they are locked; the first function of each finds its sender
    read already. On PostgreSQL, where each look is a way to the server and back.
    """
    found: dict[AddressKey, int] = {}
    for row in _SENDERS.rows(tx, **as_arrays(keys)) if keys else ():
        key = AddressKey(row[-3], row[-2], row[-1])
        tx.found[key] = row
        found[key] = row[0]
    return found


def receive(
    tx: Tx,
    key: AddressKey,
    sender: Sender | None,
    *,
    external_id: str,
    fingerprint: str,
    platform_at: datetime | None,
    now: datetime,
    raw: bytes,
    body: dict[str, Any] | None,
    state: str = "done",
    reason: str | None = None,
) -> int | None:
    """The id of the new row, or None where this message was seen before."""
    made: int | None = _RECEIVE.value(
        tx,
        channel=key.channel,
        account=key.account,
        external_id=external_id,
        fingerprint=fingerprint,
        contact_id=sender.contact.id if sender else None,
        address_id=sender.address_id if sender else None,
        platform_at=platform_at,
        received_at=now,
        raw=raw,
        body=body,
        state=state,
        reason=reason,
    )
    return made


def settle(tx: Tx, inbox_id: int, *, state: str = "done", reason: str | None = None) -> None:
    """Say why a message got no answer, or was not taken."""
    tx.later(_SETTLE, {"inbox_id": inbox_id, "to_state": state, "to_reason": reason})


def newest_state(tx: Tx, contact_id: int) -> str | None:
    """What became of the last message of a person; None where there is none."""
    return tx.execute(
        select(inbox.c.state).where(inbox.c.contact_id == contact_id).order_by(inbox.c.id.desc()).limit(1)
    ).scalar_one_or_none()


def erase_words(tx: Tx, contact_id: int) -> None:
    """Forget what a contact wrote: raw bytes and texts go, the keys that recognise a redelivery stay."""
    tx.execute(update(inbox).where(inbox.c.contact_id == contact_id).values(raw=None, body=None))


def note_media(tx: Tx, inbox_id: int, media_id: int) -> None:
    """The message brought this file: the chat page shows it there."""
    body = tx.execute(select(inbox.c.body).where(inbox.c.id == inbox_id)).scalar_one_or_none() or {}
    tx.execute(update(inbox).where(inbox.c.id == inbox_id).values(body={**body, "media": media_id}))


def body_of(tx: Tx, key: AddressKey, external_id: str) -> dict[str, Any] | None:
    """What the message with this key held; None where it was never seen."""
    row: Any = tx.execute(
        select(inbox.c.body).where(
            inbox.c.channel == key.channel,
            inbox.c.account == key.account,
            inbox.c.external_id == external_id,
        )
    ).one_or_none()
    return None if row is None else (row[0] or {})
