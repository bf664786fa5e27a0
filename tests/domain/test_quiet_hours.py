"""When messages that nobody asked for may come, in local time (domain.md 5.4)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.programme import QuietHours
from domain.quiet_hours import is_open, last_open, next_open

WIB = ZoneInfo("Asia/Jakarta")
HOURS = QuietHours(
    broadcast=(time(8), time(19, 30)),
    reminder=(time(6, 30), time(20, 30)),
    friday_prayers=(time(11, 30), time(13)),
    maghrib=(time(17, 45), time(18, 30)),
)


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-12-03 07:59", "2026-12-03 08:00"),  # before the day
        ("2026-12-03 08:00", "2026-12-03 08:00"),
        ("2026-12-03 19:29", "2026-12-03 19:29"),
        ("2026-12-03 19:30", "2026-12-04 08:00"),  # after it: tomorrow
        ("2026-12-03 17:44", "2026-12-03 17:44"),
        ("2026-12-03 17:45", "2026-12-03 18:30"),  # maghrib
        ("2026-12-03 12:00", "2026-12-03 12:00"),  # a Thursday
        ("2026-12-04 12:00", "2026-12-04 13:00"),  # Friday prayers
        ("2026-12-31 23:00", "2027-01-01 08:00"),
    ],
)
def test_broadcasts_wait_for_the_next_open_minute(now: str, opens: str) -> None:
    assert next_open(wib(now), HOURS, "broadcast", WIB) == wib(opens)


@pytest.mark.parametrize(
    ("at", "before"),
    [
        ("2026-12-03 05:00", "2026-12-02 20:29"),
        ("2026-12-03 23:00", "2026-12-03 20:29"),
        ("2026-12-04 12:00", "2026-12-04 11:29"),
        ("2026-12-03 09:00", "2026-12-03 09:00"),
    ],
)
def test_the_last_open_minute_before(at: str, before: str) -> None:
    assert last_open(wib(at), HOURS, "reminder", WIB) == wib(before)


def test_hours_are_those_of_the_place() -> None:
    nine_in_kupang = datetime(2026, 12, 3, 0, 30, tzinfo=UTC)
    assert is_open(nine_in_kupang, HOURS, "broadcast", ZoneInfo("Asia/Makassar"))
    assert not is_open(nine_in_kupang, HOURS, "broadcast", WIB)


@given(st.integers(0, 4 * 366 * 24 * 60), st.sampled_from(["broadcast", "reminder"]))
def test_any_instant_has_an_open_minute_near_it(minutes: int, kind: str) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    later, earlier = next_open(at, HOURS, kind, WIB), last_open(at, HOURS, kind, WIB)  # type: ignore[arg-type]  # one of its two words
    assert earlier <= at <= later
    assert later - at < timedelta(days=1)
    assert at - earlier < timedelta(days=1)
    assert is_open(later, HOURS, kind, WIB)  # type: ignore[arg-type]  # as above
    assert is_open(earlier, HOURS, kind, WIB)  # type: ignore[arg-type]  # as above
