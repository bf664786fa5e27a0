"""Amounts, days and times as Indonesians write them (Babel; the calls were measured in domain.md 7)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

__all__ = ["format_count", "format_day", "format_moment", "format_rupiah", "format_short_day", "format_time"]


def format_rupiah(idr: int, locale: str = "id") -> str:
    """25000 gives 'Rp25.000': whole rupiah, no cents."""
    return format_currency(idr, "IDR", format="Rp#,##0", locale=locale, currency_digits=False)


def format_count(count: int, locale: str = "id") -> str:
    """1250 gives '1.250'."""
    return format_decimal(count, locale=locale)


def format_day(day: date, locale: str = "id") -> str:
    """'Sabtu, 5 Desember 2026' (the `full` format of CLDR would write 05)."""
    return format_date(day, "EEEE, d MMMM y", locale=locale)


def format_short_day(day: date, locale: str = "id") -> str:
    """'5 Desember 2026'."""
    return format_date(day, "d MMMM y", locale=locale)


def format_moment(moment: datetime, zone: ZoneInfo, locale: str = "id") -> str:
    """'Sabtu, 5 Desember 2026 pukul 09.00 WIB', in the zone of the place."""
    pattern = "EEEE, d MMMM y 'pukul' HH.mm" if locale == "id" else "EEEE, d MMMM y, HH:mm"
    return f"{format_datetime(moment, pattern, tzinfo=zone, locale=locale)} {_zone_name(moment, zone)}"


def format_time(moment: datetime, zone: ZoneInfo, locale: str = "id") -> str:
    """'09.00 WIB'."""
    pattern = "HH.mm" if locale == "id" else "HH:mm"
    return f"{format_datetime(moment, pattern, tzinfo=zone, locale=locale)} {_zone_name(moment, zone)}"


def _zone_name(moment: datetime, zone: ZoneInfo) -> str:
    """WIB, WITA or WIT: the tz database names them itself; CLDR does so only for the Indonesian locale."""
    return moment.astimezone(zone).tzname() or ""
