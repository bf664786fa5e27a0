"""People: a contact is a person, an address is a place to write to (architecture.md 5)."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false, text, true

from storage.schema.base import Code, Id, Instant, Json, metadata

contact = Table(
    "contact",
    metadata,
    Column("id", Id, primary_key=True),
    Column("programme", Text),  # null until it is known which programme the person is in
    Column("language", Text, nullable=False, server_default="id"),
    Column("name", Text),
    Column("honorific", Text),  # bapak, ibu, ... once the person chose
    Column("phone", Text),  # E.164, as the person gave or shared it
    Column("stopped_at", Instant),  # the whole stop: nothing but answers
    Column("stopped_topics", Json, nullable=False, server_default=text("'[]'")),
    Column("paused_until", Instant),  # a person of the office is talking; the bot is quiet
    Column("misses", Integer, nullable=False, server_default=text("0")),  # in a row while no form is open
    Column("merged_into", Id, ForeignKey("contact.id")),
    Column("is_demo", Boolean, nullable=False, server_default=false()),
    Column("created_at", Instant, nullable=False),
    Column("last_inbound_at", Instant),
)

address = Table(
    "address",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("kind", Text, nullable=False),  # chat, wa_id, user_id, phone, web
    Column("value", Text, nullable=False),
    Column("reachable", Boolean, nullable=False, server_default=true()),
    Column("unreachable_reason", Text),
    Column("window_until", Instant),  # a platform's session window; null where there is none
    Column("last_used_at", Instant),
    Column("next_send_at", Instant),  # the platform's limit a chat, shared by all senders
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("channel", "account", "value"),
    Index(None, "contact_id"),
)

draft = Table(
    "draft",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True, autoincrement=False),
    Column("conversation", Text, primary_key=True),
    Column("active", Boolean, nullable=False),  # at most one of a contact; the others are parked
    Column("body", Json, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

consent = Table(
    "consent",
    metadata,
    # Append-only: UU 27/2022 art. 24 asks for proof, so every yes and every withdrawal stays.
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("product_id", Id, ForeignKey("product.id")),
    Column("purpose", Text, nullable=False),  # registration, catalogue, broadcast
    Column("given", Boolean, nullable=False),
    Column("text_version", Text, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("inbox_id", Id),
    Column("at", Instant, nullable=False),
    Index(None, "contact_id", "purpose"),
)

wish = Table(
    "wish",
    metadata,
    # What was asked of people, or of something that does not exist yet: kept and shown to officers.
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    Column("programme", Text),
    Column("kind", Text, nullable=False),  # human, voice, or the name of the entry that does not exist yet
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    Column("at", Instant, nullable=False),
    Index(None, "contact_id"),
)

history = Table(
    "history",
    metadata,
    # Append-only: who did what to which object. Details hold ids and states, never the words of a chat.
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),  # officer:3, contact:12, system
    Column("what", Text, nullable=False),
    Column("object", Code, nullable=False),  # product:4
    Column("details", Json, nullable=False, server_default=text("'{}'")),
    Index(None, "object"),
)
