"""What a function of the store works with: one open transaction, and the address of the person that it serves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable


@dataclass(frozen=True, order=True, slots=True)
class AddressKey:
    """A door knows an address, not the contact behind it. Two keys are equal when channel, account and value are."""

    channel: str
    account: str
    value: str
    kind: str = field(default="chat", compare=False)  # written with the address when it is new


class Later(Protocol):
    """A statement that can wait (storage.prepared.Prepared)."""

    def run_together(self, tx: "Tx", waiting: "Mapping[Any, Sequence[Mapping[str, Any]]]") -> None: ...


class Tx:
    """An open transaction. Functions share it with their batch, so they neither commit nor roll back."""

    __slots__ = ("_cursor", "_later", "connection", "dialect", "found", "put_off", "topics", "written")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self.topics: set[str] = set()
        self._cursor: Any = None
        self._later: dict[Later, list[Mapping[str, Any]]] = {}
        self.put_off: set[tuple[str, int]] = set()  # what of whom waits to be written: ("draft", 12)
        self.written: set[int] = set()  # contacts that a function of this batch has written of, or may have
        self.found: dict[AddressKey, Sequence[Any]] = {}  # senders that were read with the locks of the batch

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        self.flush()
        return self.connection.execute(statement, parameters)

    def later(self, statement: "Later", *values: Mapping[str, Any], of: tuple[str, int] | None = None) -> None:
        """Writes this before anything that could miss it, and with the same statement of the batch's other functions:
        for rows that nothing later in the function asks for. `of` says whose they are, for flush_of.
        """
        self._later.setdefault(statement, []).extend(values)
        if of is not None:
            self.put_off.add(of)

    def flush(self) -> None:
        """Writes what waits. Before a COMMIT and before statements that may look at it; each does it by itself."""
        if self._later:
            waiting, self._later = self._later, {}
            self.put_off.clear()
            next(iter(waiting)).run_together(self, waiting)

    def flush_of(self, what: str, whose: int) -> None:
        """Writes what waits if some of it is this."""
        if (what, whose) in self.put_off:
            self.flush()

    def cursor(self) -> Any:
        """The driver's own cursor, for prepared statements: one a transaction, read to its end each time."""
        if self._cursor is None:
            self._cursor = self.connection.connection.cursor()
        return self._cursor

    def wake(self, topic: str) -> None:
        """Wakes the listeners of a topic after the commit, in this process and in the others."""
        self.topics.add(topic)
