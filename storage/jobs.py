"""What waits to be written, in the order in which it came: turns, and behind them slices of bulk work."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from domain.clock import Clock
from storage.errors import StoreUnavailable
from storage.tx import AddressKey, Tx

MOST_IN_A_BATCH = 64
TRIES_BESIDE_OTHERS = 3  # after so many batches in which another process held its contact, a function waits alone
SLICE_PATIENCE = 1.0  # seconds after which a slice goes between two batches, however busy the turns are


@dataclass(slots=True, eq=False)
class Job:
    """One function that waits for its transaction, and whoever waits for its result."""

    fn: Callable[[Tx], Any]
    since: float
    contact: AddressKey | int | None = None
    future: asyncio.Future[Any] | None = None
    bulk: bool = False
    alone: bool = False
    tries: int = 0  # batches in which its contact was held elsewhere
    repeats: int = 0  # transactions that the database broke off
    troubled_since: float | None = None

    @property
    def goes_alone(self) -> bool:
        return self.alone or self.tries >= TRIES_BESIDE_OTHERS


class Queue:
    """First in, first out; the doors put, the writer's thread takes. What goes back goes to the front, in order, so a
    later function of a contact never overtakes an earlier one.
    """

    def __init__(self, clock: Clock, most: int = MOST_IN_A_BATCH) -> None:
        self._clock = clock
        self._most = most
        self._turns: deque[Job] = deque()
        self._slices: deque[Job] = deque()
        self._running_since: float | None = None
        self._slice_was_last = False
        self._closed = False
        self._changed = threading.Condition()

    def put(self, job: Job) -> None:
        """Adds a job. Raises StoreUnavailable once the queue is closed."""
        with self._changed:
            if self._closed:
                raise StoreUnavailable("The store is closed.")
            (self._slices if job.bulk else self._turns).append(job)
            self._changed.notify()

    def finish(self, back: Iterable[Job]) -> None:
        """Ends a batch; what is not settled goes to the front."""
        with self._changed:
            self._running_since = None
            for job in reversed(list(back)):
                (self._slices if job.bulk else self._turns).appendleft(job)

    def take(self, wait: float) -> list[Job] | None:
        """The next batch; empty after `wait` seconds without work; None when the queue is closed and empty."""
        with self._changed:
            if not self._turns and not self._slices:
                if self._closed:
                    return None
                self._changed.wait(wait)
            batch = self._next()
            if batch and not batch[0].bulk:
                self._running_since = batch[0].since
            return batch

    def close(self) -> None:
        """Nothing new comes in; what waits is still done."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def drain(self) -> list[Job]:
        with self._changed:
            self._closed = True
            left = [*self._turns, *self._slices]
            self._turns.clear()
            self._slices.clear()
            return left

    @property
    def waiting_seconds(self) -> float:
        """Age of the oldest turn that is not yet durable; slices of bulk work do not count."""
        with self._changed:
            since = self._running_since
            if since is None and self._turns:
                since = self._turns[0].since
        return 0.0 if since is None else self._clock.monotonic() - since

    def _next(self) -> list[Job]:
        self._slice_was_last = bool(self._slices) and (not self._turns or self._slice_is_due())
        if self._slice_was_last:
            return [self._slices.popleft()]
        turns = self._turns
        if turns and turns[0].goes_alone:
            return [turns.popleft()]
        batch: list[Job] = []
        while turns and len(batch) < self._most and not turns[0].goes_alone:
            batch.append(turns.popleft())
        return batch

    def _slice_is_due(self) -> bool:
        return not self._slice_was_last and self._clock.monotonic() - self._slices[0].since > SLICE_PATIENCE
