"""The sender: claims due rows, writes down the intent, sends, writes down the result (architecture.md 6).

    claim (one transaction: `sending` and an attempt) -> channel.send -> result (one transaction for all that ended)

A row that a crash left in `sending` is ambiguous: bot/delivery/rules.py says what becomes of it.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

from bot.channels.base import (
    Address,
    Channel,
    ChannelDown,
    NotSent,
    Picture,
    SendError,
    Throttled,
    Unreachable,
)
from bot.delivery.rules import AMBIGUOUS, RULES, outcome_of
from dialogue.message import Reply
from domain.clock import Clock
from domain.programme import Programme
from handlers.sending import Verdict, judge
from storage import contacts, outbox, pace
from storage.outbox import Due, Finished, Start
from storage.store import Store
from storage.tx import Tx

__all__ = ["Pictures", "Sender"]

log = structlog.get_logger()

MOST = 200  # messages on their way at once
LEASE = timedelta(seconds=120)  # longer than any request may take
LOOK_FOR_LOST = 30.0  # seconds between looks for sends that are past their lease
RETRY = (1.0, 2.0, 5.0, 15.0, 60.0)  # seconds after a send that never left
DOWN = 60.0  # seconds until a channel with a bad token is tried again


class Pictures(Protocol):
    async def pictures(self, media_ids: tuple[int, ...]) -> Mapping[int, Picture]:
        """The stored pictures of these media rows; those that are not stored are left out."""


@dataclass(frozen=True, slots=True)
class Job:
    """One message on its way. `at` is the instant that the pace gave it."""

    due: Due
    channel: Channel
    address: Address
    address_id: int
    n: int
    at: datetime


@dataclass
class Health:
    """What /healthz shows of a channel."""

    down: str = ""
    held_until: float = 0.0
    sent: int = 0
    failed: int = 0


@dataclass
class Sender:
    store: Store
    channels: Mapping[tuple[str, str], Channel]
    pictures: Pictures
    clock: Clock
    programmes: Mapping[str, Programme]  # their quiet hours are asked again at the moment of sending
    apart: bool = False  # claims have transactions of their own: other processes' turns touch the same addresses
    health: dict[str, Health] = field(default_factory=dict)
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _ended: list[tuple[Finished, Job, SendError | None]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _ours: set[int] = field(default_factory=set)  # rows that this process is sending, until their result is written
    _looked_at: float = float("-inf")

    async def recover(self, *, all_of_them: bool) -> int:
        """Decide what becomes of sends whose process is gone. Gives how many there were."""
        ours = frozenset(self._ours)
        return await self.store.write(lambda tx: _recover(tx, self.clock.now(), ours, all_of_them=all_of_them))

    async def run(self) -> None:
        """Sends until it is cancelled; then what is on its way is finished by `drain`."""
        listener = self.store.listen(outbox.OUTBOX)
        results = asyncio.create_task(self._write_results())
        try:
            while True:
                try:
                    await self._recover_now_and_then()
                    wait = await self._claim_and_send()
                except Exception:
                    # The store may be full or away for a while; rows stay queued, and the next round tries again.
                    log.exception("sender_claim_failed")
                    wait = 1.0
                if wait > 0:
                    await listener.wait(wait)
        finally:
            results.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await results
            listener.close()

    async def drain(self, seconds: float = 20.0) -> None:
        """Wait for what is on its way, and write down how it ended."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        await self._flush()

    async def _recover_now_and_then(self) -> None:
        """Another process may have died; or a claim of our own was committed, but the answer to its COMMIT was lost."""
        now = self.clock.monotonic()
        if now - self._looked_at < LOOK_FOR_LOST:
            return
        self._looked_at = now
        if count := await self.recover(all_of_them=False):
            log.warning("sends_recovered", count=count)

    async def _claim_and_send(self) -> float:
        """One round. Gives the seconds until the next is worth it; 0: at once."""
        room = MOST - len(self._running)
        if room <= 0:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            return 0.0
        jobs, wait = await self.store.write(lambda tx: self._claim(tx, room), alone=self.apart)
        for job in jobs:
            self._ours.add(job.due.id)
            task = asyncio.create_task(self._send(job))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return wait

    def _claim(self, tx: Tx, room: int) -> tuple[list[Job], float]:
        now = self.clock.now()
        due = outbox.find_due(tx, now, room)
        jobs: list[Job] = []
        shown: list[Due] = []
        shown_at: dict[int, int] = {}
        for row in due:
            verdict = judge(tx, row, now, self.programmes)
            if not verdict.go:
                _put_off(tx, row, verdict)
                continue
            place = self._place(tx, row)
            if place is None:
                outbox.settle(tx, [row.id], "failed", "no reachable address")
                continue
            address_id, address, next_send_at = place
            if address.channel == outbox.WEB:
                shown.append(row)
                shown_at[row.id] = address_id
                continue
            channel = self.channels.get((address.channel, address.account))
            if channel is None:
                outbox.postpone(tx, [row.id], now + timedelta(seconds=DOWN), "channel is not turned on here")
                continue
            if next_send_at is not None and next_send_at > now:
                outbox.postpone(tx, [row.id], next_send_at)
                continue
            jobs.append(Job(row, channel, address, address_id, row.tries + 1, now))
        outbox.show(tx, shown, shown_at, now)
        jobs = _paced(tx, jobs, now)
        outbox.start(
            tx,
            [Start(job.due.id, job.address_id, job.address.channel, job.n) for job in jobs],
            now,
            now + LEASE,
        )
        if due:
            return jobs, 0.0
        upcoming = outbox.next_due(tx)
        if upcoming is None or upcoming <= now:
            # What is due and was not found waits behind a message of the same person, whose end wakes us.
            return jobs, 1.0
        return jobs, min(max((upcoming - now).total_seconds(), 0.005), 1.0)

    def _place(self, tx: Tx, row: Due) -> tuple[int, Address, datetime | None] | None:
        """Where this goes: a reply where it was asked, all else to the reachable address that was used last."""
        if row.address_id is not None and row.reachable and row.value is not None:
            address = Address(row.channel or "", row.account or "", row.value, row.kind or "chat")
            return row.address_id, address, row.next_send_at
        for found in contacts.list_addresses(tx, row.contact_id):
            if found.reachable:
                address = Address(found.channel, found.account, found.value, found.kind)
                return found.id, address, found.next_send_at
        return None

    async def _send(self, job: Job) -> None:
        delay = (job.at - self.clock.now()).total_seconds()
        if delay > 0:
            await asyncio.sleep(delay)
        try:
            result = await self._deliver(job)
            error = None
        except SendError as failure:
            error = failure
            result = _result_of(job, failure, self.clock.now())
        except Exception as failure:
            log.exception("channel_raised", channel=job.channel.name, outbox=job.due.id)
            error = None
            cause = type(failure).__name__
            result = _ambiguous(job.due.id, job.n, job.due.copies, job.due.message_class, cause, self.clock.now())
        self._ended.append((result, job, error))
        self._news.set()

    async def _deliver(self, job: Job) -> Finished:
        reply = Reply.from_json(job.due.payload)
        if reply.edits:
            # A row names the row that it replaces; the platform knows that one by its own id.
            named = reply.edits
            reply = replace(reply, edits=await self.store.read(lambda tx: outbox.external_id_of(tx, named)))
        wanted = tuple(photo for part in reply.parts for photo in part.photos)
        pictures = await self.pictures.pictures(wanted) if wanted else {}
        sent = await job.channel.send(job.address, reply, row=job.due.id, pictures=pictures)
        return Finished(
            outbox_id=job.due.id, n=job.n, state="sent", outcome="sent", external_id=sent.external_id or None, copies=1
        )

    async def _write_results(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._flush()
            except Exception:
                # The rows stay `sending` and the results stay here; when the store is back they are written.
                log.exception("sender_results_failed")
                await asyncio.sleep(0.5)
                self._news.set()

    async def _flush(self) -> None:
        ended, self._ended = self._ended, []
        if not ended:
            return
        try:
            await self.store.write(lambda tx: self._settle(tx, ended))
        except BaseException:
            self._ended = ended + self._ended
            raise
        for result, job, error in ended:
            self._ours.discard(job.due.id)
            self._count(result, job, error)

    def _settle(self, tx: Tx, ended: list[tuple[Finished, Job, SendError | None]]) -> None:
        now = self.clock.now()
        outbox.finish(tx, [result for result, _, _ in ended], now)
        for _, job, error in ended:
            if isinstance(error, Unreachable):
                contacts.mark_address(tx, job.address_id, reachable=False, reason=error.cause)
            elif isinstance(error, Throttled) and error.scope == "account":
                pace.hold(tx, _scope(job), now.timestamp() + error.seconds)
            elif isinstance(error, ChannelDown):
                pace.hold(tx, _scope(job), now.timestamp() + DOWN)
        tx.wake(outbox.OUTBOX)

    def _count(self, result: Finished, job: Job, error: SendError | None) -> None:
        health = self.health.setdefault(job.channel.name, Health())
        if result.state == "sent":
            health.sent += 1
            health.down = ""
        elif isinstance(error, ChannelDown):
            health.down = error.cause
        elif result.state == "failed":
            health.failed += 1
        if error is not None:
            log.warning(
                "send_failed",
                channel=job.channel.name,
                outbox=job.due.id,
                outcome=result.outcome,
                cause=result.cause,
                becomes=result.state,
            )


def _scope(job: Job) -> str:
    return f"{job.channel.name}:{job.channel.account}"


def _paced(tx: Tx, jobs: list[Job], now: datetime) -> list[Job]:
    """The jobs with the instants that the shared pace gives them, replies first as they came."""
    by_account: dict[str, list[Job]] = {}
    for job in jobs:
        by_account.setdefault(_scope(job), []).append(job)
    paced: list[Job] = []
    next_send_at: dict[int, object] = {}
    for scope, group in by_account.items():
        limits = group[0].channel.limits
        if limits.gap_account <= 0:
            paced += group
            continue
        first = pace.reserve(tx, scope, len(group), limits.gap_account, now.timestamp())
        for place, job in enumerate(group):
            at = datetime.fromtimestamp(first + place * limits.gap_account, UTC)
            paced.append(Job(job.due, job.channel, job.address, job.address_id, job.n, at))
            if limits.gap_chat > 0:
                next_send_at[job.address_id] = at + timedelta(seconds=limits.gap_chat)
    pace.reserve_chats(tx, next_send_at)
    return paced


def _put_off(tx: Tx, row: Due, verdict: Verdict) -> None:
    if verdict.until is not None:
        outbox.postpone(tx, [row.id], verdict.until, verdict.reason)
    else:
        outbox.settle(tx, [row.id], verdict.state, verdict.reason)


def _result_of(job: Job, error: SendError, now: datetime) -> Finished:
    outcome = outcome_of(error)
    if outcome == AMBIGUOUS:
        return _ambiguous(job.due.id, job.n, job.due.copies, job.due.message_class, error.cause, now)
    result = Finished(
        outbox_id=job.due.id,
        n=job.n,
        state="failed",
        outcome=outcome,
        cause=error.cause,
        reason=outcome,
        copies=job.due.copies,
    )
    wait = _wait_after(job, error)
    if wait is None:
        return result
    return replace(result, state="queued", again_at=now + timedelta(seconds=wait))


def _wait_after(job: Job, error: SendError) -> float | None:
    """Seconds until a message that was not accepted is tried again; None where the platform's no is final."""
    match error:
        case Throttled():
            return error.seconds
        case ChannelDown():
            return DOWN
        case NotSent():
            return RETRY[min(job.due.tries, len(RETRY) - 1)]
        case _:
            return None


def _ambiguous(outbox_id: int, n: int, copies: int, message_class: str, cause: str, now: datetime) -> Finished:  # noqa: PLR0917 - the columns of one row
    rule = RULES[message_class]
    again = copies + 1 < rule.copies
    return Finished(
        outbox_id=outbox_id,
        n=n,
        state="queued" if again else "unknown",
        outcome=AMBIGUOUS,
        cause=cause,
        reason=AMBIGUOUS,
        copies=copies + 1,
        again_at=now + timedelta(seconds=rule.wait) if again else None,
    )


def _recover(tx: Tx, now: datetime, ours: frozenset[int], *, all_of_them: bool) -> int:
    lost = [row for row in outbox.lost_sends(tx, now, all_of_them=all_of_them) if row[0] not in ours]
    cause = "the process ended before the answer was written down"
    outbox.finish(tx, [_ambiguous(*row, cause, now) for row in lost], now)
    if lost:
        tx.wake(outbox.OUTBOX)
    return len(lost)
