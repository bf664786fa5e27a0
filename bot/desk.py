"""The desk behind every door: it takes in what arrived, and shows the web chat what is there to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

import structlog
from itsdangerous import BadSignature, Signer

from bot import system
from bot.channels.base import Address, Arrived, Channel, button_data, button_of
from bot.doors import Front, Key, Leaving, LogRow, UploadResult
from bot.media.darkroom import Darkroom
from bot.media.files import MediaMissing, MediaStore, MediaUnavailable
from bot.media.keeping import keep_bytes
from bot.media.pictures import Refused
from dialogue.message import File, Incoming, Kind, Reply
from handlers import photos
from handlers.arrival import Outcome, arrive, bury
from handlers.context import House
from storage import chatlog, inbox, media
from storage.addresses import add_address
from storage.chatlog import Entry
from storage.errors import StoreUnavailable
from storage.inbox import Sender
from storage.media import Fetched
from storage.officers import find_officer
from storage.store import Store
from storage.tx import Tx

__all__ = ["Desk"]

log = structlog.get_logger()

OVERLAP = 2 * 2 * chatlog.MICRO  # two seconds of events: what was committed late is still shown
UNKNOWN_YET = 1.0  # seconds between looks for an address that has never written


@dataclass
class Desk:
    """Answers bot/web/doors.Doors for the web chat, and `take` for every platform."""

    store: Store
    house: House
    darkroom: Darkroom
    files: MediaStore
    signer: Signer
    elsewhere: Mapping[str, str] = field(default_factory=dict)  # channel -> its address for people
    leaving: bool = False

    # What arrives

    async def take(self, channel: Channel, arrived: Arrived) -> Outcome:
        """Durable when it returns. What has no address of its own is noted under the channel's account."""
        if arrived.address is None:
            arrived = replace(arrived, address=Address(channel.name, channel.account, "", "none"))
        return await self._arrive(arrived)

    async def arrive(self, arrived: Arrived) -> str:
        return (await self._arrive(arrived)).value

    async def _arrive(self, arrived: Arrived) -> Outcome:
        contact = arrived.address if arrived.incoming is not None else None
        try:
            return await self.store.write(lambda tx: arrive(tx, self.house, arrived), contact=contact)
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a turn raises, the person is answered
            return await self._bury(arrived, error)

    async def _bury(self, arrived: Arrived, error: Exception) -> Outcome:
        """It raised, was run once more alone, and raised again: a poison message (architecture.md 2)."""
        log.error("turn_raised", channel=arrived.address.channel if arrived.address else "", exc_info=error)
        cause = type(error).__name__
        contact = arrived.address if arrived.incoming is not None else None
        return await self.store.write(lambda tx: bury(tx, self.house, arrived, cause), contact=contact)

    async def upload(self, address: Address, key: str, data: bytes, name: str) -> UploadResult:
        """A photo or PDF from the page: stored before it is answered. A key seen before gives the first answer."""
        seen = await self.store.read(lambda tx: _seen_upload(tx, address, key))
        if seen is not None:
            return seen if seen.ok else UploadResult(ok=False, reason=await self._say(address, "error"))
        developed = await self.darkroom.receive(data)
        if isinstance(developed, Refused):
            return UploadResult(ok=False, reason=await self._say(address, f"photo.refused.{developed.reason.value}"))
        try:
            fetched = await keep_bytes(self.files, developed)
        except MediaUnavailable as error:
            raise StoreUnavailable("photos cannot be stored") from error
        kind = Kind.PHOTO if fetched.width else Kind.DOCUMENT
        try:
            media_id = await self.store.write(
                lambda tx: self._uploaded(tx, address, key, kind, name, fetched), contact=address
            )
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a turn raises, the person is answered
            incoming = Incoming(kind=kind)
            arrived = Arrived(address=address, external_id=key, at=self.house.clock.now(), incoming=incoming)
            await self._bury(arrived, error)
            return UploadResult(ok=False, reason=await self._say(address, "error"))
        return UploadResult(ok=True, media_id=media_id)

    def _uploaded(self, tx: Tx, address: Address, key: str, kind: Kind, name: str, fetched: Fetched) -> int | None:  # noqa: PLR0917 - one file and where it came from
        seen = _seen_upload(tx, address, key)
        if seen is not None:
            return seen.media_id
        now = self.house.clock.now()
        sender = inbox.find_sender(tx, address)
        if sender is None:
            add_address(tx, address, now)
            sender = inbox.find_sender(tx, address)
        if sender is None:
            raise LookupError("an address that was just made is not there")
        media_id = media.add_pending(
            tx,
            contact_id=sender.contact.id,
            address_id=sender.address_id,
            channel=address.channel,
            account=address.account,
            file_id=key,
            unique_id=fetched.sha256,
            kind=kind.value,
            now=now,
        )
        file = File(file_id=key, unique_id=fetched.sha256, mime=fetched.mime, name=name, media_id=media_id)
        arrived = Arrived(address=address, external_id=key, at=now, incoming=Incoming(kind=kind, file=file))
        arrive(tx, self.house, arrived)
        photos.take_in(tx, self.house, media_id, fetched)
        return media_id

    async def _say(self, address: Address, key: str) -> str:
        front = await self.front(None, address)
        return self.house.texts.for_person(front.locale if front else "id")(key)

    # What is shown

    async def log(self, address: Address, after: int | None, limit: int) -> list[LogRow]:
        since = None if after is None else after - OVERLAP
        return await self.store.read(lambda tx: _log(tx, address, since, limit))

    async def wait(self, address: Address, after: int, timeout: float) -> bool:  # noqa: ASYNC109 - "nothing new" is an answer and no failure
        if self.leaving:
            raise Leaving
        contact_id = await self.store.read(lambda tx: _contact_of(tx, address))
        if contact_id is None:
            with self.store.listen(f"address:{address.value}") as listener:
                return await listener.wait(min(timeout, UNKNOWN_YET))
        with self.store.listen(f"chat:{contact_id}") as listener:
            if await self.store.read(lambda tx: bool(_log(tx, address, after, 1))):
                return True
            woken = await listener.wait(timeout)
        if self.leaving:
            raise Leaving
        return woken

    def leave(self) -> None:
        """The house shuts down: open streams end."""
        self.leaving = True
        self.store.wake_all()

    async def front(self, programme: str | None, address: Address | None) -> Front | None:
        if programme is not None and programme not in self.house.programmes:
            return None
        locale, officer = "id", False
        if address is not None:
            sender, officer = await self.store.read(lambda tx: _visitor(tx, address))
            if sender is not None:
                locale = sender.contact.language
                programme = programme or sender.contact.programme
        chosen = self.house.programmes.get(programme or self.house.default_programme) or next(
            iter(self.house.programmes.values())
        )
        return Front(
            programme=chosen.id,
            name=chosen.bot_name,
            locale=locale,
            zone=ZoneInfo(chosen.zone),
            unit=chosen.unit.kind,
            officer=officer,
            telegram=self.elsewhere.get("telegram", ""),
            whatsapp=self.elsewhere.get("whatsapp", ""),
        )

    async def picture(self, media_id: int, address: Address) -> tuple[bytes, str] | None:
        def find(tx: Tx) -> tuple[str, str] | None:
            contact_id = _contact_of(tx, address)
            return None if contact_id is None else chatlog.may_see(tx, media_id, contact_id)

        found = await self.store.read(find)
        if found is None:
            return None
        try:
            return await self.files.read(found[0]), found[1]
        except MediaMissing:
            return None

    def sign(self, value: str) -> str:
        return self.signer.sign(value).decode()

    def unsign(self, signed: str) -> str | None:
        try:
            return self.signer.unsign(signed).decode()
        except (BadSignature, UnicodeDecodeError):
            return None

    def new_id(self) -> str:
        return system.token()


