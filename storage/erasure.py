"""What goes when a person says no: profile, texts and raw bytes, in one transaction (domain.md 6.1, UU 27/2022)."""

from sqlalchemy import delete, update

from storage.inbox import erase_words
from storage.outbox import erase_payloads
from storage.schema import contact, draft, media, wish
from storage.tx import Tx

__all__ = ["erase_person"]


def erase_person(tx: Tx, contact_id: int) -> None:
    """Takes away what a person told us. Keys stay, so that a redelivery is still known; consents stay as proof.

    Photos that were sent lose their platform's names and are never attached to anything; their files go with the
    retention of media that nothing refers to.
    """
    tx.execute(update(contact).where(contact.c.id == contact_id).values(name=None, honorific=None, phone=None))
    tx.execute(delete(draft).where(draft.c.contact_id == contact_id))
    erase_words(tx, contact_id)
    tx.execute(update(wish).where(wish.c.contact_id == contact_id).values(text=""))
    erase_payloads(tx, contact_id)
    tx.execute(
        update(media)
        .where(media.c.contact_id == contact_id)
        .values(state="rejected", reason="erased", file_id="", unique_id="", conversation="", ask="")
    )
