"""Producers are businesses; people and villages are many to many with them (domain.md 0.1)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.schema.base import Code, Id, Instant, Json, metadata

number = Table(
    "number",
    metadata,
    # SQLite's counter a programme; PostgreSQL draws from a sequence instead (no turn may wait for another's number).
    Column("programme", Text, primary_key=True),
    Column("next", Integer, nullable=False),
)

producer = Table(
    "producer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("number", Text, nullable=False, unique=True),  # OVB-0012, drawn once, for the draft and for good
    Column("name", Text, nullable=False),  # the person who answers for it
    Column("phone", Text),  # E.164
    Column("state", Text, nullable=False),  # draft, registered
    Column("region_code", Code, nullable=False),  # the home unit
    Column("unit_typed", Text, nullable=False, server_default=""),  # what the person wrote
    Column("details", Json, nullable=False, server_default=text("'{}'")),
    Column("is_demo", Boolean, nullable=False, server_default=false()),
    Column("created_at", Instant, nullable=False),
    Column("registered_at", Instant),
    Index(None, "programme", "state", "region_code"),
)

producer_contact = Table(
    "producer_contact",
    metadata,
    Column("producer_id", Id, ForeignKey("producer.id"), primary_key=True, autoincrement=False),
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False, server_default="owner"),
    Index(None, "contact_id"),
)

producer_region = Table(
    "producer_region",
    metadata,
    Column("producer_id", Id, ForeignKey("producer.id"), primary_key=True, autoincrement=False),
    Column("region_code", Code, primary_key=True),
    Column("is_home", Boolean, nullable=False, server_default=false()),
)

product = Table(
    "product",
    metadata,
    Column("id", Id, primary_key=True),
    Column("producer_id", Id, ForeignKey("producer.id"), nullable=False),
    Column("programme", Text, nullable=False),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("price_idr", BigInteger),
    Column("price_max_idr", BigInteger),  # a range: "15-20 ribu"
    Column("price_per", Text),
    Column("price_pack", Integer),
    Column("capacity", Json),  # {number, unit, per} and the typed text
    Column("story", Text),
    Column("in_catalogue", Boolean, nullable=False, server_default=false()),  # consent to it; shown only after curation
    Column("stage", Text, nullable=False),
    Column("decision", Text, nullable=False),  # one of domain/curation.py
    Column("decided_at", Instant, nullable=False),  # since when this stage and decision hold
    Column("feedback", Text),
    Column("next_step", Text),
    Column("is_demo", Boolean, nullable=False, server_default=false()),
    Column("created_at", Instant, nullable=False),
    Index(None, "programme", "decision", "decided_at"),
    Index(None, "producer_id"),
)

product_photo = Table(
    "product_photo",
    metadata,
    Column("product_id", Id, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("media_id", Id, ForeignKey("media.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("product_id", "position"),
)
