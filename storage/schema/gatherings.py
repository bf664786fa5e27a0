"""Events with their reminders, and broadcasts."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from storage.schema.base import Code, Id, Instant, Json, metadata

event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("zone", Text, nullable=False),  # IANA name of the place
    Column("region_code", Code),
    Column("place", Text, nullable=False),
    Column("state", Text, nullable=False),  # planned, cancelled
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("officer_id", Id, ForeignKey("officer.id")),
    Column("invite_cursor", Id),  # last contact invited; null when all are
    Column("created_at", Instant, nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    Column("event_id", Id, ForeignKey("event.id"), primary_key=True, autoincrement=False),
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    Column("answer", Text),  # yes, no, maybe; null = not answered
    Column("answered_at", Instant),
    Column("created_at", Instant, nullable=False),
    Index(None, "contact_id"),
)

reminder = Table(
    "reminder",
    metadata,
    Column("event_id", Id, ForeignKey("event.id"), primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),  # day_before, two_hours
    Column("due_at", Instant, nullable=False),
    Column("not_after", Instant, nullable=False),
    Column("state", Text, nullable=False),  # waiting, expanding, done, void
    Column("cursor", Id),  # last contact it was queued for
    Index(
        "ix_reminder_due",
        "due_at",
        sqlite_where=text("state in ('waiting','expanding')"),
        postgresql_where=text("state in ('waiting','expanding')"),
    ),
)

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", Text, nullable=False),
    Column("officer_id", Id, ForeignKey("officer.id")),
    Column("text", Text, nullable=False),
    Column("audience", Json, nullable=False, server_default=text("'{}'")),
    Column("state", Text, nullable=False),  # expanding, sending, done, stopped
    Column("cursor", Id, nullable=False, server_default=text("0")),
    Column("created_at", Instant, nullable=False),
    Column("done_at", Instant),
)
