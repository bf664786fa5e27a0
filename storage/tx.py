"""What a function of the store works with: one open transaction, and the address of the person that it serves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable


@dataclass(frozen=True, order=True, slots=True)
class AddressKey:
    """A door knows an address, not the contact behind it. Two keys are equal when channel, account and value are."""

    channel: str
    account: str
    value: str
    kind: str = field(default="chat", compare=False)  # written with the address when it is new


class Tx:
    """An open transaction. Functions share it with their batch, so they neither commit nor roll back."""

    __slots__ = ("_cursor", "connection", "dialect", "topics")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self.topics: set[str] = set()
        self._cursor: Any = None

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        return self.connection.execute(statement, parameters)

    def cursor(self) -> Any:
        """The driver's own cursor, for prepared statements: one a transaction, read to its end each time."""
        if self._cursor is None:
            self._cursor = self.connection.connection.cursor()
        return self._cursor

    def wake(self, topic: str) -> None:
        """Wakes the listeners of a topic after the commit, in this process and in the others."""
        self.topics.add(topic)
