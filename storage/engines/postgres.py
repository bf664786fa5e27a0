"""PostgreSQL through psycopg: several processes write, and the rows of the contacts are their locks."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import ARRAY, URL, BigInteger, Connection, Text, bindparam, create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError

from storage.addresses import CONTACTS_OF_ARRAYS, as_arrays, ensure_addresses
from storage.engines.base import ENGINE, Contact, Engine, Fault
from storage.engines.notifications import CHANNEL, Notifications
from storage.inbox import find_senders
from storage.prepared import Prepared
from storage.schema import contact
from storage.tx import AddressKey, Tx

READERS = 4
ROUNDS_FOR_NEW_ADDRESSES = 3  # an address may be erased again between its birth and our lock

# FOR NO KEY UPDATE, not FOR UPDATE: rows that another process inserts for a contact take KEY SHARE on it for their
# foreign key, and a broadcast must not wait for every person who is just writing.
_IDS = select(func.unnest(bindparam("ids", type_=ARRAY(BigInteger))))
_CONTACTS = select(contact.c.id).where(contact.c.id.in_(_IDS.union(CONTACTS_OF_ARRAYS))).order_by(contact.c.id)
LOCK_FREE = Prepared(_CONTACTS.with_for_update(of=contact, key_share=True, skip_locked=True))
LOCK_WAITING = Prepared(_CONTACTS.with_for_update(of=contact, key_share=True))
NOTIFY = Prepared(select(func.pg_notify(bindparam("channel", type_=Text), bindparam("topics", type_=Text))))

SETTINGS = {
    # a process that was stopped (not killed) must not hold its contacts for ever
    "idle_in_transaction_session_timeout": "10s",
    "lock_timeout": "4s",
    # our statements have a fixed shape and find their rows by key: planning them anew costs more than it gains
    "plan_cache_mode": "force_generic_plan",
}
# How long the writer stands still for one contact: other people's messages wait behind it.
WAIT_FOR_A_CONTACT = text("SET LOCAL lock_timeout = '200ms'")
WAIT_AS_USUAL = text("SET LOCAL lock_timeout = '4s'")


class Postgres(Engine):
    """`postgresql://user:password@host/name`."""

    longest_batch = 0.040  # half of it is waiting for the server, which other threads have for themselves

    def __init__(self, url: URL) -> None:
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        arguments = {
            "connect_timeout": 3,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
        }
        writers = create_engine(
            url,
            isolation_level="READ COMMITTED",
            **ENGINE,
            pool_size=1,
            max_overflow=0,
            connect_args={**arguments, "options": settings},
        )
        readers = create_engine(
            url,
            isolation_level="REPEATABLE READ",
            **ENGINE,
            pool_size=READERS,
            max_overflow=0,
            connect_args=arguments,
        )
        event.listen(readers, "connect", _only_read)
        super().__init__(writers, readers)
        self._notifications = Notifications(url, arguments)

    def begin(self, contacts: Sequence[Contact], now: datetime, *, waiting: bool) -> tuple[Tx, list[bool]]:
        keys = sorted({one for one in contacts if isinstance(one, AddressKey)})
        ids = sorted({one for one in contacts if isinstance(one, int)})
        if not keys and not ids:
            return super().begin(contacts, now, waiting=waiting)
        tx, locked, behind = self._lock(keys, ids, now, waiting=waiting)

        def may_run(one: Contact) -> bool:
            match one:
                case None:
                    return True
                case int():
                    return one in locked or waiting  # who waited and still has no lock named a contact that is gone
                case _:
                    return behind.get(one) in locked

        return tx, [may_run(one) for one in contacts]

    def _lock(
        self, keys: Sequence[AddressKey], ids: Sequence[int], now: datetime, *, waiting: bool
    ) -> tuple[Tx, set[int], dict[AddressKey, int]]:
        """Locks the contacts of a batch, making those of new addresses first, in a short transaction of their own."""
        locked = self._lock_known(keys, ids, waiting=waiting)
        for _ in range(ROUNDS_FOR_NEW_ADDRESSES):
            unknown = [key for key in keys if key not in locked[2]]
            if not unknown:
                break
            self.abandon()
            with self.writing.begin():
                ensure_addresses(Tx(self.writing), unknown, now)
            locked = self._lock_known(keys, ids, waiting=waiting)
        return locked

    def _lock_known(
        self, keys: Sequence[AddressKey], ids: Sequence[int], *, waiting: bool
    ) -> tuple[Tx, set[int], dict[AddressKey, int]]:
        """Locks contacts, smallest id first, and says where the addresses lead once they are locked: a merge in another
        process may have come between.
        """
        tx = self._open()
        connection = tx.connection
        if waiting:
            connection.execute(WAIT_FOR_A_CONTACT)
        lock = LOCK_WAITING if waiting else LOCK_FREE
        locked = {row[0] for row in lock.rows(tx, ids=list(ids), **as_arrays(keys))}
        if waiting:
            connection.execute(WAIT_AS_USUAL)
        return tx, locked, find_senders(tx, keys)

    def commit(self, tx: Tx) -> None:
        if tx.topics:
            self._notifications.own_backend = _driver(tx.connection).info.backend_pid
            tx.later(NOTIFY, {"channel": CHANNEL, "topics": "\n".join(sorted(tx.topics))})
        super().commit(tx)

    def is_broken(self, tx: Tx) -> bool:
        # a COMMIT in this state answers ROLLBACK, without an error
        return super().is_broken(tx) or _driver(tx.connection).info.transaction_status is TransactionStatus.INERROR

    def fault(self, error: BaseException) -> Fault:
        if not isinstance(error, DBAPIError):
            return Fault.FUNCTION
        state = getattr(error.orig, "sqlstate", None) or ""
        if state in {"40001", "40P01", "55P03"}:  # serialisation, deadlock, lock not had in time
            return Fault.CONFLICT
        if error.connection_invalidated or state[:2] == "08" or state in {"57P01", "57P02", "57P03", "25P03"}:
            return Fault.LOST
        if not state and isinstance(error.orig, psycopg.OperationalError | psycopg.InterfaceError):
            return Fault.LOST  # refused, cut, or closed by the server without a word
        if state[:2] in {"53", "58", "XX"} or state == "25006":  # out of room or memory, I/O, read-only
            return Fault.UNAVAILABLE
        return Fault.FUNCTION

    def start_hearing(self, woken: Callable[[Iterable[str] | None], None]) -> None:
        self._notifications.start(woken)

    def stop_hearing(self) -> None:
        self._notifications.stop()


def _only_read(connection: psycopg.Connection[Any], _: object) -> None:
    connection.read_only = True


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)
