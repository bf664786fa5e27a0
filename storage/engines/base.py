"""What the store asks of a database, and the transaction that both have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import Enum, auto
from typing import Any, TypeVar

from sqlalchemy import Connection, RootTransaction
from sqlalchemy import Engine as Pool
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.json_text import dumps, loads
from storage.tx import AddressKey, Tx

T = TypeVar("T")
Contact = AddressKey | int | None


# What every engine of ours is made with: errors without the values of a row, and quick JSON.
ENGINE: dict[str, Any] = {"hide_parameters": True, "json_serializer": dumps, "json_deserializer": loads}


class Fault(Enum):
    """Whose fault an error is."""

    FUNCTION = auto()  # the function's own: its caller hears of it
    CONFLICT = auto()  # another transaction was in the way: run again
    LOST = auto()  # the connection is gone: connect and run again
    UNAVAILABLE = auto()  # full or locked: the store cannot commit
    BROKEN = auto()  # the same, and through this connection it never will again


class Engine(ABC):
    """One database: a connection that writes, held by one thread at a time, and a pool that reads."""

    longest_batch = 0.020  # seconds of functions before a COMMIT

    def __init__(self, writers: Pool, readers: Pool) -> None:
        self._writers = writers
        self._readers = readers
        self._writing: Connection | None = None
        self._transaction: RootTransaction | None = None

    @property
    def writing(self) -> Connection:
        """The connection that writes; opened when it is first needed, and again after it was dropped."""
        if self._writing is None:
            self._writing = self._writers.connect()
        return self._writing

    def begin(self, contacts: Sequence[Contact], now: datetime, *, waiting: bool) -> tuple[Tx, list[bool]]:  # noqa: ARG002 - PostgreSQL's side needs all
        """Opens the transaction of a batch and says which of its functions may run in it; `waiting` waits for a contact
        that another process holds instead of leaving its function for the next batch.
        """
        return self._open(), [True] * len(contacts)

    def _open(self) -> Tx:
        connection = self.writing
        self._transaction = connection.begin()
        return Tx(connection)

    def commit(self, tx: Tx) -> None:
        if self._transaction is None:
            raise RuntimeError("There is no transaction to commit.")
        tx.flush()
        self._transaction.commit()

    def is_broken(self, tx: Tx) -> bool:
        """Whether a function ended the transaction of its batch, or swallowed an error that did."""
        connection = tx.connection
        return connection.invalidated or connection.get_transaction() is not self._transaction

    def abandon(self) -> None:
        """Rolls back what is open. A connection that cannot even do that is dropped."""
        if self._writing is None:
            return
        try:
            transaction = self._writing.get_transaction()
            if transaction is not None:
                transaction.rollback()
        except (SQLAlchemyError, OSError):
            self.drop()

    def drop(self) -> None:
        """Forgets the connection that writes; the next batch opens another."""
        connection, self._writing = self._writing, None
        if connection is not None:
            connection.invalidate()
            connection.close()

    def connection_is_lost(self) -> bool:
        return self._writing is not None and self._writing.invalidated

    def read(self, fn: Callable[[Tx], T]) -> T:
        """Runs a function on a snapshot. A connection lost on the way is replaced once."""
        try:
            return self._read(fn)
        except DBAPIError as error:
            if self.fault(error) is not Fault.LOST:
                raise
        return self._read(fn)

    def _read(self, fn: Callable[[Tx], T]) -> T:
        with self._readers.connect() as connection, connection.begin() as snapshot:
            result = fn(Tx(connection))
            snapshot.rollback()
            return result

    def close(self) -> None:
        """Gives back every connection. Call it on the thread that writes, or after that has ended."""
        if self._writing is not None:
            self.abandon()
        if self._writing is not None:
            self._writing.close()
            self._writing = None
        self._writers.dispose()
        self._readers.dispose()

    @abstractmethod
    def fault(self, error: BaseException) -> Fault:
        """Whose fault an error is that a function, BEGIN or COMMIT raised."""

    def foreign_rows_came(self) -> bool:
        """Whether another process wrote since the last question (where the database does not tell by itself)."""
        return False

    def start_hearing(self, woken: Callable[[Iterable[str] | None], None]) -> None:  # noqa: B027 - nothing to hear is an answer
        """Hands on the topics that other processes wake."""

    def stop_hearing(self) -> None:  # noqa: B027 - as above
        """Ends what `start_hearing` began."""
