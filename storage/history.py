"""Who did what to which object. Append-only; details hold ids and states, never the words of a chat."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert

from storage.prepared import Prepared
from storage.schema import history
from storage.tx import Tx

__all__ = ["record"]

_RECORD = Prepared(
    insert(history).values({name: bindparam(name) for name in ("at", "actor", "what", "object", "details")})
)


def record(tx: Tx, now: datetime, actor: str, what: str, subject: str, **details: Any) -> None:
    """`actor` is officer:3, contact:12 or system; `subject` is product:4."""
    tx.later(_RECORD, {"at": now, "actor": actor, "what": what, "object": subject, "details": details})
