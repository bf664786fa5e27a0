"""The road of a photo: fetched from its platform at once, checked, re-encoded, stored; then one write says so."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.channels.base import Channel, FileGone, Picture, SendError
from bot.media.darkroom import Darkroom
from bot.media.files import MediaMissing, MediaStore, MediaUnavailable
from bot.media.keeping import keep_bytes
from bot.media.pictures import Refused
from handlers import photos
from handlers.context import House
from storage import media
from storage.media import Fetched, Waiting
from storage.store import Store

__all__ = ["Road"]

log = structlog.get_logger()

AT_ONCE = 4  # each holds up to 20 MB until it is developed
LEASE = timedelta(seconds=120)
RETRY = (60.0, 300.0, 900.0, 3600.0, 21600.0)  # seconds between tries, the last one again and again
GIVE_UP = timedelta(hours=72)  # then the photo is asked for again


@dataclass
class Road:
    store: Store
    house: House
    channels: Mapping[tuple[str, str], Channel]
    darkroom: Darkroom
    files: MediaStore
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def recover(self) -> int:
        """Fetch at once what a process that is gone had begun to fetch. Gives how many files wait in all."""
        return await self.store.write(lambda tx: media.release(tx, self.house.clock.now()))

    async def run(self) -> None:
        """Fetches until it is cancelled; what was half done is tried again when its lease is over."""
        with self.store.listen(media.MEDIA) as listener:
            try:
                while True:
                    try:
                        wait = await self._fetch_due()
                    except Exception:
                        log.exception("road_failed")
                        wait = 1.0
                    if wait:
                        await listener.wait(wait)
            finally:
                for task in self._running:
                    task.cancel()

    async def _fetch_due(self) -> float:
        """Start what is due. Gives the seconds until the next look is worth it."""
        if len(self._running) >= AT_ONCE:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            return 0.0
        now = self.house.clock.now()
        due = await self.store.read(lambda tx: media.due_pending(tx, now, AT_ONCE - len(self._running)))
        for waiting in due:
            if await self._take(waiting, now + LEASE):
                task = asyncio.create_task(self._fetch(waiting))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
        return 0.0 if due else 1.0

    async def _take(self, waiting: Waiting, until: datetime) -> bool:
        return await self.store.write(lambda tx: media.take(tx, waiting.id, until))

    async def _fetch(self, waiting: Waiting) -> None:
        try:
            await self._fetch_one(waiting)
        except Exception:
            log.exception("photo_failed", media=waiting.id)
            await self._postpone(waiting, "unexpected")

    async def _fetch_one(self, waiting: Waiting) -> None:
        channel = self.channels.get((waiting.channel, waiting.account))
        if channel is None:
            await self._postpone(waiting, "channel is not turned on")
            return
        try:
            data = await channel.fetch(waiting.file_id)
            fetched = await self._keep(waiting, data)
        except FileGone as error:
            log.warning("photo_gone", media=waiting.id, cause=str(error))
            await self._turn_away(waiting, "lost", lost=True)
        except (SendError, MediaUnavailable) as error:
            await self._postpone(waiting, type(error).__name__)
        else:
            if isinstance(fetched, Refused):
                await self._turn_away(waiting, fetched.reason.value)
            else:
                await self.store.write(
                    lambda tx: photos.take_in(tx, self.house, waiting.id, fetched), contact=waiting.contact_id
                )

    async def _keep(self, waiting: Waiting, data: bytes) -> Fetched | Refused:
        if waiting.kind == "voice":
            return Fetched(sha256=await self.files.put(data), mime="audio/ogg", bytes=len(data))
        developed = await (self.darkroom.receive(data) if waiting.kind == "document" else self.darkroom.develop(data))
        return developed if isinstance(developed, Refused) else await keep_bytes(self.files, developed)

    async def _turn_away(self, waiting: Waiting, reason: str, *, lost: bool = False) -> None:
        await self.store.write(
            lambda tx: photos.turn_away(tx, self.house, waiting.id, reason, lost=lost), contact=waiting.contact_id
        )

    async def _postpone(self, waiting: Waiting, reason: str) -> None:
        now = self.house.clock.now()
        if now - waiting.created_at > GIVE_UP:
            await self._turn_away(waiting, "lost", lost=True)
            return
        again = now + timedelta(seconds=RETRY[min(waiting.tries, len(RETRY) - 1)])
        await self.store.write(lambda tx: media.postpone(tx, waiting.id, again, reason))

    async def pictures(self, media_ids: tuple[int, ...]) -> Mapping[int, Picture]:
        """The stored pictures of these rows, as they are sent; those that are not there are left out."""
        keys = await self.store.read(lambda tx: media.keys_of(tx, media_ids))
        found: dict[int, Picture] = {}
        for media_id, (key, mime) in keys.items():
            try:
                found[media_id] = Picture(key, await self.files.read(key), mime)
            except MediaMissing:
                log.exception("photo_missing", media=media_id)
        return found