def _visitor(tx: Tx, address: Address) -> tuple[Sender | None, bool]:
    """Who looks at the page, and whether it is a person of the office."""
    sender = inbox.find_sender(tx, address)
    return sender, sender is not None and find_officer(tx, sender.contact.id) is not None


def _contact_of(tx: Tx, address: Address) -> int | None:
    sender = inbox.find_sender(tx, address)
    return None if sender is None else sender.contact.id


def _seen_upload(tx: Tx, address: Address, key: str) -> UploadResult | None:
    body = inbox.body_of(tx, address, key)
    return None if body is None else UploadResult(ok="media" in body, media_id=body.get("media"))


def _log(tx: Tx, address: Address, after: int | None, limit: int) -> list[LogRow]:
    sender = inbox.find_sender(tx, address)
    if sender is None:
        return []
    entries = chatlog.newest_entries(tx, sender.address_id, after, limit)
    taps = {tap for entry in entries if entry.mine and (tap := _tap_of(entry)) is not None}
    tapped = chatlog.rows_shown(tx, {row for row, _ in taps}, sender.address_id)
    return list(_rows(entries, tapped, taps))


def _tap_of(entry: Entry) -> tuple[int, int] | None:
    return button_of(str(entry.body.get("tapped", "")))


def _rows(entries: Iterable[Entry], tapped: Mapping[int, Entry], taps: set[tuple[int, int]]) -> Iterable[LogRow]:
    for entry in entries:
        if not entry.mine:
            yield _theirs(entry, taps)
            continue
        tap = _tap_of(entry)
        if tap is None and entry.body.get("kind") != Kind.START:
            yield _mine(entry)
        elif tap is not None and tap[0] in tapped:
            # The row whose key was chosen comes again, with the key marked.
            yield replace(_theirs(tapped[tap[0]], taps), event=entry.event)


def _mine(entry: Entry) -> LogRow:
    photo = entry.body.get("media")
    return LogRow(
        event=entry.event,
        id=entry.external_id,
        side="me",
        at=entry.at,
        text=str(entry.body.get("text", "")),
        photos=() if photo is None else (photo,),
    )


def _theirs(entry: Entry, taps: set[tuple[int, int]]) -> LogRow:
    reply = Reply.from_json(entry.body)
    return LogRow(
        event=entry.event,
        id=f"o{entry.id}",
        side="them",
        at=entry.at,
        text=reply.text,
        photos=tuple(photo for part in reply.parts for photo in part.photos),
        keys=tuple(
            Key(button.label, button_data(entry.id, index), chosen=(entry.id, index) in taps)
            for index, button in enumerate(reply.buttons)
        ),
        progress=reply.progress,
        asks_phone=reply.asks_phone,
    )
