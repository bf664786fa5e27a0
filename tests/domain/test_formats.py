from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from domain.formats import format_count, format_day, format_moment, format_rupiah, format_short_day, format_time

TWO_UTC = datetime(2026, 12, 5, 2, 0, tzinfo=UTC)


def test_rupiah_have_dots_and_no_cents() -> None:
    assert format_rupiah(25_000) == "Rp25.000"
    assert format_rupiah(1_500_000) == "Rp1.500.000"
    assert format_count(1_250) == "1.250"


def test_days_have_no_leading_zero() -> None:
    assert format_day(date(2026, 12, 5)) == "Sabtu, 5 Desember 2026"
    assert format_short_day(date(2026, 12, 5)) == "5 Desember 2026"


def test_a_moment_is_told_in_the_time_of_its_place() -> None:
    told = [format_moment(TWO_UTC, ZoneInfo(zone)) for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
    assert told == [
        "Sabtu, 5 Desember 2026 pukul 09.00 WIB",
        "Sabtu, 5 Desember 2026 pukul 10.00 WITA",
        "Sabtu, 5 Desember 2026 pukul 11.00 WIT",
    ]
    assert format_time(TWO_UTC, ZoneInfo("Asia/Jakarta")) == "09.00 WIB"


def test_english_readers_get_the_same_zone_names() -> None:
    assert format_moment(TWO_UTC, ZoneInfo("Asia/Jakarta"), "en") == "Saturday, 5 December 2026, 09:00 WIB"
