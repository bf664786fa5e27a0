"""When messages that nobody asked for may come: hours of the day, and not at prayer times (domain.md 5.4).

All in the local time of the programme; what these functions take and give is aware.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from domain.programme import QuietHours

__all__ = ["Kind", "is_open", "last_open", "next_open"]

Kind = Literal["broadcast", "reminder"]

FRIDAY = 4
_MINUTE = timedelta(minutes=1)


def is_open(at: datetime, hours: QuietHours, kind: Kind, zone: ZoneInfo) -> bool:
    return next_open(at, hours, kind, zone) == at


def next_open(at: datetime, hours: QuietHours, kind: Kind, zone: ZoneInfo) -> datetime:
    """This instant where it is open, else the first open one after it."""
    local = at.astimezone(zone)
    while (later := _quiet_until(local, hours, kind)) is not None:
        local = later
    return local.astimezone(at.tzinfo)


def last_open(at: datetime, hours: QuietHours, kind: Kind, zone: ZoneInfo) -> datetime:
    """This instant where it is open, else the last open minute before it."""
    local = at.astimezone(zone)
    while (earlier := _quiet_since(local, hours, kind)) is not None:
        local = earlier
    return local.astimezone(at.tzinfo)


def _quiet_until(local: datetime, hours: QuietHours, kind: Kind) -> datetime | None:
    first, last = _span(hours, kind)
    if local.time() < first:
        return _at(local, first)
    if local.time() >= last:
        return _at(local + timedelta(days=1), first)
    return next((_at(local, end) for start, end in _pauses(local, hours) if start <= local.time() < end), None)


def _quiet_since(local: datetime, hours: QuietHours, kind: Kind) -> datetime | None:
    first, last = _span(hours, kind)
    if local.time() < first:
        return _at(local - timedelta(days=1), last) - _MINUTE
    if local.time() >= last:
        return _at(local, last) - _MINUTE
    pauses = _pauses(local, hours)
    return next((_at(local, start) - _MINUTE for start, end in pauses if start <= local.time() < end), None)


def _pauses(local: datetime, hours: QuietHours) -> Iterator[tuple[time, time]]:
    if hours.friday_prayers is not None and local.weekday() == FRIDAY:
        yield hours.friday_prayers
    if hours.maghrib is not None:
        yield hours.maghrib


def _span(hours: QuietHours, kind: Kind) -> tuple[time, time]:
    return hours.broadcast if kind == "broadcast" else hours.reminder


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
