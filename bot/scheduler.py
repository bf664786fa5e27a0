"""The tick: APScheduler says when, the store knows what is due (architecture.md 7)."""

import asyncio

from bot.building import Building

__all__ = ["keep_time"]


async def keep_time(building: Building) -> None:
    """Ticks until it is cancelled."""
    await asyncio.Event().wait()
