"""How a text is read, for people who tune the reading and for tests: one text a line in, its reading a line out."""

import sys
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import typer

from bot.system import SystemClock
from domain.region import Village, VillageIndex, kind_of_code
from domain.understanding import understand

__all__ = ["main"]

WIB = ZoneInfo("Asia/Jakarta")  # an instant without a zone is meant as Jakarta means it

# The steps of the grammar that ask for a place, and the region in which they look for it (tests/data/utterances.tsv).
REGIONS = {"village_blitar": "35.05", "rw_cimahi": "32.77", "village_ntt": "53"}


def main(step: str, now: str = "") -> None:
    """Reads standard input to its end. `now` is an instant in ISO 8601; the clock's where empty."""
    instant = _instant(now) if now else SystemClock().now()
    villages = VillageIndex(_villages_in(REGIONS[step])) if step in REGIONS else None
    _refuse_unknown(step, instant, villages)
    for line in sys.stdin:
        print(understand(step, line.rstrip("\r\n"), instant, villages=villages), flush=True)  # noqa: T201 - the answer


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("write an instant like 2026-11-21T10:00+07:00", param_hint="--now") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=WIB)


def _refuse_unknown(step: str, now: datetime, villages: VillageIndex | None) -> None:
    """Says so before the first line is read, and not at it."""
    try:
        understand(step, "", now, villages=villages)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="STEP") from None


def _villages_in(code: str) -> Iterator[Village]:
    from lokal import wilayah  # 50 MB of lists, for these steps only

    for region in wilayah.list_wilayah(code):
        if region.level < 4:
            yield from _villages_in(region.code)
        else:
            name, district, regency, province = region.path.split(", ")
            yield Village(region.code, name, district, regency, province, kind_of_code(region.code) or "desa")
