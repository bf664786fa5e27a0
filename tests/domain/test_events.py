"""When an event is remembered, by rule (dialogue.md rule 19, reliability.md 2.6)."""

from datetime import datetime, timedelta

import pytest

from domain.events import is_wanted, plan
from tests.domain.test_quiet_hours import HOURS, WIB, wib

LONG_BEFORE = wib("2026-11-21 10:00")


def planned(start: str, now: datetime = LONG_BEFORE) -> dict[str, tuple[datetime, datetime]]:
    return {each.kind: (each.due_at, each.not_after) for each in plan(wib(start), WIB, HOURS, now)}


def test_the_day_before_at_four_and_two_hours_before() -> None:
    assert planned("2026-12-05 09:00") == {
        "day_before": (wib("2026-12-04 16:00"), wib("2026-12-05 06:00")),
        "two_hours": (wib("2026-12-05 07:00"), wib("2026-12-05 08:40")),
    }


def test_quiet_hours_move_a_reminder_while_it_is_still_worth_sending() -> None:
    assert planned("2026-12-05 08:00")["two_hours"] == (wib("2026-12-05 06:30"), wib("2026-12-05 07:40"))


def test_two_hours_before_that_would_come_too_late_is_dropped() -> None:
    assert "two_hours" not in planned("2026-12-05 06:45")
    assert "two_hours" in planned("2026-12-05 06:50")


def test_an_event_of_tomorrow_morning_has_only_what_is_still_ahead() -> None:
    assert list(planned("2026-12-05 09:00", wib("2026-12-04 20:00"))) == ["two_hours"]
    assert planned("2026-12-05 09:00", wib("2026-12-05 08:00")) == {}


def test_the_day_is_the_one_of_the_place() -> None:
    after_midnight_in_utc = wib("2026-12-05 07:30")  # 00:30 UTC of the same day; 6:30 there is still the 5th
    [day_before, _] = plan(after_midnight_in_utc, WIB, HOURS, LONG_BEFORE)
    assert day_before.due_at == wib("2026-12-04 16:00")
    assert day_before.not_after == after_midnight_in_utc - timedelta(hours=3)


@pytest.mark.parametrize(
    ("kind", "answers"),
    [("day_before", {"yes", "maybe", None}), ("two_hours", {"yes"}), ("of another release", set())],
)
def test_who_is_reminded(kind: str, answers: set[str | None]) -> None:
    assert {answer for answer in ("yes", "no", "maybe", None) if is_wanted(kind, answer)} == answers
