"""A sign of life that is written: a store that is full or read-only shows it here."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import meta
from storage.tx import Tx

__all__ = ["beat"]


def beat(tx: Tx, now: datetime) -> None:
    """Write down that the store could be written now."""
    dialect = postgresql if tx.dialect == "postgresql" else sqlite
    statement = dialect.insert(meta).values(key="pulse", value=now.isoformat())
    tx.execute(statement.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": statement.excluded.value}))
