"""Fills the demo's store: every form is filled in and every decision taken by the same code as in a chat, only earlier.

All of it is one transaction, so that a demo is there as a whole or not at all; a second start finds it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.building import Building
from bot.channels.webchat import ACCOUNT, NAME, address_of
from bot.demo.people import Cast, Producer, cast, picture
from bot.media.keeping import keep_bytes
from bot.media.pictures import Refused
from dialogue.conversation import Draft, Taken
from dialogue.message import Incoming, Kind
from domain.certificates import Number, read_number
from domain.curation import Decision
from domain.programme import Programme
from handlers.context import Context, House
from handlers.conversations.announcements import ANNOUNCEMENTS
from handlers.conversations.product import PRODUCT
from handlers.conversations.registration import REGISTRATION
from handlers.curation import Ruling, rule
from handlers.knowing import known_of
from storage import certificates, contacts, curation, media, officers, outbox, products
from storage.addresses import find_contacts
from storage.media import Fetched
from storage.officers import Officer
from storage.tx import AddressKey, Tx

__all__ = ["seed"]

OFFICE_OPENS = 9  # o'clock: decisions of the past were taken in the morning


async def seed(building: Building, tokens: Mapping[str, str]) -> bool:
    """Bring the cast to life, each at the web chat of their token. False where they are there already."""
    story = cast()
    addresses = {person: address_of(token) for person, token in tokens.items()}
    everybody = list(addresses.values())
    if await building.store.read(lambda tx: find_contacts(tx, everybody)):
        return False
    photos = {name: await _develop(building, name) for producer in story.producers for name in producer.photos}
    clock, house = building.clock, building.house

    def write(tx: Tx) -> bool:
        if find_contacts(tx, everybody):
            return False
        _Seeding(tx, house, story, addresses, photos, clock.now()).sow()
        return True

    return await building.store.write(write, alone=True)


async def _develop(building: Building, name: str) -> Fetched:
    """A photo of the demo takes the road of every photo."""
    developed = await building.desk.darkroom.receive(picture(name))
    if isinstance(developed, Refused):
        raise TypeError(f"{name} of the demo is refused: {developed.reason}")
    return await keep_bytes(building.desk.files, developed)


@dataclass(frozen=True, slots=True)
class _Chat:
    """A new contact and their only address, a web chat: no platform ever hears of them."""

    contact: int
    address: int


class _Seeding:
    """One transaction in which everybody arrives."""

    def __init__(  # noqa: PLR0917 - made once, by seed()
        self,
        tx: Tx,
        house: House,
        story: Cast,
        addresses: Mapping[str, AddressKey],
        photos: Mapping[str, Fetched],
        now: datetime,
    ) -> None:
        self.tx = tx
        self.house = house
        self.story = story
        self.addresses = addresses
        self.photos = photos
        self.now = now
        self.programme: Programme = house.programmes[story.programme]

    def sow(self) -> None:
        officer, office = self._officer()
        for producer in self.story.producers:
            chat, product_id = self._register(producer)
            self._decide(officer, office, producer, chat, product_id)

    # Who they are

    def _officer(self) -> tuple[Officer, _Chat]:
        told = self.story.officer
        since = self._morning(max(each.registered_days_ago for each in self.story.producers) + 1)
        chat = self._arrive(told.id, since, name=told.name)
        officer_id = officers.create_officer(self.tx, told.name, self.programme.id, "petugas", since)
        code = self.house.new_token()
        officers.add_link(self.tx, officer_id, code, since)
        officer = officers.use_link(self.tx, code, chat.contact, since)
        if officer is None:
            raise LookupError("a link that was just made cannot be used")
        return officer, chat

    def _arrive(self, person: str, since: datetime, **known: Any) -> _Chat:
        contact = contacts.create_contact(self.tx, since, programme=self.programme.id, is_demo=True, **known)
        return _Chat(contact, contacts.create_address(self.tx, contact, self.addresses[person], since))

    def _context(self, chat: _Chat, now: datetime) -> Context:
        contact = contacts.get_contact(self.tx, chat.contact)
        known = known_of(contact, self.programme)
        return Context(
            tx=self.tx,
            house=self.house,
            now=now,
            contact=contact,
            programme=self.programme,
            say=self.house.texts.for_person(contact.language, **known),
            channel=NAME,
            address=chat.address,
            known=known,
        )

    # What they filled in

    def _register(self, producer: Producer) -> tuple[_Chat, int]:
        """The producer's chat and the id of the product, after registration, product, announcements, certificates."""
        since = self._morning(producer.registered_days_ago)
        chat = self._arrive(producer.id, since, honorific=producer.honorific)
        about = _fill_in_registration(self._context(chat, since), producer)
        ctx = self._context(chat, since)  # who is known by now
        photos = [self._send_photo(chat, name, since) for name in producer.photos]
        product_id = _fill_in_product(ctx, producer.product, about, photos)
        ANNOUNCEMENTS.finish(ctx, Draft(conversation="announcements", answers={"allowed": "ya"}))
        for certificate in producer.certificates:
            _tell_of_certificate(ctx, about["producer"], certificate)
        return chat, product_id

    def _send_photo(self, chat: _Chat, name: str, at: datetime) -> int:
        fetched = self.photos[name]
        media_id = media.add_pending(
            self.tx,
            contact_id=chat.contact,
            address_id=chat.address,
            channel=NAME,
            account=ACCOUNT,
            file_id=f"demo:{name}",
            unique_id=fetched.sha256,
            kind="photo",
            now=at,
        )
        media.keep(self.tx, media_id, fetched)
        return media_id

    # What was decided

    def _decide(self, officer: Officer, office: _Chat, producer: Producer, chat: _Chat, product_id: int) -> None:
        """The officer's decisions on a product, one after the other, each told in the producer's chat on its day."""
        decisions = list(self._decisions(producer.curation))
        span = producer.registered_days_ago - producer.decided_days_ago
        for n, (decision, feedback, step) in enumerate(decisions, 1):
            at = self._morning(producer.registered_days_ago - span * n // len(decisions)) + timedelta(minutes=7 * n)
            product = products.get_product(self.tx, product_id)
            place = curation.Place(product.decided_at, product.id)
            ruling = Ruling(place=place, decision=decision, feedback=feedback, next_step=step)
            rule(self._context(office, at), officer, ruling)
            self._show_news(chat, at)

    def _decisions(self, told: Mapping[str, str]) -> Iterator[tuple[Decision, str, str]]:
        """Passed at every stage before the present one, and there what the entry says; nothing where it waits."""
        for stage in self.programme.stages:
            if stage.id == told["stage"]:
                break
            yield Decision.PASSED, "", ""
        if told["decision"] != Decision.WAITING:
            yield Decision(told["decision"]), told.get("feedback", ""), told.get("next_step", "")

    def _show_news(self, chat: _Chat, at: datetime) -> None:
        """What was queued for the producer became visible on that day, and not when the demo starts."""
        news = [row for row in outbox.find_due(self.tx, at, 10) if row.contact_id == chat.contact]
        outbox.show(self.tx, news, {row.id: chat.address for row in news}, at)

    def _morning(self, days_ago: int) -> datetime:
        zone = ZoneInfo(self.programme.zone)
        morning = self.now.astimezone(zone).replace(hour=OFFICE_OPENS, minute=12, second=0, microsecond=0)
        return min(morning - timedelta(days=days_ago), self.now).astimezone(UTC)


# The forms, filled in as a producer's entry tells ---------------------------------------------------------------------


def _fill_in_registration(ctx: Context, producer: Producer) -> Mapping[str, Any]:
    """What the form of the product is about: the producer, their number and village."""
    unit = {"codes": list(producer.villages), "typed": producer.village_typed}
    answers = {"consent": "ya", "adult": "ya", "name": producer.name, "unit": unit, "phone": producer.phone}
    draft = Draft(conversation=REGISTRATION.name, answers=answers)
    if REGISTRATION.answered is not None:
        REGISTRATION.answered(ctx, draft, "consent")
    begin = REGISTRATION.finish(ctx, draft).begin
    if begin is None:
        raise LookupError("a registration is followed by its product")
    return begin.about


def _fill_in_product(ctx: Context, told: Mapping[str, Any], about: Mapping[str, Any], photos: Sequence[int]) -> int:
    answers = {
        "name": told["name"],
        "category": told["category"],
        "price": _answer(ctx, "price", told["price"]),
        "capacity": _answer(ctx, "capacity", told["capacity"]),
        "photos": list(photos),
        "catalogue": "ya",
    }
    PRODUCT.finish(ctx, Draft(conversation=PRODUCT.name, about=about, answers=answers))
    product = products.list_products_of_producer(ctx.tx, about["producer"])[-1]
    if told["story"]:
        products.change_product(ctx.tx, product.id, story=told["story"])
    return product.id


def _answer(ctx: Context, key: str, said: str) -> Any:
    """What the product's form makes of these words."""
    ask = PRODUCT.conversation.ask(key)
    if ask is None:
        raise LookupError(f"the form of a product does not ask for {key}")
    taken = ask.take.take(Incoming(kind=Kind.TEXT, text=said), ask, Draft(conversation=PRODUCT.name), ctx.scene())
    if not isinstance(taken, Taken):
        raise TypeError(f"the form of a product does not take {said!r} as its {key}")
    return taken.value


def _tell_of_certificate(ctx: Context, producer_id: int, told: Mapping[str, Any]) -> None:
    columns: dict[str, Any] = {"state": told["state"]}
    columns |= {name: date.fromisoformat(told[name]) for name in ("issued_on", "expires_on") if name in told}
    number = read_number(told["kind"], told["number"]) if "number" in told else None
    if isinstance(number, Number):
        columns |= {"number": number.value, "number_is_usual": number.usual}
    certificates.put_certificate(ctx.tx, producer_id, told["kind"], ctx.now, **columns)
