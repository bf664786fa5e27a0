"""Producers: businesses, the people who answer for them, and the villages they belong to (domain.md 0.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from storage.prepared import Prepared
from storage.schema import producer, producer_contact, producer_region
from storage.tx import Tx

__all__ = [
    "NewProducer",
    "Producer",
    "add_regions",
    "create_producer",
    "get_producer",
    "has_producer",
    "list_contacts",
    "list_producers",
    "list_regions",
    "register_producer",
]

DRAFT = "draft"
REGISTERED = "registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProducer:
    """A business as its person describes it. `regions` are the codes of all its villages, the home one first."""

    programme: str
    number: str
    name: str
    phone: str | None
    regions: tuple[str, ...]
    unit_typed: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer:
    """A business. `state` is draft until its first product is complete; the number is the same before and after."""

    id: int
    programme: str
    number: str
    name: str
    phone: str | None
    state: str
    region_code: str
    is_demo: bool
    created_at: datetime
    registered_at: datetime | None


_COLUMNS = (
    producer.c.id,
    producer.c.programme,
    producer.c.number,
    producer.c.name,
    producer.c.phone,
    producer.c.state,
    producer.c.region_code,
    producer.c.is_demo,
    producer.c.created_at,
    producer.c.registered_at,
)


_GIVEN = ("programme", "number", "name", "phone", "region_code", "unit_typed", "is_demo", "created_at")
_MAKE = Prepared(
    insert(producer).values({name: bindparam(name) for name in _GIVEN} | {"state": DRAFT}).returning(producer.c.id),
    beside=True,
)
_JOIN = Prepared(
    insert(producer_contact).values(
        producer_id=bindparam("producer_id"), contact_id=bindparam("contact_id"), role="owner"
    )
)
_SETTLE = Prepared(
    insert(producer_region).values(
        producer_id=bindparam("producer_id"), region_code=bindparam("region_code"), is_home=True
    )
)
_OF_CONTACT = Prepared(
    select(*_COLUMNS)
    .join(producer_contact, producer_contact.c.producer_id == producer.c.id)
    .where(producer_contact.c.contact_id == bindparam("of_contact"), producer.c.programme == bindparam("of_programme"))
    .order_by(producer.c.id),
    beside=True,
)


def create_producer(tx: Tx, contact_id: int, new: NewProducer, now: datetime) -> int:
    """The id of a new producer in state draft, answered for by the contact."""
    home, *others = new.regions
    producer_id = int(
        _MAKE.value(
            tx,
            programme=new.programme,
            number=new.number,
            name=new.name,
            phone=new.phone,
            region_code=home,
            unit_typed=new.unit_typed,
            is_demo=new.is_demo,
            created_at=now,
        )
    )
    tx.later(_JOIN, {"producer_id": producer_id, "contact_id": contact_id}, of=("producer", contact_id))
    tx.later(_SETTLE, {"producer_id": producer_id, "region_code": home})
    if others:
        add_regions(tx, producer_id, others)
    return producer_id


def add_regions(tx: Tx, producer_id: int, codes: Iterable[str]) -> None:
    """Further villages of a producer; those it has already change nothing."""
    known = set(list_regions(tx, producer_id))
    rows = [
        {"producer_id": producer_id, "region_code": code, "is_home": False}
        for code in dict.fromkeys(codes)
        if code not in known
    ]
    if rows:
        tx.execute(insert(producer_region), rows)


def register_producer(tx: Tx, producer_id: int, now: datetime) -> bool:
    """A draft becomes registered. False where it was registered before."""
    changed = tx.execute(
        update(producer)
        .where(producer.c.id == producer_id, producer.c.state == DRAFT)
        .values(state=REGISTERED, registered_at=now)
    )
    return changed.rowcount == 1


def get_producer(tx: Tx, producer_id: int) -> Producer:
    """Raises LookupError."""
    row = tx.execute(select(*_COLUMNS).where(producer.c.id == producer_id)).one_or_none()
    if row is None:
        raise LookupError(f"no producer {producer_id}")
    return Producer(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping


def list_producers(tx: Tx, contact_id: int, programme: str) -> list[Producer]:
    """The producers that a person answers for in a programme, the oldest first."""
    tx.flush_of("producer", contact_id)
    rows = _OF_CONTACT.rows(tx, of_contact=contact_id, of_programme=programme)
    names = [column.name for column in _COLUMNS]
    return [Producer(**dict(zip(names, row, strict=True))) for row in rows]


def has_producer(tx: Tx, contact_id: int) -> bool:
    """Whether the person answers for any producer, in whatever programme."""
    found = tx.execute(
        select(producer_contact.c.producer_id).where(producer_contact.c.contact_id == contact_id).limit(1)
    )
    return found.first() is not None


def list_regions(tx: Tx, producer_id: int) -> tuple[str, ...]:
    """Codes of a producer's villages, the home one first."""
    rows = tx.execute(
        select(producer_region.c.region_code)
        .where(producer_region.c.producer_id == producer_id)
        .order_by(producer_region.c.is_home.desc(), producer_region.c.region_code)
    )
    return tuple(rows.scalars())


def list_contacts(tx: Tx, producer_id: int) -> tuple[int, ...]:
    """Ids of the people to tell what becomes of a producer's products."""
    rows = tx.execute(
        select(producer_contact.c.contact_id)
        .where(producer_contact.c.producer_id == producer_id)
        .order_by(producer_contact.c.contact_id)
    )
    return tuple(rows.scalars())
