"""The store: `await store.write(fn)` returns when what fn wrote is durable, and that is the whole concurrency model.

Functions are plain and synchronous; they get a `Tx`, touch nothing outside the database, and may therefore run twice.
Refusals are return values, not exceptions. Where the answer to a COMMIT is lost with the connection, the batch is
repeated: functions carry keys (UNIQUE), so that a repeat finds what the first one did.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from sqlalchemy.exc import DBAPIError

from domain.clock import Clock
from storage.engines import Engine, Fault, engine_for
from storage.engines.sqlite import SQLite
from storage.errors import DataFolderInUse, SchemaTooNew, StoreBusy, StoreUnavailable
from storage.jobs import MOST_IN_A_BATCH, Job, Queue
from storage.listening import Bells, Listener
from storage.tx import AddressKey, Tx
from storage.writer import PATIENCE, Settled, Writer

__all__ = [
    "AddressKey",
    "DataFolderInUse",
    "Listener",
    "SchemaTooNew",
    "Store",
    "StoreBusy",
    "StoreUnavailable",
    "Tx",
]

T = TypeVar("T")
FOREIGN_ROWS_EVERY = 0.5  # seconds between two looks for rows of other processes (SQLite)
READERS = 4


class Store:
    """One database, `sqlite:///path` or `postgresql://...`, whose schema stands already (storage/migrate.py).

    `inline` runs every function on the caller's thread, at once, without an event loop: for handlers' tests and the
    simulation; only there may SQLite live in memory (`sqlite://`). For benchmarks: `commit_delay` (seconds) sleeps
    before a commit returns, as a slower disk would, and `batch` is the most functions that share a commit.
    """

    def __init__(
        self,
        url: str,
        *,
        clock: Clock,
        inline: bool = False,
        commit_delay: float = 0.0,
        batch: int = MOST_IN_A_BATCH,
    ) -> None:
        self._engine: Engine = engine_for(url)
        if not inline and isinstance(self._engine, SQLite) and self._engine.in_memory:
            raise ValueError("A database in memory is for a store in inline mode only.")
        self._clock = clock
        self._inline = inline
        self._after_commit = None if commit_delay == 0 else lambda: time.sleep(commit_delay)
        self._writer = Writer(self._engine, clock, after_commit=self._after_commit)
        self._queue = Queue(clock, batch)
        self._bells = Bells()
        self._ears: dict[str, Listener] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._readers: ThreadPoolExecutor | None = None
        self._closing = threading.Event()
        self._looked_at = clock.monotonic()

    # -- life ----------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Starts the writer's thread. Inline there is nothing to start."""
        if self._inline:
            return
        self._loop = asyncio.get_running_loop()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sambang-read")
        self._thread = threading.Thread(target=self._work, name="sambang-write", daemon=True)
        self._thread.start()
        await asyncio.to_thread(self._engine.start_hearing, self._ring_from_thread)

    async def close(self) -> None:
        """What waits is still written; then threads and connections end."""
        if self._thread is None:
            self.close_now()
            return
        self._queue.close()
        self._closing.set()
        await asyncio.to_thread(self._end_threads)
        self._engine.close()
        self._thread = self._readers = None

    def close_now(self) -> None:
        """Closes a store in inline mode."""
        self._engine.close()

    def _end_threads(self) -> None:
        if self._thread is not None:
            self._thread.join()
        if self._readers is not None:
            self._readers.shutdown()
        self._engine.stop_hearing()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close_now()

    # -- writing and reading -------------------------------------------------------------------------------------

    async def write(self, fn: Callable[[Tx], T], *, contact: AddressKey | int | None = None, alone: bool = False) -> T:
        """What `fn` returned, once it is durable. Functions of one `contact` run in the order in which they came, also
        across processes; `alone` gives a function a transaction of its own, for what takes other locks.

        Raises what `fn` raised (after it was run once more, alone), StoreUnavailable where the store cannot commit,
        StoreBusy where more than `PATIENCE` seconds of work wait.
        """
        if self.waiting_seconds > PATIENCE:
            raise StoreBusy("The store has more work waiting than it can do in time.")
        return cast(T, await self._submit(Job(fn, self._clock.monotonic(), contact, alone=alone)))

    async def bulk(self, fn: Callable[[Tx], T]) -> T:
        """Like `write`, for a slice (at most 50 ms) of bulk work: it runs alone, when no turn waits or after a second.
        Its cursor belongs into the same transaction.
        """
        return cast(T, await self._submit(Job(fn, self._clock.monotonic(), bulk=True, alone=True)))

    async def read(self, fn: Callable[[Tx], T]) -> T:
        """What `fn` reads from one snapshot of everything committed so far. It cannot write."""
        if self._inline:
            return self.read_now(fn)
        if self._readers is None:
            raise StoreUnavailable("The store is closed.")
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, fn)

    def write_now(self, fn: Callable[[Tx], T], *, contact: AddressKey | int | None = None, alone: bool = False) -> T:
        """`write` on the caller's thread, in inline mode."""
        self._must_be_inline()
        job = Job(fn, self._clock.monotonic(), contact, alone=alone)
        while True:
            outcome = self._writer.run([job])
            self._bells.ring(outcome.topics)
            for settled in outcome.settled:
                if settled.error is not None:
                    raise settled.error
                return cast(T, settled.result)
            if outcome.pause:
                time.sleep(outcome.pause)

    def read_now(self, fn: Callable[[Tx], T]) -> T:
        """`read` on the caller's thread, in inline mode."""
        self._must_be_inline()
        return self._read(fn)

    @property
    def waiting_seconds(self) -> float:
        """Age of the oldest turn that waits or is being written."""
        return self._queue.waiting_seconds

    # -- waking --------------------------------------------------------------------------------------------------

    def listen(self, topic: str) -> Listener:
        """A listener for a topic; it misses no wake from now on. Close it, or let it go."""
        return self._bells.listen(topic)

    async def woken(self, topic: str, timeout: float) -> bool:  # noqa: ASYNC109 - "nothing came" is an answer here
        """Whether the topic was woken since the last call, or is within `timeout` seconds. For the one consumer of a
        topic in this process; others take a listener of their own.
        """
        if topic not in self._ears:
            self._ears[topic] = self.listen(topic)
        return await self._ears[topic].wait(timeout)

    def wake_all(self) -> None:
        """Wakes every listener of this process, whatever it listens to: the house shuts down."""
        self._bells.ring(None)

    # -- the writer's thread -------------------------------------------------------------------------------------

    async def _submit(self, job: Job) -> Any:
        if self._inline:
            return self.write_now(job.fn, contact=job.contact, alone=job.alone)
        if self._loop is None:
            raise StoreUnavailable("The store is not open.")
        job.future = self._loop.create_future()
        self._queue.put(job)
        return await job.future

    def _work(self) -> None:
        try:
            with contextlib.suppress(DBAPIError):
                self._engine.foreign_rows_came()  # from here on it is counted
            while (batch := self._queue.take(FOREIGN_ROWS_EVERY)) is not None:
                if batch:
                    self._run(batch)
                self._look_for_foreign_rows()
        finally:
            refusal = StoreUnavailable("The store is closed.")
            self._tell([Settled(job, error=refusal) for job in self._queue.drain()], ())

    def _run(self, batch: list[Job]) -> None:
        try:
            outcome = self._writer.run(batch)
        except BaseException as error:
            self._tell([Settled(job, error=StoreUnavailable(f"The writer broke: {error!r}")) for job in batch], ())
            raise
        self._queue.finish(outcome.back)
        self._tell(outcome.settled, outcome.topics)
        if outcome.pause:
            self._closing.wait(outcome.pause)

    def _look_for_foreign_rows(self) -> None:
        now = self._clock.monotonic()
        if now - self._looked_at < FOREIGN_ROWS_EVERY:
            return
        self._looked_at = now
        with contextlib.suppress(DBAPIError, OSError):  # what cannot be read now will be written about by the next job
            if self._engine.foreign_rows_came():
                self._ring_from_thread(None)

    def _tell(self, settled: list[Settled], topics: Iterable[str]) -> None:
        """One hop to the event loop for a whole batch."""
        if settled or topics:
            self._call_loop(_resolve, settled, self._bells, topics)

    def _ring_from_thread(self, topics: Iterable[str] | None) -> None:
        self._call_loop(self._bells.ring, topics)

    def _call_loop(self, call: Callable[..., None], *arguments: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            cast(asyncio.AbstractEventLoop, self._loop).call_soon_threadsafe(call, *arguments)

    def _read(self, fn: Callable[[Tx], T]) -> T:
        try:
            return self._engine.read(fn)
        except DBAPIError as error:
            if self._engine.fault(error) is Fault.FUNCTION:
                raise
            raise StoreUnavailable(f"The store cannot read ({type(error).__name__}).") from error

    def _must_be_inline(self) -> None:
        if not self._inline:
            raise RuntimeError("write_now and read_now are for a store in inline mode.")


def _resolve(settled: list[Settled], bells: Bells, topics: Iterable[str]) -> None:
    for one in settled:
        future = one.job.future
        if future is None or future.done():  # whoever waited has gone; what was written stays
            continue
        if one.error is None:
            future.set_result(one.result)
        else:
            future.set_exception(one.error)
    bells.ring(topics)
