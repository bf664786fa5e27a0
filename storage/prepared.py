"""Statements of the turn's road, compiled once a dialect.

SQLAlchemy Core looks up its cache, builds parameters and wraps results anew for each call: some 150 µs a statement, and
a turn has six. A prepared statement is the same Core expression, compiled when it is first used; a call hands the
driver its text and a tuple: some 10 µs. For statements with a fixed shape only: no IN lists.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement

from storage.tx import Tx

__all__ = ["Prepared"]

FLOAT8 = 701  # PostgreSQL's type of our instants, which its dialect asks for; the other types do not look at it

Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The driver's text; how each parameter becomes the driver's, in the order of the text; how each column returns."""

    text: str
    names: tuple[str, ...]
    positional: bool
    binders: tuple[tuple[str, Convert], ...]
    fixed: Mapping[str, Any]  # values that stand in the expression itself
    readers: tuple[tuple[int, Callable[[Any], Any]], ...]

    def parameters(self, given: Mapping[str, Any]) -> Any:
        values = [
            (convert(given[name]) if convert is not None else given[name]) if name in given else self.fixed[name]
            for name, convert in self.binders
        ]
        return tuple(values) if self.positional else dict(zip(self.names, values, strict=True))

    def read(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self.readers:
            return row
        values = list(row)
        for place, convert in self.readers:
            values[place] = convert(values[place])
        return values


class Prepared:
    """A Core expression, or two where the dialects differ: `Prepared(postgresql=..., sqlite=...)`.

    `beside`: it does not look at what Tx.later has put off, so that need not be written first.
    """

    __slots__ = ("_beside", "_compiled", "_statements")

    def __init__(self, statement: Any = None, *, beside: bool = False, **by_dialect: Any) -> None:
        self._beside = beside
        self._statements: dict[str, Any] = by_dialect or {"postgresql": statement, "sqlite": statement}
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, tx: Tx, **values: Any) -> list[Sequence[Any]]:
        """All rows, as sequences in the order of the expression's columns."""
        compiled = self._on(tx)
        return [compiled.read(row) for row in _execute(tx, compiled.text, compiled.parameters(values)).fetchall()]

    def row(self, tx: Tx, **values: Any) -> Sequence[Any] | None:
        """The row, or None."""
        compiled = self._on(tx)
        found = _execute(tx, compiled.text, compiled.parameters(values)).fetchone()
        return None if found is None else compiled.read(found)

    def value(self, tx: Tx, **values: Any) -> Any:
        """The first column of the row, or None where there is no row."""
        row = self.row(tx, **values)
        return None if row is None else row[0]

    def run(self, tx: Tx, **values: Any) -> int:
        """How many rows it changed."""
        compiled = self._on(tx)
        return int(_execute(tx, compiled.text, compiled.parameters(values)).rowcount)

    def run_together(self, tx: Tx, waiting: "Mapping[Prepared, Sequence[Mapping[str, Any]]]") -> None:
        """What Tx.later has put off, each statement with all its values. On PostgreSQL in one way to the server."""
        with _driver_errors(tx, "what was put off"), _one_way(tx):
            for statement, many in waiting.items():
                statement.send(tx, many)

    def send(self, tx: Tx, many: Sequence[Mapping[str, Any]]) -> None:
        """Hands the driver one statement of those that go together."""
        compiled = self._on(tx)
        tx.cursor().executemany(compiled.text, [compiled.parameters(values) for values in many])

    def _on(self, tx: Tx) -> _Compiled:
        if not self._beside:
            tx.flush()
        compiled = self._compiled.get(tx.dialect)
        if compiled is None:
            compiled = self._compiled[tx.dialect] = _compile(self._statements[tx.dialect], tx.connection)
        return compiled


def _execute(tx: Tx, text: str, parameters: Any) -> Any:
    """The driver's cursor after a statement."""
    cursor = tx.cursor()
    with _driver_errors(tx, text):
        cursor.execute(text, parameters)
    return cursor


class _driver_errors:  # noqa: N801 - read as a phrase: with _driver_errors(...)
    """The driver's errors come as SQLAlchemy's, without the values. A class, because a turn passes here ten times."""

    __slots__ = ("_text", "_tx")

    def __init__(self, tx: Tx, text: str) -> None:
        self._tx = tx
        self._text = text

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        connection = self._tx.connection
        driver: Any = connection.dialect.dbapi
        if error is None or not isinstance(error, driver.Error):
            return
        lost = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)  # type: ignore[arg-type]  # the drivers' errors themselves
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            self._text, None, error, driver.Error, hide_parameters=True, connection_invalidated=lost
        ) from error


def _one_way(tx: Tx) -> AbstractContextManager[Any]:
    """Statements sent together and answered together, where the driver can (libpq's pipeline mode)."""
    if tx.dialect != "postgresql":
        return nullcontext()
    driver: Any = tx.connection.connection.dbapi_connection
    pipeline: AbstractContextManager[Any] = driver.pipeline()
    return pipeline


def _compile(statement: ClauseElement, connection: Connection) -> _Compiled:
    dialect = connection.dialect
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("only statements can be prepared")
    positional = compiled.positiontup is not None
    names = tuple(compiled.positiontup or compiled.bind_names.values())
    binders = tuple((name, _binder(compiled, name, dialect)) for name in names)
    fixed = {}
    for name, convert in binders:
        value = compiled.binds[name].effective_value
        if not compiled.binds[name].required:
            fixed[name] = convert(value) if convert is not None else value
    return _Compiled(str(compiled), names, positional, binders, fixed, _readers(statement, dialect))


def _binder(compiled: SQLCompiler, name: str, dialect: Dialect) -> Convert:
    kind = compiled.binds[name].type
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _readers(statement: Any, dialect: Dialect) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    columns = getattr(statement, "exported_columns", ())
    readers = []
    for place, column in enumerate(columns):
        convert = column.type.dialect_impl(dialect).result_processor(dialect, FLOAT8)
        if convert is not None:
            readers.append((place, convert))
    return tuple(readers)
