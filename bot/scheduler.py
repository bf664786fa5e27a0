"""The tick: APScheduler says when, the store knows what is due (architecture.md 7).

APScheduler keeps nothing: its one job lives in memory, and whatever a missed tick should have done is still due at the
next. What is due carries keys, so any number of processes may tick.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import system
from bot.building import Building
from domain.clock import Clock
from handlers.context import House
from handlers.reminders.registry import CLOCK, WORK, Work
from storage.errors import StoreUnavailable
from storage.store import Store
from storage.tx import Tx

__all__ = ["Ticker", "beat", "keep_time"]

log = structlog.get_logger()

EVERY = 5.0  # seconds between two ticks
LATE = timedelta(seconds=60)  # without a tick for longer, something is wrong
JUMP = timedelta(seconds=120)  # a clock that goes back by more stops what goes by time (reliability.md 2.5)


@dataclass
class Ticker:
    """Does all that is due, slice by slice, and remembers when it last did."""

    store: Store
    house: House
    clock: Clock
    last: datetime | None = None
    problem: str = ""
    _seen: datetime | None = field(default=None, repr=False)

    async def tick(self) -> None:
        """Never raises: what could not be done now is due again at the next tick."""
        now = self.clock.now()
        if self._seen is not None and now < self._seen - JUMP:
            self.problem = "The clock of this machine went back: reminders and announcements wait until it is right."
            log.error("clock_went_back", seconds=(self._seen - now).total_seconds())
            return
        self._seen = max(now, self._seen or now)
        said = [await self._do(work) for work in WORK]
        self.problem = next(filter(None, said), "")
        if not self.problem:
            self.last = self.clock.now()

    async def _do(self, work: Work) -> str:
        """All slices of one kind of work, which stops no other kind when it fails. What is wrong with it, or ""."""
        try:
            while await self.store.bulk(partial(self._slice, work)):
                pass
        except StoreUnavailable as error:
            return f"The clock waits for the store: {error}"
        except Exception:
            log.exception("tick_failed", work=work.__name__)
            return "A part of the clock's work failed: see the log."
        return ""

    def _slice(self, work: Work, tx: Tx) -> bool:
        return work(tx, self.house)

    def says(self) -> str:
        """What is wrong with the clock, for /healthz; "" while it ticks."""
        if self.problem:
            return self.problem
        if self.last is not None and self.clock.now() - self.last > LATE:
            return f"The clock has not ticked since {self.last:%H:%M:%S} UTC."
        return ""


async def keep_time(building: Building) -> None:
    """Ticks until it is cancelled."""
    ticker = Ticker(building.store, building.house, building.clock)
    building.health.parts["clock"] = ticker.says
    await beat(ticker)


async def beat(ticker: Ticker) -> None:
    """A tick every five seconds, and one at once when there is something to queue. Until it is cancelled."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    job = scheduler.add_job(
        ticker.tick, "interval", seconds=EVERY, misfire_grace_time=None, coalesce=True, max_instances=1
    )
    with ticker.store.listen(CLOCK) as bell:
        scheduler.start()
        try:
            while True:
                if await bell.wait(EVERY * 12):
                    job.modify(next_run_time=system.SystemClock().now())
        finally:
            scheduler.shutdown(wait=False)
