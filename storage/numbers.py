"""The numbers that producers see. One sequence a programme: gaps are allowed, numbers drawn twice are not.

No turn may wait for another's number (architecture.md 3): PostgreSQL draws from a sequence. SQLite has one writer, so a
counter row serves it.
"""

from sqlalchemy import Sequence, Text, bindparam, func, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateSequence

from storage.prepared import Prepared
from storage.schema import number
from storage.tx import Tx

__all__ = ["draw_number", "prepare_numbers"]

# Any number will do, as long as no other advisory lock of ours uses it.
_MAKING_A_SEQUENCE = 0x53414E01

_COUNT = Prepared(
    beside=True,
    sqlite=sqlite.insert(number)
    .values(programme=bindparam("programme"), next=2)
    .on_conflict_do_update(index_elements=["programme"], set_={"next": number.c.next + 1})
    .returning(number.c.next - 1),
)
_NEXT = Prepared(select(func.nextval(func.to_regclass(bindparam("sequence", type_=Text)))), beside=True)


def draw_number(tx: Tx, programme_id: str, prefix: str) -> str:
    """The next number of a programme, as people see it: OVB-0012."""
    drawn = _from_sequence(tx, programme_id) if tx.dialect == "postgresql" else _from_counter(tx, programme_id)
    return f"{prefix}-{drawn:04d}"


def prepare_numbers(tx: Tx, programme_id: str) -> None:
    """Makes a programme's sequence ahead of its first producer. Without it the first draw does."""
    if tx.dialect == "postgresql":
        _make_sequence(tx, programme_id)


def _from_sequence(tx: Tx, programme_id: str) -> int:
    drawn = _next_value(tx, programme_id)
    if drawn is None:
        _make_sequence(tx, programme_id)
        drawn = _next_value(tx, programme_id)
    if drawn is None:
        raise LookupError(f"no sequence of numbers for {programme_id}")
    return drawn


def _next_value(tx: Tx, programme_id: str) -> int | None:
    """The next value, or None where there is no sequence yet: nextval is strict, and to_regclass gives NULL."""
    quoted = f'"{_sequence(programme_id).name}"'
    drawn = _NEXT.value(tx, sequence=quoted)
    return None if drawn is None else int(drawn)


def _make_sequence(tx: Tx, programme_id: str) -> None:
    # Two processes may meet their first producer together; IF NOT EXISTS alone would let one of them fail.
    tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MAKING_A_SEQUENCE})
    tx.execute(CreateSequence(_sequence(programme_id), if_not_exists=True))


def _sequence(programme_id: str) -> Sequence:
    return Sequence(f"number_{programme_id}", quote=True)


def _from_counter(tx: Tx, programme_id: str) -> int:
    return int(_COUNT.value(tx, programme=programme_id))
