"""From the address that a door knows to the contact behind it. The rows of new ones are made here, and only here."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ARRAY, Executable, Text, and_, bindparam, column, delete, func, insert, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.schema import address, contact
from storage.tx import AddressKey, Tx

_FOUND = select(address.c.channel, address.c.account, address.c.value, address.c.contact_id)
_KEY = (address.c.channel, address.c.account, address.c.value)

# One text whatever the number of keys, so that PostgreSQL keeps it prepared.
WANTED = (
    func.unnest(
        bindparam("channels", type_=ARRAY(Text)),
        bindparam("accounts", type_=ARRAY(Text)),
        bindparam("values", type_=ARRAY(Text)),
    )
    .table_valued(column("channel", Text), column("account", Text), column("value", Text))
    .render_derived(name="wanted")
)
CONTACTS_OF_ARRAYS = select(address.c.contact_id).join(
    WANTED,
    and_(
        address.c.channel == WANTED.c.channel,
        address.c.account == WANTED.c.account,
        address.c.value == WANTED.c.value,
    ),
)
_FOUND_BY_ARRAYS = CONTACTS_OF_ARRAYS.add_columns(*_KEY)


_ADD_CONTACT = Prepared(insert(contact).values(created_at=bindparam("created_at")).returning(contact.c.id))
_ADDRESS_COLUMNS = ("contact_id", "channel", "account", "kind", "value", "created_at")
_ADD_ADDRESS = Prepared(insert(address).values({name: bindparam(name) for name in _ADDRESS_COLUMNS}))


def as_arrays(keys: Sequence[AddressKey]) -> dict[str, list[str]]:
    return {
        "channels": [key.channel for key in keys],
        "accounts": [key.account for key in keys],
        "values": [key.value for key in keys],
    }


def find_contacts(tx: Tx, keys: Sequence[AddressKey]) -> dict[AddressKey, int]:
    """The ids of the contacts that these addresses lead to now; unknown addresses are missing."""
    if not keys:
        return {}
    if tx.dialect == "postgresql":
        rows = tx.execute(_FOUND_BY_ARRAYS, as_arrays(keys))
    else:
        rows = tx.execute(_FOUND.where(tuple_(*_KEY).in_([(key.channel, key.account, key.value) for key in keys])))
    return {AddressKey(row.channel, row.account, row.value): row.contact_id for row in rows}


def add_address(tx: Tx, key: AddressKey, now: datetime) -> None:
    """A contact and its address for a key that was just not found. On PostgreSQL another process may be faster."""
    if tx.dialect == "postgresql":
        ensure_addresses(tx, [key], now)
        return
    _ADD_ADDRESS.run(
        tx,
        contact_id=_ADD_CONTACT.value(tx, created_at=now),
        channel=key.channel,
        account=key.account,
        kind=key.kind,
        value=key.value,
        created_at=now,
    )


def ensure_addresses(tx: Tx, keys: Sequence[AddressKey], now: datetime) -> None:
    """Makes a contact and its address for each key that is unknown, in one order for all processes. Where another
    process was faster its rows stay and ours go.
    """
    known = find_contacts(tx, keys)
    new = sorted({key for key in keys if key not in known})
    if not new:
        return
    made = tx.execute(insert(contact).returning(contact.c.id), [{"created_at": now} for _ in new]).scalars().all()
    rows = [
        {
            "contact_id": contact_id,
            "channel": key.channel,
            "account": key.account,
            "kind": key.kind,
            "value": key.value,
            "created_at": now,
        }
        for contact_id, key in zip(made, new, strict=True)
    ]
    used = set(tx.execute(_insert_address(tx), rows).scalars())
    unused = set(made) - used
    if unused:
        tx.execute(delete(contact).where(contact.c.id.in_(unused)))


def _insert_address(tx: Tx) -> Executable:
    insert_into = postgresql.insert if tx.dialect == "postgresql" else sqlite.insert
    return insert_into(address).on_conflict_do_nothing(index_elements=_KEY).returning(address.c.contact_id)
