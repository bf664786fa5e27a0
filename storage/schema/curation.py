"""Decisions and certificates."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Table, Text, UniqueConstraint, false

from storage.schema.base import Id, Instant, metadata

decision = Table(
    "decision",
    metadata,
    # Append-only: who, when, from where to where, and what the producer was told.
    Column("id", Id, primary_key=True),
    Column("product_id", Id, ForeignKey("product.id"), nullable=False),
    Column("officer_id", Id, ForeignKey("officer.id")),
    Column("from_stage", Text, nullable=False),
    Column("from_decision", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("feedback", Text),
    Column("next_step", Text),
    Column("at", Instant, nullable=False),
    Index(None, "product_id", "id"),
)

certificate = Table(
    "certificate",
    metadata,
    Column("id", Id, primary_key=True),
    Column("producer_id", Id, ForeignKey("producer.id"), nullable=False),
    Column("product_id", Id, ForeignKey("product.id")),  # null: of the business (NIB)
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),  # none, in_progress, issued, rejected, not_required (expired is computed)
    Column("number", Text),
    Column("number_is_usual", Boolean),
    Column("media_id", Id, ForeignKey("media.id")),
    Column("issued_on", Date),
    Column("expires_on", Date),
    Column("verified", Boolean, nullable=False, server_default=false()),
    Column("wants_help", Boolean, nullable=False, server_default=false()),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("producer_id", "product_id", "kind"),
)
