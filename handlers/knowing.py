"""What every text may name without asking the store: the programme's own words, and what the contact's row holds."""

from typing import Any

from domain.programme import Programme
from storage.contacts import Contact

__all__ = ["known_of"]


def known_of(contact: Contact, programme: Programme) -> dict[str, Any]:
    known: dict[str, Any] = {
        "bot": programme.bot_name,
        "program": programme.name,
        "dinas": programme.owner,
        "data_officer": programme.data_officer,
        "years": programme.retention_years,
        "days": programme.answer_days,
        "hours": programme.office_hours,
        "unit_example": programme.unit.example,
    }
    if contact.name:
        known["name"] = contact.name
    if contact.phone:
        known["phone"] = contact.phone
    return known
