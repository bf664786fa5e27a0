"""Who does what only one process may do: poll a platform, sweep a folder. A lease runs out with its process."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import meta
from storage.tx import Tx

__all__ = ["give_back", "hold"]


def hold(tx: Tx, name: str, owner: str, now: datetime, seconds: float) -> bool:
    """Whether `owner` has the lease until `seconds` from now. Ask again well before that to keep it."""
    key = f"lease:{name}"
    until = (now + timedelta(seconds=seconds)).timestamp()
    dialect = postgresql if tx.dialect == "postgresql" else sqlite
    tx.execute(dialect.insert(meta).values(key=key, value="0|").on_conflict_do_nothing())
    value = tx.execute(select(meta.c.value).where(meta.c.key == key).with_for_update()).scalar_one()
    held_until, _, holder = value.partition("|")
    if holder != owner and float(held_until) > now.timestamp():
        return False
    tx.execute(update(meta).where(meta.c.key == key).values(value=f"{until}|{owner}"))
    return True


def give_back(tx: Tx, name: str, owner: str) -> None:
    tx.execute(delete(meta).where(meta.c.key == f"lease:{name}", meta.c.value.endswith(f"|{owner}")))
