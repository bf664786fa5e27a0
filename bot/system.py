"""The only place that reads the real clock, draws randomness and makes new ids. Everyone else is handed these."""

import secrets  # noqa: TID251 - the one place
import time
import uuid as ids
from datetime import UTC, datetime

__all__ = ["SystemClock", "token", "uuid"]


class SystemClock:
    """The machine's clock, as domain.clock.Clock wants it."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place

    def monotonic(self) -> float:
        """Seconds that never go back, for measuring intervals."""
        return time.monotonic()  # noqa: TID251 - the one place


def token(bits: int = 128) -> str:
    """A new secret of at least so many random bits, in letters that need no escaping in an address."""
    return secrets.token_urlsafe(-(-bits // 8))


def uuid() -> str:
    """A new id that nobody else draws: UUID version 4."""
    return str(ids.uuid4())  # noqa: TID251 - the one place
