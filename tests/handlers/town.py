"""A small town for handlers' tests: people who write to the house on a real store, an officer, and a clock to move."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, insert, select

from dialogue.message import Incoming, Kind, Reply, button_data
from handlers.arrival import arrive
from handlers.arrived import Arrived
from handlers.context import House
from handlers.reminders.registry import WORK, Work
from handlers.sending import judge
from storage import consents, contacts, officers, outbox, producers, products
from storage.addresses import ensure_addresses
from storage.inbox import find_sender
from storage.schema import media, reminder
from storage.schema import outbox as outbox_table
from storage.store import Store
from storage.tx import AddressKey, Tx
from tests.transcripts.stage import ZONE, Clock, house_of

PROGRAMME = "ovop-blitar"
CODE = "petugas-" + "c" * 22
ENDED = ("skipped", "superseded", "failed")


def at(day: str, clock: str) -> datetime:
    """'2026-12-05', '09.00' in Blitar."""
    return datetime.fromisoformat(f"{day}T{clock.replace('.', ':')}").replace(tzinfo=ZONE)


@dataclass
class Town:
    store: Store
    clock: Clock = field(default_factory=Clock)
    count: int = 0

    def __post_init__(self) -> None:
        self.house = house_of(self.clock)

    def person(self, name: str, channel: str = "telegram") -> "Person":
        self.count += 1
        return Person(self, AddressKey(channel, "sambang", f"{1000 + self.count}"), name)

    def officer(self, name: str = "Ratna Umpama", role: str = "petugas", programme: str | None = PROGRAMME) -> "Person":
        """An officer who has opened their link."""
        officer = self.person(name)
        officer.starts(self.link(name, role, programme))
        return officer

    def link(self, name: str = "Ratna Umpama", role: str = "petugas", programme: str | None = PROGRAMME) -> str:
        self.count += 1
        code = f"{CODE}{self.count}"

        def add(tx: Tx) -> None:
            now = self.clock.now()
            officers.add_link(tx, officers.create_officer(tx, name, programme, role, now), code, now)

        self.store.write_now(add)
        return code

    def producer(self, name: str, *, allows_broadcasts: bool = True) -> "Person":
        """Somebody whose producer is registered, with a product that waits at the first stage."""
        person = self.person(name)
        self.store.write_now(lambda tx: self.settle(tx, person, allows_broadcasts=allows_broadcasts))
        self.clock.at += timedelta(minutes=1)
        return person

    def settle(self, tx: Tx, person: "Person", *, allows_broadcasts: bool = True) -> None:
        """Writes down a person with a registered producer and a product."""
        now, number = self.clock.now(), f"OVB-{self.count:04d}"
        ensure_addresses(tx, [person.address], now)
        person.id = _sender_id(tx, person.address)
        contacts.change_contact(tx, person.id, name=person.name, programme=PROGRAMME)
        new = producers.NewProducer(
            programme=PROGRAMME, number=number, name=person.name, phone=None, regions=("35.05.17.2009",)
        )
        producer_id = producers.create_producer(tx, person.id, new, now)
        producers.register_producer(tx, producer_id, now)
        product = products.NewProduct(
            producer_id=producer_id,
            programme=PROGRAMME,
            slug=f"keripik-{number.lower()}",
            name=f"Keripik {person.name}",
            category="makanan",
            stage="pendataan",
            decision="menunggu",
            price_idr=12000,
            price_per="bungkus",
            capacity={"amount": "100", "unit": "bungkus", "per": "week"},
        )
        person.product = products.create_product(tx, product, now)
        self.allow_broadcasts(tx, person, given=allows_broadcasts)

    def allow_broadcasts(self, tx: Tx, person: "Person", *, given: bool) -> None:
        said = consents.Consent(
            contact_id=person.id,
            purpose=consents.BROADCAST,
            given=given,
            text_version="1/id",
            text_hash="0" * 64,
            channel="telegram",
        )
        consents.record_consent(tx, said, self.clock.now())

    def photograph(self, person: "Person") -> int:
        """The id of a stored photo of the person's product."""

        def write(tx: Tx) -> int:
            now = self.clock.now()
            row = {"channel": "telegram", "account": "sambang", "file_id": "f", "kind": "photo", "state": "stored"}
            made = tx.execute(
                insert(media).values(**row, contact_id=person.id, next_try_at=now, created_at=now).returning(media.c.id)
            )
            media_id = int(made.scalar_one())
            products.add_photos(tx, person.product, person.id, [media_id])
            return media_id

        return self.store.write_now(write)

    def tick(self) -> None:
        """The clock's work, slice by slice, as the scheduler does it."""
        for work in WORK:
            while self.store.write_now(partial(_slice, work, self.house)):
                pass

    def deliver(self) -> None:
        """What the sender does with all that is due, and no platform refuses anything."""

        def send(tx: Tx) -> bool:
            now = self.clock.now()
            due = outbox.find_due(tx, now, 200)
            for row in due:
                verdict = judge(tx, row, now, self.house.programmes)
                if verdict.go:
                    tx.execute(
                        outbox_table.update().where(outbox_table.c.id == row.id).values(state="sent", sent_at=now)
                    )
                elif verdict.until is not None:
                    outbox.postpone(tx, [row.id], verdict.until, verdict.reason)
                else:
                    outbox.settle(tx, [row.id], verdict.state, verdict.reason)
            return bool(due)

        while self.store.write_now(send):
            pass

    def pass_time(self, until: datetime) -> None:
        """A tick and a delivery at each instant at which something becomes due, and at the last one."""
        while self.clock.at < until:
            self.clock.at = min(self.store.read_now(self._next_due) or until, until)
            self.tick()
            self.deliver()

    def _next_due(self, tx: Tx) -> datetime | None:
        due = select(func.min(reminder.c.due_at)).where(reminder.c.state == "waiting")
        queued = select(func.min(outbox_table.c.not_before)).where(outbox_table.c.state == "queued")
        instants = [tx.execute(statement).scalar_one() for statement in (due, queued)]
        ahead = [each for each in instants if each is not None and each > self.clock.at]
        return min(ahead, default=None)


