"""How updates reach a bot: held for getUpdates, or pushed to its webhook, in order per chat, until it answers 2xx."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.channels.fakes.telegram.rules import RefusedCall

__all__ = ["Deliveries", "Delivery", "Webhook"]

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header, not a secret
DEFAULT_TYPES = frozenset({"message", "edited_message", "callback_query", "my_chat_member", "channel_post"})
_LONGEST_RETRY = 60.0  # seconds; the server takes a random 60-120
_PATIENCE = 60.0  # seconds that the server waits for an answer


@dataclass(slots=True)
class Delivery:
    """One update on its way. `queue`: a chat, or a person for taps (platforms.md A.1)."""

    id: int
    body: bytes
    update: dict[str, Any]
    queue: str
    expires: float
    statuses: list[int] = field(default_factory=list)  # what the webhook answered; 0 is no answer


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str = ""
    connections: int = 40
    last_error: str = ""


class Deliveries:
    """The queues of one bot. `scale` shortens the pauses between tries."""

    def __init__(self, now: Callable[[], float], *, scale: float) -> None:
        self.webhook: Webhook | None = None
        self.types: frozenset[str] = DEFAULT_TYPES
        self.log: list[Delivery] = []  # every update ever made, in order
        self._now = now
        self._scale = scale
        self._held: dict[int, Delivery] = {}  # not confirmed yet
        self._queues: dict[str, deque[Delivery]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(40)
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._poller: asyncio.Event | None = None
        self._session: aiohttp.ClientSession | None = None

    def add(self, delivery: Delivery) -> None:
        self.log.append(delivery)
        self.again(delivery)

    def again(self, delivery: Delivery) -> None:
        """Deliver it, also when it was delivered before."""
        self._held[delivery.id] = delivery
        self._news.set()
        if self.webhook:
            self._push(delivery)

    def drop(self) -> None:
        """Forget what waits (drop_pending_updates)."""
        for delivery in list(self._held.values()):
            self._confirm(delivery)

    @property
    def waiting(self) -> int:
        return len(self._held)

    async def drained(self) -> None:
        """Wait until the bot has taken everything."""
        while self._held or self._queues:
            self._idle.clear()
            await self._idle.wait()

    async def close(self) -> None:
        await self._stop()
        if self._session:
            await self._session.close()

    # --- pushed

    async def push_to(self, webhook: Webhook | None) -> None:
        """Change where updates go. What waits stays and goes there."""
        await self._stop()
        self.webhook = webhook
        if webhook is None:
            return
        self._slots = asyncio.Semaphore(webhook.connections)
        for delivery in list(self._held.values()):
            self._push(delivery)

    async def _stop(self) -> None:
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        self._workers.clear()
        self._queues.clear()

    def _push(self, delivery: Delivery) -> None:
        self._queues.setdefault(delivery.queue, deque()).append(delivery)
        if delivery.queue not in self._workers:
            self._workers[delivery.queue] = asyncio.get_running_loop().create_task(self._work(delivery.queue))

    async def _work(self, name: str) -> None:
        queue = self._queues[name]
        while queue:
            await self._deliver(queue[0])
            self._confirm(queue.popleft())
        del self._queues[name], self._workers[name]
        if not self._queues:
            self._idle.set()

    async def _deliver(self, delivery: Delivery) -> None:
        """Try until it is taken or too old: at once again, then after 2, 4, 8 ... seconds."""
        pause = 0.0
        while self._now() < delivery.expires:
            async with self._slots:
                taken, retry_after = await self._post(delivery)
            if taken:
                return
            await asyncio.sleep((pause if retry_after is None else retry_after) * self._scale)
            pause = min(max(2.0, pause * 2), _LONGEST_RETRY)

    async def _post(self, delivery: Delivery) -> tuple[bool, float | None]:
        webhook = self.webhook
        if webhook is None:
            return False, None
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET_HEADER] = webhook.secret
        try:
            async with self._client().post(webhook.url, data=delivery.body, headers=headers) as response:
                await response.read()
                delivery.statuses.append(response.status)
                webhook.last_error = (
                    "" if response.status < 300 else f"Wrong response from the webhook: {response.status}"
                )
                wanted = response.headers.get("Retry-After", "")
                return 200 <= response.status < 300, min(float(wanted), 3600.0) if wanted.isdecimal() else None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            delivery.statuses.append(0)
            webhook.last_error = type(error).__name__
            return False, None

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=_PATIENCE)
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout)
        return self._session

    def _confirm(self, delivery: Delivery) -> None:
        self._held.pop(delivery.id, None)
        if not self._held:
            self._idle.set()

    # --- asked for

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """What getUpdates answers. Raises RefusedCall(409) beside a webhook, and for the older of two pollers."""
        if self.webhook:
            raise RefusedCall(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first",
            )
        if self._poller:
            self._poller.set()
        self._poller = replaced = asyncio.Event()
        self._forget_before(offset)
        if not self._held and seconds > 0:
            await self._wait(replaced, seconds)
        if replaced.is_set():
            raise RefusedCall(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        return [self._held[number].update for number in sorted(self._held)][:limit]

    def _forget_before(self, offset: int) -> None:
        if offset < 0:
            offset = sorted(self._held)[max(0, len(self._held) + offset) :][0] if self._held else 0
        for number in [number for number in self._held if number < offset]:
            self._confirm(self._held[number])

    async def _wait(self, replaced: asyncio.Event, seconds: float) -> None:
        self._news.clear()
        waits = [asyncio.ensure_future(self._news.wait()), asyncio.ensure_future(replaced.wait())]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()


def body_of(update: dict[str, Any]) -> bytes:
    return json.dumps(update).encode()
