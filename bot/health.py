"""How the house is: one line a part, for people and for machines."""

from collections.abc import Callable
from dataclasses import dataclass, field

from domain.clock import Clock
from storage import pulse
from storage.errors import StoreUnavailable
from storage.store import Store

__all__ = ["Health"]

FRESH = 1.0  # seconds: many askers make one look


@dataclass
class Health:
    """`parts` gives for each part a sentence on what is wrong with it, or ""."""

    store: Store
    clock: Clock
    parts: dict[str, Callable[[], str]] = field(default_factory=dict)
    _looked_at: float = float("-inf")
    _store_says: str = ""

    async def report(self) -> tuple[bool, dict[str, str]]:
        """Whether all is well, and a line for each part: "ok", or what is wrong and what to do."""
        lines = {"store": await self._store_line() or "ok"}
        lines |= {name: says() or "ok" for name, says in self.parts.items()}
        return lines["store"] == "ok", lines

    async def _store_line(self) -> str:
        now = self.clock.monotonic()
        if now - self._looked_at < FRESH:
            return self._store_says
        try:
            await self.store.write(lambda tx: pulse.beat(tx, self.clock.now()))
            self._store_says = ""
        except StoreUnavailable as error:
            self._store_says = f"{error} Nothing is lost: platforms deliver again when it can be written."
        self._looked_at = now
        return self._store_says
