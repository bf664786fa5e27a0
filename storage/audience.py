"""Whom messages of a programme may reach: the people of its registered producers, in the order of their ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, select

from storage.consents import BROADCAST
from storage.contacts import CONTACT_COLUMNS, Contact, contact_of
from storage.producers import REGISTERED
from storage.schema import address, consent, contact, producer, producer_contact
from storage.tx import Tx

__all__ = ["BROADCASTS", "EVENTS", "Reach", "list_for_broadcast", "list_for_events", "reach_of_broadcast"]

EVENTS, BROADCASTS = "event", "broadcast"  # topics that a person may stop


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people a broadcast goes to by channel, and how many are left out: no consent, or stopped."""

    by_channel: Mapping[str, int]
    left_out: int

    @property
    def total(self) -> int:
        return sum(self.by_channel.values())


def list_for_events(tx: Tx, programme: str, after: int, limit: int) -> list[Contact]:
    """People behind contact `after` who have stopped neither everything nor events."""
    return _people(tx, _registered(programme).where(_wants(EVENTS)), after, limit)


def list_for_broadcast(tx: Tx, programme: str, after: int, limit: int) -> list[Contact]:
    """People behind contact `after` who said yes to broadcasts last, and have not stopped them."""
    return _people(tx, _registered(programme).where(_wants(BROADCASTS), _said_yes()), after, limit)


def reach_of_broadcast(tx: Tx, programme: str) -> Reach:
    """Channels are those of the address that a message would go to now; who has none that is reachable is left out."""
    audience = _registered(programme).where(_wants(BROADCASTS), _said_yes()).subquery()
    ranked = (
        select(
            address.c.contact_id,
            address.c.channel,
            func.row_number()
            .over(
                partition_by=address.c.contact_id,
                order_by=(address.c.last_used_at.desc().nulls_last(), address.c.id),
            )
            .label("place"),
        )
        .where(address.c.reachable)
        .subquery()
    )
    rows: Iterable[Any] = tx.execute(
        select(ranked.c.channel, func.count())
        .select_from(audience.join(ranked, and_(ranked.c.contact_id == audience.c.id, ranked.c.place == 1)))
        .group_by(ranked.c.channel)
        .order_by(ranked.c.channel)
    )
    by_channel = {name: count for name, count in rows if name}
    everybody = tx.execute(select(func.count()).select_from(_registered(programme).subquery())).scalar_one()
    return Reach(by_channel, everybody - sum(by_channel.values()))


def _people(tx: Tx, wanted: Select[tuple[int]], after: int, limit: int) -> list[Contact]:
    ids = wanted.where(contact.c.id > after).order_by(contact.c.id).limit(limit).subquery()
    rows = tx.execute(select(*CONTACT_COLUMNS).join(ids, ids.c.id == contact.c.id).order_by(contact.c.id))
    return [contact_of(row) for row in rows]


def _registered(programme: str) -> Select[tuple[int]]:
    mine = exists().where(
        producer_contact.c.contact_id == contact.c.id,
        producer_contact.c.producer_id == producer.c.id,
        producer.c.programme == programme,
        producer.c.state == REGISTERED,
    )
    return select(contact.c.id).where(mine, contact.c.merged_into.is_(None))


def _wants(topic: str) -> ColumnElement[bool]:
    # the topics are a short JSON list of plain words; as text both databases compare them alike
    stopped = cast(contact.c.stopped_topics, Text).contains(f'"{topic}"', autoescape=True)
    return and_(contact.c.stopped_at.is_(None), ~stopped)


def _said_yes() -> ColumnElement[bool]:
    last = (
        select(consent.c.given)
        .where(consent.c.contact_id == contact.c.id, consent.c.purpose == BROADCAST)
        .order_by(consent.c.id.desc())
        .limit(1)
        .correlate(contact)
        .scalar_subquery()
    )
    return last.is_(True)