@dataclass
class Person:
    town: Town
    address: AddressKey
    name: str
    id: int = 0
    product: int = 0

    def says(self, text: str) -> str:
        return self._send(Incoming(kind=Kind.TEXT, text=text))

    def starts(self, payload: str = "") -> str:
        return self._send(Incoming(kind=Kind.START, text=payload))

    def taps(self, label: str, *, row: int | None = None) -> str:
        """Taps the newest key with that label, or the one under a message."""
        shown = [found for found in self.rows() if row in {None, found[0]}]
        for row_id, reply in reversed(shown):
            for index, button in enumerate(reply.buttons):
                if button.label == label:
                    return self._send(Incoming(kind=Kind.TAP, tapped=button_data(row_id, index)))
        raise AssertionError(f"no key [{label}] was ever shown to {self.name}")

    def taps_on(self, row: int) -> str:
        """Taps the first key of any message, even of one that was sent to somebody else."""
        return self._send(Incoming(kind=Kind.TAP, tapped=button_data(row, 0)))

    def _send(self, incoming: Incoming) -> str:
        """The words of the answer, '' where there is none."""
        self.town.count += 1
        before = {row_id for row_id, _ in self.rows()}
        arrived = Arrived(
            address=self.address,
            external_id=str(self.town.count),
            at=self.town.clock.now(),
            raw=b"{}",
            incoming=incoming,
        )
        self.town.store.write_now(lambda tx: arrive(tx, self.town.house, arrived))
        self.town.clock.at += timedelta(seconds=20)
        return "\n".join(reply.text for row_id, reply in self.rows() if row_id not in before)

    def rows(self) -> list[tuple[int, Reply]]:
        """All that was or will be shown to this person, by the ids of the messages."""
        return [(row.id, Reply.from_json(row.payload)) for row in self._outbox() if row.state not in ENDED]

    def news(self, *, sent_only: bool = False) -> list[str]:
        """The words of what came without being asked, in the order of the messages."""
        states = {"sent"} if sent_only else {"sent", "queued"}
        return [
            Reply.from_json(row.payload).text
            for row in self._outbox()
            if not row.key.startswith("reply:") and row.state in states
        ]

    def keys(self) -> list[str]:
        return [row.key for row in self._outbox()]

    def states(self) -> dict[str, str]:
        """The state of each message to this person, by its key."""
        return {row.key: row.state for row in self._outbox()}

    def labels(self) -> list[str]:
        """What stands on the keys of the last message."""
        return [button.label for button in self.rows()[-1][1].buttons]

    def _outbox(self) -> Sequence[Any]:
        def read(tx: Tx) -> Sequence[Any]:
            self.id = self.id or _sender_id(tx, self.address)
            columns = (outbox_table.c.id, outbox_table.c.key, outbox_table.c.payload, outbox_table.c.state)
            return tx.execute(
                select(*columns).where(outbox_table.c.contact_id == self.id).order_by(outbox_table.c.id)
            ).all()

        return self.town.store.read_now(read)


def _slice(work: Work, house: House, tx: Tx) -> bool:
    return work(tx, house)


def _sender_id(tx: Tx, address: AddressKey) -> int:
    sender = find_sender(tx, address)
    return 0 if sender is None else sender.contact.id
