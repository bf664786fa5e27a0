"""Messages in and out, photos on their road, and the pace (reliability.md 2, appendix A)."""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.schema.base import Code, Id, Instant, Json, metadata

_QUEUED = text("state = 'queued'")
_SENDING = text("state = 'sending'")
_PENDING = text("state = 'pending'")

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("fingerprint", Text, nullable=False, server_default=""),  # chat and message: an external id may be reused
    Column("contact_id", Id, ForeignKey("contact.id")),
    Column("address_id", Id, ForeignKey("address.id")),
    Column("platform_at", Instant),
    Column("received_at", Instant, nullable=False),
    Column("raw", LargeBinary),  # as it came, without NIK; kept 30 days
    Column("body", Json),  # the neutral message, for the chat page and the conversation log
    Column("state", Text, nullable=False),  # done, ignored, dead
    Column("reason", Text),
    UniqueConstraint("channel", "account", "external_id", "fingerprint"),
    Index(None, "contact_id", "id"),
    Index(None, "address_id", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Code, nullable=False, unique=True),  # reply:{inbox}, reminder:..., broadcast:...: the idempotency key
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("address_id", Id, ForeignKey("address.id")),  # a reply goes where it was asked; else chosen at sending
    Column("channel", Text),  # of that address
    Column("class", Text, nullable=False),  # reply, decision, secret, reminder, bulk
    Column("priority", SmallInteger, nullable=False),  # replies 0, decisions 1, reminders 2, bulk 3
    Column("topic", Text, nullable=False, server_default=""),  # what a person may stop: broadcast, event
    Column("payload", Json, nullable=False),  # the Reply
    Column("state", Text, nullable=False, server_default="queued"),
    # queued, sending, sent, unknown, failed, skipped, superseded
    Column("not_before", Instant, nullable=False),
    Column("not_after", Instant),
    Column("event_id", Id, ForeignKey("event.id")),  # what it speaks of, checked again when it is sent
    Column("revision", Integer, nullable=False, server_default=text("0")),
    Column("tries", Integer, nullable=False, server_default=text("0")),  # attempts begun, counted on
    Column("copies", Integer, nullable=False, server_default=text("0")),  # attempts that may have arrived
    Column("lease_until", Instant),
    Column("external_id", Text),
    Column("reason", Text),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("delivered_at", Instant),
    Column("read_at", Instant),
    Index("ix_outbox_due", "priority", "not_before", "id", sqlite_where=_QUEUED, postgresql_where=_QUEUED),
    Index(None, "address_id", "sent_at"),
    Index("ix_outbox_sending", "contact_id", sqlite_where=_SENDING, postgresql_where=_SENDING),
    Index(None, "contact_id", "id"),
)

attempt = Table(
    "attempt",
    metadata,
    # Written before the request leaves: a row without an outcome is an ambiguous send, never a queued one.
    Column("outbox_id", Id, ForeignKey("outbox.id"), primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", Text),
    Column("cause", Text),
)

pace = Table(
    "pace",
    metadata,
    Column("scope", Code, primary_key=True),  # telegram:{account}, telegram:{account}:{chat}
    Column("next_at", Float, nullable=False),  # seconds since 1970 UTC
)

media = Table(
    "media",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("address_id", Id, ForeignKey("address.id")),
    Column("file_id", Text, nullable=False),  # the platform's name of the file
    Column("unique_id", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False),  # photo, document, voice, other
    Column("state", Text, nullable=False),  # pending, stored, rejected, lost
    Column("reason", Text),
    Column("conversation", Text, nullable=False, server_default=""),  # where it was given: names the question to reopen
    Column("ask", Text, nullable=False, server_default=""),
    Column("sha256", Text),
    Column("thumbnail_sha256", Text),
    Column("mime", Text),
    Column("width", Integer),
    Column("height", Integer),
    Column("bytes", Integer),
    Column("dhash", Text),
    Column("hint", Text),  # dark, blurred: gentle coaching, never a block
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("next_try_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index(
        "ix_media_pending",
        "next_try_at",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(None, "contact_id", "id"),
    Index(None, "sha256"),
)
