"""Products, their photos, and where each of them stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from storage.schema import media, producer, producer_contact, product, product_photo
from storage.tx import Tx

__all__ = [
    "NewProduct",
    "Product",
    "add_photos",
    "change_product",
    "create_product",
    "drop_photo",
    "get_product",
    "list_photos",
    "list_products",
    "list_products_of_producer",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct:
    """A product as its producer describes it. Prices in whole rupiah; `price_max_idr` only where a range was said."""

    producer_id: int
    programme: str
    slug: str
    name: str
    category: str
    stage: str
    decision: str
    price_idr: int | None = None
    price_max_idr: int | None = None
    price_per: str | None = None
    price_pack: int | None = None
    capacity: Mapping[str, Any] | None = None
    in_catalogue: bool = False
    is_demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product and its standing: stage and decision hold since `decided_at`."""

    id: int
    producer_id: int
    programme: str
    slug: str
    name: str
    category: str
    price_idr: int | None
    price_max_idr: int | None
    price_per: str | None
    price_pack: int | None
    capacity: Mapping[str, Any] | None
    in_catalogue: bool
    stage: str
    decision: str
    decided_at: datetime
    feedback: str | None
    next_step: str | None
    is_demo: bool
    created_at: datetime = field(compare=False)


_COLUMNS = tuple(
    product.c[name]
    for name in (
        "id",
        "producer_id",
        "programme",
        "slug",
        "name",
        "category",
        "price_idr",
        "price_max_idr",
        "price_per",
        "price_pack",
        "capacity",
        "in_catalogue",
        "stage",
        "decision",
        "decided_at",
        "feedback",
        "next_step",
        "is_demo",
        "created_at",
    )
)


def create_product(tx: Tx, new: NewProduct, now: datetime) -> int:
    """The id of a new product, standing where it says since now. A slug that is taken gets a number."""
    made = tx.execute(
        insert(product)
        .values(
            producer_id=new.producer_id,
            programme=new.programme,
            slug=_free_slug(tx, new.slug),
            name=new.name,
            category=new.category,
            price_idr=new.price_idr,
            price_max_idr=new.price_max_idr,
            price_per=new.price_per,
            price_pack=new.price_pack,
            capacity=dict(new.capacity) if new.capacity else None,
            in_catalogue=new.in_catalogue,
            stage=new.stage,
            decision=new.decision,
            decided_at=now,
            is_demo=new.is_demo,
            created_at=now,
        )
        .returning(product.c.id)
    )
    return int(made.scalar_one())


def _free_slug(tx: Tx, slug: str) -> str:
    taken = set(tx.execute(select(product.c.slug).where(product.c.slug.startswith(slug, autoescape=True))).scalars())
    if slug not in taken:
        return slug
    return next(name for number in range(2, len(taken) + 3) if (name := f"{slug}-{number}") not in taken)


def add_photos(tx: Tx, product_id: int, contact_id: int, media_ids: Iterable[int]) -> int:
    """Puts photos behind those that a product has. Only the contact's own, and none that was refused; says how many."""
    wanted = list(dict.fromkeys(media_ids))
    if not wanted:
        return 0
    usable = set(
        tx.execute(
            select(media.c.id).where(
                media.c.id.in_(wanted),
                media.c.contact_id == contact_id,
                media.c.kind == "photo",
                media.c.state.in_(("pending", "stored")),
            )
        ).scalars()
    )
    usable -= set(
        tx.execute(select(product_photo.c.media_id).where(product_photo.c.product_id == product_id)).scalars()
    )
    last = tx.execute(
        select(func.coalesce(func.max(product_photo.c.position), 0)).where(product_photo.c.product_id == product_id)
    ).scalar_one()
    rows = [
        {"product_id": product_id, "media_id": media_id, "position": position}
        for position, media_id in enumerate((item for item in wanted if item in usable), last + 1)
    ]
    if rows:
        tx.execute(insert(product_photo), rows)
    return len(rows)


def get_product(tx: Tx, product_id: int) -> Product:
    """Raises LookupError."""
    row = tx.execute(select(*_COLUMNS).where(product.c.id == product_id)).one_or_none()
    if row is None:
        raise LookupError(f"no product {product_id}")
    return Product(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name of a row's mapping


def list_products(tx: Tx, contact_id: int, programme: str) -> list[Product]:
    """All products of all producers that a person answers for in a programme, the oldest first."""
    rows = tx.execute(
        select(*_COLUMNS)
        .join(producer, producer.c.id == product.c.producer_id)
        .join(producer_contact, producer_contact.c.producer_id == producer.c.id)
        .where(producer_contact.c.contact_id == contact_id, product.c.programme == programme)
        .order_by(product.c.id)
    )
    return [Product(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def list_products_of_producer(tx: Tx, producer_id: int) -> list[Product]:
    """A producer's products, the oldest first."""
    rows = tx.execute(select(*_COLUMNS).where(product.c.producer_id == producer_id).order_by(product.c.id))
    return [Product(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def list_photos(tx: Tx, product_id: int) -> tuple[int, ...]:
    """Media ids of a product's photos that have arrived, in their order."""
    rows = tx.execute(
        select(product_photo.c.media_id)
        .join(media, media.c.id == product_photo.c.media_id)
        .where(product_photo.c.product_id == product_id, media.c.state == "stored")
        .order_by(product_photo.c.position)
    )
    return tuple(rows.scalars())


def drop_photo(tx: Tx, media_id: int) -> None:
    """Takes a photo off whatever product it was put to: it could not be fetched, or is no picture."""
    tx.execute(delete(product_photo).where(product_photo.c.media_id == media_id))


def change_product(tx: Tx, product_id: int, **values: Any) -> None:
    tx.execute(update(product).where(product.c.id == product_id).values(**values))
