"""All tables, as SQLAlchemy Core, one module a shelf. `metadata` is what the migrations must arrive at.

Instants are UTC and aware (Instant); money is whole rupiah; sizes are bytes. Ids are integers; what people see
(OVB-0012, slugs, tokens) are columns of their own.
"""

from storage.schema.base import Instant, metadata
from storage.schema.curation import certificate, decision
from storage.schema.gatherings import broadcast, event, invitation, reminder
from storage.schema.messages import attempt, inbox, media, outbox, pace
from storage.schema.offices import officer, officer_link
from storage.schema.people import address, consent, contact, draft, history, wish
from storage.schema.producers import number, producer, producer_contact, producer_region, product, product_photo
from storage.schema.regions import meta, region

__all__ = [
    "Instant",
    "address",
    "attempt",
    "broadcast",
    "certificate",
    "consent",
    "contact",
    "decision",
    "draft",
    "event",
    "history",
    "inbox",
    "invitation",
    "media",
    "meta",
    "metadata",
    "number",
    "officer",
    "officer_link",
    "outbox",
    "pace",
    "producer",
    "producer_contact",
    "producer_region",
    "product",
    "product_photo",
    "region",
    "reminder",
    "wish",
]
