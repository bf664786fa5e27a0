"""Officers and the one-time links that make a chat theirs."""

from sqlalchemy import Boolean, Column, ForeignKey, Table, Text, true

from storage.schema.base import Id, Instant, metadata

officer = Table(
    "officer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("programme", Text),  # null: all
    Column("role", Text, nullable=False),  # admin, petugas, kurator, pendamping, pimpinan
    Column("contact_id", Id, ForeignKey("contact.id"), unique=True),  # the chat that is the officer's own
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("created_at", Instant, nullable=False),
)

officer_link = Table(
    "officer_link",
    metadata,
    Column("code_hash", Text, primary_key=True),  # sha256 of the code: the code itself is shown once and not kept
    Column("officer_id", Id, ForeignKey("officer.id"), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", Id, ForeignKey("contact.id")),
)
