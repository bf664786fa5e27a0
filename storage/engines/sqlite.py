"""SQLite: a file in the data folder, one writer, snapshots beside it."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy import Engine as Pool
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from storage.engines.base import ENGINE, Contact, Engine, Fault
from storage.tx import Tx

BUSY_MILLISECONDS = 4000  # below the 5 s after which the doors answer 503
READERS = 4

_FAULTS = {
    sqlite3.SQLITE_BUSY: Fault.UNAVAILABLE,
    sqlite3.SQLITE_LOCKED: Fault.UNAVAILABLE,
    sqlite3.SQLITE_FULL: Fault.UNAVAILABLE,
    sqlite3.SQLITE_NOMEM: Fault.UNAVAILABLE,
    sqlite3.SQLITE_READONLY: Fault.BROKEN,  # also when the file was moved away or restored over
    sqlite3.SQLITE_IOERR: Fault.BROKEN,
    sqlite3.SQLITE_CORRUPT: Fault.BROKEN,
    sqlite3.SQLITE_CANTOPEN: Fault.BROKEN,
    sqlite3.SQLITE_PROTOCOL: Fault.BROKEN,
    sqlite3.SQLITE_NOTADB: Fault.BROKEN,
}


class SQLite(Engine):
    """`sqlite:///path` for a file; `sqlite://` for a database in memory, which lives on one connection and is for a
    store in inline mode only.
    """

    def __init__(self, url: URL) -> None:
        self.in_memory = url.database in {None, "", ":memory:"}
        if self.in_memory:
            # one connection is all there is, so what reads on it must be able to stand where the writer stands
            writers = sqlite_pool(url, begin="BEGIN IMMEDIATE")
            super().__init__(writers, writers)
        else:
            super().__init__(sqlite_pool(url, begin="BEGIN IMMEDIATE"), sqlite_pool(url, begin="BEGIN", read_only=True))
        self._version: int | None = None

    def begin(self, contacts: Sequence[Contact], now: datetime, *, waiting: bool) -> tuple[Tx, list[bool]]:
        try:
            return super().begin(contacts, now, waiting=waiting)
        except DBAPIError:
            self.drop()
            raise

    def abandon(self) -> None:
        super().abandon()
        if self._writing is not None and not self._writing.invalidated and _driver(self._writing).in_transaction:
            _driver(self._writing).rollback()  # a refused COMMIT leaves SQLite's transaction open, SQLAlchemy's not

    def is_broken(self, tx: Tx) -> bool:
        return super().is_broken(tx) or not _driver(tx.connection).in_transaction

    def fault(self, error: BaseException) -> Fault:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", None)
        return Fault.FUNCTION if code is None else _FAULTS.get(code & 0xFF, Fault.FUNCTION)

    def foreign_rows_came(self) -> bool:
        # the number changes only when another connection commits (sqlite.org/pragma.html#pragma_data_version)
        cursor = _driver(self.writing).execute("PRAGMA data_version")
        version = int(cursor.fetchone()[0])
        cursor.close()
        came = version != self._version  # the first look says yes: who knows what came before
        self._version = version
        return came

    def drop(self) -> None:
        self._version = None
        if not self.in_memory:
            super().drop()


def sqlite_pool(url: URL, *, begin: str, read_only: bool = False, foreign_keys: bool = True) -> Pool:
    """Connections whose transactions open with `begin`. They commit durably (synchronous=FULL) and wait for another
    writer for `BUSY_MILLISECONDS`.
    """
    in_memory = url.database in {None, "", ":memory:"}
    if in_memory:
        pool = create_engine(url, poolclass=StaticPool, **ENGINE, connect_args={"check_same_thread": False})
    else:
        pool = create_engine(url, poolclass=QueuePool, **ENGINE, pool_size=READERS, max_overflow=0)

    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and be deferred
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}").close()
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL").close()
        connection.execute("PRAGMA synchronous = FULL").close()
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}").close()
        connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}").close()

    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(pool, "connect", set_up)
    event.listen(pool, "begin", open_transaction)
    return pool


def _driver(connection: Connection) -> Any:
    return cast(Any, connection.connection.driver_connection)
