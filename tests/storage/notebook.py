"""A table of the tests' own, and a turn on it that shows a lost lock, a doubled turn, and an order that was broken."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text, insert, select, update

from storage.addresses import ensure_addresses, find_contacts
from storage.store import AddressKey, Tx
from tests.clocks import START

metadata = MetaData()
page = Table("page", metadata, Column("contact_id", Integer, primary_key=True), Column("lines", Text, nullable=False))
line = Table("line", metadata, Column("text", Text, primary_key=True))
# A remark on a line; whether the line is there is asked only at the COMMIT.
remark = Table(
    "remark",
    metadata,
    Column("on", Text, ForeignKey("line.text", deferrable=True, initially="DEFERRED"), primary_key=True),
)


def person(number: int) -> AddressKey:
    return AddressKey("web", "blitar", str(number))


def write_line(tx: Tx, who: AddressKey, text: str) -> bool:
    """Adds a line to the page of a contact, unless it was there: read, changed and written back in Python."""
    try_again = tx.execute(select(line).where(line.c.text == text)).first()
    if try_again is not None:
        return False
    tx.execute(insert(line), {"text": text})
    if tx.dialect == "sqlite":
        ensure_addresses(tx, [who], START)
    contact_id = find_contacts(tx, [who])[who]
    lines = tx.execute(select(page.c.lines).where(page.c.contact_id == contact_id)).scalar()
    if lines is None:
        tx.execute(insert(page), {"contact_id": contact_id, "lines": text})
    else:
        tx.execute(update(page).where(page.c.contact_id == contact_id).values(lines=f"{lines} {text}"))
    return True


def read_page(tx: Tx, who: AddressKey) -> list[str]:
    contact_id = find_contacts(tx, [who]).get(who)
    lines = tx.execute(select(page.c.lines).where(page.c.contact_id == contact_id)).scalar()
    return lines.split() if lines else []


def all_lines(tx: Tx) -> list[str]:
    return list(tx.execute(select(line.c.text).order_by(line.c.text)).scalars())


__all__ = ["all_lines", "line", "metadata", "page", "person", "read_page", "remark", "write_line"]
