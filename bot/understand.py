"""How a text is read, for people who tune the reading and for tests: one text a line in, its reading a line out."""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from bot.system import SystemClock
from domain.understanding import understand

__all__ = ["main"]

WIB = ZoneInfo("Asia/Jakarta")  # an instant without a zone is meant as Jakarta means it


def main(step: str, now: str = "") -> None:
    """Reads standard input to its end. `now` is an instant in ISO 8601; the clock's where empty."""
    instant = _instant(now) if now else SystemClock().now()
    for line in sys.stdin:
        sys.stdout.write(understand(step, line.rstrip("\r\n"), instant) + "\n")
        sys.stdout.flush()


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("write --now like 2026-11-21T10:00+07:00") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=WIB)
