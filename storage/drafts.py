"""Open and parked forms, one a conversation and person. They never expire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.schema import draft
from storage.tx import Tx

__all__ = ["all_drafts", "drop_draft", "drop_open", "find_draft", "open_draft", "park_draft", "rewrite", "save_draft"]

_ROW = {
    "contact_id": bindparam("contact_id"),
    "conversation": bindparam("conversation"),
    "active": True,
    "body": bindparam("body"),
    "updated_at": bindparam("updated_at"),
}


def _upsert(dialect: Any) -> Any:
    statement = dialect.insert(draft).values(_ROW)
    return statement.on_conflict_do_update(
        index_elements=[draft.c.contact_id, draft.c.conversation],
        set_={
            "active": True,
            "body": statement.excluded.body,
            "updated_at": statement.excluded.updated_at,
        },
    )


_SAVE = Prepared(postgresql=_upsert(postgresql), sqlite=_upsert(sqlite))
_PARK = Prepared(
    update(draft).where(draft.c.contact_id == bindparam("of_contact"), draft.c.active).values(active=False),
    beside=True,
)
_DROP = Prepared(
    delete(draft).where(
        draft.c.contact_id == bindparam("contact_id"), draft.c.conversation == bindparam("conversation")
    ),
    beside=True,
)


_NAMED = Prepared(
    select(draft.c.body).where(
        draft.c.contact_id == bindparam("of_contact"), draft.c.conversation == bindparam("named")
    ),
    beside=True,
)
_ALL = Prepared(
    select(draft.c.body)
    .where(draft.c.contact_id == bindparam("of_contact"))
    .order_by(draft.c.updated_at.desc(), draft.c.conversation),
    beside=True,
)


def save_draft(tx: Tx, contact_id: int, body: Mapping[str, Any], now: datetime) -> None:
    """Keep the form that is open. Another one that is open must have been parked before."""
    values = {"contact_id": contact_id, "conversation": body["conversation"], "body": body, "updated_at": now}
    tx.later(_SAVE, values, of=("draft", contact_id))


def park_draft(tx: Tx, contact_id: int) -> None:
    """Put the open form aside, with all its answers."""
    tx.flush_of("draft", contact_id)
    _PARK.run(tx, of_contact=contact_id)


def drop_draft(tx: Tx, contact_id: int, conversation: str) -> None:
    tx.flush_of("draft", contact_id)
    _DROP.run(tx, contact_id=contact_id, conversation=conversation)


def drop_open(tx: Tx, contact_id: int) -> None:
    """Take away the form that is open, whatever it says."""
    tx.execute(delete(draft).where(draft.c.contact_id == contact_id, draft.c.active))


def find_draft(tx: Tx, contact_id: int, conversation: str = "") -> dict[str, Any] | None:
    """The parked form of that conversation; without a name the one that was touched last."""
    tx.flush_of("draft", contact_id)
    found: dict[str, Any] | None
    if conversation:
        found = _NAMED.value(tx, of_contact=contact_id, named=conversation)
    else:
        found = _ALL.value(tx, of_contact=contact_id)
    return found


def open_draft(tx: Tx, contact_id: int) -> dict[str, Any] | None:
    """The form that is open with this person now."""
    return tx.execute(select(draft.c.body).where(draft.c.contact_id == contact_id, draft.c.active)).scalar_one_or_none()


def all_drafts(tx: Tx, contact_id: int) -> list[dict[str, Any]]:
    """Every form of a person, open or parked, the one touched last first."""
    tx.flush_of("draft", contact_id)
    return [row[0] for row in _ALL.rows(tx, of_contact=contact_id)]


def rewrite(tx: Tx, contact_id: int, body: Mapping[str, Any], now: datetime) -> None:
    """Change a form in its place, whether it is open or parked."""
    tx.execute(
        update(draft)
        .where(draft.c.contact_id == contact_id, draft.c.conversation == body["conversation"])
        .values(body=dict(body), updated_at=now)
    )
