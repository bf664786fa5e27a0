"""A clock for tests that measure real waiting: it runs as time does, from an instant that is always the same."""

import time
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)  # 09:00 in Blitar


class SteadyClock:
    def __init__(self) -> None:
        self._started = time.perf_counter()

    def now(self) -> datetime:
        return START + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return time.perf_counter() - self._started
