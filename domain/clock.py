"""Time as it is passed in. The real clock is read only in bot/system.py."""

from datetime import UTC, datetime
from typing import Protocol

__all__ = ["UTC", "Clock"]


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never go back, for measuring intervals."""
