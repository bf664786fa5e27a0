from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import Day, Moment, NoExpiry, read_when
from domain.formats import format_day, format_short_day
from domain.reading import Invalid, Unclear

WIB = ZoneInfo("Asia/Jakarta")
WITA = ZoneInfo("Asia/Makassar")
SATURDAY = datetime.fromisoformat("2026-11-21T10:00+07:00")


def day(text: str) -> Day:
    return Day(date.fromisoformat(text))


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_that_we_write_is_read_back(any_day: date) -> None:
    for written in (format_day(any_day), format_short_day(any_day), any_day.isoformat(), f"{any_day:%d/%m/%Y}"):
        assert read_when(written, SATURDAY, WIB) == Day(any_day)


@given(st.dates(min_value=date(2026, 11, 21), max_value=date(2027, 11, 20)))
def test_without_a_year_the_next_such_day_is_meant(any_day: date) -> None:
    assert read_when(f"{any_day.day}/{any_day.month}", SATURDAY, WIB) == Day(any_day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("senin depan", "2026-11-23"),
        ("sabtu depan", "2026-11-28"),
        ("jumat", "2026-11-27"),
        ("jumat minggu depan", "2026-11-27"),
        ("hari minggu", "2026-11-22"),
        ("hari minggu depan", "2026-11-29"),
        ("tgl 25", "2026-11-25"),
        ("tanggal 5 bulan depan", "2026-12-05"),
        ("akhir tahun", "2026-12-31"),
        ("sebulan lagi", "2026-12-21"),
        ("12 agutus 2027", "2027-08-12"),
        ("12 bulan 5 2025", "2025-05-12"),
        ("sesuk", "2026-11-22"),
    ],
)
def test_days_are_read_as_people_say_them(text: str, expected: str) -> None:
    assert read_when(text, SATURDAY, WIB) == day(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("besok jam 9", "2026-11-22T09:00+07:00"),
        ("besok jam 1 siang", "2026-11-22T13:00+07:00"),
        ("lusa jam setengah 9", "2026-11-23T08:30+07:00"),
        ("besok jam 10 kurang seperempat", "2026-11-22T09:45+07:00"),
        ("nanti malam jam 7", "2026-11-21T19:00+07:00"),
        ("sabtu 5 desember 2026 pukul 09.00 WIB", "2026-12-05T09:00+07:00"),
        ("besok jam 9 wita", "2026-11-22T09:00+08:00"),
        ("minggu jam 9", "2026-11-22T09:00+07:00"),
    ],
)
def test_moments_are_read_in_the_zone_of_the_place(text: str, expected: str) -> None:
    assert read_when(text, SATURDAY, WIB) == Moment(datetime.fromisoformat(expected))


def test_the_same_words_mean_another_instant_in_another_zone() -> None:
    assert read_when("besok jam 9", SATURDAY, WITA) == Moment(datetime.fromisoformat("2026-11-22T09:00+08:00"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("minggu", "sunday_or_week"),
        ("minggu depan", "week"),
        ("besok jam 1", "hour"),
        ("jam 9", "past"),
        ("sabtu", "today_or_next"),
        ("minggu 5 desember 2026", "leftover"),
        ("malam jumat", "eve"),
        ("besok lusa", "relative"),
        ("mei 2027", "day_missing"),
        ("5/25/2026", "month_first"),
        ("bulan depan", "vague"),
    ],
)
def test_what_could_be_two_days_is_asked(text: str, why: str) -> None:
    reading = read_when(text, SATURDAY, WIB)
    assert isinstance(reading, Unclear)
    assert reading.why == why


def test_one_oclock_is_proposed_for_the_afternoon() -> None:
    reading = read_when("besok jam 1", SATURDAY, WIB)
    assert isinstance(reading, Unclear)
    assert reading.proposal == Moment(datetime.fromisoformat("2026-11-22T13:00+07:00"))


@pytest.mark.parametrize("text", ["jam 8-10", "besok jam 8-10", "5-6 desember", "5 atau 6 desember", "2027"])
def test_two_times_or_half_a_date_are_never_one_day(text: str) -> None:
    assert isinstance(read_when(text, SATURDAY, WIB), Unclear)


@pytest.mark.parametrize("text", ["31/02/2027", "30 februari 2027", "32 mei"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    assert read_when(text, SATURDAY, WIB) == Invalid("no_such_date")


@pytest.mark.parametrize("text", ["seumur hidup", "selamanya", "tidak ada masa berlaku"])
def test_some_things_never_expire(text: str) -> None:
    assert read_when(text, SATURDAY, WIB) == NoExpiry()
